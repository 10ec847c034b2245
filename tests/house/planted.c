/*
 * planted - names that nobody has, and whether they are anywhere.
 *
 *	planted make latin|arabic|number FIRST COUNT	one on each line
 *	planted find LIST PLACE...	where names of LIST are, in whatever
 *form planted hide LIST FOLDER	one name in each form, a file a form
 *
 * What is searched for is in `shapes`; what is searched are the bytes of
 * each file, its name, and whatever zlib, gzip or ZIP would inflate in it, at
 * any offset.  PLACE is a file or a folder.  Run from the root of the tree.
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"
#include "ihala/case.h"
#include "ihala/file.h"
#include "ihala/name.h"
#include "ihala/text.h"

#define FILE_MAX ((size_t)1 << 30)
#define INFLATED_MAX ((size_t)16 << 20)
#define DEPTH_MAX 3 /* of what was compressed twice */
#define KEY 6       /* bytes by which a form is found; none is shorter */
#define SLOTS (1u << 18)

static void
stop(const char *what, const char *why)
{
	fprintf(stderr, "planted: %s: %s\n", what, why);
	exit(2);
}

/* ---- names: each is a number, spelt in syllables */

struct script {
	const char *head, *tail;
	const char *consonant[8], *vowel[4];
};

static const struct script latin = { "Z", "",
	{ "b", "d", "f", "k", "l", "m", "r", "s" }, { "a", "i", "o", "u" } };
static const struct script arabic = { "أ", "ة",
	{ "ب", "د", "ف", "ك", "ل", "م", "ر", "س" }, { "ا", "ي", "و", "" } };

/* The same number twice, stirred, so that no name is the start of another. */
static void
spell(const struct script *script, unsigned number)
{
	uint64_t stirred = (number + 1) * UINT64_C(0x9e3779b97f4a7c15);

	stirred ^= stirred >> 29;
	fputs(script->head, stdout);
	for (int i = 0; i < 8; i++, stirred >>= 5)
		printf("%s%s", script->consonant[stirred & 7],
		    script->vowel[stirred >> 3 & 3]);
	puts(script->tail);
}

static int
make(char **words)
{
	unsigned first = (unsigned)atoi(words[1]);
	unsigned count = (unsigned)atoi(words[2]);

	for (unsigned i = first; i < first + count; i++)
		if (strcmp(words[0], "number") == 0)
			printf("7%011llu\n",
			    (i + 1) * 48271ULL * 69621 % 99999999977ULL);
		else
			spell(words[0][0] == 'a' ? &arabic : &latin, i);
	return 0;
}

/* ---- shapes in which a name could lie about */

typedef void shape(const char *name, struct ih_buffer *out);

static struct ih_library *library;
static struct ih_names *folding;
static struct ih_arena *arena;

static void
as_it_is(const char *name, struct ih_buffer *out)
{
	ih_buffer_text(out, name);
}

static void
in_small(const char *name, struct ih_buffer *out)
{
	for (; *name != '\0'; name++)
		ih_buffer_printf(out, "%c",
		    *name >= 'A' && *name <= 'Z' ? *name + 32 : *name);
}

static void
in_capitals(const char *name, struct ih_buffer *out)
{
	for (; *name != '\0'; name++)
		ih_buffer_printf(out, "%c",
		    *name >= 'a' && *name <= 'z' ? *name - 32 : *name);
}

static const struct ih_name *
read_name(const char *name)
{
	struct ih_error err = { 0 };
	const struct ih_name *read = ih_name_read(folding, arena, name, &err);

	if (read == NULL)
		stop(name, err.text);
	return read;
}

static void
folded(const char *name, struct ih_buffer *out)
{
	ih_buffer_text(out, read_name(name)->fold);
}

static void
sounded(const char *name, struct ih_buffer *out)
{
	const struct ih_name *read = read_name(name);

	if (read->count > 0)
		ih_buffer_text(out, read->part[0].sound[0]);
}

/* Each character by BY. */
static void
by_point(const char *name, struct ih_buffer *out,
    void (*by)(uint32_t, struct ih_buffer *))
{
	size_t size = strlen(name);
	uint32_t point;

	for (size_t at = 0; at < size;) {
		at += ih_text_next(name + at, size - at, &point);
		by(point, out);
	}
}

/* Of the basic plane, as all names here are. */
static void
put_little(uint32_t point, struct ih_buffer *out)
{
	unsigned char two[2] = { (unsigned char)point,
		(unsigned char)(point >> 8) };

	ih_buffer_add(out, two, 2);
}

