#include "test.h"

#include "../assess/fixture.h"
#include "ihala/difference.h"

/* TEXT with the first WAS replaced by NOW. */
static struct ih_buffer *
replaced(const struct ih_buffer *text, const char *was, const char *now)
{
	const char *start = (const char *)text->data;
	const char *at = strstr(start, was);
	struct ih_buffer *out = ih_buffer_new();

	if (at == NULL)
		fail_msg("the small instrument has no: %s", was);
	ih_buffer_add(out, start, (size_t)(at - start));
	ih_buffer_text(out, now);
	ih_buffer_text(out, at + strlen(was));
	return out;
}

static struct ih_instrument *
instrument_of(const struct ih_buffer *bytes)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(library, "instrument", &err);
	struct ih_instrument *read = ih_instrument_read(schema, "edited.xml",
	    bytes->data, bytes->size, &err);

	if (read == NULL)
		fail_msg("%s", err.text);
	return read;
}

static struct ih_instrument *
edited(const char *was, const char *now)
{
	IH_OWNED(ih_buffer) bytes = read_or_stop("tests/assess/small.xml");
	IH_OWNED(ih_buffer) out = replaced(bytes, was, now);

	return instrument_of(out);
}

/* "item-how s1 ask>observe, ..." */
static const char *
told(const struct ih_differences *d, struct ih_buffer *out)
{
	for (size_t i = 0; i < d->count; i++) {
		const struct ih_difference *one = &d->list[i];

		ih_buffer_printf(out, "%s%s", i > 0 ? ", " : "",
		    ih_difference_name(one->what));
		if (one->place[0] != '\0')
			ih_buffer_printf(out, " %s", one->place);
		if (one->code != NULL)
			ih_buffer_printf(out, " %s", one->code);
		if (one->tag != NULL)
			ih_buffer_printf(out, " %s", one->tag);
		if (one->was != NULL || one->now != NULL)
			ih_buffer_printf(out, " %s>%s",
			    one->was != NULL ? one->was : "-",
			    one->now != NULL ? one->now : "-");
	}
	return (const char *)out->data;
}

#define ITEM(id, rest)                                                         \
	"    <item id=\"" id "\" " rest " part=\"facts\">\n"                   \
	"      <question>\n"                                                   \
	"        <text xml:lang=\"ar\">Question " id                           \
	" (ar)</text><text xml:lang=\"fr\">Question " id                       \
	" (fr)</text><text xml:lang=\"en\">Question " id " (en)</text>\n"      \
	"      </question>\n"                                                  \
	"    </item>\n"
#define YES_NO "type=\"choice\" choices=\"yes-no\" how=\"ask\""

static const struct {
	const char *was, *now, *told;
} changes[] = {
	{ "<text xml:lang=\"fr\">Small (fr)", "<text xml:lang=\"fr\">Petit",
	    "title fr Small (fr)>Petit" },
	{ "Question s1 (ar)", "Question one (ar)",
	    "item-question s1 ar Question s1 (ar)>Question one (ar)" },
	{ "Note safe (en)", "Note (en)",
	    "item-note safe en Note safe (en)>Note (en)" },
	{ "Work (fr)", "Travail", "code-text forms Work fr Work (fr)>Travail" },
	{ "<text xml:lang=\"ar-MA\">Work (ar-MA)</text>", "",
	    "code-text forms Work ar-MA Work (ar-MA)>-" },
	{ "Signs (fr)", "Signes", "section-title signs fr Signs (fr)>Signes" },
	{ "id=\"age\" type=\"number\" least=\"0\" most=\"120\" how=\"ask\"",
	    "id=\"age\" type=\"number\" least=\"0\" most=\"130\" "
	    "how=\"observe\"",
	    "item-wider age 0..120>0..130, item-how age ask>observe" },
	{ "most=\"120\"", "most=\"99\"", "item-range age 0..120>0..99" },
	{ "id=\"born\" type=\"date\"", "id=\"born\" type=\"text\"",
	    "item-type born date>text" },
	{ "id=\"s1\" type=\"choice\"", "id=\"s1\" type=\"choices\"",
	    "item-several s1 choice>choices" },
	{ "id=\"forms\" type=\"choices\"", "id=\"forms\" type=\"choice\"",
	    "item-type forms choices>choice" },
	{ "type=\"text\" how=\"ask\" part=\"identity\"",
	    "type=\"text\" how=\"ask\" part=\"facts\"",
	    "item-part name identity>facts" },
	{ "id=\"s2\" type=\"choice\" choices=\"yes-no\"",
	    "id=\"s2\" type=\"choice\" choices=\"forms\"",
	    "item-list s2 yes-no>forms" },
	{ "code=\"Begging\"", "code=\"Theft\"",
	    "code-removed forms Begging, code-added forms Theft" },
	{ ITEM("w2", YES_NO), "", "item-removed w2" },
	{ ITEM("w2", YES_NO), ITEM("w2", YES_NO) ITEM("w3", YES_NO),
	    "item-added w3" },
	{ ITEM("s1", YES_NO) ITEM("s2", YES_NO),
	    ITEM("s2", YES_NO) ITEM("s1", YES_NO), "item-moved s2" },
	{ "<ask-if>\n        <is item=\"worked\" code=\"yes\"/>",
	    "<ask-if>\n        <all><is item=\"worked\" code=\"yes\"/>"
	    "<lt item=\"age\" value=\"18\"/></all>",
	    "item-skip paid worked=yes>all(worked=yes, age=..17)" },
	{ "<section id=\"work\">\n    <title>\n"
	  "      <text xml:lang=\"ar\">Work (ar)</text>"
	  "<text xml:lang=\"fr\">Work (fr)</text>"
	  "<text xml:lang=\"en\">Work (en)</text>\n    </title>\n",
	    "<section id=\"work\">\n    <title>\n"
	    "      <text xml:lang=\"ar\">Work (ar)</text>"
	    "<text xml:lang=\"fr\">Work (fr)</text>"
	    "<text xml:lang=\"en\">Work (en)</text>\n    </title>\n"
	    "<ask-if><not><answered item=\"s1\"/></not></ask-if>\n",
	    "section-skip work >not(s1)" },
	{ "<section id=\"signs\">", "<section id=\"marks\">",
	    "section-removed signs, section-added marks, "
	    "item-section s1 signs>marks, item-section s2 signs>marks, "
	    "item-section m1 signs>marks, item-section m2 signs>marks, "
	    "item-section m3 signs>marks, item-section w1 signs>marks, "
	    "item-section w2 signs>marks, item-section p1 signs>marks, "
	    "item-section p2 signs>marks" },
	{ "<source>Invented for tests.", "<source>Also invented.", "" },
};

