/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls in a loop of libevent: loop-libevent SPAN. What arrives is rejected; a signal ends it. */
#include <event2/event.h>
#include <isdn/isdn.h>
#include <signal.h>
#include <stdio.h>

static struct isdn_registry *registry;
static struct isdn_client *client;

/* All that waits, and what comes of the requests meanwhile: until there is no event. */
static void take_events(void)
{
	struct isdn_event ev;

	while (isdn_client_next_event(client, &ev) == 1) {
		if (ev.type != ISDN_EV_CALL_STATE)
			continue;
		printf("%s\n", isdn_call_state_name(ev.state));
		if (ev.state == ISDN_CALL_IDLE)
			isdn_call_deallocate(client, ev.call);
		else if (ev.state & (ISDN_CALL_OFFERING | ISDN_CALL_DISCONNECTED))
			isdn_call_drop(client, ev.call, NULL);
	}
}

static bool open_line(const char *spec)
{
	struct isdn_client_config config;
	struct isdn_error error;
	unsigned span;

	isdn_client_config_init(&config);
	if (isdn_registry_new(&registry, NULL, NULL) ||
	    isdn_client_open(registry, &config, &client))
		return false;
	if (isdn_registry_open_span(registry, spec, &span, &error) == 0)
		return true;
	fprintf(stderr, "%s\n", error.text);
	return false;
}

static void readable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd, (void)what, (void)arg;
	isdn_registry_process(registry);
	take_events();
	fflush(stdout);
}

static void interrupted(evutil_socket_t fd, short what, void *arg)
{
	(void)fd, (void)what;
	event_base_loopbreak(arg);
}

int main(int argc, char **argv)
{
	struct event_base *base = event_base_new();
	struct event *line, *interrupt, *terminate;

	if (!base || argc != 2 || !open_line(argv[1]))
		return 1;
	line = event_new(base, isdn_registry_fd(registry), EV_READ | EV_PERSIST, readable, NULL);
	interrupt = evsignal_new(base, SIGINT, interrupted, base);
	terminate = evsignal_new(base, SIGTERM, interrupted, base);
	if (!line || !interrupt || !terminate)
		return 1;
	event_add(line, NULL); /* no time: the descriptor has it */
	event_add(interrupt, NULL);
	event_add(terminate, NULL);
	take_events(); /* what came of opening */
	event_base_dispatch(base);
	event_free(line); /* before the registry closes its descriptor */
	event_free(interrupt);
	event_free(terminate);
	event_base_free(base);
	isdn_registry_free(registry);
	return 0;
}
