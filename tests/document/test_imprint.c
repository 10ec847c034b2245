#include "test.h"

#include <string.h>

#include "ihala/element.h"
#include "ihala/imprint.h"
#include "ihala/node.h"
#include "ihala/xml.h"

static const char paper[] =
    "<doc xmlns=\"urn:ihala:block:1\"><p>phrase exemple</p>"
    "<foot><proof><text xml:lang=\"fr\" "
    "dir=\"ltr\">n</text></proof></foot></doc>";

/* The digest of PAPER, and its imprint as it stands on it. */
static const xmlNode *
put(xmlDoc *doc, struct ih_hash *digest)
{
	struct ih_error err = { 0 };

	assert_true(ih_imprint_put(doc, digest, &err));
	return ih_child(ih_child(xmlDocGetRootElement(doc), "foot"), "proof");
}

static xmlDoc *
read(const char *text)
{
	struct ih_error err = { 0 };
	xmlDoc *doc = ih_xml_read("paper", text, strlen(text), &err);

	assert_non_null(doc);
	return doc;
}

static void
is_the_same_for_the_same_paper_and_another_for_another(void **state)
{
	static char other[sizeof paper];
	struct ih_hash digests[3];
	const xmlNode *proofs[3];

	(void)state;
	memcpy(other, paper, sizeof paper);
	*strstr(other, "phrase") = 'P';
	IH_OWNED(xmlDoc) first = read(paper);
	IH_OWNED(xmlDoc) again = read(paper);
	IH_OWNED(xmlDoc) changed = read(other);
	proofs[0] = put(first, &digests[0]);
	proofs[1] = put(again, &digests[1]);
	proofs[2] = put(changed, &digests[2]);
	assert_string_equal(ih_attr(proofs[0], "number"),
	    ih_attr(proofs[1], "number"));
	assert_memory_equal(&digests[0], &digests[1], sizeof digests[0]);
	assert_string_not_equal(ih_attr(proofs[0], "number"),
	    ih_attr(proofs[2], "number"));
	assert_string_not_equal(ih_attr(proofs[0], "short"),
	    ih_attr(proofs[2], "short"));
}

static void
is_recognised_by_what_is_printed_or_in_its_code(void **state)
{
	struct ih_hash digest;
	struct ih_error err = { 0 };
	struct ih_imprint imprint;
	char typed[200], number[IH_CODE_TEXT], brief[IH_IMPRINT_SHORT];
	char hex[IH_DIGEST_TEXT];
	IH_OWNED(xmlDoc) doc = read(paper);

	(void)state;
	put(doc, &digest);
	ih_imprint_number(&digest, number);
	ih_imprint_short(&digest, brief);
	ih_digest_hex(digest.bytes, hex);
	const struct {
		const char *form, *tail;
		size_t known;
	} rows[] = {
		{ "%s", "", 0 },
		{ "%s %s", brief, 8 },
		{ "%s %s", hex, 32 },
		{ "IHALA:%s:%s", hex, 32 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].tail[0] == '\0')
			snprintf(typed, sizeof typed, "%s", number);
		else
			snprintf(typed, sizeof typed, "%s%s%s%s",
			    i == 3 ? "IHALA:" : "", number, i == 3 ? ":" : " ",
			    rows[i].tail);
		assert_true(ih_imprint_parse(typed, &imprint, &err));
		assert_int_equal(imprint.known, rows[i].known);
		assert_true(ih_imprint_fits(&imprint, &digest));
	}
	for (char *c = typed; *c != '\0'; c++) /* as a QR code has it */
		if (*c >= 'a' && *c <= 'f')
			*c = (char)(*c - 'a' + 'A');
	assert_true(ih_imprint_parse(typed, &imprint, &err));
	assert_true(ih_imprint_fits(&imprint, &digest));
}

static void
is_not_recognised_with_any_bit_of_the_digest_changed(void **state)
{
	struct ih_hash digest;
	struct ih_error err = { 0 };
	struct ih_imprint imprint;
	char typed[100], number[IH_CODE_TEXT], hex[IH_DIGEST_TEXT];
	IH_OWNED(xmlDoc) doc = read(paper);

	(void)state;
	put(doc, &digest);
	ih_imprint_number(&digest, number);
	for (size_t bit = 0; bit < 8 * sizeof digest.bytes; bit++) {
		struct ih_hash other = digest;

		other.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		ih_digest_hex(other.bytes, hex);
		snprintf(typed, sizeof typed, "%s %s", number, hex);
		assert_true(ih_imprint_parse(typed, &imprint, &err));
		assert_false(ih_imprint_fits(&imprint, &digest));
	}
}

static void
is_not_read_from_what_is_no_number(void **state)
{
	static const char *const texts[] = { "", " ", "IHALA:", "7KQF-3XMT",
		"7KQF-3XMT-X", "7KQF-3XMT-M c1",
		"7KQF-3XMT-M c18a 5937 4f09 f6d",
		"7KQF-3XMT-M c18a 5937 4f09 f6dz", "IHALA:7KQF-3XMT-M:C18A",
		"7KQF-3XMT-M c18a59374f09f6d9c18a59374f09f6d9c18a59374f09f6d9c1"
		"8a59374f09f6d9c1",
		"\xd9\xa7-7KQF3XMTM-\xd9\xa7 -------------------------------- "
		"--------------- c18a 5937 4f09 f6d9" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct ih_error err = { 0 };
		struct ih_imprint imprint;

		if (ih_imprint_parse(texts[i], &imprint, &err))
			fail_msg("taken: \"%s\"", texts[i]);
		assert_int_equal(err.kind, IH_USAGE);
		assert_string_equal(err.code, "E_PAPER_NUMBER");
	}
}

static void
is_on_no_paper_that_has_no_place_for_it(void **state)
{
	IH_OWNED(xmlDoc)
	doc = read("<doc xmlns=\"urn:ihala:block:1\"><foot/></doc>");
	IH_OWNED(ih_buffer) before = ih_xml_write(doc);
	struct ih_hash digest;

	(void)state;
	put(doc, &digest);
	IH_OWNED(ih_buffer) after = ih_xml_write(doc);
	assert_int_equal(before->size, after->size);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_the_same_for_the_same_paper_and_another_for_another),
		TEST(is_recognised_by_what_is_printed_or_in_its_code),
		TEST(is_not_recognised_with_any_bit_of_the_digest_changed),
		TEST(is_not_read_from_what_is_no_number),
		TEST(is_on_no_paper_that_has_no_place_for_it),
	};

	return cmocka_run_group_tests_name("imprint", tests, NULL, NULL);
}
