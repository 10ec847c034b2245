/* This is where outside bytes meet a process that can do nothing else. */
#include "ihala/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seconds.h"

#define CHANNEL 3           /* the child's one descriptor */
#define FILTER_MAX 512      /* instructions; the lists below need about 100 */
#define AT_ONCE 15360       /* bytes in one piece, most of the time */
#define READY ((uint64_t)1) /* what a child says once it is confined */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) ||     \
    __has_feature(thread_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

struct ih_child {
	ih_confined *work;
	void *with;
	struct ih_limits limits;
	pid_t pid; /* 0: none is running */
	int fd;
	clockid_t clock; /* of its CPU time */
	rlim_t ceiling;  /* CPU seconds nobody may go above */
	rlim_t wound;    /* those it may use now; 0: not said yet */
	double deadline; /* for the document at hand, seconds, monotonic */
};

/* What stands before the bytes of an answer: see answer() and hear(). */
struct reply {
	uint64_t size; /* bytes that follow */
	struct ih_error err;
};

/* The first of them come with it: whoever waits is woken by the first byte, and
 * would wait again for the others. */
struct first_piece {
	struct reply reply;
	unsigned char bytes[AT_ONCE];
};

/* ---- The filter: made once, before a fork, and loaded by every child. */

struct rule {
	int call;
	unsigned conditions;
	struct scmp_arg_cmp where[2];
};

/* A program that is measured writes its counts to files when it ends. */
#ifdef IH_MEASURED
#define MEASURED true
#else
#define MEASURED false
#endif

#define FUTEX_COMMAND 0x7f
#define FUTEX_WAKES 1

static const struct rule allowed[] = {
	{ SCMP_SYS(read), 1, { { 0, SCMP_CMP_EQ, CHANNEL, 0 } } },
	{ SCMP_SYS(write), 1, { { 0, SCMP_CMP_EQ, CHANNEL, 0 } } },
	{ SCMP_SYS(exit_group), 0, { { 0 } } },
	/* Memory, but none that can be run, and none that is a file. */
	{ SCMP_SYS(brk), 0, { { 0 } } },
	{ SCMP_SYS(mmap), 2,
	    { { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 },
		{ 3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS } } },
	{ SCMP_SYS(mprotect), 1, { { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 } } },
	{ SCMP_SYS(mremap), 0, { { 0 } } },
	{ SCMP_SYS(munmap), 0, { { 0 } } },
	{ SCMP_SYS(madvise), 0, { { 0 } } },
	/* pthread_once() wakes who waits, though here nobody can. */
	{ SCMP_SYS(futex), 1,
	    { { 1, SCMP_CMP_MASKED_EQ, FUTEX_COMMAND, FUTEX_WAKES } } },
	/* The clock, on machines that must ask the kernel; chance, and the
	 * number by which libcrypto knows that it was forked. */
	{ SCMP_SYS(clock_gettime), 0, { { 0 } } },
	{ SCMP_SYS(gettimeofday), 0, { { 0 } } },
	{ SCMP_SYS(time), 0, { { 0 } } },
	{ SCMP_SYS(getrandom), 0, { { 0 } } },
	{ SCMP_SYS(getpid), 0, { { 0 } } },
};

/* What a whole program needs besides, that has opened all it will read. */
static const struct rule allowed_to_program[] = {
	{ SCMP_SYS(read), 0, { { 0 } } },
	{ SCMP_SYS(write), 0, { { 0 } } },
	{ SCMP_SYS(close), 0, { { 0 } } },
	{ SCMP_SYS(fstat), 0, { { 0 } } },
	/* fstat() as the C library says it: by descriptor, no name. */
	{ SCMP_SYS(newfstatat), 1,
	    { { 3, SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH } } },
	{ SCMP_SYS(lseek), 0, { { 0 } } },
	/* Is it a terminal?  Asked before the first line is written. */
	{ SCMP_SYS(ioctl), 1, { { 1, SCMP_CMP_EQ, TCGETS, 0 } } },
	{ SCMP_SYS(rt_sigreturn), 0, { { 0 } } },
	/* Threads that were there before: they wait for each other, and end. */
	{ SCMP_SYS(futex), 0, { { 0 } } },
	{ SCMP_SYS(rt_sigprocmask), 0, { { 0 } } },
	{ SCMP_SYS(exit), 0, { { 0 } } },
	/* Files that its child opened (opener.h), and the end of that child. */
	{ SCMP_SYS(recvmsg), 0, { { 0 } } },
	{ SCMP_SYS(wait4), 0, { { 0 } } },
};

/* Where the machinery of a test must have the rest: what reaches outside. */
static const int forbidden[] = { SCMP_SYS(open), SCMP_SYS(openat),
	SCMP_SYS(openat2), SCMP_SYS(creat), SCMP_SYS(socket),
	SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind),
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork),
	SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(ptrace), SCMP_SYS(kill),
	SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename),
	SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(link),
	SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat),
	SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(chmod), SCMP_SYS(truncate),
	SCMP_SYS(mount), SCMP_SYS(bpf), SCMP_SYS(io_uring_setup),
	SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev) };

