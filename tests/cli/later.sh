# ihala send --as trust-list: the next list of a committee travels as a letter, and is believed only where it follows the one that is held.
. tests/cli/prelude.inc
offices MA TN
held() { at $1 trust list | sed -E 's/  *$//'; }
last() { tail -n "${1:-1}"; }
at MA send --to TN --as trust-list -o "$T/one"
at MA send 7KQF-3XMT-M --to TN --as trust-list -o "$T/none"
at MA send --to TN -o "$T/none"
at MA send --to EG --as trust-list -o "$T/none"
at MA --now 2026-11-22T10:00:00Z trust publish -o "$T/two.trust"
# what would leave is the list, to the byte
at MA --now 2026-11-22T10:00:00Z send --to TN --as trust-list --preview > "$T/none"
$IHALA --registry "$T/MA" --passphrase-file "$T/pass" --now 2026-11-22T10:00:00Z \
    send --to TN --as trust-list --preview > "$T/shown"
cmp "$T/shown" "$T/two.trust" && echo the list, and nothing else
at MA --now 2026-11-22T10:00:00Z send --to TN --as trust-list -o "$T/two"
at TN --now 2026-11-22T11:00:00Z open "$T/two" | grep -v '^ok'
# the second comes first; then the first, which is older
at TN --now 2026-11-22T11:00:00Z receive "$T/two" --receipt "$T/yes" | last 3
held TN
at TN --now 2026-11-22T11:00:00Z receive "$T/one" --receipt "$T/no" | last 2
held TN
at MA --now 2026-11-22T12:00:00Z receive "$T/yes" | last
at MA --now 2026-11-22T12:00:00Z receive "$T/no" | last 2
# nobody compares anything, and nobody is believed who was not before
quietly EG init --committee EG --training
at EG --now 2026-11-22T11:00:00Z receive "$T/two" | last 2
# the list of another history under the same number
quietly EG trust publish -o "$T/EG.trust"
cp -R "$T/MA" "$T/twin"
quietly MA --now 2026-11-23T10:00:00Z trust publish -o "$T/three.trust"
quietly twin --now 2026-11-23T11:00:00Z trust publish -o "$T/twin.trust"
at TN --now 2026-11-23T12:00:00Z trust add "$T/twin.trust"
quietly MA --now 2026-11-23T12:00:00Z send --to TN --as trust-list -o "$T/three"
at TN --now 2026-11-23T12:00:00Z receive "$T/three" | last 2
quietly MA --now 2026-11-23T12:00:00Z trust publish -o "$T/four.trust"
quietly MA --now 2026-11-23T12:00:00Z send --to TN --as trust-list -o "$T/four"
at TN --now 2026-11-23T13:00:00Z receive "$T/four" | last 2
held TN
