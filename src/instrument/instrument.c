/* This is where the questions of an interview are read and linted. */
#include "ihala/instrument.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/text.h"
#include "ihala/xml.h"
#include "reach.h"

static const char *const types[IH_TYPES] = {
	[IH_CHOICE] = "choice",
	[IH_CHOICES] = "choices",
	[IH_NUMBER] = "number",
	[IH_DATE] = "date",
	[IH_TEXT] = "text",
};
static const char *const hows[IH_HOWS] = {
	[IH_ASK] = "ask",
	[IH_OBSERVE] = "observe",
	[IH_INTEGRATE] = "integrate",
};

const char *
ih_type_name(enum ih_type type)
{
	return types[type];
}

const char *
ih_how_name(enum ih_how how)
{
	return hows[how];
}
static const char *const parts[] = {
	[IH_FACTS] = "facts",
	[IH_IDENTITY] = "identity",
};

static const char *
maybe(struct ih_arena *arena, const xmlNode *node, const char *name)
{
	const char *value = ih_attr(node, name);

	return value != NULL ? ih_arena_text(arena, value) : NULL;
}

/* One that the schema demands. */
static const char *
attribute(struct ih_arena *arena, const xmlNode *node, const char *name)
{
	const char *value = maybe(arena, node, name);

	return value != NULL ? value : "";
}

/* ---- texts and sources */

struct ih_texts
ih_texts_read(struct ih_arena *arena, const xmlNode *node)
{
	struct ih_texts texts = { 0 };
	size_t count = ih_children(node, "text");

	texts.variants = ih_arena_take(arena, count * sizeof *texts.variants);
	for (xmlNode *n = ih_child(node, "text"); n; n = ih_next(n, "text")) {
		const char *tag = ih_lang_of(n), *text = ih_text_of(arena, n);
		struct ih_tongue tongue;

		if (!ih_tongue_parse(tag, &tongue))
			continue;
		if (tongue.country[0] == '\0')
			texts.in[tongue.lang] = text;
		else
			texts.variants[texts.variant_count++] =
			    (struct ih_variant){ ih_arena_text(arena, tag),
				    text };
	}
	return texts;
}

const char *
ih_texts_say(const struct ih_texts *texts, struct ih_tongue tongue)
{
	char tag[IH_TAG_TEXT];

	ih_tongue_tag(tongue, tag);
	for (size_t i = 0; i < texts->variant_count; i++)
		if (strcmp(texts->variants[i].tag, tag) == 0)
			return texts->variants[i].text;
	return texts->in[tongue.lang];
}

const struct ih_source *
ih_sources_read(struct ih_arena *arena, const xmlNode *node, size_t *count)
{
	struct ih_source *sources =
	    ih_arena_take(arena, ih_children(node, "source") * sizeof *sources);

	*count = 0;
	for (xmlNode *n = ih_child(node, "source"); n; n = ih_next(n, "source"))
		sources[(*count)++] = (struct ih_source){
			.text = ih_text_of(arena, n),
			.confidence = maybe(arena, n, "confidence"),
			.article = maybe(arena, n, "article"),
			.checked = maybe(arena, n, "checked"),
		};
	return sources;
}

/* ---- looking up */

/* With the length the head of a code of at most eight bytes is all of it. */
static struct ih_key
key_of(const char *code, size_t length)
{
	const size_t most = sizeof(uint64_t);

	return (struct ih_key){
		.head = ih_text_word(code, length < most ? length : most),
		.length = length,
	};
}

#define CODE_SLOTS (sizeof((struct ih_choices *)NULL)->slots)

_Static_assert(CODE_SLOTS == 128, "seven bits tell a slot");

/* Of a product the top bits hang on all of the key. */
static size_t
slot_of(struct ih_key key)
{
	return key.head * UINT64_C(0x9e3779b97f4a7c15) >> 57;
}

static size_t
next_slot(size_t s)
{
	return (s + 1) % CODE_SLOTS;
}

int
ih_choices_find(const struct ih_choices *choices, const char *code,
    size_t length)
{
	struct ih_key key = key_of(code, length);

	for (size_t s = slot_of(key); choices->slots[s] != 0;
	     s = next_slot(s)) {
		int i = choices->slots[s] - 1;

		if (choices->keys[i].head == key.head &&
		    choices->keys[i].length == length &&
		    (length <= sizeof key.head ||
			ih_text_same(choices->list[i].code, code, length)))
			return i;
	}
	return -1;
}

