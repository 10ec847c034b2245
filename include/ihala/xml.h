/*
 * xml.h - documents parsed without trusting them.
 *
 * The only room that calls the libxml2 parser.  XML 1.0 in UTF-8,
 * namespace-well-formed, no DOCTYPE (refused at its first byte), no
 * processing instruction, nothing fetched, and caps on size, depth and
 * attributes before a tree is built.
 *
 * Bytes that came from outside this machine go through ih_schema_admit()
 * (schema.h), which calls this room in a confined child; bytes we ship or
 * sealed ourselves may be read directly.
 *
 * Source: XML 1.0 (5th ed.), Namespaces in XML 1.0; src/README.md "Untrusted
 * bytes".
 */
#ifndef IHALA_XML_H
#define IHALA_XML_H

#include <libxml/tree.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/owned.h"

#define IH_XML_MAX (8u << 20)  /* bytes: no form comes near it */
#define IH_XML_DEPTH 64        /* elements inside each other */
#define IH_XML_ATTRIBUTES 64   /* of one element; 100 000 hang libxml2 */
#define IH_XML_ELEMENTS 200000 /* of one document */

IH_OWNER(xmlDoc, xmlFreeDoc)
IH_OWNER(xmlChar, xmlFree)

/*
 * Parse SIZE bytes of XML; NAME is used in messages only ("NAME:LINE: ...").
 * The caller owns the document.  NULL: IH_INPUT, with the line.
 */
xmlDoc *ih_xml_read(const char *name, const void *bytes, size_t size,
    struct ih_error *err);

/*
 * The same of the root alone: its name and attributes, and nothing inside it.
 * What comes behind its tag is not looked at, and may be anything.
 */
xmlDoc *ih_xml_read_root(const char *name, const void *bytes, size_t size,
    struct ih_error *err);

/* DOC as UTF-8 bytes with an XML declaration, the same bytes for the same
 * tree (attributes in document order, no white space added).  Caller owns. */
struct ih_buffer *ih_xml_write(xmlDoc *doc);

/*
 * The same for the element NODE alone, with the namespaces it is in; comments
 * stay behind.  Caller owns.  NULL: only of a tree that was not read by this
 * room and is deeper than IH_XML_DEPTH, or holds what XML cannot carry.
 */
struct ih_buffer *ih_xml_write_node(xmlNode *node);

#endif
