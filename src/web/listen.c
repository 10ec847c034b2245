/* This is where it is settled at which address browsers find us. */
#include "web.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* "127.0.0.1:8437" or "[::1]:8437". */
static bool
split_address(const char *text, char host[static 256], char port[static 8])
{
	const char *colon = strrchr(text, ':');
	size_t size;

	if (colon == NULL || colon == text || strlen(colon + 1) > 5 ||
	    colon[1] == '\0' ||
	    strspn(colon + 1, "0123456789") != strlen(colon + 1) ||
	    strtoul(colon + 1, NULL, 10) > 65535)
		return false;
	size = (size_t)(colon - text);
	if (text[0] == '[' && size > 2 && text[size - 1] == ']') {
		text++;
		size -= 2;
	}
	if (size >= 256)
		return false;
	memcpy(host, text, size);
	host[size] = '\0';
	snprintf(port, 8, "%s", colon + 1);
	return true;
}

static bool
is_loopback(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *four =
		    (const struct sockaddr_in *)(const void *)address;

		return ntohl(four->sin_addr.s_addr) >> 24 == 127;
	}
	const struct sockaddr_in6 *six =
	    (const struct sockaddr_in6 *)(const void *)address;
	return IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
}

int
web_listen(const struct ih_server *server, char address[static 300],
    struct ih_error *err)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	char host[256], port[8];
	int fd = -1, yes = 1;

	if (!split_address(server->listen, host, port) ||
	    getaddrinfo(host, port, &hints, &found) != 0) {
		ih_fail(err, IH_USAGE,
		    "--listen: an address is 127.0.0.1:8437 or [::1]:8437");
		return -1;
	}
	if (server->certificate == NULL && server->proxy == NULL &&
	    !is_loopback(found->ai_addr))
		ih_fail_code(err, IH_USAGE, "E_LISTEN_CLEAR", "--listen");
	else
		fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0) {
		struct sockaddr_storage bound;
		socklen_t size = sizeof bound;

		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
		if (bind(fd, found->ai_addr, found->ai_addrlen) != 0 ||
		    listen(fd, 511) != 0 ||
		    getsockname(fd, (struct sockaddr *)&bound, &size) != 0 ||
		    getnameinfo((struct sockaddr *)&bound, size, NULL, 0, port,
			sizeof port, NI_NUMERICSERV) != 0) {
			ih_fail(err, IH_SYSTEM, "--listen: %s",
			    strerror(errno));
			close(fd);
			fd = -1;
		}
	} else if (err->kind == IH_NONE) {
		ih_fail(err, IH_SYSTEM, "--listen: %s", strerror(errno));
	}
	snprintf(address, 300, strchr(host, ':') != NULL ? "[%s]:%s" : "%s:%s",
	    host, port);
	freeaddrinfo(found);
	return fd;
}

/* One more name; without the port too where a browser leaves that out. */
static void
name_host(struct web *web, const char *name)
{
	const char *usual =
	    strcmp(web->gate.scheme, "https") == 0 ? ":443" : ":80";
	size_t count = 0, size = strlen(name), rest = strlen(usual);

	while (web->gate.hosts[count] != NULL)
		count++;
	snprintf(web->hosts[count], sizeof web->hosts[0], "%s", name);
	web->gate.hosts[count] = web->hosts[count];
	if (size > rest && strcmp(name + size - rest, usual) == 0) {
		snprintf(web->hosts[count + 1], sizeof web->hosts[0], "%.*s",
		    (int)(size - rest), name);
		web->gate.hosts[count + 1] = web->hosts[count + 1];
	}
}

static bool
is_secure(const struct ih_server *server, bool tls)
{
	return server->proxy != NULL ?
		   strncmp(server->proxy, "https:", 6) == 0 :
		   tls;
}

/* "https://name" or "http://name:port", and nothing behind it. */
static bool
is_site(const char *url)
{
	const char *name = strstr(url, "://");

	return name != NULL && name[3] != '\0' && strlen(name) < 256 &&
	       (strncmp(url, "https:", 6) == 0 ||
		   strncmp(url, "http:", 5) == 0) &&
	       name == url + strcspn(url, ":") &&
	       strspn(name + 3, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
				"uvwxyz0123456789-.:[]") == strlen(name + 3);
}

bool
web_is_sound(const struct ih_server *server, struct ih_error *err)
{
	return server->proxy == NULL || is_site(server->proxy) ||
	       ih_fail(err, IH_USAGE,
		   "--behind-proxy: a site is https://name, without a path");
}

void
web_name_hosts(struct web *web, const char *address, bool tls)
{
	char local[32];

	web->gate.form_most = FORM_MOST;
	web->gate.file_most = FILE_MOST;
	web->gate.scheme = is_secure(web->server, tls) ? "https" : "http";
	if (web->server->proxy != NULL) {
		name_host(web, strstr(web->server->proxy, "://") + 3);
	} else {
		snprintf(local, sizeof local, "localhost%s",
		    strrchr(address, ':'));
		name_host(web, address);
		name_host(web, local);
	}
	web->cookie =
	    is_secure(web->server, tls) ? "__Host-session" : "session";
	web->language_cookie =
	    is_secure(web->server, tls) ? "__Host-language" : "language";
}
