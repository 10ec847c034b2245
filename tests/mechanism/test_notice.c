/* What a notification without identity says, and what it never can. */
#include "sample.h"

#include <openssl/evp.h>

#include "ihala/digest.h"
#include "ihala/node.h"
#include "ihala/text.h"

static struct ih_release
notify(const struct sample *s, const char *recipient)
{
	return (struct ih_release){ .mechanism = s->ma,
		.profile = "notification",
		.recipient = recipient,
		.authorisation = "EXEMPLE-7",
		.day = "2026-03-20",
		.instrument = s->instrument,
		.file = "notify-only" };
}

static bool
cut_notice(const struct sample *s, const struct ih_release *release,
    const struct twist *twists, struct ih_buffer *out, struct ih_error *err)
{
	struct docs docs = sample_case(s, twists);
	bool cut = ih_release_cut(release, docs.facts, docs.identity, out, err);

	docs_free(&docs);
	return cut;
}

static void
says_a_few_codes_and_no_more(void **state)
{
	const struct sample *s = *state;
	const struct twist twists[] = { { "consent-referral", "no" },
		{ "exploitation-form", "OrganRemoval" }, { NULL, NULL } };
	const struct ih_release release = notify(s, "MA");
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_schema) schema = NULL;
	IH_OWNED(xmlDoc) doc = NULL;
	struct ih_error err = { 0 };

	if (!cut_notice(s, &release, twists, out, &err))
		fail_msg("%s %s", err.code, err.text);
	assert_non_null(strstr((const char *)out->data,
	    "<notification xmlns=\"urn:ihala:notification:1\""
	    " committee=\"MA\" profile=\"notification\" instrument=\"adult\""
	    " quarter=\"2026-Q1\" training=\"true\">\n"
	    "  <outcome level=\"possible\"/>\n"
	    "  <answer item=\"sex\" code=\"female\"/>\n"
	    "  <answer item=\"age\" code=\"25-34\"/>\n"
	    "  <answer item=\"exploitation-form\" code=\"Other\"/>\n"
	    "</notification>"));
	doc = reread(out);
	schema = ih_schema_load(s->library, "notification", &err);
	assert_non_null(schema);
	if (!ih_schema_check(schema, doc, "notice", &err))
		fail_msg("%s", err.text);
}

static const struct {
	struct twist twist;
	const char *says, *never;
} tellings[] = {
	{ { "age", "18" }, "code=\"18-24\"", "18\"" },
	{ { "age", "24" }, "code=\"18-24\"", "25-34" },
	{ { "age", "49" }, "code=\"35-49\"", "50-" },
	{ { "age", "50" }, "code=\"50-\"", "49" },
	{ { "age", "107" }, "code=\"50-\"", "107" },
	{ { "sex", "male" }, "code=\"male\"", "female" },
	/* Rare: it is not told at all. */
	{ { "sex", "other" }, "item=\"age\"", "item=\"sex\"" },
	{ { "sex", "!refused" }, "item=\"age\"", "item=\"sex\"" },
	{ { "exploitation-form", "ForcedMarriage" }, "code=\"Other\"",
	    "ForcedMarriage" },
	{ { "exploitation-form", "!unknown" }, "item=\"age\"", "exploitation" },
};

static void
tells_a_band_for_a_number_and_nothing_of_what_is_rare(void **state)
{
	const struct sample *s = *state;
	const struct ih_release release = notify(s, "MA");

	for (size_t i = 0; i < sizeof tellings / sizeof tellings[0]; i++) {
		const struct twist twists[] = { tellings[i].twist,
			{ NULL, NULL } };
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_error err = { 0 };

		if (!cut_notice(s, &release, twists, out, &err))
			fail_msg("row %zu: %s", i, err.code);
		if (!says(out, tellings[i].says) ||
		    says(out, tellings[i].never))
			fail_msg("row %zu: %s", i, (const char *)out->data);
	}
}

/* ---- who is never told of */

static void
never_tells_of_a_child_nor_of_whom_it_is_not_sure(void **state)
{
	static const char *const doubts[] = { "no", "yes", "!unknown",
		"!blank" };
	const struct sample *s = *state;
	const struct ih_release release = notify(s, "MA");
	size_t told = 0, kept = 0;

	for (int age = -1; age <= 40; age++)
		for (size_t i = 0; i < sizeof doubts / sizeof doubts[0]; i++) {
			char years[16] = "!unknown";
			const struct twist twists[] = { { "age", years },
				{ "age-doubt", doubts[i] }, { NULL, NULL } };
			IH_OWNED(ih_buffer) out = ih_buffer_new();
			struct ih_error err = { 0 };
			bool adult = age >= 18 && i == 0;

			if (age >= 0)
				snprintf(years, sizeof years, "%d", age);
			if (cut_notice(s, &release, twists, out, &err) != adult)
				fail_msg("age %d, doubt %s: %s", age, doubts[i],
				    err.code);
			if (!adult)
				assert_string_equal(err.code, "E_CHILD");
			told += adult;
			kept += !adult;
		}
	print_message("# %zu told of, %zu kept for child protection\n", told,
	    kept);
}

