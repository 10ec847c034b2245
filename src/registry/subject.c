/* This is where everything that is held on a person is gathered. */
#include "ihala/subject.h"

#include <stdio.h>
#include <string.h>

#include "ihala/access.h"
#include "ihala/consent.h"
#include "ihala/date.h"
#include "ihala/digest.h"
#include "ihala/element.h"
#include "ihala/hold.h"
#include "ihala/message.h"
#include "ihala/node.h"
#include "ihala/person.h"
#include "ihala/plan.h"
#include "ihala/provider.h"
#include "ihala/record.h"
#include "ihala/request.h"
#include "ihala/retention.h"
#include "ihala/schema.h"
#include "ihala/user.h"
#include "ihala/work.h"
#include "ihala/xml.h"
#include "query.h"

/* What each of those who tell is handed. */
struct copying {
	struct ih_registry *registry;
	const char *code;
	struct ih_writer w;
	xmlDoc *record; /* facts and identity in one */
	xmlDoc *kinds;  /* of links */
	struct ih_error *err;
};

static void
put_day(struct ih_writer *w, const char *name, int64_t instant)
{
	char day[IH_DATE_TEXT];

	ih_date_format(ih_instant_date(instant), day);
	ih_put(w, name, day);
}

static void
put_texts(struct ih_writer *w, const struct ih_texts *texts)
{
	for (int i = 0; i < IH_LANGS; i++) {
		ih_open(w, "text");
		ih_put(w, "xml:lang", ih_lang_tag((enum ih_lang)i));
		ih_say_text(w, texts->in[i]);
		ih_close(w);
	}
}

/* ---- the record */

static xmlDoc *
part_of(struct copying *c, enum ih_part part)
{
	IH_OWNED(ih_buffer)
	bytes = ih_case_read(c->registry, c->code, part, c->err);

	return bytes == NULL ?
		   NULL :
		   ih_xml_read("case", bytes->data, bytes->size, c->err);
}

static xmlDoc *
record_of(struct copying *c, bool named)
{
	IH_OWNED(xmlDoc) facts = part_of(c, IH_FACTS);
	IH_OWNED(xmlDoc)
	identity = facts != NULL && named ? part_of(c, IH_IDENTITY) : NULL;
	IH_OWNED(ih_buffer) all = ih_buffer_new();

	if (facts == NULL || (named && identity == NULL) ||
	    !ih_record_join(facts, identity, all, c->err))
		return NULL;
	return ih_xml_read("case", all->data, all->size, c->err);
}

static void
write_record(struct copying *c)
{
	ih_open(&c->w, "record");
	ih_copy(&c->w, xmlDocGetRootElement(c->record));
	ih_close(&c->w);
}

/* ---- what was read for a consent */

static bool
is_of_a_consent(const xmlDoc *record, const char *digest)
{
	const xmlNode *n = ih_child(xmlDocGetRootElement(record), "consent");

	for (; n != NULL; n = ih_next(n, "consent")) {
		const char *text = ih_attr(n, "text");

		if (text != NULL && strcmp(text, digest) == 0)
			return true;
	}
	return false;
}

static void
write_said(struct copying *c, const char *tag, const char *said)
{
	char digest[IH_DIGEST_TEXT];

	ih_digest_text(said, strlen(said), digest);
	if (!is_of_a_consent(c->record, digest))
		return;
	ih_open(&c->w, "said");
	ih_put(&c->w, "digest", digest);
	ih_put(&c->w, "xml:lang", tag);
	ih_say_text(&c->w, said);
	ih_close(&c->w);
}

static bool
write_words(struct copying *c)
{
	IH_OWNED(ih_consents)
	all = ih_consents_load(c->registry->library, c->err);

	for (size_t p = 0; all != NULL && p < all->purpose_count; p++) {
		const struct ih_texts *said = &all->purposes[p].said;

		for (int i = 0; i < IH_LANGS; i++)
			write_said(c, ih_lang_tag((enum ih_lang)i),
			    said->in[i]);
		for (size_t i = 0; i < said->variant_count; i++)
			write_said(c, said->variants[i].tag,
			    said->variants[i].text);
	}
	return all != NULL;
}

