/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests and queries of a span's calls. */
#include "lib/span_internal.h"

static int make(struct isdn_span *span, const struct isdn_msg *msg, isdn_call_id *call,
		isdn_time now,
		int (*how)(struct i3_cc *, const struct isdn_msg *, isdn_call_id *, isdn_time))
{
	int err;

	if (!span || !msg || !call)
		return ISDN_ERR_INVALPOINTER;
	err = how(span->l3, msg, call, now);
	ir_span_join(span, now);
	return err;
}

int isdn_span_setup(struct isdn_span *span, const struct isdn_msg *msg, isdn_call_id *call,
		    isdn_time now)
{
	return make(span, msg, call, now, i3_cc_setup);
}

int isdn_span_resume(struct isdn_span *span, const struct isdn_msg *msg, isdn_call_id *call,
		     isdn_time now)
{
	return make(span, msg, call, now, i3_cc_resume);
}

int isdn_span_register(struct isdn_span *span, const struct isdn_msg *msg, isdn_call_id *call,
		       isdn_time now)
{
	return make(span, msg, call, now, i3_cc_register);
}

static int request(struct isdn_span *span, isdn_call_id call, enum i3_req req,
		   const struct isdn_msg *msg, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_request(span->l3, call, req, msg, now);
	ir_span_join(span, now);
	return err;
}

/* A request whose message is a cause. */
static int refuse(struct isdn_span *span, isdn_call_id call, enum i3_req req, uint8_t cause,
		  isdn_time now)
{
	struct isdn_msg m;

	if (cause > 127)
		return ISDN_ERR_INVAL;
	if (!cause || !span)
		return request(span, call, req, NULL, now);
	isdn_msg_init(&m, 0, 0, 0, false);
	i3_msg_cause(&m, cause, span->config.location, NULL, 0);
	return request(span, call, req, &m, now);
}

int isdn_span_more_info(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			isdn_time now)
{
	return request(span, call, I3_MORE_INFO_REQ, msg, now);
}

int isdn_span_info(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		   isdn_time now)
{
	return request(span, call, I3_INFO_REQ, msg, now);
}

int isdn_span_notify(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		     isdn_time now)
{
	return request(span, call, I3_NOTIFY_REQ, msg, now);
}

int isdn_span_proceeding(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			 isdn_time now)
{
	return request(span, call, I3_PROCEEDING_REQ, msg, now);
}

int isdn_span_alerting(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		       isdn_time now)
{
	return request(span, call, I3_ALERTING_REQ, msg, now);
}

int isdn_span_progress(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		       isdn_time now)
{
	return request(span, call, I3_PROGRESS_REQ, msg, now);
}

int isdn_span_connect(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		      isdn_time now)
{
	return request(span, call, I3_SETUP_RESP, msg, now);
}

int isdn_span_user_info(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			isdn_time now)
{
	return request(span, call, I3_USER_INFO_REQ, msg, now);
}

int isdn_span_status_enquiry(struct isdn_span *span, isdn_call_id call, isdn_time now)
{
	return request(span, call, I3_STATUS_ENQUIRY_REQ, NULL, now);
}

int isdn_span_disconnect(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			 isdn_time now)
{
	return request(span, call, I3_DISCONNECT_REQ, msg, now);
}

int isdn_span_setup_complete(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			     isdn_time now)
{
	return request(span, call, I3_SETUP_COMPLETE_REQ, msg, now);
}

int isdn_span_hold(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		   isdn_time now)
{
	return request(span, call, I3_HOLD_REQ, msg, now);
}

int isdn_span_hold_ack(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		       isdn_time now)
{
	return request(span, call, I3_HOLD_RESP, msg, now);
}

int isdn_span_hold_reject(struct isdn_span *span, isdn_call_id call, uint8_t cause, isdn_time now)
{
	return refuse(span, call, I3_HOLD_REJECT_REQ, cause, now);
}

int isdn_span_retrieve(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		       isdn_time now)
{
	return request(span, call, I3_RETRIEVE_REQ, msg, now);
}

int isdn_span_retrieve_ack(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			   isdn_time now)
{
	return request(span, call, I3_RETRIEVE_RESP, msg, now);
}

