# bench.sh - what a batch costs, as ratios to a peer in the same run.
#
#	sh tests/bench/bench.sh BUILD [INTERVIEWS]
#
# CPU time, in alternation with the peer: the median of the ratios, so that
# a machine that does other things slows both.  Both on one processor, for two
# threads wait for each other's memory and the peer has but one: what that
# costs is told apart.  Time by the clock (two threads) is told with whether
# there was a second processor to be had: it means nothing where there was
# none.  Exit 1 where a line falls short.
build=${1:-build}
count=${2:-20000}
runs=${RUNS:-5}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
ihala=$(realpath "$build/ihala")
measure=$build/tests/bench/measure
first=$(taskset -cp $$ | sed 's/.*: *//; s/[-,].*//')
: > "$work/short"

batch() { # FILE: CPU, wall, memory
	"$measure" "$ihala" assess --batch "$@"
}
alone() { # the same, and any other command, on one processor
	taskset -c "$first" "$@"
}
batch_alone() {
	alone "$measure" "$ihala" assess --batch "$@"
}
interviews() { # COUNT SEED: a stream of them
	"$build/tests/bench/generate" "$1" "$2" > "$work/$1.xml" || exit 1
}
# ratio COLUMN OURS PEER: the median of COLUMN of one over that of the other
ratio() {
	: > "$work/ratios"
	for run in $(seq "$runs"); do
		peer=$($3) || exit 1
		ours=$($2) || exit 1
		echo "$ours $peer"
	done | awk -v c="$1" '{ print $c / $(c + 3) }' | sort -n |
	    awk '{ r[NR] = $1 } END { print r[int((NR + 1) / 2)] }'
}
# line WHAT VALUE AIM most|least
line() {
	awk -v what="$1" -v value="$2" -v aim="$3" -v way="$4" 'BEGIN {
		good = way == "most" ? value <= aim : value >= aim
		printf "%-52s %7.2f  aim: at %s %-6s %s\n", what, value, way,
		    aim, good ? "reached" : "short"
		exit !good
	}' || echo "$1" >> "$work/short"
}

interviews "$count" 1
five=$((5 * count))
interviews "$five" 2
all=$work/$count.xml

ours() { batch_alone "$all"; }
xmllint_stream() { alone "$measure" xmllint --stream --noout "$all"; }
line "batch / xmllint --stream, CPU" "$(ratio 1 ours xmllint_stream)" 0.55 most

times_five() { batch_alone "$work/$five.xml"; }
line "5 times the interviews, CPU" "$(ratio 1 times_five ours)" 5.25 most

# The same questions under four times the indicators.
mkdir "$work/data"
cp -R xml xslt "$work/data/"
awk -v TIMES=4 -f tests/bench/more.awk xml/framework/ilo-adult-labour.xml \
    > "$work/data/xml/framework/ilo-adult-labour.xml"
times_four() { IHALA_DATA=$work/data batch_alone "$all"; }
line "4 times the indicators, CPU" "$(ratio 1 times_four ours)" 1.10 most

for n in "$count" "$five"; do
	line "peak memory of $n interviews, MB" \
	    "$(batch "$work/$n.xml" | awk '{ print $3 / 1024 }')" 16 most
done

# The rules again as a stylesheet, for few interviews: it takes long.
few=300
interviews "$few" 3
xsltproc --nonet tests/bench/rules.xsl "$work/$few.xml" > "$work/theirs"
"$ihala" assess --batch "$work/$few.xml" > "$work/ours" 2> /dev/null
cmp -s "$work/ours" "$work/theirs" || {
	echo "the stylesheet says something else"
	exit 1
}
stylesheet() {
	alone "$measure" xsltproc --nonet tests/bench/rules.xsl "$work/$few.xml"
}
runs=3
line "XSLT with keys / batch, CPU of one interview" "$(ratio 1 stylesheet ours |
    awk -v few="$few" -v all="$count" '{ print $1 * all / few }')" 60 least

# Two threads and one, by the clock: the best of each.
if [ "$(nproc)" -gt 1 ]; then
	one=$(for run in 1 2 3 4 5; do
		ours
	done | sort -k2n | head -n 1)
	two=$(for run in 1 2 3 4 5; do
		batch "$all"
	done | sort -k2n | head -n 1)
	# CPU time over time by the clock: processors it had.
	had=$(echo "$two" | awk '{ printf "%.2f", $1 / $2 }')
	wall=$(echo "$one $two" | awk '{ print $5 / $2 }')
	if awk -v had="$had" 'BEGIN { exit !(had > 1.6) }'; then
		line "$(nproc) threads / one, by the clock" "$wall" 0.65 most
	else
		printf "%-52s %7.2f  not judged: it had %s processors\n" \
		    "$(nproc) threads / one, by the clock" "$wall" "$had"
	fi
else
	echo "threads: not judged: there is one processor"
fi

everywhere() { batch "$all"; }
ratio 1 everywhere ours | awk -v n="$(nproc)" '{
	printf "%-52s %7.2f\n", n " threads / one, CPU", $1
}'
ours | awk -v count="$count" '{
	printf "%d interviews in %.2f s of CPU, %.0f microseconds each\n",
	    count, $1, $1 / count * 1e6
}'
[ ! -s "$work/short" ]
