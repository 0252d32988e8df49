/* SPDX-License-Identifier: BSD-2-Clause */
/* Conferences: a call of its own, the parent, and its parties in join order. */
#include "lib/registry.h"

int isdn_conference_new(struct isdn_client *client, enum isdn_conference_policy policy,
			isdn_handle *conference)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_handle *h;
	struct ir_call *c;

	if (!client)
		return ISDN_ERR_UNINITIALIZED;
	if (!conference)
		return ISDN_ERR_INVALPOINTER;
	if (client->privilege != ISDN_OWNER)
		return ISDN_ERR_NOTOWNER;
	if (policy != ISDN_CONFERENCE_DROP_ALL)
		return ISDN_ERR_INVAL;
	c = ir_call_new(client->registry, ISDN_ORIGIN_CONFERENCE);
	if (!c)
		return ISDN_ERR_NOMEM;
	if (ir_handle_new(client, c, ISDN_OWNER, &h)) {
		ir_call_free(c);
		return ISDN_ERR_NOMEM;
	}
	c->policy = policy;
	*conference = h->id;
	ir_call_announce(c, false);
	ir_call_set_state(c, ISDN_CALL_ONHOLDPENDCONF, 0, &why);
	return 0;
}

static int add_check(const struct ir_call *conference, const struct ir_call *call)
{
	if (conference->origin != ISDN_ORIGIN_CONFERENCE)
		return ISDN_ERR_INVALCONFCALLHANDLE;
	if (conference->state == ISDN_CALL_IDLE || conference->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	if (call->origin == ISDN_ORIGIN_CONFERENCE || call->parent)
		return ISDN_ERR_INVALCALLHANDLE;
	if (conference->n_parties >= conference->registry->config.max_parties)
		return ISDN_ERR_CONFERENCEFULL;
	if (call->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	switch (call->state) {
	case ISDN_CALL_CONNECTED:
		return call->mode == ISDN_MODE_ACTIVE ? 0 : ISDN_ERR_INVALCALLSTATE;
	case ISDN_CALL_OFFERING:
	case ISDN_CALL_ACCEPTED:
	case ISDN_CALL_DIALING:
	case ISDN_CALL_PROCEEDING:
	case ISDN_CALL_RINGBACK:
		return 0;
	case ISDN_CALL_IDLE:
	case ISDN_CALL_DIALTONE:
	case ISDN_CALL_BUSY:
	case ISDN_CALL_SPECIALINFO:
	case ISDN_CALL_ONHOLD:
	case ISDN_CALL_CONFERENCED:
	case ISDN_CALL_ONHOLDPENDCONF:
	case ISDN_CALL_ONHOLDPENDTRANSFER:
	case ISDN_CALL_DISCONNECTED:
	case ISDN_CALL_UNKNOWN:
		break;
	}
	return ISDN_ERR_INVALCALLSTATE;
}

isdn_request isdn_conference_add(struct isdn_client *client, isdn_handle conference,
				 isdn_handle call)
{
	struct ir_handle *hp, *hc;
	struct ir_request *req;
	struct ir_call **at;
	isdn_request id;
	int err = ir_handle_find(client, conference, ISDN_OWNER, &hp);

	if (!err)
		err = ir_handle_find(client, call, ISDN_OWNER, &hc);
	if (!err)
		err = add_check(hp->call, hc->call);
	if (!err)
		err = ir_request_new(hc, IR_ADD, &req);
	if (err)
		return err;
	id = req->id;
	for (at = &hp->call->parties; *at; at = &(*at)->next_party)
		;
	*at = hc->call;
	hc->call->parent = hp->call;
	hp->call->n_parties++;
	ir_request_done(req, 0);
	if (hc->call->state == ISDN_CALL_CONNECTED)
		ir_conference_connected(hc->call);
	return id;
}

void ir_conference_connected(struct ir_call *party)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_call *conference = party->parent;

	ir_call_set_state(party, ISDN_CALL_CONFERENCED, 0, &why);
	if (conference->state == ISDN_CALL_ONHOLDPENDCONF)
		ir_call_set_state(conference, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVE, &why);
}

void ir_conference_unlink(struct ir_call *party)
{
	struct ir_call **at = &party->parent->parties;

	while (*at != party)
		at = &(*at)->next_party;
	*at = party->next_party;
	party->parent->n_parties--;
	party->next_party = NULL;
	party->parent = NULL;
}

void ir_conference_leave(struct ir_call *party)
{
	const struct ir_why why = { .source = ISDN_BY_CASCADE };
	struct ir_call *conference = party->parent;

	ir_conference_unlink(party);
	if (!conference->n_parties)
		ir_call_gone(conference, &why);
}

int isdn_conference_calls(const struct isdn_client *client, isdn_handle call, isdn_handle *handles,
			  size_t cap, size_t *n)
{
	const struct ir_call *conference, *c;
	struct ir_handle *h;
	int err = ir_handle_find(client, call, 0, &h);

	if (err)
		return err;
	if (!n || (!handles && cap))
		return ISDN_ERR_INVALPOINTER;
	*n = 0;
	conference = h->call->parent ? h->call->parent : h->call;
	if (conference->origin != ISDN_ORIGIN_CONFERENCE)
		return ISDN_ERR_NOCONFERENCE;
	for (c = conference; c; c = c == conference ? c->parties : c->next_party) {
		h = ir_handle_of(client, c);
		if (!h)
			continue;
		if (*n < cap)
			handles[*n] = h->id;
		(*n)++;
	}
	return *n > cap ? ISDN_ERR_NOSPC : 0;
}
