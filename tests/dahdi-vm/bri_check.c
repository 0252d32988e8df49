/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Basic access on the real DAHDI of the guest, by the public interface: the
 * network on one span, a terminal on the other. Run by bri.sh. Its results are
 * TAP lines; exit status 0 when all are good.
 *
 * A line error is made on the sender's own channel, whose descriptor is the
 * library's: DAHDI opens a channel once only.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/dahdi_abi.h"
#include "tests/dahdi-vm/registry_check.h"

#define NEAR	   65	/* loc,2:0 */
#define FAR	   68	/* loc,2:1 */
#define MIDDLE	   71	/* loc,3:0, see lay_cable() */
#define BEYOND	   74	/* loc,3:1 */
#define PATIENCE   8000 /* ms */
#define ROUNDS	   4	/* line errors of each kind, either way, in traffic */
#define T309_SHORT 2500

/* What dahdi_cfg uses, and the driver does not. */
struct chanconfig {
	int chan;
	char name[40];
	int sigtype, deflaw, master, idlebits;
	char netdev_name[16];
};

#define CHANCONFIG _IOW(ABI_CODE, 19, struct chanconfig)
#define FLUSH	   _IOW(ABI_CODE, 3, int)
#define FLUSH_READ 1

/* One end, with at most one call. */
struct end {
	const char *name;
	char spec[96];
	int channel;
	unsigned span;
	struct isdn_client *client;
	unsigned downs;
	isdn_handle call;
	enum isdn_call_state state;
	uint8_t cause;
	enum isdn_source source;
	unsigned sent, got, wrong; /* numbered messages in the call */
};

static struct end net = { .name = "network" }, term = { .name = "terminal" };
static unsigned broadcast_setups, identity_requests;

static void shell(const char *format, ...)
{
	char command[400];
	va_list ap;

	va_start(ap, format);
	vsnprintf(command, sizeof(command), format, ap);
	va_end(ap);
	if (system(command))
		bail(command);
}

/* ---- events ---- */

/* What the terminal asks for, and is offered, in UI frames. */
static void trace(void *arg, unsigned tag, bool network, enum isdn_trace_dir dir,
		  const uint8_t *frame, size_t len, isdn_time now)
{
	(void)arg;
	(void)tag;
	(void)now;
	if (network || len < 7 || frame[1] != 0xff || frame[2] != 0x03)
		return;
	if (dir == ISDN_TRACE_IN && frame[0] == 0x02 && frame[6] == ISDN_MT_SETUP)
		broadcast_setups++;
	if (dir == ISDN_TRACE_OUT && frame[0] == 0xfc && frame[6] == 0x01)
		identity_requests++;
}

/* The i-th message: its number, then as many octets as make it differ from the others. */
static size_t make(uint8_t *octets, unsigned i)
{
	size_t len = 4 + 7 * (i % 17);

	octets[0] = 4;
	octets[1] = (uint8_t)(i >> 8);
	octets[2] = (uint8_t)i;
	for (size_t k = 3; k < len; k++)
		octets[k] = k & 1 ? 0xff : (uint8_t)(i + k);
	return len;
}

static void read_messages(struct end *e)
{
	uint8_t got[200], want[200];
	size_t len;

	while (isdn_call_uui(e->client, e->call, ISDN_UUI_MIDCALL, got, sizeof(got), &len) == 0 &&
	       len) {
		if (make(want, e->got) == len && !memcmp(got, want, len))
			e->got++;
		else
			e->wrong++;
		isdn_call_release_uui(e->client, e->call);
	}
}

static void take(struct end *e, const struct isdn_event *ev)
{
	switch (ev->type) {
	case ISDN_EV_SPAN:
		e->downs += !ev->up;
		break;
	case ISDN_EV_NEW_CALL:
		e->call = ev->call;
		e->sent = e->got = e->wrong = 0;
		break;
	case ISDN_EV_CALL_STATE:
		e->state = ev->state;
		if (ev->cause) {
			e->cause = ev->cause;
			e->source = ev->source;
		}
		break;
	case ISDN_EV_CALL_INFO:
		if (ev->info & ISDN_INFO_UUI)
			read_messages(e);
		break;
	case ISDN_EV_REPLY:
	case ISDN_EV_NOT_CLEARED:
	case ISDN_EV_ADDRESS:
	case ISDN_EV_LOST:
		break;
	}
}

