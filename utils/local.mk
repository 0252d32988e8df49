# Programs; included by Makefile.am.
utils_cli = utils/cli.c utils/cli.h utils/cli_help.c utils/cli_internal.h utils/cli_value.c \
	utils/term.c utils/term.h utils/uui.c utils/uui.h
utils_common = $(utils_cli) utils/capture.c utils/capture.h utils/events.c utils/events.h \
	utils/ladder.c utils/ladder.h

bin_PROGRAMS += utils/q931-drop
utils_q931_drop_SOURCES = utils/q931-drop.c utils/session.c utils/session.h $(utils_common)
utils_q931_drop_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS)
utils_q931_drop_LDADD = libisdn.la $(PCAP_LIBS)

# The demonstration that ./bootstrap demo runs.
noinst_PROGRAMS += utils/q931-demo
utils_q931_demo_SOURCES = utils/q931-demo.c $(utils_common)
utils_q931_demo_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS)
utils_q931_demo_LDADD = libisdn.la $(PCAP_LIBS)
