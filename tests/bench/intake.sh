# intake.sh - what it costs to take in what phones sent, beside xmllint.
#
#	sh tests/bench/intake.sh BUILD [SUBMISSIONS]
#
# CPU time of `ihala import odk FOLDER`, which reads each submission in a child,
# holds it to its questionnaire, judges danger, and seals, enters and commits
# it, over CPU time of `xmllint --noout` on the same files; and the memory it
# takes, beside that of a tenth of them.
build=${1:-build}
count=${2:-10000}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
ihala=$(realpath "$build/ihala")
measure=$build/tests/bench/measure
echo "an invented passphrase" > "$work/pass"
digest=$("$ihala" instrument list --format json | tr '{' '\n' |
    sed -n 's/.*"id":"rapid".*"digest":"\([0-9a-f]*\)".*/\1/p')
made() { # FOLDER COUNT
	mkdir "$work/$1"
	awk -v n="$2" -v to="$work/$1" -v digest="$digest" 'BEGIN {
		srand(7)
		for (i = 0; i < n; i++) {
			file = sprintf("%s/%06d.xml", to, i)
			printf "<data id=\"rapid\" version=\"1.0.0\"><_interview><digest>%s</digest><committee>MA</committee>" \
			    "<training>true</training><date>2026-11-20</date><channel>border</channel><language>ar</language></_interview>\n" \
			    "<conditions><alone>yes</alone><safe-now>%s</safe-now></conditions><consent><consent-interview>yes</consent-interview></consent>\n" \
			    "<person><age>%d</age><sex>_refused</sex><citizenship>SN</citizenship></person><going-about><limits>go-alone leave-place</limits></going-about>\n" \
			    "<contact><name>Personne Exemple %d</name></contact><meta><instanceID>uuid:%08x-0000-4000-8000-%012x</instanceID></meta></data>\n",
			    digest, rand() < 0.5 ? "yes" : "no", 18 + int(60 * rand()), i, n, i > file
			close(file)
		}
	}'
	"$ihala" --registry "$work/of-$1" --passphrase-file "$work/pass" init --committee MA --training 2> /dev/null
}
import() { # FOLDER: CPU, wall, memory
	"$measure" "$ihala" --registry "$work/of-$1" --passphrase-file "$work/pass" import odk "$work/$1"
}
tenth=$((count / 10))
made few $tenth
made many $count
few=$(import few)
peer=$("$measure" sh -c 'find "$1" -name "*.xml" -print0 | sort -z | xargs -0 -n 500 xmllint --noout' - "$work/many")
many=$(import many)
waits=$("$ihala" --registry "$work/of-many" intake list --format xml | grep -c '<interview ')
[ "$waits" = "$count" ] || { echo "$waits of $count were taken in"; exit 1; }
echo "$few $many $peer" | awk -v count="$count" '{
	printf "taking in %d submissions: %.1f times xmllint --noout on the same files, %.2f milliseconds of CPU each\n", count, $4 / $7, 1000 * $4 / count
	printf "memory: %.1f MB, of a tenth of them %.1f MB\n", $6 / 1024, $3 / 1024
	exit $6 > 1.5 * $3 + 4096
}' || { echo "memory grows with the number of submissions"; exit 1; }
