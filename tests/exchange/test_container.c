#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "ihala/container.h"
#include "ihala/world.h"

static const char lorem[] =
    "<p>phrase exemple phrase exemple phrase exemple phrase exemple</p>"
    "<p>phrase exemple phrase exemple phrase exemple phrase exemple</p>";

static const struct ih_part_of usual[] = {
	{ "exchange.xml", NULL, "<exchange/>", 11 },
	{ "case.xml", NULL, lorem, sizeof lorem - 1 },
	{ "META-INF/ASiCManifest001.xml", NULL, "<m/>", 4 },
	{ "att-001.bin", NULL, "", 0 },
};

static struct ih_buffer *
usual_container(void)
{
	struct ih_error err = { 0 };
	struct ih_buffer *zip = ih_container_write(usual, 4, &err);

	assert_non_null(zip);
	return zip;
}

static void
expect_usual(const struct ih_container *container)
{
	assert_non_null(container);
	assert_int_equal(container->count, 4);
	for (size_t i = 0; i < 4; i++) {
		const struct ih_part_of *part =
		    ih_container_part(container, usual[i].name);

		assert_non_null(part);
		assert_int_equal(part->size, usual[i].size);
		assert_memory_equal(part->bytes, usual[i].bytes, part->size);
	}
	assert_null(ih_container_part(container, "mimetype"));
}

static void
gives_back_what_was_put_in(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) zip = usual_container();
	IH_OWNED(ih_container) read =
	    ih_container_read(zip->data, zip->size, &err);

	(void)state;
	expect_usual(read);
}

static void
gives_back_the_same_from_a_confined_child(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) zip = usual_container();
	IH_OWNED(ih_container) read =
	    ih_container_admit(zip->data, zip->size, &err);

	(void)state;
	zip->data[40] ^= 1;
	assert_null(ih_container_admit(zip->data, zip->size, &err));
	assert_string_equal(err.code, "E_MIMETYPE");
	ih_buffer_clear(zip); /* whoever asked keeps nothing */
	expect_usual(read);
}

static void
writes_the_same_bytes_for_the_same_parts(void **state)
{
	IH_OWNED(ih_buffer) a = usual_container();
	IH_OWNED(ih_buffer) b = usual_container();

	(void)state;
	assert_int_equal(a->size, b->size);
	assert_memory_equal(a->data, b->data, a->size);
}

static void
begins_with_the_media_type_at_byte_38(void **state)
{
	IH_OWNED(ih_buffer) zip = usual_container();

	(void)state;
	assert_memory_equal(zip->data + 30, "mimetype", 8);
	assert_memory_equal(zip->data + 38, IH_CONTAINER_TYPE,
	    strlen(IH_CONTAINER_TYPE));
}

static void
opens_with_other_tools(void **state)
{
	char path[] = "/tmp/ihala-container-XXXXXX", command[128];
	IH_OWNED(ih_buffer) zip = usual_container();
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, zip->data, zip->size), zip->size);
	close(fd);
	snprintf(command, sizeof command, "unzip -tqq %s >/dev/null", path);
	assert_int_equal(system(command), 0);
	snprintf(command, sizeof command,
	    "python3 -c \"import sys, zipfile; "
	    "sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)\" "
	    "%s",
	    path);
	assert_int_equal(system(command), 0);
	unlink(path);
}

static void
packs_a_page_of_zeros_no_tighter_than_it_reads(void **state)
{
	static unsigned char zeros[200000];
	const struct ih_part_of part = { "zeros.bin", NULL, zeros,
		sizeof zeros };
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) zip = ih_container_write(&part, 1, &err);
	IH_OWNED(ih_container) read =
	    ih_container_read(zip->data, zip->size, &err);

	(void)state;
	assert_non_null(read);
	assert_int_equal(read->parts[0].size, sizeof zeros);
}

