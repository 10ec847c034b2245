/* This is where a folder is made whole, or not at all. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ihala/file.h"

void
ih_folder_path(char path[static IH_PATH_ROOM], const char *folder,
    const char *file)
{
	snprintf(path, IH_PATH_ROOM, "%s/%s", folder, file);
}

/* NAME without slashes at its end, and the folder it is in. */
static bool
name_paths(const char *name, struct ih_folder *folder, struct ih_error *err)
{
	size_t length = strlen(name);
	char *slash;

	while (length > 1 && name[length - 1] == '/')
		length--;
	if (length == 0 || length > PATH_MAX - 32)
		return ih_fail(err, IH_USAGE,
		    "a registry needs a folder's name");
	snprintf(folder->name, PATH_MAX, "%.*s", (int)length, name);
	snprintf(folder->parent, PATH_MAX, "%s", folder->name);
	slash = strrchr(folder->parent, '/');
	if (slash == NULL)
		snprintf(folder->parent, PATH_MAX, ".");
	else
		slash[slash == folder->parent ? 1 : 0] = '\0';
	return true;
}

struct ih_folder *
ih_folder_begin(const char *name, struct ih_error *err)
{
	IH_OWNED(ih_folder) folder = calloc(1, sizeof *folder);
	struct stat there;

	if (folder == NULL)
		abort();
	if (!name_paths(name, folder, err))
		return NULL;
	if (stat(folder->parent, &there) != 0 &&
	    !ih_folder_make(folder->parent, err))
		return NULL;
	snprintf(folder->made, sizeof folder->made, "%s.new-XXXXXX",
	    folder->name);
	if (mkdtemp(folder->made) == NULL) { /* mode 0700 */
		folder->made[0] = '\0';
		ih_fail(err, IH_SYSTEM, "%s: %s", folder->parent,
		    strerror(errno));
		return NULL;
	}
	return IH_GIVE(folder);
}

static bool
sync_folder(const char *folder, struct ih_error *err)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = fd >= 0 && fsync(fd) == 0;

	if (!done)
		ih_fail(err, IH_SYSTEM, "%s: %s", folder, strerror(errno));
	if (fd >= 0)
		close(fd);
	return done;
}

bool
ih_folder_finish(struct ih_folder *folder, struct ih_error *err)
{
	if (!sync_folder(folder->made, err))
		return false;
	if (rename(folder->made, folder->name) == 0) {
		folder->made[0] = '\0';
		return sync_folder(folder->parent, err);
	}
	if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
		return ih_fail(err, IH_STATE, "%s: something is there already",
		    folder->name);
	return ih_fail(err, IH_SYSTEM, "%s: %s", folder->name, strerror(errno));
}

static void
remove_made(const char *made)
{
	char path[IH_PATH_ROOM + NAME_MAX];
	DIR *folder = opendir(made);

	if (folder == NULL)
		return;
	for (struct dirent *e = readdir(folder); e != NULL;
	     e = readdir(folder)) {
		snprintf(path, sizeof path, "%s/%s", made, e->d_name);
		unlink(path);
	}
	closedir(folder);
	rmdir(made);
}

void
ih_folder_undo(struct ih_folder *folder)
{
	if (folder->made[0] == '\0')
		remove_made(folder->name);
}

void
ih_folder_end(struct ih_folder *folder)
{
	if (folder == NULL)
		return;
	if (folder->made[0] != '\0')
		remove_made(folder->made);
	free(folder);
}
