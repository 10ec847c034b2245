/* This is where a questionnaire becomes a form that is filled in elsewhere. */
#include "ihala/offline.h"

#include <stdio.h>
#include <string.h>

#include "gather.h"
#include "ihala/digest.h"
#include "ihala/node.h"
#include "ihala/stylesheet.h"
#include "ihala/xml.h"

#define FRAMEWORKS_MAX 32 /* that speak of one instrument */

static const char *const sheets[] = {
	[IH_OFFLINE_ODK] = "odk",
	[IH_OFFLINE_PAGE] = "page",
	[IH_OFFLINE_FHIR] = "fhir",
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
	struct ih_buffer *bytes;
	char hash[IH_DIGEST_BASE64];
};

static bool
inline_file(struct making *m, const char *name, struct inlined *file)
{
	file->bytes = ih_library_read(m->library, name, m->err);
	if (file->bytes == NULL)
		return false;
	ih_digest_base64(file->bytes->data, file->bytes->size, file->hash);
	return true;
}

static struct ih_buffer *
render(struct making *m, enum ih_offline_kind kind, xmlDoc *sources,
    const struct inlined *script, const struct inlined *style)
{
	const struct ih_offline *of = m->of;
	const struct ih_param params[] = {
		{ "digest", of->instrument->digest },
		{ "key", of->key },
		{ "key-id", of->key_id },
		{ "training", of->training ? "true" : NULL },
		{ "script", script->bytes ? (char *)script->bytes->data : NULL },
		{ "script-hash", script->hash },
		{ "style", style->bytes ? (char *)style->bytes->data : NULL },
		{ "style-hash", style->hash },
	};
	IH_OWNED(ih_stylesheet)
	sheet = ih_stylesheet_load(m->library, sheets[kind], m->err);

	return sheet == NULL ? NULL :
			       ih_stylesheet_render(sheet, sources, params,
				   sizeof params / sizeof params[0], m->err);
}

static xmlDoc *
sources_of(struct making *m)
{
	struct ih_sources sources = { .record = m->instrument,
		.sender = m->of->mechanism ? m->of->mechanism->doc : NULL,
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

struct ih_buffer *
ih_offline_make(struct ih_library *library, enum ih_offline_kind kind,
    const struct ih_offline *of, struct ih_error *err)
{
	struct making made = { .library = library, .of = of, .err = err };
	IH_OWNED(ih_making) m = &made;
	struct inlined script = { .bytes = NULL }, style = { .bytes = NULL };
	bool page = kind == IH_OFFLINE_PAGE;

	if (of->mechanism == NULL && kind != IH_OFFLINE_FHIR) {
		ih_fail(err, IH_USAGE, "whose numbers and words: no committee");
		return NULL;
	}
	if (!gather(m) ||
	    (page && (!inline_file(m, "xslt/page.js", &script) ||
			 !inline_file(m, "xslt/page.css", &style))))
		return NULL;
	IH_OWNED(ih_buffer) own_script = script.bytes;
	IH_OWNED(ih_buffer) own_style = style.bytes;
	IH_OWNED(xmlDoc) sources = sources_of(m);
	return sources != NULL ? render(m, kind, sources, &script, &style) :
				 NULL;
}
