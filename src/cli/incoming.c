/* This is where a file from a phone, a page or a transcriber is opened. */
#include "incoming.h"

#include <limits.h>
#include <string.h>

#include "forms.h"
#include "ihala/envelope.h"
#include "ihala/formkey.h"
#include "ihala/node.h"
#include "ihala/submission.h"
#include "ihala/xml.h"

#define MAPPINGS "xml/mapping"
#define DER_SEQUENCE 0x30 /* how a sealed file begins; XML does not */

struct incoming *
incoming_new(struct request *request, struct ih_registry *registry)
{
	struct incoming *fresh = ih_zeroed(sizeof *fresh);

	fresh->request = request;
	fresh->registry = registry;
	fresh->desk = desk_new();
	return fresh;
}

void
incoming_free(struct incoming *incoming)
{
	if (incoming == NULL)
		return;
	ih_schema_free(incoming->submissions);
	ih_schema_free(incoming->answers);
	ih_schema_free(incoming->requests);
	ih_office_free(incoming->keys);
	xmlFreeDoc(incoming->mapping);
	desk_free(incoming->desk);
	free(incoming);
}

void
arrived_free(struct arrived *arrived)
{
	if (arrived == NULL)
		return;
	if (arrived->interview != NULL)
		interview_free(arrived->interview);
	xmlFreeDoc(arrived->request);
	free(arrived);
}

/* Loaded once. */
static struct ih_schema *
schema(struct incoming *in, struct ih_schema **place, const char *name,
    struct ih_error *err)
{
	if (*place == NULL)
		*place = ih_schema_load(in->request->library, name, err);
	return *place;
}

static const struct ih_office *
keys(struct incoming *in, struct ih_error *err)
{
	if (in->keys == NULL)
		in->keys = forms_keys_there(in->registry, err);
	return in->keys;
}

const char *
incoming_danger(const struct interview *interview)
{
	const struct ih_assessment *main = interview->assessments[0];
	const char *danger = "no";

	if (interview_is_urgent(interview))
		return "yes";
	for (size_t i = 0; i < main->framework->urgency_count; i++)
		if (main->bounds.urgencies[i] != IH_FALSE)
			danger = "unknown";
	return danger;
}

/* Judged as any interview is; and it was held for this committee. */
static struct arrived *
arrived_as(struct incoming *in, xmlDoc *doc, const char *origin, bool sealed,
    struct ih_error *err)
{
	IH_OWNED(cli_arrived) arrived = ih_zeroed(sizeof *arrived);

	arrived->origin = origin;
	arrived->sealed = sealed;
	arrived->interview = interview_of(in->request, in->desk, doc, err);
	if (arrived->interview == NULL)
		return NULL;
	if (strcmp(arrived->interview->answers->committee,
		ih_registry_committee(in->registry)) != 0) {
		ih_fail_code(err, IH_STATE, "E_OTHER_COMMITTEE", "%s", origin);
		return NULL;
	}
	return IH_GIVE(arrived);
}

/* ---- a page, sealed or not; what a transcriber typed */

static struct ih_buffer *
unseal(struct incoming *in, const struct ih_buffer *file, struct ih_error *err)
{
	const struct ih_pair *pair;

	if (!ih_envelope_screen(file->data, file->size, err) ||
	    keys(in, err) == NULL)
		return NULL;
	pair = ih_envelope_pair(file->data, file->size, in->keys, err);
	return pair != NULL ?
		   ih_envelope_open(file->data, file->size, pair, err) :
		   NULL;
}

/* Two formats come from pages; the namespace says which. */
static bool
asks_for_help(const struct ih_buffer *xml)
{
	return memmem(xml->data, xml->size < 512 ? xml->size : 512,
		   "urn:ihala:request:1", 19) != NULL;
}

static struct arrived *
read_request(struct incoming *in, const char *path, const struct ih_buffer *xml,
    struct ih_error *err)
{
	struct ih_schema *form = schema(in, &in->requests, "request", err);
	xmlDoc *doc = form != NULL ? ih_schema_admit(form, path, xml->data,
					 xml->size, err) :
				     NULL;

	if (doc == NULL)
		return NULL;
	struct arrived *arrived = ih_zeroed(sizeof *arrived);
	arrived->request = doc;
	return arrived;
}

