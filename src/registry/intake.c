/* This is where an interview that was held elsewhere waits for somebody who
 * vouches for it. */
#include "ihala/intake.h"

#include <stdio.h>
#include <string.h>

#include "ihala/date.h"
#include "ihala/digest.h"
#include "ihala/element.h"
#include "ihala/id.h"
#include "ihala/node.h"
#include "ihala/xml.h"
#include "query.h"

#define REQUEST "urn:ihala:request:1"
#define ANSWERS "urn:ihala:answers:1"
/* What the two marks are keyed by. */
#define INTERVIEWS "ihala intake interview 1"
#define CONTENTS "ihala intake answers 1"

/* ---- marks */

static bool
mark(struct ih_registry *registry, const char *purpose, const void *bytes,
    size_t size, struct ih_hash *hash, struct ih_error *err)
{
	IH_OWNED(ih_secret)
	key = ih_keys_grow(registry, IH_HOLD_INDEX, purpose, err);

	if (key == NULL)
		return false;
	ih_digest_keyed(key->bytes, key->size, bytes, size, hash->bytes);
	return true;
}

static const xmlNode *
answer_to(const xmlNode *root, const char *item)
{
	const xmlNode *n = ih_child(root, "answer");

	while (n != NULL && strcmp(ih_attr(n, "item"), item) != 0)
		n = ih_next(n, "answer");
	return n;
}

/* What was said of each item, in the order of the instrument: nothing of the
 * way in which it came, and not its id. */
static struct ih_buffer *
said(const struct ih_intake_new *fresh)
{
	const xmlNode *root = xmlDocGetRootElement(fresh->answers);
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_buffer) all = ih_buffer_new();

	ih_buffer_printf(all, "%s %s\n", fresh->instrument->id,
	    ih_attr(ih_child(root, "interview"), "date"));
	for (size_t i = 0; i < fresh->instrument->item_count; i++) {
		const char *id = fresh->instrument->items[i].id;
		const xmlNode *answer = answer_to(root, id);

		if (answer == NULL)
			continue;
		if (ih_attr(answer, "state") != NULL)
			ih_buffer_printf(all, "%s=%s\n", id,
			    ih_attr(answer, "state"));
		for (const xmlNode *v = ih_child(answer, "value"); v != NULL;
		     v = ih_next(v, "value"))
			ih_buffer_printf(all, "%s:%s\n", id,
			    ih_text_of(arena, v));
	}
	return IH_GIVE(all);
}

struct marks {
	struct ih_hash interview, answers;
};

static bool
make_marks(struct ih_registry *registry, const struct ih_intake_new *fresh,
    struct marks *marks, struct ih_error *err)
{
	const char *id = ih_attr(xmlDocGetRootElement(fresh->answers), "id");
	IH_OWNED(ih_buffer) all = said(fresh);

	return mark(registry, INTERVIEWS, id, strlen(id), &marks->interview,
		   err) &&
	       mark(registry, CONTENTS, all->data, all->size, &marks->answers,
		   err);
}

/* Neither taken in before, nor a case. */
static bool
is_new(struct ih_registry *registry, const struct ih_intake_new *fresh,
    const struct marks *marks, char code[static IH_CODE_TEXT],
    struct ih_error *err)
{
	const char *id = ih_attr(xmlDocGetRootElement(fresh->answers), "id");
	struct ih_hash before = { 0 };
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT code, answers FROM intake WHERE interview = :interview",
	    ih_bytes(":interview", marks->interview.bytes, IH_DIGEST));

	if (rows == NULL)
		return false;
	if (ih_row(rows, err)) {
		ih_column_text(rows, 0, code, IH_CODE_TEXT);
		ih_column_bytes(rows, 1, before.bytes, IH_DIGEST);
		return ih_fail_code(err, IH_STATE,
		    ih_hash_is(&before, &marks->answers) ? "E_INTAKE_SAME" :
							   "E_INTAKE_TWO",
		    "%s", code);
	}
	if (err->kind != IH_NONE ||
	    !ih_case_of_interview(registry, id, code, err))
		return false;
	return code[0] == '\0' ||
	       ih_fail_code(err, IH_STATE, "E_CASE_EXISTS", "%s", code);
}

/* ---- the request it is kept in */

static bool
is_identity(const struct ih_instrument *instrument, const xmlNode *answer)
{
	const struct ih_item *item =
	    ih_instrument_item(instrument, ih_attr(answer, "item"));

	return item != NULL && item->part == IH_IDENTITY;
}

