/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who is told what when calls are dropped: what goes on the wire, and the events of each
 * client. The line is one in memory, and time stands still.
 */
#include <isdn/isdn.h>
#include <stdio.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The clients whose events are shown, and the far end, which answers what arrives and is not. */
enum { DESK1, DESK2, WATCH, FAR, CLIENTS };
static const char *const names[CLIENTS] = { "desk 1", "desk 2", "watch", "far" };

struct stage {
	struct isdn_registry *registry;
	unsigned near, far;
	struct isdn_client *client[CLIENTS];
	isdn_handle latest[CLIENTS]; /* of each client */
	bool shown;
};

/* Messages of Q.931 in the I frames of our line: flags are gone, the header is 4 octets. */
static void wire(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir, const uint8_t *frame,
		 size_t len, isdn_time now)
{
	static const struct {
		uint8_t type;
		const char *name;
	} known[] = { { 0x45, "DISCONNECT" }, { 0x4d, "RELEASE" }, { 0x5a, "RELEASE COMPLETE" } };
	const struct stage *s = arg;

	(void)now;
	if (!s->shown || net || len < 9 || (frame[2] & 1))
		return;
	for (size_t i = 0; i < COUNT(known); i++)
		if (frame[8] == known[i].type)
			printf("  %s %s%s, call reference %u\n",
			       dir == ISDN_TRACE_OUT ? "->" : "<-", known[i].name,
			       memchr(frame, 0x7e, len) ? " with UUI" : "", frame[7]);
	(void)tag;
}

static isdn_time still(void *arg)
{
	(void)arg;
	return 0;
}

static const char *mode(const struct isdn_event *ev)
{
	if (ev->state == ISDN_CALL_CONNECTED || ev->state == ISDN_CALL_OFFERING)
		return isdn_connected_mode_name(ev->mode);
	return ev->state == ISDN_CALL_DISCONNECTED ? isdn_disconnect_mode_name(ev->mode) : "";
}

static void show(const char *who, struct isdn_client *client, unsigned far,
		 const struct isdn_event *ev)
{
	struct isdn_call_info info;

	if (ev->type == ISDN_EV_REPLY) {
		printf("  %s: reply, %s, %u changed, %u failed, %u with UUI\n", who,
		       ev->result ? isdn_strerror(ev->result) : isdn_outcome_name(ev->outcome),
		       ev->calls_changed, ev->calls_failed, ev->calls_with_uui);
		return;
	}
	if (ev->type != ISDN_EV_CALL_STATE || isdn_call_info(client, ev->call, &info) ||
	    info.span == far)
		return;
	printf("  %s: %s %llu %s %s%s%s", who,
	       info.origin == ISDN_ORIGIN_CONFERENCE ? "conference" : "call",
	       (unsigned long long)info.id, isdn_call_state_name(ev->state), mode(ev),
	       *mode(ev) ? ", " : "", isdn_source_name(ev->source));
	if (ev->cascade_of)
		printf(" of %llu", (unsigned long long)ev->cascade_of);
	if (ev->cause && (ev->state & (ISDN_CALL_IDLE | ISDN_CALL_DISCONNECTED)))
		printf(", cause %u", ev->cause);
	printf("%s\n", ev->uui_sent ? ", UUI sent" : "");
}

static void far_end(struct stage *s, const struct isdn_event *ev)
{
	struct isdn_client *c = s->client[FAR];

	if (ev->state == ISDN_CALL_OFFERING) {
		(void)isdn_call_accept(c, ev->call, NULL, 0);
		(void)isdn_call_answer(c, ev->call, NULL, 0);
	} else if (ev->state == ISDN_CALL_DISCONNECTED) {
		(void)isdn_call_drop(c, ev->call, NULL);
	}
}

/* Everything that comes of what was asked. */
static void run(struct stage *s)
{
	struct isdn_event ev;
	bool any = true;

	while (any) {
		any = false;
		isdn_registry_process(s->registry);
		for (int i = 0; i < CLIENTS; i++)
			while (isdn_client_next_event(s->client[i], &ev) == 1) {
				any = true;
				if (i != FAR && s->shown)
					show(names[i], s->client[i], s->far, &ev);
				if (ev.type != ISDN_EV_CALL_STATE)
					continue;
				s->latest[i] = ev.call;
				if (i == FAR)
					far_end(s, &ev);
				if (ev.state == ISDN_CALL_IDLE)
					(void)isdn_call_deallocate(s->client[i], ev.call);
			}
	}
}

static void title(struct stage *s, const char *text)
{
	run(s);
	printf("%s\n", text);
	s->shown = true;
}

