/*
 * This is where it is computed, from all that was ever said, what the person
 * agrees to on a day.
 */
#include "ihala/consent.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

#define NAME "xml/consent/purposes.xml"
#define ANY "any"

static bool
same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* ---- what counts */

/* Is the word that begins WORD, LENGTH bytes, one of LIST? */
static bool
has_word(const char *list, const char *word, size_t length)
{
	for (; *list != '\0'; list += strspn(list, " ")) {
		size_t here = strcspn(list, " ");

		if (here == length && strncmp(list, word, here) == 0)
			return true;
		list += here;
	}
	return false;
}

bool
ih_consent_names(const char *list, const char *word)
{
	return has_word(list, word, strlen(word));
}

bool
ih_consent_names_all(const char *list, const char *words)
{
	for (; *words != '\0'; words += strspn(words, " ")) {
		size_t length = strcspn(words, " ");

		if (!has_word(list, words, length))
			return false;
		words += length;
	}
	return true;
}

/* How an entry speaks of something. */
enum concern { NOT_AT_ALL = -1, IN_GENERAL, BY_NAME };

static enum concern
concerns(const char *list, const char *what)
{
	if (ih_consent_names(list, what))
		return BY_NAME;
	return same(list, ANY) ? IN_GENERAL : NOT_AT_ALL;
}

const char *
ih_consent_state(const struct ih_consent_entry *entry, const char *day)
{
	bool holds =
	    same(entry->state, "given") ||
	    (same(entry->state, "not-able") && entry->basis[0] != '\0');

	return holds && entry->until[0] != '\0' &&
		       strcmp(entry->until, day) < 0 ?
		   "expired" :
		   entry->state;
}

bool
ih_consent_permits(const struct ih_consent_entry *entry, const char *day)
{
	const char *state = ih_consent_state(entry, day);

	return same(state, "given") ||
	       (same(state, "not-able") && entry->basis[0] != '\0');
}

/* A yes for later is not one yet; a no holds from the moment it is said. */
static bool
is_yet_to_come(const struct ih_consent_entry *entry, const char *day)
{
	return ih_consent_permits(entry, day) && strcmp(entry->from, day) > 0;
}

/* What stands against it, by how particular it was about recipient and
 * category: the last no, and the last that the person said. */
struct standing {
	const struct ih_consent_entry *no[2][2], *refused[2][2];
};

static void
stand(struct standing *standing, const struct ih_consent_entry *no,
    enum concern to, enum concern of)
{
	standing->no[to][of] = no;
	if (same(no->state, "refused") || same(no->state, "withdrawn"))
		standing->refused[to][of] = no;
}

/* YES lifts what is no more particular than it is; a legal basis lifts
 * nothing that the person said. */
static void
lift(struct standing *standing, const struct ih_consent_entry *yes,
    enum concern to, enum concern of)
{
	bool by_the_person = same(yes->state, "given");

	for (int t = IN_GENERAL; t <= (int)to; t++)
		for (int o = IN_GENERAL; o <= (int)of; o++) {
			if (by_the_person)
				standing->refused[t][o] = NULL;
			standing->no[t][o] = standing->refused[t][o];
		}
}

const struct ih_consent_entry *
ih_consent_decides(const struct ih_consent_entry *entries, size_t count,
    const struct ih_consent_question *question)
{
	struct standing standing = { 0 };
	const struct ih_consent_entry *last = NULL;

	for (const struct ih_consent_entry *e = entries; e < entries + count;
	     e++) {
		enum concern to = concerns(e->recipient, question->recipient);
		enum concern of = concerns(e->categories, question->category);

		if (to == NOT_AT_ALL || of == NOT_AT_ALL ||
		    !same(e->purpose, question->purpose) ||
		    same(e->state, "superseded") ||
		    is_yet_to_come(e, question->day))
			continue;
		last = e;
		if (ih_consent_permits(e, question->day))
			lift(&standing, e, to, of);
		else
			stand(&standing, e, to, of);
	}
	for (int i = 3; i >= 0; i--)
		if (standing.no[i / 2][i % 2] != NULL)
			return standing.no[i / 2][i % 2];
	return last;
}

/* ---- categories, as consent.rng lists them */

const struct ih_data_category *
ih_data_category(size_t at)
{
	static const struct ih_data_category all[] = {
		{ "facts", IH_FACTS },
		{ "identity", IH_IDENTITY },
		{ "contact", IH_IDENTITY },
		{ "health", IH_FACTS },
	};

	return at < sizeof all / sizeof all[0] ? &all[at] : NULL;
}

const char *
ih_data_category_of(enum ih_part part)
{
	return part == IH_IDENTITY ? "identity" : "facts";
}

/* ---- flags */

static const struct {
	const char *name, *code;
} flags[IH_FLAGS] = {
	[IH_FLAG_FEAR] = { "fear", "E_FEARS" },
	[IH_FLAG_ASYLUM] = { "asylum", "E_ASYLUM" },
	[IH_FLAG_CONTACT] = { "contact", "E_CONTACT" },
};

