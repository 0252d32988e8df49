/* SPDX-License-Identifier: BSD-2-Clause */
/* A capture file: libpcap writes it; the pseudo header of LINUX_LAPD is ours to fill. */
#define _DEFAULT_SOURCE /* u_char and such, which libpcap wants */
#include "capture.h"
#include "capture_ng.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pcap/pcap.h>

#define HEADER		    16
#define SNAPLEN		    2048
#define ARPHRD_LAPD	    8445
#define ETH_P_LAPD	    0x0030
#define LINKTYPE_LINUX_LAPD 177

struct capture {
	const char *program, *file;
	pcap_t *pcap;
	pcap_dumper_t *dumper;
	FILE *f; /* of pcapng, NULL: it is pcap */
	struct capture_ng ng;
	unsigned span;
	bool any, mixed; /* pcap: frames of several spans are in it */
	bool prompt;
};

static bool open_pcap(struct capture *c)
{
	c->pcap = pcap_open_dead(DLT_LINUX_LAPD, SNAPLEN);
	c->dumper = c->pcap ? pcap_dump_open(c->pcap, c->file) : NULL;
	if (c->dumper)
		return true;
	fprintf(stderr, "%s: %s\n", c->program, c->pcap ? pcap_geterr(c->pcap) : c->file);
	if (c->pcap)
		pcap_close(c->pcap);
	return false;
}

static bool open_pcapng(struct capture *c)
{
	c->f = fopen(c->file, "wb");
	if (!c->f) {
		fprintf(stderr, "%s: %s: %s\n", c->program, c->file, strerror(errno));
		return false;
	}
	capture_ng_begin(&c->ng, c->f, LINKTYPE_LINUX_LAPD);
	return true;
}

/* What is there is in the file at once. */
static void now(struct capture *c)
{
	if (c->prompt && c->f)
		fflush(c->f);
	else if (c->prompt)
		pcap_dump_flush(c->dumper);
}

struct capture *capture_open(const char *program, const char *file, bool prompt)
{
	static const char end[] = ".pcapng";
	struct capture *c = calloc(1, sizeof(*c));
	size_t n = strlen(file);
	bool ng = n >= sizeof(end) - 1 && !strcmp(file + n - (sizeof(end) - 1), end);

	if (!c)
		return NULL;
	c->program = program;
	c->file = file;
	c->prompt = prompt;
	if (ng ? open_pcapng(c) : open_pcap(c)) {
		now(c);
		return c;
	}
	free(c);
	return NULL;
}

/* Packet type 4 is outgoing, 0 to us; the first address octet is 1 where the network is local. */
void capture_frame(struct capture *c, unsigned span, bool net, bool out, const uint8_t *frame,
		   size_t len, uint64_t us)
{
	uint8_t packet[SNAPLEN] = { 0 };
	struct pcap_pkthdr h;

	if (len > sizeof(packet) - HEADER)
		return;
	packet[1] = out ? 4 : 0;
	packet[2] = ARPHRD_LAPD >> 8;
	packet[3] = ARPHRD_LAPD & 0xff;
	packet[5] = 8; /* length of the address field */
	packet[6] = net == out ? 1 : 0;
	packet[15] = ETH_P_LAPD;
	memcpy(packet + HEADER, frame, len);
	if (c->f) {
		capture_ng_packet(&c->ng, span, packet, HEADER + len, us);
		now(c);
		return;
	}
	c->mixed = c->mixed || (c->any && span != c->span);
	c->any = true;
	c->span = span;
	memset(&h, 0, sizeof(h));
	h.ts.tv_sec = (time_t)(us / 1000000);
	h.ts.tv_usec = (suseconds_t)(us % 1000000);
	h.caplen = h.len = (bpf_u_int32)(HEADER + len);
	pcap_dump((u_char *)c->dumper, &h, packet);
	now(c);
}

static bool close_pcap(struct capture *c)
{
	bool good = pcap_dump_flush(c->dumper) == 0;

	pcap_dump_close(c->dumper);
	pcap_close(c->pcap);
	if (c->mixed)
		fprintf(stderr,
			"%s: %s has the frames of several spans, and does not tell which is which: "
			"a name that ends in .pcapng keeps them apart\n",
			c->program, c->file);
	return good;
}

static bool close_pcapng(struct capture *c)
{
	bool good = !ferror(c->f);

	return fclose(c->f) == 0 && good;
}

bool capture_close(struct capture *c)
{
	bool good = c->f ? close_pcapng(c) : close_pcap(c);

	if (!good)
		fprintf(stderr, "%s: %s could not be written completely\n", c->program, c->file);
	free(c);
	return good;
}
