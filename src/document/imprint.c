/* This is where a paper gets what it is recognised by. */
#include "ihala/imprint.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "ihala/buffer.h"
#include "ihala/node.h"
#include "ihala/xml.h"
#include "qr.h"

#define QR_BEGINS "IHALA:"

enum { SHORT = 8, WHOLE = sizeof((struct ih_hash *)NULL)->bytes };

void
ih_imprint_number(const struct ih_hash *digest,
    char number[static IH_CODE_TEXT])
{
	ih_code_of(digest->bytes + WHOLE / 2, WHOLE / 2, number);
}

void
ih_imprint_short(const struct ih_hash *digest,
    char text[static IH_IMPRINT_SHORT])
{
	for (size_t i = 0; i < SHORT; i++, text += 2) {
		if (i > 0 && i % 2 == 0)
			*text++ = ' ';
		snprintf(text, 3, "%02x", digest->bytes[i]);
	}
}

/* ---- on the paper */

static xmlNode *
place_of(xmlDoc *blocks)
{
	const xmlNode *foot = ih_child(xmlDocGetRootElement(blocks), "foot");

	return foot != NULL ? ih_child(foot, "proof") : NULL;
}

static bool
put_on(xmlNode *place, const struct ih_hash *digest, struct ih_error *err)
{
	char number[IH_CODE_TEXT], brief[IH_IMPRINT_SHORT];
	char text[sizeof QR_BEGINS + IH_CODE_TEXT + IH_DIGEST_TEXT];
	size_t size;

	ih_imprint_number(digest, number);
	ih_imprint_short(digest, brief);
	xmlNewProp(place, (const xmlChar *)"number", (const xmlChar *)number);
	xmlNewProp(place, (const xmlChar *)"short", (const xmlChar *)brief);
	/* In capitals, of which a QR code holds more. */
	size = (size_t)snprintf(text, sizeof text, QR_BEGINS "%s:", number);
	for (size_t i = 0; i < WHOLE; i++, size += 2)
		snprintf(text + size, sizeof text - size, "%02X",
		    digest->bytes[i]);
	return ih_qr_add(place, text, err);
}

bool
ih_imprint_put(xmlDoc *blocks, struct ih_hash *digest, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_xml_write(blocks);
	xmlNode *place = place_of(blocks);

	ih_digest(bytes->data, bytes->size, digest->bytes);
	return place == NULL || put_on(place, digest, err);
}

/* ---- as typed */

/* Hexadecimal digits, spaces between them or none; how many bytes they are,
 * or one more than there can be. */
static size_t
take_digest(const char *text, struct ih_hash *digest)
{
	size_t digits = 0;

	for (; *text != '\0'; text++) {
		const char *all = "0123456789abcdef";
		const char *found = strchr(all, tolower((unsigned char)*text));

		if (*text == ' ')
			continue;
		if (found == NULL || digits == 2 * (size_t)WHOLE)
			return WHOLE + 1;
		digest->bytes[digits / 2] =
		    (unsigned char)(digest->bytes[digits / 2] << 4 |
				    (found - all));
		digits++;
	}
	return digits % 2 == 0 ? digits / 2 : WHOLE + 1;
}

/* Where the number ends: at the colon of a QR code, or behind so many symbols
 * as it has. */
static const char *
end_of_number(const char *text)
{
	size_t symbols = 0;

	for (; *text != '\0' && *text != ':'; text++) {
		if (symbols == 9)
			return text;
		symbols += isalnum((unsigned char)*text) != 0;
	}
	return text;
}

bool
ih_imprint_parse(const char *text, struct ih_imprint *imprint,
    struct ih_error *err)
{
	char number[4 * IH_CODE_TEXT];
	const char *end;

	memset(imprint, 0, sizeof *imprint);
	if (strncmp(text, QR_BEGINS, strlen(QR_BEGINS)) == 0)
		text += strlen(QR_BEGINS);
	end = end_of_number(text);
	if ((size_t)(end - text) < sizeof number) {
		snprintf(number, sizeof number, "%.*s", (int)(end - text),
		    text);
		imprint->known =
		    take_digest(end + (*end == ':'), &imprint->digest);
		if (ih_code_parse(number, imprint->number) &&
		    (imprint->known == 0 || imprint->known == SHORT ||
			imprint->known == WHOLE))
			return true;
	}
	return ih_fail_code(err, IH_USAGE, "E_PAPER_NUMBER", "%s", "--paper");
}

bool
ih_imprint_fits(const struct ih_imprint *imprint, const struct ih_hash *digest)
{
	char number[IH_CODE_TEXT];

	ih_imprint_number(digest, number);
	return strcmp(number, imprint->number) == 0 &&
	       memcmp(digest->bytes, imprint->digest.bytes, imprint->known) ==
		   0;
}
