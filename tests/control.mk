# Tests of the control socket; included by Makefile.am.
control_helpers = tests/control_lab.c tests/control_lab.h tests/mock_provider.c tests/mock_provider.h \
	$(registry_helpers) $(wire_helpers)

check_PROGRAMS += tests/test_control
UNIT_TESTS += tests/test_control
tests_test_control_SOURCES = tests/test_control.c $(control_helpers)
tests_test_control_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
tests_test_control_LDADD = $(control_test_libs)
check_PROGRAMS += tests/test_control_abuse
UNIT_TESTS += tests/test_control_abuse
tests_test_control_abuse_SOURCES = tests/test_control_abuse.c $(control_helpers)
tests_test_control_abuse_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
tests_test_control_abuse_LDADD = $(control_test_libs)
check_PROGRAMS += tests/test_control_turns
UNIT_TESTS += tests/test_control_turns
tests_test_control_turns_SOURCES = tests/test_control_turns.c $(control_helpers)
tests_test_control_turns_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
tests_test_control_turns_LDADD = $(control_test_libs)
check_PROGRAMS += tests/test_control_bounds
UNIT_TESTS += tests/test_control_bounds
tests_test_control_bounds_SOURCES = tests/test_control_bounds.c $(control_helpers)
tests_test_control_bounds_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
tests_test_control_bounds_LDADD = $(control_test_libs)
