#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ihala/file.h"

/* ---- A kernel that fails on purpose: the room calls these. */

static struct {
	int write, fsync, folder_fsync, rename, renameat2, chmod; /* errno */
	size_t writes_before; /* that succeed */
	size_t at_most;       /* bytes one write takes; 0: all */
	bool interrupted;     /* every second write is */
} fault;

ssize_t
write(int fd, const void *bytes, size_t size)
{
	static bool now;

	if (fault.interrupted) {
		now = !now;
		if (now) {
			errno = EINTR;
			return -1;
		}
	}
	if (fault.write != 0 && fault.writes_before-- == 0) {
		fault.writes_before = 0;
		errno = fault.write;
		return -1;
	}
	if (fault.at_most > 0 && size > fault.at_most)
		size = fault.at_most;
	return syscall(SYS_write, fd, bytes, size);
}

int
fsync(int fd)
{
	struct stat info;
	int why;

	fstat(fd, &info);
	why = S_ISDIR(info.st_mode) ? fault.folder_fsync : fault.fsync;
	if (why == 0)
		return (int)syscall(SYS_fsync, fd);
	errno = why;
	return -1;
}

int
rename(const char *from, const char *to)
{
	if (fault.rename == 0)
		return (
		    int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
	errno = fault.rename;
	return -1;
}

int
renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
	if (fault.renameat2 == 0)
		return (int)syscall(SYS_renameat2, a, from, b, to, flags);
	errno = fault.renameat2;
	return -1;
}

int
fchmod(int fd, mode_t mode)
{
	if (fault.chmod == 0)
		return (int)syscall(SYS_fchmod, fd, mode);
	errno = fault.chmod;
	return -1;
}

/* ---- A folder of its own for every test. */

static char folder[64];

static int
set_up(void **state)
{
	(void)state;
	memset(&fault, 0, sizeof fault);
	strcpy(folder, "/tmp/ihala-test-XXXXXX");
	return mkdtemp(folder) != NULL ? 0 : -1;
}

static int
tear_down(void **state)
{
	char command[128];

	(void)state;
	memset(&fault, 0, sizeof fault);
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	return system(command);
}

static const char *
at(const char *name)
{
	static char paths[4][256];
	static unsigned turn;
	char *path = paths[turn++ % 4];

	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

static size_t
entries(void)
{
	DIR *open_folder = opendir(folder);
	size_t count = 0;

	assert_non_null(open_folder);
	for (struct dirent *e = readdir(open_folder); e != NULL;
	     e = readdir(open_folder))
		count +=
		    strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(open_folder);
	return count;
}

static void
put(const char *name, const char *text)
{
	int fd = open(at(name), O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(syscall(SYS_write, fd, text, strlen(text)),
	    strlen(text));
	close(fd);
}

static void
assert_holds(const char *name, const char *text)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) bytes = ih_file_read(at(name), 1 << 20, &err);

	assert_non_null(bytes);
	assert_string_equal((char *)bytes->data, text);
	assert_int_equal(bytes->size, strlen(text));
}

/* A child that writes TEXT into DESCRIPTOR or the FIFO at PATH. */
static pid_t
writer(int fd, const char *path, const char *text)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	signal(SIGPIPE, SIG_DFL);
	if (path != NULL)
		fd = open(path, O_WRONLY);
	syscall(SYS_write, fd, text, strlen(text));
	_exit(0);
}

/* ---- Reading. */

static void
reads_a_file_whole(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) bytes = NULL;

	(void)state;
	put("a", "some text\n");
	bytes = ih_file_read(at("a"), 100, &err);
	assert_non_null(bytes);
	assert_string_equal((char *)bytes->data, "some text\n");
	assert_int_equal(err.kind, IH_NONE);
}

static void
reads_an_empty_file(void **state)
{
	(void)state;
	put("a", "");
	assert_holds("a", "");
}

static void
reads_up_to_the_cap_and_not_one_byte_more(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) exact = NULL;

	(void)state;
	put("a", "12345");
	exact = ih_file_read(at("a"), 5, &err);
	assert_non_null(exact);
	assert_null(ih_file_read(at("a"), 4, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_string_equal(err.code, "E_FILE_LARGE");
	assert_null(ih_file_read(at("a"), 0, &err));
}

static void
takes_any_cap(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) bytes = NULL;

	(void)state;
	put("a", "12345");
	bytes = ih_file_read(at("a"), SIZE_MAX, &err);
	assert_non_null(bytes);
	assert_int_equal(bytes->size, 5);
}