static struct arrived *
read_answers(struct incoming *in, const char *path, const struct ih_buffer *xml,
    const char *origin, bool sealed, struct ih_error *err)
{
	struct ih_schema *form = schema(in, &in->answers, "answers", err);
	xmlDoc *doc = form != NULL ? ih_schema_admit(form, path, xml->data,
					 xml->size, err) :
				     NULL;

	return doc != NULL ? arrived_as(in, doc, origin, sealed, err) : NULL;
}

static struct arrived *
read_file(struct incoming *in, const char *path, const char *origin,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) file = read_input(path, err);
	bool sealed =
	    file != NULL && file->size > 0 && file->data[0] == DER_SEQUENCE;
	IH_OWNED(ih_buffer) opened = sealed ? unseal(in, file, err) : NULL;
	const struct ih_buffer *xml = sealed ? opened : file;

	if (xml == NULL)
		return NULL;
	return asks_for_help(xml) ?
		   read_request(in, path, xml, err) :
		   read_answers(in, path, xml, origin, sealed, err);
}

struct arrived *
incoming_page(struct incoming *in, const char *path, struct ih_error *err)
{
	return read_file(in, path, "page", err);
}

struct arrived *
incoming_paper(struct incoming *in, const char *path, struct ih_error *err)
{
	return read_file(in, path, "paper", err);
}

/* ---- a phone */

static xmlDoc *
submission(struct incoming *in, const char *path, const struct ih_buffer *bytes,
    struct ih_error *err)
{
	struct ih_schema *form =
	    schema(in, &in->submissions, "submission", err);

	return form != NULL ?
		   ih_schema_admit(form, path, bytes->data, bytes->size, err) :
		   NULL;
}

/* The file that the manifest names, beside it and nowhere else. */
static struct ih_buffer *
beside(const char *path, const char *name, struct ih_error *err)
{
	const char *slash = strrchr(path, '/');
	int folder = slash != NULL ? (int)(slash - path) + 1 : 0;
	char full[PATH_MAX];

	if (name[0] == '.' || strchr(name, '/') != NULL ||
	    snprintf(full, sizeof full, "%.*s%s", folder, path, name) >=
		(int)sizeof full) {
		ih_fail_code(err, IH_INPUT, "E_ODK_FORM", "encryptedXmlFile");
		return NULL;
	}
	return read_input(full, err);
}

static struct ih_buffer *
decrypt(struct incoming *in, const char *path, const struct ih_submitted *head,
    struct ih_error *err)
{
	const struct ih_pair *pairs[1 + IH_RETIRED];
	size_t count = 0;
	IH_OWNED(ih_buffer) sealed = beside(path, head->file, err);
	const struct ih_office *office = sealed != NULL ? keys(in, err) : NULL;

	if (office == NULL)
		return NULL;
	pairs[count++] = &office->pair[IH_USE_SEALING];
	for (size_t i = 0; i < office->retireds; i++)
		pairs[count++] = &office->retired[i];
	return ih_odk_open(&(struct ih_odk_sealed){ .form = head->form,
			       .version = head->version,
			       .key = head->key,
			       .instance = head->instance,
			       .signature = head->signature,
			       .bytes = sealed->data,
			       .size = sealed->size },
	    pairs, count, err);
}

/* What was sealed is of the form and has the id that the manifest says. */
static bool
is_the_same(const struct ih_submitted *a, const struct ih_submitted *b,
    struct ih_error *err)
{
	return (!b->encrypted && strcmp(a->form, b->form) == 0 &&
		   strcmp(a->version, b->version) == 0 &&
		   strcmp(a->instance, b->instance) == 0) ||
	       ih_fail_code(err, IH_TRUST, "E_ODK_ALTERED", "manifest");
}

/* The submission itself; *SEALED: it came encrypted. */
static xmlDoc *
open_submission(struct incoming *in, const char *path, struct ih_arena *arena,
    struct ih_submitted *head, bool *sealed, struct ih_error *err)
{
	struct ih_submitted inner;
	IH_OWNED(ih_buffer) file = read_input(path, err);
	IH_OWNED(xmlDoc)
	doc = file != NULL ? submission(in, path, file, err) : NULL;

