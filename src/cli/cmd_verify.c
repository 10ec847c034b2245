/* ihala verify F - the signatures of an open file, without any key. */
#include "look.h"

bool
cmd_verify(struct request *request, struct ih_error *err)
{
	if (!look_format(request, err))
		return false;
	IH_OWNED(cli_mailroom) room = mailroom_public(request, err);
	return room != NULL && look(request, room, err);
}
