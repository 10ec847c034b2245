/* This is where a validation is written, for people and for programs. */
#include "validation.h"

#include <string.h>

#include "form.h"
#include "ihala/assess.h"
#include "ihala/node.h"
#include "listing.h"
#include "words_keys.h"

static const char *const by_names[BYS] = {
	[BY_ALL] = "all",
	[BY_SEX] = "sex",
	[BY_AGE] = "age",
	[BY_INSTRUMENT] = "instrument",
};

static const char *const end_names[IH_ENDS] = {
	[IH_LEAST] = "least",
	[IH_MOST] = "most",
};

/* ---- for programs */

static void
form_interval(struct form *f, const char *method,
    const struct ih_interval *interval)
{
	form_open(f, "interval", true);
	form_text(f, "method", method);
	form_decimal(f, "low", interval->low);
	form_decimal(f, "high", interval->high);
	form_close(f);
}

static void
form_estimate(struct form *f, const struct ih_confusion *table,
    enum ih_measure measure, enum ih_end end)
{
	struct ih_estimate e = ih_estimate(table, measure, end);

	form_open(f, "measure", true);
	form_text(f, "name", ih_measure_name(measure));
	if (ih_confusion_is_open(table))
		form_text(f, "end", end_names[end]);
	if (ih_measure_is_share(measure)) {
		form_count(f, "events", e.events);
		form_count(f, "of", e.of);
	}
	if (e.known)
		form_decimal(f, "estimate", e.value);
	form_list(f, "intervals");
	for (int m = 0; m < IH_METHODS; m++)
		if (e.has[m])
			form_interval(f, ih_method_name((enum ih_method)m),
			    &e.intervals[m]);
	form_list_end(f);
	form_close(f);
}

static void
form_measures(struct form *f, const struct ih_confusion *table)
{
	int ends = ih_confusion_is_open(table) ? IH_ENDS : 1;

	form_list(f, "measures");
	for (int m = 0; m < IH_MEASURES; m++)
		for (int end = 0; end < ends; end++)
			form_estimate(f, table, (enum ih_measure)m,
			    (enum ih_end)end);
	form_list_end(f);
}

static void
form_confusion(struct form *f, const struct ih_confusion *table)
{
	form_count(f, "tp", table->tp);
	form_count(f, "fn", table->fn);
	form_count(f, "fp", table->fp);
	form_count(f, "tn", table->tn);
}

static void
form_pins(struct form *f, const struct pins *pins)
{
	form_text(f, "version", pins->version);
	form_text(f, "digest", pins->digest);
	form_text(f, "framework", pins->framework);
	form_text(f, "framework-version", pins->framework_version);
	form_text(f, "framework-digest", pins->framework_digest);
}

static void
form_group(struct form *f, const struct validation *v,
    const struct group *group)
{
	form_open(f, "group", true);
	form_text(f, "by", by_names[group->by]);
	if (group->by != BY_ALL)
		form_text(f, "code", group->code);
	if (group->pins != NULL)
		form_pins(f, group->pins);
	form_list(f, "outcomes");
	for (int r = 0; r < IH_READINGS; r++) {
		enum ih_reading reading = (enum ih_reading)r;

		form_open(f, "outcome", true);
		form_text(f, "name", ih_reading_name(reading));
		form_count(f, "confirmed",
		    ih_cross_read(&group->cross, true, reading));
		form_count(f, "not-confirmed",
		    ih_cross_read(&group->cross, false, reading));
		form_close(f);
	}
	form_list_end(f);
	form_list(f, "thresholds");
	for (size_t i = 0; i < v->positive_count; i++) {
		struct ih_confusion table =
		    ih_cross_at(&group->cross, v->positive[i]);

		form_open(f, "threshold", true);
		form_text(f, "positive", ih_level_name(v->positive[i]));
		form_confusion(f, &table);
		form_count(f, "open-confirmed", table.open_confirmed);
		form_count(f, "open-not-confirmed", table.open_other);
		form_measures(f, &table);
		form_close(f);
	}
	form_list_end(f);
	form_close(f);
}

