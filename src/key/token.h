/*
 * token.h - a private key that never leaves its token (PKCS #11).
 */
#ifndef IHALA_KEY_TOKEN_H
#define IHALA_KEY_TOKEN_H

#include <openssl/evp.h>

#include "ihala/error.h"
#include "ihala/owned.h"

typedef struct ih_token ih_token;

/* As ih_officer_on_token().  Caller owns. */
struct ih_token *
ih_token_open(const char *uri, const char *pin, struct ih_error *err);

/* Borrowed, for as long as the token is open. */
EVP_PKEY *ih_token_key(const struct ih_token *token);
void ih_token_free(struct ih_token *token);

IH_OWNER(ih_token, ih_token_free)

#endif
