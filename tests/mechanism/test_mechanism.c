/* The countries as shipped: what a lawyer and an officer rely on. */
#include "sample.h"

#include "ihala/answers.h"
#include "ihala/date.h"

static const char *const committees[] = { "MA", "EG", "TN" };
#define COMMITTEES (sizeof committees / sizeof committees[0])

static struct ih_mechanism *
load(void **state, const char *code)
{
	const struct sample *s = *state;
	struct ih_error err = { 0 };
	struct ih_mechanism *m = ih_mechanism_load(s->library, code, &err);

	if (m == NULL)
		fail_msg("%s", err.text);
	return m;
}

static void
loads_each_country_with_its_names(void **state)
{
	for (size_t i = 0; i < COMMITTEES; i++) {
		IH_OWNED(ih_mechanism) m = load(state, committees[i]);

		assert_string_equal(m->code, committees[i]);
		assert_int_equal(m->kind, IH_COMMITTEE);
		for (enum ih_lang lang = IH_AR; lang < IH_LANGS; lang++)
			assert_non_null(ih_texts_say(&m->name,
			    ih_mechanism_tongue(m, lang)));
		assert_string_equal(m->languages[0], "ar");
	}
}

static void
gives_every_hotline_a_day_it_was_checked(void **state)
{
	size_t seen = 0;

	for (size_t i = 0; i < COMMITTEES; i++) {
		IH_OWNED(ih_mechanism) m = load(state, committees[i]);
		struct ih_date checked;

		assert_true(m->hotline_count > 0);
		for (size_t n = 0; n < m->hotline_count; n++, seen++) {
			assert_true(ih_date_parse(m->hotlines[n].source.checked,
			    &checked));
			assert_true(checked.year >= 2018);
			assert_true(m->hotlines[n].source.text[0] != '\0');
		}
	}
	assert_int_equal(seen, 5);
}

/* One row for each element the laws name. */
static const size_t elements[] = { 31, 27, 29 };

static void
cites_an_article_and_a_source_for_every_element(void **state)
{
	for (size_t i = 0; i < COMMITTEES; i++) {
		IH_OWNED(ih_mechanism) m = load(state, committees[i]);
		size_t kinds[IH_ELEMENT_KINDS] = { 0 };

		assert_int_equal(m->element_count, elements[i]);
		for (size_t n = 0; n < m->element_count; n++) {
			const struct ih_law_element *e = &m->elements[n];

			assert_true(e->article[0] != '\0');
			assert_true(e->source.text[0] != '\0');
			assert_non_null(e->source.confidence);
			kinds[e->kind]++;
		}
		for (int k = 0; k < IH_ELEMENT_KINDS; k++)
			assert_true(kinds[k] > 0);
	}
}

static void
calls_no_element_verified_that_was_not_read(void **state)
{
	for (size_t i = 0; i < COMMITTEES; i++) {
		IH_OWNED(ih_mechanism) m = load(state, committees[i]);

		for (size_t n = 0; n < m->element_count; n++)
			if (strcmp(m->elements[n].source.confidence, "high") !=
			    0)
				assert_string_equal(m->elements[n].status,
				    "provisional");
	}
}

static void
says_who_decides_in_each_country(void **state)
{
	static const char *const bodies[] = { "prosecution", "prosecution",
		"inltp" };

	for (size_t i = 0; i < COMMITTEES; i++) {
		IH_OWNED(ih_mechanism) m = load(state, committees[i]);

		assert_string_equal(m->determinations[0].body->id, bodies[i]);
	}
}

static enum ih_three
holds(const struct sample *s, const xmlNode *node, const char *age,
    const char *doubt, const char *sex)
{
	const struct twist twists[] = { { "age", age }, { "age-doubt", doubt },
		{ "sex", sex }, { NULL, NULL } };
	IH_OWNED(xmlDoc) doc = sample_answers(s, twists);
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_error err = { 0 };
	IH_OWNED(ih_answers) answers =
	    ih_answers_read(doc, s->instrument, &err);
	struct ih_faults faults = ih_faults_to(&err, "mechanism");
	struct ih_scope scope = { .instrument = s->instrument,
		.before = s->instrument->item_count,
		.facts_only = true };
	struct ih_condition condition;

	if (answers == NULL ||
	    !ih_condition_compile(node, &scope, arena, &condition, &faults))
		fail_msg("%s", err.text);
	return ih_condition_holds(&condition, answers->answers);
}

static const struct {
	const char *age, *doubt;
	enum ih_three waived;
} waivers[] = {
	{ "17", "no", IH_TRUE },
	{ "18", "no", IH_FALSE },
	{ "18", "yes", IH_TRUE },
	{ "!refused", "yes", IH_TRUE },
	{ "!unknown", "no", IH_UNDETERMINED },
};

static void
lets_nobody_decide_whom_its_data_do_not_name(void **state)
{
	static const struct {
		const char *country, *body;
		bool decides;
	} rows[] = {
		{ "MA", "prosecution", true },
		{ "MA", "cnclt", false },
		{ "MA", "court-support-unit", false },
		{ "EG", "prosecution", true },
		{ "EG", "nccpimtip", false },
		{ "EG", "victim-centre", false },
		{ "TN", "inltp", true },
		{ "TN", "special-victims-unit", true },
		{ "TN", "child-protection", false },
		{ "TN", "MA", false },
		{ "TN", "nobody", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_mechanism) m = load(state, rows[i].country);

		assert_int_equal(ih_mechanism_decides(m, rows[i].body),
		    rows[i].decides);
	}
}

