#include "test.h"

#include <sys/mman.h>
#include <sys/wait.h>

#include "disk.h"
#include "ihala/access.h"
#include "ihala/message.h"
#include "ihala/recovery.h"
#include "ihala/verify.h"
#include "office.h"

/*
 * A whole run: a registry is made, cases are taken in, one by one and in a
 * group, written, moved, letters entered, cases erased; people let in and out,
 * a case given, an emergency, keys made anew, officers entrusted.  What was
 * acknowledged is noted where a killed program's successor can read it.
 */
/* Every point and image. */
static bool
is_looked_at(int which)
{
	return which % (int)one_in(40) == 0;
}

enum { CASES = 34, GROUP = 4, LETTERS = 4, ERASED = 4, CHANGES = 8 };
enum { GIVEN = ERASED, BROKEN }; /* cases */

struct notes {
	bool made;
	int cases, letters, changes;
	bool erasing[CASES], erased[CASES], moved[CASES];
	char code[CASES][IH_CODE_TEXT];
	bool done;
};

static struct notes *notes; /* shared with the child */

/* When, in changes of the disk, each note was made. */
static struct {
	int cases[CASES + 1], letters[LETTERS + 1];
	int erasing[CASES], erased[CASES];
	int changes[CHANGES];
} when;

static bool
note_cases(int count)
{
	for (int i = notes->cases; i < count; i++)
		when.cases[i] = disk.seen;
	notes->cases = count;
	return true;
}

static bool
add(struct ih_registry *registry, int number, struct ih_error *err)
{
	struct ih_case_new fresh = new_case((unsigned)number);

	if (number % 2 != 0) /* the smaller, the sooner it is gone through */
		fresh.part[IH_IDENTITY].bytes =
		    fresh.part[IH_STATISTICS].bytes = NULL;
	return ih_case_add(registry, &fresh, notes->code[number], err);
}

static bool
add_group(struct ih_registry *registry, int first, struct ih_error *err)
{
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	if (all == NULL)
		return false;
	for (int i = first; i < first + GROUP; i++)
		if (!add(registry, i, err))
			return false;
	return ih_transaction_commit(all, err) && note_cases(first + GROUP);
}

static bool
add_all(struct ih_registry *registry, struct ih_error *err)
{
	int i = 0;

	for (; i < CASES - GROUP; i++)
		if (!add(registry, i, err) || !note_cases(i + 1))
			return false;
	return add_group(registry, i, err);
}

static bool
close_cases(struct ih_registry *registry, struct ih_error *err)
{
	static const char *const events[] = { "open", "finalise",
		"no-indication" };

	for (int i = 0; i < ERASED; i++)
		for (size_t e = 0; e < sizeof events / sizeof events[0]; e++)
			if (!ih_case_move(registry, notes->code[i], IH_FILE,
				events[e], err))
				return false;
	return true;
}

static bool
write_letters(struct ih_registry *registry, struct ih_error *err)
{
	struct ih_message m = { .direction = IH_SENT,
		.peer = "EG",
		.purpose = "referral",
		.state = "sent",
		.created = NOON };

	for (int i = 0; i < LETTERS; i++) {
		snprintf(m.id, sizeof m.id, "%s", interview((unsigned)i));
		m.sequence = i + 1;
		m.previous = m.container;
		memset(m.container.bytes, i + 1, IH_DIGEST);
		if (!ih_message_add(registry, &m, err))
			return false;
		when.letters[i] = disk.seen;
		notes->letters = i + 1;
	}
	return true;
}

static bool
erase_some(struct ih_registry *registry, struct ih_error *err)
{
	for (int i = 0; i < ERASED; i++) {
		when.erasing[i] = disk.seen;
		notes->erasing[i] = true;
		if (!ih_case_move(registry, notes->code[i], IH_FILE, "destroy",
			err))
			return false;
		when.erased[i] = disk.seen;
		notes->erased[i] = true;
	}
	return true;
}

/* ---- people */

static bool
register_supervisor(struct ih_registry *registry, struct ih_error *err)
{
	return ih_user_register(registry, "boss", IH_ROLE_BIT(IH_SUPERVISOR),
	    PASSPHRASE_OF_OTHERS, err);
}

static bool
admit_supervisor(struct ih_registry *registry, struct ih_error *err)
{
	return ih_user_admit(registry, "boss", err);
}

static bool
revoke_supervisor(struct ih_registry *registry, struct ih_error *err)
{
	return ih_user_revoke(registry, "boss", err);
}

static bool
make_new_keys(struct ih_registry *registry, struct ih_error *err)
{
	size_t count;

	return ih_user_rotate(registry, &count, err);
}

