#include "../mechanism/sample.h"

#include "ihala/plan.h"

#define DAY "2026-06-15"
#define EVERYBODY IH_EVERY_ROLE

struct house {
	struct sample *sample;
	struct ih_services *services;
	struct ih_moves *moves;
	struct ih_schema *changes;
	struct docs docs;
	const char *closed; /* a provider that takes nobody; NULL: none */
	ih_role_set roles;
};

static struct house house;

static int
house_open(void **state)
{
	struct ih_error err = { 0 };
	void *sample = NULL;

	(void)state;
	if (sample_open(&sample) != 0)
		return -1;
	house.sample = sample;
	house.services = ih_services_load(house.sample->library, "MA", &err);
	house.moves = ih_moves_read(house.sample->library, IH_PLAN_MOVES, &err);
	house.changes = ih_schema_load(house.sample->library, "plan", &err);
	if (err.kind != IH_NONE)
		print_error("%s\n", err.text);
	return err.kind == IH_NONE ? 0 : -1;
}

static int
house_close(void **state)
{
	void *sample = house.sample;

	(void)state;
	ih_schema_free(house.changes);
	ih_moves_free(house.moves);
	ih_services_free(house.services);
	return sample_close(&sample);
}

static int
fresh(void **state)
{
	(void)state;
	house.docs = sample_case(house.sample, NULL);
	house.closed = NULL;
	house.roles = EVERYBODY;
	return 0;
}

static int
gone(void **state)
{
	(void)state;
	docs_free(&house.docs);
	return 0;
}

static bool
may(const char *provider, const char *service, void *with, struct ih_error *err)
{
	(void)service;
	(void)with;
	return house.closed == NULL || strcmp(provider, house.closed) != 0 ||
	       ih_fail_code(err, IH_STATE, "E_PROVIDER_SUSPENDED", "%s",
		   provider);
}

/* The list of CHANGES for CODE, as it comes out of the schema. */
static xmlDoc *
list_for(const char *code, const char *changes)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) text = ih_buffer_new();
	xmlDoc *doc;

	ih_buffer_printf(text,
	    "<changes xmlns='urn:ihala:plan:1' case='%s' version='1'"
	    " review='2026-12-31'>%s</changes>",
	    code, changes);
	doc = ih_xml_read("changes", text->data, text->size, &err);
	if (doc == NULL ||
	    !ih_schema_check(house.changes, doc, "changes", &err))
		fail_msg("%s", err.text);
	return doc;
}

static bool
try_for(const char *code, const char *changes, struct ih_error *err)
{
	const struct ih_plan_rules rules = { .services = house.services,
		.moves = house.moves,
		.roles = house.roles,
		.day = DAY,
		.may = may };
	IH_OWNED(xmlDoc) list = list_for(code, changes);
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	if (!ih_plan_apply(house.docs.facts, list, &rules, out, err)) {
		assert_int_equal(out->size, 0);
		return false;
	}
	advance(house.sample, &house.docs, out);
	return true;
}

static void
apply(const char *changes)
{
	struct ih_error err = { 0 };

	if (!try_for(house.sample->code, changes, &err))
		fail_msg("%s %s", err.code, err.text);
}

static void
refuses(const char *changes, enum ih_kind kind, const char *code)
{
	struct ih_error err = { 0 };

	if (try_for(house.sample->code, changes, &err))
		fail_msg("was made: %s", changes);
	assert_string_equal(err.code, code);
	assert_int_equal(err.kind, kind);
}

static struct ih_plan
plan_now(struct ih_arena *arena)
{
	return ih_plan_read(arena, house.docs.facts);
}

#define HOME                                                                   \
	"<add id='home' need='shelter' service='shelter' due='2026-06-16'>"    \
	"<objective>A place for tonight</objective></add>"
#define ASKED "<move item='home' event='request' provider='exemple'/>"

