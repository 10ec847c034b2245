/* This is where a sealed case becomes what a command needs of it. */
#include "case_file.h"

#include <stdlib.h>
#include <string.h>

#include "asking.h"
#include "ihala/date.h"
#include "ihala/document.h"
#include "ihala/explain.h"
#include "ihala/framework.h"
#include "ihala/instrument.h"
#include "ihala/node.h"
#include "ihala/person.h"
#include "interview.h"
#include "knowledge.h"
#include "words_keys.h"

struct ih_record_parts *
record_parts_new(void)
{
	return ih_zeroed(sizeof(struct ih_record_parts));
}

void
record_parts_release(struct ih_record_parts *parts)
{
	ih_record_parts_free(parts);
	free(parts);
}

bool
case_code(const char *typed, char code[static IH_CODE_TEXT],
    struct ih_error *err)
{
	return ih_code_parse(typed, code) ||
	       ih_fail(err, IH_USAGE,
		   "this is not a case code, or a character of it is wrong");
}

bool
case_put(struct ih_registry *registry, const char *code, enum ih_part part,
    const struct ih_buffer *bytes, struct ih_error *err)
{
	struct ih_case_row row;

	return ih_case_row(registry, code, &row, err) &&
	       ih_case_write(registry, code, part, bytes->data, bytes->size,
		   row.version, err);
}

/* ---- somebody else was faster */

struct changes {
	struct request *request;
	const char *code;
	bool told;
};

static bool
tell_change(const struct ih_case_change *change, void *with)
{
	static const char *const parts[IH_PARTS] = {
		[IH_IDENTITY] = W_CHANGED_IDENTITY,
		[IH_FACTS] = W_CHANGED_FACTS,
		[IH_STATISTICS] = W_CHANGED_STATISTICS,
	};
	static const char *const axes[IH_AXES] = {
		[IH_FILE] = W_COLUMN_FILE,
		[IH_DETERMINATION] = W_COLUMN_DETERMINATION,
		[IH_REFERRAL] = W_COLUMN_REFERRAL,
		[IH_CONSENT] = W_COLUMN_CONSENT,
	};
	struct changes *changes = with;
	struct request *request = changes->request;
	char when[IH_INSTANT_TEXT];

	ih_instant_format(change->instant, when);
	if (!changes->told)
		say(request, W_CHANGED_SINCE, IH_ARG(changes->code));
	changes->told = true;
	if (change->part < IH_PARTS)
		say(request, W_CHANGED_WRITTEN, IH_ARG(when),
		    IH_ARG(change->actor),
		    IH_ARG(word(request, parts[change->part])));
	else
		say(request, W_CHANGED_MOVED, IH_ARG(when),
		    IH_ARG(change->actor),
		    IH_ARG(word(request, axes[change->axis])),
		    IH_ARG(change->event), IH_ARG(change->to));
	return true;
}

bool
case_is_ours(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	struct ih_case_row row;

	if (!ih_case_row(registry, code, &row, err))
		return false;
	return strcmp(row.state[IH_FILE], "transferred") != 0 ||
	       ih_fail_code(err, IH_STATE, "E_TRANSFERRED", "%s", code);
}

void
case_tell_changes(struct request *request, struct ih_registry *registry,
    const char *code, int64_t version, const struct ih_error *err)
{
	struct changes changes = { request, code, false };
	struct ih_error unsaid = { 0 };

	if (strcmp(err->code, "E_CASE_CHANGED") == 0)
		ih_case_changes(registry, code, version, tell_change, &changes,
		    &unsaid);
}

bool
case_is_as_seen(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	struct ih_case_row row;
	char *end;

	if (request->since == NULL)
		return true;
	int64_t version = strtoll(request->since, &end, 10);
	if (*end != '\0' || version < 1)
		return ih_fail(err, IH_USAGE,
		    "--since is the version of the case that was seen");
	if (!ih_case_row(registry, code, &row, err))
		return false;
	if (row.version == version)
		return true;
	ih_fail_code(err, IH_STATE, "E_CASE_CHANGED", "%s", code);
	case_tell_changes(request, registry, code, version, err);
	return false;
}

