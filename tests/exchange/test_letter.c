#include "test.h"

#include "offices.h"

static const struct ih_part_of parts[] = {
	{ "case.xml", "application/xml", NULL, 0 },
	{ "doc-01-referral.fr.html", "text/html", NULL, 0 },
};

/* A letter with every field, complete. */
static struct ih_letter
whole(void)
{
	struct ih_letter letter = usual_letter();

	letter.profile = IH_PROFILE;
	strcpy(letter.from, "MA");
	letter.signers = 2;
	strcpy(letter.to, "TN");
	strcpy(letter.to_key, A_DIGEST);
	letter.sequence = 42;
	strcpy(letter.previous, A_DIGEST);
	strcpy(letter.in_reply_to, ANOTHER_ID);
	letter.authorisation = "\xd8\xa5\xd8\xb0\xd9\x86 1 & 2";
	letter.retention = "2 ans";
	letter.parts = parts;
	letter.count = 2;
	return letter;
}

static bool
read_it(const struct bench *b, const struct ih_buffer *bytes,
    struct ih_arena *arena, struct ih_letter *letter, struct ih_error *err)
{
	return ih_letter_read(b->forms, bytes->data, bytes->size, arena, letter,
	    err);
}

static void
is_read_as_it_was_written(void **state)
{
	const struct ih_letter sent = whole();
	struct ih_letter came;
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_buffer) bytes = ih_letter_write(&sent, &err);

	assert_non_null(bytes);
	assert_true(read_it(*state, bytes, arena, &came, &err));
	assert_string_equal(came.id, AN_ID);
	assert_int_equal(came.profile, IH_PROFILE);
	assert_int_equal(came.purpose, IH_LETTER_REFERRAL);
	assert_string_equal(came.from, "MA");
	assert_int_equal(came.signers, 2);
	assert_string_equal(came.to, "TN");
	assert_string_equal(came.to_key, A_DIGEST);
	assert_int_equal(came.sequence, 42);
	assert_string_equal(came.previous, A_DIGEST);
	assert_int_equal(came.created, sent.created);
	assert_int_equal(came.expires, sent.expires);
	assert_string_equal(came.in_reply_to, ANOTHER_ID);
	assert_string_equal(came.legal_basis, sent.legal_basis);
	assert_string_equal(came.authorisation, sent.authorisation);
	assert_string_equal(came.retention, sent.retention);
	assert_string_equal(came.release_profile, sent.release_profile);
	assert_int_equal(came.count, 2);
	assert_string_equal(came.parts[1].name, "doc-01-referral.fr.html");
	assert_string_equal(came.parts[1].media, "text/html");
}

static void
is_the_same(const struct ih_letter *a, const struct ih_letter *b)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) one = ih_letter_write(a, &err);
	IH_OWNED(ih_buffer) other = ih_letter_write(b, &err);

	assert_int_equal(one->size, other->size);
	assert_memory_equal(one->data, other->data, one->size);
}

/* Where nothing had to be escaped, and not a byte is otherwise: the same
 * letter in other bytes is read, and no less true. */
static void
is_known_again_as_it_was_written(void **state)
{
	struct ih_letter sent = whole(), came;
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_buffer) escaped = ih_letter_write(&sent, &err);

	assert_false(
	    ih_letter_as_written(escaped->data, escaped->size, arena, &came));
	sent.authorisation = "l'article exemple";
	IH_OWNED(ih_buffer) bytes = ih_letter_write(&sent, &err);
	assert_true(
	    ih_letter_as_written(bytes->data, bytes->size, arena, &came));
	is_the_same(&came, &sent);
	sent.authorisation = "l'article exemple\n";
	IH_OWNED(ih_buffer) spaced = ih_letter_write(&sent, &err);
	assert_false(
	    ih_letter_as_written(spaced->data, spaced->size, arena, &came));
	sent.authorisation = "l'article exemple";
	ih_buffer_text(bytes, "\n");
	assert_false(
	    ih_letter_as_written(bytes->data, bytes->size, arena, &came));
	assert_true(read_it(*state, bytes, arena, &came, &err));
	is_the_same(&came, &sent);
}

/* The schema knows no part in a folder. */
static void
names_no_part_in_a_folder(void **state)
{
	const struct ih_part_of folder = { "META-INF/case.xml",
		"application/xml", NULL, 0 };
	struct ih_letter sent = whole(), came;
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();

	sent.authorisation = NULL;
	sent.parts = &folder;
	sent.count = 1;
	IH_OWNED(ih_buffer) bytes = ih_letter_write(&sent, &err);
	assert_non_null(bytes);
	assert_false(
	    ih_letter_as_written(bytes->data, bytes->size, arena, &came));
	assert_false(read_it(*state, bytes, arena, &came, &err));
	assert_string_equal(err.code, "E_LETTER");
}

