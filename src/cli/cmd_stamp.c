/* ihala stamp request|add - the time of a signature, by an authority that
 * sees nothing of the file. */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "ihala/container.h"
#include "ihala/signature.h"
#include "ihala/stamp.h"
#include "words_keys.h"

/* A signed file, and the first signature in it that has no stamp yet. */
typedef struct stamping {
	struct ih_container *container;
	struct ih_part_of *part;
	int number;
	struct ih_buffer *request;
} cli_stamping;

static void
stamping_free(struct stamping *stamping)
{
	ih_container_free(stamping->container);
	ih_buffer_free(stamping->request);
	free(stamping);
}

IH_OWNER(cli_stamping, stamping_free)

static struct ih_part_of *
signature_part(struct ih_container *container, int number)
{
	char name[IH_SIGNATURE_NAME];

	ih_signature_name(number, name);
	for (size_t i = 0; i < container->count; i++)
		if (strcmp(container->parts[i].name, name) == 0)
			return &container->parts[i];
	return NULL;
}

static bool
find_unstamped(struct stamping *stamping, struct ih_error *err)
{
	while ((stamping->part = signature_part(stamping->container,
		    ++stamping->number)) != NULL) {
		*err = (struct ih_error){ 0 };
		stamping->request = ih_stamp_request(stamping->part->bytes,
		    stamping->part->size, err);
		if (stamping->request != NULL)
			return true;
		if (strcmp(err->code, "E_STAMPED") != 0)
			return false;
	}
	return err->kind != IH_NONE ?
		   false :
		   ih_fail_code(err, IH_INPUT, "E_MANIFEST", "%s", "");
}

static struct stamping *
stamping_open(struct request *request, struct ih_error *err)
{
	const char *path = request->words[0];
	IH_OWNED(cli_stamping) stamping = ih_zeroed(sizeof *stamping);

	if (request->output == NULL) {
		ih_fail(err, IH_USAGE, "name the file with -o");
		return NULL;
	}
	IH_OWNED(ih_buffer) file = read_input(path, err);
	if (file == NULL)
		return NULL;
	stamping->container = ih_container_admit(file->data, file->size, err);
	if (stamping->container == NULL || !find_unstamped(stamping, err)) {
		ih_fail_in(err, path);
		return NULL;
	}
	return IH_GIVE(stamping);
}

static bool
ask(struct request *request, struct ih_error *err)
{
	IH_OWNED(cli_stamping) stamping = stamping_open(request, err);

	if (stamping == NULL || !put_output(request, stamping->request->data,
				    stamping->request->size, err))
		return false;
	say(request, W_DONE_STAMP_ASKED, IH_NUM(stamping->number));
	return true;
}

static bool
add(struct request *request, struct ih_error *err)
{
	IH_OWNED(cli_stamping) stamping = stamping_open(request, err);
	IH_OWNED(ih_buffer)
	reply = stamping == NULL ? NULL : read_input(request->words[1], err);

	if (reply == NULL)
		return false;
	IH_OWNED(ih_buffer)
	stamped = ih_stamp_add(stamping->part->bytes, stamping->part->size,
	    reply->data, reply->size, err);
	if (stamped == NULL)
		return ih_fail_in(err, request->words[1]);
	stamping->part->bytes = stamped->data;
	stamping->part->size = stamped->size;
	IH_OWNED(ih_buffer)
	file = ih_container_write(stamping->container->parts,
	    stamping->container->count, err);
	if (file == NULL || !put_output(request, file->data, file->size, err))
		return false;
	say(request, W_DONE_STAMP_ADDED, IH_NUM(stamping->number));
	return true;
}

bool
cmd_stamp(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "request", ask, 1, 1 },
		{ "add", add, 2, 2 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
