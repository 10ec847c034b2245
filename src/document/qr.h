/*
 * qr.h - a text as a QR code: which modules are dark.
 *
 * Source: ISO/IEC 18004 (model 2, level M), by libqrencode; block.rng.
 */
#ifndef IHALA_DOCUMENT_QR_H
#define IHALA_DOCUMENT_QR_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/error.h"

/* A <qr> for TEXT as the last child of NODE, in its namespace: always the
 * same for the same text.  False: IH_SYSTEM. */
bool ih_qr_add(xmlNode *node, const char *text, struct ih_error *err);

#endif
