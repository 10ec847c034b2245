/* This is where a key is split among officers, and joined again. */
#include "ihala/share.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/text.h"
#include "ihala/wrap.h"

/* SLIP-0039: where on the curve the digest and the secret stand. */
enum { AT_DIGEST = 254, AT_SECRET = 255, DIGEST = 4 };
enum { ROUNDS = 4, HALF = IH_KEY / 2, ITERATIONS = 10000 };
/* 40 000 iterations, where the standard's largest would take minutes. */
enum { EXPONENT_MOST = 4 };
enum { WORD = 10, DIGITS = 5, HEAD_WORDS = 4, CHECK_WORDS = 3 };
enum { VALUE_WORDS = IH_SHARE_GROUPS - HEAD_WORDS - CHECK_WORDS };

_Static_assert(VALUE_WORDS == (IH_KEY * 8 + WORD - 1) / WORD,
    "a value of 256 bits, padded to whole words");

struct ih_shares *
ih_shares_new(void)
{
	struct ih_secret *memory = ih_secret_new(sizeof(struct ih_shares));
	struct ih_shares *shares = (struct ih_shares *)(void *)memory->bytes;

	shares->memory = memory;
	return shares;
}

void
ih_shares_free(struct ih_shares *shares)
{
	if (shares != NULL)
		ih_secret_free(shares->memory);
}

/* ---- GF(256), by x^8 + x^4 + x^3 + x + 1, in the same time for all values:
 * no branch and no table is decided by them. */

static unsigned char
times(unsigned a, unsigned b)
{
	unsigned product = 0;

	for (int i = 0; i < 8; i++) {
		product ^= a & (0U - (b & 1));
		b >>= 1;
		a = (a << 1) ^ (0x11b & (0U - (a >> 7)));
	}
	return (unsigned char)product;
}

/* The inverse: a^254. */
static unsigned char
inverse(unsigned char a)
{
	unsigned char power = a;

	for (int i = 0; i < 6; i++)
		power = times(times(power, power), a);
	return times(power, power);
}

struct point {
	unsigned char at;
	const unsigned char *value; /* IH_KEY bytes, borrowed */
};

/* The curve through COUNT points, at AT (Lagrange). */
static void
curve_at(const struct point *points, size_t count, unsigned char at,
    unsigned char value[static IH_KEY])
{
	unsigned char sum[IH_KEY] = { 0 };

	for (size_t i = 0; i < count; i++) {
		unsigned char weight = 1;

		for (size_t j = 0; j < count; j++)
			if (j != i)
				weight = times(times(weight, at ^ points[j].at),
				    inverse(points[i].at ^ points[j].at));
		for (size_t k = 0; k < IH_KEY; k++)
			sum[k] ^= times(weight, points[i].value[k]);
	}
	memcpy(value, sum, IH_KEY);
	OPENSSL_cleanse(sum, sizeof sum);
}

/* ---- the passphrase of SLIP-0039: four rounds of a Feistel cipher */

static bool
one_round(unsigned char round, const char *passphrase,
    const struct ih_share *set, const unsigned char right[static HALF],
    unsigned char mask[static HALF])
{
	unsigned char salt[8 + HALF] = "shamir";
	IH_OWNED(ih_secret)
	password = ih_secret_new(1 + strlen(passphrase));

	password->bytes[0] = round;
	memcpy(password->bytes + 1, passphrase, strlen(passphrase));
	salt[6] = (unsigned char)(set->set >> 8);
	salt[7] = (unsigned char)set->set;
	memcpy(salt + 8, right, HALF);
	return PKCS5_PBKDF2_HMAC((const char *)password->bytes,
		   (int)password->size, salt, sizeof salt,
		   (ITERATIONS / ROUNDS) << set->exponent, EVP_sha256(), HALF,
		   mask) == 1;
}

