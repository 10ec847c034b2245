/*
 * fetched.h - what libcrypto looks up by name, looked up once.
 *
 * EVP_sha256() and its like are looked up again at each use, under a lock and
 * among all providers; that takes longer than the digest of a short text.
 * These stay until the program ends.
 *
 * Source: openssl.org, man 7 crypto, "Implicit fetching" and "Performance".
 */
#ifndef IHALA_KEY_FETCHED_H
#define IHALA_KEY_FETCHED_H

#include <openssl/evp.h>
#include <openssl/kdf.h>

/* Borrowed; NULL: libcrypto does not have it. */
const EVP_MD *ih_fetched_sha256(void);
const EVP_CIPHER *ih_fetched_aes_256_gcm(void);
EVP_KDF *ih_fetched_hkdf(void);
/* HMAC-SHA256 without a key: to be duplicated. */
const EVP_MAC_CTX *ih_fetched_hmac(void);

#endif