static const struct {
	const char *recipient, *file;
	struct twist twist;
	const char *code;
} refusals[] = {
	{ "MA", "review", { "alone", "yes" }, "E_NOT_REFUSED" },
	{ "MA", "closed", { "alone", "yes" }, "E_NOT_REFUSED" },
	{ "MA", NULL, { "alone", "yes" }, "E_NOT_REFUSED" },
	{ "prosecution", "notify-only", { "alone", "yes" }, "E_RECIPIENT" },
	{ "court-support-unit", "notify-only", { "alone", "yes" },
	    "E_RECIPIENT" },
	{ "MA", "notify-only", { "fears-which", "MA" }, "E_FEARS" },
	{ "EG", "notify-only", { "alone", "yes" }, "E_FEARS" },
	{ "MA", "notify-only", { "fears-state", "!blank" }, "E_FEARS_UNKNOWN" },
};

static void
goes_only_from_where_an_adult_refused_and_fears_nobody_there(void **state)
{
	const struct sample *s = *state;

	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		const struct twist twists[] = { refusals[i].twist,
			{ NULL, NULL } };
		struct ih_release release = notify(s, refusals[i].recipient);
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_error err = { 0 };

		release.file = refusals[i].file;
		assert_false(cut_notice(s, &release, twists, out, &err));
		if (strcmp(err.code, refusals[i].code) != 0)
			fail_msg("row %zu: %s", i, err.code);
		assert_int_equal(out->size, 0);
	}
}

/* ---- a thousand marks, planted where people write */

enum { MARKS = 1000 };

static void
shows_up(const struct ih_buffer *out, const char *what, const char *how,
    const char *item)
{
	if (strcasestr((const char *)out->data, what) != NULL)
		fail_msg("%s of what was written to %s is in it", how, item);
}

/* As it is, in hexadecimal, in base64, and as a digest in either. */
static void
look_for(const struct ih_buffer *out, const char *mark, const char *item)
{
	unsigned char digest[IH_DIGEST];
	char text[256];
	size_t length = strlen(mark);

	shows_up(out, mark, "the text", item);
	for (size_t i = 0; i < length; i++)
		snprintf(text + 2 * i, 3, "%02x", (unsigned char)mark[i]);
	shows_up(out, text, "hexadecimal", item);
	EVP_EncodeBlock((unsigned char *)text, (const unsigned char *)mark,
	    (int)(length - length % 3));
	shows_up(out, text, "base64", item);
	ih_digest_text(mark, length, text);
	shows_up(out, text, "the digest", item);
	ih_digest(mark, length, digest);
	EVP_EncodeBlock((unsigned char *)text, digest, 30);
	shows_up(out, text, "the digest in base64", item);
}

struct planted {
	char marks[64][40];
	struct twist twists[65];
	size_t count;
};

/* One in every item of the identity that takes text, and in every text. */
static void
plant(const struct sample *s, size_t first, struct planted *p)
{
	p->count = 0;
	for (size_t i = 0; i < s->instrument->item_count; i++) {
		const struct ih_item *item = &s->instrument->items[i];
		char *mark = p->marks[p->count];

		if (item->type != IH_TEXT && item->type != IH_DATE &&
		    item->part != IH_IDENTITY)
			continue;
		if (item->type == IH_TEXT)
			snprintf(mark, sizeof p->marks[0], "Zq%06zuxWv%06zukPj",
			    first + p->count,
			    (first + p->count) * 7919 % 999983);
		else
			snprintf(mark, sizeof p->marks[0], "19%02zu-%02zu",
			    (first + p->count) % 90 + 10,
			    (first + p->count) % 12 + 1);
		p->twists[p->count++] = (struct twist){ item->id, mark };
	}
	p->twists[p->count] = (struct twist){ NULL, NULL };
}

static void
holds_none_of_a_thousand_planted_marks(void **state)
{
	const struct sample *s = *state;
	const struct ih_release release = notify(s, "MA");
	size_t planted = 0, cases = 0;
	struct planted p;

	for (; planted < MARKS; planted += p.count, cases++) {
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_error err = { 0 };

		plant(s, planted, &p);
		assert_true(p.count >= 6);
		if (!cut_notice(s, &release, p.twists, out, &err))
			fail_msg("%s %s", err.code, err.text);
		for (size_t i = 0; i < p.count; i++)
			look_for(out, p.marks[i], p.twists[i].item);
		shows_up(out, s->code, "the code", "case");
		shows_up(out, ANSWERS_ID, "the id", "answers");
		shows_up(out, CASE_DAY, "the day", "interview");
		shows_up(out, "MA-04", "the area", "interview");
		shows_up(out, ONES, "the digest", "answers");
	}
	print_message("# %zu marks in %zu cases: none is in a notification\n",
	    planted, cases);
}

/* ---- the floor */

