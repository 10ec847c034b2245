/*
 * hex.h - published vectors as they are printed.
 */
#ifndef IHALA_TEST_HEX_H
#define IHALA_TEST_HEX_H

#include <stdio.h>
#include <string.h>

#include "ihala/buffer.h"

/* The bytes of TEXT; spaces are skipped.  Caller owns. */
static inline struct ih_buffer *
unhex(const char *text)
{
	struct ih_buffer *bytes = ih_buffer_new();

	for (; *text != '\0'; text++) {
		unsigned value;
		unsigned char byte;

		if (*text == ' ' || sscanf(text, "%2x", &value) != 1)
			continue;
		byte = (unsigned char)value;
		ih_buffer_add(bytes, &byte, 1);
		text++;
	}
	return bytes;
}

#endif
