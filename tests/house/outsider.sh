# an outsider with SHA-256 and OpenSSL alone believes the proofs of a ledger, and no changed one
set -e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "an invented passphrase" > "$work/pass"
ihala="$PROGRAM --registry $work/office --passphrase-file $work/pass"
$ihala init --committee MA --training 2>/dev/null
$ihala ledger checkpoint -o "$work/old1"
key=$(sed -n '1s|.*/||p' "$work/old1")
for n in 2 3; do
	$ihala case open xml/example/0$n-*.xml > /dev/null 2>&1
	$ihala ledger checkpoint -o "$work/old$n"
done
size=$(sed -n 2p "$work/old3")
outsider() {
	python3 tests/outsider.py "$key" "$@" 2>/dev/null
}
for n in 1 2 3; do
	outsider "$work/old$n"
	$ihala ledger prove --since "$work/old$n" -o "$work/growth$n"
	outsider "$work/growth$n" "$work/old$n"
done
for at in $(seq 0 $((size - 1))); do
	$ihala ledger prove $at -o "$work/entry"
	outsider "$work/entry"
done
# each line changed in one place, and both judges must refuse
cat > "$work/change.py" <<'P'
import sys
lines = open(sys.argv[1], 'rb').read().split(b'\n')
n = int(sys.argv[2])
if lines[n]:
    at = len(lines[n]) // 2
    lines[n] = lines[n][:at] + (b'1' if lines[n][at:at + 1] != b'1' else b'2') + lines[n][at + 1:]
    open(sys.argv[3], 'wb').write(b'\n'.join(lines))
P
bad=0
for file in entry growth2; do
	for n in $(seq 0 $(($(wc -l < "$work/$file") - 1))); do
		rm -f "$work/changed"
		python3 "$work/change.py" "$work/$file" $n "$work/changed"
		[ -e "$work/changed" ] || continue
		! outsider "$work/changed" "$work/old2" ||
		    { echo "the outsider believes $file changed in line $n"; bad=1; }
		! $PROGRAM ledger check "$work/changed" --since "$work/old2" \
		    --fingerprint "$key" > /dev/null 2>&1 ||
		    { echo "the program believes $file changed in line $n"; bad=1; }
	done
done
# what a ledger that was set back says is no proof against what was held
! outsider "$work/growth1" "$work/old2" || bad=1
exit $bad
