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

random_messages = tests/random_msg.c tests/random_msg.h
check_PROGRAMS += tests/test_uus
UNIT_TESTS += tests/test_uus
tests_test_uus_SOURCES = tests/test_uus.c tests/helper.c tests/helper.h
tests_test_uus_LDADD = $(core_test_libs)

check_PROGRAMS += tests/test_roundtrip tests/make_random
UNIT_TESTS += tests/test_roundtrip
tests_test_roundtrip_SOURCES = tests/test_roundtrip.c $(random_messages)
tests_test_roundtrip_LDADD = $(core_test_libs)

# Random messages as a capture, for tshark to judge: make check-tshark COUNT=100000 SEED=1
tests_make_random_SOURCES = tests/make_random.c $(random_messages) utils/capture.c utils/capture.h utils/capture_ng.c utils/capture_ng.h
tests_make_random_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS)
tests_make_random_LDADD = libisdn_core.la $(PCAP_LIBS)
TOOL_TESTS += tests/tshark_random.sh
EXTRA_DIST += tests/tshark_random.sh tests/tshark_random.py

check-tshark: tests/make_random
	@$(AM_TESTS_ENVIRONMENT) SEED='$(SEED)'; COUNT='$(COUNT)'; \
	COUNT=$${COUNT:-100000}; export SEED COUNT; sh $(srcdir)/tests/tshark_random.sh

# What user-user information is made of.
check_PROGRAMS += tests/test_uui_sip tests/test_uui_payload
UNIT_TESTS += tests/test_uui_sip tests/test_uui_payload
tests_test_uui_sip_SOURCES = tests/test_uui_sip.c $(random_messages)
tests_test_uui_sip_LDADD = $(core_test_libs)
tests_test_uui_payload_SOURCES = tests/test_uui_payload.c $(random_messages) tests/helper.c tests/helper.h
tests_test_uui_payload_LDADD = $(core_test_libs)
