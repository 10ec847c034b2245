/*
 * asked INSTRUMENT - what our own engine finds for interviews, a line of JSON
 * each: the items that are asked for sure, what was said of them, the items
 * that an interview held here asks where the same is said (sitting.h), what is
 * urgent, and the least sum of each framework that adds up.  Standard input
 * has a line for each: "answers FILE" or "odk FILE" (submission.h).  Run from
 * the root of the tree.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/assess.h"
#include "ihala/file.h"
#include "ihala/json.h"
#include "ihala/sitting.h"
#include "ihala/submission.h"
#include "ihala/xml.h"

#define FRAMEWORKS 16

struct bench {
	struct ih_library *library;
	struct ih_instrument *instrument;
	struct ih_framework *frameworks[FRAMEWORKS];
	size_t count;
	struct ih_error err;
};

static bool
take(const char *id, void *with)
{
	struct bench *b = with;
	struct ih_error other = { 0 };
	struct ih_framework *one =
	    ih_framework_load(b->library, id, b->instrument, &other);

	if (one != NULL && b->count < FRAMEWORKS)
		b->frameworks[b->count++] = one;
	return true;
}

static void
put_item(struct ih_json *json, const struct ih_item *item,
    const struct ih_answer *a)
{
	ih_json_open(json, NULL, '[');
	ih_json_text(json, NULL, item->id);
	ih_json_text(json, NULL, ih_state_name((enum ih_state)a->state));
	for (size_t c = 0; item->choices != NULL && c < item->choices->count;
	     c++)
		if (a->state == IH_GIVEN && (a->codes >> c & 1) != 0)
			ih_json_text(json, NULL, item->choices->list[c].code);
	if (a->state == IH_GIVEN && item->type == IH_NUMBER)
		ih_json_number(json, NULL, a->number);
	if (a->state == IH_GIVEN && item->type == IH_DATE) {
		char day[IH_DATE_TEXT];

		ih_date_format(a->date, day);
		ih_json_text(json, NULL, day);
	}
	if (a->state == IH_GIVEN && item->type == IH_TEXT)
		ih_json_text(json, NULL, a->text);
	ih_json_close(json, ']');
}

static void
put_asked(struct ih_json *json, const struct ih_answers *answers)
{
	const struct ih_instrument *instrument = answers->instrument;

	ih_json_open(json, "asked", '[');
	for (size_t i = 0; i < instrument->item_count; i++)
		if (ih_condition_holds(&instrument->items[i].ask_if,
			answers->answers) == IH_TRUE)
			put_item(json, &instrument->items[i],
			    &answers->answers[i]);
	ih_json_close(json, ']');
}

/* A number and a day as they are typed; TEXT is room for them. */
static const char *
typed(const struct ih_item *item, const struct ih_answer *a, char text[32])
{
	if (item->type == IH_TEXT)
		return a->text;
	if (item->type == IH_NUMBER)
		snprintf(text, 32, "%lld", (long long)a->number);
	else
		ih_date_format(a->date, text);
	return text;
}

/* ITEM is answered as A says, or passed over. */
static bool
say(struct ih_sitting *sitting, const struct ih_item *item,
    const struct ih_answer *a, struct ih_error *err)
{
	const char *values[IH_CODES_MAX];
	char text[32];
	struct ih_saying saying = { .by = IH_BY_PERSON,
		.state = (enum ih_state)a->state,
		.values = values };

	if (a->state == IH_GIVEN && item->choices == NULL)
		values[saying.count++] = typed(item, a, text);
	for (size_t c = 0; item->choices != NULL && c < item->choices->count;
	     c++)
		if (a->state == IH_GIVEN && (a->codes >> c & 1) != 0)
			values[saying.count++] = item->choices->list[c].code;
	return ih_sitting_take(sitting, item->id, &saying, 0, err);
}

static bool
put_sitting(struct ih_json *json, const struct ih_answers *answers,
    struct ih_error *err)
{
	const struct ih_sitting_head head = { .id = answers->id,
		.committee = answers->committee,
		.channel = answers->channel,
		.language = answers->language,
		.date = answers->date };
	IH_OWNED(ih_sitting)
	sitting = ih_sitting_begin(answers->instrument, &head, err);
	const struct ih_item *item;

