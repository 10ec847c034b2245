#include "test.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "ihala/envelope.h"
#include "ihala/signature.h"
#include "offices.h"

static const char case_xml[] =
    "<receipt xmlns=\"urn:ihala:receipt:1\" message=\"" AN_ID
    "\" sequence=\"1\" container=\"" A_DIGEST "\" envelope=\"" A_DIGEST
    "\" at=\"2026-03-04T10:00:00Z\" status=\"accepted\"/>";
static const char page[] = "<p>Personne Exemple Sept</p>";

static const struct ih_part_of two_parts[] = {
	{ "case.xml", "application/xml", case_xml, sizeof case_xml - 1 },
	{ "doc-01-referral.fr.html", "text/html", page, sizeof page - 1 },
};

/* The desk of OFFICE.  A case is held against the schema of receipts here:
 * any schema does. */
static struct ih_desk
desk_of(const struct bench *b, int office)
{
	static struct ih_expected expected[1];

	expected[0] = (struct ih_expected){ "case.xml", b->forms->receipt };
	return (struct ih_desk){ .forms = b->forms,
		.own = b->office[office],
		.partners = b->partner,
		.partner_count = OFFICES,
		.expected = expected,
		.expected_count = 1,
		.world = &b->world };
}

static struct ih_buffer *
sent(const struct bench *b, const struct ih_letter *letter, int from, int to)
{
	struct ih_error err = { 0 };
	struct ih_sealed sealed;

	if (!ih_post_seal(letter, two_parts, 2, b->office[from], b->partner[to],
		&sealed, &err))
		fail_msg("%s", err.text);
	return sealed.envelope;
}

static struct ih_opened *
opened_at(const struct ih_desk *desk, const struct ih_buffer *file,
    struct ih_refused *refused, struct ih_error *err)
{
	return ih_post_open(desk, file->data, file->size, refused, err);
}

static void
expect_refused(const struct ih_desk *desk, const struct ih_buffer *file,
    const char *code, int check)
{
	struct ih_error err = { 0 };
	struct ih_refused refused;
	IH_OWNED(ih_opened) opened = opened_at(desk, file, &refused, &err);

	if (opened != NULL || strcmp(err.code, code) != 0)
		fail_msg("%s expected, not \"%s\" (%s)", code, err.code,
		    err.text);
	assert_int_equal(refused.check, check);
	assert_string_equal(refused.code, code);
}

/* ---- letters as an attacker, or another program, would make them */

struct forge {
	struct ih_letter letter; /* complete */
	const struct ih_part_of *parts;
	size_t count;
	const struct ih_pair *signers[IH_SIGNERS];
	int signer_count;
	/* After signing, before packing. */
	void (*tamper)(struct ih_part_of all[], size_t *count);
	X509 *sealed_for;
};

static struct forge
usual_forge(const struct bench *b)
{
	struct forge f = { .letter = usual_letter(),
		.parts = two_parts,
		.count = 2,
		.signers = { &b->office[MA]->pair[IH_USE_SIGNING] },
		.signer_count = 1,
		.sealed_for = b->office[TN]->pair[IH_USE_SEALING].certificate };

	f.letter.profile = IH_PROFILE;
	f.letter.signers = 1;
	strcpy(f.letter.from, "MA");
	strcpy(f.letter.to, "TN");
	ih_certificate_key(f.sealed_for, f.letter.to_key);
	return f;
}

static struct ih_buffer *
packed(struct forge *f)
{
	struct ih_part_of all[16] = { 0 };
	char names[2 * IH_SIGNERS][IH_SIGNATURE_NAME];
	struct ih_buffer *made[2 * IH_SIGNERS];
	struct ih_error err = { 0 };
	size_t data = f->count + 1, count = data;
	struct ih_buffer *zip;

	f->letter.parts = f->parts;
	f->letter.count = f->count;
	IH_OWNED(ih_buffer) heading = ih_letter_write(&f->letter, &err);
	assert_string_equal(err.text, "");
	all[0] = (struct ih_part_of){ "exchange.xml", "application/xml",
		heading->data, heading->size };
	memcpy(all + 1, f->parts, f->count * sizeof all[0]);
	for (int i = 0; i < f->signer_count; i++) {
		struct ih_buffer *m = ih_manifest_write(i + 1, all, data, &err);
		struct ih_buffer *s = ih_signature_make(f->signers[i], m->data,
		    m->size, NOW, &err);

		ih_manifest_name(i + 1, names[2 * i]);
		ih_signature_name(i + 1, names[2 * i + 1]);
		made[2 * i] = m;
		made[2 * i + 1] = s;
		all[count++] =
		    (struct ih_part_of){ names[2 * i], NULL, m->data, m->size };
		all[count++] = (struct ih_part_of){ names[2 * i + 1], NULL,
			s->data, s->size };
	}
	if (f->tamper != NULL)
		f->tamper(all, &count);
	zip = ih_container_write(all, count, &err);
	assert_string_equal(err.text, "");
	for (int i = 0; i < 2 * f->signer_count; i++)
		ih_buffer_free(made[i]);
	return zip;
}

static struct ih_buffer *
forged(struct forge *f)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) zip = packed(f);
	struct ih_buffer *file =
	    ih_envelope_seal(zip->data, zip->size, f->sealed_for, &err);

	assert_non_null(file);
	return file;
}

/* ---- what is sent arrives */

static void
arrives_as_it_was_sent(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	const struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	char fingerprint[IH_FINGERPRINT_TEXT];
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);
	IH_OWNED(ih_opened) opened = opened_at(&desk, file, NULL, &err);

	assert_non_null(opened);
	assert_string_equal(opened->letter.id, AN_ID);
	assert_string_equal(opened->letter.from, "MA");
	assert_string_equal(opened->letter.to, "TN");
	assert_string_equal(opened->letter.legal_basis, letter.legal_basis);
	assert_int_equal(opened->count, 2);
	assert_string_equal(opened->parts[1].name, two_parts[1].name);
	assert_string_equal(opened->parts[1].media, "text/html");
	assert_int_equal(opened->parts[1].size, sizeof page - 1);
	assert_memory_equal(opened->parts[1].bytes, page, sizeof page - 1);
	assert_int_equal(opened->signer_count, 1);
	assert_string_equal(opened->signers[0].committee, "MA");
	ih_certificate_fingerprint(
	    b->office[MA]->pair[IH_USE_SIGNING].certificate, fingerprint);
	assert_string_equal(opened->signers[0].fingerprint, fingerprint);
	assert_int_equal(opened->warnings, 0);
}

