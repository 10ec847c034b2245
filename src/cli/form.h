/*
 * form.h - a result for programs, written once for JSON and XML.
 *
 * A list is an element that repeats in XML, and an array in JSON; all else
 * is attributes there and members here.
 */
#ifndef IHALA_CLI_FORM_H
#define IHALA_CLI_FORM_H

#include "ihala/element.h"
#include "ihala/json.h"

struct form {
	bool is_json;
	struct ih_json json;
	struct ih_writer xml;
};

/* The root element NAME, of the format urn:ihala:NAME:1. */
struct form form_start(bool is_json, struct ih_buffer *out, const char *name);
/* Closes the root.  False: as ih_write_end(). */
bool form_end(struct form *f, struct ih_error *err);

void form_open(struct form *f, const char *name, bool in_list);
void form_close(struct form *f);
void form_list(struct form *f, const char *names);
void form_list_end(struct form *f);

void form_text(struct form *f, const char *name,
    const char *value); /* NULL is left out */
void form_count(struct form *f, const char *name, uint64_t count);
void form_decimal(struct form *f, const char *name, double value);

#endif
