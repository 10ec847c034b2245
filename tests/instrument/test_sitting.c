#include "test.h"

#include "../assess/fixture.h"
#include "ihala/sitting.h"

#define NOW 1767268800 /* 2026-01-01T12:00:00Z */

static const struct ih_sitting_head head = { .id = SMALL_ID,
	.committee = "MA",
	.channel = "ngo",
	.language = "ar",
	.date = { 2026, 5, 17 },
	.training = true };

static struct ih_sitting *
begun(void)
{
	struct ih_error err = { 0 };
	struct ih_sitting *sitting = ih_sitting_begin(small, &head, &err);

	if (sitting == NULL)
		fail_msg("%s %s", err.code, err.text);
	return sitting;
}

/* VALUE to ITEM, "" to none and "refused" as what it is. */
static bool
try_say(struct ih_sitting *sitting, const char *item, const char *value,
    struct ih_error *err)
{
	int state = ih_state_of(value, strlen(value));
	const struct ih_saying saying = { .by = IH_BY_PERSON,
		.state = state < 0 ? IH_GIVEN : (enum ih_state)state,
		.values = &value,
		.count = state < 0 && value[0] != '\0' };

	return ih_sitting_take(sitting, item, &saying, NOW, err);
}

static void
say(struct ih_sitting *sitting, const char *item, const char *value)
{
	struct ih_error err = { 0 };

	if (!try_say(sitting, item, value, &err))
		fail_msg("%s=%s: %s %s", item, value, err.code, err.text);
}

static xmlDoc *
checked(const struct ih_buffer *out, const char *format)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema = ih_schema_load(library, format, &err);
	xmlDoc *doc = schema != NULL ?
			  ih_xml_read(format, out->data, out->size, &err) :
			  NULL;

	if (doc == NULL || !ih_schema_check(schema, doc, format, &err))
		fail_msg("%s", err.text);
	return doc;
}

/* Written, held to its schema, and read. */
static struct ih_sitting *
again(const struct ih_sitting *sitting)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	ih_sitting_write(sitting, out);
	IH_OWNED(xmlDoc) doc = checked(out, "draft");
	struct ih_sitting *read =
	    ih_sitting_read(doc, sitting->instrument, &err);
	if (read == NULL)
		fail_msg("%s %s", err.code, err.text);
	return read;
}

static struct ih_answers *
completed(const struct ih_sitting *sitting)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	if (!ih_sitting_answers(sitting, false, out, &err))
		fail_msg("%s", err.text);
	IH_OWNED(xmlDoc) doc = checked(out, "answers");
	struct ih_answers *answers =
	    ih_answers_read(doc, sitting->instrument, &err);
	if (answers == NULL)
		fail_msg("%s %s", err.code, err.text);
	return answers;
}

static const struct ih_item *
item_of(const struct ih_sitting *sitting, const char *id)
{
	return ih_instrument_item(sitting->instrument, id);
}

/* ---- what is asked */

static void
asks_what_is_next_and_not_what_was_passed_over(void **state)
{
	IH_OWNED(ih_sitting) sitting = begun();
	const struct ih_item *first = ih_sitting_next(sitting);
	size_t all = ih_sitting_count(sitting).asked;

	(void)state;
	assert_ptr_equal(first, &small->items[0]);
	say(sitting, first->id, "blank");
	assert_ptr_equal(ih_sitting_next(sitting), &small->items[1]);
	assert_int_equal(ih_sitting_count(sitting).heard, 1);
	/* without the question that hangs on it */
	assert_int_equal(ih_sitting_count(sitting).asked, all - 1);
	assert_null(ih_sitting_beside(sitting, first, -1));
	assert_ptr_equal(ih_sitting_beside(sitting, first, 1),
	    &small->items[1]);
	assert_ptr_equal(ih_sitting_beside(sitting, &small->items[1], -1),
	    first);
	assert_null(ih_sitting_beside(sitting,
	    &small->items[small->item_count - 1], 1));
}