static void
form_study(struct form *f, const struct ih_study *study)
{
	form_open(f, "study", true);
	form_text(f, "label", study->label);
	form_text(f, "reconstructed", study->reconstructed ? "true" : NULL);
	form_text(f, "instrument", study->instrument);
	form_text(f, "sex", study->sex);
	form_text(f, "age", study->age);
	form_confusion(f, &study->counts);
	form_measures(f, &study->counts);
	form_list(f, "printed");
	for (size_t i = 0; i < study->printed_count; i++) {
		const struct ih_printed *p = &study->printed[i];

		form_open(f, "printed", true);
		form_text(f, "measure", ih_measure_name(p->measure));
		form_text(f, "estimate", p->estimate);
		form_text(f, "low", p->low);
		form_text(f, "high", p->high);
		form_close(f);
	}
	form_list_end(f);
	form_close(f);
}

static void
form_agreement(struct form *f, const struct validation *v)
{
	form_open(f, "agreement", false);
	form_count(f, "pairs", v->kappa.pairs);
	form_count(f, "agreed", v->kappa.agreed);
	form_count(f, "single", v->single);
	if (v->kappa.known)
		form_decimal(f, "kappa", v->kappa.value);
	if (v->kappa.has_interval) {
		form_decimal(f, "kappa-low", v->kappa.interval.low);
		form_decimal(f, "kappa-high", v->kappa.interval.high);
	}
	if (v->alpha_known)
		form_decimal(f, "alpha", v->alpha);
	form_close(f);
}

static void
form_tally(struct form *f, const struct tally *tally)
{
	form_count(f, "compared", tally->compared);
	form_count(f, "training", tally->training);
	form_count(f, "declined", tally->declined);
	form_count(f, "without-determination", tally->no_verdict);
	form_count(f, "without-interview", tally->no_interview);
	form_count(f, "refused", tally->refused);
}

static bool
add_form(const struct validation *v, bool is_json, struct ih_buffer *out,
    struct ih_error *err)
{
	struct form f = form_start(is_json, out, "quality");

	form_text(&f, "engine", IH_ENGINE_VERSION);
	form_tally(&f, &v->tally);
	form_list(&f, "groups");
	for (size_t i = 0; i < v->group_count; i++)
		form_group(&f, v, &v->groups[i]);
	form_list_end(&f);
	form_agreement(&f, v);
	form_list(&f, "studies");
	for (size_t i = 0; i < v->truth->study_count; i++)
		form_study(&f, &v->truth->studies[i]);
	form_list_end(&f);
	return form_end(&f, err);
}

/* ---- for people */

static const char *
text_of(struct request *request, const xmlNode *node, const char *otherwise)
{
	struct ih_texts texts;
	const char *text = NULL;

	if (node != NULL) {
		texts = ih_texts_read(request->arena, node);
		text = ih_texts_say(&texts, request->tongue);
	}
	return text != NULL ? text : otherwise;
}

const char *
validation_title(const struct validation *validation, struct request *request,
    const char *variable, const char *code)
{
	const xmlNode *v = ih_child(xmlDocGetRootElement(
					validation->definitions),
			  "variable"),
		      *c;

	while (v != NULL && strcmp(ih_attr(v, "id"), variable) != 0)
		v = ih_next(v, "variable");
	if (v == NULL)
		return code;
	c = ih_child(v, "category");
	while (c != NULL && strcmp(ih_attr(c, "code"), code) != 0)
		c = ih_next(c, "category");
	return ih_say(request->arena, request->tongue, W_QUALITY_GROUP,
	    IH_ARG(text_of(request, ih_child(v, "title"), variable)),
	    IH_ARG(text_of(request, c, code)));
}

static const char *
number(struct request *request, uint64_t count)
{
	return ih_arena_printf(request->arena, "%llu",
	    (unsigned long long)count);
}