static void
put_big(uint32_t point, struct ih_buffer *out)
{
	unsigned char two[2] = { (unsigned char)(point >> 8),
		(unsigned char)point };

	ih_buffer_add(out, two, 2);
}

static void
put_decimal(uint32_t point, struct ih_buffer *out)
{
	ih_buffer_printf(out, point < 128 ? "%c" : "&#%u;", point);
}

static void
put_hexadecimal(uint32_t point, struct ih_buffer *out)
{
	ih_buffer_printf(out, point < 128 ? "%c" : "&#x%X;", point);
}

static void
put_escape(uint32_t point, struct ih_buffer *out)
{
	ih_buffer_printf(out, point < 128 ? "%c" : "\\u%04x", point);
}

static void
utf16_little(const char *name, struct ih_buffer *out)
{
	by_point(name, out, put_little);
}

static void
utf16_big(const char *name, struct ih_buffer *out)
{
	by_point(name, out, put_big);
}

static void
xml_decimal(const char *name, struct ih_buffer *out)
{
	by_point(name, out, put_decimal);
}

static void
xml_hexadecimal(const char *name, struct ih_buffer *out)
{
	by_point(name, out, put_hexadecimal);
}

static void
json_escaped(const char *name, struct ih_buffer *out)
{
	by_point(name, out, put_escape);
}

static void
each_byte(const char *name, const char *format, struct ih_buffer *out)
{
	for (; *name != '\0'; name++) {
		char text[8];

		snprintf(text, sizeof text,
		    strcmp(format, "%02X") == 0 ? "%02X" :
		    strcmp(format, "%02x") == 0 ? "%02x" :
						  "%%%02X",
		    (unsigned char)*name);
		ih_buffer_text(out, text);
	}
}

static void
hex_small(const char *name, struct ih_buffer *out)
{
	each_byte(name, "%02x", out);
}

static void
hex_capital(const char *name, struct ih_buffer *out)
{
	each_byte(name, "%02X", out);
}

static void
percent(const char *name, struct ih_buffer *out)
{
	each_byte(name, "%", out);
}

/* BEFORE bytes stand before it; only characters that it decides alone. */
static void
base64(const char *name, size_t before, const char *last, struct ih_buffer *out)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789";
	size_t bits = 8 * (before + strlen(name));

	for (size_t at = (8 * before + 5) / 6 * 6; at + 6 <= bits; at += 6) {
		unsigned value = 0;

		for (size_t bit = at; bit < at + 6; bit++) {
			unsigned byte = (unsigned char)name[bit / 8 - before];

			value = value << 1 | (byte >> (7 - bit % 8) & 1);
		}
		ih_buffer_add(out,
		    value < 62 ? letters + value : last + (value - 62), 1);
	}
}

#define BASE64(n, kind, last)                                                  \
	static void base64_##kind##_##n(const char *name,                      \
	    struct ih_buffer *out)                                             \
	{                                                                      \
		base64(name, n, last, out);                                    \
	}
BASE64(0, plain, "+/")
BASE64(1, plain, "+/")
BASE64(2, plain, "+/")
BASE64(0, url, "-_")
BASE64(1, url, "-_")
BASE64(2, url, "-_")

static const struct {
	const char *name;
	shape *put;
} shapes[] = {
	{ "utf-8", as_it_is },
	{ "small", in_small },
	{ "capitals", in_capitals },
	{ "folded", folded },
	{ "sound", sounded },
	{ "utf-16le", utf16_little },
	{ "utf-16be", utf16_big },
	{ "base64-0", base64_plain_0 },
	{ "base64-1", base64_plain_1 },
	{ "base64-2", base64_plain_2 },
	{ "base64url-0", base64_url_0 },
	{ "base64url-1", base64_url_1 },
	{ "base64url-2", base64_url_2 },
	{ "hex", hex_small },
	{ "hex-capital", hex_capital },
	{ "xml-decimal", xml_decimal },
	{ "xml-hex", xml_hexadecimal },
	{ "json", json_escaped },
	{ "percent", percent },
};
#define SHAPES (sizeof shapes / sizeof shapes[0])

/* ---- what is searched for: by its first bytes, in a table of slots */

struct form {
	struct form *next; /* in its slot */
	const char *name;  /* the line of LIST */
	size_t which;      /* of the shapes */
	size_t size;
	unsigned char *bytes;
};

