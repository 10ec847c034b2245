/* A case from elsewhere: what did not come is never "no". */
#include "sample.h"

#include "ihala/assess.h"
#include "ihala/continuity.h"
#include "ihala/node.h"

#define RECEIVED "2026-03-20"

/* CASE as RECIPIENT gets it, by the profile of SENDER. */
static xmlDoc *
sent_by(const struct sample *s, struct docs *docs,
    const struct ih_mechanism *sender, const char *recipient)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	const struct ih_release release = { .mechanism = sender,
		.profile = "referral",
		.recipient = recipient,
		.authorisation = "EXEMPLE-7",
		.day = RECEIVED,
		.instrument = s->instrument };

	if (!ih_release_cut(&release, docs->facts, docs->identity, out, &err))
		fail_msg("%s %s", err.code, err.text);
	xmlDoc *cut = reread(out);
	if (!ih_schema_check(s->cases, cut, "cut", &err))
		fail_msg("%s", err.text);
	return cut;
}

static xmlDoc *
sent(const struct sample *s, const struct twist *twists)
{
	struct docs docs = sample_case(s, twists);
	xmlDoc *cut = sent_by(s, &docs, s->ma, "TN");

	docs_free(&docs);
	return cut;
}

static struct ih_continuity *
read_by(const xmlDoc *cut, const struct ih_instrument *here)
{
	struct ih_error err = { 0 };
	struct ih_continuity *c =
	    ih_continuity_read(cut, here, NULL, "TN", RECEIVED, &err);

	if (c == NULL)
		fail_msg("%s %s", err.code, err.text);
	return c;
}

/* The first child NAME, of whatever format. */
static xmlNode *
inner(const xmlDoc *doc, const char *name)
{
	xmlNode *n = xmlDocGetRootElement(doc)->children;

	while (n->type != XML_ELEMENT_NODE ||
	       strcmp((const char *)n->name, name) != 0)
		n = n->next;
	return n;
}

static enum ih_had
had(const struct ih_continuity *c, const char *item)
{
	return (enum ih_had)c->had[ih_instrument_item(c->here, item)->at];
}

static void
says_of_each_question_what_came_of_it(void **state)
{
	static const struct {
		const char *item;
		enum ih_had had;
	} rows[] = {
		{ "age", IH_HAD_UNKNOWN },
		{ "sex", IH_HAD_GIVEN },
		{ "citizenship", IH_HAD_REFUSED },
		{ "needs", IH_HAD_OPEN },
		{ "exploitation-form", IH_HAD_OPEN },
		{ "interpreter-neutral", IH_HAD_GIVEN },
		{ "threats", IH_HAD_UNSENT },
		{ "own-words", IH_HAD_UNSENT },
	};
	const struct sample *s = *state;
	const struct twist twists[] = { { "age", "!unknown" },
		{ "citizenship", "!refused" }, { "needs", "!blank" },
		{ "exploitation-form", "!not-asked" }, { NULL, NULL } };
	IH_OWNED(xmlDoc) cut = sent(s, twists);
	IH_OWNED(ih_continuity) c = read_by(cut, s->instrument);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (had(c, rows[i].item) != rows[i].had)
			fail_msg("%s is %s", rows[i].item,
			    ih_had_name(had(c, rows[i].item)));
	assert_true(c->same);
}

/* Of what the record leaves out nothing may be known, whatever it was. */
static void
takes_what_was_not_sent_for_undetermined(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(xmlDoc) cut = sent(s, NULL);
	IH_OWNED(ih_continuity) c = read_by(cut, s->instrument);
	size_t unsent = 0;

	for (size_t i = 0; i < s->instrument->item_count; i++) {
		if (c->had[i] != IH_HAD_UNSENT)
			continue;
		unsent++;
		assert_int_equal(c->answers->answers[i].state, IH_BLANK);
		assert_int_equal(ih_had_asking((enum ih_had)c->had[i]),
		    IH_ASK_SENDER);
	}
	assert_true(unsent > 30);
}