static void
leaves_out_what_there_is_not(void **state)
{
	struct ih_letter sent = whole(), came;
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();

	sent.sequence = 1;
	sent.previous[0] = sent.in_reply_to[0] = '\0';
	sent.legal_basis = sent.authorisation = NULL;
	sent.retention = sent.release_profile = NULL;
	sent.count = 0;
	IH_OWNED(ih_buffer) bytes = ih_letter_write(&sent, &err);
	assert_non_null(bytes);
	assert_true(read_it(*state, bytes, arena, &came, &err));
	assert_string_equal(came.previous, "");
	assert_string_equal(came.in_reply_to, "");
	assert_null(came.legal_basis);
	assert_null(came.release_profile);
	assert_int_equal(came.count, 0);
}

static void
may_be_public_if_it_is_a_return(void **state)
{
	struct ih_letter sent = whole(), came;
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();

	sent.to[0] = sent.to_key[0] = '\0';
	assert_null(ih_letter_write(&sent, &err));
	sent.purpose = IH_LETTER_RETURN;
	IH_OWNED(ih_buffer) bytes = ih_letter_write(&sent, &err);
	assert_non_null(bytes);
	assert_true(read_it(*state, bytes, arena, &came, &err));
	assert_string_equal(came.to, "");
}

/* Each breaks one field. */
static void
no_id(struct ih_letter *l)
{
	l->id[3] = 'G';
}
static void
no_sender(struct ih_letter *l)
{
	strcpy(l->from, "ma");
}
static void
no_signer(struct ih_letter *l)
{
	l->signers = 0;
}
static void
four_signers(struct ih_letter *l)
{
	l->signers = 4;
}
static void
no_key(struct ih_letter *l)
{
	l->to_key[63] = '\0';
}
static void
number_zero(struct ih_letter *l)
{
	l->sequence = 0;
}
static void
first_with_previous(struct ih_letter *l)
{
	l->sequence = 1;
}
static void
later_without_previous(struct ih_letter *l)
{
	l->previous[0] = '\0';
}
static void
over_before_it_began(struct ih_letter *l)
{
	l->expires = l->created;
}
static void
no_purpose(struct ih_letter *l)
{
	l->purpose = IH_PURPOSES;
}
static void
a_pack_for_somebody(struct ih_letter *l)
{
	l->purpose = IH_LETTER_PACK;
}
static void
reply_to_nothing(struct ih_letter *l)
{
	strcpy(l->in_reply_to, "x");
}
static void
empty_text(struct ih_letter *l)
{
	l->retention = "";
}
static void
text_that_turns_around(struct ih_letter *l)
{
	l->legal_basis = "a\xe2\x80\xae"
			 "b";
}
static void
part_upwards(struct ih_letter *l)
{
	static const struct ih_part_of up = { "../a.xml", "a/b", NULL, 0 };

	l->parts = &up;
	l->count = 1;
}
static void
part_of_no_kind(struct ih_letter *l)
{
	static const struct ih_part_of kind = { "a.xml", "Text", NULL, 0 };

	l->parts = &kind;
	l->count = 1;
}

static void
is_not_written_with_a_field_that_is_wrong(void **state)
{
	static void (*const breaks[])(struct ih_letter *) = { no_id, no_sender,
		no_signer, four_signers, no_key, number_zero,
		first_with_previous, later_without_previous,
		over_before_it_began, no_purpose, a_pack_for_somebody,
		reply_to_nothing, empty_text, text_that_turns_around,
		part_upwards, part_of_no_kind };

	(void)state;
	for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++) {
		struct ih_letter letter = whole();
		struct ih_error err = { 0 };

		breaks[i](&letter);
		if (ih_letter_write(&letter, &err) != NULL)
			fail_msg("row %zu", i);
		assert_int_equal(err.kind, IH_USAGE);
	}
}

static void
is_not_read_with_a_field_that_is_wrong(void **state)
{
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "sequence=\"42\"", "sequence=\"-2\"" },
		{ "sequence=\"42\"", "sequence=\"01\"" },
		{ "sequence=\"42\"", "sequence=\"1\" " },
		{ "ihala-ex-1", "ihala-ex-2" },
		{ "ihala-ex-1", "ihala-xx-1" },
		{ "referral\"", "refexxal\"" },
		{ "2026-03-04T", "2026-13-04T" },
		{ "2026-03-04T", "2026-02-30T" },
		{ "committee=\"MA\"", "committee=\"Ma\"" },
		{ "signers=\"2\"", "signers=\"9\"" },
		{ "<retention>", "<retentiom>" },
		{ "urn:ihala:exchange:1", "urn:ihala:exchange:2" },
		{ "case.xml", "Case.xml" },
		{ "case.xml", "nul.xmla" },
	};
	struct ih_error err = { 0 };
	const struct ih_letter letter = whole();
	IH_OWNED(ih_buffer) bytes = ih_letter_write(&letter, &err);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_letter came;
		struct ih_error here = { 0 };
		IH_OWNED(ih_arena) arena = ih_arena_new();
		IH_OWNED(ih_buffer) bad =
		    ih_buffer_copy(bytes->data, bytes->size);
		char *at = strstr((char *)bad->data, rows[i].from);

		assert_non_null(at);
		memcpy(at, rows[i].to, strlen(rows[i].from));
		if (read_it(*state, bad, arena, &came, &here))
			fail_msg("row %zu: %s", i, rows[i].to);
		assert_string_equal(here.code, "E_LETTER");
	}
}

