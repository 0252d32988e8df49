/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls in a loop of poll(2): loop-poll SPAN. What arrives is rejected; a signal ends it. */
#define _POSIX_C_SOURCE 200809L
#include <isdn/isdn.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>

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

int main(int argc, char **argv)
{
	struct pollfd p[2] = { { .events = POLLIN }, { .events = POLLIN } };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	if (argc != 2 || !open_line(argv[1]))
		return 1;
	p[0].fd = isdn_registry_fd(registry);
	p[1].fd = signalfd(-1, &set, SFD_CLOEXEC);
	do {
		isdn_registry_process(registry);
		take_events();
		fflush(stdout);
	} while (poll(p, 2, -1) > 0 && !p[1].revents); /* no time: the descriptor has it */
	isdn_registry_free(registry);
	return 0;
}
