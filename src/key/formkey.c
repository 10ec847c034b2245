/* This is where forms that were filled in elsewhere are opened. */
#include "ihala/formkey.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "ihala/arena.h"
#include "ihala/text.h"

enum {
	AES_KEY = 32,
	BLOCK = 16,
	MD5 = 16,
	MD5_TEXT = 2 * MD5 + 1,
	SEALED_KEY = 1024 /* the most bytes of an RSA modulus here */
};

IH_OWNER(EVP_PKEY_CTX, EVP_PKEY_CTX_free)
IH_OWNER(EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)
IH_OWNER(EVP_MD_CTX, EVP_MD_CTX_free)
IH_OWNER(EVP_ENCODE_CTX, EVP_ENCODE_CTX_free)

/* ---- what goes out in the blank form */

struct ih_buffer *
ih_formkey_public(X509 *certificate, struct ih_error *err)
{
	unsigned char *der = NULL;
	int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);

	if (size <= 0) {
		ih_crypto_failed(err, "write a public key");
		return NULL;
	}
	IH_OWNED(ih_buffer) text = ih_base64(der, (size_t)size);
	OPENSSL_free(der);
	return IH_GIVE(text);
}

bool
ih_formkey_id(X509 *certificate, char text[static IH_FORMKEY_ID],
    struct ih_error *err)
{
	const ASN1_OCTET_STRING *id = X509_get0_subject_key_id(certificate);

	if (id == NULL || ASN1_STRING_length(id) != (IH_FORMKEY_ID - 1) / 2)
		return ih_fail(err, IH_SYSTEM, "the key has no identifier");
	for (int i = 0; i < ASN1_STRING_length(id); i++)
		snprintf(text + (ptrdiff_t)2 * i, 3, "%02x",
		    ASN1_STRING_get0_data(id)[i]);
	return true;
}

void
ih_formkey_print(X509 *certificate, char text[static IH_FINGERPRINT_TEXT])
{
	char hex[IH_DIGEST_TEXT];

	ih_certificate_key(certificate, hex);
	for (size_t i = 0; i < IH_DIGEST_TEXT / 4; i++)
		snprintf(text + 5 * i, 6, "%.4s%s", hex + 4 * i,
		    i + 1 < IH_DIGEST_TEXT / 4 ? " " : "");
}

/* ---- what comes back */

/* base64 of at most ROOM bytes; line ends are passed over.  0: it is none. */
static size_t
decode(const char *text, unsigned char *bytes, size_t room)
{
	IH_OWNED(EVP_ENCODE_CTX) ctx = EVP_ENCODE_CTX_new();
	size_t size = strlen(text);
	int got = 0, last = 0;

	if (size > room / 3 * 4)
		return 0;
	EVP_DecodeInit(ctx);
	if (EVP_DecodeUpdate(ctx, bytes, &got, (const unsigned char *)text,
		(int)size) < 0 ||
	    EVP_DecodeFinal(ctx, bytes + got, &last) != 1)
		return 0;
	return (size_t)got + (size_t)last;
}

/* Exactly SIZE bytes out of what was sent to KEY. */
static bool
unwrap_with(EVP_PKEY *key, const EVP_MD *mask, const unsigned char *sealed,
    size_t sealed_size, unsigned char *bytes, size_t size)
{
	unsigned char all[SEALED_KEY];
	size_t got = sizeof all;
	IH_OWNED(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new(key, NULL);
	bool done =
	    ctx != NULL && EVP_PKEY_decrypt_init(ctx) == 1 &&
	    EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_OAEP_PADDING) > 0 &&
	    EVP_PKEY_CTX_set_rsa_oaep_md(ctx, EVP_sha256()) > 0 &&
	    EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, mask) > 0 &&
	    EVP_PKEY_decrypt(ctx, all, &got, sealed, sealed_size) == 1 &&
	    got == size;

	if (done)
		memcpy(bytes, all, size);
	OPENSSL_cleanse(all, sizeof all);
	ERR_clear_error();
	return done;
}

static bool
unwrap(const struct ih_pair *pair, const char *text, unsigned char *bytes,
    size_t size)
{
	unsigned char sealed[SEALED_KEY + 3];
	size_t got = decode(text, sealed, sizeof sealed);

	return got > 0 && ih_key_kind_of(pair->key) == IH_KEY_RSA &&
	       (unwrap_with(pair->key, EVP_sha256(), sealed, got, bytes,
		    size) ||
		   unwrap_with(pair->key, EVP_sha1(), sealed, got, bytes,
		       size));
}

static bool
md5(const void *bytes, size_t size, unsigned char digest[static MD5])
{
	return EVP_Digest(bytes, size, digest, NULL, EVP_md5(), NULL) == 1;
}

/* The nonce of the first file, raised once: a form of ours has no pictures. */
static bool
nonce_of(const char *instance, const unsigned char key[static AES_KEY],
    unsigned char nonce[static BLOCK])
{
	IH_OWNED(EVP_MD_CTX) ctx = EVP_MD_CTX_new();
	bool done = ctx != NULL && EVP_DigestInit(ctx, EVP_md5()) == 1 &&
		    EVP_DigestUpdate(ctx, instance, strlen(instance)) == 1 &&
		    EVP_DigestUpdate(ctx, key, AES_KEY) == 1 &&
		    EVP_DigestFinal(ctx, nonce, NULL) == 1;

	nonce[0]++;
	return done;
}