/* The mechanism with ALLOW in the place of what its notification allows. */
static struct ih_mechanism *
allowing(const struct sample *s, const char *allow)
{
	IH_OWNED(ih_buffer) whole = ih_xml_write(s->ma->doc);
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	struct ih_error err = { 0 };
	const char *text = (const char *)whole->data;
	const char *profile = strstr(text, "<profile id=\"notification\"");
	const char *from = strstr(profile, "<allow>");
	const char *end = strstr(from, "</allow>");
	struct ih_mechanism *m;
	xmlDoc *doc;

	ih_buffer_add(bytes, text, (size_t)(from - text));
	ih_buffer_text(bytes, "<allow>");
	ih_buffer_text(bytes, allow);
	ih_buffer_add(bytes, end, whole->size - (size_t)(end - text));
	doc = ih_xml_read("MA", bytes->data, bytes->size, &err);
	if (doc == NULL)
		fail_msg("%s", err.text);
	m = ih_mechanism_read(doc, &err);
	if (m == NULL)
		fail_msg("%s", err.text);
	return m;
}

static const struct {
	const char *allow, *says; /* NULL: may be */
} floors[] = {
	{ "<item id='sex' codes='female male'/>", NULL },
	{ "<item id='age' bands='18 40'/>", NULL },
	{ "<item id='needs' codes='shelter medical'/>", NULL },
	{ "<item id='no-such-item' codes='x'/>", NULL },
	{ "<item id='name' codes='x'/>", "part of the identity" },
	{ "<item id='phone' codes='x'/>", "part of the identity" },
	{ "<item id='birth-date' bands='1 2'/>", "part of the identity" },
	{ "<item id='own-words' codes='x'/>", "written or dated" },
	{ "<item id='left-when' bands='1 2'/>", "written or dated" },
	{ "<item id='age' codes='27'/>", "in bands" },
	{ "<item id='sex'/>", "codes are to be named" },
	{ "<item id='sex' codes='female unheard-of'/>", "no such code" },
	{ "<item id='needs' codes='shelter medical psychological legal"
	  " interpretation documents family-contact return education-training"
	  " economic'/>",
	    "point at one person" },
	{ "<item id='age' bands='18 19 20 21 22 23 24 25 26 27 28 29 30'/>"
	  "<item id='sex' codes='female male other'/>"
	  "<item id='exploitation-form' codes='ForcedLabour"
	  " SexualExploitation Servitude ForcedBegging' other='Other'/>",
	    "point at one person" },
	{ "<item id='sex' codes='female male'/><identity id='name'/>",
	    "more than coarse" },
	{ "<section id='health'/><item id='sex' codes='female male'/>",
	    "more than coarse" },
	{ "<item id='sex' codes='female male'/><referral/>",
	    "more than coarse" },
	{ "<item id='sex' codes='female male'/><consent/>",
	    "more than coarse" },
	{ "<item id='sex' codes='female male'/><determination/>",
	    "more than coarse" },
	{ "<item id='sex' codes='female male'/>"
	  "<assessment detail='dimensions'/>",
	    "more than coarse" },
};

static void
refuses_a_profile_that_could_name_somebody(void **state)
{
	const struct sample *s = *state;

	for (size_t i = 0; i < sizeof floors / sizeof floors[0]; i++) {
		IH_OWNED(ih_mechanism) m = allowing(s, floors[i].allow);
		struct ih_error err = { 0 };
		bool passed = ih_release_check(m, s->instrument, &err);

		if (passed != (floors[i].says == NULL))
			fail_msg("row %zu: %s", i, err.text);
		if (passed)
			continue;
		assert_string_equal(err.code, "E_RELEASE_FLOOR");
		if (strstr(err.text, floors[i].says) == NULL)
			fail_msg("row %zu: %s", i, err.text);
	}
}

static void
finds_every_profile_of_the_tree_above_the_floor(void **state)
{
	static const char *const codes[] = { "MA", "EG", "TN" };
	static const char *const asked[] = { "adult", "child", "rapid" };
	const struct sample *s = *state;

	for (size_t i = 0; i < 9; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_mechanism)
		m = ih_mechanism_load(s->library, codes[i / 3], &err);
		IH_OWNED(ih_instrument)
		instrument = ih_instrument_load(s->library, asked[i % 3], &err);

		assert_non_null(m);
		assert_non_null(instrument);
		if (!ih_release_check(m, instrument, &err))
			fail_msg("%s", err.text);
		assert_non_null(
		    ih_mechanism_profile_for(m, codes[i / 3], true));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(says_a_few_codes_and_no_more),
		TEST(tells_a_band_for_a_number_and_nothing_of_what_is_rare),
		TEST(never_tells_of_a_child_nor_of_whom_it_is_not_sure),
		TEST(
		    goes_only_from_where_an_adult_refused_and_fears_nobody_there),
		TEST(holds_none_of_a_thousand_planted_marks),
		TEST(refuses_a_profile_that_could_name_somebody),
		TEST(finds_every_profile_of_the_tree_above_the_floor),
	};

	return cmocka_run_group_tests(tests, sample_open, sample_close);
}
