# Manual pages; included by Makefile.am.
dist_man_MANS += man/q931-drop.1 man/isdn.7 man/isdn-span.7 \
	man/isdn_strerror.3 \
	man/isdn_cause_name.3 \
	man/isdn_message.3 \
	man/isdn_ie.3 \
	man/isdn_span.3 \
	man/isdn_span_new.3 \
	man/isdn_span_backup.3 \
	man/isdn_span_setup.3 \
	man/isdn_span_hold.3 \
	man/isdn_span_facility.3 \
	man/isdn_registry_new.3 \
	man/isdn_registry_open_span.3 \
	man/isdn_registry_print.3 \
	man/isdn_client_open.3 \
	man/isdn_call_make.3 \
	man/isdn_call_drop.3 \
	man/isdn_call_deallocate.3 \
	man/isdn_call_status.3 \
	man/isdn_conference_new.3 \
	man/isdn_uui_sip.3 \
	man/isdn_uui_text.3 \
	man/isdn_uui_tlv.3

# The other names of a page are links to it.
man_links = \
	isdn_err_is_fatal:isdn_strerror \
	isdn_version:isdn_strerror \
	isdn_location_name:isdn_cause_name \
	isdn_msg_decode:isdn_message \
	isdn_msg_encode:isdn_message \
	isdn_msg_init:isdn_message \
	isdn_msg_has:isdn_message \
	isdn_msg_count:isdn_message \
	isdn_msg_set:isdn_message \
	isdn_msg_add:isdn_message \
	isdn_msg_clear:isdn_message \
	isdn_msg_keep:isdn_message \
	isdn_msg_copy:isdn_message \
	isdn_msg_is_service:isdn_message \
	isdn_segment:isdn_message \
	isdn_reassemble:isdn_message \
	isdn_msg_print:isdn_message \
	isdn_msg_json:isdn_message \
	isdn_msg_name:isdn_message \
	isdn_msg_title:isdn_message \
	isdn_fault_name:isdn_message \
	isdn_variant_name:isdn_message \
	isdn_ie_name:isdn_ie \
	isdn_ie_of:isdn_ie \
	isdn_cause_diagnostic:isdn_ie \
	isdn_operation_name:isdn_ie \
	isdn_error_name:isdn_ie \
	isdn_span_config_ptmp:isdn_span \
	isdn_span_links:isdn_span \
	isdn_span_line_error:isdn_span \
	isdn_span_receiver_busy:isdn_span \
	isdn_span_tei_check:isdn_span \
	isdn_span_tei_remove:isdn_span \
	isdn_frame_name:isdn_span \
	isdn_mdl_error_name:isdn_span \
	isdn_span_config_init:isdn_span_new \
	isdn_span_config_variant:isdn_span_new \
	isdn_timer_name:isdn_span_new \
	isdn_span_free:isdn_span_new \
	isdn_span_start:isdn_span_new \
	isdn_span_is_up:isdn_span_new \
	isdn_span_physical:isdn_span_new \
	isdn_span_rx:isdn_span_new \
	isdn_span_tx:isdn_span_new \
	isdn_span_next_timeout:isdn_span_new \
	isdn_span_handle_timeout:isdn_span_new \
	isdn_span_next_event:isdn_span_new \
	isdn_span_counters:isdn_span_new \
	isdn_span_backup_rx:isdn_span_backup \
	isdn_span_backup_tx:isdn_span_backup \
	isdn_span_backup_physical:isdn_span_backup \
	isdn_span_d_channel:isdn_span_backup \
	isdn_span_restart:isdn_span_setup \
	isdn_span_more_info:isdn_span_setup \
	isdn_span_info:isdn_span_setup \
	isdn_span_notify:isdn_span_setup \
	isdn_span_proceeding:isdn_span_setup \
	isdn_span_alerting:isdn_span_setup \
	isdn_span_progress:isdn_span_setup \
	isdn_span_connect:isdn_span_setup \
	isdn_span_setup_complete:isdn_span_setup \
	isdn_span_user_info:isdn_span_setup \
	isdn_span_status_enquiry:isdn_span_setup \
	isdn_span_disconnect:isdn_span_setup \
	isdn_span_clear:isdn_span_setup \
	isdn_span_call_query:isdn_span_setup \
	isdn_span_call_set_user:isdn_span_setup \
	isdn_span_calls:isdn_span_setup \
	isdn_span_hold_ack:isdn_span_hold \
	isdn_span_hold_reject:isdn_span_hold \
	isdn_span_retrieve:isdn_span_hold \
	isdn_span_retrieve_ack:isdn_span_hold \
	isdn_span_retrieve_reject:isdn_span_hold \
	isdn_span_suspend:isdn_span_hold \
	isdn_span_suspend_ack:isdn_span_hold \
	isdn_span_suspend_reject:isdn_span_hold \
	isdn_span_resume:isdn_span_hold \
	isdn_span_resume_ack:isdn_span_hold \
	isdn_span_resume_reject:isdn_span_hold \
	isdn_span_register:isdn_span_facility \
	isdn_span_service:isdn_span_facility \
	isdn_registry_config_init:isdn_registry_new \
	isdn_registry_free:isdn_registry_new \
	isdn_registry_fd:isdn_registry_new \
	isdn_registry_next_timeout:isdn_registry_new \
	isdn_registry_process:isdn_registry_new \
	isdn_registry_close_span:isdn_registry_open_span \
	isdn_registry_span_info:isdn_registry_open_span \
	isdn_registry_span_links:isdn_registry_open_span \
	isdn_registry_counts:isdn_registry_print \
	isdn_client_config_init:isdn_client_open \
	isdn_client_close:isdn_client_open \
	isdn_client_next_event:isdn_client_open \
	isdn_call_params_init:isdn_call_make \
	isdn_call_accept:isdn_call_make \
	isdn_call_answer:isdn_call_make \
	isdn_call_send_uui:isdn_call_make \
	isdn_call_info:isdn_call_status \
	isdn_call_uui:isdn_call_status \
	isdn_call_release_uui:isdn_call_status \
	isdn_call_state_name:isdn_call_status \
	isdn_disconnect_mode_name:isdn_call_status \
	isdn_outcome_name:isdn_call_status \
	isdn_source_name:isdn_call_status \
	isdn_conference_add:isdn_conference_new \
	isdn_conference_calls:isdn_conference_new \
	isdn_uui_sip_read:isdn_uui_sip \
	isdn_uui_sip_write:isdn_uui_sip \
	isdn_uui_from_text:isdn_uui_text \
	isdn_uui_octets:isdn_uui_text \
	isdn_uui_from_octets:isdn_uui_text \
	isdn_uui_item_next:isdn_uui_tlv \
	isdn_uui_item_add:isdn_uui_tlv \
	isdn_uui_ucid_read:isdn_uui_tlv \
	isdn_uui_ucid_add:isdn_uui_tlv \
	isdn_uui_ucid_text:isdn_uui_tlv \
	isdn_uui_ucid_from_text:isdn_uui_tlv \
	isdn_uui_gsmr_number:isdn_uui_tlv \
	isdn_uui_gsmr_number_add:isdn_uui_tlv

install-data-hook:
	@for l in $(man_links); do \
		echo ".so man3/$${l#*:}.3" >"$(DESTDIR)$(man3dir)/$${l%:*}.3" || exit 1; \
	done

uninstall-hook:
	@for l in $(man_links); do rm -f "$(DESTDIR)$(man3dir)/$${l%:*}.3"; done
