/* ihala document referral|notification|erasure CODE - a page to print, from
 * what may be seen. */
#include <string.h>

#include "case_file.h"
#include "ihala/document.h"
#include "ihala/element.h"
#include "ihala/erase.h"
#include "ihala/ledger.h"
#include "paper.h"
#include "words_keys.h"

/* What is left to say of a case that was destroyed. */
static xmlDoc *
erasure_of(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	struct ih_erasure erasure;
	char day[IH_DATE_TEXT];
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	if (!ih_erasure_of(registry, code, &erasure, err))
		return NULL;
	ih_date_format(ih_instant_date(erasure.instant), day);
	ih_open(&w, "erasure");
	ih_put(&w, "xmlns", "urn:ihala:erasure:1");
	ih_put(&w, "code", erasure.code);
	ih_put(&w, "day", day);
	ih_put(&w, "until", erasure.until);
	ih_put_number(&w, "entry", (int64_t)erasure.entry);
	ih_put_if(&w, "training",
	    ih_registry_is_training(registry) ? "true" : "");
	ih_close(&w);
	return ih_write_end(&w, err) ?
		   ih_xml_read("erasure", out->data, out->size, err) :
		   NULL;
}

static bool
write_erasure(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_sources sources = { 0 };
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL || !case_code(request->words[1], code, err))
		return false;
	sources.tongue_count =
	    tongues_of(request->languages != NULL ? request->languages : "ar",
		ih_registry_committee(registry), sources.tongues, err);
	IH_OWNED(xmlDoc)
	erased =
	    sources.tongue_count == 0 ? NULL : erasure_of(registry, code, err);
	IH_OWNED(ih_mechanism)
	ours = erased == NULL ? NULL :
				ih_mechanism_load(request->library,
				    ih_registry_committee(registry), err);
	if (ours == NULL)
		return false;
	sources.record = erased;
	sources.sender = ours->doc;
	IH_OWNED(xmlDoc)
	blocks = ih_document_blocks(request->library, "erasure", &sources, err);
	IH_OWNED(ih_buffer)
	page = blocks != NULL ? paper_in_format(request, blocks, err) : NULL;
	if (page == NULL ||
	    !ih_ledger_add(registry, IH_ACT_PRINT, code, NULL, err) ||
	    !put_output(request, page->data, page->size, err))
		return false;
	fprintf(stderr, "%s\n", word(request, W_DONE_DOCUMENT));
	return true;
}

bool
cmd_document(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_buffer) case_xml = ih_buffer_new();
	struct ih_tongue tongues[2];
	size_t count;

	if (strcmp(request->words[0], "erasure") == 0)
		return write_erasure(request, err);
	if (strcmp(request->words[0], "referral") != 0 &&
	    strcmp(request->words[0], "notification") != 0)
		return ih_fail(err, IH_USAGE,
		    "there is no such document; there are 'referral', "
		    "'notification' and 'erasure'");
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	if (registry == NULL)
		return false;
	count =
	    tongues_of(request->languages != NULL ? request->languages : "ar",
		ih_registry_committee(registry), tongues, err);
	if (count == 0)
		return false;
	IH_OWNED(cli_leaving) leaving = leaving_prepare(request, registry,
	    request->words[1], request->words[0], request->to, err);
	if (leaving == NULL ||
	    !ih_release_cut(&leaving->release, leaving->facts,
		leaving->identity, case_xml, err))
		return false;
	IH_OWNED(xmlDoc) blocks =
	    leaving_blocks(request, leaving, case_xml, tongues, count, err);
	IH_OWNED(ih_buffer)
	page = blocks != NULL ? paper_in_format(request, blocks, err) : NULL;
	if (page == NULL ||
	    !ih_ledger_add(registry, IH_ACT_PRINT, leaving->code, NULL, err) ||
	    !put_output(request, page->data, page->size, err))
		return false;
	fprintf(stderr, "%s\n", word(request, W_DONE_DOCUMENT));
	return true;
}
