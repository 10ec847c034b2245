/* Which letter may come next, and what a carrier cannot do. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "ihala/order.h"

static void
decides_by_what_is_held_around_it(void **state)
{
	static const struct {
		const char *what;
		struct ih_arriving letter;
		struct ih_around around;
		enum ih_order order;
	} rows[] = {
		{ "the first of all", { 1, "c1", "" },
		    { "", 0, "", "", "", false }, IH_ORDER_NEXT },
		{ "the next", { 4, "c4", "c3" }, { "", 3, "", "c3", "", false },
		    IH_ORDER_NEXT },
		{ "after a gap", { 6, "c6", "c5" },
		    { "", 3, "", "", "", false }, IH_ORDER_GAP },
		{ "the first comes after others", { 1, "c1", "" },
		    { "", 3, "", "", "c1", false }, IH_ORDER_LATE },
		{ "the missing one", { 2, "c2", "c1" },
		    { "", 3, "", "c1", "c2", false }, IH_ORDER_LATE },
		{ "one of several missing", { 3, "c3", "c2" },
		    { "", 7, "", "", "", false }, IH_ORDER_LATE },
		{ "the very same again", { 3, "c3", "c2" },
		    { "c3", 3, "c3", "c2", "", false }, IH_ORDER_AGAIN },
		{ "the same again, though taken back", { 3, "c3", "c2" },
		    { "c3", 4, "c3", "c2", "c3", true }, IH_ORDER_AGAIN },
		{ "another under its id", { 3, "x3", "c2" },
		    { "c3", 3, "c3", "c2", "", false }, IH_ORDER_SAME_ID },
		{ "another under its number", { 3, "x3", "c2" },
		    { "", 3, "c3", "c2", "", false }, IH_ORDER_TAKEN },
		{ "the next of another history", { 4, "x4", "x3" },
		    { "", 3, "", "c3", "", false }, IH_ORDER_OTHER },
		{ "a missing one of another history", { 2, "x2", "c1" },
		    { "", 3, "", "c1", "c2", false }, IH_ORDER_OTHER },
		{ "a first that follows something", { 1, "c1", "c0" },
		    { "", 0, "", "", "", false }, IH_ORDER_OTHER },
		{ "a second that follows nothing", { 2, "c2", "" },
		    { "", 0, "", "", "", false }, IH_ORDER_OTHER },
		{ "after it was taken back", { 3, "c3", "c2" },
		    { "", 4, "", "c2", "c3", true }, IH_ORDER_TAKEN_BACK },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		enum ih_order order =
		    ih_order_of(&rows[i].letter, &rows[i].around);

		if (order != rows[i].order)
			fail_msg("%s: %d", rows[i].what, (int)order);
		assert_int_equal(ih_order_refuses(order),
		    rows[i].order >= IH_ORDER_TAKEN);
	}
}

/* ---- committees, and a carrier that does as it likes
 *
 * What the program does with a letter (src/cli/cmd_receive.c), without
 * files: a referral becomes a case, a withdrawal takes it back, everything
 * but a receipt is answered by one, and whoever has no answer sends again. */

enum {
	MOST_OFFICES = 3,
	MOST_LETTERS = 400, /* from one office to one other, in one schedule */
	MOST_FLYING = 2000,
	REFERRALS = 7, /* at most, in one schedule */
	ROUNDS = 60    /* of sending again, until all is answered */
};

enum kind { REFERRAL, WITHDRAWAL, RECEIPT };
enum stand { SEALED, REFUSED, DELIVERED }; /* of a letter, for its sender */

struct letter {
	enum kind kind;
	int about; /* number of the letter it speaks of; 0: none */
	bool accepts;
	enum stand stand;
	char container[24], previous[24];
	bool taken_back; /* by its sender */
	/* for its receiver */
	bool came;
	int cases;    /* made of it */
	bool is_open; /* its case is */
};

struct way { /* from one office to one other; letters from 1 */
	struct letter letters[MOST_LETTERS + 1];
	int sent, last;
};

struct copy {
	int from, to, number;
	bool forged; /* other bytes under its id, well signed */
};

struct schedule {
	uint64_t seed;
	int offices, referrals;
	struct way ways[MOST_OFFICES][MOST_OFFICES];
	struct copy flying[MOST_FLYING];
	int count;
	int late, gaps, again, refused;
};

static int
below(struct schedule *s, int most)
{
	s->seed = s->seed * UINT64_C(6364136223846793005) +
		  UINT64_C(1442695040888963407);
	return (int)((s->seed >> 33) % (uint64_t)most);
}

static void
fly(struct schedule *s, struct copy copy)
{
	if (s->count < MOST_FLYING)
		s->flying[s->count++] = copy;
}

