#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hex.h"
#include "ihala/share.h"

/* SLIP-0039's published examples of 256 bits, each word as its place in the
 * standard's list: numbers 20, 22, 23 and a share of 36. */
#define EXAMPLE_20                                                             \
	"09117 06406 00005 00005 00538 08823 "                                 \
	"10194 05825 02652 02255 00021 10047 "                                 \
	"00917 02781 03803 05085 07816 01090 "                                 \
	"01223 02175 00396 04210 05157 09272 "                                 \
	"06367 00780 06633 01207 05647 05307 "                                 \
	"00976 02142 05420"
#define EXAMPLE_22                                                             \
	"09117 06406 00005 00005 01170 08823 "                                 \
	"10194 05825 02652 02255 00021 10047 "                                 \
	"00917 02781 03803 05085 07816 01090 "                                 \
	"01223 02175 00396 04210 05157 09272 "                                 \
	"06367 00780 06633 01207 05647 05307 "                                 \
	"03233 06211 08171"
#define EXAMPLE_23_FIRST                                                       \
	"04461 02263 00005 00337 00329 04855 "                                 \
	"02845 10127 07355 08704 00370 02484 "                                 \
	"05479 03039 06115 09922 08911 03629 "                                 \
	"04201 07322 04599 01016 08815 01522 "                                 \
	"08593 05526 07630 06220 07592 09720 "                                 \
	"00337 00538 09596"
#define EXAMPLE_23_SECOND                                                      \
	"04461 02263 00005 00177 00064 04839 "                                 \
	"04113 06676 01848 08405 03276 05948 "                                 \
	"00763 07074 01129 06908 08059 03715 "                                 \
	"01346 10135 08251 07138 07736 00169 "                                 \
	"09369 04775 09834 10071 05876 00396 "                                 \
	"02095 01258 09607"
#define EXAMPLE_36_GROUP                                                       \
	"10047 01928 00683 07689 00265 08430 "                                 \
	"05817 09640 01522 09545 06131 09060 "                                 \
	"01635 07509 04324 05323 08946 05382 "                                 \
	"09086 04429 08235 08294 03250 03372 "                                 \
	"04332 06932 00353 00600 07363 05165 "                                 \
	"07007 02378 08593"

static const unsigned char key[IH_KEY] = "a key of thirty-two bytes, yes.";

static bool
reads(const char *text, struct ih_share *share, struct ih_error *err)
{
	*err = (struct ih_error){ 0 };
	return ih_share_read(text, strlen(text), share, err);
}

/* The shares of SET whose bit is in MASK. */
static struct ih_shares *
some_of(const struct ih_shares *set, unsigned mask)
{
	struct ih_shares *some = ih_shares_new();

	for (unsigned i = 0; i < set->count; i++)
		if (mask >> i & 1)
			some->list[some->count++] = set->list[i];
	return some;
}

static struct ih_shares *
split(unsigned count, unsigned threshold)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_secret) secret = ih_secret_copy(key, sizeof key);
	struct ih_shares *set = ih_share_split(secret, count, threshold, &err);

	if (set == NULL)
		fail_msg("%s", err.text);
	return set;
}

static void
joins_the_published_examples(void **state)
{
	static const struct {
		const char *share[2], *secret;
	} examples[] = {
		{ { EXAMPLE_20, NULL },
		    "989baf9dcaad5b10ca33dfd8cc75e42477025dce88ae83e75a230086a0"
		    "e00e92" },
		{ { EXAMPLE_23_FIRST, EXAMPLE_23_SECOND },
		    "c938b319067687e990e05e0da0ecce1278f75ff58d9853f19dcaeed5de"
		    "104aae" },
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) secret = unhex(examples[i].secret);
		IH_OWNED(ih_shares) set = ih_shares_new();

		for (size_t s = 0; s < 2; s++)
			if (examples[i].share[s] != NULL)
				assert_true(reads(examples[i].share[s],
				    &set->list[set->count++], &err));
		IH_OWNED(ih_secret) joined = ih_share_join(set, "TREZOR", &err);
		assert_non_null(joined);
		assert_true(ih_secret_is(joined, secret->data, secret->size));
	}
}

static void
writes_a_published_example_as_it_was(void **state)
{
	struct ih_error err;
	struct ih_share share, again;

	(void)state;
	assert_true(reads(EXAMPLE_23_FIRST, &share, &err));
	assert_int_equal(share.threshold, 2);
	assert_int_equal(share.index, 2);
	IH_OWNED(ih_secret) text = ih_share_text(&share);
	assert_memory_equal(text->bytes, EXAMPLE_23_FIRST, 35);
	assert_int_equal(text->bytes[35], '\n');
	assert_true(reads((const char *)text->bytes, &again, &err));
	assert_memory_equal(share.value, again.value, IH_KEY);
}

