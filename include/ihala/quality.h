/*
 * quality.h - how good a questionnaire is, held against what a committee
 * determined.
 *
 * Outcomes are crossed with determinations.  At a threshold an interview is
 * positive for sure (its outcome is at least that high), negative for sure
 * (at most lower), or open: it could still turn out either way.  Open is never
 * read as negative: each measure has two ends, over every way in which the
 * open interviews could turn out, and where none is open both are the same.
 *
 * A measure that would divide by zero has no estimate.  Nothing is added to
 * cells that are 0.  All intervals are two-sided, 95 %.
 *
 * Source: Wilson, JASA 22 (1927) 209; Clopper and Pearson, Biometrika 26
 * (1934) 404; Simel, Samsa and Matchar, J Clin Epidemiol 44 (1991) 763 (the log
 * method); Cohen, Educ Psychol Meas 20 (1960) 37; Krippendorff, Content
 * Analysis (4th ed., 2018) ch. 12, and Computing Krippendorff's
 * Alpha-Reliability (2011).
 */
#ifndef IHALA_QUALITY_H
#define IHALA_QUALITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/framework.h"

/* ---- one share */

struct ih_interval {
	double low, high;
};

/* EVENTS of OF, where 0 < OF and EVENTS <= OF.  Within 0 to 1. */
struct ih_interval ih_wilson(uint64_t events, uint64_t of);
struct ih_interval ih_clopper_pearson(uint64_t events, uint64_t of);

/* The regularised incomplete beta function I_x(a, b), for 0 <= x <= 1 and
 * a, b >= 1. */
long double ih_incomplete_beta(long double a, long double b, long double x);

/* ---- a table of two by two */

struct ih_confusion {
	uint64_t tp, fn; /* confirmed: positive, negative */
	uint64_t fp, tn; /* not confirmed: positive, negative */
	uint64_t open_confirmed, open_other;
};

enum ih_measure {
	IH_SENSITIVITY,
	IH_SPECIFICITY,
	IH_PPV, /* positive predictive value */
	IH_NPV,
	IH_LR_POSITIVE, /* likelihood ratio of a positive outcome */
	IH_LR_NEGATIVE,
	IH_MEASURES
};

enum ih_method { IH_WILSON, IH_CLOPPER_PEARSON, IH_LOG, IH_METHODS };

enum ih_end { IH_LEAST, IH_MOST, IH_ENDS };

struct ih_estimate {
	uint64_t events, of; /* of a share; of a ratio 0, 0 */
	bool known;          /* false: it would divide by zero */
	double value;
	bool has[IH_METHODS];
	struct ih_interval intervals[IH_METHODS];
};

/* "sensitivity", "ppv"...; "wilson"...; and back (-1). */
const char *ih_measure_name(enum ih_measure measure);
int ih_measure_of(const char *name);
const char *ih_method_name(enum ih_method method);
bool ih_measure_is_share(enum ih_measure measure);

/* The lowest or the highest that MEASURE can be. */
struct ih_estimate ih_estimate(const struct ih_confusion *table,
    enum ih_measure measure, enum ih_end end);
/* Is any interview open, so that the two ends may differ? */
bool ih_confusion_is_open(const struct ih_confusion *table);

/* ---- outcomes by determination */

/* What somebody read in an interview. */
enum ih_reading {
	IH_READ_NOTHING = -1, /* there is no such reading */
	IH_READ_INDICATED,
	IH_READ_POSSIBLE,
	IH_READ_UNDETERMINED,
	IH_READ_NO_INDICATION,
	IH_READINGS
};

/* As ih_outcome_name(), and back (IH_READ_NOTHING). */
const char *ih_reading_name(enum ih_reading reading);
enum ih_reading ih_reading_of(const char *name);

struct ih_cross {
	/* confirmed, at least, at most */
	uint64_t counts[2][IH_LEVELS][IH_LEVELS];
};

void ih_cross_add(struct ih_cross *cross, bool confirmed,
    enum ih_level at_least, enum ih_level at_most);
uint64_t ih_cross_read(const struct ih_cross *cross, bool confirmed,
    enum ih_reading reading);
/* Positive is POSITIVE and above; not IH_NO_INDICATION. */
struct ih_confusion
ih_cross_at(const struct ih_cross *cross, enum ih_level positive);

/* ---- two screeners of the same interview */

#define IH_KINDS_MAX 16 /* kinds of reading */

struct ih_agreement {
	uint64_t pairs, agreed;
	bool known; /* false: only one kind was read, or nothing at all */
	double value;
	bool has_interval; /* not where all agreed, or none did */
	struct ih_interval interval;
};

/* Cohen's kappa, unweighted, of a table of KINDS by KINDS counts, row by row,
 * with the interval of his 1960 article (large samples). */
struct ih_agreement ih_kappa(const uint64_t *table, size_t kinds);

/*
 * Krippendorff's alpha for nominal values.  VALUES holds, reader by reader, a
 * kind (0 to KINDS - 1) for each of UNITS, negative where that reader has
 * none.  Units with fewer than two readings tell nothing.  False: no estimate,
 * because nothing varies or nothing can be compared.
 */
bool ih_alpha(const int8_t *values, size_t readers, size_t units, size_t kinds,
    double *alpha);

#endif
