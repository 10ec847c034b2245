# the catalogue of services fits its schema, cites what it says, calls policy what is policy, and no service is C
status=0
refuse() { echo "$1"; status=1; }
count() { # FILE XPATH
	xmllint --xpath "count($2)" "$1"
}
el() { echo "*[local-name()='$1']"; }

for file in xml/service/*.xml; do
	name=$(basename "$file" .xml)
	xmllint --noout --relaxng xml/schema/service.rng "$file" 2>/dev/null ||
	    refuse "$file: does not fit xml/schema/service.rng"
	[ "$(count "$file" "/*[@id='$name' or @committee='$name']")" = 1 ] ||
	    refuse "$file: id or committee is not that of the file name"
	[ "$(count "$file" "//$(el source)[string-length(normalize-space()) = 0]")" = 0 ] ||
	    refuse "$file: an empty source"
	[ "$(count "$file" "//$(el source)[not(@confidence)]")" = 0 ] ||
	    refuse "$file: a source that does not say how sure it is"
	# what no text says is policy, and says so
	[ "$(count "$file" "//*[@status != 'project-policy'][$(el source)[starts-with(., 'Project policy')]][not($(el source)[not(starts-with(., 'Project policy'))])]")" = 0 ] ||
	    refuse "$file: what is project policy is not marked so"
	[ "$(count "$file" "//$(el need)[@id = preceding-sibling::$(el need)/@id] | //$(el service)[@id = preceding-sibling::$(el service)/@id] | //$(el stage)[@id = preceding-sibling::$(el stage)/@id] | //$(el standard)[@id = preceding-sibling::$(el standard)/@id]")" = 0 ] ||
	    refuse "$file: an id that is there twice"
done

# each state a stage goes with is one of the lifecycle, or it never comes
for state in $(sed -n 's/.*<stage .*file="\([^"]*\)".*/\1/p' xml/service/*.xml | tr ' ' '\n' | sort -u); do
	grep -q "<state id=\"$state\"/>" xml/lifecycle/case.xml ||
	    refuse "xml/service: a stage goes with the state $state, which is not there"
done
# what a move records by itself is a cause that can be counted
for cause in $(sed -n 's/.* cause="\([^"]*\)".*/\1/p' xml/lifecycle/plan.xml); do
	grep -q "<cause id=\"$cause\">" xml/service/common.xml ||
	    refuse "xml/lifecycle/plan.xml: there is no cause $cause"
done
# every need of every questionnaire is in the catalogue
for need in $(for f in xml/instrument/*.xml; do sed -n '/<choices id="needs">/,/<\/choices>/s/.*<choice code="\([^"]*\)".*/\1/p' $f; done | sort -u | grep -vx none); do
	grep -q "<need id=\"$need\">" xml/service/common.xml ||
	    refuse "xml/service/common.xml: there is no need $need"
done
for service in $(sed -n 's/.*<service id="\([^"]*\)".*/\1/p' xml/service/common.xml); do
	if grep -nF "\"$service\"" src/registry/p*.c src/mechanism/service.c src/cli/cmd_plan.c src/cli/cmd_provider.c; then
		refuse "$service is a string literal in C: a service is data"
	fi
done
exit $status
