# ihala return --as masked: numbers that say nothing alone; ihala region --as masked: their exact sum.
. tests/cli/prelude.inc
offices MA EG TN IOM
for office in MA EG TN; do
	quietly $office case open $(grep -l "committee=\"$office\"" xml/example/*.xml)
done
at MA return TN EG --period 2026 --as masked -o "$T/MA.masked"
at EG return MA TN --period 2026 --as masked -o "$T/EG.masked"
at TN return EG MA --period 2026 --as masked -o "$T/TN.masked"
unzip -p "$T/MA.masked" masked.xml > "$T/masked.xml"
xmllint --noout --relaxng xml/schema/masked.rng "$T/masked.xml" 2>&1 | sed "s|$T|T|"
grep -o 'party committee="[A-Z]*"' "$T/masked.xml"
echo "numbers below a million in the file of one: $(grep -cE '>00000000000' "$T/masked.xml")"

# ---- the sum is that of what each office counts
sum() {
	$IHALA --registry "$T/IOM" --passphrase-file "$T/pass" --lang en $now region "$@" --as masked --format xml 2> /dev/null
}
sum "$T/TN.masked" "$T/MA.masked" "$T/EG.masked" | grep -o '<cell [^>]*>' |
    sed 's/.*table="\([^"]*\)" row="\([^"]*\)" column="\([^"]*\)".*exact="\([^"]*\)".*/\1 \2 \3 \4/' > "$T/sum"
for office in MA EG TN; do
	$IHALA --registry "$T/$office" --passphrase-file "$T/pass" $now summary show --period 2026 --format xml 2> /dev/null |
	    grep -o '<cell [^>]*>'
done | sed 's/.*table="\([^"]*\)" row="\([^"]*\)" column="\([^"]*\)" number="\([^"]*\)".*/\1 \2 \3 \4/' |
    awk '{ n[$1 " " $2 " " $3] += $4 } END { for (k in n) print k, n[k] }' | sort > "$T/each"
sort "$T/sum" | cmp - "$T/each" && echo "$(awk '$4 > 0' "$T/sum" | wc -l) numbers that are not 0, each the sum of three"
at IOM region "$T/MA.masked" "$T/EG.masked" "$T/TN.masked" --as masked | grep -E '^(Table|outcome-sex)|Sum' | sed 's/.*Sum of/Sum of/'

# ---- told once: the same numbers again, whatever was opened since; to no other group
quietly MA case open xml/example/01-indicated-fr.xml
at MA return TN EG --period 2026 --as masked -o "$T/again.masked"
unzip -p "$T/again.masked" masked.xml | cmp - "$T/masked.xml" && echo "as it was given"
at MA return EG IOM --period 2026 --as masked -o "$T/other.masked"
at MA return TN EG --period 2025 --as masked -o "$T/MA-2025.masked"

# ---- what is no sum
at IOM region "$T/MA.masked" "$T/TN.masked" --as masked
at IOM region "$T/MA.masked" "$T/TN.masked" "$T/EG.masked" "$T/again.masked" --as masked
at IOM region "$T/MA-2025.masked" "$T/TN.masked" "$T/EG.masked" --as masked
at IOM region "$T/MA.masked" -o "$T/region"
at IOM region "$T/MA.masked" --as exact
quietly MA return --period 2026 -o "$T/MA.return"
at IOM region "$T/MA.return" --as masked
at MA return EG --period 2026 --as masked -o "$T/two.masked"
at MA return EG ZZ --period 2026 --as masked -o "$T/two.masked"
at MA return EG TN --period 2026-05 --as masked -o "$T/two.masked"
at MA return EG TN --period 2026 -o "$T/two.return"
ls "$T" | grep -E 'two|other'

# ---- who counts no cases sees no small number
echo "another invented passphrase" > "$T/analyst"
at IOM user register analyst --role analyst --new-passphrase-file "$T/analyst"
at IOM user admit analyst
$IHALA --registry "$T/IOM" --passphrase-file "$T/analyst" --user analyst --lang en $now \
    region "$T/again.masked" "$T/EG.masked" "$T/TN.masked" --as masked 2> /dev/null | head -n 2
