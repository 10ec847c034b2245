/* This is where interviews stream past: events in, one line each out. */
#include "ihala/batch.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ihala/id.h"

/*
 * libxml2 is quickest, by half, where it pulls.  So the stream is cut after
 * an interview, and each block, between the head and the foot of the whole,
 * is a document of its own.
 */
#define BLOCK ((size_t)256 << 10)  /* bytes that are worth a parse */
#define HELD_MAX ((size_t)2 << 20) /* of one interview: none comes near it */
#define HEAD_MAX ((size_t)4 << 10) /* before the first interview */

#define TAG_MAX ((size_t)16 << 10) /* libxml2's time grows with its square */
#define DEPTH_MAX 64  /* elements inside each other, known or not */
#define ROOT_ROOM 80  /* bytes of the root's name, prefix and all */
#define TEXT_ROOM 128 /* a code has at most 64 bytes, a number fewer */

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

struct ih_batch {
	struct ih_arena *arena;
	const struct ih_framework *framework;
	ih_batch_each *each;
	void *with;
	uint64_t done, bad;

	/* of the stream */
	struct ih_buffer *held;   /* the head, and what is not yet parsed */
	size_t head;              /* bytes of it; 0: not seen yet */
	size_t tried;             /* held when no interview's end was found */
	char foot[ROOT_ROOM + 4]; /* the end tag of its root */
	size_t foot_size;
	bool started, is_list;
	long head_lines;
	long lines; /* in the blocks that are done */

	/* of the block */
	xmlParserCtxt *parser;      /* NULL: none yet */
	const xmlChar *name[NAMES]; /* as the parser's dictionary holds them:
				     * names are compared by address */
	enum place place;
	enum place lost_from; /* the place that an unknown element is in */
	int lost_depth;
	const char *refused; /* why the stream was stopped; NULL: it was not */

	/* of the interview */
	struct ih_filling filling;
	struct ih_answer *answers;
	struct ih_bounds bounds;
	struct ih_error err; /* why it is bad */
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
	       memcmp(attribute->value, text, length) == 0;
}

static long
line_of(const struct ih_batch *batch)
{
	return batch->lines + xmlSAX2GetLineNumber(batch->parser);
}

static bool
is_bad(const struct ih_batch *batch)
{
	return batch->err.kind != IH_NONE;
}

/* The first reason is kept. */
static void
blame(struct ih_batch *batch, const char *what)
{
	if (!is_bad(batch))
		ih_fail_code(&batch->err, IH_INPUT, "E_INTERVIEW",
		    "line %ld: %s", line_of(batch), what);
}

static void
say_where(struct ih_batch *batch)
{
	char place[32];

	snprintf(place, sizeof place, "line %ld", line_of(batch));
	ih_fail_in(&batch->err, place);
}

/* ---- one interview */

static void
report(struct ih_batch *batch)
{
	struct ih_batch_result result = {
		.index = batch->done + batch->bad,
		.id = batch->id,
		.err = is_bad(batch) ? &batch->err : NULL,
		.framework = batch->framework,
		.bounds = is_bad(batch) ? NULL : &batch->bounds,
		.training = batch->training,
	};

	batch->each(&result, batch->with);
}

static void
end_interview(struct ih_batch *batch)
{
	if (!batch->has_interview)
		blame(batch, "an interview without its <interview>");
	if (!is_bad(batch))
		ih_fill_end(&batch->filling, &batch->err);
	if (is_bad(batch)) {
		batch->bad++;
	} else {
		ih_bounds_find(batch->framework, batch->answers,
		    &batch->bounds);
		batch->done++;
	}
	report(batch);
}

/* The slow way, for the sake of the message. */
static void
blame_head(struct ih_batch *batch, const struct attribute *const *head)
{
	char text[N_DIGEST + 1][72];

	for (int n = N_INSTRUMENT; n <= N_DIGEST; n++)
		snprintf(text[n], sizeof text[n], "%.*s",
		    (int)(length_of(head[n]) & INT32_MAX), text_of(head[n]));
	if (ih_answers_fit(batch->framework->instrument, text[N_INSTRUMENT],
		text[N_VERSION], text[N_DIGEST], &batch->err))
		blame(batch, "an attribute that is too long");
}

