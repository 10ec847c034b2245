/* This is where cases become records of a case data standard. */
#include "ihala/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/arena.h"
#include "ihala/node.h"
#include "ihala/record.h"
#include "ihala/schema.h"
#include "ihala/stylesheet.h"
#include "ihala/xml.h"
#include "inner.h"

#define MAPPING "xml/mapping/htcds.xml"

struct made {
	xmlDoc *doc;
	const char *code; /* in it */
};

struct ih_records {
	struct ih_library *library;
	const char *committee, *period, *day;
	struct ih_stylesheet *sheet;
	xmlDoc *sources; /* mapping and mechanism; the facts come and go */
	xmlDoc *none;    /* the record of nobody: names of fields */
	struct made *each;
	size_t count, room;
};

static const struct kind {
	const char *name;
	bool foot; /* something stands behind the last */
} kinds[] = { { "csv", false }, { "json", true } };

const char *
ih_records_kinds(void)
{
	return "csv, json";
}

/* ---- one */

static xmlDoc *
make(struct ih_records *r, const struct ih_recorded *one, const char *consent,
    struct ih_error *err)
{
	const struct ih_param params[] = { { "code", one->code },
		{ "file", one->file }, { "determination", one->determination },
		{ "interview-consent", consent } };

	return ih_stylesheet_apply(r->sheet, r->sources, params,
	    sizeof params / sizeof params[0], err);
}

static const char *
consent_to(const struct ih_records *r, const xmlDoc *facts, const char *purpose)
{
	const char *state = ih_record_consent_state(facts, purpose,
	    r->committee, "facts", r->day);

	return state != NULL ? state : "none";
}

bool
ih_records_may(const struct ih_records *records, const xmlDoc *facts)
{
	return strcmp(consent_to(records, facts, "research"), "given") == 0;
}

static xmlDoc *
make_of_facts(struct ih_records *r, const struct ih_recorded *one,
    struct ih_error *err)
{
	xmlNode *root = xmlDocGetRootElement(r->sources);
	xmlDoc *made;

	if (!ih_graft(root, "facts", xmlDocGetRootElement(one->facts))) {
		ih_fail(err, IH_SYSTEM, "records: no memory");
		return NULL;
	}
	xmlNode *facts = xmlGetLastChild(root);
	made = make(r, one, consent_to(r, one->facts, "interview"), err);
	xmlUnlinkNode(facts);
	xmlFreeNode(facts);
	return made;
}

bool
ih_records_add(struct ih_records *records, const struct ih_recorded *one,
    struct ih_error *err)
{
	if (!ih_records_may(records, one->facts))
		return ih_fail_code(err, IH_STATE, "E_CONSENT", "research");
	xmlDoc *made = make_of_facts(records, one, err);
	if (made == NULL)
		return false;
	if (records->count == records->room) {
		records->room = records->room == 0 ? 64 : records->room * 2;
		records->each = reallocarray(records->each, records->room,
		    sizeof *records->each);
		if (records->each == NULL)
			abort();
	}
	records->each[records->count++] =
	    (struct made){ made, ih_attr(xmlDocGetRootElement(made), "code") };
	return true;
}

size_t
ih_records_count(const struct ih_records *records)
{
	return records->count;
}

/* ---- all */

static int
by_code(const void *a, const void *b)
{
	return strcmp(((const struct made *)a)->code,
	    ((const struct made *)b)->code);
}

static bool
write_part(struct ih_records *r, struct ih_stylesheet *sheet, xmlDoc *record,
    const char *part, struct ih_buffer *out, struct ih_error *err)
{
	const struct ih_param params[] = { { "part", part },
		{ "committee", r->committee }, { "period", r->period } };
	IH_OWNED(ih_buffer)
	bytes = ih_stylesheet_render(sheet, record, params,
	    sizeof params / sizeof params[0], err);

	if (bytes != NULL)
		ih_buffer_add(out, bytes->data, bytes->size);
	return bytes != NULL;
}

static struct ih_buffer *
write_all(struct ih_records *r, const struct kind *kind, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	char name[40];

	snprintf(name, sizeof name, "records-%s", kind->name);
	IH_OWNED(ih_stylesheet)
	sheet = ih_stylesheet_load(r->library, name, err);
	if (sheet == NULL || !write_part(r, sheet, r->none, "head", out, err))
		return NULL;
	for (size_t i = 0; i < r->count; i++)
		if (!write_part(r, sheet, r->each[i].doc,
			i == 0 ? "first" : "next", out, err))
			return NULL;
	if (kind->foot && !write_part(r, sheet, r->none, "foot", out, err))
		return NULL;
	return IH_GIVE(out);
}

struct ih_buffer *
ih_records_write(struct ih_records *records, const char *kind,
    struct ih_error *err)
{
	if (records->count > 0)
		qsort(records->each, records->count, sizeof *records->each,
		    by_code);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kinds[i].name, kind) == 0)
			return write_all(records, &kinds[i], err);
	ih_fail(err, IH_USAGE, "--as one of %s", ih_records_kinds());
	return NULL;
}

/* ---- none yet */

static bool
graft_file(struct ih_records *r, const char *name, const char *path,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_schema_read(r->library, path, name, err);

	if (doc == NULL)
		return false;
	return ih_graft(xmlDocGetRootElement(r->sources), name,
		   xmlDocGetRootElement(doc)) ||
	       ih_fail(err, IH_SYSTEM, "records: no memory");
}

static bool
prepare(struct ih_records *r, struct ih_error *err)
{
	const struct ih_recorded nobody = { "", "", "", NULL };
	char path[60];

	r->sheet = ih_stylesheet_load(r->library, "records", err);
	if (r->sheet == NULL)
		return false;
	r->sources = ih_sources_new();
	snprintf(path, sizeof path, "xml/mechanism/%s.xml", r->committee);
	if (!graft_file(r, "mapping", MAPPING, err) ||
	    !graft_file(r, "mechanism", path, err))
		return false;
	r->none = make(r, &nobody, "", err);
	return r->none != NULL;
}

struct ih_records *
ih_records_new(struct ih_library *library, const char *committee,
    const char *period, const char *day, struct ih_error *err)
{
	IH_OWNED(ih_records) r = ih_zeroed(sizeof *r);

	r->library = library;
	r->committee = committee;
	r->period = period;
	r->day = day;
	return prepare(r, err) ? IH_GIVE(r) : NULL;
}

void
ih_records_free(struct ih_records *records)
{
	if (records == NULL)
		return;
	for (size_t i = 0; i < records->count; i++)
		xmlFreeDoc(records->each[i].doc);
	free(records->each);
	xmlFreeDoc(records->none);
	xmlFreeDoc(records->sources);
	ih_stylesheet_free(records->sheet);
	free(records);
}
