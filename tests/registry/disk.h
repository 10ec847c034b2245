/*
 * disk.h - a disk that fails when it is told to: between SQLite and the real
 * one, it counts what changes a file, ends the program at a chosen change, or
 * keeps a record from which to build what a power cut would have left.
 *
 *	disk_start();			before the first database is opened
 *	disk.kill_at = 17;		SIGKILL in the middle of the 17th change
 *	disk.recording = true;		disk.change[0 .. disk.count)
 *
 * Source: https://www.sqlite.org/vfs.html, atomiccommit.html (what is assumed
 * of a disk: writes that were not synced may be lost, kept in part, or done in
 * another order, sector by sector).
 */
#ifndef IHALA_TEST_DISK_H
#define IHALA_TEST_DISK_H

#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum disk_kind { DISK_WRITE, DISK_TRUNCATE, DISK_SYNC, DISK_DELETE };

struct disk_change {
	enum disk_kind kind;
	char name[24]; /* of the file, without its folder */
	unsigned char *bytes;
	size_t size;
	sqlite3_int64 at; /* of a write; the new size of a truncation */
};

static struct {
	sqlite3_vfs shim, *real;
	bool recording;
	int kill_at; /* 0: never */
	int seen;    /* changes so far */
	int synced;  /* of these: waits for the disk */
	struct disk_change *change;
	int count;
} disk;

struct disk_file {
	sqlite3_file shim;
	char name[24];
	sqlite3_file *real; /* behind this struct */
};

static inline void
disk_name(const char *path, char name[static 24])
{
	const char *slash = path != NULL ? strrchr(path, '/') : NULL;

	snprintf(name, 24, "%.23s", slash != NULL ? slash + 1 : "");
}

static inline void
disk_record(const struct disk_change *change)
{
	if (!disk.recording)
		return;
	if (disk.count % 1024 == 0)
		disk.change = realloc(disk.change,
		    ((size_t)disk.count + 1024) * sizeof *disk.change);
	disk.change[disk.count] = *change;
	if (change->kind == DISK_WRITE) {
		disk.change[disk.count].bytes = malloc(change->size);
		memcpy(disk.change[disk.count].bytes, change->bytes,
		    change->size);
	}
	disk.count++;
}

/* Is this change the last?  Then half of it happens, or none. */
static inline bool
disk_is_last(const struct disk_change *change)
{
	disk_record(change);
	return ++disk.seen == disk.kill_at;
}

static inline void
disk_die(void)
{
	kill(getpid(), SIGKILL);
	pause();
}

static inline struct disk_change
disk_change_of(sqlite3_file *file, enum disk_kind kind)
{
	struct disk_change change = { .kind = kind };

	memcpy(change.name, ((struct disk_file *)(void *)file)->name,
	    sizeof change.name);
	return change;
}

#define DISK_REAL(file) (((struct disk_file *)(void *)(file))->real)

static inline int
disk_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
	struct disk_change change = disk_change_of(file, DISK_WRITE);
	sqlite3_file *real = DISK_REAL(file);

	change.bytes = malloc((size_t)size);
	memcpy(change.bytes, bytes, (size_t)size);
	change.size = (size_t)size;
	change.at = at;
	if (disk_is_last(&change)) {
		if (disk.seen % 2 == 0)
			real->pMethods->xWrite(real, bytes, size / 2, at);
		disk_die();
	}
	free(change.bytes);
	return real->pMethods->xWrite(real, bytes, size, at);
}

static inline int
disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct disk_change change = disk_change_of(file, DISK_TRUNCATE);
	sqlite3_file *real = DISK_REAL(file);

	change.at = size;
	if (disk_is_last(&change))
		disk_die();
	return real->pMethods->xTruncate(real, size);
}

static inline int
disk_sync(sqlite3_file *file, int flags)
{
	struct disk_change change = disk_change_of(file, DISK_SYNC);
	sqlite3_file *real = DISK_REAL(file);

	disk.synced++;
	if (disk_is_last(&change))
		disk_die();
	return real->pMethods->xSync(real, flags);
}

