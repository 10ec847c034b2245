/* This is where bytes get their digest. */
#include "ihala/digest.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetched.h"
#include "ihala/owned.h"

IH_OWNER(EVP_MAC_CTX, EVP_MAC_CTX_free)

/* SHA-256 over memory fails only when libcrypto is broken or has no memory:
 * neither is a state to go on in. */
static void
must(int done)
{
	if (done != 1) {
		fputs("ihala: libcrypto cannot compute SHA-256\n", stderr);
		abort();
	}
}

void
ih_digest(const void *bytes, size_t size,
    unsigned char digest[static IH_DIGEST])
{
	must(EVP_Digest(bytes, size, digest, NULL, ih_fetched_sha256(), NULL));
}

void
ih_digest_hex(const unsigned char digest[static IH_DIGEST],
    char text[static IH_DIGEST_TEXT])
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < IH_DIGEST; i++) {
		text[2 * i] = hex[digest[i] >> 4];
		text[2 * i + 1] = hex[digest[i] & 0xf];
	}
	text[IH_DIGEST_TEXT - 1] = '\0';
}

void
ih_digest_text(const void *bytes, size_t size, char text[static IH_DIGEST_TEXT])
{
	unsigned char digest[IH_DIGEST];

	ih_digest(bytes, size, digest);
	ih_digest_hex(digest, text);
}

struct ih_buffer *
ih_base64(const void *bytes, size_t size)
{
	IH_OWNED(ih_buffer) text = ih_buffer_new();

	ih_buffer_reserve(text, (size / 3 + 1) * 4 + 1);
	text->size = (size_t)EVP_EncodeBlock(text->data, bytes, (int)size);
	return IH_GIVE(text);
}

void
ih_digest_base64(const void *bytes, size_t size,
    char text[static IH_DIGEST_BASE64])
{
	unsigned char digest[IH_DIGEST];

	ih_digest(bytes, size, digest);
	EVP_EncodeBlock((unsigned char *)text, digest, IH_DIGEST);
}

bool
ih_digest_typed(const char *typed, char text[static IH_DIGEST_TEXT])
{
	size_t length = 0;

	for (; *typed != '\0'; typed++) {
		if (strchr(" \t\n:-", *typed) != NULL)
			continue;
		if (strchr("0123456789abcdefABCDEF", *typed) == NULL ||
		    length == IH_DIGEST_TEXT - 1)
			return false;
		text[length++] =
		    (char)(*typed >= 'A' && *typed <= 'F' ? *typed + 32 :
							    *typed);
	}
	text[length] = '\0';
	return length == IH_DIGEST_TEXT - 1;
}

bool
ih_digest_is(const char *typed, const char *other)
{
	char a[IH_DIGEST_TEXT], b[IH_DIGEST_TEXT];

	return ih_digest_typed(typed, a) && ih_digest_typed(other, b) &&
	       strcmp(a, b) == 0;
}

void
ih_digest_keyed(const void *key, size_t key_size, const void *bytes,
    size_t size, unsigned char digest[static IH_DIGEST])
{
	IH_OWNED(EVP_MAC_CTX) ctx = EVP_MAC_CTX_dup(ih_fetched_hmac());
	size_t length = 0;

	must(ctx != NULL && EVP_MAC_init(ctx, key, key_size, NULL) == 1 &&
	     EVP_MAC_update(ctx, bytes, size) == 1 &&
	     EVP_MAC_final(ctx, digest, &length, IH_DIGEST) == 1);
}
