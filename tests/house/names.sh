# of 1 000 planted names none is anywhere in what two offices leave behind, in any form; and who was destroyed is gone
#
# Names, telephone numbers, free words, notes, reasons, searches and
# passphrases go through a registry by the program itself.  $out is what
# somebody with the disks, the logs and the post has; what an office types
# ($in) and what it is shown on purpose ($shown) are apart.  IHALA_FEW: a
# tenth of it.
set -e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
in=$work/in shown=$work/shown out=$work/out
mkdir "$in" "$shown" "$out" "$out/tmp" "$work/hidden"
planted=$BUILD/tests/house/planted
export TMPDIR="$out/tmp"
many=${IHALA_FEW:+1}
many=${many:-10}
must() { # SENTENCE COMMAND...
	what=$1
	shift
	"$@" || { echo "$what" >&2; exit 1; }
}

# ---- what is planted
"$planted" make arabic 0 $((36 * many)) > "$in/arabic"
"$planted" make latin 1000 $((46 * many)) > "$in/latin"
"$planted" make number 2000 $((18 * many)) > "$in/number"
cat "$in/arabic" "$in/latin" "$in/number" > "$in/list"
must "a name is planted twice" test -z "$(sort "$in/list" | uniq -d)"
take() { # KIND: the next one, in $it
	eval "used_$1=\$((\${used_$1:-0} + 1)); n=\$used_$1"
	it=$(sed -n "${n}p" "$in/$1")
	must "there are too few names: $1" test -n "$it"
}
interview() { # NUMBER: a file of it
	take arabic; name=$it
	take latin; latin=$it
	take number; phone=$it
	take latin; note=$it
	take arabic; words=$it
	sed -e "s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1$(printf %04x $1)/" \
	    -e "s|\(item=\"name\"[^>]*>\)<value>[^<]*|\1<value>شخص مثال $name|" \
	    -e "s|\(item=\"name-latin\"[^>]*>\)<value>[^<]*|\1<value>Personne Exemple $latin|" \
	    -e "s|\(item=\"phone\"[^>]*>\)<value>[^<]*|\1<value>+$phone|" \
	    -e "s|\(item=\"contact-note\"[^>]*>\)<value>[^<]*|\1<value>Demander $note|" \
	    -e "s|\(item=\"own-words\"[^>]*>\)<value>[^<]*|\1<value>كنت مع $words|" \
	    xml/example/01-indicated-fr.xml > "$in/$2-$1.xml"
}
i=0
while [ $i -lt $((11 * many)) ]; do interview $i first; i=$((i + 1)); done
while [ $i -lt $((14 * many)) ]; do interview $i cut; i=$((i + 1)); done
while [ $i -lt $((17 * many)) ]; do interview $i late; i=$((i + 1)); done

# ---- the offices
now=2026-11-21T10:00:00Z who=
run() { # OFFICE WORDS...: what nobody's name may be in
	office=$1
	shift
	echo "$@" >> "$out/arguments"
	"$PROGRAM" --registry "$out/$office" --passphrase-file "$in/$office$who.pass" \
	    --user ${who:-office} --lang fr --now $now "$@" >> "$out/said" 2>&1
}
runs() { # the same, and it has to be done
	run "$@" || must "ihala $*: $(tail -n 1 "$out/said")" false
}
shows() { # what is shown on purpose
	office=$1
	shift
	echo "$@" >> "$out/arguments"
	"$PROGRAM" --registry "$out/$office" --passphrase-file "$in/$office$who.pass" \
	    --user ${who:-office} --lang fr --now $now "$@" >> "$shown/all" 2>> "$out/said"
}
codes() { # OFFICE
	"$PROGRAM" --registry "$out/$1" case list --format xml |
	    sed -n 's/.*code="\([^"]*\)".*/\1/p'
}
each() { # KIND COUNT COMMAND...: of each of so many cases, with a name
	kind=$1 left=$2
	shift 2
	for code in $(codes MA | head -n $left); do
		take $kind
		"$@"
	done
}
for one in MA TN; do
	take latin
	echo "phrase $it" > "$in/$one.pass"
	runs $one init --committee $one --training
	runs $one keys export -o "$out/$one.trust"
done
trusts() { # WHO WHOM
	print=$("$PROGRAM" --registry "$out/$2" \
	    --passphrase-file "$in/$2.pass" keys show --format xml 2> /dev/null |
	    sed -n 's/.*use="list".*fingerprint="\([^"]*\)".*/\1/p')
	runs $1 trust add "$out/$2.trust" --fingerprint "$print"
	runs $1 trust confirm $2 --fingerprint "$print"
}
trusts MA TN
trusts TN MA
account() { # NAME ROLE, registered by who is there
	take latin
	echo "phrase $it" > "$in/MA$1.pass"
	runs MA user register $1 --role $2 --new-passphrase-file "$in/MA$1.pass"
	(who=; runs MA user admit $1)
}
account accounts-1 administrator
who=accounts-1
account worker-1 case-worker
account officer-1 data-protection-officer
account supervisor-1 supervisor
account committee-1 committee
who=

