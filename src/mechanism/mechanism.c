/*
 * This is where the file of one country becomes a struct: every reference
 * inside it is followed once, so that nobody checks again.
 */
#include "ihala/mechanism.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/consent.h"
#include "ihala/date.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

/* What one reading needs at every step. */
struct reading {
	struct ih_mechanism *m;
	struct ih_arena *arena;
	struct ih_error *err;
};

static size_t
count_of(const xmlNode *node, const char *name)
{
	size_t count = 0;

	for (const xmlNode *c = ih_child(node, name); c; c = ih_next(c, name))
		count++;
	return count;
}

/* Room for one struct of SIZE for each child called NAME. */
static void *
room_for(struct reading *r, const xmlNode *node, const char *name, size_t size,
    size_t *count)
{
	*count = count_of(node, name);
	return ih_arena_take(r->arena, (*count + 1) * size);
}

static struct ih_source
first_source(struct reading *r, const xmlNode *node)
{
	size_t count;
	const struct ih_source *list = ih_sources_read(r->arena, node, &count);

	return count > 0 ? list[0] : (struct ih_source){ 0 };
}

static struct ih_texts
texts_of(struct reading *r, const xmlNode *node)
{
	return ih_texts_read(r->arena, node);
}

/* The condition element inside the child NAME; NULL where there is none. */
static const xmlNode *
condition_in(const xmlNode *node, const char *name)
{
	const xmlNode *child = ih_child(node, name);

	return child != NULL ? ih_child(child, NULL) : NULL;
}

/* The values of ATTRIBUTE of each child called NAME; NULL ends the list. */
static const char *const *
list_of(struct reading *r, const xmlNode *node, const char *name,
    const char *attribute)
{
	size_t count, at = 0;
	const char **list = room_for(r, node, name, sizeof *list, &count);

	for (const xmlNode *c = ih_child(node, name); c; c = ih_next(c, name))
		list[at++] = ih_attr(c, attribute);
	return (const char *const *)list;
}

static bool
is_yes(const char *value, const char *yes)
{
	return value != NULL && strcmp(value, yes) == 0;
}

static void
read_names(struct reading *r, const xmlNode *root)
{
	r->m->name = texts_of(r, ih_child(root, "name"));
	r->m->short_name = texts_of(r, ih_child(root, "short"));
	r->m->languages =
	    list_of(r, ih_child(root, "languages"), "language", "code");
}

static void
read_hotlines(struct reading *r, const xmlNode *root)
{
	struct ih_hotline *to =
	    room_for(r, root, "hotline", sizeof *to, &r->m->hotline_count);

	r->m->hotlines = to;
	for (xmlNode *n = ih_child(root, "hotline"); n;
	     n = ih_next(n, "hotline"))
		*to++ = (struct ih_hotline){ .number = ih_attr(n, "number"),
			.callers = texts_of(r, n),
			.source = first_source(r, n) };
}

static bool
read_bodies(struct reading *r, const xmlNode *root)
{
	struct ih_mechanism_body *to =
	    room_for(r, root, "body", sizeof *to, &r->m->body_count);
	size_t count = r->m->body_count;

	r->m->bodies = to;
	r->m->body_count = 0;
	for (xmlNode *n = ih_child(root, "body"); n; n = ih_next(n, "body")) {
		if (ih_mechanism_body(r->m, ih_attr(n, "id")) != NULL)
			return ih_fail(r->err, IH_INPUT,
			    "line %ld: a body with this id is there already; "
			    "give it another",
			    ih_line(n));
		*to++ = (struct ih_mechanism_body){ .id = ih_attr(n, "id"),
			.kind = ih_attr(n, "kind"),
			.name = texts_of(r, ih_child(n, "name")),
			.source = first_source(r, n) };
		r->m->body_count++;
	}
	return r->m->body_count == count;
}

