/* SPDX-License-Identifier: BSD-2-Clause */
/* drivers/dahdi_abi.h against DAHDI's own header, where that is installed (package dahdi-source).
 */
#include <stddef.h>
#include <stdio.h>

#include "drivers/dahdi_abi.h"

#if defined(__has_include)
#if __has_include(<dahdi/user.h>)
#define HAVE_DAHDI 1
#endif
#endif

#ifdef HAVE_DAHDI
/* Its "1 << 31" and its types are DAHDI's own business. */
#pragma GCC diagnostic ignored "-Wpedantic"
#include <dahdi/user.h>

#define NUMBER(ours, theirs)                                                                       \
	{                                                                                          \
#ours, (unsigned long)(ours), (unsigned long)(theirs)                              \
	}
#define SIZE(ours, theirs) NUMBER(sizeof(struct ours), sizeof(struct theirs))
#define PLACE(ours, theirs, field)                                                                 \
	NUMBER(offsetof(struct ours, field), offsetof(struct theirs, field))

static const struct {
	const char *what;
	unsigned long ours, theirs;
} facts[] = {
	NUMBER(ABI_ELAST, ELAST),
	NUMBER(ABI_SIG_NONE, DAHDI_SIG_NONE),
	NUMBER(ABI_SIG_CLEAR, DAHDI_SIG_CLEAR),
	NUMBER(ABI_SIG_HDLCRAW, DAHDI_SIG_HDLCRAW),
	NUMBER(ABI_SIG_HDLCFCS, DAHDI_SIG_HDLCFCS),
	NUMBER(ABI_SIG_HDLCNET, DAHDI_SIG_HDLCNET),
	NUMBER(ABI_SIG_HARDHDLC, DAHDI_SIG_HARDHDLC),
	NUMBER(ABI_SIG_MTP2, DAHDI_SIG_MTP2),
	NUMBER(ABI_EVENT_NONE, DAHDI_EVENT_NONE),
	NUMBER(ABI_EVENT_ALARM, DAHDI_EVENT_ALARM),
	NUMBER(ABI_EVENT_NOALARM, DAHDI_EVENT_NOALARM),
	NUMBER(ABI_EVENT_ABORT, DAHDI_EVENT_ABORT),
	NUMBER(ABI_EVENT_OVERRUN, DAHDI_EVENT_OVERRUN),
	NUMBER(ABI_EVENT_BADFCS, DAHDI_EVENT_BADFCS),
	NUMBER(ABI_EVENT_REMOVED, DAHDI_EVENT_REMOVED),
	NUMBER(ABI_EVENT_READ_OVERRUN, DAHDI_EVENT_READ_OVERRUN),
	NUMBER(ABI_POLICY_IMMEDIATE, DAHDI_POLICY_IMMEDIATE),
	NUMBER(ABI_GET_PARAMS, DAHDI_GET_PARAMS),
	NUMBER(ABI_GETEVENT, DAHDI_GETEVENT),
	NUMBER(ABI_SPANSTAT, DAHDI_SPANSTAT),
	NUMBER(ABI_SET_BUFINFO, DAHDI_SET_BUFINFO),
	NUMBER(ABI_SPECIFY, DAHDI_SPECIFY),
	NUMBER(ABI_BUFFER_EVENTS, DAHDI_BUFFER_EVENTS),
	SIZE(abi_params, dahdi_params),
	PLACE(abi_params, dahdi_params, channo),
	PLACE(abi_params, dahdi_params, spanno),
	PLACE(abi_params, dahdi_params, chanpos),
	PLACE(abi_params, dahdi_params, sigtype),
	PLACE(abi_params, dahdi_params, curlaw),
	PLACE(abi_params, dahdi_params, name),
	PLACE(abi_params, dahdi_params, chan_alarms),
	SIZE(abi_spaninfo, dahdi_spaninfo),
	PLACE(abi_spaninfo, dahdi_spaninfo, spanno),
	PLACE(abi_spaninfo, dahdi_spaninfo, name),
	PLACE(abi_spaninfo, dahdi_spaninfo, desc),
	PLACE(abi_spaninfo, dahdi_spaninfo, alarms),
	PLACE(abi_spaninfo, dahdi_spaninfo, lboname),
	PLACE(abi_spaninfo, dahdi_spaninfo, irq),
	PLACE(abi_spaninfo, dahdi_spaninfo, spantype),
	SIZE(abi_bufferinfo, dahdi_bufferinfo),
	PLACE(abi_bufferinfo, dahdi_bufferinfo, txbufpolicy),
	PLACE(abi_bufferinfo, dahdi_bufferinfo, rxbufpolicy),
	PLACE(abi_bufferinfo, dahdi_bufferinfo, numbufs),
	PLACE(abi_bufferinfo, dahdi_bufferinfo, bufsize),
	PLACE(abi_bufferinfo, dahdi_bufferinfo, writebufs),
};

int main(void)
{
	int wrong = 0;

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (facts[i].ours != facts[i].theirs) {
			fprintf(stderr, "%s: 0x%lx here, 0x%lx in dahdi/user.h\n", facts[i].what,
				facts[i].ours, facts[i].theirs);
			wrong++;
		}
	printf("%zu facts compared, %d wrong\n", sizeof(facts) / sizeof(facts[0]), wrong);
	return wrong != 0;
}
#else
int main(void)
{
	puts("skipped: <dahdi/user.h> is not installed (package dahdi-source)");
	return 77;
}
#endif
