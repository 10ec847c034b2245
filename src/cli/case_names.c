/* ihala case names - how each recipient knows a case of ours. */
#include <string.h>

#include "case_file.h"
#include "ihala/node.h"
#include "listing.h"
#include "words_keys.h"

struct naming {
	struct ih_registry *registry;
	struct listing *listing;
	struct ih_error *err;
};

/* Was there a referral to the same recipient before NODE? */
static bool
is_again(const xmlNode *node)
{
	const char *to = ih_attr(node, "to");

	for (const xmlNode *n = node->prev; n != NULL; n = n->prev)
		if (ih_is(n, "referral") && strcmp(ih_attr(n, "to"), to) == 0)
			return true;
	return false;
}

static bool
name_case(struct naming *n, const char *code)
{
	IH_OWNED(xmlDoc)
	facts = case_document(n->registry, code, IH_FACTS, n->err);
	struct ih_alias alias;

	if (facts == NULL)
		return false;
	for (xmlNode *r = ih_child(xmlDocGetRootElement(facts), "referral");
	     r != NULL; r = ih_next(r, "referral")) {
		const char *to = ih_attr(r, "to");

		if (is_again(r))
			continue;
		if (!ih_alias_of(n->registry, code, to, &alias, n->err))
			return false;
		LISTING_ADD(n->listing, code, to, alias.code);
	}
	return true;
}

static bool
name_row(const struct ih_case_row *row, void *with)
{
	struct naming *n = with;

	return strcmp(row->state[IH_REFERRAL], "none") == 0 ||
	       !row->has[IH_FACTS] || name_case(n, row->code);
}

bool
case_names(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "code", W_COLUMN_CODE, false },
		{ "to", W_COLUMN_TO, false },
		{ "there", W_COLUMN_THERE, false },
	};
	struct listing listing = LISTING(request, "names", "name", columns);
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	struct naming n = { registry, &listing, err };
	char code[IH_CODE_TEXT];

	if (registry == NULL)
		return false;
	if (request->count > 0) {
		if (!case_code(request->words[0], code, err) ||
		    !name_case(&n, code))
			return false;
	} else if (!ih_case_each(registry, name_row, &n, err)) {
		return false;
	}
	return err->kind == IH_NONE && listing_print(&listing, request, err);
}
