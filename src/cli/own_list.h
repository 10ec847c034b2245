/*
 * own_list.h - the trust list of this office: signed, kept, published.
 *
 * The list key is the office's own, until a key that is kept apart takes its
 * place: "ihala trust root" makes that key, the next list announces it, and
 * every later one is signed with its file.
 */
#ifndef IHALA_CLI_OWN_LIST_H
#define IHALA_CLI_OWN_LIST_H

#include "office.h"

/* The list that was signed last.  The caller owns both; NULL and no error:
 * none was. */
struct own_list {
	struct ih_buffer *file;
	struct ih_partner *said;
};
bool own_list_kept(struct ih_registry *registry, const struct ih_forms *forms,
    struct own_list *list, struct ih_error *err);
void own_list_free(struct own_list *list);
typedef struct own_list own_list;
IH_OWNER(own_list, own_list_free)

/* The kept list while it is up to date, else the next one, signed with the
 * key of the office.  The caller owns it.  NULL: IH_STATE (E_LIST_APART: its
 * key is kept apart). */
struct ih_buffer *own_list_current(struct request *request,
    struct ih_registry *registry, const struct ih_forms *forms,
    const struct ih_office *office, struct ih_error *err);

/* ihala trust publish, root (own_list.c), withdraw (withdraw.c). */
command trust_publish, trust_root, trust_withdraw;

#endif
