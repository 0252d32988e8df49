/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A small PBX: pbx SPAN SPAN ROOM [SOCKET]
 *
 * A call that arrives on one span is placed on the other and linked with it: they ring, are
 * answered and end together, with cause and user-user information. Calls to the number ROOM are
 * answered, and parties of one conference. The speech, which the B-channels carry, is the cards'
 * and the mixer's: where they are to be switched, a line says "talk".
 *
 * With SOCKET it opens a control socket there: q931-drop lists its calls, and drops them.
 *
 * SIGINT or SIGTERM clears all calls, and ends the program when they are released.
 */
#define _POSIX_C_SOURCE 200809L
#include <isdn/control.h>
#include <isdn/isdn.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define CALLS 128 /* that are cleared at once at the end */

struct pbx {
	struct isdn_registry *registry;
	struct isdn_client *client; /* of both spans: it is the owner of every call */
	unsigned span[2];
	const char *room;	/* its number */
	isdn_handle conference; /* 0: nobody is in it */
	bool ending;
};

static void show(const struct isdn_event *ev, const struct isdn_call_info *info)
{
	if (info->span)
		printf("call %llu, span %u: ", (unsigned long long)info->id, info->span);
	else
		printf("conference: ");
	printf("%s", isdn_call_state_name(ev->state));
	if (ev->state & (ISDN_CALL_OFFERING | ISDN_CALL_DIALING))
		printf(", from %s to %s", *info->calling ? info->calling : "-", info->called);
	if ((ev->state & (ISDN_CALL_CONNECTED | ISDN_CALL_CONFERENCED)) && info->span)
		printf(", talk on channel %u", info->channel);
	if (ev->cause)
		printf(", cause %u, %s", ev->cause, isdn_source_name(ev->source));
	printf("\n");
}

static void drop(const struct pbx *p, isdn_handle call, uint8_t cause)
{
	(void)isdn_call_drop(p->client, call, &(struct isdn_drop){ .cause = cause });
}

/* What the far end of one call sent with a message, for the other one; the octets sent. */
static size_t uui_of(const struct pbx *p, isdn_handle call, enum isdn_uui_which which,
		     uint8_t octets[1 + ISDN_UUI_MAX])
{
	size_t len;

	return isdn_call_uui(p->client, call, which, octets, 1 + ISDN_UUI_MAX, &len) ? 0 : len;
}

/* The call that was placed has ended before it could be linked: its cause and UUI are the other's.
 */
static void ended_at_once(const struct pbx *p, isdn_handle call, isdn_handle placed)
{
	uint8_t octets[1 + ISDN_UUI_MAX];
	struct isdn_call_info info = { 0 };
	struct isdn_drop how = { .uui = octets };

	(void)isdn_call_info(p->client, placed, &info);
	how.cause = info.cause;
	how.uui_size = uui_of(p, placed, ISDN_UUI_CLEARING, octets);
	if (isdn_call_drop(p->client, call, &how) == ISDN_ERR_USERUSERINFOTOOBIG)
		drop(p, call, info.cause);
	drop(p, placed, 0);
}

/* A call arrived: place it on the other span. Both end together from here on. */
static void route(const struct pbx *p, isdn_handle call, const struct isdn_call_info *info)
{
	uint8_t octets[1 + ISDN_UUI_MAX];
	struct isdn_call_params params;
	isdn_handle placed;
	isdn_request id;

	isdn_call_params_init(&params);
	params.span = info->span == p->span[0] ? p->span[1] : p->span[0];
	params.called = info->called;
	params.calling = *info->calling ? info->calling : NULL;
	params.capability = (enum isdn_capability)info->capability;
	params.uui = octets;
	params.uui_size = uui_of(p, call, ISDN_UUI_SETUP, octets);
	id = isdn_call_make(p->client, &params, &placed);
	if (id == ISDN_ERR_USERUSERINFOTOOBIG) { /* that line carries less: the call matters more */
		params.uui_size = 0;
		id = isdn_call_make(p->client, &params, &placed);
	}
	if (id < 0) {
		printf("no call on span %u: %s\n", params.span, isdn_strerror(id));
		drop(p, call,
		     id == ISDN_ERR_INVAL	      ? ISDN_CAUSE_INVALID_NUMBER_FORMAT
		     : id == ISDN_ERR_RESOURCEUNAVAIL ? ISDN_CAUSE_NO_CHANNEL_AVAILABLE
						      : ISDN_CAUSE_TEMPORARY_FAILURE);
	} else if (isdn_call_link(p->client, call, placed)) {
		ended_at_once(p, call, placed);
	}
}

/* The call that was placed rings, or is answered: so does the one that it was placed for. */
static void pass_on(const struct pbx *p, const struct isdn_event *ev,
		    const struct isdn_call_info *info)
{
	bool rings = ev->state == ISDN_CALL_RINGBACK;
	uint8_t octets[1 + ISDN_UUI_MAX];
	size_t len = uui_of(p, ev->call, rings ? ISDN_UUI_ALERTING : ISDN_UUI_CONNECT, octets);
	isdn_request (*const request)(struct isdn_client *, isdn_handle, const void *,
				      size_t) = rings ? isdn_call_accept : isdn_call_answer;

	if (request(p->client, info->linked, octets, len) == ISDN_ERR_USERUSERINFOTOOBIG)
		(void)request(p->client, info->linked, NULL, 0);
}

