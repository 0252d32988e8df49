# The control socket, a library of its own; included by Makefile.am.
lib_LTLIBRARIES += libisdn-control.la
libisdn_control_la_SOURCES = control/act.c control/control.c control/event.c control/internal.h \
	control/object.c control/peer.c control/query.c control/request.c
libisdn_control_la_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
libisdn_control_la_LIBADD = libisdn.la $(JANSSON_LIBS)
libisdn_control_la_LDFLAGS = $(AM_LDFLAGS) -version-info $(LT_VERSION) -no-undefined
if HAVE_VERSION_SCRIPT
libisdn_control_la_LDFLAGS += -Wl,--version-script=$(srcdir)/control/libisdn-control.map
endif
EXTRA_libisdn_control_la_DEPENDENCIES = control/libisdn-control.map
EXTRA_DIST += control/libisdn-control.map
pkgconfig_DATA += libisdn-control.pc
isdninclude_HEADERS += include/isdn/control.h