/* With the point of the user's language. */
static const char *
decimal(struct request *request, double value)
{
	char text[32];
	size_t whole;

	snprintf(text, sizeof text, "%.2f", value);
	whole = strcspn(text, ".");
	return ih_arena_printf(request->arena, "%.*s%s%s", (int)whole, text,
	    word(request, W_QUALITY_POINT), text + whole + 1);
}

/* A decimal of a truth file, with the point of the user's language. */
static const char *
localised(struct request *request, const char *text)
{
	size_t whole = strcspn(text, ".");

	return text[whole] == '\0' ?
		   text :
		   ih_arena_printf(request->arena, "%.*s%s%s", (int)whole, text,
		       word(request, W_QUALITY_POINT), text + whole + 1);
}

static const char *
range(struct request *request, const char *low, const char *high)
{
	return low == NULL || high == NULL ?
		   "" :
		   ih_say(request->arena, request->tongue, W_QUALITY_RANGE,
		       IH_ARG(low), IH_ARG(high));
}

static const char *
interval(struct request *request, const struct ih_estimate *e,
    enum ih_method method, double by)
{
	return !e->has[method] ?
		   "" :
		   range(request,
		       decimal(request, by * e->intervals[method].low),
		       decimal(request, by * e->intervals[method].high));
}

static const char *
part_of(struct request *request, uint64_t events, uint64_t of)
{
	return ih_say(request->arena, request->tongue, W_QUALITY_OF,
	    IH_ARG(number(request, events)), IH_ARG(number(request, of)));
}

static const char *
measure_word(struct request *request, enum ih_measure measure)
{
	char key[40];

	snprintf(key, sizeof key, "quality.%s", ih_measure_name(measure));
	return word(request, key);
}

static const char *
named_end(struct request *request, enum ih_measure measure, enum ih_end end,
    bool open)
{
	const char *name = measure_word(request, measure);

	return !open ? name :
		       ih_say(request->arena, request->tongue,
			   end == IH_LEAST ? W_QUALITY_LEAST : W_QUALITY_MOST,
			   IH_ARG(name));
}

static void
heading(const char *mark, const char *text)
{
	printf("%s%s%s\n", mark, mark[0] != '\0' ? " " : "", text);
}

static void
add_share(struct listing *list, struct request *request,
    const struct ih_estimate *e, const char *name)
{
	LISTING_ADD(list, name, part_of(request, e->events, e->of),
	    e->known ? decimal(request, 100 * e->value) :
		       word(request, W_QUALITY_NONE),
	    interval(request, e, IH_WILSON, 100),
	    interval(request, e, IH_CLOPPER_PEARSON, 100));
}

static void
add_ratio(struct listing *list, struct request *request,
    const struct ih_estimate *e, const char *name)
{
	LISTING_ADD(list, name,
	    e->known ? decimal(request, e->value) :
		       word(request, W_QUALITY_NONE),
	    interval(request, e, IH_LOG, 1));
}

static bool
print_measures(const struct ih_confusion *table, struct request *request,
    struct ih_error *err)
{
	static const struct column share_columns[] = {
		{ "measure", W_QUALITY_MEASURE, false },
		{ "count", W_QUALITY_COUNT, false },
		{ "percent", W_QUALITY_PERCENT, false },
		{ "wilson", W_QUALITY_WILSON, false },
		{ "exact", W_QUALITY_EXACT, false },
	};
	static const struct column ratio_columns[] = {
		{ "measure", W_QUALITY_MEASURE, false },
		{ "ratio", W_QUALITY_RATIO, false },
		{ "log", W_QUALITY_LOG, false },
	};
	struct listing shares =
	    LISTING(request, "shares", "share", share_columns);
	struct listing ratios =
	    LISTING(request, "ratios", "ratio", ratio_columns);
	bool open = ih_confusion_is_open(table);

