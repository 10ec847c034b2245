#include "test.h"

#include "fixture.h"

static struct ih_assessment *
assess(const char *line, struct ih_answers **answers)
{
	*answers = answers_of(line);
	return ih_assess(small_framework, *answers);
}

/* "indicated", "possible..indicated" */
static const char *
outcome_of(const struct ih_assessment *a)
{
	static char text[64];

	if (a->settled)
		return ih_level_name(a->bounds.at_least);
	snprintf(text, sizeof text, "%s..%s", ih_level_name(a->bounds.at_least),
	    ih_level_name(a->bounds.at_most));
	return text;
}

static const char *
outcome(const char *line)
{
	IH_OWNED(ih_answers) answers = NULL;
	IH_OWNED(ih_assessment) a = assess(line, &answers);

	return outcome_of(a);
}

#define NO_SIGNS "s1=no s2=no m1=no m2=no m3=no w1=no w2=no"
#define NO_PURPOSE "p1=no p2=no worked=no"
#define NO_FORMS "forms=Work"
#define ADULT "age=34"

static void
says_what_the_answers_support(void **state)
{
	static const struct {
		const char *says, *line, *outcome;
	} rows[] = {
		{ "all no: no indication so far",
		    NO_SIGNS " " NO_PURPOSE " " NO_FORMS " " ADULT,
		    "no-indication" },
		{ "nothing answered: everything is open", "",
		    "no-indication..indicated" },
		{ "means and purpose",
		    "s1=yes s2=yes p1=yes p2=yes " NO_FORMS " " ADULT,
		    "indicated" },
		{ "for an adult purpose alone is possible",
		    NO_SIGNS " p1=yes p2=yes " NO_FORMS " " ADULT, "possible" },
		{ "for a child purpose alone is indicated",
		    NO_SIGNS " p1=yes p2=yes " NO_FORMS " age=17",
		    "indicated" },
		{ "an age not known leaves both open",
		    NO_SIGNS " p1=yes p2=yes " NO_FORMS " age=refused",
		    "possible..indicated" },
		{ "a form seen is enough to be possible",
		    NO_SIGNS " " NO_PURPOSE " forms=Begging " ADULT,
		    "possible" },
		{ "refused signs are not no",
		    "s1=refused s2=refused m1=no m2=no m3=no w1=no w2=no "
		    "p1=yes p2=yes " NO_FORMS " " ADULT,
		    "possible..indicated" },
		{ "one refused sign that cannot tip the rule is settled",
		    "s1=refused s2=no m1=no m2=no m3=no w1=no w2=no "
		    "p1=yes p2=yes " NO_FORMS " " ADULT,
		    "possible" },
		{ "what is certain already needs no more answers",
		    "s1=yes s2=yes p1=yes p2=yes", "indicated" },
		{ "a skipped question is no sign",
		    NO_SIGNS " p1=yes p2=no worked=no " NO_FORMS " " ADULT,
		    "no-indication" },
		{ "an unanswered one may be",
		    NO_SIGNS " p1=yes p2=no worked=yes " NO_FORMS " " ADULT,
		    "no-indication..possible" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strcmp(outcome(rows[i].line), rows[i].outcome) != 0)
			fail_msg("%s: %s", rows[i].says, outcome(rows[i].line));
}

static void
every_missing_state_is_open_alike(void **state)
{
	static const char *const missing[] = { "blank", "unknown", "refused",
		"not-asked" };

	(void)state;
	for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
		char line[256];

		snprintf(line, sizeof line,
		    "s1=%s s2=yes m1=no m2=no m3=no w1=no w2=no p1=yes "
		    "p2=yes " NO_FORMS " " ADULT,
		    missing[i]);
		assert_string_equal(outcome(line), "possible..indicated");
	}
}

static void
urgency_is_judged_apart(void **state)
{
	static const struct {
		const char *line;
		enum ih_three urgent;
	} rows[] = {
		{ "safe=no", IH_TRUE },
		{ "safe=yes", IH_FALSE },
		{ "safe=refused", IH_UNDETERMINED },
		{ "", IH_UNDETERMINED },
		{ NO_SIGNS " " NO_PURPOSE " safe=no", IH_TRUE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_answers) answers = NULL;
		IH_OWNED(ih_assessment) a = assess(rows[i].line, &answers);

		assert_int_equal(a->bounds.urgencies[0], rows[i].urgent);
	}
}

