/* This is where a key is used on its token, and never seen. */
#include "token.h"

#include <libp11.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/arena.h"

#define URI_MAX 1024

struct ih_token {
	PKCS11_CTX *ctx;
	PKCS11_SLOT *slots;
	unsigned int slot_count;
	bool loaded;
	EVP_PKEY *key;
};

/* ---- "pkcs11:token=T;object=O?module-path=P" */

struct uri {
	char text[URI_MAX]; /* what the rest points into */
	const char *token, *object, *module;
};

static bool
not_a_uri(struct ih_error *err)
{
	ih_fail(err, IH_USAGE,
	    "a key on a token is named by "
	    "pkcs11:token=NAME;object=NAME?module-path=FILE, and by nothing "
	    "else: never with a PIN");
	return false;
}

/* %20, in place.  False: not two digits. */
static bool
unescape(char *text)
{
	char *out = text;
	int high, low;

	for (; *text != '\0'; text++) {
		if (*text != '%') {
			*out++ = *text;
			continue;
		}
		high = OPENSSL_hexchar2int((unsigned char)text[1]);
		low =
		    high < 0 ? -1 : OPENSSL_hexchar2int((unsigned char)text[2]);
		if (low < 0)
			return false;
		*out++ = (char)(high * 16 + low);
		text += 2;
	}
	*out = '\0';
	return true;
}

static bool
take_attribute(struct uri *uri, char *attribute)
{
	const struct {
		const char *name;
		const char **value;
	} known[] = {
		{ "token", &uri->token },
		{ "object", &uri->object },
		{ "module-path", &uri->module },
	};
	char *value = strchr(attribute, '=');

	if (value == NULL || !unescape(value + 1))
		return false;
	*value++ = '\0';
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(known[i].name, attribute) == 0 &&
		    *known[i].value == NULL) {
			*known[i].value = value;
			return true;
		}
	return false;
}

/* RFC 7512, of which each attribute is wanted once and no other is taken:
 * pin-value among them. */
static bool
read_uri(const char *text, struct uri *uri, struct ih_error *err)
{
	char *save = NULL;

	*uri = (struct uri){ 0 };
	if (strncmp(text, "pkcs11:", 7) != 0 || strlen(text) >= URI_MAX)
		return not_a_uri(err);
	memcpy(uri->text, text + 7, strlen(text + 7) + 1);
	for (char *one = strtok_r(uri->text, ";?&", &save); one != NULL;
	     one = strtok_r(NULL, ";?&", &save))
		if (!take_attribute(uri, one))
			return not_a_uri(err);
	return (uri->token != NULL && uri->object != NULL &&
		   uri->module != NULL) ||
	       not_a_uri(err);
}

/* ---- the token */

static bool
refuse(struct ih_error *err, enum ih_kind kind, const char *code)
{
	ERR_clear_error();
	return ih_fail_code(err, kind, code, "%s", "");
}

static PKCS11_SLOT *
slot_of(const struct ih_token *token, const char *label)
{
	for (unsigned int i = 0; i < token->slot_count; i++) {
		PKCS11_SLOT *slot = &token->slots[i];

		if (slot->token != NULL && slot->token->initialized &&
		    strcmp(slot->token->label, label) == 0)
			return slot;
	}
	return NULL;
}

static EVP_PKEY *
key_of(PKCS11_SLOT *slot, const char *label)
{
	PKCS11_KEY *keys = NULL;
	unsigned int count = 0;

	if (PKCS11_enumerate_keys(slot->token, &keys, &count) != 0)
		return NULL;
	for (unsigned int i = 0; i < count; i++)
		if (keys[i].label != NULL && strcmp(keys[i].label, label) == 0)
			return PKCS11_get_private_key(&keys[i]);
	return NULL;
}

static bool
open_key(struct ih_token *token, const struct uri *uri, const char *pin,
    struct ih_error *err)
{
	PKCS11_SLOT *slot;

	token->ctx = PKCS11_CTX_new();
	token->loaded =
	    token->ctx != NULL && PKCS11_CTX_load(token->ctx, uri->module) == 0;
	if (!token->loaded ||
	    PKCS11_enumerate_slots(token->ctx, &token->slots,
		&token->slot_count) != 0 ||
	    (slot = slot_of(token, uri->token)) == NULL)
		return refuse(err, IH_ABSENT, "E_TOKEN");
	if (PKCS11_login(slot, 0, pin) != 0)
		return refuse(err, IH_DENIED, "E_OFFICER_KEY");
	token->key = key_of(slot, uri->object);
	return token->key != NULL || refuse(err, IH_ABSENT, "E_TOKEN");
}

struct ih_token *
ih_token_open(const char *uri, const char *pin, struct ih_error *err)
{
	IH_OWNED(ih_token) token = ih_zeroed(sizeof *token);
	struct uri named;

	if (!read_uri(uri, &named, err) || !open_key(token, &named, pin, err))
		return NULL;
	return IH_GIVE(token);
}

EVP_PKEY *
ih_token_key(const struct ih_token *token)
{
	return token->key;
}

void
ih_token_free(struct ih_token *token)
{
	if (token == NULL)
		return;
	EVP_PKEY_free(token->key);
	if (token->slots != NULL)
		PKCS11_release_all_slots(token->ctx, token->slots,
		    token->slot_count);
	if (token->loaded)
		PKCS11_CTX_unload(token->ctx);
	if (token->ctx != NULL)
		PKCS11_CTX_free(token->ctx);
	free(token);
}
