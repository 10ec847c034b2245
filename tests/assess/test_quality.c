#include "test.h"

#include <math.h>
#include <string.h>

#include "ihala/file.h"
#include "ihala/quality.h"
#include "ihala/truth.h"
#include "ihala/xml.h"

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static struct ih_library *library;
static struct ih_schema *schema;

static int
set_up(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	library = ih_library_open(".", &err);
	schema = ih_schema_load(library, "truth", &err);
	return schema == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	ih_schema_free(schema);
	ih_library_close(library);
	return 0;
}

static void
assert_near(double found, double expected, double by)
{
	if (!(fabs(found - expected) <= by))
		fail_msg("%.9f is not %.9f, to within %g", found, expected, by);
}

static struct ih_estimate
settled(const struct ih_confusion *table, enum ih_measure measure)
{
	struct ih_estimate least = ih_estimate(table, measure, IH_LEAST);
	struct ih_estimate most = ih_estimate(table, measure, IH_MOST);

	assert_memory_equal(&least, &most, sizeof least);
	return least;
}

/* ---- one share */

/* R. G. Newcombe, Stat Med 17 (1998) 857, table I: methods 3 and 5. */
static void
intervals_of_a_share_are_those_of_newcombe(void **state)
{
	static const struct {
		uint64_t events, of;
		struct ih_interval wilson, exact;
	} rows[] = {
		{ 81, 263, { 0.2553, 0.3662 }, { 0.2527, 0.3676 } },
		{ 15, 148, { 0.0624, 0.1605 }, { 0.0578, 0.1617 } },
		{ 0, 20, { 0.0000, 0.1611 }, { 0.0000, 0.1684 } },
		{ 1, 29, { 0.0061, 0.1718 }, { 0.0009, 0.1776 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ih_interval w = ih_wilson(rows[i].events, rows[i].of);
		struct ih_interval e =
		    ih_clopper_pearson(rows[i].events, rows[i].of);

		assert_near(w.low, rows[i].wilson.low, 0.00005);
		assert_near(w.high, rows[i].wilson.high, 0.00005);
		assert_near(e.low, rows[i].exact.low, 0.00005);
		assert_near(e.high, rows[i].exact.high, 0.00005);
	}
}

/* Where all or none happened the exact limit is a root: 0.025 = p^n. */
static void
the_exact_interval_of_all_or_none_is_a_root(void **state)
{
	(void)state;
	for (uint64_t n = 1; n <= 200; n++) {
		double root = pow(0.025, 1 / (double)n);

		assert_near(ih_clopper_pearson(n, n).low, root, 1e-12);
		assert_near(ih_clopper_pearson(0, n).high, 1 - root, 1e-12);
		assert_true(ih_clopper_pearson(0, n).low == 0);
		assert_true(ih_clopper_pearson(n, n).high == 1);
	}
}

/* P(X >= k) of N at P, added up term by term. */
static long double
tail(unsigned k, unsigned n, long double p)
{
	long double sum = 0, ways = 1;

	for (unsigned i = 0; i <= n; i++) {
		if (i >= k)
			sum += ways * powl(p, i) * powl(1 - p, n - i);
		ways = ways * (n - i) / (i + 1);
	}
	return sum;
}

static void
exact_limits_leave_a_fortieth_in_each_binomial_tail(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 40; n++)
		for (unsigned k = 0; k <= n; k++) {
			struct ih_interval e = ih_clopper_pearson(k, n);

			if (k > 0)
				assert_near((double)tail(k, n, e.low), 0.025,
				    1e-9);
			if (k < n)
				assert_near((double)(1 -
						     tail(k + 1, n, e.high)),
				    0.025, 1e-9);
		}
}

static void
the_incomplete_beta_is_a_binomial_tail_at_whole_numbers(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 30; n++)
		for (unsigned k = 1; k <= n; k++)
			for (int i = 1; i < 20; i++) {
				long double x = (long double)i / 20;

				assert_near((double)ih_incomplete_beta(k,
						n - k + 1, x),
				    (double)tail(k, n, x), 1e-12);
			}
}

static void
the_incomplete_beta_has_its_closed_forms(void **state)
{
	(void)state;
	for (int i = 0; i <= 10; i++) {
		long double x = (long double)i / 10;

		assert_near((double)ih_incomplete_beta(1, 1, x), (double)x,
		    1e-14);
		assert_near((double)ih_incomplete_beta(7, 1, x),
		    (double)powl(x, 7), 1e-14);
		assert_near((double)ih_incomplete_beta(1, 7, x),
		    (double)(1 - powl(1 - x, 7)), 1e-14);
	}
	/* The sum of the last three of 1 4 6 4 1, by 16. */
	assert_near((double)ih_incomplete_beta(2, 3, 0.5L), 11. / 16, 1e-14);
	/* Where a long double is a double, as under valgrind, 1e-9 is left. */
	assert_near((double)ih_incomplete_beta(5000, 5000, 0.5L), 0.5, 1e-9);
}