static void
counts_what_is_not_answered_without_the_identity_part(void **state)
{
	IH_OWNED(ih_answers) answers = NULL;
	IH_OWNED(ih_assessment) a = assess(
	    "safe=no s1=refused s2=unknown m1=unknown worked=no name=refused",
	    &answers);

	(void)state;
	assert_int_equal(a->unanswered[IH_REFUSED], 1);
	assert_int_equal(a->unanswered[IH_UNKNOWN], 2);
	/* 18 items: one of identity, paid, paid-late and wishes skipped. */
	assert_int_equal(a->asked, 14);
	assert_int_equal(a->unanswered[IH_BLANK], 9);
}

static void
names_the_rows_that_are_met_highest_first(void **state)
{
	IH_OWNED(ih_answers) answers = NULL;
	IH_OWNED(ih_assessment) a =
	    assess("s1=yes w1=yes p1=yes p2=yes forms=Begging", &answers);

	(void)state;
	assert_int_equal(a->met_count, 3);
	assert_string_equal(a->met[0]->id, "means-and-purpose");
	assert_string_equal(a->met[1]->id, "purpose-alone");
	assert_string_equal(a->met[2]->id, "form-seen");
	assert_string_equal(a->rows[0]->id, "strong-and-lesser");
	assert_string_equal(a->rows[1]->id, "two-strong");
}

/* ---- against every way the open questions could turn out */

static const char *const open_items[] = { "s1", "s2", "m1", "m2", "m3", "w1",
	"p1", "p2" };
enum { OPEN = sizeof open_items / sizeof open_items[0] };

/* One vector; its items set to yes, no or blank: 1, 0, 2. */
struct trial {
	struct ih_answer answers[64];
	struct ih_bounds bounds;
	size_t at[OPEN];
};

static void
start_trial(struct trial *trial, struct ih_arena *arena)
{
	IH_OWNED(ih_answers) answers =
	    answers_of("w2=no worked=no forms=Work age=34 safe=yes");

	memcpy(trial->answers, answers->answers,
	    small->item_count * sizeof trial->answers[0]);
	trial->bounds = ih_bounds_new(small_framework, arena);
	for (int i = 0; i < OPEN; i++)
		trial->at[i] = ih_instrument_item(small, open_items[i])->at;
}

static void
set(struct trial *trial, int item, int value)
{
	struct ih_answer *answer = &trial->answers[trial->at[item]];

	answer->state = value == 2 ? IH_BLANK : IH_GIVEN;
	answer->codes = value == 2 ? 0 : UINT64_C(1) << !value;
}

static void
find(struct trial *trial, unsigned long way, int base)
{
	for (int i = 0; i < OPEN; i++, way /= (unsigned)base)
		set(trial, i, (int)(way % (unsigned)base));
	ih_bounds_find(small_framework, trial->answers, &trial->bounds);
}

static bool
completes(unsigned long full, unsigned long way)
{
	for (int i = 0; i < OPEN; i++, full /= 2, way /= 3)
		if (way % 3 != 2 && way % 3 != full % 2)
			return false;
	return true;
}

static void
bounds_are_those_of_all_completions(void **state)
{
	static struct trial trial;
	enum ih_level full[1 << OPEN];
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	start_trial(&trial, arena);
	for (unsigned long way = 0; way < 1 << OPEN; way++) {
		find(&trial, way, 2);
		assert_int_equal(trial.bounds.at_least, trial.bounds.at_most);
		full[way] = trial.bounds.at_least;
	}
	for (unsigned long way = 0; way < 6561; way++) {
		enum ih_level least = IH_LEVELS, most = IH_NO_INDICATION;

		for (unsigned long f = 0; f < 1 << OPEN; f++) {
			if (!completes(f, way))
				continue;
			least = full[f] < least ? full[f] : least;
			most = full[f] > most ? full[f] : most;
		}
		find(&trial, way, 3);
		assert_int_equal(trial.bounds.at_least, least);
		assert_int_equal(trial.bounds.at_most, most);
	}
}

/* The level when exactly the flagged indicators are present. */
static enum ih_level
level_with(struct trial *trial, unsigned long present)
{
	for (int i = 0; i < OPEN; i++)
		set(trial, i, (int)(present >> i & 1));
	ih_bounds_find(small_framework, trial->answers, &trial->bounds);
	return trial->bounds.at_least;
}

