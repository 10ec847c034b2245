/* This is where a case is given the name that one recipient knows it by. */
#include "ihala/alias.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/user.h"
#include "keys.h"

#define PURPOSE "ihala alias 1"

/* What the names are drawn from: bytes that only the key can make again. */
struct growing {
	struct ih_secret *key;
	const char *recipient;
	unsigned char block[IH_DIGEST];
	uint32_t blocks;
	size_t left;
};

static void
next_block(struct growing *g)
{
	char label[128];
	int length = snprintf(label, sizeof label, "%s %u %s", PURPOSE,
	    (unsigned)g->blocks++, g->recipient);

	ih_digest_keyed(g->key->bytes, g->key->size, label, (size_t)length,
	    g->block);
	g->left = sizeof g->block;
}

static void
grow(void *state, void *out, size_t size)
{
	struct growing *g = state;
	unsigned char *to = out;

	for (size_t i = 0; i < size; i++) {
		if (g->left == 0)
			next_block(g);
		to[i] = g->block[--g->left];
	}
}

bool
ih_alias_of(struct ih_registry *registry, const char *code,
    const char *recipient, struct ih_alias *alias, struct ih_error *err)
{
	struct growing g = { .recipient = recipient };
	const struct ih_world world = { .random = grow, .state = &g };

	if (strlen(recipient) > 64)
		return ih_fail(err, IH_INPUT, "alias: recipient malformed");
	if (!ih_registry_may(registry, IH_MAY_FACTS, code, err))
		return false;
	IH_OWNED(ih_secret)
	key = ih_keys_of_case(registry, code, IH_FACTS, err);
	if (key == NULL)
		return false;
	g.key = key;
	ih_code_new(&world, alias->code);
	ih_uuid_new(&world, alias->interview);
	return true;
}