static void
refuses_what_the_standard_refuses_and_what_is_not_ours(void **state)
{
	struct ih_error err;
	struct ih_share share;

	(void)state;
	/* bits set in the padding; a share of one group of several */
	assert_false(reads(EXAMPLE_22, &share, &err));
	assert_string_equal(err.code, "E_SHARE_KIND");
	assert_false(reads(EXAMPLE_36_GROUP, &share, &err));
	assert_string_equal(err.code, "E_SHARE_KIND");
}

/* Every subset of every set of up to six shares. */
static void
the_threshold_is_what_it_takes_and_no_less(void **state)
{
	unsigned joined = 0, refused = 0;

	(void)state;
	for (unsigned n = 2; n <= 6; n++)
		for (unsigned m = 2; m <= n; m++) {
			IH_OWNED(ih_shares) set = split(n, m);

			for (unsigned mask = 1; mask < 1U << n; mask++) {
				struct ih_error err = { 0 };
				IH_OWNED(ih_shares) some = some_of(set, mask);
				IH_OWNED(ih_secret)
				secret = ih_share_join(some, "", &err);

				if (some->count < m) {
					assert_null(secret);
					assert_string_equal(err.code,
					    "E_SHARE_FEW");
					refused++;
				} else {
					assert_non_null(secret);
					assert_true(ih_secret_is(secret, key,
					    sizeof key));
					joined++;
				}
			}
		}
	print_message("# %u subsets join, %u are too few\n", joined, refused);
}

static void
the_largest_set_joins_from_either_end(void **state)
{
	IH_OWNED(ih_shares) set = split(IH_SHARES_MOST, 16);
	IH_OWNED(ih_shares) wide = split(IH_SHARES_MOST, 3);
	static const unsigned masks[] = { 0x7, 0xe000, 0x8101 };
	struct ih_error err = { 0 };

	(void)state;
	IH_OWNED(ih_secret) all = ih_share_join(set, "", &err);
	assert_true(all != NULL && ih_secret_is(all, key, sizeof key));
	for (size_t i = 0; i < 3; i++) {
		IH_OWNED(ih_shares) some = some_of(wide, masks[i]);
		IH_OWNED(ih_secret) secret = ih_share_join(some, "", &err);

		assert_true(
		    secret != NULL && ih_secret_is(secret, key, sizeof key));
	}
}

/* Multiplication written another way, for a curve that is not the house's. */
static unsigned
product(unsigned a, unsigned b)
{
	unsigned wide = 0;

	for (int i = 0; i < 8; i++)
		if (b >> i & 1)
			wide ^= a << i;
	for (int i = 14; i >= 8; i--)
		if (wide >> i & 1)
			wide ^= 0x11bU << (i - 8);
	return wide;
}

static unsigned
quotient(unsigned a, unsigned b)
{
	for (unsigned q = 0; q < 256; q++)
		if (product(q, b) == a)
			return q;
	return 256;
}

/*
 * What two of three needed shares say of the secret: through their two points
 * and each of the 256 values that a byte of the secret could have, there is
 * exactly one curve, and no two meet in the missing share.  So any secret is as
 * possible as any other, whatever the two shares are.
 */
static void
one_share_less_fits_every_secret(void **state)
{
	IH_OWNED(ih_shares) set = split(3, 3);
	const struct ih_share *s = set->list;

	(void)state;
	for (size_t byte = 0; byte < IH_KEY; byte++) {
		bool seen[256] = { false };

		for (unsigned secret = 0; secret < 256; secret++) {
			static const unsigned at[] = { 0, 1, 255 };
			unsigned y[] = { s[0].value[byte], s[1].value[byte],
				secret };
			unsigned third = 0;

			for (size_t i = 0; i < 3; i++) {
				unsigned above = 1, below = 1;

				for (size_t j = 0; j < 3; j++)
					if (j != i) {
						above =
						    product(above, 2 ^ at[j]);
						below = product(below,
						    at[i] ^ at[j]);
					}
				third ^= product(y[i], quotient(above, below));
			}
			assert_false(seen[third]);
			seen[third] = true;
		}
	}
}

/* Over 200 splits of one key, each byte of a share has each value about as
 * often: chi-square of 255 degrees is above 450 once in 10^12 runs. */