bool
case_put_over(struct request *request, struct ih_registry *registry,
    const char *code, enum ih_part part, const struct ih_buffer *bytes,
    int64_t version, struct ih_error *err)
{
	if (!case_is_ours(registry, code, err))
		return false;
	if (ih_case_write(registry, code, part, bytes->data, bytes->size,
		version, err))
		return true;
	case_tell_changes(request, registry, code, version, err);
	return false;
}

/* What a command does in one go, as the lifecycle's events. */
static const struct {
	enum ih_axis axis;
	const char *state;
	const char *events[4];
} ways[] = {
	{ IH_FILE, "screening", { "open" } },
	{ IH_FILE, "review", { "open", "finalise" } },
	{ IH_FILE, "suspended", { "open", "suspend" } },
	{ IH_CONSENT, "given", { "ask", "give" } },
	{ IH_CONSENT, "refused", { "ask", "refuse" } },
	{ IH_CONSENT, "not-able", { "ask", "find-not-able" } },
	{ IH_REFERRAL, "draft", { "draft", "check-consent" } },
	{ IH_REFERRAL, "sent", { "approve", "seal", "send" } },
	{ IH_REFERRAL, "received", { "receive" } },
};

bool
case_moves(struct ih_registry *registry, const char *code, enum ih_axis axis,
    const char *state, struct ih_error *err)
{
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (ways[i].axis != axis || strcmp(ways[i].state, state) != 0)
			continue;
		for (size_t e = 0; e < 4 && ways[i].events[e] != NULL; e++)
			if (!ih_case_move(registry, code, axis,
				ways[i].events[e], err))
				return false;
	}
	return true;
}

#define LIKELY_LEAST 75 /* of 100: half of a name of four parts */
#define LIKELY_MOST 5   /* that are told */

struct telling {
	struct request *request;
	const char *code;
	int told;
};

static bool
tell_one(const struct ih_likely *likely, void *with)
{
	struct telling *t = with;

	if (likely->score < LIKELY_LEAST || t->told++ == LIKELY_MOST)
		return false;
	say(t->request, W_PERSON_LIKELY, IH_ARG(t->code), IH_ARG(likely->code),
	    IH_NUM(likely->score));
	return true;
}

void
tell_likely(struct request *request, struct ih_registry *registry,
    const char *code)
{
	struct telling t = { request, code, 0 };
	struct ih_error unsaid = { 0 };

	ih_person_like(registry, code, tell_one, &t, &unsaid);
}

xmlDoc *
case_document(struct ih_registry *registry, const char *code, enum ih_part part,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_case_read(registry, code, part, err);

	if (bytes == NULL)
		return NULL;
	return ih_xml_read("case", bytes->data, bytes->size, err);
}

void
leaving_free(struct leaving *leaving)
{
	if (leaving->facts != NULL)
		xmlFreeDoc(leaving->facts);
	if (leaving->identity != NULL)
		xmlFreeDoc(leaving->identity);
	ih_framework_free(leaving->framework);
	ih_instrument_free(leaving->instrument);
	ih_mechanism_free(leaving->ours);
	ih_mechanism_free(leaving->theirs);
	ih_library_close(leaving->library);
	free(leaving);
}

/* The last referral's recipient; NULL where there is none. */
static const char *
last_recipient(const xmlDoc *facts)
{
	const xmlNode *root = xmlDocGetRootElement(facts);
	const char *to = NULL;

	for (xmlNode *r = ih_child(root, "referral"); r != NULL;
	     r = ih_next(r, "referral"))
		to = ih_attr(r, "to");
	return to;
}

static bool
is_named(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	       strcmp((const char *)node->name, name) == 0;
}

xmlNode *
record_inner(const xmlDoc *record, const char *name)
{
	xmlNode *node = xmlDocGetRootElement(record)->children;

	while (node != NULL && !is_named(node, name))
		node = node->next;
	return node;
}

const char *
record_interview(const xmlDoc *record)
{
	const xmlNode *answers = record_inner(record, "answers");

	return answers != NULL ? ih_attr(answers, "id") : NULL;
}

xmlDoc *
record_answers(const xmlDoc *record)
{
	xmlDoc *doc = xmlNewDoc(NULL);

	xmlDocSetRootElement(doc,
	    xmlDocCopyNode(record_inner(record, "answers"), doc, 1));
	return doc;
}

