#include "test.h"

#include "ihala/hijri.h"

static void
a_day_is_named_as_the_gazette_of_egypt_named_it(void **state)
{
	static const struct {
		const char *civil;
		int year, month, day;
	} rows[] = {
		{ "2010-05-09", 1431, 5, 25 }, /* law 64 of 2010 */
		{ "2026-06-16", 1448, 1, 1 },
		{ "2026-06-15", 1447, 12, 29 },
		{ "2000-01-01", 1420, 9, 24 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_date date, hijri;

		assert_true(ih_date_parse(rows[i].civil, &date));
		assert_true(ih_hijri(date, &hijri));
		assert_int_equal(hijri.year, rows[i].year);
		assert_int_equal(hijri.month, rows[i].month);
		assert_int_equal(hijri.day, rows[i].day);
	}
}

/* Dahir 1-16-127: 21 Dhu al-Qa'da 1437, as the moon was seen in Morocco. */
static void
a_country_that_sights_the_moon_may_name_it_by_one_less(void **state)
{
	struct ih_date hijri;

	(void)state;
	assert_true(ih_hijri((struct ih_date){ 2016, 8, 25 }, &hijri));
	assert_int_equal(hijri.month, 11);
	assert_in_range(hijri.day, 21, 22);
}

static void
what_has_no_day_has_none_there_either(void **state)
{
	struct ih_date hijri;

	(void)state;
	assert_false(ih_hijri((struct ih_date){ .year = 2026 }, &hijri));
	assert_false(
	    ih_hijri((struct ih_date){ .year = 2026, .month = 3 }, &hijri));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_day_is_named_as_the_gazette_of_egypt_named_it),
		cmocka_unit_test(
		    a_country_that_sights_the_moon_may_name_it_by_one_less),
		cmocka_unit_test(what_has_no_day_has_none_there_either),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