static void
refuses_what_grows_over_the_cap_while_it_is_read(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	/* Both say that they hold nothing, and then give more. */
	assert_null(ih_file_read("/proc/self/status", 10, &err));
	assert_string_equal(err.code, "E_FILE_LARGE");
	assert_null(ih_file_read("/dev/zero", 100000, &err));
	assert_string_equal(err.code, "E_FILE_LARGE");
}

static void
reads_a_pipe_by_its_name(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) bytes = NULL;
	pid_t pid;

	(void)state;
	assert_int_equal(mkfifo(at("pipe"), 0600), 0);
	pid = writer(-1, at("pipe"), "through a pipe");
	bytes = ih_file_read(at("pipe"), 100, &err);
	assert_non_null(bytes);
	assert_string_equal((char *)bytes->data, "through a pipe");
	waitpid(pid, NULL, 0);
	pid = writer(-1, at("pipe"), "through a pipe");
	assert_null(ih_file_read(at("pipe"), 3, &err));
	assert_string_equal(err.code, "E_FILE_LARGE");
	waitpid(pid, NULL, 0);
}

static void
reads_standard_input_and_leaves_it_open(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) bytes = NULL;
	int ends[2], saved = dup(STDIN_FILENO);
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	pid = writer(ends[1], NULL, "typed");
	close(ends[1]);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	bytes = ih_file_read("-", 100, &err);
	assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0);
	close(STDIN_FILENO);
	assert_null(ih_file_read("-", 100, &err));
	assert_int_equal(err.kind, IH_SYSTEM);
	dup2(saved, STDIN_FILENO);
	close(saved);
	assert_non_null(bytes);
	assert_string_equal((char *)bytes->data, "typed");
	waitpid(pid, NULL, 0);
}

