/* This is where events of XML become answers, interview after interview. */
#include "reader.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ihala/id.h"
#include "ihala/text.h"

#define TAG_MAX ((size_t)16 << 10) /* libxml2's time grows with its square */
#define DEPTH_MAX 64  /* elements inside each other, known or not */
#define ROOT_ROOM 80  /* bytes of the root's name, prefix and all */
#define TEXT_ROOM 128 /* a code has at most 64 bytes, a number fewer */

#define LOW_BITS                                                               \
	UINT64_C(0x7f7f7f7f7f7f7f7f) /* of eight bytes, but the top            \
				      */
#define ABOVE_SPACE UINT64_C(0x5f5f5f5f5f5f5f5f) /* what carries "!" there */

/* Where in the document we are. */
enum place { OUTSIDE, LIST, ANSWERS, INTERVIEW, ANSWER, VALUE, LOST };

enum name {
	N_INTERVIEWS,
	N_ANSWERS,
	N_INTERVIEW,
	N_ANSWER,
	N_VALUE,
	N_ID,
	N_INSTRUMENT,
	N_VERSION,
	N_DIGEST,
	N_TRAINING,
	N_ITEM,
	N_STATE,
	N_BY,
	N_SPACE_LIST,
	N_SPACE,
	NAMES
};

static const char *const spellings[NAMES] = {
	[N_INTERVIEWS] = "interviews",
	[N_ANSWERS] = "answers",
	[N_INTERVIEW] = "interview",
	[N_ANSWER] = "answer",
	[N_VALUE] = "value",
	[N_ID] = "id",
	[N_INSTRUMENT] = "instrument",
	[N_VERSION] = "version",
	[N_DIGEST] = "digest",
	[N_TRAINING] = "training",
	[N_ITEM] = "item",
	[N_STATE] = "state",
	[N_BY] = "by",
	[N_SPACE_LIST] = "urn:ihala:interviews:1",
	[N_SPACE] = "urn:ihala:answers:1",
};

struct reader {
	struct ih_arena *arena;
	const struct ih_framework *framework;
	ih_batch_each *each;
	void *with;
	uint64_t done, bad;

	/* of the block */
	xmlParserCtxt *parser;      /* NULL: none yet */
	const xmlChar *name[NAMES]; /* as the parser's dictionary holds them:
				     * names are compared by address */
	enum place place;
	enum place lost_from; /* the place that an unknown element is in */
	int lost_depth;
	const char *refused; /* why it was stopped; NULL: it was not */
	long before;         /* lines of the document before this block */

	/* of the interview */
	struct ih_filling filling;
	struct ih_answer *answers;
	struct ih_bounds bounds;
	struct ih_error err; /* why it is bad */
	long line;           /* where that was seen; else where it begins */
	char id[IH_UUID_TEXT];
	bool in_list; /* not a root of its own */
	bool training, has_interview, has_state;
	unsigned values; /* of the answer */

	/* of the value */
	char text[TEXT_ROOM];
	size_t length;
};

/* An attribute as libxml2 hands it over: five pointers. */
struct attribute {
	const xmlChar *name, *prefix, *space, *value, *end;
};

static size_t
length_of(const struct attribute *attribute)
{
	return (size_t)(attribute->end - attribute->value);
}

static const char *
text_of(const struct attribute *attribute)
{
	return (const char *)attribute->value;
}

static bool
says(const struct attribute *attribute, const char *text)
{
	size_t length = strlen(text);

	return length_of(attribute) == length &&
	       ih_text_same(text_of(attribute), text, length);
}

static long
line_of(const struct reader *reader)
{
	return reader->before + xmlSAX2GetLineNumber(reader->parser);
}

static bool
is_bad(const struct reader *reader)
{
	return reader->err.kind != IH_NONE;
}

/* The first reason is kept. */
static void
blame(struct reader *reader, const char *what)
{
	if (is_bad(reader))
		return;
	ih_fail_code(&reader->err, IH_INPUT, "E_INTERVIEW", "%s", what);
	reader->line = line_of(reader);
}

/* ---- one interview */

static void
report(struct reader *reader)
{
	struct ih_batch_result result = {
		.index = reader->done + reader->bad,
		.id = reader->id,
		.line = reader->line,
		.err = is_bad(reader) ? &reader->err : NULL,
		.framework = reader->framework,
		.bounds = is_bad(reader) ? NULL : &reader->bounds,
		.training = reader->training,
	};

	reader->each(&result, reader->with);
}