/* Encrypt KEY in place, or decrypt it (BACK). */
static bool
cipher(struct ih_secret *key, bool back, const char *passphrase,
    const struct ih_share *set, struct ih_error *err)
{
	unsigned char *left = key->bytes, *right = key->bytes + HALF;
	unsigned char mask[HALF], old[HALF];

	for (unsigned i = 0; i < ROUNDS; i++) {
		if (!one_round((unsigned char)(back ? ROUNDS - 1 - i : i),
			passphrase, set, right, mask)) {
			ERR_clear_error();
			return ih_fail(err, IH_SYSTEM,
			    "libcrypto cannot compute PBKDF2");
		}
		memcpy(old, right, HALF);
		for (size_t k = 0; k < HALF; k++)
			right[k] = left[k] ^ mask[k];
		memcpy(left, old, HALF);
	}
	memcpy(old, right, HALF);
	memcpy(right, left, HALF);
	memcpy(left, old, HALF);
	OPENSSL_cleanse(mask, sizeof mask);
	OPENSSL_cleanse(old, sizeof old);
	return true;
}

/* ---- splitting */

/* The digest share: 4 bytes of HMAC of the secret under its own other 28. */
static void
seal_digest(unsigned char share[static IH_KEY],
    const unsigned char secret[static IH_KEY])
{
	unsigned char digest[IH_DIGEST];

	ih_digest_keyed(share + DIGEST, IH_KEY - DIGEST, secret, IH_KEY,
	    digest);
	memcpy(share, digest, DIGEST);
	OPENSSL_cleanse(digest, sizeof digest);
}

/* The curve is laid through threshold - 2 random shares, the digest and the
 * secret; the other shares are read off it. */
static bool
lay_curve(struct ih_shares *shares, unsigned threshold,
    const struct ih_secret *secret, struct ih_error *err)
{
	struct point points[IH_SHARES_MOST] = { { 0 } };
	IH_OWNED(ih_secret) digest = ih_key_new(err);
	unsigned i = 0;

	if (digest == NULL)
		return false;
	seal_digest(digest->bytes, secret->bytes);
	for (; i + 2 < threshold; i++) {
		IH_OWNED(ih_secret) random = ih_key_new(err);

		if (random == NULL)
			return false;
		memcpy(shares->list[i].value, random->bytes, IH_KEY);
		points[i] =
		    (struct point){ (unsigned char)i, shares->list[i].value };
	}
	points[i] = (struct point){ AT_DIGEST, digest->bytes };
	points[i + 1] = (struct point){ AT_SECRET, secret->bytes };
	for (; i < shares->count; i++)
		curve_at(points, threshold, (unsigned char)i,
		    shares->list[i].value);
	return true;
}

static bool
name_set(struct ih_shares *shares, unsigned threshold, struct ih_error *err)
{
	unsigned char id[2];

	if (RAND_bytes(id, sizeof id) != 1) {
		ERR_clear_error();
		return ih_fail(err, IH_SYSTEM,
		    "libcrypto gives no random bytes");
	}
	for (unsigned i = 0; i < shares->count; i++) {
		shares->list[i].set = (id[0] & 0x7fU) << 8 | id[1];
		shares->list[i].threshold = threshold;
		shares->list[i].index = i;
	}
	return true;
}

struct ih_shares *
ih_share_split(const struct ih_secret *secret, unsigned count,
    unsigned threshold, struct ih_error *err)
{
	if (secret->size != IH_KEY || count > IH_SHARES_MOST ||
	    threshold < IH_SHARES_LEAST || threshold > count) {
		ih_fail(err, IH_USAGE,
		    "a key is split into %d to %d shares, of which %d or more"
		    " are needed, at most all",
		    IH_SHARES_LEAST, IH_SHARES_MOST, IH_SHARES_LEAST);
		return NULL;
	}
	IH_OWNED(ih_shares) shares = ih_shares_new();
	IH_OWNED(ih_secret) master = ih_secret_copy(secret->bytes, IH_KEY);
	shares->count = count;
	return name_set(shares, threshold, err) &&
		       cipher(master, false, "", &shares->list[0], err) &&
		       lay_curve(shares, threshold, master, err) ?
		   IH_GIVE(shares) :
		   NULL;
}

/* ---- joining */

/* Does SHARE go with the first COUNT of SHARES? */
static bool
goes_with(const struct ih_shares *shares, size_t count,
    const struct ih_share *share, struct ih_error *err)
{
	for (size_t i = 0; i < count; i++) {
		const struct ih_share *other = &shares->list[i];

		if (share->set != other->set ||
		    share->exponent != other->exponent ||
		    share->threshold != other->threshold)
			return ih_fail_code(err, IH_INPUT, "E_SHARE_SET",
			    "set %05u, set %05u", other->set, share->set);
		if (share->index == other->index)
			return ih_fail_code(err, IH_INPUT, "E_SHARE_TWICE",
			    "share %u", share->index + 1);
	}
	return true;
}

