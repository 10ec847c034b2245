# ihala rescore: what a new framework does to interviews, old beside new.
. tests/cli/prelude.inc
ilo=xml/framework/ilo-adult-labour.xml
sed '0,/ version="1.0.0"/s// version="1.1.0"/; 0,/strength="strong"/s//strength="medium"/' \
    $ilo > "$T/new.xml"
some=$(ls xml/example/0[1-9]-*.xml)
# files: before it is adopted, the reverse, and in each language
say rescore $some --framework "$T/new.xml" --lang en
say rescore $some --from "$T/new.xml" --lang fr | tail -n 14
say rescore $some --framework "$T/new.xml" --lang ar | head -n 14
say rescore $some --from ilo-adult-labour --framework ilo-adult-labour --lang en | head -n 11
# a stream says the same
{
	echo '<interviews xmlns="urn:ihala:interviews:1">'
	cat $some | grep -v '^<?xml'
	echo '</interviews>'
} > "$T/stream.xml"
say rescore $some --framework "$T/new.xml" --lang en > "$T/one"
say rescore - --framework "$T/new.xml" --lang en < "$T/stream.xml" > "$T/other"
cmp "$T/one" "$T/other" && echo the same
# what cannot be judged again is named, and the rest goes on
echo '<answers' > "$T/cut.xml"
sed 's/ version="1.0.0"/ version="0.9.0"/' xml/example/05-*.xml > "$T/version.xml"
sed 's/ digest="......../ digest="00000000/' xml/example/05-*.xml > "$T/digest.xml"
say rescore "$T/version.xml" "$T/absent.xml" "$T/digest.xml" "$T/cut.xml" \
    xml/example/31-*.xml xml/example/01-*.xml --framework "$T/new.xml" --lang en
# a registry: nothing has changed, then a new framework would
offices MA TN
code=$(opened MA xml/example/01-*.xml)
for one in 02 05 09 31; do
	quietly MA case open xml/example/$one-*.xml
done
unchanged() {
	sed -n 's/^  CODE/CODE/p' | sort | uniq -c | sed 's/^  *//'
}
at MA rescore | unchanged
at MA case list | sort > "$T/before"
at MA rescore --framework "$T/new.xml" | head -n 12
at MA rescore --framework "$T/new.xml" | grep -A 5 'CODE.*before:'
at MA case list | sort | cmp - "$T/before" && echo the cases are as they were
# one case, by its code; no identity is read, and each reading is recorded
at MA rescore "$code" --framework "$T/new.xml" | tail -n 5
python3 - "$T/MA/registry.db" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(*sorted({(act, subject.split()[-1]) for act, subject in
    db.execute("SELECT act, subject FROM ledger WHERE act = 'read'")}))
P
# what came from another committee is a part of an interview: it is left out
quietly MA refer "$code" --to TN
quietly MA send "$code" --to TN -o "$T/out.p7m"
quietly TN receive "$T/out.p7m"
at TN rescore --framework "$T/new.xml"
at TN instrument diff adult child | sed -n '/^== Stored/,$p'
# formats
for given in "" "--framework $T/new.xml"; do
	$IHALA --registry "$T/MA" --passphrase-file "$T/pass" rescore $given \
	    --format xml > "$T/rescore.xml"
	xmllint --noout --relaxng xml/schema/rescore.rng "$T/rescore.xml" 2>&1 | mask
done
at MA rescore --format json | python3 -m json.tool > "$T/json" && echo JSON
say rescore xml/example/01-*.xml --framework "$T/new.xml" --format json
# a pack that is not in force yet: a framework comes, and one goes
mkdir "$T/data"
cp -r xml xslt "$T/data"
installed() { # OFFICE WORDS...: where the data were changed
	IHALA_DATA=$T/data at "$@"
}
came_and_went() {
	grep -E '^(==.*labour|Not judged|.*Not judged$)' | sort
}
told() {
	grep -E '^(ihala|status|Compared|Could)' | sort | uniq -c | sed 's/^  *//'
}
touched() { # SQL
	python3 - "$T/MA/registry.db" "$1" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute(sys.argv[2])
db.commit()
P
}
mv "$T/data/$ilo" "$T/data/xml/framework/new-labour.xml"
sed -i 's/id="ilo-adult-labour"/id="new-labour"/' "$T/data/xml/framework/new-labour.xml"
installed MA pack make -o "$T/2.asice"
at MA rescore --pack "$T/2.asice" | came_and_went | tee "$T/tried"
at MA rescore "$code" --pack "$T/2.asice" --framework new-labour
# that put nothing in force, and what lies on the disk is never looked at
installed MA rescore | came_and_went
at MA pack show | head -n 1
installed MA pack load "$T/2.asice" | tail -n 1
installed MA rescore | came_and_went | cmp - "$T/tried" && echo as it was tried
# one that is not whole, not ours, not there
printf x | cat "$T/2.asice" - > "$T/tail"
quietly TN pack make -o "$T/tn.asice"
for file in tail tn.asice absent; do
	at MA rescore --pack "$T/$file"
done
# a new questionnaire: who was asked the old one is judged over the old one
cp -r xml "$T/data"
rm "$T/data/xml/framework/new-labour.xml"
sed -i '0,/ version="1.0.0"/s// version="2.0.0"/' "$T/data/xml/instrument/adult.xml"
installed MA pack make -o "$T/3.asice"
at MA rescore --pack "$T/3.asice" | told
installed MA pack load "$T/3.asice" | tail -n 1
installed MA rescore | told
# rules that need what was not asked
sed -i 's/"debt-terms"/"asked-since"/g' "$T/data"/xml/instrument/*.xml "$T/data"/xml/framework/*.xml
installed MA pack make -o "$T/4.asice"
at MA rescore --pack "$T/4.asice" | told
# a questionnaire that no pack holds: --instrument names it
old=$(sha256sum < xml/instrument/adult.xml | cut -d' ' -f1)
touched "DELETE FROM pack_file WHERE digest = x'$old'"
at MA rescore | told
at MA rescore --instrument xml/instrument/adult.xml | told
touched "INSERT INTO pack_file (sequence, digest) VALUES (3, x'$old')"
at MA rescore | told
# the command line
at MA rescore --from "$T/new.xml"
say rescore xml/example/01-*.xml --pack "$T/2.asice" --lang en
at MA rescore 2222-2222-2
say rescore --lang en
say rescore xml/example/01-*.xml --lang en
say rescore xml/example/01-*.xml --framework nothing --lang en
say rescore xml/example/01-*.xml --from child --lang en
say rescore xml/example/01-*.xml --from ilo-child-labour --framework "$T/new.xml" --lang en
sed 's/<framework /<framework nonsense="1" /' $ilo > "$T/bad.xml"
say rescore xml/example/01-*.xml --framework "$T/bad.xml" --lang en
say --registry "$T/MA" --passphrase-file "$T/wrong" --lang en rescore