/* An older sender wrote nothing where nothing was answered. */
static void
takes_a_question_that_is_not_there_for_not_sent(void **state)
{
	const struct sample *s = *state;
	const struct twist twists[] = { { "needs", "!blank" }, { NULL, NULL } };
	IH_OWNED(xmlDoc) cut = sent(s, twists);
	xmlNode *answers = inner(cut, "answers");

	for (xmlNode *n = ih_child(answers, "answer"); n;
	     n = ih_next(n, "answer"))
		if (strcmp(ih_attr(n, "item"), "needs") == 0) {
			xmlUnlinkNode(n);
			xmlFreeNode(n);
			break;
		}
	IH_OWNED(ih_continuity) c = read_by(cut, s->instrument);
	assert_int_equal(had(c, "needs"), IH_HAD_UNSENT);
}

/* ---- random interviews */

static uint64_t
below(uint64_t *seed, uint64_t most)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (*seed >> 33) % most;
}

static const char *
any_answer(uint64_t *seed, const struct ih_item *item, char text[32])
{
	uint64_t dice = below(seed, 12);

	if (strncmp(item->id, "consent-", 8) == 0 ||
	    strncmp(item->id, "fears-", 6) == 0 ||
	    strcmp(item->id, "stay-status") == 0 || item->part != IH_FACTS)
		return NULL;
	if (dice == 0)
		return "!refused";
	if (dice == 1)
		return "!unknown";
	if (dice == 2)
		return "!blank";
	if (item->choices == NULL)
		return NULL;
	snprintf(text, 32, "%.31s",
	    item->choices->list[below(seed, item->choices->count)].code);
	return text;
}

static struct twist *
any_interview(const struct sample *s, uint64_t *seed, struct ih_arena *arena)
{
	struct twist *twists = ih_arena_take(arena,
	    (s->instrument->item_count + 1) * sizeof *twists);
	size_t count = 0;

	for (size_t i = 0; i < s->instrument->item_count; i++) {
		const struct ih_item *item = &s->instrument->items[i];
		char text[32];
		const char *answer = any_answer(seed, item, text);

		if (answer != NULL)
			twists[count++] = (struct twist){ item->id,
				ih_arena_text(arena, answer) };
	}
	return twists;
}

static bool
is_within(const struct ih_framework *f, const struct ih_answer *whole,
    const struct ih_answer *part, struct ih_arena *arena, int *wider)
{
	struct ih_bounds there = ih_bounds_new(f, arena);
	struct ih_bounds here = ih_bounds_new(f, arena);

	ih_bounds_find(f, whole, &there);
	ih_bounds_find(f, part, &here);
	*wider +=
	    here.at_most > there.at_most || here.at_least < there.at_least;
	return here.at_least <= there.at_least && here.at_most >= there.at_most;
}

/* Whatever is cut away, the result of the whole interview stays within the
 * bounds found for the part of it that came. */
static void
holds_the_whole_result_within_the_bounds_of_the_part(void **state)
{
	static const char *const names[] = { "ilo-adult-labour", "law-tn",
		"law-eg", "law-ma" };
	enum { FRAMEWORKS = sizeof names / sizeof names[0] };
	const struct sample *s = *state;
	struct ih_framework *frameworks[FRAMEWORKS];
	struct ih_error err = { 0 };
	uint64_t seed = 11;
	int wider = 0;

	for (int i = 0; i < FRAMEWORKS; i++)
		frameworks[i] = ih_framework_load(s->library, names[i],
		    s->instrument, &err);
	for (unsigned round = 0; round < 300 / one_in(50); round++) {
		IH_OWNED(ih_arena) arena = ih_arena_new();
		const struct twist *twists = any_interview(s, &seed, arena);
		IH_OWNED(xmlDoc) whole = sample_answers(s, twists);
		IH_OWNED(ih_answers)
		all = ih_answers_read(whole, s->instrument, &err);
		IH_OWNED(xmlDoc) cut = sent(s, twists);
		IH_OWNED(ih_continuity) c = read_by(cut, s->instrument);

		for (int i = 0; i < FRAMEWORKS; i++)
			if (!is_within(frameworks[i], all->answers,
				c->answers->answers, arena, &wider))
				fail_msg("round %u, %s", round, names[i]);
	}
	assert_true(wider > 0);
	for (int i = 0; i < FRAMEWORKS; i++)
		ih_framework_free(frameworks[i]);
}

