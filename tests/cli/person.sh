# ihala person: somebody is found however the name is written, and nothing is joined.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
# NUMBER NAME LATIN BIRTH: one of the examples under another name; its code
person() {
	sed -e "s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1$1/" \
	    -e "s|\(item=\"name\"[^>]*>\)<value>[^<]*|\1<value>$2|" \
	    -e "s|\(item=\"name-latin\"[^>]*>\)<value>[^<]*|\1<value>$3|" \
	    -e "s|\(item=\"birth-date\"[^>]*>\)<value>[^<]*|\1<value>$4|" \
	    xml/example/01-indicated-fr.xml > "$T/$1.xml"
}
person 0001 "محمد مثال سبعة" "Mohamed Mithal Sabaa" 1998-05
person 0002 "Muhammad Mithal Sab3a" "Muhammad Mithal Sab3a" 1997
person 0003 "فاطمة المثالي" "Fatma El Mithali" 2001
person 0004 "$(printf 'Personne\342\200\256 Exemple')" "Personne Exemple" 2001
at MA case open "$T/0001.xml" "$T/0003.xml"
# a possible duplicate is told, and opened
at MA case open "$T/0002.xml"
# a name that reads as another is refused, and not repeated
at MA case open "$T/0004.xml"
printf 'MITHAL Mohammed\n1998\n' | at MA person search
printf 'محمَّد مثال سبعة\n' | at MA person search --format json
printf 'Fatimah Al-Mithali\n٢٠٠٢\n' | at MA person search --reveal
printf 'Personne Exemple\n' | at MA person search
printf 'Mohamed\n' | at MA person search
printf -- '-\n' | at MA person search
printf 'Personne\342\200\217 Exemple\n' | at MA person search
printf 'Personne Exemple\nyesterday\n' | at MA person search
awk 'BEGIN { while (i++ < 600) printf "a" }' | at MA person search
at MA person search Mohamed
codes=$($IHALA --registry "$T/MA" case list --format xml | sed -n 's/.*code="\([^"]*\)".*/\1/p')
set -- $codes
at MA person link $1 $2 --as family
at MA person link $2 $1 --as same
at MA person links $2
at MA person link $1 $3
at MA person link $1 $3 --as enemy
at MA person link $1 $1 --as same
at MA person unlink $1 $2
at MA person unlink $1 $2
printf 'Auteur Exemple Neuf\n' | at MA person accuse $1
at MA person accused $1 | sed 's/  *$//'
at MA person accused $2 | sed 's/  *$//'
printf '' | at MA person accuse $1
at MA case show $1 --format xml | grep -c Auteur
at MA person mark
at MA person accused 7KQF-3XMT-M
at MA person hide
at MA ledger verify | sed 's/[0-9][0-9]*/N/'
