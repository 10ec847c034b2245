/* ihala open F - look at a sealed file check by check; nothing is stored. */
#include "ihala/user.h"
#include "look.h"

bool
cmd_open(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_mailroom)
	room = registry != NULL &&
		       ih_registry_may(registry, IH_MAY_EXCHANGE, NULL, err) ?
		   mailroom_open(request, registry, err) :
		   NULL;
	return room != NULL && look(request, room, err);
}
