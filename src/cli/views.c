/* This is where pages that travel with a case are made, and compared with what
 * came. */
#include "views.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/element.h"
#include "ihala/framework.h"
#include "ihala/node.h"
#include "words_keys.h"

void
views_free(struct views *views)
{
	for (size_t i = 0; i < views->count; i++)
		ih_buffer_free(views->pages[i]);
	free(views);
}

struct views *
views_make(struct request *request, const struct leaving *leaving,
    const struct ih_buffer *case_xml, struct ih_error *err)
{
	IH_OWNED(cli_views) views = ih_zeroed(sizeof *views);
	const char *const *languages = leaving->ours->languages;

	for (size_t i = 0; i < VIEWS_MOST && languages[i] != NULL; i++) {
		struct ih_tongue tongue;
		struct ih_buffer *page;

		if (!ih_tongue_parse(languages[i], &tongue))
			continue;
		tongue = ih_mechanism_tongue(leaving->ours, tongue.lang);
		page =
		    leaving_page(request, leaving, case_xml, &tongue, 1, err);
		if (page == NULL)
			return NULL;
		views->names[views->count] =
		    ih_arena_printf(request->arena, "doc-%02zu-%s.%s.html",
			i + 1, leaving->kind, ih_lang_tag(tongue.lang));
		views->pages[views->count++] = page;
	}
	return IH_GIVE(views);
}

/* ---- what came */

/* Is the digest that the record has of what it was made with ours? */
static bool
is_same(const xmlNode *node, const char *attribute, const char *digest)
{
	const char *made_with = ih_attr(node, attribute);

	return made_with != NULL && strcmp(made_with, digest) == 0;
}

/* What the sender had in hand, as far as it is known here. */
static struct leaving *
sender_of(struct request *request, struct ih_registry *registry,
    const struct ih_opened *opened, const struct ih_buffer *case_xml,
    struct ih_error *err)
{
	IH_OWNED(cli_leaving) there = ih_zeroed(sizeof *there);

	there->to = ih_registry_committee(registry);
	there->kind = "referral";
	ih_date_format(ih_instant_date(opened->letter.created), there->day);
	there->facts =
	    ih_xml_read("case.xml", case_xml->data, case_xml->size, err);
	if (there->facts == NULL)
		return NULL;
	there->ours =
	    ih_mechanism_load(request->library, opened->letter.from, err);
	there->theirs = there->ours == NULL ?
			    NULL :
			    ih_mechanism_load(request->library, there->to, err);
	if (there->theirs == NULL ||
	    !leaving_know(request, registry, there, err))
		return NULL;
	if (!is_same(record_inner(there->facts, "answers"), "digest",
		there->instrument->digest) ||
	    (there->framework != NULL &&
		!is_same(record_inner(there->facts, "assessment"),
		    "framework-digest", there->framework->digest))) {
		ih_fail(err, IH_ABSENT, "another release there");
		return NULL;
	}
	return IH_GIVE(there);
}

static bool
is_among(const struct views *views, const struct ih_part_of *part)
{
	for (size_t i = 0; views != NULL && i < views->count; i++)
		if (strcmp(views->names[i], part->name) == 0)
			return part->size == views->pages[i]->size &&
			       memcmp(part->bytes, views->pages[i]->data,
				   part->size) == 0;
	return false;
}

void
views_compare(struct request *request, struct ih_registry *registry,
    const struct ih_opened *opened)
{
	struct ih_error unsaid = { 0 };
	const struct ih_part_of *brought = ih_opened_part(opened, "case.xml");
	IH_OWNED(ih_buffer)
	case_xml = ih_buffer_copy(brought->bytes, brought->size);
	IH_OWNED(cli_leaving)
	there = sender_of(request, registry, opened, case_xml, &unsaid);
	IH_OWNED(cli_views)
	views = there != NULL ? views_make(request, there, case_xml, &unsaid) :
				NULL;
	for (size_t i = 0; i < opened->count; i++) {
		const struct ih_part_of *part = &opened->parts[i];

		if (strncmp(part->name, "doc-", 4) == 0 &&
		    !is_among(views, part))
			say(request,
			    views != NULL ? W_CODE_W_RENDER_DIFF :
					    W_CODE_W_RENDER_NONE,
			    IH_ARG(part->name));
	}
}
