/* This is where XSLT runs that can reach nothing but its own folder. */
#include "ihala/stylesheet.h"

#include <libxml/xpathInternals.h>
#include <libxslt/documents.h>
#include <libxslt/extensions.h>
#include <libxslt/extra.h>
#include <libxslt/imports.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/date.h"
#include "ihala/hijri.h"
#include "ihala/json.h"
#include "ihala/words.h"
#include "ihala/xml.h"
#include "words_keys.h"

#define FOLDER "xslt/"
#define FUNCTIONS "urn:ihala:xslt"
#define XPATH_OPERATIONS 20000000ul /* XPath counts smaller steps */
#define NAME_MAX_BYTES 80

/* UTF-8 of U+2066, U+2068 and U+2069 (UAX #9). */
#define LEFT_TO_RIGHT "\xe2\x81\xa6"
#define BY_ITS_TEXT "\xe2\x81\xa8"
#define ISOLATE_END "\xe2\x81\xa9"

struct ih_stylesheet {
	xsltStylesheet *compiled;
	char name[NAME_MAX_BYTES];
};

IH_OWNER(xsltStylesheet, xsltFreeStylesheet)
IH_OWNER(xsltTransformContext, xsltFreeTransformContext)
IH_OWNER(xsltSecurityPrefs, xsltFreeSecurityPrefs)

/* The load under way: libxslt's loader and its check have no user pointer. */
struct loading {
	struct ih_library *library;
	struct ih_error *err; /* the first refusal */
};
static _Thread_local struct loading *loading;

/* The run under way, at xsltTransformContext._private. */
struct run {
	const struct ih_stylesheet *sheet;
	xsltTransformContext *ctxt;
	struct ih_arena *arena;
	const char *tongue; /* the parameter of that name */
	bool failed;
	char place[128];
};

static bool
refuse(const char *name, long line, const char *why)
{
	if (loading->err->kind != IH_NONE)
		return false;
	return ih_fail(loading->err, IH_INPUT, "%s:%ld: %s", name, line, why);
}

/* A sheet of the library's folder, by letters that no path trick has. */
static bool
is_sheet(const char *path)
{
	size_t folder = strlen(FOLDER), size = strlen(path), name;

	if (size >= NAME_MAX_BYTES || strncmp(path, FOLDER, folder) != 0 ||
	    size < folder + 5 || strcmp(path + size - 4, ".xsl") != 0)
		return false;
	name = strspn(path + folder, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return folder + name == size - 4;
}

/* ---- what a sheet may not even say */

static bool
is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
	       c == ':' || (c & 0x80) != 0;
}

/* Does EXPRESSION call FUNCTION?  A literal that looks so is refused too. */
static bool
calls(const char *expression, const char *function)
{
	size_t size = strlen(function);
	const char *at = expression;

	while ((at = strstr(at, function)) != NULL) {
		const char *after = at + size;

		after += strspn(after, " \t\r\n");
		if (*after == '(' &&
		    (at == expression || !is_name_byte(at[-1])))
			return true;
		at += size;
	}
	return false;
}

static const char *const forbidden_functions[] = {
	"document",            /* reads a file or the network */
	"unparsed-entity-uri", /* reaches for a DTD */
	"generate-id",         /* an address in memory: other bytes each run */
	"system-property",     /* says what machine this is */
};

static const char *const forbidden_elements[] = {
	"document", /* XSLT 1.1: writes a file */
	"processing-instruction",
	"fallback",
	"script",
};

/* Elements a sheet may write out, beside those of ours. */
static const char *const output_namespaces[] = {
	"http://www.w3.org/1999/xhtml",
	"http://www.w3.org/2000/svg",
	"http://www.w3.org/2002/xforms", /* forms for phones, with */
	"http://openrosa.org/xforms",    /* what ODK adds to them */
	/* SDMX-ML 2.1 */
	"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message",
	"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common",
	"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure",
	"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic",
};