static void
check_head(struct ih_batch *batch, const struct attribute *const *head)
{
	const struct ih_instrument *instrument = batch->framework->instrument;

	for (int n = N_ID; n <= N_DIGEST; n++)
		if (head[n] == NULL) {
			blame(batch, "<answers> lacks an attribute");
			return;
		}
	if (length_of(head[N_ID]) == sizeof batch->id - 1) {
		memcpy(batch->id, head[N_ID]->value, sizeof batch->id - 1);
		batch->id[sizeof batch->id - 1] = '\0';
	}
	if (!ih_uuid_is(batch->id)) {
		batch->id[0] = '\0';
		blame(batch, "the id of <answers> is not a UUID");
	} else if (!says(head[N_INSTRUMENT], instrument->id) ||
		   !says(head[N_VERSION], instrument->version) ||
		   !says(head[N_DIGEST], instrument->digest)) {
		blame_head(batch, head);
	}
}

static void
start_interview(struct ih_batch *batch, const struct attribute *attributes,
    int count)
{
	const struct attribute *head[NAMES] = { 0 };

	batch->err = (struct ih_error){ 0 };
	batch->id[0] = '\0';
	batch->training = batch->has_interview = false;
	ih_fill_start(&batch->filling, batch->framework->instrument,
	    batch->answers);
	for (int i = 0; i < count; i++) {
		const struct attribute *a = &attributes[i];
		int n = N_ID;

		while (n <= N_TRAINING && a->name != batch->name[n])
			n++;
		if (a->prefix != NULL || n > N_TRAINING)
			blame(batch, "<answers> has an unknown attribute");
		else
			head[n] = a;
	}
	if (head[N_TRAINING] != NULL && !says(head[N_TRAINING], "true"))
		blame(batch, "training can only be true");
	batch->training = head[N_TRAINING] != NULL;
	check_head(batch, head);
}

static void
start_about(struct ih_batch *batch, const struct attribute *attributes,
    int count)
{
	unsigned said = 0;

	if (batch->has_interview || batch->filling.next > 0)
		blame(batch, "<interview> comes once, and first");
	batch->has_interview = true;
	for (int i = 0; i < count && !is_bad(batch); i++) {
		const struct attribute *a = &attributes[i];

		if (a->prefix != NULL ||
		    !ih_interview_says((const char *)a->name, text_of(a),
			length_of(a)))
			blame(batch, "<interview> has an attribute that is "
				     "not as it has to be");
		said +=
		    a->name[0] == 'd' || a->name[0] == 'c' || a->name[0] == 'l';
	}
	/* date, committee, channel, language */
	if (said != 4)
		blame(batch, "<interview> lacks an attribute");
}

static bool
read_word(const struct attribute *attribute, int (*find)(const char *name),
    int *value)
{
	char word[16];

	if (attribute == NULL)
		return true;
	if (length_of(attribute) >= sizeof word)
		return false;
	memcpy(word, attribute->value, length_of(attribute));
	word[length_of(attribute)] = '\0';
	*value = find(word);
	return *value >= 0;
}

/* The attributes of <answer>.  False: one is not known. */
static bool
sort_out(struct ih_batch *batch, const struct attribute *attributes, int count,
    const struct attribute **sorted)
{
	for (int i = 0; i < count; i++) {
		const struct attribute *a = &attributes[i];
		int n = N_ITEM;

		while (n <= N_BY && a->name != batch->name[n])
			n++;
		if (n > N_BY || a->prefix != NULL)
			return false;
		sorted[n - N_ITEM] = a;
	}
	return sorted[0] != NULL;
}

static void
start_answer(struct ih_batch *batch, const struct attribute *attributes,
    int count)
{
	const struct attribute *sorted[N_BY - N_ITEM + 1] = { 0 };
	bool known = sort_out(batch, attributes, count, sorted);
	int state = IH_BLANK, by = IH_BY_UNSAID;

	batch->values = 0;
	batch->has_state = sorted[N_STATE - N_ITEM] != NULL;
	if (!known || !batch->has_interview ||
	    !read_word(sorted[N_STATE - N_ITEM], ih_state_of, &state) ||
	    !read_word(sorted[N_BY - N_ITEM], ih_by_of, &by) ||
	    state == IH_GIVEN) {
		blame(batch, "an answer needs an item, and a known state");
		return;
	}
	if (!is_bad(batch) &&
	    !ih_fill_answer(&batch->filling, text_of(sorted[0]),
		length_of(sorted[0]), (enum ih_by)by, (enum ih_state)state,
		&batch->err))
		say_where(batch);
}

