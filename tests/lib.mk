# Tests of lib; included by Makefile.am.
registry_helpers = tests/helper.c tests/helper.h tests/fake_provider.c tests/fake_provider.h \
	tests/registry_helper.c tests/registry_helper.h

wire_helpers = tests/wire_helper.c tests/wire_helper.h

check_PROGRAMS += tests/test_registry tests/test_registry_wire \
	tests/test_span_spec
UNIT_TESTS += tests/test_registry tests/test_registry_wire \
	tests/test_span_spec
tests_test_registry_SOURCES = tests/test_registry.c $(registry_helpers)
tests_test_registry_LDADD = $(core_test_libs)
check_PROGRAMS += tests/test_registry_uui
UNIT_TESTS += tests/test_registry_uui
tests_test_registry_uui_SOURCES = tests/test_registry_uui.c $(registry_helpers)
tests_test_registry_uui_LDADD = $(core_test_libs)
tests_test_registry_wire_SOURCES = tests/test_registry_wire.c $(registry_helpers) $(wire_helpers)
tests_test_registry_wire_LDADD = $(core_test_libs)
tests_test_span_spec_SOURCES = tests/test_span_spec.c
tests_test_span_spec_LDADD = $(core_test_libs)

exchange = tests/exchange.c tests/exchange.h tests/helper.c tests/helper.h
check_PROGRAMS += tests/make_uus
tests_make_uus_SOURCES = tests/make_uus.c $(exchange) utils/capture.c utils/capture.h utils/capture_ng.c utils/capture_ng.h
tests_make_uus_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS)
tests_make_uus_LDADD = $(core_test_libs) $(PCAP_LIBS)
TOOL_TESTS += tests/tshark_uus.sh
EXTRA_DIST += tests/tshark_uus.sh
check_PROGRAMS += tests/test_relay tests/test_relay_late tests/test_uus_text
UNIT_TESTS += tests/test_relay tests/test_relay_late tests/test_uus_text
tests_test_uus_text_SOURCES = tests/test_uus_text.c $(exchange)
tests_test_uus_text_LDADD = $(core_test_libs)
tests_test_relay_SOURCES = tests/test_relay.c $(exchange)
tests_test_relay_LDADD = $(core_test_libs)
tests_test_relay_late_SOURCES = tests/test_relay_late.c $(exchange)
tests_test_relay_late_LDADD = $(core_test_libs)

check_PROGRAMS += tests/test_garbage
UNIT_TESTS += tests/test_garbage
tests_test_garbage_SOURCES = tests/test_garbage.c tests/helper.c tests/helper.h
tests_test_garbage_LDADD = $(core_test_libs)
check_PROGRAMS += tests/test_span_link
UNIT_TESTS += tests/test_span_link
tests_test_span_link_SOURCES = tests/test_span_link.c tests/helper.c tests/helper.h
tests_test_span_link_LDADD = $(core_test_libs)
check_PROGRAMS += tests/test_span_nfas
UNIT_TESTS += tests/test_span_nfas
tests_test_span_nfas_SOURCES = tests/test_span_nfas.c tests/helper.c tests/helper.h
tests_test_span_nfas_LDADD = $(core_test_libs)
stage_helpers = tests/helper.c tests/helper.h tests/mock_provider.c tests/mock_provider.h \
	tests/stage.c tests/stage.h