static void turn(int ms)
{
	struct pollfd p = { .fd = isdn_registry_fd(registry), .events = POLLIN };
	struct isdn_event ev;

	poll(&p, 1, ms);
	isdn_registry_process(registry);
	while (isdn_client_next_event(net.client, &ev) == 1)
		take(&net, &ev);
	while (isdn_client_next_event(term.client, &ev) == 1)
		take(&term, &ev);
}

static void run(int ms)
{
	long until = now_ms() + ms;

	while (now_ms() < until)
		turn(10);
}

/* ---- spans ---- */

static void open_end(struct end *e)
{
	struct isdn_client_config config;
	struct isdn_error error = { .text = "" };

	if (isdn_registry_open_span(registry, e->spec, &e->span, &error))
		bail(error.text);
	isdn_client_config_init(&config);
	config.name = e->name;
	config.span = e->span;
	if (isdn_client_open(registry, &config, &e->client))
		bail("isdn_client_open");
	e->downs = 0;
}

static void open_net(const char *options)
{
	const struct isdn_env env = { .trace.frame = trace };

	if (isdn_registry_new(&registry, NULL, &env))
		bail("isdn_registry_new");
	snprintf(net.spec, sizeof(net.spec), "dahdi:%d,net,bri,t200=400%s", net.channel, options);
	snprintf(term.spec, sizeof(term.spec), "dahdi:%d,user,bri,t200=400%s", term.channel,
		 options);
	broadcast_setups = identity_requests = 0;
	open_end(&net);
	run(50); /* the first frame would be lost before the receiver has seen flags */
}

static void open_both(const char *options)
{
	open_net(options);
	open_end(&term);
}

static void forget(struct end *e)
{
	if (e->call && isdn_call_deallocate(e->client, e->call))
		bail("a call is not at its end");
	e->call = 0;
	e->state = ISDN_CALL_UNKNOWN;
	e->cause = 0;
}

static void close_both(void)
{
	struct isdn_registry_counts counts;

	isdn_registry_counts(registry, &counts);
	ok(counts.calls == 0 && counts.handles == 0, "no call is left");
	isdn_registry_free(registry);
	registry = NULL;
	net.client = term.client = NULL;
}

static struct isdn_span_info info_of(const struct end *e)
{
	struct isdn_span_info info;

	if (isdn_registry_span_info(registry, e->span, &info))
		bail("isdn_registry_span_info");
	return info;
}

/* The TEI of the link that is established, -1: none is. */
static int linked(const struct end *e)
{
	struct isdn_link link[8];
	int count = isdn_registry_span_links(registry, e->span, link, 8);

	for (int i = 0; i < count && i < 8; i++)
		if (link[i].sapi == 0 && link[i].state >= 7)
			return link[i].tei;
	return -1;
}

static bool same_link(void)
{
	return linked(&net) >= 0 && linked(&net) == linked(&term);
}

/* The span goes, its channels being closed; and comes back, with its D-channel. */
static void pull(const char *address)
{
	shell("spanctl destroy loc,%s", address);
}

static void plug(const char *address, int dchan)
{
	shell("spanctl create loc,%s 3 0 >/dev/null && "
	      "printf 'bchan=%d-%d\\ndchan=%d\\nloadzone=us\\ndefaultzone=us\\n' | dahdi_cfg -c - "
	      ">/dev/null",
	      address, dchan - 2, dchan - 1, dchan);
}

/* ---- calls ---- */

static void call_to(struct end *from, const char *uui)
{
	struct isdn_call_params p;
	char octets[140];

	isdn_call_params_init(&p);
	p.span = from->span;
	p.called = "5551234";
	p.calling = "5559876";
	octets[0] = 4;
	strcpy(octets + 1, uui);
	p.uui = octets;
	p.uui_size = strlen(uui) + 1;
	from->sent = from->got = from->wrong = 0;
	if (isdn_call_make(from->client, &p, &from->call) <= 0)
		bail("isdn_call_make");
}

static bool has_uui(const struct end *e, enum isdn_uui_which which, const char *text)
{
	char got[200];
	size_t len;

	return isdn_call_uui(e->client, e->call, which, got, sizeof(got), &len) == 0 &&
	       len == strlen(text) + 1 && got[0] == 4 && !memcmp(got + 1, text, len - 1);
}

