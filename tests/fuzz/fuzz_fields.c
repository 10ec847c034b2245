/* Any bytes on the socket between two processes of the web application: a
 * message, which says the same when it is sent on; or none. */
#include <assert.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ihala/fields.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* As it comes from the other side, which then is gone. */
static struct ih_fields *
received(const uint8_t *bytes, size_t size)
{
	struct ih_fields *fields;
	int ends[2];

	assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	assert(send(ends[0], bytes, size, 0) == (ssize_t)size);
	close(ends[0]);
	fields = ih_fields_receive(ends[1]);
	close(ends[1]);
	return fields;
}

static struct ih_fields *
sent_on(const struct ih_fields *fields)
{
	struct ih_fields *again;
	int ends[2];

	assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	assert(ih_fields_send(ends[0], fields));
	again = ih_fields_receive(ends[1]);
	close(ends[0]);
	close(ends[1]);
	return again;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size > 65536)
		return 0;
	IH_OWNED(ih_fields) fields = received(bytes, size);
	if (fields == NULL)
		return 0;
	assert(fields->count <= IH_FIELDS_MOST);
	IH_OWNED(ih_fields) again = sent_on(fields);
	assert(again != NULL && again->count == fields->count);
	for (size_t i = 0; i < fields->count; i++) {
		const struct ih_field *a = &fields->list[i];
		const struct ih_field *b = &again->list[i];

		assert(a->value[a->size] == '\0');
		assert(strcmp(a->name, b->name) == 0 && a->size == b->size);
		assert(memcmp(a->value, b->value, a->size) == 0);
	}
	return 0;
}
