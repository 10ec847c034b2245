# ihala trust: nobody is believed before two people compared a fingerprint.
. tests/cli/prelude.inc
for one in MA TN; do
	quietly $one init --committee $one --training
	quietly $one keys export -o "$T/$one.trust"
done
at MA trust list | sed 's/  *$//'
at MA trust add "$T/TN.trust"
at MA trust add "$T/TN.trust" --fingerprint "0000 0000"
f=$($IHALA --registry "$T/TN" --passphrase-file "$T/pass" keys show --format xml |
    sed -n 's/.*use="list".*fingerprint="\([^"]*\)".*/\1/p')
at MA trust add "$T/TN.trust" --fingerprint "$f"
# known by now: the same list again, or a newer one, needs no comparing
at MA trust add "$T/TN.trust"
at MA trust list | sed 's/  *$//'
at MA trust add "$T/absent.trust"
echo nonsense > "$T/bad.trust"
at MA trust add "$T/bad.trust"