/* The body that ATTRIBUTE of NODE names, in *BODY.  Absent is fine. */
static bool
follow(struct reading *r, const xmlNode *node, const char *attribute,
    const struct ih_mechanism_body **body)
{
	const char *id = ih_attr(node, attribute);

	*body = id != NULL ? ih_mechanism_body(r->m, id) : NULL;
	return id == NULL || *body != NULL ||
	       ih_fail(r->err, IH_INPUT,
		   "line %ld: %s names no body of this file; add the body or "
		   "correct the id",
		   ih_line(node), attribute);
}

static bool
read_determinations(struct reading *r, const xmlNode *root)
{
	struct ih_determination *to = room_for(r, root, "determination",
	    sizeof *to, &r->m->determination_count);

	r->m->determinations = to;
	for (xmlNode *n = ih_child(root, "determination"); n;
	     n = ih_next(n, "determination"), to++) {
		to->article = ih_attr(n, "article");
		to->status = ih_attr(n, "status");
		to->text = texts_of(r, n);
		to->source = first_source(r, n);
		if (!follow(r, n, "body", &to->body))
			return false;
	}
	return true;
}

static bool
read_routes(struct reading *r, const xmlNode *root)
{
	struct ih_mechanism_route *to =
	    room_for(r, root, "route", sizeof *to, &r->m->route_count);

	r->m->routes = to;
	for (xmlNode *n = ih_child(root, "route"); n;
	     n = ih_next(n, "route"), to++) {
		to->id = ih_attr(n, "id");
		to->condition = condition_in(n, "when");
		to->text = texts_of(r, n);
		to->source = first_source(r, n);
		if (!follow(r, n, "to", &to->to) ||
		    !follow(r, n, "via", &to->via))
			return false;
	}
	return true;
}

static enum ih_element_kind
element_kind(const char *name)
{
	static const char *const names[IH_ELEMENT_KINDS] = {
		[IH_ELEMENT_ACT] = "act",
		[IH_ELEMENT_MEANS] = "means",
		[IH_ELEMENT_PURPOSE] = "purpose",
	};
	enum ih_element_kind kind = IH_ELEMENT_ACT;

	while (kind < IH_ELEMENT_PURPOSE && strcmp(names[kind], name) != 0)
		kind++;
	return kind;
}

static void
read_elements(struct reading *r, const xmlNode *root)
{
	size_t count = 0;
	struct ih_law_element *to;

	for (xmlNode *law = ih_child(root, "law"); law;
	     law = ih_next(law, "law"))
		count += count_of(law, "element");
	to = ih_arena_take(r->arena, (count + 1) * sizeof *to);
	r->m->elements = to;
	r->m->element_count = count;
	for (xmlNode *law = ih_child(root, "law"); law;
	     law = ih_next(law, "law"))
		for (xmlNode *n = ih_child(law, "element"); n;
		     n = ih_next(n, "element"))
			*to++ = (struct ih_law_element){
				.kind = element_kind(ih_attr(n, "kind")),
				.code = ih_attr(n, "code"),
				.law = ih_attr(law, "id"),
				.article = ih_attr(n, "article"),
				.status = ih_attr(n, "status"),
				.text = texts_of(r, n),
				.source = first_source(r, n),
			};
}

static void
read_services(struct reading *r, const xmlNode *root)
{
	struct ih_mechanism_service *to =
	    room_for(r, root, "service", sizeof *to, &r->m->service_count);

	r->m->services = to;
	for (xmlNode *n = ih_child(root, "service"); n;
	     n = ih_next(n, "service"))
		*to++ = (struct ih_mechanism_service){
			.need = ih_attr(n, "need"),
			.text = texts_of(r, n),
			.source = first_source(r, n),
		};
}

/* 0 for Monday. */
static int
weekday(const char *name)
{
	static const char *const names[7] = { "monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday", "sunday" };
	int day = 0;

	while (day < 6 && strcmp(names[day], name) != 0)
		day++;
	return day;
}

