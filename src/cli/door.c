/*
 * ihala-door - what browsers talk to.
 *
 * A program of its own, which ihala serve starts: the libraries of HTTP and
 * TLS are ten, and take a millisecond and 2 MB of whatever else is done with
 * them; and whoever would break into it finds nothing of the registry there,
 * not even the code.
 */
#include <sys/prctl.h>
#include <sys/resource.h>

#include "ihala/server.h"

int
main(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	return ih_server_answer();
}
