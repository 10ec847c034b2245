/* This is where values become JSON. */
#include "ihala/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/text.h"

/* Nesting is in our code, not in what comes from outside: a fault of ours. */
static void
must(bool so)
{
	if (so)
		return;
	fputs("ihala: JSON is not written as it has to be\n", stderr);
	abort();
}

static void
add_escaped(struct ih_buffer *out, uint32_t point)
{
	if (point >= 0x10000) {
		point -= 0x10000;
		ih_buffer_printf(out, "\\u%04" PRIx32, 0xd800 + (point >> 10));
		point = 0xdc00 + (point & 0x3ff);
	}
	ih_buffer_printf(out, "\\u%04" PRIx32, point);
}

/* RFC 8259 asks for quotes, backslashes and controls.  U+2028 and U+2029 end
 * a line in older JavaScript; the rest would upset a terminal or a reader. */
static void
add_point(struct ih_buffer *out, uint32_t point, const char *bytes, size_t size)
{
	static const char brief[] = "\bb\ff\nn\rr\tt\"\"\\\\";

	for (const char *pair = brief; *pair != '\0'; pair += 2)
		if (point == (unsigned char)*pair) {
			ih_buffer_printf(out, "\\%c", pair[1]);
			return;
		}
	if (!ih_text_is_plain(bytes, size) || point == 0x2028 ||
	    point == 0x2029)
		add_escaped(out, point);
	else
		ih_buffer_add(out, bytes, size);
}

static void
add_string(struct ih_buffer *out, const char *text)
{
	size_t size = strlen(text);

	ih_buffer_text(out, "\"");
	while (size > 0) {
		uint32_t point;
		size_t taken = ih_text_next(text, size, &point);

		if (taken > 0)
			add_point(out, point, text, taken);
		else
			ih_buffer_text(out, "\xef\xbf\xbd"); /* U+FFFD */
		taken = taken > 0 ? taken : 1;
		text += taken;
		size -= taken;
	}
	ih_buffer_text(out, "\"");
}

/* What stands before a value: a comma, and its key. */
static void
lead(struct ih_json *json, const char *key)
{
	must(key == NULL || json->depth > 0);
	if (json->depth > 0 && json->filled[json->depth - 1])
		ih_buffer_text(json->out, ",");
	if (json->depth > 0)
		json->filled[json->depth - 1] = true;
	if (key == NULL)
		return;
	add_string(json->out, key);
	ih_buffer_text(json->out, ":");
}

/* A value at the top stands on a line of its own. */
static void
end(struct ih_json *json)
{
	if (json->depth == 0)
		ih_buffer_text(json->out, "\n");
}

struct ih_json
ih_json_to(struct ih_buffer *out)
{
	return (struct ih_json){ .out = out };
}

void
ih_json_open(struct ih_json *json, const char *key, char bracket)
{
	must(bracket == '{' || bracket == '[');
	must(json->depth < IH_JSON_DEPTH);
	lead(json, key);
	json->filled[json->depth++] = false;
	ih_buffer_printf(json->out, "%c", bracket);
}

void
ih_json_close(struct ih_json *json, char bracket)
{
	must(bracket == '}' || bracket == ']');
	must(json->depth > 0);
	json->depth--;
	ih_buffer_printf(json->out, "%c", bracket);
	end(json);
}

void
ih_json_text(struct ih_json *json, const char *key, const char *value)
{
	if (value == NULL) {
		ih_json_null(json, key);
		return;
	}
	lead(json, key);
	add_string(json->out, value);
	end(json);
}

void
ih_json_number(struct ih_json *json, const char *key, int64_t value)
{
	lead(json, key);
	ih_buffer_printf(json->out, "%" PRId64, value);
	end(json);
}

void
ih_json_decimal(struct ih_json *json, const char *key, double value, int places)
{
	must(isfinite(value));
	lead(json, key);
	ih_buffer_printf(json->out, "%.*f", places, value);
	end(json);
}

void
ih_json_bool(struct ih_json *json, const char *key, bool value)
{
	lead(json, key);
	ih_buffer_text(json->out, value ? "true" : "false");
	end(json);
}

void
ih_json_null(struct ih_json *json, const char *key)
{
	lead(json, key);
	ih_buffer_text(json->out, "null");
	end(json);
}