/* Valgrind says so in the environment it gives to a program, and nowhere
 * else without its headers.  Who can change that can change the program. */
static bool
is_watched(void)
{
	const char *preloaded = getenv("LD_PRELOAD");

	return SANITIZED ||
	       (preloaded != NULL && strstr(preloaded, "vgpreload") != NULL);
}

static bool
add_rules(scmp_filter_ctx filter, const struct rule *rules, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
			rules[i].call, rules[i].conditions,
			rules[i].where) != 0)
			return false;
	return true;
}

static bool
add_allowed(scmp_filter_ctx filter)
{
	return add_rules(filter, allowed, sizeof allowed / sizeof allowed[0]);
}

static bool
add_forbidden(scmp_filter_ctx filter)
{
	/* Of a process with one thread that is the same as KILL_PROCESS, which
	 * libseccomp cannot ask after under valgrind. */
	for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++)
		if (seccomp_rule_add_array(filter, SCMP_ACT_KILL_THREAD,
			forbidden[i], 0, NULL) != 0)
			return false;
	return true;
}

static struct sock_filter instructions[FILTER_MAX];
static struct sock_fprog program = { .filter = instructions };

/* The list as the kernel wants it.  What fails here leaves no program. */
static void
compile(void)
{
	bool watched = is_watched();
	scmp_filter_ctx filter =
	    seccomp_init(watched ? SCMP_ACT_ALLOW : SCMP_ACT_KILL_PROCESS);
	int fd = memfd_create("filter", MFD_CLOEXEC);
	ssize_t size = 0;

	if (filter != NULL && fd >= 0 &&
	    (watched ? add_forbidden(filter) : add_allowed(filter)) &&
	    seccomp_export_bpf(filter, fd) == 0 &&
	    lseek(fd, 0, SEEK_END) <= (off_t)sizeof instructions)
		size = pread(fd, instructions, sizeof instructions, 0);
	if (size > 0)
		program.len =
		    (unsigned short)((size_t)size / sizeof instructions[0]);
	if (fd >= 0)
		close(fd);
	seccomp_release(filter);
}

/* ---- In the child. */

/* Until INTO holds SIZE bytes: what comes with them is of the same question,
 * for nobody asks another before the answer to this. */
static bool
read_until(struct ih_buffer *into, size_t size)
{
	ih_buffer_reserve(into, size);
	while (into->size < size) {
		ssize_t got = read(CHANNEL, into->data + into->size,
		    into->room - into->size);

		if (got <= 0)
			return false;
		into->size += (size_t)got;
	}
	into->data[into->size] = '\0';
	return true;
}

static bool
write_exactly(const void *bytes, size_t size)
{
	const unsigned char *from = bytes;

	while (size > 0) {
		ssize_t put = write(CHANNEL, from, size);

		if (put <= 0)
			return false;
		from += put;
		size -= (size_t)put;
	}
	return true;
}

/* The other side is hear(). */
static bool
answer(const struct ih_buffer *out, const struct ih_error *err)
{
	struct first_piece first;
	size_t size = err->kind == IH_NONE ? out->size : 0, now = size;

	memset(&first.reply, 0, sizeof first.reply);
	first.reply.size = size;
	if (err->kind != IH_NONE)
		first.reply.err = *err;
	if (now > sizeof first.bytes)
		now = sizeof first.bytes;
	memcpy(first.bytes, out->data, now);
	return write_exactly(&first, sizeof first.reply + now) &&
	       write_exactly(out->data + now, size - now);
}

