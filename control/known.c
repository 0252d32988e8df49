/* SPDX-License-Identifier: BSD-2-Clause */
/* The calls that the client of a connection holds, by id. */
#include "control/internal.h"

#include <string.h>

size_t ic_place(const struct ic_peer *p, uint64_t id)
{
	size_t low = 0, high = p->n_known;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (p->known[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct ic_known *ic_known(struct ic_peer *p, uint64_t id)
{
	size_t at = ic_place(p, id);

	return at < p->n_known && p->known[at].id == id ? &p->known[at] : NULL;
}

/* Ids grow, so that the place is at the end nearly always. */
bool ic_learn(struct ic_peer *p, uint64_t id, isdn_handle handle)
{
	size_t at = ic_place(p, id), cap = p->cap_known ? 2 * p->cap_known : 64;
	struct ic_known *grown;

	if (at < p->n_known && p->known[at].id == id) {
		p->known[at].handle = handle;
		return true;
	}
	if (p->n_known == p->cap_known) {
		grown = ic_grown(p->control, p->known, p->n_known * sizeof(*grown),
				 cap * sizeof(*grown));
		if (!grown)
			return false;
		p->known = grown;
		p->cap_known = cap;
	}
	memmove(&p->known[at + 1], &p->known[at], (p->n_known - at) * sizeof(p->known[0]));
	p->known[at] = (struct ic_known){ id, handle };
	p->n_known++;
	return true;
}

void ic_forget(struct ic_peer *p, uint64_t id)
{
	struct ic_known *k = ic_known(p, id);

	if (!k)
		return;
	p->n_known--;
	memmove(k, k + 1, (size_t)(p->known + p->n_known - k) * sizeof(*k));
}
