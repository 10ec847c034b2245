#include "test.h"

#include "ihala/file.h"
#include "ihala/pack.h"
#include "ihala/signature.h"

#include "offices.h"

static struct ih_pack_heading
heading(int64_t sequence)
{
	struct ih_pack_heading h = { .id = AN_ID,
		.sequence = sequence,
		.made = NOW - 60 };

	if (sequence > 1)
		memcpy(h.previous, A_DIGEST, sizeof h.previous);
	return h;
}

static struct ih_buffer *
pack_of(const struct bench *b, int who, int64_t sequence)
{
	struct ih_pack_heading h = heading(sequence);
	struct ih_error err = { 0 };
	struct ih_buffer *file =
	    ih_pack_make(b->library, b->office[who], &h, &err);

	assert_string_equal(err.text, "");
	return file;
}

static struct ih_desk
desk_of_all(const struct bench *b)
{
	return (struct ih_desk){ .forms = b->forms,
		.partners = b->partner,
		.partner_count = OFFICES,
		.world = &b->world };
}

static const struct ih_last nothing;

static struct ih_pack *
opened(const struct bench *b, const struct ih_buffer *file,
    const struct ih_last *held, struct ih_error *err)
{
	struct ih_desk desk = desk_of_all(b);

	*err = (struct ih_error){ 0 };
	return ih_pack_open(&desk, b->library, b->office[MA]->committee, held,
	    file->data, file->size, err);
}

static void
expect_code(const struct bench *b, const struct ih_buffer *file,
    const struct ih_last *held, const char *code)
{
	struct ih_error err;

	assert_null(opened(b, file, held, &err));
	assert_string_equal(err.code, code);
}

static void
a_pack_comes_back_with_every_file_as_it_is_installed(void **state)
{
	struct bench *b = *state;
	struct ih_error err;
	IH_OWNED(ih_buffer) file = pack_of(b, MA, 3);
	IH_OWNED(ih_pack) pack = opened(b, file, &nothing, &err);

	assert_string_equal(err.text, "");
	assert_non_null(pack);
	assert_string_equal(pack->committee, "MA");
	assert_int_equal(pack->sequence, 3);
	assert_int_equal(pack->made, NOW - 60);
	assert_in_range(pack->count, 19, IH_PACK_FILES);
	for (size_t i = 0; i < pack->count; i++) {
		const struct ih_pack_file *f = &pack->files[i];
		IH_OWNED(ih_buffer) disk = ih_file_read(f->name, 1 << 20, &err);

		assert_non_null(disk);
		assert_int_equal(disk->size, f->size);
		assert_memory_equal(disk->data, f->bytes, f->size);
	}
}

