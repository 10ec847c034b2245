/* This is where a questionnaire becomes a form that is filled in elsewhere. */
#include "ihala/offline.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "gather.h"
#include "ihala/digest.h"
#include "ihala/node.h"
#include "ihala/stylesheet.h"
#include "ihala/xml.h"

#define FRAMEWORKS_MAX 32 /* that speak of one instrument */

static const struct {
	const char *sheet;
	const char *data; /* sheet of what its script reads; NULL: none */
	const char *scripts[2], *styles[2]; /* what the page holds in itself */
} kinds[] = {
	[IH_OFFLINE_ODK] = { .sheet = "odk" },
	[IH_OFFLINE_PAGE] = { "page", "page-data",
	    { "xslt/seal.js", "xslt/page.js" }, { "xslt/page.css" } },
	[IH_OFFLINE_FHIR] = { .sheet = "fhir" },
	[IH_OFFLINE_ASK] = { "ask", "ask-data",
	    { "xslt/seal.js", "xslt/ask.js" }, { "xslt/page.css" } },
};

/* What the sheet is handed beside the instrument. */
struct making {
	struct ih_library *library; /* borrowed */
	const struct ih_offline *of;
	xmlDoc *instrument;
	xmlDoc *frameworks[FRAMEWORKS_MAX];
	size_t framework_count;
	struct ih_error *err;
};
typedef struct making ih_making;

static void
making_free(struct making *m)
{
	xmlFreeDoc(m->instrument);
	for (size_t i = 0; i < m->framework_count; i++)
		xmlFreeDoc(m->frameworks[i]);
}

IH_OWNER(ih_making, making_free)

static xmlDoc *
document_of(struct ih_library *library, const char *folder, const char *id,
    struct ih_error *err)
{
	char name[96];

	snprintf(name, sizeof name, "xml/%s/%.64s.xml", folder, id);
	IH_OWNED(ih_buffer) bytes = ih_library_read(library, name, err);
	return bytes != NULL ?
		   ih_xml_read(name, bytes->data, bytes->size, err) :
		   NULL;
}

/* Does it judge this instrument's interviews, here? */
static bool
is_for(const struct making *m, const xmlNode *framework)
{
	const char *instrument = ih_attr(framework, "instrument");
	const char *country = ih_attr(framework, "country");

	return instrument != NULL &&
	       strcmp(instrument, m->of->instrument->id) == 0 &&
	       (country == NULL ||
		   (m->of->mechanism != NULL &&
		       strcmp(country, m->of->mechanism->code) == 0));
}

static bool
take_framework(const char *id, void *with)
{
	struct making *m = with;
	IH_OWNED(xmlDoc)
	doc = document_of(m->library, "framework", id, m->err);

	if (doc == NULL)
		return false;
	if (is_for(m, xmlDocGetRootElement(doc)) &&
	    m->framework_count < FRAMEWORKS_MAX)
		m->frameworks[m->framework_count++] = IH_GIVE(doc);
	return true;
}

static bool
gather(struct making *m)
{
	if (m->of->instrument == NULL)
		return true;
	m->instrument = document_of(m->library, "instrument",
	    m->of->instrument->id, m->err);
	return m->instrument != NULL &&
	       ih_library_list(m->library, "xml/framework", take_framework, m,
		   m->err) &&
	       m->err->kind == IH_NONE;
}

/* Script and style are files of their own; a page holds them in itself, and
 * says by their digests that nothing else may run. */
struct inlined {
	struct ih_buffer *data, *script, *style;
	char script_hash[IH_DIGEST_BASE64], style_hash[IH_DIGEST_BASE64];
};
typedef struct inlined ih_inlined;

static void
inlined_free(struct inlined *in)
{
	ih_buffer_free(in->data);
	ih_buffer_free(in->script);
	ih_buffer_free(in->style);
}

IH_OWNER(ih_inlined, inlined_free)

/* Up to two files, one after the other. */
static struct ih_buffer *
inline_files(struct making *m, const char *const names[static 2],
    char hash[static IH_DIGEST_BASE64])
{
	IH_OWNED(ih_buffer) all = ih_buffer_new();

	for (size_t i = 0; i < 2 && names[i] != NULL; i++) {
		IH_OWNED(ih_buffer)
		one = ih_library_read(m->library, names[i], m->err);

		if (one == NULL)
			return NULL;
		ih_buffer_add(all, one->data, one->size);
	}
	ih_digest_base64(all->data, all->size, hash);
	return IH_GIVE(all);
}

/* Three languages of a long questionnaire are a third of their size when they
 * are packed. */