/* A call that is connected; it is not shown how. */
static isdn_handle call(struct stage *s)
{
	struct isdn_call_params params;
	isdn_handle call = 0;

	s->shown = false;
	isdn_call_params_init(&params);
	params.span = s->near;
	params.called = "5551234";
	(void)isdn_call_make(s->client[DESK1], &params, &call);
	run(s);
	return call;
}

static isdn_handle conference(struct stage *s, unsigned parties, bool collapse, isdn_handle *first)
{
	struct isdn_conference_config config;
	isdn_handle parent = 0;

	isdn_conference_config_init(&config);
	config.collapse = collapse;
	(void)isdn_conference_new(s->client[DESK1], &config, &parent);
	for (unsigned i = 0; i < parties; i++) {
		isdn_handle party = call(s);

		if (i == 0)
			*first = party;
		(void)isdn_conference_add(s->client[DESK1], parent, party);
	}
	run(s);
	return parent;
}

static const struct isdn_drop bye = { .uui = "\004bye", .uui_size = 4 };

static void dry_run(struct stage *s, isdn_handle what)
{
	struct isdn_effect e[8];
	size_t n = 0;

	(void)isdn_call_dry_run(s->client[DESK1], what, ISDN_DROP, &bye, e, COUNT(e), &n);
	for (size_t i = 0; i < n && i < COUNT(e); i++)
		printf("  would be: call %llu %s, cause %u, UUI %ssent\n",
		       (unsigned long long)e[i].id, isdn_call_state_name(e[i].state), e[i].cause,
		       e[i].uui_sent ? "" : "not ");
}

static void conferences(struct stage *s)
{
	isdn_handle first, left, parent = conference(s, 2, false, &first);
	size_t n;

	title(s, "A conference of two calls is dropped with UUI");
	dry_run(s, parent);
	(void)isdn_call_drop(s->client[DESK1], parent, &bye);
	run(s);
	(void)conference(s, 2, true, &first);
	title(s, "One of two parties is dropped, and the conference collapses");
	(void)isdn_call_drop(s->client[DESK1], first, NULL);
	run(s);
	s->shown = false;
	if (isdn_client_calls(s->client[DESK1], &left, 1, &n) == 0)
		(void)isdn_call_drop(s->client[DESK1], left, NULL);
	run(s);
}

static void shared_line(struct stage *s)
{
	struct isdn_bridge_config config;
	struct isdn_call_params params;
	isdn_handle theirs;
	isdn_bridge line;

	s->shown = false;
	isdn_bridge_config_init(&config);
	config.span = s->near;
	if (isdn_bridge_new(s->registry, &config, &line) ||
	    isdn_bridge_join(s->client[DESK1], line, NULL) ||
	    isdn_bridge_join(s->client[DESK2], line, NULL))
		return;
	isdn_call_params_init(&params);
	params.span = s->far;
	params.called = "100";
	(void)isdn_call_make(s->client[FAR], &params, &theirs);
	run(s);
	(void)isdn_call_answer(s->client[DESK1], s->latest[DESK1], NULL, 0);
	run(s);
	(void)isdn_call_answer(s->client[DESK2], s->latest[DESK2], NULL, 0);
	title(s, "Of two stations in a call the first drops it");
	(void)isdn_call_drop(s->client[DESK1], s->latest[DESK1], &bye);
	run(s);
	title(s, "The other one drops it too");
	(void)isdn_call_drop(s->client[DESK2], s->latest[DESK2], &bye);
	run(s);
}

static void linked(struct stage *s)
{
	isdn_handle a = call(s), b = call(s);

	title(s, "Of two linked calls the far end clears the second with UUI");
	(void)isdn_call_link(s->client[DESK1], a, b);
	(void)isdn_call_drop(s->client[FAR], s->latest[FAR], &bye);
	run(s);
}

int main(void)
{
	static struct stage s;
	const struct isdn_env env = { .trace = { wire, &s }, .clock = still };
	struct isdn_client_config config;
	struct isdn_error error;

	if (isdn_registry_new(&s.registry, NULL, &env) ||
	    isdn_registry_open_span(s.registry, "loop:line,user", &s.near, &error) ||
	    isdn_registry_open_span(s.registry, "loop:line,net", &s.far, &error))
		return 1;
	isdn_client_config_init(&config);
	for (int i = 0; i < CLIENTS; i++) {
		config.privilege = i == WATCH ? ISDN_MONITOR : ISDN_OWNER;
		config.span = i == WATCH ? 0
			      : i == FAR ? s.far
					 : s.near; /* conferences have none */
		if (isdn_client_open(s.registry, &config, &s.client[i]))
			return 1;
	}
	conferences(&s);
	linked(&s);
	shared_line(&s);
	isdn_registry_free(s.registry);
	return 0;
}