static void
end_answer(struct ih_batch *batch)
{
	if (batch->values == 0 && !batch->has_state)
		blame(batch, "an answer has neither a value nor a state");
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void
end_value(struct ih_batch *batch)
{
	while (batch->length > 0 && is_space(batch->text[batch->length - 1]))
		batch->length--;
	if (batch->has_state)
		blame(batch, "an answer has a value and a state");
	batch->values++;
	if (!is_bad(batch) && !ih_fill_value(&batch->filling, batch->text,
				  batch->length, &batch->err))
		say_where(batch);
}

/* ---- events */

static void
stop(struct ih_batch *batch, const char *why)
{
	batch->refused = why;
	xmlStopParser(batch->parser);
}

/* An element that has no place here: the interview around it is bad, and
 * what is inside is passed over. */
static void
start_lost(struct ih_batch *batch)
{
	if (batch->place == OUTSIDE || batch->place == LIST) {
		stop(batch, "expected <interviews> or <answers>");
		return;
	}
	blame(batch, "an element that has no place here");
	batch->lost_from = batch->place;
	batch->lost_depth = 1;
	batch->place = LOST;
}

/* False: nothing of that name belongs here. */
static bool
start_in_answers(struct ih_batch *batch, const xmlChar *name,
    const struct attribute *attributes, int count)
{
	if (name == batch->name[N_ANSWER]) {
		start_answer(batch, attributes, count);
		batch->place = ANSWER;
		return true;
	}
	if (name == batch->name[N_INTERVIEW]) {
		start_about(batch, attributes, count);
		batch->place = INTERVIEW;
		return true;
	}
	return false;
}

static bool
start_outside(struct ih_batch *batch, const xmlChar *name, const xmlChar *space,
    const struct attribute *attributes, int count)
{
	if (name == batch->name[N_ANSWERS] && space == batch->name[N_SPACE]) {
		batch->in_list = batch->place == LIST;
		start_interview(batch, attributes, count);
		batch->place = ANSWERS;
		return true;
	}
	if (name != batch->name[N_INTERVIEWS] ||
	    space != batch->name[N_SPACE_LIST] || batch->place == LIST ||
	    count != 0)
		return false;
	batch->place = LIST;
	return true;
}

static bool
start_known(struct ih_batch *batch, const xmlChar *name, const xmlChar *space,
    const struct attribute *attributes, int count)
{
	if (batch->place == OUTSIDE || batch->place == LIST)
		return start_outside(batch, name, space, attributes, count);
	if (space != batch->name[N_SPACE])
		return false;
	if (batch->place == ANSWERS)
		return start_in_answers(batch, name, attributes, count);
	if (batch->place != ANSWER || name != batch->name[N_VALUE] ||
	    count != 0)
		return false;
	batch->length = 0;
	batch->place = VALUE;
	return true;
}

/* libxml2's own type: five pointers an attribute. */
static void
start_element(void *with, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *space, int space_count, const xmlChar **spaces, int count,
    int defaulted, const xmlChar **attributes)
{
	struct ih_batch *batch = with;

	(void)prefix;
	(void)space_count;
	(void)spaces;
	(void)defaulted;
	if (batch->place == LOST) {
		if (++batch->lost_depth > DEPTH_MAX)
			stop(batch, "elements nested too deeply");
		return;
	}
	if (!start_known(batch, name, space,
		(const struct attribute *)(const void *)attributes, count))
		start_lost(batch);
}

static void
end_element(void *with, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *space)
{
	struct ih_batch *batch = with;

	(void)name;
	(void)prefix;
	(void)space;
	switch (batch->place) {
	case VALUE:
		end_value(batch);
		batch->place = ANSWER;
		break;
	case ANSWER:
		end_answer(batch);
		batch->place = ANSWERS;
		break;
	case INTERVIEW:
		batch->place = ANSWERS;
		break;
	case ANSWERS:
		end_interview(batch);
		batch->place = batch->in_list ? LIST : OUTSIDE;
		break;
	case LOST:
		if (--batch->lost_depth == 0)
			batch->place = batch->lost_from;
		break;
	default:
		batch->place = OUTSIDE;
	}
}

/* White space that no room is left for is let go: it may yet turn out to be
 * at the end.  Anything else makes the value too long for what it could be. */
static void
add_text(struct ih_batch *batch, const char *text, size_t size)
{
	size_t i = 0, room;

	while (batch->length == 0 && i < size && is_space(text[i]))
		i++;
	room = TEXT_ROOM - batch->length;
	if (room > size - i)
		room = size - i;
	memcpy(batch->text + batch->length, text + i, room);
	batch->length += room;
	for (i += room; i < size; i++)
		if (!is_space(text[i]))
			batch->text[TEXT_ROOM - 1] = text[i];
}

static bool
is_blank(const xmlChar *text, size_t size)
{
	size_t i = 0;

	while (i < size && is_space((char)text[i]))
		i++;
	return i == size;
}

static void
characters(void *with, const xmlChar *text, int size)
{
	struct ih_batch *batch = with;

	if (batch->place == VALUE)
		add_text(batch, (const char *)text, (size_t)size);
	else if (batch->place == LOST || is_blank(text, (size_t)size))
		return;
	else if (batch->place == LIST || batch->place == OUTSIDE)
		stop(batch, "text between interviews");
	else
		blame(batch, "text that has no place here");
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
	struct ih_batch *batch = with;
	const xmlParserCtxt *parser = batch->parser;
	const char *version = (const char *)parser->version;

	if (!is_utf8(parser->encoding) || !is_utf8(parser->input->encoding))
		stop(batch, "expected UTF-8");
	else if (version != NULL && strcmp(version, "1.0") != 0)
		stop(batch, "expected XML 1.0");
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

/* ---- the stream */

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
make_parser(struct ih_batch *batch)
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

	batch->parser = must(xmlNewParserCtxt());
	*batch->parser->sax = handler;
	batch->parser->userData = batch;
	for (int n = 0; n < NAMES; n++) {
		batch->name[n] = xmlDictLookup(batch->parser->dict,
		    (const xmlChar *)spellings[n], -1);
		if (batch->name[n] == NULL)
			must(NULL);
	}
}

struct ih_batch *
ih_batch_new(const struct ih_framework *framework, ih_batch_each *each,
    void *with)
{
	struct ih_arena *arena = ih_arena_new();
	struct ih_batch *batch = ih_arena_take(arena, sizeof *batch);

	batch->arena = arena;
	batch->framework = framework;
	batch->each = each;
	batch->with = with;
	batch->held = ih_buffer_new();
	batch->bounds = ih_bounds_new(framework, arena);
	batch->answers = ih_arena_take(arena,
	    framework->instrument->item_count * sizeof *batch->answers);
	return batch;
}

/* A parser that met a fault is not used again. */
static void
drop_parser(struct ih_batch *batch)
{
	if (batch->parser != NULL)
		xmlFreeParserCtxt(batch->parser);
	batch->parser = NULL;
	batch->started = false;
}

void
ih_batch_free(struct ih_batch *batch)
{
	if (batch == NULL)
		return;
	drop_parser(batch);
	ih_buffer_free(batch->held);
	ih_arena_free(batch->arena);
}

static bool
end_stream(struct ih_batch *batch, const char *why, struct ih_error *err)
{
	ih_fail_code(err, IH_INPUT, "E_STREAM",
	    "line %ld, after interview %llu: %s",
	    batch->parser != NULL ? line_of(batch) : 1L,
	    (unsigned long long)batch->done + batch->bad, why);
	drop_parser(batch);
	return false;
}

/* ---- one block */

/* The ">" of the tag that begins at AT; NULL: it is still to come. */
static const unsigned char *
find_tag_end(const unsigned char *at, const unsigned char *end)
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
		tag_end = tag != NULL ? find_tag_end(tag, end) : w;
		if (tag_end == NULL ||
		    (tag != NULL && (size_t)(tag_end - tag) > TAG_MAX))
			return true;
	}
	return false;
}

