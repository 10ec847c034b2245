#include "test.h"

#include "../../src/registry/query.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/user.h"
#include "office.h"

/*
 * A second reading of xml/lifecycle/case.xml, which shares nothing with
 * lifecycle.c: rows of words, looked up one by one.
 */
struct rule {
	const char *from, *event, *to, *role, *guard, *effect;
};

static xmlDoc *table;
static struct {
	struct rule rules[128];
	size_t count;
	const char *start;
} axes[IH_AXES];

static bool
names(const char *list, const char *word)
{
	char padded[512], wanted[64];

	snprintf(padded, sizeof padded, " %s ", list != NULL ? list : "");
	snprintf(wanted, sizeof wanted, " %s ", word);
	return strstr(padded, wanted) != NULL;
}

static int
read_table(void **state)
{
	struct ih_error err = { 0 };

	if (office_start(state) != 0)
		return 1;
	table = ih_schema_read(office_library, "xml/lifecycle/case.xml",
	    "lifecycle", &err);
	const xmlNode *axis = ih_child(xmlDocGetRootElement(table), "axis");
	for (int a = 0; a < IH_AXES; a++, axis = ih_next(axis, "axis")) {
		axes[a].start = ih_attr(axis, "start");
		axes[a].count = 0;
		for (const xmlNode *n = ih_child(axis, "move"); n != NULL;
		     n = ih_next(n, "move"))
			axes[a].rules[axes[a].count++] =
			    (struct rule){ ih_attr(n, "from"),
				    ih_attr(n, "event"), ih_attr(n, "to"),
				    ih_attr(n, "role"), ih_attr(n, "guard"),
				    ih_attr(n, "effect") };
	}
	return 0;
}

static int
drop_table(void **state)
{
	xmlFreeDoc(table);
	return office_end(state);
}

/* ---- who plays */

static const struct player {
	const char *name, *acts_as; /* roles and what they enter for others */
	ih_role_set roles;
} players[] = {
	{ "hakima",
	    "supervisor committee person system recipient"
	    " second-signer service-provider",
	    IH_ROLE_BIT(IH_SUPERVISOR) | IH_ROLE_BIT(IH_COMMITTEE_OFFICER) },
	{ "idris", "supervisor case-worker person system service-provider",
	    IH_ROLE_BIT(IH_SUPERVISOR) | IH_ROLE_BIT(IH_CASE_WORKER) },
	{ "jamila",
	    "committee screener person system recipient second-signer"
	    " service-provider",
	    IH_ROLE_BIT(IH_COMMITTEE_OFFICER) | IH_ROLE_BIT(IH_SCREENER) },
	{ "karim",
	    "committee person system recipient second-signer"
	    " service-provider data-protection-officer",
	    IH_ROLE_BIT(IH_COMMITTEE_OFFICER) |
		IH_ROLE_BIT(IH_DATA_PROTECTION_OFFICER) },
	{ "latifa", "data-protection-officer",
	    IH_ROLE_BIT(IH_DATA_PROTECTION_OFFICER) },
};
enum { HAKIMA = 0, IDRIS = 1, JAMILA = 2, KARIM = 3, LATIFA = 4 };
#define PLAYERS (sizeof players / sizeof players[0])

/* From now on PLAYER is who sits before the program. */
static void
sit_down(struct ih_registry *registry, const struct player *player)
{
	snprintf(registry->user, sizeof registry->user, "%s", player->name);
	registry->roles = player->roles;
}

/* ---- what has to come of a move */

struct model {
	char state[IH_AXES][IH_STATE_TEXT];
	const char *last[IH_AXES]; /* who last did something; NULL: nobody */
	bool held, proposed;
	bool took_part[PLAYERS], before[PLAYERS];
};

static const struct rule *
rule_for(int axis, const char *from, const char *event)
{
	for (size_t i = 0; i < axes[axis].count; i++)
		if (names(axes[axis].rules[i].from, from) &&
		    strcmp(axes[axis].rules[i].event, event) == 0)
			return &axes[axis].rules[i];
	return NULL;
}