static void
tells_the_digests_and_the_name_of_the_file(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	const struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	struct ih_sealed sealed;
	char digest[IH_DIGEST_TEXT];

	assert_true(ih_post_seal(&letter, two_parts, 2, b->office[MA],
	    b->partner[TN], &sealed, &err));
	IH_OWNED(ih_buffer) file = sealed.envelope;
	assert_string_equal(sealed.name, AN_ID ".asice.p7m");
	ih_digest_text(file->data, file->size, digest);
	assert_string_equal(sealed.envelope_digest, digest);
	IH_OWNED(ih_opened) opened = opened_at(&desk, file, NULL, &err);
	assert_string_equal(opened->envelope_digest, digest);
	assert_string_equal(opened->container_digest, sealed.container_digest);
}

static void
note_check(void *with, int number, const char *name)
{
	char *said = with;

	snprintf(said + strlen(said), 256 - strlen(said), "%d %s, ", number,
	    name);
}

static void
tells_each_check_in_its_order(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	char said[256] = "";
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);

	desk.passed = note_check;
	desk.with = said;
	IH_OWNED(ih_opened) opened = opened_at(&desk, file, NULL, &err);
	assert_non_null(opened);
	assert_string_equal(said,
	    "1 envelope, 2 addressee, 3 decrypt, 4 container, 5 mimetype, "
	    "6 manifest, 7 signature-shape, 8 signer, 9 signature, "
	    "10 certificate, 11 letter, 14 content, ");
	assert_string_equal(ih_post_check(9), "signature");
}

static void
is_not_sent_with_a_part_the_profile_does_not_allow(void **state)
{
	static const struct ih_part_of rows[] = {
		{ "exchange.xml", "application/xml", "", 0 },
		{ "mimetype", "text/plain", "", 0 },
		{ "META-INF/manifest.xml", "text/xml", "", 0 },
		{ "../case.xml", "text/xml", "", 0 },
		{ "case.xml", NULL, "", 0 },
		{ "case.xml", "xml", "", 0 },
	};
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		struct ih_sealed sealed;

		if (ih_post_seal(&letter, &rows[i], 1, b->office[MA],
			b->partner[TN], &sealed, &err))
			fail_msg("row %zu", i);
		assert_int_equal(err.kind, IH_USAGE);
		assert_null(sealed.envelope);
	}
}

static void
is_not_sealed_for_a_list_that_is_out_of_date(void **state)
{
	struct bench *b = *state;
	struct ih_letter letter = usual_letter();
	struct ih_error err = { 0 };
	struct ih_sealed sealed;

	letter.created = NOW + 100 * DAY;
	letter.expires = NOW + 130 * DAY;
	assert_false(ih_post_seal(&letter, two_parts, 2, b->office[MA],
	    b->partner[TN], &sealed, &err));
	assert_string_equal(err.code, "E_LIST_EXPIRED");
}

static void
is_not_sealed_where_no_key_is_granted(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct ih_error err = { 0 };
	struct ih_sealed sealed;
	IH_OWNED(ih_partner) partner = usual_list(b, b->office[TN]);

	partner->certificates[1].withdrawn = true;
	assert_false(ih_post_seal(&letter, two_parts, 2, b->office[MA], partner,
	    &sealed, &err));
	assert_string_equal(err.code, "E_NO_SEALING_KEY");
}

/* ---- attacks on the file */

static void
opens_for_no_one_else(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	const struct ih_desk desk = desk_of(b, EG);
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);

	expect_refused(&desk, file, "E_NOT_FOR_US", 2);
}

/* Every bit; a memory checker looks at one of a hundred and one. */
static size_t
step_of_bits(void)
{
	return getenv("IHALA_FEW") != NULL ? 101 : 1;
}

/*
 * What the key is needed for has one text, whichever bit it was.  What is
 * looked at before has a text of its own, and says nothing that a stranger
 * who holds no key would not find: there is no oracle.
 */
static void
refuses_each_of_8_times_4096_changed_bits(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	const struct ih_desk desk = desk_of(b, TN), stranger = desk_of(b, EG);
	char noise[4096];
	const struct ih_part_of part = { "att-001.bin",
		"application/octet-stream", noise, sizeof noise };
	struct ih_error err = { 0 };
	struct ih_sealed sealed;
	size_t opened_none = 0;

	b->world.random(b->world.state, noise, sizeof noise);
	assert_true(ih_post_seal(&letter, &part, 1, b->office[MA],
	    b->partner[TN], &sealed, &err));
	IH_OWNED(ih_buffer) file = sealed.envelope;
	assert_true(file->size > 4096);
	for (size_t bit = 0; bit < 8 * 4096; bit += step_of_bits()) {
		struct ih_error ours = { 0 }, theirs = { 0 };
		struct ih_refused refused;

		file->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		IH_OWNED(ih_opened) opened =
		    opened_at(&desk, file, &refused, &ours);
		IH_OWNED(ih_opened) never =
		    opened_at(&stranger, file, NULL, &theirs);
		file->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		if (opened != NULL || never != NULL)
			fail_msg("bit %zu of byte %zu", bit % 8, bit / 8);
		assert_in_range(refused.check, 1, 3);
		assert_false(refused.answerable);
		if (refused.check < 3) {
			assert_string_equal(ours.text, theirs.text);
			continue;
		}
		assert_string_equal(ours.code, "E_DECRYPT");
		assert_string_equal(ours.text,
		    "envelope: cannot be opened; it was changed or is not "
		    "whole");
		opened_none++;
	}
	/* All but the 200 bytes or so in front. */
	assert_true(opened_none > (8 * 3700) / step_of_bits());
}

static void
refuses_a_file_that_is_too_large(void **state)
{
	struct bench *b = *state;
	const struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };

	assert_null(ih_post_open(&desk, "", IH_POST_MAX + 1, NULL, &err));
	assert_string_equal(err.code, "E_TOO_BIG");
}

/* Tunis opens it, and seals it again for Cairo. */
static void
refuses_a_letter_that_was_forwarded(void **state)
{
	struct bench *b = *state;
	struct forge f = usual_forge(b);
	const struct ih_desk desk = desk_of(b, EG);

	f.sealed_for = b->office[EG]->pair[IH_USE_SEALING].certificate;
	IH_OWNED(ih_buffer) file = forged(&f);
	expect_refused(&desk, file, "E_RECIPIENT_MISMATCH", 11);
}

static void
refuses_a_letter_for_another_key_of_the_same_committee(void **state)
{
	struct bench *b = *state;
	struct forge f = usual_forge(b);
	const struct ih_desk desk = desk_of(b, TN);

	strcpy(f.letter.to_key, A_DIGEST);
	IH_OWNED(ih_buffer) file = forged(&f);
	expect_refused(&desk, file, "E_RECIPIENT_MISMATCH", 11);
}

static void
refuses_a_letter_for_another_committee_under_our_key(void **state)
{
	struct bench *b = *state;
	struct forge f = usual_forge(b);
	const struct ih_desk desk = desk_of(b, TN);

	strcpy(f.letter.to, "EG");
	IH_OWNED(ih_buffer) file = forged(&f);
	expect_refused(&desk, file, "E_RECIPIENT_MISMATCH", 11);
}