# ---- a year of work
runs MA case open "$in"/first-*.xml
# killed while it takes cases in; what the disk holds then is kept
for n in 0 1 2; do
	runs MA registry verify
	"$PROGRAM" --registry "$out/MA" --passphrase-file "$in/MA.pass" --user office --now $now \
	    case open $(ls "$in"/cut-*.xml | awk "NR % 3 == $n") >> "$out/said" 2>&1 &
	opening=$!
	until [ -s "$out/MA/registry.db-wal" ] || ! kill -0 $opening 2> /dev/null; do :; done
	kill -KILL $opening 2> /dev/null || true
	wait $opening 2> /dev/null || true
	cp -R "$out/MA" "$out/killed-$n"
done
must "it was never killed in its work" test -n "$(find "$out"/killed-* -name registry.db-wal -size +0)"
for file in "$in"/cut-*.xml; do
	run MA case open "$file" || true
done
# copied while others are taken in
runs MA case open "$in"/late-*.xml &
opening=$!
runs MA registry backup -o "$out/data" --keys "$out/keys"
wait $opening
must "the cases are not all there" test "$(codes MA | wc -l)" = $((17 * many))

# notes, links, and why something was late or opened at night
accuse() { printf 'Auteur Exemple %s\n' "$it" | runs MA person accuse $code; }
each latin $((2 * many)) accuse
excuse() {
	echo "Exemple : $it était malade." > "$in/reason"
	runs MA case move $code file finalise
	(now=2026-12-20T10:00:00Z; runs MA case excuse $code review --reason-file "$in/reason")
}
each latin $many excuse
emergency() {
	echo "Exemple : $it est revenue de nuit." > "$in/reason"
	who=worker-1
	runs MA case break $code --reason-file "$in/reason"
	shows MA case show $code
	who=
}
each arabic $many emergency
who=officer-1
for entry in $("$PROGRAM" --registry "$out/MA" case breaks --format xml |
    sed -n 's/.*entry="\([0-9]*\)".*/\1/p'); do
	shows MA case review $entry
done
who=
set -- $(codes MA)
runs MA person link $1 $2 --as family
runs MA case assign $1 worker-1
runs MA case unassign $1 worker-1
# refused, and not repeated: a name that hides a sign, one in a broken file
for n in $(seq $many); do
	take arabic
	sed "s|\(item=\"name\"[^>]*>\)<value>[^<]*|\1<value>$(printf '\342\200\256') $it|" \
	    "$in/first-0.xml" > "$in/hides.xml"
	must "a hidden sign is let in" eval '! run MA case open "$in/hides.xml"'
	take number
	sed "s|\(item=\"age\"[^>]*>\)<value>[^<]*|\1<value>$it|" \
	    "$in/first-0.xml" > "$in/broken.xml"
	must "a broken file is let in" eval '! run MA case open "$in/broken.xml"'
	must "a broken file is judged" eval '! run MA assess "$in/broken.xml"'
done
# looked for: who is here, and with the names that are left who is not
head -n 2 "$in/latin" | while read -r it; do
	printf 'Personne Exemple %s\n' "$it" | shows MA person search --reveal
done
take latin
echo "phrase $it" > "$in/newer"
look() { printf 'Personne %s\n' "$it" | runs MA person search; }
each latin $((46 * many - used_latin)) look
for kind in arabic latin number; do
	eval "n=\$used_$kind"
	must "of $kind not all are used: $n" test $n = "$(wc -l < "$in/$kind")"
done
# to another committee, on paper, and in numbers
for code in $(codes MA | sed -n "1,${many}p"); do
	runs MA refer $code --to TN
	(who=committee-1; runs MA send $code --to TN -o "$out/$code.p7m")
	runs TN receive "$out/$code.p7m" --receipt "$out/$code.receipt"
	runs MA receive "$out/$code.receipt"
	runs MA document referral $code --to TN -o "$shown/$code.html"
done
runs MA return --period 2026 -o "$out/return"
runs MA work --calendar -o "$out/days.ics"
runs MA ledger list
runs MA ledger checkpoint -o "$out/checkpoint"
runs MA recovery make --shares 3 --threshold 2 -o "$out/shares"
# whoever may, reads every word of it
for code in $(codes TN); do
	shows TN case show $code --format xml
done
for code in $(codes MA | head -n $((2 * many))); do
	shows MA case show $code --format xml
	shows MA person accused $code
	shows MA case excuses $code
done

"$planted" read "$out/MA" "$in/MA.pass" >> "$shown/all"

