# run.sh - every test, one line each, and the count at the end.
#
#	RUN= PROGRAM=build/ihala BUILD=build sh tests/run.sh TEST-PROGRAM...
#
# Unit tests and corpora are programs that print "ok" and "not ok" lines
# (TAP); transcripts are tests/cli/*.sh, whose output must be the .out beside
# them, byte for byte.
export CMOCKA_MESSAGE_OUTPUT=TAP TZ=UTC LC_ALL=C
unset IHALA_DATA LANG LANGUAGE
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
log=$work/log
: > "$log"

tell() { # STATUS SENTENCE
	if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fi |
	    tee -a "$log"
}

for program in "$@"; do
	case $program in
	*/fuzz/*) set -- "$program" "tests/fuzz/corpus/$(basename "$program" | sed 's/^fuzz_//')" ;;
	*) set -- "$program" ;;
	esac
	echo "# $program"
	$RUN "$@" > "$work/out" 2>&1
	status=$?
	sed 's/^/  /' "$work/out" | grep -vE '^  (1\.\.|# )' || true
	grep -E '^(ok|not ok)' "$work/out" >> "$log"
	if [ $status != 0 ] && ! grep -q '^not ok' "$work/out"; then
		tell 1 "$program ended with status $status"
	fi
	if ! grep -qE '^(ok|not ok)' "$work/out"; then
		tell 1 "$program ran no test"
	fi
done

echo "# transcripts"
for script in tests/cli/*.sh; do
	[ -e "$script" ] || continue
	mkdir "$work/t"
	IHALA="$RUN $(realpath "$PROGRAM")" T="$work/t" sh "$script" 2>&1 |
	    sed '/^--[0-9]*-- /d' > "$work/out"	# valgrind, of a call it does not know
	if diff -u "${script%.sh}.out" "$work/out" > "$work/diff"; then
		tell 0 "$script says what its .out says"
	else
		sed 's/^/  /' "$work/diff"
		tell 1 "$script says what its .out says"
	fi
	rm -rf "$work/t"
done

echo "# the house"
for check in tests/house/*.sh; do
	[ -e "$check" ] || continue
	PROGRAM="$PROGRAM" BUILD="$BUILD" sh "$check" > "$work/out" 2>&1
	status=$?
	[ $status = 0 ] || sed 's/^/  /' "$work/out"
	tell $status "$(sed -n '1s/^# //p' "$check")"
done

passed=$(grep -c '^ok' "$log")
failed=$(grep -c '^not ok' "$log")
grep '^not ok' "$log"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
