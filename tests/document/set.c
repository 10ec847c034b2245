/*
 * set - blocks from standard input become a PDF on standard output.
 *
 *	set < BLOCKS.xml > PAGES.pdf
 */
#include <stdio.h>

#include "ihala/pdf.h"
#include "ihala/xml.h"

int
main(void)
{
	static char bytes[IH_XML_MAX];
	size_t size = fread(bytes, 1, sizeof bytes, stdin);
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_press)
	press = library != NULL ? ih_press_open(library, &err) : NULL;
	IH_OWNED(ih_buffer)
	pdf = press != NULL ? ih_pdf_make(press, bytes, size, &err) : NULL;

	if (pdf == NULL) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	return fwrite(pdf->data, 1, pdf->size, stdout) == pdf->size ? 0 : 1;
}
