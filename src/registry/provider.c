/* This is where the register of providers is kept, and where it is said whom
 * one of them suits. */
#include "ihala/provider.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/consent.h"
#include "ihala/date.h"
#include "ihala/digest.h"
#include "ihala/element.h"
#include "ihala/ledger.h"
#include "ihala/node.h"
#include "ihala/user.h"
#include "query.h"

#define MARKER "ihala provider marks 1"
#define SPACE "urn:ihala:provider:1"
#define CHECKED " check" /* behind the id, of the subject of a check */

/* ---- reading */

static const char *
text_of(struct ih_arena *arena, const xmlNode *node, const char *name)
{
	const char *value = ih_attr(node, name);

	return value != NULL ? ih_arena_text(arena, value) : "";
}

static int
number_of(const xmlNode *node, const char *name, int otherwise)
{
	const char *value = ih_attr(node, name);

	return value != NULL ? (int)strtol(value, NULL, 10) : otherwise;
}

static void
read_services(struct ih_provider *p, const xmlNode *node)
{
	p->services = ih_arena_take(p->arena,
	    ih_children(node, "service") * sizeof *p->services);
	for (const xmlNode *n = ih_child(node, "service"); n;
	     n = ih_next(n, "service"))
		p->services[p->service_count++] = (struct ih_provider_service){
			.id = text_of(p->arena, n, "id"),
			.places = number_of(n, "places", -1),
			.free = number_of(n, "free", -1),
		};
}

static void
read_publics(struct ih_provider *p, const xmlNode *node)
{
	p->publics = ih_arena_take(p->arena,
	    ih_children(node, "public") * sizeof *p->publics);
	for (const xmlNode *n = ih_child(node, "public"); n;
	     n = ih_next(n, "public"))
		p->publics[p->public_count++] = (struct ih_provider_public){
			.sex = text_of(p->arena, n, "sex"),
			.from = number_of(n, "from", 0),
			.to = number_of(n, "to", 1000),
		};
}

struct ih_provider *
ih_provider_read(const xmlNode *node)
{
	struct ih_provider *p = ih_zeroed(sizeof *p);
	const xmlNode *contact = ih_child(node, "contact");

	p->arena = ih_arena_new();
	p->id = text_of(p->arena, node, "id");
	p->region = text_of(p->arena, node, "region");
	p->accredited = text_of(p->arena, node, "accredited");
	p->until = text_of(p->arena, node, "until");
	p->suspended = text_of(p->arena, node, "suspended");
	p->languages = text_of(p->arena, node, "languages");
	p->contact = contact != NULL ? ih_text_of(p->arena, contact) : "";
	p->female_only =
	    strcmp(text_of(p->arena, node, "female-only"), "yes") == 0;
	p->name = ih_texts_read(p->arena, ih_child(node, "name"));
	read_services(p, node);
	read_publics(p, node);
	return p;
}

void
ih_provider_free(struct ih_provider *provider)
{
	if (provider == NULL)
		return;
	ih_arena_free(provider->arena);
	free(provider);
}

/* ---- does it hold together? */

static const struct ih_provider_service *
find_service(const struct ih_provider *p, const char *service)
{
	for (size_t i = 0; i < p->service_count; i++)
		if (strcmp(p->services[i].id, service) == 0)
			return &p->services[i];
	return NULL;
}

static bool
is_day(const char *text)
{
	struct ih_date date;

	return text[0] == '\0' || (ih_date_parse(text, &date) && date.day != 0);
}

static bool
are_days(const struct ih_provider *p)
{
	return is_day(p->accredited) && is_day(p->until) &&
	       is_day(p->suspended) &&
	       (p->until[0] == '\0' || strcmp(p->accredited, p->until) <= 0);
}

static bool
are_offered(const struct ih_provider *p, const struct ih_services *services)
{
	for (size_t i = 0; i < p->service_count; i++) {
		const struct ih_provider_service *one = &p->services[i];

		if (ih_services_find(services, one->id) == NULL ||
		    (one->places >= 0 && one->free > one->places) ||
		    find_service(p, one->id) != one)
			return false;
	}
	return true;
}

