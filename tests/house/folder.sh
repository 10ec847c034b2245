# of a folder of 1 000 files the good ones are taken in and the bad ones named, each by its code; nothing is half there
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
echo "an invented passphrase" > "$T/pass"
at() {
	"$PROGRAM" --registry "$T/MA" --passphrase-file "$T/pass" --lang en "$@"
}
count=1000
[ -z "$IHALA_FEW" ] || count=100
at init --committee MA --training 2> /dev/null
digest=$("$PROGRAM" instrument list --format json | tr '{' '\n' |
    sed -n 's/.*"id":"rapid".*"digest":"\([0-9a-f]*\)".*/\1/p')
mkdir "$T/sent"
# every tenth is bad, in one of ten ways
awk -v n=$count -v to="$T/sent" -v digest="$digest" 'BEGIN {
	for (i = 0; i < n; i++) {
		file = sprintf("%s/%04d.xml", to, i)
		bad = i % 10 == 9 ? int(i / 10) % 10 : -1
		version = bad == 0 ? "0.9.0" : "1.0.0"
		sex = bad == 1 ? "unsaid" : "_refused"
		age = bad == 2 ? "٢٥٠" : "٢٥"
		name = bad == 3 ? "Exemple \001" : "Personne Exemple " i
		id = bad == 4 ? i - 1 : i # that of the one before, with other answers
		end = bad == 5 ? "</da" : "</data>\n"
		form = bad == 6 ? "nothing" : "rapid"
		other = bad == 7 ? "<hobby>x</hobby>" : ""
		day = bad == 8 ? "yesterday" : "2026-11-20"
		whose = bad == 9 ? "TN" : "MA"
		printf "<data id=\"%s\" version=\"%s\"><_interview><digest>%s</digest><committee>%s</committee>" \
		    "<training>true</training><date>%s</date><channel>border</channel><language>ar</language></_interview>\n" \
		    "<conditions><safe-now>yes</safe-now></conditions><consent><consent-interview>yes</consent-interview></consent>\n" \
		    "<person><age>%s</age><sex>%s</sex>%s</person><contact><name>%s</name></contact>\n" \
		    "<meta><instanceID>uuid:%08x-0000-4000-8000-000000000000</instanceID></meta>%s",
		    form, version, digest, whose, day, age, sex, other, name, id, end > file
		close(file)
	}
}'
at import odk "$T/sent" > "$T/codes" 2> "$T/said"
status=$?
wrong() { echo "$1"; tail -n 3 "$T/said"; exit 1; }
[ $status = 1 ] || wrong "the status is $status"
bad=$((count / 10)) good=$((count - count / 10))
[ "$(wc -l < "$T/codes")" = $good ] || wrong "$(wc -l < "$T/codes") of $good were taken in"
for i in $(seq 9 10 $((count - 1))); do
	grep -q "$(printf '%s/sent/%04d.xml' "$T" $i)" "$T/said" || wrong "$i is not named"
done
for code in E_INSTRUMENT_VERSION E_CODE E_NUMBER 'control character' E_INTAKE_TWO 'not well-formed' E_ODK_UNKNOWN E_ODK_ELEMENT E_ODK_DATE E_OTHER_COMMITTEE; do
	found=$(grep "$T/sent/" "$T/said" | grep -c "$code")
	[ "$found" = $((bad / 10)) ] || wrong "$code: $found times, and not $((bad / 10))"
done
[ "$(at intake list --format xml 2> /dev/null | grep -c '<interview ')" = $good ] || wrong "what waits is not what was taken in"
[ "$(at request list --format xml 2> /dev/null | grep -c '<request ')" = $good ] || wrong "something is half there"
at registry verify > "$T/verified" 2>&1 || wrong "the registry is not whole: $(cat "$T/verified")"
# once more: nothing is taken in a second time
! at import odk "$T/sent" > "$T/codes" 2> "$T/said" || wrong "all was taken in again"
[ ! -s "$T/codes" ] || wrong "$(wc -l < "$T/codes") were taken in again"
