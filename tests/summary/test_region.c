#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/region.h"
#include "ihala/xml.h"
#include "rows.h"
#include "tables.h"

static struct ih_return *morocco, *egypt, *tunisia;
static struct ih_world world = { .now = 1772600000 };
static const char *const committees[] = { "MA", "EG", "TN" };

static struct ih_return *
return_of(const char *committee, unsigned persons)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_buffer) bytes = rows_return(tables, committee, persons);

	return ih_return_read(tables, committee, bytes->data, bytes->size,
	    &err);
}

static int
load(void **state)
{
	if (load_tables(state) != 0)
		return 1;
	morocco = return_of("MA", 120);
	egypt = return_of("EG", 260);
	tunisia = return_of("TN", 70);
	return morocco == NULL || egypt == NULL || tunisia == NULL;
}

static int
unload(void **state)
{
	ih_return_free(morocco);
	ih_return_free(egypt);
	ih_return_free(tunisia);
	return unload_tables(state);
}

static struct ih_buffer *
region_of(struct ih_return *const *returns, size_t count, struct ih_error *err)
{
	memset(err, 0, sizeof *err);
	return ih_region_make(tables, returns, count,
	    &(struct ih_region_beside){ committees, 3, NULL, NULL }, &world,
	    err);
}

static xmlDoc *
three(void)
{
	struct ih_error err;
	struct ih_return *returns[] = { morocco, egypt, tunisia };
	IH_OWNED(ih_buffer) bytes = region_of(returns, 3, &err);

	return ih_region_read(tables, "region", bytes->data, bytes->size, &err);
}

/* Copies, to be changed. */
static void
fill_three(struct ih_return *returns[3])
{
	const struct ih_return *from[] = { morocco, egypt, tunisia };

	for (size_t i = 0; i < 3; i++) {
		returns[i] = malloc(sizeof *returns[i]);
		*returns[i] = *from[i];
	}
}

static void
free_three(struct ih_return *returns[3])
{
	for (size_t i = 0; i < 3; i++)
		ih_return_free(returns[i]);
}

static void
is_the_same_in_any_order(void **state)
{
	struct ih_return *orders[][3] = {
		{ morocco, egypt, tunisia },
		{ tunisia, egypt, morocco },
		{ egypt, morocco, tunisia },
		{ tunisia, morocco, egypt },
	};
	struct ih_error err;
	IH_OWNED(ih_buffer) first = region_of(orders[0], 3, &err);

	(void)state;
	assert_non_null(first);
	for (size_t i = 1; i < 4; i++) {
		IH_OWNED(ih_buffer) other = region_of(orders[i], 3, &err);

		assert_string_equal((char *)first->data, (char *)other->data);
	}
}

static void
sums_the_returns_and_adds_their_bounds(void **state)
{
	struct ih_error err;
	struct ih_return *returns[] = { morocco, egypt, tunisia };
	IH_OWNED(ih_buffer) bytes = region_of(returns, 3, &err);
	char persons[40];

	(void)state;
	snprintf(persons, sizeof persons, "persons=\"%d\"",
	    (int)(morocco->persons + egypt->persons + tunisia->persons));
	assert_non_null(strstr((char *)bytes->data, persons));
	assert_non_null(strstr((char *)bytes->data, "bound=\"12\""));
	assert_null(strstr((char *)bytes->data, "<missing"));
}

static void
lists_who_is_missing_and_never_as_zero(void **state)
{
	struct ih_error err;
	struct ih_return *returns[] = { egypt };
	IH_OWNED(ih_buffer) bytes = region_of(returns, 1, &err);

	(void)state;
	assert_non_null(strstr((char *)bytes->data,
	    "<missing code=\"MA\"/>\n  <missing code=\"TN\"/>"));
	assert_null(strstr((char *)bytes->data, "committee=\"MA\""));
	assert_non_null(strstr((char *)bytes->data, "bound=\"4\""));
}

static void
refuses_by_name_what_cannot_stand_together(void **state)
{
	struct ih_error err;
	struct ih_return other = *tunisia;
	struct ih_return *twice[] = { morocco, egypt, morocco };
	struct ih_return *mixed[] = { morocco, &other };

	(void)state;
	assert_null(region_of(twice, 3, &err));
	assert_string_equal(err.code, "E_RETURN_TWICE");
	assert_non_null(strstr(err.text, "MA"));
	strcpy(other.period, "2025");
	assert_null(region_of(mixed, 2, &err));
	assert_string_equal(err.code, "E_RETURN_PERIOD");
	other = *tunisia;
	other.training = false;
	assert_null(region_of(mixed, 2, &err));
	assert_string_equal(err.code, "E_RETURN_TRAINING");
	assert_null(region_of(mixed, 0, &err));
	assert_int_equal(err.kind, IH_USAGE);
	assert_null(region_of(mixed, IH_REGION_RETURNS + 1, &err));
}