/* The answers of one part, under the head of the interview. */
static size_t
write_answers(struct ih_writer *w, const struct ih_intake_new *fresh,
    bool identity)
{
	const xmlNode *root = xmlDocGetRootElement(fresh->answers);
	size_t count = 0;

	ih_open(w, "answers");
	ih_put(w, "xmlns", ANSWERS);
	for (const xmlAttr *a = root->properties; a != NULL; a = a->next)
		ih_put(w, (const char *)a->name,
		    ih_attr(root, (const char *)a->name));
	ih_copy(w, ih_child(root, "interview"));
	for (const xmlNode *n = ih_child(root, "answer"); n != NULL;
	     n = ih_next(n, "answer"))
		if (is_identity(fresh->instrument, n) == identity) {
			ih_copy(w, n);
			count++;
		}
	ih_close(w);
	return count;
}

static bool
names_somebody(const struct ih_intake_new *fresh)
{
	for (const xmlNode *n =
		 ih_child(xmlDocGetRootElement(fresh->answers), "answer");
	     n != NULL; n = ih_next(n, "answer"))
		if (is_identity(fresh->instrument, n))
			return true;
	return false;
}

/* By which way, in the words of the lifecycle. */
static const char *
channel_of(const char *channel)
{
	if (strcmp(channel, "hotline") == 0 || strcmp(channel, "self") == 0)
		return channel;
	return "body";
}

static xmlDoc *
request_of(const struct ih_registry *registry,
    const struct ih_intake_new *fresh, struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(fresh->answers);
	const xmlNode *interview = ih_child(root, "interview");
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	char day[IH_DATE_TEXT];

	ih_date_format(ih_instant_date(registry->world->now), day);
	ih_open(&w, "request");
	ih_put(&w, "xmlns", REQUEST);
	ih_put(&w, "channel", channel_of(ih_attr(interview, "channel")));
	ih_put(&w, "danger", fresh->danger);
	ih_put(&w, "language", ih_attr(interview, "language"));
	ih_put_if(&w, "training", ih_attr(root, "training"));
	ih_open(&w, "interview");
	ih_put(&w, "origin", fresh->origin);
	ih_put(&w, "sealed", fresh->sealed ? "true" : "false");
	ih_put(&w, "entered", day);
	ih_put(&w, "by", registry->user);
	write_answers(&w, fresh, false);
	ih_close(&w);
	if (names_somebody(fresh)) {
		ih_open(&w, "identity");
		write_answers(&w, fresh, true);
		ih_close(&w);
	}
	ih_close(&w);
	return ih_write_end(&w, err) ?
		   ih_xml_read("request", out->data, out->size, err) :
		   NULL;
}

/* ---- taking in */

/* That it is in the list is entered too, so that nobody takes it off. */
static bool
insert(struct ih_registry *registry, const struct ih_intake_new *fresh,
    const struct marks *marks, const char *code, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];

	snprintf(subject, sizeof subject, "%.11s %.32s", code, fresh->origin);
	return ih_ledger_add(registry, IH_ACT_INTAKE, subject, NULL, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO intake (code, origin, interview, answers)"
		   " VALUES (:code, :origin, :interview, :answers)",
		   ih_text(":code", code), ih_text(":origin", fresh->origin),
		   ih_bytes(":interview", marks->interview.bytes, IH_DIGEST),
		   ih_bytes(":answers", marks->answers.bytes, IH_DIGEST));
}

bool
ih_intake_add(struct ih_registry *registry, const struct ih_intake_new *fresh,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	struct marks marks;

	code[0] = '\0';
	if (!ih_registry_may(registry, IH_MAY_REQUEST, NULL, err))
		return false;
	IH_OWNED(xmlDoc) doc = request_of(registry, fresh, err);
	IH_OWNED(ih_transaction)
	all = doc != NULL ? ih_transaction_begin(registry, err) : NULL;
	if (all == NULL || !make_marks(registry, fresh, &marks, err) ||
	    !is_new(registry, fresh, &marks, code, err))
		return false;
	return ih_request_add(registry, doc, code, err) &&
	       insert(registry, fresh, &marks, code, err) &&
	       ih_transaction_commit(all, err);
}

/* ---- the list */

#define ROW                                                                    \
	"SELECT i.code, i.origin, coalesce((SELECT o.code FROM intake AS o"    \
	" WHERE o.answers = i.answers AND o.code <> i.code"                    \
	" ORDER BY o.code LIMIT 1), '') FROM intake AS i WHERE i.code = :code"

bool
ih_intake_row(struct ih_registry *registry, const char *code,
    struct ih_intake_row *row, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, ROW, ih_text(":code", code));

	*row = (struct ih_intake_row){ .origin = "" };
	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind == IH_NONE &&
		       ih_fail_code(err, IH_ABSENT, "E_INTAKE_UNKNOWN",
			   "nothing that waits has this code");
	ih_column_text(rows, 1, row->origin, sizeof row->origin);
	ih_column_text(rows, 2, row->like, sizeof row->like);
	return ih_request_row(registry, code, &row->request, err);
}

struct listing {
	struct ih_registry *registry;
	ih_intake_seen *each;
	void *with;
	struct ih_error *err;
};

