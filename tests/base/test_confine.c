#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ihala/confine.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if !defined(SANITIZED) && defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Under a sanitizer or valgrind only what reaches outside is stopped. */
static bool
is_watched(void)
{
	const char *preloaded = getenv("LD_PRELOAD");

	return SANITIZED ||
	       (preloaded != NULL && strstr(preloaded, "vgpreload") != NULL);
}

/*
 * The work of every test: "!f" and its like say what a hostile document would
 * make a parser do.  Any other comes back as it is.
 */
static volatile unsigned endless;
static void *volatile taken;
static char path[] = "/etc/hostname";

static void
run_what_was_written(void)
{
	taken = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static unsigned
exhaust_the_stack(unsigned depth)
{
	volatile unsigned char frame[1 << 16];

	frame[depth % sizeof frame] = (unsigned char)depth;
	if (depth < 10000)
		frame[1] = (unsigned char)exhaust_the_stack(depth + 1);
	return frame[depth % sizeof frame] + 1u;
}

static char
order(const char *bytes, size_t size)
{
	return size == 2 && bytes[0] == '!' ? bytes[1] : '\0';
}

static bool
hostile(const void *bytes, size_t size, struct ih_buffer *out, void *with,
    struct ih_error *err)
{
	int fd = with != NULL ? *(const int *)with : -1;

	switch (order(bytes, size)) {
	case 'f':
		fd = open(path, O_RDONLY);
		break;
	case 's':
		fd = socket(AF_INET, SOCK_STREAM, 0);
		break;
	case 'x':
		execl("/bin/true", "true", (char *)NULL);
		break;
	case 'k':
		kill(getppid(), 0);
		break;
	case 'p':
		if (syscall(SYS_fork) == 0)
			_exit(0);
		break;
	case 'u':
		unlink(path);
		break;
	case 't':
		if (syscall(SYS_ptrace, 0, 0, 0, 0) == 0)
			break;
		break;
	case 'r': /* of a descriptor the parent had open */
		if (read(fd, &(char){ 0 }, 1) < 0)
			abort();
		break;
	case 'w':
		if (write(fd, "x", 1) < 0)
			abort();
		break;
	case 'e':
		run_what_was_written();
		break;
	case 'o': /* on the terminal, where a person would believe it */
		if (write(STDOUT_FILENO, "", 0) < 0)
			abort();
		break;
	case 'i': /* it waits for what its parent never says */
		if (read(3, &(char){ 0 }, 1) < 0)
			abort();
		break;
	case 'l':
		for (;;)
			endless++;
	case 'm':
		ih_buffer_reserve(out, (size_t)1 << 30);
		break;
	case 'a':
		abort();
	case '0':
		raise(SIGSEGV);
		break;
	case 'd':
		endless = exhaust_the_stack(0);
		break;
	case 'q':
		_exit(0);
	case 'b': /* more than may come back */
		ih_buffer_reserve(out, IH_CONFINE_OUTPUT + 1);
		out->size = IH_CONFINE_OUTPUT + 1;
		return true;
	case 'n':
		return false;
	case 'E':
		return ih_fail_code(err, IH_TRUST, "E_TEST", "line %d", 7);
	default:
		break;
	}
	ih_buffer_add(out, bytes, size);
	return true;
}

static struct ih_buffer *
ask(struct ih_child *child, const char *text, struct ih_error *err)
{
	*err = (struct ih_error){ 0 };
	return ih_child_ask(child, text, strlen(text), err);
}

static void
assert_answers(struct ih_child *child, const char *text)
{
	struct ih_error err;
	IH_OWNED(ih_buffer) out = ask(child, text, &err);

	if (out == NULL)
		fail_msg("%s: %s", text, err.text);
	assert_string_equal((char *)out->data, text);
	assert_int_equal(err.kind, IH_NONE);
}

static void
assert_stopped(struct ih_child *child, const char *text)
{
	struct ih_error err;

	if (ask(child, text, &err) != NULL)
		fail_msg("not stopped: %s", text);
	assert_int_equal(err.kind, IH_INPUT);
	assert_string_equal(err.code, "E_READER_STOPPED");
	assert_answers(child, "and on it goes");
}

static struct ih_child *
start(void)
{
	struct ih_error err = { 0 };
	struct ih_child *child = ih_child_start(hostile, NULL, &err);

	if (child == NULL)
		fail_msg("%s", err.text);
	return child;
}

static void
gives_back_what_the_work_made(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out =
	    ih_confine(hostile, NULL, "document", 8, &err);

	(void)state;
	assert_non_null(out);
	assert_string_equal((char *)out->data, "document");
}

static void
reads_a_thousand_documents_in_one_child(void **state)
{
	IH_OWNED(ih_confined_child) child = start();
	char text[32];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		snprintf(text, sizeof text, "<document n='%d'/>", i);
		assert_answers(child, text);
	}
}