/* ---- whom the plan names */

static bool
write_provider(struct copying *c, const char *id)
{
	struct ih_error absent = { .kind = IH_NONE };
	IH_OWNED(ih_provider)
	provider = ih_provider_get(c->registry, id, &absent);

	if (provider == NULL) {
		if (absent.kind != IH_ABSENT)
			*c->err = absent;
		return absent.kind == IH_ABSENT;
	}
	ih_open(&c->w, "provider");
	ih_put(&c->w, "id", id);
	put_texts(&c->w, &provider->name);
	ih_close(&c->w);
	return true;
}

/* Each once, where the plan first names it. */
static bool
is_named_before(const struct ih_plan *plan, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (strcmp(plan->items[i].provider, plan->items[at].provider) ==
		    0)
			return true;
	return false;
}

static bool
write_providers(struct copying *c)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	const struct ih_plan plan = ih_plan_read(arena, c->record);

	for (size_t i = 0; i < plan.count; i++)
		if (plan.items[i].provider[0] != '\0' &&
		    !is_named_before(&plan, i) &&
		    !write_provider(c, plan.items[i].provider))
			return false;
	return true;
}

/* ---- the request that it came from */

/* A part that is gone, or not for this account, is left out. */
static bool
write_told(struct copying *c, const char *request, enum ih_part part)
{
	struct ih_error why = { .kind = IH_NONE };
	IH_OWNED(ih_buffer)
	bytes = ih_request_read(c->registry, request, part, &why);
	IH_OWNED(xmlDoc)
	doc = bytes != NULL ?
		  ih_xml_read("request", bytes->data, bytes->size, &why) :
		  NULL;

	if (doc != NULL)
		ih_copy(&c->w, xmlDocGetRootElement(doc));
	else if (why.kind != IH_ABSENT && why.kind != IH_DENIED)
		*c->err = why;
	return c->err->kind == IH_NONE;
}

static bool
write_redirected(struct copying *c, const char *request)
{
	struct ih_error why = { .kind = IH_NONE };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_buffer)
	note = ih_request_note(c->registry, request, &why);

	if (note == NULL) {
		if (why.kind != IH_NONE && why.kind != IH_DENIED)
			*c->err = why;
		return c->err->kind == IH_NONE;
	}
	char *to = ih_arena_text(arena, (const char *)note->data);
	char *reason = to + strcspn(to, "\n");

	if (*reason != '\0')
		*reason++ = '\0';
	ih_open(&c->w, "redirected");
	ih_put(&c->w, "to", to);
	ih_say_text(&c->w, reason);
	ih_close(&c->w);
	return true;
}

static bool
write_request(struct copying *c)
{
	char code[IH_CODE_TEXT];
	struct ih_request_row row;

	if (!ih_request_of_case(c->registry, c->code, code, c->err))
		return false;
	if (code[0] == '\0')
		return true;
	if (!ih_request_row(c->registry, code, &row, c->err))
		return false;
	ih_open(&c->w, "request");
	ih_put(&c->w, "code", code);
	put_day(&c->w, "day", row.asked);
	ih_put(&c->w, "channel", row.channel);
	ih_put(&c->w, "danger", row.danger);
	if (!write_told(c, code, IH_FACTS) ||
	    !write_told(c, code, IH_IDENTITY) || !write_redirected(c, code))
		return false;
	ih_close(&c->w);
	return true;
}

/* ---- what stands beside it */

static bool
write_step(const struct ih_case_step *step, void *with)
{
	struct copying *c = with;

	ih_open(&c->w, "step");
	put_day(&c->w, "day", step->instant);
	ih_put(&c->w, "axis", ih_axis_name(step->axis));
	ih_put(&c->w, "event", step->event);
	ih_put(&c->w, "from", step->from);
	ih_put(&c->w, "to", step->to);
	ih_close(&c->w);
	return true;
}

