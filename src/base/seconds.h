/*
 * seconds.h - time that only goes forward, for those who wait.
 */
#ifndef IHALA_BASE_SECONDS_H
#define IHALA_BASE_SECONDS_H

#include <time.h>

static inline double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
