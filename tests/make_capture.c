/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every message, from each side, with every element it may have and UUI of 0,
 * 1, 35 and 128 octets, NUL and 0xff among them, written to a capture; and a
 * line a packet on stdout with what tshark is to find in it:
 * type, call reference, cause, called number, user information as hex.
 */
#include <stdio.h>
#include <string.h>

#include <isdn/isdn.h>

#include "utils/capture.h"

static const uint8_t types[] = {
	ISDN_MT_ALERTING,
	ISDN_MT_CALL_PROCEEDING,
	ISDN_MT_PROGRESS,
	ISDN_MT_SETUP,
	ISDN_MT_CONNECT,
	ISDN_MT_SETUP_ACKNOWLEDGE,
	ISDN_MT_CONNECT_ACKNOWLEDGE,
	ISDN_MT_USER_INFORMATION,
	ISDN_MT_DISCONNECT,
	ISDN_MT_RELEASE,
	ISDN_MT_RELEASE_COMPLETE,
	ISDN_MT_STATUS_ENQUIRY,
	ISDN_MT_INFORMATION,
	ISDN_MT_STATUS,
};
static const uint8_t sizes[] = { 0, 1, 35, 128 };

/* A message with all elements; those that it may not have are taken out again. */
static struct isdn_msg full(uint8_t type, unsigned uui)
{
	struct isdn_msg m;

	memset(&m, 0, sizeof(m));
	m.discriminator = ISDN_PD_Q931;
	m.type = type;
	m.cr_len = 2;
	m.cr = 0x1234;
	m.bearer.rate = 0x10;
	m.bearer.layer1 = ISDN_L1_G711_ALAW;
	m.n_causes = 1;
	m.cause[0].value = ISDN_CAUSE_USER_BUSY;
	m.call_state.state = 10;
	m.channel_id = (struct isdn_channel_id){ .primary = true,
						 .exclusive = true,
						 .select = ISDN_CHANNEL_INDICATED,
						 .has_channels = true,
						 .type = 3,
						 .n_channels = 1,
						 .channels = { 17 } };
	m.n_progress = 1;
	m.progress[0].description = 8;
	m.display.len = 3;
	memcpy(m.display.text, "Bob", 3);
	m.calling = (struct isdn_number){
		.plan = 1, .has_presentation = true, .n_digits = 4, .digits = "4711"
	};
	m.called = (struct isdn_number){ .plan = 1, .n_digits = 7, .digits = "5551234" };
	m.uui.discriminator = 0;
	m.uui.len = (uint8_t)uui;
	for (unsigned i = 0; i < uui; i++)
		m.uui.data[i] = (uint8_t)(i % 5 == 1 ? 0 : i % 5 == 2 ? 0xff : i);
	return m;
}

/* The most elements with which it can be encoded, found by asking. */
static size_t encode(struct isdn_msg *m, enum isdn_dir dir, uint8_t *octets)
{
	size_t len;

	for (int ie = 0; ie < ISDN_IE_COUNT; ie++)
		isdn_msg_set(m, (enum isdn_ie)ie);
	for (int ie = 0; ie < ISDN_IE_COUNT; ie++) {
		struct isdn_msg without = *m;

		if (isdn_msg_encode(ISDN_VARIANT_ETSI, dir, m, octets, ISDN_MSG_MAX, &len) == 0)
			return len;
		isdn_msg_clear(&without, (enum isdn_ie)ie);
		/* out if the row does not have it: then alone it is what is refused */
		without.present = UINT64_C(1) << ie;
		if (isdn_msg_encode(ISDN_VARIANT_ETSI, dir, &without, octets, ISDN_MSG_MAX, &len) ==
		    ISDN_ERR_INVAL)
			isdn_msg_clear(m, (enum isdn_ie)ie);
	}
	return isdn_msg_encode(ISDN_VARIANT_ETSI, dir, m, octets, ISDN_MSG_MAX, &len) ? 0 : len;
}

int main(int argc, char **argv)
{
	struct capture *c = argc == 2 ? capture_open("make_capture", argv[1]) : NULL;

	if (!c)
		return 2;
	for (unsigned n = 0; n < 2 * sizeof(types) * sizeof(sizes); n++) {
		enum isdn_dir dir = n & 1 ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK;
		struct isdn_msg m = full(types[n / 2 % sizeof(types)],
					 sizes[n / 2 / sizeof(types)]);
		uint8_t frame[4 + ISDN_MSG_MAX] = { n & 1 ? 0x02 : 0x00, 0x01, 0, 0 };
		size_t len = encode(&m, dir, frame + 4);

		if (!len) {
			fprintf(stderr, "%s can not be encoded\n", isdn_msg_name(m.type));
			return 1;
		}
		capture_frame(c, n & 1, true, frame, len + 4, n);
		printf("0x%02x\t%04x\t%s\t%s\t", m.type, m.cr,
		       isdn_msg_has(&m, ISDN_IE_CAUSE) ? "17" : "",
		       isdn_msg_has(&m, ISDN_IE_CALLED) ? m.called.digits : "");
		for (unsigned i = 0; isdn_msg_has(&m, ISDN_IE_USER_USER) && i < m.uui.len; i++)
			printf("%02x", m.uui.data[i]);
		putchar('\n');
	}
	return capture_close(c) ? 0 : 1;
}
