/* ihala intake list|show|compare|confirm|refuse - interviews that were held
 * elsewhere and wait for somebody who vouches for them. */
#include <string.h>

#include "case_file.h"
#include "ihala/date.h"
#include "ihala/explain.h"
#include "ihala/intake.h"
#include "ihala/node.h"
#include "ihala/table.h"
#include "ihala/user.h"
#include "incoming.h"
#include "listing.h"
#include "words_keys.h"

#define DAY INT64_C(86400)

struct listed {
	struct request *request;
	struct listing *listing;
};

/* "ROOM.KEY" in the reader's language; programs get the key. */
static const char *
named(struct request *request, const char *room, const char *key)
{
	return request->format != FORMAT_TEXT ?
		   key :
		   word(request,
		       ih_arena_printf(request->arena, "%s.%s", room, key));
}

/* ---- list */

static bool
list_one(const struct ih_intake_row *row, void *with)
{
	struct listed *l = with;
	int64_t waits = l->request->world.now - row->request.asked;

	LISTING_ADD(l->listing, row->request.code,
	    named(l->request, "request.said", row->request.danger),
	    ih_arena_printf(l->request->arena, "%lld",
		(long long)(waits / DAY)),
	    named(l->request, "request.origin", row->origin), row->like);
	return true;
}

static bool
list(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "code", W_COLUMN_CODE, false },
		{ "danger", W_COLUMN_DANGER, false },
		{ "age", W_COLUMN_AGE, true },
		{ "origin", W_COLUMN_ORIGIN, false },
		{ "like", W_COLUMN_LIKE, false },
	};
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	struct listing listing =
	    LISTING(request, "intake", "interview", columns);
	struct listed with = { request, &listing };

	return registry != NULL &&
	       ih_intake_each(registry, list_one, &with, err) &&
	       listing_print(&listing, request, err);
}

/* ---- the interview of one that waits */

static struct interview *
judged(struct request *request, struct ih_registry *registry, struct desk *desk,
    const char *code, bool identity, char *by, struct ih_error *err)
{
	xmlDoc *doc = ih_intake_answers(registry, code, identity, by, err);

	return doc != NULL ? interview_of(request, desk, doc, err) : NULL;
}

static void
put(struct listed *l, const char *field, const char *value)
{
	LISTING_ADD(l->listing, named(l->request, "request.field", field),
	    value);
}

/* Line by line, each as far in as it stands. */
static void
put_explained(struct listed *l, const struct ih_buffer *explained)
{
	for (const char *at = (const char *)explained->data; *at != '\0';) {
		size_t length = strcspn(at, "\n");

		if (length > strspn(at, " "))
			put(l, "explained",
			    ih_arena_printf(l->request->arena, "%.*s",
				(int)length, at));
		at += length + (at[length] == '\n');
	}
}

/* By which way and when it came; and what its answers support under the main
 * framework, without who the person is. */
static bool
show(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "field", W_COLUMN_FIELD, false },
		{ "value", W_COLUMN_VALUE, false },
	};
	char code[IH_CODE_TEXT], day[IH_DATE_TEXT], held[IH_DATE_TEXT];
	char by[IH_USER_TEXT] = "";
	struct ih_intake_row row;
	struct listing listing = LISTING(request, "interview", "line", columns);
	struct listed with = { request, &listing };
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_desk) desk = desk_new();
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !ih_intake_row(registry, code, &row, err))
		return false;
	IH_OWNED(cli_interview)
	one = judged(request, registry, desk, code, false, by, err);
	if (one == NULL)
		return false;
	ih_date_format(ih_instant_date(row.request.asked), day);
	ih_date_format(one->answers->date, held);
	put(&with, "origin", named(request, "request.origin", row.origin));
	put(&with, "danger",
	    named(request, "request.said", row.request.danger));
	put(&with, "held", held);
	put(&with, "entered", day);
	put(&with, "by", by);
	put(&with, "state", row.request.state);
	if (row.like[0] != '\0')
		put(&with, "like", row.like);
	ih_explain_all(one->assessments, 1, request->tongue, out);
	if (request->format != FORMAT_TEXT)
		put_explained(&with, out);
	return listing_print(&listing, request, err) &&
	       (request->format != FORMAT_TEXT ||
		   put_output(request, out->data, out->size, err));
}

/* ---- a second key-in */