static bool
may_write(const xmlNs *ns)
{
	const char *href;

	if (ns == NULL || ns->href == NULL)
		return true;
	href = (const char *)ns->href;
	for (size_t i = 0;
	     i < sizeof output_namespaces / sizeof output_namespaces[0]; i++)
		if (strcmp(href, output_namespaces[i]) == 0)
			return true;
	return strncmp(href, "urn:ihala:", 10) == 0 &&
	       strcmp(href, FUNCTIONS) != 0;
}

static const char *
fault_of_attribute(const xmlAttr *attr)
{
	const char *name = (const char *)attr->name, *fault = NULL;
	IH_OWNED(xmlChar) value =
	    xmlNodeListGetString(attr->doc, attr->children, 1);

	for (size_t i = 0; i < 4 && value != NULL; i++)
		if (calls((const char *)value, forbidden_functions[i]))
			fault = "calls a function that sheets do not have";
	if (strcmp(name, "disable-output-escaping") == 0)
		fault = "writes without escaping";
	if (strcmp(name, "extension-element-prefixes") == 0)
		fault = "asks for extension elements";
	if (attr->ns != NULL && strcmp(name, "base") == 0)
		fault = "moves its base";
	return fault;
}

static const char *
fault_of(const xmlNode *node)
{
	bool xsl =
	    node->ns != NULL && xmlStrEqual(node->ns->href, XSLT_NAMESPACE);

	for (size_t i = 0; i < 4 && xsl; i++)
		if (strcmp((const char *)node->name, forbidden_elements[i]) ==
		    0)
			return "has an instruction that sheets do not have";
	if (!xsl && !may_write(node->ns))
		return "has an element of a namespace that is not ours";
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const char *fault = fault_of_attribute(a);

		if (fault != NULL)
			return fault;
	}
	return NULL;
}

/* The node after NODE in document order; NULL at the end. */
static xmlNode *
following(xmlNode *node)
{
	if (node->type == XML_ELEMENT_NODE && node->children != NULL)
		return node->children;
	while (node != NULL && node->next == NULL)
		node = node->parent;
	return node != NULL ? node->next : NULL;
}

static bool
is_harmless(const char *name, xmlDoc *doc)
{
	xmlNode *node = xmlDocGetRootElement(doc);

	for (; node != NULL; node = following(node)) {
		const char *fault = NULL;

		if (node->type == XML_ELEMENT_NODE)
			fault = fault_of(node);
		if (fault != NULL)
			return refuse(name, xmlGetLineNo(node), fault);
	}
	return true;
}

/* ---- loading */

static xmlDoc *
read_sheet(const char *path)
{
	IH_OWNED(ih_buffer) bytes = NULL;
	IH_OWNED(xmlDoc) doc = NULL;

	if (!is_sheet(path)) {
		refuse(FOLDER, 0, "a sheet imports only sheets beside it");
		return NULL;
	}
	bytes = ih_library_read(loading->library, path, loading->err);
	if (bytes == NULL)
		return NULL;
	doc = ih_xml_read(path, bytes->data, bytes->size, loading->err);
	if (doc == NULL || !is_harmless(path, doc))
		return NULL;
	if (doc->URL != NULL)
		xmlFree((xmlChar *)(uintptr_t)doc->URL);
	doc->URL = xmlStrdup((const xmlChar *)path);
	return IH_GIVE(doc);
}

/*
 * libxslt compares names by their place in a dictionary, so that a sheet must
 * have the one of the sheet that imports it.
 */
static xmlDoc *
with_names_of(xmlDict *dict, xmlDoc *sheet)
{
	IH_OWNED(xmlDoc) copy = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root;

	if (copy == NULL)
		return NULL;
	copy->dict = dict;
	xmlDictReference(dict);
	copy->URL = xmlStrdup(sheet->URL);
	root = xmlDocCopyNode(xmlDocGetRootElement(sheet), copy, 1);
	if (root == NULL)
		return NULL;
	xmlDocSetRootElement(copy, root);
	return IH_GIVE(copy);
}