static void
refuses_the_right_person_for_the_wrong_committee(void **state)
{
	struct bench *b = *state;
	struct forge f = usual_forge(b);
	const struct ih_desk desk = desk_of(b, TN);

	f.signers[0] = &b->office[EG]->pair[IH_USE_SIGNING];
	IH_OWNED(ih_buffer) file = forged(&f);
	expect_refused(&desk, file, "E_SENDER_MISMATCH", 11);
}

static void
refuses_a_signer_whom_nobody_pinned(void **state)
{
	struct bench *b = *state;
	struct forge f = usual_forge(b);
	const struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	IH_OWNED(ih_office) stranger = ih_office_new("MA", 2, &b->world, &err);
	struct ih_refused refused;

	f.signers[0] = &stranger->pair[IH_USE_SIGNING];
	IH_OWNED(ih_buffer) file = forged(&f);
	expect_refused(&desk, file, "E_SIGNER_UNKNOWN", 8);
	assert_null(opened_at(&desk, file, &refused, &err));
	assert_int_equal(refused.verdict, IH_INDETERMINATE);
	assert_false(refused.answerable);
}

static void
add_a_file(struct ih_part_of all[], size_t *count)
{
	all[(*count)++] = (struct ih_part_of){ "more.txt", NULL, "x", 1 };
}

static void
swap_a_part(struct ih_part_of all[], size_t *count)
{
	(void)count;
	all[2].bytes = "<p>Personne Exemple Huit</p>";
}

static void
take_a_part(struct ih_part_of all[], size_t *count)
{
	all[2] = all[--*count];
}

static void
strip_the_signature(struct ih_part_of all[], size_t *count)
{
	(void)all;
	*count -= 2;
}

static void
strip_the_manifest(struct ih_part_of all[], size_t *count)
{
	all[*count - 2] = all[*count - 1];
	--*count;
}

static void
add_a_stray(struct ih_part_of all[], size_t *count)
{
	all[(*count)++] =
	    (struct ih_part_of){ "META-INF/manifest.xml", NULL, "<m/>", 4 };
}

static void
move_the_letter(struct ih_part_of all[], size_t *count)
{
	(void)count;
	all[0].name = "exchang.xml";
}

static void
spoil_the_signature(struct ih_part_of all[], size_t *count)
{
	static unsigned char bytes[IH_SIGNATURE_MAX];

	memcpy(bytes, all[*count - 1].bytes, all[*count - 1].size);
	bytes[all[*count - 1].size - 1] ^= 1;
	all[*count - 1].bytes = bytes;
}

/* A good signature, over a manifest of its own, wrapped around another. */
static void
spoil_the_manifest(struct ih_part_of all[], size_t *count)
{
	static char bytes[4096];
	char *at;

	memcpy(bytes, all[*count - 2].bytes, all[*count - 2].size);
	at = strstr(bytes, "text/html");
	memcpy(at, "text/xxxx", 9);
	all[*count - 2].bytes = bytes;
}

static void
grow_the_signature(struct ih_part_of all[], size_t *count)
{
	static unsigned char bytes[IH_SIGNATURE_MAX + 1];

	all[*count - 1].bytes = bytes;
	all[*count - 1].size = sizeof bytes;
}

static void
refuses_a_container_that_was_tampered_with(void **state)
{
	static const struct {
		void (*tamper)(struct ih_part_of all[], size_t *count);
		const char *code;
		int check;
	} rows[] = {
		{ add_a_file, "E_REF_SET", 6 },
		{ swap_a_part, "E_DIGEST", 6 },
		{ take_a_part, "E_REF_SET", 6 },
		{ strip_the_signature, "E_MANIFEST", 6 },
		{ strip_the_manifest, "E_MANIFEST", 6 },
		{ add_a_stray, "E_MANIFEST", 6 },
		{ move_the_letter, "E_REF_SET", 6 },
		{ spoil_the_manifest, "E_SIGNATURE", 9 },
		{ spoil_the_signature, "E_SIGNATURE", 9 },
		{ grow_the_signature, "E_SIG_SHAPE", 7 },
	};
	struct bench *b = *state;
	const struct ih_desk desk = desk_of(b, TN);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct forge f = usual_forge(b);

		f.tamper = rows[i].tamper;
		IH_OWNED(ih_buffer) file = forged(&f);
		expect_refused(&desk, file, rows[i].code, rows[i].check);
	}
}

static void
refuses_an_envelope_that_holds_no_container(void **state)
{
	struct bench *b = *state;
	const struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) text = ih_envelope_seal("hello", 5,
	    b->office[TN]->pair[IH_USE_SEALING].certificate, &err);
	struct forge f = usual_forge(b);
	IH_OWNED(ih_buffer) zip = packed(&f);

	expect_refused(&desk, text, "E_ZIP_FORMAT", 4);
	zip->data[40] ^= 1;
	IH_OWNED(ih_buffer) other = ih_envelope_seal(zip->data, zip->size,
	    b->office[TN]->pair[IH_USE_SEALING].certificate, &err);
	expect_refused(&desk, other, "E_MIMETYPE", 5);
}

/* ---- certificates and lists */

static void
refuses_a_signer_whose_time_is_not_now(void **state)
{
	struct bench *b = *state;
	struct bench later = *b;
	struct ih_error err = { 0 };
	struct forge f = usual_forge(b);
	struct ih_desk desk = desk_of(b, TN);
	struct ih_world early = b->world;
	IH_OWNED(ih_office) old = ih_office_new("MA", 1, &b->world, &err);
	IH_OWNED(ih_partner) draft =
	    ih_trust_draft(old, 1, NOW - 60, NOW + 900 * DAY);
	IH_OWNED(ih_partner) list = list_of(b, draft, old);
	struct ih_partner *const partners[] = { list };

	desk.partners = partners;
	desk.partner_count = 1;
	f.signers[0] = &old->pair[IH_USE_SIGNING];
	f.letter.created = NOW + 1;
	f.letter.expires = NOW + 800 * DAY;
	IH_OWNED(ih_buffer) file = forged(&f);
	later.world.now = NOW + 400 * DAY;
	desk.world = &later.world;
	expect_refused(&desk, file, "E_CERT_EXPIRED", 10);
	early.now = NOW - 2 * DAY;
	desk.world = &early;
	expect_refused(&desk, file, "E_CERT_EXPIRED", 10);
}

static void
refuses_a_signer_who_was_withdrawn(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	struct ih_refused refused;
	IH_OWNED(ih_partner) list = usual_list(b, b->office[MA]);
	struct ih_partner *const partners[] = { list };
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);

	desk.partners = partners;
	desk.partner_count = 1;
	list->certificates[0].withdrawn = true;
	list->certificates[0].since = NOW - DAY;
	expect_refused(&desk, file, "E_CERT_REVOKED", 10);
	/* The office is told, as the letter is genuine. */
	assert_null(opened_at(&desk, file, &refused, &err));
	assert_true(refused.answerable);
	assert_string_equal(refused.message, AN_ID);
	assert_string_equal(refused.from, "MA");
	list->certificates[0].since = NOW + DAY;
	IH_OWNED(ih_opened) opened = opened_at(&desk, file, &refused, &err);
	assert_non_null(opened);
}

