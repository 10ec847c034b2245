/*
 * This is where a command line becomes one call: a table of commands, a table
 * of options.
 */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "ihala/date.h"
#include "ihala/text.h"
#include "words_keys.h"

#define IHALA_VERSION "0.1.0"

/* The letters that getopt_long answers; also the bits of what a verb takes. */
enum option_id {
	OPT_HELP,
	OPT_REGISTRY,
	OPT_PASSPHRASE,
	OPT_USER,
	OPT_LANG,
	OPT_FORMAT,
	OPT_OUTPUT,
	OPT_TO,
	OPT_COMMITTEE,
	OPT_TRAINING,
	OPT_EXPLAIN,
	OPT_BATCH,
	OPT_PERIOD,
	OPT_FINGERPRINT,
	OPT_ROOT,
	OPT_RECEIPT,
	OPT_FRAMEWORK,
	OPT_AUTHORISATION,
	OPT_PREVIEW,
	OPT_PRIVATE,
	OPT_TRUTH,
	OPT_POSITIVE,
	OPT_FROM,
	OPT_INSTRUMENT,
	OPT_ROLE,
	OPT_NEW_PASSPHRASE,
	OPT_REASON,
	OPT_SHARES,
	OPT_THRESHOLD,
	OPT_FOR,
	OPT_AS,
	OPT_REVEAL,
	OPT_KEYS,
	OPT_ERASURES,
	OPT_NO_ERASURES,
	OPT_PACK,
	OPT_SINCE,
	OPT_PURPOSE,
	OPT_CATEGORY,
	OPT_UNTIL,
	OPT_MODE,
	OPT_WITH,
	OPT_BASIS,
	OPT_READ_IN,
	OPT_MINE,
	OPT_OVERDUE,
	OPT_AWAITING,
	OPT_WEEK,
	OPT_CALENDAR,
	OPT_PIN,
	OPT_UNREVIEWED,
	OPT_STAMP_REQUEST,
	OPT_STAMP_REPLY,
	OPT_PAPER,
	OPT_LISTEN,
	OPT_CERTIFICATE,
	OPT_PROXY,
	OPT_AREA,
	OPT_STOPPED,
	OPT_NOW,
	OPT_VERSION,
	OPTIONS
};
#define BIT(o) (UINT64_C(1) << (o))

