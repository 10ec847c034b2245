/*
 * registry [CASES] [FOLDER] - what it costs that a case is safe, beside the
 * least that any program must do: append the same bytes to a file and wait
 * for the disk (fdatasync).  In FOLDER, which must be on a real disk; in
 * alternation, and the median of five rounds, so that a busy disk slows all
 * alike.  Run from the root of the tree.
 */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ihala/case.h"

enum { ROUNDS = 5, GROUP = 100 };

#define PASSPHRASE "quatre mots assez longs"
#define NOW 1767268800 /* 2026-01-01T12:00:00Z */

static const size_t sizes[IH_PARTS] = {
	[IH_FACTS] = 12000, /* bytes: an interview and its assessments */
	[IH_IDENTITY] = 700,
	[IH_STATISTICS] = 1500,
};

static unsigned char content[12000];
static uint64_t seed = 3;
static unsigned number;

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
stop(const char *why)
{
	fprintf(stderr, "registry: %s\n", why);
	exit(1);
}

static double
append(const char *path, int count)
{
	double start = seconds();
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd < 0)
		stop(path);
	for (int i = 0; i < count; i++) {
		for (int part = 0; part < IH_PARTS; part++)
			if (write(fd, content, sizes[part]) < 0)
				stop("write");
		if (fdatasync(fd) != 0)
			stop("fdatasync");
	}
	close(fd);
	return count / (seconds() - start);
}

static void
add(struct ih_registry *registry)
{
	struct ih_error err = { 0 };
	char uuid[IH_UUID_TEXT], code[IH_CODE_TEXT];
	struct ih_case_new fresh = { .interview = uuid,
		.opened = NOW,
		.training = true };

	snprintf(uuid, sizeof uuid, "00000000-0000-4000-8000-%012x", number++);
	for (int part = 0; part < IH_PARTS; part++)
		fresh.part[part] =
		    (struct ih_case_part){ content, sizes[part] };
	if (!ih_case_add(registry, &fresh, code, &err))
		stop(err.text);
}

static double
add_each(struct ih_registry *registry, int count)
{
	double start = seconds();

	for (int i = 0; i < count; i++)
		add(registry);
	return count / (seconds() - start);
}

static double
add_groups(struct ih_registry *registry, int count)
{
	struct ih_error err = { 0 };
	double start = seconds();

	for (int i = 0; i < count; i += GROUP) {
		IH_OWNED(ih_transaction)
		all = ih_transaction_begin(registry, &err);

		for (int k = 0; all != NULL && k < GROUP; k++)
			add(registry);
		if (all == NULL || !ih_transaction_commit(all, &err))
			stop(err.text);
	}
	return count / (seconds() - start);
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double list[ROUNDS])
{
	qsort(list, ROUNDS, sizeof *list, ascending);
	return list[ROUNDS / 2];
}

static int
remove_one(const char *path, const struct stat *info, int type,
    struct FTW *where)
{
	(void)info;
	(void)type;
	(void)where;
	return remove(path);
}

static void
measure(struct ih_registry *registry, const char *raw_file, int count)
{
	double raw[ROUNDS], one[ROUNDS], group[ROUNDS];

	add(registry); /* what is done once is done */
	for (int i = 0; i < ROUNDS; i++) {
		raw[i] = append(raw_file, count);
		one[i] = add_each(registry, count);
		group[i] = add_groups(registry, 2 * count);
	}
	double base = median(raw), single = median(one), many = median(group);
	printf("one durable case %.2f of append + fdatasync (aim 0.50): "
	       "%.0f to %.0f a second\n",
	    single / base, single, base);
	printf("a group of %d %.1f times one by one (aim 3.0): %.0f a second\n",
	    GROUP, many / single, many);
}

int
main(int argc, char **argv)
{
	int count = argc > 1 ? atoi(argv[1]) : 200;
	char root[256], folder[300], raw_file[300];
	struct ih_error err = { 0 };
	struct ih_world world = ih_world_fixed(NOW, &seed);
	struct ih_registry_setup setup = { "XX", true, PASSPHRASE };

	snprintf(root, sizeof root, "%s/ihala-bench-XXXXXX",
	    argc > 2 ? argv[2] : ".");
	if (mkdtemp(root) == NULL)
		stop(root);
	snprintf(folder, sizeof folder, "%s/registry", root);
	snprintf(raw_file, sizeof raw_file, "%s/raw", root);
	memset(content, 'x', sizeof content);
	{
		IH_OWNED(ih_library) library = ih_library_open(".", &err);
		if (library == NULL ||
		    !ih_registry_init(folder, &setup, &world, &err))
			stop(err.text);
		IH_OWNED(ih_registry)
		registry = ih_registry_open(folder,
		    &(const struct ih_login){ NULL, PASSPHRASE }, library,
		    &world, &err);
		if (registry == NULL)
			stop(err.text);
		measure(registry, raw_file, count);
	}
	nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return 0;
}
