/* This is where a ZIP file is read strictly, and written always the same. */
#include "ihala/container.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "deflate.h"
#include "ihala/arena.h"
#include "ihala/confine.h"

/* PKWARE APPNOTE 6.3.3, sections 4.3.7, 4.3.12 and 4.3.16. */
#define LOCAL 0x04034b50u
#define CENTRAL 0x02014b50u
#define END 0x06054b50u
enum { LOCAL_SIZE = 30, CENTRAL_SIZE = 46, END_SIZE = 22 };

enum {
	VERSION = 20,      /* deflate, and nothing newer */
	STORED = 0,        /* method */
	DEFLATED = 8,      /* method */
	TIME = 0,          /* midnight */
	DATE = 0x21,       /* 1980-01-01, the first that DOS knows */
	RATIO_FREE = 65536 /* bytes that may be packed at any ratio */
};

static const char media_type[] = IH_CONTAINER_TYPE;

/* ---- names */

static const char lower[] = "abcdefghijklmnopqrstuvwxyz0123456789-.";
static const char any[] = "abcdefghijklmnopqrstuvwxyz0123456789-."
			  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* Devices, whatever follows the dot, where unzip runs under Windows. */
static bool
is_device(const char *name)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul",
		"com", "lpt" };
	size_t stem = strcspn(name, ".");

	for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++)
		if (strncmp(name, devices[i], 3) == 0 &&
		    (stem == 3 || (i > 3 && stem == 4 && name[3] >= '0' &&
				      name[3] <= '9')))
			return true;
	return false;
}

bool
ih_part_name_is(const char *name)
{
	static const char folder[] = "META-INF/";
	const char *allowed = lower;
	size_t length = strlen(name);

	if (length >= IH_PART_NAME || strcmp(name, "meta-inf") == 0)
		return false;
	if (strncmp(name, folder, strlen(folder)) == 0) {
		name += strlen(folder);
		allowed = any;
	}
	length = strlen(name);
	return length > 0 && strspn(name, allowed) == length &&
	       name[0] != '.' && name[0] != '-' && name[length - 1] != '.' &&
	       strstr(name, "..") == NULL && !is_device(name);
}

/* ---- little-endian numbers, as ZIP has them */

static void
put16(struct ih_buffer *out, unsigned value)
{
	unsigned char bytes[] = { value & 0xff, (value >> 8) & 0xff };

	ih_buffer_add(out, bytes, sizeof bytes);
}

static void
put32(struct ih_buffer *out, uint32_t value)
{
	put16(out, value & 0xffff);
	put16(out, value >> 16);
}

static unsigned
get16(const unsigned char *at)
{
	return (unsigned)at[0] | (unsigned)at[1] << 8;
}

static uint32_t
get32(const unsigned char *at)
{
	return get16(at) | (uint32_t)get16(at + 2) << 16;
}

/* ---- one entry, as both its headers have it */

struct entry {
	char name[IH_PART_NAME];
	unsigned method;
	uint32_t crc, packed_size, size, offset;
	const unsigned char *packed;
};

static uint32_t
crc_of(const void *bytes, size_t size)
{
	return (uint32_t)crc32_z(crc32_z(0, NULL, 0), bytes, size);
}

/* What local header and central entry share, from "version needed" on. */
static void
put_common(struct ih_buffer *out, const struct entry *entry)
{
	put16(out, VERSION);
	put16(out, 0); /* flags */
	put16(out, entry->method);
	put16(out, TIME);
	put16(out, DATE);
	put32(out, entry->crc);
	put32(out, entry->packed_size);
	put32(out, entry->size);
	put16(out, (unsigned)strlen(entry->name));
	put16(out, 0); /* extra field */
}

static void
put_local(struct ih_buffer *out, const struct entry *entry)
{
	put32(out, LOCAL);
	put_common(out, entry);
	ih_buffer_text(out, entry->name);
}

