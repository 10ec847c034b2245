/* This is where processes with a user's keys are started. */
#include "keeper.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

union one_fd {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(sizeof(int))];
};

bool
keeper_ends(int ends[static 2], struct ih_error *err)
{
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) ==
		   0 ||
	       ih_fail(err, IH_SYSTEM, "server: %s", strerror(errno));
}

/* FD below 0: there is none. */
static bool
hand_over(int end, int fd)
{
	union one_fd control;
	char byte = fd >= 0 ? 1 : 0;
	struct iovec piece = { &byte, 1 };
	struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1 };

	if (fd >= 0) {
		struct cmsghdr *head;

		memset(&control, 0, sizeof control);
		message.msg_control = &control;
		message.msg_controllen = sizeof control;
		head = CMSG_FIRSTHDR(&message);
		head->cmsg_level = SOL_SOCKET;
		head->cmsg_type = SCM_RIGHTS;
		head->cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(head), &fd, sizeof fd);
	}
	return sendmsg(end, &message, MSG_NOSIGNAL) == 1;
}

static void
hear_every_signal(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The desk ends with its socket, and so with its session, or with us. */
static int
start(int end, pid_t keeper, ih_desk_work *desk, void *with)
{
	int ends[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		close(end);
		close(ends[0]);
		signal(SIGCHLD, SIG_DFL);
		signal(SIGINT, SIG_IGN); /* of the terminal: the keeper's */
		signal(SIGTERM, SIG_DFL);
		hear_every_signal();
		if (prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 &&
		    getppid() == keeper)
			desk(ends[1], with);
		_exit(0);
	}
	close(ends[1]);
	if (pid > 0)
		return ends[0];
	close(ends[0]);
	return -1;
}

bool
keeper_waits(int end, const volatile sig_atomic_t *ends)
{
	struct pollfd one = { .fd = end, .events = POLLIN };
	sigset_t none;
	int ready = -1;

	sigemptyset(&none);
	while (!*ends && ready < 0) {
		ready = ppoll(&one, 1, NULL, &none);
		if (ready < 0 && errno != EINTR)
			return false;
	}
	return ready > 0;
}

bool
keeper_tell(int end)
{
	char byte = 1;

	return send(end, &byte, 1, MSG_NOSIGNAL) == 1;
}

bool
keeper_hears(int end, const volatile sig_atomic_t *ends)
{
	char byte;

	return keeper_waits(end, ends) && recv(end, &byte, 1, 0) == 1;
}

void
keeper_run(int end, const volatile sig_atomic_t *ends, ih_desk_work *desk,
    void *with)
{
	pid_t self = getpid();
	char byte;
	bool goes_on = true;

	signal(SIGCHLD, SIG_IGN); /* nobody waits for a desk */
	while (goes_on && keeper_waits(end, ends)) {
		int fd;

		if (recv(end, &byte, 1, 0) != 1)
			return;
		fd = start(end, self, desk, with);
		goes_on = hand_over(end, fd);
		if (fd >= 0)
			close(fd);
	}
}

bool
keeper_ask(int end)
{
	return keeper_tell(end);
}

bool
keeper_answers(int end, int *fd)
{
	union one_fd control;
	char byte;
	struct iovec piece = { &byte, 1 };
	struct msghdr message = { .msg_iov = &piece,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof control };
	struct cmsghdr *head;

	*fd = -1;
	if (recvmsg(end, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) != 1)
		return false;
	head = CMSG_FIRSTHDR(&message);
	if (head != NULL && head->cmsg_level == SOL_SOCKET &&
	    head->cmsg_type == SCM_RIGHTS &&
	    head->cmsg_len == CMSG_LEN(sizeof *fd))
		memcpy(fd, CMSG_DATA(head), sizeof *fd);
	return true;
}
