/* This is where a file is taken from one place to another as it is. */
#include "copy.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ihala/file.h"

typedef struct mapped {
	const void *bytes;
	size_t size;
} mapped;

static void
unmap(struct mapped *file)
{
	if (file->size > 0)
		munmap((void *)(uintptr_t)file->bytes, file->size);
}

IH_OWNER(mapped, unmap)

static bool
map(const char *path, struct mapped *file, struct ih_error *err)
{
	struct stat info = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	void *bytes = NULL;

	if (fd < 0)
		return ih_fail(err, errno == ENOENT ? IH_ABSENT : IH_SYSTEM,
		    "%s: %s", path, strerror(errno));
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
		info.st_size = 0;
	else if (info.st_size > 0)
		bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE,
		    fd, 0);
	close(fd);
	if (info.st_size == 0 || bytes == MAP_FAILED)
		return ih_fail(err, IH_SYSTEM, "%s: it cannot be read", path);
	file->bytes = bytes;
	file->size = (size_t)info.st_size;
	return true;
}

bool
ih_file_digest(const char *path, struct ih_hash *digest, struct ih_error *err)
{
	struct mapped there = { NULL, 0 };
	IH_OWNED(mapped) file = &there;

	if (!map(path, file, err))
		return false;
	ih_digest(file->bytes, file->size, digest->bytes);
	return true;
}

bool
ih_file_copy(const char *from, const char *to, struct ih_hash *digest,
    struct ih_error *err)
{
	struct mapped there = { NULL, 0 };
	IH_OWNED(mapped) file = &there;

	if (!map(from, file, err))
		return false;
	ih_digest(file->bytes, file->size, digest->bytes);
	return ih_file_create(to, file->bytes, file->size, err);
}