/*
 * Parse the head, the next SIZE bytes of what is held, and FOOT_SIZE bytes of
 * foot, which takes for that time the place of what comes next.
 */
static bool
parse_block(struct ih_batch *batch, size_t size, size_t foot_size,
    struct ih_error *err)
{
	unsigned char *data = batch->held->data, next[sizeof batch->foot];
	size_t whole = batch->head + size;
	xmlDoc *doc;

	if (batch->parser == NULL)
		make_parser(batch);
	batch->place = OUTSIDE;
	batch->refused = NULL;
	if (has_long_tag(data, data + whole))
		return end_stream(batch, "a tag longer than any of ours", err);
	memcpy(next, data + whole, foot_size);
	memcpy(data + whole, batch->foot, foot_size);
	doc = xmlCtxtReadMemory(batch->parser, (const char *)data,
	    (int)(whole + foot_size), NULL, NULL, XML_PARSE_NONET);
	memcpy(data + whole, next, foot_size);
	xmlFreeDoc(doc); /* there is none: the events are ours */
	if (batch->refused != NULL)
		return end_stream(batch, batch->refused, err);
	if (!batch->parser->wellFormed || !batch->parser->nsWellFormed)
		return end_stream(batch, "the XML is not well-formed", err);
	return true;
}

/* ---- cutting */

