/* This is where an interview goes on, answer by answer. */
#include "ihala/sitting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/text.h"
#include "ihala/xml.h"

#define SPACE "urn:ihala:draft:1"
#define ANSWERS "urn:ihala:answers:1"

/* ---- what counts */

/* An ask-if looks back only, and what stands there is final. */
static void
settle(struct ih_sitting *sitting)
{
	const struct ih_instrument *instrument = sitting->instrument;

	for (size_t i = 0; i < instrument->item_count; i++) {
		struct ih_answer *stands = &sitting->stands[i];

		*stands = sitting->said[i];
		if (ih_condition_holds(&instrument->items[i].ask_if,
			sitting->stands) == IH_FALSE)
			*stands = (struct ih_answer){ .state = IH_NOT_ASKED };
	}
}

bool
ih_sitting_asks(const struct ih_sitting *sitting, const struct ih_item *item)
{
	return sitting->stands[item->at].state != IH_NOT_ASKED;
}

bool
ih_sitting_heard(const struct ih_sitting *sitting, const struct ih_item *item)
{
	return sitting->said[item->at].said;
}

const struct ih_item *
ih_sitting_next(const struct ih_sitting *sitting)
{
	for (size_t i = 0; i < sitting->instrument->item_count; i++) {
		const struct ih_item *item = &sitting->instrument->items[i];

		if (ih_sitting_asks(sitting, item) &&
		    !ih_sitting_heard(sitting, item))
			return item;
	}
	return NULL;
}

const struct ih_item *
ih_sitting_beside(const struct ih_sitting *sitting, const struct ih_item *item,
    int step)
{
	const struct ih_item *items = sitting->instrument->items;
	size_t count = sitting->instrument->item_count;

	/* Before the first is behind the last: both are none. */
	for (size_t i = item->at + (size_t)step; i < count; i += (size_t)step)
		if (ih_sitting_asks(sitting, &items[i]))
			return &items[i];
	return NULL;
}

struct ih_sitting_count
ih_sitting_count(const struct ih_sitting *sitting)
{
	struct ih_sitting_count count = { 0 };

	for (size_t i = 0; i < sitting->instrument->item_count; i++) {
		const struct ih_item *item = &sitting->instrument->items[i];

		if (!ih_sitting_asks(sitting, item))
			continue;
		count.asked++;
		count.heard += ih_sitting_heard(sitting, item);
	}
	return count;
}

static bool
asks_any(const struct ih_sitting *sitting, const struct ih_section *section)
{
	for (size_t i = 0; i < section->count; i++)
		if (ih_sitting_asks(sitting,
			&sitting->instrument->items[section->first + i]))
			return true;
	return false;
}

size_t
ih_sitting_section(const struct ih_sitting *sitting, size_t section,
    size_t *count)
{
	size_t place = 0;

	*count = 0;
	for (size_t s = 0; s < sitting->instrument->section_count; s++) {
		if (!asks_any(sitting, &sitting->instrument->sections[s]))
			continue;
		++*count;
		place += s <= section;
	}
	return place;
}

struct ih_answers
ih_sitting_so_far(const struct ih_sitting *sitting)
{
	const struct ih_sitting_head *head = &sitting->head;

	return (struct ih_answers){ .arena = sitting->arena,
		.instrument = sitting->instrument,
		.id = head->id,
		.training = head->training,
		.date = head->date,
		.committee = head->committee,
		.channel = head->channel,
		.language = head->language,
		.area = head->area,
		.answers = sitting->stands };
}

/* ---- beginning */

static struct ih_sitting *
sitting_new(const struct ih_instrument *instrument)
{
	struct ih_arena *arena = ih_arena_new();
	struct ih_sitting *sitting = ih_arena_take(arena, sizeof *sitting);
	size_t items = instrument->item_count;

	sitting->arena = arena;
	sitting->instrument = instrument;
	sitting->said = ih_arena_take(arena, items * sizeof *sitting->said);
	sitting->stands = ih_arena_take(arena, items * sizeof *sitting->stands);
	sitting->paces = ih_arena_take(arena,
	    instrument->section_count * sizeof *sitting->paces);
	return sitting;
}

void
ih_sitting_free(struct ih_sitting *sitting)
{
	if (sitting != NULL)
		ih_arena_free(sitting->arena);
}