static void
allows_flat_lower_case_names_only(void **state)
{
	static const struct {
		const char *name;
		bool is;
	} rows[] = {
		{ "case.xml", true },
		{ "doc-01-referral.fr.html", true },
		{ "0.txt", true },
		{ "META-INF/ASiCManifest001.xml", true },
		{ "META-INF/signature001.p7s", true },
		{ "com0x.txt", true },
		{ "", false },
		{ ".", false },
		{ "..", false },
		{ "../case.xml", false },
		{ "a/../b", false },
		{ "a..b", false },
		{ "/etc/passwd", false },
		{ "c:case.xml", false },
		{ "a\\b", false },
		{ "a/b.xml", false },
		{ "Case.xml", false },
		{ ".hidden", false },
		{ "-rf", false },
		{ "case.", false },
		{ "case xml", false },
		{ "caf\xc3\xa9.xml", false },
		{ "a\nb", false },
		{ "META-INF/", false },
		{ "META-INF/a/b", false },
		{ "META-INF/../a", false },
		{ "meta-inf", false },
		{ "con", false },
		{ "nul.txt", false },
		{ "com1.xml", false },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaaa",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (ih_part_name_is(rows[i].name) != rows[i].is)
			fail_msg("name \"%s\"", rows[i].name);
}

static void
does_not_write_what_it_would_not_read(void **state)
{
	static const struct {
		struct ih_part_of parts[2];
		size_t count;
	} rows[] = {
		{ { { "Case.xml", NULL, "", 0 } }, 1 },
		{ { { "mimetype", NULL, "", 0 } }, 1 },
		{ { { "a.xml", NULL, "", 0 }, { "a.xml", NULL, "", 0 } }, 2 },
		{ { { "META-INF/a", NULL, "", 0 },
		      { "META-INF/A", NULL, "", 0 } },
		    2 },
		{ { { "a.bin", NULL, "", IH_CONTAINER_PART + 1 } }, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };

		assert_null(
		    ih_container_write(rows[i].parts, rows[i].count, &err));
		assert_int_equal(err.kind, IH_USAGE);
	}
}

static void
does_not_write_more_parts_than_it_reads(void **state)
{
	static char names[IH_CONTAINER_ENTRIES][8];
	struct ih_part_of parts[IH_CONTAINER_ENTRIES];
	struct ih_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < IH_CONTAINER_ENTRIES; i++) {
		snprintf(names[i], sizeof names[i], "p%zu", i);
		parts[i] = (struct ih_part_of){ names[i], NULL, "x", 1 };
	}
	IH_OWNED(ih_buffer) most =
	    ih_container_write(parts, IH_CONTAINER_ENTRIES - 1, &err);
	assert_non_null(most);
	IH_OWNED(ih_container) read =
	    ih_container_read(most->data, most->size, &err);
	assert_non_null(read);
	assert_int_equal(read->count, IH_CONTAINER_ENTRIES - 1);
	assert_null(ih_container_write(parts, IH_CONTAINER_ENTRIES, &err));
	assert_int_equal(err.kind, IH_USAGE);
}

/* ---- ZIP files that no honest tool makes */

struct raw {
	const char *name, *central_name; /* NULL: the same */
	const char *bytes;
	unsigned size, packed_size, method, flags, version, made_by;
	unsigned extra, comment, disk, external;
	unsigned declared, crc; /* 0: the right one */
	unsigned central_crc, central_size;
	int offset; /* added to the right one */
};

static void
put(struct ih_buffer *out, unsigned long value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++) {
		unsigned char byte = (value >> (8 * i)) & 0xff;

		ih_buffer_add(out, &byte, 1);
	}
}

static void
put_both(struct ih_buffer *out, const struct raw *raw, const char *name,
    unsigned crc, unsigned size)
{
	put(out, raw->version != 0 ? raw->version : 20, 2);
	put(out, raw->flags, 2);
	put(out, raw->method, 2);
	put(out, 0, 2);
	put(out, 0x21, 2);
	put(out, crc, 4);
	put(out, raw->packed_size != 0 ? raw->packed_size : raw->size, 4);
	put(out, size, 4);
	put(out, strlen(name), 2);
	put(out, raw->extra, 2);
}

