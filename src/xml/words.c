/* This is where a key becomes a sentence in the reader's language. */
#include "ihala/words.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/upluralrules.h>

#include "ihala/buffer.h"

/* The columns of the table: three languages, then the variants of them. */
static const char *const tags[] = {
#include "words_tags.inc"
};

#define TAGS (sizeof tags / sizeof tags[0])

static const struct word {
	const char *key, *review;
	const char *texts[TAGS]; /* NULL: the neutral wording is used */
} words[] = {
#include "words_table.inc"
	{ NULL, NULL, { NULL } },
};

#define WORDS (sizeof words / sizeof words[0] - 1)

static const char *const languages[IH_LANGS] = {
	[IH_AR] = "ar",
	[IH_FR] = "fr",
	[IH_EN] = "en",
};

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

bool
ih_tongue_parse(const char *tag, struct ih_tongue *tongue)
{
	size_t size = strlen(tag);

	if (size != 2 && !(size == 5 && tag[2] == '-' && is_capital(tag[3]) &&
			     is_capital(tag[4])))
		return false;
	for (int lang = 0; lang < IH_LANGS; lang++) {
		if (strncmp(tag, languages[lang], 2) != 0)
			continue;
		*tongue = (struct ih_tongue){ .lang = (enum ih_lang)lang };
		if (size == 5)
			memcpy(tongue->country, tag + 3, 2);
		return true;
	}
	return false;
}

const char *
ih_lang_tag(enum ih_lang lang)
{
	return languages[lang];
}

void
ih_tongue_tag(struct ih_tongue tongue, char tag[static IH_TAG_TEXT])
{
	snprintf(tag, IH_TAG_TEXT, "%s%s%.2s", languages[tongue.lang],
	    tongue.country[0] != '\0' ? "-" : "", tongue.country);
}

static int
by_key(const void *key, const void *word)
{
	return strcmp(key, ((const struct word *)word)->key);
}

static const struct word *
find(const char *key)
{
	return bsearch(key, words, WORDS, sizeof words[0], by_key);
}

const char *
ih_word_key(size_t at)
{
	return at < WORDS ? words[at].key : NULL;
}

const char *
ih_word_review(const char *key)
{
	const struct word *word = find(key);

	return word != NULL ? word->review : NULL;
}

const char *
ih_word(struct ih_tongue tongue, const char *key)
{
	const struct word *word = find(key);
	char tag[IH_TAG_TEXT];

	if (word == NULL)
		return NULL;
	ih_tongue_tag(tongue, tag);
	for (size_t i = IH_LANGS; i < TAGS; i++)
		if (word->texts[i] != NULL && strcmp(tags[i], tag) == 0)
			return word->texts[i];
	return word->texts[tongue.lang];
}

/*
 * A pattern is ICU MessageFormat as far as src/xml/words.awk lets it into
 * the catalogue: {0}, and {0, plural, form {...} ...} with # and arguments
 * inside its forms; '' is one apostrophe.  ICU's own formatter takes its
 * arguments as C varargs, whose types a catalogue cannot promise; only its
 * plural rules are used.
 */
struct saying {
	struct ih_buffer *out;
	struct ih_tongue tongue;
	size_t count;
	const struct ih_arg *args;
};

static UPluralRules *rules[IH_LANGS];
static pthread_once_t rules_once = PTHREAD_ONCE_INIT;

/* Kept as long as the program. */
static void
load_rules(void)
{
	for (int lang = 0; lang < IH_LANGS; lang++) {
		UErrorCode status = U_ZERO_ERROR;

		rules[lang] = uplrules_open(languages[lang], &status);
		if (U_FAILURE(status)) {
			fputs("ihala: ICU has no plural rules\n", stderr);
			abort();
		}
	}
}

#define FORM_TEXT 16 /* "other" is the longest */

/* "zero", "one", "two", "few", "many" or "other". */
static void
form_of(enum ih_lang lang, double number, char form[static FORM_TEXT])
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[FORM_TEXT];
	int32_t size;

	pthread_once(&rules_once, load_rules);
	size = uplrules_select(rules[lang], number, wide, FORM_TEXT, &status);
	if (U_FAILURE(status) || size >= FORM_TEXT) {
		memcpy(form, "other", sizeof "other");
		return;
	}
	for (int32_t i = 0; i < size; i++)
		form[i] = (char)wide[i];
	form[size] = '\0';
}

/* Digits are 0-9 in all languages; a fraction has two at most, after a comma
 * in French. */
static void
add_number(const struct saying *say, double number)
{
	char digits[400];
	char *point;

	if (number == trunc(number)) {
		ih_buffer_printf(say->out, "%.0f", number);
		return;
	}
	snprintf(digits, sizeof digits, "%.2f", number);
	point = strchr(digits, '.');
	if (point != NULL && say->tongue.lang == IH_FR)
		*point = ',';
	for (size_t end = strlen(digits); digits[end - 1] == '0';)
		digits[--end] = '\0';
	ih_buffer_text(say->out, digits);
}

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

/* Letters of a script written right to left: Hebrew to Arabic Extended-A,
 * U+0590 to U+08FF, are 0xd6 0x90 to 0xe0 0xa3 0xbf; presentation forms,
 * U+FB1D to U+FDFF and U+FE70 to U+FEFF, begin with 0xef 0xac to 0xef 0xbb. */
static bool
is_right_to_left(const unsigned char *c)
{
	if (c[0] == 0xd6)
		return c[1] >= 0x90;
	if (c[0] == 0xe0)
		return c[1] <= 0xa3;
	if (c[0] == 0xef)
		return c[1] >= 0xac && c[1] <= 0xbb && c[1] != 0xb8;
	return c[0] >= 0xd7 && c[0] <= 0xdf;
}