static void
read_calendar(struct reading *r, const xmlNode *calendar)
{
	struct ih_holiday *to =
	    room_for(r, calendar, "holiday", sizeof *to, &r->m->holiday_count);

	r->m->holidays = to;
	for (xmlNode *n = ih_child(calendar, "weekend"); n;
	     n = ih_next(n, "weekend"))
		r->m->weekend[weekday(ih_attr(n, "day"))] = true;
	for (xmlNode *n = ih_child(calendar, "holiday"); n;
	     n = ih_next(n, "holiday")) {
		const char *date = ih_attr(n, "date"); /* MM-DD */

		*to++ = (struct ih_holiday){
			.month = (date[0] - '0') * 10 + date[1] - '0',
			.day = (date[3] - '0') * 10 + date[4] - '0',
			.confidence = ih_attr(n, "confidence"),
		};
	}
}

static bool
is_dated_twice(const struct ih_dated *list, size_t count)
{
	for (size_t i = 0; i + 1 < count; i++)
		if (list[i].day == list[count - 1].day)
			return true;
	return false;
}

static bool
read_dated(struct reading *r, const xmlNode *calendar)
{
	struct ih_dated *list =
	    room_for(r, calendar, "dated", sizeof *list, &r->m->dated_count);
	struct ih_date date;
	size_t count = 0;

	r->m->dated = list;
	for (xmlNode *n = ih_child(calendar, "dated"); n;
	     n = ih_next(n, "dated")) {
		if (!ih_date_parse(ih_attr(n, "date"), &date))
			return ih_fail(r->err, IH_INPUT,
			    "line %ld: date is no day of that month",
			    ih_line(n));
		list[count++] = (struct ih_dated){ ih_date_first(date),
			strcmp(ih_attr(n, "worked"), "yes") == 0 };
		if (is_dated_twice(list, count))
			return ih_fail(r->err, IH_INPUT,
			    "line %ld: this day stands here twice; keep the "
			    "later decision",
			    ih_line(n));
	}
	return true;
}

/* The words of the attribute; NULL ends the list.  NULL: it is absent. */
static const char *const *
words_of(struct reading *r, const xmlNode *node, const char *attribute)
{
	const char *text = ih_attr(node, attribute);
	const char **list;
	size_t at = 0;

	if (text == NULL)
		return NULL;
	list = ih_arena_take(r->arena, (strlen(text) + 2) * sizeof *list);
	for (text += strspn(text, " \t\n"); *text != '\0';
	     text += strspn(text, " \t\n")) {
		size_t length = strcspn(text, " \t\n");

		list[at++] =
		    ih_arena_printf(r->arena, "%.*s", (int)length, text);
		text += length;
	}
	return list;
}

static const int *
bands_of(struct reading *r, const xmlNode *node)
{
	const char *const *words = words_of(r, node, "bands");
	size_t count = 0;
	int *bands;

	if (words == NULL)
		return NULL;
	while (words[count] != NULL)
		count++;
	bands = ih_arena_take(r->arena, (count + 1) * sizeof *bands);
	for (size_t i = 0; i < count; i++)
		bands[i] = (int)strtol(words[i], NULL, 10);
	bands[count] = -1;
	return bands;
}

static const struct ih_allowed *
read_allowed(struct reading *r, const xmlNode *allow, const char *name,
    size_t *count)
{
	struct ih_allowed *list = room_for(r, allow, name, sizeof *list, count);
	size_t at = 0;

	for (xmlNode *n = ih_child(allow, name); n; n = ih_next(n, name))
		list[at++] = (struct ih_allowed){ .id = ih_attr(n, "id"),
			.condition = condition_in(n, "if"),
			.category = ih_attr(n, "category"),
			.codes = words_of(r, n, "codes"),
			.other = ih_attr(n, "other"),
			.bands = bands_of(r, n) };
	return list;
}

static enum ih_detail
detail_of(const xmlNode *assessment)
{
	static const char *const names[] = {
		[IH_OUTCOME] = "outcome",
		[IH_DIMENSIONS] = "dimensions",
		[IH_INDICATORS] = "indicators",
	};

	for (enum ih_detail d = IH_OUTCOME; assessment && d <= IH_INDICATORS;
	     d++)
		if (is_yes(ih_attr(assessment, "detail"), names[d]))
			return d;
	return IH_NO_ASSESSMENT;
}

