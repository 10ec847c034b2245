/* This is where a name becomes a questionnaire or a framework. */
#include "named.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/schema.h"
#include "ihala/xml.h"

/* What a name stood for, and what it is read by. */
typedef struct named {
	struct ih_schema *schema;
	struct ih_buffer *bytes;
	const char *where; /* what messages call it */
} cli_named;

static void
named_free(struct named *named)
{
	ih_buffer_free(named->bytes);
	ih_schema_free(named->schema);
	free(named);
}

IH_OWNER(cli_named, named_free)

static bool
is_file(const char *name)
{
	size_t length = strlen(name);

	return strchr(name, '/') != NULL ||
	       (length > 4 && strcmp(name + length - 4, ".xml") == 0);
}

/* From outside: well-formed and valid first, in the child. */
static bool
take_file(struct named *named, const char *path, struct ih_error *err)
{
	named->where = path;
	named->bytes = read_input(path, err);
	if (named->bytes == NULL)
		return false;
	IH_OWNED(xmlDoc) admitted = ih_schema_admit(named->schema, path,
	    named->bytes->data, named->bytes->size, err);
	return admitted != NULL;
}

static bool
take_installed(struct request *request, struct named *named, const char *format,
    const char *id, struct ih_error *err)
{
	named->where =
	    ih_arena_printf(request->arena, "xml/%s/%s.xml", format, id);
	named->bytes = ih_library_read(request->library, named->where, err);
	return named->bytes != NULL;
}

/* The caller owns it. */
static struct named *
find(struct request *request, const char *format, const char *name,
    struct ih_error *err)
{
	IH_OWNED(cli_named) named = ih_zeroed(sizeof *named);

	named->schema = ih_schema_load(request->library, format, err);
	if (named->schema == NULL)
		return NULL;
	if (is_file(name) ? !take_file(named, name, err) :
			    !take_installed(request, named, format, name, err))
		return NULL;
	return IH_GIVE(named);
}

struct ih_instrument *
instrument_named(struct request *request, const char *name,
    struct ih_error *err)
{
	IH_OWNED(cli_named) n = find(request, "instrument", name, err);

	return n == NULL ? NULL :
			   ih_instrument_read(n->schema, n->where,
			       n->bytes->data, n->bytes->size, err);
}

struct ih_framework *
framework_named(struct request *request, const char *name,
    const struct ih_instrument *instrument, struct ih_error *err)
{
	IH_OWNED(cli_named) n = find(request, "framework", name, err);

	return n == NULL ? NULL :
			   ih_framework_read(n->schema, instrument, n->where,
			       n->bytes->data, n->bytes->size, err);
}

const char *
framework_speaks_of(struct request *request, const char *name,
    struct ih_error *err)
{
	bool main;
	IH_OWNED(cli_named) n = find(request, "framework", name, err);

	return n == NULL ?
		   NULL :
		   ih_framework_instrument(n->schema, request->arena, n->where,
		       n->bytes->data, n->bytes->size, &main, err);
}