static void
waives_the_means_for_a_child_and_where_age_is_in_doubt(void **state)
{
	for (size_t i = 0; i < COMMITTEES; i++) {
		IH_OWNED(ih_mechanism) m = load(state, committees[i]);

		assert_non_null(m->waiver);
		for (size_t n = 0; n < sizeof waivers / sizeof waivers[0]; n++)
			assert_int_equal(holds(*state, m->waiver,
					     waivers[n].age, waivers[n].doubt,
					     "female"),
			    waivers[n].waived);
	}
}

static const struct {
	const char *age, *doubt, *sex, *route, *via;
} egypt[] = {
	{ "12", "no", "male", "shelter-child", "social-defence" },
	{ "17", "no", "female", "shelter-child", "social-defence" },
	{ "19", "yes", "female", "shelter-child", "social-defence" },
	{ "18", "no", "male", "shelter-man", "social-defence" },
	{ "18", "no", "female", "shelter-woman", "women-affairs" },
	{ "11", "no", "female", NULL, NULL },
};

static void
routes_by_age_and_sex_in_egypt(void **state)
{
	IH_OWNED(ih_mechanism) m = load(state, "EG");

	for (size_t i = 0; i < sizeof egypt / sizeof egypt[0]; i++) {
		const struct ih_mechanism_route *found = NULL;

		for (size_t n = 0; n < m->route_count; n++)
			if (holds(*state, m->routes[n].condition, egypt[i].age,
				egypt[i].doubt, egypt[i].sex) == IH_TRUE) {
				assert_null(found);
				found = &m->routes[n];
			}
		if (egypt[i].route == NULL) {
			assert_null(found);
			continue;
		}
		assert_non_null(found);
		assert_string_equal(found->id, egypt[i].route);
		assert_string_equal(found->via->id, egypt[i].via);
		assert_string_equal(found->to->id, "victim-centre");
	}
}

/* A condition or a need that the instrument has not helps nobody. */
static void
speaks_only_of_items_the_instrument_has(void **state)
{
	const struct sample *s = *state;
	const struct ih_item *needs =
	    ih_instrument_item(s->instrument, "needs");

	for (size_t i = 0; i < COMMITTEES; i++) {
		IH_OWNED(ih_mechanism) m = load(state, committees[i]);
		const struct ih_profile *p =
		    ih_mechanism_profile(m, "referral");

		for (size_t n = 0; n < m->service_count; n++)
			assert_true(
			    ih_choices_find(needs->choices, m->services[n].need,
				strlen(m->services[n].need)) >= 0);
		for (size_t n = 0; n < p->item_count; n++)
			assert_int_equal(ih_instrument_item(s->instrument,
					     p->items[n].id)
					     ->part,
			    IH_FACTS);
		for (size_t n = 0; n < p->identity_count; n++)
			assert_int_equal(ih_instrument_item(s->instrument,
					     p->identity[n].id)
					     ->part,
			    IH_IDENTITY);
		for (size_t n = 0; n < m->route_count; n++)
			if (m->routes[n].condition != NULL)
				holds(s, m->routes[n].condition, "20", "no",
				    "male");
	}
}

static void
finds_what_it_has_and_nothing_else(void **state)
{
	IH_OWNED(ih_mechanism) m = load(state, "MA");

	assert_string_equal(ih_mechanism_body(m, "cnclt")->kind, "committee");
	assert_null(ih_mechanism_body(m, "inltp"));
	assert_string_equal(ih_mechanism_element(m, "ACT.LURE")->article,
	    "448-1 al.1");
	assert_null(ih_mechanism_element(m, "ACT.SALE"));
	assert_null(ih_mechanism_profile(m, "everything"));
	assert_string_equal(
	    ih_texts_say(&ih_mechanism_service(m, "legal")->text,
		ih_mechanism_tongue(m, IH_AR)),
	    "المساعدة القضائية، بحكم القانون");
}

static void
knows_a_partner_by_name_only(void **state)
{
	IH_OWNED(ih_mechanism) m = load(state, "IOM");

	assert_int_equal(m->kind, IH_PARTNER);
	assert_int_equal(m->body_count + m->profile_count + m->hotline_count,
	    0);
	assert_string_equal(m->languages[0], "en");
	assert_null(ih_mechanism_profile(m, "referral"));
	assert_string_equal(ih_mechanism_tongue(m, IH_FR).country, "");
}

static void
says_absent_where_there_is_no_such_country(void **state)
{
	static const char *const codes[] = { "ZZ", "", "ma", "MAR1", "../MA",
		"M", "ABCD" };
	const struct sample *s = *state;

	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		struct ih_error err = { 0 };

		assert_null(ih_mechanism_load(s->library, codes[i], &err));
		assert_int_equal(err.kind, IH_ABSENT);
	}
}

static void
refuses_another_format(void **state)
{
	struct ih_error err = { 0 };

	assert_null(ih_mechanism_read(sample_answers(*state, NULL), &err));
	assert_int_equal(err.kind, IH_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(loads_each_country_with_its_names),
		TEST(gives_every_hotline_a_day_it_was_checked),
		TEST(cites_an_article_and_a_source_for_every_element),
		TEST(calls_no_element_verified_that_was_not_read),
		TEST(says_who_decides_in_each_country),
		TEST(lets_nobody_decide_whom_its_data_do_not_name),
		TEST(waives_the_means_for_a_child_and_where_age_is_in_doubt),
		TEST(routes_by_age_and_sex_in_egypt),
		TEST(speaks_only_of_items_the_instrument_has),
		TEST(finds_what_it_has_and_nothing_else),
		TEST(knows_a_partner_by_name_only),
		TEST(says_absent_where_there_is_no_such_country),
		TEST(refuses_another_format),
	};

	return cmocka_run_group_tests(tests, sample_open, sample_close);
}
