# Ihala.  Two commands: `make demo` and `make check`.
#
# One Makefile, no recursion into folders: a new file in src/*/, xml/words/ or
# tests/*/ is found by its place.  Variants build beside, in build/asan and so
# on.  `make help` lists the targets.

PREFIX	?= /usr/local
BUILD	?= build
CC	 = gcc

# ---- Debian packages, each with its reason.  Nowhere else.
DEBS_BUILD += gcc			# the compiler
DEBS_BUILD += libc6-dev			# its library
DEBS_BUILD += pkg-config		# where libraries are
DEBS_BUILD += libxml2-dev		# XML, RELAX NG
DEBS_BUILD += libxslt1-dev		# documents
DEBS_BUILD += libsqlite3-dev		# the registry
DEBS_BUILD += libssl-dev		# keys, signatures, envelopes
DEBS_BUILD += libp11-dev		# officers' keys on a token (PKCS #11)
DEBS_BUILD += zlib1g-dev		# inflate, under our strict ZIP reader
DEBS_BUILD += libicu-dev		# plural forms, folding of names
DEBS_BUILD += libseccomp-dev		# the confined reader
DEBS_BUILD += libpango1.0-dev		# lines of Arabic beside lines of French
DEBS_BUILD += libcairo2-dev		# tagged PDF, fonts embedded
DEBS_BUILD += libqrencode-dev		# the QR code of a paper
DEBS_BUILD += fonts-noto-core		# its letters
DEBS_BUILD += fonts-hosny-amiri		# signs of Arabic that Noto has not
DEBS_BUILD += libmicrohttpd-dev	# HTTP, for the screens
DEBS_BUILD += liblpsolve55-dev		# controlled rounding
DEBS_BUILD += libxlsxwriter-dev	# tables as a workbook
DEBS_BUILD += xsltproc			# compiles xml/words into C
DEBS_BUILD += libxml2-utils		# xmllint: schemas, the bench's peer
DEBS_DEMO  += openssl			# the outsider's reader
DEBS_DEMO  += unzip			# the same
DEBS_TEST  += libcmocka-dev		# unit tests
DEBS_TEST  += gnutls-bin		# certtool: verifies our signatures
DEBS_TEST  += softhsm2			# a token in software
DEBS_TEST  += libbcpkix-java		# BouncyCastle: a third verifier
DEBS_TEST  += openjdk-17-jdk-headless	# runs it, 4 seconds
DEBS_TEST  += mandoc			# lints the man pages
DEBS_TEST  += python3			# ZIP files that no honest tool makes
DEBS_TEST  += qpdf			# is it a sound PDF, and is it tagged
DEBS_TEST  += zbar-tools		# a QR code, read by others
DEBS_TEST  += poppler-utils		# the words that come out of a PDF
DEBS_TEST  += mupdf-tools		# the same, by others
DEBS_TEST  += tidy			# is a paper sound HTML
DEBS_TEST  += libreoffice-calc-nogui	# opens a workbook, and a CSV
DEBS_TEST  += libglpk-dev		# another solver: the oracle of ours
DEBS_TEST  += valgrind			# instructions of an interview, memory
DEBS_TEST  += chromium			# opens pages; the bench: prints one
DEBS_TEST  += nodejs			# drives it: tests/npm
DEBS_TEST  += npm			# installs what drives it, and axe
DEBS_TEST  += firefox-esr		# the offline page in another browser
DEBS_BENCH += nginx-light		# the peer of a cached page
DEBS_BENCH += wrk			# asks both for it
DEBS_TOOLS += clang			# second compiler
DEBS_TOOLS += libclang-rt-14-dev	# its sanitizers and fuzzer
DEBS_TOOLS += clang-format clang-tidy	# form and lint
DEBS_TOOLS += cppcheck			# lint
DEBS_TOOLS += lcov			# coverage
DEBS_TOOLS += debootstrap		# a bare Debian 12 for `make fresh`

# Install what is missing of the packages $(1), as root or by sudo; what another
# package provides is there.
define need
@have=$$(dpkg-query -W -f '$${db:Status-Status} $${Package}, $${Provides},\n' | \
	sed -n 's/^installed//p' | tr '\n' ' '); \
missing=$$(for p in $(1); do \
	case $$have in *" $$p,"*) ;; *) echo $$p ;; esac; done); \
if [ -n "$$missing" ]; then \
	sudo=; [ "$$(id -u)" = 0 ] || sudo="sudo -E"; \
	echo "installing" $$missing; \
	$$sudo apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq \
	    --no-install-recommends $$missing >/dev/null; \
