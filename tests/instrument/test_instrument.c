#include "test.h"

#include "../assess/fixture.h"

static void
reads_items_in_the_order_of_the_questions(void **state)
{
	(void)state;
	assert_string_equal(small->id, "small");
	assert_int_equal(small->section_count, 4);
	assert_int_equal(small->item_count, 18);
	for (size_t i = 0; i < small->item_count; i++) {
		const struct ih_item *item = &small->items[i];

		assert_int_equal(item->at, i);
		assert_ptr_equal(ih_instrument_item(small, item->id), item);
	}
	assert_null(ih_instrument_item(small, "none"));
	assert_null(ih_instrument_item(small, ""));
	assert_null(ih_instrument_item(small, "s"));
}

static void
keeps_what_each_item_is(void **state)
{
	const struct ih_item *age = ih_instrument_item(small, "age"),
			     *name = ih_instrument_item(small, "name"),
			     *forms = ih_instrument_item(small, "forms");

	(void)state;
	assert_int_equal(age->type, IH_NUMBER);
	assert_int_equal(age->least, 0);
	assert_int_equal(age->most, 120);
	assert_int_equal(name->part, IH_IDENTITY);
	assert_int_equal(forms->type, IH_CHOICES);
	assert_int_equal(forms->how, IH_INTEGRATE);
	assert_int_equal(forms->choices->count, 3);
	assert_int_equal(ih_choices_find(forms->choices, "Begging", 7), 1);
	assert_int_equal(ih_choices_find(forms->choices, "begging", 7), -1);
	assert_int_equal(ih_choices_find(forms->choices, "Beg", 3), -1);
	assert_int_equal(ih_choices_find(forms->choices, "", 0), -1);
}

static void
says_texts_in_the_words_of_the_country(void **state)
{
	const struct ih_item *forms = ih_instrument_item(small, "forms"),
			     *safe = ih_instrument_item(small, "safe");
	const struct ih_texts *work = &forms->choices->list[0].texts;

	(void)state;
	assert_string_equal(ih_texts_say(work,
				(struct ih_tongue){ IH_AR, "MA" }),
	    "Work (ar-MA)");
	assert_string_equal(ih_texts_say(work,
				(struct ih_tongue){ IH_AR, "TN" }),
	    "Work (ar)");
	assert_string_equal(ih_texts_say(work,
				(struct ih_tongue){ IH_FR, "MA" }),
	    "Work (fr)");
	assert_string_equal(ih_texts_say(&safe->note,
				(struct ih_tongue){ IH_EN, "" }),
	    "Note safe (en)");
	assert_null(
	    ih_texts_say(&forms->note, (struct ih_tongue){ IH_EN, "" }));
}

static void
its_digest_is_that_of_the_file(void **state)
{
	IH_OWNED(ih_buffer) bytes = read_or_stop("tests/assess/small.xml");
	char digest[IH_DIGEST_TEXT];

	(void)state;
	ih_digest_text(bytes->data, bytes->size, digest);
	assert_string_equal(small->digest, digest);
}

/* ---- faults */

struct found {
	size_t count;
	char texts[16][420];
};

static void
keep(const char *text, void *with)
{
	struct found *found = with;

	if (found->count < 16)
		snprintf(found->texts[found->count], 420, "%s", text);
	found->count++;
}

/* The small instrument with the first FROM after AFTER made TO. */
static struct ih_buffer *
changed(const char *after, const char *from, const char *to)
{
	IH_OWNED(ih_buffer) bytes = read_or_stop("tests/assess/small.xml");
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	char *start = (char *)bytes->data, *at = strstr(start, after);

	at = at != NULL ? strstr(at, from) : NULL;
	if (at == NULL)
		fail_msg("no %s after %s", from, after);
	ih_buffer_add(out, start, (size_t)(at - start));
	ih_buffer_text(out, to);
	ih_buffer_text(out, at + strlen(from));
	return IH_GIVE(out);
}

/* Where the small instrument has the first FROM after AFTER. */
static long
line_of(const char *after, const char *from)
{
	IH_OWNED(ih_buffer) bytes = read_or_stop("tests/assess/small.xml");
	const char *at = strstr(strstr((char *)bytes->data, after), from);
	long line = 1;

	for (const char *c = (char *)bytes->data; c < at; c++)
		line += *c == '\n';
	return line;
}

static bool
check(const struct ih_buffer *bytes, struct found *found)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(library, "instrument", &err);

	assert_non_null(schema);
	return ih_instrument_check(schema, "i.xml", bytes->data, bytes->size,
	    keep, found);
}

