/* SPDX-License-Identifier: BSD-2-Clause */
/* The octets that the drop of one call would send. */
#include "lib/registry.h"

int isdn_call_preview(const struct isdn_client *client, isdn_handle call,
		      const struct isdn_drop *how, uint8_t *octets, size_t cap, size_t *len)
{
	static const struct isdn_drop plain;
	const struct isdn_provider *p;
	const struct isdn_uui *uui;
	const struct ir_call *leg;
	struct isdn_uui store;
	struct isdn_caps caps;
	struct ir_handle *h;
	int err = ir_handle_find(client, call, 0, &h);

	if (err)
		return err;
	if (!octets || !len)
		return ISDN_ERR_INVALPOINTER;
	*len = 0;
	how = how ? how : &plain;
	leg = ir_leg_const(h->call);
	p = leg->provider;
	/* Of a party alone: a clear would ask whether the UUI fits the other parties too. */
	err = ir_drop_check(h, ir_is_party(h->call) ? ISDN_DROP : ISDN_CLEAR, how);
	if (err || !p || !p->ops->preview)
		return err ? err : ISDN_ERR_OPERATIONUNAVAIL;
	if (leg->dropping)
		return 0;
	p->ops->caps(p, &caps);
	err = ir_uui_take(leg->registry, how->uui, how->uui_size, caps.uui_drop, &store, &uui);
	if (err)
		return err;
	return p->ops->preview(p, leg->leg, ir_drop_cause(leg, how), uui, octets, cap, len);
}