/* ---- what was here before a key was withdrawn */

static bool
seen_never(void *with, const char *committee, const char *id,
    char digest[static IH_DIGEST_TEXT], struct ih_error *err)
{
	(void)with, (void)committee, (void)id, (void)err;
	digest[0] = '\0';
	return true;
}

static bool
last_none(void *with, const char *committee, struct ih_last *last,
    struct ih_error *err)
{
	(void)with, (void)committee, (void)err;
	*last = (struct ih_last){ 0 };
	return true;
}

static bool
taken_then(void *with, const char *digest, int64_t *at, struct ih_error *err)
{
	(void)err;
	*at = strlen(digest) == IH_DIGEST_TEXT - 1 ? *(int64_t *)with : 0;
	return true;
}

static void
keeps_what_was_taken_in_before_its_key_was_withdrawn(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	int64_t then = NOW - 30;
	const struct ih_memory memory = { .seen = seen_never,
		.last = last_none,
		.with = &then,
		.taken = taken_then };
	IH_OWNED(ih_partner) list = usual_list(b, b->office[MA]);
	struct ih_partner *const partners[] = { list };
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);

	desk.partners = partners;
	desk.partner_count = 1;
	desk.memory = &memory;
	list->certificates[0].withdrawn = true;
	list->certificates[0].since = NOW - 20;
	IH_OWNED(ih_opened) opened = opened_at(&desk, file, NULL, &err);
	assert_non_null(opened);
	assert_int_equal(opened->warnings, IH_W_REVOKED);
	assert_string_equal(ih_warning_code(IH_W_REVOKED), "W_REVOKED");
	/* Withdrawn for a time before it came; or it never came. */
	list->certificates[0].since = NOW - 30;
	expect_refused(&desk, file, "E_CERT_REVOKED", 10);
	list->certificates[0].since = NOW - 20;
	then = 0;
	expect_refused(&desk, file, "E_CERT_REVOKED", 10);
	/* A day to come is no reason to believe it from there. */
	then = NOW + DAY;
	expect_refused(&desk, file, "E_CERT_REVOKED", 10);
}

static void
refuses_every_signer_of_a_list_whose_key_was_withdrawn(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct ih_desk desk = desk_of(b, TN);
	IH_OWNED(ih_partner) list = usual_list(b, b->office[MA]);
	struct ih_partner *const partners[] = { list };
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);

	desk.partners = partners;
	desk.partner_count = 1;
	ih_trust_withdraw(list, list->fingerprint, NOW);
	expect_refused(&desk, file, "E_CERT_REVOKED", 10);
}

static void
cannot_tell_where_the_list_is_out_of_date(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct ih_desk desk = desk_of(b, TN);
	struct ih_world later = b->world;
	struct ih_error err = { 0 };
	struct ih_refused refused;
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);

	later.now = NOW + 90 * DAY;
	desk.world = &later;
	expect_refused(&desk, file, "E_REVOCATION_STALE", 10);
	assert_null(opened_at(&desk, file, &refused, &err));
	assert_int_equal(refused.verdict, IH_INDETERMINATE);
}

static void
refuses_a_key_that_is_for_something_else(void **state)
{
	static const enum ih_use uses[] = { IH_USE_LIST, IH_USE_SEALING };
	struct bench *b = *state;
	const struct ih_desk desk = desk_of(b, TN);

	for (size_t i = 0; i < 2; i++) {
		struct forge f = usual_forge(b);

		f.signers[0] = &b->office[MA]->pair[uses[i]];
		IH_OWNED(ih_buffer) file = forged(&f);
		expect_refused(&desk, file, "E_KEYUSAGE", 10);
	}
}

/* ---- several signers */

static void
takes_two_signers_where_two_must_sign(void **state)
{
	struct bench *b = *state;
	struct forge f = usual_forge(b);
	struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	IH_OWNED(ih_office) second = ih_office_new("MA", 2, &b->world, &err);
	IH_OWNED(ih_partner) draft =
	    ih_trust_draft(b->office[MA], 2, NOW, NOW + DAY);
	X509 *certificate = second->pair[IH_USE_SIGNING].certificate;

	draft->signers = 2;
	assert_true(
	    ih_trust_add(draft, certificate, IH_USE_SIGNING, false, NOW, &err));
	IH_OWNED(ih_partner) list = list_of(b, draft, b->office[MA]);
	struct ih_partner *const partners[] = { list };
	desk.partners = partners;
	desk.partner_count = 1;
	f.signers[1] = &second->pair[IH_USE_SIGNING];
	f.signer_count = 2;
	f.letter.signers = 2;
	IH_OWNED(ih_buffer) both = forged(&f);
	IH_OWNED(ih_opened) opened = opened_at(&desk, both, NULL, &err);
	assert_non_null(opened);
	assert_int_equal(opened->signer_count, 2);
	/* One stripped; one twice; one who says that one is enough. */
	f.tamper = strip_the_signature;
	IH_OWNED(ih_buffer) stripped = forged(&f);
	expect_refused(&desk, stripped, "E_QUORUM", 11);
	f.tamper = NULL;
	f.signers[1] = f.signers[0];
	IH_OWNED(ih_buffer) twice = forged(&f);
	expect_refused(&desk, twice, "E_QUORUM", 11);
	f.signer_count = f.letter.signers = 1;
	IH_OWNED(ih_buffer) alone = forged(&f);
	expect_refused(&desk, alone, "E_QUORUM", 11);
}

static int
two_for_a_referral(void *with, const char *committee, enum ih_purpose purpose)
{
	(void)with;
	return strcmp(committee, "MA") == 0 && purpose == IH_LETTER_REFERRAL ?
		   2 :
		   1;
}

/* A list of MA that names OTHER for signing, too. */
static struct ih_partner *
list_with(const struct bench *b, X509 *other)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner) draft =
	    ih_trust_draft(b->office[MA], 2, NOW, NOW + DAY);

	assert_true(
	    ih_trust_add(draft, other, IH_USE_SIGNING, false, NOW, &err));
	return list_of(b, draft, b->office[MA]);
}

