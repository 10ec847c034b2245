/*
 * table.h - from cases to counts.
 *
 * When a case is assessed, a coded row is made of it once: no name, no date of
 * birth, no text, only codes.  The registry seals such rows, and statistics
 * read nothing else.  Which codes and which tables there are is data:
 * xml/summary/tables.xml, whose categories bear their HTCDS names and leave
 * room for those of IC-TIP.
 *
 * A person with several forms of exploitation counts once in each; such a
 * variable is `multi`, its table says so, and persons are counted apart.  A
 * variable of steps (identified, assisted) counts them in the period in which
 * they were first taken, whenever the case was opened: so half-years make the
 * year, and what was counted of a past period stays.  A
 * person whose age is in doubt is counted as a child (Palermo Protocol
 * art. 3(d); UNODC and the three laws presume minority).
 *
 * Source: HTCDS 2.0 (IOM, CC BY 4.0); IC-TIP (UNSD family 2099, codes not
 * public).
 */
#ifndef IHALA_TABLE_H
#define IHALA_TABLE_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/date.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/owned.h"
#include "ihala/statistic.h"

#define IH_VARIABLES_MAX 12  /* of the whole set */
#define IH_CATEGORIES_MAX 16 /* of one variable */
#define IH_URGENT_MAX 8      /* answers that make a case urgent */
#define IH_TABLES_MAX 12     /* of one return */
#define IH_COUNT_MAX 1000000 /* persons of one return: more is a mistake */

struct ih_category {
	const char *code;
	int least, most;     /* a band of years or days; -1, -1: none */
	const char *reached; /* states, "determination:confirmed"; NULL */
};

/* Where in the answers or the assessment a variable is found. */
enum ih_from {
	IH_FROM_CHOICE,  /* the code of a single choice */
	IH_FROM_CHOICES, /* the codes of a multiple choice */
	IH_FROM_NUMBER,  /* the band of a number */
	IH_FROM_COUNTRY, /* a country: the committee's own, or other */
	IH_FROM_OUTCOME, /* the level of the assessment */
	IH_FROM_STEP,    /* states that were reached in the period */
	IH_FROM_DAYS,    /* the band of days until one was */
	IH_FROMS
};

struct ih_variable {
	const char *id; /* "sex" */
	enum ih_from from;
	const char *item;    /* of the instrument; NULL for the outcome */
	bool multi;          /* one person, several categories, or none */
	const char *reached; /* of IH_FROM_DAYS: the states it ends with */
	const char *doubt_item, *doubt_code; /* NULL: none */
	size_t doubt;                        /* the category of doubt */
	/* Categories by role; IH_CATEGORIES_MAX: there is none. */
	size_t unknown, own, other, opened;
	size_t count;
	struct ih_category categories[IH_CATEGORIES_MAX];
};

struct ih_table {
	const char *id;       /* "outcome-sex" */
	size_t rows, columns; /* which variables */
};

/* An answer that makes a case urgent. */
struct ih_urgent {
	const char *item, *code;
};

/* The definitions, and the schemas of what is made by them. */
typedef struct ih_tables {
	const char *version;
	int due; /* days after its period, the return is late */
	size_t urgent_count, variable_count, table_count;
	struct ih_urgent urgent[IH_URGENT_MAX];
	struct ih_variable variables[IH_VARIABLES_MAX];
	struct ih_table tables[IH_TABLES_MAX];
	struct ih_tables_inner *inner;
} ih_tables;

/* xml/summary/tables.xml.  Caller owns.  NULL: IH_SYSTEM, IH_INPUT. */
struct ih_tables *
ih_tables_load(struct ih_library *library, struct ih_error *err);
void ih_tables_free(struct ih_tables *tables);

/*
 * The coded row of one case, a `statistic` document.  OPENED is the day the
 * case was opened, COMMITTEE the country that counts it; both documents fit
 * their schemas.  Caller owns.  NULL: IH_INPUT.
 */
struct ih_buffer *ih_table_row(const struct ih_tables *tables,
    const char *committee, struct ih_date opened, xmlDoc *answers,
    xmlDoc *assessment, struct ih_error *err);

/* Where among the categories of VARIABLE, a single choice or a number, these
 * answers are counted. */
size_t
ih_table_category(const struct ih_variable *variable, const xmlDoc *answers);

/* Exact counts: they never leave the office.  See return.h for what does. */
typedef struct ih_count {
	const struct ih_tables *tables; /* borrowed */
	char committee[4];
	char period[12]; /* "2026-H1" */
	struct ih_period days;
	bool training;   /* counts training cases, and no other */
	int64_t persons; /* that were counted */
	int64_t passed;  /* rows of another period, or (not) of training */
	int64_t cells[IH_TABLES_MAX][IH_CATEGORIES_MAX][IH_CATEGORIES_MAX];
} ih_count;

/* An empty count.  Caller owns.  NULL: IH_USAGE (PERIOD is not one). */
struct ih_count *
ih_count_new(const struct ih_tables *tables, const char *committee,
    const char *period, bool training, struct ih_error *err);
void ih_count_free(struct ih_count *count); /* wiped */

/* Count one case: its row, as ih_table_row() made it, and where it came.
 * False: IH_INPUT (not a row, a code the definitions do not have, another
 * committee's). */
bool ih_count_case(struct ih_count *count, const struct ih_statistic *one,
    struct ih_error *err);
/* The same of a case that was only opened. */
bool ih_count_row(struct ih_count *count, const void *bytes, size_t size,
    struct ih_error *err);

/* Does counting by the rows of TABLE, or by its columns, count some persons
 * several times, or not at all? */
bool
ih_table_multi(const struct ih_tables *tables, const struct ih_table *table);

IH_OWNER(ih_tables, ih_tables_free)
IH_OWNER(ih_count, ih_count_free)

#endif