static void
skips_what_earlier_answers_make_irrelevant(void **state)
{
	IH_OWNED(ih_sitting) sitting = begun();
	const struct ih_item *paid = item_of(sitting, "paid");
	struct ih_error err = { 0 };

	(void)state;
	assert_true(ih_sitting_asks(sitting, paid)); /* not known yet */
	say(sitting, "worked", "no");
	assert_false(ih_sitting_asks(sitting, paid));
	assert_false(try_say(sitting, "paid", "yes", &err));
	assert_string_equal(err.code, "E_SKIPPED");
	assert_false(ih_sitting_heard(sitting, paid));
	say(sitting, "worked", "yes");
	assert_true(ih_sitting_asks(sitting, paid));
}

static void
asks_only_what_surely_may_be_asked(void **state)
{
	static const char *const unsure[] = { "refused", "unknown", "blank" };

	(void)state;
	for (size_t i = 0; i < sizeof unsure / sizeof unsure[0]; i++) {
		IH_OWNED(ih_sitting) sitting = begun();
		const struct ih_item *paid = item_of(sitting, "paid");

		say(sitting, "worked", "yes");
		say(sitting, "paid", "yes");
		say(sitting, "worked", unsure[i]);
		assert_false(ih_sitting_asks(sitting, paid));
		/* set aside, and not the same as a skip */
		IH_OWNED(ih_answers) without = completed(sitting);
		assert_int_equal(state_of(without, "paid"), IH_BLANK);
		assert_false(ih_answers_of(without, "paid")->said);
	}
}

static void
keeps_an_answer_that_a_later_one_sets_aside(void **state)
{
	IH_OWNED(ih_sitting) sitting = begun();

	(void)state;
	say(sitting, "worked", "yes");
	say(sitting, "paid", "yes");
	say(sitting, "paid-late", "no");
	say(sitting, "worked", "no");
	IH_OWNED(ih_sitting) aside = again(sitting);
	IH_OWNED(ih_answers) without = completed(aside);
	assert_int_equal(state_of(without, "paid"), IH_NOT_ASKED);
	assert_false(ih_answers_of(without, "paid")->said);
	assert_true(ih_sitting_heard(aside, item_of(aside, "paid")));
	say(aside, "worked", "yes");
	IH_OWNED(ih_answers) with = completed(aside);
	assert_string_equal(ih_answers_code(with, "paid"), "yes");
	assert_string_equal(ih_answers_code(with, "paid-late"), "no");
}

/* ---- what is said */

static void
keeps_each_kind_of_answer_as_it_was_said(void **state)
{
	const char *both[] = { "Work", "Other" };
	const struct ih_saying forms = { IH_BY_OBSERVED, IH_GIVEN, both, 2 };
	struct ih_error err = { 0 };
	IH_OWNED(ih_sitting) sitting = begun();

	(void)state;
	assert_true(ih_sitting_take(sitting, "forms", &forms, NOW, &err));
	say(sitting, "age", " \331\243\331\244\n");
	say(sitting, "born", "\331\242\331\240\331\242\331\244-05");
	say(sitting, "wishes", " first <line> & \"so\"\r\nsecond\rthird\n\n");
	say(sitting, "s1", "unknown");
	IH_OWNED(ih_sitting) kept = again(sitting);
	const struct ih_answer *all = kept->said;
	assert_int_equal(all[item_of(kept, "forms")->at].by, IH_BY_OBSERVED);
	assert_int_equal(__builtin_popcountll(
			     all[item_of(kept, "forms")->at].codes),
	    2);
	assert_int_equal(all[item_of(kept, "age")->at].number, 34);
	assert_int_equal(all[item_of(kept, "born")->at].date.month, 5);
	assert_int_equal(all[item_of(kept, "born")->at].date.day, 0);
	assert_string_equal(all[item_of(kept, "wishes")->at].text,
	    "first <line> & \"so\"\nsecond\nthird");
	assert_int_equal(all[item_of(kept, "s1")->at].state, IH_UNKNOWN);
	assert_false(all[item_of(kept, "s2")->at].said);
}