static void
put_central(struct ih_buffer *out, const struct entry *entry)
{
	put32(out, CENTRAL);
	put16(out, VERSION); /* made by: DOS */
	put_common(out, entry);
	put16(out, 0); /* comment */
	put16(out, 0); /* disk */
	put16(out, 0); /* internal attributes */
	put32(out, 0); /* external attributes */
	put32(out, entry->offset);
	ih_buffer_text(out, entry->name);
}

static void
put_end(struct ih_buffer *out, size_t count, size_t start, size_t size)
{
	put32(out, END);
	put16(out, 0); /* disk */
	put16(out, 0); /* disk of the directory */
	put16(out, (unsigned)count);
	put16(out, (unsigned)count);
	put32(out, (uint32_t)size);
	put32(out, (uint32_t)start);
	put16(out, 0); /* comment */
}

/* ---- writing */

static bool
not_written(struct ih_error *err, const char *name, const char *why)
{
	return ih_fail(err, IH_USAGE, "container: part \"%.64s\": %s", name,
	    why);
}

static bool
may_be_written(const struct ih_part_of parts[], size_t count,
    struct ih_error *err)
{
	size_t total = 0;

	if (count >= IH_CONTAINER_ENTRIES)
		return ih_fail(err, IH_USAGE,
		    "container: at most %d parts are allowed",
		    IH_CONTAINER_ENTRIES - 1);
	for (size_t i = 0; i < count; i++) {
		if (!ih_part_name_is(parts[i].name) ||
		    strcmp(parts[i].name, "mimetype") == 0)
			return not_written(err, "",
			    "a name is not one the profile allows");
		if (parts[i].size > IH_CONTAINER_PART ||
		    (total += parts[i].size) > IH_CONTAINER_MAX)
			return not_written(err, parts[i].name, "too large");
		for (size_t j = 0; j < i; j++)
			if (strcasecmp(parts[i].name, parts[j].name) == 0)
				return not_written(err, parts[i].name,
				    "is there twice");
	}
	return true;
}

/* Raw deflate into OUT; 0: it does not get smaller. */
static size_t
pack_into(struct ih_buffer *out, const void *bytes, size_t size)
{
	size_t packed;

	if (size < 64)
		return 0;
	ih_buffer_reserve(out, size);
	packed = deflate_into(out->data, size - 1, bytes, size);
	/* The reader would take a better ratio for a bomb. */
	if (size > RATIO_FREE && packed < size / IH_CONTAINER_RATIO + 1)
		packed = 0;
	out->size = size; /* all of it is wiped when it goes */
	return packed;
}

static struct entry
put_part(struct ih_buffer *out, const struct ih_part_of *part, bool pack)
{
	struct entry entry = { .method = DEFLATED,
		.crc = crc_of(part->bytes, part->size),
		.size = (uint32_t)part->size,
		.offset = (uint32_t)out->size };
	IH_OWNED(ih_buffer) packed = ih_buffer_new();

	snprintf(entry.name, sizeof entry.name, "%s", part->name);
	if (pack)
		entry.packed_size =
		    (uint32_t)pack_into(packed, part->bytes, part->size);
	if (entry.packed_size == 0) {
		entry.method = STORED;
		entry.packed_size = entry.size;
		put_local(out, &entry);
		ih_buffer_add(out, part->bytes, part->size);
		return entry;
	}
	put_local(out, &entry);
	ih_buffer_add(out, packed->data, entry.packed_size);
	return entry;
}

/* Pictures and the like are packed by what made them. */
static bool
may_pack(const char *media)
{
	return media == NULL || strncmp(media, "text/", 5) == 0 ||
	       strcmp(media, "application/xml") == 0;
}

/* A guess: texts pack to a third, and what is too small is had twice. */
static size_t
room_for(const struct ih_part_of parts[], size_t count)
{
	size_t room = 4096;

	for (size_t i = 0; i < count; i++)
		room += LOCAL_SIZE + CENTRAL_SIZE + 2 * IH_PART_NAME +
			(may_pack(parts[i].media) ? parts[i].size * 3 / 8 :
						    parts[i].size);
	return room;
}

