/* SPDX-License-Identifier: BSD-2-Clause */
/* The layer 2 rows of tests/vectors.txt: each frame is read as its line says, and made again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "q921/internal.h"
#include "tests/helper.h"

/* A link of the address that the frame has, on the side that receives it, or sends it. */
static struct i2 *link_for(const uint8_t *frame, bool network)
{
	static struct test_mem mem;
	static struct isdn_env env;
	struct i2_config c = { .network = network, .k = 7, .n201 = 260, .n200 = 3, .t200 = 1000 };
	struct i2 *l;

	if (!env.mem.alloc)
		test_mem_init(&mem, &env.mem);
	assert_int_equal(i2_new(&l, &c, &env), 0);
	l->links->sapi = frame[0] >> 2; /* of TEI management too, which is no link */
	l->teis[0].tei = frame[1] >> 1;
	return l;
}

static void words(const struct i2_frame *f, char *text, size_t cap)
{
	const char *pf = !f->pf ? "" : f->command ? " P" : " F";
	const char *name = isdn_frame_name((enum isdn_frame_type)f->type);

	if (f->type == IN_I)
		snprintf(text, cap, "TEI:%02u I%s, N(R)=%u, N(S)=%u", f->tei, pf, f->nr, f->ns);
	else if (f->type == IN_RR || f->type == IN_RNR || f->type == IN_REJ)
		snprintf(text, cap, "TEI:%02u S%s, func=%s, N(R)=%u", f->tei, pf, name, f->nr);
	else
		snprintf(text, cap, "TEI:%02u U%s, func=%s", f->tei, pf, name);
}

/* We send no XID; its frame is that of another, with an information field. */
static void send_again(struct i2_link *l, const struct i2_frame *f)
{
	static const uint8_t control[IN_COUNT] = {
		[IN_RR] = S_RR,	    [IN_RNR] = S_RNR, [IN_REJ] = S_REJ, [IN_SABME] = U_SABME,
		[IN_DISC] = U_DISC, [IN_UA] = U_UA,   [IN_DM] = U_DM,	[IN_XID] = U_XID,
	};
	struct ib_buf *b;

	l->vr = f->nr;
	if (f->type == IN_RR || f->type == IN_RNR || f->type == IN_REJ) {
		i2_send_s(l, control[f->type], f->command, f->pf);
	} else if (f->type == IN_UI) {
		assert_true(i2_send_ui(l->l2, f->sapi, f->tei, f->info, f->len));
	} else {
		i2_send_u(l, control[f->type], f->command, f->pf);
		b = l->l2->out.head;
		if (f->len)
			memcpy(b->data + b->len, f->info, f->len);
		b->len = (uint16_t)(b->len + f->len);
	}
}

/*
 * Which side sent a frame shows in its C/R bit, but only for one that is known
 * to be a command or a response: the list has it in the name.
 */
static bool by_network(const char *name)
{
	return strstr(name, "_nt") || strstr(name, "assigned") || strstr(name, "denied") ||
	       strstr(name, "check_req") || strstr(name, "remove") || strstr(name, "_net");
}

static void check(const char *name, const uint8_t *frame, size_t len, const char *text)
{
	bool network = by_network(name);
	struct i2 *to = link_for(frame, !network), *from = link_for(frame, network);
	struct i2_frame f;
	char is[100];

	assert_true(i2_frame_parse(to, frame, len, &f));
	assert_int_equal(f.error, 0);
	words(&f, is, sizeof(is));
	if (strncmp(is, text, strlen(is)) != 0)
		fail_msg("%s: %s, not %s", name, is, text);
	if (f.type == IN_I) {
		struct ib_buf b = { .len = (uint16_t)f.len };
		uint8_t again[I2_FRAME_MAX];

		memcpy(b.data, f.info, f.len);
		from->links->vs = f.ns;
		from->links->vr = f.nr;
		assert_int_equal(i2_build_i(from->links, &b, again), len);
		assert_memory_equal(again, frame, len);
	} else {
		struct ib_buf *b;

		send_again(from->links, &f);
		b = ib_queue_pop(&from->out);
		assert_non_null(b);
		assert_int_equal(b->len, len);
		assert_memory_equal(b->data, frame, len);
		ib_buf_put(&from->pool, b);
	}
	i2_free(to);
	i2_free(from);
}

static void q921_3_each_frame_of_the_corpus(void **state)
{
	const char *top = getenv("top_srcdir");
	char path[500], line[2000], name[64], hex[700], text[1000];
	unsigned n = 0;
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/tests/vectors.txt", top ? top : ".");
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		uint8_t frame[300];

		if (sscanf(line, "%63[^\t]\t%699[^\t]\t%999[^\n]", name, hex, text) != 3 ||
		    strncmp(name, "l2_", 3) != 0)
			continue;
		check(name, frame, test_hex(hex, frame, sizeof(frame)), text);
		n++;
	}
	fclose(f);
	assert_true(n >= 19);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(q921_3_each_frame_of_the_corpus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
