/* This is where a file from outside becomes an assessed interview. */
#include "interview.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/xml.h"

/* The framework that a questionnaire is read with where none is named: the
 * first whose instrument it is. */
struct choice {
	struct request *request;
	struct ih_schema *schema;
	const char *instrument;
	const char *found;
	struct ih_error *err;
};

struct desk *
desk_new(void)
{
	return calloc(1, sizeof(struct desk));
}

void
desk_free(struct desk *desk)
{
	ih_framework_free(desk->framework);
	ih_instrument_free(desk->instrument);
	ih_schema_free(desk->answers_schema);
	free(desk);
}

void
interview_free(struct interview *interview)
{
	ih_assessment_free(interview->assessment);
	ih_answers_free(interview->answers);
	if (interview->doc != NULL)
		xmlFreeDoc(interview->doc);
	free(interview);
}

static bool
is_for_instrument(const char *name, void *with)
{
	struct choice *choice = with;
	char path[128];
	const char *instrument;

	snprintf(path, sizeof path, "xml/framework/%s.xml", name);
	IH_OWNED(ih_buffer) bytes =
	    ih_library_read(choice->request->library, path, choice->err);
	if (bytes == NULL)
		return false;
	instrument =
	    ih_framework_instrument(choice->schema, choice->request->arena,
		path, bytes->data, bytes->size, choice->err);
	if (instrument == NULL || strcmp(instrument, choice->instrument) != 0)
		return instrument != NULL;
	choice->found = ih_arena_text(choice->request->arena, name);
	return false;
}

static const char *
framework_for(struct request *request, const char *instrument,
    struct ih_error *err)
{
	struct choice choice = { .request = request,
		.instrument = instrument,
		.err = err };

	if (request->framework != NULL)
		return request->framework;
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(request->library, "framework", err);
	if (schema == NULL)
		return NULL;
	choice.schema = schema;
	if (!ih_library_list(request->library, "xml/framework",
		is_for_instrument, &choice, err))
		return NULL;
	if (choice.found == NULL && err->kind == IH_NONE)
		ih_fail(err, IH_ABSENT,
		    "no framework speaks of this instrument; name one with "
		    "--framework");
	return choice.found;
}

bool
desk_prepare(struct request *request, struct desk *desk, const char *instrument,
    struct ih_error *err)
{
	const char *framework;

	if (desk->instrument != NULL &&
	    strcmp(desk->instrument->id, instrument) == 0)
		return true;
	ih_framework_free(desk->framework);
	ih_instrument_free(desk->instrument);
	desk->framework = NULL;
	desk->instrument =
	    ih_instrument_load(request->library, instrument, err);
	if (desk->instrument == NULL)
		return false;
	framework = framework_for(request, instrument, err);
	if (framework == NULL)
		return false;
	desk->framework = ih_framework_load(request->library, framework,
	    desk->instrument, err);
	return desk->framework != NULL;
}

static bool
take_first(const char *name, void *with)
{
	struct choice *choice = with;

	choice->found = ih_arena_text(choice->request->arena, name);
	return false;
}

bool
desk_prepare_any(struct request *request, struct desk *desk,
    struct ih_error *err)
{
	struct choice first = { .request = request,
		.found = request->framework };
	const char *path, *instrument;

	if (first.found == NULL &&
	    !ih_library_list(request->library, "xml/framework", take_first,
		&first, err))
		return false;
	if (first.found == NULL)
		return ih_fail(err, IH_ABSENT, "there is no framework");
	path = ih_arena_printf(request->arena, "xml/framework/%s.xml",
	    first.found);
	request->framework = first.found;
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(request->library, "framework", err);
	IH_OWNED(ih_buffer) bytes =
	    schema == NULL ? NULL :
			     ih_library_read(request->library, path, err);
	instrument = bytes == NULL ?
			 NULL :
			 ih_framework_instrument(schema, request->arena, path,
			     bytes->data, bytes->size, err);
	return instrument != NULL &&
	       desk_prepare(request, desk, instrument, err);
}

bool
interview_is_urgent(const struct ih_assessment *assessment)
{
	for (size_t i = 0; i < assessment->framework->urgency_count; i++)
		if (assessment->bounds.urgencies[i] == IH_TRUE)
			return true;
	return false;
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
	interview->assessment = ih_assess(desk->framework, interview->answers);
	return true;
}

struct interview *
interview_open(struct request *request, struct desk *desk, const char *path,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = read_input(path, err);
	IH_OWNED(cli_interview) interview = calloc(1, sizeof *interview);

	if (bytes == NULL || interview == NULL)
		return NULL;
	if (desk->answers_schema == NULL)
		desk->answers_schema =
		    ih_schema_load(request->library, "answers", err);
	if (desk->answers_schema == NULL)
		return NULL;
	interview->doc = ih_schema_admit(desk->answers_schema, path,
	    bytes->data, bytes->size, err);
	if (interview->doc == NULL)
		return NULL;
	if (!judge(request, desk, interview, err)) {
		ih_fail_in(err, path);
		return NULL;
	}
	return IH_GIVE(interview);
}
