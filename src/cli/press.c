/*
 * ihala-press FOLDER - block XML in, a PDF out.
 *
 * A program of its own, which ihala starts for a PDF: the libraries that set
 * pages are 35, and take 5 ms and 5 MB of whatever else is done with them.
 * FOLDER holds the domain knowledge.  Status 0: a PDF on standard output; 1:
 * a struct ih_error there, for paper.c.
 */
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "ihala/buffer.h"
#include "ihala/pdf.h"

#define PIECE ((size_t)1 << 16)

static bool
read_all(struct ih_buffer *in, struct ih_error *err)
{
	ssize_t got;

	do {
		ih_buffer_reserve(in, in->size + PIECE);
		got = read(STDIN_FILENO, in->data + in->size, PIECE);
		if (got > 0)
			in->size += (size_t)got;
	} while (got > 0);
	return got == 0 || ih_fail(err, IH_SYSTEM, "ihala-press: no input");
}

static bool
write_all(const void *bytes, size_t size)
{
	const unsigned char *from = bytes;

	while (size > 0) {
		ssize_t put = write(STDOUT_FILENO, from, size);

		if (put <= 0)
			return false;
		from += put;
		size -= (size_t)put;
	}
	return true;
}

static struct ih_buffer *
make(const char *folder, struct ih_error *err)
{
	IH_OWNED(ih_buffer) in = ih_buffer_new();
	IH_OWNED(ih_library) library = NULL;
	IH_OWNED(ih_press) press = NULL;

	/* First: who asks is not heard before all of it is. */
	if (!read_all(in, err))
		return NULL;
	library = ih_library_open(folder, err);
	if (library != NULL)
		press = ih_press_open(library, err);
	return press != NULL ? ih_pdf_make(press, in->data, in->size, err) :
			       NULL;
}

int
main(int argc, char **argv)
{
	const struct rlimit none = { 0, 0 };
	struct ih_error err = { 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	if (argc != 2)
		ih_fail(&err, IH_USAGE, "it is: ihala-press FOLDER");
	IH_OWNED(ih_buffer) pdf = argc == 2 ? make(argv[1], &err) : NULL;
	if (pdf != NULL)
		return write_all(pdf->data, pdf->size) ? EXIT_SUCCESS : 2;
	write_all(&err, sizeof err);
	return EXIT_FAILURE;
}