static void
tells_absent_from_folder(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	put("a", "x");
	assert_null(ih_file_read(at("none"), 10, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_non_null(strstr(err.text, at("none")));
	assert_null(ih_file_read(at("a/b"), 10, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_null(ih_file_read(folder, 10, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_string_equal(err.code, "E_FILE_FOLDER");
}

/* ---- Writing. */

static void
writes_for_its_owner_only(void **state)
{
	struct ih_error err = { 0 };
	struct stat info;
	mode_t mask = umask(0);

	(void)state;
	assert_true(ih_file_write(at("new"), "abc", 3, &err));
	assert_int_equal(stat(at("new"), &info), 0);
	assert_int_equal(info.st_mode & 07777, 0600);
	put("old", "x");
	assert_true(ih_file_write(at("old"), "abc", 3, &err));
	assert_int_equal(stat(at("old"), &info), 0);
	assert_int_equal(info.st_mode & 07777, 0600);
	umask(mask);
	assert_holds("new", "abc");
	assert_holds("old", "abc");
	assert_int_equal(entries(), 2);
}

static void
writes_nothing_at_all_as_well(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_true(ih_file_write(at("empty"), "", 0, &err));
	assert_holds("empty", "");
}

static void
writes_into_the_folder_it_is_run_in(void **state)
{
	struct ih_error err = { 0 };
	char *before = getcwd(NULL, 0);

	(void)state;
	assert_int_equal(chdir(folder), 0);
	assert_true(ih_file_write("plain", "abc", 3, &err));
	assert_int_equal(chdir(before), 0);
	free(before);
	assert_holds("plain", "abc");
	assert_int_equal(entries(), 1);
}

static void
goes_on_after_short_and_interrupted_writes(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	fault.at_most = 3;
	fault.interrupted = true;
	assert_true(ih_file_write(at("a"), "twenty bytes of text", 20, &err));
	memset(&fault, 0, sizeof fault);
	assert_holds("a", "twenty bytes of text");
}

static void
leaves_the_old_file_whatever_fails(void **state)
{
	static const struct row {
		const char *says;
		int write, fsync, rename, chmod;
		size_t after, at_most;
	} rows[] = {
		{ "the first write", ENOSPC, 0, 0, 0, 0, 0 },
		{ "the third write", EIO, 0, 0, 0, 2, 4 },
		{ "the disk quota", EDQUOT, 0, 0, 0, 1, 4 },
		{ "the sync", 0, EIO, 0, 0, 0, 0 },
		{ "the sync, for want of room", 0, ENOSPC, 0, 0, 0, 0 },
		{ "the move", 0, 0, EXDEV, 0, 0, 0 },
		{ "the mode", 0, 0, 0, EPERM, 0, 0 },
	};

	(void)state;
	put("a", "old");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		bool written, full;

		fault.write = rows[i].write;
		fault.fsync = rows[i].fsync;
		fault.rename = rows[i].rename;
		fault.chmod = rows[i].chmod;
		fault.writes_before = rows[i].after;
		fault.at_most = rows[i].at_most;
		written = ih_file_write(at("a"), "the new bytes", 13, &err);
		memset(&fault, 0, sizeof fault);
		if (written || err.kind != IH_SYSTEM)
			fail_msg("nothing is said: %s", rows[i].says);
		full = rows[i].write == ENOSPC || rows[i].write == EDQUOT ||
		       rows[i].fsync == ENOSPC;
		assert_string_equal(err.code, full ? "E_FILE_FULL" : "");
		assert_non_null(strstr(err.text, at("a")));
		assert_null(strstr(err.text, "new bytes"));
		assert_holds("a", "old");
		assert_int_equal(entries(), 1);
	}
}

static void
says_where_only_the_folder_was_not_synced(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	fault.folder_fsync = EIO;
	assert_false(ih_file_write(at("a"), "abc", 3, &err));
	assert_int_equal(err.kind, IH_SYSTEM);
	assert_non_null(strstr(err.text, "is in place"));
	assert_holds("a", "abc");
	fault.folder_fsync = EINVAL; /* a file system that cannot */
	assert_true(ih_file_write(at("a"), "def", 3, &err));
	assert_int_equal(entries(), 1);
}

/* The kernel's own refusal, as a full disk gives it. */
static void
leaves_the_old_file_where_the_disk_is_full(void **state)
{
	pid_t pid;
	int status = 0;

	(void)state;
	put("a", "old");
	pid = fork();
	if (pid == 0) {
		struct ih_error err = { 0 };
		struct rlimit few = { 100, 100 };
		char bytes[1000] = { 0 };

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &few);
		if (ih_file_write(at("a"), bytes, sizeof bytes, &err))
			_exit(2);
		_exit(strcmp(err.code, "E_FILE_FULL") == 0 ? 0 : 3);
	}
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	assert_holds("a", "old");
	assert_int_equal(entries(), 1);
}

static void
needs_a_folder_to_write_into(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_false(ih_file_write(at("no/a"), "x", 1, &err));
	assert_int_equal(err.kind, IH_SYSTEM);
	assert_false(ih_file_write(folder, "x", 1, &err));
	assert_int_equal(err.kind, IH_SYSTEM);
	assert_int_equal(entries(), 0);
}

static void
follows_a_link_and_keeps_it(void **state)
{
	struct ih_error err = { 0 };
	struct stat info;

	(void)state;
	put("target", "old");
	assert_int_equal(symlink("target", at("link")), 0);
	assert_true(ih_file_write(at("link"), "new", 3, &err));
	assert_int_equal(lstat(at("link"), &info), 0);
	assert_true(S_ISLNK(info.st_mode));
	assert_holds("target", "new");
	assert_int_equal(symlink("nowhere", at("broken")), 0);
	assert_false(ih_file_write(at("broken"), "new", 3, &err));
	assert_int_equal(err.kind, IH_SYSTEM);
	assert_non_null(strstr(err.text, at("broken")));
	assert_int_equal(entries(), 3);
}

static void
writes_down_a_pipe_and_leaves_it_one(void **state)
{
	struct ih_error err = { 0 };
	struct stat info;
	char text[8] = "";
	int reader;

	(void)state;
	assert_int_equal(mkfifo(at("pipe"), 0600), 0);
	reader = open(at("pipe"), O_RDONLY | O_NONBLOCK);
	assert_true(ih_file_write(at("pipe"), "abc", 3, &err));
	assert_int_equal(read(reader, text, sizeof text), 3);
	assert_string_equal(text, "abc");
	close(reader);
	assert_int_equal(stat(at("pipe"), &info), 0);
	assert_true(S_ISFIFO(info.st_mode));
}

static void
creates_only_what_is_not_there(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	/* With the kernel's own way, and with the one of older file systems. */
	for (int old = 0; old < 2; old++) {
		const char *name = old ? "b" : "a";

		fault.renameat2 = old ? EINVAL : 0;
		assert_true(ih_file_create(at(name), "one", 3, &err));
		assert_false(ih_file_create(at(name), "two", 3, &err));
		assert_int_equal(err.kind, IH_STATE);
		assert_string_equal(err.code, "E_FILE_THERE");
		assert_holds(name, "one");
		assert_int_equal(entries(), old ? 2 : 1);
	}
	assert_int_equal(symlink("nowhere", at("link")), 0);
	fault.renameat2 = 0;
	assert_false(ih_file_create(at("link"), "two", 3, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_int_equal(entries(), 3);
}

static void
leaves_nothing_where_creating_fails(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	fault.write = ENOSPC;
	assert_false(ih_file_create(at("a"), "one", 3, &err));
	assert_int_equal(err.kind, IH_SYSTEM);
	fault.write = 0;
	fault.renameat2 = EACCES;
	assert_false(ih_file_create(at("a"), "one", 3, &err));
	assert_int_equal(entries(), 0);
}

/* What "-" is while WORK runs. */
static bool
write_to(int fd, const void *bytes, size_t size, struct ih_error *err)
{
	int saved = dup(STDOUT_FILENO);
	bool written;

	fflush(stdout);
	dup2(fd, STDOUT_FILENO);
	written = ih_file_write("-", bytes, size, err);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	return written;
}

static void
writes_to_standard_output(void **state)
{
	struct ih_error err = { 0 };
	int ends[2];
	char text[8] = "";

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_true(write_to(ends[1], "abc", 3, &err));
	assert_int_equal(read(ends[0], text, sizeof text), 3);
	assert_string_equal(text, "abc");
	close(ends[0]);
	close(ends[1]);
}

static void
reports_a_reader_that_went_away_and_lives(void **state)
{
	struct ih_error err = { 0 };
	int ends[2];
	sigset_t waiting;

	(void)state;
	signal(SIGPIPE, SIG_DFL);
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	assert_false(write_to(ends[1], "abc", 3, &err));
	close(ends[1]);
	assert_int_equal(err.kind, IH_SYSTEM);
	sigpending(&waiting);
	assert_false(sigismember(&waiting, SIGPIPE));
}

static void
reports_an_output_that_is_full(void **state)
{
	struct ih_error err = { 0 };
	int full = open("/dev/full", O_WRONLY);

	(void)state;
	assert_true(full >= 0);
	assert_false(write_to(full, "abc", 3, &err));
	close(full);
	assert_string_equal(err.code, "E_FILE_FULL");
}

/* ---- Folders. */

static void
makes_a_folder_and_those_above_it(void **state)
{
	struct ih_error err = { 0 };
	struct stat info;

	(void)state;
	assert_true(ih_folder_make(at("a/b//c/"), &err));
	assert_int_equal(stat(at("a/b/c"), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	assert_true(ih_folder_make(at("a/b/c"), &err));
	assert_true(ih_folder_make("/", &err));
	assert_true(ih_folder_make("/tmp", &err));
}

static void
makes_no_folder_where_a_file_is(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	put("a", "x");
	assert_false(ih_folder_make(at("a"), &err));
	assert_int_equal(err.kind, IH_SYSTEM);
	assert_false(ih_folder_make(at("a/b"), &err));
	assert_false(ih_folder_make("", &err));
	assert_holds("a", "x");
}

#define HERE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HERE(reads_a_file_whole),
		HERE(reads_an_empty_file),
		HERE(reads_up_to_the_cap_and_not_one_byte_more),
		HERE(takes_any_cap),
		HERE(refuses_what_grows_over_the_cap_while_it_is_read),
		HERE(reads_a_pipe_by_its_name),
		HERE(reads_standard_input_and_leaves_it_open),
		HERE(tells_absent_from_folder),
		HERE(writes_for_its_owner_only),
		HERE(writes_nothing_at_all_as_well),
		HERE(writes_into_the_folder_it_is_run_in),
		HERE(goes_on_after_short_and_interrupted_writes),
		HERE(leaves_the_old_file_whatever_fails),
		HERE(says_where_only_the_folder_was_not_synced),
		HERE(leaves_the_old_file_where_the_disk_is_full),
		HERE(needs_a_folder_to_write_into),
		HERE(follows_a_link_and_keeps_it),
		HERE(writes_down_a_pipe_and_leaves_it_one),
		HERE(creates_only_what_is_not_there),
		HERE(leaves_nothing_where_creating_fails),
		HERE(writes_to_standard_output),
		HERE(reports_a_reader_that_went_away_and_lives),
		HERE(reports_an_output_that_is_full),
		HERE(makes_a_folder_and_those_above_it),
		HERE(makes_no_folder_where_a_file_is),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
