/*
 * part.h - what of a case is sealed apart from the rest.
 *
 * An item of an instrument belongs to the facts or to the identity; the coded
 * row for statistics is made from the facts.
 *
 * Source: src/README.md "The registry".
 */
#ifndef IHALA_PART_H
#define IHALA_PART_H

enum ih_part { IH_FACTS, IH_IDENTITY, IH_STATISTICS, IH_PARTS };

#endif