bool
leaving_know(struct request *request, struct ih_registry *registry,
    struct leaving *leaving, struct ih_error *err)
{
	const xmlNode *answers = record_inner(leaving->facts, "answers");
	const xmlNode *assessment = record_inner(leaving->facts, "assessment");

	if (answers == NULL)
		return ih_fail(err, IH_INPUT, "the record has no interview");
	leaving->library = knowledge_of(registry, request, leaving->facts, err);
	if (leaving->library == NULL)
		return false;
	leaving->instrument = ih_instrument_load(leaving->library,
	    ih_attr(answers, "instrument"), err);
	if (leaving->instrument == NULL)
		return false;
	if (assessment == NULL)
		return true;
	leaving->framework = ih_framework_load(leaving->library,
	    ih_attr(assessment, "framework"), leaving->instrument, err);
	return leaving->framework != NULL;
}

/* As given; as the office recorded it at init; in training, a plain word. */
static const char *
authorisation(struct request *request, struct ih_registry *registry)
{
	struct ih_error unsaid = { 0 };

	if (request->authorisation != NULL)
		return request->authorisation;
	IH_OWNED(ih_buffer) kept =
	    ih_registry_kept(registry, KEPT_AUTHORISATION, &unsaid);
	if (kept != NULL)
		return ih_arena_text(request->arena, (char *)kept->data);
	return ih_registry_is_training(registry) ? "TRAINING" : NULL;
}

bool
leaving_is_anonymous(const struct leaving *leaving)
{
	return strcmp(leaving->kind, "notification") == 0;
}

/* What may be sent, to whom, and by which profile. */
static bool
find_recipient(struct request *request, struct ih_registry *registry,
    struct leaving *leaving, struct ih_error *err)
{
	const char *committee = ih_registry_committee(registry);
	const struct ih_mechanism_body *body;

	leaving->ours = ih_mechanism_load(request->library, committee, err);
	if (leaving->ours == NULL)
		return false;
	if (leaving->to == NULL && leaving_is_anonymous(leaving))
		leaving->to = leaving->ours->code;
	if (leaving->to == NULL)
		leaving->to = last_recipient(leaving->facts);
	if (leaving->to == NULL)
		return ih_fail_code(err, IH_STATE, "E_NOT_REFERRED", "%s",
		    leaving->code);
	body = ih_mechanism_body(leaving->ours, leaving->to);
	leaving->theirs = ih_mechanism_load(request->library,
	    body != NULL ? committee : leaving->to, err);
	if (leaving->theirs == NULL)
		return false;
	leaving->to_name = body != NULL ? &body->name : &leaving->theirs->name;
	return true;
}

static bool
read_parts(struct ih_registry *registry, struct leaving *leaving,
    struct ih_error *err)
{
	struct ih_case_row row;

	if (!ih_case_row(registry, leaving->code, &row, err))
		return false;
	leaving->version = row.version;
	snprintf(leaving->file, sizeof leaving->file, "%s", row.state[IH_FILE]);
	leaving->facts = case_document(registry, leaving->code, IH_FACTS, err);
	if (leaving->facts == NULL)
		return false;
	/* Who it is is not even read for what tells of nobody. */
	if (!row.has[IH_IDENTITY] || leaving_is_anonymous(leaving))
		return true;
	leaving->identity =
	    case_document(registry, leaving->code, IH_IDENTITY, err);
	return leaving->identity != NULL;
}

/* A letter AS which what leaves has a profile of that name, or it is the first
 * for the recipient.  A transfer has none but its own. */
static const struct ih_profile *
profile_of(const struct leaving *leaving, const char *as)
{
	const char *kind = ih_mechanism_kind(leaving->ours, leaving->to);
	const struct ih_profile *profile;

	if (strcmp(as, "transfer") != 0)
		return ih_mechanism_profile_for(leaving->ours, leaving->to,
		    leaving_is_anonymous(leaving));
	profile = ih_mechanism_profile(leaving->ours, as);
	return profile != NULL && kind != NULL &&
		       ih_consent_names(profile->to, kind) ?
		   profile :
		   NULL;
}

static bool
fill_release(struct request *request, struct ih_registry *registry,
    struct leaving *leaving, const char *as, struct ih_error *err)
{
	const struct ih_profile *profile = profile_of(leaving, as);