/* Of the requests those that hold an interview and still wait. */
static bool
see_one(const struct ih_request_row *request, void *with)
{
	struct listing *l = with;
	struct ih_intake_row row;
	struct ih_error none = { 0 };

	if (strcmp(request->state,
		ih_lifecycle_start(l->registry->lifecycle, IH_REQUEST)) != 0)
		return true;
	if (ih_intake_row(l->registry, request->code, &row, &none))
		return l->each(&row, l->with);
	if (none.kind != IH_ABSENT)
		*l->err = none;
	return none.kind == IH_ABSENT;
}

bool
ih_intake_each(struct ih_registry *registry, ih_intake_seen *each, void *with,
    struct ih_error *err)
{
	struct listing l = { registry, each, with, err };

	return ih_request_each(registry, see_one, &l, err) &&
	       err->kind == IH_NONE;
}

/* ---- the interview */

static xmlDoc *
part_of(struct ih_registry *registry, const char *code, enum ih_part part,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_request_read(registry, code, part, err);

	return bytes != NULL ? ih_xml_read(ih_part_names[part], bytes->data,
				   bytes->size, err) :
			       NULL;
}

/* The answers in SOURCE, behind those of TO. */
static bool
join(const xmlNode *to, const xmlNode *source, struct ih_buffer *out,
    struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);

	ih_open(&w, "answers");
	ih_put(&w, "xmlns", ANSWERS);
	for (const xmlAttr *a = to->properties; a != NULL; a = a->next)
		ih_put(&w, (const char *)a->name,
		    ih_attr(to, (const char *)a->name));
	for (const xmlNode *n = ih_child(to, NULL); n; n = ih_next(n, NULL))
		ih_copy(&w, n);
	for (const xmlNode *n = source ? ih_child(source, "answer") : NULL;
	     n != NULL; n = ih_next(n, "answer"))
		ih_copy(&w, n);
	ih_close(&w);
	return ih_write_end(&w, err);
}

/* The answers inside, which are of a format of their own. */
static const xmlNode *
answers_in(const xmlNode *node)
{
	const xmlNode *n = node != NULL ? node->children : NULL;

	while (n != NULL && (n->type != XML_ELEMENT_NODE ||
				strcmp((const char *)n->name, "answers") != 0))
		n = n->next;
	return n;
}

xmlDoc *
ih_intake_answers(struct ih_registry *registry, const char *code, bool identity,
    char *by, struct ih_error *err)
{
	struct ih_error absent = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(xmlDoc) facts = part_of(registry, code, IH_FACTS, err);
	IH_OWNED(xmlDoc)
	who = facts != NULL && identity ?
		  part_of(registry, code, IH_IDENTITY, &absent) :
		  NULL;

	if (facts == NULL)
		return NULL;
	if (who == NULL && absent.kind != IH_NONE && absent.kind != IH_ABSENT) {
		*err = absent;
		return NULL;
	}
	const xmlNode *held =
	    ih_child(xmlDocGetRootElement(facts), "interview");
	const xmlNode *told = answers_in(held);
	if (told == NULL) {
		ih_fail_code(err, IH_ABSENT, "E_INTAKE_UNKNOWN",
		    "request %s holds no interview", code);
		return NULL;
	}
	if (by != NULL)
		snprintf(by, IH_USER_TEXT, "%s", ih_attr(held, "by"));
	if (!join(told,
		who != NULL ? answers_in(xmlDocGetRootElement(who)) : NULL, out,
		err))
		return NULL;
	return ih_xml_read("answers", out->data, out->size, err);
}

/* ---- what becomes of it */

static bool
is_there(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	struct ih_intake_row row;

	return ih_intake_row(registry, code, &row, err);
}

bool
ih_intake_confirm(struct ih_registry *registry, const char *code,
    const char *case_code, struct ih_error *err)
{
	return is_there(registry, code, err) &&
	       ih_request_become(registry, code, "confirm", case_code, err);
}

bool
ih_intake_refuse(struct ih_registry *registry, const char *code,
    const char *reason, struct ih_error *err)
{
	return is_there(registry, code, err) &&
	       ih_request_turn_away(registry, code, "refuse", "", reason, err);
}

/* ---- is it so */

bool
ih_intake_verify(struct ih_registry *registry, struct ih_error *err)
{
	int64_t unsaid = 0;

	return ih_count(registry->db, err, &unsaid,
		   "SELECT (SELECT count(*) FROM intake AS i WHERE NOT EXISTS"
		   "  (SELECT 1 FROM ledger WHERE act = 'intake'"
		   "   AND subject = i.code || ' ' || i.origin))"
		   " + (SELECT count(*) FROM ledger AS l WHERE act = 'intake'"
		   "  AND NOT EXISTS (SELECT 1 FROM intake"
		   "   WHERE l.subject = code || ' ' || origin))",
		   IH_NOTHING) &&
	       (unsaid == 0 ||
		   ih_fail(err, IH_TRUST,
		       "what waits to be confirmed is not what was entered"));
}
