/*
 * This is where a case becomes a notification without identity: a few codes
 * that stand in the profile, one after another, and nothing of the case
 * itself.  What is written is looked up, so that no text and no number of an
 * answer has a way into it.
 */
#include "notice.h"

#include <stdio.h>
#include <string.h>

#include "case_tree.h"
#include "ihala/element.h"
#include "ihala/node.h"

#define NOTICE_SPACE "urn:ihala:notification:1"

/* Outcomes, and none. */
enum { LEVELS = 5 };

/* ---- what a profile can say */

static size_t
count_of(const char *const *list)
{
	size_t count = 0;

	while (list != NULL && list[count] != NULL)
		count++;
	return count;
}

static const char *
lacks_code(const struct ih_allowed *allowed, const struct ih_item *item)
{
	for (size_t i = 0; i < count_of(allowed->codes); i++)
		if (ih_choices_find(item->choices, allowed->codes[i],
			strlen(allowed->codes[i])) < 0)
			return allowed->codes[i];
	return NULL;
}

/* Why ALLOWED does not hide who answered ITEM; NULL: it does. */
static const char *
shows(const struct ih_allowed *allowed, const struct ih_item *item)
{
	if (item->part != IH_FACTS)
		return "it is part of the identity";
	if (item->type == IH_NUMBER)
		return allowed->bands == NULL ?
			   "a number is told in bands only" :
			   NULL;
	if (item->choices == NULL)
		return "what was written or dated is never told";
	if (allowed->codes == NULL)
		return "its codes are to be named";
	return lacks_code(allowed, item) != NULL ? "it has no such code" : NULL;
}

/* In how many ways ITEM can show; not at all is one. */
static size_t
ways(const struct ih_allowed *allowed, const struct ih_item *item)
{
	size_t codes =
	    count_of(allowed->codes) + (allowed->other != NULL ? 1 : 0);
	size_t bands = 0;

	if (item->type == IH_CHOICES)
		return codes < 16 ? (size_t)1 << codes : NOTICE_KINDS + 1;
	while (allowed->bands != NULL && allowed->bands[bands] >= 0)
		bands++;
	return codes + bands + 1;
}

static bool
refuse(struct ih_error *err, const struct ih_mechanism *mechanism,
    const struct ih_profile *profile, const char *item, const char *why)
{
	return ih_fail_code(err, IH_INPUT, "E_RELEASE_FLOOR",
	    "mechanism %s, profile %s, %s: %s", mechanism->code, profile->id,
	    item, why);
}

bool
notice_check(const struct ih_mechanism *mechanism,
    const struct ih_profile *profile, const struct ih_instrument *instrument,
    struct ih_error *err)
{
	size_t kinds = LEVELS;

	if (profile->identity_count > 0 || profile->sections[0] != NULL ||
	    profile->determination || profile->consent || profile->referral ||
	    profile->assessment > IH_OUTCOME)
		return refuse(err, mechanism, profile, "allow",
		    "it names more than coarse items");
	for (size_t i = 0; i < profile->item_count; i++) {
		const struct ih_allowed *allowed = &profile->items[i];
		const struct ih_item *item =
		    ih_instrument_item(instrument, allowed->id);
		const char *why = item != NULL ? shows(allowed, item) : NULL;

		if (why != NULL)
			return refuse(err, mechanism, profile, allowed->id,
			    why);
		if (item != NULL)
			kinds *= ways(allowed, item);
		if (kinds > NOTICE_KINDS)
			return refuse(err, mechanism, profile, allowed->id,
			    "together the items could point at one person");
	}
	return true;
}

/* ---- writing */

static void
tell(struct ih_writer *w, const char *item, const char *code)
{
	ih_open(w, "answer");
	ih_put(w, "item", item);
	ih_put(w, "code", code);
	ih_close(w);
}

/* "25-34"; the last, "50-", has no end; what is below the first is not told. */
static void
tell_band(struct ih_writer *w, const struct ih_allowed *allowed, int64_t number)
{
	char band[32];
	int at = 0;

	if (number < allowed->bands[0])
		return;
	while (allowed->bands[at + 1] >= 0 && number >= allowed->bands[at + 1])
		at++;
	if (allowed->bands[at + 1] >= 0)
		snprintf(band, sizeof band, "%d-%d", allowed->bands[at],
		    allowed->bands[at + 1] - 1);
	else
		snprintf(band, sizeof band, "%d-", allowed->bands[at]);
	tell(w, allowed->id, band);
}

/* In the order of the profile, which says nothing of the person. */
static void
tell_codes(struct ih_writer *w, const struct ih_allowed *allowed,
    const struct ih_item *item, uint64_t given)
{
	for (size_t i = 0; allowed->codes[i] != NULL; i++) {
		int at = ih_choices_find(item->choices, allowed->codes[i],
		    strlen(allowed->codes[i]));
		uint64_t bit = at >= 0 ? UINT64_C(1) << at : 0;

		if ((given & bit) != 0)
			tell(w, allowed->id, allowed->codes[i]);
		given &= ~bit;
	}
	if (given != 0 && allowed->other != NULL)
		tell(w, allowed->id, allowed->other);
}

static void
tell_item(struct ih_writer *w, const struct ih_allowed *allowed,
    const struct ih_answers *answers)
{
	const struct ih_item *item =
	    ih_instrument_item(answers->instrument, allowed->id);
	const struct ih_answer *answer =
	    item != NULL ? &answers->answers[item->at] : NULL;

	if (answer == NULL || answer->state != IH_GIVEN ||
	    shows(allowed, item) != NULL)
		return;
	if (item->type == IH_NUMBER)
		tell_band(w, allowed, answer->number);
	else
		tell_codes(w, allowed, item, answer->codes);
}

static void
tell_outcome(struct ih_writer *w, const struct ih_profile *profile,
    const xmlNode *root)
{
	const xmlNode *a = case_child(root, ASSESSMENT_SPACE, "assessment");
	const xmlNode *outcome = a != NULL ? ih_child(a, "outcome") : NULL;

	if (profile->assessment == IH_NO_ASSESSMENT || outcome == NULL)
		return;
	ih_open(w, "outcome");
	ih_put(w, "level", case_attr(outcome, "level"));
	ih_close(w);
}

/* "2026-Q1" of "2026-03-20". */
static void
put_quarter(struct ih_writer *w, const char *day)
{
	char quarter[16];
	int month = (day[5] - '0') * 10 + day[6] - '0';

	snprintf(quarter, sizeof quarter, "%.4s-Q%d", day, (month + 2) / 3);
	ih_put(w, "quarter", quarter);
}

bool
notice_write(const struct ih_release *release, const struct ih_profile *profile,
    const xmlNode *root, const struct ih_answers *answers,
    struct ih_buffer *out, struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);

	ih_open(&w, "notification");
	ih_put(&w, "xmlns", NOTICE_SPACE);
	ih_put(&w, "committee", release->mechanism->code);
	ih_put(&w, "profile", profile->id);
	ih_put(&w, "instrument", release->instrument->id);
	put_quarter(&w, release->day);
	if (case_attr(root, "training")[0] != '\0')
		ih_put(&w, "training", "true");
	tell_outcome(&w, profile, root);
	for (size_t i = 0; i < profile->item_count; i++)
		tell_item(&w, &profile->items[i], answers);
	ih_close(&w);
	return ih_write_end(&w, err);
}
