# one.sh - one test: what it says in one piece, and its lines added to LOG.
#
#	LOG= RUN= PROGRAM= BUILD= sh tests/one.sh program|transcript|house FILE
#
# Unit tests and corpora are programs that print "ok" and "not ok" lines
# (TAP); transcripts are tests/cli/*.sh, whose output must be the .out beside
# them, byte for byte; a check of the house says in its first line what it
# finds.
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
: > "$work/results"

tell() { # STATUS SENTENCE
	if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fi |
	    tee -a "$work/results"
}

program() {
	echo "# $1"
	case $1 in
	*/fuzz/*) set -- "$1" "tests/fuzz/corpus/$(basename "$1" | sed 's/^fuzz_//')" ;;
	esac
	$RUN "$@" > "$work/out" 2>&1
	status=$?
	sed 's/^/  /' "$work/out" | grep -vE '^  (1\.\.|# )' || true
	grep -E '^(ok|not ok)' "$work/out" >> "$work/results"
	if [ $status != 0 ] && ! grep -q '^not ok' "$work/out"; then
		tell 1 "$1 ended with status $status"
	fi
	if ! grep -qE '^(ok|not ok)' "$work/out"; then
		tell 1 "$1 ran no test"
	fi
}

transcript() {
	mkdir "$work/t"
	IHALA="$RUN $(realpath "$PROGRAM")" T="$work/t" sh "$1" 2>&1 |
	    sed '/^--[0-9]*-- /d' > "$work/out"	# valgrind, of a call it does not know
	if diff -u "${1%.sh}.out" "$work/out" > "$work/diff"; then
		tell 0 "$1 says what its .out says"
	else
		sed 's/^/  /' "$work/diff"
		tell 1 "$1 says what its .out says"
	fi
}

house() {
	sh "$1" > "$work/out" 2>&1
	status=$?
	[ $status = 0 ] || sed 's/^/  /' "$work/out"
	tell $status "$(sed -n '1s/^# //p' "$1")"
}

"$1" "$2" > "$work/said" 2>&1
# Others are at theirs.
exec 9>> "$LOG"
flock 9
cat "$work/said"
{ echo "# $1 $2"; cat "$work/results"; } >&9
