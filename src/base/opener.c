/* This is where a process of its own opens files, and hands them over. */
#include "ihala/opener.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ihala/arena.h"

#include "ihala/arena.h"

#define PAUSE 2000 /* microseconds until the other side has taken some */

struct ih_opener {
	int channel;
	pid_t pid;
};

/* What goes with an open file: its name follows, without a NUL. */
struct letter {
	int error; /* as errno has it; 0: it is open */
};

#define NO_FILES ENODATA /* of a folder without any */

/* Room for one descriptor, aligned as cmsg(3) has it. */
union rights {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(sizeof(int))];
};

/* ---- In the child. */

static void
enclose(struct msghdr *message, union rights *rights, int file)
{
	struct cmsghdr *head;

	message->msg_control = rights->bytes;
	message->msg_controllen = sizeof rights->bytes;
	head = CMSG_FIRSTHDR(message);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof file);
	memcpy(CMSG_DATA(head), &file, sizeof file);
}

/* The other side is ih_opener_next().  Nobody there: there is nothing left
 * to do. */
static void
hand_over(int channel, const struct letter *letter, const char *name, int file)
{
	union rights rights = { 0 };
	struct letter copy = *letter;
	char text[PATH_MAX + 1];
	struct iovec parts[] = { { &copy, sizeof copy },
		{ text, (size_t)snprintf(text, sizeof text, "%s", name) } };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };

	if (parts[1].iov_len >= sizeof text)
		parts[1].iov_len = sizeof text - 1;
	if (file >= 0)
		enclose(&message, &rights, file);
	while (sendmsg(channel, &message, MSG_NOSIGNAL) < 0) {
		/* So many are on their way that the kernel takes no more. */
		if (errno == ETOOMANYREFS)
			usleep(PAUSE);
		else if (errno != EINTR)
			_exit(0);
	}
}

static void
hand_over_file(int channel, const char *name, int file)
{
	int error = file < 0 ? errno : 0;

	hand_over(channel, &(struct letter){ error }, name, file);
	if (file >= 0)
		close(file);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
is_xml(const char *name)
{
	size_t length = strlen(name);

	return name[0] != '.' && length > 4 &&
	       strcmp(name + length - 4, ".xml") == 0;
}

/* The names in FOLDER, sorted; how many in COUNT. */
static char **
list(DIR *folder, struct ih_arena *arena, size_t *count)
{
	char **names = NULL;
	size_t room = 0;

	*count = 0;
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		if (!is_xml(entry->d_name))
			continue;
		if (*count == room) {
			room = room > 0 ? 2 * room : 64;
			names = reallocarray(names, room, sizeof *names);
			if (names == NULL)
				_exit(1);
		}
		names[(*count)++] = ih_arena_text(arena, entry->d_name);
	}
	if (*count > 0)
		qsort(names, *count, sizeof *names, by_bytes);
	return names;
}

static bool
is_regular(int folder, const char *name)
{
	struct stat about;

	return fstatat(folder, name, &about, 0) == 0 && S_ISREG(about.st_mode);
}

static void
hand_over_folder(int channel, const char *path, DIR *folder)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	size_t count, files = 0;
	char **names = list(folder, arena, &count);
	int at = dirfd(folder), length = (int)strlen(path);

	while (length > 1 && path[length - 1] == '/')
		length--;

	for (size_t i = 0; i < count; i++) {
		char name[PATH_MAX];

		if (!is_regular(at, names[i]))
			continue;
		files++;
		snprintf(name, sizeof name, "%.*s/%s", length, path, names[i]);
		hand_over_file(channel, name,
		    openat(at, names[i], O_RDONLY | O_CLOEXEC));
	}
	if (files == 0)
		hand_over(channel, &(struct letter){ NO_FILES }, path, -1);
	free(names);
}

static void
hand_over_named(int channel, const char *name)
{
	DIR *folder;

	if (strcmp(name, "-") == 0) {
		hand_over_file(channel, name, dup(STDIN_FILENO));
		return;
	}
	folder = opendir(name);
	if (folder == NULL) {
		hand_over_file(channel, name, open(name, O_RDONLY | O_CLOEXEC));
		return;
	}
	hand_over_folder(channel, name, folder);
	closedir(folder);
}

static _Noreturn void
live(int channel, char *const *names, size_t count)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* Whoever waits for the end of these waits for the parent's. */
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	for (size_t i = 0; i < count; i++)
		hand_over_named(channel, names[i]);
	_exit(0);
}

/* ---- In the parent. */

struct ih_opener *
ih_opener_start(char *const *names, size_t count, struct ih_error *err)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
		ih_fail(err, IH_SYSTEM, "opening files: %s", strerror(errno));
		return NULL;
	}
	IH_OWNED(ih_opener) opener = ih_zeroed(sizeof *opener);
	opener->channel = ends[0];
	opener->pid = fork();
	if (opener->pid == 0) {
		close(ends[0]);
		live(ends[1], names, count);
	}
	close(ends[1]);
	if (opener->pid < 0) {
		ih_fail(err, IH_SYSTEM, "opening files: %s", strerror(errno));
		return NULL;
	}
	return IH_GIVE(opener);
}

void
ih_opener_free(struct ih_opener *opener)
{
	if (opener == NULL)
		return;
	close(opener->channel);
	while (opener->pid > 0 && waitpid(opener->pid, NULL, 0) < 0 &&
	       errno == EINTR)
		;
	free(opener);
}

/* The descriptor in MESSAGE; -1: there is none. */
static int
enclosed(struct msghdr *message)
{
	struct cmsghdr *head = CMSG_FIRSTHDR(message);
	int file = -1;

	if (head != NULL && head->cmsg_type == SCM_RIGHTS)
		memcpy(&file, CMSG_DATA(head), sizeof file);
	return file;
}

static void
fail_as(int error, const char *name, struct ih_error *err)
{
	if (error == NO_FILES)
		ih_fail_code(err, IH_ABSENT, "E_FOLDER_EMPTY", "%s", name);
	else if (error == ENOENT)
		ih_fail_code(err, IH_ABSENT, "E_FILE_ABSENT", "%s", name);
	else
		ih_fail(err, IH_SYSTEM, "%s: %s", name, strerror(error));
}

/* The other side is hand_over(). */
bool
ih_opener_next(struct ih_opener *opener, struct ih_opened *opened)
{
	union rights rights = { 0 };
	struct letter letter = { 0 };
	struct iovec parts[] = { { &letter, sizeof letter },
		{ opened->name, sizeof opened->name - 1 } };
	struct msghdr message = { .msg_iov = parts,
		.msg_iovlen = 2,
		.msg_control = rights.bytes,
		.msg_controllen = sizeof rights.bytes };
	ssize_t got;

	do
		got = recvmsg(opener->channel, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got < (ssize_t)sizeof letter)
		return false;
	opened->name[(size_t)got - sizeof letter] = '\0';
	opened->file = enclosed(&message);
	opened->err = (struct ih_error){ 0 };
	if (opened->file < 0)
		fail_as(letter.error, opened->name, &opened->err);
	return true;
}