static void
the_incomplete_beta_is_symmetric(void **state)
{
	static const long double values[] = { 1, 1.5L, 3, 26, 414, 1e6L };

	(void)state;
	for (size_t a = 0; a < COUNT(values); a++)
		for (size_t b = 0; b < COUNT(values); b++)
			for (int i = 1; i < 10; i++) {
				long double x = (long double)i / 10;
				long double there =
				    ih_incomplete_beta(values[a], values[b], x);
				long double back = ih_incomplete_beta(values[b],
				    values[a], 1 - x);

				assert_near((double)(there + back), 1, 1e-8);
			}
}

static void
every_interval_holds_its_estimate_and_the_exact_one_holds_wilsons_centre(
    void **state)
{
	(void)state;
	for (uint64_t n = 1; n <= 60; n++)
		for (uint64_t k = 0; k <= n; k++) {
			double p = (double)k / (double)n, centre;
			struct ih_interval w = ih_wilson(k, n),
					   e = ih_clopper_pearson(k, n);

			centre = (w.low + w.high) / 2;
			assert_true(0 <= w.low && w.low <= p);
			assert_true(p <= w.high && w.high <= 1);
			assert_true(0 <= e.low && e.low <= p);
			assert_true(p <= e.high && e.high <= 1);
			assert_true(e.low < centre && centre < e.high);
			assert_true(w.low < w.high && e.low < e.high);
		}
}

static void
what_did_not_happen_mirrors_what_did(void **state)
{
	(void)state;
	for (uint64_t n = 1; n <= 60; n++)
		for (uint64_t k = 0; k <= n; k++) {
			struct ih_interval w = ih_wilson(k, n),
					   v = ih_wilson(n - k, n),
					   e = ih_clopper_pearson(k, n),
					   d = ih_clopper_pearson(n - k, n);

			assert_near(w.low, 1 - v.high, 1e-12);
			assert_near(e.low, 1 - d.high, 1e-12);
		}
}

static void
more_interviews_narrow_an_interval(void **state)
{
	(void)state;
	for (uint64_t n = 10; n < 100000; n *= 10) {
		struct ih_interval few = ih_clopper_pearson(n / 5, n),
				   many = ih_clopper_pearson(n * 2, n * 10),
				   w = ih_wilson(n / 5, n),
				   v = ih_wilson(n * 2, n * 10);

		assert_true(many.high - many.low < few.high - few.low);
		assert_true(v.high - v.low < w.high - w.low);
	}
}

/* There the exact interval and Wilson's are the normal one: 0.5 -+ 1.96
 * root(0.25 / 19999998) = 0.5 -+ 0.000219131. */
static void
the_largest_counts_of_a_truth_file_still_have_intervals(void **state)
{
	struct ih_interval e = ih_clopper_pearson(9999999, 19999998),
			   w = ih_wilson(9999999, 19999998);

	(void)state;
	assert_near(e.low, 0.5 - 0.000219131, 1e-7);
	assert_near(e.high, 0.5 + 0.000219131, 1e-7);
	assert_near(w.low, 0.5 - 0.000219131, 1e-9);
	assert_near(w.high, 0.5 + 0.000219131, 1e-9);
}

/* ---- a table of two by two */

/* 8 of 10 are found; 15 of 20 are left in peace. */
static const struct ih_confusion by_hand = {
	.tp = 8,
	.fn = 2,
	.fp = 5,
	.tn = 15,
};

static void
measures_are_what_a_hand_computes(void **state)
{
	static const struct {
		enum ih_measure measure;
		uint64_t events, of;
		double value;
	} rows[] = {
		{ IH_SENSITIVITY, 8, 10, 0.8 },
		{ IH_SPECIFICITY, 15, 20, 0.75 }, { IH_PPV, 8, 13, 8. / 13 },
		{ IH_NPV, 15, 17, 15. / 17 },
		{ IH_LR_POSITIVE, 0, 0, 3.2 },       /* 0.8 / 0.25 */
		{ IH_LR_NEGATIVE, 0, 0, 0.8 / 3.0 }, /* 0.2 / 0.75 */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ih_estimate e = settled(&by_hand, rows[i].measure);

		assert_true(e.known);
		assert_int_equal(e.events, rows[i].events);
		assert_int_equal(e.of, rows[i].of);
		assert_near(e.value, rows[i].value, 1e-15);
	}
}

/* ln 3.2 -+ 1.96 root(1/8 - 1/10 + 1/5 - 1/20) = 1.16315 -+ 0.81992. */
static void
the_log_interval_is_what_a_hand_computes(void **state)
{
	struct ih_estimate e = settled(&by_hand, IH_LR_POSITIVE);

	(void)state;
	assert_true(e.has[IH_LOG]);
	assert_false(e.has[IH_WILSON]);
	assert_near(e.intervals[IH_LOG].low, exp(1.163151 - 0.819912), 1e-5);
	assert_near(e.intervals[IH_LOG].high, exp(1.163151 + 0.819912), 1e-4);
}

