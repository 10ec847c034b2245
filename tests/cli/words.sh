# ihala words: what people read, and which wording awaits somebody whose language it is.
. tests/cli/prelude.inc
awaiting() { # LANG: how many, as it is told, and as it is listed
	$IHALA words --unreviewed --lang "$1" --format xml 2> "$T/told" | grep -c 'review="awaited"' > "$T/listed"
	mask < "$T/told" > "$T/said"
	# Arabic has another word for three to ten than for eleven to ninety-nine.
	grep -o '[0-9]*' "$T/said" | head -n 1 | cmp -s - "$T/listed" && sed 's/[0-9][0-9]*/MANY/; s/صياغات/صياغة/' "$T/said"
}
for lang in ar fr en; do
	awaiting $lang
done
# the rest is taken from official texts, each with its source
$IHALA words --lang ar --format json 2> /dev/null | tr '{' '\n' | grep -c '"review":"done"' |
    awk '{ print ($1 > 40) ? "some are official" : "hardly any is official" }'
# an article of a law is quoted in its own language, and translated by us into another
line=$(sed -n '/<element .*article="448-1 al.1".*review="en"/=' xml/mechanism/MA.xml | head -n 1)
for lang in ar en; do
	$IHALA words --lang $lang --format xml 2> /dev/null |
	    awk -F: -v line="$line" '/mechanism\/MA.xml/ && $2 + 0 > line' | head -n 1 | grep -o 'review="[a-z]*"'
done
say --lang en words --unreviewed more
