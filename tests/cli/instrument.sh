# ihala instrument: what there is, what is wrong with a file, the questions.
. tests/cli/prelude.inc
say instrument list --lang en | sed 's/  *$//'
say instrument list --format json
for id in adult child rapid; do
	say instrument check xml/instrument/$id.xml --lang en
done
sed 's/<item id="alone"/<item id="alone again"/' xml/instrument/adult.xml > "$T/bad.xml"
say instrument check "$T/bad.xml" --lang en
sed '0,/item="consent-interview"/s//item="nobody"/' xml/instrument/adult.xml > "$T/unknown.xml"
say instrument check "$T/unknown.xml" --lang en
# a question that can never be asked
sed '0,/<is item="consent-interview" code="no"\/>/s//<any>&<is item="consent-interview" code="yes"\/><not>&<\/not><\/any>/' \
    xml/instrument/adult.xml > "$T/never.xml"
say instrument check "$T/never.xml" --lang en
say instrument show adult --lang en | head -n 12
say instrument show adult --lang ar | head -n 8
say instrument show child --lang fr | head -n 8
say instrument show rapid --lang en | head -n 8
say instrument show nothing --lang en
