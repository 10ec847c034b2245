/*
 * Any bytes against the schema of answers: they fit, or the first fault is
 * named; libxml2 and our own search for the fault agree.  Bytes that do not
 * begin as a document are numbers of the pieces below, so that whole
 * documents are found soon.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/buffer.h"
#include "ihala/library.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Loaded once, and kept. */
static struct ih_schema *
schema(void)
{
	static struct ih_schema *loaded;
	struct ih_error err = { 0 };

	if (loaded == NULL) {
		IH_OWNED(ih_library) library = ih_library_open(".", &err);

		if (library != NULL)
			loaded = ih_schema_load(library, "answers", &err);
	}
	if (loaded == NULL)
		abort();
	return loaded;
}

#define ID "00000000-0000-4000-8000-000000000007"
#define DIGEST                                                                 \
	"00000000000000000000000000000000"                                     \
	"00000000000000000000000000000000"

static const char *const pieces[] = {
	"<answers xmlns='urn:ihala:answers:1'",
	" id='" ID "'",
	" instrument='adult'",
	" version='1.0.0'",
	" digest='" DIGEST "'",
	">",
	"/>",
	"<interview",
	" date='2026-01-31'",
	" committee='MA'",
	" channel='ngo'",
	" language='ar'",
	" stopped='true'",
	" area='MA-01'",
	"<answer",
	" item='age'",
	" by='person'",
	" state='blank'",
	"<value>",
	"</value>",
	"</answer>",
	"</interview>",
	"</answers>",
	"text",
	" ",
	"<!-- -->",
	"<![CDATA[text]]>",
	" training='true'",
	" state='other'",
	"<x:answer xmlns:x='urn:x'/>",
	"<answer item='age' state='refused'/>",
	"<answers xmlns='urn:ihala:answers:1' id='" ID
	"' instrument='adult' version='1.0.0' digest='" DIGEST
	"'><interview date='2026-01-31' committee='MA' channel='ngo' "
	"language='ar'/>",
};

static struct ih_buffer *
document_of(const uint8_t *bytes, size_t size)
{
	struct ih_buffer *out = ih_buffer_new();

	for (size_t i = 0; i < size; i++)
		ih_buffer_text(out,
		    pieces[bytes[i] % (sizeof pieces / sizeof pieces[0])]);
	return out;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	bool whole = size > 0 && bytes[0] == '<';
	IH_OWNED(ih_buffer) form =
	    whole ? ih_buffer_copy(bytes, size) : document_of(bytes, size);
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("fuzz", form->data, form->size, &err);
	bool fits;

	assert((doc == NULL) == (err.kind != IH_NONE));
	if (doc == NULL)
		return 0;
	fits = ih_schema_check(schema(), doc, "fuzz", &err);
	assert(fits == (err.kind == IH_NONE));
	if (!fits) {
		assert(err.kind == IH_INPUT);
		assert(strncmp(err.text, "fuzz:", 5) == 0);
		assert(strstr(err.text, "its schema") == NULL);
	}
	return 0;
}