fi
endef

# ---- how things are built
Q	 = $(if $(V),,@)# V=1 shows each command
PKGS	 = libxml-2.0 libxslt sqlite3 libp11 libcrypto zlib icu-i18n icu-uc libseccomp \
	   libmicrohttpd pango cairo-pdf cairo-ft harfbuzz freetype2 libqrencode
WARN	 = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wvla -Wundef \
	   -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual -Wformat=2 \
	   -Wwrite-strings -Wimplicit-fallthrough -Wno-overlength-strings
HARDEN	 = -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	   -fstack-clash-protection -fPIE \
	   $(if $(filter x86_64,$(shell uname -m)),-fcf-protection)
CFLAGS	?= -O2 -g $(HARDEN)
LDFLAGS	?= -pie -Wl,-z,relro,-z,now,-z,noexecstack
GEN	 = $(BUILD)/gen
CPPFLAGS = -std=c17 -D_GNU_SOURCE -Iinclude -Itests -I$(GEN) -MMD -MP \
	   $(PKG_CFLAGS)
# Asked of pkg-config once, and only when something is compiled.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)
# Of the libraries only those that a program asks for: ihala sets no pages.
LDLIBS	 = $(eval LDLIBS := -Wl,--as-needed $(shell pkg-config --libs $(PKGS)) \
	   -llpsolve55 -lcolamd -lxlsxwriter -ldl -lm)$(LDLIBS)

