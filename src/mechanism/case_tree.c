/* This is where a case is walked across the formats it is made of. */
#include "case_tree.h"

#include <string.h>

#include "ihala/node.h"

static bool
fits(const xmlNode *node, const char *space, const char *name)
{
	return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
	       strcmp((const char *)node->ns->href, space) == 0 &&
	       strcmp((const char *)node->name, name) == 0;
}

const xmlNode *
case_child(const xmlNode *parent, const char *space, const char *name)
{
	const xmlNode *node = parent->children;

	while (node != NULL && !fits(node, space, name))
		node = node->next;
	return node;
}

const xmlNode *
case_next(const xmlNode *node, const char *space, const char *name)
{
	do
		node = node->next;
	while (node != NULL && !fits(node, space, name));
	return node;
}

const xmlNode *
case_root(const xmlDoc *doc, const char *space, const char *name)
{
	const xmlNode *root = doc->children;

	while (root != NULL && root->type != XML_ELEMENT_NODE)
		root = root->next;
	return root != NULL && fits(root, space, name) ? root : NULL;
}

const char *
case_attr(const xmlNode *node, const char *name)
{
	const char *value = ih_attr(node, name);

	return value != NULL ? value : "";
}

bool
case_same(const xmlNode *node, const char *name, const char *value)
{
	return strcmp(case_attr(node, name), value) == 0;
}

void
case_put_others(struct ih_writer *w, const xmlNode *node,
    const struct case_other others[], size_t count)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const char *name = (const char *)a->name;
		const char *value = case_attr(node, name);

		for (size_t i = 0; i < count; i++)
			if (strcmp(others[i].name, name) == 0)
				value = others[i].value;
		if (a->ns == NULL && value != NULL)
			ih_put(w, name, value);
	}
}

void
case_put_all(struct ih_writer *w, const xmlNode *node, const char *except)
{
	/* No attribute is named "". */
	const struct case_other without = { except != NULL ? except : "",
		NULL };

	case_put_others(w, node, &without, 1);
}

const xmlNode *
case_assessment(const xmlNode *root)
{
	const xmlNode *first = case_child(root, ASSESSMENT_SPACE, "assessment");
	const xmlNode *last = first;

	for (const xmlNode *n = first; n != NULL;
	     n = case_next(n, ASSESSMENT_SPACE, "assessment"))
		if (case_same(n, "framework", case_attr(first, "framework")))
			last = n;
	return last;
}
