# Sources of base; included by Makefile.am.
core_sources += \
	base/buf.c base/buf.h \
	base/cursor.h \
	base/env.c base/env.h \
	base/error.c \
	base/handle.c base/handle.h \
	base/rare.h \
	base/timer.c base/timer.h
