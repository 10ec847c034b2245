/* This is where DER is walked without believing a length. */
#include "der.h"

#include <string.h>

struct der
der_of(const void *bytes, size_t size)
{
	return (struct der){ bytes, size };
}

bool
der_is_next(const struct der *from, unsigned tag)
{
	return from->left > 0 && from->at[0] == tag;
}

/* How many bytes tag and length have, and the length; 0: not DER. */
static size_t
header(const struct der *from, size_t *length)
{
	size_t octets, value = 0;

	if (from->left < 2)
		return 0;
	if (from->at[1] < 0x80) {
		*length = from->at[1];
		return 2;
	}
	octets = from->at[1] & 0x7f;
	/* 0x80 is the indefinite form; four octets are 4 GiB already. */
	if (octets == 0 || octets > 4 || from->left < 2 + octets)
		return 0;
	for (size_t i = 0; i < octets; i++)
		value = value << 8 | from->at[2 + i];
	if (value < 0x80 || from->at[2] == 0)
		return 0;
	*length = value;
	return 2 + octets;
}

static bool
take(struct der *from, unsigned tag, struct der *whole, struct der *inside)
{
	size_t length = 0;
	size_t start = header(from, &length);

	if (start == 0 || from->at[0] != tag || from->left - start < length)
		return false;
	*whole = der_of(from->at, start + length);
	*inside = der_of(from->at + start, length);
	from->at += start + length;
	from->left -= start + length;
	return true;
}

bool
der_take(struct der *from, unsigned tag, struct der *inside)
{
	struct der whole;

	return take(from, tag, &whole, inside);
}

bool
der_take_whole(struct der *from, unsigned tag, struct der *whole)
{
	struct der inside;

	return take(from, tag, whole, &inside);
}

bool
der_take_same(struct der *from, unsigned tag, const void *bytes, size_t size)
{
	struct der inside;

	return der_take(from, tag, &inside) &&
	       der_same(inside, der_of(bytes, size));
}

bool
der_take_algorithm(struct der *from, const void *oid, size_t size,
    bool null_too)
{
	struct der inside;

	if (!der_take(from, DER_SEQUENCE, &inside) ||
	    !der_take_same(&inside, DER_OID, oid, size))
		return false;
	if (null_too && der_is_next(&inside, DER_NULL) &&
	    !der_take_same(&inside, DER_NULL, "", 0))
		return false;
	return der_is_end(&inside);
}

bool
der_take_rsa_sha256(struct der *parameters)
{
	static const unsigned char sha256[] = /* 2.16.840.1.101.3.4.2.1 */
	    { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01 };
	static const unsigned char mgf1[] = /* 1.2.840.113549.1.1.8 */
	    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08 };
	struct der hash, mask, inner;

	return der_take(parameters, DER_CONSTRUCTED | 0, &hash) &&
	       der_take_algorithm(&hash, sha256, sizeof sha256, true) &&
	       der_is_end(&hash) &&
	       der_take(parameters, DER_CONSTRUCTED | 1, &mask) &&
	       der_take(&mask, DER_SEQUENCE, &inner) && der_is_end(&mask) &&
	       DER_OID_IS(&inner, mgf1) &&
	       der_take_algorithm(&inner, sha256, sizeof sha256, true) &&
	       der_is_end(&inner);
}

bool
der_is_end(const struct der *from)
{
	return from->left == 0;
}

bool
der_same(struct der a, struct der b)
{
	return a.left == b.left &&
	       (a.left == 0 || memcmp(a.at, b.at, a.left) == 0);
}
