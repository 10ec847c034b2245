# each verb has a man page that lints, says the same sentence as its help, and names every option the verb takes
set -e
export LC_ALL=C
bad=0
mandoc -Tlint -W warning src/cli/*.1 || bad=1
verbs=$("$PROGRAM" --help | awk '/^  [a-z]/ && !/--/ { print $1 }')
[ -n "$verbs" ]
for verb in $verbs; do
	page=src/cli/ihala-$verb.1
	[ -e "$page" ] || { echo "$page is missing"; bad=1; continue; }
	[ -e "src/cli/cmd_$verb.c" ] || { echo "src/cli/cmd_$verb.c is missing"; bad=1; }
	[ -e "tests/cli/$verb.sh" ] || { echo "tests/cli/$verb.sh is missing"; bad=1; }
	about=$("$PROGRAM" "$verb" --help | sed -n 2p)
	said=$(sed -n 's/^\.Nd //p' "$page")
	[ "$(echo "$about" | cut -c1 | tr A-Z a-z)$(echo "$about" | cut -c2-)" = "$said" ] ||
	    { echo "$page and --help say different sentences"; bad=1; }
	for option in $("$PROGRAM" "$verb" --help | grep -o -- '--[a-z-]*' | sort -u); do
		[ "$option" = --version ] && continue
		grep -q -- "Fl -${option#--}" "$page" ||
		    { echo "$page does not name $option"; bad=1; }
	done
done
exit $bad
