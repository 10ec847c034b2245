# the engine agrees with the oracle, a stylesheet that shares no code with it, on 10 000 interviews
#
# 4000 of adults, 2000 of children, 4000 short ones, by the main framework of
# each; 1000 more of adults by every other framework.  All 10 000 by all eight
# would take the stylesheet a minute and a half; this is half of that, and each
# shape of rule has a thousand at least.  A document holds 500, so that its
# tree stays small.  The examples come first: their lines are expected.txt.
. tests/assess/frameworks.inc
main() { # INSTRUMENT
	frameworks "$1" | head -n 1
}
others() { # INSTRUMENT
	frameworks "$1" | tail -n +2 | paste -sd ' '
}
for file in xml/example/*.xml; do
	id=$(sed -n 's/.* instrument="\([^"]*\)".*/\1/p' "$file")
	"${BUILD:-build}/tests/assess/judge" "$file" $(frameworks "$id") || exit 1
done | diff -u tests/assess/expected.txt - || exit 1
{
	for seed in 1 2 3 4 5 6 7 8; do
		echo 500 $seed adult "$(main adult)"
	done
	echo 500 11 adult "$(others adult)"
	echo 500 12 adult "$(others adult)"
	for seed in 13 14 15 16; do
		echo 500 $seed child "$(main child)"
	done
	for seed in 17 18 19 20 21 22 23 24; do
		echo 500 $seed rapid "$(main rapid)"
	done
} | PROGRAM="${PROGRAM:-build/ihala}" BUILD="${BUILD:-build}" \
    xargs -P "$(nproc)" -L 1 sh tests/assess/agree.sh
