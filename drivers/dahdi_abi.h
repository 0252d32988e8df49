/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel's DAHDI modules expect from a program that has a D-channel:
 * numbers and layouts only, so that the driver builds where DAHDI's own header
 * is not installed. tests/test_driver_dahdi_abi.c compares them with that header.
 */
#ifndef ID_DAHDI_ABI_H
#define ID_DAHDI_ABI_H

#include <linux/ioctl.h>
#include <stdint.h>

#define ABI_ELAST 500 /* errno of read and write while an event waits */

/* Signalling of a channel. The HDLC values contain the bits of "clear": compare, do not mask. */
enum {
	ABI_SIG_NONE = 0,
	ABI_SIG_CLEAR = 0x80,	    /* bchan= */
	ABI_SIG_HDLCRAW = 0x180,    /* rawhdlc= */
	ABI_SIG_HDLCFCS = 0x380,    /* dchan=, fcshdlc= */
	ABI_SIG_HDLCNET = 0x780,    /* nethdlc= */
	ABI_SIG_HARDHDLC = 0x80080, /* hardhdlc= */
	ABI_SIG_MTP2 = 0x100380	    /* mtp2= */
};

enum {
	ABI_EVENT_NONE = 0,
	ABI_EVENT_ALARM = 4,
	ABI_EVENT_NOALARM = 5,
	ABI_EVENT_ABORT = 6,
	ABI_EVENT_OVERRUN = 7,
	ABI_EVENT_BADFCS = 8,
	ABI_EVENT_REMOVED = 20,
	ABI_EVENT_READ_OVERRUN = 29
};

enum { ABI_POLICY_IMMEDIATE = 0 };

struct abi_params {
	int channo, spanno, chanpos;
	int sigtype, sigcap;
	int rxisoffhook, rxbits, txbits, txhooksig, rxhooksig;
	int curlaw, idlebits;
	char name[40];
	int timing[11]; /* of analogue lines */
	uint32_t chan_alarms;
};

struct abi_spaninfo {
	int spanno; /* 0: the span of the channel that is open */
	char name[20];
	char desc[40];
	int alarms;
	int levels[2];
	int counts[4];
	uint32_t errors[5];
	int state[7];
	char lboname[40];
	char location[40];
	char manufacturer[40];
	char devicetype[40];
	int irq, linecompat;
	char spantype[6];
} __attribute__((packed));

struct abi_bufferinfo {
	int txbufpolicy, rxbufpolicy;
	int numbufs, bufsize;
	int readbufs, writebufs;
};

#define ABI_CODE 0xDA

#define ABI_GET_PARAMS	  _IOWR(ABI_CODE, 5, struct abi_params)
#define ABI_GETEVENT	  _IOR(ABI_CODE, 8, int)
#define ABI_SPANSTAT	  _IOWR(ABI_CODE, 10, struct abi_spaninfo)
#define ABI_SET_BUFINFO	  _IOW(ABI_CODE, 27, struct abi_bufferinfo)
#define ABI_SPECIFY	  _IOW(ABI_CODE, 38, int)
#define ABI_BUFFER_EVENTS _IOW(ABI_CODE, 105, int)

#endif
