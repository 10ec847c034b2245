/*
 * memory.h - what is allocated at the peak, in this process and the children
 * it forks together: between the program and the C library's allocator.
 *
 *	memory_start();		once, before the first child
 *	before = memory_now();
 *	...
 *	peak = memory_peak() - before;	bytes
 *
 * What a child allocated is gone when it has been waited for.  One thread a
 * process.  Until it starts nothing is counted, so that time can be measured
 * before.
 *
 * Source: glibc manual, "Replacing malloc"; malloc_usable_size(3).
 */
#ifndef IHALA_BENCH_MEMORY_H
#define IHALA_BENCH_MEMORY_H

#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *held, size_t size);
void __libc_free(void *held);

enum { MEMORY_CHILDREN = 64 };

/* Shared with the children.  What was there before is not counted. */
static struct memory {
	atomic_long live, peak;
	atomic_int children;
	struct {
		pid_t pid;
		atomic_long live;
	} child[MEMORY_CHILDREN];
} * memory;
static int memory_own = -1; /* which child this is */

static inline void
memory_add(long size)
{
	long live, peak;

	if (memory_own >= 0)
		atomic_fetch_add(&memory->child[memory_own].live, size);
	live = atomic_fetch_add(&memory->live, size) + size;
	peak = atomic_load(&memory->peak);
	while (live > peak &&
	       !atomic_compare_exchange_weak(&memory->peak, &peak, live))
		;
}

static void
memory_in_child(void)
{
	int number = atomic_fetch_add(&memory->children, 1);

	if (number >= MEMORY_CHILDREN)
		_exit(1);
	memory->child[number].pid = getpid();
	memory_own = number;
}

static inline void
memory_start(void)
{
	memory = mmap(NULL, sizeof *memory, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED ||
	    pthread_atfork(NULL, NULL, memory_in_child) != 0)
		exit(1);
}

/* What is there now; the peak is looked for from here on. */
static inline long
memory_now(void)
{
	long live = atomic_load(&memory->live);

	atomic_store(&memory->peak, live);
	return live;
}

static inline long
memory_peak(void)
{
	return atomic_load(&memory->peak);
}

void *
malloc(size_t size)
{
	void *taken = __libc_malloc(size);

	if (memory == NULL)
		return taken;
	memory_add((long)malloc_usable_size(taken));
	return taken;
}

void *
calloc(size_t count, size_t size)
{
	void *taken = __libc_calloc(count, size);

	if (memory == NULL)
		return taken;
	memory_add((long)malloc_usable_size(taken));
	return taken;
}

/* Where it is moved both are there for a while. */
void *
realloc(void *held, size_t size)
{
	long before = memory != NULL ? (long)malloc_usable_size(held) : 0;
	void *taken = __libc_realloc(held, size);

	if (memory != NULL && taken != NULL) {
		memory_add((long)malloc_usable_size(taken));
		memory_add(-before);
	}
	return taken;
}

void
free(void *held)
{
	if (memory != NULL)
		memory_add(-(long)malloc_usable_size(held));
	__libc_free(held);
}

/* confine.c waits so for a child that it ended. */
pid_t
waitpid(pid_t pid, int *status, int options)
{
	pid_t ended = wait4(pid, status, options, NULL);

	for (int i = 0; memory != NULL && ended > 0 && i < MEMORY_CHILDREN; i++)
		if (memory->child[i].pid == ended) {
			atomic_fetch_sub(&memory->live,
			    atomic_exchange(&memory->child[i].live, 0));
			memory->child[i].pid = 0;
		}
	return ended;
}

#endif