static void
starts_empty_and_keeps_what_was_planned(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_plan plan;

	(void)state;
	assert_int_equal(plan_now(arena).count, 0);
	apply(HOME "<view>Not far from here</view>"
		   "<agreement said='agreed' mode='oral'/>");
	plan = plan_now(arena);
	assert_int_equal(plan.count, 1);
	assert_string_equal(plan.review, "2026-12-31");
	assert_string_equal(plan.items[0].need, "shelter");
	assert_string_equal(plan.items[0].state, "needed");
	assert_string_equal(plan.items[0].due, "2026-06-16");
	assert_string_equal(plan.items[0].objective, "A place for tonight");
	assert_string_equal(plan.views[0].text, "Not far from here");
	assert_string_equal(plan.views[0].date, DAY);
	assert_string_equal(plan.agreements[0].said, "agreed");
}

static void
goes_from_a_need_to_what_came_of_it(void **state)
{
	static const char *const way[] = { "request", "offer", "accept",
		"deliver", "note-result" };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_plan plan;

	(void)state;
	apply(HOME ASKED "<move item='home' event='offer'/>"
			 "<move item='home' event='accept'/>");
	apply("<move item='home' event='deliver'/>");
	apply("<move item='home' event='note-result' result='met'/>");
	plan = plan_now(arena);
	assert_string_equal(plan.items[0].state, "done");
	assert_string_equal(plan.items[0].result, "met");
	assert_string_equal(plan.items[0].provider, "exemple");
	assert_int_equal(plan.items[0].step_count, 5);
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(plan.items[0].steps[i].event, way[i]);
}

static void
takes_a_refusal_for_a_result_from_every_state_before_delivery(void **state)
{
	static const char *const before[] = { "",
		"<move item='home' event='request' provider='exemple'/>",
		"<move item='home' event='offer'/>",
		"<move item='home' event='accept'/>" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		IH_OWNED(ih_arena) arena = ih_arena_new();
		struct ih_plan plan;

		gone(NULL);
		fresh(NULL);
		apply(HOME);
		for (size_t k = 0; k <= i; k++)
			apply(before[k]);
		apply("<move item='home' event='decline'/>");
		plan = plan_now(arena);
		assert_string_equal(plan.items[0].state, "declined");
		assert_string_equal(plan.items[0].cause, "person-refused");
		/* and nothing is closed by it */
		apply("<move item='home' event='need-again'/>");
		plan = plan_now(arena);
		assert_string_equal(plan.items[0].state, "needed");
		assert_string_equal(plan.items[0].cause, "");
	}
}

static void
counts_what_is_not_met_by_its_cause_and_nothing_else(void **state)
{
	size_t counts[32] = { 0 }, all = 0;
	const struct ih_named_list *causes = &house.services->causes;

	(void)state;
	assert_true(causes->count <= 32);
	apply(HOME "<add id='a' need='legal'/><add id='b' need='legal'/>"
		   "<add id='c' need='medical'/><add id='d' need='return'/>"
		   "<move item='a' event='find-unmet' cause='no-place'/>"
		   "<move item='b' event='find-unmet' cause='no-place'/>"
		   "<move item='c' event='decline'/>"
		   "<move item='d' event='find-unmet' cause='unsafe'/>"
		   "<move item='d' event='find-gone'/>");
	ih_plan_count_unmet(house.docs.facts, house.services, house.moves,
	    counts);
	ih_plan_count_unmet(house.docs.facts, house.services, house.moves,
	    counts);
	for (size_t i = 0; i < causes->count; i++)
		all += counts[i];
	assert_int_equal(all, 6);
	assert_int_equal(
	    counts[ih_named_find(causes, "no-place") - causes->rows], 4);
	assert_int_equal(
	    counts[ih_named_find(causes, "person-refused") - causes->rows], 2);
}

