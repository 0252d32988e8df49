# Examples, compiled by make check; included by Makefile.am.
check_PROGRAMS += examples/drop
examples_drop_SOURCES = examples/drop.c
examples_drop_LDADD = libisdn.la
