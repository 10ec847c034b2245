/*
 * export.h - tables that were told, as files for other programs.
 *
 * Text formats are stylesheets (xslt/export-KIND.xsl); the workbook is made
 * here, a sheet a table, each number a number, with the list of codes; sheets
 * are right to left in Arabic.  No field of any of them can be taken for a
 * formula.
 *
 * Source: RFC 4180, RFC 8259; SDMX 2.1 and SDMX-CSV 2.0 (sdmx.org); ISO/IEC
 * 29500 by way of libxlsxwriter; HTCDS 2.0 (IOM, CC BY 4.0), attributed in
 * each.
 */
#ifndef IHALA_EXPORT_H
#define IHALA_EXPORT_H

#include <libxml/tree.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/return.h"
#include "ihala/words.h"

/* "csv, json, ...", for messages. */
const char *ih_export_kinds(void);

/*
 * TOLD, a return or a regional summary that was read, as KIND: csv, json,
 * sdmx-csv, sdmx-ml, sdmx-structure, codebook, r, stata, xlsx.  RETURNS are
 * what it holds, one or several.  Caller owns.
 * NULL: IH_USAGE (no such kind), IH_SYSTEM.
 */
struct ih_buffer *
ih_export(struct ih_library *library, const struct ih_tables *tables,
    xmlDoc *told, struct ih_return *const *returns, size_t count,
    const char *kind, struct ih_tongue tongue, struct ih_error *err);

#endif