const char *
ih_flag_name(enum ih_flag flag)
{
	return flags[flag].name;
}

const char *
ih_flag_code(enum ih_flag flag)
{
	return flags[flag].code;
}

bool
ih_flag_parse(const char *name, enum ih_flag *flag)
{
	for (int i = 0; i < IH_FLAGS; i++)
		if (same(flags[i].name, name)) {
			*flag = (enum ih_flag)i;
			return true;
		}
	return false;
}

static bool
is_raised(const struct ih_flag_entry *entries, size_t count, enum ih_flag flag,
    const char *about)
{
	bool raised = false;

	for (size_t i = 0; i < count; i++)
		if (entries[i].flag == flag && same(entries[i].about, about))
			raised = entries[i].raised;
	return raised;
}

/* A flag about no state in particular. */
static bool
blocks_in_general(enum ih_flag flag, bool abroad, const char *category)
{
	switch (flag) {
	case IH_FLAG_ASYLUM:
		return abroad;
	case IH_FLAG_CONTACT:
		return same(category, "contact");
	default:
		return true;
	}
}

bool
ih_flag_blocks(const struct ih_flag_entry *entries, size_t count,
    enum ih_flag flag, const char *country, bool abroad, const char *category)
{
	return is_raised(entries, count, flag, country) ||
	       (is_raised(entries, count, flag, ANY) &&
		   blocks_in_general(flag, abroad, category));
}

bool
ih_flag_asked(const struct ih_flag_entry *entries, size_t count,
    enum ih_flag flag)
{
	for (size_t i = 0; i < count; i++)
		if (entries[i].flag == flag)
			return true;
	return false;
}

/* ---- what is asked, in which words */

/* The values of ATTRIBUTE of the children NAME; NULL ends the list. */
static const char *const *
list_of(struct ih_arena *arena, const xmlNode *node, const char *name,
    const char *attribute)
{
	const char **list =
	    ih_arena_take(arena, (ih_children(node, name) + 1) * sizeof *list);
	size_t at = 0;

	for (const xmlNode *n = ih_child(node, name); n; n = ih_next(n, name))
		list[at++] = ih_arena_text(arena, ih_attr(n, attribute));
	return list;
}

static void
read_purposes(struct ih_consents *c, const xmlNode *root)
{
	struct ih_consent_purpose *at =
	    ih_arena_take(c->arena, ih_children(root, "purpose") * sizeof *at);

	c->purposes = at;
	for (const xmlNode *n = ih_child(root, "purpose"); n != NULL;
	     n = ih_next(n, "purpose"), c->purpose_count++)
		*at++ = (struct ih_consent_purpose){
			.id = ih_arena_text(c->arena, ih_attr(n, "id")),
			.name = ih_texts_read(c->arena, ih_child(n, "name")),
			.said = ih_texts_read(c->arena, ih_child(n, "said")),
			.days = (int)strtol(ih_attr(n, "days"), NULL, 10),
			.to = list_of(c->arena, n, "to", "kind"),
		};
}

static void
read_modes(struct ih_consents *c, const xmlNode *root)
{
	struct ih_consent_mode *to =
	    ih_arena_take(c->arena, ih_children(root, "mode") * sizeof *to);

	c->modes = to;
	for (const xmlNode *n = ih_child(root, "mode"); n != NULL;
	     n = ih_next(n, "mode"), c->mode_count++)
		*to++ = (struct ih_consent_mode){
			.id = ih_arena_text(c->arena, ih_attr(n, "id")),
			.needs =
			    ih_attr(n, "needs") != NULL ?
				ih_arena_text(c->arena, ih_attr(n, "needs")) :
				NULL,
		};
}

struct ih_consents *
ih_consents_load(struct ih_library *library, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_schema_read(library, NAME, "consent", err);
	struct ih_consents *c;
	const xmlNode *root;

	if (doc == NULL)
		return NULL;
	root = xmlDocGetRootElement(doc);
	c = ih_zeroed(sizeof *c);
	c->arena = ih_arena_new();
	read_purposes(c, root);
	c->categories = list_of(c->arena, root, "category", "id");
	read_modes(c, root);
	return c;
}

void
ih_consents_free(struct ih_consents *consents)
{
	if (consents == NULL)
		return;
	ih_arena_free(consents->arena);
	free(consents);
}

const struct ih_consent_purpose *
ih_consents_purpose(const struct ih_consents *consents, const char *id)
{
	for (size_t i = 0; i < consents->purpose_count; i++)
		if (same(consents->purposes[i].id, id))
			return &consents->purposes[i];
	return NULL;
}

const struct ih_consent_mode *
ih_consents_mode(const struct ih_consents *consents, const char *id)
{
	for (size_t i = 0; i < consents->mode_count; i++)
		if (same(consents->modes[i].id, id))
			return &consents->modes[i];
	return NULL;
}
