/* SPDX-License-Identifier: BSD-2-Clause */
/* A line: its driver, its time, and frames between driver and span. */
#include <string.h>

#include "lib/line_internal.h"

#define START_AGAIN_MS 100

static void removed(struct line *l, isdn_time now)
{
	ib_log(&l->env, ISDN_LOG_ERROR, ISDN_AREA_DRIVER, "span %u (%s): the device is gone",
	       l->base.number, l->spec);
	l->driver->close(l->port);
	l->port = NULL;
	l->alarm = true;
	isdn_span_physical(l->span, false, now);
}

static void driver_event(struct line *l, const struct id_event *ev, isdn_time now)
{
	static const char *const names[] = {
		[ID_ALARM] = "alarm",	  [ID_ALARM_CLEAR] = "alarm cleared",
		[ID_ABORT] = "abort",	  [ID_OVERRUN] = "overrun",
		[ID_BAD_FCS] = "bad FCS", [ID_REMOVED] = "removed",
	};
	bool rare = ev->type == ID_ALARM || ev->type == ID_ALARM_CLEAR || ev->type == ID_REMOVED;

	ib_log(&l->env, rare ? ISDN_LOG_WARNING : ISDN_LOG_DEBUG, ISDN_AREA_DRIVER,
	       "span %u (%s): %s (0x%x)", l->base.number, l->spec, names[ev->type], ev->alarms);
	switch (ev->type) {
	case ID_ALARM:
	case ID_ALARM_CLEAR:
		l->alarm = ev->type == ID_ALARM;
		isdn_span_physical(l->span, !l->alarm, now);
		break;
	case ID_REMOVED:
		removed(l, now);
		break;
	case ID_ABORT:
		isdn_span_line_error(l->span, ISDN_LINE_ABORT);
		break;
	case ID_OVERRUN:
		isdn_span_line_error(l->span, ISDN_LINE_OVERRUN);
		break;
	case ID_BAD_FCS:
		isdn_span_line_error(l->span, ISDN_LINE_FCS);
		break;
	}
}

/* Send what there is; false when the driver can take no more now. */
static bool transmit(struct line *l, isdn_time now)
{
	while (!l->port && isdn_span_tx(l->span, l->frame, sizeof(l->frame), &l->waiting, now) == 1)
		l->waiting = 0; /* nobody to send it to */
	while (l->port) {
		int err;

		if (!l->waiting &&
		    isdn_span_tx(l->span, l->frame, sizeof(l->frame), &l->waiting, now) != 1) {
			l->waiting = 0;
			return true;
		}
		err = l->driver->send(l->port, l->frame, l->waiting, now);
		if (err == ISDN_ERR_AGAIN)
			return false;
		l->waiting = 0;
		if (err == ISDN_ERR_REMOVED)
			removed(l, now);
		else if (err)
			ib_log(&l->env, ISDN_LOG_WARNING, ISDN_AREA_DRIVER,
			       "span %u (%s): a frame was not sent: %s", l->base.number, l->spec,
			       isdn_strerror(err));
	}
	return true;
}

/* A bounded number of frames, so that one busy line does not starve the others. */
static void receive(struct line *l, isdn_time now)
{
	uint8_t frame[ID_FRAME_MAX];
	struct id_event ev;

	for (int i = 0; i < 64 && l->port; i++) {
		int n;

		while (l->port && l->driver->event(l->port, &ev) == 1)
			driver_event(l, &ev, now);
		n = l->port ? l->driver->recv(l->port, frame, sizeof(frame), now) : 0;
		if (n == ISDN_ERR_REMOVED)
			removed(l, now);
		if (n <= 0)
			return;
		isdn_span_rx(l->span, frame, (size_t)n, now);
		transmit(l, now);
	}
}

static void start(struct line *l, isdn_time now)
{
	if (l->started || now < l->start_at)
		return;
	l->started = isdn_span_start(l->span, now) == 0;
	l->start_at = now + START_AGAIN_MS;
}

static void process(struct isdn_provider *p, isdn_time now)
{
	struct line *l = LINE(p);

	l->now = now;
	receive(l, now);
	start(l, now);
	if (isdn_span_next_timeout(l->span) <= now)
		isdn_span_handle_timeout(l->span, now);
	transmit(l, now);
}

