# ihala pack: what the office judges by is signed, and nothing else is used.
. tests/cli/prelude.inc
cp -R xml xslt "$T"
export IHALA_DATA="$T"
offices MA TN
columns() { sed 's/  *DIGEST$//; s/ *$//'; }
made() { # OFFICE FILE
	quietly $1 pack make -o "$T/$2"
}
tampered() { # SQL
	cp -R "$T/MA" "$T/touched"
	python3 - "$T/touched/registry.db" "$1" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute(sys.argv[2])
db.commit()
P
	at touched case open xml/example/02-*.xml
	rm -r "$T/touched"
}

echo "# the first one, made by init"
at MA pack show | columns
at MA pack show --format json | head -n 1
code=$(opened MA xml/example/01-*.xml)
at MA case show $code > "$T/before"

echo "# the next: checked by us, and by anybody"
at MA pack make -o "$T/2.asice"
at MA pack verify "$T/2.asice"
mkdir "$T/out" && unzip -q "$T/2.asice" -d "$T/out" && (cd "$T/out" && ls . META-INF)
openssl cms -verify -noverify -binary -inform DER -in "$T/out/META-INF/signature001.p7s" \
    -content "$T/out/META-INF/ASiCManifest001.xml" 2>/dev/null | grep -c '<.*DigestValue'
sed -n 's/.*kind="instrument" id="rapid" digest="\([0-9a-f]*\)".*/\1/p' "$T/out/pack.xml" > "$T/said"
sha256sum < "$T/out/instrument.rapid.xml" | cut -d' ' -f1 | cmp - "$T/said" && echo "sha256sum agrees"

echo "# no pack is made of a notification that could name somebody"
cp "$T/xml/mechanism/MA.xml" "$T/kept.xml"
for item in 'id="name" codes="x"' 'id="own-words" codes="x"' 'id="sex" codes="female male x"'; do
	sed "s/<item id=\"sex\" codes=\"female male\"\/>/<item $item\/>/" "$T/kept.xml" > "$T/xml/mechanism/MA.xml"
	at MA pack make -o "$T/named.asice"
done
mv "$T/kept.xml" "$T/xml/mechanism/MA.xml"
ls "$T/named.asice" 2>/dev/null

echo "# a file changed on the disk changes nothing"
sed -i '/<framework/s/version="1.0.0"/version="1.0.1"/; s/<text xml:lang="en">Deceptive recruitment/<text xml:lang="en">CHANGED/' \
    "$T/xml/framework/ilo-adult-labour.xml"
rm "$T/xml/framework/begging-crime.xml"
at MA pack show | columns | grep -v "the same"
at MA case show $code > "$T/after"
grep -v "^The installed data" "$T/after" | diff "$T/before" - && echo "explained as before"
at MA case open xml/example/02-*.xml
for lang in fr ar; do
	at MA --lang $lang keys export -o "$T/list"
done

echo "# until it is signed and loaded; a case keeps what it was judged by"
at MA pack load "$T/2.asice" | tail -n 1
made MA 3.asice
at MA pack load "$T/3.asice" | tail -n 2
at MA pack load "$T/3.asice" | tail -n 1
at MA pack show | columns | grep -e begging -e ilo-adult
at MA case show $code > "$T/after"
diff "$T/before" "$T/after" && echo "explained as before"
at MA ledger verify | sed -E 's/^[0-9]+/N/; s/[0-9]+ acts/N acts/'

echo "# not an older one, not another of the same number"
at MA pack load "$T/2.asice" | tail -n 2
made MA 4a.asice
made MA 4b.asice
quietly MA pack load "$T/4a.asice"
at MA pack load "$T/4b.asice" | tail -n 2

echo "# not of another committee, not by a key out of date"
made TN tn.asice
at MA pack load "$T/tn.asice" | tail -n 2
quietly EG init --committee EG --training
made EG eg.asice
at MA pack verify "$T/eg.asice" | tail -n 2
made MA 5.asice
now='--now 2031-01-01T10:00:00Z'
at MA pack verify "$T/5.asice" | tail -n 2
now='--now 2026-11-21T10:00:00Z'

