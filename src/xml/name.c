/* This is where a name is heard through the ways it is written. */
#include "ihala/name.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/text.h"
#include "ihala/xml.h"

#define TABLE "xml/names/folding.xml"
#define ALSO_MAX 2    /* other sounds of one writing */
#define PARTS_MAX 32  /* of one letter taken apart: it has four at most */
#define WIDE_MAX 8192 /* of a name: NFKC makes 18 of one at most */

struct letter {
	UChar32 from;
	const char *to;
};

struct word {
	const char *is, *as; /* AS is NULL where DOES says it */
	enum { DROP, JOIN, BACK } does;
};

struct prefix {
	const char *is;
	size_t leaves; /* letters */
	bool may_stay;
};

struct sound {
	const char *from, *before, *weak; /* NULL: any; none */
	size_t length;                    /* of FROM, bytes */
	enum { ANYWHERE, START, END } at;
	const char *to[1 + ALSO_MAX]; /* NULL: as the first */
};

struct ih_names {
	struct ih_arena *arena;
	struct letter *letters;
	struct word *words;
	struct prefix *prefixes;
	struct sound *sounds; /* by first byte, then the longest first */
	size_t sounds_of[UCHAR_MAX + 1]; /* where those of a first byte begin */
	size_t letter_count, word_count, prefix_count, sound_count;
	UTransliterator *latin; /* made for the first word that needs it */
};

void
ih_names_free(struct ih_names *names)
{
	if (names == NULL)
		return;
	if (names->latin != NULL)
		utrans_close(names->latin);
	ih_arena_free(names->arena);
	free(names);
}

/* ---- reading the table */

static UChar32
first_point(const char *text)
{
	uint32_t point;

	ih_text_next(text, strlen(text), &point);
	return (UChar32)point;
}

/* Room for as many rows as LIST has children NAME. */
static void *
room_for(struct ih_arena *arena, const xmlNode *list, const char *name,
    size_t size)
{
	size_t count = 1;

	for (const xmlNode *n = ih_child(list, name); n; n = ih_next(n, name))
		count++;
	return ih_arena_take(arena, count * size);
}

static const char *
kept(struct ih_names *names, const xmlNode *node, const char *attribute)
{
	const char *value = ih_attr(node, attribute);

	return value != NULL ? ih_arena_text(names->arena, value) : NULL;
}

static void
read_letters(struct ih_names *names, const xmlNode *list)
{
	names->letters =
	    room_for(names->arena, list, "letter", sizeof *names->letters);
	for (const xmlNode *n = ih_child(list, "letter"); n;
	     n = ih_next(n, "letter"))
		names->letters[names->letter_count++] =
		    (struct letter){ first_point(ih_attr(n, "from")),
			    kept(names, n, "to") };
}

static void
read_words(struct ih_names *names, const xmlNode *list)
{
	names->words =
	    room_for(names->arena, list, "word", sizeof *names->words);
	for (const xmlNode *n = ih_child(list, "word"); n;
	     n = ih_next(n, "word")) {
		const char *does = ih_attr(n, "does");

		names->words[names->word_count++] =
		    (struct word){ .is = kept(names, n, "is"),
			    .as = kept(names, n, "as"),
			    .does = does == NULL || does[0] == 'd' ? DROP :
				    does[0] == 'j'                 ? JOIN :
								     BACK };
	}
}

static void
read_prefixes(struct ih_names *names, const xmlNode *list)
{
	names->prefixes =
	    room_for(names->arena, list, "prefix", sizeof *names->prefixes);
	for (const xmlNode *n = ih_child(list, "prefix"); n;
	     n = ih_next(n, "prefix"))
		names->prefixes[names->prefix_count++] =
		    (struct prefix){ .is = kept(names, n, "is"),
			    .leaves = strtoul(ih_attr(n, "leaves"), NULL, 10),
			    .may_stay = ih_attr(n, "may") != NULL };
}

static struct sound
read_sound(struct ih_names *names, const xmlNode *n)
{
	const char *at = ih_attr(n, "at");
	char *also = ih_arena_text(names->arena,
	    ih_attr(n, "also") != NULL ? ih_attr(n, "also") : "");
	struct sound sound = { .from = kept(names, n, "from"),
		.before = kept(names, n, "before"),
		.weak = kept(names, n, "weak"),
		.length = strlen(ih_attr(n, "from")),
		.at = at == NULL   ? ANYWHERE :
		      at[0] == 's' ? START :
				     END,
		.to = { kept(names, n, "to") } };
	char *save = NULL;

	for (size_t i = 1; i <= ALSO_MAX; i++)
		sound.to[i] = strtok_r(i == 1 ? also : NULL, " ", &save);
	return sound;
}

