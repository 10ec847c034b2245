# ihala: help in each language; an unknown verb names the nearest one.
. tests/cli/prelude.inc
say --help --lang en
say --help --lang fr
say --help --lang ar
say asses x --lang en
say case opne x --lang en
say
say assess --lang en
say assess --to TN x --lang en
say assess --nonsense x --lang en
say --version
say open --help --lang en
say document --help --lang en