static void
the_sufficient_set_suffices_and_none_is_smaller(void **state)
{
	static struct trial trial;
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	start_trial(&trial, arena);
	for (unsigned long way = 0; way < 1 << OPEN; way++) {
		char line[256] = "w2=no worked=no forms=Work age=34";
		unsigned long marked = 0, best = 99;
		IH_OWNED(ih_answers) answers = NULL;

		for (int i = 0; i < OPEN; i++)
			snprintf(line + strlen(line),
			    sizeof line - strlen(line), " %s=%s", open_items[i],
			    way >> i & 1 ? "yes" : "no");
		IH_OWNED(ih_assessment) a = assess(line, &answers);
		for (int i = 0; i < OPEN; i++) {
			/* w2 stands between w1 and p1 among the indicators */
			size_t at = (size_t)(i + (i > 5));

			if (a->sufficient[at])
				marked |= 1UL << i;
		}
		for (unsigned long sub = 0; sub <= way; sub++)
			if ((sub & ~way) == 0 &&
			    level_with(&trial, sub) == a->bounds.at_least &&
			    (unsigned long)__builtin_popcountl(sub) < best)
				best = (unsigned long)__builtin_popcountl(sub);
		assert_int_equal(marked & ~way, 0);
		assert_int_equal(level_with(&trial, marked),
		    a->bounds.at_least);
		assert_int_equal(__builtin_popcountl(marked), best);
	}
}

/* Could a yes or no to ITEM make a difference in some completion? */
static bool
matters(const enum ih_level *full, unsigned long way, int item)
{
	for (unsigned long f = 0; f < 1 << OPEN; f++)
		if ((f >> item & 1) == 0 && completes(f, way) &&
		    full[f] != full[f | 1UL << item])
			return true;
	return false;
}

static bool
lists(const struct ih_assessment *a, const char *item)
{
	for (size_t i = 0; i < a->settle_count; i++)
		if (strcmp(a->settle[i].item->id, item) == 0)
			return true;
	return false;
}

static void
lists_exactly_the_questions_that_could_change_it(void **state)
{
	static struct trial trial;
	static const char *const said[] = { "no", "yes", "refused" };
	enum ih_level full[1 << OPEN];
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	start_trial(&trial, arena);
	for (unsigned long way = 0; way < 1 << OPEN; way++)
		full[way] = level_with(&trial, way);
	/* Every seventh way: 938 of them. */
	for (unsigned long way = 0; way < 6561; way += 7) {
		char line[256] = "w2=no worked=no forms=Work age=34 safe=yes";
		unsigned long rest = way;
		IH_OWNED(ih_answers) answers = NULL;

		for (int i = 0; i < OPEN; i++, rest /= 3)
			snprintf(line + strlen(line),
			    sizeof line - strlen(line), " %s=%s", open_items[i],
			    said[rest % 3]);
		IH_OWNED(ih_assessment) a = assess(line, &answers);
		rest = way;
		for (int i = 0; i < OPEN; i++, rest /= 3)
			if (lists(a, open_items[i]) !=
			    (rest % 3 == 2 && matters(full, way, i)))
				fail_msg("%s: %s", line, open_items[i]);
	}
}

static void
asks_the_most_decisive_question_first(void **state)
{
	IH_OWNED(ih_answers) answers = NULL;
	/* p2 decides purpose, and so the outcome; a means only adds to it. */
	IH_OWNED(ih_assessment) a = assess("s1=yes s2=refused m1=no m2=no "
					   "m3=no w1=no w2=no p1=yes worked=no "
					   "forms=Work age=34",
	    &answers);

	(void)state;
	assert_int_equal(a->settle_count, 2);
	assert_string_equal(a->settle[0].item->id, "p2");
	assert_string_equal(a->settle[1].item->id, "s2");
	assert_int_equal(a->settle[0].indicators, 1);
}

static void
a_question_that_opens_others_comes_before_them(void **state)
{
	IH_OWNED(ih_answers) answers = NULL;
	IH_OWNED(ih_assessment) a =
	    assess(NO_SIGNS " p1=yes p2=no " NO_FORMS " " ADULT, &answers);

	(void)state;
	assert_int_equal(a->settle_count, 3);
	assert_string_equal(a->settle[0].item->id, "worked");
	assert_true(a->settle[0].gate);
	assert_string_equal(a->settle[1].item->id, "paid");
	assert_true(a->settle[1].gate);
	assert_string_equal(a->settle[2].item->id, "paid-late");
	assert_false(a->settle[2].gate);
}