static const unsigned char *
find(const unsigned char *at, const unsigned char *end, const char *text)
{
	return memmem(at, (size_t)(end - at), text, strlen(text));
}

static size_t
name_length(const unsigned char *at, const unsigned char *end)
{
	size_t n = 0;

	while (at + n < end && at[n] > ' ' && at[n] != '>' && at[n] != '/')
		n++;
	return n;
}

/* Does the qualified name of LENGTH bytes end in the local name LOCAL? */
static bool
is_named(const unsigned char *name, size_t length, const char *local)
{
	size_t n = strlen(local);

	return length >= n && memcmp(name + length - n, local, n) == 0 &&
	       (length == n || name[length - n - 1] == ':');
}

/*
 * Past the XML declaration and comments, to the first tag.  What is odd is
 * left to the parser, which then sees the stream as one block.
 */
static const unsigned char *
find_root(const unsigned char *at, const unsigned char *end)
{
	for (;;) {
		const char *closing = NULL;

		at = memchr(at, '<', (size_t)(end - at));
		if (at == NULL || end - at < 4)
			return NULL;
		if (memcmp(at, "<?", 2) == 0)
			closing = "?>";
		else if (memcmp(at, "<!--", 4) == 0)
			closing = "-->";
		if (closing == NULL)
			return at;
		at = find(at + 2, end, closing);
		if (at == NULL)
			return NULL;
	}
}

/* Learn where the head ends, once enough of it has come. */
static void
look_for_head(struct ih_batch *batch)
{
	const unsigned char *start = batch->held->data,
			    *end = start + batch->held->size,
			    *root = find_root(start, end),
			    *tag =
				root != NULL ? find_tag_end(root, end) : NULL;
	size_t length;

	if (tag == NULL || (size_t)(tag + 1 - start) > HEAD_MAX)
		return;
	batch->head = (size_t)(tag + 1 - start);
	batch->head_lines = 0;
	for (const unsigned char *c = start; c < tag; c++)
		batch->head_lines += *c == '\n';
	length = name_length(root + 1, end);
	batch->is_list = length < ROOT_ROOM && tag[-1] != '/' &&
			 is_named(root + 1, length, "interviews");
	if (!batch->is_list)
		return;
	snprintf(batch->foot, sizeof batch->foot, "</%.*s>", (int)length,
	    (const char *)root + 1);
	batch->foot_size = strlen(batch->foot);
}

/* How many bytes after the head end with an interview; 0: none does. */
static size_t
find_cut(const struct ih_batch *batch)
{
	const unsigned char *start = batch->held->data + batch->head,
			    *end = batch->held->data + batch->held->size,
			    *at = end;

	while ((at = memrchr(start, '>', (size_t)(at - start))) != NULL) {
		const unsigned char *tag =
		    memrchr(start, '<', (size_t)(at - start));

		if (tag != NULL && tag[1] == '/' &&
		    is_named(tag + 2, name_length(tag + 2, at), "answers"))
			return (size_t)(at + 1 - start);
	}
	return 0;
}

