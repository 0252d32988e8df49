/* SPDX-License-Identifier: BSD-2-Clause */
/* Two spans on a wire. */
#include "tests/wire_helper.h"

#include <stdlib.h>

static isdn_time wire_clock(void *arg)
{
	return ((struct wire *)arg)->now;
}

static void wire_trace(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir,
		       const uint8_t *frame, size_t len, isdn_time now)
{
	struct wire *w = arg;
	struct isdn_faults faults;
	struct seen *s = &w->seen[w->n_seen % 256];

	(void)now;
	if (dir != ISDN_TRACE_OUT || len < 5 || (frame[2] & 1))
		return; /* only I frames as they are sent */
	s->tag = tag;
	assert_int_equal(isdn_msg_decode(ISDN_VARIANT_ETSI,
					 net ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK,
					 frame + 4, len - 4, &s->msg, &faults),
			 0);
	assert_int_equal(faults.n, 0);
	w->n_seen++;
}

/* Run until nothing is due before the given time passes. */
void wire_run_for(struct wire *w, isdn_time ms)
{
	isdn_time end = w->now + ms, next;

	isdn_registry_process(w->registry);
	while ((next = isdn_registry_next_timeout(w->registry)) <= end) {
		w->now = next > w->now ? next : w->now;
		isdn_registry_process(w->registry);
	}
	w->now = end;
	isdn_registry_process(w->registry);
}

struct isdn_client *wire_client(struct wire *w, const char *name, unsigned span,
				enum isdn_privilege privilege)
{
	struct isdn_client_config config;
	struct isdn_client *c;

	isdn_client_config_init(&config);
	config.name = name;
	config.privilege = privilege;
	config.span = span;
	assert_int_equal(isdn_client_open(w->registry, &config, &c), 0);
	return c;
}

int wire_setup(void **state, bool net, const char *options, const char *far_options)
{
	struct wire *w = calloc(1, sizeof(*w));
	struct isdn_error error = { .text = "" };
	struct isdn_env env;
	char spec[128];

	assert_non_null(w);
	memset(&env, 0, sizeof(env));
	test_mem_init(&w->mem, &env.mem);
	env.clock = wire_clock;
	env.clock_arg = w;
	env.trace.frame = wire_trace;
	env.trace.arg = w;
	w->net = net;
	w->now = 1000;
	assert_int_equal(isdn_registry_new(&w->registry, NULL, &env), 0);
	strcpy(spec, net ? "loop:w,net" : "loop:w,user");
	strcat(spec, options);
	assert_int_equal(isdn_registry_open_span(w->registry, spec, &w->near_span, &error), 0);
	strcpy(spec, net ? "loop:w,user" : "loop:w,net");
	strcat(spec, options);
	strcat(spec, far_options);
	assert_int_equal(isdn_registry_open_span(w->registry, spec, &w->far_span, &error), 0);
	w->near = wire_client(w, "near", w->near_span, ISDN_OWNER);
	w->far = wire_client(w, "far", w->far_span, ISDN_OWNER);
	w->monitor = wire_client(w, "monitor", w->near_span, ISDN_MONITOR);
	wire_run_for(w, *options ? 5000 : 100);
	desk_event(w->near, ISDN_EV_SPAN);
	desk_event(w->far, ISDN_EV_SPAN);
	desk_event(w->monitor, ISDN_EV_SPAN);
	*state = w;
	return 0;
}

int wire_setup_user(void **state)
{
	return wire_setup(state, false, "", "");
}

int wire_setup_net(void **state)
{
	return wire_setup(state, true, "", "");
}

int wire_teardown(void **state)
{
	struct wire *w = *state;

	isdn_registry_free(w->registry);
	assert_int_equal(test_mem_live(&w->mem), 0);
	free(w);
	return 0;
}

/* The n-th message from now on (0: the first) that the span sent, of the type. NULL: none. */
const struct isdn_msg *wire_sent(const struct wire *w, unsigned span, uint8_t type, unsigned n)
{
	for (unsigned i = 0; i < w->n_seen; i++)
		if (w->seen[i].tag == span && w->seen[i].msg.type == type && n-- == 0)
			return &w->seen[i].msg;
	return NULL;
}

unsigned wire_count(const struct wire *w, uint8_t type)
{
	unsigned n = 0;

	for (unsigned i = 0; i < w->n_seen; i++)
		n += w->seen[i].msg.type == type;
	return n;
}

isdn_handle wire_make(struct wire *w, struct isdn_client *c, unsigned span, const void *uui,
		      size_t size)
{
	struct isdn_call_params p;
	isdn_handle h;

	isdn_call_params_init(&p);
	p.span = span;
	p.called = "5551234";
	p.calling = "5559876";
	p.uui = uui;
	p.uui_size = size;
	assert_true(isdn_call_make(c, &p, &h) > 0);
	wire_run_for(w, 20);
	return h;
}

/* The handle of the NEW_CALL that waits at c; all its events are taken. */
isdn_handle wire_arrived(struct isdn_client *c)
{
	struct isdn_event ev;
	isdn_handle h = 0;

	while (isdn_client_next_event(c, &ev) == 1)
		if (ev.type == ISDN_EV_NEW_CALL)
			h = ev.call;
	assert_true(h != 0);
	return h;
}

void wire_drain(struct wire *w)
{
	struct isdn_event ev;

	while (isdn_client_next_event(w->near, &ev) == 1)
		;
	while (isdn_client_next_event(w->far, &ev) == 1)
		;
	while (isdn_client_next_event(w->monitor, &ev) == 1)
		;
}

struct isdn_call_status wire_status(struct isdn_client *c, isdn_handle h)
{
	struct isdn_call_status s;

	assert_int_equal(isdn_call_status(c, h, &s), 0);
	return s;
}

/* A call between both, connected; out: placed by the near side. */
void wire_connected(struct wire *w, bool out, isdn_handle *near, isdn_handle *far)
{
	struct isdn_client *caller = out ? w->near : w->far, *callee = out ? w->far : w->near;
	isdn_handle from = wire_make(w, caller, out ? w->near_span : w->far_span, NULL, 0), to;

	to = wire_arrived(callee);
	assert_true(isdn_call_accept(callee, to, NULL, 0) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_status(caller, from).state, ISDN_CALL_RINGBACK);
	assert_true(isdn_call_answer(callee, to, NULL, 0) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_status(caller, from).state, ISDN_CALL_CONNECTED);
	assert_int_equal(wire_status(callee, to).state, ISDN_CALL_CONNECTED);
	*near = out ? from : to;
	*far = out ? to : from;
	wire_drain(w);
	w->n_seen = 0;
}