static void
passes_empty_and_large_documents(void **state)
{
	IH_OWNED(ih_confined_child) child = start();
	IH_OWNED(ih_buffer) large = ih_buffer_new();
	struct ih_error err = { 0 };

	(void)state;
	assert_answers(child, "");
	while (large->size < (size_t)8 << 20)
		ih_buffer_text(large, "<a>a line of a long document</a>\n");
	for (int i = 0; i < 3; i++) {
		IH_OWNED(ih_buffer) out =
		    ih_child_ask(child, large->data, large->size, &err);

		assert_non_null(out);
		assert_int_equal(out->size, large->size);
		assert_memory_equal(out->data, large->data, large->size);
	}
}

static void
passes_the_works_own_error_and_goes_on(void **state)
{
	IH_OWNED(ih_confined_child) child = start();
	struct ih_error err;

	(void)state;
	assert_null(ask(child, "!E", &err));
	assert_int_equal(err.kind, IH_TRUST);
	assert_string_equal(err.code, "E_TEST");
	assert_string_equal(err.text, "line 7");
	assert_null(ask(child, "!n", &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_answers(child, "still here");
}

static void
is_stopped_where_it_reaches_outside(void **state)
{
	static const struct row {
		const char *document, *says;
	} rows[] = {
		{ "!f", "opens a file" },
		{ "!s", "opens a socket" },
		{ "!x", "runs a program" },
		{ "!k", "signals its parent" },
		{ "!p", "forks" },
		{ "!u", "removes a file" },
		{ "!t", "traces" },
	};
	IH_OWNED(ih_confined_child) child = start();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_stopped(child, rows[i].document);
}

static void
is_stopped_at_any_call_it_has_no_need_of(void **state)
{
	IH_OWNED(ih_confined_child) child = start();

	(void)state;
	if (is_watched())
		return;
	assert_stopped(child, "!e"); /* memory that can be run */
	assert_stopped(child, "!o"); /* standard output */
}

static void
holds_no_descriptor_of_its_parent(void **state)
{
	int low = memfd_create("secret", 0), fd = fcntl(low, F_DUPFD, 100);
	struct ih_error err = { 0 };
	IH_OWNED(ih_confined_child) child = ih_child_start(hostile, &fd, &err);

	(void)state;
	assert_non_null(child);
	assert_true(fd >= 0);
	assert_stopped(child, "!r");
	assert_stopped(child, "!w");
	close(fd);
	close(low);
}

static void
is_stopped_where_it_only_waits(void **state)
{
	struct ih_limits limits = { 1, 1, IH_CONFINE_MEMORY };
	struct ih_error err = { 0 };
	IH_OWNED(ih_confined_child) child =
	    ih_child_start_within(hostile, NULL, limits, &err);

	(void)state;
	assert_non_null(child);
	assert_stopped(child, "!i");
}

static void
is_stopped_where_it_loops_for_ever(void **state)
{
	struct ih_limits limits = { 1, 60, IH_CONFINE_MEMORY };
	struct ih_error err = { 0 };
	IH_OWNED(ih_confined_child) child =
	    ih_child_start_within(hostile, NULL, limits, &err);
	struct timespec before, after;

	(void)state;
	assert_non_null(child);
	/* What its parent ignores, the child that follows does not. */
	signal(SIGXCPU, SIG_IGN);
	ih_child_free(IH_GIVE(child));
	child = ih_child_start_within(hostile, NULL, limits, &err);
	assert_non_null(child);
	clock_gettime(CLOCK_MONOTONIC, &before);
	assert_stopped(child, "!l");
	clock_gettime(CLOCK_MONOTONIC, &after);
	signal(SIGXCPU, SIG_DFL);
	assert_in_range(after.tv_sec - before.tv_sec, 0, 19);
}

/* Half a second of work each: together more than the limit for one. */
static bool
slow(const void *bytes, size_t size, struct ih_buffer *out, void *with,
    struct ih_error *err)
{
	struct timespec start_of_it, now;

	(void)with;
	(void)err;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start_of_it);
	do
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	while ((now.tv_sec - start_of_it.tv_sec) * 1000 +
		   (now.tv_nsec - start_of_it.tv_nsec) / 1000000 <
	       500);
	ih_buffer_add(out, bytes, size);
	return true;
}

static void
counts_the_time_of_each_document_apart(void **state)
{
	struct ih_limits limits = { 1, 60, IH_CONFINE_MEMORY };
	struct ih_error err = { 0 };
	IH_OWNED(ih_confined_child) child =
	    ih_child_start_within(slow, NULL, limits, &err);

	(void)state;
	assert_non_null(child);
	for (int i = 0; i < 6; i++)
		assert_answers(child, "slow");
}

static void
is_stopped_where_it_takes_too_much_memory(void **state)
{
	IH_OWNED(ih_confined_child) child = start();

	(void)state;
	if (SANITIZED)
		return;
	assert_stopped(child, "!m");
}

static void
is_stopped_where_it_breaks(void **state)
{
	IH_OWNED(ih_confined_child) child = start();

	(void)state;
	assert_stopped(child, "!a");
	assert_stopped(child, "!0");
	assert_stopped(child, "!q");
	if (!SANITIZED)
		assert_stopped(child, "!d");
}

static void
refuses_a_result_that_is_too_large(void **state)
{
	IH_OWNED(ih_confined_child) child = start();
	struct ih_error err;

	(void)state;
	assert_null(ask(child, "!b", &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_string_equal(err.code, "E_READER_STOPPED");
	assert_answers(child, "and on it goes");
}

static void
refuses_a_document_larger_than_its_memory(void **state)
{
	struct ih_limits limits = { 1, 60, 1000 };
	struct ih_error err = { 0 };
	IH_OWNED(ih_confined_child) child =
	    ih_child_start_within(hostile, NULL, limits, &err);
	char bytes[1001] = { 0 };

	(void)state;
	/* So little memory that it may not even start. */
	if (child == NULL)
		return;
	assert_null(ih_child_ask(child, bytes, sizeof bytes, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

/* A child that is taken over could answer anything; see the reader's frame
 * of a size and an error in src/base/confine.c. */
static bool
lies(const void *bytes, size_t size, struct ih_buffer *out, void *with,
    struct ih_error *err)
{
	struct {
		uint64_t size;
		struct ih_error err;
	} frame;

	(void)with;
	(void)out;
	(void)err;
	memset(&frame, 0, sizeof frame);
	switch (order(bytes, size)) {
	case 'h': /* a size nobody has */
		frame.size = UINT64_MAX;
		break;
	case 's': /* half a frame, and the end */
		if (write(3, &frame, 10) == 10)
			_exit(0);
		break;
	case 'k': /* a kind there is not, and text without an end */
		memset(&frame.err, 0xff, sizeof frame.err);
		break;
	default:
		ih_buffer_text(out, "honest");
		return true;
	}
	if (write(3, &frame, sizeof frame) < 0)
		abort();
	_exit(0);
}

static void
believes_no_answer_that_cannot_be(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_confined_child) child = ih_child_start(lies, NULL, &err);
	IH_OWNED(ih_buffer) honest = NULL;
	static const char *const lies_told[] = { "!h", "!s", "!k" };

	(void)state;
	assert_non_null(child);
	for (int i = 0; i < 3; i++) {
		err = (struct ih_error){ 0 };
		assert_null(ih_child_ask(child, lies_told[i], 2, &err));
		assert_int_equal(err.kind, IH_INPUT);
		assert_true(strlen(err.text) < sizeof err.text);
	}
	/* The last lie was well formed; its child is gone since. */
	assert_null(ih_child_ask(child, "x", 1, &err));
	honest = ih_child_ask(child, "x", 1, &err);
	assert_non_null(honest);
	assert_string_equal((char *)honest->data, "honest");
}

static void
leaves_the_handlers_of_its_parent_alone(void **state)
{
	struct ih_error err = { 0 };
	struct sigaction before, after;
	IH_OWNED(ih_buffer) out = NULL;

	(void)state;
	signal(SIGPIPE, SIG_DFL);
	sigaction(SIGPIPE, NULL, &before);
	/* The child is gone when it is asked again: no signal, an error. */
	assert_null(ih_confine(hostile, NULL, "!q", 2, &err));
	out = ih_confine(hostile, NULL, "x", 1, &err);
	sigaction(SIGPIPE, NULL, &after);
	assert_true(before.sa_handler == after.sa_handler);
	assert_null(strchr(err.text, '\n'));
}

static void
runs_nothing_of_its_parents_end(void **state)
{
	int ends[2];
	pid_t pid;
	char said[16] = "";
	ssize_t got;

	(void)state;
	/* A program with something in its output buffer asks and dies. */
	assert_int_equal(pipe(ends), 0);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		struct ih_error err = { 0 };

		dup2(ends[1], STDOUT_FILENO);
		printf("once");
		ih_buffer_free(ih_confine(hostile, NULL, "x", 1, &err));
		fflush(stdout);
		_exit(0);
	}
	close(ends[1]);
	waitpid(pid, NULL, 0);
	got = read(ends[0], said, sizeof said - 1);
	close(ends[0]);
	assert_int_equal(got, 4);
	assert_string_equal(said, "once");
}

static void
leaves_no_process_behind(void **state)
{
	struct ih_child *child = start();

	(void)state;
	assert_answers(child, "x");
	ih_child_free(child);
	ih_child_free(NULL);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void
serves_two_side_by_side(void **state)
{
	IH_OWNED(ih_confined_child) one = start();
	IH_OWNED(ih_confined_child) two = start();

	(void)state;
	for (int i = 0; i < 10; i++) {
		assert_answers(one, "one");
		assert_stopped(two, "!a");
	}
}

static void *
ask_in_a_thread(void *unused)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out = ih_confine(hostile, NULL, "x", 1, &err);

	(void)unused;
	return out != NULL ? path : NULL;
}

static void
works_in_a_thread_of_its_own(void **state)
{
	pthread_t threads[2];

	(void)state;
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL,
				     ask_in_a_thread, NULL),
		    0);
	for (int i = 0; i < 2; i++) {
		void *worked = NULL;

		assert_int_equal(pthread_join(threads[i], &worked), 0);
		assert_non_null(worked);
	}
}

/* ---- The program itself. */

/* A thread is there, as those of a program are; and the program is confined. */
static pthread_barrier_t started, confined;

/* More than glibc keeps: it would give some of it back. */
static void *
let_go_of_memory(void *unused)
{
	static void *pieces[100];

	(void)unused;
	pthread_barrier_wait(&started);
	pthread_barrier_wait(&confined);
	for (int i = 0; i < 100; i++)
		pieces[i] = malloc(100000);
	for (int i = 100; i-- > 0;)
		free(pieces[i]);
	return pieces;
}

/* In a process of its own, for it stays confined: how that ended. */
static int
end_of_a_program(void *work(void *))
{
	struct ih_error err = { 0 };
	pthread_t thread;
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		void *done = NULL;

		pthread_barrier_init(&started, NULL, 2);
		pthread_barrier_init(&confined, NULL, 2);
		pthread_create(&thread, NULL, work, NULL);
		pthread_barrier_wait(&started);
		if (!ih_confine_self(&err))
			_exit(1);
		pthread_barrier_wait(&confined);
		pthread_join(thread, &done);
		_exit(done != NULL ? 0 : 2);
	}
	waitpid(pid, &status, 0);
	return status;
}

static void *
open_a_file(void *unused)
{
	(void)unused;
	pthread_barrier_wait(&started);
	pthread_barrier_wait(&confined);
	return open(path, O_RDONLY | O_CLOEXEC) >= 0 ? path : NULL;
}

static void
a_program_that_confined_itself_opens_nothing(void **state)
{
	int status = end_of_a_program(open_a_file);

	(void)state;
	if (is_watched())
		return;
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGSYS);
}

