/* This is where a request from a browser is let in, or not. */
#include "ihala/gate.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PATH_MOST 256

#define FORM "application/x-www-form-urlencoded"
#define FORM_WITH_FILE "multipart/form-data"

static const struct {
	const char *name;
	int status;
} gates[IH_GATES] = {
	[IH_GATE_OPEN] = { "open", 200 },
	[IH_GATE_BAD] = { "bad", 400 },
	[IH_GATE_METHOD] = { "method", 405 },
	[IH_GATE_HOST] = { "host", 421 },
	[IH_GATE_CROSS] = { "cross", 403 },
	[IH_GATE_LARGE] = { "large", 413 },
	[IH_GATE_TYPE] = { "type", 415 },
};

int
ih_gate_status(enum ih_gated gated)
{
	return gates[gated].status;
}

const char *
ih_gate_name(enum ih_gated gated)
{
	return gates[gated].name;
}

bool
ih_gate_is_path(const char *path)
{
	size_t size = strlen(path);

	if (size == 0 || size > PATH_MOST || path[0] != '/' || path[1] == '/')
		return false;
	return strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"
			    "yz0123456789-_./") == size &&
	       strstr(path, "..") == NULL;
}

static bool
is_ours(const struct ih_gate *gate, const char *host)
{
	for (size_t i = 0; i < IH_GATE_HOSTS && gate->hosts[i] != NULL; i++)
		if (strcasecmp(gate->hosts[i], host) == 0)
			return true;
	return false;
}

/* "http://HOST", and HOST is ours. */
static bool
is_our_origin(const struct ih_gate *gate, const char *origin)
{
	size_t scheme = strlen(gate->scheme);

	return strncmp(origin, gate->scheme, scheme) == 0 &&
	       strncmp(origin + scheme, "://", 3) == 0 &&
	       is_ours(gate, origin + scheme + 3);
}

/* Every browser of the last five years sends one of the two with a form; a
 * page without an origin sends "null", which is not ours. */
static bool
is_from_us(const struct ih_gate *gate, const struct ih_asked *asked)
{
	if (asked->fetch_site != NULL &&
	    strcmp(asked->fetch_site, "same-origin") != 0)
		return false;
	if (asked->origin != NULL)
		return is_our_origin(gate, asked->origin);
	return asked->fetch_site != NULL;
}

static bool
is_same(const char *line, const char *value)
{
	return line != NULL && strcmp(line, value) == 0;
}

/* Another page may lead here, but not frame or load anything of ours. */
static bool
may_be_shown(const struct ih_asked *asked)
{
	return asked->fetch_site == NULL ||
	       is_same(asked->fetch_site, "same-origin") ||
	       is_same(asked->fetch_site, "none") ||
	       (is_same(asked->fetch_mode, "navigate") &&
		   is_same(asked->fetch_dest, "document"));
}

static bool
is_type(const char *content_type, const char *type)
{
	size_t size = strlen(type);

	return content_type != NULL &&
	       strncasecmp(content_type, type, size) == 0 &&
	       (content_type[size] == '\0' || content_type[size] == ';' ||
		   content_type[size] == ' ');
}

bool
ih_gate_fits(const struct ih_gate *gate, const char *content_type, size_t size)
{
	return size <= (is_type(content_type, FORM_WITH_FILE) ?
			       gate->file_most :
			       gate->form_most);
}

static enum ih_gated
check_form(const struct ih_gate *gate, const struct ih_asked *asked)
{
	const char *length = asked->content_length;

	if (asked->transfer_encoding != NULL || length == NULL ||
	    length[0] == '\0' || strlen(length) > 9 ||
	    strspn(length, "0123456789") != strlen(length))
		return IH_GATE_BAD;
	if (!is_from_us(gate, asked))
		return IH_GATE_CROSS;
	if (!is_type(asked->content_type, FORM) &&
	    !is_type(asked->content_type, FORM_WITH_FILE))
		return IH_GATE_TYPE;
	return ih_gate_fits(gate, asked->content_type,
		   (size_t)strtoul(length, NULL, 10)) ?
		   IH_GATE_OPEN :
		   IH_GATE_LARGE;
}

enum ih_gated
ih_gate_check(const struct ih_gate *gate, const struct ih_asked *asked)
{
	bool reads = strcmp(asked->method, "GET") == 0 ||
		     strcmp(asked->method, "HEAD") == 0;

	if (asked->host == NULL || asked->twice ||
	    !ih_gate_is_path(asked->path))
		return IH_GATE_BAD;
	if (!is_ours(gate, asked->host))
		return IH_GATE_HOST;
	if (!reads && strcmp(asked->method, "POST") != 0)
		return IH_GATE_METHOD;
	if (!reads)
		return check_form(gate, asked);
	if (asked->transfer_encoding != NULL ||
	    (asked->content_length != NULL &&
		strcmp(asked->content_length, "0") != 0))
		return IH_GATE_BAD;
	return may_be_shown(asked) ? IH_GATE_OPEN : IH_GATE_CROSS;
}
