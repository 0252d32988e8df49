# Tests of the programs; included by Makefile.am.
TOOL_TESTS += tests/test_q931_drop.sh tests/tshark_check.sh
EXTRA_DIST += tests/test_q931_drop.sh tests/tshark_check.sh

# Messages of every kind as a capture, for tshark to judge.
check_PROGRAMS += tests/make_capture
tests_make_capture_SOURCES = tests/make_capture.c utils/capture.c utils/capture.h
tests_make_capture_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS)
tests_make_capture_LDADD = libisdn.la $(PCAP_LIBS)