static void
goes_by_the_rule_for_its_purpose_and_an_officer_signs_too(void **state)
{
	struct bench *b = *state;
	const struct ih_quorum quorum = { two_for_a_referral, NULL };
	struct ih_letter letter = usual_letter();
	struct ih_office *ma = b->office[MA];
	struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	struct ih_pair officer;

	assert_true(ih_pair_new(&officer, "MA", IH_USE_SIGNING, IH_KEY_P384, 2,
	    &b->world, &err));
	IH_OWNED(ih_partner) list = list_with(b, officer.certificate);
	struct ih_partner *const partners[] = { list };

	desk.partners = partners;
	desk.partner_count = 1;
	desk.quorum = &quorum;
	IH_OWNED(ih_buffer) alone = sent(b, &letter, MA, TN);
	expect_refused(&desk, alone, "E_QUORUM", 11);
	ma->officers[0] = &officer;
	ma->officer_count = 1;
	IH_OWNED(ih_buffer) both = sent(b, &letter, MA, TN);
	ma->officer_count = 0;
	IH_OWNED(ih_opened) opened = opened_at(&desk, both, NULL, &err);
	assert_non_null(opened);
	assert_int_equal(opened->letter.signers, 2);
	assert_int_equal(opened->signer_count, 2);
	letter.purpose = IH_LETTER_NOTIFICATION;
	IH_OWNED(ih_buffer) notice = sent(b, &letter, MA, TN);
	IH_OWNED(ih_opened) told = opened_at(&desk, notice, NULL, &err);
	assert_non_null(told);
	ih_pair_free(&officer);
}

/* A second certificate over the first one's key makes no second person. */
static void
counts_one_key_once_whatever_its_certificates(void **state)
{
	struct bench *b = *state;
	struct forge f = usual_forge(b);
	struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	struct ih_pair again = { .key = f.signers[0]->key };

	again.certificate = ih_pair_certify(again.key, "MA", IH_USE_SIGNING, 1,
	    &b->world, &err);
	IH_OWNED(ih_partner) list = list_with(b, again.certificate);
	struct ih_partner *const partners[] = { list };

	desk.partners = partners;
	desk.partner_count = 1;
	f.signers[1] = &again;
	f.signer_count = f.letter.signers = 2;
	IH_OWNED(ih_buffer) twice = forged(&f);
	expect_refused(&desk, twice, "E_QUORUM", 11);
	X509_free(again.certificate);
}

static void
refuses_a_second_signer_of_another_committee(void **state)
{
	struct bench *b = *state;
	struct forge f = usual_forge(b);
	const struct ih_desk desk = desk_of(b, TN);

	f.signers[1] = &b->office[EG]->pair[IH_USE_SIGNING];
	f.signer_count = f.letter.signers = 2;
	IH_OWNED(ih_buffer) file = forged(&f);
	expect_refused(&desk, file, "E_SENDER_MISMATCH", 11);
}

/* ---- time */

static void
refuses_a_letter_out_of_its_time(void **state)
{
	static const struct {
		int64_t created, expires;
		const char *code; /* NULL: it is in time */
	} rows[] = {
		{ NOW - 60, NOW + 60, NULL },
		{ NOW + 299, NOW + 600, NULL },
		{ NOW + 301, NOW + 600, "E_CLOCK" },
		{ NOW - 600, NOW, "E_EXPIRED" },
		{ NOW - 600, NOW - 1, "E_EXPIRED" },
	};
	struct bench *b = *state;
	const struct ih_desk desk = desk_of(b, TN);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct forge f = usual_forge(b);
		struct ih_error err = { 0 };

		f.letter.created = rows[i].created;
		f.letter.expires = rows[i].expires;
		IH_OWNED(ih_buffer) file = forged(&f);
		if (rows[i].code != NULL) {
			expect_refused(&desk, file, rows[i].code, 11);
			continue;
		}
		IH_OWNED(ih_opened) opened = opened_at(&desk, file, NULL, &err);
		assert_non_null(opened);
	}
}

/* An expired letter would be in time again, had the list not been issued
 * since. */
static void
notices_a_clock_set_back(void **state)
{
	struct bench *b = *state;
	struct forge f = usual_forge(b);
	struct ih_desk desk = desk_of(b, TN);
	struct ih_world back = b->world;
	IH_OWNED(ih_partner) draft =
	    ih_trust_draft(b->office[MA], 2, NOW + DAY, NOW + 90 * DAY);
	IH_OWNED(ih_partner) list = list_of(b, draft, b->office[MA]);
	struct ih_partner *const partners[] = { list };

	desk.partners = partners;
	desk.partner_count = 1;
	back.now = NOW;
	desk.world = &back;
	IH_OWNED(ih_buffer) file = forged(&f);
	expect_refused(&desk, file, "E_CLOCK", 11);
}

/* ---- what came before */

struct past {
	char id[IH_UUID_TEXT], digest[IH_DIGEST_TEXT];
	struct ih_last last;
	const struct ih_near *near;
	bool broken;
};

static bool
past_seen(void *with, const char *committee, const char *id,
    char digest[static IH_DIGEST_TEXT], struct ih_error *err)
{
	const struct past *past = with;

	if (past->broken)
		return ih_fail(err, IH_SYSTEM, "the registry is not there");
	assert_string_equal(committee, "MA");
	if (strcmp(id, past->id) == 0)
		memcpy(digest, past->digest, IH_DIGEST_TEXT);
	return true;
}

static bool
past_last(void *with, const char *committee, struct ih_last *last,
    struct ih_error *err)
{
	const struct past *past = with;

	(void)err;
	assert_string_equal(committee, "MA");
	*last = past->last;
	return true;
}

static struct ih_memory
memory_of(struct past *past)
{
	return (struct ih_memory){ .seen = past_seen,
		.last = past_last,
		.with = past };
}

static void
compares_number_and_digest_with_what_came_before(void **state)
{
	static const struct {
		const char *what;
		int64_t sequence;
		struct ih_last last;
		const char *code; /* NULL: it is opened */
		unsigned warnings;
	} rows[] = {
		{ "the first of all", 1, { 0 }, NULL, 0 },
		{ "the next", 8, { 7, A_DIGEST, 1 }, NULL, 0 },
		{ "one that leaves a gap", 9, { 7, A_DIGEST, 1 }, NULL,
		    IH_W_GAP },
		{ "the first that is not the first", 3, { 0 }, NULL, IH_W_GAP },
		{ "the same number", 7, { 7, A_DIGEST, 1 }, "E_REPLAY", 0 },
		{ "a lower number", 2, { 7, A_DIGEST, 1 }, "E_REPLAY", 0 },
		{ "the next of another history", 8, { 7, "00", 1 },
		    "E_REPLAY_CONFLICT", 0 },
		{ "a new first", 1, { 7, A_DIGEST, 1 }, "E_REPLAY", 0 },
	};
	struct bench *b = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct past past = { .last = rows[i].last };
		const struct ih_memory memory = memory_of(&past);
		struct ih_desk desk = desk_of(b, TN);
		struct forge f = usual_forge(b);
		struct ih_error err = { 0 };

		desk.memory = &memory;
		f.letter.sequence = rows[i].sequence;
		if (rows[i].sequence > 1)
			strcpy(f.letter.previous, A_DIGEST);
		IH_OWNED(ih_buffer) file = forged(&f);
		if (rows[i].code != NULL) {
			expect_refused(&desk, file, rows[i].code, 12);
			continue;
		}
		IH_OWNED(ih_opened) opened = opened_at(&desk, file, NULL, &err);
		if (opened == NULL || opened->warnings != rows[i].warnings)
			fail_msg("%s: %s", rows[i].what, err.text);
	}
}

