/* SPDX-License-Identifier: BSD-2-Clause */
/* Components of userUserService, EN 300 286-1 clause 6: { service [1], preferred [2] }. */
#include <isdn/uus.h>

#include "q931/ber.h"
#include "q931/uus.h"

#define OPERATION     1
#define TAG_SERVICE   0x81
#define TAG_PREFERRED 0x82

static const struct {
	int answer;
	uint8_t cause; /* that clears the call when the service was required */
	const char *name;
} answers[] = {
	{ ISDN_UUS_LATER, ISDN_CAUSE_NONE, "not answered yet" },
	{ ISDN_UUS_NO_ANSWER, ISDN_CAUSE_FACILITY_NOT_IMPLEMENTED, "no answer" },
	{ ISDN_UUS_NOT_UNDERSTOOD, ISDN_CAUSE_FACILITY_NOT_IMPLEMENTED, "not understood" },
	{ ISDN_UUS_ACCEPT, ISDN_CAUSE_NONE, "accepted" },
	{ ISDN_UUS_NOT_SUBSCRIBED, ISDN_CAUSE_FACILITY_NOT_SUBSCRIBED, "not subscribed" },
	{ ISDN_UUS_REJECTED_BY_NETWORK, ISDN_CAUSE_FACILITY_NOT_IMPLEMENTED,
	  "rejected by the network" },
	{ ISDN_UUS_REJECTED_BY_USER, ISDN_CAUSE_FACILITY_REJECTED, "rejected by the user" },
	{ ISDN_UUS_NOT_AVAILABLE, ISDN_CAUSE_SERVICE_NOT_AVAILABLE, "not available" },
	{ ISDN_UUS_NOT_IMPLEMENTED, ISDN_CAUSE_FACILITY_NOT_IMPLEMENTED, "not implemented" },
	{ ISDN_UUS_INVALID_CALL_STATE, ISDN_CAUSE_FACILITY_REJECTED, "invalid call state" },
	{ ISDN_UUS_INTERACTION, ISDN_CAUSE_FACILITY_REJECTED, "interaction not allowed" },
	{ ISDN_UUS_RESOURCE_UNAVAILABLE, ISDN_CAUSE_RESOURCE_UNAVAILABLE, "resource unavailable" },
};
#define ANSWERS (sizeof(answers) / sizeof(answers[0]))

const char *isdn_uus_answer_name(int answer)
{
	for (size_t i = 0; i < ANSWERS; i++)
		if (answers[i].answer == answer)
			return answers[i].name;
	return "unknown answer";
}

uint8_t i3_uus_cause(int answer)
{
	for (size_t i = 0; i < ANSWERS; i++)
		if (answers[i].answer == answer)
			return answers[i].cause;
	return ISDN_CAUSE_FACILITY_REJECTED;
}

bool i3_uus_can_say(int answer)
{
	for (size_t i = 0; i < ANSWERS; i++)
		if (answers[i].answer == answer)
			return answer >= ISDN_UUS_ACCEPT;
	return false;
}

static int argument(struct isdn_msg *msg, const struct isdn_uus_component *u,
		    struct isdn_octets *kept)
{
	const uint8_t octets[] = {
		I3_BER_SEQUENCE,	6, TAG_SERVICE, 1, (uint8_t)u->service, TAG_PREFERRED, 1,
		u->preferred ? 0xff : 0
	};

	return isdn_msg_keep(msg, octets, sizeof(octets), kept);
}

