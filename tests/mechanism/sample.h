/*
 * sample.h - an interview with every question answered, and the case made of
 * it.  The person is plainly invented.
 */
#ifndef IHALA_TESTS_MECHANISM_SAMPLE_H
#define IHALA_TESTS_MECHANISM_SAMPLE_H

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/answers.h"
#include "ihala/element.h"
#include "ihala/id.h"
#include "ihala/instrument.h"
#include "ihala/library.h"
#include "ihala/mechanism.h"
#include "ihala/record.h"
#include "ihala/release.h"
#include "ihala/schema.h"
#include "ihala/world.h"
#include "ihala/xml.h"

#define ANSWERS_ID "01234567-89ab-4def-8123-456789abcdef"
#define REFERRAL_ID "11234567-89ab-4def-8123-456789abcdef"
#define CASE_DAY "2026-03-04"

struct sample {
	struct ih_library *library;
	struct ih_instrument *instrument;
	struct ih_schema *cases;
	struct ih_mechanism *ma;
	char code[IH_CODE_TEXT];
};

/* Another answer than the usual one: a value, or a state before a "!". */
struct twist {
	const char *item, *answer;
};

static inline int
sample_open(void **state)
{
	static struct sample sample;
	struct ih_error err = { 0 };
	uint64_t seed = 7;
	struct ih_world world = ih_world_fixed(0, &seed);

	sample.library = ih_library_open(".", &err);
	sample.instrument = ih_instrument_load(sample.library, "adult", &err);
	sample.cases = ih_schema_load(sample.library, "case", &err);
	sample.ma = ih_mechanism_load(sample.library, "MA", &err);
	ih_code_new(&world, sample.code);
	if (err.kind != IH_NONE)
		printf("# %s\n", err.text);
	*state = &sample;
	return sample.ma != NULL && sample.instrument != NULL &&
		       sample.cases != NULL ?
		   0 :
		   -1;
}

static inline int
sample_close(void **state)
{
	struct sample *sample = *state;

	ih_mechanism_free(sample->ma);
	ih_schema_free(sample->cases);
	ih_instrument_free(sample->instrument);
	ih_library_close(sample->library);
	return 0;
}

/* The usual answer to ITEM: the first code, the least number. */
static inline const char *
usual(const struct ih_item *item, char text[32])
{
	static const struct twist given[] = {
		{ "safe-now", "no" },
		{ "age", "27" },
		{ "age-doubt", "no" },
		{ "sex", "female" },
		{ "fears-state", "yes" },
		{ "fears-which", "EG" },
		{ "safe-contact", "phone" },
	};

	for (size_t i = 0; i < sizeof given / sizeof given[0]; i++)
		if (strcmp(given[i].item, item->id) == 0)
			return given[i].answer;
	if (item->choices != NULL)
		return item->choices->list[0].code;
	if (item->type == IH_DATE)
		return "1999-05";
	if (item->type == IH_NUMBER) {
		snprintf(text, 32, "%lld", (long long)item->least);
		return text;
	}
	/* So that each text is found again by its item. */
	snprintf(text, 32, "Exemple Sept %.16s", item->id);
	return text;
}

static inline const char *
answer_to(const struct ih_item *item, const struct twist *twists, char text[32])
{
	for (; twists != NULL && twists->item != NULL; twists++)
		if (strcmp(twists->item, item->id) == 0)
			return twists->answer;
	return usual(item, text);
}

/* What the skips after ITEM look at. */
static inline struct ih_answer
meaning(const struct ih_item *item, const char *answer)
{
	struct ih_answer means = { .state = IH_GIVEN };

	if (answer[0] == '!')
		means.state =
		    (uint8_t)ih_state_of(answer + 1, strlen(answer + 1));
	else if (item->choices != NULL)
		means.codes = UINT64_C(1) << ih_choices_find(item->choices,
				  answer, strlen(answer));
	else if (item->type == IH_NUMBER)
		means.number = strtol(answer, NULL, 10);
	return means;
}

/* One answer; not-asked where the answers before it skip the item. */
static inline void
write_answer(struct ih_writer *w, struct ih_answer *answers,
    const struct ih_item *item, const struct twist *twists)
{
	char text[32];
	const char *answer = answer_to(item, twists, text);

	if (item->ask_if.count > 0 &&
	    ih_condition_holds(&item->ask_if, answers) == IH_FALSE)
		answer = "!not-asked";
	answers[item->at] = meaning(item, answer);
	ih_open(w, "answer");
	ih_put(w, "item", item->id);
	if (answer[0] == '!')
		ih_put(w, "state", answer + 1);
	else
		ih_leaf(w, "value", answer);
	ih_close(w);
}