static void
add_choice(struct ih_choices *list, struct ih_choice choice)
{
	struct ih_key key = key_of(choice.code, choice.length);
	size_t s = slot_of(key);

	while (list->slots[s] != 0)
		s = next_slot(s);
	list->keys[list->count] = key;
	list->list[list->count] = choice;
	list->slots[s] = (uint8_t)++list->count;
}

/* FNV-1a. */
static size_t
hash(const char *id, size_t length)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < length; i++)
		h = (h ^ (unsigned char)id[i]) * 16777619U;
	return h;
}

const struct ih_item *
ih_instrument_find(const struct ih_instrument *instrument, const char *id,
    size_t length)
{
	size_t mask = instrument->slot_mask;

	for (size_t s = hash(id, length) & mask; instrument->slots[s] != 0;
	     s = (s + 1) & mask) {
		const struct ih_item *item =
		    &instrument->items[instrument->slots[s] - 1];

		if (item->length == length &&
		    ih_text_same(item->id, id, length))
			return item;
	}
	return NULL;
}

const struct ih_item *
ih_instrument_item(const struct ih_instrument *instrument, const char *id)
{
	return ih_instrument_find(instrument, id, strlen(id));
}

static void
add_slot(struct ih_instrument *instrument, const struct ih_item *item)
{
	size_t s = hash(item->id, item->length) & instrument->slot_mask;

	while (instrument->slots[s] != 0)
		s = (s + 1) & instrument->slot_mask;
	instrument->slots[s] = (uint16_t)(item->at + 1);
}

static void
make_slots(struct ih_instrument *instrument, size_t items)
{
	size_t size = 16;

	while (size < 4 * items)
		size *= 2;
	instrument->slot_mask = size - 1;
	instrument->slots =
	    ih_arena_take(instrument->arena, size * sizeof *instrument->slots);
}

/* ---- reading */

struct reader {
	struct ih_instrument *into;
	struct ih_arena *arena;
	struct ih_faults *faults;
};

static const struct ih_choices *
list_named(const struct ih_instrument *instrument, const char *id)
{
	for (size_t i = 0; i < instrument->list_count; i++)
		if (strcmp(instrument->lists[i].id, id) == 0)
			return &instrument->lists[i];
	return NULL;
}

static void
read_choice(struct reader *r, const xmlNode *node, struct ih_choices *list)
{
	const char *code = attribute(r->arena, node, "code");
	size_t length = strlen(code);

	if (ih_choices_find(list, code, length) >= 0) {
		ih_fault(r->faults, ih_line(node),
		    "choice list \"%s\" has code \"%s\" twice", list->id, code);
		return;
	}
	add_choice(list, (struct ih_choice){ .code = code,
			     .length = length,
			     .texts = ih_texts_read(r->arena, node) });
}

static void
read_list(struct reader *r, const xmlNode *node)
{
	size_t count = ih_children(node, "choice");
	struct ih_choices list = { .id = attribute(r->arena, node, "id") };

	if (list_named(r->into, list.id) != NULL)
		ih_fault(r->faults, ih_line(node),
		    "there are two choice lists \"%s\"", list.id);
	if (count > IH_CODES_MAX) {
		ih_fault(r->faults, ih_line(node),
		    "choice list \"%s\" has %zu codes; at most %d are taken",
		    list.id, count, IH_CODES_MAX);
		count = IH_CODES_MAX;
	}
	list.list = ih_arena_take(r->arena, count * sizeof *list.list);
	list.keys = ih_arena_take(r->arena, count * sizeof *list.keys);
	for (xmlNode *n = ih_child(node, "choice"); n && count > 0;
	     n = ih_next(n, "choice"), count--)
		read_choice(r, n, &list);
	r->into->lists[r->into->list_count++] = list;
}

static void
read_range(struct reader *r, const xmlNode *node, struct ih_item *item)
{
	const char *least = attribute(r->arena, node, "least"),
		   *most = attribute(r->arena, node, "most");

	item->least = strtoll(least, NULL, 10);
	item->most = strtoll(most, NULL, 10);
	if (strlen(least) > 10 || strlen(most) > 10 || item->least > item->most)
		ih_fault(r->faults, ih_line(node),
		    "item \"%s\" takes no number: least must not be above "
		    "most, each of at most nine digits",
		    item->id);
}

