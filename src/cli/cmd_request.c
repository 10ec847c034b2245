/* ihala request add|list|show|open|redirect|assign|destroy|page - who asks for
 * help, before there is a case. */
#include "ihala/request.h"

#include <string.h>

#include "case_file.h"
#include "forms.h"
#include "ihala/date.h"
#include "ihala/erase.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/table.h"
#include "interview.h"
#include "listing.h"
#include "words_keys.h"

#define DAY INT64_C(86400)

/* "request.field.KEY" in the reader's language; programs get the key. */
static const char *
named(struct request *request, const char *room, const char *key)
{
	return request->format != FORMAT_TEXT ?
		   key :
		   word(request, ih_arena_printf(request->arena,
				     "request.%s.%s", room, key));
}

/* ---- add */

/* A body of the country's own mechanism; NULL: none is named. */
static bool
is_body(struct request *request, struct ih_registry *registry, const char *id,
    struct ih_error *err)
{
	if (id == NULL)
		return true;
	IH_OWNED(ih_mechanism)
	mechanism = ih_mechanism_load(request->library,
	    ih_registry_committee(registry), err);
	return mechanism != NULL &&
	       (ih_mechanism_body(mechanism, id) != NULL ||
		   ih_fail_code(err, IH_INPUT, "E_REQUEST_BODY", "%s",
		       mechanism->code));
}

static xmlDoc *
read_request(struct request *request, const char *path, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = read_input(path, err);
	IH_OWNED(ih_schema)
	schema = bytes != NULL ?
		     ih_schema_load(request->library, "request", err) :
		     NULL;

	return schema != NULL ? ih_schema_admit(schema, path, bytes->data,
				    bytes->size, err) :
				NULL;
}

static bool
add(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	const char *path = request->words[0];
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(xmlDoc)
	doc = registry != NULL ? read_request(request, path, err) : NULL;

	if (doc == NULL ||
	    !is_body(request, registry,
		ih_attr(xmlDocGetRootElement(doc), "through"), err))
		return false;
	if (!ih_request_add(registry, doc, code, err))
		return ih_fail_in(err, path);
	printf("%s\n", code);
	say(request, W_REQUEST_ADDED, IH_ARG(code));
	if (strcmp(ih_attr(xmlDocGetRootElement(doc), "danger"), "yes") == 0)
		fprintf(stderr, "%s\n", word(request, W_REQUEST_DANGER));
	return true;
}

/* ---- list */

struct listed {
	struct request *request;
	struct listing *listing;
};

static bool
list_one(const struct ih_request_row *row, void *with)
{
	struct listed *l = with;

	LISTING_ADD(l->listing, row->code,
	    named(l->request, "said", row->danger),
	    ih_arena_printf(l->request->arena, "%lld",
		(long long)((l->request->world.now - row->asked) / DAY)),
	    row->channel, row->state, row->opened_as);
	return true;
}

static bool
list(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "code", W_COLUMN_CODE, false },
		{ "danger", W_COLUMN_DANGER, false },
		{ "age", W_COLUMN_AGE, true },
		{ "channel", W_COLUMN_CHANNEL, false },
		{ "state", W_COLUMN_STATE, false },
		{ "case", W_COLUMN_CASE, false },
	};
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	struct listing listing =
	    LISTING(request, "requests", "request", columns);
	struct listed with = { request, &listing };

	return registry != NULL &&
	       ih_request_each(registry, list_one, &with, err) &&
	       listing_print(&listing, request, err);
}

/* ---- show */

static void
put(struct listed *l, const char *field, const char *value)
{
	if (value != NULL && value[0] != '\0')
		LISTING_ADD(l->listing, named(l->request, "field", field),
		    listing_line(l->request->arena, value));
}

static const char *
said(struct request *request, const char *room, const char *key)
{
	return key != NULL ? named(request, room, key) : NULL;
}

/* What is not said to be safe is not: then no way of contact is shown. */
static bool
put_contact(struct listed *l, const xmlNode *root)
{
	const xmlNode *contact = ih_child(root, "contact");
	const char *safe =
	    contact != NULL ? ih_attr(contact, "safe") : "unknown";
	bool is_safe = strcmp(safe, "yes") == 0;

	fprintf(stderr, "%s\n",
	    word(l->request, is_safe ? W_REQUEST_SAFE : W_REQUEST_UNSAFE));
	put(l, "contact", named(l->request, "said", safe));
	if (is_safe) {
		put(l, "how", ih_attr(contact, "how"));
		put(l, "when", ih_attr(contact, "when"));
	}
	return is_safe;
}

/* The channel by its name in the lifecycle of the pack in force. */
static const char *
channel_named(struct request *request, const struct ih_lifecycle *lifecycle,
    const char *id)
{
	const struct ih_channel *channel = ih_lifecycle_channel(lifecycle, id);

	return channel != NULL && request->format == FORMAT_TEXT ?
		   ih_texts_say(&channel->text, request->tongue) :
		   id;
}

static bool
put_facts(struct listed *l, const xmlNode *root, struct ih_error *err)
{
	struct request *request = l->request;
	const xmlNode *about = ih_child(root, "about");
	const xmlNode *held = ih_child(root, "interview");
	IH_OWNED(ih_lifecycle)
	lifecycle = ih_lifecycle_read(request->library, err);

	if (lifecycle == NULL)
		return false;
	put(l, "channel",
	    channel_named(request, lifecycle, ih_attr(root, "channel")));
	put(l, "danger", said(request, "said", ih_attr(root, "danger")));
	put(l, "received", ih_attr(root, "received"));
	put(l, "through", ih_attr(root, "through"));
	put(l, "language", ih_attr(root, "language"));
	put(l, "asks", said(request, "asks", ih_attr(root, "asks")));
	if (held != NULL)
		put(l, "origin",
		    said(request, "origin", ih_attr(held, "origin")));
	if (about != NULL)
		put(l, "about", ih_text_of(request->arena, about));
	return true;
}

