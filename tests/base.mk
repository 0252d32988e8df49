# Tests of base; included by Makefile.am.
check_PROGRAMS += tests/test_base
UNIT_TESTS += tests/test_base
tests_test_base_SOURCES = tests/test_base.c tests/helper.c tests/helper.h
tests_test_base_LDADD = $(core_test_libs)