static void
a_fact_of_an_outcome_can_be_what_is_missing(void **state)
{
	IH_OWNED(ih_answers) answers = NULL;
	IH_OWNED(ih_assessment) a =
	    assess(NO_SIGNS " p1=yes p2=yes worked=no " NO_FORMS " age=unknown",
		&answers);

	(void)state;
	assert_int_equal(a->settle_count, 1);
	assert_string_equal(a->settle[0].item->id, "age");
	assert_int_equal(a->settle[0].indicators, 0);
}

/* ---- the rules we ship */

struct shipped_row {
	const char *says, *line, *outcome, *urgent;
};

static bool
is_urgent(const struct ih_assessment *a, const char *id)
{
	for (size_t i = 0; i < a->framework->urgency_count; i++)
		if (strcmp(a->framework->urgencies[i].id, id) == 0)
			return a->bounds.urgencies[i] == IH_TRUE;
	return false;
}

static void
check_shipped(const char *instrument, const char *framework,
    const struct shipped_row *rows, size_t count)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_instrument) asked =
	    ih_instrument_load(library, instrument, &err);
	IH_OWNED(ih_framework) rules =
	    ih_framework_load(library, framework, asked, &err);

	if (rules == NULL)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < count; i++) {
		IH_OWNED(ih_answers) answers =
		    try_answers_to(asked, rows[i].line, &err);

		if (answers == NULL)
			fail_msg("%s: %s", rows[i].says, err.text);
		IH_OWNED(ih_assessment) a = ih_assess(rules, answers);
		if (strcmp(outcome_of(a), rows[i].outcome) != 0)
			fail_msg("%s: %s", rows[i].says, outcome_of(a));
		if (rows[i].urgent != NULL && !is_urgent(a, rows[i].urgent))
			fail_msg("%s: not urgent", rows[i].says);
	}
}

#define AGREED "consent-interview=yes guardian-agreement=yes "
#define AT(age, doubt) "age=" age " age-doubt=" doubt " "
#define NO_ACT "others-role=none "
#define TAKEN "others-role=Transported "
#define TRUE_PROMISES "told-untrue=none "
#define NO_FORCE "pressure-before=none "
#define NO_WORK "worked=no living-conditions=none "
#define WORK                                                                   \
	"worked=yes hours-day=10 pay-practices=unpaid work-conditions=none "   \
	"work-forbidden=no living-conditions=none "
#define NOT_HELD                                                               \
	"situation-before=none situation-used=none papers-held=with-me "       \
	"debt-terms=none limits=none hurt=none threats=none imposed=none "     \
	"influence=none situation-there=none "
#define NO_FORM "exploitation-form=None"

