# page, phone, hospital, an interview held here and our own engine ask the same questions, none without consent, and find the same danger and sums, in 500 made-up interviews
#
# Each instrument by four readers of its conditions: tests/npm/evaluators.mjs.
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
echo "an invented passphrase" > "$T/pass"
at() {
	"$PROGRAM" --registry "$T/MA" --passphrase-file "$T/pass" --lang en \
	    --now 2026-11-21T10:00:00Z "$@" 2> "$T/said" || { cat "$T/said"; exit 1; }
}
at init --committee MA --training
seed=1
for one in rapid:300 adult:100 child:100; do
	id=${one%:*} count=${one#*:}
	at instrument page $id -o "$T/$id.html"
	at instrument odk $id -o "$T/$id.xml"
	at instrument fhir $id -o "$T/$id.json"
	seed=$((seed + 1))
	{
		node tests/npm/evaluators.mjs "$T" "$BUILD/tests/instrument/asked" $id \
		    $([ -z "$IHALA_FEW" ] && echo $count || echo 10) $seed > "$T/$id.said" 2>&1 || touch "$T/wrong"
	} &
done
wait
cat "$T"/*.said
[ ! -e "$T/wrong" ] && [ "$(cat "$T"/*.said | grep -c ' 0 faults')" = 3 ]
