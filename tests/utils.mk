# Tests of the programs and examples; included by Makefile.am.
TOOL_TESTS += tests/test_q931_drop.sh tests/test_q931_attach.sh tests/example_uui_sip.sh tests/example_sip_gateway.sh tests/example_provider.sh \
	tests/example_drop_told.sh
EXTRA_DIST += tests/test_q931_drop.sh tests/test_q931_attach.sh tests/attach.txt \
	tests/attach_hostile.py tests/attach_json.py tests/attach_pty.py tests/control_members.py tests/example_lib.sh tests/example_uui_sip.sh tests/example_sip_gateway.sh \
	tests/example_provider.sh tests/example_drop_told.sh

example_tests = tests/example_drop.sh tests/example_pbx.sh tests/example_sip_provider.sh \
	tests/example_loop.sh tests/example_libpri.sh
TOOL_TESTS += $(example_tests)
EXTRA_DIST += $(example_tests) tests/sip_far.py tests/integrator/confer.c tests/integrator/confer.out
TOOL_TESTS += tests/test_q931_load.sh
EXTRA_DIST += tests/test_q931_load.sh
if HAVE_CMOCKA
check_PROGRAMS += tests/test_load
UNIT_TESTS += tests/test_load
tests_test_load_SOURCES = tests/test_load.c utils/load_hist.c utils/load_hist.h utils/load_pace.c utils/load_pace.h \
	utils/load_wire.c utils/load_wire.h
tests_test_load_LDADD = $(CMOCKA_LIBS)
endif

# q931-dump, and the real trace of libpri that it reads.
TOOL_TESTS += tests/test_q931_dump.sh
EXTRA_DIST += tests/test_q931_dump.sh tests/dump_check.py tests/dump/q931-dump.schema.json \
	tests/dump/wrong.hex tests/dump/wrong.text tests/dump/wrong.ladder tests/dump/wrong.json \
	tests/dump/demo.ladder
if HAVE_LIBPRI
check_PROGRAMS += tests/pri_trace
tests_pri_trace_SOURCES = tests/pri_trace.c
tests_pri_trace_LDADD = -lpri
endif
TOOL_TESTS += tests/test_q931_dump_live.sh
EXTRA_DIST += tests/test_q931_dump_live.sh
