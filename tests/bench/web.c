/*
 * What a page and a commit cost without us: CPU microseconds of reading PAGE
 * and making HTML of it with a stylesheet that is loaded, and of putting one
 * answer on the disk in SQLite.
 *
 *	web PAGE.xml DATABASE TIMES
 *
 * Says both, and the bytes of the HTML; the medians of five rounds.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "ihala/file.h"
#include "ihala/node.h"
#include "ihala/stylesheet.h"
#include "ihala/xml.h"

#define ROUNDS 5

static double
cpu(void)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
	       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

static void
must(bool done, const char *what)
{
	if (done)
		return;
	fprintf(stderr, "web: %s\n", what);
	exit(1);
}

static int
in_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static size_t
render(struct ih_stylesheet *sheet, const struct ih_buffer *page)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("page", page->data, page->size, &err);

	must(doc != NULL, err.text);
	const struct ih_param tongue = { "tongue",
		ih_attr(xmlDocGetRootElement(doc), "tongue") };
	IH_OWNED(ih_buffer)
	html = ih_stylesheet_render(sheet, doc, &tongue, 1, &err);
	must(html != NULL, err.text);
	return html->size;
}

static double
time_pages(const struct ih_buffer *page, long times, size_t *size)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	struct ih_stylesheet *sheet;
	double rounds[ROUNDS];

	must(library != NULL, err.text);
	sheet = ih_stylesheet_load(library, "screen", &err);
	must(sheet != NULL, err.text);
	*size = render(sheet, page);
	for (int r = 0; r < ROUNDS; r++) {
		double before = cpu();

		for (long i = 0; i < times; i++)
			render(sheet, page);
		rounds[r] = (cpu() - before) / (double)times;
	}
	ih_stylesheet_free(sheet);
	qsort(rounds, ROUNDS, sizeof rounds[0], in_order);
	return rounds[ROUNDS / 2];
}

static void
run(sqlite3 *db, const char *sql)
{
	must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

/* As durable as ours: see src/registry. */
static double
time_commits(const char *path, long times)
{
	sqlite3 *db;
	sqlite3_stmt *put;
	double rounds[ROUNDS];

	must(sqlite3_open(path, &db) == SQLITE_OK, path);
	run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		"CREATE TABLE answer(draft TEXT, item TEXT, value TEXT,"
		" PRIMARY KEY(draft, item)) STRICT, WITHOUT ROWID");
	must(
	    sqlite3_prepare_v2(db,
		"INSERT OR REPLACE INTO answer VALUES('7K3M-9QRT-2', ?, 'yes')",
		-1, &put, NULL) == SQLITE_OK,
	    "prepare");
	for (int r = 0; r < ROUNDS; r++) {
		double before = cpu();

		for (long i = 0; i < times; i++) {
			char item[24];

			snprintf(item, sizeof item, "item-%ld", i % 58);
			sqlite3_bind_text(put, 1, item, -1, SQLITE_TRANSIENT);
			must(sqlite3_step(put) == SQLITE_DONE, "step");
			sqlite3_reset(put);
		}
		rounds[r] = (cpu() - before) / (double)times;
	}
	sqlite3_finalize(put);
	sqlite3_close(db);
	qsort(rounds, ROUNDS, sizeof rounds[0], in_order);
	return rounds[ROUNDS / 2];
}

int
main(int argc, char **argv)
{
	struct ih_error err = { 0 };
	size_t size = 0;

	must(argc == 4, "PAGE.xml DATABASE TIMES");
	IH_OWNED(ih_buffer) page = ih_file_read(argv[1], IH_XML_MAX, &err);
	must(page != NULL, err.text);
	double paint = time_pages(page, atol(argv[3]), &size);
	printf("%.1f %.1f %zu\n", paint, time_commits(argv[2], atol(argv[3])),
	    size);
	return 0;
}