/* Letters of any other script; U+2000 to U+2BFF, 0xe2 0x80 to 0xe2 0xaf, are
 * signs. */
static bool
is_left_to_right(const unsigned char *c)
{
	if ((c[0] >= 'a' && c[0] <= 'z') || (c[0] >= 'A' && c[0] <= 'Z'))
		return true;
	return c[0] >= 0xc3 && !is_right_to_left(c) &&
	       !(c[0] == 0xe2 && c[1] < 0xb0);
}

/*
 * Would the text change its order, or that of its neighbours, in a sentence
 * of the other direction?  448-1 after Arabic letters is shown as 1-448, a
 * telephone number backwards (UAX #9).
 */
static bool
needs_isolation(enum ih_lang lang, const char *text)
{
	bool letters = false, digits = false, joined = false;

	for (const unsigned char *c = (const unsigned char *)text; *c != '\0';
	     c++) {
		if (lang != IH_AR && is_right_to_left(c))
			return true;
		letters |= is_left_to_right(c);
		digits |= is_digit(*c);
		joined |= strchr("-/+ ()", *c) != NULL;
	}
	return lang == IH_AR && (letters || (digits && joined));
}

#define FIRST_STRONG_ISOLATE "\xe2\x81\xa8"    /* U+2068 */
#define POP_DIRECTIONAL_ISOLATE "\xe2\x81\xa9" /* U+2069 */

static void
add_argument(const struct saying *say, size_t at)
{
	const char *text;

	if (at >= say->count) {
		ih_buffer_printf(say->out, "{%zu}", at);
		return;
	}
	text = say->args[at].text;
	if (text == NULL) {
		add_number(say, say->args[at].number);
	} else if (needs_isolation(say->tongue.lang, text)) {
		ih_buffer_printf(say->out, "%s%s%s", FIRST_STRONG_ISOLATE, text,
		    POP_DIRECTIONAL_ISOLATE);
	} else {
		ih_buffer_text(say->out, text);
	}
}

static double
number_of(const struct saying *say, size_t at)
{
	return at < say->count && say->args[at].text == NULL ?
		   say->args[at].number :
		   0;
}

/* Past the { } that close inside and the } that closes what AT stands in. */
static const char *
past_brace(const char *at)
{
	int depth = 1;

	for (; *at != '\0' && depth > 0; at++)
		depth += *at == '{' ? 1 : *at == '}' ? -1 : 0;
	return at;
}

static const char *
past_space(const char *at)
{
	return at + strspn(at, " ");
}

/* A pattern may end before it has one. */
static const char *
past_comma(const char *at)
{
	at += strcspn(at, ",");
	return *at == ',' ? at + 1 : at;
}

static void add_message(const struct saying *say, const char *from,
    const char *end, const double *number);

/* The form, of those from FORMS on, for NUMBER: "=2" before "two" before
 * "other".  What is inside its braces; "" where there is none. */
static const char *
choose(const char *forms, const char *word, double number)
{
	const char *chosen = "", *other = "";
	size_t size = strlen(word);

	for (const char *at = past_space(forms); *at != '\0' && *at != '}';) {
		const char *name = at, *inside;

		at = strchr(at, '{');
		if (at == NULL)
			break;
		inside = at + 1;
		if (name[0] == '=' && strtod(name + 1, NULL) == number)
			return inside;
		if (strncmp(name, word, size) == 0 &&
		    strchr(" {", name[size]) != NULL)
			chosen = inside;
		if (strncmp(name, "other", 5) == 0)
			other = inside;
		at = past_space(past_brace(inside));
	}
	return chosen[0] != '\0' ? chosen : other;
}

static void
add_plural(const struct saying *say, size_t argument, const char *forms)
{
	double number = number_of(say, argument);
	char word[FORM_TEXT];
	const char *form;

	form_of(say->tongue.lang, number, word);
	form = choose(forms, word, number);
	if (form[0] != '\0')
		add_message(say, form, past_brace(form) - 1, &number);
}

/* {0} or {0, plural, ...}: FROM stands after the {; past its }. */
static const char *
add_placeholder(const struct saying *say, const char *from)
{
	char *after;
	size_t argument = strtoul(from, &after, 10);
	const char *forms = strstr(after, "plural");

	after += strspn(after, " ");
	if (*after == ',' && forms != NULL)
		add_plural(say, argument, past_comma(forms));
	else
		add_argument(say, argument);
	return past_brace(from);
}

/* NUMBER: what # stands for; NULL outside a plural. */
static void
add_message(const struct saying *say, const char *from, const char *end,
    const double *number)
{
	while (from < end) {
		if (*from == '{') {
			from = add_placeholder(say, from + 1);
			continue;
		}
		if (*from == '#' && number != NULL)
			add_number(say, *number);
		else
			ih_buffer_add(say->out, from, 1);
		from += from[0] == '\'' && from[1] == '\'' ? 2 : 1;
	}
}

const char *
ih_say_pattern(struct ih_arena *arena, struct ih_tongue tongue,
    const char *pattern, size_t count, const struct ih_arg *args)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct saying say = { out, tongue, count, args };

	add_message(&say, pattern, pattern + strlen(pattern), NULL);
	return ih_arena_text(arena, (const char *)out->data);
}

const char *
ih_say_(struct ih_arena *arena, struct ih_tongue tongue, const char *key,
    size_t count, const struct ih_arg *args)
{
	const char *pattern = ih_word(tongue, key);

	return ih_say_pattern(arena, tongue, pattern != NULL ? pattern : key,
	    count, args);
}