static void
read_allow(struct reading *r, const xmlNode *allow, struct ih_profile *profile)
{
	profile->sections = list_of(r, allow, "section", "id");
	profile->items = read_allowed(r, allow, "item", &profile->item_count);
	profile->identity =
	    read_allowed(r, allow, "identity", &profile->identity_count);
	profile->documents = list_of(r, allow, "document", "kind");
	profile->assessment = detail_of(ih_child(allow, "assessment"));
	profile->determination = ih_child(allow, "determination") != NULL;
	profile->consent = ih_child(allow, "consent") != NULL;
	profile->referral = ih_child(allow, "referral") != NULL;
}

static void
read_gates(struct reading *r, const xmlNode *node, struct ih_profile *profile)
{
	size_t count = count_of(node, "require") + count_of(node, "refuse");
	struct ih_gate *to = ih_arena_take(r->arena, (count + 1) * sizeof *to);

	profile->gates = to;
	profile->gate_count = count;
	for (xmlNode *n = ih_child(node, NULL); n; n = ih_next(n, NULL)) {
		if (!ih_is(n, "require") && !ih_is(n, "refuse"))
			continue;
		*to++ = (struct ih_gate){
			.refuses = ih_is(n, "refuse"),
			.abroad_only = ih_attr(n, "when") != NULL,
			.code = ih_attr(n, "code"),
			.condition = condition_in(n, "if"),
			.text = texts_of(r, n),
		};
	}
}

static bool
read_protection(struct reading *r, const xmlNode *node,
    struct ih_profile *profile)
{
	const xmlNode *retention = ih_child(node, "retention");
	const struct ih_mechanism_body *body;

	profile->authority = ih_attr(node, "authority");
	profile->authorisation_abroad =
	    is_yes(ih_attr(node, "authorisation-abroad"), "required");
	profile->retention_days =
	    (int)strtol(ih_attr(retention, "days"), NULL, 10);
	return follow(r, node, "authority", &body);
}

static bool
read_profiles(struct reading *r, const xmlNode *root)
{
	struct ih_profile *to =
	    room_for(r, root, "profile", sizeof *to, &r->m->profile_count);

	r->m->profiles = to;
	for (xmlNode *n = ih_child(root, "profile"); n;
	     n = ih_next(n, "profile"), to++) {
		const xmlNode *basis = ih_child(n, "legal-basis");

		to->id = ih_attr(n, "id");
		to->purpose = ih_attr(n, "purpose");
		to->to = ih_attr(n, "to");
		to->anonymous = ih_attr(n, "anonymous") != NULL;
		to->name = texts_of(r, ih_child(n, "name"));
		to->legal_basis = texts_of(r, basis);
		to->article = ih_attr(basis, "article");
		read_allow(r, ih_child(n, "allow"), to);
		read_gates(r, n, to);
		if (!read_protection(r, ih_child(n, "protection"), to))
			return false;
	}
	return true;
}

/* Each <waiver> and <rule> names a law that is in the file. */
static bool
check_laws(struct reading *r, const xmlNode *root)
{
	for (xmlNode *n = ih_child(root, NULL); n; n = ih_next(n, NULL)) {
		const char *id = ih_attr(n, "law");
		const xmlNode *law = ih_child(root, "law");

		while (id != NULL && law != NULL &&
		       strcmp(ih_attr(law, "id"), id) != 0)
			law = ih_next(law, "law");
		if (id != NULL && law == NULL)
			return ih_fail(r->err, IH_INPUT,
			    "line %ld: law names no law of this file; add "
			    "the law or correct the id",
			    ih_line(n));
	}
	return true;
}

static bool
has_rule(const xmlNode *root, const char *id)
{
	const xmlNode *rule = ih_child(root, "rule");

	while (rule != NULL && strcmp(ih_attr(rule, "id"), id) != 0)
		rule = ih_next(rule, "rule");
	return rule != NULL;
}

