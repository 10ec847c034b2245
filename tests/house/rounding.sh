# years of three countries are rounded so that no small number comes back, and another solver finds the same tables and bounds
#
# IHALA_SETS says how many years of three countries (200 for the whole proof),
# and how many sets GLPK is asked about.
set -e
sets=${IHALA_SETS:-2}
[ -z "$IHALA_FEW" ] || sets=1
"$BUILD/tests/summary/sets" "$sets"
"$BUILD/tests/summary/oracle" agree "${IHALA_SETS:-20}"
