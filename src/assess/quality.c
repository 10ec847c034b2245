/* This is where outcomes are held against determinations, and readings
 * against each other. */
#include "ihala/quality.h"

#include <math.h>
#include <string.h>

#include "ihala/assess.h"

#define Z95 1.959963984540054 /* the normal quantile of 0.975 */
#define TAIL 0.025L           /* on each side of 95 % */

/* ---- one share */

struct ih_interval
ih_wilson(uint64_t events, uint64_t of)
{
	double n = (double)of, p = (double)events / n, z = Z95 * Z95 / n;
	double centre = (p + z / 2) / (1 + z);
	double half = sqrt(p * (1 - p) * z + z * z / 4) / (1 + z);

	return (struct ih_interval){
		.low = events == 0 ? 0 : centre - half,
		.high = events == of ? 1 : centre + half,
	};
}

/* Neither may be 0 in Lentz's method. */
static long double
not_zero(long double x)
{
	return fabsl(x) < 1e-300L ? 1e-300L : x;
}

/*
 * The continued fraction of DLMF 8.17.22 (dlmf.nist.gov/8.17.E22) by the
 * modified method of Lentz (Thompson and Barnett, J Comput Phys 64 (1986) 490).
 * Converges in about the root of the larger of A and B, for X below
 * (A + 1) / (A + B + 2).
 */
static long double
beta_fraction(long double a, long double b, long double x)
{
	long double c = 1, d = 1 / not_zero(1 - (a + b) * x / (a + 1));
	long double f = d;

	for (long i = 1; i < 1000000; i++) {
		long double m = (long double)i, step;
		long double even =
		    m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		long double odd = -(a + m) * (a + b + m) * x /
				  ((a + 2 * m) * (a + 2 * m + 1));

		d = 1 / not_zero(1 + even * d);
		c = not_zero(1 + even / c);
		f *= c * d;
		d = 1 / not_zero(1 + odd * d);
		c = not_zero(1 + odd / c);
		step = c * d;
		f *= step;
		if (fabsl(step - 1) < 1e-15L)
			break;
	}
	return f;
}

