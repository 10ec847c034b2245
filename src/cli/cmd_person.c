/* ihala person search|link|unlink|links|accuse|accused|mark - who may be whom,
 * and who belongs together. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "case_file.h"
#include "ihala/file.h"
#include "ihala/name.h"
#include "ihala/person.h"
#include "ihala/text.h"
#include "listing.h"
#include "words_keys.h"

#define SHOWN 50 /* candidates; more are no help to anybody */
#define LINE_MAX_BYTES (IH_NAME_MAX + 2) /* newline and NUL */

/* ---- what is asked for, never on a command line */

/* The next line of standard input, without its end; "" past it. */
static bool
read_line(struct request *request, const char *prompt,
    char line[static LINE_MAX_BYTES], struct ih_error *err)
{
	if (isatty(STDIN_FILENO))
		fprintf(stderr, "%s ", word(request, prompt));
	line[0] = '\0';
	if (fgets(line, LINE_MAX_BYTES, stdin) == NULL)
		return true;
	if (strlen(line) == LINE_MAX_BYTES - 1 && strchr(line, '\n') == NULL)
		return ih_fail_code(err, IH_INPUT, "E_NAME_LONG",
		    "at most %d bytes", IH_NAME_MAX);
	line[strcspn(line, "\r\n")] = '\0';
	return true;
}

static bool
read_person(struct request *request, struct ih_person *person,
    struct ih_error *err)
{
	char name[LINE_MAX_BYTES], birth[LINE_MAX_BYTES] = "";
	bool read = read_line(request, W_PERSON_ASK_NAME, name, err) &&
		    read_line(request, W_PERSON_ASK_BIRTH, birth, err);

	*person = (struct ih_person){ .count = 1 };
	person->name[0] = ih_arena_text(request->arena, name);
	if (read && birth[0] != '\0') {
		ih_text_ascii_digits(birth);
		read = ih_date_parse(birth, &person->birth) ||
		       ih_fail_code(err, IH_INPUT, "E_DATE",
			   "the second line: 2001, 2001-05 or 2001-05-17");
	}
	explicit_bzero(name, sizeof name);
	explicit_bzero(birth, sizeof birth);
	return read;
}

/* ---- search */

struct candidates {
	size_t count;
	struct ih_likely likely[SHOWN];
};

static bool
keep(const struct ih_likely *likely, void *with)
{
	struct candidates *found = with;

	found->likely[found->count++] = *likely;
	return found->count < SHOWN;
}

/* The names of a case, where they were asked for; the reading is entered. */
static const char *
names_of(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	struct ih_person person;
	const char *names = "";

	if (!request->reveal)
		return "";
	if (!ih_person_read(registry, code, request->arena, &person, err))
		return NULL;
	for (size_t i = 0; i < person.count; i++)
		names = ih_arena_printf(request->arena, "%s%s%s", names,
		    i > 0 ? " / " : "", person.name[i]);
	return names;
}

static const char *
why(struct request *request, const struct ih_likely *likely)
{
	return likely->same ? word(request, W_PERSON_WHY_SAME) :
			      ih_say(request->arena, request->tongue,
				  W_PERSON_WHY_PARTS, IH_NUM(likely->parts));
}

static bool
list_candidates(struct request *request, struct ih_registry *registry,
    const struct candidates *found, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "code", W_COLUMN_CODE, false },
		{ "score", W_COLUMN_SCORE, true },
		{ "why", W_COLUMN_WHY, false },
		{ "birth", W_COLUMN_BIRTH, false },
		{ "name", W_COLUMN_NAME, false },
	};
	static const char *const births[] = {
		[IH_BIRTH_UNKNOWN] = W_PERSON_BIRTH_UNKNOWN,
		[IH_BIRTH_NEAR] = W_PERSON_BIRTH_NEAR,
		[IH_BIRTH_AGREES] = W_PERSON_BIRTH_AGREES,
	};
	struct listing listing =
	    LISTING(request, "candidates", "candidate", columns);

	if (!request->reveal)
		listing.width--; /* the last column */
	for (size_t i = 0; i < found->count; i++) {
		const struct ih_likely *l = &found->likely[i];
		const char *names = names_of(request, registry, l->code, err);

		if (names == NULL)
			return false;
		LISTING_ADD(&listing, l->code,
		    ih_arena_printf(request->arena, "%u", l->score),
		    why(request, l), word(request, births[l->birth]), names);
	}
	return listing_print(&listing, request, err);
}

