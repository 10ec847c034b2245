/* ihala document referral|notification CODE - a page to print, from what may
 * be seen. */
#include <string.h>

#include "case_file.h"
#include "ihala/ledger.h"
#include "words_keys.h"

bool
cmd_document(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_buffer) case_xml = ih_buffer_new();
	struct ih_tongue tongues[2];
	size_t count;

	if (strcmp(request->words[0], "referral") != 0 &&
	    strcmp(request->words[0], "notification") != 0)
		return ih_fail(err, IH_USAGE,
		    "there is no such document; there are 'referral' and "
		    "'notification'");
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
	IH_OWNED(ih_buffer) page =
	    leaving_page(request, leaving, case_xml, tongues, count, err);
	if (page == NULL ||
	    !ih_ledger_add(registry, IH_ACT_PRINT, leaving->code, NULL, err) ||
	    !put_output(request, page->data, page->size, err))
		return false;
	fprintf(stderr, "%s\n", word(request, W_DONE_DOCUMENT));
	return true;
}
