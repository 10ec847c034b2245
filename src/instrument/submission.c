/* This is where a submission from a phone becomes an interview. */
#include "ihala/submission.h"

#include <stdio.h>
#include <string.h>

#include "ihala/answers.h"
#include "ihala/date.h"
#include "ihala/element.h"
#include "ihala/id.h"
#include "ihala/node.h"

#define UNKNOWN "_unknown"
#define REFUSED "_refused"
#define WHY "_why"
#define SAID_MAX IH_CODES_MAX /* values of one item */

/* What clients add on their own; it says nothing of the person. */
static const char *const passed_over[] = { "meta", "start", "end", "today",
	"deviceid", "__version__", "formhub", "_version_" };

/* ---- elements by their local name: clients differ in namespaces */

static bool
is_named(const xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE &&
	       strcmp((const char *)n->name, name) == 0;
}

static const xmlNode *
child(const xmlNode *of, const char *name)
{
	const xmlNode *n = of != NULL ? of->children : NULL;

	while (n != NULL && !is_named(n, name))
		n = n->next;
	return n;
}

static const char *
text_at(struct ih_arena *arena, const xmlNode *of, const char *name)
{
	const xmlNode *n = child(of, name);

	return n != NULL ? ih_text_of(arena, n) : NULL;
}

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* ---- what it says of itself */

bool
ih_submission_head(const xmlDoc *doc, struct ih_arena *arena,
    struct ih_submitted *head, struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	const char *encrypted = ih_attr(root, "encrypted");
	const xmlNode *media = child(root, "media");

	*head = (struct ih_submitted){ .form = ih_attr(root, "id"),
		.version = or_empty(ih_attr(root, "version")),
		.encrypted =
		    encrypted != NULL && strcmp(encrypted, "yes") == 0 };
	head->instance = text_at(arena, child(root, "meta"), "instanceID");
	if (head->form == NULL || head->form[0] == '\0' ||
	    head->instance == NULL)
		return ih_fail_code(err, IH_INPUT, "E_ODK_FORM", "line %ld",
		    ih_line(root));
	if (!head->encrypted)
		return true;
	head->key = text_at(arena, root, "base64EncryptedKey");
	head->file = text_at(arena, root, "encryptedXmlFile");
	head->signature =
	    text_at(arena, root, "base64EncryptedElementSignature");
	if (head->key == NULL || head->file == NULL || head->signature == NULL)
		return ih_fail_code(err, IH_INPUT, "E_ODK_FORM", "line %ld",
		    ih_line(root));
	return media == NULL || child(media, "file") == NULL ||
	       ih_fail_code(err, IH_INPUT, "E_ODK_PICTURES", "line %ld",
		   ih_line(media));
}

/* ---- what was said of each item */

struct said {
	enum ih_state state; /* IH_BLANK: nothing */
	const char *values[SAID_MAX];
	size_t count;
};

struct reading {
	struct ih_arena *arena;
	const struct ih_instrument *instrument;
	struct said *said; /* one for each item */
	struct ih_error *err;
};

static bool
say_value(struct reading *r, const struct ih_item *item, const char *value,
    const xmlNode *at)
{
	struct said *said = &r->said[item->at];

	for (size_t i = 0; i < said->count; i++)
		if (strcmp(said->values[i], value) == 0)
			return true;
	if (said->count == SAID_MAX ||
	    (said->count > 0 && item->type != IH_CHOICES) ||
	    (said->state != IH_BLANK && said->state != IH_GIVEN))
		return ih_fail_code(r->err, IH_INPUT, "E_ODK_STATE",
		    "line %ld: %s", ih_line(at), item->id);
	said->state = IH_GIVEN;
	said->values[said->count++] = value;
	return true;
}

static bool
say_state(struct reading *r, const struct ih_item *item, enum ih_state state,
    const xmlNode *at)
{
	struct said *said = &r->said[item->at];

	if (said->state != IH_BLANK && said->state != state)
		return ih_fail_code(r->err, IH_INPUT, "E_ODK_STATE",
		    "line %ld: %s", ih_line(at), item->id);
	said->state = state;
	return true;
}