/* By first byte; the longest writing first; of one length, that which asks
 * for a place. */
static int
by_length(const void *a, const void *b)
{
	const struct sound *x = a, *y = b;
	int narrow = (y->at != ANYWHERE || y->before != NULL) -
		     (x->at != ANYWHERE || x->before != NULL);

	if (x->from[0] != y->from[0])
		return (unsigned char)x->from[0] < (unsigned char)y->from[0] ?
			   -1 :
			   1;
	if (x->length != y->length)
		return x->length > y->length ? -1 : 1;
	return narrow != 0 ? narrow : strcmp(x->from, y->from);
}

static void
read_sounds(struct ih_names *names, const xmlNode *list)
{
	names->sounds =
	    room_for(names->arena, list, "sound", sizeof *names->sounds);
	for (const xmlNode *n = ih_child(list, "sound"); n;
	     n = ih_next(n, "sound"))
		names->sounds[names->sound_count++] = read_sound(names, n);
	qsort(names->sounds, names->sound_count, sizeof *names->sounds,
	    by_length);
	for (size_t i = names->sound_count; i-- > 0;)
		names->sounds_of[(unsigned char)names->sounds[i].from[0]] = i;
}

struct ih_names *
ih_names_load(struct ih_library *library, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_schema_read(library, TABLE, "names", err);
	IH_OWNED(ih_names)
	names = doc != NULL ? calloc(1, sizeof *names) : NULL;
	const xmlNode *root;

	if (names == NULL)
		return NULL;
	names->arena = ih_arena_new();
	root = xmlDocGetRootElement(doc);
	read_letters(names, ih_child(root, "letters"));
	read_words(names, ih_child(root, "words"));
	read_prefixes(names, ih_child(root, "words"));
	read_sounds(names, ih_child(root, "sounds"));
	return IH_GIVE(names);
}

/* ---- what is not seen */

static bool
is_seen(UChar32 point)
{
	switch (u_charType(point)) {
	case U_CONTROL_CHAR:
		return point == '\t' || point == '\n';
	case U_FORMAT_CHAR:
	case U_LINE_SEPARATOR:
	case U_PARAGRAPH_SEPARATOR:
		return false;
	default:
		return !U_IS_UNICODE_NONCHAR(point);
	}
}

bool
ih_name_is_plain(const char *text, size_t size)
{
	while (size > 0) {
		uint32_t point;
		size_t taken = ih_text_next(text, size, &point);

		if (taken == 0 || !is_seen((UChar32)point))
			return false;
		text += taken;
		size -= taken;
	}
	return true;
}

/* ---- letters */

static void
add_point(struct ih_buffer *out, UChar32 point)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[U16_MAX_LENGTH];
	char bytes[U8_MAX_LENGTH];
	int32_t units = 0, size = 0;

	u_strFromUTF32(wide, U16_MAX_LENGTH, &units, &point, 1, &status);
	u_strToUTF8(bytes, U8_MAX_LENGTH, &size, wide, units, &status);
	if (U_SUCCESS(status))
		ih_buffer_add(out, bytes, (size_t)size);
}

static const char *
other_letter(const struct ih_names *names, UChar32 point)
{
	for (size_t i = 0; i < names->letter_count; i++)
		if (names->letters[i].from == point)
			return names->letters[i].to;
	return NULL;
}

/* What becomes of one letter: its row; or its base, and that one's row. */
static void
add_letter(const struct ih_names *names, struct ih_buffer *out, UChar32 point)
{
	const char *other = other_letter(names, point);
	int8_t type = u_charType(point);

	if (other != NULL)
		ih_buffer_text(out, other);
	else if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK)
		return;
	else if (u_isalnum(point) || type == U_COMBINING_SPACING_MARK)
		add_point(out, point);
	else
		ih_buffer_add(out, " ", 1);
}

static void
add_letters(const struct ih_names *names, struct ih_buffer *out,
    const UChar32 *points, int32_t size)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
	UChar wide[PARTS_MAX];
	UChar32 parts[PARTS_MAX];

	for (int32_t i = 0; i < size; i++) {
		int32_t count = 0;

		status = U_ZERO_ERROR;
		if (other_letter(names, points[i]) == NULL)
			count = unorm2_getDecomposition(nfd, points[i], wide,
			    PARTS_MAX, &status);
		if (count > 0)
			u_strToUTF32(parts, PARTS_MAX, &count, wide, count,
			    &status);
		if (count <= 0 || U_FAILURE(status))
			add_letter(names, out, points[i]);
		for (int32_t k = 0; k < count && U_SUCCESS(status); k++)
			add_letter(names, out, parts[k]);
	}
}