static bool
past_near(void *with, const struct ih_letter *letter, struct ih_near *near,
    struct ih_error *err)
{
	(void)letter;
	(void)err;
	*near = *((const struct past *)with)->near;
	return true;
}

/* By what is held around its number. */
static void
takes_the_one_that_was_missing_and_no_other_below_the_last(void **state)
{
	static const struct {
		const char *what;
		struct ih_near near;
		bool is_above; /* the one after it names this very one */
		const char *code;
	} rows[] = {
		{ "nothing beside it came", { .at = "" }, false, NULL },
		{ "it follows what came", { .below = A_DIGEST }, false, NULL },
		{ "what came follows it", { .at = "" }, true, NULL },
		{ "it does not follow what came", { .below = "00" }, false,
		    "E_REPLAY_CONFLICT" },
		{ "what came follows another", { .above = "00" }, false,
		    "E_REPLAY_CONFLICT" },
		{ "its number is taken", { .at = "00" }, false, "E_REPLAY" },
		{ "it was taken back", { .taken_back = true }, true,
		    "E_REPLAY" },
	};
	struct bench *b = *state;
	struct forge f = usual_forge(b);
	struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };

	f.letter.sequence = 3;
	strcpy(f.letter.previous, A_DIGEST);
	IH_OWNED(ih_buffer) file = forged(&f);
	IH_OWNED(ih_opened) first = opened_at(&desk, file, NULL, &err);
	assert_non_null(first);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_near near = rows[i].near;
		struct past past = { .last = { 7, A_DIGEST, 1 },
			.near = &near };
		const struct ih_memory memory = { past_seen, past_last, &past,
			past_near, NULL };

		if (rows[i].is_above)
			strcpy(near.above, first->container_digest);
		desk.memory = &memory;
		if (rows[i].code != NULL) {
			expect_refused(&desk, file, rows[i].code, 12);
			continue;
		}
		IH_OWNED(ih_opened) opened = opened_at(&desk, file, NULL, &err);
		if (opened == NULL || opened->warnings != IH_W_LATE)
			fail_msg("%s: %s", rows[i].what, err.text);
		assert_string_equal(ih_warning_code(opened->warnings),
		    "W_LATE");
	}
}

static void
takes_the_same_letter_twice_without_harm(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct past past = { .id = AN_ID, .last = { 1, "", 1 } };
	const struct ih_memory memory = memory_of(&past);
	struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);
	IH_OWNED(ih_opened) first = opened_at(&desk, file, NULL, &err);

	desk.memory = &memory;
	strcpy(past.digest, first->container_digest);
	IH_OWNED(ih_opened) second = opened_at(&desk, file, NULL, &err);
	assert_non_null(second);
	assert_int_equal(second->warnings, IH_W_DUPLICATE);
	assert_string_equal(ih_warning_code(second->warnings), "W_DUPLICATE");
	assert_string_equal(ih_warning_code(IH_W_GAP), "W_GAP");
}

static void
refuses_another_letter_under_the_same_id(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct past past = { .id = AN_ID, .digest = A_DIGEST };
	const struct ih_memory memory = memory_of(&past);
	struct ih_desk desk = desk_of(b, TN);
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);

	desk.memory = &memory;
	expect_refused(&desk, file, "E_REPLAY_CONFLICT", 12);
}

static void
refuses_an_older_profile_than_before(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct past past = { .last = { .profile = IH_PROFILE + 1 } };
	const struct ih_memory memory = memory_of(&past);
	struct ih_desk desk = desk_of(b, TN);
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);

	desk.memory = &memory;
	expect_refused(&desk, file, "E_DOWNGRADE", 13);
}

static void
says_why_where_the_memory_fails_and_answers_nothing(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct past past = { .broken = true };
	const struct ih_memory memory = memory_of(&past);
	struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	struct ih_refused refused;
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);

	desk.memory = &memory;
	assert_null(opened_at(&desk, file, &refused, &err));
	assert_int_equal(err.kind, IH_SYSTEM);
	assert_false(refused.answerable);
}

/* ---- what is in it */

static void
refuses_a_case_that_does_not_fit_its_schema(void **state)
{
	static const struct ih_part_of rows[] = {
		{ "case.xml", "application/xml", "<case/>", 7 },
		{ "case.xml", "application/xml", "", 0 },
		{ "case.xml", "text/html", "<case/>", 7 },
		{ "unknown.xml", "application/xml", "<a/>", 4 },
		{ "disguised.txt", "application/xml", "<a/>", 4 },
		{ "case.xml", "application/xml",
		    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
		    "<a>&x;</a>",
		    64 },
		{ "receipt.xml", "application/xml", case_xml,
		    sizeof case_xml - 1 },
	};
	struct bench *b = *state;
	const struct ih_desk desk = desk_of(b, TN);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct forge f = usual_forge(b);

		f.parts = &rows[i];
		f.count = 1;
		IH_OWNED(ih_buffer) file = forged(&f);
		expect_refused(&desk, file, "E_CASE_SCHEMA", 14);
	}
}

/* ---- receipts */