static struct form *slots[SLOTS];
static size_t names, forms;

static unsigned
slot_of(const unsigned char *bytes)
{
	uint64_t key = 0;

	memcpy(&key, bytes, KEY);
	return (unsigned)(key * UINT64_C(0x9e3779b97f4a7c15) >> 46) % SLOTS;
}

static const struct form *
form_at(const unsigned char *bytes, size_t size)
{
	const struct form *form;

	if (size < KEY)
		return NULL;
	form = slots[slot_of(bytes)];
	while (form != NULL && (form->size > size ||
				   memcmp(bytes, form->bytes, form->size) != 0))
		form = form->next;
	return form;
}

static void
learn(const char *name, size_t which)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct form *form;

	shapes[which].put(name, out);
	/* The same in two shapes, or a number's sound. */
	if (out->size < KEY || form_at(out->data, out->size) != NULL)
		return;
	form = ih_arena_take(arena, sizeof *form);
	*form = (struct form){ slots[slot_of(out->data)], name, which,
		out->size, ih_arena_take(arena, out->size) };
	memcpy(form->bytes, out->data, out->size);
	slots[slot_of(out->data)] = form;
	forms++;
}

/* Each line of LIST. */
static void
each_name(const char *list, void (*each)(const char *name))
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) text = ih_file_read(list, FILE_MAX, &err);
	char *rest = NULL;

	if (text == NULL)
		stop(list, err.text);
	for (char *line = strtok_r((char *)text->data, "\n", &rest);
	     line != NULL; line = strtok_r(NULL, "\n", &rest))
		each(ih_arena_text(arena, line));
}

static void
learn_all(const char *name)
{
	names++;
	for (size_t s = 0; s < SHAPES; s++)
		learn(name, s);
}

/* ---- searching */

static size_t files, found, inflated;
static unsigned long long searched; /* bytes */

static void
search(const char *where, const unsigned char *bytes, size_t size, int depth);

static void
inflate_at(const char *where, const unsigned char *bytes, size_t size,
    int window, int depth)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)bytes,
		.avail_in = (unsigned)size };

	if (inflateInit2(&z, window) != Z_OK)
		stop(where, "inflate");
	for (int status = Z_OK; status == Z_OK && out->size < INFLATED_MAX;) {
		ih_buffer_reserve(out, out->size + 65536);
		z.next_out = out->data + out->size;
		z.avail_out = 65536;
		status = inflate(&z, Z_NO_FLUSH);
		out->size += 65536 - z.avail_out;
	}
	inflateEnd(&z);
	if (out->size < KEY)
		return;
	inflated++;
	search(where, out->data, out->size, depth + 1);
}

/* Does something compressed begin here? */
static void
try_inflating(const char *where, const unsigned char *bytes, size_t size,
    int depth)
{
	if (size < 32 || depth == DEPTH_MAX)
		return;
	if ((bytes[0] & 0x8f) == 8 && (bytes[0] << 8 | bytes[1]) % 31 == 0)
		inflate_at(where, bytes, size, 15, depth);
	else if (bytes[0] == 0x1f && bytes[1] == 0x8b && bytes[2] == 8)
		inflate_at(where, bytes, size, 31, depth);
	else if (memcmp(bytes, "PK\3\4", 4) == 0 && bytes[8] == 8) {
		size_t head = 30 + (size_t)bytes[26] +
			      ((size_t)bytes[27] << 8) + bytes[28] +
			      ((size_t)bytes[29] << 8);

		if (head < size)
			inflate_at(where, bytes + head, size - head, -15,
			    depth);
	}
}

static void
search(const char *where, const unsigned char *bytes, size_t size, int depth)
{
	const struct form *form;

	searched += size;
	for (size_t at = 0; at + KEY <= size; at++) {
		if ((form = form_at(bytes + at, size - at)) != NULL) {
			found++;
			printf("%s %s %s%s\n", where, form->name,
			    shapes[form->which].name,
			    depth > 0 ? " inflated" : "");
		}
		try_inflating(where, bytes + at, size - at, depth);
	}
}

static int
search_file(const char *path, const struct stat *info, int type,
    struct FTW *place)
{
	struct ih_error err = { 0 };

	(void)place;
	search(path, (const unsigned char *)path, strlen(path), DEPTH_MAX);
	if (type != FTW_F || !S_ISREG(info->st_mode))
		return 0;
	IH_OWNED(ih_buffer) bytes = ih_file_read(path, FILE_MAX, &err);
	if (bytes == NULL)
		stop(path, err.text);
	files++;
	search(path, bytes->data, bytes->size, 0);
	return 0;
}