static const struct {
	const char *says, *from, *to, *code;
} faults[] = {
	{ "a share changed", "<from committee=\"EG\">",
	    "<from committee=\"EG\">1", "E_RETURN_SUM" },
	{ "a sum changed", "sum=\"", "sum=\"1", "E_RETURN_SUM" },
	{ "a bound that promises less", "bound=\"12\"", "bound=\"4\"",
	    "E_RETURN_SUM" },
	{ "other tables", "tables=\"1.1.0\"", "tables=\"2.0.0\"",
	    "E_RETURN_TABLES" },
	{ "another row", "<row code=\"female\"", "<row code=\"other\"",
	    "E_RETURN_TABLES" },
	{ "a committee twice", "<committee code=\"MA\"",
	    "<committee code=\"EG\"", "E_RETURN_TWICE" },
	{ "a share of somebody else", "<from committee=\"EG\">",
	    "<from committee=\"XX\">", "" },
	{ "something of its own", "<table", "<more/><table", "" },
};

static void
is_refused_with_any_fault_by_its_name(void **state)
{
	struct ih_error err;
	struct ih_return *returns[] = { morocco, egypt, tunisia };
	IH_OWNED(ih_buffer) good = region_of(returns, 3, &err);

	(void)state;
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		IH_OWNED(ih_buffer) bad =
		    rows_changed(good, faults[i].from, faults[i].to);

		err = (struct ih_error){ .kind = IH_NONE };
		if (ih_region_read(tables, "r", bad->data, bad->size, &err))
			fail_msg("%s was let through", faults[i].says);
		assert_int_equal(err.kind, IH_INPUT);
		if (strcmp(err.code, faults[i].code) != 0)
			fail_msg("%s: %s", faults[i].says, err.code);
	}
}

static size_t
times(const struct ih_buffer *page, const char *what)
{
	size_t n = 0;

	for (char *at = (char *)page->data; (at = strstr(at, what)) != NULL;
	     at++)
		n++;
	return n;
}

static void
is_shown_in_three_languages_each_chart_with_its_table(void **state)
{
	static const struct {
		enum ih_lang lang;
		const char *root, *legend;
	} rows[] = {
		{ IH_AR, "<html lang=\"ar\" dir=\"rtl\">",
		    "0 تعني من 0 إلى 4" },
		{ IH_FR, "<html lang=\"fr\" dir=\"ltr\">", "0 signifie de 0" },
		{ IH_EN, "<html lang=\"en\" dir=\"ltr\">", "0 means 0 to 4" },
	};
	IH_OWNED(xmlDoc) region = three();

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct ih_error err = { .kind = IH_NONE };
		struct ih_tongue tongue = { .lang = rows[i].lang };
		IH_OWNED(ih_buffer) page =
		    ih_region_page(library, region, tongue, &err);

		assert_non_null(page);
		assert_int_equal(times(page, rows[i].root), 1);
		assert_int_equal(times(page, rows[i].legend), 1);
		assert_int_equal(times(page, "<section>"), 12);
		assert_int_equal(times(page, "<svg"), 8);
		assert_int_equal(times(page, "<desc"), 8);
		assert_int_equal(times(page, "<table>"), 13);
		assert_int_equal(times(page, "<script"), 0);
		assert_int_equal(times(page, "http://www.w3.org/2000/svg") +
				     times(page, "https://"),
		    times(page, "http://www.w3.org/2000/svg"));
	}
}

/* ---- what stands beside the returns */

static xmlDoc *
overlap_of(const char *pairs)
{
	struct ih_error err = { .kind = IH_NONE };
	char text[600];

	snprintf(text, sizeof text,
	    "<overlap xmlns=\"urn:ihala:overlap:1\" period=\"2026\">%s"
	    "</overlap>",
	    pairs);
	return ih_xml_read("overlap", text, strlen(text), &err);
}

#define PAIR(a, b, n) "<pair a=\"" a "\" b=\"" b "\" persons=\"" n "\"/>"

