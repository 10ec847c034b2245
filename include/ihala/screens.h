/*
 * screens.h - which pages and forms there are, and which commands each of them
 * stands for: xml/screen/screens.xml.
 *
 * A screen is shown at a path and is made of what some commands print; an act
 * is what a form does: one command, and where the browser goes then.  A
 * command is written as on the command line, with the fields of the form in
 * braces:
 *
 *	{code}		the value of field `code`, as one word; must be there
 *	{code?}		the same, left out where it is empty
 *	{need*}		every value of the field, each one word
 *	--to={to}	an option, left out where the field is empty
 *	--with={with*}	the same with every value, joined by commas
 *	--mine?{mine}	an option without a value, given where the field is
 *	@{file}		the name of a file that holds the value (in memory);
 *	--from=@{text}	the same for an option
 *	{need*!as}	nothing where field `as` is given
 *	@form:NAME	the name of a file that holds what xslt/entry.xsl makes
 *			of all fields as form NAME
 *
 * So what can be done on a screen is what can be done on the command line, by
 * the same code, roles and ledger.  Every field has a type, which is checked
 * before anything is run.
 *
 * Source: xml/schema/screens.rng; src/README.md "Screens".
 */
#ifndef IHALA_SCREENS_H
#define IHALA_SCREENS_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/error.h"
#include "ihala/fields.h"
#include "ihala/library.h"
#include "ihala/owned.h"

#define IH_SCREEN_WORDS 32 /* of one command */

enum ih_field_type {
	IH_FIELD_CODE,     /* of a case, a request, an interview */
	IH_FIELD_ID,       /* of something in xml/: "sexual-exploitation" */
	IH_FIELD_NAME,     /* of a user; a code of a choice */
	IH_FIELD_DAY,      /* 2026-03-04 */
	IH_FIELD_NUMBER,   /* at most nine digits */
	IH_FIELD_FLAG,     /* given or not */
	IH_FIELD_LANGUAGE, /* ar, fr, en */
	IH_FIELD_LINE,     /* of text, 200 characters */
	IH_FIELD_TEXT,     /* several lines, 20 000 bytes */
	IH_FIELD_SECRET,   /* a passphrase: never shown again */
	IH_FIELD_FILE,
	IH_FIELD_TYPES
};

struct ih_screen_field {
	const char *name;
	enum ih_field_type type;
};

/* One command, in words as above. */
struct ih_screen_run {
	const char *as; /* what it shows is called; an act that has one shows
			 * lines of text, too, on the page it leads to */
	const char
	    *may;   /* the action it takes; NULL: whoever sees the screen */
	bool lasts; /* a session prints it once in each language */
	const char *verb; /* words[0] */
	const char *words[IH_SCREEN_WORDS];
	size_t count;
};

struct ih_screen {
	const char *id, *path;
	bool is_act;
	const char *may;   /* the action it needs (role.h); NULL: none */
	bool whole_office; /* not only of the user's own cases */
	const char *nav;   /* where it stands among the links; NULL: nowhere */
	const char *back;  /* an act: the screen it was on */
	const char *then;  /* an act: the path it leads to; NULL: it gives a
			    * file */
	const char *type, *file; /* of that file: its media type, its name */
	struct ih_screen_field *fields;
	size_t field_count;
	struct ih_screen_run *runs; /* an act: one */
	size_t run_count;
};

typedef struct ih_screens {
	struct ih_arena *arena;
	struct ih_screen *list;
	size_t count;
} ih_screens;

/* Caller owns.  NULL: IH_SYSTEM, IH_INPUT: where a row uses a field that it
 * does not declare (but `printed`, in `then`), leads by a field that a path
 * cannot hold, goes back to no screen, or stands there twice. */
struct ih_screens *
ih_screens_load(struct ih_library *library, struct ih_error *err);
void ih_screens_free(struct ih_screens *screens);

/* The screen or act at PATH; what stands in the path for a field is added to
 * FIELDS, in the place of what stands there by that name.  NULL: there is none.
 */
const struct ih_screen *ih_screens_at(const struct ih_screens *screens,
    bool is_act, const char *path, struct ih_fields *fields);
const struct ih_screen *
ih_screens_named(const struct ih_screens *screens, const char *id);

/* Is every field that SCREEN knows of its type?  Those it does not know are
 * nothing to it.  False: IH_USAGE (E_FIELD), naming the field. */
bool ih_screen_takes(const struct ih_screen *screen,
    const struct ih_fields *fields, struct ih_error *err);

/* TEXT with the fields in braces filled in ("/case/{code}"); in ARENA. */
const char *ih_screen_fill(struct ih_arena *arena, const char *text,
    const struct ih_fields *fields);

IH_OWNER(ih_screens, ih_screens_free)

#endif