static bool
search(struct request *request, struct ih_error *err)
{
	struct ih_person person;
	struct candidates found = { 0 };
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	setvbuf(stdin, NULL, _IONBF, 0); /* no second copy of a name */
	if (registry == NULL || !read_person(request, &person, err) ||
	    !ih_person_search(registry, &person, keep, &found, err))
		return false;
	if (found.count == 0)
		fprintf(stderr, "%s\n", word(request, W_PERSON_NONE));
	return list_candidates(request, registry, &found, err);
}

/* ---- links */

static bool
two_codes(struct request *request, char a[static IH_CODE_TEXT],
    char b[static IH_CODE_TEXT], struct ih_error *err)
{
	return case_code(request->words[0], a, err) &&
	       case_code(request->words[1], b, err);
}

static bool
link_cases(struct request *request, struct ih_error *err)
{
	char a[IH_CODE_TEXT], b[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL || !two_codes(request, a, b, err))
		return false;
	if (request->as == NULL)
		return ih_fail(err, IH_USAGE, "say how with --as");
	if (!ih_person_link(registry, a, b, request->as, err))
		return false;
	say(request, W_DONE_PERSON_LINKED, IH_ARG(a), IH_ARG(b));
	return true;
}

static bool
unlink_cases(struct request *request, struct ih_error *err)
{
	char a[IH_CODE_TEXT], b[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL || !two_codes(request, a, b, err) ||
	    !ih_person_unlink(registry, a, b, err))
		return false;
	say(request, W_DONE_PERSON_UNLINKED, IH_ARG(a), IH_ARG(b));
	return true;
}

static bool
list_link(const char *other, const char *kind, void *with)
{
	LISTING_ADD((struct listing *)with, other, kind);
	return true;
}

static bool
list_links(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "code", W_COLUMN_CODE, false },
		{ "link", W_COLUMN_LINK, false },
	};
	char code[IH_CODE_TEXT];
	struct listing listing = LISTING(request, "links", "link", columns);
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	return registry != NULL && case_code(request->words[0], code, err) &&
	       ih_person_links(registry, code, list_link, &listing, err) &&
	       listing_print(&listing, request, err);
}

/* ---- who is said to have done it */

static bool
accuse(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL || !case_code(request->words[0], code, err))
		return false;
	if (isatty(STDIN_FILENO))
		fprintf(stderr, "%s\n", word(request, W_PERSON_ASK_NOTE));
	IH_OWNED(ih_buffer) note = ih_file_read("-", IH_ACCUSED_MAX, err);
	if (note == NULL)
		return false;
	while (note->size > 0 && note->data[note->size - 1] == '\n')
		note->data[--note->size] = '\0';
	if (note->size == 0 || strlen((char *)note->data) != note->size)
		return ih_fail(err, IH_INPUT, "a note is text");
	if (!ih_person_accuse(registry, code, (char *)note->data, err))
		return false;
	fprintf(stderr, "%s\n", word(request, W_DONE_PERSON_ACCUSED));
	return true;
}

static bool
list_note(int64_t instant, const char *note, void *with)
{
	char text[IH_INSTANT_TEXT];

	ih_instant_format(instant, text);
	LISTING_ADD((struct listing *)with, text, note);
	return true;
}

static bool
list_accused(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "added", W_COLUMN_ADDED, false },
		{ "note", W_COLUMN_NOTE, false },
	};
	char code[IH_CODE_TEXT];
	struct listing listing = LISTING(request, "notes", "note", columns);
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	return registry != NULL && case_code(request->words[0], code, err) &&
	       ih_person_accused_each(registry, code, list_note, &listing,
		   err) &&
	       listing_print(&listing, request, err);
}

/* ---- marks */

static bool
mark(struct request *request, struct ih_error *err)
{
	int64_t marked = 0;
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL || !ih_person_mark_all(registry, &marked, err))
		return false;
	say(request, W_DONE_PERSON_MARKED, IH_NUM(marked));
	return true;
}

bool
cmd_person(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "search", search, 0, 0 },
		{ "link", link_cases, 2, 2 },
		{ "unlink", unlink_cases, 2, 2 },
		{ "links", list_links, 1, 1 },
		{ "accuse", accuse, 1, 1 },
		{ "accused", list_accused, 1, 1 },
		{ "mark", mark, 0, 0 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