static int
post(struct schedule *s, int from, int to, enum kind kind, int about,
    bool accepts)
{
	struct way *way = &s->ways[from][to];
	struct letter *letter;

	assert_true(way->sent < MOST_LETTERS);
	letter = &way->letters[++way->sent];
	*letter =
	    (struct letter){ .kind = kind, .about = about, .accepts = accepts };
	snprintf(letter->container, sizeof letter->container, "%d%d-%d", from,
	    to, way->sent);
	memcpy(letter->previous, way->letters[way->sent - 1].container,
	    sizeof letter->previous);
	fly(s, (struct copy){ from, to, way->sent, false });
	return way->sent;
}

/* Does a letter that came speak of NUMBER? */
static bool
is_taken_back(const struct way *way, int number)
{
	for (int i = 1; i <= way->sent; i++)
		if (way->letters[i].came &&
		    way->letters[i].kind == WITHDRAWAL &&
		    way->letters[i].about == number)
			return true;
	return false;
}

static enum ih_order
order_of(const struct way *way, const struct copy *copy)
{
	const struct letter *l = &way->letters[copy->number];
	const struct letter *above =
	    copy->number < way->sent ? &l[1] : &way->letters[0];
	const struct letter *under = &l[-1];
	char forged[32];

	snprintf(forged, sizeof forged, "forged %s", l->container);
	return ih_order_of(&(struct ih_arriving){ copy->number,
			       copy->forged ? forged : l->container,
			       l->previous },
	    &(struct ih_around){ l->came ? l->container : "", way->last,
		l->came ? l->container : "",
		under->came ? under->container : "",
		above->came ? above->previous : "",
		is_taken_back(way, copy->number) });
}

/* The answer moves what was sent, and nothing back. */
static void
take_receipt(struct schedule *s, const struct copy *copy)
{
	const struct letter *receipt =
	    &s->ways[copy->from][copy->to].letters[copy->number];
	struct letter *ours =
	    &s->ways[copy->to][copy->from].letters[receipt->about];

	if (ours->stand != DELIVERED)
		ours->stand = receipt->accepts ? DELIVERED : REFUSED;
}

static void
take(struct schedule *s, const struct copy *copy, struct letter *letter)
{
	struct way *way = &s->ways[copy->from][copy->to];

	letter->came = true;
	if (copy->number > way->last)
		way->last = copy->number;
	if (letter->kind == RECEIPT)
		take_receipt(s, copy);
	if (letter->kind == REFERRAL) {
		letter->cases++;
		letter->is_open = true;
	}
	if (letter->kind == WITHDRAWAL)
		way->letters[letter->about].is_open = false;
}

static void
deliver(struct schedule *s, struct copy copy)
{
	struct way *way = &s->ways[copy.from][copy.to];
	struct letter *letter = &way->letters[copy.number];
	enum ih_order order = order_of(way, &copy);

	/* Now and then the receiver's list is out of date: refused before its
	 * order is looked at, and good again when it comes next. */
	if (below(s, 8) == 0) {
		if (letter->kind != RECEIPT)
			post(s, copy.to, copy.from, RECEIPT, copy.number,
			    false);
		return;
	}
	s->late += order == IH_ORDER_LATE;
	s->gaps += order == IH_ORDER_GAP;
	s->again += order == IH_ORDER_AGAIN;
	s->refused += ih_order_refuses(order);
	if (!ih_order_refuses(order) && order != IH_ORDER_AGAIN)
		take(s, &copy, letter);
	if (letter->kind != RECEIPT)
		post(s, copy.to, copy.from, RECEIPT, copy.number,
		    !ih_order_refuses(order));
}

static struct copy
take_off(struct schedule *s)
{
	int at = below(s, s->count);
	struct copy copy = s->flying[at];

	s->flying[at] = s->flying[--s->count];
	return copy;
}

static void
send_something(struct schedule *s)
{
	int from = below(s, s->offices), to = below(s, s->offices);
	struct way *way = &s->ways[from][to];
	int number;

	if (from == to || s->referrals == REFERRALS)
		return;
	number = way->sent > 0 ? 1 + below(s, way->sent) : 0;
	if (number > 0 && below(s, 4) == 0 &&
	    way->letters[number].kind == REFERRAL &&
	    !way->letters[number].taken_back) {
		post(s, from, to, WITHDRAWAL, number, false);
		way->letters[number].taken_back = true;
		return;
	}
	s->referrals++;
	post(s, from, to, REFERRAL, 0, false);
}

/* Any letter that was ever sent, once more; or with other bytes. */
static void
replay(struct schedule *s, bool forged)
{
	int from = below(s, s->offices), to = below(s, s->offices);
	const struct way *way = &s->ways[from][to];

	if (from != to && way->sent > 0)
		fly(s,
		    (struct copy){ from, to, 1 + below(s, way->sent), forged });
}