long double
ih_incomplete_beta(long double a, long double b, long double x)
{
	long double front;

	if (x <= 0 || x >= 1)
		return x <= 0 ? 0 : 1;
	front = expl(lgammal(a + b) - lgammal(a) - lgammal(b) + a * logl(x) +
		     b * log1pl(-x));
	if (x < (a + 1) / (a + b + 2))
		return front * beta_fraction(a, b, x) / a;
	return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/* The X for which I_x(a, b) is P, by bisection: it rises with x. */
static double
beta_quantile(long double a, long double b, long double p)
{
	long double low = 0, high = 1;

	for (int i = 0; i < 80; i++) {
		long double middle = (low + high) / 2;

		if (ih_incomplete_beta(a, b, middle) < p)
			low = middle;
		else
			high = middle;
	}
	return (double)((low + high) / 2);
}

struct ih_interval
ih_clopper_pearson(uint64_t events, uint64_t of)
{
	long double k = (long double)events, n = (long double)of;

	return (struct ih_interval){
		.low = events == 0 ? 0 : beta_quantile(k, n - k + 1, TAIL),
		.high =
		    events == of ? 1 : beta_quantile(k + 1, n - k, 1 - TAIL),
	};
}

/* ---- a table of two by two */

static const char *const measures[IH_MEASURES] = {
	[IH_SENSITIVITY] = "sensitivity",
	[IH_SPECIFICITY] = "specificity",
	[IH_PPV] = "ppv",
	[IH_NPV] = "npv",
	[IH_LR_POSITIVE] = "lr-positive",
	[IH_LR_NEGATIVE] = "lr-negative",
};

const char *
ih_measure_name(enum ih_measure measure)
{
	return measures[measure];
}

int
ih_measure_of(const char *name)
{
	for (int i = 0; i < IH_MEASURES; i++)
		if (strcmp(measures[i], name) == 0)
			return i;
	return -1;
}

const char *
ih_method_name(enum ih_method method)
{
	static const char *const names[IH_METHODS] = {
		[IH_WILSON] = "wilson",
		[IH_CLOPPER_PEARSON] = "clopper-pearson",
		[IH_LOG] = "log",
	};

	return names[method];
}

bool
ih_measure_is_share(enum ih_measure measure)
{
	return measure < IH_LR_POSITIVE;
}

bool
ih_confusion_is_open(const struct ih_confusion *table)
{
	return table->open_confirmed > 0 || table->open_other > 0;
}

static struct ih_estimate
share(uint64_t events, uint64_t others)
{
	uint64_t of = events + others;
	struct ih_estimate e = { .events = events, .of = of, .known = of > 0 };

	if (!e.known)
		return e;
	e.value = (double)events / (double)of;
	e.has[IH_WILSON] = e.has[IH_CLOPPER_PEARSON] = true;
	e.intervals[IH_WILSON] = ih_wilson(events, of);
	e.intervals[IH_CLOPPER_PEARSON] = ih_clopper_pearson(events, of);
	return e;
}

/* One share by another: A of A + REST_A by B of B + REST_B. */
static struct ih_estimate
ratio(uint64_t a, uint64_t rest_a, uint64_t b, uint64_t rest_b)
{
	double of_a = (double)(a + rest_a), of_b = (double)(b + rest_b), spread;
	struct ih_estimate e = { .known = a + rest_a > 0 && b > 0 };

	if (!e.known)
		return e;
	e.value = ((double)a / of_a) / ((double)b / of_b);
	if (a == 0)
		return e; /* its logarithm has no end */
	spread =
	    Z95 * sqrt(1 / (double)a - 1 / of_a + 1 / (double)b - 1 / of_b);
	e.has[IH_LOG] = true;
	e.intervals[IH_LOG] = (struct ih_interval){
		.low = e.value * exp(-spread),
		.high = e.value * exp(spread),
	};
	return e;
}

/* All measures but the last are lowest where each open interview turns out
 * against the questionnaire, and highest where each turns out for it. */
struct ih_estimate
ih_estimate(const struct ih_confusion *table, enum ih_measure measure,
    enum ih_end end)
{
	bool against = (end == IH_LEAST) == (measure != IH_LR_NEGATIVE);
	struct ih_confusion t = *table;

	*(against ? &t.fn : &t.tp) += table->open_confirmed;
	*(against ? &t.fp : &t.tn) += table->open_other;
	switch (measure) {
	case IH_SENSITIVITY:
		return share(t.tp, t.fn);
	case IH_SPECIFICITY:
		return share(t.tn, t.fp);
	case IH_PPV:
		return share(t.tp, t.fp);
	case IH_NPV:
		return share(t.tn, t.fn);
	case IH_LR_POSITIVE:
		return ratio(t.tp, t.fn, t.fp, t.tn);
	default:
		return ratio(t.fn, t.tp, t.tn, t.fp);
	}
}

/* ---- outcomes by determination */

static const struct {
	enum ih_level at_least, at_most;
} readings[IH_READINGS] = {
	[IH_READ_INDICATED] = { IH_INDICATED, IH_INDICATED },
	[IH_READ_POSSIBLE] = { IH_POSSIBLE, IH_POSSIBLE },
	[IH_READ_UNDETERMINED] = { IH_NO_INDICATION, IH_INDICATED },
	[IH_READ_NO_INDICATION] = { IH_NO_INDICATION, IH_NO_INDICATION },
};

const char *
ih_reading_name(enum ih_reading reading)
{
	return ih_outcome_name(readings[reading].at_least,
	    readings[reading].at_most);
}

enum ih_reading
ih_reading_of(const char *name)
{
	for (int i = 0; i < IH_READINGS; i++)
		if (strcmp(ih_reading_name((enum ih_reading)i), name) == 0)
			return (enum ih_reading)i;
	return IH_READ_NOTHING;
}

void
ih_cross_add(struct ih_cross *cross, bool confirmed, enum ih_level at_least,
    enum ih_level at_most)
{
	cross->counts[confirmed][at_least][at_most]++;
}

uint64_t
ih_cross_read(const struct ih_cross *cross, bool confirmed,
    enum ih_reading reading)
{
	uint64_t sum = 0;

	for (int least = 0; least < IH_LEVELS; least++)
		for (int most = 0; most < IH_LEVELS; most++)
			if (ih_reading_of(ih_outcome_name((enum ih_level)least,
				(enum ih_level)most)) == reading)
				sum += cross->counts[confirmed][least][most];
	return sum;
}

struct ih_confusion
ih_cross_at(const struct ih_cross *cross, enum ih_level positive)
{
	struct ih_confusion t = { 0 };

	for (int least = 0; least < IH_LEVELS; least++)
		for (int most = least; most < IH_LEVELS; most++) {
			const bool yes = least >= (int)positive,
				   no = most < (int)positive;

			*(yes  ? &t.tp :
			    no ? &t.fn :
				 &t.open_confirmed) +=
			    cross->counts[true][least][most];
			*(yes  ? &t.fp :
			    no ? &t.tn :
				 &t.open_other) +=
			    cross->counts[false][least][most];
		}
	return t;
}

/* ---- two screeners of the same interview */

static uint64_t
sum_of(const uint64_t *first, size_t count, size_t apart)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += first[i * apart];
	return sum;
}

