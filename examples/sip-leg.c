/* SPDX-License-Identifier: BSD-2-Clause */
/* A provider whose legs are SIP dialogs: see sip-leg.h. Clauses are those of RFC 3261. */
#define _GNU_SOURCE /* getrandom */
#include "sip-leg.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sip-message.h"

#define TIMER_B 32000 /* ms: how long a request may be without an answer, 17.1.1.2 */

struct isdn_leg_event *sip_report(struct sip *s, const struct sip_leg *l,
				  enum isdn_leg_event_type type)
{
	struct isdn_leg_event *ev = &s->events[s->tail++ % SIP_EVENTS];

	memset(ev, 0, sizeof(*ev));
	ev->type = type;
	ev->leg = l ? l->number : 0;
	ev->user = l ? l->user : NULL;
	ev->source = ISDN_BY_REMOTE;
	return ev;
}

void sip_gone(struct sip *s, struct sip_leg *l, enum isdn_source source, uint8_t cause,
	      const struct sip_message *m)
{
	struct isdn_leg_event *ev = sip_report(s, l, ISDN_LEG_GONE);

	ev->source = l->dropped ? ISDN_BY_LOCAL : source;
	ev->cause = l->dropped ? l->cause : cause;
	ev->has_uui = m && !l->dropped && sip_uui(m, &ev->uui);
	l->state = SIP_FREE;
}

/* A far end that does not read for as long as the kernel keeps things is none. Nothing is freed
 * here, since this may be within a request: process sees that the connection is shut. */
static void put(struct sip *s, const char *text, int len)
{
	if (len < 0 || len >= SIP_MESSAGE ||
	    send(s->fd, text, (size_t)len, MSG_NOSIGNAL) != (ssize_t)len)
		(void)shutdown(s->fd, SHUT_RDWR);
}

/*
 * A new CSeq is a new branch. CANCEL, and the ACK of what is no 200, are of the transaction of the
 * INVITE (9.1, 17.1.1.3); the ACK of 200 has the number of that, and a branch of its own.
 */
void sip_request(struct sip *s, struct sip_leg *l, const char *method, const char *extra)
{
	bool ack = !strcmp(method, "ACK");
	char out[SIP_MESSAGE];

	if (!ack && strcmp(method, "CANCEL") != 0)
		l->cseq++;
	put(s, out,
	    snprintf(out, sizeof(out),
		     "%s %s SIP/2.0\r\nVia: SIP/2.0/TCP %s;branch=z9hG4bK%.20s.%u%s\r\n"
		     "Max-Forwards: 70\r\nFrom: %s\r\nTo: %s\r\nCall-ID: %s\r\nCSeq: %u %s\r\n"
		     "Contact: <sip:%s;transport=tcp>\r\n%sContent-Length: 0\r\n\r\n",
		     method, l->target, s->host, l->call_id, l->cseq,
		     ack && l->state == SIP_UP ? "a" : "", l->here, l->there, l->call_id, l->cseq,
		     method, s->host, extra));
}

void sip_respond(struct sip *s, const struct sip_message *to, unsigned status, const char *phrase,
		 const char *extra)
{
	char out[SIP_MESSAGE];

	put(s, out,
	    snprintf(out, sizeof(out),
		     "SIP/2.0 %u %s\r\nVia: %s\r\nFrom: %s\r\nTo: %s\r\nCall-ID: %s\r\n"
		     "CSeq: %u %s\r\nContact: <sip:%s;transport=tcp>\r\n%sContent-Length: 0\r\n"
		     "\r\n",
		     status, phrase, to->via, to->from, to->to, to->call_id, to->cseq,
		     to->cseq_method, s->host, extra));
}

/* To their INVITE, which waits for us. */
void sip_answer(struct sip *s, const struct sip_leg *l, unsigned status, const char *phrase,
		uint8_t cause, const struct isdn_uui *uui)
{
	const struct sip_message invite = { .via = l->via,
					    .from = l->there,
					    .to = l->here,
					    .call_id = l->call_id,
					    .cseq = l->cseq_there,
					    .cseq_method = "INVITE" };
	char why[512];

	sip_why(cause, uui, why, sizeof(why));
	sip_respond(s, &invite, status, phrase, why);
}

/*
 * End a leg that was dropped, now or when it may be: BYE waits for ACK (15), CANCEL for a
 * provisional response (9.1), and carries no UUI (RFC 7433).
 */
void sip_clear(struct sip *s, struct sip_leg *l)
{
	const struct isdn_uui *uui = l->has_uui ? &l->uui : NULL;
	const char *phrase;
	unsigned status = sip_status(l->cause, &phrase);
	char why[512];

	if (l->state == SIP_UP) {
		sip_why(l->cause, uui, why, sizeof(why));
		sip_request(s, l, "BYE", why);
		l->state = SIP_BYE;
	} else if (l->state == SIP_RINGING) {
		sip_why(l->cause, NULL, why, sizeof(why));
		sip_request(s, l, "CANCEL", why);
		l->state = SIP_CANCELLED;
	} else if (l->state == SIP_OFFERED) {
		sip_answer(s, l, status, phrase, l->cause, uui);
		l->state = SIP_REJECTED;
	}
}

struct sip_leg *sip_new_leg(struct sip *s, enum sip_state state)
{
	for (size_t i = 0; i < SIP_LEGS; i++)
		if (s->legs[i].state == SIP_FREE) {
			memset(&s->legs[i], 0, sizeof(s->legs[i]));
			s->legs[i].state = state;
			s->legs[i].number = ++s->last;
			s->legs[i].give_up = ISDN_NEVER;
			return &s->legs[i];
		}
	return NULL;
}

