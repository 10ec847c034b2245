# ihala init: a folder is made once, for a committee there is.
. tests/cli/prelude.inc
at MA init --committee MA --training
at MA init --committee MA --training
at XX init --committee XX --training
say init --committee MA --training --passphrase-file "$T/pass" --lang en
echo short > "$T/pass"
at TN init --committee TN --training
ls "$T"