static void
a_share_alone_looks_like_chance(void **state)
{
	static unsigned count[256];
	double chi = 0, expected;
	unsigned bytes = 0;

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_secret) secret = ih_secret_new(IH_KEY);
		IH_OWNED(ih_shares)
		set = ih_share_split(secret, 2, 2, &err);

		for (size_t k = 0; k < IH_KEY; k++, bytes++)
			count[set->list[0].value[k]]++;
	}
	expected = bytes / 256.0;
	for (size_t v = 0; v < 256; v++)
		chi += (count[v] - expected) * (count[v] - expected) / expected;
	print_message("# chi-square %.0f of 255\n", chi);
	assert_true(chi < 450);
}

static void
shares_of_two_sets_or_twice_the_same_are_told(void **state)
{
	IH_OWNED(ih_shares) set = split(3, 2);
	IH_OWNED(ih_shares) other = split(3, 2);
	struct ih_error err = { 0 };

	(void)state;
	set->count = 2;
	set->list[1] = set->list[0];
	assert_null(ih_share_join(set, "", &err));
	assert_string_equal(err.code, "E_SHARE_TWICE");
	set->list[1] = other->list[1];
	other->list[1].set = set->list[0].set ^ 1;
	set->list[1].set = set->list[0].set ^ 1;
	err = (struct ih_error){ 0 };
	assert_null(ih_share_join(set, "", &err));
	assert_string_equal(err.code, "E_SHARE_SET");
	/* by chance or by hand of the same name: the digest tells */
	set->list[1].set = set->list[0].set;
	err = (struct ih_error){ 0 };
	assert_null(ih_share_join(set, "", &err));
	assert_string_equal(err.code, "E_SHARE_MIXED");
}

static void
a_share_too_many_must_agree(void **state)
{
	IH_OWNED(ih_shares) set = split(4, 2);
	struct ih_error err = { 0 };

	(void)state;
	set->list[3].value[31] ^= 1;
	assert_null(ih_share_join(set, "", &err));
	assert_string_equal(err.code, "E_SHARE_MIXED");
}

/* ---- misreading and mistyping */

static unsigned
digits_check(unsigned number)
{
	unsigned p = 10;

	for (int unit = 1000; unit > 0; unit /= 10) {
		unsigned s = (p + number / (unsigned)unit % 10) % 10;

		p = (s == 0 ? 10 : s) * 2 % 11;
	}
	return (11 - p) % 10;
}

/* Group AT becomes NUMBER, with the check digit that goes with it. */
static void
put_group(char *text, unsigned at, unsigned number)
{
	char group[8];

	snprintf(group, sizeof group, "%04u%u", number % 10000,
	    digits_check(number) % 10);
	memcpy(text + at * 6, group, 5);
}

static unsigned
group_of(const char *text, unsigned at)
{
	char group[5] = "";

	memcpy(group, text + at * 6, 4);
	return (unsigned)strtoul(group, NULL, 10);
}

static void
every_single_wrong_digit_is_named_by_its_group(void **state)
{
	unsigned tried = 0;
	struct ih_error err;
	struct ih_share share;

	(void)state;
	for (size_t at = 0; at < sizeof EXAMPLE_23_FIRST - 1; at++)
		for (char digit = '0'; digit <= '9'; digit++) {
			char text[] = EXAMPLE_23_FIRST, place[4];

			if (text[at] == ' ' || text[at] == digit)
				continue;
			text[at] = digit;
			snprintf(place, sizeof place, "%zu", at / 6 + 1);
			assert_false(reads(text, &share, &err));
			assert_string_equal(err.code, "E_SHARE_GROUP");
			assert_string_equal(err.text, place);
			tried++;
		}
	print_message("# %u wrong digits\n", tried);
}

static void
every_single_wrong_group_is_found(void **state)
{
	unsigned tried = 0;
	struct ih_error err;
	struct ih_share share;

	(void)state;
	for (unsigned at = 0; at < IH_SHARE_GROUPS; at++)
		for (unsigned number = 0; number < 1024; number++) {
			char text[] = EXAMPLE_23_FIRST;

			if (group_of(text, at) == number)
				continue;
			put_group(text, at, number);
			assert_false(reads(text, &share, &err));
			assert_string_equal(err.code, "E_SHARE_CHECK");
			tried++;
		}
	print_message("# %u wrong groups\n", tried);
}

/* xorshift32: the same errors in each run */
static uint32_t
chance(void)
{
	static uint32_t x = 2463534242;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x;
}

