/* This is where an interview goes on, answer by answer. */
#include "ihala/sitting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/xml.h"

#define SPACE "urn:ihala:draft:1"
#define ANSWERS "urn:ihala:answers:1"

/* ---- what counts */

/* Is it open only because of what was not heard yet? */
static bool
hangs_on_unheard(const struct ih_sitting *sitting, const struct ih_item *item)
{
	for (size_t i = 0; i < item->at; i++)
		if (sitting->asks[i] && !sitting->said[i].said &&
		    ih_condition_names(&item->ask_if, i))
			return true;
	return false;
}

/* An ask-if looks back only, and what stands there is final. */
static void
settle(struct ih_sitting *sitting)
{
	const struct ih_instrument *instrument = sitting->instrument;

	for (size_t i = 0; i < instrument->item_count; i++) {
		const struct ih_item *item = &instrument->items[i];
		enum ih_three asked =
		    ih_condition_holds(&item->ask_if, sitting->stands);

		sitting->asks[i] =
		    asked == IH_TRUE ||
		    (asked != IH_FALSE && hangs_on_unheard(sitting, item));
		sitting->stands[i] = sitting->said[i];
		if (!sitting->asks[i])
			sitting->stands[i] =
			    (struct ih_answer){ .state = asked == IH_FALSE ?
							     IH_NOT_ASKED :
							     IH_BLANK };
	}
}

bool
ih_sitting_asks(const struct ih_sitting *sitting, const struct ih_item *item)
{
	return sitting->asks[item->at];
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

static void
write_answer(struct ih_writer *w, const struct ih_item *item,
    const struct ih_answer *answer)
{
	ih_open(w, "answer");
	ih_put(w, "item", item->id);
	ih_put_if(w, "by", ih_by_name((enum ih_by)answer->by));
	if (answer->state == IH_GIVEN)
		write_values(w, item, answer);
	else
		ih_put(w, "state", ih_state_name((enum ih_state)answer->state));
	ih_close(w);
}

static void
write_head(struct ih_writer *w, const struct ih_sitting *sitting, bool stopped)
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
}

static void
write_pace(struct ih_writer *w, const char *id, const struct ih_pace *pace)
{
	ih_open(w, "section");
	ih_put(w, "id", id);
	ih_put_instant(w, "first", pace->first);
	ih_put_instant(w, "last", pace->last);
	ih_put_number(w, "answers", pace->answers);
	ih_close(w);
}

/* One element as it stands in a draft, which gives it its namespace. */
struct fragment {
	struct ih_buffer *out;
	size_t from; /* behind the declaration of a document */
	struct ih_writer w;
};

static struct fragment
fragment_begin(struct ih_buffer *out)
{
	struct fragment f = { .out = out, .w = ih_write_to(out) };

	f.w.indent = false;
	f.from = out->size;
	return f;
}

/* NULL: a value that XML cannot carry. */
static const char *
fragment_end(struct fragment *f, struct ih_arena *arena)
{
	struct ih_error unsaid = { 0 };

	return ih_write_end(&f->w, &unsaid) ?
		   ih_arena_text(arena, (char *)f->out->data + f->from) :
		   NULL;
}

static bool
cannot_keep(const struct ih_item *item, struct ih_error *err)
{
	return ih_fail_code(err, IH_INPUT, "E_SAID", "item \"%s\"", item->id);
}

static bool
note_answer(struct ih_sitting *sitting, const struct ih_item *item,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct fragment f = fragment_begin(out);
	const char *written;

	write_answer(&f.w, item, &sitting->said[item->at]);
	written = fragment_end(&f, sitting->arena);
	if (written == NULL)
		return cannot_keep(item, err);
	sitting->said_written[item->at] = written;
	return true;
}

static void
note_pace(struct ih_sitting *sitting, size_t section)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct fragment f = fragment_begin(out);

	write_pace(&f.w, sitting->instrument->sections[section].id,
	    &sitting->paces[section]);
	sitting->pace_written[section] = fragment_end(&f, sitting->arena);
}