/* A cause that stayed where the state means something else is none. */
static void
counts_no_cause_in_a_state_that_is_not_unmet(void **state)
{
	static const char plan[] =
	    "<plan xmlns='urn:ihala:case:1'>"
	    "<item id='a' need='legal' state='gone' cause='no-place'/>"
	    "<item id='b' need='legal' state='unmet' cause='no-place'/></plan>";
	size_t counts[32] = { 0 };
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(xmlDoc) doc = ih_xml_read("plan", plan, sizeof plan - 1, &err);

	(void)state;
	assert_true(ih_record_set_plan(house.docs.facts,
	    xmlDocGetRootElement(doc), out, &err));
	advance(house.sample, &house.docs, out);
	ih_plan_count_unmet(house.docs.facts, house.services, house.moves,
	    counts);
	assert_int_equal(
	    counts[ih_named_find(&house.services->causes, "no-place") -
		   house.services->causes.rows],
	    1);
}

/* ---- the table of moves */

static const char *const states[] = { "needed", "requested", "offered",
	"accepted", "delivered", "done", "declined", "unmet", "gone" };

static void
lets_the_person_say_no_to_whatever_is_open_and_come_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
		bool open = ih_moves_means(house.moves, states[i], "open");
		const struct ih_move *no =
		    ih_moves_find(house.moves, states[i], "decline");
		const struct ih_move *again =
		    ih_moves_find(house.moves, states[i], "need-again");

		assert_int_equal(no != NULL, open);
		assert_int_equal(again != NULL, !open);
		assert_string_not_equal(ih_moves_say(house.moves, states[i],
					    (struct ih_tongue){
						.lang = IH_AR }),
		    states[i]);
	}
}

