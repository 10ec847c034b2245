/*
 * json.h - one way of writing JSON, for programs that read our listings.
 *
 * Write only: nothing in Ihala reads JSON.  Commas, quoting and nesting are
 * the writer's care; output is UTF-8 on one line per top-level value.
 *
 * Source: RFC 8259.
 */
#ifndef IHALA_JSON_H
#define IHALA_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "ihala/buffer.h"

#define IH_JSON_DEPTH 32

struct ih_json {
	struct ih_buffer *out; /* borrowed */
	int depth;
	bool filled[IH_JSON_DEPTH]; /* a comma is due */
};

struct ih_json ih_json_to(struct ih_buffer *out);

/* KEY is NULL inside an array and at the top. */
void ih_json_open(struct ih_json *json, const char *key, char bracket);
void ih_json_close(struct ih_json *json, char bracket); /* '}' or ']' */
void ih_json_text(struct ih_json *json, const char *key, const char *value);
void ih_json_number(struct ih_json *json, const char *key, int64_t value);
/* With PLACES after the point.  VALUE is neither infinite nor NaN. */
void ih_json_decimal(struct ih_json *json, const char *key, double value,
    int places);
void ih_json_bool(struct ih_json *json, const char *key, bool value);
void ih_json_null(struct ih_json *json, const char *key);

#endif
