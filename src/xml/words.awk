# words.awk - checks the catalogue and writes it as C.
#
#	awk -v keys=FILE -v table=FILE -v tags=FILE -f words.awk LINES
#
# A line is one word as src/xml/words.xsl writes it: key, file, review, then
# TAG=TEXT fields, each after a tab; the lines are sorted by key.  What is
# wrong is said with file and key, and nothing is written.
BEGIN {
	FS = "\t"
	split("ar fr en", must, " ")
	for (columns = 1; columns in must; columns++) column[columns] = must[columns]
	columns--
	forms["ar"] = "zero one two few many other"
	forms["fr"] = "one other"
	forms["en"] = "one other"
	exists["zero"] = exists["one"] = exists["two"] = exists["few"] = 1
	exists["many"] = exists["other"] = 1
}

function fail(what) {
	print place ": " what > "/dev/stderr"
	bad = 1
	at = length(text) + 1	# no second complaint about one text
	stopped = 1
}

# A pattern from `at' to the end, or to the } that ends a form of a plural.
function message(depth,    c) {
	while (at <= length(text)) {
		c = substr(text, at, 1)
		if (c == "{") {
			argument(depth)
		} else if (c == "}") {
			if (depth == 0) fail("a } without its {")
			return
		} else if (c == "'") {
			apostrophe()
		} else {
			at++
		}
	}
	if (depth > 0 && !stopped) fail("a { without its }")
}

function apostrophe(    next_one) {
	next_one = substr(text, at + 1, 1)
	if (next_one == "'") {
		doubled = 1
		at += 2
	} else {
		if (next_one ~ /[{}#]/ && next_one != "")
			fail("an apostrophe before " next_one "; write it twice")
		single = 1
		at++
	}
}

# {0} or {0, plural, form {message} ...}
function argument(depth,    rest) {
	rest = substr(text, at)
	if (match(rest, /^[{][ ]*[0-9][ ]*[}]/)) {
		used[substr(rest, match(rest, /[0-9]/), 1)] = 1
		match(rest, /^[{][ ]*[0-9][ ]*[}]/)
		at += RLENGTH
	} else if (match(rest, /^[{][ ]*[0-9][ ]*,[ ]*plural[ ]*,/)) {
		at += RLENGTH
		match(rest, /[0-9]/)
		used[substr(rest, RSTART, 1)] = 1
		if (depth > 0) fail("a plural inside a plural")
		else plural()
	} else {
		fail("after a { expected a number from 0 to 9 and }, or " \
		    "\", plural,\" and its forms")
	}
}

function plural(    seen, rest, form, list, n, i) {
	seen = " "
	for (;;) {
		rest = substr(text, at)
		if (match(rest, /^[ ]*[}]/)) { at += RLENGTH; break }
		if (!match(rest, /^[ ]*(=[0-9]+|[a-z]+)[ ]*[{]/)) {
			fail("a plural without a { for each form, or without its }")
			return
		}
		form = substr(rest, 1, RLENGTH - 1)
		gsub(/ /, "", form)
		at += RLENGTH
		if (form !~ /^=/ && !(form in exists)) {
			fail("a plural form " form " that no language has")
			return
		}
		if (index(seen, " " form " ") > 0) {
			fail("a plural with two forms " form)
			return
		}
		seen = seen form " "
		message(1)
		at++
		if (stopped) return
	}
	n = split(forms[substr(tag, 1, 2)], list, " ")
	for (i = 1; i <= n; i++)
		if (index(seen, " " list[i] " ") == 0) {
			fail("a plural without the form " list[i])
			return
		}
}

# The arguments a text takes, as "0 1 ".
function arguments_of(    i, list) {
	list = ""
	for (i = 0; i <= 9; i++) if (i in used) list = list i " "
	return list
}

function check_text(    i) {
	for (i = 0; i <= 9; i++) delete used[i]
	at = 1; stopped = doubled = single = 0
	message(0)
	if (stopped) return
	takes[tag] = arguments_of()
	if (doubled && takes[tag] == "")
		fail("a doubled apostrophe in a text without arguments; write it once")
}

function macro_of(key) {
	gsub(/[.-]/, "_", key)
	return "W_" toupper(key)
}

function literal(value) {
	gsub(/\\/, "\\\\", value)
	gsub(/"/, "\\\"", value)
	gsub(/[?]/, "\\?", value)	# no trigraph
	return "\"" value "\""
}

{
	key = $1; place = $2 ": key " key
	text = ""
	if (key in file) {
		fail("stands in " file[key] " too")
		next
	}
	file[key] = $2
	review[key] = $3
	order[++words] = key
	macro = macro_of(key)
	if (macro in claimed) fail("has the same macro as " claimed[macro])
	claimed[macro] = key
	for (tag in takes) delete takes[tag]
	for (i = 4; i <= NF; i++) {
		tag = substr($i, 1, index($i, "=") - 1)
		text = substr($i, index($i, "=") + 1)
		place = $2 ": key " key " (" tag ")"
		if ((key, tag) in texts) fail("stands twice")
		if (text == "") fail("has no text")
		texts[key, tag] = text
		if (!(tag in known) && tag != "ar" && tag != "fr" && tag != "en") {
			known[tag] = 1
			column[++columns] = tag
		}
		check_text()
	}
	for (i = 1; i in must; i++)
		if (!((key, must[i]) in texts)) {
			place = $2 ": key " key
			fail("has no text in " must[i])
		}
	for (tag in takes)
		if (takes[tag] != takes["en"]) {
			place = $2 ": key " key " (" tag ")"
			fail("does not take the same arguments as en")
		}
}

END {
	if (bad) exit 1
	print "/* Made from xml/words: a macro for each key of the catalogue. */" > keys
	print "#ifndef IHALA_WORDS_KEYS_H\n#define IHALA_WORDS_KEYS_H\n" > keys
	for (w = 1; w <= words; w++)
		print "#define " macro_of(order[w]) " " literal(order[w]) > keys
	print "\n#endif" > keys
	# Variants in one order, whatever file named them first.
	for (i = 5; i <= columns; i++)
		for (j = i; j > 4 && column[j] < column[j - 1]; j--) {
			swap = column[j]; column[j] = column[j - 1]; column[j - 1] = swap
		}
	print "/* Made from xml/words: the columns of the table. */" > tags
	for (i = 1; i <= columns; i++) print literal(column[i]) "," > tags
	print "/* Made from xml/words, sorted by key. */" > table
	for (w = 1; w <= words; w++) {
		key = order[w]
		print "{ " literal(key) ", " literal(review[key]) ", {" > table
		for (i = 1; i <= columns; i++)
			print "\t" (((key, column[i]) in texts) ? literal(texts[key, column[i]]) : "NULL") "," > table
		print "} }," > table
	}
}
