/*
 * imprint.h - by what a paper is recognised: its number, its digest in short,
 * and both as a QR code.
 *
 * The digest is SHA-256 of the paper's blocks (block.rng) as they are before
 * the imprint is put on them, and is what the ledger keeps of a paper that
 * was handed out.  The number is made of the second half of the digest, so
 * that the same paper always has the same number; its check character finds a
 * wrong one.  The short form is the first eight bytes, in fours: number and
 * short form together are 100 bits of the digest, which nobody finds another
 * paper for.  The QR code holds number and digest, and nothing else.
 *
 *	number + short	CODE and 16 hexadecimal digits, as somebody types them
 *	QR text		"IHALA:" number ":" 64 hexadecimal digits
 *
 * Nobody finds out by trying what a paper said from the digest that is kept:
 * one that names the person also bears the digest of a record with a random id.
 *
 * Source: id.h (check character); FIPS 180-4; ISO/IEC 18004.
 */
#ifndef IHALA_IMPRINT_H
#define IHALA_IMPRINT_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

#include "ihala/digest.h"
#include "ihala/error.h"
#include "ihala/id.h"
#include "ihala/tree.h"

enum { IH_IMPRINT_SHORT = 20 }; /* "c18a 5937 4f09 f6d9", with the NUL */

/* What is known of a paper's imprint, as it was typed or read. */
struct ih_imprint {
	char number[IH_CODE_TEXT];
	struct ih_hash digest; /* as far as it is known */
	size_t known;          /* bytes of it: 0, 8 or 32 */
};

/* The digest of BLOCKS; and, where their foot has a place for it, number and
 * QR code there.  False: IH_SYSTEM. */
bool
ih_imprint_put(xmlDoc *blocks, struct ih_hash *digest, struct ih_error *err);

/* TEXT as typed or as a QR code has it.  False: IH_USAGE with E_PAPER_NUMBER.
 */
bool ih_imprint_parse(const char *text, struct ih_imprint *imprint,
    struct ih_error *err);

void ih_imprint_number(const struct ih_hash *digest,
    char number[static IH_CODE_TEXT]);
void ih_imprint_short(const struct ih_hash *digest,
    char text[static IH_IMPRINT_SHORT]);

/* Is DIGEST the whole of what is known? */
bool
ih_imprint_fits(const struct ih_imprint *imprint, const struct ih_hash *digest);

#endif