static void
read_type(struct reader *r, const xmlNode *node, struct ih_item *item)
{
	item->type = (enum ih_type)ih_attr_word(node, "type", types, IH_TYPES);
	if (item->type == IH_NUMBER)
		read_range(r, node, item);
	if (item->type != IH_CHOICE && item->type != IH_CHOICES)
		return;
	item->choices =
	    list_named(r->into, attribute(r->arena, node, "choices"));
	if (item->choices == NULL) {
		/* An empty list, so that what follows can still be linted. */
		static const struct ih_choices none = { .id = "" };

		ih_fault(r->faults, ih_line(node),
		    "item \"%s\" names a choice list that is not there",
		    item->id);
		item->choices = &none;
	}
}

static struct ih_condition
read_ask_if(struct reader *r, const xmlNode *parent, size_t before)
{
	const xmlNode *node = ih_child(parent, "ask-if");
	struct ih_scope scope = { .instrument = r->into, .before = before };
	struct ih_condition condition = { 0 };

	if (node != NULL)
		ih_condition_compile(ih_child(node, NULL), &scope, r->arena,
		    &condition, r->faults);
	return condition;
}

static struct ih_texts
read_texts_in(struct reader *r, const xmlNode *node, const char *name)
{
	const xmlNode *inner = ih_child(node, name);

	return inner != NULL ? ih_texts_read(r->arena, inner) :
			       (struct ih_texts){ 0 };
}

/* So that an ask-if can say "later" rather than "there is none", all ids are
 * known before the first condition is read. */
static void
name_item(struct reader *r, const xmlNode *node, size_t section)
{
	struct ih_item *item = &r->into->items[r->into->item_count];

	item->id = attribute(r->arena, node, "id");
	item->length = strlen(item->id);
	item->section = section;
	item->at = r->into->item_count++;
	if (ih_instrument_item(r->into, item->id) != NULL)
		ih_fault(r->faults, ih_line(node), "there are two items \"%s\"",
		    item->id);
	else
		add_slot(r->into, item);
}

static void
read_item(struct reader *r, const xmlNode *node, struct ih_item *item)
{
	item->how = (enum ih_how)ih_attr_word(node, "how", hows, IH_HOWS);
	item->part =
	    (enum ih_part)ih_attr_word(node, "part", parts, IH_STATISTICS);
	item->question = read_texts_in(r, node, "question");
	item->note = read_texts_in(r, node, "note");
	read_type(r, node, item);
}

static void
read_section(struct reader *r, const xmlNode *node)
{
	struct ih_section *section = &r->into->sections[r->into->section_count];

	section->id = attribute(r->arena, node, "id");
	section->title = read_texts_in(r, node, "title");
	section->first = r->into->item_count;
	for (size_t i = 0; i < r->into->section_count; i++)
		if (strcmp(r->into->sections[i].id, section->id) == 0)
			ih_fault(r->faults, ih_line(node),
			    "there are two sections \"%s\"", section->id);
	for (xmlNode *n = ih_child(node, "item"); n; n = ih_next(n, "item")) {
		name_item(r, n, r->into->section_count);
		read_item(r, n, &r->into->items[r->into->item_count - 1]);
		section->count++;
	}
	r->into->section_count++;
}

static void
read_skips(struct reader *r, const xmlNode *node, struct ih_section *section)
{
	struct ih_item *item = &r->into->items[section->first];

	section->ask_if = read_ask_if(r, node, section->first);
	for (xmlNode *n = ih_child(node, "item"); n;
	     n = ih_next(n, "item"), item++) {
		item->own_if = read_ask_if(r, n, item->at);
		item->ask_if =
		    ih_condition_both(r->arena, section->ask_if, item->own_if);
	}
}

static void
read_all_skips(struct reader *r, const xmlNode *root)
{
	struct ih_section *section = r->into->sections;

	for (xmlNode *n = ih_child(root, "section"); n;
	     n = ih_next(n, "section"), section++)
		read_skips(r, n, section);
}

static void
check_reach(struct reader *r, const xmlNode *root)
{
	const struct ih_item *item = r->into->items;
	size_t work = IH_REACH_WORK;

	for (xmlNode *s = ih_child(root, "section"); s;
	     s = ih_next(s, "section"))
		for (xmlNode *n = ih_child(s, "item"); n;
		     n = ih_next(n, "item"), item++)
			if (!ih_can_be_asked(r->into, &item->ask_if, &work))
				ih_fault(r->faults, ih_line(n),
				    "item \"%s\" can never be asked: no "
				    "answers "
				    "before it make its ask-if hold",
				    item->id);
}

