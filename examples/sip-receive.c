/* SPDX-License-Identifier: BSD-2-Clause */
/* What the far end of examples/sip-leg.c says. Clauses are those of RFC 3261. */
#define _GNU_SOURCE /* SOCK_CLOEXEC */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sip-leg.h"
#include "sip-message.h"

static void invited(struct sip *s, const struct sip_message *m)
{
	struct sip_leg *l = sip_new_leg(s, SIP_OFFERED);
	struct isdn_leg_event *ev;
	char from[128];

	if (!l || strlen(m->call_id) >= sizeof(l->call_id) || strlen(m->via) >= sizeof(l->via) ||
	    strlen(m->from) >= sizeof(l->there) || strlen(m->to) >= sizeof(l->here) - 16) {
		if (l)
			l->state = SIP_FREE;
		sip_respond(s, m, 503, "Service Unavailable", "");
		return;
	}
	strcpy(l->call_id, m->call_id);
	strcpy(l->via, m->via);
	strcpy(l->there, m->from);
	snprintf(l->here, sizeof(l->here), "%s;tag=%llu", m->to, (unsigned long long)l->number);
	sip_uri(*m->contact ? m->contact : m->from, l->target, sizeof(l->target));
	l->cseq_there = m->cseq;
	sip_uri(m->from, from, sizeof(from));
	sip_respond(s, m, 100, "Trying", "");
	ev = sip_report(s, l, ISDN_LEG_OFFERED);
	ev->capability = ISDN_SPEECH;
	sip_number(m->uri, &ev->called);
	sip_number(from, &ev->calling);
	ev->has_uui = sip_uui(m, &ev->uui);
}

static void on_request(struct sip *s, struct sip_leg *l, const struct sip_message *m)
{
	bool ack = !strcmp(m->method, "ACK");

	if (l && ack && l->state == SIP_REJECTED) {
		sip_gone(s, l, ISDN_BY_LOCAL, l->cause, NULL);
	} else if (l && ack && l->state == SIP_ANSWERED) {
		l->state = SIP_UP;
		l->give_up = ISDN_NEVER;
		if (l->dropped)
			sip_clear(s, l);
		else
			sip_report(s, l, ISDN_LEG_STATE)->state = ISDN_CALL_CONNECTED;
	} else if (ack) {
		return; /* is never answered */
	} else if (l && !strcmp(m->method, "BYE")) {
		sip_respond(s, m, 200, "OK", "");
		sip_gone(s, l, ISDN_BY_REMOTE, sip_cause(m), m);
	} else if (l && !strcmp(m->method, "CANCEL") && l->state == SIP_OFFERED) {
		sip_respond(s, m, 200, "OK", "");
		sip_answer(s, l, 487, "Request Terminated", 0, NULL);
		sip_gone(s, l, ISDN_BY_REMOTE, sip_cause(m), m);
	} else if (!l && !strcmp(m->method, "INVITE")) {
		invited(s, m);
	} else if (!l) {
		sip_respond(s, m, 481, "Call/Transaction Does Not Exist", "");
	} else { /* a change of the session, or another method */
		sip_respond(s, m, 501, "Not Implemented", "");
	}
}

/* All legs go with it; a product would connect again. */
static void connection_lost(struct sip *s)
{
	if (s->fd < 0)
		return;
	close(s->fd);
	s->fd = -1;
	for (size_t i = 0; i < SIP_LEGS; i++)
		if (s->legs[i].state != SIP_FREE)
			sip_gone(s, &s->legs[i], ISDN_BY_LINK, ISDN_CAUSE_DESTINATION_OUT_OF_ORDER,
				 NULL);
	sip_report(s, NULL, ISDN_LEG_LINK)->up = false;
}

/* The answers to our INVITE. */
static void on_provisional(struct sip *s, struct sip_leg *l, const struct sip_message *m)
{
	struct isdn_leg_event *ev;

	if (l->state == SIP_CALLING) {
		l->state = SIP_RINGING;
		l->give_up = l->dropped ? l->give_up : ISDN_NEVER; /* ringing takes its time */
		if (l->dropped)
			sip_clear(s, l);
		else
			sip_report(s, l, ISDN_LEG_STATE)->state = ISDN_CALL_PROCEEDING;
	}
	if (m->status == 180 && l->state == SIP_RINGING && !l->rings) {
		l->rings = true; /* is told once, so that the queue has room */
		ev = sip_report(s, l, ISDN_LEG_STATE);
		ev->state = ISDN_CALL_RINGBACK;
		ev->has_uui = sip_uui(m, &ev->uui);
		ev->uui_of = ISDN_UUI_ALERTING;
	}
}

static void on_answered(struct sip *s, struct sip_leg *l, const struct sip_message *m)
{
	struct isdn_leg_event *ev;
	bool again;

	if (*m->contact)
		sip_uri(m->contact, l->target, sizeof(l->target));
	snprintf(l->there, sizeof(l->there), "%s", m->to); /* with the tag of the dialog */
	again = l->state > SIP_CANCELLED;
	if (!again)
		l->state = SIP_UP;
	sip_request(s, l, "ACK", "");
	if (again)
		return;
	if (l->dropped) {
		sip_clear(s, l); /* it was answered while we cancelled */
		return;
	}
	l->give_up = ISDN_NEVER;
	ev = sip_report(s, l, ISDN_LEG_STATE);
	ev->state = ISDN_CALL_CONNECTED;
	ev->has_uui = sip_uui(m, &ev->uui);
	ev->uui_of = ISDN_UUI_CONNECT;
}