# ---- destroyed
codes MA | tail -n $((3 * many)) > "$in/gone"
cat > "$in/raw.py" <<'END'
# What is on the disk of the cases that go: wrapped keys and sealed parts.
import os, sqlite3, sys
verb, folder, gone, kept = sys.argv[1:]
codes = open(gone).read().split()
marks = ','.join('?' * len(codes))
def rows(file, sql):
    db = sqlite3.connect(f'file:{folder}/{file}?mode=ro', uri=True)
    return [r[0] for r in db.execute(sql.format(marks), codes)]
def pieces():
    return (rows('keys.db', 'SELECT wrapped FROM case_key WHERE code IN ({})'),
        rows('registry.db', 'SELECT sealed FROM case_part WHERE code IN ({})'))
if verb == 'keep':
    with open(kept, 'wb') as f:
        for kind in pieces():
            assert len(kind) >= 3 * len(codes)
            for piece in kind: # the middle of a key, of the sealed bytes
                at = len(piece) // 2 - 8
                f.write(piece[at:at + 16])
    sys.exit()
there = 0
kept = open(kept, 'rb').read()
kept = {kept[i:i + 16] for i in range(0, len(kept), 16)}
for name in sorted(os.listdir(folder)):
    data = open(f'{folder}/{name}', 'rb').read()
    there += sum(piece in data for piece in kept)
print(sum(map(len, pieces())), 'rows,', len(kept), 'pieces,', there, 'there')
END
python3 "$in/raw.py" keep "$out/MA" "$in/gone" "$in/pieces"
must "pieces of what is there are not found" eval \
    'python3 "$in/raw.py" look "$out/MA" "$in/gone" "$in/pieces" | grep -vq " 0 there"'
runs MA registry backup -o "$out/data2" --keys "$out/keys2"
while read -r code; do
	case $("$PROGRAM" --registry "$out/MA" case list | grep "^$code") in
	*" screening "*) runs MA case move $code file finalise ;;
	esac
	(who=supervisor-1; runs MA case move $code file no-indication)
	(who=officer-1; runs MA case destroy $code -o "$out/$code.destroyed")
	must "what was destroyed is shown" eval '! shows MA case show "$code" --format xml'
done < "$in/gone"
gone=$(python3 "$in/raw.py" look "$out/MA" "$in/gone" "$in/pieces")
must "of what was destroyed: $gone" eval 'case $gone in "0 rows,"*" 0 there") ;; *) false ;; esac'
runs MA registry erasures -o "$out/erasures"
runs MA registry restore --from "$out/data2" --keys "$out/keys2" --erasures "$out/erasures" "$out/back"
cp "$in/MA.pass" "$in/back.pass"
cp "$in/MA.pass" "$in/whole.pass"
# with the keys of a backup a case is back; once those are gone, it is not
runs MA registry restore --from "$out/data2" --keys "$out/keys2" --no-erasures "$out/whole"
one=$(head -n 1 "$in/gone")
must "the keys of a backup do not open it" shows whole case show $one --format xml
must "a restore brings back who was destroyed" eval '! shows back case show $one --format xml'
rm -r "$out/keys2" "$out/whole"
mkdir "$out/data-alone"
cp "$out/data2/registry.db" "$out/data-alone"
cp "$out/MA/keys.db" "$out/data-alone"
cp "$in/MA.pass" "$in/data-alone.pass"
must "the keys of now open the data of then" eval '! shows data-alone case show $one --format xml'

# ---- other passphrases, other keys, another place
runs MA user passphrase --new-passphrase-file "$in/newer"
cp "$in/newer" "$in/MA.pass"
(who=accounts-1; runs MA user revoke worker-1)
runs MA user rotate
mv "$out/MA" "$out/moved"
cp "$in/newer" "$in/moved.pass"
runs moved registry verify
runs moved registry backup -o "$out/data3" --keys "$out/keys3"
cp -R "$out/moved" "$out/at-the-end"

# ---- looked for
"$planted" hide "$in/list" "$work/hidden" > "$work/shapes"
"$planted" find "$in/list" "$work/hidden" > "$work/there" || true
must "a shape is not found: $(cut -d ' ' -f 1 "$work/there" | xargs -n 1 basename)" \
    test "$(sed '$d' "$work/there" | cut -d ' ' -f 1 | sort -u | wc -l)" = "$(cat "$work/shapes")"
"$planted" find "$in/list" "$shown" | awk '$3 == "utf-8" { print $2 }' | sort -u > "$work/seen"
must "few were shown to who may read them: $(wc -l < "$work/seen")" \
    test "$(wc -l < "$work/seen")" -ge $((88 * many))
if ! "$planted" find "$in/list" "$out" > "$work/found"; then
	head -n 20 "$work/found"
	tail -n 1 "$work/found"
	exit 1
fi
echo "$(wc -l < "$in/list") planted, $(wc -l < "$work/seen") shown to who may read them"
cat "$work/found"
echo "destroyed $(wc -l < "$in/gone"): $gone"