static bool
say_code(struct reading *r, const struct ih_item *item, const char *code,
    const xmlNode *at)
{
	if (strcmp(code, UNKNOWN) == 0)
		return say_state(r, item, IH_UNKNOWN, at);
	if (strcmp(code, REFUSED) == 0)
		return say_state(r, item, IH_REFUSED, at);
	return say_value(r, item, code, at);
}

/* The next word of *TEXT, cut off; NULL: there is none. */
static char *
next_word(char **text)
{
	char *word = *text + strspn(*text, " \t\r\n");
	size_t size = strcspn(word, " \t\r\n");

	if (size == 0)
		return NULL;
	*text = word + size;
	if (**text != '\0')
		*(*text)++ = '\0';
	return word;
}

/* ---- a form of ours */

static bool
take_words(struct reading *r, const struct ih_item *item, const xmlNode *at)
{
	char *rest = ih_arena_text(r->arena, ih_text_of(r->arena, at)), *word;

	while ((word = next_word(&rest)) != NULL)
		if (!say_code(r, item, word, at))
			return false;
	return true;
}

static bool
unknown_element(struct reading *r, const xmlNode *at)
{
	return ih_fail_code(r->err, IH_INPUT, "E_ODK_ELEMENT", "line %ld",
	    ih_line(at));
}

/* The item that NAME is about in SECTION; *WHY: it says why there is no
 * answer. */
static const struct ih_item *
item_of(const struct reading *r, const struct ih_section *section,
    const char *name, bool *why)
{
	size_t size = strlen(name), tail = strlen(WHY);
	const struct ih_item *item;

	*why = size > tail && strcmp(name + size - tail, WHY) == 0;
	item =
	    ih_instrument_find(r->instrument, name, *why ? size - tail : size);
	return item != NULL &&
		       &r->instrument->sections[item->section] == section ?
		   item :
		   NULL;
}

static bool
take_element(struct reading *r, const struct ih_section *section,
    const xmlNode *n)
{
	bool why;
	const struct ih_item *item =
	    item_of(r, section, (const char *)n->name, &why);
	const char *text = ih_text_of(r->arena, n);

	if (item == NULL)
		return unknown_element(r, n);
	if (text[0] == '\0')
		return true;
	return why || item->choices != NULL ? take_words(r, item, n) :
					      say_value(r, item, text, n);
}

static bool
take_section(struct reading *r, const xmlNode *group)
{
	for (size_t s = 0; s < r->instrument->section_count; s++) {
		const struct ih_section *section = &r->instrument->sections[s];

		if (!is_named(group, section->id))
			continue;
		for (const xmlNode *n = group->children; n; n = n->next)
			if (n->type == XML_ELEMENT_NODE &&
			    !take_element(r, section, n))
				return false;
		return true;
	}
	return unknown_element(r, group);
}

static bool
is_passed_over(const xmlNode *n)
{
	for (size_t i = 0; i < sizeof passed_over / sizeof passed_over[0]; i++)
		if (is_named(n, passed_over[i]))
			return true;
	return n->type != XML_ELEMENT_NODE;
}

static bool
take_ours(struct reading *r, const xmlNode *root)
{
	for (const xmlNode *n = root->children; n != NULL; n = n->next)
		if (!is_passed_over(n) && !is_named(n, "_interview") &&
		    !is_named(n, "_end") && !take_section(r, n))
			return false;
	return true;
}

/* ---- a form that somebody else published */

static const xmlNode *
field_named(const xmlNode *mapping, const char *name)
{
	const xmlNode *field = ih_child(mapping, "field");

	while (field != NULL && strcmp(ih_attr(field, "name"), name) != 0)
		field = ih_next(field, "field");
	return field;
}

/* A field under whatever of its spellings. */
static const xmlNode *
field_of(const xmlNode *mapping, const char *name)
{
	const xmlNode *field = field_named(mapping, name);
	const char *as = field != NULL ? ih_attr(field, "as") : NULL;

	return as != NULL ? field_named(mapping, as) : field;
}

static const xmlNode *
row_of(const xmlNode *field, const char *code)
{
	const xmlNode *row = ih_child(field, "code");

	while (row != NULL && ih_attr(row, "any") == NULL &&
	       strcmp(ih_attr(row, "is"), code) != 0)
		row = ih_next(row, "code");
	return row;
}

