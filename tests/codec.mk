# Tests of the codec; included by Makefile.am.
check_PROGRAMS += tests/test_codec
UNIT_TESTS += tests/test_codec
tests_test_codec_SOURCES = tests/test_codec.c tests/helper.c tests/helper.h
tests_test_codec_LDADD = $(core_test_libs)