static void
end_interview(struct reader *reader)
{
	if (!reader->has_interview)
		blame(reader, "an interview without its <interview>");
	if (!is_bad(reader))
		ih_fill_end(&reader->filling, &reader->err);
	if (is_bad(reader)) {
		reader->bad++;
	} else {
		ih_bounds_find(reader->framework, reader->answers,
		    &reader->bounds);
		reader->done++;
	}
	report(reader);
}

/* The slow way, for the sake of the message. */
static void
blame_head(struct reader *reader, const struct attribute *const *head)
{
	char text[N_DIGEST + 1][72];

	for (int n = N_INSTRUMENT; n <= N_DIGEST; n++)
		snprintf(text[n], sizeof text[n], "%.*s",
		    (int)(length_of(head[n]) & INT32_MAX), text_of(head[n]));
	if (ih_answers_fit(reader->framework->instrument, text[N_INSTRUMENT],
		text[N_VERSION], text[N_DIGEST], &reader->err))
		blame(reader, "an attribute that is too long");
}

static void
check_head(struct reader *reader, const struct attribute *const *head)
{
	const struct ih_instrument *instrument = reader->framework->instrument;

	for (int n = N_ID; n <= N_DIGEST; n++)
		if (head[n] == NULL) {
			blame(reader, "<answers> lacks an attribute");
			return;
		}
	if (length_of(head[N_ID]) == sizeof reader->id - 1) {
		memcpy(reader->id, head[N_ID]->value, sizeof reader->id - 1);
		reader->id[sizeof reader->id - 1] = '\0';
	}
	if (!ih_uuid_is(reader->id)) {
		reader->id[0] = '\0';
		blame(reader, "the id of <answers> is not a UUID");
	} else if (!says(head[N_INSTRUMENT], instrument->id) ||
		   !says(head[N_VERSION], instrument->version) ||
		   !says(head[N_DIGEST], instrument->digest)) {
		blame_head(reader, head);
	}
}

static void
start_interview(struct reader *reader, const struct attribute *attributes,
    int count)
{
	const struct attribute *head[NAMES] = { 0 };

	reader->err.kind = IH_NONE;
	reader->line = line_of(reader);
	reader->id[0] = '\0';
	reader->training = reader->has_interview = false;
	ih_fill_start(&reader->filling, reader->framework->instrument,
	    reader->answers);
	for (int i = 0; i < count; i++) {
		const struct attribute *a = &attributes[i];
		int n = N_ID;

		while (n <= N_TRAINING && a->name != reader->name[n])
			n++;
		if (a->prefix != NULL || n > N_TRAINING)
			blame(reader, "<answers> has an unknown attribute");
		else
			head[n] = a;
	}
	if (head[N_TRAINING] != NULL && !says(head[N_TRAINING], "true"))
		blame(reader, "training can only be true");
	reader->training = head[N_TRAINING] != NULL;
	check_head(reader, head);
}

static void
start_about(struct reader *reader, const struct attribute *attributes,
    int count)
{
	unsigned said = 0;

	if (reader->has_interview || reader->filling.next > 0)
		blame(reader, "<interview> comes once, and first");
	reader->has_interview = true;
	for (int i = 0; i < count && !is_bad(reader); i++) {
		const struct attribute *a = &attributes[i];

		if (a->prefix != NULL ||
		    !ih_interview_says((const char *)a->name, text_of(a),
			length_of(a)))
			blame(reader, "<interview> has an attribute that is "
				      "not as it has to be");
		said +=
		    a->name[0] == 'd' || a->name[0] == 'c' || a->name[0] == 'l';
	}
	/* date, committee, channel, language */
	if (said != 4)
		blame(reader, "<interview> lacks an attribute");
}

static bool
read_word(const struct attribute *attribute,
    int (*find)(const char *name, size_t length), int *value)
{
	if (attribute != NULL)
		*value = find(text_of(attribute), length_of(attribute));
	return *value >= 0;
}

/* The attributes of <answer>.  False: one is not known. */
static bool
sort_out(struct reader *reader, const struct attribute *attributes, int count,
    const struct attribute **sorted)
{
	for (int i = 0; i < count; i++) {
		const struct attribute *a = &attributes[i];
		int n = N_ITEM;

		while (n <= N_BY && a->name != reader->name[n])
			n++;
		if (n > N_BY || a->prefix != NULL)
			return false;
		sorted[n - N_ITEM] = a;
	}
	return sorted[0] != NULL;
}