bool
ih_shares_add(struct ih_shares *shares, const struct ih_share *share,
    struct ih_error *err)
{
	if (shares->count == IH_SHARES_MOST)
		return ih_fail(err, IH_USAGE, "at most %d shares",
		    IH_SHARES_MOST);
	if (!goes_with(shares, shares->count, share, err))
		return false;
	shares->list[shares->count++] = *share;
	return true;
}

static bool
belong_together(const struct ih_shares *shares, struct ih_error *err)
{
	if (shares->count == 0)
		return ih_fail_code(err, IH_INPUT, "E_SHARE_FEW", "%s", "0");
	for (size_t i = 1; i < shares->count; i++)
		if (!goes_with(shares, i, &shares->list[i], err))
			return false;
	return true;
}

/* Does the digest hold, and do shares beyond the threshold lie on the curve? */
static bool
is_one_curve(const struct ih_shares *shares, const struct point *points,
    const unsigned char secret[static IH_KEY])
{
	const size_t threshold = shares->list[0].threshold;
	IH_OWNED(ih_secret) there = ih_secret_new(IH_KEY);
	unsigned char said[DIGEST];
	bool holds = true;

	if (threshold > 1) {
		curve_at(points, threshold, AT_DIGEST, there->bytes);
		memcpy(said, there->bytes, DIGEST);
		seal_digest(there->bytes, secret);
		holds = CRYPTO_memcmp(said, there->bytes, DIGEST) == 0;
		OPENSSL_cleanse(said, sizeof said);
	}
	for (size_t i = threshold; i < shares->count; i++) {
		const struct ih_share *more = &shares->list[i];

		curve_at(points, threshold, (unsigned char)more->index,
		    there->bytes);
		holds = ih_secret_is(there, more->value, IH_KEY) && holds;
	}
	return holds;
}

struct ih_secret *
ih_share_join(const struct ih_shares *shares, const char *passphrase,
    struct ih_error *err)
{
	const size_t threshold = shares->list[0].threshold;
	struct point points[IH_SHARES_MOST] = { { 0 } };
	IH_OWNED(ih_secret) secret = ih_secret_new(IH_KEY);

	if (!belong_together(shares, err))
		return NULL;
	if (shares->count < threshold) {
		ih_fail_code(err, IH_INPUT, "E_SHARE_FEW", "%zu < %zu",
		    shares->count, threshold);
		return NULL;
	}
	for (size_t i = 0; i < shares->count; i++)
		points[i] =
		    (struct point){ (unsigned char)shares->list[i].index,
			    shares->list[i].value };
	curve_at(points, threshold, AT_SECRET, secret->bytes);
	if (!is_one_curve(shares, points, secret->bytes)) {
		ih_fail_code(err, IH_INPUT, "E_SHARE_MIXED", "set %05u",
		    shares->list[0].set);
		return NULL;
	}
	return cipher(secret, true, passphrase, &shares->list[0], err) ?
		   IH_GIVE(secret) :
		   NULL;
}

/* ---- words of 10 bits */

/* SLIP-0039, "Checksum": a Reed-Solomon code over GF(1024). */
static uint32_t
rs1024(const uint16_t words[static IH_SHARE_GROUPS])
{
	static const uint32_t generator[WORD] = { 0x00e0e040, 0x01c1c080,
		0x03838100, 0x07070200, 0x0e0e0009, 0x1c0c2412, 0x38086c24,
		0x3090fc48, 0x21b1f890, 0x03f3f120 };
	static const char custom[] = "shamir";
	const size_t prefix = sizeof custom - 1;
	uint32_t check = 1;

	for (size_t i = 0; i < prefix + IH_SHARE_GROUPS; i++) {
		uint32_t top = check >> 20;

		check =
		    (check & 0xfffff) << 10 ^
		    (i < prefix ? (unsigned char)custom[i] : words[i - prefix]);
		for (int bit = 0; bit < WORD; bit++)
			check ^= generator[bit] & (0U - (top >> bit & 1));
	}
	return check;
}