static void
refuses_what_is_no_table_of_moves(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_null(ih_moves_read(house.sample->library,
	    "xml/lifecycle/case.xml", &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_non_null(strstr(err.text, "no table of moves"));
}

static void
sends_nobody_where_nobody_is_taken(void **state)
{
	(void)state;
	house.closed = "exemple";
	apply(HOME);
	refuses(ASKED, IH_STATE, "E_PROVIDER_SUSPENDED");
	house.closed = NULL;
	apply(ASKED);
	/* it was suspended meanwhile */
	house.closed = "exemple";
	refuses("<move item='home' event='offer'/>", IH_STATE,
	    "E_PROVIDER_SUSPENDED");
	apply("<move item='home' event='find-unmet' cause='no-provider'/>");
}

static void
asks_for_another_provider_where_the_service_is_another(void **state)
{
	(void)state;
	apply("<add id='law' need='legal' service='legal-aid'/>"
	      "<move item='law' event='request' provider='exemple'/>"
	      "<move item='law' event='find-unmet' cause='no-place'/>"
	      "<set item='law' service='guidance'/>");
	refuses("<move item='law' event='request'/>", IH_INPUT, "E_PLAN_ASKS");
}

static void
makes_all_changes_or_none(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	refuses(HOME "<move item='home' event='deliver'/>", IH_STATE,
	    "E_PLAN_MOVE");
	assert_int_equal(plan_now(arena).count, 0);
}

static void
refuses_what_does_not_hold_together(void **state)
{
	static const struct {
		const char *changes, *code;
		enum ih_kind kind;
	} cases[] = {
		{ "<add id='x' need='a-dog'/>", "E_PLAN_NEED", IH_INPUT },
		{ "<add id='home' need='legal'/>", "E_PLAN_ITEM", IH_INPUT },
		{ "<set item='x'/>", "E_PLAN_ITEM", IH_INPUT },
		{ "<move item='x' event='request'/>", "E_PLAN_ITEM", IH_INPUT },
		{ "<add id='x' need='legal' service='shelter'/>",
		    "E_PLAN_SERVICE", IH_INPUT },
		{ "<add id='x' need='legal' service='massage'/>",
		    "E_PLAN_SERVICE", IH_INPUT },
		{ "<set item='home' due='2026-02-31'/>", "E_PLAN_DAY",
		    IH_INPUT },
		{ "<move item='home' event='request'/>", "E_PLAN_ASKS",
		    IH_INPUT },
		{ "<move item='home' event='find-unmet'/>", "E_PLAN_ASKS",
		    IH_INPUT },
		{ "<move item='home' event='find-unmet' cause='luck'/>",
		    "E_PLAN_ASKS", IH_INPUT },
		{ "<move item='home' event='accept'/>", "E_PLAN_MOVE",
		    IH_STATE },
		{ "<move item='home' event='fly'/>", "E_PLAN_MOVE", IH_STATE },
	};

	(void)state;
	apply(HOME);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		refuses(cases[i].changes, cases[i].kind, cases[i].code);
}

static void
refuses_the_changes_of_another_case(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_false(try_for("7KQF-3XMT-M", HOME, &err));
	assert_string_equal(err.code, "E_PLAN_CASE");
}

static void
asks_for_the_role_of_each_move(void **state)
{
	(void)state;
	apply(HOME);
	house.roles = IH_ROLE_BIT(IH_AUDITOR);
	refuses(ASKED, IH_DENIED, "E_ROLE");
	house.roles = IH_ROLE_BIT(IH_SCREENER);
	apply(ASKED);
}

static void
has_an_end_to_how_long_it_gets(void **state)
{
	IH_OWNED(ih_buffer) many = ih_buffer_new();

	(void)state;
	for (int i = 0; i < IH_PLAN_ITEMS; i++)
		ih_buffer_printf(many, "<add id='i%d' need='legal'/>", i);
	apply((const char *)many->data);
	refuses("<add id='more' need='legal'/>", IH_INPUT, "E_PLAN_FULL");
}

static void
leaves_with_no_release_and_comes_with_no_case(void **state)
{
	IH_OWNED(ih_buffer) cut = ih_buffer_new();
	struct ih_record_parts parts = { 0 };
	struct ih_error err = { 0 };
	const struct ih_release release = { .mechanism = house.sample->ma,
		.profile = "referral",
		.recipient = "TN",
		.authorisation = "TRAINING",
		.day = DAY,
		.instrument = house.sample->instrument };

	(void)state;
	apply(HOME);
	if (!ih_release_cut(&release, house.docs.facts, house.docs.identity,
		cut, &err))
		fail_msg("%s %s", err.code, err.text);
	assert_true(says(cut, "<answers"));
	assert_false(says(cut, "A place for tonight"));
	assert_false(says(cut, "<plan"));
	assert_true(ih_record_split(house.docs.facts, &parts, &err));
	assert_false(says(parts.facts, "<plan"));
	ih_record_parts_free(&parts);
}

#define PLAN(test) cmocka_unit_test_setup_teardown(test, fresh, gone)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLAN(starts_empty_and_keeps_what_was_planned),
		PLAN(goes_from_a_need_to_what_came_of_it),
		PLAN(
		    takes_a_refusal_for_a_result_from_every_state_before_delivery),
		PLAN(counts_what_is_not_met_by_its_cause_and_nothing_else),
		PLAN(counts_no_cause_in_a_state_that_is_not_unmet),
		PLAN(lets_the_person_say_no_to_whatever_is_open_and_come_back),
		PLAN(refuses_what_is_no_table_of_moves),
		PLAN(sends_nobody_where_nobody_is_taken),
		PLAN(asks_for_another_provider_where_the_service_is_another),
		PLAN(makes_all_changes_or_none),
		PLAN(refuses_what_does_not_hold_together),
		PLAN(refuses_the_changes_of_another_case),
		PLAN(asks_for_the_role_of_each_move),
		PLAN(has_an_end_to_how_long_it_gets),
		PLAN(leaves_with_no_release_and_comes_with_no_case),
	};

	return cmocka_run_group_tests(tests, house_open, house_close);
}