static void
one_step(struct schedule *s)
{
	int dice = below(s, 16);

	if (dice < 4)
		send_something(s);
	else if (dice == 4)
		replay(s, false);
	else if (s->count == 0)
		return;
	else if (dice < 11)
		deliver(s, take_off(s));
	else if (dice < 13)
		take_off(s); /* lost */
	else
		fly(s, s->flying[below(s, s->count)]);
}

/* Nobody has a reason to send it again. */
static bool
is_settled(const struct letter *letter)
{
	return letter->kind == RECEIPT || letter->stand == DELIVERED ||
	       (letter->taken_back && letter->stand == REFUSED);
}

static bool
send_again(struct schedule *s)
{
	bool any = false;

	for (int from = 0; from < s->offices; from++)
		for (int to = 0; to < s->offices; to++)
			for (int i = 1; i <= s->ways[from][to].sent; i++) {
				if (is_settled(&s->ways[from][to].letters[i]))
					continue;
				any = true;
				fly(s, (struct copy){ from, to, i, false });
			}
	return any;
}

/* States only go forward, at any moment. */
static void
check_no_step_back(const struct schedule *was, const struct schedule *now)
{
	for (int from = 0; from < now->offices; from++)
		for (int to = 0; to < now->offices; to++)
			for (int i = 1; i <= was->ways[from][to].sent; i++) {
				const struct letter *a =
				    &was->ways[from][to].letters[i];
				const struct letter *b =
				    &now->ways[from][to].letters[i];

				if (b->stand < a->stand || b->came < a->came ||
				    b->cases > 1 ||
				    (b->is_open && a->cases && !a->is_open))
					fail_msg("letter %d of %d to %d", i,
					    from, to);
			}
}

static void
check_end(const struct schedule *s, const char *what)
{
	for (int from = 0; from < s->offices; from++)
		for (int to = 0; to < s->offices; to++)
			for (int i = 1; i <= s->ways[from][to].sent; i++) {
				const struct letter *l =
				    &s->ways[from][to].letters[i];

				if (l->kind != RECEIPT && !is_settled(l))
					fail_msg("%s: %d is not answered", what,
					    i);
				if (l->kind == REFERRAL &&
				    (l->is_open == l->taken_back ||
					l->cases > 1 ||
					(l->stand == DELIVERED &&
					    l->cases != 1)))
					fail_msg("%s: case %d differs", what,
					    i);
			}
}

/* Of the letters only what was sent. */
static void
remember(struct schedule *before, const struct schedule *s)
{
	for (int from = 0; from < s->offices; from++)
		for (int to = 0; to < s->offices; to++) {
			const struct way *way = &s->ways[from][to];

			before->ways[from][to].sent = way->sent;
			memcpy(before->ways[from][to].letters, way->letters,
			    (size_t)(way->sent + 1) * sizeof way->letters[0]);
		}
}

static void
run_schedule(struct schedule *s, struct schedule *before)
{
	int steps = 20 + below(s, 60), rounds = 0;

	for (int i = 0; i < steps; i++) {
		remember(before, s);
		one_step(s);
		check_no_step_back(before, s);
	}
	/* From here on the carrier loses one in four, and reorders. */
	while (send_again(s)) {
		if (rounds++ == ROUNDS)
			fail_msg("it does not end");
		while (s->count > 0)
			if (below(s, 4) != 0)
				deliver(s, take_off(s));
			else
				take_off(s);
	}
}

static void
ends_alike_on_both_sides_after_any_schedule(void **state)
{
	static struct schedule s, before;
	long late = 0, gaps = 0, again = 0;

	(void)state;
	for (unsigned i = 0; i < 10000 / one_in(100); i++) {
		memset(&s, 0, sizeof s);
		s.seed = i;
		s.offices = 2 + (int)(i % 2);
		run_schedule(&s, &before);
		check_end(&s, "schedule");
		late += s.late;
		gaps += s.gaps;
		again += s.again;
	}
	/* The carrier did do all of it. */
	assert_true(late > 0 && gaps > 0 && again > 0);
}

/* Well signed, by whoever stole the key: other bytes under an id that came
 * never take its place. */
static void
keeps_what_came_against_another_letter_under_its_id(void **state)
{
	static struct schedule s;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		memset(&s, 0, sizeof s);
		s.seed = i;
		s.offices = 2;
		for (int n = 0; n < 40; n++) {
			one_step(&s);
			const struct copy forged = { 0, 1, 1, true };

			if (s.ways[0][1].letters[1].came)
				assert_int_equal(order_of(&s.ways[0][1],
						     &forged),
				    IH_ORDER_SAME_ID);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decides_by_what_is_held_around_it),
		TEST(ends_alike_on_both_sides_after_any_schedule),
		TEST(keeps_what_came_against_another_letter_under_its_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