static unsigned
declared_size(const struct raw *raw)
{
	return raw->declared != 0 ? raw->declared : raw->size;
}

static unsigned
declared_crc(const struct raw *raw)
{
	return raw->crc != 0 ?
		   raw->crc :
		   (unsigned)crc32(0, (const Bytef *)raw->bytes, raw->size);
}

static void
put_entry(struct ih_buffer *out, const struct raw *raw)
{
	put(out, 0x04034b50, 4);
	put_both(out, raw, raw->name, declared_crc(raw), declared_size(raw));
	ih_buffer_text(out, raw->name);
	for (unsigned i = 0; i < raw->extra; i++)
		put(out, 0, 1);
	ih_buffer_add(out, raw->bytes,
	    raw->packed_size != 0 ? raw->packed_size : raw->size);
}

static void
put_directory_entry(struct ih_buffer *out, const struct raw *raw, size_t at)
{
	const char *name =
	    raw->central_name != NULL ? raw->central_name : raw->name;

	put(out, 0x02014b50, 4);
	put(out, raw->made_by != 0 ? raw->made_by : 20, 2);
	put_both(out, raw, name,
	    raw->central_crc != 0 ? raw->central_crc : declared_crc(raw),
	    raw->central_size != 0 ? raw->central_size : declared_size(raw));
	put(out, raw->comment, 2);
	put(out, raw->disk, 2);
	put(out, 0, 2);
	put(out, raw->external, 4);
	put(out, (unsigned long)((long)at + raw->offset), 4);
	ih_buffer_text(out, name);
	for (unsigned i = 0; i < raw->extra + raw->comment; i++)
		put(out, 0, 1);
}

static const struct raw type = { .name = "mimetype",
	.bytes = IH_CONTAINER_TYPE,
	.size = sizeof IH_CONTAINER_TYPE - 1 };

static struct ih_buffer *
build(const struct raw *const entries[], size_t count)
{
	struct ih_buffer *out = ih_buffer_new();
	size_t at[8], start;

	for (size_t i = 0; i < count; i++) {
		at[i] = out->size;
		put_entry(out, entries[i]);
	}
	start = out->size;
	for (size_t i = 0; i < count; i++)
		put_directory_entry(out, entries[i], at[i]);
	start = start & 0xffffffff;
	put(out, 0x06054b50, 4);
	put(out, 0, 4);
	put(out, count, 2);
	put(out, count, 2);
	put(out, out->size - 12 - start, 4);
	put(out, start, 4);
	put(out, 0, 2);
	return out;
}

static void
expect(const struct ih_buffer *zip, const char *code, const char *what)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_container) read =
	    ih_container_read(zip->data, zip->size, &err);

	if (read != NULL || strcmp(err.code, code) != 0)
		fail_msg("%s: %s expected, not \"%s\" (%s)", what, code,
		    err.code, err.text);
	assert_int_equal(err.kind, IH_INPUT);
}

static void
reads_what_the_builder_of_these_tests_makes(void **state)
{
	static const struct raw plain = { .name = "a.txt",
		.bytes = "abc",
		.size = 3 };
	struct ih_error err = { 0 };
	const struct raw *const entries[] = { &type, &plain };
	IH_OWNED(ih_buffer) zip = build(entries, 2);
	IH_OWNED(ih_container) read =
	    ih_container_read(zip->data, zip->size, &err);

	(void)state;
	assert_non_null(read);
}

