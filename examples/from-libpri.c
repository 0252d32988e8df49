/* SPDX-License-Identifier: BSD-2-Clause */
/* With libisdn: answer each call, and clear it with UUI "bye". from-libpri SPAN */
#include <isdn/isdn.h>
#include <poll.h>
#include <stdio.h>

static void event(struct isdn_client *client, const struct isdn_event *ev)
{
	const struct isdn_drop bye = { .uui = "\004bye", .uui_size = 4 };

	if (ev->type != ISDN_EV_CALL_STATE)
		return;
	if (ev->state == ISDN_CALL_OFFERING) {
		isdn_call_accept(client, ev->call, NULL, 0);
		isdn_call_answer(client, ev->call, NULL, 0);
	} else if (ev->state == ISDN_CALL_CONNECTED) {
		isdn_call_drop(client, ev->call, &bye);
	} else if (ev->state == ISDN_CALL_DISCONNECTED) {
		isdn_call_drop(client, ev->call, NULL);
	} else if (ev->state == ISDN_CALL_IDLE) {
		isdn_call_deallocate(client, ev->call);
	}
}

int main(int argc, char **argv)
{
	struct isdn_client_config config;
	struct isdn_registry *registry;
	struct isdn_client *client;
	struct isdn_error error;
	struct isdn_event ev;
	unsigned span;

	isdn_client_config_init(&config);
	if (argc != 2 || isdn_registry_new(&registry, NULL, NULL) ||
	    isdn_client_open(registry, &config, &client))
		return 1;
	if (isdn_registry_open_span(registry, argv[1], &span, &error))
		return fprintf(stderr, "%s\n", error.text), 1;
	for (;;) {
		struct pollfd p = { .fd = isdn_registry_fd(registry), .events = POLLIN };

		while (isdn_client_next_event(client, &ev) == 1) {
			event(client, &ev);
			if (ev.type == ISDN_EV_SPAN && !ev.up) {
				isdn_registry_free(registry);
				return 0;
			}
		}
		poll(&p, 1, -1); /* its timers are in there */
		isdn_registry_process(registry);
	}
}