static bool
is_first_of_its_id(const xmlNode *node)
{
	const xmlNode *n = ih_child(node->parent, "provider");

	while (strcmp(ih_attr(n, "id"), ih_attr(node, "id")) != 0)
		n = ih_next(n, "provider");
	return n == node;
}

bool
ih_providers_sound(const struct ih_services *services, const xmlDoc *doc,
    struct ih_error *err)
{
	for (const xmlNode *n = ih_child(xmlDocGetRootElement(doc), "provider");
	     n; n = ih_next(n, "provider")) {
		IH_OWNED(ih_provider) p = ih_provider_read(n);

		if (!are_days(p) || !are_offered(p, services) ||
		    !is_first_of_its_id(n))
			return ih_fail_code(err, IH_INPUT, "E_PROVIDER_FORM",
			    "line %ld", ih_line(n));
	}
	return true;
}

/* ---- does it suit? */

static bool
is_for(const struct ih_provider_public *public, const struct ih_suited *s)
{
	bool sex = public->sex[0] == '\0' || s->sex[0] == '\0' ||
		   strcmp(public->sex, s->sex) == 0;
	bool age =
	    s->age < 0 || (s->age >= public->from && s->age <= public->to);

	return sex && age;
}

static bool
suits_public(const struct ih_provider *p, const struct ih_suited *s)
{
	if (p->female_only && s->sex[0] != '\0' &&
	    strcmp(s->sex, "female") != 0)
		return false;
	for (size_t i = 0; i < p->public_count; i++)
		if (is_for(&p->publics[i], s))
			return true;
	return p->public_count == 0;
}

static bool
speaks(const struct ih_provider *p, const struct ih_suited *s)
{
	return p->languages[0] == '\0' || s->language[0] == '\0' ||
	       ih_consent_names(p->languages, s->language);
}

unsigned
ih_provider_unfit(const struct ih_provider *p, const char *service,
    const struct ih_suited *suited, const char *day)
{
	const struct ih_provider_service *offered = find_service(p, service);
	const bool unfit[IH_UNFITS] = {
		[IH_UNFIT_SERVICE] = offered == NULL,
		[IH_UNFIT_SUSPENDED] =
		    p->suspended[0] != '\0' && strcmp(p->suspended, day) <= 0,
		[IH_UNFIT_EARLY] = strcmp(p->accredited, day) > 0,
		[IH_UNFIT_EXPIRED] =
		    p->until[0] != '\0' && strcmp(p->until, day) < 0,
		[IH_UNFIT_PUBLIC] = !suits_public(p, suited),
		[IH_UNFIT_FULL] = offered != NULL && offered->free == 0,
		[IH_UNFIT_LANGUAGE] = !speaks(p, suited),
	};
	unsigned reasons = 0;

	for (int i = 0; i < IH_UNFITS; i++)
		reasons |= unfit[i] ? 1u << i : 0;
	return reasons;
}

static const struct {
	const char *name, *code;
} unfits[IH_UNFITS] = {
	[IH_UNFIT_SERVICE] = { "service", "E_PROVIDER_SERVICE" },
	[IH_UNFIT_SUSPENDED] = { "suspended", "E_PROVIDER_SUSPENDED" },
	[IH_UNFIT_EARLY] = { "early", "E_PROVIDER_EARLY" },
	[IH_UNFIT_EXPIRED] = { "expired", "E_PROVIDER_EXPIRED" },
	[IH_UNFIT_PUBLIC] = { "public", NULL },
	[IH_UNFIT_FULL] = { "full", NULL },
	[IH_UNFIT_LANGUAGE] = { "language", NULL },
};

const char *
ih_unfit_name(enum ih_unfit unfit)
{
	return unfits[unfit].name;
}

const char *
ih_unfit_code(enum ih_unfit unfit)
{
	return unfits[unfit].code;
}

