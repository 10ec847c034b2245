/*
 * generated.h - invented interviews over any instrument, for whoever needs
 * many of them.  The same seed gives the same bytes.
 *
 * Every state of an answer occurs on every kind of item, with skips as the
 * instrument has them: given, unknown, refused, blank (said or left out),
 * not-asked (skipped, or left out by the interviewer).  Some interviews are
 * declined, some stop half-way, some leave nothing open, some say "none" to
 * nearly all.  Ages keep to the borders that laws draw; dates come in each
 * precision, digits in each script; of several choices any number is given,
 * so that answers contradict each other too.
 */
#ifndef IHALA_TESTS_GENERATED_H
#define IHALA_TESTS_GENERATED_H

#include <stdio.h>
#include <string.h>

#include "ihala/answers.h"
#include "ihala/buffer.h"

struct generator {
	uint64_t seed;
	/* Of the interview at hand: */
	unsigned open;  /* of 12 questions, how many have no answer */
	unsigned quiet; /* of 12 answers, how many say "none" */
	size_t stop;    /* the item before which it stops */
};

/* A number below LIMIT. */
static inline uint64_t
below(struct generator *g, uint64_t limit)
{
	uint64_t z = g->seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (z ^ (z >> 31)) % limit;
}

static inline void
generate_head(struct generator *g, const struct ih_instrument *instrument,
    struct ih_buffer *out)
{
	static const char *const committees[] = { "MA", "EG", "TN" };
	static const char *const channels[] = { "police", "border", "hospital",
		"ngo" };

	ih_buffer_printf(out,
	    "  <answers xmlns=\"urn:ihala:answers:1\" "
	    "id=\"%08llx-%04llx-4%03llx-a%03llx-%012llx\" ",
	    (unsigned long long)below(g, UINT64_C(1) << 32),
	    (unsigned long long)below(g, 1 << 16),
	    (unsigned long long)below(g, 1 << 12),
	    (unsigned long long)below(g, 1 << 12),
	    (unsigned long long)below(g, UINT64_C(1) << 48));
	ih_buffer_printf(out,
	    "instrument=\"%s\" version=\"%s\" digest=\"%s\" "
	    "training=\"true\">\n",
	    instrument->id, instrument->version, instrument->digest);
	ih_buffer_printf(out,
	    "    <interview date=\"2026-%02d-%02d\" committee=\"%s\" "
	    "channel=\"%s\" language=\"ar\"%s/>\n",
	    (int)below(g, 12) + 1, (int)below(g, 28) + 1,
	    committees[below(g, 3)], channels[below(g, 4)],
	    g->stop < instrument->item_count ? " stopped=\"true\"" : "");
}

/* Latin digits as they are, or Arabic-Indic or Persian ones. */
static inline void
generate_digits(struct generator *g, const char *plain, struct ih_buffer *out)
{
	static const char *const scripts[][10] = {
		{ "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" },
		{ "٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩" },
		{ "۰", "۱", "۲", "۳", "۴", "۵", "۶", "۷", "۸", "۹" },
	};
	uint64_t script = below(g, 6);

	ih_buffer_text(out, "      <value>");
	for (; *plain != '\0'; plain++)
		if (*plain >= '0' && *plain <= '9')
			ih_buffer_text(out,
			    scripts[script < 3 ? script : 0][*plain - '0']);
		else
			ih_buffer_add(out, plain, 1);
	ih_buffer_text(out, "</value>\n");
}

/* The bit of the code that says nothing is so; 0: the list has none. */
static inline uint64_t
quiet_code(const struct ih_choices *choices)
{
	static const char *const codes[] = { "none", "None", "with-me" };

	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		int at = ih_choices_find(choices, codes[i], strlen(codes[i]));

		if (at >= 0)
			return UINT64_C(1) << at;
	}
	return 0;
}

/* Few of many codes, as people answer. */
static inline void
generate_codes(struct generator *g, const struct ih_item *item,
    struct ih_answer *answer, struct ih_buffer *out)
{
	uint64_t wanted = item->type == IH_CHOICE ? 1 : below(g, 3) + 1;

	if (below(g, 12) < g->quiet)
		answer->codes = quiet_code(item->choices);
	if (answer->codes == 0)
		while (wanted-- > 0)
			answer->codes |= UINT64_C(1)
					 << below(g, item->choices->count);
	for (size_t i = 0; i < item->choices->count; i++)
		if ((answer->codes >> i & 1) != 0)
			ih_buffer_printf(out, "      <value>%s</value>\n",
			    item->choices->list[i].code);
}

/* Borders more often than chance would have it. */
static inline void
generate_number(struct generator *g, const struct ih_item *item,
    struct ih_answer *answer, struct ih_buffer *out)
{
	const int64_t borders[] = { item->least, 15, 17, 18, 19, item->most };
	char text[32];