/* The value is 256 bits, the last words' end; what is before is padding. */
enum { PADDING = VALUE_WORDS * WORD - IH_KEY * 8 };

static void
value_to_words(const unsigned char value[static IH_KEY], uint16_t *words)
{
	uint32_t held = 0;
	unsigned bits = PADDING;

	for (size_t i = 0; i < IH_KEY; i++) {
		held = held << 8 | value[i];
		bits += 8;
		if (bits >= WORD) {
			bits -= WORD;
			*words++ = held >> bits & 0x3ff;
		}
	}
}

static void
value_of_words(const uint16_t *words, unsigned char value[static IH_KEY])
{
	uint32_t held = 0;
	unsigned bits = 0;

	for (size_t i = 0, at = 0; i < VALUE_WORDS; i++) {
		held = held << WORD | words[i];
		bits += i == 0 ? WORD - PADDING : WORD;
		for (; bits >= 8; at++) {
			bits -= 8;
			value[at] = (unsigned char)(held >> bits);
		}
	}
}

/* One group: a threshold of 1 and a count of 1, written as 0. */
static void
share_to_words(const struct ih_share *share,
    uint16_t words[static IH_SHARE_GROUPS])
{
	uint32_t set = (uint32_t)share->set << 5 | share->exponent;
	uint32_t place = (uint32_t)share->index << 4 | (share->threshold - 1);
	uint32_t check;

	memset(words, 0, IH_SHARE_GROUPS * sizeof words[0]);
	words[0] = set >> WORD & 0x3ff;
	words[1] = set & 0x3ff;
	words[3] = place & 0x3ff;
	value_to_words(share->value, words + HEAD_WORDS);
	check = rs1024(words) ^ 1;
	for (unsigned i = 0; i < CHECK_WORDS; i++)
		words[IH_SHARE_GROUPS - 1 - i] = check >> WORD * i & 0x3ff;
}

static bool
share_of_words(const uint16_t words[static IH_SHARE_GROUPS],
    struct ih_share *share, struct ih_error *err)
{
	uint32_t set = (uint32_t)words[0] << WORD | words[1];
	uint32_t group = (uint32_t)words[2] << 2 | words[3] >> 8;

	if (rs1024(words) != 1)
		return ih_fail_code(err, IH_INPUT, "E_SHARE_CHECK", "%s", "");
	share->set = set >> 5;
	share->exponent = set & 0x1f;
	share->index = words[3] >> 4 & 0xf;
	share->threshold = (words[3] & 0xf) + 1U;
	if (group != 0 || share->exponent > EXPONENT_MOST ||
	    words[HEAD_WORDS] >> (WORD - PADDING) != 0)
		return ih_fail_code(err, IH_INPUT, "E_SHARE_KIND", "set %05u",
		    share->set);
	value_of_words(words + HEAD_WORDS, share->value);
	return true;
}

/* ---- groups of digits */

/* ISO/IEC 7064 MOD 11,10 over the four digits of NUMBER. */
static unsigned
check_digit(unsigned number)
{
	unsigned product = 10;

	for (unsigned unit = 1000; unit > 0; unit /= 10) {
		unsigned sum = (product + number / unit % 10) % 10;

		product = (sum == 0 ? 10 : sum) * 2 % 11;
	}
	return (11 - product) % 10;
}

struct ih_secret *
ih_share_text(const struct ih_share *share)
{
	IH_OWNED(ih_secret)
	text = ih_secret_new(IH_SHARE_GROUPS * (DIGITS + 1) + 1);
	IH_OWNED(ih_secret)
	memory = ih_secret_new(IH_SHARE_GROUPS * sizeof(uint16_t));
	uint16_t *words = (uint16_t *)(void *)memory->bytes;
	unsigned char *at = text->bytes;

	share_to_words(share, words);
	for (unsigned i = 0; i < IH_SHARE_GROUPS; i++) {
		bool last =
		    i + 1 == IH_SHARE_GROUPS || (i + 1) % IH_SHARE_LINE == 0;

		for (unsigned unit = 1000; unit > 0; unit /= 10)
			*at++ = (unsigned char)('0' + words[i] / unit % 10);
		*at++ = (unsigned char)('0' + check_digit(words[i]));
		*at++ = last ? '\n' : ' ';
	}
	return IH_GIVE(text);
}