static void
for_a_child_no_means_is_required(void **state)
{
	static const struct shipped_row rows[] = {
		{ "others took part, and exploitation",
		    AGREED AT("15", "no")
			TAKEN TRUE_PROMISES NO_FORCE WORK NOT_HELD NO_FORM,
		    "indicated", "child" },
		{ "recruitment by deception is an act",
		    AGREED AT("15", "no") NO_ACT
		    "told-untrue=work,wages " NO_FORCE WORK NOT_HELD NO_FORM,
		    "indicated", "child" },
		{ "recruitment by force is an act",
		    AGREED AT("15", "no") NO_ACT TRUE_PROMISES
		    "pressure-before=violence,debt " WORK NOT_HELD NO_FORM,
		    "indicated", "child" },
		{ "others took part, and a form in the overview",
		    AGREED AT("15", "no")
			TAKEN TRUE_PROMISES NO_FORCE NO_WORK NOT_HELD
		    "exploitation-form=ForcedMarriage",
		    "indicated", "child" },
		{ "exploitation alone is possible",
		    AGREED AT("15", "no")
			NO_ACT TRUE_PROMISES NO_FORCE WORK NOT_HELD NO_FORM,
		    "possible", "child" },
		{ "a journey with others alone indicates nothing",
		    AGREED AT("15", "no")
			TAKEN TRUE_PROMISES NO_FORCE NO_WORK NOT_HELD NO_FORM,
		    "no-indication", "child" },
		{ "deception before any exploitation is possible",
		    AGREED AT("15", "no") NO_ACT
		    "told-untrue=schooling,work " NO_FORCE NO_WORK NOT_HELD
			NO_FORM,
		    "possible", "child" },
		{ "age in doubt is treated as a child",
		    AGREED AT("20", "yes")
			TAKEN TRUE_PROMISES NO_FORCE WORK NOT_HELD NO_FORM,
		    "indicated", "child" },
		{ "at 20 without a doubt a means is required",
		    AGREED AT("20", "no")
			TAKEN TRUE_PROMISES NO_FORCE WORK NOT_HELD NO_FORM,
		    "possible", NULL },
		{ "an age not given leaves it open",
		    AGREED AT("refused", "no")
			TAKEN TRUE_PROMISES NO_FORCE WORK NOT_HELD NO_FORM,
		    "possible..indicated", NULL },
		{ "a refused question is not no",
		    AGREED AT("15", "no") "others-role=refused " TRUE_PROMISES
			NO_FORCE WORK NOT_HELD NO_FORM,
		    "possible..indicated", "child" },
		{ "nothing found",
		    AGREED AT("15", "no")
			NO_ACT TRUE_PROMISES NO_FORCE NO_WORK NOT_HELD NO_FORM,
		    "no-indication", "child" },
		{ "the guardian does not agree: not judged, danger apart",
		    "guardian-agreement=no safe-now=no",
		    "no-indication..indicated", "not-safe" },
		{ "a child alone cannot wait",
		    "with-child=no-one consent-interview=no",
		    "no-indication..indicated", "child-alone" },
		{ "an adult in doubt cannot wait",
		    "with-child=doubt consent-interview=no",
		    "no-indication..indicated", "adult-in-doubt" },
		{ "what a child has disclosed stops the interview",
		    AGREED "specialised-interview=yes",
		    "no-indication..indicated", "specialised-interview" },
	};

	(void)state;
	check_shipped("child", "ilo-child-labour", rows,
	    sizeof rows / sizeof rows[0]);
}

static void
a_short_interview_never_indicates(void **state)
{
	static const struct shipped_row rows[] = {
		{ "one sign asks for a full interview",
		    "consent-interview=yes age=30 papers-held=with-me "
		    "free-to-leave=yes limits=none work-signs=debt "
		    "harm-signs=none told-what-to-say=no signs=none",
		    "possible", NULL },
		{ "every sign asks for no more than that",
		    "consent-interview=yes age=30 papers-held=kept "
		    "free-to-leave=no "
		    "limits=leave-place,go-alone,family-contact,talk-others "
		    "work-signs=little-pay,pay-kept,debt,long-hours,against-"
		    "will "
		    "harm-signs=violence,threats,authorities "
		    "told-what-to-say=yes "
		    "signs=marks,fear,spoken-for,rehearsed,no-address",
		    "possible", "still-held" },
		{ "no sign is no indication so far",
		    "consent-interview=yes age=30 papers-held=lost "
		    "free-to-leave=yes limits=none work-signs=none "
		    "harm-signs=none told-what-to-say=no signs=none",
		    "no-indication", NULL },
		{ "what was refused leaves it open",
		    "consent-interview=yes age=16 papers-held=refused",
		    "no-indication..possible", "child" },
		{ "declined: not judged", "consent-interview=no",
		    "no-indication..indicated", NULL },
	};

	(void)state;
	check_shipped("rapid", "rapid-signs", rows,
	    sizeof rows / sizeof rows[0]);
}

/* ---- what is written */

static struct ih_buffer *
written(const char *line)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_answers) answers = NULL;
	IH_OWNED(ih_assessment) a = assess(line, &answers);

	ih_answers_pin(answers, "", 0);
	if (!ih_assessment_write(a, out, &err))
		fail_msg("%s", err.text);
	return IH_GIVE(out);
}