/* Each <basis> names a rule and a body that are in the file. */
static bool
read_bases(struct reading *r, const xmlNode *root)
{
	struct ih_basis *at =
	    room_for(r, root, "basis", sizeof *at, &r->m->basis_count);
	const struct ih_mechanism_body *body;

	r->m->bases = at;
	for (xmlNode *n = ih_child(root, "basis"); n; n = ih_next(n, "basis")) {
		if (!has_rule(root, ih_attr(n, "rule")))
			return ih_fail(r->err, IH_INPUT,
			    "line %ld: rule names no rule of this file; add "
			    "the rule or correct the id",
			    ih_line(n));
		if (!follow(r, n, "to", &body))
			return false;
		*at++ = (struct ih_basis){ .id = ih_attr(n, "id"),
			.rule = ih_attr(n, "rule"),
			.purpose = ih_attr(n, "purpose"),
			.to = ih_attr(n, "to"),
			.categories = ih_attr(n, "category"),
			.status = ih_attr(n, "status"),
			.text = texts_of(r, n),
			.source = first_source(r, n) };
	}
	return true;
}

static bool
read_committee(struct reading *r, const xmlNode *root)
{
	const xmlNode *waiver = ih_child(root, "waiver");

	read_hotlines(r, root);
	if (!read_bodies(r, root) || !read_determinations(r, root) ||
	    !read_routes(r, root) || !check_laws(r, root) ||
	    !read_bases(r, root))
		return false;
	read_elements(r, root);
	read_services(r, root);
	read_calendar(r, ih_child(root, "calendar"));
	if (!read_dated(r, ih_child(root, "calendar")))
		return false;
	r->m->waiver = waiver != NULL ? condition_in(waiver, "when") : NULL;
	return read_profiles(r, root);
}

static struct ih_mechanism *
mechanism_new(xmlDoc *doc)
{
	struct ih_arena *arena = ih_arena_new();
	struct ih_mechanism *m = ih_arena_take(arena, sizeof *m);

	m->arena = arena;
	m->doc = doc;
	return m;
}

struct ih_mechanism *
ih_mechanism_read(xmlDoc *doc, struct ih_error *err)
{
	IH_OWNED(ih_mechanism) m = mechanism_new(doc);
	const xmlNode *root = xmlDocGetRootElement(doc);
	struct reading r = { .m = m, .arena = m->arena, .err = err };

	if (strcmp(ih_format_of(doc), "mechanism") != 0) {
		ih_fail(err, IH_INPUT, "this is not a mechanism");
		return NULL;
	}
	m->code = ih_attr(root, "code");
	m->version = ih_attr(root, "version");
	m->status = ih_attr(root, "status");
	m->kind = is_yes(ih_attr(root, "kind"), "partner") ? IH_PARTNER :
							     IH_COMMITTEE;
	read_names(&r, root);
	if (m->kind == IH_COMMITTEE && !read_committee(&r, root))
		return NULL;
	return IH_GIVE(m);
}

/* A code becomes part of a file name: letters only. */
static bool
is_code(const char *code)
{
	size_t length = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return code[length] == '\0' && length >= 2 && length <= 3;
}

struct ih_mechanism *
ih_mechanism_load(struct ih_library *library, const char *code,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = NULL;
	IH_OWNED(ih_mechanism) m = NULL;
	char name[32];

	if (!is_code(code)) {
		ih_fail(err, IH_ABSENT,
		    "the code of a mechanism is two or three capital letters");
		return NULL;
	}
	snprintf(name, sizeof name, "xml/mechanism/%s.xml", code);
	doc = ih_schema_read(library, name, "mechanism", err);
	if (doc == NULL)
		return NULL;
	m = ih_mechanism_read(IH_GIVE(doc), err);
	if (m == NULL) {
		ih_fail_in(err, name);
		return NULL;
	}
	if (strcmp(m->code, code) != 0) {
		ih_fail(err, IH_INPUT, "%s: code is not that of the file name",
		    name);
		return NULL;
	}
	return IH_GIVE(m);
}

