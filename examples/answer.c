/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Answer calls with user-user information: answer SPAN TEXT [NUMBER=CAUSE]...
 *
 * TEXT goes into ALERTING and CONNECT. A call to one of the numbers is rejected with that cause
 * and TEXT. SIGINT or SIGTERM drops what is left, with TEXT, and ends the program when all calls
 * are released, with status 0; a second one at once, with status 1.
 */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <isdn/isdn.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define CALLS 64 /* that are dropped at once at the end; a PRI has 30 */

struct answerer {
	struct isdn_client *client;
	char uui[1 + ISDN_UUI_MAX]; /* the protocol discriminator first */
	size_t uui_size;
	char **rejected; /* NUMBER=CAUSE, up to NULL */
	bool ending;
};

/* Octets may be anything: what would disturb a terminal is shown as hex. */
static void print_uui(const struct answerer *a, isdn_handle call, enum isdn_uui_which which)
{
	uint8_t octets[1 + ISDN_UUI_MAX];
	size_t len;

	if (isdn_call_uui(a->client, call, which, octets, sizeof(octets), &len) || !len)
		return;
	printf(", UUI %u:", octets[0]);
	for (size_t i = 1; i < len; i++)
		printf(isprint(octets[i]) && octets[i] != '\\' ? "%c" : "\\x%02x", octets[i]);
}

/* The cause for a called number, 0: it is answered. */
static uint8_t cause_for(const struct answerer *a, const char *called)
{
	size_t len = strlen(called);

	for (char **r = a->rejected; *r; r++)
		if (!strncmp(*r, called, len) && (*r)[len] == '=')
			return (uint8_t)atoi(*r + len + 1);
	return a->ending ? ISDN_CAUSE_DESTINATION_OUT_OF_ORDER : 0;
}

/* As the line carries it: whole, or not at all. */
static void drop(const struct answerer *a, isdn_handle call, uint8_t cause)
{
	struct isdn_drop how = { .cause = cause, .uui = a->uui, .uui_size = a->uui_size };

	if (isdn_call_drop(a->client, call, &how) == ISDN_ERR_USERUSERINFOTOOBIG) {
		how.uui_size = 0;
		(void)isdn_call_drop(a->client, call, &how);
	}
}

static void take(const struct answerer *a, isdn_handle call, const struct isdn_call_info *info)
{
	uint8_t cause = cause_for(a, info->called);
	int err;

	if (cause) {
		drop(a, call, cause);
		return;
	}
	/* A telephone rings between the two. */
	err = isdn_call_accept(a->client, call, a->uui, a->uui_size);
	if (err == ISDN_ERR_USERUSERINFOTOOBIG)
		err = isdn_call_accept(a->client, call, NULL, 0);
	if (err > 0)
		err = isdn_call_answer(a->client, call, a->uui, a->uui_size);
	if (err == ISDN_ERR_USERUSERINFOTOOBIG)
		err = isdn_call_answer(a->client, call, NULL, 0);
	if (err < 0 && err != ISDN_ERR_INVALCALLSTATE) /* that one: the caller has gone */
		drop(a, call, ISDN_CAUSE_TEMPORARY_FAILURE);
}

static void event(const struct answerer *a, const struct isdn_event *ev)
{
	struct isdn_call_info info;

	if (ev->type == ISDN_EV_SPAN)
		printf("link %s\n", ev->up ? "up" : "down");
	if (ev->type == ISDN_EV_LOST)
		fprintf(stderr, "answer: memory ran out, calls may have been missed\n");
	if (ev->type != ISDN_EV_CALL_STATE || isdn_call_info(a->client, ev->call, &info))
		return;
	printf("call %llu: %s", (unsigned long long)info.id, isdn_call_state_name(ev->state));
	if (ev->state == ISDN_CALL_OFFERING) {
		printf(", from %s to %s", *info.calling ? info.calling : "-", info.called);
		print_uui(a, ev->call, ISDN_UUI_SETUP);
	} else if (ev->state == ISDN_CALL_DISCONNECTED || ev->state == ISDN_CALL_IDLE) {
		printf(", cause %u (%s), %s", ev->cause, isdn_cause_name(ev->cause),
		       isdn_source_name(ev->source));
	}
	if (ev->state == ISDN_CALL_IDLE) /* the handle is good until it is given back */
		print_uui(a, ev->call, ISDN_UUI_CLEARING);
	printf("\n");
	if (ev->state == ISDN_CALL_OFFERING)
		take(a, ev->call, &info);
	else if (ev->state == ISDN_CALL_DISCONNECTED) /* by the caller: release it */
		(void)isdn_call_drop(a->client, ev->call, NULL);
	else if (ev->state == ISDN_CALL_IDLE)
		(void)isdn_call_deallocate(a->client, ev->call);
}

/* True: nothing is left. */
static bool drop_all(const struct answerer *a)
{
	isdn_handle calls[CALLS];
	size_t n;

	(void)isdn_client_calls(a->client, calls, CALLS, &n);
	for (size_t i = 0; i < n && i < CALLS; i++)
		drop(a, calls[i], 0); /* one that is being dropped already stays so */
	return n == 0;
}

static int open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

static int run(struct answerer *a, struct isdn_registry *registry)
{
	struct pollfd p[2] = { { .fd = isdn_registry_fd(registry), .events = POLLIN },
			       { .fd = open_signals(), .events = POLLIN } };
	struct signalfd_siginfo info;
	struct isdn_event ev;

	for (;;) {
		while (isdn_client_next_event(a->client, &ev) == 1)
			event(a, &ev);
		fflush(stdout);
		if (a->ending && drop_all(a))
			return 0;
		if (poll(p, 2, -1) < 0)
			return 1;
		if ((p[1].revents & POLLIN) && read(p[1].fd, &info, sizeof(info)) > 0) {
			if (a->ending)
				return 1;
			a->ending = true;
		}
		isdn_registry_process(registry);
	}
}

int main(int argc, char **argv)
{
	struct answerer a = { .uui = { ISDN_UUI_IA5 } };
	struct isdn_client_config config;
	struct isdn_registry *registry;
	struct isdn_error error;
	unsigned span;
	int status = 1;

	for (int i = 3; i < argc; i++) {
		const char *cause = strchr(argv[i], '=');

		if (!cause || atoi(cause + 1) < 1 || atoi(cause + 1) > 127)
			argc = 0;
	}
	if (argc < 3 || strlen(argv[2]) > ISDN_UUI_MAX)
		return fprintf(stderr, "usage: answer SPAN TEXT [NUMBER=CAUSE]...\n"), 2;
	a.uui_size = 1 + strlen(argv[2]);
	memcpy(a.uui + 1, argv[2], strlen(argv[2]));
	a.rejected = argv + 3;
	isdn_client_config_init(&config); /* an owner of the calls that arrive */
	if (isdn_registry_new(&registry, NULL, NULL))
		return fprintf(stderr, "answer: no memory, or no descriptor\n"), 1;
	if (isdn_client_open(registry, &config, &a.client))
		fprintf(stderr, "answer: no memory\n");
	else if (isdn_registry_open_span(registry, argv[1], &span, &error))
		fprintf(stderr, "answer: %s\n", error.text);
	else
		status = run(&a, registry);
	isdn_registry_free(registry);
	return status;
}