static struct sip_leg *leg_of(struct sip *s, uint64_t number)
{
	for (size_t i = 0; i < SIP_LEGS; i++)
		if (s->legs[i].state != SIP_FREE && s->legs[i].number == number)
			return &s->legs[i];
	return NULL;
}

/* What the registry asks. */

static void caps(const struct isdn_provider *p, struct isdn_caps *c)
{
	(void)p;
	memset(c, 0, sizeof(*c));
	c->uui_make = c->uui_accept = c->uui_answer = c->uui_drop = 1 + ISDN_UUI_MAX;
	c->reject_offering = true;
}

static int make(struct isdn_provider *p, const struct isdn_call_params *params,
		const struct isdn_uui *uui, void *user, uint64_t *leg, isdn_time now)
{
	struct sip *s = (struct sip *)p;
	struct sip_leg *l;
	uint64_t random[2];
	char why[512], tag[9];

	if (strchr(params->called, '#')) /* would have to be escaped in a URI */
		return ISDN_ERR_INVAL;
	l = s->fd < 0 || getrandom(random, sizeof(random), GRND_NONBLOCK) != sizeof(random)
		    ? NULL
		    : sip_new_leg(s, SIP_CALLING);
	if (!l)
		return ISDN_ERR_RESOURCEUNAVAIL;
	l->user = user;
	l->give_up = now + TIMER_B;
	*leg = l->number;
	snprintf(l->call_id, sizeof(l->call_id), "%016llx%016llx", (unsigned long long)random[0],
		 (unsigned long long)random[1]);
	snprintf(tag, sizeof(tag), "%08lx", (unsigned long)(random[0] >> 32));
	snprintf(l->target, sizeof(l->target), "sip:%s@%s;transport=tcp", params->called, s->peer);
	snprintf(l->there, sizeof(l->there), "<sip:%s@%s>", params->called, s->peer);
	snprintf(l->here, sizeof(l->here), "<sip:%s@%s>;tag=%s",
		 params->calling ? params->calling : "anonymous", s->host, tag);
	sip_why(0, uui, why, sizeof(why));
	sip_request(s, l, "INVITE", why);
	return 0;
}

static int accept_leg(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui,
		      isdn_time now)
{
	struct sip_leg *l = leg_of((struct sip *)p, leg);

	(void)now;
	if (l)
		sip_answer((struct sip *)p, l, 180, "Ringing", 0, uui);
	return 0; /* a leg that is gone is no error: its last event is on the way */
}

static int answer_leg(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui,
		      isdn_time now)
{
	struct sip_leg *l = leg_of((struct sip *)p, leg);

	if (l) {
		sip_answer((struct sip *)p, l, 200, "OK", 0, uui);
		l->state = SIP_ANSWERED; /* CONNECTED is told when ACK comes */
		l->give_up = now + TIMER_B;
	}
	return 0;
}

static int drop(struct isdn_provider *p, uint64_t leg, uint8_t cause, const struct isdn_uui *uui,
		bool *uui_sent, isdn_time now)
{
	struct sip_leg *l = leg_of((struct sip *)p, leg);

	*uui_sent = false;
	if (!l)
		return 0;
	*uui_sent = uui &&
		    (l->state == SIP_UP || l->state == SIP_OFFERED || l->state == SIP_ANSWERED);
	l->dropped = true;
	l->cause = cause;
	l->has_uui = uui != NULL;
	if (uui)
		l->uui = *uui;
	l->give_up = now + TIMER_B;
	sip_clear((struct sip *)p, l);
	return 0;
}

static void bind_leg(struct isdn_provider *p, uint64_t leg, void *user)
{
	struct sip *s = (struct sip *)p;
	struct sip_leg *l = leg_of(s, leg);

	if (l)
		l->user = user;
	for (unsigned i = s->head; i != s->tail; i++) /* what was reported before, too */
		if (s->events[i % SIP_EVENTS].leg == leg)
			s->events[i % SIP_EVENTS].user = user;
}

static int next(struct isdn_provider *p, struct isdn_leg_event *ev)
{
	struct sip *s = (struct sip *)p;

	if (s->head == s->tail)
		return 0;
	*ev = s->events[s->head++ % SIP_EVENTS];
	return 1;
}

static int descriptor(const struct isdn_provider *p, short *events)
{
	*events = POLLIN;
	return ((const struct sip *)p)->fd;
}

static void info(const struct isdn_provider *p, struct isdn_span_info *info)
{
	const struct sip *s = (const struct sip *)p;

	info->spec = s->peer;
	info->up = s->fd >= 0;
	for (size_t i = 0; i < SIP_LEGS; i++)
		info->calls += s->legs[i].state != SIP_FREE;
}

static void close_connection(struct isdn_provider *p)
{
	struct sip *s = (struct sip *)p;

	if (s->fd >= 0)
		close(s->fd);
}

const struct isdn_provider_ops sip_ops = {
	.size = sizeof(sip_ops),
	.caps = caps,
	.make = make,
	.accept = accept_leg,
	.answer = answer_leg,
	.drop = drop,
	.bind = bind_leg,
	.next = next,
	.process = sip_process,
	.deadline = sip_deadline,
	.fd = descriptor,
	.info = info,
	.close = close_connection,
};