static const struct {
	const char *says, *pairs, *shown; /* SHOWN NULL: it is refused */
} overlaps[] = {
	{ "in the order of the alphabet", PAIR("TN", "MA", "10"),
	    "<overlap a=\"MA\" b=\"TN\" persons=\"10\"/>" },
	{ "all of them", PAIR("TN", "MA", "10") PAIR("MA", "EG", "5"),
	    "<overlap a=\"EG\" b=\"MA\" persons=\"5\"/>\n"
	    "  <overlap a=\"MA\" b=\"TN\"" },
	{ "one with itself", PAIR("MA", "MA", "5"), NULL },
	{ "one that is not here", PAIR("MA", "XK", "5"), NULL },
	{ "an exact number", PAIR("MA", "TN", "3"), NULL },
	{ "one pair twice", PAIR("MA", "TN", "5") PAIR("TN", "MA", "5"), NULL },
};

static void
shows_an_overlap_that_is_declared_and_takes_nothing_off(void **state)
{
	struct ih_return *returns[3];

	(void)state;
	fill_three(returns);
	for (size_t i = 0; i < sizeof overlaps / sizeof overlaps[0]; i++) {
		struct ih_error err = { .kind = IH_NONE };
		IH_OWNED(xmlDoc) overlap = overlap_of(overlaps[i].pairs);
		struct ih_region_beside beside = { committees, 3, overlap,
			NULL };
		IH_OWNED(ih_buffer)
		bytes =
		    ih_region_make(tables, returns, 3, &beside, &world, &err);

		if ((bytes != NULL) != (overlaps[i].shown != NULL))
			fail_msg("%s: %s", overlaps[i].says, err.text);
		if (bytes == NULL)
			assert_string_equal(err.code, "E_REGION_OVERLAP");
		else if (strstr((char *)bytes->data, overlaps[i].shown) == NULL)
			fail_msg("%s: %s", overlaps[i].says, bytes->data);
	}
	free_three(returns);
}

static void
names_a_return_that_came_late(void **state)
{
	struct ih_return *returns[3];
	struct ih_error err = { .kind = IH_NONE };
	static const struct {
		const char *made;
		bool late;
	} days[] = {
		{ "2026-12-01T10:00:00Z", false },
		{ "2027-03-31T23:59:59Z", false }, /* 90 days after */
		{ "2027-04-01T00:00:00Z", true },
	};

	(void)state;
	fill_three(returns);
	for (size_t i = 0; i < 3; i++) {
		strcpy(returns[0]->made, days[i].made);
		IH_OWNED(ih_buffer) bytes = region_of(returns, 1, &err);
		assert_non_null(bytes);
		assert_int_equal(strstr((char *)bytes->data, "late=\"true\"") !=
				     NULL,
		    days[i].late);
	}
	free_three(returns);
}

/* Two together, and then the third beside what they made, is all three. */
static void
does_not_depend_on_what_was_merged_first(void **state)
{
	struct ih_return *returns[3], *parts[IH_REGION_RETURNS];
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	fill_three(returns);
	IH_OWNED(ih_buffer) all = region_of(returns, 3, &err);
	for (size_t first = 0; first < 3; first++) {
		struct ih_return *two[2] = { returns[(first + 1) % 3],
			returns[(first + 2) % 3] };
		IH_OWNED(ih_buffer) merged = region_of(two, 2, &err);
		IH_OWNED(xmlDoc)
		doc = ih_region_admit(tables, "two", merged->data, merged->size,
		    &err);
		assert_non_null(doc);
		assert_int_equal(ih_region_returns(tables, doc, parts), 2);
		parts[2] = returns[first];
		IH_OWNED(ih_buffer) again = region_of(parts, 3, &err);
		assert_string_equal((char *)again->data, (char *)all->data);
		ih_return_free(parts[0]);
		ih_return_free(parts[1]);
	}
	free_three(returns);
}

static void
carries_earlier_periods_on(void **state)
{
	struct ih_return *returns[3];
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	fill_three(returns);
	IH_OWNED(ih_buffer) now = region_of(returns, 3, &err);
	IH_OWNED(xmlDoc)
	same = ih_region_read(tables, "now", now->data, now->size, &err);
	for (size_t i = 0; i < 3; i++)
		strcpy(returns[i]->period, "2025");
	IH_OWNED(ih_buffer) old = region_of(returns, 2, &err);
	IH_OWNED(xmlDoc)
	earlier = ih_region_read(tables, "old", old->data, old->size, &err);
	for (size_t i = 0; i < 3; i++)
		strcpy(returns[i]->period, "2026");
	struct ih_region_beside beside = { committees, 3, NULL, earlier };
	IH_OWNED(ih_buffer)
	bytes = ih_region_make(tables, returns, 3, &beside, &world, &err);
	assert_non_null(bytes);
	assert_non_null(
	    strstr((char *)bytes->data, "<earlier period=\"2025\" persons="));
	assert_non_null(strstr((char *)bytes->data, "committees=\"2\"/>"));
	beside.earlier = same;
	assert_null(ih_region_make(tables, returns, 3, &beside, &world, &err));
	assert_string_equal(err.code, "E_RETURN_PERIOD");
	free_three(returns);
}

