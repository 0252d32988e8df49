/* SPDX-License-Identifier: BSD-2-Clause */
/* Place a call, and drop it with user-user information when it is answered: drop SPAN NUMBER TEXT
 */
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
	char uui[1 + ISDN_UUI_MAX] = { 4 }; /* discriminator 4: IA5 characters */
	struct isdn_drop how = { .cause = ISDN_CAUSE_NORMAL_CALL_CLEARING, .uui = uui };
	isdn_handle call = 0;
	isdn_request id;
	bool idle = false;

	if (argc != 4 || strlen(argv[3]) > ISDN_UUI_MAX)
		return fprintf(stderr, "usage: drop SPAN NUMBER TEXT\n"), 2;
	how.uui_size = 1 + strlen(argv[3]);
	memcpy(uui + 1, argv[3], strlen(argv[3]));
	isdn_client_config_init(&config);
	isdn_call_params_init(&params);
	params.called = argv[2];
	if (isdn_registry_new(&registry, NULL, NULL) ||
	    isdn_client_open(registry, &config, &client))
		return 1; /* no memory, or no descriptor */
	if (isdn_registry_open_span(registry, argv[1], &params.span, &error))
		return fprintf(stderr, "%s\n", error.text), 1; /* the kernel closes the rest */
	id = isdn_call_make(client, &params, &call); /* SETUP waits until the link is up */
	while (id > 0 && !idle) {
		struct pollfd p = { .fd = isdn_registry_fd(registry), .events = POLLIN };

		poll(&p, 1, -1); /* timers wake it too */
		isdn_registry_process(registry);
		while (isdn_client_next_event(client, &ev) == 1) {
			if (ev.type == ISDN_EV_REPLY && ev.outcome) /* the drop is complete */
				printf("dropped: %s, UUI %ssent\n", isdn_outcome_name(ev.outcome),
				       ev.uui_sent ? "" : "not ");
			if (ev.type != ISDN_EV_CALL_STATE || ev.call != call)
				continue;
			idle = ev.state == ISDN_CALL_IDLE;
			printf("%s, %s\n", isdn_call_state_name(ev.state),
			       isdn_cause_name(ev.cause));
			if ((ev.state & (ISDN_CALL_CONNECTED | ISDN_CALL_DISCONNECTED)) &&
			    isdn_call_drop(client, call, &how) == ISDN_ERR_USERUSERINFOTOOBIG)
				isdn_call_drop(client, call, NULL); /* then without */
		}
	}
	if (id < 0)
		fprintf(stderr, "%s can not be called: %s\n", argv[2], isdn_strerror(id));
	isdn_call_deallocate(client, call); /* its cause could be asked for until here */
	isdn_registry_free(registry);
	return id < 0;
}