static void
refuses_an_entry_that_two_tools_could_read_in_two_ways(void **state)
{
	static const struct {
		const char *what, *code;
		struct raw raw;
	} rows[] = {
#define RAW .name = "a.txt", .bytes = "abc", .size = 3
		{ "encrypted", "E_ZIP_FORMAT", { RAW, .flags = 1 } },
		{ "sizes after the data", "E_ZIP_FORMAT", { RAW, .flags = 8 } },
		{ "names in UTF-8", "E_ZIP_FORMAT", { RAW, .flags = 0x800 } },
		{ "packed as bzip2", "E_ZIP_FORMAT", { RAW, .method = 12 } },
		{ "packed with AES", "E_ZIP_FORMAT", { RAW, .method = 99 } },
		{ "an extra field", "E_ZIP_FORMAT", { RAW, .extra = 4 } },
		{ "a comment", "E_ZIP_FORMAT", { RAW, .comment = 4 } },
		{ "zip64", "E_ZIP_FORMAT", { RAW, .version = 45 } },
		{ "another disk", "E_ZIP_FORMAT", { RAW, .disk = 1 } },
		{ "a symbolic link", "E_ZIP_FORMAT",
		    { RAW, .made_by = 0x0314, .external = 0xa1ff0000 } },
		{ "a folder", "E_ZIP_FORMAT", { RAW, .external = 0x10 } },
		{ "another name in the directory", "E_ZIP_FORMAT",
		    { RAW, .central_name = "b.txt" } },
		{ "another checksum in the directory", "E_ZIP_FORMAT",
		    { RAW, .central_crc = 1 } },
		{ "another size in the directory", "E_ZIP_FORMAT",
		    { RAW, .central_size = 2 } },
		{ "an overlap", "E_ZIP_FORMAT", { RAW, .offset = -1 } },
		{ "the place of the entry before", "E_ZIP_FORMAT",
		    { RAW, .offset = -69 } },
		{ "a gap", "E_ZIP_FORMAT", { RAW, .offset = 1 } },
		{ "stored, with two sizes", "E_ZIP_FORMAT",
		    { RAW, .declared = 4 } },
		{ "a wrong checksum", "E_ZIP_DATA", { RAW, .crc = 1 } },
		{ "a size over the limit", "E_ZIP_FORMAT",
		    { RAW, .declared = 0xffffffff } },
#undef RAW
		{ "a path upwards", "E_ZIP_NAME",
		    { .name = "../a.txt", .bytes = "a", .size = 1 } },
		{ "a path from the root", "E_ZIP_NAME",
		    { .name = "/a.txt", .bytes = "a", .size = 1 } },
		{ "a folder inside", "E_ZIP_NAME",
		    { .name = "a/b.txt", .bytes = "a", .size = 1 } },
		{ "no name", "E_ZIP_NAME",
		    { .name = "", .bytes = "a", .size = 1 } },
		{ "the same name", "E_ZIP_DUP",
		    { .name = "mimetype", .bytes = "a", .size = 1 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct raw *const entries[] = { &type, &rows[i].raw };
		IH_OWNED(ih_buffer) zip = build(entries, 2);

		expect(zip, rows[i].code, rows[i].what);
	}
}

static void
refuses_two_names_that_differ_in_case_only(void **state)
{
	static const struct raw a = { .name = "META-INF/a",
		.bytes = "a",
		.size = 1 };
	static const struct raw b = { .name = "META-INF/A",
		.bytes = "b",
		.size = 1 };
	const struct raw *const entries[] = { &type, &a, &b };
	IH_OWNED(ih_buffer) zip = build(entries, 3);

	(void)state;
	expect(zip, "E_ZIP_DUP", "META-INF/a and META-INF/A");
}

static void
refuses_a_first_entry_that_is_not_the_media_type(void **state)
{
	static const struct raw other = { .name = "a.txt",
		.bytes = "a",
		.size = 1 };
	static const struct raw wrong = { .name = "mimetype",
		.bytes = "application/zip",
		.size = 15 };
	static const struct raw longer = { .name = "mimetype",
		.bytes = IH_CONTAINER_TYPE "\n",
		.size = sizeof IH_CONTAINER_TYPE };
	const struct raw *const second[] = { &other, &type };
	const struct raw *const false_type[] = { &wrong, &other };
	const struct raw *const newline[] = { &longer, &other };
	IH_OWNED(ih_buffer) a = build(second, 2);
	IH_OWNED(ih_buffer) b = build(false_type, 2);
	IH_OWNED(ih_buffer) c = build(newline, 2);

	(void)state;
	expect(a, "E_MIMETYPE", "second");
	expect(b, "E_MIMETYPE", "another type");
	expect(c, "E_MIMETYPE", "a newline after it");
}

static unsigned
deflated(unsigned char *out, unsigned room, const void *bytes, unsigned size)
{
	z_stream z = { 0 };

	deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
	z.next_in = (z_const Bytef *)(uintptr_t)bytes;
	z.avail_in = size;
	z.next_out = out;
	z.avail_out = room;
	deflate(&z, Z_FINISH);
	deflateEnd(&z);
	return room - z.avail_out;
}

static void
refuses_packed_data_that_is_not_as_declared(void **state)
{
	unsigned char packed[256] = { 0 };
	unsigned size =
	    deflated(packed, sizeof packed, lorem, sizeof lorem - 1);
	const unsigned whole = sizeof lorem - 1;
	const unsigned crc = (unsigned)crc32(0, (const Bytef *)lorem, whole);
	const struct {
		const char *what;
		unsigned packed_size, declared;
	} rows[] = {
		{ "a byte after the end", size + 1, whole },
		{ "a byte less", size - 1, whole },
		{ "declared longer", size, whole + 1 },
		{ "declared shorter", size, whole - 1 },
		{ "declared empty", size, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct raw raw = { .name = "a.txt",
			.bytes = (const char *)packed,
			.packed_size = rows[i].packed_size,
			.declared = rows[i].declared,
			.method = 8,
			.crc = crc };
		const struct raw *const entries[] = { &type, &raw };
		IH_OWNED(ih_buffer) zip = build(entries, 2);

		expect(zip, "E_ZIP_DATA", rows[i].what);
	}
}

static void
refuses_a_bomb_before_it_unpacks(void **state)
{
	const unsigned whole = 20u << 20;
	char *zeros = calloc(1, whole);
	unsigned char *packed = malloc(whole);
	const struct raw raw = { .name = "a.txt",
		.bytes = (const char *)packed,
		.packed_size = deflated(packed, whole, zeros, whole),
		.declared = whole,
		.method = 8,
		.crc = (unsigned)crc32(0, (const Bytef *)zeros, whole) };
	const struct raw *const entries[] = { &type, &raw };
	IH_OWNED(ih_buffer) zip = build(entries, 2);

	(void)state;
	expect(zip, "E_ZIP_LIMIT", "20 MiB of zeros");
	free(zeros);
	free(packed);
}

static void
refuses_a_part_or_a_sum_over_the_limit(void **state)
{
	static char bytes[1 << 20];
	struct raw raws[3];
	const struct raw *const entries[] = { &type, &raws[0], &raws[1],
		&raws[2] };

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		static const char *const names[] = { "a", "b", "c" };

		raws[i] = (struct raw){ .name = names[i],
			.bytes = bytes,
			.packed_size = sizeof bytes,
			.declared = 30u << 20,
			.method = 8,
			.crc = 1 };
	}
	IH_OWNED(ih_buffer) sum = build(entries, 4);
	expect(sum, "E_ZIP_LIMIT", "three times 30 MiB");
	raws[0].declared = (32u << 20) + 1;
	IH_OWNED(ih_buffer) one = build(entries, 2);
	expect(one, "E_ZIP_LIMIT", "one of more than 32 MiB");
}

static void
refuses_more_entries_than_the_limit(void **state)
{
	IH_OWNED(ih_buffer) zip = usual_container();

	(void)state;
	zip->data[zip->size - 14] = zip->data[zip->size - 12] = 65;
	expect(zip, "E_ZIP_LIMIT", "65 entries");
}

static void
refuses_bytes_that_belong_to_no_entry(void **state)
{
	IH_OWNED(ih_buffer) zip = usual_container();
	IH_OWNED(ih_buffer) prefixed = ih_buffer_copy("MZ", 2);
	IH_OWNED(ih_buffer) trailed = ih_buffer_copy(zip->data, zip->size);
	IH_OWNED(ih_buffer) twice = ih_buffer_copy(zip->data, zip->size);

	(void)state;
	ih_buffer_add(prefixed, zip->data, zip->size);
	expect(prefixed, "E_ZIP_FORMAT", "a program in front");
	ih_buffer_text(trailed, "x");
	expect(trailed, "E_ZIP_FORMAT", "a byte behind");
	ih_buffer_add(twice, zip->data, zip->size);
	expect(twice, "E_ZIP_FORMAT", "another container behind");
	zip->data[zip->size - 2] = 1;
	ih_buffer_text(zip, "x");
	expect(zip, "E_ZIP_FORMAT", "a comment at the end");
}

/* ZIP with a byte put in at AT; FIELD of its end record counts one more. */
static struct ih_buffer *
widened(const struct ih_buffer *zip, size_t at, size_t field)
{
	struct ih_buffer *out = ih_buffer_copy(zip->data, at);

	ih_buffer_text(out, "x");
	ih_buffer_add(out, zip->data + at, zip->size - at);
	out->data[out->size - field]++;
	return out;
}

static void
refuses_a_byte_hidden_around_the_directory(void **state)
{
	IH_OWNED(ih_buffer) zip = usual_container();
	size_t end = zip->size - 22;
	size_t start = end - (zip->data[zip->size - 10] |
				 (size_t)zip->data[zip->size - 9] << 8);
	IH_OWNED(ih_buffer) before = widened(zip, start, 6);
	IH_OWNED(ih_buffer) after = widened(zip, end, 10);

	(void)state;
	assert_memory_equal(zip->data + start, "PK\1\2", 4);
	expect(before, "E_ZIP_FORMAT", "a byte before the directory");
	expect(after, "E_ZIP_FORMAT", "a byte after the directory");
}

static void
refuses_each_container_that_is_cut_off(void **state)
{
	IH_OWNED(ih_buffer) zip = usual_container();

	(void)state;
	for (size_t size = 0; size < zip->size; size++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_container) read =
		    ih_container_read(zip->data, size, &err);

		assert_null(read);
		assert_int_equal(err.kind, IH_INPUT);
	}
}

/* Deflate has up to seven bits at its end that mean nothing. */
static void
is_not_fooled_by_a_changed_bit(void **state)
{
	IH_OWNED(ih_buffer) zip = usual_container();
	size_t meaningless = 0;

	(void)state;
	for (size_t bit = 0; bit < zip->size * 8; bit++) {
		struct ih_error err = { 0 };

		zip->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		IH_OWNED(ih_container) read =
		    ih_container_read(zip->data, zip->size, &err);
		zip->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_int_equal(read == NULL, err.code[0] != '\0');
		if (read == NULL)
			continue;
		expect_usual(read);
		meaningless++;
	}
	assert_true(meaningless <= 7);
}

static void
packs_text_and_stores_a_picture(void **state)
{
	static const char same[400] = { 0 };
	static const char *const media[] = { "text/html", "image/jpeg" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct ih_part_of part = { "part", media[i], same,
			sizeof same };
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) zip = ih_container_write(&part, 1, &err);

		assert_non_null(zip);
		assert_int_equal(zip->size > sizeof same, i == 1);
	}
}