static bool
take_row(struct reading *r, const xmlNode *row, const char *code,
    const xmlNode *at)
{
	const char *id = ih_attr(row, "item"), *state = ih_attr(row, "state");
	const struct ih_item *item =
	    id != NULL ? ih_instrument_item(r->instrument, id) : NULL;

	if (id == NULL)
		return true;
	if (item == NULL)
		return ih_fail_code(r->err, IH_INPUT, "E_ITEM", "%s", id);
	if (state != NULL)
		return say_state(r, item,
		    (enum ih_state)ih_state_of(state, strlen(state)), at);
	return say_value(r, item,
	    ih_attr(row, "same") != NULL ? code : ih_attr(row, "value"), at);
}

static bool
take_mapped_codes(struct reading *r, const xmlNode *field, const xmlNode *n)
{
	char *rest = ih_arena_text(r->arena, ih_text_of(r->arena, n)), *word;

	while ((word = next_word(&rest)) != NULL) {
		const xmlNode *row = row_of(field, word);

		if (row == NULL)
			return ih_fail_code(r->err, IH_INPUT, "E_CODE",
			    "line %ld: %s", ih_line(n), (const char *)n->name);
		if (!take_row(r, row, word, n))
			return false;
	}
	return true;
}

/* Several fields of one text are joined. */
static bool
take_mapped_text(struct reading *r, const char *id, const xmlNode *n)
{
	const struct ih_item *item = ih_instrument_item(r->instrument, id);
	const char *text = ih_text_of(r->arena, n);

	if (item == NULL)
		return ih_fail_code(r->err, IH_INPUT, "E_ITEM", "%s", id);
	struct said *said = &r->said[item->at];
	if (text[0] == '\0')
		return true;
	if (said->count == 0 || item->type != IH_TEXT)
		return say_value(r, item, text, n);
	said->values[0] =
	    ih_arena_printf(r->arena, "%s %s", said->values[0], text);
	return true;
}

static bool
take_mapped(struct reading *r, const xmlNode *mapping, const xmlNode *root)
{
	for (const xmlNode *n = root->children; n != NULL; n = n->next) {
		if (is_passed_over(n))
			continue;
		const xmlNode *field = field_of(mapping, (const char *)n->name);
		if (field == NULL)
			return unknown_element(r, n);
		if (ih_attr(field, "left-out") != NULL)
			continue;
		const char *item = ih_attr(field, "item");
		if (item != NULL ? !take_mapped_text(r, item, n) :
				   !take_mapped_codes(r, field, n))
			return false;
	}
	return true;
}

/* ---- the interview as a whole */

/* What answers.rng lets <interview> say, and nothing else. */
static bool
may_say(const char *name, const char *value, struct ih_error *err)
{
	return ih_interview_says(name, value, strlen(value)) ||
	       ih_fail_code(err, IH_INPUT, "E_ODK_INTERVIEW", "%s", name);
}

struct whole {
	char id[IH_UUID_TEXT];
	char day[IH_DATE_TEXT];
	const char *digest, *committee, *channel, *language;
	bool stopped, training;
};

/* "uuid:1F2E..." */
static bool
read_id(const xmlNode *root, struct ih_arena *arena, struct whole *whole,
    struct ih_error *err)
{
	const char *id =
	    or_empty(text_at(arena, child(root, "meta"), "instanceID"));

	if (strncmp(id, "uuid:", 5) == 0)
		id += 5;
	snprintf(whole->id, sizeof whole->id, "%s", id);
	for (char *c = whole->id; *c != '\0'; c++)
		*c = (char)(*c >= 'A' && *c <= 'F' ? *c + 'a' - 'A' : *c);
	return (strlen(id) == IH_UUID_TEXT - 1 && ih_uuid_is(whole->id)) ||
	       ih_fail_code(err, IH_INPUT, "E_ODK_INSTANCE", "instanceID");
}

/* The day of a date or of an instant. */
static bool
read_day(const char *text, struct whole *whole, struct ih_error *err)
{
	struct ih_date date;

	snprintf(whole->day, sizeof whole->day, "%.10s", or_empty(text));
	return (ih_date_parse(whole->day, &date) && date.day != 0) ||
	       ih_fail_code(err, IH_INPUT, "E_ODK_DATE", "%s",
		   "the day of the interview");
}