static bool
parse_what_is_whole(struct ih_batch *batch, struct ih_error *err)
{
	size_t size = find_cut(batch);
	unsigned char *rest = batch->held->data + batch->head;

	batch->tried = size == 0 ? batch->held->size : 0;
	if (size == 0)
		return true;
	if (!parse_block(batch, size, batch->foot_size, err))
		return false;
	/* The foot ends where the next block begins to count, after the head.
	 */
	batch->lines +=
	    xmlSAX2GetLineNumber(batch->parser) - 1 - batch->head_lines;
	batch->held->size -= size;
	memmove(rest, rest + size, batch->held->size - batch->head + 1);
	return true;
}

/* ---- feeding */

/* Only what a UTF-8 document can begin with: libxml2 guesses from these. */
static bool
begins_well(const unsigned char *bytes, size_t size)
{
	return strchr("<\xef \n\t\r", bytes[0]) != NULL &&
	       memchr(bytes, 0, size < 4 ? size : 4) == NULL;
}

static void
start_stream(struct ih_batch *batch)
{
	batch->started = true;
	batch->head = 0;
	batch->is_list = false;
	batch->lines = 0;
	batch->tried = 0;
	ih_buffer_clear(batch->held);
}

static bool
feed_slice(struct ih_batch *batch, const char *bytes, size_t size,
    struct ih_error *err)
{
	struct ih_buffer *held = batch->held;

	ih_buffer_reserve(held, held->size + size + sizeof batch->foot);
	ih_buffer_add(held, bytes, size);
	if (batch->head == 0)
		look_for_head(batch);
	/* Where none ended, look again only once much more has come: bytes
	 * that trickle in must not be searched from the start each time. */
	if (batch->is_list && held->size - batch->head >= BLOCK &&
	    held->size >= batch->tried + BLOCK / 4 &&
	    !parse_what_is_whole(batch, err))
		return false;
	if (held->size > HELD_MAX)
		return end_stream(batch, "an interview larger than any of ours",
		    err);
	return true;
}

bool
ih_batch_feed(struct ih_batch *batch, const void *bytes, size_t size,
    struct ih_error *err)
{
	const char *at = bytes;

	if (size == 0)
		return true;
	if (!batch->started) {
		start_stream(batch);
		if (!begins_well(bytes, size))
			return end_stream(batch, "expected XML in UTF-8", err);
	}
	for (size_t n; size > 0; size -= n, at += n) {
		n = size < BLOCK / 4 ? size : BLOCK / 4;
		if (!feed_slice(batch, at, n, err))
			return false;
	}
	return true;
}

bool
ih_batch_end(struct ih_batch *batch, struct ih_error *err)
{
	bool fine;

	if (!batch->started)
		return end_stream(batch, "expected XML, got nothing", err);
	fine = parse_block(batch, batch->held->size - batch->head, 0, err);
	ih_buffer_clear(batch->held);
	batch->started = false;
	return fine;
}

uint64_t
ih_batch_done(const struct ih_batch *batch)
{
	return batch->done;
}

uint64_t
ih_batch_bad(const struct ih_batch *batch)
{
	return batch->bad;
}

/* ---- one line */

static void
add_words(struct ih_buffer *out, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			ih_buffer_add(out, " ", 1);
		ih_buffer_text(out, words[i]);
	}
}

void
ih_batch_line(const struct ih_batch_result *result, struct ih_buffer *out)
{
	static const char letters
	    [] = { [IH_FALSE] = 'f', [IH_TRUE] = 't', [IH_UNDETERMINED] = 'u' };
	const struct ih_bounds *b = result->bounds;
	char dimensions[IH_DIMENSIONS_MAX + 1] = { 0 };

	if (b == NULL) {
		ih_buffer_printf(out, "#%llu %s %s: %s",
		    (unsigned long long)result->index, result->id,
		    result->err->code, result->err->text);
		return;
	}
	for (size_t d = 0; d < result->framework->dimension_count; d++)
		dimensions[d] = letters[b->dimensions[d]];
	add_words(out,
	    (const char *const[]){ result->id,
		ih_outcome_name(b->at_least, b->at_most),
		ih_level_name(b->at_least), ih_level_name(b->at_most),
		dimensions },
	    5);
}