	ih_json_open(json, "sitting", '[');
	while (sitting != NULL && (item = ih_sitting_next(sitting)) != NULL) {
		ih_json_text(json, NULL, item->id);
		if (!say(sitting, item, &answers->answers[item->at], err))
			break;
	}
	ih_json_close(json, ']');
	return err->kind == IH_NONE;
}

static void
put_urgent(struct ih_json *json, const struct ih_framework *f,
    const struct ih_answers *answers)
{
	for (size_t i = 0; i < f->urgency_count; i++)
		ih_json_bool(json, NULL,
		    ih_condition_holds(&f->urgencies[i].when,
			answers->answers) == IH_TRUE);
}

/* Without what withholds a result: the sum alone. */
static int64_t
sum_of(const struct ih_framework *f, const struct ih_answers *answers)
{
	int64_t sum = 0;

	for (size_t i = 0; i < f->indicator_count; i++)
		if (ih_condition_holds(&f->indicators[i].when,
			answers->answers) == IH_TRUE)
			sum += f->indicators[i].points;
	return sum;
}

static bool
put_line(struct bench *b, const struct ih_answers *answers)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_json json = ih_json_to(out);

	ih_json_open(&json, NULL, '{');
	put_asked(&json, answers);
	if (!put_sitting(&json, answers, &b->err))
		return false;
	ih_json_open(&json, "urgent", '[');
	for (size_t i = 0; i < b->count; i++)
		put_urgent(&json, b->frameworks[i], answers);
	ih_json_close(&json, ']');
	ih_json_open(&json, "sums", '{');
	for (size_t i = 0; i < b->count; i++)
		if (ih_framework_adds_up(b->frameworks[i]))
			ih_json_number(&json, b->frameworks[i]->id,
			    sum_of(b->frameworks[i], answers));
	ih_json_close(&json, '}');
	ih_json_close(&json, '}');
	fwrite(out->data, 1, out->size, stdout);
	return true;
}

static bool
put_one(struct bench *b, const char *kind, const char *path)
{
	struct ih_error *err = &b->err;
	IH_OWNED(ih_buffer) file = ih_file_read(path, 1 << 20, err);
	IH_OWNED(ih_buffer) made = NULL;

	if (file == NULL)
		return false;
	if (strcmp(kind, "odk") == 0) {
		IH_OWNED(xmlDoc)
		doc = ih_xml_read(path, file->data, file->size, err);
		made = doc != NULL ? ih_submission_answers(doc, b->instrument,
					 NULL, "MA", true, err) :
				     NULL;
		if (made == NULL)
			return false;
	}
	const struct ih_buffer *xml = made != NULL ? made : file;
	IH_OWNED(xmlDoc) doc = ih_xml_read(path, xml->data, xml->size, err);
	IH_OWNED(ih_answers)
	answers = doc != NULL ? ih_answers_read(doc, b->instrument, err) : NULL;
	if (answers == NULL)
		return false;
	return put_line(b, answers);
}

static void
put_refusal(const struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_json json = ih_json_to(out);

	ih_json_open(&json, NULL, '{');
	ih_json_text(&json, "refused", err->text);
	ih_json_close(&json, '}');
	fwrite(out->data, 1, out->size, stdout);
}

int
main(int argc, char **argv)
{
	struct bench b = { .count = 0 };
	char line[4096], kind[16], path[4000];

	b.library = ih_library_open(".", &b.err);
	b.instrument =
	    argc > 1 ? ih_instrument_load(b.library, argv[1], &b.err) : NULL;
	if (b.instrument == NULL ||
	    !ih_library_list(b.library, "xml/framework", take, &b, &b.err))
		return 1;
	while (fgets(line, sizeof line, stdin) != NULL) {
		if (sscanf(line, "%15s %3999[^\n]", kind, path) != 2)
			return 1;
		if (!put_one(&b, kind, path)) {
			put_refusal(&b.err);
			b.err = (struct ih_error){ 0 };
		}
	}
	for (size_t i = 0; i < b.count; i++)
		ih_framework_free(b.frameworks[i]);
	ih_instrument_free(b.instrument);
	ih_library_close(b.library);
	return 0;
}
