/* ihala case hold|release|holds - a case that may not be destroyed. */
#include "ihala/hold.h"

#include "case_file.h"
#include "ihala/date.h"
#include "listing.h"
#include "words_keys.h"

static bool
take_day(const struct request *request, int64_t *day, struct ih_error *err)
{
	struct ih_date date;

	if (request->until == NULL || !ih_date_parse(request->until, &date) ||
	    date.day == 0)
		return ih_fail_code(err, IH_USAGE, "E_HOLD_DAY", "--until");
	*day = ih_date_first(date);
	return true;
}

bool
case_hold(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	int64_t until = 0;

	if (!take_day(request, &until, err))
		return false;
	IH_OWNED(ih_buffer) reason = read_reason(request, err);
	IH_OWNED(ih_registry)
	registry = reason != NULL ? open_registry(request, err) : NULL;
	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !ih_case_hold(registry, code, (const char *)reason->data, until,
		err))
		return false;
	say(request, W_DONE_HOLD, IH_ARG(code), IH_ARG(request->until));
	return true;
}

bool
case_release(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !ih_case_release(registry, code, err))
		return false;
	say(request, W_DONE_RELEASE, IH_ARG(code));
	return true;
}

/* ---- which there are */

static bool
list_hold(const struct ih_hold *hold, void *with)
{
	struct listing *listing = with;
	char since[IH_INSTANT_TEXT] = "", until[IH_DATE_TEXT] = "";

	if (hold->entry > 0) {
		ih_instant_format(hold->instant, since);
		ih_date_format(ih_date_of_day(hold->until), until);
	}
	LISTING_ADD(listing, hold->code, since, until, hold->user,
	    hold->reason == NULL ? NULL :
				   listing_line(listing->arena, hold->reason));
	return true;
}

bool
case_holds(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "code", W_COLUMN_CODE, false },
		{ "added", W_COLUMN_ADDED, false },
		{ "until", W_COLUMN_UNTIL, false },
		{ "user", W_COLUMN_USER, false },
		{ "reason", W_COLUMN_REASON, false },
	};
	char code[IH_CODE_TEXT];
	bool one = request->count > 0;
	IH_OWNED(ih_registry)
	registry = one ? open_registry(request, err) :
			 open_registry_locked(request, err);
	struct listing listing = LISTING(request, "holds", "hold", columns);

	if (registry == NULL)
		return false;
	if (!one)
		listing.width--; /* why is told of one case, and entered */
	return (one ? case_code(request->words[0], code, err) &&
			   ih_hold_history(registry, code, list_hold, &listing,
			       err) :
		      ih_hold_each(registry, NULL, list_hold, &listing, err)) &&
	       listing_print(&listing, request, err);
}

static bool
tell(const struct ih_hold *hold, void *with)
{
	struct request *request = with;
	char day[IH_DATE_TEXT];
	bool past =
	    hold->until < ih_date_first(ih_instant_date(request->world.now));

	ih_date_format(ih_date_of_day(hold->until), day);
	if (hold->entry == 0)
		fprintf(stderr, "%s\n", word(request, W_SHOW_HELD_UNSAID));
	else if (past)
		say(request, W_SHOW_HELD_PAST, IH_ARG(day));
	else
		say(request, W_SHOW_HELD, IH_ARG(day));
	return true;
}

bool
case_tell_hold(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	return request->format != FORMAT_TEXT ||
	       ih_hold_each(registry, code, tell, request, err);
}
