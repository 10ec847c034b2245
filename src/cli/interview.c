/* This is where a file from outside becomes an assessed interview. */
#include "interview.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/xml.h"
#include "named.h"

/* A walk over the frameworks of the library. */
struct search {
	struct request *request;
	struct desk *desk;      /* takes those that speak of its instrument */
	const char *found;      /* else: the first main one */
	const char *instrument; /* that it speaks of */
	struct ih_error *err;
};

struct desk *
desk_new(void)
{
	return ih_zeroed(sizeof(struct desk));
}

static void
clear_frameworks(struct desk *desk)
{
	for (size_t i = 0; i < desk->framework_count; i++)
		ih_framework_free(desk->frameworks[i]);
	desk->framework_count = 0;
}

void
desk_free(struct desk *desk)
{
	clear_frameworks(desk);
	ih_instrument_free(desk->instrument);
	ih_schema_free(desk->answers_schema);
	free(desk);
}

void
interview_free(struct interview *interview)
{
	for (size_t i = 0; i < interview->assessment_count; i++)
		ih_assessment_free(interview->assessments[i]);
	ih_answers_free(interview->answers);
	if (interview->doc != NULL)
		xmlFreeDoc(interview->doc);
	free(interview);
}

/* The instrument that framework NAME speaks of. */
static const char *
instrument_of(struct search *search, const char *name, bool *main)
{
	struct request *request = search->request;
	const char *path =
	    ih_arena_printf(request->arena, "xml/framework/%s.xml", name);
	IH_OWNED(ih_buffer) bytes =
	    ih_library_read(request->library, path, search->err);

	return bytes == NULL ?
		   NULL :
		   ih_framework_instrument(NULL, request->arena, path,
		       bytes->data, bytes->size, main, search->err);
}

/* The main one goes before the others, which keep their order. */
static bool
take_framework(struct request *request, struct desk *desk, const char *name,
    struct ih_error *err)
{
	size_t at = desk->framework_count;

	if (at == DESK_FRAMEWORKS)
		return ih_fail(err, IH_INPUT,
		    "more than %d frameworks speak of one instrument",
		    DESK_FRAMEWORKS);
	struct ih_framework *loaded =
	    framework_named(request, name, desk->instrument, err);
	if (loaded == NULL)
		return false;
	desk->framework_count++;
	for (; loaded->main && at > 0; at--)
		desk->frameworks[at] = desk->frameworks[at - 1];
	desk->frameworks[at] = loaded;
	return true;
}

static bool
take_if_it_fits(const char *name, void *with)
{
	struct search *search = with;
	bool main;
	const char *instrument = instrument_of(search, name, &main);

	if (instrument == NULL)
		return false;
	return strcmp(instrument, search->desk->instrument->id) != 0 ||
	       take_framework(search->request, search->desk, name, search->err);
}

static bool
take_all(struct request *request, struct desk *desk, struct ih_error *err)
{
	struct search search = { .request = request, .desk = desk, .err = err };

	if (!ih_library_list(request->library, "xml/framework", take_if_it_fits,
		&search, err) ||
	    err->kind != IH_NONE)
		return false;
	return desk->framework_count > 0 ||
	       ih_fail(err, IH_ABSENT,
		   "no framework speaks of this instrument; name one with "
		   "--framework");
}

bool
desk_prepare(struct request *request, struct desk *desk, const char *instrument,
    struct ih_error *err)
{
	if (desk->instrument != NULL &&
	    strcmp(desk->instrument->id, instrument) == 0)
		return true;
	return desk_put(request, desk,
	    ih_instrument_load(request->library, instrument, err), err);
}

bool
desk_put(struct request *request, struct desk *desk,
    struct ih_instrument *instrument, struct ih_error *err)
{
	clear_frameworks(desk);
	ih_instrument_free(desk->instrument);
	desk->instrument = instrument;
	if (instrument == NULL)
		return false;
	return request->framework != NULL ?
		   take_framework(request, desk, request->framework, err) :
		   take_all(request, desk, err);
}

static bool
take_main(const char *name, void *with)
{
	struct search *search = with;
	bool main = false;

	search->instrument = instrument_of(search, name, &main);
	if (main)
		search->found = ih_arena_text(search->request->arena, name);
	return search->instrument != NULL && !main;
}

bool
desk_prepare_any(struct request *request, struct desk *desk,
    struct ih_error *err)
{
	struct search search = { .request = request,
		.found = request->framework,
		.err = err };

	if (search.found != NULL)
		search.instrument =
		    framework_speaks_of(request, search.found, err);
	else if (!ih_library_list(request->library, "xml/framework", take_main,
		     &search, err))
		return false;
	if (err->kind != IH_NONE)
		return false;
	if (search.found == NULL || search.instrument == NULL)
		return ih_fail(err, IH_ABSENT,
		    "there is no main framework; name one with --framework");
	request->framework = search.found;
	return desk_prepare(request, desk, search.instrument, err);
}

static bool
is_urgent(const struct ih_assessment *assessment)
{
	for (size_t i = 0; i < assessment->framework->urgency_count; i++)
		if (assessment->bounds.urgencies[i] == IH_TRUE)
			return true;
	return false;
}

bool
interview_is_urgent(const struct interview *interview)
{
	for (size_t i = 0; i < interview->assessment_count; i++)
		if (is_urgent(interview->assessments[i]))
			return true;
	return false;
}

bool
desk_judges(const struct request *request, const struct ih_framework *framework,
    const struct ih_answers *answers)
{
	return request->framework != NULL ||
	       ih_framework_is_for(framework, answers->committee);
}

static bool
judge(struct request *request, struct desk *desk, struct interview *interview,
    struct ih_error *err)
{
	const char *instrument =
	    ih_attr(xmlDocGetRootElement(interview->doc), "instrument");

	if (!desk_prepare(request, desk, instrument, err))
		return false;
	interview->answers =
	    ih_answers_read(interview->doc, desk->instrument, err);
	if (interview->answers == NULL)
		return false;
	for (size_t i = 0; i < desk->framework_count; i++)
		if (desk_judges(request, desk->frameworks[i],
			interview->answers))
			interview->assessments[interview->assessment_count++] =
			    ih_assess(desk->frameworks[i], interview->answers);
	return interview->assessment_count > 0 ||
	       ih_fail(err, IH_ABSENT,
		   "only laws of other countries speak of this instrument; "
		   "name "
		   "one with --framework");
}

struct interview *
interview_of(struct request *request, struct desk *desk, xmlDoc *doc,
    struct ih_error *err)
{
	IH_OWNED(cli_interview) interview = ih_zeroed(sizeof *interview);

	interview->doc = doc;
	return judge(request, desk, interview, err) ? IH_GIVE(interview) : NULL;
}

static bool
has_schema(struct request *request, struct desk *desk, struct ih_error *err)
{
	if (desk->answers_schema == NULL)
		desk->answers_schema =
		    ih_schema_load(request->library, "answers", err);
	return desk->answers_schema != NULL;
}

struct interview *
interview_open(struct request *request, struct desk *desk, const char *path,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = read_input(path, err);
	struct interview *interview;
	xmlDoc *doc;

	if (bytes == NULL || !has_schema(request, desk, err))
		return NULL;
	doc = ih_schema_admit(desk->answers_schema, path, bytes->data,
	    bytes->size, err);
	if (doc == NULL)
		return NULL;
	interview = interview_of(request, desk, doc, err);
	if (interview == NULL)
		ih_fail_in(err, path);
	return interview;
}