static void
each_kind_of_change_is_told_with_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		IH_OWNED(ih_instrument)
		now = edited(changes[i].was, changes[i].now);
		IH_OWNED(ih_differences) d = ih_differences_find(small, now);
		IH_OWNED(ih_buffer) out = ih_buffer_new();

		assert_string_equal(told(d, out), changes[i].told);
	}
}

static void
an_instrument_has_no_difference_to_itself(void **state)
{
	IH_OWNED(ih_differences) d = ih_differences_find(small, small);

	(void)state;
	assert_int_equal(d->count, 0);
}

/* What is added one way is removed the other way, and so on. */
static void
the_reverse_has_as_many_changes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		IH_OWNED(ih_instrument)
		now = edited(changes[i].was, changes[i].now);
		IH_OWNED(ih_differences) d = ih_differences_find(small, now);
		IH_OWNED(ih_differences) back = ih_differences_find(now, small);

		assert_int_equal(d->count, back->count);
	}
}

#define CHOICE(code)                                                           \
	"    <choice code=\"" code "\">\n"                                     \
	"      <text xml:lang=\"ar\">" code " (ar)</text>"                     \
	"<text xml:lang=\"fr\">" code " (fr)</text>"                           \
	"<text xml:lang=\"en\">" code " (en)</text>\n"                         \
	"    </choice>\n"

static void
a_skip_with_its_codes_in_another_order_is_the_same(void **state)
{
	IH_OWNED(ih_buffer) bytes = read_or_stop("tests/assess/small.xml");
	IH_OWNED(ih_buffer)
	one = replaced(bytes,
	    "<ask-if>\n        <is item=\"worked\" code=\"yes\"/>",
	    "<ask-if>\n        <any><has item=\"forms\" code=\"Begging\"/>"
	    "<has item=\"forms\" code=\"Other\"/></any>");
	IH_OWNED(ih_buffer)
	other = replaced(one, CHOICE("Begging") CHOICE("Other"),
	    CHOICE("Other") CHOICE("Begging"));
	IH_OWNED(ih_instrument) was = instrument_of(one);
	IH_OWNED(ih_instrument) now = instrument_of(other);
	IH_OWNED(ih_differences) d = ih_differences_find(was, now);
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	(void)state;
	assert_string_equal(told(d, out), "code-moved forms Other");
}

static void
an_item_comes_under_the_skip_of_its_new_section(void **state)
{
	IH_OWNED(ih_buffer) bytes = read_or_stop("tests/assess/small.xml");
	IH_OWNED(ih_buffer) one = replaced(bytes, ITEM("p2", YES_NO), "");
	IH_OWNED(ih_buffer)
	other = replaced(one, ITEM("wishes", "type=\"text\" how=\"ask\""),
	    ITEM("wishes", "type=\"text\" how=\"ask\"") ITEM("p2", YES_NO));
	IH_OWNED(ih_instrument) now = instrument_of(other);
	IH_OWNED(ih_differences) d = ih_differences_find(small, now);
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	(void)state;
	assert_string_equal(told(d, out),
	    "item-section p2 signs>after, item-skip p2 >not(safe=no)");
}