static void
finds_each_fault_at_its_line(void **state)
{
	static const struct {
		const char *after, *from, *to, *says;
	} rows[] = {
		{ "id=\"m1\"", "id=\"m1\"", "id=\"s1\"", "two items \"s1\"" },
		{ "<choices", "code=\"no\"", "code=\"yes\"", "twice" },
		{ "id=\"forms\"", "id=\"forms\"", "id=\"yes-no\"",
		    "two choice lists" },
		{ "id=\"s1\"", "choices=\"yes-no\"", "choices=\"none\"",
		    "choice list that is not there" },
		{ "id=\"age\"", "least=\"0\"", "least=\"130\"",
		    "takes no number" },
		{ "id=\"age\"", "most=\"120\"", "most=\"99999999999999\"",
		    "takes no number" },
		{ "<section id=\"signs\"", "id=\"signs\"", "id=\"first\"",
		    "two sections" },
		{ "<ask-if>", "item=\"worked\"", "item=\"none\"",
		    "there is no item" },
		{ "<ask-if>", "item=\"worked\"", "item=\"paid\"",
		    "is asked later" },
		{ "<ask-if>", "item=\"worked\"", "item=\"paid-late\"",
		    "is asked later" },
		{ "id=\"after\"", "item=\"safe\"", "item=\"wishes\"",
		    "is asked later" },
		{ "<ask-if>", "code=\"yes\"", "code=\"never\"", "has no code" },
		{ "<ask-if>", "item=\"worked\"", "item=\"age\"",
		    "use <between>" },
		/* asked after itself, and two that ask for each other */
		{ "id=\"paid-late\"", "item=\"paid\"", "item=\"paid-late\"",
		    "is asked later" },
		{ "<section id=\"signs\"", "<item",
		    "<ask-if><is item=\"paid\" code=\"yes\"/></ask-if><item",
		    "is asked later" },
		/* types and languages that the schema knows */
		{ "id=\"age\"", "type=\"number\"", "type=\"figure\"", "type" },
		{ "id=\"age\"", " least=\"0\"", "", "least" },
		{ "id=\"s1\"", " choices=\"yes-no\"", "", "choices" },
		{ "id=\"s1\"", "<text xml:lang=\"fr\">",
		    "<text xml:lang=\"de\">", "expected fr" },
		{ "id=\"s1\"", "<text xml:lang=\"ar\">Question s1 (ar)</text>",
		    "", "expected ar" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_buffer) bytes =
		    changed(rows[i].after, rows[i].from, rows[i].to);
		struct found found = { 0 };
		long line = -1;

		if (check(bytes, &found) || found.count == 0)
			fail_msg("%s was not found", rows[i].says);
		if (strstr(found.texts[0], rows[i].says) == NULL)
			fail_msg("%s: %s", rows[i].says, found.texts[0]);
		assert_int_equal(sscanf(found.texts[0], "i.xml:%ld: ", &line),
		    1);
		assert_int_equal(line, line_of(rows[i].after, rows[i].from));
	}
}

/* What stands in the ask-if of the item paid-late, and whether it can ever
 * hold: worked is a yes-no asked always, paid only after worked=yes. */
static void
finds_a_question_that_can_never_be_asked(void **state)
{
	static const struct {
		const char *ask_if;
		bool reachable;
	} rows[] = {
		{ "<is item=\"paid\" code=\"yes\"/>", true },
		{ "<all><is item=\"paid\" code=\"yes\"/>"
		  "<is item=\"paid\" code=\"no\"/></all>",
		    false },
		{ "<all><is item=\"paid\" code=\"yes\"/>"
		  "<is item=\"worked\" code=\"no\"/></all>",
		    false },
		{ "<all><not><is item=\"paid\" code=\"yes\"/></not>"
		  "<is item=\"worked\" code=\"no\"/></all>",
		    true },
		{ "<not><any><is item=\"worked\" code=\"yes\"/>"
		  "<is item=\"worked\" code=\"no\"/></any></not>",
		    false },
		{ "<all><lt item=\"age\" value=\"18\"/>"
		  "<gt item=\"age\" value=\"17\"/></all>",
		    false },
		{ "<all><lt item=\"age\" value=\"18\"/>"
		  "<gt item=\"age\" value=\"16\"/></all>",
		    true },
		{ "<all><has item=\"forms\" code=\"Work\"/>"
		  "<has item=\"forms\" code=\"Begging\"/></all>",
		    true },
		{ "<all><has item=\"forms\" code=\"Work\"/><not><any>"
		  "<has item=\"forms\" code=\"Work\"/>"
		  "<has item=\"forms\" code=\"Other\"/></any></not></all>",
		    false },
		{ "<not><answered item=\"worked\"/></not>", true },
		{ "<all><not><answered item=\"worked\"/></not>"
		  "<is item=\"worked\" code=\"yes\"/></all>",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_buffer) bytes = changed("id=\"paid-late\"",
		    "<is item=\"paid\" code=\"yes\"/>", rows[i].ask_if);
		struct found found = { 0 };
		bool fine = check(bytes, &found);

		if (fine != rows[i].reachable)
			fail_msg("%s: %s", rows[i].ask_if, found.texts[0]);
		if (!fine) {
			assert_int_equal(found.count, 1);
			assert_non_null(strstr(found.texts[0],
			    "item \"paid-late\" can never be asked"));
			assert_non_null(strstr(found.texts[0], "i.xml:1"));
		}
	}
}

