/* This is where a paper gets the form that was asked for. */
#include "paper.h"

#include "ihala/pdf.h"
#include "ihala/xml.h"

static struct ih_buffer *
as_pdf(struct request *request, xmlDoc *blocks, struct ih_error *err)
{
	IH_OWNED(ih_press) press = ih_press_open(request->library, err);
	IH_OWNED(ih_buffer) bytes = ih_xml_write(blocks);

	return press != NULL ?
		   ih_pdf_make(press, bytes->data, bytes->size, err) :
		   NULL;
}

struct ih_buffer *
paper_in_format(struct request *request, xmlDoc *blocks, struct ih_error *err)
{
	if (request->format == FORMAT_PDF)
		return as_pdf(request, blocks, err);
	if (request->format == FORMAT_XML)
		return ih_xml_write(blocks);
	return ih_document_print(request->library, blocks, err);
}
