# more.awk - a framework with TIMES as many indicators, under the same
# questions: each one again, under other ids.
#
#	awk -v TIMES=4 -f more.awk FRAMEWORK.xml
/<indicator / { text = ""; inside = 1 }
inside { text = text $0 "\n" }
!inside { print }
/<\/indicator>/ {
	inside = 0
	for (n = 1; n <= TIMES; n++) {
		copy = text
		if (n > 1)
			sub(/ id="[^"]*/, "&-" n, copy)
		printf "%s", copy
	}
}
