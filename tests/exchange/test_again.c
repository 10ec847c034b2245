/* What is written, read and written again is the same to the byte, but for
 * keys and nonces. */
#include "test.h"

#include <stdlib.h>

#include "ihala/envelope.h"
#include "ihala/signature.h"
#include "offices.h"

static uint64_t
dice(uint64_t *seed, uint64_t most)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (*seed >> 33) % most;
}

static void
expect_same(const struct ih_buffer *a, const struct ih_buffer *b)
{
	assert_non_null(a);
	assert_non_null(b);
	assert_int_equal(a->size, b->size);
	assert_memory_equal(a->data, b->data, a->size);
}

static const char *
any_text(uint64_t *seed)
{
	static const char *const texts[] = { NULL, "article 7", "a & <b> \"c\"",
		"\xd8\xa5\xd8\xb0\xd9\x86 1",
		"l\xe2\x80\x99"
		"article 2(1)" };

	return texts[dice(seed, sizeof texts / sizeof texts[0])];
}

static void
any_digest(uint64_t *seed, char digest[static IH_DIGEST_TEXT])
{
	char bytes[8];

	snprintf(bytes, sizeof bytes, "%u", (unsigned)dice(seed, 1000000));
	ih_digest_text(bytes, strlen(bytes), digest);
}

static struct ih_letter
any_letter(uint64_t *seed, struct ih_world *world)
{
	static const struct ih_part_of parts[] = {
		{ "case.xml", "application/xml", NULL, 0 },
		{ "doc-01-referral.fr.html", "text/html", NULL, 0 },
		{ "att-001.pdf", "application/pdf", NULL, 0 },
	};
	struct ih_letter letter = { .profile = IH_PROFILE,
		.from = "MA",
		.to = "TN",
		.signers = 1 + (int)dice(seed, 3),
		.purpose = (enum ih_purpose)dice(seed, IH_LETTER_RETURN),
		.sequence =
		    1 + (int64_t)dice(seed, 3) * (int64_t)dice(seed, 1000000),
		.created = NOW + (int64_t)dice(seed, 1000000),
		.legal_basis = any_text(seed),
		.authorisation = any_text(seed),
		.retention = any_text(seed),
		.release_profile = dice(seed, 2) == 0 ? NULL : "referral",
		.parts = parts,
		.count = dice(seed, 4) };

	ih_uuid_new(world, letter.id);
	any_digest(seed, letter.to_key);
	letter.expires = letter.created + 1 + (int64_t)dice(seed, 10000000);
	if (letter.sequence > 1)
		any_digest(seed, letter.previous);
	if (dice(seed, 2) == 0 || letter.purpose == IH_LETTER_RECEIPT)
		strcpy(letter.in_reply_to, AN_ID);
	return letter;
}

static void
writes_a_letter_that_was_read_as_it_was(void **state)
{
	struct bench *b = *state;
	uint64_t seed = 3;

	for (unsigned i = 0; i < 300 / one_in(30); i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_arena) arena = ih_arena_new();
		struct ih_letter letter = any_letter(&seed, &b->world), read;
		IH_OWNED(ih_buffer) once = ih_letter_write(&letter, &err);
		IH_OWNED(ih_buffer) same = ih_letter_write(&letter, &err);

		if (once == NULL || !ih_letter_read(b->forms, once->data,
					once->size, arena, &read, &err))
			fail_msg("%u: %s", i, err.text);
		IH_OWNED(ih_buffer) again = ih_letter_write(&read, &err);
		expect_same(once, same);
		expect_same(once, again);
	}
}

static void
writes_a_receipt_that_was_read_as_it_was(void **state)
{
	static const char *const codes[] = { "E_CERTIFICATE", "E_LETTER",
		"E_ORDER", "E_CONTENT" };
	struct bench *b = *state;
	uint64_t seed = 5;

	for (unsigned i = 0; i < 200 / one_in(20); i++) {
		struct ih_error err = { 0 };
		struct ih_receipt receipt = { .at = NOW + (int64_t)dice(&seed,
							      1000000),
			.sequence = 1 + (int64_t)dice(&seed, 100000),
			.status = (enum ih_receipt_status)dice(&seed,
			    IH_RECEIPT_STATUSES) };
		struct ih_receipt read;

		ih_uuid_new(&b->world, receipt.message);
		any_digest(&seed, receipt.container);
		any_digest(&seed, receipt.envelope);
		if (receipt.status == IH_RECEIPT_REFUSED)
			strcpy(receipt.code, codes[dice(&seed, 4)]);
		IH_OWNED(ih_buffer) once = ih_receipt_write(&receipt, &err);
		if (once == NULL || !ih_receipt_read(b->forms, once->data,
					once->size, &read, &err))
			fail_msg("%u: %s", i, err.text);
		IH_OWNED(ih_buffer) again = ih_receipt_write(&read, &err);
		expect_same(once, again);
	}
}