echo "# not with a byte changed, nor a letter of a member; a member more, a file that is no pack, too much"
python3 - "$T" <<'P'
import sys, zipfile, shutil
t = sys.argv[1]
whole = open(t + "/5.asice", "rb").read()
at = whole.index(b"mimetype") + len("mimetype")
open(t + "/byte", "wb").write(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
# the same container but for one letter of one member
with zipfile.ZipFile(t + "/5.asice") as old, zipfile.ZipFile(t + "/letter", "w") as new:
    for member in old.infolist():
        data = old.read(member)
        if member.filename == "framework.law-ma.xml":
            data = data.replace(b"1.0.0", b"1.0.9", 1)
        new.writestr(member, data)
        member.external_attr = 0 # which writestr() sets
open(t + "/tail", "wb").write(whole + b"x")
open(t + "/big", "wb").write(b"PK" + bytes(17 << 20))
shutil.copy(t + "/5.asice", t + "/more")
with zipfile.ZipFile(t + "/more", "a") as z:
    z.writestr("framework.more.xml", "<framework/>")
P
for file in byte letter tail big more pass absent; do
	at MA pack verify "$T/$file" | tail -n 2 | sed 's/entry [0-9][0-9]*/entry N/'
done
quietly MA return --period 2026 -o "$T/return.asice"
at MA pack load "$T/return.asice" | tail -n 2

echo "# what could not be loaded is not signed"
unsigned() { # FILE SED
	cp "$T/xml/$1" "$T/kept"
	sed -i "$2" "$T/xml/$1"
	at MA pack make -o "$T/bad"
	cp "$T/kept" "$T/xml/$1"
}
unsigned framework/law-tn.xml 's/<positive dimension="means"\/>/<not><positive dimension="means"\/><\/not>/'
unsigned framework/law-tn.xml 's/instrument="adult"/instrument="nothing"/'
unsigned framework/rapid-signs.xml 's/ main="yes"//; s/ main="true"//'
unsigned mechanism/MA.xml 's/code="MA"/code="EG"/'
unsigned summary/tables.xml 's/<tables/<table/'
mv "$T/xml/mechanism/MA.xml" "$T/kept"
at MA pack make -o "$T/bad"
mv "$T/kept" "$T/xml/mechanism/MA.xml"
ls "$T/bad" 2>/dev/null

echo "# a stored pack that was touched is found before anything is judged"
tampered "UPDATE pack SET bytes = zeroblob(100) WHERE sequence = 4"
tampered "UPDATE pack SET bytes = (SELECT bytes FROM pack WHERE sequence = 1), digest = (SELECT digest FROM pack WHERE sequence = 1) WHERE sequence = 4"
tampered "DELETE FROM pack WHERE sequence = 4"
tampered "DELETE FROM pack"
tampered "UPDATE pack SET sequence = 9 WHERE sequence = 1"
at MA pack make
at MA pack sign

echo "# put in force by a committee officer, and by nobody else"
echo "a first passphrase" > "$T/new"
as() { # USER WORDS...
	who=$1
	shift
	$IHALA --registry "$T/MA" --passphrase-file "$T/new" --user $who \
	    --lang en $now "$@" > "$T/.said" 2>&1
	status=$?
	mask < "$T/.said" | tail -n 1
	[ $status = 0 ] || echo "status $status"
}
quietly MA user register accounts-1 --role administrator --new-passphrase-file "$T/new"
quietly MA user admit accounts-1
for one in supervisor committee; do
	as accounts-1 user register $one-1 --role $one --new-passphrase-file "$T/new"
	at MA --user office user admit $one-1
	as $one-1 pack make -o "$T/6.asice"
	as $one-1 rescore --pack "$T/5.asice"
	as $one-1 pack load "$T/5.asice"
done