check_PROGRAMS += tests/test_registry_bridge
UNIT_TESTS += tests/test_registry_bridge
tests_test_registry_bridge_SOURCES = tests/test_registry_bridge.c $(stage_helpers)
tests_test_registry_bridge_LDADD = $(core_test_libs)
check_PROGRAMS += tests/test_registry_conference
UNIT_TESTS += tests/test_registry_conference
tests_test_registry_conference_SOURCES = tests/test_registry_conference.c $(stage_helpers)
tests_test_registry_conference_LDADD = $(core_test_libs)
check_PROGRAMS += tests/test_registry_transfer
UNIT_TESTS += tests/test_registry_transfer
tests_test_registry_transfer_SOURCES = tests/test_registry_transfer.c $(stage_helpers)
tests_test_registry_transfer_LDADD = $(core_test_libs)
check_PROGRAMS += tests/test_registry_calls
UNIT_TESTS += tests/test_registry_calls
tests_test_registry_calls_SOURCES = tests/test_registry_calls.c $(stage_helpers)
tests_test_registry_calls_LDADD = $(core_test_libs)
check_PROGRAMS += tests/test_registry_lines
UNIT_TESTS += tests/test_registry_lines
tests_test_registry_lines_SOURCES = tests/test_registry_lines.c $(registry_helpers) $(wire_helpers)
tests_test_registry_lines_LDADD = $(core_test_libs)
nomem_helpers = tests/nomem.c tests/nomem.h $(stage_helpers)
check_PROGRAMS += tests/test_registry_nomem
UNIT_TESTS += tests/test_registry_nomem
tests_test_registry_nomem_SOURCES = tests/test_registry_nomem.c $(nomem_helpers)
tests_test_registry_nomem_LDADD = $(core_test_libs)
check_PROGRAMS += tests/test_registry_nomem_line
UNIT_TESTS += tests/test_registry_nomem_line
tests_test_registry_nomem_line_SOURCES = tests/test_registry_nomem_line.c $(nomem_helpers)
tests_test_registry_nomem_line_LDADD = $(core_test_libs)

check_PROGRAMS += tests/test_registry_threads
UNIT_TESTS += tests/test_registry_threads
tests_test_registry_threads_SOURCES = tests/test_registry_threads.c $(registry_helpers)
tests_test_registry_threads_LDADD = $(core_test_libs) -lpthread
if HAVE_TSAN
check_PROGRAMS += tests/test_registry_tsan
tests_test_registry_tsan_SOURCES = tests/test_registry_threads.c $(registry_helpers) $(core_sources)
tests_test_registry_tsan_CFLAGS = $(AM_CFLAGS) -fsanitize=thread
tests_test_registry_tsan_LDFLAGS = $(AM_LDFLAGS) -fsanitize=thread
tests_test_registry_tsan_LDADD = $(CMOCKA_LIBS) -lpthread
endif
if !SANITIZERS
TOOL_TESTS += tests/test_registry_tsan.sh
endif
EXTRA_DIST += tests/test_registry_tsan.sh
check_PROGRAMS += tests/test_registry_edges
UNIT_TESTS += tests/test_registry_edges
tests_test_registry_edges_SOURCES = tests/test_registry_edges.c tests/mock_provider.c \
	tests/mock_provider.h tests/stage.c tests/stage.h $(registry_helpers) $(wire_helpers)
tests_test_registry_edges_LDADD = $(core_test_libs)

# OPERATIONS=1000000 SEED=1 tests/test_registry_model
check_PROGRAMS += tests/test_registry_model
UNIT_TESTS += tests/test_registry_model
tests_test_registry_model_SOURCES = tests/test_registry_model.c tests/model_run.c tests/model_run.h \
	tests/model_plan.c tests/model_pick.c tests/model_ops.c tests/model_ops.h \
	tests/model_ops_more.c tests/model_ops_far.c tests/model_compare.c \
	tests/model_compare_calls.c tests/model_dry_run.c \
	tests/model_lossy.c tests/model.c tests/model.h tests/model_parts.h tests/model_call.c \
	tests/model_client.c tests/model_conference.c tests/model_consult.c tests/model_drop.c tests/model_leg.c \
	tests/model_line.c tests/model_transfer.c tests/mock_provider.c tests/mock_provider.h \
	tests/helper.c tests/helper.h
tests_test_registry_model_LDADD = $(core_test_libs)

look_helpers = tests/mock_provider.c tests/mock_provider.h tests/stage.c tests/stage.h \
	$(registry_helpers) $(wire_helpers)
check_PROGRAMS += tests/test_registry_watch tests/test_registry_preview tests/test_registry_look
UNIT_TESTS += tests/test_registry_watch tests/test_registry_preview tests/test_registry_look
tests_test_registry_watch_SOURCES = tests/test_registry_watch.c $(look_helpers)
tests_test_registry_watch_LDADD = $(core_test_libs)
tests_test_registry_preview_SOURCES = tests/test_registry_preview.c $(look_helpers)
tests_test_registry_preview_LDADD = $(core_test_libs)
tests_test_registry_look_SOURCES = tests/test_registry_look.c $(look_helpers)
tests_test_registry_look_LDADD = $(core_test_libs)