/* Every rule that is against it, as a list of codes; "": none. */
static void
broken_rules(const struct model *m, int axis, const struct rule *rule,
    size_t player, char list[static 128])
{
	const char *last = m->last[axis];
	char role[40];
	bool may = false;

	list[0] = '\0';
	if (rule == NULL) {
		strcpy(list, "E_MOVE");
		return;
	}
	for (const char *r = rule->role; sscanf(r, "%39s", role) == 1;
	     r = strchr(r, ' ') != NULL ? strchr(r, ' ') + 1 : "")
		may |= names(players[player].acts_as, role);
	if (!may)
		strcat(list, "E_ROLE ");
	if (names(rule->guard, "not-held") && m->held)
		strcat(list, "E_HELD ");
	if (names(rule->guard, "restoring"))
		strcat(list, "E_MOVE ");
	if (names(rule->guard, "four-eyes") && last != NULL &&
	    strcmp(last, players[player].name) == 0)
		strcat(list, "E_FOUR_EYES ");
	if (names(rule->guard, "proposed") && !m->proposed)
		strcat(list, "E_NOT_PROPOSED ");
	if (names(rule->guard, "other-decider") && m->before[player])
		strcat(list, "E_OTHER_DECIDER ");
}

static void
happen(struct model *m, int axis, const struct rule *rule, size_t player)
{
	const char *to = rule->to;

	if (to != NULL || (rule->effect != NULL && rule->effect[0] != '\0' &&
			      !names(rule->effect, "urgent")))
		m->last[axis] = players[player].name;
	m->held = (m->held || names(rule->effect, "hold")) &&
		  !names(rule->effect, "release");
	if (axis == IH_DETERMINATION) {
		m->proposed = names(rule->effect, "propose");
		m->took_part[player] |=
		    m->proposed || names(rule->effect, "decide");
		if (to != NULL)
			memcpy(m->before, m->took_part, sizeof m->before);
	}
	if (to != NULL)
		snprintf(m->state[axis], IH_STATE_TEXT, "%s", to);
}

/* ---- ten thousand histories */

struct tally {
	long moves, refusals, deviations;
};

static void
compare(struct ih_registry *registry, const char *code, struct model *m,
    int axis, const char *event, size_t player, struct tally *tally)
{
	const struct rule *rule = rule_for(axis, m->state[axis], event);
	struct ih_error err = { 0 };
	struct ih_case_row row;
	char broken[128];

	broken_rules(m, axis, rule, player, broken);
	if (broken[0] == '\0' && names(rule->effect, "erase"))
		return; /* test_erase.c: it has a transaction of its own */
	sit_down(registry, &players[player]);
	bool moved =
	    ih_case_move(registry, code, (enum ih_axis)axis, event, &err);
	if (moved && broken[0] == '\0')
		happen(m, axis, rule, player);
	assert_true(ih_case_row(registry, code, &row, &(struct ih_error){ 0 }));
	bool right = moved == (broken[0] == '\0') &&
		     (moved || (names(broken, err.code) && err.text[0] != 0));
	for (int a = 0; a < IH_AXES; a++)
		right &= strcmp(row.state[a], m->state[a]) == 0;
	right &= row.held == m->held;
	if (!right)
		print_error("%s %s by %s: %s, and not '%s'\n", event,
		    m->state[axis], players[player].name,
		    moved ? "moved" : err.code, broken);
	tally->moves += moved;
	tally->refusals += !moved;
	tally->deviations += !right;
}

static unsigned
draw(unsigned *seed, size_t below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (unsigned)((*seed >> 8) % below);
}

/* Half of the events are ones that the state has, so that all are reached. */
static const char *
an_event(const struct model *m, int axis, unsigned *seed)
{
	const struct rule *rule =
	    &axes[axis].rules[draw(seed, axes[axis].count)];

	for (int i = draw(seed, 2) != 0 ? 16 : 0;
	     i > 0 && !names(rule->from, m->state[axis]); i--)
		rule = &axes[axis].rules[draw(seed, axes[axis].count)];
	return rule->event;
}

/* The case is as new again when it is over. */
static void
one_history(struct ih_registry *registry, const char *code, unsigned number,
    struct tally *tally)
{
	struct model m = { 0 };
	struct ih_error err = { 0 };
	unsigned seed = number * 2654435761u + 1;
	/* One axis is walked further than the others. */
	int favourite = (int)draw(&seed, IH_AXES);
	IH_OWNED(ih_transaction) undone = ih_transaction_begin(registry, &err);

	assert_non_null(undone);
	for (int a = 0; a < IH_AXES; a++)
		snprintf(m.state[a], IH_STATE_TEXT, "%s", axes[a].start);
	for (unsigned steps = 4 + draw(&seed, 12); steps > 0; steps--) {
		int axis =
		    draw(&seed, 3) != 0 ? favourite : (int)draw(&seed, IH_AXES);

		compare(registry, code, &m, axis, an_event(&m, axis, &seed),
		    draw(&seed, PLAYERS), tally);
	}
}

