# the screens do in a browser what they say, for each role, and refuse what no browser would send
#
# Each part is a program of tests/web that makes an office of its own.
# IHALA_FEW: without those that wait for a browser.
export PROGRAM
parts="wording attacks roles typed offers"
[ -n "$IHALA_FEW" ] || parts="$parts journeys referral together intake strange kept pages"
bad=0
for part in $parts; do
	node "tests/web/$part.mjs" || bad=1
done
exit $bad
