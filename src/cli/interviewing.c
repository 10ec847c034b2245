/* This is where an interview goes on from one verb to the next. */
#include "interviewing.h"

#include <stdlib.h>
#include <string.h>

#include "case_file.h"
#include "ihala/node.h"
#include "ihala/request.h"
#include "ihala/xml.h"
#include "knowledge.h"

#define MINUTE 60         /* seconds */
#define DRAFT_USUAL 16384 /* bytes */

struct interviewing *
interviewing_new(void)
{
	return ih_zeroed(sizeof(struct interviewing));
}

static void
forget_sitting(struct interviewing *kept)
{
	ih_sitting_free(kept->sitting);
	kept->sitting = NULL;
}

/* ---- what it is asked by */

/* The sitting speaks of the instrument on the desk: it goes first. */
static void
clear_desk(struct interviewing *kept)
{
	forget_sitting(kept);
	if (kept->desk != NULL)
		desk_free(kept->desk);
	kept->desk = NULL;
}

/* INSTRUMENT, which is taken over, and what judges it. */
static bool
lay_out(struct request *request, struct ih_instrument *instrument,
    bool in_force, struct ih_error *err)
{
	struct interviewing *kept = request->interviewing;

	clear_desk(kept);
	if (instrument == NULL)
		return false;
	kept->desk = desk_new();
	kept->in_force = in_force;
	if (desk_put(request, kept->desk, instrument, err))
		return true;
	clear_desk(kept);
	return false;
}

/* Instrument ID of the pack in force. */
static bool
lay_out_new(struct request *request, const char *id, struct ih_error *err)
{
	const struct interviewing *kept = request->interviewing;

	return (kept->desk != NULL && kept->in_force &&
		   strcmp(kept->desk->instrument->id, id) == 0) ||
	       lay_out(request, ih_instrument_load(request->library, id, err),
		   true, err);
}

static bool
has_digest(const struct interviewing *kept, const char *digest)
{
	return kept->desk != NULL &&
	       strcmp(kept->desk->instrument->digest, digest) == 0;
}

/* The one that was begun with: after another pack was put in force, that of
 * the pack before. */
static bool
lay_out_as_begun(struct request *request, struct ih_registry *registry,
    const char *id, const char *digest, struct ih_error *err)
{
	const struct interviewing *kept = request->interviewing;

	if (has_digest(kept, digest))
		return true;
	return lay_out_new(request, id, err) &&
	       (has_digest(kept, digest) ||
		   lay_out(request,
		       knowledge_instrument(registry, request, digest, err),
		       false, err));
}

static bool
has_mechanism(struct request *request, const char *committee,
    struct ih_error *err)
{
	struct interviewing *kept = request->interviewing;

	if (kept->mechanism == NULL)
		kept->mechanism =
		    ih_mechanism_load(request->library, committee, err);
	return kept->mechanism != NULL;
}

static bool
has_tables(struct request *request, struct ih_error *err)
{
	struct interviewing *kept = request->interviewing;

	if (kept->tables == NULL)
		kept->tables = ih_tables_load(request->library, err);
	return kept->tables != NULL;
}

static bool
has_schema(struct request *request, struct ih_error *err)
{
	struct interviewing *kept = request->interviewing;

	if (kept->schema == NULL)
		kept->schema = ih_schema_load(request->library, "draft", err);
	return kept->schema != NULL;
}

/* The questionnaire of the first main framework. */
static bool
has_usual_desk(struct request *request, struct ih_error *err)
{
	struct request main = *request;
	IH_OWNED(cli_desk) any = desk_new();

	return desk_prepare_any(&main, any, err) &&
	       lay_out_new(request, any->instrument->id, err);
}

bool
interviewing_prepare(struct request *request, const char *committee,
    struct ih_error *err)
{
	return has_schema(request, err) && has_tables(request, err) &&
	       has_mechanism(request, committee, err) &&
	       has_usual_desk(request, err);
}

void
interviewing_forget(struct interviewing *kept)
{
	clear_desk(kept);
	ih_mechanism_free(kept->mechanism);
	kept->mechanism = NULL;
	ih_tables_free(kept->tables);
	kept->tables = NULL;
}

