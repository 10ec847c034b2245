# ihala assess: what the answers support, in each language, and bad files.
. tests/cli/prelude.inc
for lang in en fr ar; do
	say assess $(grep -l 'instrument="adult"' xml/example/*.xml) --framework ilo-adult-labour --lang $lang
	say assess $(grep -L 'instrument="adult"' xml/example/*.xml) --lang $lang
done
# under every framework that speaks of the questionnaire, the main one first
for lang in en fr ar; do
	say assess xml/example/01-*.xml xml/example/07-*.xml xml/example/09-*.xml --lang $lang
done
# the law of a country judges the interviews of its own committee, or by name
sed 's/committee="MA"/committee="TN"/' xml/example/01-*.xml > "$T/tunisia.xml"
sed 's/committee="MA"/committee="XX"/' xml/example/01-*.xml > "$T/elsewhere.xml"
for place in tunisia elsewhere; do
	say assess "$T/$place.xml" --lang en
done
for lang in en fr ar; do
	say assess xml/example/01-*.xml --lang $lang --framework law-eg --explain | head -n 4
done
say assess xml/example/01-*.xml --format json --framework ilo-adult-labour
say assess xml/example/07-*.xml --format json --framework law-tn
say assess xml/example/01-*.xml --format json | grep -o '"framework":"[^"]*"'
$IHALA assess xml/example/01-*.xml --format xml > "$T/all.xml"
xmllint --nonet --noout --relaxng xml/schema/assessments.rng "$T/all.xml" 2>&1 | sed "s|$T|T|"
say assess xml/example/06-*.xml --explain --lang en --framework ilo-adult-labour
# a lawyer finds the article, in each language
for lang in en fr ar; do
	say assess xml/example/07-*.xml --explain --lang $lang --framework law-ma | head -n 20
done
say assess xml/example/28-*.xml --explain --lang en | grep -E '^[A-Z]'
say assess xml/example/01-*.xml --framework nothing --lang en
say assess xml/example/34-*.xml --explain --lang fr
say assess xml/example/36-*.xml --explain --lang ar
cat > "$T/xxe.xml" <<'X'
<?xml version="1.0"?>
<!DOCTYPE answers [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<answers>&x;</answers>
X
echo '<answers' > "$T/cut.xml"
sed 's/version="1.0.0"/version="9.0.0"/' xml/example/01-*.xml > "$T/version.xml"
sed 's/<answer item="alone"/<answer item="nobody"/' xml/example/01-*.xml > "$T/item.xml"
sed 's/channel="[a-z]*"/channel="carrier pigeon"/' xml/example/01-*.xml > "$T/invalid.xml"
head -c 9000000 /dev/zero | tr '\0' ' ' > "$T/large.xml"
for bad in xxe cut version item invalid large absent; do
	say assess "$T/$bad.xml" --lang en
done
# what an interview can get wrong, each with its code, alone and in a folder
one=xml/example/01-indicated-fr.xml
mkdir "$T/in" "$T/in/deeper.xml" "$T/empty"
bad() { # NAME SED: the example with one thing wrong
	sed "$2" $one > "$T/in/$1.xml"
}
cp $one "$T/in/a-good.xml"
bad b-version 's/ version="1.0.0"/ version="9.0.0"/'
bad c-digest 's/digest="[0-9a-f]*"/digest="0000000000000000000000000000000000000000000000000000000000000000"/'
bad d-code 's|<value>female</value>|<value>somebody</value>|'
bad e-skipped '/item="interpreter-needed"/a <answer item="interpreter-neutral"><value>yes</value></answer>'
bad f-date 's|<value>1998-05</value>|<value>1998-02-30</value>|'
cp "$T/xxe.xml" "$T/in/g-doctype.xml"
printf 'Nom : Personne Exemple Sept' > "$T/in/h-no-xml.xml"
: > "$T/in/i-nothing.xml"
bad j-arabic-digits 's|>27<|>٢٧<|; s|>14<|>١٤<|; s|>1998-05<|>١٩٩٨-٠٥<|'
echo 'not an interview' > "$T/in/notes.txt"
for wrong in b-version c-digest d-code e-skipped f-date j-arabic-digits; do
	say assess "$T/in/$wrong.xml" --framework ilo-adult-labour --lang en
done
for lang in en fr ar; do
	say assess --batch "$T/in" --lang $lang
done
# the same bytes on one processor and on all, and in whatever is named
cpu=$(taskset -cp $$ | sed 's/.*: *//; s/[-,].*//')
taskset -c "$cpu" $IHALA assess --batch "$T/in" $one "$T/in/" > "$T/one" 2>&1
$IHALA assess --batch "$T/in" $one "$T/in/" > "$T/all" 2>&1
cmp "$T/one" "$T/all" && grep -c . "$T/all"
say assess --batch "$T/empty" --lang en
say assess --batch $one "$T/absent.xml" --lang en
# a list that is long: what is named, and how many more there are
{
	echo '<interviews xmlns="urn:ihala:interviews:1">'
	awk 'BEGIN { for (i = 0; i < 1005; i++) print "<answers xmlns=\"urn:ihala:answers:1\"/>" }'
	echo '</interviews>'
} > "$T/long.xml"
$IHALA assess --batch "$T/long.xml" --lang en 2>&1 > "$T/lines" | mask | sed -n '1,2p;1000,$p'
wc -l < "$T/lines"
say assess --batch xml/example/01-*.xml xml/example/05-*.xml --lang en
# a batch that writes to a device, and one whose reader may open nothing more
$IHALA assess --batch $(grep -l 'instrument="adult"' xml/example/*.xml) > /dev/null 2>&1; echo "status $?"
# one framework reads one instrument; interviews of another are refused by name
say assess --batch --framework ilo-child-labour $(grep -l 'instrument="child"' xml/example/*.xml) --lang en
say assess --batch --framework rapid-signs xml/example/36-*.xml xml/example/31-*.xml --lang en
# a framework that is not installed, by its file
sed 's/ id="ilo-adult-labour" version="1.0.0"/ id="of-mine" version="0.1.0"/; s/ main="true"//' \
    xml/framework/ilo-adult-labour.xml > "$T/mine.xml"
sed 's/instrument="adult"/instrument="nothing"/' "$T/mine.xml" > "$T/of-nothing.xml"
sed 's/<framework/<framework nonsense="1"/' "$T/mine.xml" > "$T/nonsense.xml"
say assess xml/example/01-*.xml --framework "$T/mine.xml" --format json | grep -o '"framework":"[^"]*"'
say assess --batch xml/example/01-*.xml xml/example/31-*.xml --framework "$T/mine.xml" --lang en
for bad in of-nothing nonsense absent; do
	say assess xml/example/01-*.xml --framework "$T/$bad.xml" --lang en
	say assess --batch xml/example/01-*.xml --framework "$T/$bad.xml" --lang en
done
cat xml/example/01-*.xml | say assess --batch - --lang en
say assess --batch "$T/cut.xml" --lang en