static void
a_stored_pack_reads_as_when_it_was_checked(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) file = pack_of(b, MA, 1);
	IH_OWNED(ih_pack) first = opened(b, file, &nothing, &err);
	IH_OWNED(ih_pack) again = ih_pack_stored(file->data, file->size, &err);

	assert_non_null(again);
	assert_string_equal(again->digest, first->digest);
	assert_int_equal(again->count, first->count);
	for (size_t i = 0; i < again->count; i++)
		assert_string_equal(again->files[i].digest,
		    first->files[i].digest);
	assert_null(ih_pack_stored(file->data, file->size - 1, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

static void
is_refused_with_a_bit_changed_anywhere(void **state)
{
	struct bench *b = *state;
	IH_OWNED(ih_buffer) file = pack_of(b, MA, 1);
	const size_t step = file->size * 8 / 41;

	for (size_t bit = 5; bit < file->size * 8; bit += step) {
		struct ih_error err;

		file->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_null(opened(b, file, &nothing, &err));
		assert_true(err.kind == IH_INPUT || err.kind == IH_TRUST);
		file->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
}

static void
is_refused_cut_short_or_with_a_tail_or_too_large(void **state)
{
	struct bench *b = *state;
	IH_OWNED(ih_buffer) file = pack_of(b, MA, 1);
	IH_OWNED(ih_buffer) big = ih_buffer_new();

	file->size--;
	expect_code(b, file, &nothing, "E_ZIP_FORMAT");
	file->size++;
	ih_buffer_add(file, "x", 1);
	expect_code(b, file, &nothing, "E_ZIP_FORMAT");
	for (size_t i = 0; i <= IH_PACK_MAX >> 20; i++) {
		static const char mega[1 << 20];

		ih_buffer_add(big, mega, sizeof mega);
	}
	expect_code(b, big, &nothing, "E_TOO_BIG");
}

/* ---- members changed by somebody without the key */

enum wound { REMOVED, ADDED, RENAMED, EXCHANGED };

/* FILE's members, one of them treated, as our own writer packs them. */
static struct ih_buffer *
repacked(const struct ih_buffer *file, enum wound wound)
{
	struct ih_error err = { 0 };
	struct ih_part_of parts[IH_CONTAINER_ENTRIES];
	size_t count = 0;
	IH_OWNED(ih_container) read =
	    ih_container_read(file->data, file->size, &err);

	assert_non_null(read);
	for (size_t i = 0; i < read->count; i++) {
		struct ih_part_of part = read->parts[i];
		bool it = strcmp(part.name, "framework.law-ma.xml") == 0;

		if (it && wound == REMOVED)
			continue;
		if (it && wound == RENAMED)
			part.name = "framework.law-mb.xml";
		if (it && wound == EXCHANGED) {
			part.bytes = read->parts[3].bytes;
			part.size = read->parts[3].size;
		}
		parts[count++] = part;
	}
	if (wound == ADDED)
		parts[count++] = (struct ih_part_of){ "framework.more.xml",
			NULL, "<x/>", 4 };
	struct ih_buffer *out = ih_container_write(parts, count, &err);
	assert_non_null(out);
	return out;
}

static void
is_refused_with_a_member_removed_added_renamed_or_exchanged(void **state)
{
	static const struct {
		enum wound wound;
		const char *code;
	} cases[] = {
		{ REMOVED, "E_REF_SET" },
		{ ADDED, "E_REF_SET" },
		{ RENAMED, "E_REF_SET" },
		{ EXCHANGED, "E_DIGEST" },
	};
	struct bench *b = *state;
	IH_OWNED(ih_buffer) file = pack_of(b, MA, 1);

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		IH_OWNED(ih_buffer) hurt = repacked(file, cases[i].wound);

		expect_code(b, hurt, &nothing, cases[i].code);
	}
}

/* ---- members changed by somebody with the key: a signer who errs */

#define MOST 64

/* Every part of a sound pack, to be changed and signed again. */
struct draft {
	struct ih_container *source;
	struct ih_part_of parts[MOST];
	size_t count;
	struct ih_letter letter;
	char manifest[8192]; /* pack.xml */
};

static struct ih_part_of *
part_named(struct draft *d, const char *name)
{
	for (size_t i = 0; i < d->count; i++)
		if (strcmp(d->parts[i].name, name) == 0)
			return &d->parts[i];
	fail_msg("no %s", name);
	return NULL;
}

static void
start_draft(const struct bench *b, struct draft *d)
{
	static struct ih_buffer *file; /* making one takes its time */
	struct ih_error err = { 0 };

	if (file == NULL)
		file = pack_of(b, MA, 2);
	*d = (struct draft){ .source = ih_container_read(file->data, file->size,
				 &err) };
	assert_non_null(d->source);
	for (size_t i = 0; i < d->source->count; i++) {
		struct ih_part_of part = d->source->parts[i];

		if (strchr(part.name, '/') != NULL ||
		    strcmp(part.name, "exchange.xml") == 0)
			continue;
		part.media = "application/xml";
		d->parts[d->count++] = part;
	}
	d->letter = (struct ih_letter){ .id = AN_ID,
		.purpose = IH_LETTER_PACK,
		.sequence = 2,
		.previous = A_DIGEST,
		.created = NOW - 60,
		.expires = IH_INSTANT_MAX };
	struct ih_part_of *manifest = part_named(d, "pack.xml");
	assert_in_range(manifest->size, 1, sizeof d->manifest - 1);
	memcpy(d->manifest, manifest->bytes, manifest->size);
	manifest->bytes = d->manifest;
}

/* In pack.xml, FROM becomes TO, which is as long. */
static void
rewrite(struct draft *d, const char *from, const char *to)
{
	char *at = strstr(d->manifest, from);

	assert_non_null(at);
	assert_int_equal(strlen(from), strlen(to));
	memcpy(at, to, strlen(to));
}

/* NAME's bytes become BYTES, and pack.xml has their digest. */
static void
replace(struct draft *d, const char *name, const char *bytes, size_t size)
{
	struct ih_part_of *part = part_named(d, name);
	char old[IH_DIGEST_TEXT], new[IH_DIGEST_TEXT];

	ih_digest_text(part->bytes, part->size, old);
	ih_digest_text(bytes, size, new);
	rewrite(d, old, new);
	part->bytes = bytes;
	part->size = size;
}

/* NAME with FROM replaced by TO, of the same length.  Caller frees. */
static char *
altered(struct draft *d, const char *name, const char *from, const char *to)
{
	struct ih_part_of *part = part_named(d, name);
	char *copy = strndup(part->bytes, part->size);
	char *at = strstr(copy, from);

	assert_non_null(at);
	assert_int_equal(strlen(from), strlen(to));
	memcpy(at, to, strlen(to));
	replace(d, name, copy, part->size);
	return copy;
}

static void
drop(struct draft *d, const char *name)
{
	*part_named(d, name) = d->parts[--d->count];
}

static void
expect_draft(const struct bench *b, struct draft *d, const char *code)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) file =
	    ih_post_sign(&d->letter, d->parts, d->count, b->office[MA], &err);

	assert_string_equal(err.text, "");
	expect_code(b, file, &nothing, code);
	ih_container_free(d->source);
}