static void
renaming_positive_and_confirmed_turns_the_measures_round(void **state)
{
	const struct ih_confusion *a = &by_hand;
	struct ih_confusion b = { .tp = a->tn,
		.fn = a->fp,
		.fp = a->fn,
		.tn = a->tp };

	(void)state;
	assert_near(settled(a, IH_SENSITIVITY).value,
	    settled(&b, IH_SPECIFICITY).value, 0);
	assert_near(settled(a, IH_PPV).value, settled(&b, IH_NPV).value, 0);
	assert_near(settled(a, IH_LR_POSITIVE).value *
			settled(&b, IH_LR_NEGATIVE).value,
	    1, 1e-12);
}

static void
nothing_by_nothing_has_no_estimate(void **state)
{
	static const struct {
		struct ih_confusion table;
		enum ih_measure measure;
	} rows[] = {
		{ { 0 }, IH_SENSITIVITY },
		{ { 0 }, IH_LR_NEGATIVE },
		{ { .fp = 3, .tn = 4 }, IH_SENSITIVITY },
		{ { .tp = 3, .fn = 4 }, IH_SPECIFICITY },
		{ { .fn = 3, .tn = 4 }, IH_PPV },
		{ { .tp = 3, .fp = 4 }, IH_NPV },
		{ { .tp = 3, .tn = 4 }, IH_LR_POSITIVE }, /* by 0 */
		{ { .tp = 3, .fp = 4 }, IH_LR_NEGATIVE }, /* by 0 */
		{ { .fp = 3, .tn = 4 }, IH_LR_POSITIVE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ih_estimate e = settled(&rows[i].table, rows[i].measure);

		assert_false(e.known);
		assert_false(e.has[IH_WILSON] || e.has[IH_LOG]);
	}
}

static void
a_ratio_of_zero_has_no_log_interval(void **state)
{
	struct ih_confusion table = { .fn = 5, .fp = 2, .tn = 8 };
	struct ih_estimate e = settled(&table, IH_LR_POSITIVE);

	(void)state;
	assert_true(e.known && e.value == 0);
	assert_false(e.has[IH_LOG]);
}

static void
one_interview_gives_a_wide_interval_and_no_more(void **state)
{
	struct ih_confusion table = { .tp = 1 };
	struct ih_estimate e = settled(&table, IH_SENSITIVITY);

	(void)state;
	assert_true(e.known && e.value == 1);
	assert_near(e.intervals[IH_CLOPPER_PEARSON].low, 0.025, 1e-12);
	assert_near(e.intervals[IH_WILSON].low, 0.2065, 0.00005);
	assert_false(settled(&table, IH_SPECIFICITY).known);
	assert_false(settled(&table, IH_LR_POSITIVE).known);
}

static void
undetermined_is_read_both_as_negative_and_as_positive(void **state)
{
	struct ih_confusion table = { .tp = 6,
		.fn = 2,
		.fp = 5,
		.tn = 15,
		.open_confirmed = 2,
		.open_other = 4 };
	struct ih_estimate least, most;

	(void)state;
	least = ih_estimate(&table, IH_SENSITIVITY, IH_LEAST);
	most = ih_estimate(&table, IH_SENSITIVITY, IH_MOST);
	assert_int_equal(least.events, 6);
	assert_int_equal(most.events, 8);
	assert_true(least.of == 10 && most.of == 10);
	least = ih_estimate(&table, IH_SPECIFICITY, IH_LEAST);
	most = ih_estimate(&table, IH_SPECIFICITY, IH_MOST);
	assert_int_equal(least.events, 15);
	assert_int_equal(most.events, 19);
	assert_true(least.of == 24 && most.of == 24);
}

/* The lowest and highest over every way the open ones could turn out. */
static void
by_force(const struct ih_confusion *t, enum ih_measure measure,
    struct ih_interval *found)
{
	*found = (struct ih_interval){ INFINITY, -INFINITY };
	for (uint64_t i = 0; i <= t->open_confirmed; i++)
		for (uint64_t j = 0; j <= t->open_other; j++) {
			struct ih_confusion one = { .tp = t->tp + i,
				.fn = t->fn + t->open_confirmed - i,
				.fp = t->fp + j,
				.tn = t->tn + t->open_other - j };
			struct ih_estimate e =
			    ih_estimate(&one, measure, IH_LEAST);

			if (!e.known)
				continue;
			found->low = fmin(found->low, e.value);
			found->high = fmax(found->high, e.value);
		}
}

static void
the_two_ends_are_those_of_every_completion(void **state)
{
	static const uint64_t counts[] = { 1, 7 }, open[] = { 0, 1, 3 };

	(void)state;
	for (size_t i = 0; i < 16 * 9; i++) {
		struct ih_confusion t = { .tp = counts[i % 2],
			.fn = counts[i / 2 % 2],
			.fp = counts[i / 4 % 2],
			.tn = counts[i / 8 % 2],
			.open_confirmed = open[i / 16 % 3],
			.open_other = open[i / 48] };

		for (int m = 0; m < IH_MEASURES; m++) {
			enum ih_measure measure = (enum ih_measure)m;
			struct ih_interval all;

			by_force(&t, measure, &all);
			assert_near(ih_estimate(&t, measure, IH_LEAST).value,
			    all.low, 1e-15);
			assert_near(ih_estimate(&t, measure, IH_MOST).value,
			    all.high, 1e-15);
		}
	}
}

static void
settling_an_open_interview_never_widens_the_two_ends(void **state)
{
	struct ih_confusion before = { 6, 2, 5, 15, 2, 4 };

	(void)state;
	for (int way = 0; way < 4; way++) {
		struct ih_confusion after = before;

		after.open_confirmed -= way < 2;
		after.open_other -= way >= 2;
		after.tp += way == 0;
		after.fn += way == 1;
		after.fp += way == 2;
		after.tn += way == 3;
		for (int m = 0; m < IH_MEASURES; m++) {
			enum ih_measure measure = (enum ih_measure)m;

			assert_true(
			    ih_estimate(&after, measure, IH_LEAST).value >=
			    ih_estimate(&before, measure, IH_LEAST).value);
			assert_true(
			    ih_estimate(&after, measure, IH_MOST).value <=
			    ih_estimate(&before, measure, IH_MOST).value);
		}
	}
}

/* ---- outcomes by determination */

static void
an_outcome_between_two_levels_is_open_only_where_the_threshold_is_between(
    void **state)
{
	struct ih_cross cross = { 0 };
	struct ih_confusion strict, wide;

	(void)state;
	ih_cross_add(&cross, true, IH_POSSIBLE, IH_INDICATED);
	ih_cross_add(&cross, false, IH_NO_INDICATION, IH_POSSIBLE);
	strict = ih_cross_at(&cross, IH_INDICATED);
	wide = ih_cross_at(&cross, IH_POSSIBLE);
	assert_memory_equal(&strict,
	    (&(struct ih_confusion){ .open_confirmed = 1, .tn = 1 }),
	    sizeof strict);
	assert_memory_equal(&wide,
	    (&(struct ih_confusion){ .tp = 1, .open_other = 1 }), sizeof wide);
	/* By name both are undetermined, as the assessment says. */
	assert_int_equal(ih_cross_read(&cross, true, IH_READ_UNDETERMINED), 1);
	assert_int_equal(ih_cross_read(&cross, false, IH_READ_UNDETERMINED), 1);
}

static void
every_interview_stands_once_in_the_table_of_each_threshold(void **state)
{
	struct ih_cross cross = { 0 };

	(void)state;
	for (int least = 0; least < IH_LEVELS; least++)
		for (int most = least; most < IH_LEVELS; most++) {
			ih_cross_add(&cross, true, (enum ih_level)least,
			    (enum ih_level)most);
			ih_cross_add(&cross, false, (enum ih_level)least,
			    (enum ih_level)most);
			ih_cross_add(&cross, false, (enum ih_level)least,
			    (enum ih_level)most);
		}
	for (int level = IH_POSSIBLE; level < IH_LEVELS; level++) {
		struct ih_confusion t =
		    ih_cross_at(&cross, (enum ih_level)level);

		assert_int_equal(t.tp + t.fn + t.open_confirmed, 6);
		assert_int_equal(t.fp + t.tn + t.open_other, 12);
	}
}

static void
a_lower_threshold_finds_no_fewer(void **state)
{
	struct ih_cross cross = { 0 };
	struct ih_confusion strict, wide;

	(void)state;
	for (int i = 0; i < 50; i++)
		ih_cross_add(&cross, i % 3 != 0, (enum ih_level)(i % 2),
		    (enum ih_level)(i % 2 + i % 5 / 3));
	strict = ih_cross_at(&cross, IH_INDICATED);
	wide = ih_cross_at(&cross, IH_POSSIBLE);
	for (int end = 0; end < IH_ENDS; end++) {
		assert_true(ih_estimate(&wide, IH_SENSITIVITY, (enum ih_end)end)
				.value >= ih_estimate(&strict, IH_SENSITIVITY,
					      (enum ih_end)end)
					      .value);
		assert_true(ih_estimate(&wide, IH_SPECIFICITY, (enum ih_end)end)
				.value <= ih_estimate(&strict, IH_SPECIFICITY,
					      (enum ih_end)end)
					      .value);
	}
}

static void
readings_and_measures_have_names_that_lead_back(void **state)
{
	(void)state;
	for (int i = 0; i < IH_READINGS; i++)
		assert_int_equal(ih_reading_of(
				     ih_reading_name((enum ih_reading)i)),
		    i);
	assert_int_equal(ih_reading_of("verdict"), IH_READ_NOTHING);
	for (int i = 0; i < IH_MEASURES; i++)
		assert_int_equal(ih_measure_of(
				     ih_measure_name((enum ih_measure)i)),
		    i);
	assert_int_equal(ih_measure_of("accuracy"), -1);
}

/* ---- two screeners */

/* By hand: 35 of 50 agree; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; so
 * (0.7 - 0.5) / 0.5 = 0.4, -+ 1.96 root(0.7 * 0.3 / 50) / 0.5 = 0.25404. */
static void
kappa_of_two_by_two_is_what_a_hand_computes(void **state)
{
	static const uint64_t table[] = { 20, 5, 10, 15 };
	struct ih_agreement k = ih_kappa(table, 2);

	(void)state;
	assert_true(k.known);
	assert_int_equal(k.pairs, 50);
	assert_int_equal(k.agreed, 35);
	assert_near(k.value, 0.4, 1e-15);
	assert_true(k.has_interval);
	assert_near(k.interval.low, 0.4 - 0.254040, 1e-5);
	assert_near(k.interval.high, 0.4 + 0.254040, 1e-5);
}

/* By hand: 25 of 30 agree; rows 12 10 8, columns 11 11 8, by chance
 * (132 + 110 + 64) / 900 = 0.34; (25/30 - 0.34) / 0.66 = 74/99. */
static void
kappa_of_three_by_three_is_what_a_hand_computes(void **state)
{
	static const uint64_t table[] = { 10, 2, 0, 1, 8, 1, 0, 1, 7 };

	(void)state;
	assert_near(ih_kappa(table, 3).value, 74. / 99, 1e-15);
}

static void
kappa_has_no_interval_where_all_agreed_or_none_did(void **state)
{
	static const uint64_t all[] = { 6, 0, 0, 4 }, none[] = { 0, 5, 5, 0 };

	(void)state;
	assert_true(ih_kappa(all, 2).known && !ih_kappa(all, 2).has_interval);
	assert_true(ih_kappa(none, 2).known);
	assert_false(ih_kappa(none, 2).has_interval);
}

static void
kappa_does_not_care_who_is_first_nor_how_kinds_are_ordered(void **state)
{
	static const uint64_t table[] = { 10, 2, 0, 1, 8, 1, 0, 1, 7 };
	static const uint64_t turned[] = { 10, 1, 0, 2, 8, 1, 0, 1, 7 };
	static const uint64_t backward[] = { 7, 1, 0, 1, 8, 1, 0, 2, 10 };
	double k = ih_kappa(table, 3).value;

	(void)state;
	assert_near(ih_kappa(turned, 3).value, k, 1e-15);
	assert_near(ih_kappa(backward, 3).value, k, 1e-15);
}

static void
kappa_is_one_nought_or_less_than_nought(void **state)
{
	static const struct {
		uint64_t table[4];
		double value;
	} rows[] = {
		{ { 6, 0, 0, 4 }, 1 },
		{ { 9, 9, 9, 9 }, 0 },
		{ { 0, 5, 5, 0 }, -1 },
		{ { 1, 0, 0, 1 }, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_near(ih_kappa(rows[i].table, 2).value, rows[i].value,
		    1e-15);
}

static void
kappa_has_no_estimate_where_all_say_the_same_or_nobody_says_a_thing(
    void **state)
{
	static const uint64_t same[] = { 0, 0, 0, 12 }, none[4];

	(void)state;
	assert_false(ih_kappa(same, 2).known);
	assert_int_equal(ih_kappa(same, 2).agreed, 12);
	assert_false(ih_kappa(none, 2).known);
}

/* Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): the data
 * of sections A (two readers, two kinds), B (two readers, five kinds) and C
 * (four readers, five kinds, readings missing).  C by hand: 40 readings can be
 * compared, 32 of them alike; n_c = 9 13 10 5 3. */
static void
alpha_is_that_of_krippendorffs_examples(void **state)
{
	static const int8_t a[] = {
		0, 1, 0, 0, 0, 0, 0, 0, 1, 0, /* Jon */
		1, 1, 1, 0, 0, 1, 0, 0, 0, 0, /* Han */
	};
	static const int8_t b[] = {
		0, 0, 1, 1, 3, 2, 2, 2, 4, 3, 3, 0, /* a a b b d c c c e... */
		1, 0, 1, 1, 1, 2, 2, 2, 4, 3, 3, 3, /* b a b b b c c c e... */
	};
	static const int8_t c[] = {
		0, 1, 2, 2, 1, 0, 3, 0, 1, -1, -1, -1, /* reader A */
		0, 1, 2, 2, 1, 1, 3, 0, 1, 4, -1, 2,   /* B */
		-1, 2, 2, 2, 1, 2, 3, 1, 1, 4, 0, -1,  /* C */
		0, 1, 2, 2, 1, 3, 3, 0, 1, 4, 0, -1,   /* D */
	};
	double alpha = 0;

	(void)state;
	assert_true(ih_alpha(a, 2, 10, 2, &alpha));
	assert_near(alpha, 0.095, 0.0005);
	assert_true(ih_alpha(b, 2, 12, 5, &alpha));
	assert_near(alpha, 0.692, 0.0005);
	assert_true(ih_alpha(c, 4, 12, 5, &alpha));
	assert_near(alpha, 0.743, 0.0005);
}

static void
a_unit_with_one_reading_does_not_move_alpha(void **state)
{
	static const int8_t with[] = { 0, 1, 1, 0, 1, 0, 1, 0, 0, -1 };
	static const int8_t without[] = { 0, 1, 1, 0, 0, 1, 0, 0 };
	double a = 0, b = 1;

	(void)state;
	assert_true(ih_alpha(with, 2, 5, 2, &a));
	assert_true(ih_alpha(without, 2, 4, 2, &b));
	assert_near(a, b, 1e-15);
}

static void
alpha_does_not_care_who_read_first_nor_in_what_order(void **state)
{
	static const int8_t one[] = { 0, 1, 2, 0, 1, 0, 1, 1, 0, -1 };
	static const int8_t swapped[] = { 0, 1, 1, 0, -1, 0, 1, 2, 0, 1 };
	static const int8_t backward[] = { 1, 0, 2, 1, 0, -1, 0, 1, 1, 0 };
	double a = 0, b = 1, c = 1;

	(void)state;
	assert_true(ih_alpha(one, 2, 5, 3, &a));
	assert_true(ih_alpha(swapped, 2, 5, 3, &b));
	assert_true(ih_alpha(backward, 2, 5, 3, &c));
	assert_near(a, b, 1e-15);
	assert_near(a, c, 1e-15);
}

static void
alpha_has_no_estimate_where_nothing_varies_or_can_be_compared(void **state)
{
	static const int8_t same[] = { 2, 2, 2, 2 }, lone[] = { 0, 1, -1, -1 };
	static const int8_t equal[] = { 0, 1, 0, 1 };
	double alpha = 0;

	(void)state;
	assert_false(ih_alpha(same, 2, 2, 3, &alpha));
	assert_false(ih_alpha(lone, 2, 2, 3, &alpha));
	assert_false(ih_alpha(lone, 2, 0, 3, &alpha));
	assert_true(ih_alpha(equal, 2, 2, 2, &alpha));
	assert_near(alpha, 1, 1e-15);
}

/* ---- what studies print */

static struct ih_truth *
shipped(const char *name)
{
	struct ih_error err = { 0 };
	char path[64];

	snprintf(path, sizeof path, "xml/validation/%s.xml", name);
	IH_OWNED(ih_buffer) bytes = ih_library_read(library, path, &err);
	IH_OWNED(xmlDoc) doc =
	    bytes == NULL ?
		NULL :
		ih_schema_admit(schema, path, bytes->data, bytes->size, &err);
	struct ih_truth *truth = doc != NULL ? ih_truth_read(doc, &err) : NULL;

	if (truth == NULL)
		fail_msg("%s", err.text);
	assert_int_equal(truth->study_count, 1);
	assert_true(truth->studies[0].reconstructed);
	return truth;
}

/* Each estimate that STUDY prints is the one its counts give, to the last
 * digit printed. */
static void
assert_prints_what_is_computed(const struct ih_study *study)
{
	assert_true(study->printed_count > 0);
	for (size_t i = 0; i < study->printed_count; i++) {
		const struct ih_printed *p = &study->printed[i];
		const char *point = strchr(p->estimate, '.');
		double computed = settled(&study->counts, p->measure).value;
		double last = pow(10, -(double)strlen(point + 1));

		if (ih_measure_is_share(p->measure))
			computed *= 100;
		assert_near(strtod(p->estimate, NULL), computed,
		    last / 2 + 1e-9);
	}
}

static void
the_reconstructed_counts_give_every_printed_estimate(void **state)
{
	static const struct {
		const char *name;
		uint64_t tp, fn, fp, tn;
	} rows[] = {
		{ "qyit-2019", 26, 4, 73, 237 },
		{ "greenbaum-2018", 76, 14, 306, 414 },
		{ "hurst-2021", 22, 4, 87, 99 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		IH_OWNED(ih_truth) truth = shipped(rows[i].name);
		const struct ih_confusion *t = &truth->studies[0].counts;

		assert_int_equal(t->tp, rows[i].tp);
		assert_int_equal(t->fn, rows[i].fn);
		assert_int_equal(t->fp, rows[i].fp);
		assert_int_equal(t->tn, rows[i].tn);
		assert_false(ih_confusion_is_open(t));
		assert_prints_what_is_computed(&truth->studies[0]);
	}
}

/* Greenbaum 2018 prints the exact interval of its sensitivity, 75.28 to
 * 91.23, and 1.76 to 2.25 by the log method. */
static void
greenbaums_sensitivity_and_ratio_have_the_printed_intervals(void **state)
{
	IH_OWNED(ih_truth) truth = shipped("greenbaum-2018");
	const struct ih_confusion *t = &truth->studies[0].counts;
	struct ih_interval exact =
	    settled(t, IH_SENSITIVITY).intervals[IH_CLOPPER_PEARSON];
	struct ih_interval log = settled(t, IH_LR_POSITIVE).intervals[IH_LOG];

	(void)state;
	assert_near(100 * exact.low, 75.28, 0.005);
	assert_near(100 * exact.high, 91.23, 0.005);
	assert_near(log.low, 1.757, 0.0005);
	assert_near(log.high, 2.247, 0.0005);
}

/* The study prints 53.80 to 61.11; what is computed here is 53.80 to 61.14. */
static void
greenbaums_specificity_computes_to_61_14_where_61_11_is_printed(void **state)
{
	IH_OWNED(ih_truth) truth = shipped("greenbaum-2018");
	const struct ih_study *study = &truth->studies[0];
	const struct ih_printed *printed = &study->printed[1];
	struct ih_interval computed = settled(&study->counts, IH_SPECIFICITY)
					  .intervals[IH_CLOPPER_PEARSON];

	(void)state;
	assert_int_equal(printed->measure, IH_SPECIFICITY);
	assert_string_equal(printed->low, "53.80");
	assert_string_equal(printed->high, "61.11");
	assert_near(100 * computed.low, 53.80, 0.005);
	assert_near(100 * computed.high, 61.14, 0.005);
}

/* Hurst 2021 prints p -+ 1.96 root(p (1 - p) / n), Wald's interval, which is
 * not offered here: it is recomputed from the estimate. */
static void
hursts_printed_intervals_are_walds_to_within_a_tenth(void **state)
{
	IH_OWNED(ih_truth) truth = shipped("hurst-2021");
	const struct ih_study *study = &truth->studies[0];

	(void)state;
	for (size_t i = 0; i < study->printed_count; i++) {
		const struct ih_printed *p = &study->printed[i];
		struct ih_estimate e = settled(&study->counts, p->measure);
		double half =
		    196 * sqrt(e.value * (1 - e.value) / (double)e.of);

		assert_near(100 * e.value - half, strtod(p->low, NULL), 0.1);
		assert_near(100 * e.value + half, strtod(p->high, NULL), 0.1);
	}
}

/* ---- reading a truth file */

#define ID "00000000-0000-4000-8000-00000000000"
#define ROW(n, more) "<row interview='" ID #n "' determination=" more "/>\n"

static struct ih_truth *
truth_of(const char *inside, struct ih_error *err)
{
	IH_OWNED(ih_buffer) text = ih_buffer_new();

	ih_buffer_printf(text, "<truth xmlns='urn:ihala:truth:1'>\n%s</truth>",
	    inside);
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("truth", text->data, text->size, err);
	if (doc == NULL || !ih_schema_check(schema, doc, "truth", err))
		return NULL;
	return ih_truth_read(doc, err);
}

static void
finds_a_determination_by_its_interview(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_truth) truth =
	    truth_of(ROW(3, "'not-confirmed'")
			 ROW(1, "'confirmed' second='possible'"),
		&err);

	(void)state;
	assert_non_null(truth);
	assert_int_equal(truth->verdict_count, 2);
	assert_true(ih_truth_of(truth, ID "1")->confirmed);
	assert_int_equal(ih_truth_of(truth, ID "1")->second, IH_READ_POSSIBLE);
	assert_false(ih_truth_of(truth, ID "3")->confirmed);
	assert_int_equal(ih_truth_of(truth, ID "3")->second, IH_READ_NOTHING);
	assert_null(ih_truth_of(truth, ID "2"));
}

static void
refuses_two_determinations_of_one_interview_and_names_the_later_line(
    void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_null(truth_of(ROW(1, "'confirmed'") ROW(2, "'confirmed'")
				 ROW(1, "'not-confirmed'"),
	    &err));
	assert_string_equal(err.code, "E_TRUTH_TWICE");
	assert_non_null(strstr(err.text, "line 4"));
	assert_null(strstr(err.text, ID));
}

static void
refuses_what_is_not_a_truth_and_never_quotes_it(void **state)
{
	static const char *const rows[] = {
		"",
		ROW(1, "'confirmed '"),
		ROW(1, "'suspected'"),
		ROW(1, "'confirmed' second='maybe'"),
		ROW(1, "'confirmed' name='Personne Exemple Sept'"),
		ROW(1, "'confirmed' second=' possible'"),
		"<row interview=' " ID "1' determination='confirmed'/>",
		"<row interview='7KQF-3XMT-M' determination='confirmed'/>",
		"<table label='a' tp='1' fn='2' fp='3'/>",
		"<table label='a' tp='-1' fn='2' fp='3' tn='4'/>",
		"<table label='a' tp=' 1' fn='2' fp='3' tn='4'/>",
		"<table label='a' tp='12345678' fn='2' fp='3' tn='4'/>",
		"<table label='a&#x202e;b' tp='1' fn='2' fp='3' tn='4'/>",
		"<table label='a&#10;b' tp='1' fn='2' fp='3' tn='4'/>",
		"<table label='' tp='1' fn='2' fp='3' tn='4'/>",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ih_error err = { 0 };

		if (truth_of(rows[i], &err) != NULL)
			fail_msg("taken: %s", rows[i]);
		assert_int_equal(err.kind, IH_INPUT);
		assert_null(strstr(err.text, "Exemple"));
		assert_null(strstr(err.text, "suspected"));
	}
}

static void
refuses_more_studies_than_anybody_compares(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) many = ih_buffer_new();

	(void)state;
	for (int i = 0; i < IH_STUDIES_MAX; i++)
		ih_buffer_text(many,
		    "<table label='a' tp='1' fn='2' fp='3' tn='4'/>");
	IH_OWNED(ih_truth) truth = truth_of((char *)many->data, &err);
	assert_non_null(truth);
	ih_buffer_text(many, "<table label='a' tp='1' fn='2' fp='3' tn='4'/>");
	assert_null(truth_of((char *)many->data, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(intervals_of_a_share_are_those_of_newcombe),
		TEST(the_exact_interval_of_all_or_none_is_a_root),
		TEST(exact_limits_leave_a_fortieth_in_each_binomial_tail),
		TEST(the_incomplete_beta_is_a_binomial_tail_at_whole_numbers),
		TEST(the_incomplete_beta_has_its_closed_forms),
		TEST(the_incomplete_beta_is_symmetric),
		TEST(
		    every_interval_holds_its_estimate_and_the_exact_one_holds_wilsons_centre),
		TEST(what_did_not_happen_mirrors_what_did),
		TEST(more_interviews_narrow_an_interval),
		TEST(the_largest_counts_of_a_truth_file_still_have_intervals),
		TEST(measures_are_what_a_hand_computes),
		TEST(the_log_interval_is_what_a_hand_computes),
		TEST(renaming_positive_and_confirmed_turns_the_measures_round),
		TEST(nothing_by_nothing_has_no_estimate),
		TEST(a_ratio_of_zero_has_no_log_interval),
		TEST(one_interview_gives_a_wide_interval_and_no_more),
		TEST(undetermined_is_read_both_as_negative_and_as_positive),
		TEST(the_two_ends_are_those_of_every_completion),
		TEST(settling_an_open_interview_never_widens_the_two_ends),
		TEST(
		    an_outcome_between_two_levels_is_open_only_where_the_threshold_is_between),
		TEST(
		    every_interview_stands_once_in_the_table_of_each_threshold),
		TEST(a_lower_threshold_finds_no_fewer),
		TEST(readings_and_measures_have_names_that_lead_back),
		TEST(kappa_of_two_by_two_is_what_a_hand_computes),
		TEST(kappa_of_three_by_three_is_what_a_hand_computes),
		TEST(kappa_has_no_interval_where_all_agreed_or_none_did),
		TEST(
		    kappa_does_not_care_who_is_first_nor_how_kinds_are_ordered),
		TEST(kappa_is_one_nought_or_less_than_nought),
		TEST(
		    kappa_has_no_estimate_where_all_say_the_same_or_nobody_says_a_thing),
		TEST(alpha_is_that_of_krippendorffs_examples),
		TEST(a_unit_with_one_reading_does_not_move_alpha),
		TEST(alpha_does_not_care_who_read_first_nor_in_what_order),
		TEST(
		    alpha_has_no_estimate_where_nothing_varies_or_can_be_compared),
		TEST(the_reconstructed_counts_give_every_printed_estimate),
		TEST(
		    greenbaums_sensitivity_and_ratio_have_the_printed_intervals),
		TEST(
		    greenbaums_specificity_computes_to_61_14_where_61_11_is_printed),
		TEST(hursts_printed_intervals_are_walds_to_within_a_tenth),
		TEST(finds_a_determination_by_its_interview),
		TEST(
		    refuses_two_determinations_of_one_interview_and_names_the_later_line),
		TEST(refuses_what_is_not_a_truth_and_never_quotes_it),
		TEST(refuses_more_studies_than_anybody_compares),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