static isdn_time deadline(const struct isdn_provider *p)
{
	const struct line *l = CLINE(p);
	isdn_time span = isdn_span_next_timeout(l->span);
	isdn_time port = l->port ? l->driver->deadline(l->port) : ISDN_NEVER;

	if (port < span)
		span = port;
	return !l->started && l->start_at < span ? l->start_at : span;
}

static int fd(const struct isdn_provider *p, short *events)
{
	const struct line *l = CLINE(p);

	*events = 0;
	return l->port ? l->driver->fd(l->port, events) : -1;
}

static void info(const struct isdn_provider *p, struct isdn_span_info *info)
{
	const struct line *l = CLINE(p);

	info->spec = l->spec;
	info->side = l->config.side;
	info->up = isdn_span_is_up(l->span);
	info->alarm = l->alarm;
	info->calls = isdn_span_calls(l->span);
	isdn_span_counters(l->span, &info->counters);
}

static size_t links(const struct isdn_provider *p, struct isdn_link *out, size_t cap)
{
	return isdn_span_links(CLINE(p)->span, out, cap);
}

static void line_close(struct isdn_provider *p)
{
	struct line *l = LINE(p);
	struct isdn_env env = l->env;

	if (l->port)
		l->driver->close(l->port);
	isdn_span_free(l->span);
	ib_free(&env, l);
}

static const struct isdn_provider_ops line_ops = {
	.size = sizeof(line_ops),
	.caps = ir_line_caps,
	.make = ir_line_make,
	.accept = ir_line_accept,
	.answer = ir_line_answer,
	.send_uui = ir_line_send_uui,
	.uui_busy = ir_line_uui_busy,
	.services = ir_line_services,
	.callref = ir_line_callref,
	.preview = ir_line_preview,
	.hold = ir_line_hold,
	.dial = ir_line_dial,
	.drop = ir_line_drop,
	.bind = ir_line_bind,
	.next = ir_line_next,
	.process = process,
	.deadline = deadline,
	.fd = fd,
	.info = info,
	.links = links,
	.close = line_close,
};

void ir_line_trace(struct isdn_provider *p, const struct isdn_trace *trace)
{
	if (p->ops == &line_ops)
		ir_span_trace(LINE(p)->span, trace);
}

/* A BRI asks the far end to hold, since it has two channels only. */
static int hold_options(struct line *l, struct ir_span_spec *spec, struct isdn_error *error)
{
	bool here = false, wire = false;
	int err = ir_span_spec_flag(spec, "hold-here", &here, error);

	if (!err)
		err = ir_span_spec_flag(spec, "hold-wire", &wire, error);
	l->hold_here = here || (!wire && l->config.interface != ISDN_BRI);
	return err;
}

int ir_line_open(struct isdn_provider **p, const char *text, struct id_shared *shared,
		 const struct isdn_env *env, unsigned number, isdn_time now,
		 struct isdn_error *error)
{
	struct ir_span_spec spec;
	struct line *l;
	int err = ir_span_spec_parse(&spec, text, error);

	if (err)
		return err;
	l = ib_alloc(env, sizeof(*l));
	if (!l)
		return ib_error(error, ISDN_ERR_NOMEM, "span \"%.64s\": no memory", text);
	l->base.ops = &line_ops;
	l->base.number = number;
	l->env = *env;
	l->config = spec.config;
	l->config.tag = number;
	l->driver = spec.driver;
	strcpy(l->spec, text); /* split checked the length */
	err = hold_options(l, &spec, error);
	if (err) {
		ib_free(env, l);
		return err;
	}
	err = isdn_span_new(&l->span, &l->config, env);
	if (err)
		ib_error(error, err, "span \"%.64s\": %s", text, isdn_strerror(err));
	else
		err = l->driver->open(&l->port, &spec.args, shared, env, error);
	if (!err)
		err = ir_span_spec_finish(&spec, error);
	if (err) {
		line_close(&l->base);
		return err;
	}
	l->start_at = ISDN_NEVER;
	process(&l->base, now); /* a driver that starts in alarm says so at once */
	l->start_at = now;
	start(l, now);
	transmit(l, now);
	*p = &l->base;
	return 0;
}