/* All that libxslt ever reads comes through here. */
static xmlDoc *
load_for_libxslt(const xmlChar *uri, xmlDict *dict, int options, void *ctxt,
    xsltLoadType type)
{
	IH_OWNED(xmlDoc) sheet = NULL;

	(void)options, (void)ctxt;
	if (loading == NULL || type != XSLT_LOAD_STYLESHEET)
		return NULL;
	sheet = read_sheet((const char *)uri);
	return sheet != NULL ? with_names_of(dict, sheet) : NULL;
}

static int
may_read(xsltSecurityPrefs *sec, xsltTransformContext *ctxt, const char *path)
{
	(void)sec, (void)ctxt;
	if (loading == NULL)
		return 0;
	if (path != NULL && is_sheet(path))
		return 1;
	return refuse(FOLDER, 0, "a sheet imports only sheets beside it");
}

static const xsltSecurityOption all_options[] = {
	XSLT_SECPREF_READ_FILE,
	XSLT_SECPREF_WRITE_FILE,
	XSLT_SECPREF_CREATE_DIRECTORY,
	XSLT_SECPREF_READ_NETWORK,
	XSLT_SECPREF_WRITE_NETWORK,
};

static xsltSecurityPrefs *
forbid_everything(void)
{
	IH_OWNED(xsltSecurityPrefs) prefs = xsltNewSecurityPrefs();

	if (prefs == NULL)
		return NULL;
	for (size_t i = 0; i < sizeof all_options / sizeof *all_options; i++)
		if (xsltSetSecurityPrefs(prefs, all_options[i],
			xsltSecurityForbid) != 0)
			return NULL;
	return IH_GIVE(prefs);
}

/* Words of libxslt may repeat a value: none of them is let through. */
static void __attribute__((format(printf, 2, 3)))
say_nothing(void *unused, const char *fmt, ...)
{
	(void)unused, (void)fmt;
}

static void
note_nothing(void *unused, xmlError *error)
{
	(void)unused, (void)error;
}

/* Once for the process; the default then forbids all but our own sheets. */
static bool
set_defaults(struct ih_error *err)
{
	static xsltSecurityPrefs *defaults;

	xmlSetStructuredErrorFunc(NULL, note_nothing);
	xmlSetGenericErrorFunc(NULL, say_nothing);
	xsltSetGenericErrorFunc(NULL, say_nothing);
	if (defaults != NULL)
		return true;
	defaults = forbid_everything();
	if (defaults == NULL || xsltSetSecurityPrefs(defaults,
				    XSLT_SECPREF_READ_FILE, may_read) != 0)
		return ih_fail(err, IH_SYSTEM, "libxslt cannot be confined");
	xsltSetDefaultSecurityPrefs(defaults);
	xsltSetLoaderFunc(load_for_libxslt);
	return true;
}

static xsltStylesheet *
compile(const char *path)
{
	IH_OWNED(xmlDoc) doc = read_sheet(path);
	IH_OWNED(xsltStylesheet) compiled = NULL;

	if (doc == NULL)
		return NULL;
	compiled = xsltParseStylesheetDoc(doc);
	if (compiled == NULL) {
		refuse(path, 0, "is not a stylesheet that XSLT 1.0 knows");
		return NULL;
	}
	doc = NULL; /* the stylesheet has it */
	if (compiled->errors != 0)
		refuse(path, 0, "has a fault in its XSLT or XPath");
	if (loading->err->kind != IH_NONE)
		return NULL;
	return IH_GIVE(compiled);
}

struct ih_stylesheet *
ih_stylesheet_load(struct ih_library *library, const char *name,
    struct ih_error *err)
{
	IH_OWNED(ih_stylesheet) sheet = NULL;
	struct ih_error why = { .kind = IH_NONE };
	struct loading now = { library, &why };

	if (!set_defaults(err))
		return NULL;
	sheet = calloc(1, sizeof *sheet);
	if (sheet == NULL) {
		ih_fail(err, IH_SYSTEM, "no memory for a stylesheet");
		return NULL;
	}
	snprintf(sheet->name, sizeof sheet->name, FOLDER "%.60s.xsl", name);
	loading = &now;
	sheet->compiled = compile(sheet->name);
	loading = NULL;
	if (sheet->compiled == NULL) {
		*err = why;
		return NULL;
	}
	return IH_GIVE(sheet);
}

