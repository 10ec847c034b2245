# the screens of a case, of letters and of requests have no fault that axe knows, are small, and name nobody unasked
T=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$T"' EXIT
IHALA=$PROGRAM
now=
. tests/cli/prelude.inc
now=
offices MA TN
code=$(opened MA xml/example/01-*.xml)
opened MA xml/example/12-*.xml > "$T/said"
quietly MA refer "$code" --to TN
# a case from elsewhere, a request, and an interview that waits
sed 's/committee="MA"/committee="TN"/; s/area="[^"]*"//' xml/example/01-*.xml > "$T/theirs.xml"
theirs=$(opened TN "$T/theirs.xml")
quietly TN consent flag "$theirs" asylum no
quietly TN refer "$theirs" --to MA
quietly TN send "$theirs" --to MA -o "$T/letter.p7m"
first() { # WORDS...: what MA prints first
	"$PROGRAM" --registry "$T/MA" --passphrase-file "$T/pass" "$@" 2> "$T/said" | head -n 1
}
came=$(first receive "$T/letter.p7m")
cat > "$T/request.xml" <<X
<request xmlns="urn:ihala:request:1" channel="hotline" danger="yes" training="true"><contact safe="no"/></request>
X
request=$(first request add "$T/request.xml")
intake=$(first import paper xml/example/36-rapid-signs-fr.xml)
"$PROGRAM" serve --registry "$T/MA" --listen 127.0.0.1:0 > "$T/address" 2> "$T/said" &
server=$!
for i in 1 2 3 4 5 6 7 8 9 10; do
	[ -s "$T/address" ] && break
	sleep 1
done
node tests/web/axe_case.mjs "$(cat "$T/address")" office "$(cat "$T/pass")" "Personne Exemple" code="$code" came="$came" request="$request" intake="$intake"