/* What stands between digits and says nothing: blanks, the dashes, tatweel,
 * marks of direction, a byte order mark. */
static bool
is_between_digits(uint32_t point)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ '\t', '\r' },
		{ ' ', ' ' },
		{ '-', '.' },
		{ 0xa0, 0xa0 },
		{ 0xad, 0xad },
		{ 0x61c, 0x61c },
		{ 0x640, 0x640 },
		{ 0x2000, 0x2015 },
		{ 0x202f, 0x202f },
		{ 0x2212, 0x2212 },
		{ 0xfeff, 0xfeff },
	};

	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	return false;
}

/* 0 to 9, of Latin, Arabic-Indic and Persian digits; else 10. */
static unsigned
digit_of(uint32_t point)
{
	static const uint32_t zeros[] = { '0', 0x660, 0x6f0 };

	for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++)
		if (point >= zeros[i] && point < zeros[i] + 10)
			return point - zeros[i];
	return 10;
}

/* What was read so far. */
struct reading {
	unsigned first;  /* number of the first group, for errors */
	unsigned groups; /* whole ones */
	unsigned digits; /* of the next one */
	unsigned number; /* that they make */
	uint16_t words[IH_SHARE_GROUPS];
};

static bool
misread(const struct reading *reading, struct ih_error *err)
{
	return ih_fail_code(err, IH_INPUT, "E_SHARE_GROUP", "%u",
	    reading->first + reading->groups);
}

static bool
take_digit(struct reading *reading, unsigned digit, struct ih_error *err)
{
	if (reading->groups == IH_SHARE_GROUPS)
		return ih_fail_code(err, IH_INPUT, "E_SHARE_LENGTH", "> %d",
		    IH_SHARE_GROUPS);
	reading->number = reading->number * 10 + digit;
	if (++reading->digits < DIGITS)
		return true;
	unsigned word = reading->number / 10;
	if (word >> WORD != 0 || check_digit(word) != digit)
		return misread(reading, err);
	reading->words[reading->groups++] = (uint16_t)word;
	reading->digits = reading->number = 0;
	return true;
}

static bool
take_text(struct reading *reading, const char *text, size_t size,
    struct ih_error *err)
{
	bool line_starts = true;

	for (size_t at = 0; at < size;) {
		uint32_t point = 0;
		size_t step = ih_text_next(text + at, size - at, &point);
		unsigned digit = digit_of(point);

		if (step == 0)
			return misread(reading, err);
		if (line_starts && point == '#') {
			const char *end = memchr(text + at, '\n', size - at);

			at = end == NULL ? size : (size_t)(end - text);
			continue;
		}
		if (digit < 10 && !take_digit(reading, digit, err))
			return false;
		if (digit == 10 && !is_between_digits(point))
			return misread(reading, err);
		line_starts = point == '\n';
		at += step;
	}
	return reading->digits == 0 || misread(reading, err);
}

bool
ih_share_piece(const char *text, size_t size, unsigned first, unsigned *groups,
    struct ih_error *err)
{
	IH_OWNED(ih_secret) memory = ih_secret_new(sizeof(struct reading));
	struct reading *reading = (struct reading *)(void *)memory->bytes;

	reading->first = first;
	if (!take_text(reading, text, size, err))
		return false;
	*groups = reading->groups;
	return true;
}

bool
ih_share_read(const char *text, size_t size, struct ih_share *share,
    struct ih_error *err)
{
	IH_OWNED(ih_secret) memory = ih_secret_new(sizeof(struct reading));
	struct reading *reading = (struct reading *)(void *)memory->bytes;

	reading->first = 1;
	if (size > IH_SHARE_INPUT)
		return ih_fail_code(err, IH_INPUT, "E_SHARE_LENGTH",
		    "> %d bytes", IH_SHARE_INPUT);
	if (!take_text(reading, text, size, err))
		return false;
	if (reading->groups != IH_SHARE_GROUPS)
		return ih_fail_code(err, IH_INPUT, "E_SHARE_LENGTH", "%u < %d",
		    reading->groups, IH_SHARE_GROUPS);
	return share_of_words(reading->words, share, err);
}
