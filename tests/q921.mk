# Tests of q921; included by Makefile.am.
check_PROGRAMS += tests/test_q921 tests/test_q921_tei tests/test_q921_line tests/test_q921_frames
UNIT_TESTS += tests/test_q921 tests/test_q921_tei tests/test_q921_line tests/test_q921_frames
tests_test_q921_SOURCES = tests/test_q921.c tests/helper.c tests/helper.h
tests_test_q921_LDADD = $(core_test_libs)
tests_test_q921_tei_SOURCES = tests/test_q921_tei.c tests/helper.c tests/helper.h
tests_test_q921_tei_LDADD = $(core_test_libs)
tests_test_q921_frames_SOURCES = tests/test_q921_frames.c tests/helper.c tests/helper.h
tests_test_q921_frames_LDADD = $(core_test_libs)
tests_test_q921_line_SOURCES = tests/test_q921_line.c tests/test_driver_help.h
tests_test_q921_line_LDADD = $(core_test_libs)
