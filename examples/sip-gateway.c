/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A SIP gateway in small: sip-gateway SPAN VALUE...
 *
 * The values of an INVITE's header fields User-to-User become the user-user
 * information of a SETUP, and what CONNECT and DISCONNECT carry becomes header
 * fields of 200 OK and BYE. SPAN is loop:line,user and its options: a line in
 * memory, at whose other end an exchange answers with what it was sent.
 */
#include <isdn/isdn.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

/* The first value that is for the ISDN, since an element has one discriminator. */
static size_t uui_of_invite(char **values, uint8_t *octets, size_t cap)
{
	for (; *values; values++) {
		size_t len = strlen(*values), next = 0, size;
		struct isdn_error error;
		struct isdn_uui uui;
		int got;

		while ((got = isdn_uui_sip_read(*values, len, &next, &uui, &error)) != 0) {
			if (got == 1)
				return isdn_uui_octets(&uui, octets, cap, &size) ? 0 : size;
			printf("left out: %s\n", error.text);
		}
	}
	return 0;
}

/* A SIP message, with the header field that UUI of the call makes. */
static void sip(const char *message, struct isdn_client *client, isdn_handle call,
		enum isdn_uui_which which)
{
	uint8_t octets[1 + ISDN_UUI_MAX];
	char value[ISDN_UUI_SIP_SIZE];
	struct isdn_uui uui;
	size_t len;

	printf("%s\n", message);
	if (!isdn_call_uui(client, call, which, octets, sizeof(octets), &len) && len &&
	    !isdn_uui_from_octets(&uui, octets, len, NULL) &&
	    !isdn_uui_sip_write(&uui, ISDN_UUI_SIP_ENCODING, value, sizeof(value), NULL))
		printf("  User-to-User: %s\n", value);
}

/* The gateway's side of the call; true: it is over. */
static bool gateway(struct isdn_client *client, const struct isdn_event *ev)
{
	if (ev->type != ISDN_EV_CALL_STATE)
		return false;
	if (ev->state == ISDN_CALL_RINGBACK)
		sip("180 Ringing", client, ev->call, ISDN_UUI_ALERTING);
	if (ev->state == ISDN_CALL_CONNECTED)
		sip("200 OK", client, ev->call, ISDN_UUI_CONNECT);
	if (ev->state == ISDN_CALL_DISCONNECTED) /* from the far end: it waits for ours */
		(void)isdn_call_drop(client, ev->call, NULL);
	if (ev->state != ISDN_CALL_IDLE)
		return false;
	sip("BYE", client, ev->call, ISDN_UUI_CLEARING);
	return true;
}

/* The exchange rings, answers with what SETUP carried, and clears with "bye". */
static void exchange(struct isdn_client *client, const struct isdn_event *ev)
{
	static const struct isdn_drop how = { .uui = "\004bye", .uui_size = 4 };
	uint8_t octets[1 + ISDN_UUI_MAX];
	size_t len = 0;

	if (ev->type != ISDN_EV_CALL_STATE)
		return;
	if (ev->state == ISDN_CALL_OFFERING) {
		(void)isdn_call_uui(client, ev->call, ISDN_UUI_SETUP, octets, sizeof(octets), &len);
		printf("SETUP, %zu octets of UUI\n", len);
		(void)isdn_call_accept(client, ev->call, NULL, 0);
		(void)isdn_call_answer(client, ev->call, octets, len);
	} else if (ev->state == ISDN_CALL_CONNECTED) {
		(void)isdn_call_drop(client, ev->call, &how);
	} else if (ev->state == ISDN_CALL_IDLE) {
		(void)isdn_call_deallocate(client, ev->call);
	}
}

static int give_up(struct isdn_registry *registry, const char *why)
{
	fprintf(stderr, "%s\n", why);
	isdn_registry_free(registry); /* with its spans and clients */
	return 1;
}

int main(int argc, char **argv)
{
	struct isdn_client *client, *there;
	uint8_t octets[1 + ISDN_UUI_MAX];
	struct isdn_client_config config;
	struct isdn_registry *registry;
	struct isdn_call_params params;
	struct isdn_error error;
	struct isdn_event ev;
	isdn_handle call = 0;
	bool over = false;
	isdn_request id;

	if (argc < 3)
		return fprintf(stderr, "usage: sip-gateway SPAN VALUE...\n"), 2;
	if (isdn_registry_new(&registry, NULL, NULL))
		return 1; /* no memory, or no descriptor */
	isdn_client_config_init(&config);
	isdn_call_params_init(&params);
	if (isdn_registry_open_span(registry, argv[1], &params.span, &error) ||
	    isdn_registry_open_span(registry, "loop:line,net", &config.span, &error))
		return give_up(registry, error.text);
	if (isdn_client_open(registry, &config, &there)) /* is offered the calls of its span */
		return give_up(registry, "no memory");
	config.span = params.span;
	if (isdn_client_open(registry, &config, &client))
		return give_up(registry, "no memory");
	params.called = "5551234";
	params.uui = octets;
	params.uui_size = uui_of_invite(argv + 2, octets, sizeof(octets));
	id = isdn_call_make(client, &params, &call);
	if (id == ISDN_ERR_USERUSERINFOTOOBIG) { /* not a part of it: the call goes without */
		printf("left out: %zu octets are more than the line carries\n", params.uui_size);
		params.uui_size = 0;
		id = isdn_call_make(client, &params, &call);
	}
	if (id < 0)
		return give_up(registry, isdn_strerror(id));
	while (!over) {
		struct pollfd p = { .fd = isdn_registry_fd(registry), .events = POLLIN };

		poll(&p, 1, -1);
		isdn_registry_process(registry);
		while (isdn_client_next_event(there, &ev) == 1)
			exchange(there, &ev);
		while (!over && isdn_client_next_event(client, &ev) == 1)
			over = gateway(client, &ev);
	}
	(void)isdn_call_deallocate(client, call); /* its UUI could be asked for until here */
	isdn_registry_free(registry);
	return 0;
}