int
ih_unfit_count(unsigned unfit)
{
	int count = 0;

	for (; unfit != 0; unfit &= unfit - 1)
		count++;
	return count;
}

bool
ih_provider_takes(const struct ih_provider *p, const char *service,
    const char *day, struct ih_error *err)
{
	const struct ih_suited nobody = { .sex = "",
		.language = "",
		.age = -1 };
	unsigned reasons = ih_provider_unfit(p, service, &nobody, day);

	for (int i = 0; i < IH_UNFITS; i++)
		if ((reasons & (1u << i)) != 0 && unfits[i].code != NULL)
			return ih_fail_code(err, IH_STATE, unfits[i].code, "%s",
			    p->id);
	return true;
}

/* ---- pages */

struct page {
	int64_t entry;
	struct ih_hash digest;
};

/* What only this registry could have written beside a page. */
static bool
mark_of(struct ih_registry *registry, const char *subject,
    const struct page *page, struct ih_hash *mark, struct ih_error *err)
{
	char digest[IH_DIGEST_TEXT], text[320];
	IH_OWNED(ih_secret)
	marker = ih_keys_grow(registry, IH_HOLD_AUDIT, MARKER, err);

	if (marker == NULL)
		return false;
	ih_hash_text(&page->digest, digest);
	snprintf(text, sizeof text,
	    "ihala-provider-1\n%s\n%.128s\n%" PRId64 "\n%s\n", registry->id,
	    subject, page->entry, digest);
	ih_digest_keyed(marker->bytes, marker->size, text, strlen(text),
	    mark->bytes);
	return true;
}

static bool
put_page(struct ih_registry *registry, const char *subject,
    const struct ih_buffer *bytes, struct ih_error *err)
{
	struct page page = { 0 };
	struct ih_hash mark;

	if (bytes->size > IH_PROVIDER_MAX)
		return ih_fail(err, IH_INPUT, "%s: longer than a page can be",
		    subject);
	ih_digest(bytes->data, bytes->size, page.digest.bytes);
	return ih_ledger_add(registry, IH_ACT_SERVICE, subject, &page.digest,
		   err) &&
	       ih_count(registry->db, err, &page.entry,
		   "SELECT max(at) FROM ledger", IH_NOTHING) &&
	       mark_of(registry, subject, &page, &mark, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO provider (entry, subject, mark, bytes)"
		   " VALUES (:entry, :subject, :mark, :bytes)",
		   ih_number(":entry", page.entry),
		   ih_text(":subject", subject),
		   ih_bytes(":mark", mark.bytes, IH_DIGEST),
		   ih_bytes(":bytes", bytes->data, bytes->size));
}

static bool
was_touched(struct ih_error *err, const char *subject)
{
	return ih_fail_code(err, IH_TRUST, "E_PROVIDER_STORED", "%s", subject);
}

/* The page of a row of (entry, mark, bytes), if it is the one entered. */
static struct ih_buffer *
open_page(struct ih_registry *registry, const char *subject, sqlite3_stmt *row,
    struct ih_error *err)
{
	struct page page = { .entry = sqlite3_column_int64(row, 0) };
	struct ih_hash mark = { 0 }, stored = { 0 };
	IH_OWNED(ih_buffer)
	bytes = ih_buffer_copy(sqlite3_column_blob(row, 2),
	    (size_t)sqlite3_column_bytes(row, 2));

	ih_column_bytes(row, 1, stored.bytes, IH_DIGEST);
	ih_digest(bytes->data, bytes->size, page.digest.bytes);
	if (!mark_of(registry, subject, &page, &mark, err))
		return NULL;
	if (!ih_hash_is(&mark, &stored)) {
		was_touched(err, subject);
		return NULL;
	}
	return IH_GIVE(bytes);
}

/* Whoever takes the newest page away would bring back the one before: the
 * ledger knows better. */
static bool
is_newest(struct ih_registry *registry, const char *subject, int64_t entry,
    struct ih_error *err)
{
	int64_t entered = 0;

