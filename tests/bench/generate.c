/*
 * generate COUNT SEED [INSTRUMENT] - a stream of invented interviews on
 * standard output, over xml/instrument/adult.xml: every state of an answer,
 * skips as the instrument has them, training="true".  The same seed gives the
 * same bytes.  Run from the root of the tree.
 */
#include <stdio.h>
#include <stdlib.h>

#include "ihala/answers.h"
#include "ihala/world.h"

static uint64_t seed;

/* A number below LIMIT. */
static uint64_t
below(uint64_t limit)
{
	uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (z ^ (z >> 31)) % limit;
}

static void
write_id(void)
{
	printf("%08llx-%04llx-4%03llx-a%03llx-%012llx",
	    (unsigned long long)below(UINT64_C(1) << 32),
	    (unsigned long long)below(1 << 16),
	    (unsigned long long)below(1 << 12),
	    (unsigned long long)below(1 << 12),
	    (unsigned long long)below(UINT64_C(1) << 48));
}

static void
write_head(const struct ih_instrument *instrument)
{
	static const char *const committees[] = { "MA", "EG", "TN" };
	static const char *const channels[] = { "police", "border", "hospital",
		"ngo" };

	fputs("  <answers xmlns=\"urn:ihala:answers:1\" id=\"", stdout);
	write_id();
	printf("\" instrument=\"%s\" version=\"%s\" digest=\"%s\" "
	       "training=\"true\">\n",
	    instrument->id, instrument->version, instrument->digest);
	printf("    <interview date=\"2026-%02d-%02d\" committee=\"%s\" "
	       "channel=\"%s\" language=\"ar\"/>\n",
	    (int)below(12) + 1, (int)below(28) + 1, committees[below(3)],
	    channels[below(4)]);
}

static void
write_value(const char *value)
{
	printf("      <value>%s</value>\n", value);
}

/* Few of many codes, as people answer. */
static void
give_codes(const struct ih_item *item, struct ih_answer *answer)
{
	size_t wanted = item->type == IH_CHOICE ? 1 : below(3) + 1;

	while (wanted-- > 0)
		answer->codes |= UINT64_C(1) << below(item->choices->count);
	for (size_t i = 0; i < item->choices->count; i++)
		if ((answer->codes >> i & 1) != 0)
			write_value(item->choices->list[i].code);
}

static void
give(const struct ih_item *item, struct ih_answer *answer)
{
	char text[32];

	switch (item->type) {
	case IH_CHOICE:
	case IH_CHOICES:
		give_codes(item, answer);
		return;
	case IH_NUMBER:
		answer->number =
		    item->least +
		    (int64_t)below((uint64_t)(item->most - item->least) + 1);
		snprintf(text, sizeof text, "%lld", (long long)answer->number);
		break;
	case IH_DATE:
		snprintf(text, sizeof text, "%d-%02d", 1960 + (int)below(50),
		    (int)below(12) + 1);
		break;
	default:
		snprintf(text, sizeof text, "Exemple %d", (int)below(1000));
	}
	write_value(text);
}

/* Most questions are answered; every other state occurs. */
static enum ih_state
pick_state(void)
{
	static const enum ih_state states[] = { IH_GIVEN, IH_GIVEN, IH_GIVEN,
		IH_GIVEN, IH_GIVEN, IH_GIVEN, IH_GIVEN, IH_GIVEN, IH_GIVEN,
		IH_BLANK, IH_UNKNOWN, IH_REFUSED };

	return states[below(sizeof states / sizeof states[0])];
}

/* The first section opens the rest: an interview that ends there is short. */
static bool
gives_the_first(const struct ih_item *item, struct ih_answer *answers,
    size_t count)
{
	bool is_gate = false;

	if (item->type != IH_CHOICE || item->section > 1)
		return false;
	for (size_t i = item->at + 1; i < count && !is_gate; i++)
		is_gate =
		    ih_condition_names(&item[i - item->at].ask_if, item->at);
	if (!is_gate || below(20) == 0)
		return false;
	answers[item->at].state = IH_GIVEN;
	answers[item->at].codes = 1;
	printf("    <answer item=\"%s\" by=\"person\">\n", item->id);
	write_value(item->choices->list[0].code);
	puts("    </answer>");
	return true;
}

static void
write_answer(const struct ih_item *item, struct ih_answer *answers,
    size_t count)
{
	struct ih_answer *answer = &answers[item->at];

	if (ih_condition_holds(&item->ask_if, answers) == IH_FALSE) {
		answer->state = IH_NOT_ASKED;
		if (below(4) == 0)
			printf("    <answer item=\"%s\" "
			       "state=\"not-asked\"/>\n",
			    item->id);
		return;
	}
	if (gives_the_first(item, answers, count))
		return;
	answer->state = (uint8_t)pick_state();
	if (answer->state != IH_GIVEN) {
		if (answer->state != IH_BLANK || below(2) == 0)
			printf("    <answer item=\"%s\" state=\"%s\"/>\n",
			    item->id,
			    ih_state_name((enum ih_state)answer->state));
		return;
	}
	printf("    <answer item=\"%s\" by=\"%s\">\n", item->id,
	    item->how == IH_ASK ? "person" : "observed");
	give(item, answer);
	puts("    </answer>");
}

static void
write_interview(const struct ih_instrument *instrument)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_answer *answers =
	    ih_arena_take(arena, instrument->item_count * sizeof *answers);

	write_head(instrument);
	for (size_t i = 0; i < instrument->item_count; i++)
		write_answer(&instrument->items[i], answers,
		    instrument->item_count);
	puts("  </answers>");
}

int
main(int argc, char **argv)
{
	struct ih_error err = { 0 };
	long count = argc > 2 ? strtol(argv[1], NULL, 10) : -1;
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_instrument) instrument =
	    library == NULL ?
		NULL :
		ih_instrument_load(library, argc > 3 ? argv[3] : "adult", &err);

	if (count < 0 || instrument == NULL) {
		fprintf(stderr, "generate COUNT SEED [INSTRUMENT]: %s\n",
		    err.text);
		return 64;
	}
	seed = strtoull(argv[2], NULL, 10);
	puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	     "<interviews xmlns=\"urn:ihala:interviews:1\">");
	while (count-- > 0)
		write_interview(instrument);
	puts("</interviews>");
	return 0;
}