void
ih_stylesheet_free(struct ih_stylesheet *sheet)
{
	if (sheet == NULL)
		return;
	if (sheet->compiled != NULL)
		xsltFreeStylesheet(sheet->compiled);
	free(sheet);
}

/* ---- a run, and where it failed */

static void
note_place(struct run *run)
{
	const xmlNode *at = run->ctxt->inst;
	const char *url = run->sheet->name;

	if (run->failed)
		return;
	run->failed = true;
	if (at != NULL && at->doc != NULL && at->doc->URL != NULL)
		url = (const char *)at->doc->URL;
	snprintf(run->place, sizeof run->place, "%.80s:%ld", url,
	    at != NULL ? xmlGetLineNo(at) : 0L);
}

static void __attribute__((format(printf, 2, 3)))
note_failure(void *with, const char *fmt, ...)
{
	(void)fmt;
	note_place(with);
}

static void
note_xpath_failure(void *with, xmlError *error)
{
	(void)error;
	note_place(with);
}

static struct run *
run_of(xmlXPathParserContext *xpath)
{
	return xsltXPathGetTransformContext(xpath)->_private;
}

static void
stop(struct run *run)
{
	note_place(run);
	run->ctxt->state = XSLT_STATE_STOPPED;
}

/* ---- the functions of urn:ihala:xslt */

static struct ih_tongue
tongue_of(struct run *run, const char *tag)
{
	struct ih_tongue tongue = { .lang = IH_EN };

	if (tag == NULL || *tag == '\0')
		tag = run->tongue;
	if (tag == NULL || !ih_tongue_parse(tag, &tongue))
		stop(run);
	return tongue;
}

/* The COUNT arguments of a call as texts of the run's arena. */
static bool
take(xmlXPathParserContext *xpath, int count, const char *args[static 12])
{
	struct run *run = run_of(xpath);

	if (count < 1 || count > 12) {
		stop(run);
		xmlXPathErr(xpath, XPATH_INVALID_ARITY);
		return false;
	}
	for (int i = count - 1; i >= 0; i--) {
		IH_OWNED(xmlChar) text = xmlXPathPopString(xpath);

		args[i] = ih_arena_text(run->arena,
		    text != NULL ? (const char *)text : "");
	}
	return !xmlXPathCheckError(xpath);
}

static void
answer(xmlXPathParserContext *xpath, const char *text)
{
	valuePush(xpath,
	    xmlXPathNewString((const xmlChar *)(text != NULL ? text : "")));
}

static void
do_word(xmlXPathParserContext *xpath, int count)
{
	struct run *run = run_of(xpath);
	const char *args[12] = { NULL }, *word;

	if (!take(xpath, count, args))
		return;
	word = ih_word(tongue_of(run, args[1]), args[0]);
	if (word == NULL)
		stop(run);
	answer(xpath, word);
}

static void
do_has_word(xmlXPathParserContext *xpath, int count)
{
	const char *args[12] = { NULL };

	if (!take(xpath, count, args))
		return;
	valuePush(xpath, xmlXPathNewBoolean(ih_word_review(args[0]) != NULL));
}

/* Digits only: a number, so that plural forms can be chosen. */
static struct ih_arg
arg_of(const char *text)
{
	size_t size = strlen(text);

	if (size > 0 && size <= 9 && strspn(text, "0123456789") == size)
		return IH_NUM(strtol(text, NULL, 10));
	return IH_ARG(text);
}

static void
do_say(xmlXPathParserContext *xpath, int count)
{
	struct run *run = run_of(xpath);
	const char *args[12] = { NULL };
	struct ih_arg values[12];
	size_t given = 0;

	if (!take(xpath, count, args))
		return;
	for (int i = 2; i < count; i++)
		values[given++] = arg_of(args[i]);
	if (ih_word_review(args[0]) == NULL) {
		stop(run);
		answer(xpath, "");
		return;
	}
	answer(xpath, ih_say_(run->arena, tongue_of(run, args[1]), args[0],
			  given, values));
}

