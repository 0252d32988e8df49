/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages as structures: taking elements out, keeping octets, copying. */
#include "q931/codec.h"

void isdn_msg_clear(struct isdn_msg *m, enum isdn_ie ie)
{
	unsigned to = 0;

	if ((unsigned)ie >= ISDN_IE_COUNT)
		return;
	m->present &= ~(UINT64_C(1) << (unsigned)ie);
	for (unsigned i = 0; i < m->n_elements; i++) {
		const struct isdn_element *e = &m->element[i];

		if (e->ie == ie && !(e->what & ISDN_ELEMENT_SHIFT)) {
			/* its own shift goes with it, 4.5.4 */
			if (to && (m->element[to - 1].what & ISDN_ELEMENT_SHIFT) &&
			    (m->element[to - 1].id & 0x08))
				to--;
			continue;
		}
		m->element[to++] = *e;
	}
	m->n_elements = (uint8_t)to;
}

unsigned i3_listed(const struct isdn_msg *m, unsigned ie)
{
	unsigned n = 0;

	for (unsigned i = 0; m->decoded && i < m->n_elements && i < ISDN_ELEMENTS_MAX; i++)
		n += m->element[i].ie == ie &&
		     (m->element[i].what & (ISDN_ELEMENT_VALUE | ISDN_ELEMENT_FAULTY)) ==
			     ISDN_ELEMENT_VALUE;
	return n;
}

int isdn_msg_keep(struct isdn_msg *m, const void *octets, size_t len, struct isdn_octets *kept)
{
	if (len > sizeof(m->octets) - m->n_octets)
		return ISDN_ERR_NOSPC;
	kept->at = m->n_octets;
	kept->len = (uint16_t)len;
	if (len)
		memcpy(m->octets + m->n_octets, octets, len);
	m->n_octets = (uint16_t)(m->n_octets + len);
	return 0;
}

static uint8_t least(unsigned a, unsigned b)
{
	return (uint8_t)(a < b ? a : b);
}

/* Of elements that are listed values are held though not present, see ISDN_ELEMENT_FAULTY. */
static uint64_t values_held(const struct isdn_msg *m, unsigned n_elements)
{
	uint64_t held = m->present;

	for (unsigned i = 0; i < n_elements; i++)
		if ((m->element[i].what & ISDN_ELEMENT_VALUE) && m->element[i].ie < ISDN_IE_COUNT)
			held |= UINT64_C(1) << m->element[i].ie;
	return held & ((UINT64_C(1) << ISDN_IE_COUNT) - 1);
}

/* The values of one element. */
static void copy_values(struct isdn_msg *to, const struct isdn_msg *from, unsigned ie)
{
	const struct i3_ie *row = &i3_ies[ie];
	size_t n = least(from->count[ie], row->repeat);

	memcpy((uint8_t *)to + row->at, (const uint8_t *)from + row->at, n * row->size);
	to->count[ie] = from->count[ie];
}

void isdn_msg_copy(struct isdn_msg *to, const struct isdn_msg *from)
{
	unsigned n_components = least(from->n_components, ISDN_COMPONENTS_MAX);
	unsigned n_elements = least(from->n_elements, ISDN_ELEMENTS_MAX);
	uint64_t left = values_held(from, n_elements);
	size_t n_octets;

	memcpy(to, from, offsetof(struct isdn_msg, count));
	to->n_components = (uint8_t)n_components;
	to->n_elements = (uint8_t)n_elements;
	for (; left; left &= left - 1)
		copy_values(to, from, i3_lowest(left));
	if (n_components)
		memcpy(to->component, from->component, n_components * sizeof(to->component[0]));
	if (n_elements)
		memcpy(to->element, from->element, n_elements * sizeof(to->element[0]));
	n_octets = from->n_octets;
	if (n_octets > sizeof(to->octets))
		n_octets = sizeof(to->octets);
	to->n_octets = (uint16_t)n_octets;
	if (n_octets)
		memcpy(to->octets, from->octets, n_octets);
}
