/*
 * validation.h - outcomes held against determinations, for people and for
 * programs: counts of groups, never a row.
 */
#ifndef IHALA_CLI_VALIDATION_H
#define IHALA_CLI_VALIDATION_H

#include "command.h"
#include "ihala/truth.h"

enum by { BY_ALL, BY_SEX, BY_AGE, BY_INSTRUMENT, BYS };

struct pins {
	const char *version, *digest; /* of the instrument */
	const char *framework, *framework_version, *framework_digest;
	const char *sentence; /* the framework, in the user's language */
};

struct group {
	enum by by;
	size_t at;         /* of the category among those of its kind */
	const char *code;  /* "female"; "" for all */
	const char *title; /* in the user's language: "Sex: Female" */
	struct ih_cross cross;
	/* BY_INSTRUMENT: what the outcomes were computed with; else NULL */
	const struct pins *pins;
};

/* What became of the interviews and determinations that were named. */
struct tally {
	size_t compared;     /* has an outcome and a determination */
	size_t training;     /* of these, invented */
	size_t declined;     /* determined, but nothing that counts was asked */
	size_t no_verdict;   /* an interview that nobody determined */
	size_t no_interview; /* a determination without its interview */
	size_t refused;      /* files that could not be read */
};

struct validation {
	const struct ih_truth *truth; /* borrowed */
	const xmlDoc *definitions;    /* of the tables: the words for codes */
	struct tally tally;
	struct group *groups; /* all first, then by kind */
	size_t group_count;
	enum ih_level positive[2]; /* thresholds to show */
	size_t positive_count;
	struct ih_agreement kappa;
	size_t single; /* interviews that only one screener read */
	bool alpha_known;
	double alpha;
};

/* "Sex: Female", in the words of the tables; a code they do not have, as it
 * is. */
const char *validation_title(const struct validation *validation,
    struct request *request, const char *variable, const char *code);

/* To standard output, in the format asked for. */
bool validation_print(const struct validation *validation,
    struct request *request, struct ih_error *err);

#endif
