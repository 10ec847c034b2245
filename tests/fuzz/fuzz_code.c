/*
 * Any text at all: a case code or none; what is taken comes out in the one
 * form that is taken again.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/id.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char code[IH_CODE_TEXT], again[IH_CODE_TEXT], uuid[IH_UUID_TEXT];
	char *text = malloc(size + 1);
	uint64_t seed = size;
	struct ih_world world;

	if (text == NULL)
		return 0;
	memcpy(text, bytes, size);
	text[size] = '\0';
	memcpy(&seed, bytes, size < sizeof seed ? size : sizeof seed);
	if (ih_code_parse(text, code)) {
		assert(strlen(code) == IH_CODE_TEXT - 1);
		assert(ih_code_parse(code, again));
		assert(strcmp(code, again) == 0);
	} else {
		assert(code[0] == '\0');
	}
	assert(!ih_uuid_is(text) || strlen(text) == IH_UUID_TEXT - 1);
	free(text);
	world = ih_world_fixed(0, &seed);
	ih_code_new(&world, code);
	assert(ih_code_parse(code, again) && strcmp(code, again) == 0);
	ih_uuid_new(&world, uuid);
	assert(ih_uuid_is(uuid));
	return 0;
}
