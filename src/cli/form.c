/* This is where a result for programs becomes JSON or XML. */
#include "form.h"

#include <stdio.h>

struct form
form_start(bool is_json, struct ih_buffer *out, const char *name)
{
	struct form f = { .is_json = is_json };
	char space[64];

	if (is_json)
		f.json = ih_json_to(out);
	else
		f.xml = ih_write_to(out);
	form_open(&f, name, true);
	snprintf(space, sizeof space, "urn:ihala:%s:1", name);
	if (!is_json)
		ih_put(&f.xml, "xmlns", space);
	return f;
}

bool
form_end(struct form *f, struct ih_error *err)
{
	form_close(f);
	return f->is_json || ih_write_end(&f->xml, err);
}

void
form_open(struct form *f, const char *name, bool in_list)
{
	if (f->is_json)
		ih_json_open(&f->json, in_list ? NULL : name, '{');
	else
		ih_open(&f->xml, name);
}

void
form_close(struct form *f)
{
	if (f->is_json)
		ih_json_close(&f->json, '}');
	else
		ih_close(&f->xml);
}

void
form_list(struct form *f, const char *names)
{
	if (f->is_json)
		ih_json_open(&f->json, names, '[');
}

void
form_list_end(struct form *f)
{
	if (f->is_json)
		ih_json_close(&f->json, ']');
}

void
form_text(struct form *f, const char *name, const char *value)
{
	if (value == NULL)
		return;
	if (f->is_json)
		ih_json_text(&f->json, name, value);
	else
		ih_put(&f->xml, name, value);
}

void
form_count(struct form *f, const char *name, uint64_t count)
{
	if (f->is_json)
		ih_json_number(&f->json, name, (int64_t)count);
	else
		ih_put_number(&f->xml, name, (int64_t)count);
}

void
form_decimal(struct form *f, const char *name, double value)
{
	char text[32];

	snprintf(text, sizeof text, "%.4f", value);
	if (f->is_json)
		ih_json_decimal(&f->json, name, value, 4);
	else
		ih_put(&f->xml, name, text);
}