static void
a_manifest_and_its_files_must_be_one(void **state)
{
	struct bench *b = *state;
	struct draft d;

	start_draft(b, &d);
	rewrite(&d, "id=\"law-ma\"", "id=\"law-mb\"");
	expect_draft(b, &d, "E_PACK_FILES");
	start_draft(b, &d);
	rewrite(&d, "id=\"law-ma\"", "id=\"law-eg\"");
	expect_draft(b, &d, "E_PACK_FILES");
	start_draft(b, &d);
	drop(&d, "framework.law-ma.xml");
	expect_draft(b, &d, "E_PACK_FILES");
	start_draft(b, &d);
	d.parts[d.count] = *part_named(&d, "framework.law-ma.xml");
	d.parts[d.count++].name = "framework.law-mb.xml";
	expect_draft(b, &d, "E_PACK_FILES");
	start_draft(b, &d);
	char *digest = strstr(d.manifest, "digest=\"") + strlen("digest=\"");
	*digest = *digest == '0' ? '1' : '0';
	expect_draft(b, &d, "E_PACK_FILES");
}

static void
a_letter_that_is_no_pack_is_refused(void **state)
{
	struct bench *b = *state;
	struct draft d;

	start_draft(b, &d);
	d.letter.purpose = IH_LETTER_RETURN;
	expect_draft(b, &d, "E_PACK_FORMAT");
	start_draft(b, &d);
	drop(&d, "pack.xml");
	expect_draft(b, &d, "E_PACK_FORMAT");
	start_draft(b, &d);
	d.letter.sequence = 3;
	expect_draft(b, &d, "E_PACK_FORMAT");
	start_draft(b, &d);
	d.letter.created--;
	expect_draft(b, &d, "E_PACK_FORMAT");
	start_draft(b, &d);
	rewrite(&d, "committee=\"MA\"", "committee=\"TN\"");
	expect_draft(b, &d, "E_PACK_COMMITTEE");
}

static void
a_framework_at_fault_is_refused(void **state)
{
	struct bench *b = *state;
	struct draft d;

	start_draft(b, &d);
	char *unknown = altered(&d, "framework.law-tn.xml",
	    "dimension=\"means\"", "dimension=\"beans\"");
	expect_draft(b, &d, "E_PACK_CONTENT");
	free(unknown);
}

static void
a_framework_without_its_instrument_is_refused(void **state)
{
	struct bench *b = *state;
	struct draft d;

	start_draft(b, &d);
	char *other = altered(&d, "framework.law-tn.xml",
	    "instrument=\"adult\"", "instrument=\"other\"");
	expect_draft(b, &d, "E_PACK_WHOLE");
	free(other);
}

static void
an_instrument_without_a_main_framework_is_refused(void **state)
{
	struct bench *b = *state;
	struct draft d;

	start_draft(b, &d);
	char *other = altered(&d, "framework.rapid-signs.xml", "main=\"true\"",
	    "           ");
	expect_draft(b, &d, "E_PACK_WHOLE");
	free(other);
}