/* What is not said at all is NULL, and only the area may be. */
static bool
take_said(struct ih_sitting *sitting, const char *name, const char *value,
    const char **into, struct ih_error *err)
{
	if (value == NULL ? strcmp(name, "area") != 0 :
			    !ih_interview_says(name, value, strlen(value)))
		return ih_fail_code(err, IH_USAGE, "E_INTERVIEW",
		    "%s of the interview is not as it has to be", name);
	*into = value != NULL ? ih_arena_text(sitting->arena, value) : NULL;
	return true;
}

static bool
take_head(struct ih_sitting *sitting, const struct ih_sitting_head *head,
    struct ih_error *err)
{
	struct ih_sitting_head *own = &sitting->head;

	own->id = ih_arena_text(sitting->arena, head->id);
	own->date = head->date;
	own->training = head->training;
	return take_said(sitting, "committee", head->committee, &own->committee,
		   err) &&
	       take_said(sitting, "channel", head->channel, &own->channel,
		   err) &&
	       take_said(sitting, "language", head->language, &own->language,
		   err) &&
	       take_said(sitting, "area", head->area, &own->area, err);
}

struct ih_sitting *
ih_sitting_begin(const struct ih_instrument *instrument,
    const struct ih_sitting_head *head, struct ih_error *err)
{
	IH_OWNED(ih_sitting) sitting = sitting_new(instrument);

	if (!take_head(sitting, head, err))
		return NULL;
	settle(sitting);
	return IH_GIVE(sitting);
}

/* ---- reading */

static bool
read_head(struct ih_sitting *sitting, const xmlNode *root, struct ih_error *err)
{
	const xmlNode *interview = ih_child(root, "interview");
	const char *date = ih_attr(interview, "date");
	struct ih_sitting_head head = { .id = ih_attr(root, "id"),
		.committee = ih_attr(interview, "committee"),
		.channel = ih_attr(interview, "channel"),
		.language = ih_attr(interview, "language"),
		.area = ih_attr(interview, "area"),
		.training = ih_attr(root, "training") != NULL };

	if (!ih_date_parse(date, &head.date))
		return ih_fail_code(err, IH_INPUT, "E_INTERVIEW",
		    "the interview has no date");
	return ih_answers_fit(sitting->instrument, ih_attr(root, "instrument"),
		   ih_attr(root, "version"), ih_attr(root, "digest"), err) &&
	       take_head(sitting, &head, err);
}

static bool
read_answer(struct ih_sitting *sitting, struct ih_filling *filling,
    const xmlNode *node, struct ih_error *err)
{
	const char *item = ih_attr(node, "item"), *by = ih_attr(node, "by"),
		   *state = ih_attr(node, "state");
	int said_by = by != NULL ? ih_by_of(by, strlen(by)) : IH_BY_UNSAID;
	int stands =
	    state != NULL ? ih_state_of(state, strlen(state)) : IH_BLANK;

	if (said_by < 0 || stands < 0 ||
	    !ih_fill_answer(filling, item, strlen(item), (enum ih_by)said_by,
		(enum ih_state)stands, err))
		return err->kind == IH_NONE ?
			   ih_fail_code(err, IH_INPUT, "E_INTERVIEW",
			       "an answer of no known state") :
			   false;
	for (xmlNode *n = ih_child(node, "value"); n; n = ih_next(n, "value")) {
		const char *text = ih_text_of(sitting->arena, n);

		if (!ih_fill_value(filling, text, strlen(text), err))
			return false;
		sitting->said[filling->item->at].text = text;
	}
	return true;
}

static bool
read_answers(struct ih_sitting *sitting, struct ih_filling *filling,
    const xmlNode *parent, struct ih_error *err)
{
	for (xmlNode *n = ih_child(parent, "answer"); n != NULL;
	     n = ih_next(n, "answer"))
		if (!read_answer(sitting, filling, n, err))
			return false;
	return true;
}

static int64_t
instant(const xmlNode *node, const char *name)
{
	const char *text = ih_attr(node, name);
	int64_t value = 0;

	return text != NULL && ih_instant_parse(text, &value) ? value : 0;
}

static void
read_paces(struct ih_sitting *sitting, const xmlNode *root)
{
	const xmlNode *n = ih_child(root, "section");

	for (; n != NULL; n = ih_next(n, "section"))
		for (size_t s = 0; s < sitting->instrument->section_count; s++)
			if (strcmp(sitting->instrument->sections[s].id,
				ih_attr(n, "id")) == 0)
				sitting->paces[s] = (struct ih_pace){
					instant(n, "first"), instant(n, "last"),
					strtoll(ih_attr(n, "answers"), NULL, 10)
				};
}

