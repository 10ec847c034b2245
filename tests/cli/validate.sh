# ihala validate: outcomes against determinations, studies, and bad files.
. tests/cli/prelude.inc
truth=xml/validation/training.xml
some=$(ls xml/example/0[1-9]-*.xml xml/example/[12][0-9]-*.xml xml/example/30-*.xml)
say validate --truth $truth $some --positive indicated --lang en
# each questionnaire apart, with the framework it was judged by
say validate --truth $truth xml/example/*.xml --positive possible --lang en |
    grep -A 8 '^== Questionnaire'
# the same framework, by its file
say validate --truth $truth $some --framework xml/framework/ilo-adult-labour.xml > "$T/file"
say validate --truth $truth $some --framework ilo-adult-labour | cmp - "$T/file" && echo the same
say validate --truth $truth $some --lang fr | head -n 42
say validate --truth $truth $some --positive possible --lang ar | head -n 24
for study in qyit-2019 greenbaum-2018 hurst-2021; do
	say validate --truth xml/validation/$study.xml --lang en
done
# a study of some people says of whom, in words where the tables have them
sed 's/instrument="/sex="female" age="12-17" &/' xml/validation/hurst-2021.xml > "$T/girls.xml"
for lang in en fr ar; do
	say validate --truth "$T/girls.xml" --lang $lang | head -n 5
done
say validate --truth xml/validation/qyit-2019.xml --format json
say validate --truth $truth $some --format json | python3 -m json.tool > "$T/json" && echo JSON
for one in $truth xml/validation/greenbaum-2018.xml; do
	$IHALA validate --truth $one $some --format xml > "$T/quality.xml"
	xmllint --noout --relaxng xml/schema/quality.rng "$T/quality.xml" 2>&1 | mask
done
# nothing of a person, nor of a row, comes out
for format in text json xml; do
	say validate --truth $truth $some --format $format --lang en |
	    grep -cE '[0-9a-f]{8}-[0-9a-f]{4}-'
done
# no interview at all; one twice, one cut short and one absent: the rest counts
say validate --truth $truth --lang en
echo '<answers' > "$T/cut.xml"
say validate --truth $truth --positive possible xml/example/01-*.xml \
    xml/example/05-*.xml xml/example/01-*.xml "$T/cut.xml" "$T/absent.xml" --lang en |
    grep -vE '^(Positive|Negative) '
sed 's/determination="confirmed"/determination="suspected"/' $truth > "$T/word.xml"
sed '6p' $truth > "$T/twice.xml"
sed '6s/interview="/interview=" /' $truth > "$T/space.xml"
sed 's/tn="414"/tn="99999999"/' xml/validation/greenbaum-2018.xml > "$T/large.xml"
for bad in word twice space large cut absent; do
	say validate --truth "$T/$bad.xml" --lang en
done
say validate xml/example/01-*.xml --lang en
say validate --truth $truth --positive certain --lang en