static void
answers_what_it_accepts(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	const struct ih_desk tunis = desk_of(b, TN), rabat = desk_of(b, MA);
	struct ih_letter heading = usual_letter();
	struct ih_error err = { 0 };
	struct ih_receipt receipt, came;
	struct ih_sealed sealed;
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);
	IH_OWNED(ih_opened) opened = opened_at(&tunis, file, NULL, &err);

	assert_true(ih_post_receipt_of(opened, NULL, NOW + 5, &receipt, &err));
	strcpy(heading.id, ANOTHER_ID);
	assert_true(ih_post_receipt(&receipt, &heading, b->office[TN],
	    b->partner[MA], &sealed, &err));
	IH_OWNED(ih_buffer) answer = sealed.envelope;
	IH_OWNED(ih_opened) back = opened_at(&rabat, answer, NULL, &err);
	assert_non_null(back);
	assert_int_equal(back->letter.purpose, IH_LETTER_RECEIPT);
	assert_string_equal(back->letter.in_reply_to, AN_ID);
	assert_true(ih_post_receipt_read(&rabat, back, &came, &err));
	assert_string_equal(came.message, AN_ID);
	assert_string_equal(came.container, opened->container_digest);
	assert_string_equal(came.envelope, opened->envelope_digest);
	assert_int_equal(came.status, IH_RECEIPT_ACCEPTED);
	assert_int_equal(came.sequence, 1);
	/* And that is the end of it. */
	assert_false(ih_post_receipt_of(back, NULL, NOW, &receipt, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_false(ih_post_receipt_read(&tunis, opened, &came, &err));
}

static void
answers_a_refusal_by_a_coarse_code(void **state)
{
	static const struct {
		int check;
		const char *code;
	} rows[] = { { 10, "E_CERTIFICATE" }, { 11, "E_LETTER" },
		{ 12, "E_ORDER" }, { 13, "E_ORDER" }, { 14, "E_CONTENT" } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct ih_refused refused = { .check = rows[i].check,
			.answerable = true,
			.message = AN_ID,
			.sequence = 3 };
		struct ih_receipt receipt;
		struct ih_error err = { 0 };

		assert_true(
		    ih_post_receipt_of(NULL, &refused, NOW, &receipt, &err));
		assert_int_equal(receipt.status, IH_RECEIPT_REFUSED);
		assert_string_equal(receipt.code, rows[i].code);
	}
}

static void
answers_no_noise_and_no_refused_receipt(void **state)
{
	struct bench *b = *state;
	const struct ih_desk desk = desk_of(b, TN);
	struct forge f = usual_forge(b);
	struct ih_error err = { 0 };
	struct ih_refused refused;
	struct ih_receipt receipt;

	f.tamper = spoil_the_signature;
	IH_OWNED(ih_buffer) noise = forged(&f);
	assert_null(opened_at(&desk, noise, &refused, &err));
	assert_false(ih_post_receipt_of(NULL, &refused, NOW, &receipt, &err));
	f.tamper = NULL;
	f.letter.purpose = IH_LETTER_RECEIPT;
	IH_OWNED(ih_buffer) no_receipt = forged(&f);
	expect_refused(&desk, no_receipt, "E_CASE_SCHEMA", 14);
	assert_null(opened_at(&desk, no_receipt, &refused, &err));
	assert_false(refused.answerable);
	assert_false(ih_post_receipt_of(NULL, &refused, NOW, &receipt, &err));
	assert_int_equal(err.kind, IH_STATE);
}

/* ---- public files */

static struct ih_buffer *
published(const struct bench *b)
{
	struct ih_letter letter = usual_letter();
	struct ih_error err = { 0 };
	struct ih_buffer *file;

	letter.purpose = IH_LETTER_RETURN;
	file = ih_post_sign(&letter, two_parts, 2, b->office[MA], &err);
	assert_string_equal(err.text, "");
	return file;
}

static void
a_public_return_is_verified_by_anybody_with_the_list(void **state)
{
	struct bench *b = *state;
	struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) file = published(b);

	desk.own = NULL;
	IH_OWNED(ih_opened) opened =
	    ih_post_verify(&desk, file->data, file->size, NULL, &err);
	assert_non_null(opened);
	assert_string_equal(opened->letter.to, "");
	assert_string_equal(opened->envelope_digest, "");
	assert_int_equal(opened->count, 2);
	assert_memory_equal(opened->parts[1].bytes, page, sizeof page - 1);
	desk.partners = &b->partner[TN];
	desk.partner_count = 1;
	assert_null(ih_post_verify(&desk, file->data, file->size, NULL, &err));
	assert_string_equal(err.code, "E_SIGNER_UNKNOWN");
}

static void
a_public_file_is_refused_with_a_bit_changed(void **state)
{
	struct bench *b = *state;
	const struct ih_desk desk = desk_of(b, TN);
	IH_OWNED(ih_buffer) file = published(b);
	size_t refused = 0, tried = 0;

	for (size_t bit = 3; bit < file->size * 8; bit += 131) {
		struct ih_error err = { 0 };

		file->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		IH_OWNED(ih_opened) opened =
		    ih_post_verify(&desk, file->data, file->size, NULL, &err);
		file->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		tried++;
		refused += opened == NULL;
	}
	assert_int_equal(refused, tried);
}

static void
only_a_return_may_be_public_and_not_in_an_envelope(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	const struct ih_desk desk = desk_of(b, TN);
	struct forge f = usual_forge(b);
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) zip = packed(&f);
	IH_OWNED(ih_buffer) public = published(b);
	IH_OWNED(ih_buffer) sealed =
	    ih_envelope_seal(public->data, public->size, f.sealed_for, &err);

	assert_null(ih_post_sign(&letter, two_parts, 2, b->office[MA], &err));
	assert_int_equal(err.kind, IH_USAGE);
	assert_null(ih_post_verify(&desk, zip->data, zip->size, NULL, &err));
	assert_string_equal(err.code, "E_RECIPIENT_MISMATCH");
	expect_refused(&desk, sealed, "E_RECIPIENT_MISMATCH", 11);
}

/* It says whose, and that there is more to check: not that it is bad. */
static void
of_a_sealed_file_only_the_envelope_is_checked_without_a_key(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	struct ih_desk desk = desk_of(b, TN);
	struct ih_error err = { 0 };
	struct ih_refused refused;
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);

	desk.own = NULL;
	expect_refused(&desk, file, "E_SEALED", 2);
	assert_null(opened_at(&desk, file, &refused, &err));
	assert_string_equal(ih_verdict_text(refused.verdict), "indeterminate");
	file->data[1] ^= 1;
	expect_refused(&desk, file, "E_ENV_FORMAT", 1);
}

static void
a_letter_opened_by_hand_may_be_looked_at_by_anybody(void **state)
{
	struct bench *b = *state;
	struct ih_desk desk = desk_of(b, EG);
	struct forge f = usual_forge(b);
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) zip = packed(&f);

	desk.own = NULL;
	desk.anybody = true;
	IH_OWNED(ih_opened) opened =
	    ih_post_verify(&desk, zip->data, zip->size, NULL, &err);
	assert_non_null(opened);
	assert_string_equal(opened->letter.to, "TN");
	assert_int_equal(opened->signer_count, 1);
	zip->data[zip->size / 2] ^= 1;
	assert_null(ih_post_verify(&desk, zip->data, zip->size, NULL, &err));
}

/* ---- a reader who does not have this program */

static void
put_file(const char *folder, const char *name, const void *bytes, size_t size)
{
	char path[128];
	FILE *out;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	out = fopen(path, "wb");
	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, size, out), size);
	assert_int_equal(fclose(out), 0);
}

static void
put_office(const char *folder, const char *name, const struct ih_office *office)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) saved = ih_office_save(office, &err);

	put_file(folder, name, saved->data, saved->size);
}

/* The keys of an office are three private keys, each with its certificate:
 * list, signing, sealing. */
static const char outsider[] =
    "cd %s && "
    "awk '/BEGIN PRIVATE/ {n++} {print > (\"to\" n \".pem\")}' to && "
    "awk '/BEGIN PRIVATE/ {n++} /BEGIN CERT/ {c = 1} "
    "c {print > (\"from\" n \".crt\")} /END CERT/ {c = 0}' from && "
    "openssl cms -decrypt -binary -inform DER -in letter.asice.p7m "
    "-inkey to3.pem -recip to3.pem -out letter.asice && "
    "unzip -qq letter.asice -d opened && "
    "cd opened && "
    "openssl cms -verify -cades -binary -inform DER "
    "-in META-INF/signature001.p7s "
    "-content META-INF/ASiCManifest001.xml "
    "-certfile ../from2.crt -CAfile ../from2.crt -purpose any "
    "-attime %lld -out /dev/null 2>../why && "
    "for f in exchange.xml case.xml doc-01-referral.fr.html; do "
    "grep -q \"$(openssl dgst -sha256 -binary $f | openssl base64)\" "
    "META-INF/ASiCManifest001.xml || exit 1; done";

