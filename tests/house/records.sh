# records of a case data standard are made by the committee officer alone, of real people who agreed to research, and betray no case
set -e
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
echo "an invented passphrase" > "$T/pass"
year=$(date -u +%Y)
as() { # USER WORDS...
	user=$1
	shift
	"$PROGRAM" --registry "$T/MA" --passphrase-file "$T/pass" --user $user --lang en "$@" > "$T/said" 2>&1
}
does() { # USER WORDS...
	as "$@" || { echo "$*"; cat "$T/said"; exit 1; }
}
fails() { # STATUS CODE USER WORDS...
	want=$1 code=$2
	shift 2
	status=0
	as "$@" || status=$?
	[ $status = $want ] && grep -q "$code" "$T/said" || { echo "$*: $status"; cat "$T/said"; exit 1; }
}
"$PROGRAM" --registry "$T/train" --passphrase-file "$T/pass" init --committee MA --training > /dev/null 2>&1
"$PROGRAM" --registry "$T/train" --passphrase-file "$T/pass" --lang en summary records --period $year --as json \
    -o "$T/none" > "$T/said" 2>&1 && exit 1
grep -q E_RECORDS_TRAINING "$T/said"
[ ! -e "$T/none" ]

does office init --committee MA
does office user register accounts --role administrator --new-passphrase-file "$T/pass"
does office user admit accounts
# who reads cases but draws no statistics, or neither
for role in supervisor data-protection-officer analyst; do
	does accounts user register $role --role $role --new-passphrase-file "$T/pass"
	does office user admit $role
done
n=0
for file in 01-indicated-fr 04-possible-labour-rights-fr 06-refusals-fr 31-child-indicated-fr; do
	n=$((n + 1))
	# of today, and of nobody who was invented
	sed -e "s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1$(printf %04x $n)/" -e 's/ training="true"//' \
	    xml/example/$file.xml > "$T/$n.xml"
	does office case open "$T/$n.xml"
	eval "code$n=$(grep -xE '[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]' "$T/said")"
done
for code in $code1 $code2 $code3; do
	does office consent give $code --purpose research --read-in fr
done
does office consent withdraw $code3 --purpose research

for role in supervisor data-protection-officer analyst accounts; do
	fails 77 '' $role summary records --period $year --as json -o "$T/none"
	[ ! -e "$T/none" ]
done
fails 64 '' office summary records --as json
fails 64 '' office summary records --period $year
fails 64 '' office summary records --period $year --as wish
does office summary records --period $year --as json -o "$T/json"
grep -q '^2 records written. Without one: 2 for want of consent to research' "$T/said"
does office summary records --period $year --as csv -o "$T/csv"
does office summary records --period $year --as csv -o "$T/again"
cmp "$T/csv" "$T/again"
does office summary records --period $year-Q$((($(date -u +%-m) + 2) / 3)) --as json -o "$T/quarter"
does office summary records --period 1999 --as json -o "$T/nothing"
does office ledger list
[ "$(grep -c "export .*records $year" "$T/said")" -ge 3 ]
for code in $code1 $code2 $code3 $code4; do
	! grep -q $code "$T/json" "$T/csv"
done
python3 - "$T" <<'P'
import csv, json, sys
T = sys.argv[1]
told = json.load(open(T + "/json"))
assert "CC BY 4.0" in told["source"] and len(told["records"]) == 2
rows = list(csv.DictReader(open(T + "/csv", encoding="utf-8-sig", newline="")))
assert len(rows) == 2
for row, record in zip(rows, told["records"]):
    assert "CC BY 4.0" in row.pop("source")
    assert row.keys() == record.keys() and row.pop("record") == record.pop("record")
    for name, text in row.items():
        assert text.split() == record[name], name
        assert text[:1] not in ("=", "+", "-", "@", "\t")
# another file, other codes: two cannot be joined
quarter = json.load(open(T + "/quarter"))["records"]
assert len(quarter) == 2
assert not {r["record"] for r in quarter} & {r["record"] for r in json.load(open(T + "/json"))["records"]}
assert json.load(open(T + "/nothing"))["records"] == []
P
