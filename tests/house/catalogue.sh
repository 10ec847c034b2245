# a catalogue with a fault does not build, and the file and key are named
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0

word() { # KEY AR FR EN [MORE]
	printf '<word key="%s" review="project"><text xml:lang="ar">%s</text>' "$1" "$2"
	printf '<text xml:lang="fr">%s</text><text xml:lang="en">%s</text>%s</word>\n' "$3" "$4" "$5"
}
file() { # NAME, words from standard input
	{ echo '<words xmlns="urn:ihala:words:1">'; cat; echo '</words>'; } > "$work/$1.xml"
}
refuses() { # SENTENCE, and what the message must hold
	sh src/xml/words.sh "$work/gen" "$work"/*.xml > "$work/said" 2>&1
	status=$?
	if [ $status = 0 ] || ! grep -qF -- "$2" "$work/said"; then
		echo "not refused as it should be: $1"
		cat "$work/said"
		bad=1
	fi
	rm -f "$work"/*.xml
}
builds() { # SENTENCE
	if ! sh src/xml/words.sh "$work/gen" "$work"/*.xml > "$work/said" 2>&1; then
		echo "does not build: $1"
		cat "$work/said"
		bad=1
	fi
	rm -f "$work"/*.xml
}
six='zero {a} one {b} two {c} few {#} many {#} other {#}'
two='one {#} other {#}'

word a.b أ b c | file one
builds "one word"
word a.b "{0, plural, $six} {1}" "{0, plural, $two} {1}" "{0, plural, =0 {l''a} $two} {1}" | file one
builds "a plural"
builds "no file at all"
word a.b أ "l'un" "#?? \"x\" \\" '<text xml:lang="ar-MA">م</text>' | file one
builds "characters that C knows"

word a.b أ b c | file one
word a.b أ b c | file two
refuses "a key in two files" "$work/two.xml: key a.b: stands in $work/one.xml too"
{ word a.b-c أ b c; word a.b.c أ b c; } | file one
refuses "two keys with one macro" "key a.b.c: has the same macro as a.b-c"
echo '<word key="a.b" review="project"><text xml:lang="ar">a</text><text xml:lang="en">c</text></word>' | file one
refuses "no French" "$work/one.xml"
word a.b أ " " c | file one
refuses "an empty text" "$work/one.xml: key a.b (fr): has no text"
word a.b أ b c '<text xml:lang="ar-MA">1</text><text xml:lang="ar-MA">2</text>' | file one
refuses "one variant twice" "key a.b (ar-MA): stands twice"
word a.b أ b c '<text xml:lang="ar-XX">1</text>' | file one
refuses "a variant that the schema does not have" "$work/one.xml"
word A.b أ b c | file one
refuses "a key in capitals" "$work/one.xml"
word a.b أ 'b {' c | file one
refuses "a brace alone" "$work/one.xml: key a.b (fr)"
word a.b أ b 'c }' | file one
refuses "a closing brace alone" "key a.b (en): a } without its {"
word a.b '{0' '{0}' '{0}' | file one
refuses "a placeholder without its end" "key a.b (ar)"
word a.b '{name}' '{name}' '{name}' | file one
refuses "a placeholder with a name" "key a.b (ar): after a { expected a number"
word a.b "{0, plural, $six}" '{0, plural, one {#}}' "{0, plural, $two}" | file one
refuses "a plural without other" "key a.b (fr): a plural without the form other"
word a.b "{0, plural, $two}" "{0, plural, $two}" "{0, plural, $two}" | file one
refuses "Arabic with two forms" "key a.b (ar): a plural without the form zero"
for form in zero one two few many other; do
	word a.b "{0, plural, $(echo "$six" | sed "s/$form {[^}]*}//")}" \
	    "{0, plural, $two}" "{0, plural, $two}" | file one
	refuses "Arabic without $form" "key a.b (ar): a plural without the form $form"
done
word a.b أ b c "<text xml:lang=\"ar-MA\">{0, plural, $two}</text>" | file one
refuses "a variant with two forms" "key a.b (ar-MA): a plural without the form zero"
word a.b "{0, plural, $six}" "{0, plural, $two" "{0, plural, $two}" | file one
refuses "a plural without its end" "key a.b (fr)"
word a.b "{0, plural, $six fews {x}}" "{0, plural, $two}" "{0, plural, $two}" | file one
refuses "a form that no language has" "key a.b (ar): a plural form fews that no language has"
word a.b "{0, plural, $six}" "{0, plural, $two one {x}}" "{0, plural, $two}" | file one
refuses "a form twice" "key a.b (fr): a plural with two forms one"
word a.b "{0, select, x {y} other {z}}" "{0}" "{0}" | file one
refuses "a select" "key a.b (ar): after a { expected a number"
word a.b "{0}" "{0}" "c" | file one
refuses "an argument that one language lacks" "key a.b (ar): does not take the same arguments as en"
word a.b "{0}" "l'{0}" "{0}" | file one
refuses "an apostrophe that would quote" "key a.b (fr): an apostrophe before {; write it twice"
word a.b أ "l''un" c | file one
refuses "an apostrophe that would be seen twice" "key a.b (fr): a doubled apostrophe"
echo '<word key="a.b"' | file one
refuses "a file that is not well-formed" "$work/one.xml"

word a.b أ b c | file one
sh src/xml/words.sh "$work/gen" "$work"/*.xml
touch -d '2000-01-01' "$work"/gen/words_*
sh src/xml/words.sh "$work/gen" "$work"/*.xml
if [ -n "$(find "$work/gen" -name 'words_*' -newermt 2001-01-01)" ]; then
	echo "files were written anew without a change"
	bad=1
fi
word a.b أ b d | file one
sh src/xml/words.sh "$work/gen" "$work"/*.xml
if [ -n "$(find "$work/gen" -name words_keys.h -newermt 2001-01-01)" ] ||
    [ -z "$(find "$work/gen" -name words_table.inc -newermt 2001-01-01)" ]; then
	echo "a text that changed did not change the table alone"
	bad=1
fi
exit $bad