/* ---- consent, another version, another committee */

static void
knows_a_consent_that_came_as_an_entry(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(xmlDoc) cut = sent(s, NULL);
	IH_OWNED(ih_continuity) c = read_by(cut, s->instrument);

	assert_int_equal(had(c, "consent-interview"), IH_HAD_GIVEN);
	assert_string_equal(ih_answers_code(c->answers, "consent-interview"),
	    "yes");
	assert_int_equal(had(c, "consent-abroad"), IH_HAD_GIVEN);
}

/* The questionnaire with FROM instead of TO, under another version. */
static struct ih_instrument *
other_version(const struct sample *s, const char *from, const char *to)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema)
	schema = ih_schema_load(s->library, "instrument", &err);
	IH_OWNED(ih_buffer)
	file = ih_library_read(s->library, "xml/instrument/adult.xml", &err);
	IH_OWNED(ih_buffer) made = ih_buffer_new();
	const char *text = (const char *)file->data, *at = strstr(text, from);

	assert_non_null(at);
	ih_buffer_add(made, text, (size_t)(at - text));
	ih_buffer_text(made, to);
	ih_buffer_add(made, at + strlen(from),
	    file->size - (size_t)(at - text) - strlen(from));
	struct ih_instrument *other =
	    ih_instrument_read(schema, "adult", made->data, made->size, &err);
	if (other == NULL)
		fail_msg("%s", err.text);
	return other;
}

static void
takes_over_what_another_version_still_asks(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(ih_instrument) other =
	    other_version(s, "version=\"1.0.0\"", "version=\"1.7.0\"");
	IH_OWNED(xmlDoc) cut = sent(s, NULL);
	IH_OWNED(ih_continuity) c = read_by(cut, other);

	assert_false(c->same);
	assert_string_equal(c->version, "1.0.0");
	assert_int_equal(had(c, "sex"), IH_HAD_GIVEN);
	assert_string_equal(ih_answers_code(c->answers, "sex"), "female");
	assert_int_equal(c->count[IH_HAD_OTHER], 0);
}

static void
leaves_out_an_answer_that_is_none_to_the_question_here(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(ih_instrument) other =
	    other_version(s, "code=\"female\"", "code=\"woman\"");
	IH_OWNED(xmlDoc) cut = sent(s, NULL);
	IH_OWNED(ih_continuity) c = read_by(cut, other);

	assert_int_equal(had(c, "sex"), IH_HAD_OTHER);
	assert_int_equal(
	    c->answers->answers[ih_instrument_item(other, "sex")->at].state,
	    IH_BLANK);
	assert_int_equal(had(c, "age"), IH_HAD_GIVEN);
	assert_int_equal(ih_had_asking(IH_HAD_OTHER), IH_ASK_SENDER);
}

static void
refuses_answers_to_another_questionnaire(void **state)
{
	const struct sample *s = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_instrument)
	child = ih_instrument_load(s->library, "child", &err);
	IH_OWNED(xmlDoc) cut = sent(s, NULL);

	assert_null(ih_continuity_read(cut, child, NULL, "TN", RECEIVED, &err));
	assert_string_equal(err.code, "E_INSTRUMENT");
}