/* Does the same stand there: state, codes, number, date, text? */
static bool
is_same(const struct ih_answer *a, const struct ih_answer *b)
{
	return a->state == b->state && a->codes == b->codes &&
	       a->number == b->number && a->date.year == b->date.year &&
	       a->date.month == b->date.month && a->date.day == b->date.day &&
	       strcmp(a->text != NULL ? a->text : "",
		   b->text != NULL ? b->text : "") == 0;
}

static size_t
list_differing(struct listed *l, const struct ih_answers *first,
    const struct ih_answers *second)
{
	const struct ih_instrument *instrument = first->instrument;
	size_t count = 0;

	for (size_t i = 0; i < instrument->item_count; i++) {
		const struct ih_answer *a = &first->answers[i];
		const struct ih_answer *b = &second->answers[i];

		if (is_same(a, b))
			continue;
		count++;
		LISTING_ADD(l->listing, instrument->items[i].id,
		    ih_state_name((enum ih_state)a->state),
		    ih_state_name((enum ih_state)b->state),
		    ih_texts_say(&instrument->items[i].question,
			l->request->tongue));
	}
	return count;
}

/* Which answers differ, never which answer it is: that is looked up on the
 * sheet. */
static bool
tell_compared(struct request *request, const struct interview *first,
    const struct interview *second, const char *code, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "item", W_COLUMN_ITEM, false },
		{ "first", W_COLUMN_FIRST, false },
		{ "second", W_COLUMN_SECOND, false },
		{ "question", W_COLUMN_QUESTION, false },
	};
	struct listing listing =
	    LISTING(request, "differences", "answer", columns);
	struct listed with = { request, &listing };
	size_t count;

	if (strcmp(first->answers->instrument->digest,
		second->answers->instrument->digest) != 0)
		return ih_fail_code(err, IH_INPUT, "E_INSTRUMENT", "%s", code);
	count = list_differing(&with, first->answers, second->answers);
	if (count == 0) {
		say(request, W_INTAKE_ALIKE, IH_ARG(code));
		return true;
	}
	return listing_print(&listing, request, err) &&
	       ih_fail_code(err, IH_STATE, "E_INTAKE_DIFFERS", "%zu", count);
}

static bool
compare(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_intake_row row;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_incoming)
	incoming = registry != NULL ? incoming_new(request, registry) : NULL;

	if (incoming == NULL || !case_code(request->words[0], code, err) ||
	    !ih_intake_row(registry, code, &row, err))
		return false;
	IH_OWNED(cli_arrived)
	again = incoming_paper(incoming, request->words[1], err);
	if (again == NULL)
		return ih_fail_in(err, request->words[1]);
	if (again->interview == NULL)
		return ih_fail_code(err, IH_INPUT, "E_INSTRUMENT", "%s",
		    request->words[1]);
	/* A desk of its own: it may have been asked by another form. */
	IH_OWNED(cli_desk) desk = desk_new();
	IH_OWNED(cli_interview)
	first = judged(request, registry, desk, code, true, NULL, err);
	return first != NULL &&
	       tell_compared(request, first, again->interview, code, err);
}

/* ---- what becomes of it */

static bool
confirm(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_intake_row row;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_desk) desk = desk_new();

	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !ih_intake_row(registry, code, &row, err))
		return false;
	IH_OWNED(ih_tables) tables = ih_tables_load(request->library, err);
	IH_OWNED(cli_interview)
	one = tables != NULL ?
		  judged(request, registry, desk, code, true, NULL, err) :
		  NULL;
	const struct opening opening = { .name = code,
		.asked = code,
		.become = ih_intake_confirm };
	return one != NULL &&
	       case_take_in(request, registry, tables, one, &opening, err);
}

static bool
refuse(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_buffer) reason = read_reason(request, err);
	IH_OWNED(ih_registry)
	registry = reason != NULL ? open_registry(request, err) : NULL;

	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !ih_intake_refuse(registry, code, (const char *)reason->data, err))
		return false;
	say(request, W_INTAKE_REFUSED, IH_ARG(code));
	return true;
}

bool
cmd_intake(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "list", list, 0, 0 },
		{ "show", show, 1, 1 },
		{ "compare", compare, 2, 2 },
		{ "confirm", confirm, 1, 1 },
		{ "refuse", refuse, 1, 1 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