/* clang-format off */
static const struct {
	const char *name, *argument;	/* argument: NULL where there is none */
	const char *about;		/* key of the catalogue */
} options[OPTIONS] = {
	[OPT_HELP] =	   { "help", NULL, W_OPTION_HELP },
	[OPT_REGISTRY] =   { "registry", "DIR", W_OPTION_REGISTRY },
	[OPT_PASSPHRASE] = { "passphrase-file", "F", W_OPTION_PASSPHRASE_FILE },
	[OPT_USER] =	   { "user", "NAME", W_OPTION_USER },
	[OPT_LANG] =	   { "lang", "ar|fr|en", W_OPTION_LANG },
	[OPT_FORMAT] =	   { "format", "text|json|xml", W_OPTION_FORMAT },
	[OPT_OUTPUT] =	   { "output", "F", W_OPTION_OUTPUT },
	[OPT_TO] =	   { "to", "CC", W_OPTION_TO },
	[OPT_COMMITTEE] =  { "committee", "CC", W_OPTION_COMMITTEE },
	[OPT_TRAINING] =   { "training", NULL, W_OPTION_TRAINING },
	[OPT_EXPLAIN] =	   { "explain", NULL, W_OPTION_EXPLAIN },
	[OPT_BATCH] =	   { "batch", NULL, W_OPTION_BATCH },
	[OPT_PERIOD] =	   { "period", "2026", W_OPTION_PERIOD },
	[OPT_FINGERPRINT] ={ "fingerprint", "HEX", W_OPTION_FINGERPRINT },
	[OPT_ROOT] =	   { "root", "F", W_OPTION_ROOT },
	[OPT_RECEIPT] =	   { "receipt", "F", W_OPTION_RECEIPT },
	[OPT_FRAMEWORK] =  { "framework", "ID|F", W_OPTION_FRAMEWORK },
	[OPT_AUTHORISATION]={ "authorisation", "REF", W_OPTION_AUTHORISATION },
	[OPT_PREVIEW] =	   { "preview", NULL, W_OPTION_PREVIEW },
	[OPT_PRIVATE] =	   { "private", NULL, W_OPTION_PRIVATE },
	[OPT_TRUTH] =	   { "truth", "FILE", W_OPTION_TRUTH },
	[OPT_POSITIVE] =   { "positive", "LEVEL", W_OPTION_POSITIVE },
	[OPT_FROM] =	   { "from", "ID|F|DIR", W_OPTION_FROM },
	[OPT_INSTRUMENT] = { "instrument", "F", W_OPTION_INSTRUMENT },
	[OPT_ROLE] =	   { "role", "ROLE,...", W_OPTION_ROLE },
	[OPT_NEW_PASSPHRASE] = { "new-passphrase-file", "F",
	  W_OPTION_NEW_PASSPHRASE_FILE },
	[OPT_REASON] =	   { "reason-file", "F", W_OPTION_REASON_FILE },
	[OPT_SHARES] =	   { "shares", "N", W_OPTION_SHARES },
	[OPT_THRESHOLD] =  { "threshold", "M", W_OPTION_THRESHOLD },
	[OPT_FOR] =	   { "for", "USER", W_OPTION_FOR },
	[OPT_AS] =	   { "as", "KIND", W_OPTION_AS },
	[OPT_REVEAL] =	   { "reveal", NULL, W_OPTION_REVEAL },
	[OPT_KEYS] =	   { "keys", "DIR", W_OPTION_KEYS },
	[OPT_ERASURES] =   { "erasures", "F", W_OPTION_ERASURES },
	[OPT_NO_ERASURES] ={ "no-erasures", NULL, W_OPTION_NO_ERASURES },
	[OPT_PACK] =	   { "pack", "F", W_OPTION_PACK },
	[OPT_SINCE] =	   { "since", "N|F|DAY", W_OPTION_SINCE },
	[OPT_PURPOSE] =	   { "purpose", "P", W_OPTION_PURPOSE },
	[OPT_CATEGORY] =	   { "category", "C,...", W_OPTION_CATEGORY },
	[OPT_UNTIL] =	   { "until", "DAY", W_OPTION_UNTIL },
	[OPT_MODE] =	   { "mode", "MODE", W_OPTION_MODE },
	[OPT_WITH] =	   { "with", "WHO,...", W_OPTION_WITH },
	[OPT_BASIS] =	   { "basis", "ID", W_OPTION_BASIS },
	[OPT_READ_IN] =	   { "read-in", "ar|fr|en", W_OPTION_READ_IN },
	[OPT_MINE] =	   { "mine", NULL, W_OPTION_MINE },
	[OPT_OVERDUE] =	   { "overdue", NULL, W_OPTION_OVERDUE },
	[OPT_AWAITING] =   { "awaiting", NULL, W_OPTION_AWAITING },
	[OPT_WEEK] =	   { "week", NULL, W_OPTION_WEEK },
	[OPT_CALENDAR] =   { "calendar", NULL, W_OPTION_CALENDAR },
	[OPT_PIN] =	   { "pin-file", "F", W_OPTION_PIN_FILE },
	[OPT_UNREVIEWED] = { "unreviewed", NULL, W_OPTION_UNREVIEWED },
	[OPT_STAMP_REQUEST] = { "stamp-request", "Q", W_OPTION_STAMP_REQUEST },
	[OPT_STAMP_REPLY] ={ "stamp-reply", "R", W_OPTION_STAMP_REPLY },
	[OPT_PAPER] =	   { "paper", "NUMBER", W_OPTION_PAPER },
	[OPT_LISTEN] =	   { "listen", "ADDRESS:PORT", W_OPTION_LISTEN },
	[OPT_CERTIFICATE] ={ "certificate", "F", W_OPTION_CERTIFICATE },
	[OPT_PROXY] =	   { "behind-proxy", "URL", W_OPTION_BEHIND_PROXY },
	[OPT_AREA] =	   { "area", "MA-04", W_OPTION_AREA },
	[OPT_STOPPED] =	   { "stopped", NULL, W_OPTION_STOPPED },
	[OPT_NOW] =	   { "now", "INSTANT", W_OPTION_NOW },
	[OPT_VERSION] =	   { "version", NULL, W_OPTION_VERSION },
};

/* What every verb takes. */
#define COMMON (BIT(OPT_HELP) | BIT(OPT_LANG) | BIT(OPT_NOW) | BIT(OPT_VERSION))
#define SEALED                                                                 \
	(COMMON | BIT(OPT_REGISTRY) | BIT(OPT_PASSPHRASE) | BIT(OPT_USER))

