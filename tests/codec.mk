# Tests of the codec; included by Makefile.am.
check_PROGRAMS += tests/test_codec tests/test_elements tests/test_facility tests/test_vectors
UNIT_TESTS += tests/test_codec tests/test_elements tests/test_facility tests/test_vectors
EXTRA_DIST += tests/vectors.txt
tests_test_codec_SOURCES = tests/test_codec.c tests/helper.c tests/helper.h
tests_test_codec_LDADD = $(core_test_libs)
tests_test_elements_SOURCES = tests/test_elements.c tests/helper.c tests/helper.h
tests_test_elements_LDADD = $(core_test_libs)
tests_test_vectors_SOURCES = tests/test_vectors.c tests/tshark_words.c tests/tshark_words.h tests/helper.c tests/helper.h
tests_test_vectors_LDADD = $(core_test_libs)
tests_test_facility_SOURCES = tests/test_facility.c tests/helper.c tests/helper.h
tests_test_facility_LDADD = $(core_test_libs)
