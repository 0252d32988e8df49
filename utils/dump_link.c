/* SPDX-License-Identifier: BSD-2-Clause */
/* What was seen of each link: who is who on it, retransmissions, frames that are missing. */
#include <stdlib.h>
#include <string.h>

#include <isdn/link.h>

#include "dump.h"

#define MODULUS	  128
#define DLCIS_MAX 512 /* of one link: 127 TEIs of few SAPIs */

/* The I frames of one side. */
struct flow {
	bool known;	       /* next is */
	uint8_t next;	       /* V(S) after the last new one */
	uint64_t sum[MODULUS]; /* of the message with each N(S); 0: none was seen */
};

struct dlci {
	uint8_t sapi, tei;
	struct flow flow[2]; /* by sender: user, network */
	struct dlci *next;
};

struct link *dump_link_of(struct link **list, const struct record *r)
{
	struct link *l, **at = list;
	unsigned n = 0;

	for (; (l = *at) != NULL; at = &l->next, n++)
		if (l->source == r->source && l->span == r->span)
			return l;
	if (n == DUMP_LINKS_MAX || !(l = calloc(1, sizeof(*l))))
		return NULL;
	l->source = r->source;
	l->span = r->span;
	l->number = n + 1;
	l->first_us = r->us;
	return *at = l;
}

static void forget_dlcis(struct link *l)
{
	while (l->dlcis) {
		struct dlci *d = l->dlcis;

		l->dlcis = d->next;
		free(d);
	}
	l->n_dlcis = 0;
}

void dump_links_free(struct link *list)
{
	while (list) {
		struct link *l = list;

		list = l->next;
		forget_dlcis(l);
		free(l);
	}
}

/* ---- who sent it ---- */

/*
 * Commands and responses are told apart by the C/R bit, by each side the other way round (3.3.2):
 * frames that are always one of the two tell who sent them.
 */
static enum dump_side by_address(const struct frame *f)
{
	bool command;

	switch (f->type) {
	case ISDN_FRAME_I:
	case ISDN_FRAME_SABME:
	case ISDN_FRAME_DISC:
	case ISDN_FRAME_UI:
		command = true;
		break;
	case ISDN_FRAME_UA:
	case ISDN_FRAME_DM:
	case ISDN_FRAME_FRMR:
		command = false;
		break;
	case ISDN_FRAME_RR:
	case ISDN_FRAME_RNR:
	case ISDN_FRAME_REJ:
	case ISDN_FRAME_XID:
	case ISDN_FRAME_TYPES:
	default:
		return DUMP_UNKNOWN;
	}
	return command == f->cr_bit ? DUMP_NETWORK : DUMP_USER;
}

static enum dump_side other(enum dump_side side)
{
	return side == DUMP_USER ? DUMP_NETWORK : side == DUMP_NETWORK ? DUMP_USER : DUMP_UNKNOWN;
}

/* What a frame of a known sender and way says of who recorded it. */
static void learn(struct link *l, enum dump_side sender, enum dump_way way)
{
	enum dump_side our = way == DUMP_SENT ? sender : other(sender);

	if (way == DUMP_ANY_WAY || l->torn)
		return;
	if (l->our && l->our != our)
		l->torn = true; /* whoever recorded it wrote no way, or not the truth */
	l->our = our;
}

static enum dump_side by_way(const struct link *l, const struct record *r)
{
	enum dump_side our = l->torn ? DUMP_UNKNOWN : l->our ? l->our : r->our;

	return r->way == DUMP_SENT ? our : r->way == DUMP_RECEIVED ? other(our) : DUMP_UNKNOWN;
}

static void find_sender(struct frame *f)
{
	enum dump_side address = f->valid ? by_address(f) : DUMP_UNKNOWN;

	if (address && f->r.sender && f->r.sender != address)
		dump_complain(f, COMPLAINT_LAYER2, "Q.921 3.3.2", 0,
			      "the C/R bit is that of a frame that the %s side sends",
			      dump_side_name(address));
	if (address && !f->r.sender)
		learn(f->link, address, f->r.way);
	f->sender = f->r.sender ? f->r.sender : address ? address : by_way(f->link, &f->r);
}

/* ---- sequences ---- */

static struct dlci *dlci_of(struct link *l, uint8_t sapi, uint8_t tei)
{
	struct dlci **at = &l->dlcis, *d;

	for (; (d = *at) != NULL; at = &d->next)
		if (d->sapi == sapi && d->tei == tei)
			return d;
	if (l->n_dlcis == DLCIS_MAX || !(d = calloc(1, sizeof(*d))))
		return NULL;
	d->sapi = sapi;
	d->tei = tei;
	l->n_dlcis++;
	return *at = d;
}

/* FNV-1a, and never 0. */
static uint64_t sum(const uint8_t *octets, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < n; i++)
		h = (h ^ octets[i]) * UINT64_C(0x100000001b3);
	return h | 1;
}

static void information(struct frame *f, struct flow *flow)
{
	uint64_t s = sum(f->info, f->info_len);

	f->link->carried = true;
	if (flow->known && f->ns != flow->next && flow->sum[f->ns] == s) {
		f->again = true;
		dump_complain(f, COMPLAINT_RETRANSMISSION, "Q.921 5.6.3", 0,
			      "retransmission of N(S) %u", f->ns);
		return;
	}
	if (flow->known && f->ns != flow->next)
		dump_complain(f, COMPLAINT_LAYER2, "Q.921 5.8.1", 0,
			      "N(S) %u where %u comes next: a frame is lost, or not in the capture",
			      f->ns, flow->next);
	flow->sum[f->ns] = s;
	flow->sum[(f->ns + MODULUS / 2) % MODULUS] = 0; /* it is too old to come again */
	flow->next = (uint8_t)((f->ns + 1) % MODULUS);
	flow->known = true;
}

/* 3.5.2: both V(S) are 0 when a link was established; the UA may be missing from the capture. */
static void established(struct link *l, struct dlci *d)
{
	memset(d->flow, 0, sizeof(d->flow));
	d->flow[0].known = d->flow[1].known = true;
	if (!l->carried)
		l->fresh = true;
}

void dump_link_frame(struct frame *f)
{
	struct dlci *d;

	f->link->carried |= f->r.bare;
	find_sender(f);
	if (!f->valid ||
	    (f->type != ISDN_FRAME_I && f->type != ISDN_FRAME_SABME && f->type != ISDN_FRAME_UA))
		return;
	d = dlci_of(f->link, f->sapi, f->tei);
	if (d && f->type == ISDN_FRAME_I && f->sender)
		information(f, &d->flow[f->sender == DUMP_NETWORK]);
	else if (d && f->type == ISDN_FRAME_SABME)
		established(f->link, d);
}
