/* This is where a failure becomes one line. */
#include "ihala/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ihala/text.h"

/*
 * One line of text stays that, whatever a place was named: a control becomes
 * a space; a byte that is no text, or that turns text around, a question
 * mark.  What does not fit is left out in whole characters.
 */
static void
copy_printable(char *to, size_t room, const char *from)
{
	size_t left = strlen(from);

	while (left > 0) {
		uint32_t point;
		size_t taken = ih_text_next(from, left, &point);
		size_t size = taken > 0 ? taken : 1;
		const char *shown = from;

		if (taken == 0 || !ih_text_is_plain(from, taken))
			shown = taken == 1 ? " " : "?";
		else if (point == '\t' || point == '\n')
			shown = " ";
		taken = shown == from ? size : 1;
		if (taken >= room)
			break;
		memcpy(to, shown, taken);
		to += taken;
		room -= taken;
		from += size;
		left -= size;
	}
	*to = '\0';
}

/* Into a copy first: the old text may be among the new one's parts. */
static void __attribute__((format(printf, 2, 0)))
write_text(struct ih_error *err, const char *fmt, va_list args)
{
	char text[sizeof err->text + 4]; /* so that no character is cut here */

	vsnprintf(text, sizeof text, fmt, args);
	copy_printable(err->text, sizeof err->text, text);
}

bool
ih_fail(struct ih_error *err, enum ih_kind kind, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	write_text(err, fmt, args);
	va_end(args);
	err->kind = kind;
	err->code[0] = '\0';
	return false;
}

bool
ih_fail_code(struct ih_error *err, enum ih_kind kind, const char *code,
    const char *fmt, ...)
{
	char kept[sizeof err->code] = "";
	va_list args;

	copy_printable(kept, sizeof kept, code);
	va_start(args, fmt);
	write_text(err, fmt, args);
	va_end(args);
	err->kind = kind;
	memcpy(err->code, kept, sizeof kept);
	return false;
}

bool
ih_fail_in(struct ih_error *err, const char *place)
{
	struct ih_error inner = *err;
	char front[121];

	/* A long place is cut; the reason, which comes last, is kept. */
	copy_printable(front, sizeof front, place);
	snprintf(err->text, sizeof err->text, "%s%s", front,
	    inner.text[0] != '\0' ? ": " : "");
	copy_printable(err->text + strlen(err->text),
	    sizeof err->text - strlen(err->text), inner.text);
	return false;
}