static void
threads_of_a_confined_program_may_let_go_of_memory(void **state)
{
	(void)state;
	assert_int_equal(end_of_a_program(let_go_of_memory), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		/* First: glibc asks once in a program. */
		TEST(threads_of_a_confined_program_may_let_go_of_memory),
		TEST(gives_back_what_the_work_made),
		TEST(reads_a_thousand_documents_in_one_child),
		TEST(passes_empty_and_large_documents),
		TEST(passes_the_works_own_error_and_goes_on),
		TEST(is_stopped_where_it_reaches_outside),
		TEST(is_stopped_at_any_call_it_has_no_need_of),
		TEST(holds_no_descriptor_of_its_parent),
		TEST(is_stopped_where_it_only_waits),
		TEST(is_stopped_where_it_loops_for_ever),
		TEST(counts_the_time_of_each_document_apart),
		TEST(is_stopped_where_it_takes_too_much_memory),
		TEST(is_stopped_where_it_breaks),
		TEST(refuses_a_result_that_is_too_large),
		TEST(refuses_a_document_larger_than_its_memory),
		TEST(believes_no_answer_that_cannot_be),
		TEST(leaves_the_handlers_of_its_parent_alone),
		TEST(runs_nothing_of_its_parents_end),
		TEST(leaves_no_process_behind),
		TEST(serves_two_side_by_side),
		TEST(works_in_a_thread_of_its_own),
		TEST(a_program_that_confined_itself_opens_nothing),
	};

	return cmocka_run_group_tests_name("confine", tests, NULL, NULL);
}
