/*
 * knowledge.h - what a command judges by: the pack in force of its registry,
 * never the folder on the disk.
 */
#ifndef IHALA_CLI_KNOWLEDGE_H
#define IHALA_CLI_KNOWLEDGE_H

#include "command.h"
#include "ihala/instrument.h"
#include "ihala/pack.h"
#include "ihala/shelf.h"

/* The request's library holds the pack in force from now on; says so on
 * standard error where the installed data are others. */
bool knowledge_pin(struct request *request, struct ih_registry *registry,
    struct ih_error *err);

/* LIBRARY holds the installed data in memory from now on.  False: IH_SYSTEM.
 */
bool knowledge_pin_installed(struct ih_library *library, struct ih_error *err);

/* The request's library holds the pack in file PATH from now on, which passes
 * every check that loading makes and is not put in force. */
bool knowledge_try(struct request *request, struct ih_registry *registry,
    const char *path, struct ih_error *err);

/* The pack in force, read.  SHELVED may be NULL.  The caller owns it. */
struct ih_pack *knowledge_in_force(struct ih_registry *registry,
    struct ih_shelved *shelved, struct ih_error *err);

/* How the file of a pack compares with the one that is installed. */
enum sameness { INSTALLED_SAME, INSTALLED_OTHER, INSTALLED_ABSENT };
enum sameness knowledge_compare(struct ih_library *installed,
    const struct ih_pack_file *file);

/* The installed data as a signed pack, one number above that in force.  The
 * caller owns it. */
struct ih_buffer *knowledge_make(struct request *request,
    struct ih_registry *registry, int64_t *sequence, struct ih_error *err);

/* Every check of a pack file, each told on standard error where ALOUD.  The
 * caller owns the pack. */
struct ih_pack *
knowledge_check(struct request *request, struct ih_registry *registry,
    const struct ih_buffer *file, bool aloud, struct ih_error *err);

/* Check a pack file, and put it in force. */
bool knowledge_load(struct request *request, struct ih_registry *registry,
    const struct ih_buffer *file, bool aloud, struct ih_error *err);

/*
 * A library with the versions that the record FACTS was made with, where a
 * pack of the registry has them; otherwise one like the request's.  The
 * caller owns it.
 */
struct ih_library *knowledge_of(struct ih_registry *registry,
    struct request *request, const xmlDoc *facts, struct ih_error *err);

/* The questionnaire with DIGEST, of the newest pack of the registry that has
 * it.  The caller owns it.  NULL: IH_ABSENT, or the pack was touched. */
struct ih_instrument *knowledge_instrument(struct ih_registry *registry,
    struct request *request, const char *digest, struct ih_error *err);

#endif
