/* SPDX-License-Identifier: BSD-2-Clause */
/* A span's data links and TEIs, and what was counted. */
#include <string.h>

#include "lib/span_internal.h"

void isdn_span_counters(const struct isdn_span *span, struct isdn_span_counters *out)
{
	struct i2_totals l2;

	memset(out, 0, sizeof(*out));
	i3_cc_counters(span->l3, out);
	i2_totals(span->l2, &l2);
	out->frames_in = l2.frames_in;
	out->frames_out = l2.frames_out;
	out->frames_invalid = l2.frames_invalid;
	out->frames_foreign = l2.frames_foreign;
	out->retransmissions = l2.links.retransmissions;
	out->rej_in = l2.links.in[ISDN_FRAME_REJ];
	out->rej_out = l2.links.out[ISDN_FRAME_REJ];
	out->t200_expiries = l2.links.t200_expiries;
	for (unsigned i = 0; i < ISDN_MDL_ERRORS; i++)
		out->mdl_errors += l2.links.mdl_error[i];
	out->mdl_last = l2.links.last_error;
	out->mdl_last_at = l2.links.last_error_at;
	out->fcs_errors = span->fcs_errors;
	out->aborts = span->aborts;
	out->overruns = span->overruns;
	out->tei_assigned = l2.tei_assigned;
	out->tei_denied = l2.tei_denied;
	out->tei_removed = l2.tei_removed;
	out->tei_checks = l2.tei_checks;
	out->links = l2.links;
}

size_t isdn_span_links(const struct isdn_span *span, struct isdn_link *out, size_t cap)
{
	return i2_links(span->l2, out, cap);
}

void isdn_span_line_error(struct isdn_span *span, enum isdn_line_error what)
{
	switch (what) {
	case ISDN_LINE_FCS:
		span->fcs_errors++;
		break;
	case ISDN_LINE_ABORT:
		span->aborts++;
		break;
	case ISDN_LINE_OVERRUN:
		span->overruns++;
		break;
	}
}

void isdn_span_receiver_busy(struct isdn_span *span, bool busy, isdn_time now)
{
	span->busy = busy;
	i2_receiver_busy(span->l2, busy || span->has_up, now);
	ir_span_join(span, now);
}

int isdn_span_tei_check(struct isdn_span *span, unsigned tei, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i2_tei_check(span->l2, tei, now);
	ir_span_join(span, now);
	return err;
}

int isdn_span_tei_remove(struct isdn_span *span, unsigned tei, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i2_tei_remove(span->l2, tei, now);
	ir_span_join(span, now);
	return err;
}
