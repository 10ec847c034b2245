/* ihala ledger verify - nothing recorded was changed, removed or moved. */
#include "command.h"
#include "ihala/ledger.h"
#include "words_keys.h"

static bool
verify(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	uint64_t size;
	struct ih_hash root;
	char text[IH_DIGEST_TEXT];

	if (registry == NULL || !ih_ledger_verify(registry, &size, &root, err))
		return false;
	ih_hash_text(&root, text);
	printf("%llu %s\n", (unsigned long long)size, text);
	say(request, W_DONE_LEDGER, IH_NUM(size));
	return true;
}

bool
cmd_ledger(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "verify", verify, 0, 0 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