/* What an XML part may try: outside entities, laughs, depth, width. */
static void
is_not_read_from_hostile_xml(void **state)
{
	IH_OWNED(ih_buffer) deep = ih_buffer_new();
	IH_OWNED(ih_buffer) wide = ih_buffer_new();
	const char *const texts[] = {
		"",
		"\xff\xfe",
		"<exchange",
		"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
		"<exchange xmlns='urn:ihala:exchange:1'>&e;</exchange>",
		"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;'>"
		"<!ENTITY c '&b;&b;&b;&b;&b;'>]>"
		"<exchange xmlns='urn:ihala:exchange:1'>&c;</exchange>",
		"<?xml-stylesheet href='x.xsl'?>"
		"<exchange xmlns='urn:ihala:exchange:1'/>",
		(const char *)deep->data,
		(const char *)wide->data,
	};

	for (int i = 0; i < 40; i++)
		ih_buffer_text(deep, "<a>");
	ih_buffer_text(wide, "<exchange ");
	for (int i = 0; i < 40; i++)
		ih_buffer_printf(wide, "a%d=''", i);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct ih_letter came;
		struct ih_error err = { 0 };
		IH_OWNED(ih_arena) arena = ih_arena_new();
		IH_OWNED(ih_buffer) bad =
		    ih_buffer_copy(texts[i], strlen(texts[i]));

		assert_false(read_it(*state, bad, arena, &came, &err));
		assert_string_equal(err.code, "E_LETTER");
	}
}

static void
has_a_word_for_each_purpose(void **state)
{
	(void)state;
	for (enum ih_purpose p = 0; p < IH_PURPOSES; p++)
		assert_int_equal(ih_purpose_parse(ih_purpose_text(p)), p);
	assert_int_equal(ih_purpose_parse("arrest"), IH_PURPOSES);
}

/* ---- receipts */

static struct ih_receipt
usual_receipt(void)
{
	return (struct ih_receipt){ .message = AN_ID,
		.container = A_DIGEST,
		.envelope = A_DIGEST,
		.status = IH_RECEIPT_ACCEPTED,
		.at = NOW,
		.sequence = 7 };
}

static void
a_receipt_is_read_as_it_was_written(void **state)
{
	struct bench *b = *state;

	for (int i = 0; i < 2; i++) {
		struct ih_receipt sent = usual_receipt(), came;
		struct ih_error err = { 0 };

		if (i == 1) {
			sent.status = IH_RECEIPT_REFUSED;
			strcpy(sent.code, "E_ORDER");
		}
		IH_OWNED(ih_buffer) bytes = ih_receipt_write(&sent, &err);
		assert_non_null(bytes);
		assert_true(ih_receipt_read(b->forms, bytes->data, bytes->size,
		    &came, &err));
		assert_string_equal(came.message, AN_ID);
		assert_string_equal(came.container, A_DIGEST);
		assert_string_equal(came.envelope, A_DIGEST);
		assert_string_equal(came.code, sent.code);
		assert_int_equal(came.status, sent.status);
		assert_int_equal(came.at, NOW);
		assert_int_equal(came.sequence, 7);
	}
}

static void
a_receipt_that_contradicts_itself_is_neither_written_nor_read(void **state)
{
	struct bench *b = *state;
	struct ih_receipt receipt = usual_receipt(), came;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) bytes = ih_receipt_write(&receipt, &err);
	char *at = strstr((char *)bytes->data, "accepted");

	memcpy(at, "refused\"", 8);
	assert_false(
	    ih_receipt_read(b->forms, bytes->data, bytes->size, &came, &err));
	assert_string_equal(err.code, "E_LETTER");
	strcpy(receipt.code, "E_ORDER");
	assert_null(ih_receipt_write(&receipt, &err));
	receipt.status = IH_RECEIPT_REFUSED;
	receipt.code[0] = '\0';
	assert_null(ih_receipt_write(&receipt, &err));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_read_as_it_was_written),
		TEST(is_known_again_as_it_was_written),
		TEST(names_no_part_in_a_folder),
		TEST(leaves_out_what_there_is_not),
		TEST(may_be_public_if_it_is_a_return),
		TEST(is_not_written_with_a_field_that_is_wrong),
		TEST(is_not_read_with_a_field_that_is_wrong),
		TEST(is_not_read_from_hostile_xml),
		TEST(has_a_word_for_each_purpose),
		TEST(a_receipt_is_read_as_it_was_written),
		TEST(
		    a_receipt_that_contradicts_itself_is_neither_written_nor_read),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