/* Every item of the instrument answered, but for twists and skips. */
static inline xmlDoc *
sample_answers(const struct sample *sample, const struct twist *twists)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_answer *answers;
	struct ih_error err = { 0 };
	xmlDoc *doc;

	ih_open(&w, "answers");
	ih_put(&w, "xmlns", "urn:ihala:answers:1");
	ih_put(&w, "id", ANSWERS_ID);
	ih_put(&w, "instrument", sample->instrument->id);
	ih_put(&w, "version", sample->instrument->version);
	ih_put(&w, "digest", sample->instrument->digest);
	ih_put(&w, "training", "true");
	ih_open(&w, "interview");
	ih_put(&w, "date", CASE_DAY);
	ih_put(&w, "committee", "MA");
	ih_put(&w, "channel", "police");
	ih_put(&w, "language", "ar");
	ih_put(&w, "area", "MA-04");
	ih_close(&w);
	answers = ih_arena_take(arena,
	    sample->instrument->item_count * sizeof *answers);
	for (size_t i = 0; i < sample->instrument->item_count; i++)
		write_answer(&w, answers, &sample->instrument->items[i],
		    twists);
	ih_close(&w);
	if (!ih_write_end(&w, &err))
		fail_msg("%s", err.text);
	doc = ih_xml_read("sample", out->data, out->size, &err);
	assert_non_null(doc);
	return doc;
}

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define ONES "1111111111111111111111111111111111111111111111111111111111111111"

/* An assessment that rests on answers, allowed to leave and not. */
static const char sample_assessment[] =
    "<assessment xmlns='urn:ihala:assessment:1' answers='" ANSWERS_ID "'"
    " answers-digest='" ONES "' instrument='adult'"
    " instrument-version='1.0.0' instrument-digest='" ZEROS "'"
    " framework='ilo-adult-labour' framework-version='1.0.0'"
    " framework-digest='" ZEROS "' framework-status='provisional'"
    " engine='1.0.0' training='true'>"
    "<outcome level='possible' at-least='possible' at-most='indicated'/>"
    "<dimension id='exploitation' positive='true'>"
    "<indicator id='i-held' strength='strong' present='true'>"
    "<because item='papers-held' state='given'/></indicator>"
    "<indicator id='i-form' strength='medium' present='true'>"
    "<because item='exploitation-form' state='given'/></indicator>"
    "<indicator id='i-both' strength='medium' present='true'>"
    "<because item='exploitation-form' state='given'/>"
    "<because item='threats' state='given'/></indicator>"
    "</dimension>"
    "<settle item='threats' indicators='2'/>"
    "<unanswered blank='0' unknown='0' refused='0'/></assessment>";

struct docs {
	xmlDoc *facts, *identity;
};

static inline xmlDoc *
reread(const struct ih_buffer *bytes)
{
	struct ih_error err = { 0 };
	xmlDoc *doc = ih_xml_read("made", bytes->data, bytes->size, &err);

	if (doc == NULL)
		fail_msg("%s", err.text);
	return doc;
}

static inline struct docs
sample_case(const struct sample *sample, const struct twist *twists)
{
	IH_OWNED(xmlDoc) answers = sample_answers(sample, twists);
	struct ih_record_parts parts = { 0 };
	struct ih_error err = { 0 };
	struct docs docs = { 0 };

	if (!ih_record_open(sample->instrument, answers, sample_assessment,
		sizeof sample_assessment - 1, sample->code, "MA", CASE_DAY,
		&parts, &err))
		fail_msg("%s", err.text);
	docs.facts = reread(parts.facts);
	docs.identity = parts.identity != NULL ? reread(parts.identity) : NULL;
	ih_record_parts_free(&parts);
	return docs;
}

static inline void
docs_free(struct docs *docs)
{
	xmlFreeDoc(docs->facts);
	xmlFreeDoc(docs->identity);
}

/* DOCS->facts becomes the version in BYTES, which must be a case. */
static inline void
advance(const struct sample *sample, struct docs *docs, struct ih_buffer *bytes)
{
	struct ih_error err = { 0 };

	xmlFreeDoc(docs->facts);
	docs->facts = reread(bytes);
	ih_buffer_clear(bytes);
	if (!ih_schema_check(sample->cases, docs->facts, "made", &err))
		fail_msg("%s", err.text);
}

static inline bool
says(const struct ih_buffer *bytes, const char *text)
{
	return strstr((const char *)bytes->data, text) != NULL;
}

/* Does BYTES hold an answer to ITEM? */
static inline bool
says_item(const struct ih_buffer *bytes, const char *item)
{
	char text[96];

	snprintf(text, sizeof text, "item=\"%s\"", item);
	return says(bytes, text);
}

#endif
