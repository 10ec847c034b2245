# any carrier: a folder, names that tell nothing, and copies that are not whole.
. tests/cli/prelude.inc
offices MA TN
code=$(opened MA xml/example/01-*.xml)
quietly MA refer "$code" --to TN
mkdir "$T/stick"
quietly MA send "$code" --to TN -o "$T/stick/0001"

echo "# nothing in the file, or on it, tells who sends what to whom"
for word in referral case.xml "<?xml" Tunis Maroc ihala "$code"; do
	grep -a -c -i -F -e "$word" "$T/stick/0001"
done | sort -u

echo "# cut at twenty places: one clear line each, and nothing is stored"
acts() { # messages, cases, acts
	python3 - "$T/$1/registry.db" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(*(db.execute(f'SELECT count(*) FROM {t}').fetchone()[0]
        for t in ('message', 'case_file', 'ledger')))
P
}
before=$(acts TN)
size=$(wc -c < "$T/stick/0001")
for i in $(seq 0 19); do
	head -c $((size * i / 20)) "$T/stick/0001" > "$T/stick/0002"
	$IHALA --registry "$T/TN" --passphrase-file "$T/pass" --lang en $now \
	    receive "$T/stick/0002" > "$T/out" 2> "$T/err"
	echo "status $?, on standard output $(wc -c < "$T/out"), lines $(grep -c '^ihala receive: ' "$T/err")"
	grep '^ihala receive: ' "$T/err" | cut -c1-90 >> "$T/reasons"
done | sort | uniq -c | sed 's/^ *//'
sort "$T/reasons" | uniq -c | sed 's/^ *//'
[ "$before" = "$(acts TN)" ] && echo "nothing stored"

echo "# what was copied twice, and what is too long"
cat "$T/stick/0001" "$T/stick/0001" > "$T/stick/0003"
at TN receive "$T/stick/0003"
mkdir "$T/stick/0004"
at TN receive "$T/stick/0004"

echo "# a folder, whatever the files in it are called, in any order"
for n in 02 03; do
	quietly MA send "$(
		code=$(opened MA xml/example/$n-*.xml)
		quietly MA refer "$code" --to TN
		echo "$code"
	)" --to TN -o "$T/stick/00$n.tmp"
done
rm -r "$T"/stick/0002 "$T"/stick/0003 "$T"/stick/0004
for file in $(ls -r "$T/stick"); do
	at TN receive "$T/stick/$file" --receipt "$T/back.$file" |
	    grep -v '^  [ 0-9][0-9]  '
done
at TN case list | tail -n +2 | wc -l
for file in $(ls "$T"/back.*); do
	at MA receive "$file" | tail -n 1
done
echo "# a case opened without writing a receipt: one asked for later leaves no gap"
code=$(opened MA xml/example/10-*.xml)
quietly MA refer "$code" --to TN
quietly MA send "$code" --to TN -o "$T/later"
quietly TN receive "$T/later"
quietly TN receive "$T/later" --receipt "$T/later.back"
at MA receive "$T/later.back" | grep -v '^  [ 0-9][0-9]  '
echo "# and all of it once more: nothing has changed, and each is answered again"
for file in $(ls "$T/stick"); do
	at TN receive "$T/stick/$file" --receipt "$T/again.$file" |
	    grep -v '^  [ 0-9][0-9]  '
done
at TN case list | tail -n +2 | wc -l
at MA receive "$T/again.0001" | tail -n 1
at MA case list | grep -c received
