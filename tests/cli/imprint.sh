# ihala verify --paper: a paper is recognised by what is printed on it, by its QR code, and by nothing else.
. tests/cli/prelude.inc
known() { # the number and its digest are masked
	mask | sed -E 's/([0-9a-f]{4} ){3}[0-9a-f]{4}/SHORT/'
}
asked() { # TEXT
	$IHALA --registry "$T/MA" --lang en verify --paper "$1" > "$T/.said" 2>&1
	status=$?
	known < "$T/.said"
	echo "status $status"
}
offices MA
code=$(opened MA xml/example/01-indicated-fr.xml)
quietly MA refer "$code" --to TN
quietly MA document referral "$code" --lang ar,fr --format pdf -o "$T/p.pdf"
quietly MA document referral "$code" --lang ar,fr -o "$T/p.html"
typed=$(pdftotext "$T/p.pdf" - | grep -m1 -oE '[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z] · ([0-9a-f]{4} ?){4}')
number=${typed%% *}
digest=${typed##*· }

echo "# as it is printed; no key is needed"
asked "$number $digest"
asked "$(echo "$number$digest" | tr -d ' -' | tr '[:upper:]' '[:lower:]')"
echo "# the number alone"
asked "$number"
echo "# as its QR code says, in a program of others"
pdftoppm -r 150 -f 1 -l 1 -png "$T/p.pdf" "$T/p"
code_text=$(zbarimg -q --raw "$T"/p-*.png 2> /dev/null)
echo "$code_text" | sed -E 's/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/CODE/; s/[0-9A-F]{64}/DIGEST/'
asked "$code_text"
echo "# page and PDF are the same paper, and so is one that is made again"
grep -c "$number · $digest" "$T/p.html"
quietly MA document referral "$code" --lang ar,fr --format pdf -o "$T/again.pdf"
cmp "$T/p.pdf" "$T/again.pdf" && echo same
echo "# in another language it is another"
quietly MA document referral "$code" --lang fr --format pdf -o "$T/fr.pdf"
pdftotext "$T/fr.pdf" - | grep -c "$number"

echo "# changed, unknown, mistyped"
other=$(echo "$digest" | tr '0-9a-f' '1-9a-f0')
asked "$number $other"
asked "7KQF-3XMT-M $digest"
asked "7KQF-3XMT-X"
asked "$number 12"
asked ""
say verify --paper "$number" "$T/p.pdf" --lang en
say verify --lang en