static const struct verb {
	const char *name;
	command *run;
	const char *synopsis, *about;
	uint64_t takes;			/* options */
	int least, most;		/* words; most -1: any number */
} verbs[] = {
	{ "init", cmd_init, "--committee CC [--training] [--as KIND]",
	  W_VERB_INIT, SEALED | BIT(OPT_COMMITTEE) | BIT(OPT_TRAINING) |
	  BIT(OPT_AUTHORISATION) | BIT(OPT_AS), 0, 0 },
	{ "instrument", cmd_instrument,
	  "list | check FILE... | show ID | diff A B |"
	  " odk ID [--committee CC] -o F | page ID -o F |"
	  " fhir ID -o F", W_VERB_INSTRUMENT, SEALED | BIT(OPT_FORMAT) |
	  BIT(OPT_OUTPUT) | BIT(OPT_COMMITTEE) | BIT(OPT_TRAINING), 1, -1 },
	{ "user", cmd_user, "register NAME --role ROLE,... | admit NAME |"
	  " revoke NAME | rotate | passphrase | list", W_VERB_USER,
	  SEALED | BIT(OPT_FORMAT) | BIT(OPT_ROLE) |
	  BIT(OPT_NEW_PASSPHRASE), 1, 2 },
	{ "roles", cmd_roles, "", W_VERB_ROLES, COMMON | BIT(OPT_FORMAT), 0,
	  0 },
	{ "words", cmd_words, "[--unreviewed]", W_VERB_WORDS,
	  COMMON | BIT(OPT_FORMAT) | BIT(OPT_UNREVIEWED), 0, 0 },
	{ "framework", cmd_framework, "list | check FILE...",
	  W_VERB_FRAMEWORK, COMMON | BIT(OPT_FORMAT), 1, -1 },
	{ "assess", cmd_assess, "FILE... [--explain]", W_VERB_ASSESS,
	  COMMON | BIT(OPT_FORMAT) | BIT(OPT_EXPLAIN) | BIT(OPT_BATCH) |
	  BIT(OPT_FRAMEWORK), 1, -1 },
	{ "validate", cmd_validate, "--truth FILE [FILE...]",
	  W_VERB_VALIDATE, COMMON | BIT(OPT_FORMAT) | BIT(OPT_FRAMEWORK) |
	  BIT(OPT_TRUTH) | BIT(OPT_POSITIVE), 0, -1 },
	{ "rescore", cmd_rescore,
	  "[--pack F] [CODE...] | FILE... --from ID|F --framework ID|F",
	  W_VERB_RESCORE,
	  SEALED | BIT(OPT_FORMAT) | BIT(OPT_FRAMEWORK) | BIT(OPT_FROM) |
	  BIT(OPT_INSTRUMENT) | BIT(OPT_PACK), 0, -1 },
	{ "case", cmd_case, "open ANSWERS... | list | show CODE [--reveal] |"
	  " view CODE | letters [CODE] | compare CODE | assign CODE NAME | unassign CODE NAME |"
	  " break CODE | breaks | review ENTRY | move CODE AXIS EVENT |"
	  " choices CODE | determine CODE [FILE] | serve CODE --mode HOW --read-in LANG |"
	  " reconsider CODE --as WHO | clocks CODE | excuse CODE CLOCK |"
	  " excuses CODE | copy CODE -o F | rectify CODE FILE |"
	  " hold CODE --until DAY | names [CODE] |"
	  " release CODE | holds [CODE] | destroy CODE [-o F]",
	  W_VERB_CASE, SEALED | BIT(OPT_FORMAT) | BIT(OPT_REASON) |
	  BIT(OPT_OUTPUT) | BIT(OPT_UNTIL) | BIT(OPT_MODE) |
	  BIT(OPT_READ_IN) | BIT(OPT_WITH) | BIT(OPT_FROM) | BIT(OPT_AS) |
	  BIT(OPT_REVEAL) | BIT(OPT_SINCE), 1, -1 },
	{ "interview", cmd_interview,
	  "begin INSTRUMENT --as CHANNEL [--read-in LANG] [--area AREA] | list |"
	  " ask ID [ITEM] | answer ID ITEM [CODE...] [--as unknown|refused|blank]"
	  " [--mode BY] [--from F] | review ID | assess ID |"
	  " finish ID [--stopped] [--from REQUEST] | discard ID", W_VERB_INTERVIEW,
	  SEALED | BIT(OPT_FORMAT) | BIT(OPT_AS) | BIT(OPT_READ_IN) |
	  BIT(OPT_AREA) | BIT(OPT_MODE) | BIT(OPT_FROM) | BIT(OPT_STOPPED), 1,
	  -1 },
	{ "request", cmd_request, "add FILE | list | show ID [--reveal] |"
	  " open ID ANSWERS | redirect ID --to BODY --reason-file F |"
	  " assign ID NAME | destroy ID [-o F] | page -o F", W_VERB_REQUEST,
	  SEALED | BIT(OPT_FORMAT) | BIT(OPT_TO) | BIT(OPT_REASON) |
	  BIT(OPT_OUTPUT) | BIT(OPT_REVEAL), 1, 3 },
	{ "import", cmd_import, "odk F... | page F... | paper F...",
	  W_VERB_IMPORT, SEALED, 2, -1 },
	{ "intake", cmd_intake, "list | show ID | compare ID F |"
	  " confirm ID | refuse ID --reason-file F", W_VERB_INTAKE,
	  SEALED | BIT(OPT_FORMAT) | BIT(OPT_REASON), 1, 3 },
	{ "work", cmd_work,
	  "[--mine] [--overdue] [--week] [--awaiting] [--calendar -o F]",
	  W_VERB_WORK, SEALED | BIT(OPT_FORMAT) | BIT(OPT_OUTPUT) |
	  BIT(OPT_MINE) | BIT(OPT_OVERDUE) | BIT(OPT_AWAITING) |
	  BIT(OPT_WEEK) | BIT(OPT_CALENDAR), 0, 0 },
	{ "person", cmd_person, "search | link A B --as KIND | links CODE",
	  W_VERB_PERSON, SEALED | BIT(OPT_FORMAT) | BIT(OPT_AS) |
	  BIT(OPT_REVEAL), 1, 3 },
	{ "consent", cmd_consent, "ask|give|refuse|withdraw|not-able CODE"
	  " --purpose P [--to R] | flag CODE FLAG yes|no [--to CC] |"
	  " list CODE | text P", W_VERB_CONSENT,
	  SEALED | BIT(OPT_FORMAT) | BIT(OPT_PURPOSE) | BIT(OPT_TO) |
	  BIT(OPT_CATEGORY) | BIT(OPT_FROM) | BIT(OPT_UNTIL) | BIT(OPT_MODE) |
	  BIT(OPT_WITH) | BIT(OPT_BASIS) | BIT(OPT_READ_IN) |
	  BIT(OPT_SINCE), 2, 4 },
	{ "plan", cmd_plan, "suggest CODE | show CODE | apply CODE FILE |"
	  " unmet | services [SERVICE]", W_VERB_PLAN, SEALED | BIT(OPT_FORMAT) | BIT(OPT_OUTPUT),
	  1, 3 },
	{ "provider", cmd_provider, "load FILE | export [ID] | list | show ID |"
	  " match CODE NEED | standards ID | check ID [FILE]",
	  W_VERB_PROVIDER, SEALED | BIT(OPT_FORMAT) | BIT(OPT_OUTPUT), 1, 3 },
	{ "refer", cmd_refer, "CODE --to CC|BODY", W_VERB_REFER,
	  SEALED | BIT(OPT_TO), 1, 1 },
	{ "document", cmd_document,
	  "list | KIND [CODE|INSTRUMENT] --lang ar,fr [--purpose P]"
	  " [--period 2026] -o F",
	  W_VERB_DOCUMENT, SEALED | BIT(OPT_OUTPUT) | BIT(OPT_TO) |
	  BIT(OPT_FORMAT) | BIT(OPT_PURPOSE) | BIT(OPT_PERIOD), 1, 2 },
	{ "keys", cmd_keys, "show | export [--private] |"
	  " make [--as KIND | --with KEY] -o F | add F [--fingerprint HEX]", W_VERB_KEYS,
	  SEALED | BIT(OPT_FORMAT) | BIT(OPT_OUTPUT) | BIT(OPT_PRIVATE) |
	  BIT(OPT_AS) | BIT(OPT_NEW_PASSPHRASE) | BIT(OPT_FINGERPRINT) |
	  BIT(OPT_WITH) | BIT(OPT_PIN), 1,
	  2 },
	{ "trust", cmd_trust, "add FILE [--fingerprint HEX] |"
	  " confirm CC --fingerprint HEX | list | show CC | aloud [FILE] |"
	  " withdraw CC [KEY] --since DAY | crl CC FILE |"
	  " publish [--root F] -o F | root -o F",
	  W_VERB_TRUST, SEALED | BIT(OPT_FORMAT) | BIT(OPT_FINGERPRINT) |
	  BIT(OPT_SINCE) | BIT(OPT_ROOT) | BIT(OPT_OUTPUT) |
	  BIT(OPT_NEW_PASSPHRASE), 1, 3 },
	{ "send", cmd_send, "CODE --to CC [--as KIND] [--with KEY,...] -o F |"
	  " CODE --to CC [--as KIND] --preview | --to CC --as trust-list -o F |"
	  " --to CC --as receipt --from MESSAGE -o F",
	  W_VERB_SEND,
	  SEALED | BIT(OPT_TO) | BIT(OPT_OUTPUT) | BIT(OPT_AS) |
	  BIT(OPT_WITH) | BIT(OPT_PIN) | BIT(OPT_MODE) | BIT(OPT_PREVIEW) |
	  BIT(OPT_CATEGORY) | BIT(OPT_PURPOSE) | BIT(OPT_UNTIL) |
	  BIT(OPT_FROM) | BIT(OPT_STAMP_REQUEST) | BIT(OPT_STAMP_REPLY), 0, 1 },
	{ "receive", cmd_receive, "F [--receipt F]", W_VERB_RECEIVE,
	  SEALED | BIT(OPT_RECEIPT), 1, 1 },
	{ "open", cmd_open, "F", W_VERB_OPEN, SEALED | BIT(OPT_FORMAT), 1, 1 },
	{ "verify", cmd_verify,
	  "F [--from LIST --fingerprint HEX] | --paper NUMBER",
	  W_VERB_VERIFY, COMMON | BIT(OPT_REGISTRY) | BIT(OPT_FORMAT) |
	  BIT(OPT_FROM) | BIT(OPT_FINGERPRINT) | BIT(OPT_PAPER), 0, 1 },
	{ "stamp", cmd_stamp, "request F -o Q | add F REPLY -o F",
	  W_VERB_STAMP, COMMON | BIT(OPT_OUTPUT), 2, 3 },
	{ "return", cmd_return, "--period 2026 [--as KIND] -o F |"
	  " CC... --period 2026 --as masked -o F",
	  W_VERB_RETURN,
	  SEALED | BIT(OPT_PERIOD) | BIT(OPT_AS) | BIT(OPT_OUTPUT), 0, -1 },
	{ "region", cmd_region, "RETURN... [--from F] [--with F] -o DIR |"
	  " RETURN... --format xml | MASKED... --as masked",
	  W_VERB_REGION, SEALED | BIT(OPT_FORMAT) | BIT(OPT_FROM) |
	  BIT(OPT_WITH) | BIT(OPT_OUTPUT) | BIT(OPT_AS), 1, -1 },
	{ "serve", cmd_serve,
	  "[--listen ADDRESS:PORT] [--certificate F | --behind-proxy URL]",
	  W_VERB_SERVE, COMMON | BIT(OPT_REGISTRY) | BIT(OPT_LISTEN) |
	  BIT(OPT_CERTIFICATE) | BIT(OPT_PROXY), 0, 0 },
	{ "summary", cmd_summary, "attack FILE... | export FILE --as KIND -o F |"
	  " show --period 2026 [-o F] |"
	  " check --period 2026 | quality --period 2026 |"
	  " records --period 2026 --as KIND -o F", W_VERB_SUMMARY,
	  SEALED | BIT(OPT_FORMAT) | BIT(OPT_PERIOD) | BIT(OPT_OUTPUT) |
	  BIT(OPT_AS), 1, -1 },
	{ "pack", cmd_pack, "make -o F | verify F | load F | show [WHAT]",
	  W_VERB_PACK, SEALED | BIT(OPT_FORMAT) | BIT(OPT_OUTPUT), 1, 2 },
	{ "recovery", cmd_recovery,
	  "make --shares N --threshold M [-o DIR] | use [FILE...] | show",
	  W_VERB_RECOVERY, SEALED | BIT(OPT_FORMAT) | BIT(OPT_OUTPUT) |
	  BIT(OPT_SHARES) | BIT(OPT_THRESHOLD) | BIT(OPT_FOR), 1, -1 },
	{ "ledger", cmd_ledger, "verify |"
	  " list [CODE] [--since N] [--until N] |"
	  " checkpoint [-o F] | prove ENTRY [-o F] | prove --since F [-o F] |"
	  " check F [--fingerprint HEX]", W_VERB_LEDGER,
	  SEALED | BIT(OPT_FORMAT) | BIT(OPT_OUTPUT) | BIT(OPT_SINCE) |
	  BIT(OPT_UNTIL) | BIT(OPT_FINGERPRINT), 1, 2 },
	{ "registry", cmd_registry, "verify | backup -o DIR --keys DIR | "
	  "restore --from DIR --keys DIR --erasures F DIR | erasures -o F | due",
	  W_VERB_REGISTRY,
	  SEALED | BIT(OPT_FORMAT) | BIT(OPT_OUTPUT) | BIT(OPT_KEYS) | BIT(OPT_FROM) |
	  BIT(OPT_ERASURES) | BIT(OPT_NO_ERASURES), 1, 2 },
};
/* clang-format on */

