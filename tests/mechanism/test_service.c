#include "sample.h"

#include "ihala/service.h"

static struct ih_services *
catalogue(const struct sample *sample, const char *committee)
{
	struct ih_error err = { 0 };
	struct ih_services *services =
	    ih_services_load(sample->library, committee, &err);

	if (services == NULL)
		fail_msg("%s", err.text);
	return services;
}

static const struct ih_situation *
situation(const struct ih_services *services, const char *id)
{
	for (size_t i = 0; i < services->situation_count; i++)
		if (strcmp(services->situations[i].id, id) == 0)
			return &services->situations[i];
	fail_msg("no situation %s", id);
	return NULL;
}

static void
has_words_in_three_languages_for_everything(void **state)
{
	IH_OWNED(ih_services) services = catalogue(*state, "MA");
	const struct ih_named_list *lists[] = { &services->needs,
		&services->causes, &services->results };

	for (int lang = 0; lang < IH_LANGS; lang++) {
		for (size_t l = 0; l < 3; l++)
			for (size_t i = 0; i < lists[l]->count; i++)
				assert_non_null(
				    lists[l]->rows[i].name.in[lang]);
		for (size_t i = 0; i < services->service_count; i++)
			assert_non_null(services->services[i].name.in[lang]);
	}
}

static void
meets_every_need_of_the_questionnaire_by_some_service(void **state)
{
	const struct sample *sample = *state;
	IH_OWNED(ih_services) services = catalogue(sample, "MA");
	const struct ih_item *needs =
	    ih_instrument_item(sample->instrument, services->item_needs);

	assert_non_null(needs);
	for (size_t i = 0; i < needs->choices->count; i++) {
		const char *need = needs->choices->list[i].code;
		bool met = strcmp(need, "none") == 0;

		for (size_t s = 0; s < services->service_count; s++)
			met |= ih_service_meets(&services->services[s], need);
		if (!met)
			fail_msg("nothing meets %s", need);
	}
}

static void
has_a_least_and_a_standard_for_each_of_the_five_basic_services(void **state)
{
	static const char *const five[] = { "shelter", "listening", "guidance",
		"accompaniment", "economic-support" };
	IH_OWNED(ih_services) services = catalogue(*state, "MA");

	for (size_t i = 0; i < 5; i++) {
		const struct ih_service *one =
		    ih_services_find(services, five[i]);

		assert_non_null(one);
		assert_true(one->step_count >= 2);
		assert_true(one->standards.count >= 4);
	}
}

static void
walks_a_child_through_the_six_stages_of_the_moroccan_circuit(void **state)
{
	static const char *const stages[] = { "detection",
		"immediate-assistance", "judicial-report", "social-assessment",
		"support-and-integration", "follow-up" };
	IH_OWNED(ih_services) services = catalogue(*state, "MA");
	const struct ih_circuit *circuit =
	    ih_services_circuit(services, "child");

	assert_non_null(circuit);
	assert_int_equal(circuit->count, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_string_equal(circuit->stages[i].id, stages[i]);
		assert_true(circuit->stages[i].services[0] != '\0');
	}
}

static void
has_no_circuit_of_a_country_in_another_country(void **state)
{
	IH_OWNED(ih_services) services = catalogue(*state, "TN");

	assert_null(ih_services_circuit(services, "child"));
	assert_non_null(ih_services_circuit(services, "trafficking"));
}

static void
tells_the_situation_by_the_answers(void **state)
{
	static const struct {
		struct twist twists[4];
		bool child, woman;
	} cases[] = {
		{ { { NULL, NULL } }, false, true },
		{ { { "sex", "male" } }, false, false },
		{ { { "age", "17" } }, true, false },
		{ { { "age", "18" } }, false, true },
		{ { { "age-doubt", "yes" } }, true, true },
		{ { { "age", "!unknown" } }, false, false },
		{ { { "sex", "!refused" } }, false, false },
	};
	const struct sample *sample = *state;
	IH_OWNED(ih_services) services = catalogue(sample, "MA");

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct docs docs = sample_case(sample, cases[i].twists);

		assert_true(
		    ih_situation_holds(situation(services, "trafficking"),
			docs.facts));
		assert_int_equal(ih_situation_holds(situation(services,
							"child"),
				     docs.facts),
		    cases[i].child);
		assert_int_equal(ih_situation_holds(situation(services,
							"woman"),
				     docs.facts),
		    cases[i].woman);
		docs_free(&docs);
	}
}

static void
knows_what_was_asked_for_and_whom_it_has_to_suit(void **state)
{
	static const struct twist twists[] = { { "needs", "legal" },
		{ "age", "!refused" }, { NULL, NULL } };
	const struct sample *sample = *state;
	IH_OWNED(ih_services) services = catalogue(sample, "MA");
	struct docs docs = sample_case(sample, twists);
	struct ih_suited suited = ih_services_suited(services, docs.facts);

	assert_true(ih_services_asked(services, docs.facts, "legal"));
	assert_false(ih_services_asked(services, docs.facts, "shelter"));
	assert_string_equal(suited.sex, "female");
	assert_string_equal(suited.language, "ar");
	assert_int_equal(suited.age, -1);
	docs_free(&docs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_words_in_three_languages_for_everything),
		cmocka_unit_test(
		    meets_every_need_of_the_questionnaire_by_some_service),
		cmocka_unit_test(
		    has_a_least_and_a_standard_for_each_of_the_five_basic_services),
		cmocka_unit_test(
		    walks_a_child_through_the_six_stages_of_the_moroccan_circuit),
		cmocka_unit_test(
		    has_no_circuit_of_a_country_in_another_country),
		cmocka_unit_test(tells_the_situation_by_the_answers),
		cmocka_unit_test(
		    knows_what_was_asked_for_and_whom_it_has_to_suit),
	};

	return cmocka_run_group_tests(tests, sample_open, sample_close);
}