static void set_up(struct end *from, struct end *to, const char *uui)
{
	forget(from);
	forget(to);
	call_to(from, uui);
	MUST(to->state == ISDN_CALL_OFFERING);
	if (isdn_call_accept(to->client, to->call, NULL, 0) <= 0)
		bail("isdn_call_accept");
	MUST(from->state == ISDN_CALL_RINGBACK);
	if (isdn_call_answer(to->client, to->call, NULL, 0) <= 0)
		bail("isdn_call_answer");
	MUST(from->state == ISDN_CALL_CONNECTED && to->state == ISDN_CALL_CONNECTED);
}

static void clear(struct end *from, struct end *to, uint8_t cause, const char *uui)
{
	struct isdn_drop how = { .cause = cause };
	char octets[140];

	octets[0] = 4;
	strcpy(octets + 1, uui);
	how.uui = octets;
	how.uui_size = strlen(uui) + 1;
	if (isdn_call_drop(from->client, from->call, &how) <= 0)
		bail("isdn_call_drop");
	MUST(to->state == ISDN_CALL_DISCONNECTED);
	if (isdn_call_drop(to->client, to->call, NULL) <= 0)
		bail("isdn_call_drop");
	MUST(from->state == ISDN_CALL_IDLE && to->state == ISDN_CALL_IDLE);
}

static void check_call(struct end *from, struct end *to, const char *what)
{
	bool setup, clearing;

	set_up(from, to, "with the SETUP");
	setup = has_uui(to, ISDN_UUI_SETUP, "with the SETUP");
	clear(from, to, 17, "with the DISCONNECT");
	clearing = has_uui(to, ISDN_UUI_CLEARING, "with the DISCONNECT");
	ok(setup && clearing && to->cause == 17, "%s: a call from the %s, UUI with both ends of it",
	   what, from->name);
	forget(from);
	forget(to);
}

static void send_message(struct end *e)
{
	uint8_t octets[200];
	size_t len = make(octets, e->sent);

	if (isdn_call_send_uui(e->client, e->call, octets, len) <= 0)
		bail("isdn_call_send_uui");
	e->sent++;
}

static void settle(void)
{
	AWAIT(net.got >= term.sent && term.got >= net.sent);
}

/* Every message that was sent came, once, in its order. */
static bool all_came(void)
{
	settle();
	run(100); /* one more would be one too many */
	return net.got == term.sent && term.got == net.sent && !net.wrong && !term.wrong;
}

/* ---- line errors ---- */

/* The library's descriptor of a channel. */
static int fd_of(int channel)
{
	struct dirent *d;
	DIR *dir = opendir("/proc/self/fd");
	int found = -1;

	while (dir && found < 0 && (d = readdir(dir)) != NULL) {
		struct abi_params params;
		char path[300], target[64];
		ssize_t len;

		snprintf(path, sizeof(path), "/proc/self/fd/%s", d->d_name);
		len = readlink(path, target, sizeof(target) - 1);
		target[len > 0 ? len : 0] = '\0';
		if (strcmp(target, "/dev/dahdi/channel"))
			continue;
		memset(&params, 0, sizeof(params));
		if (ioctl(atoi(d->d_name), ABI_GET_PARAMS, &params) == 0 &&
		    params.channo == channel)
			found = atoi(d->d_name);
	}
	if (dir)
		closedir(dir);
	if (found < 0)
		bail("no descriptor of the channel");
	return found;
}

/* An event that waits, or a full queue, lets nothing be written. */
static void write_raw(int fd, const void *octets, size_t len)
{
	long until = now_ms() + PATIENCE;

	while (write(fd, octets, len) != (ssize_t)len) {
		if (now_ms() > until)
			bail("a frame for the line can not be written");
		turn(5);
	}
}

static void signalling(int channel, int sigtype)
{
	struct chanconfig c;
	int ctl = open("/dev/dahdi/ctl", O_RDWR | O_CLOEXEC);

	memset(&c, 0, sizeof(c));
	c.chan = channel;
	c.sigtype = sigtype;
	if (ctl < 0 || ioctl(ctl, CHANCONFIG, &c) < 0)
		bail("DAHDI_CHANCONFIG");
	close(ctl);
}

