# ihala roles: one closed table of who may do what.
. tests/cli/prelude.inc
say --lang en roles | sed 's/  *$//'
say --lang fr roles | head -n 1
say --lang ar roles | head -n 1
say roles --format xml | head -n 4