	if (profile == NULL)
		return ih_fail_code(err, IH_STATE,
		    ih_mechanism_kind(leaving->ours, leaving->to) == NULL ?
			"E_RECIPIENT" :
			"E_NO_PROFILE",
		    "mechanism %s", leaving->ours->code);
	if (!ih_alias_of(registry, leaving->code, leaving->to, &leaving->alias,
		err))
		return false;
	ih_date_format(ih_instant_date(request->world.now), leaving->day);
	leaving->release = (struct ih_release){ .mechanism = leaving->ours,
		.profile = profile->id,
		.recipient = leaving->to,
		.authorisation = authorisation(request, registry),
		.day = leaving->day,
		.instrument = leaving->instrument,
		.alias = &leaving->alias,
		.file = leaving->file };
	return true;
}

struct leaving *
leaving_prepare(struct request *request, struct ih_registry *registry,
    const char *typed, const char *kind, const char *to, struct ih_error *err)
{
	IH_OWNED(cli_leaving) leaving = ih_zeroed(sizeof *leaving);

	leaving->to = to;
	kind = kind != NULL ? kind : "referral";
	/* What comes along with a transfer is the page of a referral. */
	leaving->kind = strcmp(kind, "transfer") == 0 ? "referral" : kind;
	if (!case_code(typed, leaving->code, err) ||
	    !read_parts(registry, leaving, err) ||
	    !find_recipient(request, registry, leaving, err) ||
	    !leaving_know(request, registry, leaving, err) ||
	    !fill_release(request, registry, leaving, kind, err))
		return NULL;
	return IH_GIVE(leaving);
}

bool
case_may_refuse(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	struct ih_error why = { 0 };
	IH_OWNED(cli_leaving)
	leaving =
	    leaving_prepare(request, registry, code, "notification", NULL, err);

	/* A country without such a profile sends no such notification. */
	if (leaving == NULL) {
		if (strcmp(err->code, "E_NO_PROFILE") != 0)
			return false;
		*err = why;
		return true;
	}
	leaving->release.file = "notify-only"; /* as if it were */
	if (ih_release_gate(&leaving->release, leaving->facts, &why) ||
	    strcmp(why.code, "E_CHILD") != 0)
		return true;
	*err = why;
	return false;
}

const char *
last_referral_to(const xmlDoc *facts, const char *to)
{
	const char *id = NULL;

	for (xmlNode *r = ih_child(xmlDocGetRootElement(facts), "referral");
	     r != NULL; r = ih_next(r, "referral"))
		if (strcmp(ih_attr(r, "to"), to) == 0)
			id = ih_attr(r, "id");
	return id;
}

xmlDoc *
leaving_document(struct request *request, const struct leaving *leaving,
    const char *folder, const char *id, struct ih_error *err)
{
	const char *name =
	    ih_arena_printf(request->arena, "xml/%s/%s.xml", folder, id);
	IH_OWNED(ih_buffer) bytes =
	    ih_library_read(leaving->library, name, err);

	if (bytes == NULL)
		return NULL;
	return ih_xml_read(name, bytes->data, bytes->size, err);
}

xmlDoc *
leaving_blocks(struct request *request, const struct leaving *leaving,
    const struct ih_buffer *case_xml, const struct ih_tongue *tongues,
    size_t count, struct ih_error *err)
{
	char digest[IH_DIGEST_TEXT];
	IH_OWNED(xmlDoc) record =
	    ih_xml_read("case.xml", case_xml->data, case_xml->size, err);
	IH_OWNED(xmlDoc) instrument =
	    record == NULL ? NULL :
			     leaving_document(request, leaving, "instrument",
				 leaving->instrument->id, err);
	IH_OWNED(xmlDoc) framework = NULL;

	if (instrument == NULL)
		return NULL;
	if (leaving->framework != NULL) {
		framework = leaving_document(request, leaving, "framework",
		    leaving->framework->id, err);
		if (framework == NULL)
			return NULL;
	}
	ih_digest_text(case_xml->data, case_xml->size, digest);
	struct ih_sources sources = { .record = record,
		.sender = leaving->ours->doc,
		.recipient = leaving->theirs->doc,
		.instrument = instrument,
		.framework = framework,
		.made = leaving->day,
		.digest = digest,
		.body = ih_mechanism_body(leaving->ours, leaving->to) != NULL ?
			    leaving->to :
			    NULL,
		.tongue_count = count };
	memcpy(sources.tongues, tongues, count * sizeof *tongues);
	return ih_document_blocks(request->library, leaving->kind, &sources,
	    err);
}