	answer->number = borders[below(g, 6)];
	if (answer->number > item->most || below(g, 2) == 0)
		answer->number =
		    item->least +
		    (int64_t)below(g, (uint64_t)(item->most - item->least) + 1);
	snprintf(text, sizeof text, "%lld", (long long)answer->number);
	generate_digits(g, text, out);
}

/* The year, the month or the day. */
static inline void
generate_date(struct generator *g, struct ih_buffer *out)
{
	static const size_t lengths[] = { 4, 7, 10 };
	char text[32];

	snprintf(text, sizeof text, "%d-%02d-%02d", 1960 + (int)below(g, 60),
	    (int)below(g, 12) + 1, (int)below(g, 28) + 1);
	text[lengths[below(g, 3)]] = '\0';
	generate_digits(g, text, out);
}

static inline void
generate_value(struct generator *g, const struct ih_item *item,
    struct ih_answer *answer, struct ih_buffer *out)
{
	switch (item->type) {
	case IH_CHOICE:
	case IH_CHOICES:
		generate_codes(g, item, answer, out);
		break;
	case IH_NUMBER:
		generate_number(g, item, answer, out);
		break;
	case IH_DATE:
		generate_date(g, out);
		break;
	default:
		ih_buffer_printf(out, "      <value>Exemple %d</value>\n",
		    (int)below(g, 1000));
	}
}

/* Do most of the questions that follow hang on this one? */
static inline bool
is_gate(const struct ih_instrument *instrument, const struct ih_item *item)
{
	size_t named = 0;

	for (size_t i = item->at + 1; i < instrument->item_count; i++)
		named +=
		    ih_condition_names(&instrument->items[i].ask_if, item->at);
	return item->type == IH_CHOICE &&
	       named * 2 > instrument->item_count - item->at;
}

static inline void
generate_given(struct generator *g, const struct ih_item *item,
    struct ih_answer *answer, bool opens, struct ih_buffer *out)
{
	ih_buffer_printf(out, "    <answer item=\"%s\" by=\"%s\">\n", item->id,
	    item->how == IH_ASK ? "person" : "observed");
	answer->state = IH_GIVEN;
	if (opens) {
		answer->codes = 1;
		ih_buffer_printf(out, "      <value>%s</value>\n",
		    item->choices->list[0].code);
	} else {
		generate_value(g, item, answer, out);
	}
	ih_buffer_text(out, "    </answer>\n");
}

/* No answer: said to be so, or left out.  A question that was to be asked
 * and says "not-asked" is blank. */
static inline void
generate_missing(struct generator *g, const struct ih_item *item,
    struct ih_answer *answer, struct ih_buffer *out)
{
	static const enum ih_state states[] = { IH_BLANK, IH_BLANK, IH_UNKNOWN,
		IH_REFUSED, IH_NOT_ASKED };
	uint64_t which = below(g, sizeof states / sizeof states[0]);

	answer->state = states[which] == IH_NOT_ASKED ? (uint8_t)IH_BLANK :
							(uint8_t)states[which];
	if (which > 0)
		ih_buffer_printf(out,
		    "    <answer item=\"%s\" state=\"%s\"/>\n", item->id,
		    ih_state_name(states[which]));
}

static inline void
generate_answer(struct generator *g, const struct ih_instrument *instrument,
    const struct ih_item *item, struct ih_answer *answers,
    struct ih_buffer *out)
{
	struct ih_answer *answer = &answers[item->at];

	if (ih_condition_holds(&item->ask_if, answers) == IH_FALSE) {
		answer->state = IH_NOT_ASKED;
		if (below(g, 4) == 0)
			ih_buffer_printf(out,
			    "    <answer item=\"%s\" state=\"not-asked\"/>\n",
			    item->id);
	} else if (item->at >= g->stop) {
		answer->state = IH_BLANK;
	} else if (is_gate(instrument, item) && below(g, 12) > 0) {
		generate_given(g, item, answer, true, out);
	} else if (below(g, 12) >= g->open) {
		generate_given(g, item, answer, false, out);
	} else {
		generate_missing(g, item, answer, out);
	}
}

/* One <answers> element, and what stands for each item in ANSWERS: zeroed,
 * one for each item; texts and dates are not kept there. */
static inline void
generate_interview(struct generator *g, const struct ih_instrument *instrument,
    struct ih_answer *answers, struct ih_buffer *out)
{
	static const unsigned opens[] = { 0, 1, 3, 3, 3, 6 };
	static const unsigned quiets[] = { 0, 0, 6, 12 };
	size_t count = instrument->item_count;

	g->open = opens[below(g, sizeof opens / sizeof opens[0])];
	g->quiet = quiets[below(g, sizeof quiets / sizeof quiets[0])];
	g->stop = below(g, 10) == 0 ? below(g, count) : count;
	generate_head(g, instrument, out);
	for (size_t i = 0; i < count; i++)
		generate_answer(g, instrument, &instrument->items[i], answers,
		    out);
	ih_buffer_text(out, "  </answers>\n");
}

#endif
