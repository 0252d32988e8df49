# Programs; included by Makefile.am.
utils_cli = utils/cli.c utils/cli.h utils/cli_help.c utils/cli_internal.h utils/cli_value.c \
	utils/term.c utils/term.h utils/uui.c utils/uui.h
utils_common = $(utils_cli) utils/capture.c utils/capture.h utils/capture_ng.c utils/capture_ng.h utils/events.c utils/events.h \
	utils/ladder.c utils/ladder.h

bin_PROGRAMS += utils/q931-drop
utils_q931_drop_SOURCES = utils/q931-drop.c utils/session.c utils/session.h utils/session_run.c utils/session_say.c \
	utils/status.h \
	utils/attach.c utils/attach.h utils/attach_act.c utils/attach_call.c utils/attach_commands.h \
	utils/attach_drop.c utils/attach_list.c utils/attach_name.c utils/attach_name.h \
	utils/attach_preview.c utils/attach_show.c utils/attach_socket.c utils/attach_stats.c \
	utils/attach_tree.c utils/attach_tree.h utils/attach_watch.c utils/table.c utils/table.h \
	utils/demo.c utils/demo.h utils/demo_far.c utils/demo_far.h utils/demo_pbx.c utils/demo_pbx.h \
	utils/demo_serve.c $(utils_common)
utils_q931_drop_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS) $(JANSSON_CFLAGS)
utils_q931_drop_LDADD = libisdn-control.la libisdn.la $(PCAP_LIBS) $(JANSSON_LIBS)

bin_PROGRAMS += utils/q931-load
utils_q931_load_SOURCES = utils/q931-load.c utils/load.h utils/load_calls.c utils/load_conference.c \
	utils/load_ends.c utils/load_hist.c utils/load_hist.h utils/load_json.c utils/load_judge.c \
	utils/load_options.c utils/load_pace.c utils/load_pace.h utils/load_place.c utils/load_plan.c \
	utils/load_progress.c \
	utils/load_report.c utils/load_run.c utils/load_wire.c utils/load_wire.h $(utils_cli)
utils_q931_load_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
utils_q931_load_LDADD = libisdn.la $(JANSSON_LIBS)

# What q931-dump and its fuzz target are made of.
utils_dump = utils/dump.c utils/dump.h utils/dump_calls.c utils/dump_filter.c utils/dump_hex.c \
	utils/dump_json.c utils/dump_ladder.c utils/dump_layer2.c utils/dump_link.c \
	utils/dump_message.c utils/dump_pcap.c utils/dump_pcapng.c utils/dump_pri.c \
	utils/dump_pri.h utils/dump_pri_words.c \
	utils/dump_read.c utils/dump_show.c utils/dump_state.c utils/dump_stats.c \
	utils/dump_svg.c utils/dump_svg.h utils/dump_svg_draw.c utils/dump_text.c \
	utils/dump_time.c utils/dump_unwrap.c utils/capture.c utils/capture.h utils/capture_ng.c utils/capture_ng.h utils/ladder.c \
	utils/ladder.h $(utils_cli)
bin_PROGRAMS += utils/q931-dump
utils_q931_dump_SOURCES = utils/q931-dump.c utils/dump_control.c utils/attach.c utils/attach.h \
	utils/attach_socket.c utils/status.h $(utils_dump)
utils_q931_dump_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS) $(JANSSON_CFLAGS)
utils_q931_dump_LDADD = libisdn.la $(PCAP_LIBS) $(JANSSON_LIBS)
