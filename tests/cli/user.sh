# ihala user: two people let somebody in, and each account does what its roles allow.
. tests/cli/prelude.inc
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
quietly MA init --committee MA --training
code=$(opened MA "$(ls xml/example/01-*.xml)")
# the first account lets in the second
at MA user register accounts-1 --role administrator --new-passphrase-file "$T/new"
at MA user admit accounts-1
# from then on it takes two
as accounts-1 user register supervisor-1 --role supervisor --new-passphrase-file "$T/new"
as supervisor-1 case list
as accounts-1 user admit supervisor-1
# where there are several, one is named
at MA case show "$code"
at MA --user office user admit supervisor-1
as accounts-1 user register worker-1 --role screener,case-worker --new-passphrase-file "$T/new"
as supervisor-1 user admit worker-1
at MA user list | sed 's/  *$//'
# the accounts' keeper reads nothing
as accounts-1 case show "$code"
as accounts-1 case open xml/example/02-*.xml
as accounts-1 case assign "$code" worker-1
# a case is opened to whom it is given
as worker-1 case show "$code"
as supervisor-1 case assign "$code" worker-1
as worker-1 case show "$code" | head -n 1
as supervisor-1 case unassign "$code" worker-1
as worker-1 case show "$code"
# in an emergency, for four hours, and somebody else looks at it
echo "?" > "$T/reason"
as worker-1 case break "$code" --reason-file "$T/reason"
echo "The person has come back at night and is in danger" > "$T/reason"
as worker-1 case break "$code" --reason-file "$T/reason"
as worker-1 case show "$code" | head -n 1
later='--now 2026-11-21T14:00:00Z'
( now=$later; as worker-1 case show "$code" )
entry=$($IHALA --registry "$T/MA" case breaks --format xml | sed -n 's/.*entry="\([0-9]*\)".*/\1/p')
as worker-1 case review "$entry"
as supervisor-1 case review "$entry"
as supervisor-1 case review "$entry"
at MA case breaks | sed 's/  *$//'
# whoever is revoked is out at once, and new keys close what comes
as accounts-1 user revoke supervisor-1
as supervisor-1 case list
as supervisor-1 case show "$code"
as worker-1 user rotate
at MA --user office user rotate
at MA --user office case show "$code" | head -n 1
# slips
as accounts-1 user register "two words" --role screener --new-passphrase-file "$T/new"
as accounts-1 user register worker-1 --role screener --new-passphrase-file "$T/new"
as accounts-1 user register worker-2 --role administrator,screener --new-passphrase-file "$T/new"
as accounts-1 user register worker-2 --role root --new-passphrase-file "$T/new"
as accounts-1 user register worker-2 --new-passphrase-file "$T/new"
as accounts-1 user revoke nobody
as nobody user rotate
at MA --user office user revoke accounts-1
# one's own passphrase
echo "a second passphrase" > "$T/newer"
as worker-1 user passphrase --new-passphrase-file "$T/newer"
as worker-1 user passphrase --new-passphrase-file "$T/newer"
# where people are real, the first account is not to stay
first() { # WORDS...
	$IHALA --registry "$T/real" --passphrase-file "$T/pass" --lang en "$@" > "$T/.said" 2>&1
	status=$?
	sed 's/  *$//' "$T/.said" | mask
	[ $status = 0 ] || echo "status $status"
}
echo "a passphrase of a real office" > "$T/pass"
first init --committee MA > /dev/null
first user list
first user register accounts-1 --role administrator --new-passphrase-file "$T/pass" > /dev/null
first user admit accounts-1 > /dev/null
first --user office registry verify | sed 's/[0-9][0-9]*/N/'
first --user accounts-1 user register officer-1 --role committee,case-worker,data-protection-officer --new-passphrase-file "$T/pass" > /dev/null
first --user office user admit officer-1
first user list
first --user officer-1 work
first --user accounts-1 user revoke office | head -n 1
first user list