static void on_response(struct sip *s, struct sip_leg *l, const struct sip_message *m)
{
	bool invite = !strcmp(m->cseq_method, "INVITE");

	if (!strcmp(m->cseq_method, "BYE") && m->status >= 200 && l->state == SIP_BYE)
		sip_gone(s, l, ISDN_BY_LOCAL, l->cause, NULL);
	if (!invite || l->state == SIP_OFFERED || l->state == SIP_ANSWERED)
		return;
	if (m->status < 200) {
		on_provisional(s, l, m);
	} else if (m->status < 300) {
		on_answered(s, l, m);
	} else if (l->state <= SIP_CANCELLED) {
		snprintf(l->there, sizeof(l->there), "%s", m->to);
		sip_request(s, l, "ACK", "");
		sip_gone(s, l, ISDN_BY_REMOTE, sip_cause(m), m);
	}
}

/* Whose it is, if anybody's. */
static void message(struct sip *s, const struct sip_message *m)
{
	struct sip_leg *l = NULL;

	for (size_t i = 0; i < SIP_LEGS && !l; i++)
		if (s->legs[i].state != SIP_FREE && !strcmp(s->legs[i].call_id, m->call_id))
			l = &s->legs[i];
	if (*m->method)
		on_request(s, l, m);
	else if (l)
		on_response(s, l, m);
}

/* One message from the stream, with the body that we do not read: its octets, 0 if it is not all
 * there, -1 if it can not be. */
static int take(struct sip *s)
{
	char header[SIP_MESSAGE + 1], *end = strstr(s->in, "\r\n\r\n");
	struct sip_message m;
	size_t len, body;

	if (!strncmp(s->in, "\r\n", 2)) /* keeps the connection open, 7.5 */
		return 2;
	if (!end)
		return s->in_len == SIP_MESSAGE ? -1 : 0;
	len = (size_t)(end + 4 - s->in);
	memcpy(header, s->in, len);
	header[len] = '\0';
	if (!sip_read(header, &m))
		return -1;
	body = strtoul(m.content_length, NULL, 10);
	if (body > SIP_MESSAGE - len)
		return -1;
	if (len + body > s->in_len)
		return 0;
	message(s, &m);
	return (int)(len + body);
}

void sip_process(struct isdn_provider *p, isdn_time now)
{
	struct sip *s = (struct sip *)p;
	int n = 0;

	while (s->fd >= 0 && s->tail - s->head < SIP_EVENTS / 2) {
		n = take(s);
		if (n > 0) {
			s->in_len -= (size_t)n;
			memmove(s->in, s->in + n, s->in_len + 1);
			continue;
		}
		if (n == 0) {
			n = (int)recv(s->fd, s->in + s->in_len, SIP_MESSAGE - s->in_len,
				      MSG_DONTWAIT);
			if (n < 0 && (errno == EAGAIN || errno == EINTR))
				break;
		}
		if (n <= 0) {
			connection_lost(s);
			break;
		}
		s->in_len += (size_t)n;
		s->in[s->in_len] = '\0';
	}
	for (size_t i = 0; i < SIP_LEGS; i++)
		if (s->legs[i].state != SIP_FREE && s->legs[i].give_up <= now)
			sip_gone(s, &s->legs[i], ISDN_BY_TIMER, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY,
				 NULL);
}

isdn_time sip_deadline(const struct isdn_provider *p)
{
	const struct sip *s = (const struct sip *)p;
	isdn_time due = ISDN_NEVER;

	for (size_t i = 0; i < SIP_LEGS; i++)
		if (s->legs[i].state != SIP_FREE && s->legs[i].give_up < due)
			due = s->legs[i].give_up;
	return due;
}

bool sip_open(struct sip *s, const char *address, unsigned port)
{
	struct sockaddr_in here,
		there = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	socklen_t len = sizeof(here);
	char text[INET_ADDRSTRLEN];

	memset(s, 0, sizeof(*s));
	s->base.ops = &sip_ops;
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		return false;
	if (inet_pton(AF_INET, address, &there.sin_addr) != 1) {
		errno = EINVAL;
		return false;
	}
	if (connect(s->fd, (struct sockaddr *)&there, sizeof(there)) ||
	    getsockname(s->fd, (struct sockaddr *)&here, &len) || fcntl(s->fd, F_SETFL, O_NONBLOCK))
		return false;
	inet_ntop(AF_INET, &here.sin_addr, text, sizeof(text));
	snprintf(s->host, sizeof(s->host), "%s:%u", text, ntohs(here.sin_port));
	snprintf(s->peer, sizeof(s->peer), "%s:%u", address, port);
	sip_report(s, NULL, ISDN_LEG_LINK)->up = true;
	return true;
}