#define HISTORIES 10000

static void
keeps_to_its_table_through_ten_thousand_histories(void **state)
{
	struct tally tally = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	/* Memory checkers take forty times as long. */
	unsigned all = getenv("IHALA_FEW") != NULL ? HISTORIES / 40 : HISTORIES;
	char code[IH_CODE_TEXT];
	office_admit(registry, "second", IH_ROLE_BIT(IH_SUPERVISOR));
	add_case(registry, 1, code);
	for (unsigned i = 1; i <= all; i++)
		one_history(registry, code, i, &tally);
	print_message("# %u histories: %ld moves, %ld refusals, "
		      "%ld deviations\n",
	    all, tally.moves, tally.refusals, tally.deviations);
	assert_int_equal(tally.deviations, 0);
	assert_true(tally.moves > all && tally.refusals > all);
}

/* ---- support */

static void
starts_support_whatever_was_determined(void **state)
{
	static const char *const from[] = { "referred-for-determination",
		"awaiting-info", "notify-only" };
	static const char *const determined[] = { "none", "possible",
		"presumed", "confirmed", "not-confirmed",
		"reconsideration-open", "upheld", "withdrawn-by-person" };
	IH_OWNED(ih_registry) registry = office_open();
	unsigned number = 0;

	(void)state;
	for (size_t f = 0; f < sizeof from / sizeof from[0]; f++)
		for (size_t d = 0; d < sizeof determined / sizeof determined[0];
		     d++) {
			struct ih_error err = { 0 };
			char code[IH_CODE_TEXT], sql[160];

			add_case(registry, ++number, code);
			snprintf(sql, sizeof sql,
			    "UPDATE case_file SET file = '%s',"
			    " determination = '%s' WHERE code = '%s'",
			    from[f], determined[d], code);
			tamper("registry.db", sql);
			if (!ih_case_move(registry, code, IH_FILE,
				"start-support", &err))
				fail_msg("%s, %s: %s", from[f], determined[d],
				    err.text);
		}
}

/* ---- what holds a case back */

static void
destroys_nothing_under_a_legal_hold_nor_alone(void **state)
{
	static const struct {
		size_t player;
		const char *event, *refused; /* NULL: it happens */
	} story[] = {
		{ LATIFA, "hold", NULL },
		{ KARIM, "destroy", "E_HELD" },
		{ KARIM, "destroy-again", "E_MOVE" },
		{ LATIFA, "release", NULL },
		{ LATIFA, "destroy", "E_FOUR_EYES" },
		{ HAKIMA, "destroy", "E_ROLE" },
		{ KARIM, "destroy", NULL },
	};
	char code[IH_CODE_TEXT], sql[96];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	office_admit(registry, "second", IH_ROLE_BIT(IH_SUPERVISOR));
	add_case(registry, 1, code);
	snprintf(sql, sizeof sql,
	    "UPDATE case_file SET file = 'closed' WHERE code = '%s'", code);
	tamper("registry.db", sql);
	for (size_t i = 0; i < sizeof story / sizeof story[0]; i++) {
		struct ih_error err = { 0 };

		sit_down(registry, &players[story[i].player]);
		bool done =
		    ih_case_move(registry, code, IH_FILE, story[i].event, &err);
		if (done != (story[i].refused == NULL) ||
		    (!done && strcmp(err.code, story[i].refused) != 0))
			fail_msg("%zu %s: %s %s", i, story[i].event, err.code,
			    err.text);
	}
}

/* ---- two people, and others */

/* Whoever finished an interview does not confirm it because somebody said in
 * between that there is danger. */
static void
counts_only_who_did_something_as_the_other_pair_of_eyes(void **state)
{
	static const struct {
		size_t player;
		const char *event, *refused; /* NULL: it happens */
	} story[] = {
		{ HAKIMA, "open", NULL },
		{ HAKIMA, "finalise", NULL },
		{ JAMILA, "danger", NULL },
		{ JAMILA, "safe", NULL },
		{ HAKIMA, "confirm-possible", "E_FOUR_EYES" },
		{ IDRIS, "confirm-possible", NULL },
	};
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	office_admit(registry, "second", IH_ROLE_BIT(IH_SUPERVISOR));
	add_case(registry, 1, code);
	for (size_t i = 0; i < sizeof story / sizeof story[0]; i++) {
		struct ih_error err = { 0 };

		sit_down(registry, &players[story[i].player]);
		if (ih_case_move(registry, code, IH_FILE, story[i].event,
			&err) != (story[i].refused == NULL))
			fail_msg("%zu %s: %s", i, story[i].event, err.code);
		if (story[i].refused != NULL)
			assert_string_equal(err.code, story[i].refused);
	}
}

