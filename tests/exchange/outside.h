/*
 * outside.h - programs that nobody here wrote, asked about files of ours.
 */
#ifndef IHALA_TEST_OUTSIDE_H
#define IHALA_TEST_OUTSIDE_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "ihala/buffer.h"
#include "ihala/file.h"

/* A folder of its own for each test program. */
static inline const char *
folder(void)
{
	static char path[] = "/tmp/ihala-outside-XXXXXX";
	static bool made;

	if (!made)
		assert_non_null(mkdtemp(path));
	made = true;
	return path;
}

static inline void
remove_folder(void)
{
	char command[256];

	snprintf(command, sizeof command, "rm -r %s", folder());
	assert_int_equal(system(command), 0);
}

static inline void
put_file(const char *name, const void *bytes, size_t size)
{
	char path[256];
	FILE *out;

	snprintf(path, sizeof path, "%s/%s", folder(), name);
	out = fopen(path, "wb");
	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, size, out), size);
	assert_int_equal(fclose(out), 0);
}

static inline struct ih_buffer *
get_file(const char *name)
{
	struct ih_error err = { 0 };
	char path[256];

	snprintf(path, sizeof path, "%s/%s", folder(), name);
	return ih_file_read(path, 1 << 20, &err);
}

/* Runs a shell command there: does it end well?  What it says is kept in the
 * file "said". */
static inline bool __attribute__((format(printf, 1, 2)))
ends_well(const char *format, ...)
{
	char command[4096];
	int used = snprintf(command, sizeof command, "cd %s && { ", folder());
	int status;
	va_list list;

	va_start(list, format);
	used += vsnprintf(command + used, sizeof command - (size_t)used, format,
	    list);
	va_end(list);
	snprintf(command + used, sizeof command - (size_t)used,
	    "; } >said 2>&1");
	status = system(command);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status) == 0;
}

#endif
