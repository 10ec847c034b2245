/*
 * Any bytes at all: text or not, by every question that is asked of text.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/error.h"
#include "ihala/json.h"
#include "ihala/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The decoder and the validator agree, and no byte is passed over. */
static void
walk(const char *text, size_t size)
{
	size_t points = 0, at = 0;

	while (at < size) {
		uint32_t point;
		size_t taken = ih_text_next(text + at, size - at, &point);

		if (taken == 0)
			break;
		assert(point < 0x110000 && (point < 0xd800 || point > 0xdfff));
		at += taken;
		points++;
	}
	assert((at == size) == ih_text_is_utf8(text, size));
	assert(ih_text_length(text, size) == (at == size ? points : SIZE_MAX));
	assert(!ih_text_is_plain(text, size) || at == size);
}

/* Whatever it is, what we write about it is text on one line. */
static void
write_about(const char *text)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_json json = ih_json_to(out);
	struct ih_error err = { 0 };

	ih_json_text(&json, NULL, text);
	assert(ih_text_is_plain((char *)out->data, out->size));
	assert(strchr((char *)out->data, '\n') ==
	       (char *)out->data + out->size - 1);
	ih_fail(&err, IH_INPUT, "%s", text);
	ih_fail_in(&err, text);
	assert(ih_text_is_plain(err.text, strlen(err.text)));
	assert(strpbrk(err.text, "\t\n") == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1);
	bool plain;

	if (text == NULL)
		return 0;
	memcpy(text, bytes, size);
	text[size] = '\0';
	walk(text, size);
	write_about(text);
	plain = ih_text_is_plain(text, strlen(text));
	assert(ih_text_columns(text) <= 2 * strlen(text));
	assert(ih_text_distance(text, text) == 0 ||
	       ih_text_distance(text, text) == SIZE_MAX);
	ih_text_ascii_digits(text);
	assert(strlen(text) <= size);
	assert(plain == ih_text_is_plain(text, strlen(text)));
	free(text);
	return 0;
}