static void
tells_on_the_page_who_is_missing(void **state)
{
	struct ih_error err;
	struct ih_return *returns[] = { egypt };
	IH_OWNED(ih_buffer) bytes = region_of(returns, 1, &err);
	IH_OWNED(xmlDoc) region =
	    ih_region_read(tables, "region", bytes->data, bytes->size, &err);
	IH_OWNED(ih_buffer) page = ih_region_page(library, region,
	    (struct ih_tongue){ .lang = IH_EN }, &err);

	(void)state;
	assert_non_null(strstr((char *)page->data, "No return came from: MA"));
	assert_non_null(strstr((char *)page->data, "Absence is not zero"));
}

static void
draws_a_chart_that_stands_alone(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(xmlDoc) region = three();
	IH_OWNED(ih_buffer) chart = ih_region_chart(library, region,
	    (struct ih_tongue){ .lang = IH_FR }, &err);
	IH_OWNED(xmlDoc) svg =
	    ih_xml_read("chart", chart->data, chart->size, &err);

	(void)state;
	assert_non_null(svg);
	assert_true(ih_is(xmlDocGetRootElement(svg), "svg"));
	assert_int_equal(times(chart, "<title"), 1);
	assert_int_equal(times(chart, "0 signifie de 0 à 4"), 1);
	assert_true(times(chart, "<rect") >= 12);
	assert_int_equal(times(chart, "NaN"), 0);
}

/* No bar is as long as a division by nothing. */
static void
draws_nothing_of_nobody(void **state)
{
	struct ih_error err;
	struct ih_return *empty = return_of("MA", 0);
	struct ih_return *returns[] = { empty };
	IH_OWNED(ih_buffer) bytes = region_of(returns, 1, &err);
	IH_OWNED(xmlDoc) region =
	    ih_region_read(tables, "region", bytes->data, bytes->size, &err);
	IH_OWNED(ih_buffer) page = ih_region_page(library, region,
	    (struct ih_tongue){ .lang = IH_AR }, &err);

	(void)state;
	assert_non_null(page);
	assert_int_equal(times(page, "NaN"), 0);
	assert_int_equal(times(page, "Infinity"), 0);
	ih_return_free(empty);
}

static void
stands_on_paper_with_no_table_cut_and_each_heading_over_its_numbers(
    void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(xmlDoc) region = three();
	IH_OWNED(ih_buffer) page = ih_region_page(library, region,
	    (struct ih_tongue){ .lang = IH_AR }, &err);
	const char *text = (char *)page->data;
	const char *print = strstr(text, "@media print");

	(void)state;
	assert_non_null(strstr(print, "table { break-inside: avoid; }"));
	assert_true(strstr(print, "section") > strstr(print, "</style>"));
	for (const char *head = text; (head = strstr(head, "<thead>")) != NULL;
	     head++) {
		const char *end = strstr(head, "</table>");
		const char *last = NULL;

		for (const char *c = head; (c = strstr(c, "<th ")) != NULL &&
					   c < strstr(head, "</thead>");
		     c++)
			last = c;
		/* its last column has numbers, or texts of sources */
		const char *number = strstr(head, "<td class=\"n\"");
		assert_non_null(last);
		assert_true((strncmp(last, "<th scope=\"col\" class=\"n\"",
				 25) == 0) == (number != NULL && number < end));
	}
	/* Latin letters beside Arabic are of the same kind */
	assert_non_null(strstr(text,
	    ":lang(ar) { font-family: \"Noto Sans\", \"Liberation Sans\", "
	    "\"Noto Naskh Arabic\""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_the_same_in_any_order),
		TEST(sums_the_returns_and_adds_their_bounds),
		TEST(lists_who_is_missing_and_never_as_zero),
		TEST(refuses_by_name_what_cannot_stand_together),
		TEST(is_refused_with_any_fault_by_its_name),
		TEST(is_shown_in_three_languages_each_chart_with_its_table),
		TEST(shows_an_overlap_that_is_declared_and_takes_nothing_off),
		TEST(names_a_return_that_came_late),
		TEST(does_not_depend_on_what_was_merged_first),
		TEST(carries_earlier_periods_on),
		TEST(tells_on_the_page_who_is_missing),
		TEST(draws_a_chart_that_stands_alone),
		TEST(draws_nothing_of_nobody),
		TEST(
		    stands_on_paper_with_no_table_cut_and_each_heading_over_its_numbers),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
