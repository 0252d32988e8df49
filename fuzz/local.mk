# Fuzz targets; included by Makefile.am. Their corpora are replayed by check, with any compiler;
# libFuzzer itself takes ./configure CC=clang --enable-fuzz. fuzz/README.md tells how to go on.
check_PROGRAMS += fuzz/replay_message fuzz/replay_facility fuzz/replay_link \
	fuzz/replay_span fuzz/replay_uui fuzz/replay_relay fuzz/replay_dump
fuzz_replay_message_SOURCES = fuzz/replay.c fuzz/fuzz_message.c fuzz/script.h
fuzz_replay_message_LDADD = libisdn_core.la
fuzz_replay_facility_SOURCES = fuzz/replay.c fuzz/fuzz_facility.c fuzz/script.h
fuzz_replay_facility_LDADD = libisdn_core.la
fuzz_replay_link_SOURCES = fuzz/replay.c fuzz/fuzz_link.c fuzz/script.h
fuzz_replay_link_LDADD = libisdn_core.la
fuzz_replay_span_SOURCES = fuzz/replay.c fuzz/fuzz_span.c fuzz/script.h
fuzz_replay_span_LDADD = libisdn_core.la
fuzz_replay_uui_SOURCES = fuzz/replay.c fuzz/fuzz_uui.c fuzz/script.h
fuzz_replay_uui_LDADD = libisdn_core.la
fuzz_replay_relay_SOURCES = fuzz/replay.c fuzz/fuzz_relay.c fuzz/script.h
fuzz_replay_relay_LDADD = libisdn_core.la
check_PROGRAMS += fuzz/replay_control
fuzz_replay_control_SOURCES = fuzz/replay.c fuzz/fuzz_control.c fuzz/script.h
fuzz_replay_control_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
fuzz_replay_control_LDADD = libisdn_control_core.la libisdn_core.la $(JANSSON_LIBS)
fuzz_replay_dump_SOURCES = fuzz/replay.c fuzz/fuzz_dump.c fuzz/script.h $(utils_dump)
fuzz_replay_dump_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS) $(JANSSON_CFLAGS)
fuzz_replay_dump_LDADD = libisdn_core.la $(PCAP_LIBS) $(JANSSON_LIBS)
TOOL_TESTS += fuzz/replay.sh
EXTRA_DIST += fuzz/replay.sh fuzz/pack.sh fuzz/README.md fuzz/message.hex fuzz/facility.hex \
	fuzz/link.hex fuzz/span.hex fuzz/uui.hex fuzz/relay.hex fuzz/control.hex \
	fuzz/dump.hex

if FUZZ
fuzz_flags = -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all
noinst_PROGRAMS += fuzz/fuzz_message fuzz/fuzz_facility fuzz/fuzz_link \
	fuzz/fuzz_span fuzz/fuzz_uui fuzz/fuzz_relay fuzz/fuzz_dump
fuzz_fuzz_message_SOURCES = fuzz/fuzz_message.c $(core_sources)
fuzz_fuzz_message_CFLAGS = $(AM_CFLAGS) $(fuzz_flags)
fuzz_fuzz_message_LDFLAGS = $(fuzz_flags)
fuzz_fuzz_facility_SOURCES = fuzz/fuzz_facility.c $(core_sources)
fuzz_fuzz_facility_CFLAGS = $(AM_CFLAGS) $(fuzz_flags)
fuzz_fuzz_facility_LDFLAGS = $(fuzz_flags)
fuzz_fuzz_link_SOURCES = fuzz/fuzz_link.c $(core_sources)
fuzz_fuzz_link_CFLAGS = $(AM_CFLAGS) $(fuzz_flags)
fuzz_fuzz_link_LDFLAGS = $(fuzz_flags)
fuzz_fuzz_span_SOURCES = fuzz/fuzz_span.c $(core_sources)
fuzz_fuzz_span_CFLAGS = $(AM_CFLAGS) $(fuzz_flags)
fuzz_fuzz_span_LDFLAGS = $(fuzz_flags)
fuzz_fuzz_uui_SOURCES = fuzz/fuzz_uui.c $(core_sources)
fuzz_fuzz_uui_CFLAGS = $(AM_CFLAGS) $(fuzz_flags)
fuzz_fuzz_uui_LDFLAGS = $(fuzz_flags)
fuzz_fuzz_relay_SOURCES = fuzz/fuzz_relay.c $(core_sources)
fuzz_fuzz_relay_CFLAGS = $(AM_CFLAGS) $(fuzz_flags)
fuzz_fuzz_relay_LDFLAGS = $(fuzz_flags)
noinst_PROGRAMS += fuzz/fuzz_control
fuzz_fuzz_control_SOURCES = fuzz/fuzz_control.c $(control_sources) $(core_sources)
fuzz_fuzz_control_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS) $(fuzz_flags)
fuzz_fuzz_control_LDFLAGS = $(fuzz_flags)
fuzz_fuzz_control_LDADD = $(JANSSON_LIBS)
fuzz_fuzz_dump_SOURCES = fuzz/fuzz_dump.c $(core_sources) $(utils_dump)
fuzz_fuzz_dump_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS) $(JANSSON_CFLAGS) $(fuzz_flags)
fuzz_fuzz_dump_LDFLAGS = $(fuzz_flags)
fuzz_fuzz_dump_LDADD = $(PCAP_LIBS) $(JANSSON_LIBS)
endif
