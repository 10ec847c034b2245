/*
 * confine.h - outside bytes are read in a child that can do nothing else.
 *
 * The child is forked, so that schemas and tables loaded before are at hand;
 * then its limits are lowered (CPU seconds, memory, no files, no core), a
 * seccomp filter leaves it read and write on one socket and memory calls, and
 * any other system call kills it.  A crash, a loop or an exploit in a parser
 * therefore ends the child, and the parent gets one line of error.
 *
 * One child can serve a stream of documents: start once, ask many times.
 * Memory that runs out ends the child where the allocator ends the program,
 * as ours does; libxml2 and libxslt do not survive a NULL, so the xml floor
 * gives them an allocator of that kind.
 *
 * A child belongs to the thread that started it and ends with that thread.
 * Start children before other threads hold locks that the work will need.
 *
 * Built with AddressSanitizer, or run under valgrind, whose own machinery
 * needs more of the kernel, the filter is a list of what is forbidden (files,
 * sockets, programs, processes) instead of what is allowed, and the former
 * has no cap on memory: fit for tests, not for work.
 *
 * Source: seccomp(2), setrlimit(2); src/README.md "Untrusted bytes".
 */
#ifndef IHALA_CONFINE_H
#define IHALA_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"

/* For one document: seconds of CPU time, seconds of waiting on a machine that
 * has other things to do, bytes of address space beyond what the parent
 * holds, bytes of the result. */
#define IH_CONFINE_SECONDS 2
#define IH_CONFINE_PATIENCE 30
#define IH_CONFINE_MEMORY ((size_t)256 << 20)
#define IH_CONFINE_OUTPUT ((size_t)64 << 20)

/* What a child may use, where the work needs other limits than those. */
struct ih_limits {
	unsigned seconds;  /* of CPU; the kernel may allow one more */
	unsigned patience; /* seconds until an answer, by the clock */
	size_t memory;     /* bytes of address space */
};

/*
 * The work: read SIZE BYTES, add the result to OUT, true; or say why in ERR,
 * false.  Runs in the child; WITH is what the parent handed to the start.
 */
typedef bool ih_confined(const void *bytes, size_t size, struct ih_buffer *out,
    void *with, struct ih_error *err);

typedef struct ih_child ih_confined_child; /* ih_child() is in node.h */

/* Fork a child that will do WORK.  Caller owns.  NULL: IH_SYSTEM. */
struct ih_child *
ih_child_start(ih_confined *work, void *with, struct ih_error *err);

/* The same, within LIMITS. */
struct ih_child *ih_child_start_within(ih_confined *work, void *with,
    struct ih_limits limits, struct ih_error *err);

/*
 * Let the child work on SIZE BYTES.  The caller owns the result.
 * NULL: the child's own error; or IH_INPUT with E_READER_STOPPED where the
 * child was stopped (too long, too much memory, a forbidden call); the child
 * is then started anew for the next document, IH_SYSTEM if it cannot be.
 */
struct ih_buffer *ih_child_ask(struct ih_child *child, const void *bytes,
    size_t size, struct ih_error *err);

void ih_child_free(struct ih_child *child);

/* One document, one child. */
struct ih_buffer *ih_confine(ih_confined *work, void *with, const void *bytes,
    size_t size, struct ih_error *err);

/*
 * Confine the program itself, from here to its end, where it reads one long
 * stream: it goes on with the descriptors and threads it has, and can open,
 * connect or start nothing.  What it reads then it has open, or is handed by
 * a child that was there before (opener.h).  Under a sanitizer, valgrind or
 * gcov nothing changes.
 * False: IH_SYSTEM.
 */
bool ih_confine_self(struct ih_error *err);

/*
 * Confine a program that listens, from here to its end: it takes in
 * connections and goes on with the descriptors and threads it has, and can
 * open, connect, signal or start nothing: it is told that it may not.  Under a
 * sanitizer, valgrind or gcov nothing changes.
 * False: IH_SYSTEM.
 */
bool ih_confine_server(struct ih_error *err);

IH_OWNER(ih_confined_child, ih_child_free)

#endif
