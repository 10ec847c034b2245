/* This is where a desk is asked without waiting for it. */
#include "talk.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "ihala/buffer.h"

#define FIRST_ROOM ((size_t)8 << 10) /* most pages come in one piece */

struct ih_talk {
	int fd;
	struct ih_buffer *out, *in;
	size_t said;
};

struct ih_talk *
ih_talk_new(int fd, const struct ih_fields *asked)
{
	struct ih_talk *talk = ih_zeroed(sizeof *talk);

	talk->fd = fd;
	talk->out = ih_buffer_new();
	talk->in = ih_buffer_new();
	ih_fields_write(asked, talk->out);
	ih_buffer_reserve(talk->in, FIRST_ROOM);
	return talk;
}

void
ih_talk_free(struct ih_talk *talk)
{
	if (talk == NULL)
		return;
	ih_buffer_free(talk->out);
	ih_buffer_free(talk->in);
	free(talk);
}

int
ih_talk_fd(const struct ih_talk *talk)
{
	return talk->fd;
}

bool
ih_talk_is_saying(const struct ih_talk *talk)
{
	return talk->said < talk->out->size;
}

/* How many bytes went; 0: none can for now; -1: the other side is gone. */
static ssize_t
without_waiting(ssize_t moved)
{
	if (moved > 0)
		return moved;
	return moved < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

static bool
say(struct ih_talk *talk)
{
	ssize_t put = 1;

	while (ih_talk_is_saying(talk) && put > 0) {
		put = without_waiting(send(talk->fd,
		    talk->out->data + talk->said, talk->out->size - talk->said,
		    MSG_DONTWAIT | MSG_NOSIGNAL));
		if (put > 0)
			talk->said += (size_t)put;
	}
	return put >= 0;
}

/* True: there is more to come. */
static bool
hear(struct ih_talk *talk, struct ih_fields **answer)
{
	struct ih_buffer *in = talk->in;
	size_t whole = ih_fields_expect(in->data, in->size);
	ssize_t got = 1;

	while (whole != SIZE_MAX && in->size < whole && got > 0) {
		ih_buffer_reserve(in, whole);
		got = without_waiting(recv(talk->fd, in->data + in->size,
		    in->room - in->size, MSG_DONTWAIT));
		if (got > 0)
			in->size += (size_t)got;
		in->data[in->size] = '\0';
		whole = ih_fields_expect(in->data, in->size);
	}
	if (got == 0)
		return true;
	*answer = got > 0 ? ih_fields_read(in->data, in->size) : NULL;
	return false;
}

bool
ih_talk_on(struct ih_talk *talk, struct ih_fields **answer)
{
	*answer = NULL;
	return say(talk) && hear(talk, answer);
}