	return ih_count(registry->db, err, &entered,
		   "SELECT coalesce(max(at), -1) FROM ledger"
		   " WHERE act = 'provider' AND subject = :subject",
		   ih_text(":subject", subject)) &&
	       (entered == entry || was_touched(err, subject));
}

/* The newest page of SUBJECT.  NULL without an error: there is none. */
static struct ih_buffer *
newest_page(struct ih_registry *registry, const char *subject,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT entry, mark, bytes FROM provider WHERE subject = :subject"
	    " ORDER BY entry DESC LIMIT 1",
	    ih_text(":subject", subject));
	bool there;

	if (rows == NULL)
		return NULL;
	there = ih_row(rows, err);
	if (err->kind != IH_NONE ||
	    !is_newest(registry, subject,
		there ? sqlite3_column_int64(rows, 0) : -1, err))
		return NULL;
	return there ? open_page(registry, subject, rows, err) : NULL;
}

static bool
may_write(struct ih_registry *registry, struct ih_error *err)
{
	return ih_registry_may(registry, IH_MAY_PROVIDE, NULL, err);
}

/* A document of one element, written as we write them. */
static struct ih_buffer *
page_of(const xmlNode *node, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	struct ih_writer w = ih_write_to(bytes);

	ih_copy(&w, node);
	return ih_write_end(&w, err) ? IH_GIVE(bytes) : NULL;
}

static bool
same_bytes(const struct ih_buffer *a, const struct ih_buffer *b)
{
	return a != NULL && a->size == b->size &&
	       memcmp(a->data, b->data, a->size) == 0;
}

/* ---- the register */

bool
ih_provider_put(struct ih_registry *registry, const xmlNode *node,
    bool *changed, struct ih_error *err)
{
	const char *id = ih_attr(node, "id");
	IH_OWNED(ih_buffer) page = page_of(node, err);

	if (page == NULL || !may_write(registry, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL)
		return false;
	IH_OWNED(ih_buffer) was = newest_page(registry, id, err);
	if (err->kind != IH_NONE)
		return false;
	*changed = !same_bytes(was, page);
	return !*changed || (put_page(registry, id, page, err) &&
				ih_transaction_commit(all, err));
}

static struct ih_provider *
provider_of(const char *id, const struct ih_buffer *page, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_xml_read(id, page->data, page->size, err);

	return doc != NULL ? ih_provider_read(xmlDocGetRootElement(doc)) : NULL;
}

/* Is it the id of a provider at all? */
static bool
is_id(const char *id)
{
	size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-.");

	return length >= 1 && length <= IH_PROVIDER_ID && id[length] == '\0';
}

static bool
is_unlocked(struct ih_registry *registry, struct ih_error *err)
{
	return registry->self != NULL ||
	       ih_fail_code(err, IH_DENIED, "E_PASSPHRASE", "providers");
}

static struct ih_buffer *
page_named(struct ih_registry *registry, const char *id, struct ih_error *err)
{
	IH_OWNED(ih_buffer) page = is_unlocked(registry, err) && is_id(id) ?
				       newest_page(registry, id, err) :
				       NULL;

	if (page == NULL && err->kind == IH_NONE)
		ih_fail_code(err, IH_ABSENT, "E_PROVIDER", "%s",
		    is_id(id) ? id : "ID");
	return page != NULL ? IH_GIVE(page) : NULL;
}

struct ih_provider *
ih_provider_get(struct ih_registry *registry, const char *id,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) page = page_named(registry, id, err);

	return page != NULL ? provider_of(id, page, err) : NULL;
}

xmlDoc *
ih_provider_page(struct ih_registry *registry, const char *id,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) page = page_named(registry, id, err);

	return page != NULL ? ih_xml_read(id, page->data, page->size, err) :
			      NULL;
}

