# Tests of the programs; included by Makefile.am.
TOOL_TESTS += tests/test_q931_drop.sh
EXTRA_DIST += tests/test_q931_drop.sh
