# ihala roles: one closed table of who may do what.
. tests/cli/prelude.inc
say --lang en roles | sed 's/  *$//'
say --lang fr roles | sed 's/  *$//'
say --lang ar roles | sed 's/  *$//'
say roles --format xml | head -n 4
