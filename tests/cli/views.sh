# ihala receive: a page that does not show what the data of its case show is named, and the case is taken.
. tests/cli/prelude.inc
cp -R xml xslt "$T"
sent() { # FILE: a referral of it from MA
	code=$(opened MA "$1")
	quietly MA refer "$code" --to TN
	quietly MA send "$code" --to TN -o "$T/out.p7m"
}
taken() { # at TN, without the checks
	at TN "$@" receive "$T/out.p7m" | sed '/^ok /d; /^ *[0-9]* /d'
}
offices MA TN

echo "# what is made here of the data is what came"
sent xml/example/01-indicated-fr.xml
taken

echo "# the pages of the sender say something else"
sed -i 's/<body class=.*>/&<p>phrase exemple<\/p>/' "$T/xslt/print.xsl"
export IHALA_DATA="$T"
sent xml/example/02-*.xml
unset IHALA_DATA
for lang in fr ar; do
	cp -R "$T/TN" "$T/$lang"
	at $lang --lang $lang receive "$T/out.p7m" | grep doc-01
	rm -r "$T/$lang"
done
taken

echo "# the case was made with another questionnaire"
cp xslt/print.xsl "$T/xslt"
sed -i 's/<\/instrument>/<!-- another -->&/' "$T/xml/instrument/adult.xml"
digest=$(sha256sum "$T/xml/instrument/adult.xml" | cut -d' ' -f1)
sed "s/digest=\"[0-9a-f]*\"/digest=\"$digest\"/" xml/example/03-*.xml > "$T/03.xml"
export IHALA_DATA="$T"
quietly MA pack make -o "$T/pack"
quietly MA pack load "$T/pack"
sent "$T/03.xml"
unset IHALA_DATA
taken
