# Examples, compiled by make check; included by Makefile.am.
check_PROGRAMS += examples/drop
examples_drop_SOURCES = examples/drop.c
examples_drop_LDADD = libisdn.la

check_PROGRAMS += examples/answer
examples_answer_SOURCES = examples/answer.c
examples_answer_LDADD = libisdn.la

check_PROGRAMS += examples/pbx
examples_pbx_SOURCES = examples/pbx.c
examples_pbx_LDADD = libisdn-control.la libisdn.la

check_PROGRAMS += examples/uui-sip
examples_uui_sip_SOURCES = examples/uui-sip.c
examples_uui_sip_LDADD = libisdn.la

check_PROGRAMS += examples/sip-gateway
examples_sip_gateway_SOURCES = examples/sip-gateway.c
examples_sip_gateway_LDADD = libisdn.la

check_PROGRAMS += examples/sip-provider
examples_sip_provider_SOURCES = examples/sip-provider.c examples/sip-leg.c examples/sip-leg.h \
	examples/sip-receive.c examples/sip-message.c examples/sip-message.h
examples_sip_provider_LDADD = libisdn.la

check_PROGRAMS += examples/provider
examples_provider_SOURCES = examples/provider.c
examples_provider_LDADD = libisdn.la

check_PROGRAMS += examples/drop-told
examples_drop_told_SOURCES = examples/drop-told.c
examples_drop_told_LDADD = libisdn.la

# What isdn-libpri(7) ends with.
check_PROGRAMS += examples/from-libpri
examples_from_libpri_SOURCES = examples/from-libpri.c
examples_from_libpri_LDADD = libisdn.la

# Event loops; isdn-loop(7) shows them.
check_PROGRAMS += examples/loop-poll examples/loop-epoll
examples_loop_poll_SOURCES = examples/loop-poll.c
examples_loop_poll_LDADD = libisdn.la
examples_loop_epoll_SOURCES = examples/loop-epoll.c
examples_loop_epoll_LDADD = libisdn.la
if HAVE_LIBEVENT
check_PROGRAMS += examples/loop-libevent
examples_loop_libevent_SOURCES = examples/loop-libevent.c
examples_loop_libevent_CFLAGS = $(AM_CFLAGS) $(LIBEVENT_CFLAGS)
examples_loop_libevent_LDADD = libisdn.la $(LIBEVENT_LIBS)
endif
if HAVE_LIBUV
check_PROGRAMS += examples/loop-libuv
examples_loop_libuv_SOURCES = examples/loop-libuv.c
examples_loop_libuv_CFLAGS = $(AM_CFLAGS) $(LIBUV_CFLAGS)
examples_loop_libuv_LDADD = libisdn.la $(LIBUV_LIBS)
endif