static const char *
say_date(struct run *run, struct ih_tongue tongue, struct ih_date date)
{
	const char *month;
	char day[8];

	if (date.month == 0)
		return ih_arena_printf(run->arena,
		    BY_ITS_TEXT "%04d" ISOLATE_END, date.year);
	month = ih_word(tongue,
	    ih_arena_printf(run->arena, "month.%d", date.month));
	if (month == NULL) {
		stop(run);
		return "";
	}
	if (date.day == 0)
		return ih_arena_printf(run->arena,
		    BY_ITS_TEXT "%s %04d" ISOLATE_END, month, date.year);
	snprintf(day, sizeof day, "%d", date.day);
	if (date.day == 1 && ih_word(tongue, "date.first") != NULL)
		snprintf(day, sizeof day, "%s", ih_word(tongue, "date.first"));
	return ih_arena_printf(run->arena, BY_ITS_TEXT "%s %s %04d" ISOLATE_END,
	    day, month, date.year);
}

/* The same with its day of the other calendar; only that, where it has none. */
static const char *
say_both(struct run *run, struct ih_tongue tongue, struct ih_date date)
{
	const char *civil = say_date(run, tongue, date);
	struct ih_date hijri;

	if (!ih_hijri(date, &hijri))
		return civil;
	return ih_say(run->arena, tongue, W_DATE_BOTH, IH_ARG(civil),
	    IH_NUM(hijri.day),
	    IH_ARG(ih_word(tongue,
		ih_arena_printf(run->arena, "hijri.%d", hijri.month))),
	    IH_ARG(ih_arena_printf(run->arena, "%d", hijri.year)));
}

typedef const char *
say(struct run *run, struct ih_tongue tongue, struct ih_date date);

/* What is not a date is given back as it is, isolated. */
static void
answer_date(xmlXPathParserContext *xpath, int count, say *say_it)
{
	struct run *run = run_of(xpath);
	const char *args[12] = { NULL };
	struct ih_date date;
	char *text;

	if (!take(xpath, count, args))
		return;
	text = ih_arena_text(run->arena, args[0]);
	if (strlen(text) > 10 && text[10] == 'T')
		text[10] = '\0';
	if (ih_date_parse(text, &date))
		answer(xpath, say_it(run, tongue_of(run, args[1]), date));
	else
		answer(xpath, ih_arena_printf(run->arena,
				  BY_ITS_TEXT "%s" ISOLATE_END, args[0]));
}

static void
do_date(xmlXPathParserContext *xpath, int count)
{
	answer_date(xpath, count, say_date);
}

static void
do_dated(xmlXPathParserContext *xpath, int count)
{
	answer_date(xpath, count, say_both);
}

static void
isolate(xmlXPathParserContext *xpath, int count, const char *start)
{
	const char *args[12] = { NULL };

	if (!take(xpath, count, args))
		return;
	answer(xpath, *args[0] == '\0' ?
			  "" :
			  ih_arena_printf(run_of(xpath)->arena,
			      "%s%s" ISOLATE_END, start, args[0]));
}

static void
do_isolate(xmlXPathParserContext *xpath, int count)
{
	isolate(xpath, count, LEFT_TO_RIGHT);
}

static void
do_apart(xmlXPathParserContext *xpath, int count)
{
	isolate(xpath, count, BY_ITS_TEXT);
}

/* A string of JSON, quoted; inside an HTML page no "<" ends it early. */
static void
do_json(xmlXPathParserContext *xpath, int count)
{
	const char *args[12] = { NULL };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_json json = ih_json_to(out);

	if (!take(xpath, count, args))
		return;
	ih_json_text(&json, NULL, args[0]);
	IH_OWNED(ih_buffer) safe = ih_buffer_new();
	for (size_t i = 0; i < out->size; i++)
		if (out->data[i] == '<')
			ih_buffer_add(safe, "\\u003c", 6);
		else if (out->data[i] != '\n')
			ih_buffer_add(safe, out->data + i, 1);
	ih_buffer_add(safe, "", 1);
	answer(xpath, (const char *)safe->data);
}

