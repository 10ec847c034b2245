/*
 * registry [CASES] [FOLDER] - what it costs that a case is safe, beside the
 * least that any program must do: append the same bytes to a file and wait
 * for the disk (fdatasync).  In FOLDER, which must be on a real disk; in turn,
 * case by case, and the median of the ratios of the rounds.  Waits for the
 * disk are counted between SQLite and it.  Run from the root of the tree.
 */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ihala/case.h"
#include "registry/disk.h"

enum { ROUNDS = 20, GROUP = 100 };

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

/* The least: the same bytes at the end of a file that grows. */
static void
append(int fd)
{
	for (int part = 0; part < IH_PARTS; part++)
		if (write(fd, content, sizes[part]) < 0)
			stop("write");
	if (fdatasync(fd) != 0)
		stop("fdatasync");
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

static void
add_group(struct ih_registry *registry)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, &err);

	for (int i = 0; all != NULL && i < GROUP; i++)
		add(registry);
	if (all == NULL || !ih_transaction_commit(all, &err))
		stop(err.text);
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

struct spread {
	double low, middle, high; /* quartiles */
};

static struct spread
spread_of(double list[ROUNDS])
{
	qsort(list, ROUNDS, sizeof *list, ascending);
	return (struct spread){ list[ROUNDS / 4], list[ROUNDS / 2],
		list[ROUNDS - 1 - ROUNDS / 4] };
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

/* What a round took, in seconds, and how often it waited for the disk. */
struct taken {
	double raw, one, group;
	int one_waits, group_waits;
};

/* One by one in turn with the least, so that whatever slows the disk or the
 * machine for longer than a case slows both. */
static void
go_round(struct ih_registry *registry, int fd, int count, struct taken *taken)
{
	for (int i = 0; i < count; i++) {
		double start = seconds(), between;
		int waits = disk.synced;

		append(fd);
		between = seconds();
		add(registry);
		taken->raw += between - start;
		taken->one += seconds() - between;
		taken->one_waits += disk.synced - waits;
	}
	double start = seconds();
	int waits = disk.synced;
	add_group(registry);
	taken->group = seconds() - start;
	taken->group_waits = disk.synced - waits;
}

static void
measure(struct ih_registry *registry, const char *raw_file, int count)
{
	double one[ROUNDS], group[ROUNDS], raw_waits[ROUNDS];
	int one_waits = 0, group_waits = 0;
	int fd =
	    open(raw_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd < 0)
		stop(raw_file);
	add(registry); /* what is done once is done */
	for (int i = 0; i < ROUNDS; i++) {
		struct taken taken = { 0 };

		go_round(registry, fd, count, &taken);
		raw_waits[i] = taken.raw / count;
		one[i] = taken.raw / taken.one;
		group[i] = taken.one / count / (taken.group / GROUP);
		one_waits += taken.one_waits;
		group_waits += taken.group_waits;
	}
	close(fd);
	struct spread r = spread_of(raw_waits), s = spread_of(one),
		      g = spread_of(group);
	printf("one durable case %.2f of append + fdatasync (aim 0.50), half "
	       "of %d rounds %.2f to %.2f; %.2f waits for the disk, %.1f ms "
	       "each\n",
	    s.middle, ROUNDS, s.low, s.high, (double)one_waits / ROUNDS / count,
	    r.middle * 1000);
	printf("a group of %d %.1f times one by one (aim 3.0), half of the "
	       "rounds %.1f to %.1f; %.2f waits a case\n",
	    GROUP, g.middle, g.low, g.high,
	    (double)group_waits / ROUNDS / GROUP);
}

int
main(int argc, char **argv)
{
	int count = (argc > 1 ? atoi(argv[1]) : 200) / ROUNDS;
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
	disk_start();
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
