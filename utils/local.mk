# Programs; included by Makefile.am.
bin_PROGRAMS += utils/q931-drop
utils_q931_drop_SOURCES = utils/q931-drop.c utils/capture.c utils/capture.h utils/cli.c utils/cli.h \
	utils/show.c utils/show.h
utils_q931_drop_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS)
utils_q931_drop_LDADD = libisdn.la $(PCAP_LIBS)

# The demonstration that ./bootstrap demo runs.
noinst_PROGRAMS += utils/q931-demo
utils_q931_demo_SOURCES = utils/q931-demo.c utils/capture.c utils/capture.h utils/cli.c utils/cli.h \
	utils/show.c utils/show.h
utils_q931_demo_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS)
utils_q931_demo_LDADD = libisdn.la $(PCAP_LIBS)