/* Its start tag, and what stands before the answers. */
static bool
note_head(struct ih_sitting *sitting)
{
	static const char end[] = "</answers>\n";
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct fragment f = fragment_begin(out);
	const char *whole;

	write_head(&f.w, sitting, false);
	ih_close(&f.w);
	whole = fragment_end(&f, sitting->arena);
	if (whole == NULL)
		return false;
	sitting->head_written = ih_arena_printf(sitting->arena, "%.*s",
	    (int)(strlen(whole) - strlen(end)), whole);
	return true;
}

/* What was read or begun, once. */
static bool
note_all(struct ih_sitting *sitting, struct ih_error *err)
{
	const struct ih_instrument *instrument = sitting->instrument;

	if (!note_head(sitting))
		return ih_fail_code(err, IH_INPUT, "E_INTERVIEW",
		    "the interview says what XML cannot carry");
	for (size_t i = 0; i < instrument->item_count; i++)
		if (sitting->said[i].said &&
		    !note_answer(sitting, &instrument->items[i], err))
			return false;
	for (size_t s = 0; s < instrument->section_count; s++)
		if (sitting->paces[s].answers > 0)
			note_pace(sitting, s);
	return true;
}

/* Those to which something was said and that count, or that do not. */
static void
add_answers(const struct ih_sitting *sitting, bool counting,
    struct ih_buffer *out)
{
	const struct ih_instrument *instrument = sitting->instrument;

	for (size_t i = 0; i < instrument->item_count; i++)
		if (sitting->said_written[i] != NULL &&
		    ih_sitting_asks(sitting, &instrument->items[i]) == counting)
			ih_buffer_text(out, sitting->said_written[i]);
}

void
ih_sitting_write(const struct ih_sitting *sitting, struct ih_buffer *out)
{
	ih_buffer_text(out, "<draft xmlns=\"" SPACE "\">");
	ih_buffer_text(out, sitting->head_written);
	add_answers(sitting, true, out);
	ih_buffer_text(out, "</answers><aside xmlns=\"" ANSWERS "\">");
	add_answers(sitting, false, out);
	ih_buffer_text(out, "</aside>");
	for (size_t s = 0; s < sitting->instrument->section_count; s++)
		if (sitting->pace_written[s] != NULL)
			ih_buffer_text(out, sitting->pace_written[s]);
	ih_buffer_text(out, "</draft>\n");
}

bool
ih_sitting_answers(const struct ih_sitting *sitting, bool stopped,
    struct ih_buffer *out, struct ih_error *err)
{
	const struct ih_instrument *instrument = sitting->instrument;
	struct ih_writer w = ih_write_to(out);

	write_head(&w, sitting, stopped);
	for (size_t i = 0; i < instrument->item_count; i++)
		if (sitting->said[i].said &&
		    ih_sitting_asks(sitting, &instrument->items[i]))
			write_answer(&w, &instrument->items[i],
			    &sitting->said[i]);
	ih_close(&w);
	return ih_write_end(&w, err);
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
	sitting->asks = ih_arena_take(arena, items * sizeof *sitting->asks);
	sitting->said_written =
	    ih_arena_take(arena, items * sizeof *sitting->said_written);
	sitting->paces = ih_arena_take(arena,
	    instrument->section_count * sizeof *sitting->paces);
	sitting->pace_written = ih_arena_take(arena,
	    instrument->section_count * sizeof *sitting->pace_written);
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
	return note_all(sitting, err) ? IH_GIVE(sitting) : NULL;
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
	return note_all(sitting, err) ? IH_GIVE(sitting) : NULL;
}

/* ---- saying */

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
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

		if (strlen(value) > IH_SAID_MAX)
			return cannot_keep(filling->item, err);
		value = clean(sitting->arena, value);
		if (!ih_fill_value(filling, value, strlen(value), err))
			return false;
		answer->text = value;
	}
	return true;
}

static void
keep_pace(struct ih_sitting *sitting, size_t section, int64_t now)
{
	struct ih_pace *pace = &sitting->paces[section];

	if (pace->answers++ == 0)
		pace->first = now;
	pace->last = now;
	note_pace(sitting, section);
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
	    !fill(sitting, &filling, saying, err) ||
	    !note_answer(sitting, item, err)) {
		sitting->said[item->at] = before;
		return false;
	}
	settle(sitting);
	keep_pace(sitting, item->section, now);
	return true;
}
