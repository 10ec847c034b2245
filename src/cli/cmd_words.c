/* ihala words - what people read, and which wording awaits a native reviewer.
 */
#include <string.h>

#include "command.h"
#include "ihala/consent.h"
#include "ihala/node.h"
#include "ihala/xml.h"
#include "listing.h"
#include "words_keys.h"

/* Where the data speak to people. */
static const char *const folders[] = { "instrument", "framework", "mechanism",
	"lifecycle", "consent", "service", "summary", "link" };

struct looking {
	struct request *request;
	struct listing *listing;
	const char *folder; /* "instrument" */
	const char *lang;   /* "ar" */
	size_t open;        /* that await a reviewer */
	struct ih_error *err;
};

/* A mark names the languages that await a reviewer, or speaks of all of them;
 * what has none was reviewed by nobody. */
static bool
awaits(const char *review, const char *lang)
{
	return review == NULL || strcmp(review, "project") == 0 ||
	       ih_consent_names(review, lang);
}

static void
add(struct looking *l, const char *where, bool open, const char *text)
{
	struct request *request = l->request;
	const char *review = open ? "awaited" : "done";

	if (!open && request->unreviewed)
		return;
	if (request->format == FORMAT_TEXT)
		review = word(request, open ? W_REVIEW_AWAITED : W_REVIEW_DONE);
	LISTING_ADD(l->listing, where, review,
	    listing_line(request->arena, text));
	l->open += open;
}

static void
add_catalogue(struct looking *l)
{
	const char *key;

	for (size_t i = 0; (key = ih_word_key(i)) != NULL; i++)
		add(l, key, awaits(ih_word_review(key), l->lang),
		    ih_word(l->request->tongue, key));
}

/* Each text in the language, below NODE. */
static void
add_texts(struct looking *l, const char *file, const xmlNode *node)
{
	struct ih_arena *arena = l->request->arena;

	for (const xmlNode *n = ih_child(node, NULL); n; n = ih_next(n, NULL))
		if (strcmp(ih_lang_of(n), l->lang) == 0)
			add(l,
			    ih_arena_printf(arena, "%s:%ld", file, ih_line(n)),
			    awaits(ih_attr(node, "review"), l->lang),
			    ih_text_of(arena, n));
		else
			add_texts(l, file, n);
}

static bool
add_file(const char *id, void *with)
{
	struct looking *l = with;
	const char *name =
	    ih_arena_printf(l->request->arena, "xml/%s/%s.xml", l->folder, id);
	IH_OWNED(ih_buffer)
	bytes = ih_library_read(l->request->library, name, l->err);
	IH_OWNED(xmlDoc)
	doc = bytes != NULL ?
		  ih_xml_read(name, bytes->data, bytes->size, l->err) :
		  NULL;

	if (doc == NULL)
		return false;
	add_texts(l, name, xmlDocGetRootElement(doc));
	return true;
}

static bool
add_data(struct looking *l, struct ih_error *err)
{
	char folder[40];

	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
		l->folder = folders[i];
		snprintf(folder, sizeof folder, "xml/%s", folders[i]);
		if (!ih_library_list(l->request->library, folder, add_file, l,
			err) ||
		    err->kind != IH_NONE)
			return false;
	}
	return true;
}

bool
cmd_words(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "where", W_COLUMN_WHERE, false },
		{ "review", W_COLUMN_REVIEW, false },
		{ "text", W_COLUMN_TEXT, false },
	};
	struct listing listing = LISTING(request, "words", "word", columns);
	struct looking l = { .request = request,
		.listing = &listing,
		.lang = ih_lang_tag(request->tongue.lang),
		.err = err };

	add_catalogue(&l);
	if (!add_data(&l, err) || !listing_print(&listing, request, err))
		return false;
	say(request, W_DONE_WORDS, IH_NUM(l.open));
	return true;
}
