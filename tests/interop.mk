# Tests against programs that are not ours; included by Makefile.am.

# The far end of the interworking tests. It links libpri (GPL), so it is built for tests only.
if HAVE_LIBPRI
check_PROGRAMS += tests/peer_libpri
tests_peer_libpri_SOURCES = tests/peer_libpri.c drivers/dahdi_abi.h
tests_peer_libpri_LDADD = -lpri
endif
TOOL_TESTS += tests/peer_libpri.sh
EXTRA_DIST += tests/peer_libpri.sh
