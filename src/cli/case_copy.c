/* ihala case copy CODE - everything that is held on a person, for the person.
 */
#include "case_file.h"
#include "ihala/document.h"
#include "ihala/subject.h"
#include "sheet.h"
#include "words_keys.h"

/* The page, in the languages asked for. */
static struct ih_buffer *
page_of(struct request *request, struct ih_registry *registry,
    const struct ih_buffer *copy, struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	blocks = sheet_blocks(request, registry, copy,
	    &(struct sheet_asked){ .kind = "copy" }, err);

	return blocks != NULL ?
		   ih_document_print(request->library, blocks, err) :
		   NULL;
}

bool
case_copy(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];

	if (request->format == FORMAT_JSON)
		return ih_fail(err, IH_USAGE,
		    "a copy is a page to read, or XML with --format xml");
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	if (registry == NULL || !case_code(request->words[0], code, err))
		return false;
	IH_OWNED(ih_buffer) copy = ih_subject_copy(registry, code, err);
	IH_OWNED(ih_buffer)
	page = copy == NULL || request->format == FORMAT_XML ?
		   NULL :
		   page_of(request, registry, copy, err);
	if (copy == NULL || err->kind != IH_NONE ||
	    !put_export(request, registry,
		ih_arena_printf(request->arena, "%s copy", code),
		page != NULL ? page : copy, err))
		return false;
	say(request, W_DONE_COPY, IH_ARG(code));
	return true;
}