/* The other side is tell(). */
static bool
serve_one(ih_confined *work, void *with)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };
	uint64_t size;

	ih_buffer_reserve(bytes, AT_ONCE);
	if (!read_until(bytes, sizeof size))
		return false;
	memcpy(&size, bytes->data, sizeof size);
	if (!read_until(bytes, sizeof size + size))
		return false;
	if (work(bytes->data + sizeof size, size, out, with, &err))
		err = (struct ih_error){ 0 };
	else if (err.kind == IH_NONE)
		ih_fail(&err, IH_INPUT, "refused without a reason");
	if (err.kind == IH_NONE && out->size > IH_CONFINE_OUTPUT)
		ih_fail_code(&err, IH_INPUT, "E_READER_STOPPED",
		    "the result is larger than %zu bytes", IH_CONFINE_OUTPUT);
	/* While the answer is on its way it is there twice. */
	ih_buffer_free(IH_GIVE(bytes));
	return answer(out, &err);
}

/* Handlers are the parent's code, for the parent's affairs. */
static void
reset_signals(void)
{
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* A sanitizer reports on standard error; nothing else may stay open. */
static bool
keep_only(int fd)
{
	if (fd == CHANNEL) {
		if (fcntl(fd, F_SETFD, 0) != 0)
			return false;
	} else if (dup2(fd, CHANNEL) != CHANNEL) {
		return false;
	}
	return close_range(0, SANITIZED ? 1 : 2, 0) == 0 &&
	       close_range(CHANNEL + 1, ~0u, 0) == 0;
}

static bool
lower(__rlimit_resource_t what, rlim_t most)
{
	return setrlimit(what, &(struct rlimit){ most, most }) == 0;
}

/* Bytes of address space in use, by the first number of proc(5) statm. */
static rlim_t
address_space(void)
{
	char text[64] = "";
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t got = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;

	if (fd >= 0)
		close(fd);
	if (got <= 0)
		return 0;
	return (rlim_t)strtoull(text, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE);
}

static bool
lower_limits(size_t memory)
{
	rlim_t now = address_space();

	/* A sanitizer holds terabytes of address space in reserve. */
	if (!SANITIZED && (now == 0 || !lower(RLIMIT_AS, now + memory)))
		return false;
	return lower(RLIMIT_FSIZE, 0) && lower(RLIMIT_CORE, 0) &&
	       lower(RLIMIT_NPROC, 0) && lower(RLIMIT_MEMLOCK, 0) &&
	       lower(RLIMIT_MSGQUEUE, 0);
}

static bool
shut_in(int fd, pid_t parent, size_t memory)
{
	reset_signals();
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
		return false;
	if (!lower_limits(memory) || !keep_only(fd))
		return false;
	/* Valgrind keeps descriptors of its own, and this limit from us. */
	if (!lower(RLIMIT_NOFILE, 0) && !is_watched())
		return false;
	return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/* No handler of the parent's end runs here: what it holds is the parent's. */
static _Noreturn void
live(struct ih_child *child, int fd, pid_t parent)
{
	uint64_t ready = READY;

	if (!shut_in(fd, parent, child->limits.memory))
		_exit(1);
	if (!write_exactly(&ready, sizeof ready))
		_exit(1);
	while (serve_one(child->work, child->with))
		;
	_exit(0);
}

/* ---- In the parent. */

/* A child that neither works nor answers is not waited for for ever. */
static bool
wait_for(const struct ih_child *child, short events)
{
	struct pollfd poll_one = { .fd = child->fd, .events = events };

	for (;;) {
		double left = child->deadline - seconds();
		int ready;

		if (left <= 0)
			return false;
		ready = poll(&poll_one, 1, (int)(left * 1000) + 1);
		if (ready > 0)
			return true;
		if (ready < 0 && errno != EINTR)
			return false;
	}
}

/* Both pieces, at once if the kernel takes that. */
static bool
send_exactly(const struct ih_child *child, struct iovec pieces[static 2])
{
	struct msghdr message = { .msg_iov = pieces, .msg_iovlen = 2 };

	while (pieces[0].iov_len + pieces[1].iov_len > 0) {
		ssize_t put =
		    sendmsg(child->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (put < 0 && errno == EAGAIN && wait_for(child, POLLOUT))
			continue;
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		for (int i = 0; i < 2; i++) {
			size_t gone = (size_t)put < pieces[i].iov_len ?
					  (size_t)put :
					  pieces[i].iov_len;

			pieces[i].iov_base =
			    (unsigned char *)pieces[i].iov_base + gone;
			pieces[i].iov_len -= gone;
			put -= (ssize_t)gone;
		}
	}
	return true;
}

/* At least LEAST bytes into TO, and at most MOST.  Below LEAST: the child is
 * gone, or too slow. */
static size_t
receive(const struct ih_child *child, void *to, size_t least, size_t most)
{
	size_t held = 0;

	while (held < least) {
		ssize_t got;

		if (!wait_for(child, POLLIN))
			break;
		got = recv(child->fd, (unsigned char *)to + held, most - held,
		    MSG_DONTWAIT);
		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (got <= 0)
			break;
		held += (size_t)got;
	}
	return held;
}

/* End the child, whatever it does, and say how it had ended: a signal, or
 * SIGKILL where it was still there. */
static int
stop(struct ih_child *child)
{
	int status = 0;
	pid_t ended;

	if (child->pid == 0)
		return 0;
	close(child->fd);
	kill(child->pid, SIGKILL);
	do
		ended = waitpid(child->pid, &status, 0);
	while (ended < 0 && errno == EINTR);
	child->pid = 0;
	return ended > 0 && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/*
 * The child's CPU clock runs on through a stream of documents, so the limit
 * is put ahead of it each time, where that moves it.  Only the soft limit,
 * whose signal the child can neither block nor catch: those calls are not on
 * its list.
 */
static bool
wind_up(struct ih_child *child)
{
	struct timespec used;
	struct rlimit limit = { .rlim_max = child->ceiling };

	child->deadline = seconds() + child->limits.patience;
	if (clock_gettime(child->clock, &used) != 0)
		return false;
	limit.rlim_cur =
	    (rlim_t)used.tv_sec + (used.tv_nsec > 0) + child->limits.seconds;
	if (limit.rlim_cur > limit.rlim_max)
		limit.rlim_cur = limit.rlim_max;
	if (limit.rlim_cur == child->wound)
		return true;
	child->wound = limit.rlim_cur;
	return prlimit(child->pid, RLIMIT_CPU, &limit, NULL) == 0;
}

static bool
fork_child(struct ih_child *child, struct ih_error *err)
{
	pid_t parent = getpid();
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return ih_fail(err, IH_SYSTEM, "confined reader: %s",
		    strerror(errno));
	child->pid = fork();
	if (child->pid == 0)
		live(child, ends[1], parent);
	close(ends[1]);
	child->fd = ends[0];
	if (child->pid > 0)
		return true;
	close(ends[0]);
	child->pid = 0;
	return ih_fail(err, IH_SYSTEM, "confined reader: %s", strerror(errno));
}

static bool
start(struct ih_child *child, struct ih_error *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct rlimit limit;
	uint64_t ready = 0;

	pthread_once(&once, compile);
	if (program.len == 0)
		return ih_fail(err, IH_SYSTEM,
		    "confined reader: the seccomp filter cannot be made");
	if (!fork_child(child, err))
		return false;
	child->ceiling =
	    getrlimit(RLIMIT_CPU, &limit) == 0 ? limit.rlim_max : RLIM_INFINITY;
	child->wound = 0;
	if (clock_getcpuclockid(child->pid, &child->clock) == 0 &&
	    wind_up(child) &&
	    receive(child, &ready, sizeof ready, sizeof ready) ==
		sizeof ready &&
	    ready == READY)
		return true;
	stop(child);
	return ih_fail(err, IH_SYSTEM,
	    "confined reader: it cannot be shut in (seccomp, limits or /proc)");
}

struct ih_child *
ih_child_start_within(ih_confined *work, void *with, struct ih_limits limits,
    struct ih_error *err)
{
	IH_OWNED(ih_confined_child) child = calloc(1, sizeof *child);

	if (child == NULL) {
		ih_fail(err, IH_SYSTEM, "confined reader: no memory");
		return NULL;
	}
	child->work = work;
	child->with = with;
	child->limits = limits;
	if (!start(child, err))
		return NULL;
	return IH_GIVE(child);
}

struct ih_child *
ih_child_start(ih_confined *work, void *with, struct ih_error *err)
{
	struct ih_limits limits = { IH_CONFINE_SECONDS, IH_CONFINE_PATIENCE,
		IH_CONFINE_MEMORY };

	return ih_child_start_within(work, with, limits, err);
}

/* The other side is serve_one(). */
static bool
tell(struct ih_child *child, const void *bytes, size_t size)
{
	uint64_t frame = size;
	struct iovec pieces[] = { { &frame, sizeof frame },
		{ (void *)(uintptr_t)bytes, size } };

	return send_exactly(child, pieces);
}

/* An error as the child tells it, believed no more than its bytes are. */
static void
retell(struct reply *reply, struct ih_error *err)
{
	reply->err.code[sizeof reply->err.code - 1] = '\0';
	reply->err.text[sizeof reply->err.text - 1] = '\0';
	if (reply->err.kind >= IH_KINDS)
		reply->err.kind = IH_INPUT;
	ih_fail_code(err, reply->err.kind, reply->err.code, "%s",
	    reply->err.text);
}

/* The other side is answer().  NULL and no error: it does not keep to it. */
static struct ih_buffer *
hear(struct ih_child *child, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct first_piece first;
	struct reply *reply = &first.reply;
	size_t came = receive(child, &first, sizeof *reply, sizeof first);
	size_t rest;

	if (came < sizeof *reply)
		return NULL;
	came -= sizeof *reply;
	if (reply->size > IH_CONFINE_OUTPUT || came > reply->size)
		return NULL;
	if (reply->err.kind != IH_NONE) {
		retell(reply, err);
		return NULL;
	}
	ih_buffer_reserve(out, reply->size);
	ih_buffer_add(out, first.bytes, came);
	explicit_bzero(first.bytes, came);
	rest = reply->size - came;
	if (receive(child, out->data + came, rest, rest) != rest)
		return NULL;
	out->size = reply->size;
	out->data[out->size] = '\0';
	return IH_GIVE(out);
}

struct ih_buffer *
ih_child_ask(struct ih_child *child, const void *bytes, size_t size,
    struct ih_error *err)
{
	struct ih_error said = { 0 };
	struct ih_buffer *out = NULL;
	const char *how;

	if (size > child->limits.memory) {
		ih_fail_code(err, IH_INPUT, "E_READER_STOPPED",
		    "larger than %zu bytes", child->limits.memory);
		return NULL;
	}
	if (child->pid == 0 && !start(child, err))
		return NULL;
	if (wind_up(child) && tell(child, bytes, size))
		out = hear(child, &said);
	if (out != NULL)
		return out;
	if (said.kind != IH_NONE) {
		*err = said;
		return NULL;
	}
	how = sigabbrev_np(stop(child));
	ih_fail_code(err, IH_INPUT, "E_READER_STOPPED",
	    "the reader was stopped: too large, too slow or hostile (%s)",
	    how != NULL ? how : "it ended");
	return NULL;
}

void
ih_child_free(struct ih_child *child)
{
	if (child == NULL)
		return;
	stop(child);
	free(child);
}

struct ih_buffer *
ih_confine(ih_confined *work, void *with, const void *bytes, size_t size,
    struct ih_error *err)
{
	IH_OWNED(ih_confined_child) child = ih_child_start(work, with, err);

	return child != NULL ? ih_child_ask(child, bytes, size, err) : NULL;
}

/* ---- The program itself. */

/* What it took to get here is given back.  Later nothing is: before it gives
 * back what a thread let go of, glibc would open a file to ask whether it
 * may. */
static bool
keep_memory(void)
{
	malloc_trim(0);
	return mallopt(M_TRIM_THRESHOLD, INT_MAX) == 1;
}

bool
ih_confine_server(struct ih_error *err)
{
	scmp_filter_ctx filter;
	bool shut;

	if (is_watched() || MEASURED)
		return true;
	filter = seccomp_init(SCMP_ACT_ALLOW);
	shut = filter != NULL && keep_memory() &&
	       seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0;
	for (size_t i = 0; shut && i < sizeof forbidden / sizeof forbidden[0];
	     i++)
		shut = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM),
			   forbidden[i], 0, NULL) == 0;
	shut = shut && lower(RLIMIT_CORE, 0) && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return shut ||
	       ih_fail(err, IH_SYSTEM, "the server cannot be confined here");
}

bool
ih_confine_self(struct ih_error *err)
{
	scmp_filter_ctx filter;
	bool shut;

	if (is_watched() || MEASURED)
		return true;
	filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	shut = filter != NULL && keep_memory() &&
	       seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
	       add_allowed(filter) &&
	       add_rules(filter, allowed_to_program,
		   sizeof allowed_to_program / sizeof allowed_to_program[0]) &&
	       lower(RLIMIT_AS, address_space() + IH_CONFINE_MEMORY) &&
	       lower(RLIMIT_CORE, 0) && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return shut ||
	       ih_fail(err, IH_SYSTEM, "the reader cannot be confined here");
}