int isdn_span_retrieve_reject(struct isdn_span *span, isdn_call_id call, uint8_t cause,
			      isdn_time now)
{
	return refuse(span, call, I3_RETRIEVE_REJECT_REQ, cause, now);
}

int isdn_span_suspend(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		      isdn_time now)
{
	return request(span, call, I3_SUSPEND_REQ, msg, now);
}

int isdn_span_suspend_ack(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			  isdn_time now)
{
	return request(span, call, I3_SUSPEND_RESP, msg, now);
}

int isdn_span_suspend_reject(struct isdn_span *span, isdn_call_id call, uint8_t cause,
			     isdn_time now)
{
	return refuse(span, call, I3_SUSPEND_REJECT_REQ, cause, now);
}

int isdn_span_resume_ack(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			 isdn_time now)
{
	return request(span, call, I3_RESUME_RESP, msg, now);
}

int isdn_span_resume_reject(struct isdn_span *span, isdn_call_id call, uint8_t cause, isdn_time now)
{
	return refuse(span, call, I3_RESUME_REJECT_REQ, cause, now);
}

int isdn_span_facility(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		       isdn_time now)
{
	int err;

	if (call)
		return request(span, call, I3_FACILITY_REQ, msg, now);
	if (!span || !msg)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_facility(span->l3, msg, now);
	ir_span_join(span, now);
	return err;
}

int isdn_span_service(struct isdn_span *span, unsigned channel, enum isdn_service status,
		      isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_service(span->l3, channel, status, now);
	ir_span_join(span, now);
	return err;
}

int isdn_span_restart(struct isdn_span *span, unsigned channel, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_restart(span->l3, channel, now);
	ir_span_join(span, now);
	return err;
}

int isdn_span_uus_request(struct isdn_span *span, isdn_call_id call, enum isdn_uus_service service,
			  isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_uus_request(span->l3, call, service, now);
	ir_span_join(span, now);
	return err;
}

int isdn_span_uus_answer(struct isdn_span *span, isdn_call_id call, enum isdn_uus_service service,
			 int answer, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_uus_answer(span->l3, call, service, answer, now);
	ir_span_join(span, now);
	return err;
}

int isdn_span_uus_query(const struct isdn_span *span, isdn_call_id call,
			enum isdn_uus_service service, struct isdn_uus *out)
{
	if (!span || !out)
		return ISDN_ERR_INVALPOINTER;
	return i3_cc_uus_query(span->l3, call, service, out);
}

int isdn_span_uui_busy(struct isdn_span *span, isdn_call_id call, bool busy, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_uui_busy(span->l3, call, busy, now);
	ir_span_join(span, now);
	return err;
}

int isdn_span_uui_refuse(struct isdn_span *span, isdn_call_id call, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_uui_refuse(span->l3, call, now);
	ir_span_join(span, now);
	return err;
}

int isdn_span_clear(struct isdn_span *span, isdn_call_id call, uint8_t cause,
		    const struct isdn_uui *uui, bool *uui_sent, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_clear(span->l3, call, cause, uui, uui_sent, now);
	ir_span_join(span, now);
	return err;
}

int isdn_span_clear_preview(const struct isdn_span *span, isdn_call_id call, uint8_t cause,
			    const struct isdn_uui *uui, uint8_t *octets, size_t cap, size_t *len)
{
	if (!span || !octets || !len)
		return ISDN_ERR_INVALPOINTER;
	return i3_cc_clear_preview(span->l3, call, cause, uui, octets, cap, len);
}

int isdn_span_call_query(const struct isdn_span *span, isdn_call_id call,
			 struct isdn_span_call *out)
{
	if (!span || !out)
		return ISDN_ERR_INVALPOINTER;
	return i3_cc_query(span->l3, call, out);
}

int isdn_span_call_set_user(struct isdn_span *span, isdn_call_id call, void *user)
{
	if (!span)
		return ISDN_ERR_INVALPOINTER;
	return i3_cc_set_user(span->l3, call, user);
}

size_t isdn_span_calls(const struct isdn_span *span)
{
	return i3_cc_calls(span->l3);
}
