/* This is where receipt.xml is written and read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/date.h"
#include "ihala/element.h"
#include "ihala/letter.h"
#include "ihala/node.h"
#include "ihala/xml.h"
#include "refusal.h"

static const char *const statuses[IH_RECEIPT_STATUSES] = {
	[IH_RECEIPT_ACCEPTED] = "accepted",
	[IH_RECEIPT_REFUSED] = "refused",
};

const char *
ih_receipt_text(enum ih_receipt_status status)
{
	return statuses[status];
}

/* A refusal has a code, and an acceptance none. */
static bool
is_sound(const struct ih_receipt *receipt)
{
	return (unsigned)receipt->status < IH_RECEIPT_STATUSES &&
	       (receipt->status == IH_RECEIPT_REFUSED) ==
		   (receipt->code[0] != '\0') &&
	       ih_uuid_is(receipt->message) && receipt->sequence >= 1 &&
	       receipt->sequence <= IH_SEQUENCE_MAX && receipt->at > 0 &&
	       receipt->at <= IH_INSTANT_MAX;
}

struct ih_buffer *
ih_receipt_write(const struct ih_receipt *receipt, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	if (!is_sound(receipt)) {
		ih_fail(err, IH_USAGE, "receipt: a field is not as expected");
		return NULL;
	}
	ih_open(&w, "receipt");
	ih_put(&w, "xmlns", "urn:ihala:receipt:1");
	ih_put(&w, "message", receipt->message);
	ih_put_number(&w, "sequence", receipt->sequence);
	ih_put(&w, "container", receipt->container);
	ih_put(&w, "envelope", receipt->envelope);
	ih_put(&w, "status", statuses[receipt->status]);
	ih_put_if(&w, "code", receipt->code);
	ih_put_instant(&w, "at", receipt->at);
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return NULL;
	return IH_GIVE(out);
}

static void
copy(char *to, size_t size, const char *text)
{
	snprintf(to, size, "%s", text != NULL ? text : "");
}

bool
ih_receipt_from(const xmlDoc *doc, struct ih_receipt *receipt,
    struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);

	*receipt = (struct ih_receipt){ 0 };
	copy(receipt->message, sizeof receipt->message,
	    ih_attr(root, "message"));
	copy(receipt->container, sizeof receipt->container,
	    ih_attr(root, "container"));
	copy(receipt->envelope, sizeof receipt->envelope,
	    ih_attr(root, "envelope"));
	copy(receipt->code, sizeof receipt->code, ih_attr(root, "code"));
	receipt->sequence = strtoll(ih_attr(root, "sequence"), NULL, 10);
	receipt->status = strcmp(ih_attr(root, "status"),
			      statuses[IH_RECEIPT_ACCEPTED]) == 0 ?
			      IH_RECEIPT_ACCEPTED :
			      IH_RECEIPT_REFUSED;
	if (!ih_instant_parse(ih_attr(root, "at"), &receipt->at) ||
	    !is_sound(receipt))
		return ih_fail_code(err, IH_INPUT, "E_LETTER",
		    "receipt.xml: a field is not as expected");
	return true;
}

bool
ih_receipt_read(const struct ih_forms *forms, const void *bytes, size_t size,
    struct ih_receipt *receipt, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc =
	    ih_schema_admit(forms->receipt, "receipt.xml", bytes, size, err);

	*receipt = (struct ih_receipt){ 0 };
	if (doc == NULL)
		return refused_as("E_LETTER", err);
	return ih_receipt_from(doc, receipt, err);
}
