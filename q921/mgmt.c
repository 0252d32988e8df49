/* SPDX-License-Identifier: BSD-2-Clause */
/* TEI management, Q.921 5.3: the interpreter of its tables, and its messages (5.3.1). */
#include "base/cursor.h"
#include "q921/internal.h"

#define ENTITY_MANAGEMENT 0x0f

static const struct i2_mgmt_table *table_of(const struct i2 *l2)
{
	return l2->config.network && l2->config.ptmp ? &i2_mgmt_network : &i2_mgmt_user;
}

static const struct i2_mgmt_row *find_row(const struct i2_tei *t, enum i2_mgmt_input input)
{
	const struct i2_mgmt_row *r = table_of(t->l2)->rows;

	while (r->input != input || !(r->states & S(t->state)) || (r->decision && !r->decision(t)))
		r++; /* each state has a last row for each input, which a test of the tables sees to
		      */
	return r;
}

void i2_mgmt_run(struct i2_tei *t, enum i2_mgmt_input input)
{
	const struct i2_mgmt_row *r = find_row(t, input);
	struct i2 *l2 = t->l2;

	l2->mgmt_row = (unsigned)(r - table_of(l2)->rows);
	if (l2->watch)
		l2->watch(l2, NULL, l2->mgmt_row, true);
	if (r->next != M_SAME) {
		ib_timer_stop(&l2->timers, &t->timer);
		t->state = (enum i2_mgmt_state)r->next;
	}
	if (r->task)
		r->task(t);
}

void i2_mgmt_all(struct i2 *l2, enum i2_mgmt_input input)
{
	for (unsigned i = 0; i < l2->n_teis; i++)
		i2_mgmt_run(&l2->teis[i], input);
}

void i2_mgmt_send(struct i2 *l2, unsigned type, uint16_t ri, unsigned ai)
{
	const uint8_t info[5] = { ENTITY_MANAGEMENT, (uint8_t)(ri >> 8), (uint8_t)ri, (uint8_t)type,
				  (uint8_t)(ai << 1 | 1) };

	(void)i2_send_ui(l2, I2_SAPI_MGMT, ISDN_TEI_BROADCAST, info, sizeof(info));
}

/* A terminal is asked once at a time: two answers of one would look like two terminals. */
void i2_mgmt_check_all(struct i2 *l2)
{
	for (unsigned i = 0; i < l2->n_teis; i++)
		if (l2->teis[i].state == M_CHECKING) {
			i2_mgmt_all(l2, MI_CHECK_ORDER);
			return;
		}
	i2_mgmt_send(l2, ID_CHECK_REQUEST, 0, ISDN_TEI_BROADCAST);
	i2_mgmt_all(l2, MI_CHECK_ALL_ORDER);
}

/* The TEI that a request is about: the one it got already, one that is free, or the one it names.
 */
static struct i2_tei *wanted(struct i2 *l2, const struct i2_identity *id)
{
	struct i2_tei *free_one = NULL;

	if (id->ai != ISDN_TEI_BROADCAST)
		return &l2->teis[id->ai];
	for (unsigned i = 64; i < l2->n_teis; i++) {
		struct i2_tei *t = &l2->teis[i];

		if (t->state != M_FREE && i2_mwhen_repeated(t))
			return t;
		if (t->state == M_FREE && (!free_one || t->told < free_one->told))
			free_one = t; /* the one that was given up longest ago */
	}
	return free_one;
}

/* 5.3.2; when all automatic TEIs are taken, it is looked for those that nobody has any more. */
static void request(struct i2 *l2, const struct i2_identity *id)
{
	struct i2_tei *t = wanted(l2, id);

	if (t) {
		i2_mgmt_run(t, MI_REQUEST);
		return;
	}
	i2_mgmt_send(l2, ID_DENIED, id->ri, ISDN_TEI_BROADCAST);
	l2->total.tei_denied++;
	i2_mgmt_check_all(l2);
}

static void from_user(struct i2 *l2, const struct i2_identity *id)
{
	struct i2_tei *t = i2_tei_of(l2, id->ai);

	if (id->type == ID_REQUEST)
		request(l2, id);
	else if (t && id->type == ID_CHECK_RESPONSE)
		i2_mgmt_run(t, MI_CHECK_RESPONSE);
	else if (t && id->type == ID_VERIFY)
		i2_mgmt_run(t, MI_VERIFY);
}

static void from_network(struct i2 *l2, const struct i2_identity *id)
{
	static const enum i2_mgmt_input inputs[] = {
		[ID_ASSIGNED] = MI_ASSIGNED,
		[ID_DENIED] = MI_DENIED,
		[ID_CHECK_REQUEST] = MI_CHECK_REQUEST,
		[ID_REMOVE] = MI_REMOVE,
	};

	if (id->type == ID_ASSIGNED || id->type == ID_DENIED || id->type == ID_CHECK_REQUEST ||
	    id->type == ID_REMOVE)
		i2_mgmt_run(&l2->teis[0], inputs[id->type]);
}

/* A UI frame of SAPI 63 and TEI 127. Responses to a check may list several TEIs (5.3.1.5). */
void i2_mgmt_rx(struct i2 *l2, const uint8_t *info, size_t len)
{
	struct ib_rd r = ib_rd(info, len);
	unsigned entity = ib_rd_u8(&r), high = ib_rd_u8(&r), low = ib_rd_u8(&r);
	struct i2_identity id = { .ri = (uint16_t)(high << 8 | low),
				  .type = (uint8_t)ib_rd_u8(&r) };
	unsigned ai = 0;

	l2->identity = &id;
	while (!(ai & 1)) {
		ai = ib_rd_u8(&r);
		if (r.bad || entity != ENTITY_MANAGEMENT)
			break;
		id.ai = (uint8_t)(ai >> 1);
		if (l2->config.network)
			from_user(l2, &id);
		else
			from_network(l2, &id);
		if (id.type != ID_CHECK_RESPONSE)
			break;
	}
	l2->identity = NULL;
	if (r.bad || entity != ENTITY_MANAGEMENT)
		l2->total.frames_invalid++;
}