/* A channel without HDLC: what arrives is no frame, and what leaves is not framed. */
static void cut(const struct end *e)
{
	signalling(e->channel, ABI_SIG_CLEAR);
}

static void mend(const struct end *e)
{
	int fd = fd_of(e->channel), what = FLUSH_READ;

	usleep(30000);
	signalling(e->channel, ABI_SIG_HDLCFCS);
	ioctl(fd, FLUSH, &what); /* at once: octets before it would begin the next frame */
}

/* The beginning of a frame and then ones, which HDLC would not let through. */
static void send_abort(const struct end *from, int fd)
{
	uint8_t octets[64];

	memset(octets, 0xff, sizeof(octets));
	memset(octets, 0x7e, 8);
	memcpy(octets + 8, "\x02\x01\x44\x22\x33", 5);
	cut(from);
	usleep(10000); /* ones: between flags of two phases there would be a frame as well */
	write_raw(fd, octets, sizeof(octets));
	mend(from);
}

enum { FCS, ABORT, OVERRUN, KINDS };

static void inject(const struct end *from, int kind)
{
	uint8_t octets[1024];
	int fd = fd_of(from->channel);

	memset(octets, 0x55, sizeof(octets));
	if (kind == FCS)
		write_raw(fd, octets, 1); /* too short for the kernel to put an FCS there */
	else if (kind == OVERRUN)
		write_raw(fd, octets, sizeof(octets));
	else
		send_abort(from, fd);
}

static uint64_t counter(const struct end *e, int kind)
{
	struct isdn_span_info info = info_of(e);

	return kind == FCS     ? info.counters.fcs_errors
	       : kind == ABORT ? info.counters.aborts
			       : info.counters.overruns;
}

#define TRIES 3 /* an emulated machine that stands still for a moment loses octets */

/* On a quiet line the end that receives it counts it, once, and nothing else. */
static bool counted_alone(const struct end *from, const struct end *to, int kind)
{
	for (int try = 0; try < TRIES; try++) {
		uint64_t before[KINDS];
		bool good = true;

		for (int k = 0; k < KINDS; k++)
			before[k] = counter(to, k);
		inject(from, kind);
		run(200);
		for (int k = 0; k < KINDS; k++)
			good &= counter(to, k) == before[k] + (k == kind);
		if (good)
			return true;
	}
	return false;
}

/* In traffic it may cut a frame of that as well. */
static bool counted(const struct end *from, const struct end *to, int kind)
{
	for (int try = 0; try < TRIES; try++) {
		uint64_t before = counter(to, kind);
		long until;

		inject(from, kind);
		until = now_ms() + 1000;
		while (now_ms() < until) {
			turn(5);
			if (counter(to, kind) > before)
				return true;
		}
	}
	return false;
}

static bool not_released(const struct end *e, const struct isdn_link_counters *before)
{
	struct isdn_span_info info = info_of(e);

	return info.counters.links.released == before->released &&
	       info.counters.links.established == before->established;
}

/* During a call whose messages pass both ways. */
static void check_line_errors(const char *what)
{
	static const char *const names[] = { "bad FCS", "abort", "overrun" };
	const struct {
		struct end *from, *to;
	} way[] = { { &term, &net }, { &net, &term } };
	struct isdn_span_info before[2], after[2];
	int good[KINDS] = { 0 }, alone[KINDS] = { 0 };

	set_up(&term, &net, "x");
	before[0] = info_of(&net);
	before[1] = info_of(&term);
	for (int w = 0; w < 2; w++)
		for (int kind = 0; kind < KINDS; kind++)
			alone[kind] += counted_alone(way[w].from, way[w].to, kind);
	for (int i = 0; i < ROUNDS * 2; i++) {
		int w = i & 1;

		for (int kind = 0; kind < KINDS; kind++) {
			for (int k = 0; k < 3; k++) {
				send_message(&net);
				send_message(&term);
			}
			turn(5);
			good[kind] += counted(way[w].from, way[w].to, kind);
			settle(); /* N200 errors that meet the enquiry for one end the link */
		}
	}
	ok(all_came(), "%s: %u and %u messages among line errors, none lost, none twice", what,
	   net.sent, term.sent);
	after[0] = info_of(&net);
	after[1] = info_of(&term);
	for (int kind = 0; kind < KINDS; kind++)
		ok(alone[kind] == 2 && good[kind] == 2 * ROUNDS, "%s: %s is counted, %d of %d",
		   what, names[kind], alone[kind] + good[kind], 2 + 2 * ROUNDS);
	ok(same_link() && not_released(&net, &before[0].counters.links) &&
		   not_released(&term, &before[1].counters.links),
	   "%s: the link was never down", what);
	for (int i = 0; i < 2; i++)
		printf("# %s: fcs %u, aborts %u, overruns %u, sent again %u, T200 %u, MDL %u\n",
		       way[i].to->name,
		       (unsigned)(after[i].counters.fcs_errors - before[i].counters.fcs_errors),
		       (unsigned)(after[i].counters.aborts - before[i].counters.aborts),
		       (unsigned)(after[i].counters.overruns - before[i].counters.overruns),
		       (unsigned)(after[i].counters.retransmissions -
				  before[i].counters.retransmissions),
		       (unsigned)(after[i].counters.t200_expiries -
				  before[i].counters.t200_expiries),
		       (unsigned)(after[i].counters.mdl_errors - before[i].counters.mdl_errors));
	clear(&net, &term, 16, "x");
	forget(&net);
	forget(&term);
}