static bool
write_clock(const struct ih_work *one, void *with)
{
	static const char *const states[] = {
		[IH_CLOCK_RUNNING] = "due",
		[IH_CLOCK_PAUSED] = "paused",
		[IH_CLOCK_OVERDUE] = "overdue",
		[IH_CLOCK_KEPT] = "kept",
		[IH_CLOCK_LATE] = "late",
	};
	struct copying *c = with;

	ih_open(&c->w, "clock");
	ih_put(&c->w, "id", one->clock->id);
	put_day(&c->w, "started", one->run.started);
	put_day(&c->w, "due", one->run.due);
	ih_put(&c->w, "state",
	    states[ih_clock_state(&one->run, c->registry->world->now)]);
	put_texts(&c->w, &one->clock->text);
	ih_close(&c->w);
	return true;
}

static bool
write_delay(const struct ih_excuse *excuse, void *with)
{
	struct copying *c = with;

	ih_open(&c->w, "delay");
	put_day(&c->w, "day", excuse->instant);
	ih_put(&c->w, "clock", excuse->clock);
	ih_say_text(&c->w, excuse->reason);
	ih_close(&c->w);
	return true;
}

static bool
write_emergency(const struct ih_break *one, void *with)
{
	struct copying *c = with;

	if (strcmp(one->code, c->code) != 0)
		return true;
	ih_open(&c->w, "emergency");
	put_day(&c->w, "day", one->instant);
	ih_close(&c->w);
	return true;
}

static bool
write_letter(const struct ih_message *letter, void *with)
{
	struct copying *c = with;

	if (strcmp(letter->code, c->code) != 0)
		return true;
	ih_open(&c->w, "letter");
	put_day(&c->w, "day", letter->created);
	ih_put(&c->w, "direction",
	    letter->direction == IH_SENT ? "sent" : "received");
	ih_put(&c->w, "peer", letter->peer);
	ih_put(&c->w, "purpose", letter->purpose);
	ih_put(&c->w, "state", letter->state);
	ih_close(&c->w);
	return true;
}

/* Of the case and of the request it came from, without who: the names of those
 * who work here are theirs. */
static bool
write_uses(struct copying *c)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(c->registry->db, c->err,
	    "SELECT date(instant, 'unixepoch'), act, count(*) FROM ledger"
	    " WHERE act IN ('read', 'print', 'export')"
	    " AND substr(subject, 1, 11) IN"
	    " (SELECT :code UNION SELECT code FROM request"
	    " WHERE opened_as = :code)"
	    " GROUP BY 1, 2 ORDER BY 1, 2",
	    ih_text(":code", c->code));
	char day[IH_DATE_TEXT], act[16];

	if (rows == NULL)
		return false;
	while (ih_row(rows, c->err)) {
		ih_column_text(rows, 0, day, sizeof day);
		ih_column_text(rows, 1, act, sizeof act);
		ih_open(&c->w, "use");
		ih_put(&c->w, "day", day);
		ih_put(&c->w, "act", act);
		ih_put_number(&c->w, "times", sqlite3_column_int64(rows, 2));
		ih_close(&c->w);
	}
	return c->err->kind == IH_NONE;
}

/* The other's code would lead to the other's case. */
static bool
write_linked(const char *other, const char *kind, void *with)
{
	struct copying *c = with;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	const xmlNode *n = ih_child(xmlDocGetRootElement(c->kinds), "link");

	(void)other;
	while (n != NULL && strcmp(ih_attr(n, "id"), kind) != 0)
		n = ih_next(n, "link");
	if (n == NULL)
		return true;
	const struct ih_texts texts = ih_texts_read(arena, n);
	ih_open(&c->w, "linked");
	ih_put(&c->w, "kind", kind);
	put_texts(&c->w, &texts);
	ih_close(&c->w);
	return true;
}

static bool
write_hold(const struct ih_hold *hold, void *with)
{
	struct copying *c = with;

	ih_open(&c->w, "hold");
	if (hold->entry > 0) {
		put_day(&c->w, "since", hold->instant);
		put_day(&c->w, "until", hold->until * INT64_C(86400));
	}
	ih_close(&c->w);
	return true;
}