void
ih_mechanism_free(struct ih_mechanism *mechanism)
{
	if (mechanism == NULL)
		return;
	xmlFreeDoc(mechanism->doc);
	ih_arena_free(mechanism->arena);
}

/* A committee is a country, two letters; a partner's code has three. */
static bool
is_country(const char *code)
{
	return strlen(code) == 2 &&
	       strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2;
}

const char *
ih_mechanism_kind(const struct ih_mechanism *m, const char *recipient)
{
	const struct ih_mechanism_body *body = ih_mechanism_body(m, recipient);

	if (body != NULL)
		return body->kind;
	if (!is_country(recipient))
		return NULL;
	return strcmp(recipient, m->code) == 0 ? "committee" : "abroad";
}

const struct ih_profile *
ih_mechanism_profile_for(const struct ih_mechanism *m, const char *recipient,
    bool anonymous)
{
	const char *kind = ih_mechanism_kind(m, recipient);

	for (size_t i = 0; kind != NULL && i < m->profile_count; i++)
		if (m->profiles[i].anonymous == anonymous &&
		    ih_consent_names(m->profiles[i].to, kind))
			return &m->profiles[i];
	return NULL;
}

const struct ih_profile *
ih_mechanism_profile_of(const struct ih_mechanism *m, const char *recipient,
    const char *purpose)
{
	const char *kind = ih_mechanism_kind(m, recipient);

	for (size_t i = 0; kind != NULL && i < m->profile_count; i++)
		if (!m->profiles[i].anonymous &&
		    strcmp(m->profiles[i].purpose, purpose) == 0 &&
		    ih_consent_names(m->profiles[i].to, kind))
			return &m->profiles[i];
	return NULL;
}

/* clang-format off */
#define FIND(list, count, field, wanted)                                       \
	for (size_t i = 0; i < (count); i++)                                   \
		if (strcmp((list)[i].field, (wanted)) == 0)                    \
			return &(list)[i];                                     \
	return NULL
/* clang-format on */

const struct ih_mechanism_body *
ih_mechanism_body(const struct ih_mechanism *m, const char *id)
{
	FIND(m->bodies, m->body_count, id, id);
}

bool
ih_mechanism_decides(const struct ih_mechanism *m, const char *body)
{
	for (size_t i = 0; i < m->determination_count; i++)
		if (strcmp(m->determinations[i].body->id, body) == 0)
			return true;
	return false;
}

const struct ih_profile *
ih_mechanism_profile(const struct ih_mechanism *m, const char *id)
{
	FIND(m->profiles, m->profile_count, id, id);
}

const struct ih_basis *
ih_mechanism_basis(const struct ih_mechanism *m, const char *id)
{
	FIND(m->bases, m->basis_count, id, id);
}

const struct ih_mechanism_service *
ih_mechanism_service(const struct ih_mechanism *m, const char *need)
{
	FIND(m->services, m->service_count, need, need);
}

const struct ih_law_element *
ih_mechanism_element(const struct ih_mechanism *m, const char *code)
{
	FIND(m->elements, m->element_count, code, code);
}

int
ih_mechanism_signers(const struct ih_mechanism *mechanism, const char *purpose)
{
	const xmlNode *root = xmlDocGetRootElement(mechanism->doc);

	for (const xmlNode *rule = ih_child(root, "signers"); rule != NULL;
	     rule = ih_next(rule, "signers"))
		if (strcmp(ih_attr(rule, "purpose"), purpose) == 0)
			return (int)strtol(ih_attr(rule, "count"), NULL, 10);
	return 1;
}

struct ih_tongue
ih_mechanism_tongue(const struct ih_mechanism *m, enum ih_lang lang)
{
	struct ih_tongue tongue = { .lang = lang };

	if (m->kind == IH_COMMITTEE)
		memcpy(tongue.country, m->code, sizeof tongue.country);
	return tongue;
}