static const struct {
	const char *name;
	xmlXPathFunction run;
} functions[] = {
	{ "word", do_word },
	{ "has-word", do_has_word },
	{ "say", do_say },
	{ "date", do_date },
	{ "dated", do_dated },
	{ "isolate", do_isolate },
	{ "apart", do_apart },
	{ "json", do_json },
	{ "nodes", xsltFunctionNodeSet },
};

/* ---- applying */

static bool
confine(xsltTransformContext *ctxt, xsltSecurityPrefs *prefs)
{
	if (xsltSetCtxtSecurityPrefs(prefs, ctxt) != 0)
		return false;
	ctxt->opLimit = IH_SHEET_OPERATIONS;
	ctxt->xpathCtxt->opLimit = XPATH_OPERATIONS;
	ctxt->maxTemplateDepth = IH_SHEET_DEPTH;
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (xsltRegisterExtFunction(ctxt,
			(const xmlChar *)functions[i].name,
			(const xmlChar *)FUNCTIONS, functions[i].run) != 0)
			return false;
	return true;
}

/* As text, never as an expression: a value cannot become a program. */
static bool
hand_over(struct run *run, const struct ih_param *params, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (params[i].value == NULL)
			continue;
		if (strcmp(params[i].name, "tongue") == 0)
			run->tongue = params[i].value;
		if (xsltQuoteOneUserParam(run->ctxt,
			(const xmlChar *)params[i].name,
			(const xmlChar *)params[i].value) != 0)
			return false;
	}
	return true;
}

static xmlDoc *
transform(struct run *run, xmlDoc *source, xsltSecurityPrefs *prefs,
    const struct ih_param *params, size_t count)
{
	xsltTransformContext *ctxt = run->ctxt;

	ctxt->_private = run;
	xsltSetTransformErrorFunc(ctxt, run, note_failure);
	ctxt->xpathCtxt->error = note_xpath_failure;
	ctxt->xpathCtxt->userData = run;
	if (!confine(ctxt, prefs) || !hand_over(run, params, count))
		return NULL;
	return xsltApplyStylesheetUser(run->sheet->compiled, source, NULL, NULL,
	    NULL, ctxt);
}

xmlDoc *
ih_stylesheet_apply(struct ih_stylesheet *sheet, xmlDoc *source,
    const struct ih_param *params, size_t count, struct ih_error *err)
{
	IH_OWNED(xsltSecurityPrefs) prefs = forbid_everything();
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(xsltTransformContext) ctxt =
	    xsltNewTransformContext(sheet->compiled, source);
	IH_OWNED(xmlDoc) result = NULL;
	struct run run = { .sheet = sheet, .ctxt = ctxt, .arena = arena };

	if (prefs == NULL || ctxt == NULL || count > IH_SHEET_PARAMS) {
		ih_fail(err, IH_SYSTEM, "%s: cannot be run", sheet->name);
		return NULL;
	}
	result = transform(&run, source, prefs, params, count);
	if (result == NULL || run.failed || ctxt->state != XSLT_STATE_OK) {
		ih_fail(err, IH_INPUT,
		    "%s: stopped; a word is missing, a limit was reached, or "
		    "the sheet does not fit the document",
		    run.failed ? run.place : sheet->name);
		return NULL;
	}
	return IH_GIVE(result);
}

struct ih_buffer *
ih_stylesheet_render(struct ih_stylesheet *sheet, xmlDoc *source,
    const struct ih_param *params, size_t count, struct ih_error *err)
{
	IH_OWNED(xmlDoc) result =
	    ih_stylesheet_apply(sheet, source, params, count, err);
	IH_OWNED(xmlChar) bytes = NULL;
	int size = 0;

	if (result == NULL)
		return NULL;
	if (xsltSaveResultToString(&bytes, &size, result, sheet->compiled) <
		0 ||
	    bytes == NULL) {
		ih_fail(err, IH_INPUT, "%s: made an empty document",
		    sheet->name);
		return NULL;
	}
	return ih_buffer_copy(bytes, (size_t)size);
}