#define VERBS (sizeof verbs / sizeof verbs[0])

static const struct verb *
find_verb(const char *name)
{
	for (size_t i = 0; i < VERBS; i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

static bool
unknown_verb(const char *name, struct ih_error *err)
{
	const char *nearest = verbs[0].name;

	for (size_t i = 1; i < VERBS; i++)
		if (ih_text_distance(verbs[i].name, name) <
		    ih_text_distance(nearest, name))
			nearest = verbs[i].name;
	return ih_fail(err, IH_USAGE,
	    "there is no such verb; the nearest is '%s'; see 'ihala --help'",
	    nearest);
}

/* Who makes papers has other formats than who lists. */
static const char *
formats_of(const struct verb *verb)
{
	static const struct {
		command *run;
		const char *formats;
	} others[] = { { cmd_document, "html|pdf|xml|json" } };

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (verb != NULL && verb->run == others[i].run)
			return others[i].formats;
	return options[OPT_FORMAT].argument;
}

static void
print_options(FILE *out, const struct request *request, uint64_t takes,
    const char *formats)
{
	for (size_t o = 0; o < OPTIONS; o++) {
		const char *argument = options[o].argument;
		int used;

		if ((takes & BIT(o)) == 0)
			continue;
		if (o == OPT_FORMAT)
			argument = formats;
		used =
		    fprintf(out, "  %s--%s%s%s", o == OPT_OUTPUT ? "-o, " : "",
			options[o].name, argument != NULL ? " " : "",
			argument != NULL ? argument : "");
		fprintf(out, "%*s%s\n", used < 30 ? 30 - used : 1, "",
		    word(request, options[o].about));
	}
}

static void
print_help(FILE *out, const struct request *request, const struct verb *verb)
{
	if (verb != NULL) {
		fprintf(out, "ihala %s %s\n%s\n\n", verb->name, verb->synopsis,
		    word(request, verb->about));
		print_options(out, request, verb->takes, formats_of(verb));
		return;
	}
	fprintf(out, "ihala [--registry DIR] VERB ...\n%s\n\n",
	    word(request, W_PROGRAM_ABOUT));
	for (size_t i = 0; i < VERBS; i++)
		fprintf(out, "  %-12s%s\n", verbs[i].name,
		    word(request, verbs[i].about));
	fprintf(out, "\n");
	print_options(out, request, SEALED, formats_of(NULL));
}

static const char *const format_names[] = {
	[FORMAT_TEXT] = "text",
	[FORMAT_JSON] = "json",
	[FORMAT_XML] = "xml",
	[FORMAT_HTML] = "html",
	[FORMAT_PDF] = "pdf",
};

static bool
take_format(struct request *request, const char *name, struct ih_error *err)
{
	for (size_t i = 0; i < sizeof format_names / sizeof format_names[0];
	     i++)
		if (strcmp(format_names[i], name) == 0) {
			request->format = (enum format)i;
			return true;
		}
	return ih_fail(err, IH_USAGE,
	    "there is no such format; see --help of the verb");
}

/* Is what was asked for one of "text|json|xml"? */
static bool
check_format(const struct request *request, const struct verb *verb,
    struct ih_error *err)
{
	const char *name = format_names[request->format];
	const char *formats = formats_of(verb);
	size_t size = strlen(name), next;

	for (const char *at = formats; *at != '\0';
	     at += next + (at[next] != '\0')) {
		next = strcspn(at, "|");
		if (next == size && strncmp(at, name, size) == 0)
			return true;
	}
	return ih_fail(err, IH_USAGE, "--format is one of %s", formats);
}

/* "ar,fr": the first is the language of the words, all are kept. */
static bool
take_languages(struct request *request, const char *tags, struct ih_error *err)
{
	char first[IH_TAG_TEXT] = "";
	size_t length = strcspn(tags, ",");

	if (length < sizeof first)
		memcpy(first, tags, length);
	if (!ih_tongue_parse(first, &request->tongue))
		return ih_fail(err, IH_USAGE,
		    "--lang is ar, fr or en, with a country where it matters "
		    "(ar-XX); several are joined by commas");
	request->languages = tags;
	return true;
}

static bool
take_option(struct request *request, enum option_id o, char *value,
    struct ih_error *err)
{
	/* Options that only keep their argument. */
	const char **kept[OPTIONS] = {
		[OPT_REGISTRY] = &request->registry,
		[OPT_PASSPHRASE] = &request->passphrase_file,
		[OPT_USER] = &request->user,
		[OPT_OUTPUT] = &request->output,
		[OPT_TO] = &request->to,
		[OPT_COMMITTEE] = &request->committee,
		[OPT_PERIOD] = &request->period,
		[OPT_FINGERPRINT] = &request->fingerprint,
		[OPT_ROOT] = &request->root,
		[OPT_RECEIPT] = &request->receipt,
		[OPT_FRAMEWORK] = &request->framework,
		[OPT_AUTHORISATION] = &request->authorisation,
		[OPT_TRUTH] = &request->truth,
		[OPT_POSITIVE] = &request->positive,
		[OPT_FROM] = &request->from,
		[OPT_INSTRUMENT] = &request->instrument,
		[OPT_ROLE] = &request->role,
		[OPT_NEW_PASSPHRASE] = &request->new_passphrase_file,
		[OPT_REASON] = &request->reason_file,
		[OPT_SHARES] = &request->shares,
		[OPT_THRESHOLD] = &request->threshold,
		[OPT_FOR] = &request->for_user,
		[OPT_AS] = &request->as,
		[OPT_KEYS] = &request->keys,
		[OPT_ERASURES] = &request->erasures,
		[OPT_PACK] = &request->pack,
		[OPT_SINCE] = &request->since,
		[OPT_PURPOSE] = &request->purpose,
		[OPT_CATEGORY] = &request->category,
		[OPT_UNTIL] = &request->until,
		[OPT_MODE] = &request->mode,
		[OPT_WITH] = &request->with,
		[OPT_BASIS] = &request->basis,
		[OPT_READ_IN] = &request->read_in,
		[OPT_PIN] = &request->pin_file,
		[OPT_PAPER] = &request->paper,
		[OPT_AREA] = &request->area,
		[OPT_STAMP_REQUEST] = &request->stamp_request,
		[OPT_STAMP_REPLY] = &request->stamp_reply,
		[OPT_LISTEN] = &request->listen,
		[OPT_CERTIFICATE] = &request->certificate,
		[OPT_PROXY] = &request->proxy,
	};

	if (kept[o] != NULL) {
		*kept[o] = value;
		return true;
	}
	switch (o) {
	case OPT_LANG:
		return take_languages(request, value, err);
	case OPT_FORMAT:
		return take_format(request, value, err);
	case OPT_NOW:
		request->world_is_given = true;
		return ih_instant_parse(value, &request->world.now) ||
		       ih_fail(err, IH_USAGE,
			   "--now is an instant as in 2026-03-04T10:00:00Z");
	case OPT_TRAINING:
		request->training = true;
		return true;
	case OPT_EXPLAIN:
		request->explain = true;
		return true;
	case OPT_PREVIEW:
		request->preview = true;
		return true;
	case OPT_PRIVATE:
		request->private_key = true;
		return true;
	case OPT_REVEAL:
		request->reveal = true;
		return true;
	case OPT_MINE:
		request->mine = true;
		return true;
	case OPT_OVERDUE:
		request->overdue = true;
		return true;
	case OPT_AWAITING:
		request->awaiting = true;
		return true;
	case OPT_WEEK:
		request->week = true;
		return true;
	case OPT_CALENDAR:
		request->calendar = true;
		return true;
	case OPT_UNREVIEWED:
		request->unreviewed = true;
		return true;
	case OPT_STOPPED:
		request->stopped = true;
		return true;
	case OPT_NO_ERASURES:
		request->no_erasures = true;
		return true;
	case OPT_BATCH:
		request->batch = true;
		return true;
	default:
		return true;
	}
}

/* Options may stand anywhere; GIVEN collects which there were. */
static bool
read_options(struct request *request, int argc, char **argv, uint64_t *given,
    struct ih_error *err)
{
	struct option known[OPTIONS + 1] = { { 0 } };
	int o;

	for (int i = 0; i < OPTIONS; i++)
		known[i] = (struct option){ options[i].name,
			options[i].argument != NULL, NULL, i + 256 };
	opterr = 0;
	optind = 0; /* a session of the web application comes here often */
	while ((o = getopt_long(argc, argv, ":ho:", known, NULL)) != -1) {
		if (o == 'h')
			o = OPT_HELP + 256;
		if (o == 'o')
			o = OPT_OUTPUT + 256;
		if (o == ':')
			return ih_fail(err, IH_USAGE,
			    "%s needs a value after it; see --help",
			    argv[optind - 1]);
		if (o == '?')
			return ih_fail(err, IH_USAGE,
			    "%.40s is not an option; see --help",
			    argv[optind - 1]);
		*given |= BIT(o - 256);
		if (!take_option(request, (enum option_id)(o - 256), optarg,
			err))
			return false;
	}
	return true;
}

static bool
check_words(const struct request *request, const struct verb *verb,
    uint64_t given, struct ih_error *err)
{
	for (int o = 0; o < OPTIONS; o++)
		if ((given & BIT(o)) != 0 && (verb->takes & BIT(o)) == 0)
			return ih_fail(err, IH_USAGE,
			    "does not take --%s; it is: ihala %s %s",
			    options[o].name, verb->name, verb->synopsis);
	if ((given & BIT(OPT_FORMAT)) != 0 && !check_format(request, verb, err))
		return false;
	if (request->count < verb->least ||
	    (verb->most >= 0 && request->count > verb->most))
		return ih_fail(err, IH_USAGE, "it is: ihala %s %s", verb->name,
		    verb->synopsis);
	return true;
}

/* xml/ and xslt/: $IHALA_DATA, or beside the program as installed
 * (../share/ihala), or above it as built. */
static struct ih_library *
open_library(struct ih_error *err)
{
	static const char *const places[] = { "/../share/ihala", "/..",
		"/../..", "/../../.." };
	const char *named = getenv("IHALA_DATA");
	char program[PATH_MAX], path[PATH_MAX + 48];
	ssize_t length;

	if (named != NULL && named[0] != '\0')
		return ih_library_open(named, err);
	length = readlink("/proc/self/exe", program, sizeof program - 1);
	if (length > 0) {
		program[length] = '\0';
		*strrchr(program, '/') = '\0';
		for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
			snprintf(path, sizeof path, "%s%s/xml/schema", program,
			    places[i]);
			if (access(path, R_OK) != 0)
				continue;
			path[strlen(path) - strlen("/xml/schema")] = '\0';
			return ih_library_open(path, err);
		}
	}
	ih_fail(err, IH_SYSTEM,
	    "the data folder (xml, xslt) is not beside the program; name it "
	    "in IHALA_DATA");
	return NULL;
}

bool
command_run(struct request *request, int argc, char **argv,
    struct ih_error *err)
{
	uint64_t given = 0;
	const struct verb *verb;

	if (!read_options(request, argc, argv, &given, err))
		return false;
	request->words = argv + optind;
	request->count = argc - optind;
	if ((given & BIT(OPT_VERSION)) != 0) {
		printf("ihala %s\n", IHALA_VERSION);
		return true;
	}
	if (request->count == 0) {
		bool asked = (given & BIT(OPT_HELP)) != 0;

		print_help(asked ? stdout : stderr, request, NULL);
		return asked || ih_fail(err, IH_USAGE, "say what to do");
	}
	verb = find_verb(request->words[0]);
	if (verb == NULL)
		return unknown_verb(request->words[0], err);
	request->verb = verb->name;
	request->words++;
	request->count--;
	if ((given & BIT(OPT_HELP)) != 0) {
		print_help(stdout, request, verb);
		return true;
	}
	if (!check_words(request, verb, given, err))
		return false;
	if (request->at_hand != NULL) {
		request->library = request->at_hand->library;
		return verb->run(request, err);
	}
	IH_OWNED(ih_library) library = open_library(err);
	request->library = library;
	return library != NULL && verb->run(request, err);
}