struct ih_buffer *
ih_container_write(const struct ih_part_of parts[], size_t count,
    struct ih_error *err)
{
	const struct ih_part_of type = { "mimetype", NULL, media_type,
		sizeof media_type - 1 };
	struct entry entries[IH_CONTAINER_ENTRIES];
	size_t start;

	if (!may_be_written(parts, count, err))
		return NULL;
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	ih_buffer_reserve(out, room_for(parts, count));
	entries[0] = put_part(out, &type, false);
	for (size_t i = 0; i < count; i++)
		entries[i + 1] =
		    put_part(out, &parts[i], may_pack(parts[i].media));
	start = out->size;
	for (size_t i = 0; i <= count; i++)
		put_central(out, &entries[i]);
	put_end(out, count + 1, start, out->size - start);
	if (out->size > IH_CONTAINER_MAX) {
		ih_fail(err, IH_USAGE, "container: too large in all");
		return NULL;
	}
	return IH_GIVE(out);
}

/* ---- reading */

static bool
refuse(struct ih_error *err, const char *code, const char *why)
{
	ih_fail_code(err, IH_INPUT, code, "container: %s", why);
	return false;
}

static bool
refuse_entry(struct ih_error *err, const char *code, size_t number,
    const char *why)
{
	ih_fail_code(err, IH_INPUT, code, "container: entry %zu: %s",
	    number + 1, why);
	return false;
}

struct zip {
	const unsigned char *bytes;
	size_t size;
	size_t start; /* of the central directory */
	size_t count;
	struct entry entries[IH_CONTAINER_ENTRIES];
};

/*
 * The end record stands where it must, has no comment, and what it says of
 * the directory leaves no byte between the two.
 */
static bool
read_end(struct zip *zip, struct ih_error *err)
{
	const unsigned char *end;
	size_t size;

	if (zip->size < END_SIZE)
		return refuse(err, "E_ZIP_FORMAT", "it ends too early");
	end = zip->bytes + zip->size - END_SIZE;
	if (get32(end) != END || get32(end + 4) != 0 || get16(end + 20) != 0)
		return refuse(err, "E_ZIP_FORMAT",
		    "its last record is not at the end, or has a comment");
	zip->count = get16(end + 10);
	size = get32(end + 12);
	zip->start = get32(end + 16);
	if (get16(end + 8) != zip->count || size > zip->size - END_SIZE ||
	    zip->start != zip->size - END_SIZE - size)
		return refuse(err, "E_ZIP_FORMAT",
		    "its directory is not where the last record says");
	if (zip->count == 0)
		return refuse(err, "E_ZIP_FORMAT", "it is empty");
	if (zip->count > IH_CONTAINER_ENTRIES)
		return refuse(err, "E_ZIP_LIMIT", "too many entries");
	return true;
}

/* Does a header of SIZE bytes at AT say what the writer would say? */
static bool
says(const unsigned char *at, size_t size, const struct entry *entry,
    void (*put)(struct ih_buffer *, const struct entry *))
{
	IH_OWNED(ih_buffer) expected = ih_buffer_new();

	put(expected, entry);
	return size >= expected->size &&
	       memcmp(at, expected->data, expected->size) == 0;
}

static bool
read_name(const struct zip *zip, size_t at, size_t length, struct entry *entry,
    size_t number, struct ih_error *err)
{
	const unsigned char *name = zip->bytes + at;

	if (length >= IH_PART_NAME || memchr(name, '\0', length) != NULL)
		return refuse_entry(err, "E_ZIP_NAME", number, "its name");
	memcpy(entry->name, name, length);
	entry->name[length] = '\0';
	if (!ih_part_name_is(entry->name))
		return refuse_entry(err, "E_ZIP_NAME", number,
		    "its name is not one the profile allows");
	for (size_t i = 0; i < number; i++)
		if (strcasecmp(zip->entries[i].name, entry->name) == 0)
			return refuse_entry(err, "E_ZIP_DUP", number,
			    "its name is there before");
	return true;
}

