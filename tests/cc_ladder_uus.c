/* SPDX-License-Identifier: BSD-2-Clause */
/* User-to-user services in ladders: components of messages, and what events say of services. */
#include "tests/cc_ladder_keys.h"

/*
 * Components of a message, each behind its invoke identifier: 1?3p an invoke for service 3,
 * preferred (r: required), 1?? one that can not be read, 1+ a result, 1-2 error 2, 1!0 a reject.
 */
static void text_of(const struct isdn_msg *m, char *text, size_t cap)
{
	struct isdn_uus_component u;
	size_t n = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < m->n_components && n < cap; i++) {
		int is = isdn_uus_read(m, i, &u);
		const char *comma = n ? "," : "";

		if (!is)
			continue;
		if (is < 0)
			n += (size_t)snprintf(text + n, cap - n, "%s%d??", comma, u.invoke_id);
		else if (u.type == ISDN_INVOKE)
			n += (size_t)snprintf(text + n, cap - n, "%s%d?%d%c", comma, u.invoke_id,
					      (int)u.service, u.preferred ? 'p' : 'r');
		else if (u.type == ISDN_RETURN_RESULT)
			n += (size_t)snprintf(text + n, cap - n, "%s%d+", comma, u.invoke_id);
		else
			n += (size_t)snprintf(text + n, cap - n, "%s%d%c%d", comma, u.invoke_id,
					      u.type == ISDN_REJECT ? '!' : '-',
					      u.type == ISDN_REJECT ? u.problem : u.error);
	}
}

bool ladder_same_uus(const struct ladder_line *l, const struct isdn_msg *m)
{
	const char *want = ladder_key(l, "uus");
	char is[100];

	text_of(m, is, sizeof(is));
	if (strcmp(is, want ? want : ""))
		LADDER_FAIL(l, "of services it has \"%s\"", is);
	return is[0] != '\0';
}

void ladder_uus(const struct ladder_line *l, struct isdn_msg *m)
{
	const char *text = ladder_key(l, "uus");

	for (; text && *text; text += strcspn(text, ","), text += *text == ',') {
		struct isdn_uus_component u = { .type = ISDN_INVOKE };
		char *at;

		u.invoke_id = (int16_t)strtol(text, &at, 10);
		switch (*at) {
		case '?':
			u.service = (enum isdn_uus_service)(at[1] - '0');
			u.preferred = at[2] == 'p';
			break;
		case '+':
			u.type = ISDN_RETURN_RESULT;
			break;
		case '-':
			u.type = ISDN_RETURN_ERROR;
			u.error = (int)strtol(at + 1, NULL, 10);
			break;
		case '!':
			u.type = ISDN_REJECT;
			u.problem_tag = 1;
			u.problem = (uint8_t)strtoul(at + 1, NULL, 10);
			break;
		default:
			LADDER_FAIL(l, "uus=%s", text);
		}
		if (isdn_uus_add(m, &u))
			LADDER_FAIL(l, "uus=%s", text);
	}
}

/* services=1a3x: services that changed, and what they are now; q requested, a active, x rejected.
 */
void ladder_same_services(const struct ladder_line *l, const struct i3_cc *cc,
			  const struct isdn_span_event *ev)
{
	const char *want = ladder_key(l, "services");
	char is[2 * ISDN_UUS_COUNT + 1] = "", *at = is;
	struct isdn_uus u;

	for (int s = ISDN_UUS_1; s < ISDN_UUS_COUNT; s++) {
		int answer = ev->uus_answer[s];
		enum isdn_uus_state state = answer == ISDN_UUS_LATER	? ISDN_UUS_REQUESTED
					    : answer == ISDN_UUS_ACCEPT ? ISDN_UUS_ACTIVE
									: ISDN_UUS_REJECTED;

		if (!(ev->uus & ISDN_UUS_BIT(s)))
			continue;
		*at++ = (char)('0' + s);
		*at++ = "iqax"[state];
		*at = '\0';
		if (!i3_cc_uus_query(cc, ev->call, (enum isdn_uus_service)s, &u) &&
		    state != ISDN_UUS_REQUESTED && u.state != state)
			LADDER_FAIL(l, "service %d is in state %d", s, (int)u.state);
	}
	if (strcmp(is, want ? want : ""))
		LADDER_FAIL(l, "services that changed: \"%s\"", is);
}

static const struct {
	const char *name;
	int answer;
} answers[] = {
	{ "accept", ISDN_UUS_ACCEPT },
	{ "later", ISDN_UUS_LATER },
};

/* answer=accept, later, or the number of an error. */
int ladder_uus_answer(const struct ladder_line *l)
{
	const char *text = ladder_key(l, "answer");

	if (!text)
		LADDER_FAIL(l, "answer= is missing");
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (!strcmp(answers[i].name, text))
			return answers[i].answer;
	return (int)ladder_number(l, "answer", 0);
}

void ladder_uus_config(const struct ladder_line *l, struct isdn_uus_config *config)
{
	config->services = (uint8_t)ladder_number(l, "services", config->services);
	config->negotiated = ladder_number(l, "negotiated", config->negotiated);
	config->strict = ladder_number(l, "strict", config->strict);
	config->keep_refused = ladder_number(l, "keep_refused", config->keep_refused);
	config->burst_x = (uint8_t)ladder_number(l, "x", config->burst_x);
	config->burst_y = (uint8_t)ladder_number(l, "y", config->burst_y);
	config->service2_max = (uint8_t)ladder_number(l, "service2_max", config->service2_max);
	config->grace = (uint8_t)ladder_number(l, "grace", config->grace);
	config->refusal = (uint8_t)ladder_number(l, "refusal", config->refusal);
}