static void
reports_all_faults_and_not_only_the_first(void **state)
{
	IH_OWNED(ih_buffer) bytes =
	    changed("<ask-if>", "code=\"yes\"", "code=\"never\"");
	struct found found = { 0 };
	char *second = strstr((char *)bytes->data, "item=\"safe\" code");

	(void)state;
	assert_non_null(second);
	memcpy(second, "item=\"born\"", 11);
	assert_false(check(bytes, &found));
	assert_int_equal(found.count, 2);
	assert_non_null(strstr(found.texts[1], "use <answered>"));
}

static void
a_load_stops_with_the_first_fault(void **state)
{
	IH_OWNED(ih_buffer) bytes =
	    changed("<ask-if>", "code=\"yes\"", "code=\"never\"");
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(library, "instrument", &err);
	IH_OWNED(ih_instrument) read =
	    ih_instrument_read(schema, "i.xml", bytes->data, bytes->size, &err);

	(void)state;
	assert_null(read);
	assert_int_equal(err.kind, IH_INPUT);
	assert_non_null(strstr(err.text, "has no code"));
}

static void
a_file_that_does_not_fit_its_schema_is_one_fault(void **state)
{
	IH_OWNED(ih_buffer) bytes =
	    changed("<choices", "code=\"no\"", "kode=\"no\"");
	struct found found = { 0 };

	(void)state;
	assert_false(check(bytes, &found));
	assert_int_equal(found.count, 1);
}

/* One list of COUNT codes. */
static struct ih_buffer *
with_codes(int count)
{
	IH_OWNED(ih_buffer) list = ih_buffer_new();

	for (int i = 0; i < count; i++)
		ih_buffer_printf(list,
		    "<choice code=\"C%d\"><text xml:lang=\"ar\">a</text>"
		    "<text xml:lang=\"fr\">f</text>"
		    "<text xml:lang=\"en\">e</text></choice>",
		    i);
	ih_buffer_text(list, "<choice code=\"Work\">");
	return changed("id=\"forms\"", "<choice code=\"Work\">",
	    (char *)list->data);
}

static void
a_list_has_at_most_64_codes(void **state)
{
	IH_OWNED(ih_buffer) full = with_codes(61);
	IH_OWNED(ih_buffer) over = with_codes(62);
	struct found found = { 0 };

	(void)state;
	assert_true(check(full, &found));
	assert_false(check(over, &found));
	assert_non_null(strstr(found.texts[0], "65 codes"));
}

static void
relies_on(const char *id, const char *const *items, size_t count)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_instrument) shipped = ih_instrument_load(library, id, &err);

	if (shipped == NULL)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < count; i++)
		if (ih_instrument_item(shipped, items[i]) == NULL)
			fail_msg("%s: no item %s", id, items[i]);
}

static void
every_instrument_we_ship_has_what_other_rooms_rely_on(void **state)
{
	/* What a short interview does not ask stands at the end. */
	static const char *const items[] = { "alone", "safe-now",
		"urgent-medical", "interpreter-neutral", "consent-interview",
		"age", "age-doubt", "sex", "citizenship", "consent-referral",
		"consent-abroad", "fears-state", "fears-which", "needs",
		"safe-contact", "name", "phone", "exploitation-form",
		"exploitation-country", "name-latin", "birth-date",
		"contact-note" };
	const size_t all = sizeof items / sizeof items[0];

	(void)state;
	relies_on("adult", items, all);
	relies_on("child", items, all);
	relies_on("rapid", items, all - 5);
}

static void
an_instrument_that_is_not_there_is_absent(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_instrument) none =
	    ih_instrument_load(library, "no-such", &err);

	(void)state;
	assert_null(none);
	assert_int_equal(err.kind, IH_ABSENT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_items_in_the_order_of_the_questions),
		TEST(keeps_what_each_item_is),
		TEST(says_texts_in_the_words_of_the_country),
		TEST(its_digest_is_that_of_the_file),
		TEST(finds_each_fault_at_its_line),
		TEST(finds_a_question_that_can_never_be_asked),
		TEST(reports_all_faults_and_not_only_the_first),
		TEST(a_load_stops_with_the_first_fault),
		TEST(a_file_that_does_not_fit_its_schema_is_one_fault),
		TEST(a_list_has_at_most_64_codes),
		TEST(every_instrument_we_ship_has_what_other_rooms_rely_on),
		TEST(an_instrument_that_is_not_there_is_absent),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
