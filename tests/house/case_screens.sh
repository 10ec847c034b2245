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
"$PROGRAM" serve --registry "$T/MA" --listen 127.0.0.1:0 > "$T/address" 2> "$T/said" &
server=$!
for i in 1 2 3 4 5 6 7 8 9 10; do
	[ -s "$T/address" ] && break
	sleep 1
done
node tests/web/axe_case.mjs "$(cat "$T/address")" office "$(cat "$T/pass")" "$code" "Personne Exemple"