static inline int
disk_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
	struct disk_change change = { .kind = DISK_DELETE };

	(void)vfs;
	disk_name(path, change.name);
	if (disk_is_last(&change))
		disk_die();
	return disk.real->xDelete(disk.real, path, sync);
}

/* The rest goes through as it is. */
static inline int
disk_close(sqlite3_file *f)
{
	return DISK_REAL(f)->pMethods->xClose(DISK_REAL(f));
}
static inline int
disk_read(sqlite3_file *f, void *bytes, int size, sqlite3_int64 at)
{
	return DISK_REAL(f)->pMethods->xRead(DISK_REAL(f), bytes, size, at);
}
static inline int
disk_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return DISK_REAL(f)->pMethods->xFileSize(DISK_REAL(f), size);
}
static inline int
disk_lock(sqlite3_file *f, int lock)
{
	return DISK_REAL(f)->pMethods->xLock(DISK_REAL(f), lock);
}
static inline int
disk_unlock(sqlite3_file *f, int lock)
{
	return DISK_REAL(f)->pMethods->xUnlock(DISK_REAL(f), lock);
}
static inline int
disk_reserved(sqlite3_file *f, int *out)
{
	return DISK_REAL(f)->pMethods->xCheckReservedLock(DISK_REAL(f), out);
}
static inline int
disk_control(sqlite3_file *f, int op, void *arg)
{
	return DISK_REAL(f)->pMethods->xFileControl(DISK_REAL(f), op, arg);
}
static inline int
disk_sector(sqlite3_file *f)
{
	return DISK_REAL(f)->pMethods->xSectorSize(DISK_REAL(f));
}
static inline int
disk_characteristics(sqlite3_file *f)
{
	return DISK_REAL(f)->pMethods->xDeviceCharacteristics(DISK_REAL(f));
}
static inline int
disk_shm_map(sqlite3_file *f, int at, int size, int extend, void volatile **out)
{
	return DISK_REAL(f)->pMethods->xShmMap(DISK_REAL(f), at, size, extend,
	    out);
}
static inline int
disk_shm_lock(sqlite3_file *f, int at, int count, int flags)
{
	return DISK_REAL(f)->pMethods->xShmLock(DISK_REAL(f), at, count, flags);
}
static inline void
disk_shm_barrier(sqlite3_file *f)
{
	DISK_REAL(f)->pMethods->xShmBarrier(DISK_REAL(f));
}
static inline int
disk_shm_unmap(sqlite3_file *f, int gone)
{
	return DISK_REAL(f)->pMethods->xShmUnmap(DISK_REAL(f), gone);
}

static const sqlite3_io_methods disk_methods = { 2, disk_close, disk_read,
	disk_write, disk_truncate, disk_sync, disk_size, disk_lock, disk_unlock,
	disk_reserved, disk_control, disk_sector, disk_characteristics,
	disk_shm_map, disk_shm_lock, disk_shm_barrier, disk_shm_unmap, NULL,
	NULL };

static inline int
disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
    int *out)
{
	struct disk_file *f = (struct disk_file *)(void *)file;
	int answer;

	(void)vfs;
	f->shim.pMethods = NULL;
	f->real = (sqlite3_file *)(void *)(f + 1);
	disk_name(path, f->name);
	answer = disk.real->xOpen(disk.real, path, f->real, flags, out);
	if (answer == SQLITE_OK)
		f->shim.pMethods = &disk_methods;
	return answer;
}

static inline void
disk_start(void)
{
	if (disk.real != NULL)
		return;
	disk.real = sqlite3_vfs_find(NULL);
	disk.shim = *disk.real;
	disk.shim.zName = "disk";
	disk.shim.szOsFile =
	    (int)sizeof(struct disk_file) + disk.real->szOsFile;
	disk.shim.xOpen = disk_open;
	disk.shim.xDelete = disk_delete;
	sqlite3_vfs_register(&disk.shim, 1);
}

#endif