static bool
is_a_bomb(const struct entry *entry)
{
	return entry->size > RATIO_FREE &&
	       entry->size / IH_CONTAINER_RATIO >= entry->packed_size;
}

static bool
within_limits(const struct zip *zip, const struct entry *entry, size_t number,
    struct ih_error *err)
{
	size_t total = entry->size;

	for (size_t i = 0; i < number; i++)
		total += zip->entries[i].size;
	if (entry->size > IH_CONTAINER_PART || total > IH_CONTAINER_MAX)
		return refuse_entry(err, "E_ZIP_LIMIT", number, "too large");
	if (is_a_bomb(entry))
		return refuse_entry(err, "E_ZIP_LIMIT", number,
		    "it unpacks to far too much");
	return true;
}

/* A central entry at *AT, and the local header and data at *LOCAL_AT. */
static bool
read_entry(struct zip *zip, size_t number, size_t *at, size_t *local_at,
    struct ih_error *err)
{
	struct entry *entry = &zip->entries[number];
	const unsigned char *central = zip->bytes + *at;
	size_t left = zip->size - END_SIZE - *at, length;

	if (left < CENTRAL_SIZE ||
	    (length = get16(central + 28)) > left - CENTRAL_SIZE)
		return refuse_entry(err, "E_ZIP_FORMAT", number,
		    "the directory ends early");
	*entry = (struct entry){ .method = get16(central + 10),
		.crc = get32(central + 16),
		.packed_size = get32(central + 20),
		.size = get32(central + 24),
		.offset = (uint32_t)*local_at };
	if (!read_name(zip, *at + CENTRAL_SIZE, length, entry, number, err))
		return false;
	if (entry->method != STORED && entry->method != DEFLATED)
		return refuse_entry(err, "E_ZIP_FORMAT", number,
		    "packed in a way the profile does not allow");
	/* The offset is in there: no gap and no overlap can hide. */
	if (!says(central, left, entry, put_central))
		return refuse_entry(err, "E_ZIP_FORMAT", number,
		    "its directory entry says what the profile does not");
	*at += CENTRAL_SIZE + length;
	left = zip->start - *local_at;
	if (!says(zip->bytes + *local_at, left, entry, put_local))
		return refuse_entry(err, "E_ZIP_FORMAT", number,
		    "its two headers differ");
	left -= LOCAL_SIZE + length;
	if (entry->packed_size > left ||
	    (entry->method == STORED && entry->size != entry->packed_size))
		return refuse_entry(err, "E_ZIP_FORMAT", number,
		    "its sizes do not fit");
	entry->packed = zip->bytes + *local_at + LOCAL_SIZE + length;
	*local_at += LOCAL_SIZE + length + entry->packed_size;
	return within_limits(zip, entry, number, err);
}

static bool
read_directory(struct zip *zip, struct ih_error *err)
{
	size_t at = zip->start, local_at = 0;

	for (size_t i = 0; i < zip->count; i++)
		if (!read_entry(zip, i, &at, &local_at, err))
			return false;
	if (at != zip->size - END_SIZE || local_at != zip->start)
		return refuse(err, "E_ZIP_FORMAT",
		    "there are bytes that belong to no entry");
	return true;
}

/* Exactly the size that was declared, from exactly the bytes there are. */
static bool
inflate_into(unsigned char *out, const struct entry *entry)
{
	/* zlib wants a place to write even where nothing is to be written. */
	unsigned char none = 0;
	z_stream z = { 0 };
	bool done;

	if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
		return false;
	z.next_in = (z_const Bytef *)(uintptr_t)entry->packed;
	z.avail_in = entry->packed_size;
	z.next_out = entry->size > 0 ? out : &none;
	z.avail_out = entry->size;
	done = inflate(&z, Z_FINISH) == Z_STREAM_END && z.avail_in == 0 &&
	       z.avail_out == 0;
	inflateEnd(&z);
	return done;
}

static bool
check_crc(const void *bytes, const struct entry *entry, size_t number,
    struct ih_error *err)
{
	return crc_of(bytes, entry->size) == entry->crc ||
	       refuse_entry(err, "E_ZIP_DATA", number, "its checksum differs");
}