static void
two_and_three_wrong_groups_are_found(void **state)
{
	struct ih_error err;
	struct ih_share share;

	(void)state;
	for (unsigned errors = 2; errors <= 3; errors++)
		for (int round = 0; round < 10000; round++) {
			char text[] = EXAMPLE_23_FIRST;
			uint64_t touched = 0;

			for (unsigned done = 0; done < errors;) {
				unsigned at = chance() % IH_SHARE_GROUPS;
				unsigned number = chance() % 1024;

				if ((touched >> at & 1) != 0 ||
				    group_of(text, at) == number)
					continue;
				touched |= (uint64_t)1 << at;
				put_group(text, at, number);
				done++;
			}
			assert_false(reads(text, &share, &err));
			assert_string_equal(err.code, "E_SHARE_CHECK");
		}
}

static void
two_groups_exchanged_are_found(void **state)
{
	struct ih_error err;
	struct ih_share share;

	(void)state;
	for (unsigned a = 0; a < IH_SHARE_GROUPS; a++)
		for (unsigned b = a + 1; b < IH_SHARE_GROUPS; b++) {
			char text[] = EXAMPLE_23_FIRST;
			unsigned first = group_of(text, a);

			if (first == group_of(text, b))
				continue;
			put_group(text, a, group_of(text, b));
			put_group(text, b, first);
			assert_false(reads(text, &share, &err));
		}
}

static void
typing_is_forgiven_what_says_nothing(void **state)
{
	static const struct {
		const char *from, *to; /* in the text */
	} habits[] = {
		{ " ", "" }, { " ", " - " }, { " ", "\r\n" },
		{ " ", "\xe2\x80\x94" },                  /* em dash */
		{ " ", "\xd9\x80" },                      /* tatweel */
		{ " ", "\n# ihala\n" },                   /* a remark */
		{ "0", "\xd9\xa0" }, { "7", "\xd9\xa7" }, /* Arabic-Indic */
		{ "4", "\xdb\xb4" },                      /* Persian */
	};

	(void)state;
	for (size_t h = 0; h < sizeof habits / sizeof habits[0]; h++) {
		struct ih_error err;
		struct ih_share share;
		char text[2048] = "";

		for (const char *c = EXAMPLE_23_FIRST; *c != '\0'; c++) {
			size_t end = strlen(text);

			if (*c == habits[h].from[0])
				strcat(text, habits[h].to);
			else
				text[end] = *c;
		}
		if (!reads(text, &share, &err))
			fail_msg("habit %zu: %s %s", h, err.code, err.text);
		assert_int_equal(share.index, 2);
	}
}

static void
too_short_too_long_and_other_signs_are_told_apart(void **state)
{
	static const struct {
		const char *text, *code;
	} rows[] = {
		{ "", "E_SHARE_LENGTH" },
		{ "04461 02263", "E_SHARE_LENGTH" },
		{ "04461 0226", "E_SHARE_GROUP" },
		{ "04461 0226O", "E_SHARE_GROUP" },
		{ "04461 \xff", "E_SHARE_GROUP" },
		{ "10245", "E_SHARE_GROUP" }, /* above 1023 */
		{ EXAMPLE_23_FIRST " 00005", "E_SHARE_LENGTH" },
		{ "# only a remark", "E_SHARE_LENGTH" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err;
		struct ih_share share;

		assert_false(reads(rows[i].text, &share, &err));
		assert_string_equal(err.code, rows[i].code);
	}
}

static void
a_set_is_two_to_sixteen(void **state)
{
	static const unsigned wrong[][2] = { { 1, 1 }, { 3, 1 }, { 3, 4 },
		{ 17, 2 }, { 0, 0 } };
	IH_OWNED(ih_secret) secret = ih_secret_copy(key, sizeof key);

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct ih_error err = { 0 };

		assert_null(
		    ih_share_split(secret, wrong[i][0], wrong[i][1], &err));
		assert_int_equal(err.kind, IH_USAGE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(joins_the_published_examples),
		TEST(writes_a_published_example_as_it_was),
		TEST(refuses_what_the_standard_refuses_and_what_is_not_ours),
		TEST(the_threshold_is_what_it_takes_and_no_less),
		TEST(the_largest_set_joins_from_either_end),
		TEST(one_share_less_fits_every_secret),
		TEST(a_share_alone_looks_like_chance),
		TEST(shares_of_two_sets_or_twice_the_same_are_told),
		TEST(a_share_too_many_must_agree),
		TEST(every_single_wrong_digit_is_named_by_its_group),
		TEST(every_single_wrong_group_is_found),
		TEST(two_and_three_wrong_groups_are_found),
		TEST(two_groups_exchanged_are_found),
		TEST(typing_is_forgiven_what_says_nothing),
		TEST(too_short_too_long_and_other_signs_are_told_apart),
		TEST(a_set_is_two_to_sixteen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
