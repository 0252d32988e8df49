/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A line: a driver's D-channel and the span that runs on it, as a provider. line.c moves
 * frames, line_request.c asks the span, line_event.c makes call states of its primitives.
 */
#ifndef IR_LINE_INTERNAL_H
#define IR_LINE_INTERNAL_H

#include "base/env.h"
#include "drivers/driver.h"
#include "lib/line.h"
#include "lib/span_internal.h"
#include "lib/span_spec.h"

struct line {
	struct isdn_provider base;
	struct isdn_env env;
	const struct id_driver *driver;
	struct id_port *port; /* NULL: closed after ID_REMOVED */
	struct isdn_span *span;
	struct isdn_span_config config;
	char spec[IR_SPEC_MAX];
	bool alarm;
	bool hold_here; /* hold is a matter of ours: the far end is not asked, the channel stays */
	bool started;
	isdn_time start_at; /* again, when there was no memory */
	isdn_time now;	    /* as last told */
	/* A frame that the driver could not take yet. */
	size_t waiting;
	uint8_t frame[ID_FRAME_MAX];
};

#define LINE(p)	 ((struct line *)(p))
#define CLINE(p) ((const struct line *)(p))

void ir_line_caps(const struct isdn_provider *p, struct isdn_caps *caps);
int ir_line_make(struct isdn_provider *p, const struct isdn_call_params *params,
		 const struct isdn_uui *uui, void *user, uint64_t *leg, isdn_time now);
int ir_line_accept(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui,
		   isdn_time now);
int ir_line_answer(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui,
		   isdn_time now);
int ir_line_send_uui(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, bool more,
		     isdn_time now);
int ir_line_uui_busy(struct isdn_provider *p, uint64_t leg, bool busy, isdn_time now);
int ir_line_drop(struct isdn_provider *p, uint64_t leg, uint8_t cause, const struct isdn_uui *uui,
		 bool *uui_sent, isdn_time now);
int ir_line_preview(const struct isdn_provider *p, uint64_t leg, uint8_t cause,
		    const struct isdn_uui *uui, uint8_t *octets, size_t cap, size_t *len);
void ir_line_callref(const struct isdn_provider *p, uint64_t leg, struct isdn_call_info *info);
int ir_line_dial(struct isdn_provider *p, uint64_t leg, const char *digits, isdn_time now);
int ir_line_hold(struct isdn_provider *p, uint64_t leg, bool hold, isdn_time now);
void ir_line_bind(struct isdn_provider *p, uint64_t leg, void *user);
uint8_t ir_line_services(const struct isdn_provider *p, uint64_t leg);
int ir_line_next(struct isdn_provider *p, struct isdn_leg_event *ev);

#endif
