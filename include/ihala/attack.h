/*
 * attack.h - what a reader can find out who has only what was published.
 *
 * Each number that was printed says between which bounds the exact one lies:
 * a rounded one by its bound, one that is withheld not at all.  Sums of
 * tables, margins that tables share, the year and its halves, and earlier
 * releases say more.  Together they are a linear programme; its least and
 * most value for a cell, first over all numbers and then over whole ones, are
 * what is known of that cell, and nothing tighter is.  The solver works in a
 * confined child.
 *
 * A release that lets anybody know a small number is not released.  The
 * attack reads nothing but the files: whoever has them can run it.
 *
 * Source: Fischetti and Salazar, "Models and algorithms for the 2-dimensional
 * cell suppression problem", Mathematical Programming 84 (1999), for the
 * attacker's programme; src/README.md "Summaries".
 */
#ifndef IHALA_ATTACK_H
#define IHALA_ATTACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/error.h"
#include "ihala/owned.h"
#include "ihala/return.h"

#define IH_ATTACK_SMALL 5 /* a number below is small */
#define IH_ATTACK_WIDTH 4 /* what hides a small number is as wide as that */
#define IH_ATTACK_MOST                                                         \
	INT64_C(1000000)     /* of a number of which nothing is said */
#define IH_ATTACK_CELLS 8000 /* and as many sums */
#define IH_ATTACK_NAME 80

struct ih_attack_cell {
	char name[IH_ATTACK_NAME]; /* "MA 2026 form-sex ForcedBegging male" */
	int64_t least, most;       /* as printed; then as found */
};

typedef struct ih_attack ih_attack;

/* Nothing published yet.  Caller owns. */
struct ih_attack *ih_attack_new(void);
void ih_attack_free(struct ih_attack *attack);

/* A number between LEAST and MOST; which cell it is, from 0.  More than
 * IH_ATTACK_CELLS are refused when it runs. */
size_t ih_attack_cell(struct ih_attack *attack, const char *name, int64_t least,
    int64_t most);
/* The parts that follow make TOTAL. */
void ih_attack_sum(struct ih_attack *attack, size_t total);
void ih_attack_part(struct ih_attack *attack, size_t part);

/* All that RETURNS of one committee tell, together; several of one period
 * are restatements, or the same by another method. */
bool ih_attack_returns(struct ih_attack *attack, const struct ih_tables *tables,
    struct ih_return *const *returns, size_t count, struct ih_error *err);

/* Find the bounds of each cell.  False: IH_SYSTEM (the solver failed);
 * IH_INPUT with E_ATTACK_IMPOSSIBLE (no numbers are like that: the files do
 * not belong together), or too many cells. */
bool ih_attack_run(struct ih_attack *attack, struct ih_error *err);

/* Borrowed; *COUNT of them. */
const struct ih_attack_cell *
ih_attack_cells(const struct ih_attack *attack, size_t *count);

/* What the reader knows of a cell. */
enum ih_known {
	IH_KNOWN_NOTHING, /* that matters */
	IH_KNOWN_NARROW,  /* it may be small, and less than IH_ATTACK_WIDTH
			     hides it */
	IH_KNOWN_SMALL,   /* somebody is there, and few */
	IH_KNOWN_EXACTLY, /* how few */
	IH_KNOWN_KINDS
};
enum ih_known ih_attack_known(const struct ih_attack_cell *cell);

/* What an attack found. */
struct ih_attacked {
	size_t cells, known[IH_KNOWN_KINDS];
	int64_t narrowest; /* interval of a cell that may be small; -1: none */
	struct ih_attack_cell worst; /* the first of those known best */
};

/*
 * The attack on RETURNS of any committees, each with its own.  True also
 * where it succeeds: FOUND says so.  False: as ih_attack_run().
 */
bool
ih_attack_all(const struct ih_tables *tables, struct ih_return *const *returns,
    size_t count, struct ih_attacked *found, struct ih_error *err);

/* The same before a release.  False: IH_STATE with E_ATTACK, naming the cell
 * and what would be known of it. */
bool ih_attack_fails(const struct ih_tables *tables,
    struct ih_return *const *returns, size_t count, struct ih_error *err);

IH_OWNER(ih_attack, ih_attack_free)

#endif
