/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A provider in small: provider SPAN
 *
 * A telephone of one's own switch is a provider with one leg. The switch links its
 * calls with those of the ISDN, so that the end of one is the end of the other. SPAN is
 * loop:line,user and its options: a line in memory, at whose other end an exchange is.
 */
#include <isdn/isdn.h>
#include <isdn/provider.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#define DISPLAY 32 /* characters */

struct phone {
	struct isdn_provider base; /* first, so that one is the other */
	uint64_t leg, last;	   /* 0: on the hook */
	void *user;		   /* the registry's, for the leg */
	bool rings;
	struct isdn_leg_event queue[8]; /* no call has more */
	unsigned head, tail;
};

static struct isdn_leg_event *report(struct phone *t, enum isdn_leg_event_type type)
{
	struct isdn_leg_event *ev = &t->queue[t->tail++ % 8];

	memset(ev, 0, sizeof(*ev));
	ev->type = type;
	ev->leg = t->leg;
	ev->source = ISDN_BY_REMOTE; /* who is at the telephone is its far end */
	return ev;
}

static void state(struct phone *t, enum isdn_call_state state)
{
	report(t, ISDN_LEG_STATE)->state = state;
}

static void gone(struct phone *t, enum isdn_source source, uint8_t cause)
{
	struct isdn_leg_event *ev = report(t, ISDN_LEG_GONE);

	ev->source = source;
	ev->cause = cause;
	t->leg = 0;
	t->rings = false;
}

/* What the registry asks. */

static void caps(const struct isdn_provider *p, struct isdn_caps *caps)
{
	(void)p;
	memset(caps, 0, sizeof(*caps));
	caps->uui_drop = 1 + DISPLAY;
	caps->reject_offering = true;
}

static int make(struct isdn_provider *p, const struct isdn_call_params *params,
		const struct isdn_uui *uui, void *user, uint64_t *leg, isdn_time now)
{
	struct phone *t = (struct phone *)p;

	(void)uui; /* NULL: the capability is 0 */
	(void)now;
	if (t->leg)
		return ISDN_ERR_RESOURCEUNAVAIL;
	*leg = t->leg = ++t->last;
	t->user = user;
	t->rings = true;
	printf("telephone: rings, called %s\n", params->called);
	state(t, ISDN_CALL_RINGBACK);
	return 0;
}

static int accept(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, isdn_time now)
{
	(void)p, (void)leg, (void)uui, (void)now;
	printf("telephone: it rings there\n");
	return 0;
}

static int answer(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, isdn_time now)
{
	(void)leg, (void)uui, (void)now;
	printf("telephone: they talk\n");
	state((struct phone *)p, ISDN_CALL_CONNECTED);
	return 0;
}

/* A leg that is gone already is no error: its last event is on the way. */
static int drop(struct isdn_provider *p, uint64_t leg, uint8_t cause, const struct isdn_uui *uui,
		bool *uui_sent, isdn_time now)
{
	struct phone *t = (struct phone *)p;

	(void)now;
	*uui_sent = false;
	if (leg != t->leg)
		return 0;
	*uui_sent = uui != NULL;
	printf("telephone: \"%.*s\", %s\n", uui ? uui->len : 0, uui ? (const char *)uui->data : "",
	       isdn_cause_name(cause));
	gone(t, ISDN_BY_LOCAL, cause);
	return 0;
}

static void bind(struct isdn_provider *p, uint64_t leg, void *user)
{
	struct phone *t = (struct phone *)p;

	if (leg == t->last)
		t->user = user;
}

static int next(struct isdn_provider *p, struct isdn_leg_event *ev)
{
	struct phone *t = (struct phone *)p;

	if (t->head == t->tail)
		return 0;
	*ev = t->queue[t->head++ % 8];
	ev->user = ev->type == ISDN_LEG_OFFERED ? NULL : t->user; /* bound since it was reported */
	return 1;
}

static void info(const struct isdn_provider *p, struct isdn_span_info *info)
{
	info->spec = "telephone";
	info->up = true;
	info->calls = ((const struct phone *)p)->leg != 0;
}

static const struct isdn_provider_ops phone_ops = {
	.size = sizeof(phone_ops),
	.caps = caps,
	.make = make,
	.accept = accept,
	.answer = answer,
	.drop = drop,
	.bind = bind,
	.next = next,
	.info = info,
};

/* What people do; the registry learns of it when it is processed. */

static void dial(struct phone *t, const char *digits)
{
	struct isdn_leg_event *ev;

	t->leg = ++t->last;
	printf("telephone: calls %s\n", digits);
	ev = report(t, ISDN_LEG_OFFERED);
	ev->capability = ISDN_SPEECH;
	ev->called.n_digits = (uint8_t)strlen(digits);
	memcpy(ev->called.digits, digits, ev->called.n_digits);
}

static void lift(struct phone *t)
{
	t->rings = false;
	printf("telephone: answers\n");
	state(t, ISDN_CALL_CONNECTED);
}

static void hang_up(struct phone *t)
{
	printf("telephone: hangs up\n");
	gone(t, ISDN_BY_REMOTE, ISDN_CAUSE_NORMAL_CALL_CLEARING);
}

/* The switch. A call that arrives at one side is made at the other, and linked with it. */
struct desk {
	struct isdn_client *client;
	unsigned line, phone; /* spans */
	unsigned connected;   /* calls that are, two when people talk */
	unsigned idle;	      /* calls that ended */
};

