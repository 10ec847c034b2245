/* ihala region RETURN... -o DIR | --as masked - several returns side by side,
 * and their sum. */
#include <stdlib.h>
#include <string.h>

#include "ihala/attack.h"
#include "ihala/file.h"
#include "ihala/mechanism.h"
#include "ihala/region.h"
#include "ihala/return.h"
#include "ihala/xml.h"
#include "masking.h"
#include "paper.h"
#include "words_keys.h"

typedef struct returns {
	struct ih_return *list[IH_REGION_RETURNS];
	size_t count;
} cli_returns;

static void
returns_free(struct returns *returns)
{
	for (size_t i = 0; i < returns->count; i++)
		ih_return_free(returns->list[i]);
	free(returns);
}

IH_OWNER(cli_returns, returns_free)

/* One file: signature, then tables. */
static struct ih_return *
read_return(const struct request *request, const struct partners *partners,
    const struct ih_forms *forms, const struct ih_tables *tables,
    const char *path, struct ih_error *err)
{
	IH_OWNED(ih_opened)
	opened = signed_file(request, partners, forms, "return", path, err);
	IH_OWNED(ih_return)
	one = opened == NULL ?
		  NULL :
		  ih_return_admit(tables, path, opened->parts[0].bytes,
		      opened->parts[0].size, err);

	if (one == NULL || !signed_by(opened, one->committee, path, err))
		return NULL;
	return IH_GIVE(one);
}

static struct returns *
read_returns(struct request *request, const struct ih_tables *tables,
    const struct partners *partners, const struct ih_forms *forms,
    struct ih_error *err)
{
	IH_OWNED(cli_returns) returns = ih_zeroed(sizeof *returns);

	if (request->count > IH_REGION_RETURNS) {
		ih_fail(err, IH_USAGE, "at most %d returns", IH_REGION_RETURNS);
		return NULL;
	}
	for (int i = 0; i < request->count; i++) {
		struct ih_return *one = read_return(request, partners, forms,
		    tables, request->words[i], err);

		if (one == NULL)
			return NULL;
		returns->list[returns->count++] = one;
	}
	return IH_GIVE(returns);
}

/* Partner I, also one that is not believed: its return is missed. */
static const char *
partner_name(const struct partners *partners, size_t i)
{
	return i < partners->count ?
		   partners->list[i]->committee :
		   partners->barred[i - partners->count].committee;
}

/* Whoever is a committee, not a partner that only summarises. */
static size_t
committees_among(struct request *request, const struct partners *partners,
    const char *names[static 128], struct ih_error *err)
{
	size_t count = 0;

	for (size_t i = 0; i < partners->count + partners->barred_count; i++) {
		const char *name = partner_name(partners, i);
		IH_OWNED(ih_mechanism)
		mechanism = ih_mechanism_load(request->library, name, err);

		if (mechanism == NULL)
			return 0;
		if (mechanism->kind == IH_COMMITTEE)
			names[count++] = name;
	}
	return count;
}

static bool
put(const char *folder, const char *name, const struct ih_buffer *bytes,
    struct ih_error *err)
{
	char path[4096];

	if (bytes == NULL)
		return false;
	if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) >=
	    sizeof path)
		return ih_fail(err, IH_USAGE, "the folder's name is too long");
	return ih_file_write(path, bytes->data, bytes->size, err);
}

static bool
put_paper(struct request *request, xmlDoc *region, struct ih_tongue tongue,
    struct ih_error *err)
{
	struct request paper = *request;
	char name[32];
	IH_OWNED(xmlDoc)
	blocks = ih_region_blocks(request->library, region, tongue, err);
	IH_OWNED(ih_buffer) pdf = NULL;

	paper.format = FORMAT_PDF;
	pdf = blocks != NULL ? paper_in_format(&paper, blocks, err) : NULL;
	snprintf(name, sizeof name, "region.%s.pdf", ih_lang_tag(tongue.lang));
	return put(request->output, name, pdf, err);
}

static bool
put_pages(struct request *request, xmlDoc *region, struct ih_error *err)
{
	for (size_t lang = 0; lang < IH_LANGS; lang++) {
		struct ih_tongue tongue = { .lang = (enum ih_lang)lang };
		char name[32];
		IH_OWNED(ih_buffer) page =
		    ih_region_page(request->library, region, tongue, err);

		snprintf(name, sizeof name, "region.%s.html",
		    ih_lang_tag(tongue.lang));
		if (!put(request->output, name, page, err) ||
		    !put_paper(request, region, tongue, err))
			return false;
	}
	IH_OWNED(ih_buffer) chart =
	    ih_region_chart(request->library, region, request->tongue, err);
	return put(request->output, "region.svg", chart, err);
}