void
interviewing_free(struct interviewing *kept)
{
	if (kept == NULL)
		return;
	interviewing_forget(kept);
	ih_schema_free(kept->schema);
	free(kept);
}

/* ---- beginning and going on */

/* "ar-MA" is Arabic that is spoken; another language is as it is. */
static const char *
spoken(const struct request *request)
{
	struct ih_tongue tongue = request->tongue;

	return request->read_in == NULL ||
		       ih_tongue_parse(request->read_in, &tongue) ?
		   ih_lang_tag(tongue.lang) :
		   request->read_in;
}

static struct ih_sitting *
sit_down(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	char id[IH_UUID_TEXT];
	struct ih_sitting_head head = { .id = id,
		.committee = ih_registry_committee(registry),
		.channel = request->as,
		.language = spoken(request),
		.area = request->area,
		.date = ih_instant_date(request->world.now),
		.training = ih_registry_is_training(registry) };

	ih_uuid_new(&request->world, id);
	return ih_sitting_begin(request->interviewing->desk->instrument, &head,
	    err);
}

bool
interviewing_begin(struct request *request, struct ih_registry *registry,
    const char *instrument, char code[static IH_CODE_TEXT],
    struct ih_error *err)
{
	if (!lay_out_new(request, instrument, err))
		return false;
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_sitting) sitting = sit_down(request, registry, err);
	if (sitting == NULL)
		return false;
	ih_sitting_write(sitting, out);
	return ih_draft_add(registry, instrument, out->data, out->size, code,
	    err);
}

static void
judge(const struct ih_framework *framework, const struct ih_answers *answers,
    struct ih_arena *arena, struct so_far *all)
{
	struct ih_bounds bounds = ih_bounds_new(framework, arena);

	ih_bounds_find(framework, answers->answers, &bounds);
	all->declined |= bounds.withheld;
	for (size_t i = 0; i < framework->urgency_count; i++)
		all->urgent |= bounds.urgencies[i] == IH_TRUE;
}

/* Once for each answer: each page asks for it. */
static void
judge_all(const struct request *request)
{
	struct interviewing *kept = request->interviewing;
	struct ih_answers answers = ih_sitting_so_far(kept->sitting);
	struct so_far all = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();

	for (size_t i = 0; i < kept->desk->framework_count; i++)
		if (desk_judges(request, kept->desk->frameworks[i], &answers))
			judge(kept->desk->frameworks[i], &answers, arena, &all);
	kept->so_far = all;
}

static xmlDoc *
read_draft(struct request *request, const char *code,
    const struct ih_buffer *bytes, struct ih_error *err)
{
	struct interviewing *kept = request->interviewing;
	IH_OWNED(xmlDoc) doc = ih_xml_read(code, bytes->data, bytes->size, err);

	if (doc == NULL)
		return NULL;
	if (!has_schema(request, err) ||
	    !ih_schema_check(kept->schema, doc, code, err))
		return NULL;
	return IH_GIVE(doc);
}

static bool
take_up(struct request *request, struct ih_registry *registry,
    const struct ih_buffer *bytes, struct ih_error *err)
{
	struct interviewing *kept = request->interviewing;
	IH_OWNED(xmlDoc) doc = read_draft(request, kept->row.code, bytes, err);
	const xmlNode *answers;

	if (doc == NULL)
		return false;
	answers = record_inner(doc, "answers");
	if (!lay_out_as_begun(request, registry, ih_attr(answers, "instrument"),
		ih_attr(answers, "digest"), err))
		return false;
	kept->sitting = ih_sitting_read(doc, kept->desk->instrument, err);
	if (kept->sitting == NULL)
		return false;
	judge_all(request);
	return true;
}

void
interviewing_next_turn(struct interviewing *kept)
{
	kept->is_fresh = false;
}