LIB	 = $(BUILD)/libihala.a
PROGRAM	 = $(BUILD)/ihala
PRESS	 = $(BUILD)/ihala-press
PRESS_SRC = src/cli/press.c
DOOR	 = $(BUILD)/ihala-door
DOOR_SRC = src/cli/door.c
PROGRAMS = $(PROGRAM) $(PRESS) $(DOOR)
CLI_SRC	 = $(filter-out $(PRESS_SRC) $(DOOR_SRC),$(wildcard src/cli/*.c))
LIB_SRC	 = $(filter-out $(wildcard src/cli/*.c),$(wildcard src/*/*.c))
object	 = $(patsubst %.c,$(BUILD)/%.o,$(1))
TEST_SRC = $(wildcard tests/*/test_*.c)
TESTS	 = $(patsubst %.c,$(BUILD)/%,$(TEST_SRC))
HELPERS	 = $(BUILD)/tests/bench/generate $(BUILD)/tests/assess/judge \
	   $(BUILD)/tests/house/planted $(BUILD)/tests/document/set \
	   $(BUILD)/tests/instrument/asked \
	   $(BUILD)/tests/summary/sets $(BUILD)/tests/summary/oracle
FUZZ_SRC = $(wildcard tests/fuzz/fuzz_*.c)
FUZZERS	 = $(patsubst %.c,$(BUILD)/%,$(FUZZ_SRC))
SOURCES	 = $(wildcard include/ihala/*.h src/*/*.[ch] tests/*.h tests/*/*.[ch])
WORDS	 = $(wildcard xml/words/*.xml)
SQL	 = $(wildcard src/registry/*.sql)
MAN	 = $(wildcard src/cli/*.1 src/cli/*.5)

WORDS_MADE = $(GEN)/words_keys.h $(GEN)/words_table.inc \
	     $(GEN)/words_tags.inc
GENERATED = $(WORDS_MADE) \
	    $(patsubst src/registry/%.sql,$(GEN)/%.sql.inc,$(SQL))

.DELETE_ON_ERROR:
.PRECIOUS: $(BUILD)/%.o $(BUILD)/tests/%
.SECONDARY: $(GENERATED)
.PHONY: all help deps demo demo-run npm check check-run check-clients floors words asan \
	valgrind coverage fuzz fuzz-run tidy bench format format-check \
	fresh install clean

##all		the programs build/ihala, ihala-press, ihala-door, and build/libihala.a
all: $(PROGRAMS) words

##help		this list
help:
	@sed -n 's/^##//p' Makefile

##demo		installs what is missing, builds, and runs the main job
demo:
	$(call need,$(DEBS_BUILD) $(DEBS_DEMO))
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@sh tests/demo.sh $(PROGRAM) build/demo

##check		installs what the tests need, and runs them all
check:
	$(call need,$(DEBS_BUILD) $(DEBS_DEMO) $(DEBS_TEST))
	@$(MAKE) --no-print-directory -j$$(nproc) check-run

##deps		installs every Debian package any target needs
deps:
	$(call need,$(DEBS_BUILD) $(DEBS_DEMO) $(DEBS_TEST) $(DEBS_BENCH) $(DEBS_TOOLS))

$(PROGRAM): $(call object,$(CLI_SRC))
$(PRESS): $(call object,$(PRESS_SRC))
$(DOOR): $(call object,$(DOOR_SRC))
$(PROGRAMS): $(LIB)
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $(filter-out $(LIB),$^) $(LIB) $(LDLIBS) -o $@

$(LIB): $(call object,$(LIB_SRC))
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/%.o: %.c Makefile | $(GENERATED)
	@mkdir -p $(@D)
	@echo "  $(CC) $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(WARN) -c $< -o $@

# SQL stays readable SQL; C sees it as one string literal.
$(GEN)/%.sql.inc: src/registry/%.sql
	@mkdir -p $(@D)
	$(Q)sed 's/["\\]/\\&/g; s/.*/"&\\n"/' $< > $@

# The catalogue becomes C: src/xml/words.sh.  It leaves a file that would not
# change as it is, so only the stamp is new; the folder itself is looked at
# so that a file taken away is noticed.
$(GEN)/words.stamp: $(WORDS) xml/words xml/schema/words.rng \
    xml/schema/common.rng src/xml/words.sh src/xml/words.xsl src/xml/words.awk
	@sh src/xml/words.sh $(GEN) $(WORDS)
	@touch $@
$(WORDS_MADE): $(GEN)/words.stamp ;

words: $(GEN)/words.stamp
	@sh tests/words.sh $(GEN)/words_keys.h

# Without libFuzzer each fuzz target is a test that reads its corpus.
FUZZ_MAIN ?= $(BUILD)/tests/fuzz/driver.o
$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(FUZZ_MAIN) $(LIB)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
# What the commands share, without the command line itself.
COMMANDS = $(call object,$(filter-out src/cli/main.c,$(CLI_SRC)))
$(BUILD)/tests/cli/%: $(BUILD)/tests/cli/%.o $(COMMANDS) $(LIB)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -lcmocka -o $@
# The only program with GLPK in it, which holds ours to account.
$(BUILD)/tests/summary/oracle: ORACLE = -lglpk
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(LIB)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -lcmocka $(ORACLE) -o $@

# What tests/npm/package-lock.json pins, from the registry of npm.
NPM	 = build/npm
$(NPM)/installed: tests/npm/package.json tests/npm/package-lock.json
	@mkdir -p $(@D)
	@cp $^ $(@D)/
	@cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

##npm		what the tests of pages import, into build/npm
npm: $(NPM)/installed

check-run: all $(NPM)/installed $(TESTS) $(FUZZERS) $(HELPERS)
	@RUN="$(RUN)" PROGRAM="$(PROGRAM)" BUILD="$(BUILD)" \
	    sh tests/run.sh $(TESTS) $(FUZZERS)

# Enketo and ODK Web Forms: 145 MB, which `make check` does without.  They ask
# for Node 20 to be built; what runs here of theirs runs in Chromium, and esbuild
# and sass are content with Debian's 18.  Two of Enketo's own dependencies are on
# no registry, and are put in their places by "overrides".
CLIENTS	 = build/clients
$(CLIENTS)/installed: tests/clients/package.json tests/clients/package-lock.json
	@mkdir -p $(@D)
	@cp $^ $(@D)/
	@cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

##check-clients	our forms in Enketo and ODK Web Forms (ENKETO=FOLDER: a checkout)
check-clients:
	$(call need,$(DEBS_BUILD) $(DEBS_DEMO) $(DEBS_TEST))
	@$(MAKE) --no-print-directory all $(NPM)/installed $(CLIENTS)/installed \
	    $(BUILD)/tests/instrument/asked
	@ENKETO="$(ENKETO)" CLIENTS="$(CLIENTS)" \
	    sh tests/clients/clients.sh $(PROGRAM) $(BUILD)

floors:
	@awk -f tests/floors.awk $(wildcard src/*/*.[ch] include/ihala/*.h)

##asan		all tests under AddressSanitizer and UBSan
SANITIZE = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	   -fno-sanitize-recover=all
asan:
	$(call need,$(DEBS_BUILD) $(DEBS_DEMO) $(DEBS_TEST))
	@IHALA_FEW=1 $(MAKE) --no-print-directory BUILD=build/asan \
	    CFLAGS="$(SANITIZE)" LDFLAGS= check-run

##valgrind	all tests under valgrind
valgrind:
	$(call need,$(DEBS_BUILD) $(DEBS_DEMO) $(DEBS_TEST) $(DEBS_TOOLS))
	@IHALA_FEW=1 $(MAKE) --no-print-directory check-run RUN="valgrind -q \
	    --leak-check=full --show-leak-kinds=definite \
	    --errors-for-leak-kinds=definite \
	    --error-exitcode=9"

##coverage	lines that the tests reach
coverage:
	$(call need,$(DEBS_BUILD) $(DEBS_DEMO) $(DEBS_TEST) $(DEBS_TOOLS))
	rm -rf build/coverage
	@IHALA_FEW=1 $(MAKE) --no-print-directory BUILD=build/coverage \
	    CFLAGS="-O0 -g --coverage -fprofile-update=atomic -DIH_MEASURED" LDFLAGS= \
	    check-run
	lcov -q -c -d build/coverage/src -o build/coverage/info
	lcov --list build/coverage/info

##fuzz		each fuzz target for SECONDS_EACH (30) seconds
fuzz:
	$(call need,$(DEBS_BUILD) $(DEBS_DEMO) $(DEBS_TEST) $(DEBS_TOOLS))
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC=clang LDFLAGS= \
	    FUZZ_MAIN= CFLAGS="-O1 -g -fsanitize=fuzzer-no-link,address,undefined" \
	    LDLIBS="$(LDLIBS) -fsanitize=fuzzer" fuzz-run
fuzz-run: $(FUZZERS)
	@sh tests/fuzz.sh $(BUILD) $(FUZZERS)

##tidy		cppcheck, gcc -fanalyzer, clang warnings, clang-tidy
tidy:
	$(call need,$(DEBS_BUILD) $(DEBS_TOOLS))
	@$(MAKE) --no-print-directory $(GENERATED)
	cppcheck -q --error-exitcode=1 --enable=warning,portability \
	    --inline-suppr --suppress=memleak --suppress=resourceLeak \
	    -Iinclude -I$(GEN) src
	@$(MAKE) --no-print-directory BUILD=build/analyzer \
	    CFLAGS="-O2 -fanalyzer -Werror" all
	@$(MAKE) --no-print-directory BUILD=build/clang CC=clang \
	    CFLAGS="-O2 -Werror" LDFLAGS= all
	@printf '%s\n' $(wildcard src/*/*.c) | xargs -P "$$(nproc)" -n 4 sh -c \
	    'clang-tidy --quiet --warnings-as-errors="*" "$$@" -- $(CPPFLAGS)' -

##bench		speed, as ratios to a peer in the same run
bench:
	$(call need,$(DEBS_BUILD) $(DEBS_DEMO) $(DEBS_TEST) $(DEBS_BENCH))
	@$(MAKE) --no-print-directory all $(BUILD)/tests/bench/generate \
	    $(BUILD)/tests/bench/measure $(BUILD)/tests/bench/names \
	    $(BUILD)/tests/bench/registry $(BUILD)/tests/bench/work \
	    $(BUILD)/tests/bench/exchange $(BUILD)/tests/bench/document \
	    $(BUILD)/tests/document/set $(BUILD)/tests/summary/oracle \
	    $(BUILD)/tests/bench/count $(BUILD)/tests/bench/web
	@short=0; \
	sh tests/bench/bench.sh $(BUILD) || short=1; \
	sh tests/bench/names.sh $(BUILD) || short=1; \
	sh tests/bench/work.sh $(BUILD) || short=1; \
	sh tests/bench/intake.sh $(BUILD) || short=1; \
	sh tests/bench/exchange.sh $(BUILD) || short=1; \
	sh tests/bench/document.sh $(BUILD) || short=1; \
	sh tests/bench/summary.sh $(BUILD) || short=1; \
	sh tests/bench/web.sh $(BUILD) || short=1; \
	$(BUILD)/tests/bench/registry 200 $(BUILD) || short=1; \
	exit $$short

##format		lays the C out as .clang-format says
format:
	$(call need,$(DEBS_TOOLS))
	clang-format -i $(SOURCES)

##format-check	fails where `make format` would change a line
format-check:
	$(call need,$(DEBS_TOOLS))
	clang-format --dry-run -Werror $(SOURCES)

##fresh		both commands in a bare Debian 12 made by debootstrap
fresh:
	$(call need,$(DEBS_TOOLS))
	sh tests/fresh.sh

##install	program, data and man pages under PREFIX (DESTDIR)
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/ihala \
	    $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin/
	cp -R xml xslt $(DESTDIR)$(PREFIX)/share/ihala/
	install -m 644 $(MAN) $(DESTDIR)$(PREFIX)/share/man/man1/

##clean		removes build/
clean:
	rm -rf build

-include $(wildcard $(BUILD)/src/*/*.d $(BUILD)/tests/*/*.d)
