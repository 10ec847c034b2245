# the oracle finds for each example what is expected, all four levels among them
bad=0
sh tests/assess/oracle.sh | diff tests/assess/expected.txt - || bad=1
for level in indicated possible undetermined no-indication; do
	if ! cut -d ' ' -f 3 tests/assess/expected.txt | grep -qx "$level"; then
		echo "no example is $level"
		bad=1
	fi
done
exit $bad
