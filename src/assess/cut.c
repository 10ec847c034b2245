/* This is where a stream of interviews is cut, without being parsed. */
#include "cut.h"

#include <stdio.h>
#include <string.h>

#include "reader.h"

#define HEAD_MAX ((size_t)4 << 10) /* before the first interview */
#define ROOT_ROOM 80 /* bytes of the root's name, prefix and all */

/* Only what a UTF-8 document can begin with: libxml2 guesses from these. */
const char *
cut_begins(const unsigned char *bytes, size_t size)
{
	return strchr("<\xef \n\t\r", bytes[0]) != NULL &&
		       memchr(bytes, 0, size < 4 ? size : 4) == NULL ?
		   NULL :
		   "expected XML in UTF-8";
}

const char *
cut_limit(size_t size)
{
	return size > CUT_HELD ? "an interview larger than any of ours" : NULL;
}

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

/* Past the XML declaration and comments, to the first tag. */
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
look_for_head(struct cut *cut, const unsigned char *start, size_t size)
{
	const unsigned char *end = start + size, *root = find_root(start, end),
			    *tag =
				root != NULL ? reader_tag_end(root, end) : NULL;
	size_t length;

	if (tag == NULL || (size_t)(tag + 1 - start) > HEAD_MAX)
		return;
	cut->head = (size_t)(tag + 1 - start);
	for (const unsigned char *c = start; c < tag; c++)
		cut->head_lines += *c == '\n';
	length = name_length(root + 1, end);
	cut->is_list = length < ROOT_ROOM && tag[-1] != '/' &&
		       is_named(root + 1, length, "interviews");
	if (!cut->is_list)
		return;
	snprintf(cut->foot, sizeof cut->foot, "</%.*s>", (int)length,
	    (const char *)root + 1);
	cut->foot_size = strlen(cut->foot);
}

/* Behind the last interview that ends before END; START: none does. */
static const unsigned char *
last_end(const unsigned char *start, const unsigned char *end)
{
	const unsigned char *at = end;

	while ((at = memrchr(start, '>', (size_t)(at - start))) != NULL) {
		const unsigned char *tag =
		    memrchr(start, '<', (size_t)(at - start));

		if (tag != NULL && tag[1] == '/' &&
		    is_named(tag + 2, name_length(tag + 2, at), "answers"))
			return at + 1;
	}
	return start;
}

/* Where none ended, look again only once much more has come: bytes that
 * trickle in must not be searched from the start each time. */
size_t
cut_find(struct cut *cut, const unsigned char *bytes, size_t size)
{
	const unsigned char *start, *end;

	if (cut->head == 0)
		look_for_head(cut, bytes, size);
	if (!cut->is_list || size - cut->head < CUT_BLOCK ||
	    size < cut->tried + CUT_SLICE)
		return 0;
	start = bytes + cut->head;
	end = last_end(start, bytes + size);
	cut->tried = end == start ? size : 0;
	return end == start ? 0 : (size_t)(end - bytes);
}