static bool
let_worker_in(struct ih_registry *registry, struct ih_error *err)
{
	return ih_user_register(registry, "aid", IH_ROLE_BIT(IH_CASE_WORKER),
		   PASSPHRASE_OF_OTHERS, err) &&
	       ih_user_admit(registry, "aid", err);
}

static bool
give_case(struct ih_registry *registry, struct ih_error *err)
{
	return ih_case_assign(registry, notes->code[GIVEN], "aid", err);
}

static bool
break_glass(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(ih_registry) worker = office_open_as("aid", err);

	(void)registry;
	return worker != NULL && ih_case_break(worker, notes->code[BROKEN],
				     "The person has come back", err);
}

static bool
hand_out(const struct ih_shares *shares, void *with, struct ih_error *err)
{
	(void)shares;
	(void)with;
	(void)err;
	return true;
}

static bool
entrust_officers(struct ih_registry *registry, struct ih_error *err)
{
	return ih_recovery_make(registry, 3, 2, hand_out, NULL, err);
}

static bool
change_people(struct ih_registry *registry, struct ih_error *err)
{
	static bool (*const changes[CHANGES])(struct ih_registry *,
	    struct ih_error *) = { register_supervisor, admit_supervisor,
		revoke_supervisor, make_new_keys, let_worker_in, give_case,
		break_glass, entrust_officers };

	for (int i = 0; i < CHANGES; i++) {
		if (!changes[i](registry, err))
			return false;
		when.changes[i] = disk.seen;
		notes->changes = i + 1;
	}
	return true;
}

static bool
work(struct ih_error *err)
{
	IH_OWNED(ih_registry)
	registry = office_open_with(PASSPHRASE, err);

	return registry != NULL && add_all(registry, err) &&
	       close_cases(registry, err) && write_letters(registry, err) &&
	       erase_some(registry, err) && change_people(registry, err);
}

static bool
run(struct ih_error *err)
{
	if (!office_init(true, err))
		return false;
	notes->made = true;
	if (!work(err))
		return false;
	notes->done = true;
	return true;
}

/* ---- afterwards */

static int
keys_of(const char *code)
{
	char sql[96];

	snprintf(sql, sizeof sql,
	    "SELECT count(DISTINCT part) FROM case_key WHERE code = '%.11s'",
	    code);
	return (int)number_in("keys.db", sql);
}

/* Of "aid" and of "boss". */
static bool
take_state(const struct ih_user *user, void *with)
{
	int *states = with;

	if (strcmp(user->name, "aid") == 0)
		states[0] = (int)user->state;
	if (strcmp(user->name, "boss") == 0)
		states[1] = (int)user->state;
	return true;
}

static void
has_the_changes_of_people(struct ih_registry *registry, const struct notes *n)
{
	struct ih_error err = { 0 };
	struct ih_recovery recovery;
	int state[2] = { -1, -1 };

	assert_true(ih_user_each(registry, take_state, state, &err));
	if (n->changes >= 1)
		assert_true(state[1] >= (int)IH_REGISTERED);
	if (n->changes >= 2)
		assert_true(state[1] >= (int)IH_ACTIVE);
	if (n->changes >= 3)
		assert_int_equal(state[1], IH_REVOKED);
	if (n->changes >= 4)
		assert_int_equal(ih_user_stale(registry), 0);
	if (n->changes >= 5)
		assert_int_equal(state[0], IH_ACTIVE);
	if (n->changes >= 6)
		assert_int_equal(number_in("keys.db",
				     "SELECT count(*) FROM case_key"
				     " WHERE holder = 'user aid'"),
		    2);
	if (n->changes >= 7)
		assert_int_equal(number_in("registry.db",
				     "SELECT count(*) FROM break_glass"),
		    1);
	if (n->changes >= 8 && !ih_recovery_get(registry, &recovery, &err))
		fail_msg("%s", err.text);
}

/* What is there opens: ih_registry_verify() has seen to that. */
static void
has_what_was_acknowledged(struct ih_registry *registry, const struct notes *n)
{
	struct ih_error err = { 0 };
	struct ih_case_row row;
	struct ih_message m;

	for (int i = 0; i < n->cases; i++) {
		if (!ih_case_row(registry, n->code[i], &row, &err))
			fail_msg("a case was lost: %s", err.text);
		if (n->erased[i]) {
			assert_false(row.has[IH_FACTS]);
			assert_int_equal(keys_of(n->code[i]), 0);
		} else if (!n->erasing[i]) {
			assert_true(row.has[IH_FACTS]);
		}
	}
	for (int i = 0; i < n->letters; i++)
		assert_true(ih_message_find(registry, interview((unsigned)i),
		    &m, &err));
}

