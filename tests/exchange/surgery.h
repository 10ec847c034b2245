/*
 * surgery.h - DER cut open and closed again, so that only the wound is wrong.
 */
#ifndef IHALA_TEST_SURGERY_H
#define IHALA_TEST_SURGERY_H

#include <string.h>

#include "ihala/buffer.h"

struct element {
	size_t content, size; /* place and length of what is inside */
};

static inline struct element
element_at(const unsigned char *der, size_t at)
{
	unsigned first = der[at + 1];
	size_t size = first;

	if (first == 0x81)
		return (struct element){ at + 3, der[at + 2] };
	if (first == 0x82)
		return (struct element){ at + 4,
			(size_t)der[at + 2] << 8 | der[at + 3] };
	assert_true(first < 0x80);
	return (struct element){ at + 2, size };
}

/* A new length, in as many bytes as the old one. */
static inline void
set_size(unsigned char *der, size_t at, size_t size)
{
	if (der[at + 1] == 0x82) {
		assert_in_range(size, 0x100, 0xffff);
		der[at + 2] = (unsigned char)(size >> 8);
		der[at + 3] = (unsigned char)(size & 0xff);
	} else if (der[at + 1] == 0x81) {
		assert_in_range(size, 0x80, 0xff);
		der[at + 2] = (unsigned char)size;
	} else {
		assert_in_range(size, 0, 0x7f);
		der[at + 1] = (unsigned char)size;
	}
}

/* Put BYTES in the place of the CUT bytes at AT; every element around gets
 * its new length.  Caller owns. */
static inline struct ih_buffer *
operated(const struct ih_buffer *file, size_t at, size_t cut, const void *bytes,
    size_t size)
{
	struct ih_buffer *out = ih_buffer_copy(file->data, at);
	size_t here = 0;

	ih_buffer_add(out, bytes, size);
	ih_buffer_add(out, file->data + at + cut, file->size - at - cut);
	for (;;) {
		struct element e = element_at(file->data, here);
		size_t child = e.content, end = e.content + e.size;

		set_size(out->data, here, e.size + size - cut);
		if ((file->data[here] & 0x20) == 0)
			return out;
		for (; child < end; child += e.content - child + e.size) {
			e = element_at(file->data, child);
			if (e.content <= at && at < e.content + e.size)
				break;
		}
		if (child >= end)
			return out;
		here = child;
	}
}

/* The place of BYTES in FILE. */
static inline size_t
place_of(const struct ih_buffer *file, const void *bytes, size_t size)
{
	const unsigned char *at = memmem(file->data, file->size, bytes, size);

	assert_non_null(at);
	return (size_t)(at - file->data);
}

#endif
