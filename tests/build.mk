# Guards over the whole tree; included by Makefile.am.
tree_scripts = tests/check_includes.sh tests/check_symbols.sh tests/check_headers.sh \
	tests/check_format.sh tests/check_man.sh tests/check_pages.sh tests/check_link_all.sh
TREE_TESTS += $(tree_scripts)
EXTRA_DIST += $(tree_scripts) tests/pages_preamble.h tests/check_valgrind.sh tests/valgrind.supp tests/link_all.c

check-valgrind: $(check_PROGRAMS)
	$(AM_TESTS_ENVIRONMENT) sh $(srcdir)/tests/check_valgrind.sh
.PHONY: check-valgrind
