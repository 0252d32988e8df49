# Sources of q931; included by Makefile.am.
core_sources += \
	q931/ber.c \
	q931/ber.h \
	q931/cause.c \
	q931/codec.h \
	q931/decode.c \
	q931/diagnostic.c \
	q931/encode.c \
	q931/field.h \
	q931/ie_bearer.c \
	q931/ie_bearer_fields.c \
	q931/ie_call_identity.c \
	q931/ie_call_state.c \
	q931/ie_cause.c \
	q931/ie_change_status.c \
	q931/ie_channel_id.c \
	q931/ie_common.c \
	q931/ie_congestion_level.c \
	q931/ie_cug.c \
	q931/ie_date_time.c \
	q931/ie_display.c \
	q931/ie_endpoint_id.c \
	q931/ie_octets.c \
	q931/ie_facility.c \
	q931/ie_feature.c \
	q931/ie_generic_digits.c \
	q931/ie_hlc.c \
	q931/ie_information_rate.c \
	q931/ie_information_request.c \
	q931/ie_keypad.c \
	q931/ie_network_facilities.c \
	q931/ie_notification.c \
	q931/ie_numbers.c \
	q931/ie_originating_line.c \
	q931/ie_packet_binary.c \
	q931/ie_packet_pair.c \
	q931/ie_party_category.c \
	q931/ie_progress.c \
	q931/ie_repeat.c \
	q931/ie_restart.c \
	q931/ie_reverse_charging.c \
	q931/ie_segmented.c \
	q931/ie_signal.c \
	q931/ie_spid.c \
	q931/ie_subaddress.c \
	q931/ie_switchhook.c \
	q931/ie_table.c \
	q931/ie_transit_counter.c \
	q931/ie_transit_delay.c \
	q931/ie_transit_network.c \
	q931/ie_user_user.c \
	q931/msg.c \
	q931/msg_table.c \
	q931/names.c \
	q931/operation.c \
	q931/print.c q931/print.h \
	q931/print_json.c \
	q931/print_text.c \
	q931/segment.c \
	q931/uui_gsmr.c \
	q931/uui_item.c \
	q931/uui_octets.c \
	q931/uui_sip.c \
	q931/uui_sip_value.c q931/uui_sip_value.h \
	q931/uui_text.c \
	q931/uui_ucid.c \
	q931/variant.c
core_sources += \
	q931/callref.c q931/callref.h \
	q931/cc.c q931/cc.h \
	q931/cc_call.c \
	q931/cc_clear.c \
	q931/cc_event.c \
	q931/cc_facility.c \
	q931/cc_hold.c \
	q931/cc_internal.h \
	q931/cc_overlap.c \
	q931/cc_request.c \
	q931/cc_restart.c \
	q931/cc_rx.c \
	q931/cc_segment.c \
	q931/cc_send.c \
	q931/cc_service.c \
	q931/cc_status.c \
	q931/cc_suspend.c \
	q931/cc_tasks.c \
	q931/cc_terminals.c \
	q931/cc_uui.c \
	q931/cc_uus.c q931/cc_uus.h \
	q931/cc_uus_msg.c \
	q931/channel.c q931/channel.h \
	q931/table_network.c \
	q931/timer.c \
	q931/uus.c q931/uus.h \
	q931/table_user.c