	for (int i = 0; i < IH_MEASURES * (open ? IH_ENDS : 1); i++) {
		enum ih_measure m = (enum ih_measure)(open ? i / 2 : i);
		enum ih_end end = open ? (enum ih_end)(i % 2) : IH_LEAST;
		struct ih_estimate e = ih_estimate(table, m, end);
		const char *name = named_end(request, m, end, open);

		if (ih_measure_is_share(m))
			add_share(&shares, request, &e, name);
		else
			add_ratio(&ratios, request, &e, name);
	}
	return listing_print(&shares, request, err) &&
	       listing_print(&ratios, request, err);
}

static bool
print_cross(const struct ih_cross *cross, struct request *request,
    struct ih_error *err)
{
	static const struct column columns[] = {
		{ "determination", W_QUALITY_DETERMINATION, false },
		{ "indicated", W_OUTCOME_INDICATED, true },
		{ "possible", W_OUTCOME_POSSIBLE, true },
		{ "undetermined", W_OUTCOME_UNDETERMINED, true },
		{ "no-indication", W_OUTCOME_NO_INDICATION, true },
	};
	struct listing list = LISTING(request, "outcomes", "outcome", columns);

	for (int confirmed = 1; confirmed >= 0; confirmed--) {
		const char *cells[1 + IH_READINGS];

		cells[0] = word(request,
		    confirmed ? W_QUALITY_CONFIRMED : W_QUALITY_NOT_CONFIRMED);
		for (int r = 0; r < IH_READINGS; r++)
			cells[1 + r] =
			    number(request, ih_cross_read(cross, confirmed,
						(enum ih_reading)r));
		listing_add(&list, cells);
	}
	return listing_print(&list, request, err);
}

static bool
print_group(const struct validation *v, const struct group *group,
    struct request *request, struct ih_error *err)
{
	heading("==", group->title);
	if (group->pins != NULL)
		heading("", group->pins->sentence);
	if (!print_cross(&group->cross, request, err))
		return false;
	for (size_t i = 0; i < v->positive_count; i++) {
		struct ih_confusion table =
		    ih_cross_at(&group->cross, v->positive[i]);

		heading("--", word(request, v->positive[i] == IH_INDICATED ?
						W_QUALITY_POSITIVE_INDICATED :
						W_QUALITY_POSITIVE_POSSIBLE));
		if (!print_measures(&table, request, err))
			return false;
	}
	return true;
}

static bool
print_printed(const struct ih_study *study, struct request *request,
    struct ih_error *err)
{
	static const struct column columns[] = {
		{ "measure", W_QUALITY_PRINTED, false },
		{ "estimate", W_QUALITY_ESTIMATE, false },
		{ "interval", W_QUALITY_INTERVAL, false },
	};
	struct listing list = LISTING(request, "printed", "row", columns);

	for (size_t i = 0; i < study->printed_count; i++) {
		const struct ih_printed *p = &study->printed[i];

		LISTING_ADD(&list, measure_word(request, p->measure),
		    localised(request, p->estimate),
		    p->low == NULL ? "" :
				     range(request, localised(request, p->low),
					 localised(request, p->high)));
	}
	return list.count == 0 || listing_print(&list, request, err);
}

/* Of whom the study is, and by which questions. */
static void
print_stratum(const struct validation *v, const struct ih_study *study,
    struct request *request)
{
	if (study->sex != NULL)
		heading("", validation_title(v, request, "sex", study->sex));
	if (study->age != NULL)
		heading("", validation_title(v, request, "age", study->age));
	if (study->instrument != NULL)
		heading("",
		    ih_say(request->arena, request->tongue, W_QUALITY_GROUP,
			IH_ARG(word(request, W_QUALITY_INSTRUMENT)),
			IH_ARG(study->instrument)));
}