/* The next start needs no hand, all holds, and work goes on. */
static void
goes_on(const struct notes *n)
{
	struct ih_error err = { 0 };
	struct ih_verify how = { .library = NULL };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open_as("office", &err);

	if (registry == NULL || !ih_registry_verify(registry, &how, &err))
		fail_msg("after it: %s", err.text);
	has_what_was_acknowledged(registry, n);
	has_the_changes_of_people(registry, n);
	struct ih_case_new fresh = new_case(9999);
	if (!ih_case_add(registry, &fresh, code, &err))
		fail_msg("nothing can be added: %s", err.text);
}

static void
empty_place(void)
{
	nftw(office_root, office_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	mkdir(office_root, 0700);
	memset(notes, 0, sizeof *notes);
	office_seed = 7;
}

static int
start(void **state)
{
	disk_start();
	disk.kill_at = 0;
	disk.seen = 0;
	notes = mmap(NULL, sizeof *notes, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return notes == MAP_FAILED ? 1 : office_place(state);
}

/* ---- killed */

static bool
killed_at(int change)
{
	int status = 0;
	pid_t child;

	empty_place();
	child = fork();
	if (child == 0) {
		struct ih_error err = { 0 };

		disk.kill_at = change;
		disk.seen = 0;
		_exit(run(&err) ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 0);
	return WIFSIGNALED(status);
}

enum { KILL_EVERY = 61 }; /* changes; the rest of them as images, below */

static void
loses_nothing_acknowledged_when_it_is_killed(void **state)
{
	int points = 0;

	(void)state;
	for (int at = 1; killed_at(at); at += KILL_EVERY, points++)
		if (notes->made)
			goes_on(notes);
		else
			assert_int_equal(access(office_folder, F_OK), -1);
	assert_true(notes->done);
	print_message("killed at %d points\n", points);
}

/* ---- images: the disk as it was at each change of one run */

enum { FILES = 4, SIZE_MOST = 1 << 22, PENDING_MOST = 4096 };

static const char *const file_names[FILES] = { "registry.db", "registry.db-wal",
	"keys.db", "keys.db-wal" };

struct model {
	unsigned char *bytes; /* SIZE_MOST of them */
	size_t size;
	bool there;
};

/* As programs see it; as it is sure to be after a power cut; and what was
 * asked of the disk in between. */
static struct model now[FILES], synced[FILES];
static int pending[FILES][PENDING_MOST], pending_count[FILES];

static int
file_of(const struct disk_change *change)
{
	for (int i = 0; i < FILES; i++)
		if (strcmp(file_names[i], change->name) == 0)
			return i;
	return -1; /* a log of the other kind: not in use */
}

static void
resize(struct model *m, size_t size)
{
	assert_true(size <= SIZE_MOST);
	if (size > m->size)
		memset(m->bytes + m->size, 0, size - m->size);
	m->size = size;
}

/* SKIP bytes into the change, SIZE bytes of it. */
static void
put(struct model *m, const struct disk_change *c, size_t skip, size_t size)
{
	size_t end = (size_t)c->at + skip + size;

	m->there = true;
	if (end > m->size)
		resize(m, end);
	memcpy(m->bytes + c->at + skip, c->bytes + skip, size);
}

static void
apply(struct model *m, const struct disk_change *c)
{
	if (c->kind == DISK_WRITE)
		put(m, c, 0, c->size);
	if (c->kind == DISK_TRUNCATE)
		resize(m, (size_t)c->at);
	if (c->kind == DISK_DELETE) {
		m->there = false;
		m->size = 0;
	}
}

static void
copy_model(struct model *to, const struct model *from)
{
	to->there = from->there;
	to->size = from->size;
	memcpy(to->bytes, from->bytes, from->size);
}

static void
take(int at)
{
	const struct disk_change *c = &disk.change[at];
	int file = file_of(c);

	if (file < 0)
		return;
	apply(&now[file], c);
	if (c->kind == DISK_SYNC) {
		copy_model(&synced[file], &now[file]);
		pending_count[file] = 0;
	} else {
		assert_true(pending_count[file] < PENDING_MOST);
		pending[file][pending_count[file]++] = at;
	}
}

static void
lay_out(const struct model *models)
{
	char path[160];

	nftw(office_root, office_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	mkdir(office_root, 0700);
	mkdir(office_folder, 0700);
	for (int i = 0; i < FILES; i++) {
		snprintf(path, sizeof path, "%s/%s", office_folder,
		    file_names[i]);
		if (!models[i].there)
			continue;
		FILE *out = fopen(path, "w");
		assert_non_null(out);
		chmod(path, 0600);
		fwrite(models[i].bytes, 1, models[i].size, out);
		fclose(out);
	}
}

/* What was acknowledged before change AT. */
static struct notes
notes_at(int at)
{
	struct notes n = *notes;

	n.cases = n.letters = n.changes = 0;
	while (n.cases < CASES && when.cases[n.cases] <= at)
		n.cases++;
	while (n.letters < LETTERS && when.letters[n.letters] <= at)
		n.letters++;
	while (n.changes < CHANGES && when.changes[n.changes] <= at)
		n.changes++;
	for (int i = 0; i < ERASED; i++) {
		n.erasing[i] = when.erasing[i] <= at;
		n.erased[i] = when.erased[i] <= at;
	}
	return n;
}

/* One run, recorded; and the disk as it was once the registry was made. */
static int
record(void)
{
	struct ih_error err = { 0 };
	int made = 0;

	for (int i = 0; i < FILES; i++) {
		now[i].bytes = malloc(SIZE_MOST);
		synced[i].bytes = malloc(SIZE_MOST);
		assert_non_null(now[i].bytes);
		assert_non_null(synced[i].bytes);
	}
	empty_place();
	disk.recording = true;
	disk.seen = 0;
	if (!office_init(true, &err))
		fail_msg("%s", err.text);
	made = disk.count;
	if (!work(&err))
		fail_msg("%s %s", err.code, err.text);
	disk.recording = false;
	for (int i = 0; i < made; i++)
		take(i);
	return made;
}

static void
loses_nothing_acknowledged_at_any_point(void **state)
{
	int made, points = 0;

	(void)state;
	made = record();
	for (int at = made; at < disk.count; at++) {
		const struct disk_change *c = &disk.change[at];
		struct notes n = notes_at(at);
		int file = file_of(c);

		points++;
		if (is_looked_at(at)) {
			if (file >= 0 && c->kind == DISK_WRITE && at % 2 == 0)
				put(&now[file], c, 0, c->size / 2); /* half */
			lay_out(now);
			goes_on(&n);
		}
		take(at);
	}
	print_message("%d points\n", points);
	assert_true(points >= 1000);
}

/* ---- the power is cut */

static uint64_t
chance(uint64_t below)
{
	static uint64_t seed = 11;
	uint64_t value;
	struct ih_world world = ih_world_fixed(0, &seed);

	world.random(world.state, &value, sizeof value);
	return value % below;
}

enum { SECTOR = 512, IMAGE_EVERY = 5 /* changes */ };

/* Each sector of a write may be on the disk or not. */
static void
put_torn(struct model *m, const struct disk_change *c)
{
	for (size_t skip = 0; skip < c->size; skip += SECTOR)
		if (chance(2) == 0)
			put(m, c, skip,
			    c->size - skip < SECTOR ? c->size - skip : SECTOR);
}

/* What was not synced: lost, kept in part, or done in another order. */
static void
cut_power(struct model *m, int file)
{
	uint64_t way = chance(3);
	int count = pending_count[file];

	copy_model(m, &synced[file]);
	for (int i = 0; way != 0 && i < count; i++) {
		int which = way == 1 ? i : (int)chance((uint64_t)count);
		const struct disk_change *c =
		    &disk.change[pending[file][which]];

		if (chance(3) == 0)
			continue;
		if (way == 2 && c->kind == DISK_WRITE)
			put_torn(m, c);
		else
			apply(m, c);
	}
}

static void
loses_nothing_acknowledged_when_the_power_is_cut(void **state)
{
	struct model image[FILES];
	int made, images = 0;

	(void)state;
	made = record();
	for (int i = 0; i < FILES; i++) {
		image[i].bytes = malloc(SIZE_MOST);
		assert_non_null(image[i].bytes);
	}
	for (int at = made; at < disk.count; at++) {
		struct notes n = notes_at(at);

		if (at % IMAGE_EVERY == 0 && is_looked_at(at / IMAGE_EVERY)) {
			for (int i = 0; i < FILES; i++)
				cut_power(&image[i], i);
			lay_out(image);
			goes_on(&n);
			images++;
		}
		take(at);
	}
	for (int i = 0; i < FILES; i++)
		free(image[i].bytes);
	print_message("%d images\n", images);
}

static void
forget(struct model *models)
{
	for (int i = 0; i < FILES; i++)
		free(models[i].bytes);
	memset(models, 0, FILES * sizeof *models);
}

static int
end(void **state)
{
	for (int i = 0; i < disk.count; i++)
		free(disk.change[i].bytes);
	free(disk.change);
	disk.change = NULL;
	disk.count = 0;
	forget(now);
	forget(synced);
	memset(pending_count, 0, sizeof pending_count);
	munmap(notes, sizeof *notes);
	return office_end(state);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, start, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(loses_nothing_acknowledged_when_it_is_killed),
		WITH(loses_nothing_acknowledged_at_any_point),
		WITH(loses_nothing_acknowledged_when_the_power_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