/* A match of each length at distances on both sides of where codes change:
 * zlib, which the reader asks, reads what was packed here. */
static void
what_is_packed_here_zlib_reads(void **state)
{
	static const size_t distances[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13,
		16, 17, 24, 25, 32, 33, 48, 49, 256, 257, 1024, 1025, 1536,
		1537, 8192, 8193, 16384, 16385, 24576, 24577, 32767, 32768,
		32769 };
	static unsigned char bytes[33500], again[sizeof bytes];
	uint64_t seed = 3;
	struct ih_world chance = ih_world_fixed(0, &seed);

	(void)state;
	/* What is far away is remembered where nothing else came between. */
	chance.random(chance.state, bytes, 600);
	for (size_t i = 0; i < 300; i++)
		bytes[i] &= 0x8f; /* codes of 8 bits and of 9 */
	for (size_t d = 0; d < sizeof distances / sizeof distances[0]; d++)
		for (size_t length = 3; length < 600;
		     length += length < 270 ? 1 : 61) {
			size_t size = distances[d] + length;
			struct ih_error err = { 0 };

			memcpy(again, bytes, sizeof again);
			for (size_t i = distances[d]; i < size; i++)
				again[i] = again[i - distances[d]];
			struct ih_part_of part = { "part", "text/plain", again,
				size };
			IH_OWNED(ih_buffer)
			zip = ih_container_write(&part, 1, &err);
			IH_OWNED(ih_container)
			read = ih_container_read(zip->data, zip->size, &err);

			assert_non_null(read);
			assert_int_equal(read->parts[0].size, size);
			assert_memory_equal(read->parts[0].bytes, again, size);
		}
}

