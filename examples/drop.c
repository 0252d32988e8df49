/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Place a call, and drop it with user-user information when it is answered: drop SPAN NUMBER TEXT
 *
 * However the call ends, it is released and its handle given back. Status: 0 it was answered,
 * 1 it was not, 2 the arguments are wrong. A signal, or a minute without an answer, drops it too.
 */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <isdn/isdn.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define PATIENCE 60 /* seconds */

struct caller {
	struct isdn_client *client;
	isdn_handle call;
	struct isdn_drop how;
	bool connected, idle;
};

/* Octets may be anything: what would disturb a terminal is shown as hex. */
static void print_uui(const struct caller *c)
{
	uint8_t octets[1 + ISDN_UUI_MAX];
	size_t len;

	if (isdn_call_uui(c->client, c->call, ISDN_UUI_CLEARING, octets, sizeof(octets), &len) ||
	    !len)
		return;
	printf("UUI received, discriminator %u: ", octets[0]);
	for (size_t i = 1; i < len; i++)
		printf(isprint(octets[i]) && octets[i] != '\\' ? "%c" : "\\x%02x", octets[i]);
	printf("\n");
}

static void drop(const struct caller *c, const struct isdn_drop *how)
{
	isdn_request id = isdn_call_drop(c->client, c->call, how);

	if (id == ISDN_ERR_USERUSERINFOTOOBIG) { /* UUI goes whole or not at all */
		printf("the line carries less UUI: dropping without\n");
		id = isdn_call_drop(c->client, c->call, NULL);
	}
	if (id < 0 && id != ISDN_ERR_INVALCALLSTATE) /* that one: it ended by itself */
		fprintf(stderr, "drop: %s\n", isdn_strerror(id));
}

static void call_state(struct caller *c, const struct isdn_event *ev)
{
	printf("%s", isdn_call_state_name(ev->state));
	if (ev->cause)
		printf(", cause %u (%s), %s", ev->cause, isdn_cause_name(ev->cause),
		       isdn_source_name(ev->source));
	printf("\n");
	if (ev->state == ISDN_CALL_CONNECTED) {
		c->connected = true;
		drop(c, &c->how);
	} else if (ev->state == ISDN_CALL_DISCONNECTED) { /* by the far end: release it */
		drop(c, NULL);
	} else if (ev->state == ISDN_CALL_IDLE) {
		print_uui(c); /* the handle is good until it is given back */
		c->idle = true;
	}
}

static void event(struct caller *c, const struct isdn_event *ev)
{
	if (ev->type == ISDN_EV_SPAN)
		printf("link %s\n", ev->up ? "up" : "down");
	else if (ev->type == ISDN_EV_REPLY && ev->outcome) /* a drop is complete */
		printf("%s, UUI %ssent\n", isdn_outcome_name(ev->outcome),
		       ev->uui_sent ? "" : "not ");
	else if (ev->type == ISDN_EV_CALL_STATE && ev->call == c->call)
		call_state(c, ev);
	else if (ev->type == ISDN_EV_CALL_STATE) /* one that arrives: not for us */
		(void)(ev->state == ISDN_CALL_IDLE ? isdn_call_deallocate(c->client, ev->call)
						   : isdn_call_drop(c->client, ev->call, NULL));
}

/* SIGINT, SIGTERM and the alarm become readable. The first drops the call, the second ends us. */
static int open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	alarm(PATIENCE);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

static void run(struct caller *c, struct isdn_registry *registry)
{
	struct isdn_drop give_up = c->how;
	struct pollfd p[2] = { { .fd = isdn_registry_fd(registry), .events = POLLIN },
			       { .fd = open_signals(), .events = POLLIN } };
	struct signalfd_siginfo info;
	unsigned signals = 0;
	struct isdn_event ev;

	give_up.reason = ISDN_DROP_NOANSWER;
	while (!c->idle && signals < 2) {
		while (isdn_client_next_event(c->client, &ev) == 1)
			event(c, &ev);
		fflush(stdout);
		if (c->idle || poll(p, 2, -1) < 0) /* the registry's timers wake it too */
			break;
		if ((p[1].revents & POLLIN) && read(p[1].fd, &info, sizeof(info)) > 0 &&
		    ++signals == 1)
			drop(c, info.ssi_signo == SIGALRM ? &give_up : &c->how);
		isdn_registry_process(registry);
	}
}

int main(int argc, char **argv)
{
	char uui[1 + ISDN_UUI_MAX] = { ISDN_UUI_IA5 }; /* the protocol discriminator */
	struct isdn_client_config config;
	struct isdn_registry *registry;
	struct isdn_call_params params;
	struct caller c = { 0 };
	struct isdn_error error;
	isdn_request id;

	if (argc != 4 || strlen(argv[3]) > ISDN_UUI_MAX)
		return fprintf(stderr, "usage: drop SPAN NUMBER TEXT, of at most %d characters\n",
			       ISDN_UUI_MAX),
		       2;
	c.how.uui = uui;
	c.how.uui_size = 1 + strlen(argv[3]);
	memcpy(uui + 1, argv[3], strlen(argv[3]));
	isdn_client_config_init(&config);
	isdn_call_params_init(&params);
	params.called = argv[2];
	if (isdn_registry_new(&registry, NULL, NULL))
		return fprintf(stderr, "drop: no memory, or no descriptor\n"), 1;
	if (isdn_client_open(registry, &config, &c.client)) {
		fprintf(stderr, "drop: no memory\n");
	} else if (isdn_registry_open_span(registry, argv[1], &params.span, &error)) {
		fprintf(stderr, "drop: %s\n", error.text); /* the part, and what it may be */
	} else if ((id = isdn_call_make(c.client, &params, &c.call)) < 0) {
		fprintf(stderr, "drop: \"%s\" can not be called: %s\n", argv[2], isdn_strerror(id));
	} else { /* SETUP waits until the link is up */
		run(&c, registry);
		if (c.idle)
			isdn_call_deallocate(c.client, c.call);
	}
	isdn_registry_free(registry); /* with its client and its span */
	return !c.connected;
}
