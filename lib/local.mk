# Sources of lib; included by Makefile.am.
core_sources += \
	lib/call.c \
	lib/client.c \
	lib/conference.c \
	lib/dispatch.c \
	lib/drop.c \
	lib/event.c \
	lib/handle.c \
	lib/line.c \
	lib/mode.c \
	lib/names.c \
	lib/poll.c \
	lib/print.c \
	lib/provider.h \
	lib/query.c \
	lib/registry.c \
	lib/registry.h \
	lib/request.c \
	lib/span.c \
	lib/span_backup.c \
	lib/span_calls.c \
	lib/span_config.c \
	lib/span_internal.h \
	lib/span_links.c \
	lib/span_spec.c \
	lib/span_spec.h \
	lib/relay.c \
	lib/uui.c \
	lib/uui_send.c