static size_t
count_items(const xmlNode *root)
{
	size_t count = 0;

	for (xmlNode *n = ih_child(root, "section"); n;
	     n = ih_next(n, "section"))
		count += ih_children(n, "item");
	return count;
}

static void
read_head(struct reader *r, const xmlNode *root)
{
	struct ih_instrument *into = r->into;

	into->id = attribute(r->arena, root, "id");
	into->version = attribute(r->arena, root, "version");
	into->status = attribute(r->arena, root, "status");
	into->title = read_texts_in(r, root, "title");
	into->sources = ih_sources_read(r->arena, root, &into->source_count);
}

static bool
read_root(struct reader *r, const xmlNode *root)
{
	struct ih_instrument *into = r->into;
	size_t items = count_items(root);

	read_head(r, root);
	if (items > IH_ITEMS_MAX)
		return ih_fault(r->faults, ih_line(root),
		    "%zu items; at most %d are taken", items, IH_ITEMS_MAX);
	make_slots(into, items);
	into->lists = ih_arena_take(r->arena,
	    ih_children(root, "choices") * sizeof *into->lists);
	into->sections = ih_arena_take(r->arena,
	    ih_children(root, "section") * sizeof *into->sections);
	into->items = ih_arena_take(r->arena, items * sizeof *into->items);
	for (xmlNode *n = ih_child(root, "choices"); n;
	     n = ih_next(n, "choices"))
		read_list(r, n);
	for (xmlNode *n = ih_child(root, "section"); n;
	     n = ih_next(n, "section"))
		read_section(r, n);
	read_all_skips(r, root);
	if (r->faults->count == 0)
		check_reach(r, root);
	return r->faults->count == 0;
}

static struct ih_instrument *
instrument_new(void)
{
	struct ih_arena *arena = ih_arena_new();
	struct ih_instrument *made = ih_arena_take(arena, sizeof *made);

	made->arena = arena;
	return made;
}

struct ih_instrument *
ih_instrument_read(struct ih_schema *schema, const char *name,
    const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_schema_parse(schema, name, bytes, size, err);
	struct ih_faults faults = ih_faults_to(err, name);

	if (doc == NULL)
		return NULL;
	IH_OWNED(ih_instrument) into = instrument_new();
	struct reader r = { into, into->arena, &faults };

	if (!read_root(&r, xmlDocGetRootElement(doc)))
		return NULL;
	ih_digest_text(bytes, size, into->digest);
	return IH_GIVE(into);
}

struct ih_instrument *
ih_instrument_load(struct ih_library *library, const char *id,
    struct ih_error *err)
{
	char name[128];

	snprintf(name, sizeof name, "xml/instrument/%s.xml", id);
	IH_OWNED(ih_buffer) bytes = ih_library_read(library, name, err);
	if (bytes == NULL)
		return NULL;
	IH_OWNED(ih_schema) schema = ih_schema_load(library, "instrument", err);
	if (schema == NULL)
		return NULL;
	IH_OWNED(ih_instrument) read =
	    ih_instrument_read(schema, name, bytes->data, bytes->size, err);
	if (read != NULL && strcmp(read->id, id) != 0) {
		ih_fail(err, IH_INPUT, "%s: the id inside is another one",
		    name);
		return NULL;
	}
	return IH_GIVE(read);
}

bool
ih_instrument_check(struct ih_schema *schema, const char *name,
    const void *bytes, size_t size, ih_fault_each *each, void *with)
{
	struct ih_error err = { 0 };
	struct ih_faults faults = { .name = name, .each = each, .with = with };
	IH_OWNED(xmlDoc) doc = ih_schema_parse(schema, name, bytes, size, &err);

	if (doc == NULL) {
		each(err.text, with);
		return false;
	}
	IH_OWNED(ih_instrument) into = instrument_new();
	struct reader r = { into, into->arena, &faults };

	return read_root(&r, xmlDocGetRootElement(doc));
}

void
ih_instrument_free(struct ih_instrument *instrument)
{
	if (instrument != NULL)
		ih_arena_free(instrument->arena);
}