/* A call to the room is connected: the first one opens the conference. */
static void join(struct pbx *p, isdn_handle call)
{
	int err = 0;

	if (!p->conference)
		err = isdn_conference_new(p->client, NULL, &p->conference);
	if (err >= 0)
		err = isdn_conference_add(p->client, p->conference, call);
	if (err >= 0)
		return;
	if (err != ISDN_ERR_INVALCALLSTATE) /* that one: it has ended since */
		printf("no place in the room: %s\n", isdn_strerror(err));
	drop(p, call, ISDN_CAUSE_USER_BUSY);
}

static void call_state(struct pbx *p, const struct isdn_event *ev)
{
	struct isdn_call_info info;

	if (isdn_call_info(p->client, ev->call, &info))
		return;
	show(ev, &info);
	if (ev->state == ISDN_CALL_OFFERING && p->ending)
		drop(p, ev->call, ISDN_CAUSE_DESTINATION_OUT_OF_ORDER);
	else if (ev->state == ISDN_CALL_OFFERING && !strcmp(info.called, p->room))
		(void)isdn_call_answer(p->client, ev->call, NULL, 0);
	else if (ev->state == ISDN_CALL_OFFERING)
		route(p, ev->call, &info);
	else if (info.origin == ISDN_ORIGIN_OUTBOUND && info.linked &&
		 (ev->state & (ISDN_CALL_RINGBACK | ISDN_CALL_CONNECTED)))
		pass_on(p, ev, &info);
	else if (ev->state == ISDN_CALL_CONNECTED && info.origin == ISDN_ORIGIN_INBOUND &&
		 !strcmp(info.called, p->room)) /* not by its link: that may be over by now */
		join(p, ev->call);
	else if (ev->state == ISDN_CALL_DISCONNECTED) /* of a link, the other goes with it */
		drop(p, ev->call, 0);
	else if (ev->state == ISDN_CALL_IDLE) {
		if (ev->call == p->conference)
			p->conference = 0;
		(void)isdn_call_deallocate(p->client, ev->call);
	}
}

/* True: nothing is left. A second request for a call that is being cleared does nothing. */
static bool clear_all(const struct pbx *p)
{
	isdn_handle calls[CALLS];
	size_t n;

	(void)isdn_client_calls(p->client, calls, CALLS, &n);
	for (size_t i = 0; i < n && i < CALLS; i++)
		drop(p, calls[i], 0);
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

static int run(struct pbx *p)
{
	struct pollfd fds[2] = { { .fd = isdn_registry_fd(p->registry), .events = POLLIN },
				 { .fd = open_signals(), .events = POLLIN } };
	struct signalfd_siginfo info;
	struct isdn_event ev;

	for (;;) {
		while (isdn_client_next_event(p->client, &ev) == 1)
			if (ev.type == ISDN_EV_SPAN)
				printf("span %u: %s\n", ev.span, ev.up ? "up" : "down");
			else if (ev.type == ISDN_EV_CALL_STATE)
				call_state(p, &ev);
		fflush(stdout);
		if (p->ending && clear_all(p))
			return 0;
		if (poll(fds, 2, -1) < 0)
			return 1;
		if ((fds[1].revents & POLLIN) && read(fds[1].fd, &info, sizeof(info)) > 0) {
			if (p->ending)
				return 1; /* the second one does not wait */
			p->ending = true;
		}
		isdn_registry_process(p->registry);
	}
}

/* The registry's descriptor serves it from now on, as it does the spans. */
static int show_calls_at(const char *path, const struct pbx *p, struct isdn_control **control,
			 struct isdn_error *error)
{
	struct isdn_control_config config;

	isdn_control_config_init(&config);
	config.path = path;
	config.program = "pbx";
	return isdn_control_open(p->registry, &config, control, error);
}

int main(int argc, char **argv)
{
	struct isdn_control *control = NULL;
	struct isdn_client_config config;
	struct isdn_error error;
	struct pbx p = { 0 };
	int status = 1;

	if (argc < 4 || argc > 5)
		return fprintf(stderr, "usage: pbx SPAN SPAN ROOM [SOCKET]\n"), 2;
	p.room = argv[3];
	isdn_client_config_init(&config);
	if (isdn_registry_new(&p.registry, NULL, NULL))
		return fprintf(stderr, "pbx: no memory, or no descriptor\n"), 1;
	if (isdn_client_open(p.registry, &config, &p.client))
		fprintf(stderr, "pbx: no memory\n");
	else if (isdn_registry_open_span(p.registry, argv[1], &p.span[0], &error) ||
		 isdn_registry_open_span(p.registry, argv[2], &p.span[1], &error) ||
		 (argc > 4 && show_calls_at(argv[4], &p, &control, &error)))
		fprintf(stderr, "pbx: %s\n", error.text);
	else
		status = run(&p);
	if (control)
		isdn_control_close(control);
	isdn_registry_free(p.registry);
	return status;
}
