# ihala framework: what there is, and what is wrong with a file.
. tests/cli/prelude.inc
say framework list --lang en | sed 's/  *$//'
say framework list --format json
say framework list --lang ar | head -n 2 | sed 's/  *$//'
say framework check xml/framework/*.xml --lang en
say framework check tests/assess/shape-any.xml --lang en
broken() { # SED: a framework with one thing changed
	sed "$1" xml/framework/"$2".xml > "$T/$2.xml"
	say framework check "$T/$2.xml" --lang en
}
# more points that say less; a row out of reach; an element without article
broken '/band id="many-signs"/s/from="5"/from="1"/' domestic-servitude
broken '/band id="some-signs"/s/level="possible"/level="indicated"/' domestic-servitude
broken '/band id="many-signs"/s/from="5"/from="500"/' begging-crime
broken 's/ article="448-1 al.1"//' law-ma | grep -o 'of the law cites no article' | uniq -c
broken 's/>No published list.*</></' begging-crime
broken 's/code="ForcedBegging"/code="Begging"/' begging-crime
broken 's/<text xml:lang="ar">/<text xml:lang="de">/' unodc-general
broken 's/<positive dimension="means"\/>/<not><positive dimension="means"\/><\/not>/' law-tn
broken 's/instrument="adult"/instrument="nothing"/' law-tn
say framework check "$T/absent.xml" --lang en
say framework show law-ma --lang en
