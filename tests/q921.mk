# Tests of q921; included by Makefile.am.
check_PROGRAMS += tests/test_q921
UNIT_TESTS += tests/test_q921
tests_test_q921_SOURCES = tests/test_q921.c tests/helper.c tests/helper.h
tests_test_q921_LDADD = $(core_test_libs)
