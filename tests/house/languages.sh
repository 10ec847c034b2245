# the help of every verb exists in Arabic, French and English, and differs
set -e
for verb in "" $("$PROGRAM" --help | awk '/^  [a-z]/ && !/--/ { print $1 }'); do
	"$PROGRAM" $verb --help --lang ar | LC_ALL=C grep -q "$(printf '\331')" || { echo "$verb: no Arabic"; exit 1; }
	[ "$("$PROGRAM" $verb --help --lang fr)" != "$("$PROGRAM" $verb --help --lang en)" ] ||
	    { echo "$verb: French is English"; exit 1; }
done
