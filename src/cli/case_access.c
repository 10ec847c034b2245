/* ihala case assign|unassign|break|breaks|review - whose a case is. */
#include <stdlib.h>
#include <string.h>

#include "case_file.h"
#include "ihala/access.h"
#include "ihala/date.h"
#include "ihala/text.h"
#include "listing.h"
#include "words_keys.h"

bool
case_assign(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !ih_case_assign(registry, code, request->words[1], err))
		return false;
	say(request, W_DONE_CASE_ASSIGNED, IH_ARG(code),
	    IH_ARG(request->words[1]));
	return true;
}

/* What is not taken back. */
static bool
unassign(struct ih_registry *registry, const char *code, const char *user,
    struct request *request, struct ih_error *err)
{
	char last[IH_INSTANT_TEXT];
	struct ih_known known;

	if (!ih_case_unassign(registry, code, user, err) ||
	    !ih_case_known(registry, code, user, &known, err))
		return false;
	ih_instant_format(known.last, last);
	say(request, W_DONE_CASE_UNASSIGNED, IH_ARG(code), IH_ARG(user));
	say(request, W_DONE_CASE_KNOWN, IH_ARG(user), IH_NUM(known.times));
	if (known.times > 0)
		say(request, W_DONE_CASE_KNOWN_LAST, IH_ARG(last));
	return true;
}

bool
case_unassign(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	return registry != NULL && case_code(request->words[0], code, err) &&
	       unassign(registry, code, request->words[1], request, err);
}

bool
case_break(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_buffer) reason = read_reason(request, err);
	IH_OWNED(ih_registry)
	registry = reason != NULL ? open_registry(request, err) : NULL;
	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !ih_case_break(registry, code, (const char *)reason->data, err))
		return false;
	say(request, W_DONE_CASE_BROKEN, IH_ARG(code));
	return true;
}

static const struct column columns[] = {
	{ "entry", W_COLUMN_ENTRY, true },
	{ "code", W_COLUMN_CODE, false },
	{ "user", W_COLUMN_USER, false },
	{ "opened", W_COLUMN_OPENED, false },
	{ "until", W_COLUMN_UNTIL, false },
	{ "reviewer", W_COLUMN_REVIEWER, false },
};

static bool
list_one(const struct ih_break *one, void *with)
{
	char entry[24], from[IH_INSTANT_TEXT], until[IH_INSTANT_TEXT];

	snprintf(entry, sizeof entry, "%lld", (long long)one->entry);
	ih_instant_format(one->instant, from);
	ih_instant_format(one->until, until);
	LISTING_ADD((struct listing *)with, entry, one->code, one->user, from,
	    until, one->reviewer);
	return true;
}

bool
case_breaks(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	struct listing listing = LISTING(request, "breaks", "break", columns);

	return registry != NULL &&
	       ih_break_each(registry, list_one, &listing, err) &&
	       listing_print(&listing, request, err);
}

bool
case_review(struct request *request, struct ih_error *err)
{
	int64_t entry = strtoll(request->words[0], NULL, 10);
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_buffer)
	reason =
	    registry != NULL ? ih_break_review(registry, entry, err) : NULL;

	return reason != NULL &&
	       put_output(request, reason->data, reason->size, err);
}
