/*
 * measure COMMAND... - run it without its output, and print seconds of CPU,
 * seconds by the clock, and KiB of memory at its peak, its children included
 * (the largest one, for memory).  Its status is the command's.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static double
seconds(struct timeval at)
{
	return (double)at.tv_sec + (double)at.tv_usec / 1e6;
}

int
main(int argc, char **argv)
{
	double start = now();
	int status, nowhere;
	struct rusage used;
	pid_t pid;

	if (argc < 2)
		return 64;
	pid = fork();
	if (pid == 0) {
		nowhere = open("/dev/null", O_WRONLY);
		dup2(nowhere, STDOUT_FILENO);
		dup2(nowhere, STDERR_FILENO);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid ||
	    getrusage(RUSAGE_CHILDREN, &used) != 0)
		return 1;
	printf("%.4f %.4f %ld\n",
	    seconds(used.ru_utime) + seconds(used.ru_stime), now() - start,
	    used.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
