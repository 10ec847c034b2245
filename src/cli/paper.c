/* This is where a paper gets the form that was asked for. */
#include "paper.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "beside.h"
#include "ihala/xml.h"

#define PRESS "ihala-press"
#define PIECE ((size_t)1 << 16)

/* ---- the press, a program beside this one (press.c) */

/* Whoever has ended does not end this program too. */
static bool
send_all(int to, const struct ih_buffer *bytes)
{
	for (size_t done = 0; done < bytes->size;) {
		ssize_t put = send(to, bytes->data + done, bytes->size - done,
		    MSG_NOSIGNAL);

		if (put <= 0)
			return false;
		done += (size_t)put;
	}
	return shutdown(to, SHUT_WR) == 0;
}

static bool
read_all(int from, struct ih_buffer *bytes)
{
	ssize_t got;

	do {
		ih_buffer_reserve(bytes, bytes->size + PIECE);
		got = read(from, bytes->data + bytes->size, PIECE);
		if (got > 0)
			bytes->size += (size_t)got;
	} while (got > 0);
	return got == 0;
}

static bool
start(const char *program, const char *folder, int channel, pid_t *pid)
{
	char *const argv[] = { (char[]){ PRESS }, (char *)(uintptr_t)folder,
		NULL };
	posix_spawn_file_actions_t actions;
	bool started;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, channel, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, channel, STDOUT_FILENO);
	started = posix_spawn(pid, program, &actions, NULL, argv, environ) == 0;
	posix_spawn_file_actions_destroy(&actions);
	return started;
}

/* Is OUT a PDF, by how the press ended; else ERR is what it says. */
static bool
is_pdf(int status, const struct ih_buffer *out, struct ih_error *err)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
		return true;
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_FAILURE &&
	    out->size == sizeof *err) {
		memcpy(err, out->data, sizeof *err);
		return false;
	}
	return ih_fail(err, IH_SYSTEM, PRESS " ended before its PDF did");
}

static struct ih_buffer *
ask(int channels[static 2], const char *program, const char *folder,
    const struct ih_buffer *blocks, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	int status = -1;
	pid_t pid;
	bool heard;

	if (!start(program, folder, channels[1], &pid)) {
		ih_fail(err, IH_SYSTEM, PRESS " could not be started");
		return NULL;
	}
	close(channels[1]);
	channels[1] = -1;
	/* It answers when it has read all; if it ended before, it says why. */
	send_all(channels[0], blocks);
	heard = read_all(channels[0], out);
	if (waitpid(pid, &status, 0) != pid || !heard)
		status = -1;
	return is_pdf(status, out, err) ? IH_GIVE(out) : NULL;
}

static struct ih_buffer *
as_pdf(struct request *request, xmlDoc *blocks, struct ih_error *err)
{
	const char *folder = ih_library_folder(request->library);
	IH_OWNED(ih_buffer) bytes = ih_xml_write(blocks);
	char program[BESIDE_TEXT];
	int channels[2];
	struct ih_buffer *pdf;

	if (!beside(PRESS, program, err))
		return NULL;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channels) != 0) {
		ih_fail(err, IH_SYSTEM, "no channel to " PRESS);
		return NULL;
	}
	pdf = ask(channels, program, folder, bytes, err);
	close(channels[0]);
	if (channels[1] >= 0)
		close(channels[1]);
	return pdf;
}

struct ih_buffer *
paper_in_format(struct request *request, xmlDoc *blocks, struct ih_error *err)
{
	if (request->format == FORMAT_PDF)
		return as_pdf(request, blocks, err);
	if (request->format == FORMAT_XML)
		return ih_xml_write(blocks);
	return ih_document_print(request->library, blocks, err);
}
