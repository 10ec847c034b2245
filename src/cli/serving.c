/* This is where it is seen how soon a referral is taken in and answered. */
#include "serving.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/date.h"
#include "ihala/ledger.h"
#include "ihala/message.h"
#include "ihala/user.h"
#include "listing.h"
#include "words_keys.h"

#define FEW 5 /* letters: with fewer a body has no row of its own */
#define SECONDS_AN_HOUR 3600
#define DAY 86400

/* A letter that hands a case on, and what came back. */
struct handed {
	char peer[IH_COMMITTEE_TEXT];
	char id[IH_UUID_TEXT];
	int64_t sent, received, answered; /* instants; 0: not yet */
};

typedef struct serving {
	struct ih_period days;
	struct handed *letters;
	size_t count, room;
} cli_serving;

static void
serving_free(struct serving *s)
{
	free(s->letters);
	free(s);
}

IH_OWNER(cli_serving, serving_free)

static bool
is_among(const char *purpose, const char *const *purposes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(purpose, purposes[i]) == 0)
			return true;
	return false;
}

static void
add_letter(struct serving *s, const struct ih_message *message)
{
	struct handed *one;

	if (s->count == s->room) {
		s->room = s->room == 0 ? 64 : s->room * 2;
		s->letters =
		    reallocarray(s->letters, s->room, sizeof *s->letters);
		if (s->letters == NULL)
			abort();
	}
	one = &s->letters[s->count++];
	*one = (struct handed){ .sent = message->created };
	memcpy(one->peer, message->peer, sizeof one->peer);
	memcpy(one->id, message->id, sizeof one->id);
}

/* By creation: the letter is there before what replies to it. */
static bool
take(const struct ih_message *message, void *with)
{
	static const char *const handing[] = { "referral", "transfer",
		"notification" };
	static const char *const answering[] = { "acceptance", "decline" };
	struct serving *s = with;
	int64_t day = message->created / DAY;

	if (message->direction == IH_SENT) {
		if (is_among(message->purpose, handing, 3) &&
		    day >= s->days.first && day <= s->days.last)
			add_letter(s, message);
		return true;
	}
	for (size_t i = 0; i < s->count; i++) {
		struct handed *one = &s->letters[i];

		if (strcmp(one->id, message->in_reply_to) != 0)
			continue;
		if (one->received == 0)
			one->received = message->created;
		if (one->answered == 0 &&
		    is_among(message->purpose, answering, 2))
			one->answered = message->created;
	}
	return true;
}

/* ---- a row */

struct row {
	size_t sent, received, answered;
	int64_t *until_received, *until_answered; /* seconds; room for all */
};

static void
count_letter(struct row *row, const struct handed *one)
{
	row->sent++;
	if (one->received != 0)
		row->until_received[row->received++] =
		    one->received - one->sent;
	if (one->answered != 0)
		row->until_answered[row->answered++] =
		    one->answered - one->sent;
}

static int
by_size(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, two = *(const int64_t *)b;

	return (one > two) - (one < two);
}

/* The middle one in whole hours; of an even number the later. */
static const char *
median(struct ih_arena *arena, int64_t *seconds, size_t count)
{
	if (count == 0)
		return "";
	qsort(seconds, count, sizeof *seconds, by_size);
	return ih_arena_printf(arena, "%lld",
	    (long long)(seconds[count / 2] / SECONDS_AN_HOUR));
}

static const char *
number(struct ih_arena *arena, size_t n)
{
	return ih_arena_printf(arena, "%zu", n);
}

static void
list_row(struct request *request, struct listing *listing, const char *body,
    struct row *row)
{
	struct ih_arena *arena = request->arena;

	LISTING_ADD(listing, body, number(arena, row->sent),
	    number(arena, row->received),
	    median(arena, row->until_received, row->received),
	    number(arena, row->answered),
	    ih_arena_printf(arena, "%zu",
		row->sent > 0 ? 100 * row->answered / row->sent : 0),
	    median(arena, row->until_answered, row->answered));
	row->sent = row->received = row->answered = 0;
}

static size_t
letters_to(const struct serving *s, const char *peer)
{
	size_t count = 0;

	for (size_t i = 0; i < s->count; i++)
		count += strcmp(s->letters[i].peer, peer) == 0;
	return count;
}

static bool
is_first_to(const struct serving *s, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (strcmp(s->letters[i].peer, s->letters[at].peer) == 0)
			return false;
	return true;
}

/* Each body with enough letters; then all others together. */
static void
list_bodies(struct request *request, struct listing *listing,
    const struct serving *s, struct row *row)
{
	for (size_t i = 0; i < s->count; i++) {
		const char *peer = s->letters[i].peer;

		if (letters_to(s, peer) < FEW || !is_first_to(s, i))
			continue;
		for (size_t k = i; k < s->count; k++)
			if (strcmp(s->letters[k].peer, peer) == 0)
				count_letter(row, &s->letters[k]);
		list_row(request, listing, peer, row);
	}
	for (size_t i = 0; i < s->count; i++)
		if (letters_to(s, s->letters[i].peer) < FEW)
			count_letter(row, &s->letters[i]);
	if (row->sent > 0)
		list_row(request, listing, word(request, W_SUMMARY_OTHERS),
		    row);
}

bool
serving_list(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	static const struct column columns[] = {
		{ "body", W_COLUMN_BODY, false },
		{ "sent", W_COLUMN_HANDED_SENT, true },
		{ "received", W_COLUMN_HANDED_RECEIVED, true },
		{ "hours-to-reception", W_COLUMN_HANDED_HOURS_RECEIVED, true },
		{ "answered", W_COLUMN_HANDED_ANSWERED, true },
		{ "percent", W_COLUMN_HANDED_PERCENT, true },
		{ "hours-to-answer", W_COLUMN_HANDED_HOURS_ANSWERED, true },
	};
	struct listing listing = LISTING(request, "quality", "body", columns);
	IH_OWNED(cli_serving) s = ih_zeroed(sizeof *s);
	struct row row = { 0 };

	if (!ih_period_parse(request->period, &s->days))
		return ih_fail(err, IH_USAGE,
		    "name the --period, as in 2026 or 2026-H1");
	if (!ih_registry_may(registry, IH_MAY_COUNT, NULL, err) ||
	    !ih_ledger_add(registry, IH_ACT_COUNT, "service quality", NULL,
		err) ||
	    !ih_message_each(registry, take, s, err))
		return false;
	row.until_received = ih_arena_take(request->arena,
	    (s->count + 1) * sizeof *row.until_received);
	row.until_answered = ih_arena_take(request->arena,
	    (s->count + 1) * sizeof *row.until_answered);
	list_bodies(request, &listing, s, &row);
	return listing_print(&listing, request, err);
}