int isdn_uus_add(struct isdn_msg *msg, const struct isdn_uus_component *u)
{
	struct isdn_component c = { 0 };
	struct isdn_facility *f;
	int err = 0;

	if (!msg || !u)
		return ISDN_ERR_INVALPOINTER;
	if (u->type < ISDN_INVOKE || u->type > ISDN_REJECT ||
	    (u->type == ISDN_INVOKE && (u->service < ISDN_UUS_1 || u->service > ISDN_UUS_3)) ||
	    (u->type == ISDN_RETURN_ERROR && (u->error < 0 || u->error > 127)))
		return ISDN_ERR_INVAL;
	if (msg->n_components == ISDN_COMPONENTS_MAX ||
	    isdn_msg_count(msg, ISDN_IE_FACILITY) == ISDN_FACILITIES_MAX)
		return ISDN_ERR_NOSPC;
	c.type = u->type;
	c.has_invoke_id = true;
	c.invoke_id = u->invoke_id;
	c.problem_tag = u->problem_tag;
	c.problem = u->problem;
	if (u->type == ISDN_INVOKE || u->type == ISDN_RETURN_ERROR) {
		c.form = ISDN_OPERATION_LOCAL;
		c.local = u->type == ISDN_INVOKE ? OPERATION : u->error;
	}
	if (u->type == ISDN_INVOKE)
		err = argument(msg, u, &c.argument);
	if (err)
		return err;
	f = &msg->facility[isdn_msg_add(msg, ISDN_IE_FACILITY)];
	*f = (struct isdn_facility){ .profile = ISDN_PROFILE_ROSE,
				     .first = msg->n_components,
				     .n_components = 1 };
	msg->component[msg->n_components++] = c;
	return 0;
}

int isdn_uus_request(struct isdn_msg *msg, enum isdn_uus_service service, bool required)
{
	const struct isdn_uus_component u = { .type = ISDN_INVOKE,
					      .invoke_id = (int16_t)service,
					      .service = service,
					      .preferred = !required };

	return isdn_uus_add(msg, &u);
}

/* The element that holds component n. */
static const struct isdn_facility *facility_of(const struct isdn_msg *m, unsigned n)
{
	for (unsigned i = 0; i < isdn_msg_count(m, ISDN_IE_FACILITY); i++) {
		const struct isdn_facility *f = &m->facility[i];

		if (n >= f->first && n < (unsigned)f->first + f->n_components)
			return f;
	}
	return NULL;
}

static bool read_argument(const struct isdn_msg *m, const struct isdn_component *c,
			  struct isdn_uus_component *u)
{
	struct ib_rd r = ib_rd(m->octets + c->argument.at, c->argument.len);
	struct i3_ber sequence, b;
	bool has_preferred = false;
	int32_t service = 0;

	if (!i3_ber_next(&r, &sequence) || sequence.tag != I3_BER_SEQUENCE)
		return false;
	while (ib_rd_left(&sequence.value)) {
		if (!i3_ber_next(&sequence.value, &b))
			return false;
		if (b.tag == TAG_SERVICE && !i3_ber_integer(&b, &service))
			return false;
		if (b.tag == TAG_PREFERRED) {
			has_preferred = ib_rd_left(&b.value) == 1;
			u->preferred = ib_rd_u8(&b.value) != 0;
		}
	}
	if (!has_preferred || service < ISDN_UUS_1 || service > ISDN_UUS_3)
		return false;
	u->service = (enum isdn_uus_service)service;
	return true;
}

int isdn_uus_read(const struct isdn_msg *msg, unsigned n, struct isdn_uus_component *u)
{
	const struct isdn_facility *f;
	const struct isdn_component *c;
	bool ours;

	if (!msg || !u)
		return ISDN_ERR_INVALPOINTER;
	if (n >= msg->n_components)
		return ISDN_ERR_INVAL;
	memset(u, 0, sizeof(*u));
	c = &msg->component[n];
	f = facility_of(msg, n);
	ours = c->form == ISDN_OPERATION_LOCAL && c->local == OPERATION;
	if (!f || f->profile != ISDN_PROFILE_ROSE || !c->has_invoke_id)
		return 0;
	u->type = c->type;
	u->invoke_id = c->invoke_id;
	switch (c->type) {
	case ISDN_INVOKE:
		if (!ours)
			return 0;
		return read_argument(msg, c, u) ? 1 : ISDN_ERR_IE_CONTENT;
	case ISDN_RETURN_RESULT:
		return ours || c->form == ISDN_OPERATION_NONE;
	case ISDN_RETURN_ERROR:
		u->error = c->form == ISDN_OPERATION_LOCAL && c->local >= 0 && c->local <= 127
				   ? (int)c->local
				   : ISDN_UUS_NOT_UNDERSTOOD;
		return 1;
	default:
		u->problem_tag = c->problem_tag;
		u->problem = c->problem;
		return 1;
	}
}