/* For a program that shows it itself. */
static bool
print_sources(struct request *request, xmlDoc *region, struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	sources = ih_region_sources(request->library, region, err);

	return sources != NULL &&
	       put_output(request, sources->data, sources->size, err);
}

static bool
put_folder(struct request *request, const struct ih_buffer *bytes,
    xmlDoc *region, struct ih_error *err)
{
	return ih_folder_make(request->output, err) &&
	       put(request->output, "region.xml", bytes, err) &&
	       put_pages(request, region, err);
}

/* What --with declares, and the earlier region of --from. */
static bool
read_beside(struct request *request, const struct ih_tables *tables,
    xmlDoc **overlap, xmlDoc **earlier, struct ih_error *err)
{
	if (request->with != NULL) {
		IH_OWNED(ih_buffer) bytes = read_input(request->with, err);
		IH_OWNED(ih_schema)
		schema = bytes != NULL ?
			     ih_schema_load(request->library, "overlap", err) :
			     NULL;
		if (schema == NULL)
			return false;
		*overlap = ih_schema_admit(schema, request->with, bytes->data,
		    bytes->size, err);
		if (*overlap == NULL)
			return false;
	}
	if (request->from != NULL) {
		IH_OWNED(ih_buffer) bytes = read_input(request->from, err);

		if (bytes == NULL)
			return false;
		*earlier = ih_region_admit(tables, request->from, bytes->data,
		    bytes->size, err);
		if (*earlier == NULL)
			return false;
	}
	return true;
}

/* Nothing is shown that could be worked back, with what was shown before. */
static bool
withstands(const struct ih_tables *tables, const struct returns *returns,
    const xmlDoc *earlier, struct ih_error *err)
{
	struct ih_return *all[2 * IH_REGION_RETURNS];
	struct ih_return *before[IH_REGION_RETURNS];
	size_t count =
	    earlier != NULL ? ih_region_returns(tables, earlier, before) : 0;
	bool well;

	for (size_t i = 0; i < returns->count; i++)
		all[i] = returns->list[i];
	for (size_t i = 0; i < count; i++)
		all[returns->count + i] = before[i];
	well = ih_attack_fails(tables, all, returns->count + count, err);
	for (size_t i = 0; i < count; i++)
		ih_return_free(before[i]);
	return well;
}

static bool
join(struct request *request, const struct partners *partners,
    const struct ih_forms *forms, struct ih_error *err)
{
	const char *names[128];
	bool as_xml = request->format == FORMAT_XML;
	IH_OWNED(ih_tables) tables = ih_tables_load(request->library, err);
	IH_OWNED(cli_returns) returns =
	    tables == NULL ?
		NULL :
		read_returns(request, tables, partners, forms, err);

	if (returns == NULL)
		return false;
	size_t count = committees_among(request, partners, names, err);
	IH_OWNED(xmlDoc) overlap = NULL;
	IH_OWNED(xmlDoc) earlier = NULL;
	if (!read_beside(request, tables, &overlap, &earlier, err))
		return false;
	const struct ih_region_beside beside = { names, count, overlap,
		earlier };
	IH_OWNED(ih_buffer)
	bytes = withstands(tables, returns, earlier, err) ?
		    ih_region_make(tables, returns->list, returns->count,
			&beside, &request->world, err) :
		    NULL;
	IH_OWNED(xmlDoc) region = bytes == NULL ?
				      NULL :
				      ih_region_read(tables, "region.xml",
					  bytes->data, bytes->size, err);
	if (region == NULL ||
	    !(as_xml ? print_sources(request, region, err) :
		       put_folder(request, bytes, region, err)))
		return false;
	say(request, W_DONE_REGION, IH_NUM(returns->count));
	return true;
}

/* What --as asks for, and what it needs. */
static bool
is_asked_well(const struct request *request, struct ih_error *err)
{
	if (masking_is_asked(request))
		return true;
	if (request->as != NULL)
		return ih_fail(err, IH_USAGE, "--as " MASKED);
	return request->output != NULL || request->format == FORMAT_XML ||
	       ih_fail(err, IH_USAGE, "name the folder with -o");
}

bool
cmd_region(struct request *request, struct ih_error *err)
{
	if (!is_asked_well(request, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_forms) forms =
	    registry == NULL ? NULL : ih_forms_load(request->library, err);
	IH_OWNED(ih_office) office =
	    forms == NULL ? NULL : office_load(registry, err);
	IH_OWNED(cli_partners) partners =
	    office == NULL ?
		NULL :
		partners_load(request, registry, forms, office, err);
	bool well;

	if (partners == NULL)
		return false;
	well = masking_is_asked(request) ?
		   masking_list(request, registry, partners, forms, err) :
		   join(request, partners, forms, err);
	if (!well)
		partners_tell_barred(request, partners, err);
	return well;
}