/* The first child NAME, of whatever format it is. */
static const xmlNode *
inner(const xmlNode *root, const char *name)
{
	const xmlNode *n = root->children;

	while (n != NULL && (n->type != XML_ELEMENT_NODE ||
				strcmp((const char *)n->name, name) != 0))
		n = n->next;
	return n;
}

struct ih_sitting *
ih_sitting_read(const xmlDoc *doc, const struct ih_instrument *instrument,
    struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	const xmlNode *answers = inner(root, "answers"),
		      *aside = inner(root, "aside");
	IH_OWNED(ih_sitting) sitting = sitting_new(instrument);
	struct ih_filling filling;

	ih_fill_start(&filling, instrument, sitting->said);
	if (!read_head(sitting, answers, err) ||
	    !read_answers(sitting, &filling, answers, err) ||
	    !read_answers(sitting, &filling, aside, err))
		return NULL;
	read_paces(sitting, root);
	settle(sitting);
	return IH_GIVE(sitting);
}

/* ---- writing */

static void
write_codes(struct ih_writer *w, const struct ih_item *item, uint64_t codes)
{
	for (size_t i = 0; i < item->choices->count; i++)
		if ((codes >> i & 1) != 0)
			ih_leaf(w, "value", item->choices->list[i].code);
}

static void
write_number(struct ih_writer *w, int64_t number)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", (long long)number);
	ih_leaf(w, "value", text);
}

static void
write_date(struct ih_writer *w, struct ih_date date)
{
	char text[IH_DATE_TEXT];

	ih_date_format(date, text);
	ih_leaf(w, "value", text);
}

static void
write_values(struct ih_writer *w, const struct ih_item *item,
    const struct ih_answer *answer)
{
	switch (item->type) {
	case IH_CHOICE:
	case IH_CHOICES:
		write_codes(w, item, answer->codes);
		break;
	case IH_NUMBER:
		write_number(w, answer->number);
		break;
	case IH_DATE:
		write_date(w, answer->date);
		break;
	default:
		ih_leaf(w, "value", answer->text);
	}
}

/* Those to which something was said and that count, or that do not. */
static void
write_answers(struct ih_writer *w, const struct ih_sitting *sitting,
    bool counting)
{
	for (size_t i = 0; i < sitting->instrument->item_count; i++) {
		const struct ih_item *item = &sitting->instrument->items[i];
		const struct ih_answer *answer = &sitting->said[i];

		if (!answer->said || ih_sitting_asks(sitting, item) != counting)
			continue;
		ih_open(w, "answer");
		ih_put(w, "item", item->id);
		ih_put_if(w, "by", ih_by_name((enum ih_by)answer->by));
		if (answer->state == IH_GIVEN)
			write_values(w, item, answer);
		else
			ih_put(w, "state",
			    ih_state_name((enum ih_state)answer->state));
		ih_close(w);
	}
}

static void
write_interview(struct ih_writer *w, const struct ih_sitting *sitting,
    bool stopped)
{
	const struct ih_instrument *instrument = sitting->instrument;
	const struct ih_sitting_head *head = &sitting->head;
	char date[IH_DATE_TEXT];

	ih_date_format(head->date, date);
	ih_open(w, "answers");
	ih_put(w, "xmlns", ANSWERS);
	ih_put(w, "id", head->id);
	ih_put(w, "instrument", instrument->id);
	ih_put(w, "version", instrument->version);
	ih_put(w, "digest", instrument->digest);
	ih_put_if(w, "training", head->training ? "true" : NULL);
	ih_open(w, "interview");
	ih_put(w, "date", date);
	ih_put(w, "committee", head->committee);
	ih_put(w, "channel", head->channel);
	ih_put(w, "language", head->language);
	ih_put_if(w, "stopped", stopped ? "true" : NULL);
	ih_put_if(w, "area", head->area);
	ih_close(w);
	write_answers(w, sitting, true);
	ih_close(w);
}

static void
write_paces(struct ih_writer *w, const struct ih_sitting *sitting)
{
	for (size_t s = 0; s < sitting->instrument->section_count; s++) {
		const struct ih_pace *pace = &sitting->paces[s];

		if (pace->answers == 0)
			continue;
		ih_open(w, "section");
		ih_put(w, "id", sitting->instrument->sections[s].id);
		ih_put_instant(w, "first", pace->first);
		ih_put_instant(w, "last", pace->last);
		ih_put_number(w, "answers", pace->answers);
		ih_close(w);
	}
}

