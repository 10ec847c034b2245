/*
 * fixture.h - the small instrument and framework, and interviews over them
 * written in a line:
 *
 *	"s1=yes forms=Work,Other age=refused paid=unknown"
 *
 * A word of enum ih_state is a state, anything else a value.
 */
#ifndef IHALA_TESTS_FIXTURE_H
#define IHALA_TESTS_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/answers.h"
#include "ihala/assess.h"
#include "ihala/file.h"
#include "ihala/xml.h"

#define SMALL_ID "00000000-0000-4000-a000-000000000007"

static struct ih_library *library;
static struct ih_instrument *small;
static struct ih_framework *small_framework;

static inline struct ih_buffer *
read_or_stop(const char *path)
{
	struct ih_error err = { 0 };
	struct ih_buffer *bytes = ih_file_read(path, IH_XML_MAX, &err);

	if (bytes == NULL)
		fail_msg("%s", err.text);
	return bytes;
}

static inline int
set_up(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	library = ih_library_open(".", &err);
	if (library == NULL)
		return 1;
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(library, "instrument", &err);
	IH_OWNED(ih_schema) rules = ih_schema_load(library, "framework", &err);
	IH_OWNED(ih_buffer) bytes = read_or_stop("tests/assess/small.xml");
	small = ih_instrument_read(schema, "small.xml", bytes->data,
	    bytes->size, &err);
	if (small == NULL)
		fail_msg("%s", err.text);
	IH_OWNED(ih_buffer) more =
	    read_or_stop("tests/assess/small-framework.xml");
	small_framework = ih_framework_read(rules, small, "small-framework.xml",
	    more->data, more->size, &err);
	if (small_framework == NULL)
		fail_msg("%s", err.text);
	return 0;
}

static inline int
tear_down(void **state)
{
	(void)state;
	ih_framework_free(small_framework);
	ih_instrument_free(small);
	ih_library_close(library);
	return 0;
}

static inline void
write_one(struct ih_buffer *out, char *word)
{
	char *value = strchr(word, '='), *rest;
	int state;

	*value++ = '\0';
	state = ih_state_of(value, strlen(value));
	if (state > IH_GIVEN || state == IH_BLANK) {
		ih_buffer_printf(out, "<answer item=\"%s\" state=\"%s\"/>\n",
		    word, value);
		return;
	}
	ih_buffer_printf(out, "<answer item=\"%s\" by=\"person\">", word);
	for (char *v = strtok_r(value, ",", &rest); v != NULL;
	     v = strtok_r(NULL, ",", &rest))
		ih_buffer_printf(out, "<value>%s</value>", v);
	ih_buffer_text(out, "</answer>\n");
}

/* The <answers> element for LINE, as read back by everything here. */
static inline void
write_answers(struct ih_buffer *out, const struct ih_instrument *instrument,
    const char *line)
{
	char words[4096], *rest;

	snprintf(words, sizeof words, "%s", line);
	ih_buffer_printf(out,
	    "<answers xmlns=\"urn:ihala:answers:1\" id=\"" SMALL_ID "\" "
	    "instrument=\"%s\" version=\"%s\" digest=\"%s\" "
	    "training=\"true\">\n"
	    "<interview date=\"2026-05-17\" committee=\"MA\" "
	    "channel=\"ngo\" language=\"ar\"/>\n",
	    instrument->id, instrument->version, instrument->digest);
	for (char *w = strtok_r(words, " ", &rest); w != NULL;
	     w = strtok_r(NULL, " ", &rest))
		write_one(out, w);
	ih_buffer_text(out, "</answers>\n");
}

static inline struct ih_answers *
try_answers_to(const struct ih_instrument *instrument, const char *line,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();

	write_answers(bytes, instrument, line);
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("answers.xml", bytes->data, bytes->size, err);
	return doc != NULL ? ih_answers_read(doc, instrument, err) : NULL;
}

static inline struct ih_answers *
try_answers(const char *line, struct ih_error *err)
{
	return try_answers_to(small, line, err);
}

static inline struct ih_answers *
answers_of(const char *line)
{
	struct ih_error err = { 0 };
	struct ih_answers *answers = try_answers(line, &err);

	if (answers == NULL)
		fail_msg("%s: %s", line, err.text);
	return answers;
}

static inline enum ih_state
state_of(const struct ih_answers *answers, const char *item)
{
	return (enum ih_state)ih_answers_of(answers, item)->state;
}

#endif