static void
one_child_reads_on_after_a_container_it_refused(void **state)
{
	struct ih_part_of part = { "part", "text/plain", "words", 5 };
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) zip = ih_container_write(&part, 1, &err);
	IH_OWNED(ih_unpacker) child = ih_unpacker_new();

	(void)state;
	for (int round = 0; round < 3; round++) {
		IH_OWNED(ih_container)
		whole = ih_container_admit_by(child,
		    ih_buffer_copy(zip->data, zip->size), &err);

		assert_non_null(whole);
		assert_memory_equal(whole->parts[0].bytes, "words", 5);
		assert_null(ih_container_admit_by(child,
		    ih_buffer_copy(zip->data, zip->size - 1), &err));
		assert_string_equal(err.code, "E_ZIP_FORMAT");
		err = (struct ih_error){ 0 };
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(gives_back_what_was_put_in),
		TEST(gives_back_the_same_from_a_confined_child),
		TEST(writes_the_same_bytes_for_the_same_parts),
		TEST(packs_text_and_stores_a_picture),
		TEST(what_is_packed_here_zlib_reads),
		TEST(one_child_reads_on_after_a_container_it_refused),
		TEST(begins_with_the_media_type_at_byte_38),
		TEST(opens_with_other_tools),
		TEST(packs_a_page_of_zeros_no_tighter_than_it_reads),
		TEST(allows_flat_lower_case_names_only),
		TEST(does_not_write_what_it_would_not_read),
		TEST(does_not_write_more_parts_than_it_reads),
		TEST(reads_what_the_builder_of_these_tests_makes),
		TEST(refuses_an_entry_that_two_tools_could_read_in_two_ways),
		TEST(refuses_two_names_that_differ_in_case_only),
		TEST(refuses_a_first_entry_that_is_not_the_media_type),
		TEST(refuses_packed_data_that_is_not_as_declared),
		TEST(refuses_a_bomb_before_it_unpacks),
		TEST(refuses_a_part_or_a_sum_over_the_limit),
		TEST(refuses_more_entries_than_the_limit),
		TEST(refuses_bytes_that_belong_to_no_entry),
		TEST(refuses_a_byte_hidden_around_the_directory),
		TEST(refuses_each_container_that_is_cut_off),
		TEST(is_not_fooled_by_a_changed_bit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
