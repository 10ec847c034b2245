# web.sh - what the screens cost, beside nginx, one XSLT and one bare commit; and 100 screeners at once.
#
#	sh tests/bench/web.sh BUILD [MINUTES]
build=${1:-build}
PROGRAM=$build/ihala
export PROGRAM
short=0
node tests/bench/web.mjs page "$build" || short=1
node tests/bench/web.mjs save "$build" || short=1
node tests/bench/web.mjs load "${2:-1}" || short=1
exit $short
