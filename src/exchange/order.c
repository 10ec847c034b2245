/* This is where it is decided whether a letter may come now. */
#include "ihala/order.h"

#include <string.h>

static bool
is_known(const char *digest)
{
	return digest[0] != '\0';
}

/* Does it stand between its neighbours, as far as they came? */
static bool
fits_in(const struct ih_arriving *letter, const struct ih_around *around)
{
	if ((letter->sequence == 1) != !is_known(letter->previous))
		return false;
	if (is_known(around->below) &&
	    strcmp(letter->previous, around->below) != 0)
		return false;
	return !is_known(around->above) ||
	       strcmp(around->above, letter->container) == 0;
}

enum ih_order
ih_order_of(const struct ih_arriving *letter, const struct ih_around *around)
{
	if (is_known(around->same_id))
		return strcmp(around->same_id, letter->container) == 0 ?
			   IH_ORDER_AGAIN :
			   IH_ORDER_SAME_ID;
	if (is_known(around->at))
		return IH_ORDER_TAKEN;
	if (!fits_in(letter, around))
		return IH_ORDER_OTHER;
	if (around->taken_back)
		return IH_ORDER_TAKEN_BACK;
	if (letter->sequence == around->last + 1)
		return IH_ORDER_NEXT;
	return letter->sequence > around->last ? IH_ORDER_GAP : IH_ORDER_LATE;
}

bool
ih_order_refuses(enum ih_order order)
{
	return order >= IH_ORDER_TAKEN;
}