/* TEXT in one case and one form of each letter; words are between spaces. */
static struct ih_buffer *
fold_letters(const struct ih_names *names, const char *text,
    struct ih_error *err)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[IH_NAME_MAX + 1], folded[WIDE_MAX];
	UChar32 points[WIDE_MAX];
	const UNormalizer2 *nfkc = unorm2_getNFKCCasefoldInstance(&status);
	int32_t size = 0;
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	u_strFromUTF8(wide, IH_NAME_MAX + 1, &size, text, -1, &status);
	size = unorm2_normalize(nfkc, wide, size, folded, WIDE_MAX, &status);
	u_strToUTF32(points, WIDE_MAX, &size, folded, size, &status);
	if (U_SUCCESS(status))
		add_letters(names, out, points, size);
	else
		ih_fail(err, IH_INPUT, "name: %s", u_errorName(status));
	explicit_bzero(wide, sizeof wide);
	explicit_bzero(folded, sizeof folded);
	explicit_bzero(points, sizeof points);
	return U_SUCCESS(status) ? IH_GIVE(out) : NULL;
}

/* ---- words */

struct words {
	struct ih_names *names;
	struct ih_arena *arena;
	size_t count;
	const char *word[IH_NAME_PARTS * 4]; /* what is dropped counts too */
};

static const struct word *
find_word(const struct ih_names *names, const char *text)
{
	for (size_t i = 0; i < names->word_count; i++)
		if (strcmp(names->words[i].is, text) == 0)
			return &names->words[i];
	return NULL;
}

static void
add_word(struct words *words, const char *text)
{
	if (words->count < sizeof words->word / sizeof words->word[0])
		words->word[words->count++] = text;
}

static bool
is_known_script(const char *text)
{
	UErrorCode status = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript(first_point(text), &status);

	return script == USCRIPT_ARABIC || script == USCRIPT_LATIN ||
	       script == USCRIPT_COMMON;
}

/* Scripts that no row speaks of go through ICU's own rules.  They take 30 ms
 * to make; few names need them. */
static bool
has_latin(struct ih_names *names)
{
	static const UChar id[] = u"Any-Latin; Latin-ASCII; Lower";
	UErrorCode status = U_ZERO_ERROR;

	if (names->latin == NULL)
		names->latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0,
		    NULL, &status);
	return names->latin != NULL;
}

/* A word of another script, in Latin letters as far as ICU knows them. */
static const char *
in_latin(struct words *words, const char *text)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[WIDE_MAX];
	char latin[WIDE_MAX];
	int32_t size = 0, limit;
	IH_OWNED(ih_buffer) out = NULL;

	if (!has_latin(words->names))
		return text;
	u_strFromUTF8(wide, WIDE_MAX, &size, text, -1, &status);
	limit = size;
	utrans_transUChars(words->names->latin, wide, &size, WIDE_MAX, 0,
	    &limit, &status);
	u_strToUTF8(latin, sizeof latin, NULL, wide, size, &status);
	if (U_FAILURE(status) || strlen(latin) > IH_NAME_MAX)
		return text;
	out = ih_buffer_new();
	for (const char *c = latin; *c != '\0'; c++)
		if ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9'))
			ih_buffer_add(out, c, 1);
	return out->size > 0 ?
		   ih_arena_text(words->arena, (const char *)out->data) :
		   text;
}