/* kappa = (po - pe) / (1 - pe); its error is the root of
 * po (1 - po) / (n (1 - pe)^2). */
struct ih_agreement
ih_kappa(const uint64_t *table, size_t kinds)
{
	struct ih_agreement k = { .pairs = sum_of(table, kinds * kinds, 1),
		.agreed = sum_of(table, kinds, kinds + 1),
		.known = true };
	double n = (double)k.pairs, po = (double)k.agreed / n, pe = 0, half;

	for (size_t i = 0; i < kinds; i++) {
		uint64_t row = sum_of(table + i * kinds, kinds, 1);
		uint64_t column = sum_of(table + i, kinds, kinds);

		/* Also where there is no pair at all. */
		if (row == k.pairs && column == k.pairs)
			k.known = false;
		pe += (double)row / n * ((double)column / n);
	}
	if (!k.known)
		return k;
	k.value = (po - pe) / (1 - pe);
	k.has_interval = k.agreed > 0 && k.agreed < k.pairs;
	if (!k.has_interval)
		return k;
	half = Z95 * sqrt(po * (1 - po) / n) / (1 - pe);
	k.interval.low = fmax(k.value - half, -1);
	k.interval.high = fmin(k.value + half, 1);
	return k;
}

/*
 * alpha = ((n - 1) sum of o_cc - sum of n_c (n_c - 1)) /
 *	   (n (n - 1) - sum of n_c (n_c - 1))
 *
 * where a unit with m readings adds to o_cc each ordered pair of readings of
 * the kind c, divided by m - 1, and to n_c each reading.
 */
bool
ih_alpha(const int8_t *values, size_t readers, size_t units, size_t kinds,
    double *alpha)
{
	double total[IH_KINDS_MAX] = { 0 }, n = 0, same = 0, chance = 0;

	for (size_t u = 0; u < units; u++) {
		double of[IH_KINDS_MAX] = { 0 }, m = 0;

		for (size_t r = 0; r < readers; r++) {
			int8_t kind = values[r * units + u];

			if (kind < 0 || (size_t)kind >= kinds)
				continue;
			of[(size_t)kind]++;
			m++;
		}
		if (m < 2)
			continue;
		for (size_t k = 0; k < kinds; k++) {
			same += of[k] * (of[k] - 1) / (m - 1);
			total[k] += of[k];
		}
		n += m;
	}
	for (size_t k = 0; k < kinds; k++)
		chance += total[k] * (total[k] - 1);
	if (n < 2 || chance >= n * (n - 1))
		return false;
	*alpha = ((n - 1) * same - chance) / (n * (n - 1) - chance);
	return true;
}
