/*
 * mailroom.h - all it takes to look at mail here, once for whoever receives,
 * opens or verifies a file.
 */
#ifndef IHALA_CLI_MAILROOM_H
#define IHALA_CLI_MAILROOM_H

#include "office.h"

enum { MAILROOM_EXPECTED = 9 };

typedef struct mailroom {
	struct request *request;
	struct ih_registry *registry; /* NULL: one trust list is believed */
	struct ih_registry *opened;   /* the same, where it is ours to close */
	struct ih_forms *forms;
	struct ih_office *office; /* NULL: nothing sealed can be opened */
	struct partners *partners;
	struct ih_schema *schemas[MAILROOM_EXPECTED];
	struct ih_expected expected[MAILROOM_EXPECTED];
	struct ih_memory memory;
	struct ih_quorum quorum;
	struct ih_desk desk; /* tells each check that passed */
} cli_mailroom;

/* With the office's keys, and what came before.  REQUEST and REGISTRY must
 * outlive it.  The caller owns it. */
struct mailroom *mailroom_open(struct request *request,
    struct ih_registry *registry, struct ih_error *err);

/*
 * Without a key or a passphrase: a container is looked at whoever it is for,
 * and nothing is remembered.  Believed are the partners of the registry; or,
 * where --from names one, the trust list whose fingerprint was compared.  The
 * caller owns it.
 */
struct mailroom *mailroom_public(struct request *request, struct ih_error *err);

void mailroom_free(struct mailroom *room);

/* A sealed file is opened, checked, taken in and answered (cmd_receive.c).
 * False: what is wrong with it; nothing of it is stored. */
bool mailroom_take(struct mailroom *room, const struct ih_buffer *bytes,
    struct ih_error *err);

IH_OWNER(cli_mailroom, mailroom_free)

#endif