bool
interviewing_load(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	struct interviewing *kept = request->interviewing;
	struct ih_draft_row row;

	if (!has_mechanism(request, ih_registry_committee(registry), err))
		return false;
	if (kept->sitting != NULL && strcmp(kept->row.code, code) == 0 &&
	    (kept->is_fresh || (ih_draft_row(registry, code, &row, err) &&
				   row.version == kept->row.version)))
		return true;
	forget_sitting(kept);
	if (err->kind != IH_NONE)
		return false;
	IH_OWNED(ih_buffer)
	bytes = ih_draft_read(registry, code, &kept->row, err);
	return bytes != NULL && take_up(request, registry, bytes, err);
}

static bool
save(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	struct interviewing *kept = request->interviewing;
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	ih_buffer_reserve(out, DRAFT_USUAL);
	ih_sitting_write(kept->sitting, out);
	if (ih_draft_write(registry, &kept->row, out->data, out->size, err)) {
		kept->is_fresh = true;
		judge_all(request);
		return true;
	}
	/* What is in memory is not what is on the disk. */
	forget_sitting(kept);
	return false;
}

bool
interviewing_at_hand(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	const struct interviewing *kept = request->interviewing;

	return (kept->sitting != NULL && strcmp(kept->row.code, code) == 0) ||
	       interviewing_load(request, registry, code, err);
}

bool
interviewing_answer(struct request *request, struct ih_registry *registry,
    const char *code, const char *item, const struct ih_saying *saying,
    struct ih_error *err)
{
	return interviewing_at_hand(request, registry, code, err) &&
	       ih_sitting_take(request->interviewing->sitting, item, saying,
		   request->world.now, err) &&
	       save(request, registry, err);
}

/* ---- ending */

static struct interview *
completed(struct request *request, bool stopped, struct ih_error *err)
{
	struct interviewing *kept = request->interviewing;
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	xmlDoc *doc;

	if (!ih_sitting_answers(kept->sitting, stopped, out, err))
		return NULL;
	doc = ih_xml_read(kept->row.code, out->data, out->size, err);
	return doc != NULL ? interview_of(request, kept->desk, doc, err) : NULL;
}

bool
interviewing_finish(struct request *request, struct ih_registry *registry,
    const char *code, bool stopped, struct ih_error *err)
{
	struct interviewing *kept = request->interviewing;
	char asked[IH_CODE_TEXT];

	if (!has_tables(request, err) ||
	    (request->from != NULL && !case_code(request->from, asked, err)) ||
	    !interviewing_load(request, registry, code, err))
		return false;
	const struct opening opening = { .name = kept->row.code,
		.asked = request->from != NULL ? asked : NULL,
		.become = ih_request_open,
		.draft = &kept->row };
	IH_OWNED(cli_interview) interview = completed(request, stopped, err);
	if (interview == NULL || !case_take_in(request, registry, kept->tables,
				     interview, &opening, err))
		return false;
	forget_sitting(kept);
	return ih_draft_forget(registry, code, err);
}

bool
interviewing_discard(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	forget_sitting(request->interviewing);
	return ih_draft_discard(registry, code, err);
}

/* ---- how it stands */

const struct ih_item *
interviewing_next(const struct request *request)
{
	return request->interviewing->so_far.declined ?
		   NULL :
		   ih_sitting_next(request->interviewing->sitting);
}

size_t
interviewing_tongues(const struct request *request,
    struct ih_tongue tongues[static 2])
{
	const struct interviewing *kept = request->interviewing;
	struct ih_tongue person;

	tongues[0] = request->tongue;
	if (!ih_tongue_parse(kept->sitting->head.language, &person) ||
	    person.lang == request->tongue.lang)
		return 1;
	tongues[1] = ih_mechanism_tongue(kept->mechanism, person.lang);
	return 2;
}

size_t
interviewing_minutes(struct ih_registry *registry,
    const struct request *request)
{
	struct ih_sitting_count count =
	    ih_sitting_count(request->interviewing->sitting);
	struct ih_error unsaid = { 0 };
	size_t seconds = (count.asked - count.heard) *
			 (size_t)ih_draft_question_seconds(registry, &unsaid);

	return (seconds + MINUTE - 1) / MINUTE;
}
