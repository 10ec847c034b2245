# the tree has its agreed shape: nothing else at the top, nothing left undone, no HTML in C, a contract on each header
bad=0
for name in $(ls); do
	case $name in
	src|include|xml|xslt|tests|Makefile|README.md|LICENSE|CHANGELOG.md|build) ;;
	*) echo "$name does not belong at the top level"; bad=1 ;;
	esac
done
left='TO''DO|FIX''ME|XX''X|not implem''ented'
grep -rnIE "\b($left)\b" src include xslt xml tests --include='*.[chx]*' && bad=1
grep -nE '"[^"]*<(div|span|table|html|body|h[1-6]|p)[ >]' src/*/*.c && bad=1
grep -nE '"(MA|EG|TN)"' src/*/*.c && bad=1
for header in include/ihala/*.h; do
	room=$(basename "$header")
	sed -n '2p' "$header" | grep -q "^ \* $room - " || { echo "$header does not open with its contract"; bad=1; }
	grep -q 'Source:' "$header" || { echo "$header cites no source"; bad=1; }
done
for c in src/*/*.c; do
	head -n 4 "$c" | grep -qE '/\*' || { echo "$c does not say what it is"; bad=1; }
done
exit $bad
