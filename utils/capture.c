/* SPDX-License-Identifier: BSD-2-Clause */
/* A capture file: libpcap writes it; the pseudo header of LINUX_LAPD is ours to fill. */
#define _DEFAULT_SOURCE /* u_char and such, which libpcap wants */
#include "capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pcap/pcap.h>

#define HEADER	    16
#define SNAPLEN	    2048
#define ARPHRD_LAPD 8445
#define ETH_P_LAPD  0x0030

struct capture {
	const char *program, *file;
	pcap_t *pcap;
	pcap_dumper_t *dumper;
};

struct capture *capture_open(const char *program, const char *file)
{
	struct capture *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->program = program;
	c->file = file;
	c->pcap = pcap_open_dead(DLT_LINUX_LAPD, SNAPLEN);
	c->dumper = c->pcap ? pcap_dump_open(c->pcap, file) : NULL;
	if (!c->dumper) {
		fprintf(stderr, "%s: %s\n", program, c->pcap ? pcap_geterr(c->pcap) : file);
		if (c->pcap)
			pcap_close(c->pcap);
		free(c);
		return NULL;
	}
	return c;
}

/* Packet type 4 is outgoing, 0 to us; the first address octet is 1 where the network is local. */
void capture_frame(struct capture *c, bool net, bool out, const uint8_t *frame, size_t len,
		   uint64_t us)
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
	memset(&h, 0, sizeof(h));
	h.ts.tv_sec = (time_t)(us / 1000000);
	h.ts.tv_usec = (suseconds_t)(us % 1000000);
	h.caplen = h.len = (bpf_u_int32)(HEADER + len);
	pcap_dump((u_char *)c->dumper, &h, packet);
}

bool capture_close(struct capture *c)
{
	bool good = pcap_dump_flush(c->dumper) == 0;

	if (!good)
		fprintf(stderr, "%s: %s could not be written completely\n", c->program, c->file);
	pcap_dump_close(c->dumper);
	pcap_close(c->pcap);
	free(c);
	return good;
}
