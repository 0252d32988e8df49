/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loop:NAME - a D-channel in memory. The two ports that are opened with one
 * name are its two ends. What an end sends can be lost, doubled, corrupted,
 * delayed and overtaken, so that layer 2 can be tried on a bad line in virtual
 * time.
 */
#include <string.h>

#include "base/env.h"
#include "drivers/table.h"

#define NAME_MAX_LEN 32
#define QUEUE_MAX    256 /* frames on their way to one end */
#define DELAY_MAX    60000

struct frame {
	struct frame *next;
	isdn_time due;
	uint16_t len;
	bool bad; /* the receiver will see a wrong FCS */
	uint8_t octets[ID_FRAME_MAX];
};

struct loop;

struct id_port {
	struct loop *loop;
	bool open;
	bool cut;		    /* the other end went away since alarm was told */
	bool alarm;		    /* what the user of this port was told last */
	uint32_t bad_fcs, overruns; /* events not told yet */
	/* On their way to this end. */
	struct frame *head, **tail;
	isdn_time last_due; /* of the frame at the tail */
	unsigned n;
	/* What happens to frames that this end sends; shares in 1/1000. */
	unsigned loss, dup, corrupt, delay;
	unsigned reorder, jitter; /* a share is held back by up to jitter ms */
	unsigned bad;		  /* to how many of its frames this happens, 0: to all */
	unsigned sent;		  /* frames, while bad counts them */
	uint32_t random;
};

struct loop {
	struct loop *next;
	struct id_shared *shared;
	struct isdn_env env;
	struct frame *free;
	struct id_port end[2];
	char name[NAME_MAX_LEN + 1];
};

static struct id_port *other(struct id_port *p)
{
	return &p->loop->end[p == &p->loop->end[0]];
}

static struct frame *take(struct loop *l)
{
	struct frame *f = l->free;

	if (f)
		l->free = f->next;
	else
		f = ib_alloc(&l->env, sizeof(*f));
	return f;
}

static void give(struct loop *l, struct frame *f)
{
	f->next = l->free;
	l->free = f;
}

static struct frame *pop(struct id_port *p)
{
	struct frame *f = p->head;

	p->head = f->next;
	if (!p->head)
		p->tail = &p->head;
	p->n--;
	return f;
}

static void flush(struct id_port *p)
{
	while (p->head)
		give(p->loop, pop(p));
}

/* Open: an end with a clean queue, in the place that is free. */
static struct id_port *attach(struct loop *l)
{
	struct id_port *p = l->end[0].open ? &l->end[1] : &l->end[0];

	memset(p, 0, sizeof(*p));
	p->loop = l;
	p->open = true;
	p->tail = &p->head;
	return p;
}

static void loop_free(struct loop *l)
{
	struct isdn_env env = l->env;
	void **at = &l->shared->loops;
	struct frame *f;

	if (*at == l) {
		*at = l->next;
	} else {
		struct loop *before = *at;

		while (before->next != l)
			before = before->next;
		before->next = l->next;
	}
	while ((f = l->free) != NULL) {
		l->free = f->next;
		ib_free(&env, f);
	}
	ib_free(&env, l);
}

static struct loop *find(const struct id_shared *shared, const char *name)
{
	struct loop *l = shared->loops;

	while (l && strcmp(l->name, name))
		l = l->next;
	return l;
}

static int options(struct id_port *p, const struct id_args *args, struct isdn_error *error)
{
	unsigned seed = 1;
	int err = id_option_number(args, "loss", 0, 1000, &p->loss, error);

	if (!err)
		err = id_option_number(args, "dup", 0, 1000, &p->dup, error);
	if (!err)
		err = id_option_number(args, "corrupt", 0, 1000, &p->corrupt, error);
	if (!err)
		err = id_option_number(args, "delay", 0, DELAY_MAX, &p->delay, error);
	if (!err)
		err = id_option_number(args, "reorder", 0, 1000, &p->reorder, error);
	if (!err)
		err = id_option_number(args, "jitter", 1, DELAY_MAX, &p->jitter, error);
	if (!err)
		err = id_option_number(args, "bad", 0, UINT32_MAX, &p->bad, error);
	if (!err)
		err = id_option_number(args, "seed", 0, UINT32_MAX, &seed, error);
	p->random = seed;
	return err;
}

