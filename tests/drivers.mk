# Tests of drivers; included by Makefile.am.
driver_tests = tests/test_driver_table tests/test_driver_loop \
	tests/test_driver_socket tests/test_driver_socket_open \
	tests/test_driver_dahdi tests/test_driver_dahdi_abi
check_PROGRAMS += $(driver_tests)
UNIT_TESTS += $(driver_tests)

tests_test_driver_table_SOURCES = tests/test_driver_table.c tests/test_driver_help.h
tests_test_driver_table_LDADD = $(core_test_libs)
tests_test_driver_loop_SOURCES = tests/test_driver_loop.c tests/test_driver_help.h
tests_test_driver_loop_LDADD = $(core_test_libs)
tests_test_driver_socket_SOURCES = tests/test_driver_socket.c \
	tests/test_driver_socket.h tests/test_driver_help.h
tests_test_driver_socket_LDADD = $(core_test_libs)
tests_test_driver_socket_open_SOURCES = tests/test_driver_socket_open.c \
	tests/test_driver_socket.h tests/test_driver_help.h
tests_test_driver_socket_open_LDADD = $(core_test_libs)
# This one holds drivers/dahdi.c itself, over a kernel that it plays.
tests_test_driver_dahdi_SOURCES = tests/test_driver_dahdi.c tests/test_driver_help.h
tests_test_driver_dahdi_LDADD = $(core_test_libs)
# Exits 77 (skipped) where DAHDI's header is not installed.
tests_test_driver_dahdi_abi_SOURCES = tests/test_driver_dahdi_abi.c