static struct ih_buffer *
pack(const struct ih_buffer *clear, struct ih_error *err)
{
	uLongf size = compressBound((uLong)clear->size);
	IH_OWNED(ih_buffer) packed = ih_buffer_new();

	ih_buffer_reserve(packed, size);
	if (compress2(packed->data, &size, clear->data, (uLong)clear->size,
		Z_BEST_COMPRESSION) != Z_OK) {
		ih_fail(err, IH_SYSTEM, "a page cannot be packed");
		return NULL;
	}
	return ih_base64(packed->data, size);
}

static struct ih_buffer *
render(struct making *m, const char *name, xmlDoc *sources,
    const struct inlined *in)
{
	const struct ih_offline *of = m->of;
	const struct ih_param params[] = {
		{ "digest", of->instrument ? of->instrument->digest : NULL },
		{ "key", of->key },
		{ "key-id", of->key_id },
		{ "training", of->training ? "true" : NULL },
		{ "data", in->data ? (const char *)in->data->data : NULL },
		{ "script", (const char *)in->script->data },
		{ "script-hash", in->script_hash },
		{ "style", (const char *)in->style->data },
		{ "style-hash", in->style_hash },
	};
	IH_OWNED(ih_stylesheet)
	sheet = ih_stylesheet_load(m->library, name, m->err);

	return sheet == NULL ? NULL :
			       ih_stylesheet_render(sheet, sources, params,
				   sizeof params / sizeof params[0], m->err);
}

/* What its script reads, packed; nothing where it has no script. */
static bool
inline_data(struct making *m, enum ih_offline_kind kind, xmlDoc *sources,
    struct inlined *in)
{
	if (kinds[kind].data == NULL)
		return true;
	IH_OWNED(ih_buffer)
	clear = render(m, kinds[kind].data, sources, in);
	in->data = clear != NULL ? pack(clear, m->err) : NULL;
	return in->data != NULL;
}

static xmlDoc *
sources_of(struct making *m)
{
	xmlDoc *ours = m->of->mechanism != NULL ? m->of->mechanism->doc : NULL;
	/* A page without questions is about the mechanism itself. */
	struct ih_sources sources = { .record = m->instrument != NULL ?
						    m->instrument :
						    ours,
		.sender = ours,
		.more_frameworks = m->frameworks,
		.more_count = m->framework_count,
		.tongue_count = IH_LANGS };

	for (int lang = 0; lang < IH_LANGS; lang++)
		sources.tongues[lang] =
		    m->of->mechanism != NULL ?
			ih_mechanism_tongue(m->of->mechanism,
			    (enum ih_lang)lang) :
			(struct ih_tongue){ .lang = (enum ih_lang)lang };
	return ih_sources_gather(&sources, m->err);
}

/* A condition that the format has no words for: the sheet names its item. */
static bool
is_said(const struct ih_buffer *form, struct ih_error *err)
{
	static const char refused[] = "{\"refused\":\"";
	const char *text = (const char *)form->data;
	size_t lead = sizeof refused - 1;

	if (strncmp(text, refused, lead) != 0)
		return true;
	return ih_fail_code(err, IH_INPUT, "E_FHIR_CONDITION", "%.*s",
	    (int)strcspn(text + lead, "\""), text + lead);
}

struct ih_buffer *
ih_offline_make(struct ih_library *library, enum ih_offline_kind kind,
    const struct ih_offline *of, struct ih_error *err)
{
	struct making made = { .library = library, .of = of, .err = err };
	IH_OWNED(ih_making) m = &made;
	struct inlined inlined = { .data = NULL };
	IH_OWNED(ih_inlined) in = &inlined;

	if ((of->mechanism == NULL && kind != IH_OFFLINE_FHIR) ||
	    (of->instrument == NULL && kind != IH_OFFLINE_ASK)) {
		ih_fail(err, IH_USAGE,
		    "a form needs a questionnaire, and a committee whose "
		    "numbers and words it has; name it with --committee");
		return NULL;
	}
	if (!gather(m))
		return NULL;
	in->script = inline_files(m, kinds[kind].scripts, in->script_hash);
	in->style = in->script == NULL ?
			NULL :
			inline_files(m, kinds[kind].styles, in->style_hash);
	IH_OWNED(xmlDoc) sources = in->style == NULL ? NULL : sources_of(m);
	IH_OWNED(ih_buffer)
	form = sources != NULL && inline_data(m, kind, sources, in) ?
		   render(m, kinds[kind].sheet, sources, in) :
		   NULL;
	return form != NULL && is_said(form, err) ? IH_GIVE(form) : NULL;
}
