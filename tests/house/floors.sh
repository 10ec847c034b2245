# no floor reaches up, and each foreign library stays on its floor
awk -f tests/floors.awk src/*/*.[ch] include/ihala/*.h
