/* Any heading of a request: what is let in has a name and a path of ours, and
 * a form comes from a page of ours.  Each line of the input is one line of
 * the heading, in the order below; one of a single '-' is not there. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/buffer.h"
#include "ihala/gate.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const struct ih_gate gate = { .hosts = { "h:1" },
	.scheme = "http",
	.form_most = 100,
	.file_most = 1000 };

static void
hold(const struct ih_asked *asked)
{
	enum ih_gated gated = ih_gate_check(&gate, asked);

	assert(gated < IH_GATES && ih_gate_status(gated) >= 200);
	if (gated != IH_GATE_OPEN)
		return;
	assert(!asked->twice && strcasecmp(asked->host, "h:1") == 0);
	assert(asked->path[0] == '/' && asked->path[1] != '/');
	assert(strpbrk(asked->path, " \t\r\n\\?#<>\"'&%") == NULL);
	assert(asked->transfer_encoding == NULL);
	if (strcmp(asked->method, "POST") != 0)
		return;
	assert(asked->origin != NULL || asked->fetch_site != NULL);
	assert(asked->origin == NULL ||
	       strcasecmp(asked->origin, "http://h:1") == 0);
	assert(asked->fetch_site == NULL ||
	       strcmp(asked->fetch_site, "same-origin") == 0);
	assert(strtoul(asked->content_length, NULL, 10) <= 1000);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	IH_OWNED(ih_buffer) text = ih_buffer_copy(bytes, size);
	struct ih_asked asked = { .method = "GET", .path = "/" };
	const char **lines[] = { &asked.method, &asked.path, &asked.host,
		&asked.origin, &asked.fetch_site, &asked.fetch_mode,
		&asked.fetch_dest, &asked.content_type, &asked.content_length,
		&asked.transfer_encoding };
	char *rest = (char *)text->data, *line;

	for (size_t i = 0; i < sizeof lines / sizeof lines[0] &&
			   (line = strsep(&rest, "\n")) != NULL;
	     i++)
		if (strcmp(line, "-") != 0)
			*lines[i] = line;
	asked.twice = rest != NULL;
	hold(&asked);
	return 0;
}