static void connect_through(struct desk *d, isdn_handle call, const struct isdn_call_info *info)
{
	struct isdn_call_params params;
	isdn_handle other;

	isdn_call_params_init(&params);
	params.span = info->span == d->line ? d->phone : d->line;
	params.called = info->called;
	if (isdn_call_make(d->client, &params, &other) < 0 ||
	    isdn_call_link(d->client, call, other) < 0)
		(void)isdn_call_drop(d->client, call, NULL);
}

static void desk_event(struct desk *d, const struct isdn_event *ev)
{
	struct isdn_call_info info;

	if (ev->type != ISDN_EV_CALL_STATE || isdn_call_info(d->client, ev->call, &info))
		return;
	if (info.span != d->line && info.span != d->phone) { /* the exchange's: not ours */
		(void)isdn_call_deallocate(d->client, ev->call);
		return;
	}
	printf("switch: %s %s, %s, %s\n", info.span == d->line ? "line" : "phone",
	       isdn_call_state_name(ev->state), isdn_source_name(ev->source),
	       isdn_cause_name(ev->cause));
	if (ev->state == ISDN_CALL_OFFERING) {
		connect_through(d, ev->call, &info);
	} else if (ev->state == ISDN_CALL_RINGBACK) {
		(void)isdn_call_accept(d->client, info.linked, NULL, 0);
	} else if (ev->state == ISDN_CALL_CONNECTED) {
		d->connected++;
		(void)isdn_call_answer(d->client, info.linked, NULL, 0); /* unless it was made */
	} else if (ev->state == ISDN_CALL_IDLE) {
		d->connected = 0;
		d->idle++;
		(void)isdn_call_deallocate(d->client, ev->call);
	}
}

/* The exchange answers what arrives, and releases what the other side cleared. */
static void exchange(struct isdn_client *client, const struct isdn_event *ev)
{
	if (ev->type != ISDN_EV_CALL_STATE)
		return;
	if (ev->state == ISDN_CALL_OFFERING) {
		(void)isdn_call_accept(client, ev->call, NULL, 0);
		(void)isdn_call_answer(client, ev->call, NULL, 0);
	} else if (ev->state == ISDN_CALL_DISCONNECTED) {
		printf("exchange: %s\n", isdn_cause_name(ev->cause));
		(void)isdn_call_drop(client, ev->call, NULL);
	} else if (ev->state == ISDN_CALL_IDLE) {
		(void)isdn_call_deallocate(client, ev->call);
	}
}

/* It has one call, and clears that. */
static void exchange_clears(struct isdn_client *client)
{
	static const struct isdn_drop how = { .uui = "\004bye", .uui_size = 4 };
	isdn_handle call;
	size_t n;

	printf("exchange: clears\n");
	if (isdn_client_calls(client, &call, 1, &n) == 0 && n == 1)
		(void)isdn_call_drop(client, call, &how);
}

static void run(struct isdn_registry *registry, struct desk *d, struct isdn_client *there)
{
	struct pollfd p = { .fd = isdn_registry_fd(registry), .events = POLLIN };
	struct isdn_event ev;

	poll(&p, 1, 10); /* the telephone has no descriptor */
	isdn_registry_process(registry);
	while (isdn_client_next_event(there, &ev) == 1)
		exchange(there, &ev);
	while (isdn_client_next_event(d->client, &ev) == 1)
		desk_event(d, &ev);
}

static int give_up(struct isdn_registry *registry, const char *why)
{
	fprintf(stderr, "%s\n", why);
	isdn_registry_free(registry); /* with its spans and clients */
	return 1;
}

int main(int argc, char **argv)
{
	struct phone phone = { .base.ops = &phone_ops };
	struct isdn_client_config config;
	struct isdn_registry *registry;
	struct isdn_call_params params;
	struct isdn_client *there;
	struct isdn_error error;
	struct desk desk = { 0 };
	isdn_handle call;

	if (argc != 2)
		return fprintf(stderr, "usage: provider SPAN\n"), 2;
	if (isdn_registry_new(&registry, NULL, NULL))
		return 1; /* no memory, or no descriptor */
	isdn_client_config_init(&config);
	if (isdn_registry_open_span(registry, argv[1], &desk.line, &error) ||
	    isdn_registry_open_span(registry, "loop:line,net", &config.span, &error))
		return give_up(registry, error.text);
	if (isdn_registry_add_provider(registry, &phone.base, &desk.phone) ||
	    isdn_client_open(registry, &config, &there))
		return give_up(registry, "no memory");
	isdn_call_params_init(&params);
	params.span = config.span;
	config.span = 0; /* both sides of the switch */
	if (isdn_client_open(registry, &config, &desk.client))
		return give_up(registry, "no memory");
	dial(&phone, "5551234");
	while (desk.idle < 2) {
		run(registry, &desk, there);
		if (desk.connected == 2)
			exchange_clears(there);
	}
	params.called = "21";
	if (isdn_call_make(there, &params, &call) < 0)
		return give_up(registry, "the exchange can not call");
	while (desk.idle < 4) {
		run(registry, &desk, there);
		if (phone.rings)
			lift(&phone);
		else if (desk.connected == 2 && phone.leg)
			hang_up(&phone);
	}
	isdn_registry_free(registry);
	return 0;
}