static int loop_open(struct id_port **port, const struct id_args *args, struct id_shared *shared,
		     const struct isdn_env *env, struct isdn_error *error)
{
	struct id_port parsed = { .open = false, .jitter = 50 };
	struct loop *l;
	int err = options(&parsed, args, error);

	if (err)
		return err;
	if (!*args->address || strlen(args->address) > NAME_MAX_LEN)
		return ib_error(error, ISDN_ERR_SPEC,
				"loop:%.40s: a name of 1 to %d characters is needed", args->address,
				NAME_MAX_LEN);
	l = find(shared, args->address);
	if (l && l->end[0].open && l->end[1].open)
		return ib_error(error, ISDN_ERR_BUSY,
				"loop:%s: both ends are open already; a loop has two, give this "
				"pair another name",
				args->address);
	if (!l) {
		l = ib_alloc(env, sizeof(*l));
		if (!l)
			return ib_error(error, ISDN_ERR_NOMEM, "loop:%s: no memory", args->address);
		strcpy(l->name, args->address);
		l->shared = shared;
		l->env = *env;
		l->next = shared->loops;
		shared->loops = l;
	}
	*port = attach(l);
	(*port)->loss = parsed.loss;
	(*port)->dup = parsed.dup;
	(*port)->corrupt = parsed.corrupt;
	(*port)->delay = parsed.delay;
	(*port)->reorder = parsed.reorder;
	(*port)->jitter = parsed.jitter;
	(*port)->bad = parsed.bad;
	(*port)->random = parsed.random;
	return 0;
}

/* What was on its way, in either direction, is lost with the line. */
static void loop_close(struct id_port *p)
{
	struct id_port *peer = other(p);

	flush(p);
	p->open = false;
	if (peer->open) {
		flush(peer);
		peer->cut = true;
	} else {
		loop_free(p->loop);
	}
}

static int loop_fd(struct id_port *p, short *events)
{
	(void)p;
	*events = 0;
	return -1;
}

static bool event_waits(struct id_port *p)
{
	bool present = other(p)->open;

	return p->bad_fcs || p->overruns || (p->alarm ? present : p->cut || !present);
}

static isdn_time loop_deadline(struct id_port *p)
{
	if (event_waits(p))
		return 0;
	return p->head ? p->head->due : ISDN_NEVER;
}

static int loop_recv(struct id_port *p, uint8_t *octets, size_t cap, isdn_time now)
{
	while (p->head && p->head->due <= now) {
		struct frame *f = pop(p);
		size_t len = f->len;
		bool bad = f->bad;

		if (!bad && len <= cap)
			memcpy(octets, f->octets, len);
		give(p->loop, f);
		if (bad)
			p->bad_fcs++;
		else if (len > cap)
			p->overruns++;
		else
			return (int)len;
	}
	return 0;
}

/* A sequence that is the same for the same seed (a linear congruence of full period). */
static unsigned dice(struct id_port *p, unsigned sides)
{
	p->random = p->random * 1664525u + 1013904223u;
	return (p->random >> 8) % sides;
}

static bool happens(struct id_port *p, unsigned share)
{
	return share && (!p->bad || p->sent <= p->bad) && dice(p, 1000) < share;
}

/* Behind what is due before it or with it. */
static void insert(struct id_port *to, struct frame *f)
{
	struct frame **at = to->head && f->due < to->last_due ? &to->head : to->tail;

	while (*at && (*at)->due <= f->due)
		at = &(*at)->next;
	f->next = *at;
	*at = f;
	if (!f->next) {
		to->tail = &f->next;
		to->last_due = f->due;
	}
	to->n++;
}

static void deliver(struct id_port *to, const uint8_t *octets, size_t len, bool bad, isdn_time due)
{
	struct frame *f = to->n < QUEUE_MAX ? take(to->loop) : NULL;

	if (!f) {
		to->overruns++;
		return;
	}
	f->due = due;
	f->len = (uint16_t)len;
	f->bad = bad;
	memcpy(f->octets, octets, len);
	insert(to, f);
}

static int loop_send(struct id_port *p, const uint8_t *octets, size_t len, isdn_time now)
{
	struct id_port *peer = other(p);
	unsigned copies;

	if (len == 0 || len > ID_FRAME_MAX)
		return ISDN_ERR_INVAL;
	if (!peer->open)
		return 0;
	if (p->sent <= p->bad)
		p->sent++;
	if (happens(p, p->loss))
		return 0;
	copies = happens(p, p->dup) ? 2 : 1;
	while (copies--) {
		isdn_time due = now + p->delay;

		if (happens(p, p->reorder))
			due += 1 + dice(p, p->jitter);
		deliver(peer, octets, len, happens(p, p->corrupt), due);
	}
	return 0;
}

static int loop_event(struct id_port *p, struct id_event *ev)
{
	bool present = other(p)->open;

	ev->alarms = 0;
	if (!p->alarm && (p->cut || !present)) {
		p->alarm = true;
		p->cut = false;
		ev->type = ID_ALARM;
	} else if (p->alarm && present) {
		p->alarm = false;
		p->cut = false;
		ev->type = ID_ALARM_CLEAR;
	} else if (p->bad_fcs) {
		p->bad_fcs--;
		ev->type = ID_BAD_FCS;
	} else if (p->overruns) {
		p->overruns--;
		ev->type = ID_OVERRUN;
	} else {
		return 0;
	}
	return 1;
}

const struct id_driver id_loop = {
	.name = "loop",
	.address = "name that the two ends share",
	.options = "loss=, dup=, corrupt=, delay=, reorder=, jitter=, bad=, seed=",
	.open = loop_open,
	.close = loop_close,
	.fd = loop_fd,
	.deadline = loop_deadline,
	.recv = loop_recv,
	.send = loop_send,
	.event = loop_event,
};