static bool
unpack(struct ih_buffer *out, const struct entry *entry, size_t number,
    struct ih_error *err)
{
	unsigned char *to = out->data + out->size;

	if (entry->method == STORED)
		memcpy(to, entry->packed, entry->size);
	else if (!inflate_into(to, entry))
		return refuse_entry(err, "E_ZIP_DATA", number,
		    "it does not unpack as declared");
	if (!check_crc(to, entry, number, err))
		return false;
	out->size += entry->size;
	out->data[out->size] = '\0';
	return true;
}

static bool
check_type(const struct entry *first, struct ih_error *err)
{
	if (strcmp(first->name, "mimetype") != 0 || first->method != STORED ||
	    first->size != sizeof media_type - 1 ||
	    memcmp(first->packed, media_type, first->size) != 0)
		return refuse(err, "E_MIMETYPE",
		    "its first entry is not the media type of an ASiC-E");
	return true;
}

static struct ih_container *
container_new(void)
{
	struct ih_container *container = ih_zeroed(sizeof *container);

	container->bytes = ih_buffer_new();
	return container;
}

/* The parts and their names, in one buffer that does not move any more. */
static struct ih_container *
unpack_all(const struct zip *zip, struct ih_error *err)
{
	IH_OWNED(ih_container) container = container_new();
	struct ih_buffer *out = container->bytes;
	size_t room = 0;

	for (size_t i = 1; i < zip->count; i++)
		room += zip->entries[i].size + IH_PART_NAME;
	ih_buffer_reserve(out, room);
	for (size_t i = 1; i < zip->count; i++) {
		struct ih_part_of *part = &container->parts[i - 1];

		part->name = (char *)out->data + out->size;
		ih_buffer_add(out, zip->entries[i].name,
		    strlen(zip->entries[i].name) + 1);
		part->bytes = out->data + out->size;
		part->size = zip->entries[i].size;
		if (!unpack(out, &zip->entries[i], i, err))
			return NULL;
		container->count++;
	}
	return IH_GIVE(container);
}

/* All but what the parts hold. */
static bool
read_zip(struct zip *zip, const void *bytes, size_t size, struct ih_error *err)
{
	*zip = (struct zip){ .bytes = bytes, .size = size };
	if (size > IH_CONTAINER_MAX)
		return refuse(err, "E_ZIP_LIMIT", "too large");
	return read_end(zip, err) && read_directory(zip, err) &&
	       check_type(&zip->entries[0], err);
}

struct ih_container *
ih_container_read(const void *bytes, size_t size, struct ih_error *err)
{
	struct zip zip;

	return read_zip(&zip, bytes, size, err) ? unpack_all(&zip, err) : NULL;
}

void
ih_container_free(struct ih_container *container)
{
	if (container == NULL)
		return;
	ih_buffer_free(container->bytes);
	ih_buffer_free(container->zip);
	free(container);
}

const struct ih_part_of *
ih_container_part(const struct ih_container *container, const char *name)
{
	for (size_t i = 0; i < container->count; i++)
		if (strcmp(container->parts[i].name, name) == 0)
			return &container->parts[i];
	return NULL;
}

/* ---- the confined child: a ZIP goes in, a flat list of parts comes out: for
 * each the size of its name, NUL included, its size, and where in the ZIP it
 * is stored (0: it was packed); its name, and what was packed */

enum { ITEM = 12 };

static bool
put_item(struct ih_buffer *out, const struct zip *zip, size_t number,
    struct ih_error *err)
{
	const struct entry *entry = &zip->entries[number];
	uint32_t name_size = (uint32_t)strlen(entry->name) + 1;
	bool stored = entry->method == STORED;

	put32(out, name_size);
	put32(out, entry->size);
	put32(out, stored ? (uint32_t)(entry->packed - zip->bytes) : 0);
	ih_buffer_add(out, entry->name, name_size);
	return stored ? check_crc(entry->packed, entry, number, err) :
			unpack(out, entry, number, err);
}