static bool
read_ours(const xmlNode *root, struct ih_arena *arena, struct whole *whole,
    struct ih_error *err)
{
	const xmlNode *about = child(root, "_interview");
	const char *stopped =
	    or_empty(text_at(arena, child(root, "_end"), "stopped"));
	const char *training = or_empty(text_at(arena, about, "training"));
	const char *committee = or_empty(text_at(arena, about, "committee"));

	whole->digest = or_empty(text_at(arena, about, "digest"));
	whole->channel = or_empty(text_at(arena, about, "channel"));
	whole->language = or_empty(text_at(arena, about, "language"));
	if (committee[0] != '\0')
		whole->committee = committee;
	whole->stopped = strcmp(stopped, "yes") == 0;
	whole->training = strcmp(training, "true") == 0;
	return read_day(text_at(arena, about, "date"), whole, err) &&
	       may_say("channel", whole->channel, err) &&
	       may_say("language", whole->language, err) &&
	       may_say("committee", whole->committee, err);
}

static bool
read_mapped(const xmlNode *root, const xmlNode *mapping, struct ih_arena *arena,
    struct whole *whole, struct ih_error *err)
{
	const char *day = text_at(arena, root, ih_attr(mapping, "date"));

	whole->channel = ih_attr(mapping, "channel");
	whole->language = ih_attr(mapping, "language");
	return read_day(or_empty(day)[0] != '\0' ?
			    day :
			    text_at(arena, root, "start"),
	    whole, err);
}

static void
write_answer(struct ih_writer *w, const struct ih_item *item,
    const struct said *said)
{
	if (said->state == IH_BLANK)
		return;
	ih_open(w, "answer");
	ih_put(w, "item", item->id);
	if (item->how == IH_OBSERVE)
		ih_put(w, "by", "observed");
	if (said->state != IH_GIVEN)
		ih_put(w, "state", ih_state_name(said->state));
	for (size_t i = 0; i < said->count; i++)
		ih_leaf(w, "value", said->values[i]);
	ih_close(w);
}

static struct ih_buffer *
write_all(const struct reading *r, const char *version,
    const struct whole *whole, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	ih_open(&w, "answers");
	ih_put(&w, "xmlns", "urn:ihala:answers:1");
	ih_put(&w, "id", whole->id);
	ih_put(&w, "instrument", r->instrument->id);
	ih_put(&w, "version", version);
	ih_put(&w, "digest", whole->digest);
	ih_put_if(&w, "training", whole->training ? "true" : "");
	ih_open(&w, "interview");
	ih_put(&w, "date", whole->day);
	ih_put(&w, "committee", whole->committee);
	ih_put(&w, "channel", whole->channel);
	ih_put(&w, "language", whole->language);
	ih_put_if(&w, "stopped", whole->stopped ? "true" : "");
	ih_close(&w);
	for (size_t i = 0; i < r->instrument->item_count; i++)
		write_answer(&w, &r->instrument->items[i], &r->said[i]);
	ih_close(&w);
	return ih_write_end(&w, err) ? IH_GIVE(out) : NULL;
}

struct ih_buffer *
ih_submission_answers(const xmlDoc *doc, const struct ih_instrument *instrument,
    const xmlDoc *mapping, const char *committee, bool training,
    struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	const xmlNode *map =
	    mapping != NULL ? xmlDocGetRootElement(mapping) : NULL;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct reading r = { .arena = arena,
		.instrument = instrument,
		.said = ih_arena_take(arena,
		    instrument->item_count * sizeof *r.said),
		.err = err };
	struct whole whole = { .digest = instrument->digest,
		.committee = committee,
		.training = training };
	const char *version = ih_attr(root, "version");

	if (!read_id(root, arena, &whole, err) ||
	    !(map != NULL ? read_mapped(root, map, arena, &whole, err) :
			    read_ours(root, arena, &whole, err)) ||
	    !(map != NULL ? take_mapped(&r, map, root) : take_ours(&r, root)))
		return NULL;
	return write_all(&r,
	    map != NULL ? instrument->version : or_empty(version), &whole, err);
}