/* Bytes that deflate makes smaller, and others that it does not. */
static void
fill(uint64_t *seed, unsigned char *bytes, size_t size)
{
	uint64_t kinds = 1 + dice(seed, 256);

	for (size_t i = 0; i < size; i++)
		bytes[i] = (unsigned char)dice(seed, kinds);
}

static void
packs_a_container_that_was_read_as_it_was(void **state)
{
	enum { PARTS = 6, SIZE = 5000 };
	static unsigned char bytes[PARTS][SIZE];
	uint64_t seed = 9;

	(void)state;
	for (unsigned i = 0; i < 200 / one_in(20); i++) {
		struct ih_part_of parts[PARTS];
		char names[PARTS][32];
		struct ih_error err = { 0 };
		size_t count = 1 + dice(&seed, PARTS);

		for (size_t k = 0; k < count; k++) {
			size_t size =
			    dice(&seed, 4) == 0 ? 0 : dice(&seed, SIZE);

			fill(&seed, bytes[k], size);
			snprintf(names[k], sizeof names[k], "att-%03zu.bin",
			    k * 7 + i % 7);
			parts[k] = (struct ih_part_of){ names[k], NULL,
				bytes[k], size };
		}
		IH_OWNED(ih_buffer)
		once = ih_container_write(parts, count, &err);
		IH_OWNED(ih_container)
		read = once == NULL ?
			   NULL :
			   ih_container_read(once->data, once->size, &err);
		if (read == NULL)
			fail_msg("%u: %s", i, err.text);
		IH_OWNED(ih_buffer)
		again = ih_container_write(read->parts, read->count, &err);
		expect_same(once, again);
	}
}

/* The container inside a file for Tunis. */
static struct ih_container *
inside(const struct bench *b, const struct ih_buffer *file)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer)
	content = ih_envelope_open(file->data, file->size,
	    &b->office[TN]->pair[IH_USE_SEALING], &err);

	assert_non_null(content);
	struct ih_container *read =
	    ih_container_admit(content->data, content->size, &err);
	assert_non_null(read);
	return read;
}

/* Sealed twice: a fresh key, and a fresh nonce in the signature. */
static void
seals_the_same_but_for_keys_and_nonces(void **state)
{
	static const struct ih_part_of parts[] = {
		{ "case.xml", "application/xml", "<a/>", 4 },
	};
	const struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct ih_error err = { 0 };
	struct ih_sealed one, two;
	size_t signatures = 0;

	assert_true(ih_post_seal(&letter, parts, 1, b->office[MA],
	    b->partner[TN], &one, &err));
	assert_true(ih_post_seal(&letter, parts, 1, b->office[MA],
	    b->partner[TN], &two, &err));
	IH_OWNED(ih_buffer) first = one.envelope;
	IH_OWNED(ih_buffer) second = two.envelope;
	assert_true(first->size != second->size ||
		    memcmp(first->data, second->data, first->size) != 0);
	IH_OWNED(ih_container) a = inside(b, first);
	IH_OWNED(ih_container) c = inside(b, second);
	assert_int_equal(a->count, c->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct ih_part_of *p = &a->parts[i], *q = &c->parts[i];

		assert_string_equal(p->name, q->name);
		if (strcmp(p->name, "META-INF/signature001.p7s") == 0) {
			signatures++;
			continue;
		}
		assert_int_equal(p->size, q->size);
		assert_memory_equal(p->bytes, q->bytes, p->size);
	}
	assert_int_equal(signatures, 1);
}

/* The XML inside a signed list, up to the end of its root. */
static const char *
list_in(const struct ih_buffer *file, size_t *size)
{
	static const char end[] = "</trust-list>";
	const char *first = memmem(file->data, file->size, "<?xml", 5);
	const char *last = memmem(file->data, file->size, end, sizeof end - 1);

	assert_non_null(first);
	assert_non_null(last);
	*size = (size_t)(last - first);
	return first;
}

static void
writes_a_trust_list_that_was_read_as_it_was(void **state)
{
	const struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner) draft =
	    ih_trust_draft(b->office[MA], 3, NOW - 60, NOW + 90 * DAY);
	IH_OWNED(ih_buffer) once = ih_trust_sign(draft, b->office[MA], &err);
	IH_OWNED(ih_partner)
	read = ih_trust_read(b->forms, once->data, once->size, NULL, &err);
	IH_OWNED(ih_buffer) again = ih_trust_sign(read, b->office[MA], &err);
	size_t one, other;
	const char *was, *now;

	assert_non_null(again);
	was = list_in(once, &one);
	now = list_in(again, &other);
	assert_int_equal(one, other);
	assert_memory_equal(was, now, one);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(writes_a_letter_that_was_read_as_it_was),
		TEST(writes_a_receipt_that_was_read_as_it_was),
		TEST(packs_a_container_that_was_read_as_it_was),
		TEST(seals_the_same_but_for_keys_and_nonces),
		TEST(writes_a_trust_list_that_was_read_as_it_was),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
