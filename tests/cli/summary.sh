# ihala summary: what published tables give away, and whether they are right.
. tests/cli/prelude.inc
offices MA IOM
quietly MA case open $(grep -l 'committee="MA"' xml/example/*.xml)
quietly MA return --period 2026 -o "$T/MA.return"
at IOM summary attack "$T/MA.return"
quietly IOM region "$T/MA.return" -o "$T/region"
at IOM summary attack "$T/region" --format xml
at MA summary show --period 2026 -o "$T/exact.xml"
grep -o 'method="exact"' "$T/exact.xml"
at IOM summary attack "$T/exact.xml"
at IOM summary attack "$T/exact.xml" "$T/MA.return" | tail -n 2
at IOM region "$T/exact.xml" -o "$T/none"
at MA summary show --period 2026 | awk '$1 == "Table" || ($1 == "stage-sex" && $4 > 0)'
at MA summary check --period 2026
at MA summary check
at MA summary show --period last-year
# nobody invented becomes a record
at MA summary records --period 2026 --as json -o "$T/records"
at MA summary records --period 2026
at IOM summary attack "$T"/MA.trust
at IOM summary attack "$T/absent"
mkdir "$T/empty"
at IOM summary attack "$T/empty"
at IOM summary atack "$T/MA.return"

# ---- told once; then the same bytes, or a numbered restatement
part() { unzip -p "$T/$1" return.xml; }
at MA return --period 2026 -o "$T/again.return"
part MA.return > "$T/1"; part again.return > "$T/2"; cmp "$T/1" "$T/2" && echo "the same bytes"
at MA return --period 2026 --as restatement -o "$T/new.return"
at MA return --period 2026-H2 -o "$T/half.return"
at MA return --period 2026-05 -o "$T/month.return"
at MA return --period 2026 --as wish -o "$T/wish.return"
for n in 0 1 2 3 4 5 6 7; do
	sed "s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1a${n}00/" xml/example/01-indicated-fr.xml > "$T/more.xml"
	quietly MA case open "$T/more.xml"
done
at MA return --period 2026 -o "$T/late.return"
at MA return --period 2026 --as restatement -o "$T/new.return"
part new.return | grep -oE 'restatement="[0-9]+"|<change [^>]*>' | head -n 4
at IOM summary attack "$T/MA.return" "$T/new.return" | tail -n 2
at MA return --period 2026 --as suppressed -o "$T/exact.return"
ls "$T" | grep return

# ---- exports, and how soon those answer whom cases are sent to
at MA summary export "$T/MA.return" --as csv -o "$T/out.csv"
sed -n 2,3p "$T/out.csv"
at MA summary export "$T/MA.return" --as wish
at MA summary export "$T/absent" --as csv
offices TN EG
for one in MA TN EG; do
	for other in MA TN EG; do
		[ $one != $other ] || continue
		f=$($IHALA --registry "$T/$other" --passphrase-file "$T/pass" keys show --format xml 2>/dev/null |
		    sed -n 's/.*use="list".*fingerprint="\([^"]*\)".*/\1/p')
		quietly $one trust add "$T/$other.trust" --fingerprint "$f"
		quietly $one trust confirm $other --fingerprint "$f"
	done
done
hand() { # NUMBER WHOM: a case handed on, taken in five hours later
	sed "s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1b${1}00/" xml/example/01-indicated-fr.xml > "$T/more.xml"
	code=$(opened MA "$T/more.xml")
	quietly MA refer "$code" --to $2
	quietly MA send "$code" --to $2 -o "$T/$1.p7m"
	now='--now 2026-11-21T15:00:00Z'
	quietly $2 receive "$T/$1.p7m" --receipt "$T/$1.receipt"
	[ $1 = 5 ] || quietly MA receive "$T/$1.receipt"
	now='--now 2026-11-21T10:00:00Z'
}
for n in 1 2 3 4 5; do hand $n TN; done
hand 6 EG
at MA summary quality --period 2026
at MA summary quality --period 2025

# ---- a person of two cases stands once in each table
persons() {
	$IHALA --registry "$T/MA" --passphrase-file "$T/pass" $now summary show --period 2026 --format xml 2> /dev/null |
	    sed -n 's/.*table="outcome-sex".*number="\([^"]*\)".*/\1/p' | awk '{ n += $1 } END { print n }'
}
first=$($IHALA --registry "$T/MA" --passphrase-file "$T/pass" case list --format xml 2> /dev/null |
    sed -n 's/.*code="\([^"]*\)".*/\1/p' | head -n 1)
before=$(persons)
at MA person link $first $code --as companion
echo "fewer: $((before - $(persons)))"
at MA person unlink $first $code
at MA person link $first $code --as same
echo "fewer: $((before - $(persons)))"
at MA summary check --period 2026