static void
is_opened_and_verified_by_openssl_and_unzip(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	char folder[] = "/tmp/ihala-post-XXXXXX", command[2048];
	IH_OWNED(ih_buffer) file = sent(b, &letter, MA, TN);

	assert_non_null(mkdtemp(folder));
	put_file(folder, "letter.asice.p7m", file->data, file->size);
	put_office(folder, "to", b->office[TN]);
	put_office(folder, "from", b->office[MA]);
	snprintf(command, sizeof command, outsider, folder, (long long)NOW);
	assert_int_equal(system(command), 0);
	snprintf(command, sizeof command, "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

/* ---- signed now, sealed when its stamp is here */

/* A letter that was asked about, as something else would have it be now.
 * No reply is one here: what is as it was fails at the stamp, and no sooner. */
static void
is_stamped_only_as_it_was_signed(void **state)
{
	const struct bench *b = *state;
	static const struct ih_part_of another[] = {
		{ "case.xml", "application/xml", case_xml,
		    sizeof case_xml - 1 },
		{ "doc-01-referral.fr.html", "text/html", page,
		    sizeof page - 2 },
	};
	enum {
		SAME,
		LATER,
		SEQUENCE,
		PURPOSE,
		ANSWERS,
		BASIS,
		FEWER,
		PART,
		TO
	};
	static const struct {
		int what;
		const char *code;
	} rows[] = {
		{ SAME, "E_STAMP" },
		{ LATER, "E_STAMP" },
		{ SEQUENCE, "E_STAMP_STALE" },
		{ PURPOSE, "E_STAMP_STALE" },
		{ ANSWERS, "E_STAMP_STALE" },
		{ BASIS, "E_STAMP_STALE" },
		{ FEWER, "E_STAMP_STALE" },
		{ PART, "E_STAMP_STALE" },
		{ TO, "E_STAMP_STALE" },
	};
	const struct ih_letter then = usual_letter();
	struct ih_buffer *draft, *request;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) reply = ih_buffer_copy("none", 4);

	assert_true(ih_post_ask(&then, two_parts, 2, b->office[MA],
	    b->partner[TN], &draft, &request, &err));
	/* Not a byte of what is sent waits with it. */
	assert_null(memmem(draft->data, draft->size, page, sizeof page - 1));
	assert_null(memmem(draft->data, draft->size, "<receipt", 8));
	const struct ih_stamping stamping = { b->forms, draft, reply };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_letter now = then;
		int what = rows[i].what;
		struct ih_sealed sealed;

		memcpy(now.id, ANOTHER_ID, sizeof now.id);
		if (what == LATER)
			now.created += 3600;
		if (what == SEQUENCE) {
			now.sequence = 2;
			memcpy(now.previous, A_DIGEST, sizeof now.previous);
		}
		if (what == PURPOSE)
			now.purpose = IH_LETTER_TRANSFER;
		if (what == ANSWERS)
			memcpy(now.in_reply_to, AN_ID, sizeof now.in_reply_to);
		if (what == BASIS)
			now.legal_basis = "article exemple 2";
		err = (struct ih_error){ 0 };
		assert_false(ih_post_seal_stamped(&stamping, &now,
		    what == PART ? another : two_parts, what == FEWER ? 1 : 2,
		    b->office[MA], b->partner[what == TO ? EG : TN], &sealed,
		    &err));
		if (strcmp(err.code, rows[i].code) != 0)
			fail_msg("row %zu: %s", i, err.code);
		assert_null(sealed.envelope);
	}
	ih_buffer_free(draft);
	ih_buffer_free(request);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(arrives_as_it_was_sent),
		TEST(tells_the_digests_and_the_name_of_the_file),
		TEST(tells_each_check_in_its_order),
		TEST(is_not_sent_with_a_part_the_profile_does_not_allow),
		TEST(is_stamped_only_as_it_was_signed),
		TEST(is_not_sealed_for_a_list_that_is_out_of_date),
		TEST(is_not_sealed_where_no_key_is_granted),
		TEST(opens_for_no_one_else),
		TEST(refuses_each_of_8_times_4096_changed_bits),
		TEST(refuses_a_file_that_is_too_large),
		TEST(refuses_a_letter_that_was_forwarded),
		TEST(refuses_a_letter_for_another_key_of_the_same_committee),
		TEST(refuses_a_letter_for_another_committee_under_our_key),
		TEST(refuses_the_right_person_for_the_wrong_committee),
		TEST(refuses_a_signer_whom_nobody_pinned),
		TEST(refuses_a_container_that_was_tampered_with),
		TEST(refuses_an_envelope_that_holds_no_container),
		TEST(refuses_a_signer_whose_time_is_not_now),
		TEST(refuses_a_signer_who_was_withdrawn),
		TEST(keeps_what_was_taken_in_before_its_key_was_withdrawn),
		TEST(refuses_every_signer_of_a_list_whose_key_was_withdrawn),
		TEST(cannot_tell_where_the_list_is_out_of_date),
		TEST(refuses_a_key_that_is_for_something_else),
		TEST(takes_two_signers_where_two_must_sign),
		TEST(goes_by_the_rule_for_its_purpose_and_an_officer_signs_too),
		TEST(counts_one_key_once_whatever_its_certificates),
		TEST(refuses_a_second_signer_of_another_committee),
		TEST(refuses_a_letter_out_of_its_time),
		TEST(notices_a_clock_set_back),
		TEST(compares_number_and_digest_with_what_came_before),
		TEST(
		    takes_the_one_that_was_missing_and_no_other_below_the_last),
		TEST(takes_the_same_letter_twice_without_harm),
		TEST(refuses_another_letter_under_the_same_id),
		TEST(refuses_an_older_profile_than_before),
		TEST(says_why_where_the_memory_fails_and_answers_nothing),
		TEST(refuses_a_case_that_does_not_fit_its_schema),
		TEST(answers_what_it_accepts),
		TEST(answers_a_refusal_by_a_coarse_code),
		TEST(answers_no_noise_and_no_refused_receipt),
		TEST(a_public_return_is_verified_by_anybody_with_the_list),
		TEST(a_public_file_is_refused_with_a_bit_changed),
		TEST(only_a_return_may_be_public_and_not_in_an_envelope),
		TEST(
		    of_a_sealed_file_only_the_envelope_is_checked_without_a_key),
		TEST(a_letter_opened_by_hand_may_be_looked_at_by_anybody),
		TEST(is_opened_and_verified_by_openssl_and_unzip),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
