# Sources of q931; included by Makefile.am.
core_sources += \
	q931/cause.c \
	q931/codec.h \
	q931/ie_bearer.c \
	q931/ie_call_state.c \
	q931/ie_cause.c \
	q931/ie_channel_id.c \
	q931/ie_display.c \
	q931/ie_number.c \
	q931/ie_progress.c \
	q931/ie_user_user.c \
	q931/msg.c \
	q931/msg_table.c \
	q931/names.c
core_sources += \
	q931/callref.c q931/callref.h \
	q931/cc.c q931/cc.h \
	q931/cc_call.c \
	q931/cc_event.c \
	q931/cc_internal.h \
	q931/cc_rx.c \
	q931/cc_send.c \
	q931/cc_tasks.c \
	q931/channel.c q931/channel.h \
	q931/table_network.c \
	q931/table_user.c