static void
fits_its_schema(void **state)
{
	static const char *const lines[] = { "", "safe=no",
		"s1=yes s2=refused p1=yes p2=unknown forms=Begging",
		NO_SIGNS " " NO_PURPOSE " " NO_FORMS " " ADULT };
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(library, "assessment", &err);

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		IH_OWNED(ih_buffer) out = written(lines[i]);
		IH_OWNED(xmlDoc) doc =
		    ih_xml_read("a.xml", out->data, out->size, &err);

		assert_non_null(doc);
		if (!ih_schema_check(schema, doc, "a.xml", &err))
			fail_msg("%s: %s", lines[i], err.text);
	}
}

static void
the_same_answers_give_the_same_bytes(void **state)
{
	IH_OWNED(ih_buffer) once = written("s1=yes p1=refused forms=Begging");
	IH_OWNED(ih_buffer) again = written("s1=yes p1=refused forms=Begging");

	(void)state;
	assert_int_equal(once->size, again->size);
	assert_memory_equal(once->data, again->data, once->size);
}

static void
the_order_of_the_answers_does_not_count(void **state)
{
	IH_OWNED(ih_buffer) one =
	    written("s1=yes worked=yes paid=no forms=Begging,Work age=17");
	IH_OWNED(ih_buffer) other =
	    written("age=17 forms=Work,Begging paid=no s1=yes worked=yes");

	(void)state;
	assert_int_equal(one->size, other->size);
	assert_memory_equal(one->data, other->data, one->size);
}

static void
a_question_that_was_skipped_is_told_with_its_reason(void **state)
{
	IH_OWNED(ih_buffer) out = written("worked=no p1=yes");
	IH_OWNED(ih_buffer) asked = written("worked=yes paid=refused");

	(void)state;
	assert_non_null(strstr((char *)out->data,
	    "<skipped item=\"paid\">\n    <because item=\"worked\" "
	    "state=\"given\" by=\"person\"/>\n  </skipped>"));
	assert_non_null(strstr((char *)out->data,
	    "<skipped item=\"paid-late\">\n    <because item=\"paid\" "
	    "state=\"not-asked\"/>\n  </skipped>"));
	assert_null(strstr((char *)out->data, "id=\"sign-unpaid\""));
	/* Refused is no skip, nor does it close what hangs on it. */
	assert_null(strstr((char *)asked->data, "<skipped"));
}

static void
is_pinned_to_what_it_depends_on(void **state)
{
	IH_OWNED(ih_buffer) out = written("s1=yes");
	const char *text = (const char *)out->data;

	(void)state;
	assert_non_null(strstr(text, small->digest));
	assert_non_null(strstr(text, small_framework->digest));
	assert_non_null(strstr(text, "engine=\"" IH_ENGINE_VERSION "\""));
	assert_non_null(strstr(text, "training=\"true\""));
}

static void
json_says_the_same(void **state)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_answers) answers = NULL;
	IH_OWNED(ih_assessment) a = assess("safe=no s1=yes s2=yes", &answers);
	const char *text;

	(void)state;
	ih_assessment_json(a, out);
	text = (const char *)out->data;
	assert_int_equal(text[0], '{');
	assert_non_null(strstr(text, "\"level\":\"undetermined\""));
	assert_non_null(
	    strstr(text, "{\"row\":\"not-safe\",\"present\":\"true\"}"));
	assert_non_null(strstr(text, "\"row\":\"two-strong\""));
	assert_non_null(strstr(text, "\"settle\":[{\"item\":"));
	assert_non_null(strstr(text, "\"refused\":0"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(says_what_the_answers_support),
		TEST(every_missing_state_is_open_alike),
		TEST(urgency_is_judged_apart),
		TEST(counts_what_is_not_answered_without_the_identity_part),
		TEST(names_the_rows_that_are_met_highest_first),
		TEST(bounds_are_those_of_all_completions),
		TEST(the_sufficient_set_suffices_and_none_is_smaller),
		TEST(lists_exactly_the_questions_that_could_change_it),
		TEST(asks_the_most_decisive_question_first),
		TEST(a_question_that_opens_others_comes_before_them),
		TEST(a_fact_of_an_outcome_can_be_what_is_missing),
		TEST(for_a_child_no_means_is_required),
		TEST(a_short_interview_never_indicates),
		TEST(fits_its_schema),
		TEST(the_same_answers_give_the_same_bytes),
		TEST(the_order_of_the_answers_does_not_count),
		TEST(a_question_that_was_skipped_is_told_with_its_reason),
		TEST(is_pinned_to_what_it_depends_on),
		TEST(json_says_the_same),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