static bool
flatten(const void *bytes, size_t size, struct ih_buffer *out, void *with,
    struct ih_error *err)
{
	struct zip zip;
	size_t room = 0;

	(void)with;
	if (!read_zip(&zip, bytes, size, err))
		return false;
	for (size_t i = 1; i < zip.count; i++)
		room +=
		    ITEM + IH_PART_NAME +
		    (zip.entries[i].method == STORED ? 0 : zip.entries[i].size);
	ih_buffer_reserve(out, room);
	for (size_t i = 1; i < zip.count; i++)
		if (!put_item(out, &zip, i, err))
			return false;
	return true;
}

/* The list, and the ZIP that was asked about. */
struct answer {
	const struct ih_buffer *list;
	const unsigned char *zip;
	size_t size;
	size_t at; /* of what is not taken yet */
};

/* From the list, or from the ZIP; NULL: it is not there. */
static const void *
take_bytes(struct answer *answer, size_t stored_at, size_t size)
{
	const void *bytes = answer->list->data + answer->at;

	if (stored_at != 0)
		return stored_at <= answer->size &&
			       size <= answer->size - stored_at ?
			   answer->zip + stored_at :
			   NULL;
	if (size > answer->list->size - answer->at)
		return NULL;
	answer->at += size;
	return bytes;
}

/* The list is believed no more than the ZIP: a child may have been taken. */
static bool
take_part(struct answer *answer, struct ih_container *container)
{
	struct ih_part_of *part = &container->parts[container->count];
	const unsigned char *item = answer->list->data + answer->at;
	size_t left = answer->list->size - answer->at, name_size;
	const char *name = (const char *)item + ITEM;

	if (left < ITEM || container->count == IH_CONTAINER_ENTRIES)
		return false;
	name_size = get32(item);
	if (name_size == 0 || name_size > left - ITEM ||
	    memchr(name, '\0', name_size) != name + name_size - 1 ||
	    !ih_part_name_is(name) || ih_container_part(container, name))
		return false;
	answer->at += ITEM + name_size;
	part->name = name;
	part->size = get32(item + 4);
	part->bytes = take_bytes(answer, get32(item + 8), part->size);
	container->count += part->bytes != NULL;
	return part->bytes != NULL;
}

/* What the child said, as parts.  LIST and ZIP are given.  Caller owns. */
static struct ih_container *
take_parts(struct ih_buffer *list, struct ih_buffer *zip, struct ih_error *err)
{
	IH_OWNED(ih_container) container = ih_zeroed(sizeof *container);
	struct answer answer = { list, zip->data, zip->size, 0 };

	container->bytes = list;
	container->zip = zip;
	while (answer.at < list->size)
		if (!take_part(&answer, container)) {
			refuse(err, "E_ZIP_FORMAT", "its parts are unsound");
			return NULL;
		}
	return IH_GIVE(container);
}

struct ih_unpacker {
	struct ih_child *child; /* NULL: none yet */
};

struct ih_unpacker *
ih_unpacker_new(void)
{
	return ih_zeroed(sizeof(struct ih_unpacker));
}

void
ih_unpacker_free(struct ih_unpacker *unpacker)
{
	if (unpacker == NULL)
		return;
	ih_child_free(unpacker->child);
	free(unpacker);
}

struct ih_container *
ih_container_admit_by(struct ih_unpacker *unpacker, struct ih_buffer *zip,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) given = zip;
	struct ih_buffer *list;

	if (unpacker->child == NULL)
		unpacker->child = ih_child_start(flatten, NULL, err);
	if (unpacker->child == NULL)
		return NULL;
	list = ih_child_ask(unpacker->child, given->data, given->size, err);
	return list != NULL ? take_parts(list, IH_GIVE(given), err) : NULL;
}

struct ih_container *
ih_container_admit(const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(ih_unpacker) once = ih_unpacker_new();

	return ih_container_admit_by(once, ih_buffer_copy(bytes, size), err);
}