/* Each word in its usual writing. */
static void
split(struct words *words, const struct ih_buffer *folded)
{
	char *text = ih_arena_text(words->arena, (const char *)folded->data);
	char *save = NULL, *inner = NULL;

	for (char *w = strtok_r(text, " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save)) {
		const char *known = is_known_script(w) ? w : in_latin(words, w);
		const struct word *row = find_word(words->names, known);
		char *usual;

		if (row == NULL || row->as == NULL) {
			add_word(words, known);
			continue;
		}
		usual = ih_arena_text(words->arena, row->as);
		for (char *u = strtok_r(usual, " ", &inner); u != NULL;
		     u = strtok_r(NULL, " ", &inner))
			add_word(words, u);
	}
}

/* Drop what says nothing, join what is one: what is left are the parts. */
static void
join(struct words *words)
{
	size_t count = 0;
	const char *before = ""; /* waits for the word that follows */

	for (size_t i = 0; i < words->count; i++) {
		const char *text = words->word[i];
		const struct word *row = find_word(words->names, text);
		bool more = i + 1 < words->count;

		if (row != NULL && row->as == NULL && row->does == DROP &&
		    (more || count > 0 || before[0] != '\0'))
			continue;
		if (row != NULL && row->as == NULL && row->does == JOIN &&
		    more) {
			before =
			    ih_arena_printf(words->arena, "%s%s", before, text);
			continue;
		}
		text = ih_arena_printf(words->arena, "%s%s", before, text);
		if (row != NULL && row->as == NULL && row->does == BACK &&
		    before[0] == '\0' && count > 0)
			words->word[count - 1] = ih_arena_printf(words->arena,
			    "%s%s", words->word[count - 1], text);
		else
			words->word[count++] = text;
		before = "";
	}
	if (before[0] != '\0') /* only words that wait */
		words->word[count++] = before;
	words->count = count;
}

/* ---- sounds */

struct hearing {
	const struct ih_names *names;
	const char *text;
	size_t size;
	int way;   /* which of the sounds a writing may stand for */
	bool weak; /* the weak ones too */
};

static const struct sound *
find_sound(const struct hearing *h, size_t at)
{
	unsigned char first = (unsigned char)h->text[at];

	for (size_t i = h->names->sounds_of[first]; i < h->names->sound_count;
	     i++) {
		const struct sound *s = &h->names->sounds[i];
		size_t after = at + s->length;

		if ((unsigned char)s->from[0] != first)
			return NULL;
		if (after > h->size ||
		    memcmp(h->text + at, s->from, s->length) != 0 ||
		    (s->at == START && at != 0) ||
		    (s->at == END && after != h->size) ||
		    (s->before != NULL &&
			(after == h->size ||
			    strchr(s->before, h->text[after]) == NULL)))
			continue;
		return s;
	}
	return NULL;
}

static const char *
said(const struct hearing *h, const struct sound *s)
{
	if (h->weak && s->weak != NULL)
		return s->weak;
	return s->to[h->way] != NULL ? s->to[h->way] : s->to[0];
}

/* A letter that no row knows stands for itself: other scripts. */
static size_t
letter_size(const struct hearing *h, size_t at)
{
	uint32_t point;
	size_t size = ih_text_next(h->text + at, h->size - at, &point);

	return size > 0 ? size : 1;
}

/* Doubled Latin letters sound once; Arabic ones were never doubled. */
static bool
is_doubled(const struct hearing *h, size_t at, size_t last)
{
	return last == 1 && h->text[at] == h->text[at - 1] &&
	       (unsigned char)h->text[at] < 0x80;
}

static void
hear(const struct hearing *h, char sound[static IH_SOUND_TEXT])
{
	size_t used = 0, last = 0;

	for (size_t at = 0; at < h->size; at += last) {
		const struct sound *s = find_sound(h, at);
		const char *to = s != NULL ? said(h, s) : h->text + at;
		size_t size = s != NULL ? strlen(to) : letter_size(h, at);

		if (at > 0 && is_doubled(h, at, last) &&
		    (s == NULL || s->length == 1)) {
			last = 1;
			continue;
		}
		last = s != NULL ? s->length : size;
		if (used + size >= IH_SOUND_TEXT)
			break;
		memcpy(sound + used, to, size);
		used += size;
	}
	sound[used] = '\0';
}

/* One more way in which PART sounds, if it is another. */
static void
add_way(struct ih_name_part *part, const struct ih_names *names,
    const char *text, int way)
{
	struct hearing h = { names, text, strlen(text), way, false };
	char sound[IH_SOUND_TEXT];

	hear(&h, sound);
	if (strlen(sound) < 2) { /* too little to know anybody by */
		h.weak = true;
		hear(&h, sound);
	}
	for (size_t i = 0; i < part->ways; i++)
		if (strcmp(part->sound[i], sound) == 0)
			return;
	if (sound[0] != '\0' && part->ways < IH_NAME_WAYS)
		memcpy(part->sound[part->ways++], sound, sizeof sound);
}

/* What may be taken off the front of TEXT; NULL: nothing. */
static const struct prefix *
find_prefix(const struct ih_names *names, const char *text)
{
	for (size_t i = 0; i < names->prefix_count; i++) {
		const struct prefix *p = &names->prefixes[i];
		size_t size = strlen(p->is);

		if (strncmp(text, p->is, size) == 0 &&
		    ih_text_length(text + size, strlen(text + size)) >=
			p->leaves)
			return p;
	}
	return NULL;
}

static void
read_part(const struct ih_names *names, const char *text,
    struct ih_name_part *part)
{
	const struct prefix *prefix = find_prefix(names, text);
	const char *bare = prefix != NULL ? text + strlen(prefix->is) : NULL;

	*part = (struct ih_name_part){
		.fold = bare != NULL && !prefix->may_stay ? bare : text
	};
	for (int way = 0; way <= ALSO_MAX; way++) {
		add_way(part, names, part->fold, way);
		if (bare != NULL)
			add_way(part, names, bare, way);
	}
	if (part->ways == 0) /* vowels that no row says: as written */
		snprintf(part->sound[part->ways++], IH_SOUND_TEXT, "%s",
		    part->fold);
}

/* ---- a name */

static int
by_fold(const void *a, const void *b)
{
	const struct ih_name_part *x = a, *y = b;

	return strcmp(x->fold, y->fold);
}

static const char *
join_folds(struct ih_arena *arena, const struct ih_name *name)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	for (size_t i = 0; i < name->count; i++) {
		ih_buffer_text(out, i > 0 ? " " : "");
		ih_buffer_text(out, name->part[i].fold);
	}
	return ih_arena_text(arena, (const char *)out->data);
}

