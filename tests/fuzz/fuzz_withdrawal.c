/*
 * Any bytes as withdrawal.xml or reply.xml: read, or refused with a reason;
 * what was read is written again.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "ihala/library.h"
#include "ihala/schema.h"
#include "ihala/withdrawal.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct ih_schema *withdrawals, *replies;

static void
schemas_open(void)
{
	struct ih_error err = { 0 };
	struct ih_library *library = ih_library_open(".", &err);

	if (library == NULL)
		abort();
	withdrawals = ih_schema_load(library, "withdrawal", &err);
	replies = ih_schema_load(library, "reply", &err);
	ih_library_close(library);
	if (withdrawals == NULL || replies == NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	IH_OWNED(ih_buffer) again = NULL;
	struct ih_error err = { 0 }, other = { 0 };
	struct ih_withdrawal withdrawal;
	struct ih_reply reply;
	bool read = false;

	if (withdrawals == NULL)
		schemas_open();
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, &err);
	if (doc == NULL) {
		assert(err.kind != IH_NONE);
		return 0;
	}
	if (ih_schema_check(withdrawals, doc, "fuzz", &err)) {
		read = ih_withdrawal_from(doc, &withdrawal, &err);
		if (read)
			again = ih_withdrawal_write(&withdrawal, &err);
	} else if (ih_schema_check(replies, doc, "fuzz", &other)) {
		err = other;
		read = ih_reply_from(doc, &reply, &err);
		if (read)
			again = ih_reply_write(&reply, &err);
	}
	assert(read == (err.kind == IH_NONE));
	assert(read == (again != NULL));
	return 0;
}
