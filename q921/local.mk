# Sources of q921; included by Makefile.am.
core_sources += \
	q921/entity.c \
	q921/frame.c \
	q921/internal.h \
	q921/link.c \
	q921/mgmt.c \
	q921/mgmt_table.c \
	q921/mgmt_tasks.c \
	q921/names.c \
	q921/q921.h \
	q921/query.c \
	q921/table.c \
	q921/tasks.c \
	q921/tasks_info.c \
	q921/transfer.c