/* Tunis sends on what Rabat sent: nobody there knows what stayed in Rabat. */
static void
does_not_turn_not_sent_into_open_on_the_way(void **state)
{
	const struct sample *s = *state;
	const struct twist twists[] = { { "fears-which", "LY" },
		{ "needs", "!blank" }, { NULL, NULL } };
	IH_OWNED(xmlDoc) first = sent(s, twists);
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) asked = ih_buffer_new();
	IH_OWNED(ih_mechanism) tn = ih_mechanism_load(s->library, "TN", &err);
	/* The person was asked about Egypt in Tunis. */
	const struct ih_flag_entry none = { .flag = IH_FLAG_ASYLUM,
		.about = "EG",
		.raised = false };
	xmlNode *answers = inner(first, "answers");
	xmlNode *said =
	    xmlNewChild(answers, answers->ns, (const xmlChar *)"answer", NULL);

	xmlSetProp(said, (const xmlChar *)"item",
	    (const xmlChar *)"fears-state");
	xmlNewChild(said, answers->ns, (const xmlChar *)"value",
	    (const xmlChar *)"no");
	assert_true(ih_record_add_flag(first, &none, RECEIVED, asked, &err));
	IH_OWNED(xmlDoc) here = reread(asked);
	struct docs docs = { here, NULL };
	IH_OWNED(xmlDoc) second = sent_by(s, &docs, tn, "EG");
	IH_OWNED(ih_continuity)
	c = ih_continuity_read(second, s->instrument, NULL, "EG", RECEIVED,
	    &err);
	assert_non_null(c);
	assert_int_equal(had(c, "threats"), IH_HAD_UNSENT);
	assert_int_equal(had(c, "sex"), IH_HAD_GIVEN);
}

/* ---- side by side */

static void
compares_only_what_came(void **state)
{
	const struct sample *s = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_framework)
	f = ih_framework_load(s->library, "ilo-adult-labour", s->instrument,
	    &err);
	IH_OWNED(xmlDoc) cut = sent(s, NULL);
	IH_OWNED(ih_continuity) c = read_by(cut, s->instrument);
	struct ih_bounds bounds = ih_bounds_new(f, arena);
	struct ih_standing there, here;

	assert_true(
	    ih_standing_read(inner(cut, "assessment"), arena, &there, &err));
	ih_bounds_find(f, c->answers->answers, &bounds);
	here = ih_continuity_standing(f, &bounds, arena);
	struct ih_rescore found = ih_continuity_compare(&there, &here, arena);
	assert_true(found.count > 0);
	for (size_t i = 0; i < found.count; i++) {
		assert_int_not_equal(found.changes[i].what, IH_STAND_INDICATOR);
		assert_int_not_equal(found.changes[i].what, IH_STAND_URGENCY);
		/* What may still hold is no "no". */
		assert_int_not_equal(found.changes[i].now, IH_STOOD_FALSE);
	}
}

static void
has_words_for_everything_it_names(void **state)
{
	(void)state;
	for (int i = 0; i < IH_HADS; i++) {
		char key[64];

		snprintf(key, sizeof key, "continuity.had.%s",
		    ih_had_name((enum ih_had)i));
		for (enum ih_lang lang = IH_AR; lang < IH_LANGS; lang++)
			assert_non_null(
			    ih_word((struct ih_tongue){ .lang = lang }, key));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(says_of_each_question_what_came_of_it),
		TEST(takes_what_was_not_sent_for_undetermined),
		TEST(takes_a_question_that_is_not_there_for_not_sent),
		TEST(holds_the_whole_result_within_the_bounds_of_the_part),
		TEST(knows_a_consent_that_came_as_an_entry),
		TEST(takes_over_what_another_version_still_asks),
		TEST(leaves_out_an_answer_that_is_none_to_the_question_here),
		TEST(refuses_answers_to_another_questionnaire),
		TEST(does_not_turn_not_sent_into_open_on_the_way),
		TEST(compares_only_what_came),
		TEST(has_words_for_everything_it_names),
	};

	return cmocka_run_group_tests(tests, sample_open, sample_close);
}
