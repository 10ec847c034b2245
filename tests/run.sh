# run.sh - every test, as many at once as there are processors, one line each,
# and the count at the end.
#
#	RUN= PROGRAM=build/ihala BUILD=build sh tests/run.sh TEST-PROGRAM...
#
# One test is no other's business: each has a folder of its own (tests/one.sh).
export CMOCKA_MESSAGE_OUTPUT=TAP TZ=UTC LC_ALL=C
export RUN PROGRAM BUILD LOG
unset IHALA_DATA LANG LANGUAGE
LOG=$(mktemp) || exit 1
all=$(mktemp) || exit 1
trap 'rm -f "$LOG" "$all"' EXIT

# The longest first, so that no processor waits at the end.
{
	printf 'house %s\n' tests/house/*.sh
	printf 'transcript %s\n' tests/cli/*.sh
	printf 'program %s\n' "$@"
} > "$all"
xargs -n 2 -P "$(nproc)" sh tests/one.sh < "$all"

[ "$(grep -c '^# ' "$LOG")" = "$(wc -l < "$all")" ] ||
    echo "not ok - every test comes to its end" | tee -a "$LOG"
passed=$(grep -c '^ok' "$LOG")
failed=$(grep -c '^not ok' "$LOG")
grep '^not ok' "$LOG"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