static void
a_table_of_moves_at_fault_is_refused(void **state)
{
	struct bench *b = *state;
	struct draft d;

	start_draft(b, &d);
	char *nowhere = altered(&d, "lifecycle.plan.xml", "to=\"accepted\"",
	    "to=\"nowherer\"");
	expect_draft(b, &d, "E_PACK_CONTENT");
	free(nowhere);
}

static void
a_mechanism_of_another_country_is_refused(void **state)
{
	struct bench *b = *state;
	struct draft d;

	start_draft(b, &d);
	struct ih_part_of *theirs = part_named(&d, "mechanism.eg.xml");
	replace(&d, "mechanism.ma.xml", theirs->bytes, theirs->size);
	expect_draft(b, &d, "E_PACK_CONTENT");
	start_draft(b, &d);
	part_named(&d, "mechanism.ma.xml")->name = "mechanism.mb.xml";
	rewrite(&d, "id=\"MA\"", "id=\"MB\"");
	expect_draft(b, &d, "E_PACK_WHOLE");
}

static void
a_service_or_a_purpose_of_consent_at_fault_is_refused(void **state)
{
	static const char *const faults[][3] = {
		{ "service.ma.xml", "situation=\"woman\"",
		    "situation=\"nobod\"" },
		{ "consent.purposes.xml", "days=\"365\"", "days=\"x65\"" },
	};

	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		struct draft d;

		start_draft(*state, &d);
		char *bent =
		    altered(&d, faults[i][0], faults[i][1], faults[i][2]);
		expect_draft(*state, &d, "E_PACK_CONTENT");
		free(bent);
	}
}

static void
a_pack_without_a_file_that_each_committee_needs_is_refused(void **state)
{
	static const char *const needed[][4] = {
		{ "summary.tables.xml", "summary.tablet.xml", "id=\"tables\"",
		    "id=\"tablet\"" },
		{ "lifecycle.case.xml", "lifecycle.cape.xml", "id=\"case\"",
		    "id=\"cape\"" },
		{ "consent.purposes.xml", "consent.purposed.xml",
		    "id=\"purposes\"", "id=\"purposed\"" },
		{ "service.common.xml", "service.commen.xml", "id=\"common\"",
		    "id=\"commen\"" },
	};

	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
		struct draft d;

		start_draft(*state, &d);
		part_named(&d, needed[i][0])->name = needed[i][1];
		rewrite(&d, needed[i][2], needed[i][3]);
		expect_draft(*state, &d, "E_PACK_WHOLE");
	}
}

/* ---- who signed it, and when */

static void
is_refused_from_another_committee(void **state)
{
	struct bench *b = *state;
	IH_OWNED(ih_buffer) file = pack_of(b, TN, 1);

	expect_code(b, file, &nothing, "E_PACK_COMMITTEE");
}

static void
is_refused_from_whoever_is_in_no_list(void **state)
{
	struct bench *b = *state;
	struct ih_desk desk = desk_of_all(b);
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) file = pack_of(b, EG, 1);

	desk.partner_count = EG;
	assert_null(ih_pack_open(&desk, b->library, "MA", &nothing, file->data,
	    file->size, &err));
	assert_string_equal(err.code, "E_SIGNER_UNKNOWN");
}

static void
is_refused_signed_with_a_key_that_was_withdrawn_or_is_over(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) file = pack_of(b, MA, 1);
	struct ih_world later = b->world;
	struct ih_desk desk = desk_of_all(b);
	IH_OWNED(ih_partner) draft =
	    ih_trust_draft(b->office[MA], 2, NOW - 60, NOW + 90 * DAY);

	for (size_t i = 0; i < draft->count; i++)
		if (draft->certificates[i].use == IH_USE_SIGNING) {
			draft->certificates[i].withdrawn = true;
			draft->certificates[i].since = NOW - 30;
		}
	IH_OWNED(ih_partner) withdrawn = list_of(b, draft, b->office[MA]);
	struct ih_partner *list[] = { withdrawn };
	desk.partners = list;
	desk.partner_count = 1;
	assert_null(ih_pack_open(&desk, b->library, "MA", &nothing, file->data,
	    file->size, &err));
	assert_string_equal(err.code, "E_CERT_REVOKED");
	desk = desk_of_all(b);
	later.now = NOW + 4 * 366 * DAY;
	desk.world = &later;
	assert_null(ih_pack_open(&desk, b->library, "MA", &nothing, file->data,
	    file->size, &err));
	assert_string_equal(err.code, "E_CERT_EXPIRED");
}