/* ---- the cable ---- */

/* One end goes with its span during a call; what the other, which stays, sees. */
static void goes(struct end *stays, struct end *leaves, const char *address)
{
	unsigned downs = stays->downs;

	set_up(leaves, stays, "x");
	for (int k = 0; k < 4; k++) {
		send_message(stays);
		send_message(leaves);
	}
	turn(5);
	/* The client would drop the call, so it goes after its span. */
	isdn_registry_close_span(registry, leaves->span);
	isdn_client_close(leaves->client);
	leaves->client = NULL;
	leaves->call = 0;
	leaves->state = ISDN_CALL_UNKNOWN;
	pull(address);
	CHECK(info_of(stays).alarm, "the cable of the %s is pulled: the %s sees the alarm",
	      leaves->name, stays->name);
	CHECK(stays->downs == downs + 1 && !info_of(stays).up && linked(stays) < 0,
	      "and is told that the link is down");
	ok(stays->state == ISDN_CALL_CONNECTED, "its call waits, T309");
}

static void comes_back(struct end *stays, struct end *left, const char *address)
{
	plug(address, left->channel);
	CHECK(!info_of(stays).alarm, "the cable is plugged in: no alarm");
	open_end(left);
}

static void check_cable(void)
{
	char options[40];
	long since;

	/* The network stays: nobody answers for the call, T309 ends it. */
	snprintf(options, sizeof(options), ",ptmp,t309=%d", T309_SHORT);
	net.channel = NEAR;
	term.channel = FAR;
	open_both(options);
	MUST(same_link());
	goes(&net, &term, "2:1");
	since = now_ms();
	CHECK(net.state == ISDN_CALL_IDLE && net.cause == ISDN_CAUSE_DESTINATION_OUT_OF_ORDER &&
		      net.source == ISDN_BY_LINK,
	      "T309 expires: the call ends with cause 27");
	printf("# %ld ms after the loss was seen\n", now_ms() - since);
	comes_back(&net, &term, "2:1");
	CHECK(same_link() && info_of(&net).up, "the terminal has a TEI and a link again, %d",
	      linked(&term));
	check_call(&term, &net, "plugged in");
	check_call(&net, &term, "plugged in");
	close_both();

	/* The terminal stays: it comes back in time to a network that knows no call. */
	open_both(",ptmp");
	MUST(same_link());
	goes(&term, &net, "2:0");
	comes_back(&term, &net, "2:0");
	CHECK(term.state == ISDN_CALL_IDLE, "the call that the network does not know ends");
	printf("# cause %u, %s\n", term.cause, isdn_source_name(term.source));
	CHECK(same_link() && info_of(&term).up, "the terminal has a TEI and a link again, %d",
	      linked(&term));
	check_call(&term, &net, "plugged in");
	check_call(&net, &term, "plugged in");
	close_both();
}

/*
 * A cable that neither end is the owner of: the far span and one more are joined, and what was the
 * terminal's is at the end of that.
 */
