/* SPDX-License-Identifier: BSD-2-Clause */
/* Place a call and drop it with user-user information: drop SPAN NUMBER TEXT */
#include <isdn/isdn.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	struct isdn_registry *registry;
	struct isdn_client_config config;
	struct isdn_client *client;
	struct isdn_call_params params;
	struct isdn_error error;
	struct isdn_event ev;
	isdn_handle call;
	char uui[129] = { 4 }; /* discriminator 4: IA5 text */
	struct isdn_drop how = { .uui = uui };
	bool idle = false;

	if (argc != 4 || strlen(argv[3]) >= sizeof(uui) - 1)
		return fprintf(stderr, "usage: drop SPAN NUMBER TEXT\n"), 2;
	memcpy(uui + 1, argv[3], strlen(argv[3]));
	how.uui_size = strlen(argv[3]) + 1;
	isdn_client_config_init(&config);
	isdn_call_params_init(&params);
	params.called = argv[2];
	if (isdn_registry_new(&registry, NULL, NULL) ||
	    isdn_client_open(registry, &config, &client))
		return 1;
	if (isdn_registry_open_span(registry, argv[1], &params.span, &error))
		return fprintf(stderr, "%s\n", error.text), 1;
	if (isdn_call_make(client, &params, &call) < 0) /* waits until the link is up */
		return 1;
	while (!idle) {
		struct pollfd p = { .fd = isdn_registry_fd(registry), .events = POLLIN };

		poll(&p, 1, -1);
		isdn_registry_process(registry);
		while (isdn_client_next_event(client, &ev) == 1) {
			if (ev.type == ISDN_EV_REPLY && ev.outcome)
				printf("%s, UUI %ssent\n", isdn_outcome_name(ev.outcome),
				       ev.uui_sent ? "" : "not ");
			if (ev.type != ISDN_EV_CALL_STATE)
				continue;
			printf("%s %s\n", isdn_call_state_name(ev.state),
			       isdn_cause_name(ev.cause));
			if (ev.state == ISDN_CALL_CONNECTED || ev.state == ISDN_CALL_DISCONNECTED)
				isdn_call_drop(client, ev.call, &how);
			idle = ev.state == ISDN_CALL_IDLE;
		}
	}
	isdn_call_deallocate(client, call); /* until here it could be asked for its cause */
	isdn_registry_free(registry);
	return 0;
}