/* The padding is taken off and looked at. */
static struct ih_buffer *
decrypt(const struct ih_odk_sealed *sealed,
    const unsigned char key[static AES_KEY])
{
	unsigned char nonce[BLOCK] = { 0 };
	IH_OWNED(EVP_CIPHER_CTX) ctx = EVP_CIPHER_CTX_new();
	IH_OWNED(ih_buffer) clear = ih_buffer_new();
	int size = 0;

	if (ctx == NULL || sealed->size < BLOCK || sealed->size > INT_MAX ||
	    sealed->size % BLOCK != 0 ||
	    !nonce_of(sealed->instance, key, nonce))
		return NULL;
	ih_buffer_reserve(clear, sealed->size);
	if (EVP_DecryptInit(ctx, EVP_aes_256_cfb128(), key, nonce) != 1 ||
	    EVP_DecryptUpdate(ctx, clear->data, &size, sealed->bytes,
		(int)sealed->size) != 1 ||
	    (size_t)size != sealed->size)
		return NULL;
	unsigned pad = clear->data[size - 1];
	if (pad < 1 || pad > BLOCK)
		return NULL;
	for (unsigned i = 2; i <= pad; i++)
		if (clear->data[size - (int)i] != pad)
			return NULL;
	clear->size = (size_t)size - pad;
	clear->data[clear->size] = '\0';
	return IH_GIVE(clear);
}

/* The text as Enketo digested it until August 2025: each UTF-16 unit as if it
 * were a byte.  Four make a word of MD5, in which the upper half of a unit
 * falls upon the next, and that of the last is lost. */
static void
put_unit(struct ih_buffer *out, unsigned *above, unsigned unit)
{
	unsigned char byte = (unsigned char)(unit ^ *above);

	*above = out->size % 4 == 3 ? 0 : unit >> 8;
	ih_buffer_add(out, &byte, 1);
}

/* NULL: it is not UTF-8. */
static struct ih_buffer *
units_as_bytes(const struct ih_buffer *text)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	const char *at = (const char *)text->data;
	size_t left = text->size, size;
	unsigned above = 0;
	uint32_t point;

	for (; (size = ih_text_next(at, left, &point)) > 0;
	     at += size, left -= size) {
		if (point < 0x10000) {
			put_unit(out, &above, point);
			continue;
		}
		put_unit(out, &above, 0xd800 | (point - 0x10000) >> 10);
		put_unit(out, &above, 0xdc00 | (point & 0x3ff));
	}
	return left == 0 ? IH_GIVE(out) : NULL;
}

/* As the specification lays out what is digested, line by line; TEXT is
 * digested in its turn. */
static bool
is_digest(const struct ih_odk_sealed *sealed,
    const unsigned char said[static MD5], const struct ih_buffer *text)
{
	unsigned char digest[MD5], found[MD5];
	char hex[MD5_TEXT];
	IH_OWNED(ih_buffer) lines = ih_buffer_new();

	if (!md5(text->data, text->size, digest))
		return false;
	for (size_t i = 0; i < MD5; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	ih_buffer_printf(lines, "%s\n", sealed->form);
	if (sealed->version[0] != '\0')
		ih_buffer_printf(lines, "%s\n", sealed->version);
	ih_buffer_printf(lines, "%s\n%s\nsubmission.xml::%s\n", sealed->key,
	    sealed->instance, hex);
	return md5(lines->data, lines->size, found) &&
	       memcmp(found, said, MD5) == 0;
}

static bool
is_whole(const struct ih_odk_sealed *sealed, const struct ih_pair *pair,
    const struct ih_buffer *clear)
{
	unsigned char said[MD5];

	if (!unwrap(pair, sealed->signature, said, sizeof said))
		return false;
	if (is_digest(sealed, said, clear))
		return true;
	IH_OWNED(ih_buffer) units = units_as_bytes(clear);
	return units != NULL && is_digest(sealed, said, units);
}

struct ih_buffer *
ih_odk_open(const struct ih_odk_sealed *sealed,
    const struct ih_pair *const pairs[], size_t count, struct ih_error *err)
{
	unsigned char key[AES_KEY];
	size_t at = 0;

	while (at < count && !unwrap(pairs[at], sealed->key, key, sizeof key))
		at++;
	if (at == count) {
		ih_fail_code(err, IH_TRUST, "E_ODK_KEY", "base64EncryptedKey");
		return NULL;
	}
	IH_OWNED(ih_buffer) clear = decrypt(sealed, key);
	OPENSSL_cleanse(key, sizeof key);
	if (clear == NULL || !is_whole(sealed, pairs[at], clear)) {
		ih_fail_code(err, IH_TRUST, "E_ODK_ALTERED",
		    "encryptedXmlFile");
		return NULL;
	}
	return IH_GIVE(clear);
}
