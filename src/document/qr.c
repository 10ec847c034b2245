/* This is where a text becomes a square of dark modules. */
#include "qr.h"

#include <qrencode.h>

#include "ihala/owned.h"

#define DARK 1 /* of a module; the other bits say what it is for */

IH_OWNER(QRcode, QRcode_free)

static void
put(xmlNode *node, const char *name, int number)
{
	xmlChar text[16];

	xmlStrPrintf(text, sizeof text, "%d", number);
	xmlNewProp(node, (const xmlChar *)name, text);
}

static int
run_from(const unsigned char *row, int from, int width)
{
	int to = from;

	while (to < width && (row[to] & DARK) != 0)
		to++;
	return to - from;
}

static void
add_row(xmlNode *qr, const unsigned char *row, int y, int width)
{
	for (int x = 0, run; x < width; x += run + 1) {
		xmlNode *node;

		run = run_from(row, x, width);
		if (run == 0)
			continue;
		node = xmlNewChild(qr, qr->ns, (const xmlChar *)"run", NULL);
		put(node, "x", x);
		put(node, "y", y);
		put(node, "width", run);
	}
}

bool
ih_qr_add(xmlNode *node, const char *text, struct ih_error *err)
{
	IH_OWNED(QRcode)
	code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	xmlNode *qr;

	if (code == NULL)
		return ih_fail(err, IH_SYSTEM, "no QR code could be made");
	qr = xmlNewChild(node, node->ns, (const xmlChar *)"qr", NULL);
	put(qr, "size", code->width);
	const unsigned char *row = code->data;
	for (int y = 0; y < code->width; y++, row += code->width)
		add_row(qr, row, y, code->width);
	return true;
}
