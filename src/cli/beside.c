/* This is where the other programs are found. */
#include "beside.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool
beside(const char *name, char path[static BESIDE_TEXT], struct ih_error *err)
{
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);

	if (length > 0) {
		path[length] = '\0';
		length = strrchr(path, '/') + 1 - path;
		snprintf(path + length, (size_t)(BESIDE_TEXT - length), "%s",
		    name);
		if (access(path, X_OK) == 0)
			return true;
	}
	return ih_fail(err, IH_SYSTEM,
	    "%s is not beside the program; install both", name);
}
