/* SPDX-License-Identifier: BSD-2-Clause */
/* pcap files, by libpcap. */
#define _DEFAULT_SOURCE /* u_char and such, which libpcap wants */
#include <pcap/pcap.h>

#include "dump.h"

static void packet(const struct reading *how, const struct sink *sink, unsigned linktype,
		   const struct pcap_pkthdr *h, const uint8_t *octets, uint64_t number)
{
	struct record r = {
		.source = how->source,
		.number = number,
		.has_time = true,
		.us = (uint64_t)h->ts.tv_sec * 1000000 + (uint64_t)h->ts.tv_usec,
	};
	const char *why = dump_unwrap(linktype, octets, h->caplen, h->len, &r);

	if (why)
		sink->skipped(sink->arg, how->source, number, why);
	else
		sink->record(sink->arg, &r);
	sink->pause(sink->arg);
}

bool dump_pcap(FILE *f, const struct reading *how, const struct sink *sink)
{
	char error[PCAP_ERRBUF_SIZE] = "";
	pcap_t *pcap = pcap_fopen_offline(f, error); /* nanoseconds become microseconds */
	struct pcap_pkthdr *h;
	const u_char *octets;
	uint64_t number = 0;
	unsigned linktype;
	int got;

	if (!pcap) {
		fclose(f);
		return dump_trouble(how, "%s", error);
	}
	linktype = (unsigned)pcap_datalink(pcap);
	while ((got = pcap_next_ex(pcap, &h, &octets)) == 1)
		packet(how, sink, linktype, h, octets, ++number);
	if (got == PCAP_ERROR)
		dump_trouble(how, "behind frame %llu: %s", (unsigned long long)number,
			     pcap_geterr(pcap));
	pcap_close(pcap); /* and the stream */
	return got != PCAP_ERROR;
}
