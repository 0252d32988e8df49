# Tests of call control; included by Makefile.am.
check_PROGRAMS += tests/test_cc
UNIT_TESTS += tests/test_cc
tests_test_cc_SOURCES = tests/test_cc.c tests/test_cc_errors.c tests/test_cc_terminals.c tests/cc_ladder.c tests/cc_ladder.h \
	tests/cc_ladder_keys.c tests/cc_ladder_keys.h tests/cc_ladder_uus.c tests/cc_states.c tests/cc_states.h tests/test_cc_status.c tests/test_cc_matrix.c tests/test_cc_variants.c tests/test_cc_defects.c \
	tests/cc_ends.c tests/cc_ends.h \
	tests/helper.c tests/helper.h
tests_test_cc_LDADD = $(core_test_libs)
EXTRA_DIST += tests/ladders/overlap.ladder tests/ladders/channels.ladder tests/ladders/notify.ladder tests/ladders/restart.ladder \
	tests/ladders/timers.ladder tests/ladders/progress.ladder tests/ladders/hold.ladder tests/ladders/suspend.ladder \
	tests/ladders/tones.ladder tests/ladders/connect.ladder tests/ladders/register.ladder tests/ladders/status.ladder \
	tests/ladders/service.ladder tests/ladders/nochannel.ladder tests/ladders/qsig.ladder tests/ladders/variants.ladder \
	tests/ladders/answers.ladder tests/ladders/uus1.ladder tests/ladders/uus3.ladder

# Random walks: WALKS=1000000 SEED=1 tests/test_cc_walk
check_PROGRAMS += tests/test_cc_walk
UNIT_TESTS += tests/test_cc_walk
tests_test_cc_walk_SOURCES = tests/test_cc_walk.c tests/cc_walk.c tests/cc_walk_look.c tests/cc_walk_preview.c tests/cc_walk.h \
	$(random_messages) tests/helper.c tests/helper.h
tests_test_cc_walk_LDADD = $(core_test_libs)

# SEQUENCES=1000000 SEED=1 tests/test_uui_property
check_PROGRAMS += tests/test_uui_property
UNIT_TESTS += tests/test_uui_property
tests_test_uui_property_SOURCES = tests/test_uui_property.c tests/cc_ends.c tests/cc_ends.h tests/helper.c tests/helper.h
tests_test_uui_property_LDADD = $(core_test_libs)

check_PROGRAMS += tests/test_cc_found
UNIT_TESTS += tests/test_cc_found
tests_test_cc_found_SOURCES = tests/test_cc_found.c tests/cc_ends.c tests/cc_ends.h tests/cc_states.c tests/cc_states.h tests/helper.c tests/helper.h
tests_test_cc_found_LDADD = $(core_test_libs)

check_PROGRAMS += tests/test_cc_preview
UNIT_TESTS += tests/test_cc_preview
tests_test_cc_preview_SOURCES = tests/test_cc_preview.c tests/cc_ends.c tests/cc_ends.h tests/cc_states.c tests/cc_states.h tests/helper.c tests/helper.h
tests_test_cc_preview_LDADD = $(core_test_libs)