static void
its_number_only_rises(void **state)
{
	struct bench *b = *state;
	struct ih_error err;
	IH_OWNED(ih_buffer) file = pack_of(b, MA, 5);
	struct ih_last held = { .sequence = 6, .digest = A_DIGEST };

	expect_code(b, file, &held, "E_PACK_ROLLBACK");
	held.sequence = 5;
	expect_code(b, file, &held, "E_PACK_CONFLICT");
	ih_digest_text(file->data, file->size, held.digest);
	IH_OWNED(ih_pack) same = opened(b, file, &held, &err);
	assert_non_null(same);
	held = (struct ih_last){ .sequence = 2, .digest = A_DIGEST };
	IH_OWNED(ih_pack) newer = opened(b, file, &held, &err);
	assert_non_null(newer);
}

static void
note_check(void *with, int number, const char *name)
{
	char *said = with;
	size_t length = strlen(said);

	snprintf(said + length, 512 - length, "%d %s\n", number, name);
}

static void
each_check_is_told_as_it_passes(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	struct ih_desk desk = desk_of_all(b);
	char said[512] = "";
	struct ih_last held = { .sequence = 6, .digest = A_DIGEST };
	IH_OWNED(ih_buffer) file = pack_of(b, MA, 5);

	desk.passed = note_check;
	desk.with = said;
	assert_null(ih_pack_open(&desk, b->library, "MA", &held, file->data,
	    file->size, &err));
	assert_string_equal(said,
	    "1 container\n2 mimetype\n3 manifest\n4 signature-shape\n5 signer\n"
	    "6 signature\n7 certificate\n8 letter\n9 content\n"
	    "10 pack-manifest\n11 pack-whole\n");
}

static void
a_pinned_library_reads_the_pack(void **state)
{
	struct bench *b = *state;
	struct ih_error err;
	IH_OWNED(ih_buffer) file = pack_of(b, MA, 1);
	IH_OWNED(ih_pack) pack = opened(b, file, &nothing, &err);
	IH_OWNED(ih_library) library = ih_library_again(b->library, &err);

	pack->count--; /* the tables: their folder is not pinned then */
	pack->files[0].size = 5;
	ih_pack_pin(pack, library);
	IH_OWNED(ih_buffer) adult =
	    ih_library_read(library, pack->files[0].name, &err);
	assert_int_equal(adult->size, 5);
	IH_OWNED(ih_buffer) tables =
	    ih_library_read(library, "xml/summary/tables.xml", &err);
	assert_non_null(tables);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_pack_comes_back_with_every_file_as_it_is_installed),
		cmocka_unit_test(a_stored_pack_reads_as_when_it_was_checked),
		cmocka_unit_test(is_refused_with_a_bit_changed_anywhere),
		cmocka_unit_test(
		    is_refused_cut_short_or_with_a_tail_or_too_large),
		cmocka_unit_test(
		    is_refused_with_a_member_removed_added_renamed_or_exchanged),
		cmocka_unit_test(a_manifest_and_its_files_must_be_one),
		cmocka_unit_test(a_letter_that_is_no_pack_is_refused),
		cmocka_unit_test(a_framework_at_fault_is_refused),
		cmocka_unit_test(a_framework_without_its_instrument_is_refused),
		cmocka_unit_test(
		    an_instrument_without_a_main_framework_is_refused),
		cmocka_unit_test(a_table_of_moves_at_fault_is_refused),
		cmocka_unit_test(a_mechanism_of_another_country_is_refused),
		cmocka_unit_test(
		    a_service_or_a_purpose_of_consent_at_fault_is_refused),
		cmocka_unit_test(
		    a_pack_without_a_file_that_each_committee_needs_is_refused),
		cmocka_unit_test(is_refused_from_another_committee),
		cmocka_unit_test(is_refused_from_whoever_is_in_no_list),
		cmocka_unit_test(
		    is_refused_signed_with_a_key_that_was_withdrawn_or_is_over),
		cmocka_unit_test(its_number_only_rises),
		cmocka_unit_test(each_check_is_told_as_it_passes),
		cmocka_unit_test(a_pinned_library_reads_the_pack),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