static int
find(char **words)
{
	each_name(*words, learn_all);
	while (*++words != NULL)
		if (nftw(*words, search_file, 16, FTW_PHYS) != 0)
			stop(*words, "cannot be read");
	printf("%zu names in %zu forms, %zu files, %llu bytes, "
	       "%zu inflated: %zu found\n",
	    names, forms, files, searched, inflated, found);
	return found > 0;
}

/* ---- what must be found */

static const char *hiding;
static size_t hidden;

static void
put_file(const char *kind, const void *bytes, size_t size)
{
	char path[512];
	struct ih_error err = { 0 };

	snprintf(path, sizeof path, "%s/%s", hiding, kind);
	if (!ih_file_write(path, bytes, size, &err))
		stop(path, err.text);
}

static void
put_compressed(const char *kind, int window, const struct ih_buffer *plain)
{
	unsigned char bytes[4096] = "among other bytes";
	z_stream z = { .next_in = plain->data,
		.avail_in = (unsigned)plain->size,
		.next_out = bytes + 17,
		.avail_out = sizeof bytes - 17 };

	if (deflateInit2(&z, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) !=
		Z_OK ||
	    deflate(&z, Z_FINISH) != Z_STREAM_END)
		stop(kind, "deflate");
	put_file(kind, bytes, sizeof bytes - z.avail_out);
	deflateEnd(&z);
}

/* The first names of the list, each in one shape and in no other. */
static void
hide_one(const char *name)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	ih_buffer_text(out, "between these ");
	if (hidden < SHAPES) {
		shapes[hidden].put(name, out);
		ih_buffer_text(out, " and those");
		put_file(shapes[hidden].name, out->data, out->size);
	} else if (hidden < SHAPES + 2) {
		as_it_is(name, out);
		ih_buffer_printf(out, "%0100d", 7);
		put_compressed(hidden == SHAPES ? "zlib" : "gzip",
		    hidden == SHAPES ? 15 : 31, out);
	}
	hidden++;
}

static int
hide(char **words)
{
	hiding = words[1];
	each_name(words[0], hide_one);
	printf("%zu\n", SHAPES + 2);
	return 0;
}

/* ---- what is there, with the keys */

static bool
read_case(const struct ih_case_row *row, void *with)
{
	struct ih_error err = { 0 };

	for (int part = 0; part < IH_PARTS; part++) {
		if (!row->has[part])
			continue;
		IH_OWNED(ih_buffer)
		bytes = ih_case_read(with, row->code, (enum ih_part)part, &err);
		if (bytes == NULL)
			stop(row->code, err.text);
		fwrite(bytes->data, 1, bytes->size, stdout);
	}
	return true;
}

static int
read_registry(char **words)
{
	struct ih_error err = { 0 };
	uint64_t seed = 1;
	struct ih_world world = ih_world_fixed(1795255200, &seed);
	IH_OWNED(ih_buffer) passphrase = ih_file_read(words[1], 4096, &err);
	struct ih_login login = { "office", NULL };

	if (passphrase == NULL)
		stop(words[1], err.text);
	login.passphrase = strtok((char *)passphrase->data, "\n");
	IH_OWNED(ih_registry)
	registry = ih_registry_open(words[0], &login, library, &world, &err);
	if (registry == NULL ||
	    !ih_case_each(registry, read_case, registry, &err))
		stop(words[0], err.text);
	return 0;
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(char **words);
		int words;
	} verbs[] = { { "make", make, 5 }, { "find", find, 4 },
		{ "hide", hide, 4 }, { "read", read_registry, 4 } };
	struct ih_error err = { 0 };
	IH_OWNED(ih_library) knowledge = ih_library_open(".", &err);
	IH_OWNED(ih_names)
	all = knowledge != NULL ? ih_names_load(knowledge, &err) : NULL;
	IH_OWNED(ih_arena) room = ih_arena_new();

	if (all == NULL)
		stop("xml/names", err.text);
	library = knowledge;
	folding = all;
	arena = room;
	for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(argv[1], verbs[i].name) == 0 &&
		    argc >= verbs[i].words)
			return verbs[i].run(argv + 2);
	stop("make KIND FIRST COUNT, find LIST PLACE..., hide LIST FOLDER, "
	     "read REGISTRY FILE",
	    "one of these");
}
