/*
 * owned.h - the two words of ownership.
 *
 *	IH_OWNED(xmlDoc) doc = ih_xml_read(...);	this block frees it
 *	return IH_GIVE(doc);				now the caller does
 *
 * IH_OWNER(type, release) teaches IH_OWNED a type, once per type, in the
 * header of the room that makes it.  A plain pointer is borrowed: it is
 * valid as long as the thing it was got from, and is never freed.
 *
 * Source: __attribute__((cleanup)), GNU C; gcc and clang.
 */
#ifndef IHALA_OWNED_H
#define IHALA_OWNED_H

#include <stddef.h>

#define IH_OWNER(type, release)                                                \
	static inline void ih_release_##type(type **held)                      \
	{                                                                      \
		if (*held != NULL)                                             \
			release(*held);                                        \
	}

#define IH_OWNED(type) __attribute__((cleanup(ih_release_##type))) type *

#define IH_GIVE(held)                                                          \
	(__extension__({                                                       \
		__typeof__(held) given_ = (held);                              \
		(held) = NULL;                                                 \
		given_;                                                        \
	}))

#endif
