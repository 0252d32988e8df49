/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An integrator's first program, written from the manual alone: two calls over a line in memory are
 * conferred, and the conference is dropped with UUI. The comments name the page that said so.
 */
#include <isdn/isdn.h> /* libisdn(3) */
#include <poll.h>
#include <stdio.h>

/* isdn_client(3): an owner of what arrives at a span, or makes calls there */
static struct isdn_client *open_client(struct isdn_registry *registry, unsigned span)
{
	struct isdn_client_config config;
	struct isdn_client *client = NULL;

	isdn_client_config_init(&config);
	config.span = span;
	return isdn_client_open(registry, &config, &client) ? NULL : client;
}

/* The far end, isdn_call_make(3): answers, and shows the UUI that it is cleared with,
 * isdn_call_status(3). */
static void far_event(struct isdn_client *client, const struct isdn_event *ev)
{
	uint8_t uui[1 + ISDN_UUI_MAX];
	size_t len;

	if (ev->type != ISDN_EV_CALL_STATE)
		return;
	if (ev->state == ISDN_CALL_OFFERING) {
		isdn_call_answer(client, ev->call, NULL, 0);
	} else if (ev->state == ISDN_CALL_DISCONNECTED) {
		if (!isdn_call_uui(client, ev->call, ISDN_UUI_CLEARING, uui, sizeof(uui), &len) &&
		    len)
			printf("far end: %s, \"%.*s\"\n", isdn_cause_name(ev->cause), (int)len - 1,
			       (const char *)uui + 1);
		isdn_call_drop(client, ev->call, NULL);
	} else if (ev->state == ISDN_CALL_IDLE) {
		isdn_call_deallocate(client, ev->call);
	}
}

struct near {
	struct isdn_client *client;
	isdn_handle conference;
	int in, handles; /* parties; what is to be given back */
};

/* isdn_event(3), isdn_conference(3), isdn_call_drop(3) */
static void near_event(struct near *n, const struct isdn_event *ev)
{
	const struct isdn_drop bye = { .cause = ISDN_CAUSE_NORMAL_CALL_CLEARING,
				       .uui = "\004closed",
				       .uui_size = 7 };

	if (ev->type == ISDN_EV_REPLY && ev->outcome != ISDN_OUTCOME_NONE)
		printf("dropped: %s, %u calls, %u with UUI, %u failed\n",
		       isdn_outcome_name(ev->outcome), ev->calls_changed, ev->calls_with_uui,
		       ev->calls_failed);
	if (ev->type != ISDN_EV_CALL_STATE)
		return;
	if (ev->state == ISDN_CALL_IDLE) {
		isdn_call_deallocate(n->client, ev->call);
		n->handles--;
	} else if (ev->call == n->conference) {
		return;
	} else if (ev->state == ISDN_CALL_CONNECTED) {
		isdn_conference_add(n->client, n->conference, ev->call);
	} else if (ev->state == ISDN_CALL_CONFERENCED && ++n->in == 2) {
		printf("two parties\n");
		isdn_call_drop(n->client, n->conference, &bye);
	}
}

int main(void)
{
	struct isdn_call_params params;
	struct isdn_registry *registry;
	struct isdn_client *far;
	struct isdn_error error;
	struct near n = { .handles = 3 };
	unsigned span, far_span;
	isdn_handle call;

	/* isdn_registry(3), isdn_registry_open_span(3), isdn-span(7) */
	if (isdn_registry_new(&registry, NULL, NULL))
		return 1;
	if (isdn_registry_open_span(registry, "loop:line,user", &span, &error) ||
	    isdn_registry_open_span(registry, "loop:line,net", &far_span, &error))
		return fprintf(stderr, "%s\n", error.text), 1;
	far = open_client(registry, far_span);
	n.client = open_client(registry, span);
	if (!far || !n.client || isdn_conference_new(n.client, NULL, &n.conference))
		return 1;
	isdn_call_params_init(&params);
	params.span = span;
	for (int i = 0; i < 2; i++) {
		int err;

		params.called = i ? "5552" : "5551";
		err = isdn_call_make(n.client, &params, &call);
		if (err < 0)
			return fprintf(stderr, "%s\n", isdn_strerror(err)), 1;
	}
	while (n.handles) { /* isdn-loop(7) */
		struct pollfd p = { .fd = isdn_registry_fd(registry), .events = POLLIN };
		struct isdn_event ev;
		int any = 0;

		isdn_registry_process(registry);
		while (isdn_client_next_event(far, &ev) == 1 && ++any)
			far_event(far, &ev);
		while (isdn_client_next_event(n.client, &ev) == 1 && ++any)
			near_event(&n, &ev);
		if (!any && poll(&p, 1, 5000) == 0)
			return fprintf(stderr, "nothing comes\n"), 1;
	}
	isdn_registry_free(registry);
	return 0;
}