static bool
determine(struct ih_registry *registry, const char *code, size_t player,
    const char *event, struct ih_error *err)
{
	*err = (struct ih_error){ 0 };
	sit_down(registry, &players[player]);
	return ih_case_move(registry, code, IH_DETERMINATION, event, err);
}

static void
lets_nobody_decide_alone_nor_again(void **state)
{
	static const struct {
		size_t player;
		const char *event, *refused; /* NULL: it happens */
	} story[] = {
		{ HAKIMA, "presume", NULL },
		{ JAMILA, "not-confirm", "E_NOT_PROPOSED" },
		{ HAKIMA, "propose", NULL },
		{ HAKIMA, "not-confirm", "E_FOUR_EYES" },
		{ JAMILA, "not-confirm", NULL },
		{ JAMILA, "ask-reconsideration", NULL },
		{ JAMILA, "propose", "E_OTHER_DECIDER" },
		{ HAKIMA, "propose", "E_OTHER_DECIDER" },
		{ KARIM, "uphold", "E_NOT_PROPOSED" },
		{ KARIM, "propose", NULL },
		{ KARIM, "uphold", "E_FOUR_EYES" },
		{ HAKIMA, "uphold", "E_OTHER_DECIDER" },
		{ JAMILA, "confirm", "E_OTHER_DECIDER" },
	};
	struct player nadia = { "nadia", "",
		IH_ROLE_BIT(IH_COMMITTEE_OFFICER) };
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	office_admit(registry, "second", IH_ROLE_BIT(IH_SUPERVISOR));
	add_case(registry, 1, code);
	for (size_t i = 0; i < sizeof story / sizeof story[0]; i++) {
		bool done = determine(registry, code, story[i].player,
		    story[i].event, &err);

		if (done != (story[i].refused == NULL))
			fail_msg("%zu %s: %s", i, story[i].event, err.code);
		if (!done)
			assert_string_equal(err.code, story[i].refused);
	}
	sit_down(registry, &nadia);
	assert_true(
	    ih_case_move(registry, code, IH_DETERMINATION, "uphold", &err));
}

static void
knows_beside_which_outcomes_a_decision_needs_a_reason(void **state)
{
	static const struct {
		const char *decided, *outcomes;
	} against[] = {
		{ "presumed", "no-indication" },
		{ "confirmed", "no-indication" },
		{ "not-confirmed", "indicated possible" },
		{ "upheld", "indicated possible" },
		{ "possible", "" },
		{ "withdrawn-by-person", "" },
		{ "nonsense", "" },
	};
	static const char *const outcomes[] = { "indicated", "possible",
		"undetermined", "no-indication", "" };
	struct ih_error err = { 0 };
	IH_OWNED(ih_lifecycle)
	lifecycle = ih_lifecycle_read(office_library, &err);

	(void)state;
	for (size_t i = 0; i < sizeof against / sizeof against[0]; i++)
		for (size_t k = 0; k < sizeof outcomes / sizeof outcomes[0];
		     k++)
			assert_int_equal(ih_lifecycle_is_against(lifecycle,
					     IH_DETERMINATION,
					     against[i].decided, outcomes[k]),
			    outcomes[k][0] != '\0' &&
				names(against[i].outcomes, outcomes[k]));
}

/* Who practises alone may play all, but not without proposing. */
static void
lets_one_person_practise_with_proposals(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	static const char *const events[] = { "presume", "propose",
		"not-confirm", "serve", "ask-reconsideration", "propose",
		"uphold", "serve" };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
		if (!ih_case_move(registry, code, IH_DETERMINATION, events[i],
			&err))
			fail_msg("%s: %s", events[i], err.text);
}

int
main(void)
{
#define FRESH(test)                                                            \
	cmocka_unit_test_setup_teardown(test, read_table, drop_table)
	const struct CMUnitTest tests[] = {
		FRESH(keeps_to_its_table_through_ten_thousand_histories),
		FRESH(starts_support_whatever_was_determined),
		FRESH(destroys_nothing_under_a_legal_hold_nor_alone),
		FRESH(counts_only_who_did_something_as_the_other_pair_of_eyes),
		FRESH(lets_nobody_decide_alone_nor_again),
		FRESH(lets_one_person_practise_with_proposals),
		FRESH(knows_beside_which_outcomes_a_decision_needs_a_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