static void
refuses_what_is_no_answer_and_keeps_the_one_before(void **state)
{
	static const struct {
		const char *item, *value, *code;
	} rows[] = {
		{ "nothing", "yes", "E_ITEM" },
		{ "s1", "perhaps", "E_CODE" },
		{ "s1", "", "E_EMPTY" },
		{ "age", "many", "E_NUMBER" },
		{ "age", "400", "E_NUMBER" },
		{ "born", "yesterday", "E_DATE" },
		{ "wishes", " \n\t ", "E_EMPTY" },
		{ "wishes", "a\001b", "E_SAID" },
		{ "wishes", "a\177\357\277\277", "E_SAID" },
		{ "wishes", "\300\257", "E_SAID" },
		{ "wishes", "\355\240\200", "E_SAID" },
	};
	IH_OWNED(ih_sitting) sitting = begun();

	(void)state;
	say(sitting, "s1", "yes");
	say(sitting, "age", "34");
	say(sitting, "born", "2024");
	say(sitting, "wishes", "as it was");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };

		assert_false(
		    try_say(sitting, rows[i].item, rows[i].value, &err));
		if (strcmp(err.code, rows[i].code) != 0)
			fail_msg("%zu: %s %s", i, err.code, err.text);
	}
	IH_OWNED(ih_answers) answers = completed(sitting);
	assert_string_equal(ih_answers_code(answers, "s1"), "yes");
	assert_int_equal(ih_answers_of(answers, "age")->number, 34);
	assert_int_equal(ih_answers_of(answers, "born")->date.year, 2024);
	assert_string_equal(ih_answers_of(answers, "wishes")->text,
	    "as it was");
}

static void
takes_no_text_that_is_longer_than_it_says(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) text = ih_buffer_new();
	IH_OWNED(ih_sitting) sitting = begun();

	(void)state;
	while (text->size < IH_SAID_MAX)
		ih_buffer_text(text, "a");
	say(sitting, "wishes", (const char *)text->data);
	ih_buffer_text(text, "a");
	assert_false(
	    try_say(sitting, "wishes", (const char *)text->data, &err));
	assert_string_equal(err.code, "E_SAID");
}

static void
refuses_a_head_that_is_none(void **state)
{
	struct ih_sitting_head wrong[] = { head, head, head, head };

	(void)state;
	wrong[0].channel = "market";
	wrong[1].channel = NULL;
	wrong[2].language = "Arabic";
	wrong[3].area = "Casablanca";
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct ih_error err = { 0 };

		assert_null(ih_sitting_begin(small, &wrong[i], &err));
		assert_string_equal(err.code, "E_INTERVIEW");
	}
}

static void
notes_when_each_section_was_answered(void **state)
{
	struct ih_error err = { 0 };
	const char *yes = "yes";
	const struct ih_saying saying = { IH_BY_PERSON, IH_GIVEN, &yes, 1 };
	IH_OWNED(ih_sitting) sitting = begun();
	size_t section = item_of(sitting, "s1")->section;

	(void)state;
	assert_true(ih_sitting_take(sitting, "s1", &saying, NOW, &err));
	assert_true(ih_sitting_take(sitting, "s1", &saying, NOW + 90, &err));
	IH_OWNED(ih_sitting) kept = again(sitting);
	assert_int_equal(kept->paces[section].first, NOW);
	assert_int_equal(kept->paces[section].last, NOW + 90);
	assert_int_equal(kept->paces[section].answers, 2);
}

/* ---- the same record as from a file */

static xmlDoc *
example(const char *name)
{
	struct ih_error err = { 0 };
	char path[96];

	snprintf(path, sizeof path, "xml/example/%s.xml", name);
	IH_OWNED(ih_buffer) bytes = read_or_stop(path);
	xmlDoc *doc = ih_xml_read(path, bytes->data, bytes->size, &err);

	if (doc == NULL)
		fail_msg("%s", err.text);
	return doc;
}

static void
say_as(struct ih_sitting *sitting, const struct ih_item *item,
    const struct ih_answer *answer)
{
	const char *values[IH_CODES_MAX];
	char text[24];
	struct ih_saying saying = { .by = (enum ih_by)answer->by,
		.state = (enum ih_state)answer->state,
		.values = values };
	struct ih_error err = { 0 };

	for (size_t i = 0; item->choices != NULL && i < item->choices->count;
	     i++)
		if ((answer->codes >> i & 1) != 0)
			values[saying.count++] = item->choices->list[i].code;
	if (saying.state == IH_GIVEN && item->choices == NULL) {
		if (item->type == IH_NUMBER)
			snprintf(text, sizeof text, "%lld",
			    (long long)answer->number);
		else if (item->type == IH_DATE)
			ih_date_format(answer->date, text);
		values[saying.count++] =
		    item->type == IH_TEXT ? answer->text : text;
	}
	if (!ih_sitting_take(sitting, item->id, &saying, NOW, &err))
		fail_msg("%s: %s %s", item->id, err.code, err.text);
}

