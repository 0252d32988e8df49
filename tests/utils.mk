# Tests of the programs and examples; included by Makefile.am.
TOOL_TESTS += tests/test_q931_drop.sh tests/example_uui_sip.sh tests/example_sip_gateway.sh tests/example_provider.sh \
	tests/example_drop_told.sh
EXTRA_DIST += tests/test_q931_drop.sh tests/example_lib.sh tests/example_uui_sip.sh tests/example_sip_gateway.sh \
	tests/example_provider.sh tests/example_drop_told.sh

example_tests = tests/example_drop.sh tests/example_pbx.sh tests/example_sip_provider.sh
TOOL_TESTS += $(example_tests)
EXTRA_DIST += $(example_tests) tests/sip_far.py
TOOL_TESTS += tests/test_q931_load.sh
EXTRA_DIST += tests/test_q931_load.sh
if HAVE_CMOCKA
check_PROGRAMS += tests/test_load
UNIT_TESTS += tests/test_load
tests_test_load_SOURCES = tests/test_load.c utils/load_hist.c utils/load_hist.h utils/load_pace.c utils/load_pace.h \
	utils/load_wire.c utils/load_wire.h
tests_test_load_LDADD = $(CMOCKA_LIBS)
endif
