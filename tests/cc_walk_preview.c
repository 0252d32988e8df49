/* SPDX-License-Identifier: BSD-2-Clause */
/* Before each clear of a walk: the preview is octet for octet what it sends, and changes nothing.
 */
#include "tests/cc_walk.h"

#include <string.h>

void walk_preview(struct walk *w, const struct walk_end *e, isdn_call_id id, uint8_t cause,
		  const struct isdn_uui *uui, struct walk_preview *p)
{
	uint64_t digest = walk_digest(e->cc);
	size_t len;

	p->err = i3_cc_clear_preview(e->cc, id, cause, uui, p->octets, sizeof(p->octets), &p->len);
	p->sent = e->cc->counters.messages_out;
	if (p->len && i3_cc_clear_preview(e->cc, id, cause, uui, p->octets, p->len - 1, &len) !=
			      ISDN_ERR_NOSPC)
		walk_fail(w, "a preview is written where there is no room", "", p->len);
	if (digest != walk_digest(e->cc))
		walk_fail(w, "a preview changes something", "", id);
}

static void same(struct walk *w, const struct walk_preview *p, const struct ib_buf *b)
{
	if (b->len != p->len || memcmp(b->data, p->octets, p->len) != 0)
		walk_fail(w, "a clear sends what no preview told", "", b->len);
}

/* err: what the clear answered. Without memory messages may be lost. */
void walk_previewed(struct walk *w, const struct walk_end *e, const struct walk_preview *p, int err)
{
	uint64_t sent = e->cc->counters.messages_out - p->sent, n = e->cc->out.n;

	if (err != p->err && (err != ISDN_ERR_NOMEM || p->err))
		walk_fail(w, "a preview is answered as the clear", isdn_strerror(p->err),
			  (unsigned)-err);
	if (err)
		return;
	if (!w->starve && (sent != 0) != (p->len != 0))
		walk_fail(w, "a preview knows whether a clear sends a message", "", sent);
	for (const struct ib_buf *b = e->cc->out.head; b; b = b->next)
		if (n-- <= sent)
			same(w, p, b);
	if (p->len)
		w->counts->previews[p->octets[2 + p->octets[1]] & 0x1f]++;
	else
		w->counts->silent++;
}
