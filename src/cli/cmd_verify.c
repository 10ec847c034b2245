/* ihala verify F | --paper NUMBER - the signatures of an open file, without any
 * key; or whether a paper was made here. */
#include <string.h>

#include "ihala/date.h"
#include "ihala/imprint.h"
#include "ihala/ledger.h"
#include "look.h"
#include "words_keys.h"

/* ---- a paper */

struct sought {
	struct ih_imprint imprint;
	bool known;            /* a paper of that number was handed out */
	struct ih_entry found; /* act IH_ACTS: it is another */
};

static bool
find_paper(const struct ih_entry *entry, void *with)
{
	struct sought *s = with;
	char number[IH_CODE_TEXT];

	if (entry->act != IH_ACT_PRINT)
		return true;
	ih_imprint_number(&entry->digest, number);
	if (strcmp(number, s->imprint.number) != 0)
		return true;
	s->known = true;
	if (ih_imprint_fits(&s->imprint, &entry->digest))
		s->found = *entry;
	return s->found.act == IH_ACTS;
}

/* The ledger is open to all who have the folder: neither needs a key. */
static bool
verify_paper(struct request *request, struct ih_error *err)
{
	struct sought s = { .found = { .act = IH_ACTS } };
	char day[IH_DATE_TEXT], brief[IH_IMPRINT_SHORT];

	if (!ih_imprint_parse(request->paper, &s.imprint, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	if (registry == NULL ||
	    !ih_ledger_each(registry, 0, find_paper, &s, err))
		return false;
	if (s.found.act == IH_ACTS)
		return ih_fail_code(err, IH_TRUST,
		    s.known ? "E_PAPER_OTHER" : "E_PAPER_UNKNOWN", "%s",
		    s.imprint.number);
	ih_date_format(ih_instant_date(s.found.instant), day);
	ih_imprint_short(&s.found.digest, brief);
	say(request,
	    s.imprint.known > 0 ? W_DONE_PAPER_HELD : W_DONE_PAPER_COMPARE,
	    IH_ARG(s.imprint.number), IH_ARG(day), IH_ARG(brief));
	return true;
}

/* ---- a file */

bool
cmd_verify(struct request *request, struct ih_error *err)
{
	if ((request->paper != NULL) == (request->count == 1))
		return ih_fail(err, IH_USAGE,
		    "name a file, or the number of a paper with --paper");
	if (request->paper != NULL)
		return verify_paper(request, err);
	IH_OWNED(cli_mailroom) room = mailroom_public(request, err);
	return room != NULL && look(request, room, err);
}
