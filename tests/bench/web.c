/*
 * What a page and a commit cost without us: at each line that is read, the CPU
 * microseconds of reading PAGE and making HTML of it with a stylesheet that is
 * loaded, of putting one answer on the disk in SQLite, and the bytes of the
 * HTML.
 *
 *	web PAGE.xml DATABASE
 *
 * One at a time, so that who measures does something of its own before each:
 * both find the caches as the other left them.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ihala/file.h"
#include "ihala/node.h"
#include "ihala/stylesheet.h"
#include "ihala/xml.h"

static double
cpu(void)
{
	struct timespec used;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return (double)used.tv_sec * 1e6 + (double)used.tv_nsec / 1e3;
}

static void
must(bool done, const char *what)
{
	if (done)
		return;
	fprintf(stderr, "web: %s\n", what);
	exit(1);
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

static void
run(sqlite3 *db, const char *sql)
{
	must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

/* As durable as ours: see src/registry. */
static sqlite3_stmt *
prepare_commit(const char *path)
{
	sqlite3 *db;
	sqlite3_stmt *put;

	must(sqlite3_open(path, &db) == SQLITE_OK, path);
	run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		"CREATE TABLE answer(draft TEXT, item TEXT, value TEXT,"
		" PRIMARY KEY(draft, item)) STRICT, WITHOUT ROWID");
	must(
	    sqlite3_prepare_v2(db,
		"INSERT OR REPLACE INTO answer VALUES('7K3M-9QRT-2', ?, 'yes')",
		-1, &put, NULL) == SQLITE_OK,
	    "prepare");
	return put;
}

static void
commit(sqlite3_stmt *put, long number)
{
	char item[24];

	snprintf(item, sizeof item, "item-%ld", number % 58);
	sqlite3_bind_text(put, 1, item, -1, SQLITE_TRANSIENT);
	must(sqlite3_step(put) == SQLITE_DONE, "step");
	sqlite3_reset(put);
}

int
main(int argc, char **argv)
{
	struct ih_error err = { 0 };
	char line[8];

	must(argc == 3, "PAGE.xml DATABASE");
	IH_OWNED(ih_buffer) page = ih_file_read(argv[1], IH_XML_MAX, &err);
	must(page != NULL, err.text);
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	must(library != NULL, err.text);
	IH_OWNED(ih_stylesheet)
	sheet = ih_stylesheet_load(library, "screen", &err);
	must(sheet != NULL, err.text);
	sqlite3_stmt *put = prepare_commit(argv[2]);
	sqlite3 *db = sqlite3_db_handle(put);
	for (long i = 0; fgets(line, sizeof line, stdin) != NULL; i++) {
		double before = cpu();
		size_t size = render(sheet, page);
		double between = cpu();

		commit(put, i);
		printf("%.1f %.1f %zu\n", between - before, cpu() - between,
		    size);
		fflush(stdout);
	}
	sqlite3_finalize(put);
	sqlite3_close(db);
	return 0;
}
