/* SPDX-License-Identifier: BSD-2-Clause */
/* Notification indicator, Q.931 4.5.22, Q.932 and Q.95x. */
#include "q931/codec.h"

static const struct i3_name descriptions[] = { { 0, "user suspended" },
					       { 1, "user resumed" },
					       { 2, "bearer service change" },
					       { 3, "discriminator for extension" },
					       { 4, "call completion delay" },
					       { 0x40, "discriminator for ISO extension" },
					       { 0x42, "conference established" },
					       { 0x43, "conference disconnected" },
					       { 0x44, "other party added" },
					       { 0x45, "isolated" },
					       { 0x46, "reattached" },
					       { 0x47, "other party isolated" },
					       { 0x48, "other party reattached" },
					       { 0x49, "other party split" },
					       { 0x4a, "other party disconnected" },
					       { 0x4b, "conference floating" },
					       { 0x4c, "conference disconnected, preemption" },
					       { 0x4f,
						 "conference floating, served user preempted" },
					       { 0x60, "call is a waiting call" },
					       { 0x68, "diversion activated" },
					       { 0x69, "call transfer, alerting" },
					       { 0x6a, "call transfer, active" },
					       { 0x6e, "reverse charging, whole call" },
					       { 0x6f, "reverse charging, rest of the call" },
					       { 0x74, "service profile update" },
					       { 0x79, "remote hold" },
					       { 0x7a, "remote retrieval" },
					       { 0x7b, "call is diverting" },
					       { 0, NULL } };

bool i3_notification_decode(struct i3_reader *in, void *value)
{
	struct isdn_notification *n = value;
	unsigned o = i3_octet(in, "3");

	n->description = o & 0x7f;
	in->odd |= !(o & 0x80);
	in->octet = "4";
	return i3_rest_kept(in, &n->data);
}

bool i3_notification_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_notification *n = value;

	if (n->description > 0x7f)
		return false;
	ib_wr_u8(&out->w, 0x80u | n->description);
	return i3_octets_write(out, n->data);
}

const struct i3_field i3_notification_fields[] = {
	I3_F(isdn_notification, description, I3_U8, 7, descriptions),
	I3_F(isdn_notification, data, I3_OCTETS, 0, NULL), I3_F_END
};