struct ih_buffer *
leaving_page(struct request *request, const struct leaving *leaving,
    const struct ih_buffer *case_xml, const struct ih_tongue *tongues,
    size_t count, struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	blocks =
	    leaving_blocks(request, leaving, case_xml, tongues, count, err);

	return blocks != NULL ?
		   ih_document_print(request->library, blocks, err) :
		   NULL;
}

size_t
tongues_of(const char *tags, const char *country,
    struct ih_tongue tongues[static 2], struct ih_error *err)
{
	size_t count = 0;

	for (const char *tag = tags; *tag != '\0';) {
		size_t length = strcspn(tag, ",");
		char one[IH_TAG_TEXT] = "";

		if (length < sizeof one)
			memcpy(one, tag, length);
		if (count == 2 || !ih_tongue_parse(one, &tongues[count])) {
			ih_fail(err, IH_USAGE,
			    "--lang is one or two of ar, fr, en, as in ar,fr");
			return 0;
		}
		if (tongues[count].country[0] == '\0')
			snprintf(tongues[count].country,
			    sizeof tongues[count].country, "%.2s", country);
		count++;
		tag += length + (tag[length] == ',');
	}
	return count;
}

static bool
is_on_desk(const struct desk *desk, const char *framework)
{
	for (size_t i = 0; i < desk->framework_count; i++)
		if (strcmp(desk->frameworks[i]->id, framework) == 0)
			return true;
	return false;
}

/* Each framework the record was judged under, once, in its order. */
static bool
load_frameworks(const struct leaving *of, struct desk *desk,
    struct ih_error *err)
{
	for (const xmlNode *n = record_inner(of->facts, "assessment");
	     n != NULL && desk->framework_count < DESK_FRAMEWORKS;
	     n = n->next) {
		if (!is_named(n, "assessment") ||
		    is_on_desk(desk, ih_attr(n, "framework")))
			continue;
		struct ih_framework *one = ih_framework_load(of->library,
		    ih_attr(n, "framework"), of->instrument, err);
		if (one == NULL)
			return false;
		desk->frameworks[desk->framework_count++] = one;
	}
	return true;
}

bool
leaving_judge(const struct leaving *of, struct desk *desk,
    struct interview *again, struct ih_error *err)
{
	if (!load_frameworks(of, desk, err))
		return false;
	again->answers = ih_answers_read(again->doc, of->instrument, err);
	if (again->answers == NULL)
		return false;
	for (size_t i = 0; i < desk->framework_count; i++)
		again->assessments[again->assessment_count++] =
		    ih_assess(desk->frameworks[i], again->answers);
	return true;
}

/* The record's answers, judged as when the case was opened. */
static bool
explain_record(struct request *request, const struct leaving *of,
    struct desk *desk, struct interview *again, struct ih_buffer *out,
    struct ih_error *err)
{
	again->doc = record_answers(of->facts);
	if (!leaving_judge(of, desk, again, err))
		return false;
	if (again->assessment_count > 0)
		ih_explain_all(again->assessments, again->assessment_count,
		    request->tongue, out);
	return true;
}

bool
case_reasoning(struct request *request, struct ih_registry *registry,
    struct leaving *knowledge, const char *code, struct ih_buffer *out,
    struct ih_error *err)
{
	IH_OWNED(cli_desk) desk = desk_new();
	IH_OWNED(cli_interview) again = ih_zeroed(sizeof *again);

	knowledge->facts = case_document(registry, code, IH_FACTS, err);
	return knowledge->facts != NULL &&
	       leaving_know(request, registry, knowledge, err) &&
	       explain_record(request, knowledge, desk, again, out, err);
}

bool
case_explain(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	IH_OWNED(cli_leaving) knowledge = ih_zeroed(sizeof *knowledge);
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	return case_reasoning(request, registry, knowledge, code, out, err) &&
	       (out->size == 0 ||
		   put_output(request, out->data, out->size, err)) &&
	       case_tell_decided(request, knowledge->facts, err) &&
	       asking_tell(request, knowledge->facts, err);
}