static bool
put_identity(struct listed *l, struct ih_registry *registry, const char *code,
    bool is_safe, struct ih_error *err)
{
	struct ih_error absent = { 0 };
	IH_OWNED(ih_buffer)
	bytes = ih_request_read(registry, code, IH_IDENTITY, &absent);

	if (bytes == NULL && absent.kind == IH_ABSENT)
		return true;
	if (bytes == NULL) {
		*err = absent;
		return false;
	}
	IH_OWNED(xmlDoc)
	doc = ih_xml_read("identity", bytes->data, bytes->size, err);
	if (doc == NULL)
		return false;
	for (const xmlNode *n = ih_child(xmlDocGetRootElement(doc), NULL);
	     n != NULL; n = ih_next(n, NULL))
		if (is_safe || ih_is(n, "name"))
			put(l, (const char *)n->name,
			    ih_text_of(l->request->arena, n));
	return true;
}

static bool
put_note(struct listed *l, struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) note = ih_request_note(registry, code, err);

	if (note == NULL)
		return err->kind == IH_NONE;
	char *to = ih_arena_text(l->request->arena, (const char *)note->data);
	char *reason = strchr(to, '\n');
	*reason++ = '\0';
	put(l, "redirected", to);
	put(l, "reason", reason);
	return true;
}

static bool
put_all(struct listed *l, struct ih_registry *registry,
    const struct ih_request_row *row, struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	facts = ih_request_read(registry, row->code, IH_FACTS, err);
	IH_OWNED(xmlDoc)
	doc = facts != NULL ?
		  ih_xml_read("request", facts->data, facts->size, err) :
		  NULL;

	if (doc == NULL)
		return false;
	bool is_safe = put_contact(l, xmlDocGetRootElement(doc));
	put(l, "state", row->state);
	put(l, "case", row->opened_as);
	return put_facts(l, xmlDocGetRootElement(doc), err) &&
	       put_note(l, registry, row->code, err) &&
	       (!l->request->reveal ||
		   put_identity(l, registry, row->code, is_safe, err));
}

static bool
show(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "field", W_COLUMN_FIELD, false },
		{ "value", W_COLUMN_VALUE, false },
	};
	char code[IH_CODE_TEXT];
	struct ih_request_row row;
	struct listing listing = LISTING(request, "request", "line", columns);
	struct listed with = { request, &listing };
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	return registry != NULL && case_code(request->words[0], code, err) &&
	       ih_request_row(registry, code, &row, err) &&
	       put_all(&with, registry, &row, err) &&
	       listing_print(&listing, request, err);
}

/* ---- what becomes of it */

static bool
open(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_request_row row;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_desk) desk = desk_new();

	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !ih_request_row(registry, code, &row, err))
		return false;
	IH_OWNED(ih_tables) tables = ih_tables_load(request->library, err);
	if (tables == NULL ||
	    !case_open(request, registry, desk, tables, request->words[1], code,
		err) ||
	    !ih_request_row(registry, code, &row, err))
		return false;
	say(request, W_REQUEST_OPENED, IH_ARG(code), IH_ARG(row.opened_as));
	return true;
}

static bool
redirect(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];

	if (request->to == NULL)
		return ih_fail(err, IH_USAGE,
		    "say with --to which body the person was shown the way to");
	IH_OWNED(ih_buffer) reason = read_reason(request, err);
	IH_OWNED(ih_registry)
	registry = reason != NULL ? open_registry(request, err) : NULL;
	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !is_body(request, registry, request->to, err) ||
	    !ih_request_redirect(registry, code, request->to,
		(const char *)reason->data, err))
		return false;
	say(request, W_REQUEST_REDIRECTED, IH_ARG(code), IH_ARG(request->to));
	return true;
}

/* Said of one that is gone already, it gives the receipt once more. */
static bool
destroy(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_erasure erasure;
	struct ih_request_row row;
	struct ih_error unsaid = { 0 };
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !ih_request_row(registry, code, &row, err))
		return false;
	if (!ih_erasure_of(registry, code, &erasure, &unsaid) &&
	    (!ih_request_destroy(registry, code, err) ||
		!ih_erasure_of(registry, code, &erasure, err)))
		return false;
	IH_OWNED(ih_buffer) receipt = ih_erasure_receipt(registry, code, err);
	if (receipt == NULL ||
	    !put_export(request, registry,
		ih_arena_printf(request->arena, "%s receipt", code), receipt,
		err))
		return false;
	say(request, W_REQUEST_DESTROYED, IH_ARG(code), IH_ARG(erasure.until));
	fprintf(stderr, "%s\n", word(request, W_DONE_CASE_ERASED_LIST));
	return true;
}

bool
cmd_request(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "add", add, 1, 1 },
		{ "list", list, 0, 0 },
		{ "show", show, 1, 1 },
		{ "open", open, 2, 2 },
		{ "redirect", redirect, 1, 1 },
		{ "assign", case_assign, 2, 2 },
		{ "destroy", destroy, 1, 1 },
		{ "page", forms_ask, 0, 0 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