static void
start_answer(struct reader *reader, const struct attribute *attributes,
    int count)
{
	const struct attribute *sorted[N_BY - N_ITEM + 1] = { 0 };
	bool known = sort_out(reader, attributes, count, sorted);
	int state = IH_BLANK, by = IH_BY_UNSAID;

	reader->values = 0;
	reader->has_state = sorted[N_STATE - N_ITEM] != NULL;
	if (!known || !reader->has_interview ||
	    !read_word(sorted[N_STATE - N_ITEM], ih_state_of, &state) ||
	    !read_word(sorted[N_BY - N_ITEM], ih_by_of, &by) ||
	    state == IH_GIVEN) {
		blame(reader, "an answer needs an item, and a known state");
		return;
	}
	if (!is_bad(reader) &&
	    !ih_fill_answer(&reader->filling, text_of(sorted[0]),
		length_of(sorted[0]), (enum ih_by)by, (enum ih_state)state,
		&reader->err))
		reader->line = line_of(reader);
}

static void
end_answer(struct reader *reader)
{
	if (reader->values == 0 && !reader->has_state)
		blame(reader, "an answer has neither a value nor a state");
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void
end_value(struct reader *reader)
{
	while (reader->length > 0 && is_space(reader->text[reader->length - 1]))
		reader->length--;
	if (reader->has_state)
		blame(reader, "an answer has a value and a state");
	reader->values++;
	if (!is_bad(reader) && !ih_fill_value(&reader->filling, reader->text,
				   reader->length, &reader->err))
		reader->line = line_of(reader);
}

/* ---- events */

static void
stop(struct reader *reader, const char *why)
{
	reader->refused = why;
	xmlStopParser(reader->parser);
}

/* An element that has no place here: the interview around it is bad, and
 * what is inside is passed over. */
static void
start_lost(struct reader *reader)
{
	if (reader->place == OUTSIDE || reader->place == LIST) {
		stop(reader, "expected <interviews> or <answers>");
		return;
	}
	blame(reader, "an element that has no place here");
	reader->lost_from = reader->place;
	reader->lost_depth = 1;
	reader->place = LOST;
}

/* False: nothing of that name belongs here. */
static bool
start_in_answers(struct reader *reader, const xmlChar *name,
    const struct attribute *attributes, int count)
{
	if (name == reader->name[N_ANSWER]) {
		start_answer(reader, attributes, count);
		reader->place = ANSWER;
		return true;
	}
	if (name == reader->name[N_INTERVIEW]) {
		start_about(reader, attributes, count);
		reader->place = INTERVIEW;
		return true;
	}
	return false;
}

static bool
start_outside(struct reader *reader, const xmlChar *name, const xmlChar *space,
    const struct attribute *attributes, int count)
{
	if (name == reader->name[N_ANSWERS] && space == reader->name[N_SPACE]) {
		reader->in_list = reader->place == LIST;
		start_interview(reader, attributes, count);
		reader->place = ANSWERS;
		return true;
	}
	if (name != reader->name[N_INTERVIEWS] ||
	    space != reader->name[N_SPACE_LIST] || reader->place == LIST ||
	    count != 0)
		return false;
	reader->place = LIST;
	return true;
}

static bool
start_known(struct reader *reader, const xmlChar *name, const xmlChar *space,
    const struct attribute *attributes, int count)
{
	if (reader->place == OUTSIDE || reader->place == LIST)
		return start_outside(reader, name, space, attributes, count);
	if (space != reader->name[N_SPACE])
		return false;
	if (reader->place == ANSWERS)
		return start_in_answers(reader, name, attributes, count);
	if (reader->place != ANSWER || name != reader->name[N_VALUE] ||
	    count != 0)
		return false;
	reader->length = 0;
	reader->place = VALUE;
	return true;
}

/* libxml2's own type: five pointers an attribute. */
static void
start_element(void *with, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *space, int space_count, const xmlChar **spaces, int count,
    int defaulted, const xmlChar **attributes)
{
	struct reader *reader = with;

	(void)prefix;
	(void)space_count;
	(void)spaces;
	(void)defaulted;
	if (reader->place == LOST) {
		if (++reader->lost_depth > DEPTH_MAX)
			stop(reader, "elements nested too deeply");
		return;
	}
	if (!start_known(reader, name, space,
		(const struct attribute *)(const void *)attributes, count))
		start_lost(reader);
}

static void
end_element(void *with, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *space)
{
	struct reader *reader = with;

	(void)name;
	(void)prefix;
	(void)space;
	switch (reader->place) {
	case VALUE:
		end_value(reader);
		reader->place = ANSWER;
		break;
	case ANSWER:
		end_answer(reader);
		reader->place = ANSWERS;
		break;
	case INTERVIEW:
		reader->place = ANSWERS;
		break;
	case ANSWERS:
		end_interview(reader);
		reader->place = reader->in_list ? LIST : OUTSIDE;
		break;
	case LOST:
		if (--reader->lost_depth == 0)
			reader->place = reader->lost_from;
		break;
	default:
		reader->place = OUTSIDE;
	}
}

/* White space that no room is left for is let go: it may yet turn out to be
 * at the end.  Anything else makes the value too long for what it could be. */
static void
add_text(struct reader *reader, const char *text, size_t size)
{
	size_t i = 0, room;

	while (reader->length == 0 && i < size && is_space(text[i]))
		i++;
	room = TEXT_ROOM - reader->length;
	if (room > size - i)
		room = size - i;
	memcpy(reader->text + reader->length, text + i, room);
	reader->length += room;
	for (i += room; i < size; i++)
		if (!is_space(text[i]))
			reader->text[TEXT_ROOM - 1] = text[i];
}

/* XML has no other characters up to the space. */
static bool
are_blank(uint64_t bytes)
{
	return ((bytes | ((bytes & LOW_BITS) + ABOVE_SPACE)) & ~LOW_BITS) == 0;
}

/* Half of all events are an indentation, so eight bytes are looked at at a
 * time; some of the last eight twice. */
static bool
is_blank(const char *text, size_t size)
{
	const size_t step = sizeof(uint64_t);

	if (size < step)
		return are_blank(ih_text_word(text, size));
	for (size_t i = 0; i + step < size; i += step)
		if (!are_blank(ih_text_word(text + i, step)))
			return false;
	return are_blank(ih_text_word(text + size - step, step));
}

static void
characters(void *with, const xmlChar *bytes, int size)
{
	struct reader *reader = with;
	const char *text = (const char *)bytes;

	if (reader->place == VALUE)
		add_text(reader, text, (size_t)size);
	else if (reader->place == LOST || is_blank(text, (size_t)size))
		return;
	else if (reader->place == LIST || reader->place == OUTSIDE)
		stop(reader, "text between interviews");
	else
		blame(reader, "text that has no place here");
}

static bool
is_utf8(const xmlChar *encoding)
{
	return encoding == NULL ||
	       strcasecmp((const char *)encoding, "UTF-8") == 0;
}

static void
start_document(void *with)
{
	struct reader *reader = with;
	const xmlParserCtxt *parser = reader->parser;
	const char *version = (const char *)parser->version;

	if (!is_utf8(parser->encoding) || !is_utf8(parser->input->encoding))
		stop(reader, "expected UTF-8");
	else if (version != NULL && strcmp(version, "1.0") != 0)
		stop(reader, "expected XML 1.0");
}

static void
doctype(void *with, const xmlChar *name, const xmlChar *public,
    const xmlChar *system)
{
	(void)name;
	(void)public;
	(void)system;
	stop(with, "a DOCTYPE is not taken");
}

static void
instruction(void *with, const xmlChar *target, const xmlChar *data)
{
	(void)target;
	(void)data;
	stop(with, "a processing instruction is not taken");
}

/* libxml2 would print parts of the document. */
static void
say_nothing(void *with, xmlErrorPtr error)
{
	(void)with;
	(void)error;
}

/* ---- one block */

static void *
must(void *memory)
{
	if (memory == NULL) {
		fputs("ihala: out of memory\n", stderr);
		abort();
	}
	return memory;
}

static void
make_parser(struct reader *reader)
{
	xmlSAXHandler handler = {
		.initialized = XML_SAX2_MAGIC,
		.startDocument = start_document,
		.startElementNs = start_element,
		.endElementNs = end_element,
		.characters = characters,
		.ignorableWhitespace = characters, /* the same: no look-ahead */
		.internalSubset = doctype,
		.processingInstruction = instruction,
		.serror = say_nothing,
	};

	reader->parser = must(xmlNewParserCtxt());
	*reader->parser->sax = handler;
	reader->parser->userData = reader;
	for (int n = 0; n < NAMES; n++) {
		reader->name[n] = xmlDictLookup(reader->parser->dict,
		    (const xmlChar *)spellings[n], -1);
		if (reader->name[n] == NULL)
			must(NULL);
	}
}

/* One that met a fault is not used again. */
static void
drop_parser(struct reader *reader)
{
	if (reader->parser != NULL)
		xmlFreeParserCtxt(reader->parser);
	reader->parser = NULL;
}

struct reader *
reader_new(const struct ih_framework *framework, ih_batch_each *each,
    void *with)
{
	struct ih_arena *arena = ih_arena_new();
	struct reader *reader = ih_arena_take(arena, sizeof *reader);

	reader->arena = arena;
	reader->framework = framework;
	reader->each = each;
	reader->with = with;
	reader->bounds = ih_bounds_new(framework, arena);
	reader->answers = ih_arena_take(arena,
	    framework->instrument->item_count * sizeof *reader->answers);
	make_parser(reader);
	return reader;
}

void
reader_free(struct reader *reader)
{
	if (reader == NULL)
		return;
	drop_parser(reader);
	ih_arena_free(reader->arena);
}

const unsigned char *
reader_tag_end(const unsigned char *at, const unsigned char *end)
{
	for (unsigned char quote = 0; at < end; at++) {
		if (quote != 0)
			quote = *at == quote ? 0 : quote;
		else if (*at == '>')
			return at;
		else if (*at == '"' || *at == '\'')
			quote = *at;
	}
	return NULL;
}

/*
 * A tag holds no "<" but its own.  So where one is too long there is a window
 * of half its length without any; elsewhere the first look is the last.
 */
static bool
has_long_tag(const unsigned char *at, const unsigned char *end)
{
	const size_t window = TAG_MAX / 2;

	for (const unsigned char *w = at; (size_t)(end - w) >= window;
	     w += window) {
		const unsigned char *tag, *tag_end;

		if (memchr(w, '<', window) != NULL)
			continue;
		tag = memrchr(at, '<', (size_t)(w - at));
		tag_end = tag != NULL ? reader_tag_end(tag, end) : w;
		if (tag_end == NULL ||
		    (tag != NULL && (size_t)(tag_end - tag) > TAG_MAX))
			return true;
	}
	return false;
}

/* The bytes are parsed where they are: libxml2 would copy them first. */
static void
parse(struct reader *reader, const unsigned char *bytes, size_t size)
{
	xmlParserCtxt *parser = reader->parser;
	xmlParserInput *input;

	xmlCtxtReset(parser);
	xmlCtxtUseOptions(parser, XML_PARSE_NONET);
	input = must(xmlNewInputStream(parser));
	input->base = input->cur = bytes;
	input->end = bytes + size;
	if (inputPush(parser, input) < 0)
		must(NULL);
	xmlParseDocument(parser);
}

static const char *
fault_of(struct reader *reader, const unsigned char *bytes, size_t size)
{
	if (has_long_tag(bytes, bytes + size))
		return "a tag longer than any of ours";
	parse(reader, bytes, size);
	if (reader->refused != NULL)
		return reader->refused;
	if (!reader->parser->wellFormed || !reader->parser->nsWellFormed)
		return "the XML is not well-formed";
	return NULL;
}

bool
reader_parse(struct reader *reader, const unsigned char *bytes, size_t size,
    struct block *block)
{
	uint64_t count = reader->done + reader->bad;

	if (reader->parser == NULL)
		make_parser(reader);
	reader->place = OUTSIDE;
	reader->refused = NULL;
	reader->before = block->before;
	block->why = fault_of(reader, bytes, size);
	block->count = reader->done + reader->bad - count;
	block->lines = xmlSAX2GetLineNumber(reader->parser);
	if (block->why != NULL)
		drop_parser(reader);
	return block->why == NULL;
}

uint64_t
reader_done(const struct reader *reader)
{
	return reader->done;
}

uint64_t
reader_bad(const struct reader *reader)
{
	return reader->bad;
}