static void join_spans(void)
{
	shell("printf 'dacs=%d:%d\\nloadzone=us\\ndefaultzone=us\\n' | dahdi_cfg -c - >/dev/null",
	      FAR, MIDDLE);
}

static void lay_cable(void)
{
	shell("spanctl create loc,3:0 3 0 >/dev/null");
	plug("3:1", BEYOND);
	join_spans();
}

static void check_both_survive(const char *what, const char *options)
{
	struct isdn_span_info before;

	net.channel = NEAR;
	term.channel = BEYOND;
	open_both(options);
	MUST(same_link());
	set_up(&net, &term, "x");
	for (int k = 0; k < 4; k++) {
		send_message(&net);
		send_message(&term);
	}
	MUST(all_came());
	before = info_of(&net);
	pull("2:1");
	pull("3:0");
	CHECK(info_of(&net).alarm && info_of(&term).alarm && net.downs == 1 && term.downs == 1,
	      "%s: the cable is pulled, both ends see the alarm", what);
	shell("spanctl create loc,2:1 3 0 >/dev/null && spanctl create loc,3:0 3 0 >/dev/null");
	join_spans();
	CHECK(!info_of(&net).alarm && !info_of(&term).alarm && same_link(),
	      "%s: and the link again, TEI %d", what, linked(&term));
	run(500);
	for (int k = 0; k < 4; k++) {
		send_message(&net);
		send_message(&term);
	}
	ok(all_came() && net.state == ISDN_CALL_CONNECTED && term.state == ISDN_CALL_CONNECTED,
	   "%s: the call outlived it, and its messages pass", what);
	printf("# messages of layer 3 that the network got for it: %u\n",
	       (unsigned)(info_of(&net).counters.messages_in - before.counters.messages_in));
	clear(&term, &net, 16, "after all");
	ok(has_uui(&net, ISDN_UUI_CLEARING, "after all"), "%s: it is cleared, with UUI", what);
	forget(&net);
	forget(&term);
	close_both();
}

/* ---- the interfaces ---- */

static void check_bus(void)
{
	net.channel = NEAR;
	term.channel = FAR;
	open_both(",ptmp");
	CHECK(same_link() && info_of(&net).up && info_of(&term).up && linked(&term) >= 64 &&
		      linked(&term) < 127,
	      "bus: the terminal has a TEI of the network and a link, %d", linked(&term));
	check_call(&term, &net, "bus");
	ok(broadcast_setups == 0, "bus: no SETUP to all of them yet");
	check_call(&net, &term, "bus");
	ok(broadcast_setups == 1, "bus: the SETUP to the terminal was for all of them");
	check_line_errors("bus");
	close_both();
}

static void check_point_to_point(void)
{
	net.channel = NEAR;
	term.channel = FAR;
	open_both("");
	CHECK(same_link() && info_of(&net).up && info_of(&term).up && linked(&term) == 0,
	      "point to point: the link is up with TEI 0");
	check_call(&term, &net, "point to point");
	check_call(&net, &term, "point to point");
	check_line_errors("point to point");
	close_both();
}

/* Frames outside the link, which layer 2 does not repeat: T202 does, and T303. */
static void check_what_nobody_repeats(void)
{
	net.channel = NEAR;
	term.channel = FAR;
	open_net(",ptmp,t202=500,t303=1000");
	cut(&net);
	open_end(&term);
	mend(&net);
	CHECK(same_link() && identity_requests >= 2,
	      "bus: the request of a TEI was lost, the next is answered");
	cut(&net);
	call_to(&net, "x");
	mend(&net);
	ok(broadcast_setups == 0, "bus: the SETUP was lost");
	CHECK(term.state == ISDN_CALL_OFFERING && broadcast_setups == 1, "bus: T303 repeats it");
	if (isdn_call_drop(term.client, term.call, NULL) <= 0)
		bail("isdn_call_drop");
	CHECK(net.state == ISDN_CALL_IDLE && term.state == ISDN_CALL_IDLE,
	      "bus: the terminal refuses it, both are told");
	printf("# cause %u, %s\n", net.cause, isdn_source_name(net.source));
	forget(&net);
	forget(&term);
	close_both();
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	check_bus();
	check_point_to_point();
	check_what_nobody_repeats();
	check_cable();
	lay_cable();
	check_both_survive("bus", ",ptmp");
	check_both_survive("point to point", "");
	return tap_end();
}
