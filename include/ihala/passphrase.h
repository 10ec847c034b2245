/*
 * passphrase.h - a secret sealed under something a person remembers.
 *
 * scrypt turns passphrase and salt into a key, slowly and with much memory.
 * Its cost is written beside the sealed bytes, so it can rise later; whoever
 * opens names the least cost it accepts and nothing above IH_COST_MOST is
 * tried.  OpenSSL caps scrypt at 32 MiB: to go slower raise P, not N.  A
 * passphrase is UTF-8, taken byte for byte.
 *
 *	sealed = version (1 byte, 0x01) log2 N (1) r (1) p (1) salt (16)
 *	         sealed secret (as in seal.h, bound to all before and the
 *	         context)
 *
 * Source: RFC 7914; src/exchange/README.md (N=16384 r=8 p=8).
 */
#ifndef IHALA_PASSPHRASE_H
#define IHALA_PASSPHRASE_H

#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/secret.h"

#define IH_PASSPHRASE_LEAST 8   /* characters: NIST SP 800-63B, 5.1.1.1 */
#define IH_PASSPHRASE_MOST 1024 /* bytes: nobody types more */

struct ih_cost {
	unsigned char log_n, r, p; /* memory is 128 * 2^log_n * r bytes */
};

/* For what protects people: about a third of a second, 16 MiB. */
#define IH_COST ((struct ih_cost){ 14, 8, 8 })
/* For training registries, which hold invented people: about 3 ms. */
#define IH_COST_TRAINING ((struct ih_cost){ 10, 8, 1 })
/* Nothing above this is tried: a changed header must not stop the machine. */
#define IH_COST_MOST ((struct ih_cost){ 14, 8, 64 })

/* Seal SIZE BYTES under PASSPHRASE.  Caller owns.  NULL: IH_USAGE (too short,
 * code E_PASSPHRASE_SHORT; too long, cost too high), IH_SYSTEM. */
struct ih_buffer *
ih_passphrase_seal(const char *passphrase, struct ih_cost cost,
    const char *context, const void *bytes, size_t size, struct ih_error *err);

/*
 * The secret again.  Caller owns.  NULL: IH_DENIED (E_PASSPHRASE: another
 * passphrase, or the sealed bytes were changed: the two cannot be told
 * apart), IH_TRUST (not sealed bytes, or a cost below LEAST), IH_SYSTEM.
 */
struct ih_secret *
ih_passphrase_open(const char *passphrase, struct ih_cost least,
    const char *context, const void *sealed, size_t size, struct ih_error *err);

#endif
