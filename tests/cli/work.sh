# ihala work: what is due, the most urgent first; a calendar that tells nothing; a delay that is explained and stays one.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
# INSTANT WORDS...: the same office on another day
on() {
	now="--now $1"
	shift
	at MA "$@"
}
code1=$(opened MA xml/example/01-indicated-fr.xml)
code2=$(opened MA xml/example/02-indicated-ar.xml)
at MA case move "$code1" file finalise
at MA work
at MA case clocks "$code1"
on 2026-12-04T10:00:00Z work
on 2026-12-04T10:00:00Z work --overdue --format json
on 2026-11-23T10:00:00Z work --week
on 2026-11-23T10:00:00Z work --awaiting
on 2026-11-23T10:00:00Z work --mine
on 2026-11-23T10:00:00Z work --format xml
# a calendar, in the language that was asked for; nothing of what is due
on 2026-11-23T10:00:00Z work --calendar --lang fr -o "$T/days.ics"
tr -d '\r' < "$T/days.ics" | mask | sed 's/^UID:.*@/UID:ID@/'
awk '{ if (!sub(/\r$/, "")) bad = 1 } length > 75 { bad = 1 } END { print bad ? "not" : "every", "line ends in CR LF and has 75 bytes at most" }' "$T/days.ics"
on 2026-11-23T10:00:00Z work -o "$T/days.ics"
# too early to be explained, then explained, and as late as before
echo "The interpreter was ill for a week." > "$T/reason"
echo "x" > "$T/short"
on 2026-11-23T10:00:00Z case excuse "$code1" review --reason-file "$T/reason"
on 2026-12-04T10:00:00Z case excuse "$code1" lunch --reason-file "$T/reason"
on 2026-12-04T10:00:00Z case excuse "$code1" review --reason-file "$T/short"
on 2026-12-04T10:00:00Z case excuse "$code1" review
on 2026-12-04T10:00:00Z case excuse "$code1" review --reason-file "$T/reason"
on 2026-12-04T11:00:00Z case excuses "$code1"
on 2026-12-04T11:00:00Z case clocks "$code1"
on 2026-12-04T11:00:00Z work --overdue
# a step that is done is no longer due
on 2026-12-04T12:00:00Z case move "$code1" file confirm-possible
on 2026-12-04T12:00:00Z work
on 2026-12-04T12:00:00Z case clocks "$code1"
on 2026-12-05T12:00:00Z case move "$code1" file ask-more
on 2026-12-05T12:00:00Z work
on 2026-12-05T12:00:00Z work --lang ar
on 2026-12-05T12:00:00Z work lunch
on 2026-12-05T12:00:00Z ledger verify | sed 's/[0-9][0-9]*/N/'
# each account sees its own cases, and who has none is refused
echo "a first passphrase" > "$T/new"
as() { # USER WORDS...
	who=$1
	shift
	$IHALA --registry "$T/MA" --passphrase-file "$T/new" --user "$who" \
	    --lang en $now "$@" > "$T/.said" 2>&1
	status=$?
	mask < "$T/.said"
	[ $status = 0 ] || echo "status $status"
}
quietly MA user register accounts-1 --role administrator --new-passphrase-file "$T/new"
quietly MA user admit accounts-1
as accounts-1 work
as accounts-1 user register worker-1 --role case-worker --new-passphrase-file "$T/new" > /dev/null
quietly MA --user office user admit worker-1
as worker-1 work
quietly MA --user office case assign "$code2" worker-1
as worker-1 work
as worker-1 case move "$code2" file safe
as worker-1 work
as worker-1 case excuse "$code1" missing-information --reason-file "$T/reason"
