/* SPDX-License-Identifier: BSD-2-Clause */
/* Two calls that are the two ends of one. */
#include <string.h>

#include "lib/registry.h"

void ir_link_undo(struct ir_call *call)
{
	struct ir_call *other = call->linked;

	if (!other)
		return;
	call->linked = other->linked = NULL;
}

static void tell(struct ir_call *call)
{
	ir_event_info(call, ISDN_INFO_LINK, NULL);
}

void ir_link_cascade(struct ir_call *from, const struct ir_drop *d)
{
	struct ir_call *other = from->linked;
	struct isdn_drop how = *d->how;
	struct ir_drop rest = *d;
	int err;

	if (!other || other->dropping || other->state == ISDN_CALL_IDLE)
		return;
	how.cause = from->cause; /* the same, whatever would be its own */
	rest.how = &how;
	rest.cascade_of = from->serial;
	err = ir_clear_leg(other, &rest);
	if (!err)
		return;
	ir_link_undo(from); /* it goes on alone */
	tell(from);
	tell(other);
	if (!d->request)
		return;
	d->request->failed++;
	d->request->partial = true; /* the call that was dropped did go */
	ir_event_not_cleared(d->request->client, other, d->id, err);
}

void ir_link_ended(struct ir_call *call)
{
	const struct isdn_uui *uui = ir_uui_kept(call, ISDN_UUI_CLEARING);
	uint8_t octets[1 + sizeof(uui->data)];
	struct isdn_drop how = { .cause = call->cause };
	const struct ir_drop d = { .how = &how, .id = call->drop_id };

	if (uui) {
		octets[0] = uui->discriminator;
		memcpy(octets + 1, uui->data, uui->len);
		how.uui = octets;
		how.uui_size = (size_t)uui->len + 1;
	}
	ir_link_cascade(call, &d);
}

int ir_link_check(const struct ir_call *c)
{
	if (ir_is_parent(c) || c->hub || c->trunk || c->linked)
		return ISDN_ERR_INVALCALLHANDLE;
	return c->provider && !c->dropping && c->state != ISDN_CALL_DISCONNECTED
		       ? 0
		       : ISDN_ERR_INVALCALLSTATE;
}

int isdn_call_link(struct isdn_client *client, isdn_handle a, isdn_handle b)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_handle *ha, *hb;
	int err = ir_handle_find(client, a, ISDN_OWNER, &ha);

	if (!err)
		err = ir_handle_find(client, b, ISDN_OWNER, &hb);
	if (err)
		return err;
	if (ha->call == hb->call)
		return ISDN_ERR_INVALCALLHANDLE;
	err = ir_link_check(ha->call);
	if (!err)
		err = ir_link_check(hb->call);
	if (err)
		return err;
	ir_consult_taken(ha->call, &why);
	ir_consult_taken(hb->call, &why);
	ha->call->linked = hb->call;
	hb->call->linked = ha->call;
	tell(ha->call);
	tell(hb->call);
	return 0;
}

int isdn_call_unlink(struct isdn_client *client, isdn_handle call)
{
	struct ir_handle *h;
	struct ir_call *other;
	int err = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (err)
		return err;
	other = h->call->linked;
	if (!other || h->call->dropping || other->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	ir_link_undo(h->call);
	tell(h->call);
	tell(other);
	return 0;
}
