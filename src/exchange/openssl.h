/*
 * openssl.h - libcrypto's handles under IH_OWNED, and its queue of errors.
 */
#ifndef IHALA_EXCHANGE_OPENSSL_H
#define IHALA_EXCHANGE_OPENSSL_H

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/owned.h"

IH_OWNER(X509, X509_free)
IH_OWNER(BIO, BIO_free_all)
IH_OWNER(CMS_ContentInfo, CMS_ContentInfo_free)

/* The DER of CMS.  NULL: libcrypto refused. */
static inline struct ih_buffer *
cms_bytes(CMS_ContentInfo *cms)
{
	int size = i2d_CMS_ContentInfo(cms, NULL);
	IH_OWNED(ih_buffer) bytes = size > 0 ? ih_buffer_new() : NULL;
	unsigned char *at;

	if (bytes == NULL)
		return NULL;
	ih_buffer_reserve(bytes, (size_t)size);
	at = bytes->data;
	if (i2d_CMS_ContentInfo(cms, &at) != size)
		return NULL;
	bytes->size = (size_t)size;
	bytes->data[size] = '\0';
	return IH_GIVE(bytes);
}

/* The content info in SIZE BYTES, which must be all of them. */
static inline CMS_ContentInfo *
cms_of(const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	IH_OWNED(CMS_ContentInfo) cms =
	    d2i_CMS_ContentInfo(NULL, &at, (long)size);

	if (cms != NULL && at != (const unsigned char *)bytes + size)
		return NULL;
	return IH_GIVE(cms);
}

#endif
