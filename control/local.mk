# The control socket, a library of its own; included by Makefile.am.
lib_LTLIBRARIES += libisdn-control.la
noinst_LTLIBRARIES += libisdn_control_core.la
# All objects: what the tests link beside libisdn_core.
control_sources = control/act.c control/answer.c control/control.c control/event.c \
	control/internal.h control/known.c control/listen.c control/memory.c control/object.c \
	control/out.c control/peer.c control/query.c control/request.c
libisdn_control_core_la_SOURCES = $(control_sources)
libisdn_control_core_la_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
libisdn_control_la_SOURCES =
libisdn_control_la_LIBADD = libisdn_control_core.la libisdn.la $(JANSSON_LIBS)
libisdn_control_la_LDFLAGS = $(AM_LDFLAGS) -version-info $(LT_VERSION) -no-undefined
if HAVE_VERSION_SCRIPT
libisdn_control_la_LDFLAGS += -Wl,--version-script=$(srcdir)/control/libisdn-control.map
endif
EXTRA_libisdn_control_la_DEPENDENCIES = control/libisdn-control.map
EXTRA_DIST += control/libisdn-control.map
pkgconfig_DATA += libisdn-control.pc
isdninclude_HEADERS += include/isdn/control.h
control_test_libs = libisdn_control_core.la libisdn_core.la $(JANSSON_LIBS) $(CMOCKA_LIBS)