static bool
write_kept(struct copying *c)
{
	struct ih_retained one;
	bool closed = false;

	if (!ih_retention_of(c->registry, c->code, &one, &closed, c->err))
		return false;
	if (!closed)
		return true;
	ih_open(&c->w, "kept");
	ih_put(&c->w, "class", one.class->id);
	put_day(&c->w, "closed", one.closed);
	if (one.due > 0)
		put_day(&c->w, "until", one.due * INT64_C(86400));
	put_texts(&c->w, &one.class->text);
	ih_close(&c->w);
	return true;
}

static void
write_head(struct copying *c, const struct ih_case_row *row)
{
	ih_open(&c->w, "copy");
	ih_put(&c->w, "xmlns", "urn:ihala:copy:1");
	ih_put(&c->w, "code", c->code);
	ih_put(&c->w, "committee", ih_registry_committee(c->registry));
	put_day(&c->w, "made", c->registry->world->now);
	ih_put_if(&c->w, "training", row->training ? "true" : "");
	ih_put_if(&c->w, "origin", row->origin);
	ih_put_if(&c->w, "their-code", row->their_code);
}

/* Each in the order of the schema. */
static bool
write_all(struct copying *c)
{
	struct ih_registry *r = c->registry;
	struct ih_error *err = c->err;

	return write_words(c) && write_providers(c) && write_request(c) &&
	       ih_case_steps(r, c->code, write_step, c, err) &&
	       ih_work_of_case(r, c->code, write_clock, c, err) &&
	       ih_excuse_each(r, c->code, write_delay, c, err) &&
	       ih_break_each(r, write_emergency, c, err) &&
	       ih_message_each(r, write_letter, c, err) && write_uses(c) &&
	       ih_person_links(r, c->code, write_linked, c, err) &&
	       ih_hold_each(r, c->code, write_hold, c, err) && write_kept(c);
}

static bool
write_standing(struct copying *c)
{
	struct ih_registry *r = c->registry;

	return write_providers(c) &&
	       ih_case_steps(r, c->code, write_step, c, c->err) &&
	       ih_work_of_case(r, c->code, write_clock, c, c->err) &&
	       ih_message_each(r, write_letter, c, c->err) && write_kept(c);
}

static bool
fits(struct ih_registry *registry, const struct ih_buffer *out,
    struct ih_error *err)
{
	IH_OWNED(ih_schema)
	schema = ih_schema_load(registry->library, "copy", err);
	IH_OWNED(xmlDoc)
	doc = schema == NULL ?
		  NULL :
		  ih_schema_parse(schema, "copy", out->data, out->size, err);

	return doc != NULL;
}

/* What is gathered: the whole, or how it stands. */
struct scope {
	enum ih_action action;
	bool named; /* with who it is about, where that is known */
	bool (*write)(struct copying *c);
};

static struct ih_buffer *
gather(struct ih_registry *registry, const char *code,
    const struct scope *scope, struct ih_error *err)
{
	struct ih_case_row row;
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct copying c = { registry, code, ih_write_to(out), NULL, NULL,
		err };

	if (!ih_case_row(registry, code, &row, err) ||
	    !ih_erase_not_yet(registry, code, err) ||
	    !ih_registry_may(registry, scope->action, code, err) ||
	    ih_case_lifecycle(registry, err) == NULL)
		return NULL;
	IH_OWNED(xmlDoc)
	kinds = ih_schema_read(registry->library, "xml/link/kinds.xml", "link",
	    err);
	IH_OWNED(xmlDoc)
	record = kinds == NULL ?
		     NULL :
		     record_of(&c, scope->named && row.has[IH_IDENTITY]);
	c.kinds = kinds;
	c.record = record;
	if (record == NULL)
		return NULL;
	write_head(&c, &row);
	write_record(&c);
	if (!scope->write(&c))
		return NULL;
	ih_close(&c.w);
	if (!ih_write_end(&c.w, err) || !fits(registry, out, err))
		return NULL;
	return IH_GIVE(out);
}

struct ih_buffer *
ih_subject_copy(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	return gather(registry, code,
	    &(struct scope){ IH_MAY_COPY, true, write_all }, err);
}

struct ih_buffer *
ih_subject_standing(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	return gather(registry, code,
	    &(struct scope){ IH_MAY_FACTS, false, write_standing }, err);
}