bool
ih_sitting_write(const struct ih_sitting *sitting, struct ih_buffer *out,
    struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);

	w.indent = false;
	ih_open(&w, "draft");
	ih_put(&w, "xmlns", SPACE);
	write_interview(&w, sitting, false);
	ih_open(&w, "aside");
	ih_put(&w, "xmlns", ANSWERS);
	write_answers(&w, sitting, false);
	ih_close(&w);
	write_paces(&w, sitting);
	ih_close(&w);
	return ih_write_end(&w, err);
}

bool
ih_sitting_answers(const struct ih_sitting *sitting, bool stopped,
    struct ih_buffer *out, struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);

	write_interview(&w, sitting, stopped);
	return ih_write_end(&w, err);
}

/* ---- saying */

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* May XML 1.0 carry it?  Its section 2.2. */
static bool
is_carried(uint32_t point)
{
	return (point >= 0x20 && point != 0xfffe && point != 0xffff) ||
	       point == '\t' || point == '\n' || point == '\r';
}

static bool
is_sound(const char *text, size_t size)
{
	if (size > IH_SAID_MAX)
		return false;
	for (size_t at = 0; at < size;) {
		uint32_t point = 0;
		size_t length = ih_text_next(text + at, size - at, &point);

		if (length == 0 || !is_carried(point))
			return false;
		at += length;
	}
	return true;
}

/* Cut at both ends, each line ended by LF: as it will be read again. */
static const char *
clean(struct ih_arena *arena, const char *text)
{
	size_t size = strlen(text), at = 0;
	char *copy;

	while (size > 0 && is_space(text[size - 1]))
		size--;
	while (at < size && is_space(text[at]))
		at++;
	copy = ih_arena_take(arena, size - at + 1);
	for (char *to = copy; at < size; at++)
		if (text[at] != '\r')
			*to++ = text[at];
		else if (text[at + 1] != '\n')
			*to++ = '\n';
	return copy;
}

static bool
fill(struct ih_sitting *sitting, struct ih_filling *filling,
    const struct ih_saying *saying, struct ih_error *err)
{
	struct ih_answer *answer = &sitting->said[filling->item->at];

	if (saying->state == IH_GIVEN && saying->count == 0)
		return ih_fail_code(err, IH_INPUT, "E_EMPTY",
		    "item \"%s\" needs a value", filling->item->id);
	for (size_t i = 0; i < saying->count; i++) {
		const char *value = saying->values[i];

		if (!is_sound(value, strlen(value)))
			return ih_fail_code(err, IH_INPUT, "E_SAID",
			    "item \"%s\"", filling->item->id);
		value = clean(sitting->arena, value);
		if (!ih_fill_value(filling, value, strlen(value), err))
			return false;
		answer->text = value;
	}
	return true;
}

static void
note_pace(struct ih_sitting *sitting, const struct ih_item *item, int64_t now)
{
	struct ih_pace *pace = &sitting->paces[item->section];

	if (pace->answers++ == 0)
		pace->first = now;
	pace->last = now;
}

bool
ih_sitting_take(struct ih_sitting *sitting, const char *id,
    const struct ih_saying *saying, int64_t now, struct ih_error *err)
{
	const struct ih_item *item =
	    ih_instrument_item(sitting->instrument, id);
	struct ih_filling filling = { .instrument = sitting->instrument,
		.answers = sitting->said };
	struct ih_answer before;

	if (item == NULL)
		return ih_fail_code(err, IH_INPUT, "E_ITEM",
		    "instrument %s has no such item", sitting->instrument->id);
	if (!ih_sitting_asks(sitting, item))
		return ih_fail_code(err, IH_STATE, "E_SKIPPED", "item \"%s\"",
		    item->id);
	before = sitting->said[item->at];
	sitting->said[item->at] = (struct ih_answer){ 0 };
	if (!ih_fill_answer(&filling, id, strlen(id), saying->by,
		saying->state == IH_GIVEN ? IH_BLANK : saying->state, err) ||
	    !fill(sitting, &filling, saying, err)) {
		sitting->said[item->at] = before;
		return false;
	}
	settle(sitting);
	note_pace(sitting, item, now);
	return true;
}