	*sealed = false;
	if (doc == NULL || !ih_submission_head(doc, arena, head, err))
		return NULL;
	if (!head->encrypted)
		return IH_GIVE(doc);
	*sealed = true;
	IH_OWNED(ih_buffer) clear = decrypt(in, path, head, err);
	IH_OWNED(xmlDoc)
	opened = clear != NULL ? submission(in, path, clear, err) : NULL;
	if (opened == NULL || !ih_submission_head(opened, arena, &inner, err) ||
	    !is_the_same(head, &inner, err))
		return NULL;
	*head = inner;
	return IH_GIVE(opened);
}

struct finding {
	struct incoming *in;
	const char *form;
	struct ih_error *err;
};

/* Kept for the next file, which is likely of the same form. */
static bool
take_mapping(const char *name, void *with)
{
	struct finding *f = with;
	struct request *request = f->in->request;
	const char *path =
	    ih_arena_printf(request->arena, MAPPINGS "/%s.xml", name);
	IH_OWNED(ih_buffer)
	bytes = ih_library_read(request->library, path, f->err);
	IH_OWNED(xmlDoc)
	doc = bytes != NULL ?
		  ih_xml_read(path, bytes->data, bytes->size, f->err) :
		  NULL;

	if (doc == NULL)
		return false;
	if (strcmp(ih_attr(xmlDocGetRootElement(doc), "form"), f->form) != 0)
		return true;
	f->in->mapping = IH_GIVE(doc);
	return false;
}

/* The mapping of FORM; NULL: it is one of ours.  Looked for once for all files
 * of a form. */
static const xmlDoc *
mapping_of(struct incoming *in, const char *form, struct ih_error *err)
{
	struct finding f = { in, form, err };

	if (strcmp(in->form, form) == 0)
		return in->mapping;
	xmlFreeDoc(in->mapping);
	in->mapping = NULL;
	in->form[0] = '\0';
	if (!ih_library_list(in->request->library, MAPPINGS, take_mapping, &f,
		err) ||
	    err->kind != IH_NONE)
		return NULL;
	snprintf(in->form, sizeof in->form, "%s", form);
	return in->mapping;
}

static const char *
origin_of(const xmlDoc *mapping)
{
	return mapping != NULL ?
		   ih_attr(xmlDocGetRootElement(mapping), "origin") :
		   "odk";
}

/* Its questionnaire, on the desk; a form that nobody here knows is named so. */
static bool
prepare(struct incoming *in, const struct ih_submitted *head,
    const xmlDoc *mapping, struct ih_error *err)
{
	const char *id =
	    mapping != NULL ?
		ih_attr(xmlDocGetRootElement(mapping), "instrument") :
		head->form;

	if (desk_prepare(in->request, in->desk, id, err))
		return true;
	return err->kind == IH_ABSENT ?
		   ih_fail_code(err, IH_INPUT, "E_ODK_UNKNOWN", "data/@id") :
		   false;
}

/* The line is of what was made of the file, and not one of the file. */
static void
forget_line(struct ih_error *err)
{
	char *after = strstr(err->text, ": ");

	if (strncmp(err->text, "line ", 5) == 0 && after != NULL)
		memmove(err->text, after + 2, strlen(after + 2) + 1);
}

struct arrived *
incoming_odk(struct incoming *in, const char *path, struct ih_error *err)
{
	struct ih_submitted head;
	bool sealed;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(xmlDoc)
	doc = open_submission(in, path, arena, &head, &sealed, err);
	const xmlDoc *mapping =
	    doc != NULL ? mapping_of(in, head.form, err) : NULL;

	if (doc == NULL || err->kind != IH_NONE ||
	    !prepare(in, &head, mapping, err))
		return NULL;
	IH_OWNED(ih_buffer)
	answers = ih_submission_answers(doc, in->desk->instrument, mapping,
	    ih_registry_committee(in->registry),
	    ih_registry_is_training(in->registry), err);
	struct ih_schema *form =
	    answers != NULL ? schema(in, &in->answers, "answers", err) : NULL;
	if (form == NULL)
		return NULL;
	xmlDoc *made =
	    ih_schema_parse(form, path, answers->data, answers->size, err);
	if (made == NULL)
		return NULL;
	struct arrived *arrived =
	    arrived_as(in, made, origin_of(mapping), sealed, err);
	if (arrived == NULL)
		forget_line(err);
	return arrived;
}