/* A removed question, code or range costs comparability; words alone do not,
 * and the software does not say that they mean the same. */
static void
each_change_has_its_effect(void **state)
{
	static const enum ih_difference_what graves[] = {
		IH_DIFF_SECTION_SKIP,
		IH_DIFF_ITEM_REMOVED,
		IH_DIFF_ITEM_TYPE,
		IH_DIFF_ITEM_RANGE,
		IH_DIFF_ITEM_HOW,
		IH_DIFF_ITEM_PART,
		IH_DIFF_ITEM_LIST,
		IH_DIFF_ITEM_SKIP,
		IH_DIFF_CODE_REMOVED,
	};
	static const enum ih_difference_what words[] = { IH_DIFF_TITLE,
		IH_DIFF_SECTION_TITLE, IH_DIFF_ITEM_QUESTION, IH_DIFF_ITEM_NOTE,
		IH_DIFF_CODE_TEXT };
	size_t of[IH_EFFECTS] = { 0 };

	(void)state;
	for (int w = 0; w < IH_DIFF_WHATS; w++)
		of[ih_difference_effect((enum ih_difference_what)w)]++;
	for (size_t i = 0; i < sizeof graves / sizeof graves[0]; i++)
		assert_int_equal(ih_difference_effect(graves[i]),
		    IH_NOT_COMPARABLE);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		assert_int_equal(ih_difference_effect(words[i]), IH_WORDING);
	assert_int_equal(of[IH_NOT_COMPARABLE],
	    sizeof graves / sizeof graves[0]);
	assert_int_equal(of[IH_WORDING], sizeof words / sizeof words[0]);
}

/* "paid skipped, ..." */
static const char *
touched(const char *was, const char *now, const char *line,
    struct ih_buffer *out)
{
	uint8_t touches[IH_ITEMS_MAX];
	IH_OWNED(ih_instrument) to = edited(was, now);
	IH_OWNED(ih_differences) d = ih_differences_find(small, to);
	IH_OWNED(ih_answers) answers = answers_of(line);
	size_t count = ih_differences_touch(d, answers, touches);

	for (size_t i = 0; i < small->item_count; i++) {
		if (touches[i] == IH_TOUCH_NONE)
			continue;
		ih_buffer_printf(out, "%s%s %s", out->size > 0 ? ", " : "",
		    small->items[i].id,
		    ih_touch_name((enum ih_touch)touches[i]));
		count--;
	}
	assert_int_equal(count, 0);
	return (const char *)out->data;
}

static void
says_which_answers_would_not_stand(void **state)
{
	static const char skip[] =
	    "<ask-if>\n        <is item=\"worked\" code=\"yes\"/>";
	static const char other_skip[] =
	    "<ask-if>\n        <is item=\"worked\" code=\"no\"/>";
	static const struct {
		const char *was, *now, *line, *told;
	} rows[] = {
		/* only where there is an answer to lose */
		{ ITEM("w2", YES_NO), "", "w2=yes", "w2 removed" },
		{ ITEM("w2", YES_NO), "", "w2=refused", "w2 removed" },
		{ ITEM("w2", YES_NO), "", "w1=yes", "" },
		{ "code=\"Begging\"", "code=\"Theft\"", "forms=Work,Begging",
		    "forms code" },
		{ "code=\"Begging\"", "code=\"Theft\"", "forms=Work", "" },
		{ "code=\"Begging\"", "code=\"Theft\"", "forms=unknown", "" },
		{ "most=\"120\"", "most=\"99\"", "age=100", "age range" },
		{ "most=\"120\"", "most=\"99\"", "age=99", "" },
		{ "id=\"born\" type=\"date\"", "id=\"born\" type=\"text\"",
		    "born=2001", "born type" },
		{ "id=\"s1\" type=\"choice\"", "id=\"s1\" type=\"choices\"",
		    "s1=yes", "" },
		/* a skip that falls another way, and what hangs on it */
		{ skip, other_skip, "worked=yes paid=yes paid-late=no",
		    "paid skipped, paid-late skipped" },
		{ skip, other_skip, "worked=no",
		    "paid not-asked, "
		    "paid-late not-asked" },
		/* nobody knows whether it was to be asked */
		{ skip, other_skip, "worked=refused", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_buffer) out = ih_buffer_new();

		assert_string_equal(touched(rows[i].was, rows[i].now,
					rows[i].line, out),
		    rows[i].told);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_kind_of_change_is_told_with_its_place),
		TEST(an_instrument_has_no_difference_to_itself),
		TEST(the_reverse_has_as_many_changes),
		TEST(a_skip_with_its_codes_in_another_order_is_the_same),
		TEST(an_item_comes_under_the_skip_of_its_new_section),
		TEST(each_change_has_its_effect),
		TEST(says_which_answers_would_not_stand),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
