/* This is where files are read whole, and written whole or not at all. */
#include "ihala/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TEMPORARY ".ihala-XXXXXX" /* says nothing of what is in it */
#define STEP ((size_t)64 << 10)   /* bytes read at a time from a pipe */

/* A descriptor that closes at the end of its block. */
#define IH_CLOSED __attribute__((cleanup(close_held))) int

static void
close_held(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static bool
fail(struct ih_error *err, const char *path, const char *doing)
{
	int why = errno;

	if (why == ENOSPC || why == EDQUOT || why == EFBIG)
		return ih_fail_code(err, IH_SYSTEM, "E_FILE_FULL", "%s: %s",
		    path, strerror(why));
	return ih_fail(err, IH_SYSTEM, "%s: %s: %s", path, doing,
	    strerror(why));
}

static bool
refuse_size(struct ih_error *err, const char *path, size_t cap)
{
	return ih_fail_code(err, IH_INPUT, "E_FILE_LARGE",
	    "%s: more than %zu bytes", path, cap);
}

/* Open PATH for reading; -1 and why. */
static int
open_to_read(const char *path, struct ih_error *err)
{
	int fd;

	if (strcmp(path, "-") == 0) {
		fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
		if (fd < 0)
			fail(err, path, "standard input is closed");
		return fd;
	}
	do
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	while (fd < 0 && errno == EINTR);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		ih_fail_code(err, IH_ABSENT, "E_FILE_ABSENT", "%s", path);
	else if (fd < 0)
		fail(err, path, "cannot be opened");
	return fd;
}

/* Room for all of a regular file at once; refuse it before reading it. */
static bool
make_room(int fd, const char *path, size_t cap, struct ih_buffer *out,
    struct ih_error *err)
{
	struct stat info;

	if (fstat(fd, &info) != 0)
		return fail(err, path, "cannot be read");
	if (S_ISDIR(info.st_mode))
		return ih_fail_code(err, IH_INPUT, "E_FILE_FOLDER", "%s", path);
	if (!S_ISREG(info.st_mode))
		return true;
	if ((uintmax_t)info.st_size > cap)
		return refuse_size(err, path, cap);
	/* One more, so that the end is seen without growing. */
	ih_buffer_reserve(out, (size_t)info.st_size + 1);
	return true;
}

/* Straight into the buffer, which is wiped: no copy stays on the stack. */
static ssize_t
read_some(int fd, struct ih_buffer *out, size_t limit)
{
	size_t room;
	ssize_t got;

	if (out->size == out->room)
		ih_buffer_reserve(out, out->size + STEP);
	room = out->room - out->size;
	if (room > limit - out->size)
		room = limit - out->size;
	do
		got = read(fd, out->data + out->size, room);
	while (got < 0 && errno == EINTR);
	if (got > 0) {
		out->size += (size_t)got;
		out->data[out->size] = '\0';
	}
	return got;
}

struct ih_buffer *
ih_file_read(const char *path, size_t cap, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_CLOSED fd = -1;
	ssize_t got;

	if (cap > SSIZE_MAX - 1)
		cap = SSIZE_MAX - 1;
	fd = open_to_read(path, err);
	if (fd < 0 || !make_room(fd, path, cap, out, err))
		return NULL;
	/* A file may grow while it is read, and a pipe has no size. */
	while ((got = read_some(fd, out, cap + 1)) > 0)
		if (out->size > cap) {
			refuse_size(err, path, cap);
			return NULL;
		}
	if (got < 0) {
		fail(err, path, "cannot be read");
		return NULL;
	}
	return IH_GIVE(out);
}

static bool
write_all(int fd, const void *bytes, size_t size)
{
	const unsigned char *from = bytes;

	while (size > 0) {
		ssize_t put = write(fd, from, size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		if (put == 0) {
			errno = ENOSPC;
			return false;
		}
		from += put;
		size -= (size_t)put;
	}
	return true;
}

/* A reader that went away is an error here, not the end of the program. */
static bool
write_without_signal(int fd, const void *bytes, size_t size)
{
	sigset_t pipe_only, before, waiting;
	bool written;
	int why;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	sigpending(&waiting);
	pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
	written = write_all(fd, bytes, size);
	why = errno;
	if (!written && why == EPIPE && !sigismember(&waiting, SIGPIPE))
		sigtimedwait(&pipe_only, NULL, &(struct timespec){ 0 });
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = why;
	return written;
}

/* Bytes down a stream.  Only a file has a disk behind it to wait for. */
static bool
stream(int fd, const char *path, const void *bytes, size_t size,
    struct ih_error *err)
{
	if (!write_without_signal(fd, bytes, size))
		return fail(err, path, "cannot be written");
	if (fsync(fd) != 0 && errno != EINVAL && errno != EROFS &&
	    errno != ENOTSUP && errno != EBADF)
		return fail(err, path, "cannot be written");
	return true;
}

static bool
write_out(const void *bytes, size_t size, struct ih_error *err)
{
	/* One in memory has no descriptor (src/cli/desk_run.c). */
	if (fileno(stdout) < 0)
		return fwrite(bytes, 1, size, stdout) == size ||
		       fail(err, "-", "cannot be written");
	if (fflush(stdout) != 0)
		return fail(err, "-", "cannot be written");
	return stream(STDOUT_FILENO, "-", bytes, size, err);
}

/* A device or pipe is written to; to put a file in its place would break it. */
static bool
write_device(const char *path, const void *bytes, size_t size,
    struct ih_error *err)
{
	IH_CLOSED fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return fail(err, path, "cannot be opened");
	return stream(fd, path, bytes, size, err);
}

static bool
write_temporary(int fd, const void *bytes, size_t size)
{
	return fchmod(fd, 0600) == 0 && write_all(fd, bytes, size) &&
	       fsync(fd) == 0;
}

/* Some file systems cannot sync a folder, and keep its order anyway. */
static bool
sync_folder(int folder)
{
	return fsync(folder) == 0 || errno == EINVAL || errno == ENOTSUP;
}

typedef int put_in_place(const char *from, const char *to);

/* The move that fails where TO is there already, on any file system. */
static int
move_to_new(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	if (link(from, to) != 0)
		return -1;
	unlink(from); /* TO is whole: what is left over harms nobody */
	return 0;
}

/* The folder PATH is in, with its last slash; "" for this one. */
static size_t
folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

/* NAME is how the caller calls PATH, which may be where a link leads. */
static bool
write_whole(const char *name, const char *path, const void *bytes, size_t size,
    put_in_place *put, struct ih_error *err)
{
	IH_OWNED(ih_buffer) temporary =
	    ih_buffer_copy(path, folder_length(path));
	char *from;
	int why;
	/* Before anything is written: what cannot be synced later, fails now.
	 */
	IH_CLOSED folder =
	    open(temporary->size > 0 ? (const char *)temporary->data : ".",
		O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	IH_CLOSED fd = -1;

	if (folder < 0)
		return fail(err, name, "its folder cannot be opened");
	ih_buffer_text(temporary, TEMPORARY);
	from = (char *)temporary->data;
	fd = mkostemp(from, O_CLOEXEC);
	if (fd < 0)
		return fail(err, name, "cannot be made");
	if (!write_temporary(fd, bytes, size) || put(from, path) != 0) {
		why = errno;
		unlink(from);
		errno = why;
		if (why == EEXIST)
			return ih_fail_code(err, IH_STATE, "E_FILE_THERE", "%s",
			    name);
		return fail(err, name, "cannot be written");
	}
	if (!sync_folder(folder))
		return fail(err, name,
		    "is in place, but its folder cannot be synced");
	return true;
}

/* Where a link leads, so that the file is replaced and not the link. */
static bool
write_linked(const char *path, const void *bytes, size_t size,
    struct ih_error *err)
{
	char target[PATH_MAX];

	if (realpath(path, target) == NULL)
		return fail(err, path, "is a link that leads nowhere");
	return write_whole(path, target, bytes, size, rename, err);
}

bool
ih_file_write(const char *path, const void *bytes, size_t size,
    struct ih_error *err)
{
	struct stat info;

	if (strcmp(path, "-") == 0)
		return write_out(bytes, size, err);
	if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
		errno = EISDIR;
		return fail(err, path, "cannot be written");
	}
	if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
		return write_device(path, bytes, size, err);
	if (lstat(path, &info) == 0 && S_ISLNK(info.st_mode))
		return write_linked(path, bytes, size, err);
	return write_whole(path, path, bytes, size, rename, err);
}

bool
ih_file_create(const char *path, const void *bytes, size_t size,
    struct ih_error *err)
{
	if (strcmp(path, "-") == 0)
		return write_out(bytes, size, err);
	return write_whole(path, path, bytes, size, move_to_new, err);
}

/* One folder; it may be there. */
static bool
make_one(const char *path, const char *name, struct ih_error *err)
{
	struct stat info;

	if (mkdir(name, 0700) == 0)
		return true;
	if (errno == EEXIST && stat(name, &info) == 0) {
		if (S_ISDIR(info.st_mode))
			return true;
		errno = ENOTDIR;
	}
	return fail(err, path, "cannot be made");
}

bool
ih_folder_make(const char *path, struct ih_error *err)
{
	IH_OWNED(ih_buffer) copy = ih_buffer_copy(path, strlen(path));
	char *name = (char *)copy->data;

	for (char *slash = strchr(name, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		if (slash == name)
			continue;
		*slash = '\0';
		if (!make_one(path, name, err))
			return false;
		*slash = '/';
	}
	return make_one(path, name, err);
}
