# Tests against programs that are not ours; included by Makefile.am.

# The far end of the interworking tests. It links libpri (GPL), so it is built for tests only.
if HAVE_LIBPRI
check_PROGRAMS += tests/peer_libpri
tests_peer_libpri_SOURCES = tests/peer_libpri.c drivers/dahdi_abi.h
tests_peer_libpri_LDADD = -lpri
# The program that isdn-libpri(7) begins with.
check_PROGRAMS += tests/from_libpri_before
tests_from_libpri_before_SOURCES = tests/from_libpri_before.c
tests_from_libpri_before_LDADD = -lpri
check_PROGRAMS += tests/interop_matrix
tests_interop_matrix_SOURCES = tests/interop_matrix.c tests/matrix_table.c tests/matrix_ours.c \
	tests/matrix_libpri.c tests/matrix.h tests/libpri_clock.h
tests_interop_matrix_LDADD = libisdn.la -lpri
if HAVE_CMOCKA
check_PROGRAMS += tests/interop_nfas tests/interop_uui
tests_interop_nfas_SOURCES = tests/interop_nfas.c tests/helper.c tests/helper.h tests/libpri_clock.h
tests_interop_nfas_LDADD = libisdn.la -lpri $(CMOCKA_LIBS)
tests_interop_uui_SOURCES = tests/interop_uui.c tests/helper.c tests/helper.h tests/libpri_clock.h
tests_interop_uui_LDADD = libisdn.la -lpri $(CMOCKA_LIBS)
endif
endif
check_PROGRAMS += tests/bus_relay
tests_bus_relay_SOURCES = tests/bus_relay.c
if HAVE_CMOCKA
check_PROGRAMS += tests/interop_libpri tests/interop_registry tests/interop_libpri_bri
libpri_lab = tests/libpri_lab.c tests/libpri_lab.h
tests_interop_libpri_SOURCES = tests/interop_libpri.c $(libpri_lab)
tests_interop_libpri_LDADD = libisdn.la $(CMOCKA_LIBS)
tests_interop_registry_SOURCES = tests/interop_registry.c $(libpri_lab)
tests_interop_registry_LDADD = libisdn.la $(CMOCKA_LIBS)
tests_interop_libpri_bri_SOURCES = tests/interop_libpri_bri.c
tests_interop_libpri_bri_LDADD = libisdn.la $(CMOCKA_LIBS)
endif
TOOL_TESTS += tests/peer_libpri.sh tests/interop_libpri.sh tests/interop_libpri_bri.sh \
	tests/interop_matrix.sh tests/interop_nfas.sh tests/interop_uui.sh tests/interop_registry.sh
EXTRA_DIST += tests/peer_libpri.sh tests/interop_libpri.sh tests/interop_libpri_bri.sh \
	tests/interop_matrix.sh tests/interop_nfas.sh tests/interop_uui.sh tests/interop_registry.sh

# A real DAHDI in a guest. Not part of make check: it may install packages, and boots a kernel.
check_PROGRAMS += tests/dahdi-vm/driver_check tests/dahdi-vm/bri_check tests/dahdi-vm/uui_check \
	tests/dahdi-vm/conference_check tests/dahdi-vm/spanctl
tests_dahdi_vm_driver_check_SOURCES = tests/dahdi-vm/driver_check.c tests/dahdi-vm/tap.h
tests_dahdi_vm_driver_check_LDADD = libisdn_core.la
tests_dahdi_vm_bri_check_SOURCES = tests/dahdi-vm/bri_check.c drivers/dahdi_abi.h tests/dahdi-vm/registry_check.h
tests_dahdi_vm_bri_check_LDADD = libisdn.la
tests_dahdi_vm_uui_check_SOURCES = tests/dahdi-vm/uui_check.c tests/dahdi-vm/registry_check.h
tests_dahdi_vm_uui_check_LDADD = libisdn.la
tests_dahdi_vm_conference_check_SOURCES = tests/dahdi-vm/conference_check.c \
	tests/dahdi-vm/registry_check.h
tests_dahdi_vm_conference_check_LDADD = libisdn.la
tests_dahdi_vm_spanctl_SOURCES = tests/dahdi-vm/spanctl.c
EXTRA_DIST += tests/dahdi-vm/prepare.sh tests/dahdi-vm/run.sh tests/dahdi-vm/init \
	tests/dahdi-vm/system.conf tests/dahdi-vm/far.conf tests/dahdi-vm/driver_check.sh \
	tests/dahdi-vm/interop.sh tests/dahdi-vm/q931-drop.sh tests/dahdi-vm/bri.sh \
	tests/dahdi-vm/soak.sh
if HAVE_LIBPRI
check_PROGRAMS += tests/dahdi-vm/libpri_sink
tests_dahdi_vm_libpri_sink_SOURCES = tests/dahdi-vm/libpri_sink.c drivers/dahdi_abi.h
tests_dahdi_vm_libpri_sink_LDADD = -lpri
endif

# Skipped, with the reason, where there can be no guest; with ISDN_CI set that is a failure.
dahdi_load_files = utils/q931-load
if HAVE_LIBPRI
dahdi_load_files += tests/dahdi-vm/libpri_sink
endif
dahdi_vm_files = utils/q931-drop tests/dahdi-vm/driver_check tests/dahdi-vm/spanctl \
	tests/dahdi-vm/bri_check tests/dahdi-vm/uui_check tests/dahdi-vm/conference_check \
	$(srcdir)/tests/dahdi-vm/far.conf $(srcdir)/tests/dahdi-vm/q931-drop.sh \
	$(dahdi_load_files) $(srcdir)/tests/dahdi-vm/soak.sh
if HAVE_LIBPRI
if HAVE_CMOCKA
dahdi_vm_files += tests/interop_libpri tests/interop_registry tests/peer_libpri
endif
endif
check-dahdi: $(check_PROGRAMS) $(bin_PROGRAMS)
	@top_builddir='$(abs_top_builddir)' sh $(srcdir)/tests/dahdi-vm/run.sh \
		$(srcdir)/tests/dahdi-vm/interop.sh $(dahdi_vm_files) || \
	{ status=$$?; [ $$status = 77 ] && [ -z "$$ISDN_CI" ] && \
		echo "SKIPPED: no real DAHDI, for the reason above"; }

# 30 calls at the rate that the D-channel carries, for a quarter of an hour; see doc/performance.md.
soak-dahdi: $(check_PROGRAMS) $(bin_PROGRAMS)
	top_builddir='$(abs_top_builddir)' VM_TIMEOUT=1800 sh $(srcdir)/tests/dahdi-vm/run.sh \
		$(srcdir)/tests/dahdi-vm/soak.sh $(dahdi_load_files)
.PHONY: check-dahdi soak-dahdi