/* What counts, as the engine sees it and as the record quotes it. */
static void
assert_same(const struct ih_answers *a, const struct ih_answers *b,
    const char *name)
{
	for (size_t i = 0; i < a->instrument->item_count; i++) {
		const struct ih_answer *x = &a->answers[i], *y = &b->answers[i];

		if (x->state != y->state || x->by != y->by ||
		    x->codes != y->codes || x->number != y->number ||
		    memcmp(&x->date, &y->date, sizeof x->date) != 0 ||
		    (x->state == IH_GIVEN &&
			a->instrument->items[i].type == IH_TEXT &&
			strcmp(x->text, y->text) != 0))
			fail_msg("%s: %s", name, a->instrument->items[i].id);
	}
}

static bool
one_by_one(const char *name, void *with)
{
	struct ih_error err = { 0 };
	size_t *count = with;
	IH_OWNED(xmlDoc) doc = example(name);
	const char *id = (const char *)xmlGetNoNsProp(xmlDocGetRootElement(doc),
	    (const xmlChar *)"instrument");
	IH_OWNED(ih_instrument) asked = ih_instrument_load(library, id, &err);

	xmlFree((void *)(uintptr_t)id);
	IH_OWNED(ih_answers) whole = ih_answers_read(doc, asked, &err);
	if (whole == NULL)
		fail_msg("%s: %s", name, err.text);
	const struct ih_sitting_head same = { whole->id, whole->committee,
		whole->channel, whole->language, whole->area, whole->date,
		whole->training };
	struct ih_sitting *sitting = ih_sitting_begin(asked, &same, &err);
	for (size_t i = 0; i < asked->item_count; i++) {
		struct ih_sitting *next;

		if (!whole->answers[i].said ||
		    whole->answers[i].state == IH_NOT_ASKED)
			continue;
		/* A sheet may hold that what hangs on something unknown is
		 * unknown too; an interview does not ask it. */
		if (!ih_sitting_asks(sitting, &asked->items[i])) {
			assert_int_not_equal(whole->answers[i].state, IH_GIVEN);
			whole->answers[i] = (struct ih_answer){ 0 };
			continue;
		}
		say_as(sitting, &asked->items[i], &whole->answers[i]);
		next = again(sitting);
		ih_sitting_free(sitting);
		sitting = next;
	}
	IH_OWNED(ih_answers) parts = completed(sitting);
	ih_sitting_free(sitting);
	assert_same(whole, parts, name);
	assert_string_equal(parts->committee, whole->committee);
	assert_true(parts->training == whole->training);
	++*count;
	return true;
}

static void
one_answer_after_the_other_gives_what_the_whole_file_gives(void **state)
{
	struct ih_error err = { 0 };
	size_t count = 0;

	(void)state;
	assert_true(
	    ih_library_list(library, "xml/example", one_by_one, &count, &err));
	assert_true(count > 30);
}

static void
refuses_a_draft_of_another_questionnaire(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_sitting) sitting = begun();
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_instrument)
	other = ih_instrument_load(library, "rapid", &err);

	(void)state;
	ih_sitting_write(sitting, out);
	IH_OWNED(xmlDoc) doc = checked(out, "draft");
	assert_null(ih_sitting_read(doc, other, &err));
	assert_string_equal(err.code, "E_INSTRUMENT");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    asks_what_is_next_and_not_what_was_passed_over),
		cmocka_unit_test(skips_what_earlier_answers_make_irrelevant),
		cmocka_unit_test(asks_only_what_surely_may_be_asked),
		cmocka_unit_test(keeps_an_answer_that_a_later_one_sets_aside),
		cmocka_unit_test(keeps_each_kind_of_answer_as_it_was_said),
		cmocka_unit_test(
		    refuses_what_is_no_answer_and_keeps_the_one_before),
		cmocka_unit_test(takes_no_text_that_is_longer_than_it_says),
		cmocka_unit_test(refuses_a_head_that_is_none),
		cmocka_unit_test(notes_when_each_section_was_answered),
		cmocka_unit_test(
		    one_answer_after_the_other_gives_what_the_whole_file_gives),
		cmocka_unit_test(refuses_a_draft_of_another_questionnaire),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