bool
ih_provider_each(struct ih_registry *registry, ih_provider_seen *each,
    void *with, struct ih_error *err)
{
	char id[IH_PROVIDER_ID + 1];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT DISTINCT subject FROM ledger WHERE act = 'provider'"
	    " AND subject NOT LIKE '%" CHECKED "' ORDER BY subject",
	    IH_NOTHING);

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		ih_column_text(rows, 0, id, sizeof id);
		IH_OWNED(ih_provider) p = ih_provider_get(registry, id, err);
		if (p == NULL)
			return false;
		if (!each(p, with))
			return true;
	}
	return err->kind == IH_NONE;
}

/* ---- what it was held to */

static bool
is_answered_before(const xmlNode *answer)
{
	for (const xmlNode *n = ih_child(answer->parent, "answer"); n != answer;
	     n = ih_next(n, "answer"))
		if (strcmp(ih_attr(n, "service"), ih_attr(answer, "service")) ==
			0 &&
		    strcmp(ih_attr(n, "standard"),
			ih_attr(answer, "standard")) == 0)
			return true;
	return false;
}

static bool
check_answers(const struct ih_services *services, const xmlNode *root,
    struct ih_error *err)
{
	for (const xmlNode *n = ih_child(root, "answer"); n;
	     n = ih_next(n, "answer")) {
		const struct ih_service *service =
		    ih_services_find(services, ih_attr(n, "service"));

		if (service == NULL || ih_named_find(&service->standards,
					   ih_attr(n, "standard")) == NULL)
			return ih_fail_code(err, IH_INPUT, "E_STANDARD",
			    "line %ld", ih_line(n));
		if (is_answered_before(n))
			return ih_fail_code(err, IH_INPUT, "E_TWICE",
			    "line %ld", ih_line(n));
	}
	return true;
}

static void
checked_subject(char subject[static IH_SUBJECT_TEXT], const char *id)
{
	snprintf(subject, IH_SUBJECT_TEXT, "%.*s" CHECKED, IH_PROVIDER_ID, id);
}

bool
ih_provider_check(struct ih_registry *registry,
    const struct ih_services *services, const xmlDoc *check,
    struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(check);
	char subject[IH_SUBJECT_TEXT];

	if (!may_write(registry, err) || !check_answers(services, root, err))
		return false;
	IH_OWNED(ih_buffer) page = page_of(root, err);
	IH_OWNED(ih_provider)
	provider = page != NULL ? ih_provider_get(registry,
				      ih_attr(root, "provider"), err) :
				  NULL;
	if (provider == NULL)
		return false;
	checked_subject(subject, provider->id);
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL && put_page(registry, subject, page, err) &&
	       ih_transaction_commit(all, err);
}

xmlDoc *
ih_provider_checked(struct ih_registry *registry, const char *id,
    struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];
	IH_OWNED(ih_provider) provider = ih_provider_get(registry, id, err);

	if (provider == NULL)
		return NULL;
	checked_subject(subject, id);
	IH_OWNED(ih_buffer) page = newest_page(registry, subject, err);
	if (page == NULL) {
		if (err->kind == IH_NONE)
			ih_fail_code(err, IH_ABSENT, "E_PROVIDER_UNCHECKED",
			    "%s", provider->id);
		return NULL;
	}
	return ih_xml_read(subject, page->data, page->size, err);
}

/* ---- verifying */

bool
ih_provider_verify(struct ih_registry *registry, uint64_t *count,
    struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT p.entry, p.mark, p.bytes, l.subject FROM ledger AS l"
	    " LEFT JOIN provider AS p"
	    " ON p.entry = l.at AND p.subject = l.subject"
	    " WHERE l.act = 'provider' ORDER BY l.at",
	    IH_NOTHING);

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		ih_column_text(rows, 3, subject, sizeof subject);
		IH_OWNED(ih_buffer)
		page = sqlite3_column_type(rows, 0) != SQLITE_NULL ?
			   open_page(registry, subject, rows, err) :
			   NULL;
		if (page == NULL)
			return err->kind != IH_NONE ? false :
						      was_touched(err, subject);
		++*count;
	}
	return err->kind == IH_NONE;
}
