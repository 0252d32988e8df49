/* SPDX-License-Identifier: BSD-2-Clause */
/* LAPD frames out of the packets of link types. */
#include <string.h>

#include "dump.h"

#define GSMTAP_PORT   4729
#define GSMTAP_ABIS   2	 /* type */
#define GSMTAP_E1T1   19 /* type */
#define GSMTAP_LAPD   1	 /* sub type of E1T1 */
#define GSMTAP_UPLINK 0x4000

struct packet {
	const uint8_t *at;
	size_t len, whole; /* captured, and on the line */
};

/* False: it is shorter than that. */
static bool skip(struct packet *p, size_t n)
{
	if (p->len < n)
		return false;
	p->at += n;
	p->len -= n;
	p->whole -= n < p->whole ? n : p->whole;
	return true;
}

static unsigned two(const uint8_t *at)
{
	return (unsigned)at[0] << 8 | at[1];
}

static const char *lapd(struct packet *p, struct record *r)
{
	r->octets = p->at;
	r->len = p->len;
	r->whole = p->whole > p->len ? p->whole : p->len;
	return NULL;
}

/* The first octet of the address is 1 where the network is local; packet type 4 is outgoing. */
static const char *linux_lapd(struct packet *p, struct record *r)
{
	const uint8_t *h = p->at;

	if (!skip(p, 16))
		return "shorter than the header of LINUX_LAPD";
	if (two(h + 14) != 0x30 && two(h + 14) != 0x04 && two(h + 14) != 0)
		return "a packet of LINUX_LAPD that is not LAPD";
	r->way = two(h) == 4 ? DUMP_SENT : DUMP_RECEIVED;
	r->our = h[6] == 1 ? DUMP_NETWORK : DUMP_USER;
	return lapd(p, r);
}

static const char *gsmtap(struct packet *p, struct record *r)
{
	const uint8_t *h = p->at;

	if (p->len < 16 || h[0] != 2 || h[1] < 4 || !skip(p, h[1] * 4u))
		return "UDP to the port of GSMTAP without a header of its version 2";
	if (h[2] != GSMTAP_ABIS && !(h[2] == GSMTAP_E1T1 && h[12] == GSMTAP_LAPD))
		return "GSMTAP of a type that is not LAPD";
	r->span = h[3]; /* the time slot */
	/* A recorder that does not know leaves the bit away in both ways: dump_link_frame sees */
	r->way = two(h + 4) & GSMTAP_UPLINK ? DUMP_RECEIVED : DUMP_SENT;
	r->our = DUMP_UNKNOWN;
	return lapd(p, r);
}

static const char *udp(struct packet *p, struct record *r)
{
	const uint8_t *h = p->at;
	size_t size;

	if (!skip(p, 8))
		return "UDP that ends in its header";
	if (two(h) != GSMTAP_PORT && two(h + 2) != GSMTAP_PORT)
		return "UDP to a port that is not that of GSMTAP (4729)";
	size = two(h + 4); /* what is behind it is padding of the link */
	if (size >= 8 && size - 8 < p->whole)
		p->whole = size - 8;
	if (p->len > p->whole)
		p->len = p->whole;
	return gsmtap(p, r);
}

static const char *ip(struct packet *p, struct record *r)
{
	const uint8_t *h = p->at;

	if (p->len >= 20 && h[0] >> 4 == 4 && (h[0] & 15) >= 5) {
		if (two(h + 6) & 0x3fff)
			return "a fragment of IP";
		if (h[9] == 17 && skip(p, (h[0] & 15) * 4u))
			return udp(p, r);
	} else if (p->len >= 40 && h[0] >> 4 == 6 && h[6] == 17 && skip(p, 40)) {
		return udp(p, r);
	}
	return "a packet that is not UDP";
}

static const char *ethertype(struct packet *p, unsigned type, struct record *r)
{
	while (type == 0x8100 || type == 0x88a8) { /* VLAN */
		const uint8_t *tag = p->at;

		if (!skip(p, 4))
			break;
		type = two(tag + 2);
	}
	if (type == 0x0800 || type == 0x86dd)
		return ip(p, r);
	return "a packet that is not IP";
}

static const char *ethernet(struct packet *p, struct record *r)
{
	const uint8_t *h = p->at;

	return skip(p, 14) ? ethertype(p, two(h + 12), r) : "shorter than the header of Ethernet";
}

static const char *cooked(struct packet *p, struct record *r)
{
	const uint8_t *h = p->at;

	return skip(p, 16) ? ethertype(p, two(h + 14), r) : "shorter than the header of LINUX_SLL";
}

static const char *cooked2(struct packet *p, struct record *r)
{
	const uint8_t *h = p->at;

	return skip(p, 20) ? ethertype(p, two(h), r) : "shorter than the header of LINUX_SLL2";
}

static const char *loopback(struct packet *p, struct record *r)
{
	return skip(p, 4) ? ip(p, r) : "shorter than the header of loopback";
}

const char *dump_unwrap(unsigned linktype, const uint8_t *packet, size_t len, size_t whole,
			struct record *r)
{
	static const struct {
		unsigned linktype;
		const char *(*unwrap)(struct packet *p, struct record *r);
	} kinds[] = {
		{ 177, linux_lapd }, { 203, lapd },    { 1, ethernet }, { 101, ip },
		{ 12, ip },	     { 14, ip },       { 228, ip },	{ 229, ip },
		{ 113, cooked },     { 276, cooked2 }, { 0, loopback }, { 108, loopback },
	};
	struct packet p = { packet, len, whole };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].linktype == linktype)
			return kinds[i].unwrap(&p, r);
	return "a link type that is none of LINUX_LAPD, LAPD, Ethernet, raw IP, Linux cooked, "
	       "loopback";
}
