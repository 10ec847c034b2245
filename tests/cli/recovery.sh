# ihala recovery: shares for officers, each in its own file; enough of them give a new passphrase.
. tests/cli/prelude.inc
hide() { # what is random
	sed -E -e 's/([Ss]et) [0-9]{5}/\1 NNNNN/g; s/^[0-9]{5}  /NNNNN  /' \
	    -e 's/"set":"[0-9]{5}"/"set":"NNNNN"/'
}
use() { # FILE...: with a new passphrase
	$IHALA --registry "$T/MA" --passphrase-file "$T/new" --lang en $now recovery use "$@" > "$T/.said" 2>&1
	status=$?
	mask < "$T/.said" | hide
	[ $status = 0 ] || echo "status $status"
}
echo "a new and longer passphrase" > "$T/new"
quietly MA init --committee MA --training
at MA recovery show
at MA recovery make
at MA recovery make --shares 3 --threshold 4 -o "$T/shares"
at MA recovery make --shares many --threshold 2 -o "$T/shares"
at MA recovery make --shares 3 --threshold 2 -o "$T/shares" | hide
at MA recovery show | hide
at MA recovery show --format json | hide
ls "$T/shares"
stat -c %a "$T/shares" "$T"/shares/*
sed -E 's/[0-9]{5}/NNNNN/g' "$T/shares/share-02.txt"
echo "a folder with shares in it is left alone, and the set that was made still works"
at MA recovery make --shares 3 --threshold 2 -o "$T/shares"
s=$T/shares/share
echo "one share, the same twice, one misread, one of another set"
use $s-01.txt
use $s-01.txt $s-01.txt
sed '2s/^\(.\{21\}\)./\1x/' $s-01.txt > "$T/misread"
use "$T/misread" $s-02.txt
quietly TN init --committee TN --training
quietly TN recovery make --shares 3 --threshold 2 -o "$T/others"
use $s-01.txt "$T/others/share-02.txt"
echo "shares of another registry, of an earlier set"
use "$T/others/share-01.txt" "$T/others/share-02.txt"
cp -R "$T/shares" "$T/earlier"
quietly MA recovery make --shares 3 --threshold 2 -o "$T/later"
use "$T/earlier/share-01.txt" "$T/earlier/share-03.txt"
s=$T/later/share
echo "a passphrase that is too short, a user there is not"
cp "$T/new" "$T/kept"
echo short > "$T/new"
use $s-03.txt $s-01.txt
cp "$T/kept" "$T/new"
use --for nobody $s-03.txt $s-01.txt
echo "enough of them"
use $s-03.txt $s-01.txt
at MA keys show
cp "$T/new" "$T/pass"
at MA keys show | head -n 1
at MA ledger verify | tail -n 1