struct ih_name *
ih_name_read(struct ih_names *names, struct ih_arena *arena, const char *text,
    struct ih_error *err)
{
	struct words words = { .names = names, .arena = arena };
	size_t size = strlen(text);
	struct ih_name *name;

	if (size > IH_NAME_MAX) {
		ih_fail_code(err, IH_INPUT, "E_NAME_LONG", "at most %d bytes",
		    IH_NAME_MAX);
		return NULL;
	}
	if (!ih_name_is_plain(text, size)) {
		ih_fail_code(err, IH_INPUT, "E_NAME_HIDDEN", "a name");
		return NULL;
	}
	IH_OWNED(ih_buffer) folded = fold_letters(names, text, err);
	if (folded == NULL)
		return NULL;
	split(&words, folded);
	join(&words);
	name = ih_arena_take(arena, sizeof *name);
	for (size_t i = 0; i < words.count && i < IH_NAME_PARTS; i++)
		read_part(names, words.word[i], &name->part[name->count++]);
	qsort(name->part, name->count, sizeof name->part[0], by_fold);
	name->fold = join_folds(arena, name);
	return name;
}

/* ---- likeness */

bool
ih_name_part_is(const struct ih_name_part *a, const struct ih_name_part *b)
{
	if (strcmp(a->fold, b->fold) == 0)
		return true;
	for (size_t i = 0; i < a->ways; i++)
		for (size_t k = 0; k < b->ways; k++)
			if (strcmp(a->sound[i], b->sound[k]) == 0)
				return true;
	return false;
}

/* Who of A each part of B goes with; nobody: IH_NAME_PARTS. */
struct pairing {
	const struct ih_name *a, *b;
	size_t of_b[IH_NAME_PARTS];
	bool tried[IH_NAME_PARTS];
};

/* Find a part of B for part I of A; who had it before looks for another. */
static bool
pair_up(struct pairing *p, size_t i)
{
	for (size_t k = 0; k < p->b->count; k++) {
		if (p->tried[k] ||
		    !ih_name_part_is(&p->a->part[i], &p->b->part[k]))
			continue;
		p->tried[k] = true;
		if (p->of_b[k] == IH_NAME_PARTS || pair_up(p, p->of_b[k])) {
			p->of_b[k] = i;
			return true;
		}
	}
	return false;
}

/* How many parts of A have one of their own in B, at most. */
static size_t
shared(const struct ih_name *a, const struct ih_name *b)
{
	struct pairing p = { .a = a, .b = b };
	size_t count = 0;

	for (size_t k = 0; k < b->count; k++)
		p.of_b[k] = IH_NAME_PARTS;
	for (size_t i = 0; i < a->count; i++) {
		memset(p.tried, 0, sizeof p.tried);
		count += pair_up(&p, i);
	}
	return count;
}

unsigned
ih_name_likeness(const struct ih_name *a, const struct ih_name *b)
{
	size_t most = a->count > b->count ? a->count : b->count;
	size_t both = shared(a, b);

	if (both == 0 || (both == 1 && most > 1))
		return 0;
	if (strcmp(a->fold, b->fold) == 0)
		return 100;
	return (unsigned)(60 + 30 * both / most);
}