static bool
print_study(const struct validation *v, const struct ih_study *study,
    struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "determination", W_QUALITY_DETERMINATION, false },
		{ "positive", W_QUALITY_POSITIVE, true },
		{ "negative", W_QUALITY_NEGATIVE, true },
	};
	struct listing list = LISTING(request, "counts", "row", columns);
	const struct ih_confusion *t = &study->counts;

	heading("==", study->label);
	print_stratum(v, study, request);
	if (study->reconstructed)
		heading("", word(request, W_QUALITY_RECONSTRUCTED));
	LISTING_ADD(&list, word(request, W_QUALITY_CONFIRMED),
	    number(request, t->tp), number(request, t->fn));
	LISTING_ADD(&list, word(request, W_QUALITY_NOT_CONFIRMED),
	    number(request, t->fp), number(request, t->tn));
	return listing_print(&list, request, err) &&
	       print_measures(t, request, err) &&
	       print_printed(study, request, err);
}

static bool
print_agreement(const struct validation *v, struct request *request,
    struct ih_error *err)
{
	static const struct column columns[] = {
		{ "measure", W_QUALITY_MEASURE, false },
		{ "value", W_QUALITY_VALUE, false },
		{ "interval", W_QUALITY_INTERVAL, false },
	};
	struct listing list = LISTING(request, "agreement", "row", columns);
	const struct ih_agreement *k = &v->kappa;
	const char *none = word(request, W_QUALITY_NONE);

	if (k->pairs == 0)
		return true;
	heading("==", word(request, W_QUALITY_AGREEMENT));
	LISTING_ADD(&list, word(request, W_QUALITY_AGREED),
	    part_of(request, k->agreed, k->pairs), "");
	LISTING_ADD(&list, word(request, W_QUALITY_SINGLE),
	    number(request, v->single), "");
	LISTING_ADD(&list, word(request, W_QUALITY_KAPPA),
	    k->known ? decimal(request, k->value) : none,
	    k->has_interval ? range(request, decimal(request, k->interval.low),
				  decimal(request, k->interval.high)) :
			      "");
	LISTING_ADD(&list, word(request, W_QUALITY_ALPHA),
	    v->alpha_known ? decimal(request, v->alpha) : none, "");
	return listing_print(&list, request, err);
}

static bool
print_tally(const struct tally *tally, struct request *request,
    struct ih_error *err)
{
	const struct counted rows[] = {
		{ W_QUALITY_COMPARED, tally->compared },
		{ W_QUALITY_TRAINING, tally->training },
		{ W_QUALITY_DECLINED, tally->declined },
		{ W_QUALITY_NO_VERDICT, tally->no_verdict },
		{ W_QUALITY_NO_INTERVIEW, tally->no_interview },
		{ W_QUALITY_REFUSED, tally->refused },
	};
	return listing_print_counts(request, W_QUALITY_READ, W_QUALITY_COUNT,
	    rows, sizeof rows / sizeof rows[0], err);
}

static bool
has_open(const struct validation *v)
{
	for (size_t i = 0; i < v->positive_count && v->group_count > 0; i++) {
		struct ih_confusion table =
		    ih_cross_at(&v->groups[0].cross, v->positive[i]);

		if (ih_confusion_is_open(&table))
			return true;
	}
	return false;
}

static bool
print_text(const struct validation *v, struct request *request,
    struct ih_error *err)
{
	bool has_rows = v->truth->verdict_count > 0;

	if (has_rows && !print_tally(&v->tally, request, err))
		return false;
	if (has_open(v))
		heading("", word(request, W_QUALITY_OPEN));
	for (size_t i = 0; i < v->group_count; i++)
		if (!print_group(v, &v->groups[i], request, err))
			return false;
	if (!print_agreement(v, request, err))
		return false;
	for (size_t i = 0; i < v->truth->study_count; i++)
		if (!print_study(v, &v->truth->studies[i], request, err))
			return false;
	return true;
}

bool
validation_print(const struct validation *validation, struct request *request,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	if (request->format == FORMAT_TEXT)
		return print_text(validation, request, err);
	return add_form(validation, request->format == FORMAT_JSON, out, err) &&
	       put_output(request, out->data, out->size, err);
}
