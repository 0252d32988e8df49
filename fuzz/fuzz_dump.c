/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: the first four octets choose how q931-dump reads and shows, the
 * rest is the file: hex, a trace, pcap, pcapng, whatever it looks like. Lines
 * of JSON are read again.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <jansson.h>

#include "fuzz/script.h"
#include "utils/dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct dump dump;

static void on_record(void *arg, const struct record *r)
{
	unsigned sum = 0;

	check(r->len <= r->whole && r->number > 0);
	for (size_t i = 0; i < r->len; i++) /* a sanitizer sees each */
		sum += r->octets[i];
	check(sum <= 255 * r->len);
	dump_take(arg, r);
}

static void on_skipped(void *arg, unsigned source, uint64_t number, const char *why)
{
	(void)arg;
	(void)number;
	check(source == 0 && *why);
}

static void on_pause(void *arg)
{
	(void)arg;
}

static void pass(int fd, unsigned how)
{
	static const struct sink sink = { on_record, on_skipped, on_pause, &dump };
	const struct reading reading = { .program = "fuzz_dump",
					 .name = "input",
					 .bare = how & 1,
					 .side = (enum dump_side)((how >> 1) % 3),
					 .quiet = true };

	check(dump_begin(&dump));
	check(lseek(fd, 0, SEEK_SET) == 0);
	(void)dump_read(fd, (enum dump_input)(how % INPUTS), &reading, &sink);
	dump_end(&dump);
}

/* Each line is an object. */
static void check_json(const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		json_t *object = json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL);

		check(json_is_object(object));
		json_decref(object);
		text += n + 1;
	}
}

static void configure(const uint8_t *o)
{
	static const char *const names[] = { "in<put>" };
	struct filter *f = &dump.filter;
	char why[400];

	dump.variant = (enum isdn_variant)(o[1] % (ISDN_VARIANT_5ESS + 1));
	dump.uui_limit = o[1] & 0x80 ? 32 : 128;
	dump.format = (enum dump_format)(o[2] % FORMATS);
	dump.streams = o[2] & 0x80;
	dump.out.times = (enum dump_times)((o[2] >> 3) % 3);
	dump.out.layer2 = o[2] & 0x40;
	dump.out.names = names;
	dump.out.n_names = 1;
	dump.out.term.columns = 40 + o[3] % 100;
	dump.out.term.colour = o[3] & 0x80;
	f->span = o[3] == 1 ? 0 : -1;
	f->cause = o[3] & 2 ? 16 : 0;
	f->number = o[3] & 4 ? "1" : NULL;
	f->channel = o[3] & 8 ? 1 : 0;
	f->only_messages = o[3] & 16;
	if (o[3] & 32)
		check(dump_filter_uui(f, "hex:00", why, sizeof(why)));
	if (o[3] & 64)
		check(dump_filter_types(f, "SETUP,release-complete", why, sizeof(why)) &&
		      dump_filter_call(f, "user:1", why, sizeof(why)));
	if (o[0] & 0x80 && dump.format != FORMAT_SVG) /* whose summary goes to stderr */
		dump.statistics = dump_statistics_new();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz_dump", MFD_CLOEXEC);
	char *text = NULL;
	size_t len = 0;

	check(fd >= 0);
	if (size >= 4) {
		memset(&dump, 0, sizeof(dump));
		configure(data);
		check(write(fd, data + 4, size - 4) == (ssize_t)(size - 4));
		dump.out.to = open_memstream(&text, &len);
		check(dump.out.to != NULL);
		dump.first_pass = !dump.streams && dump_filter_active(&dump.filter);
		if (dump.first_pass)
			pass(fd, data[0]);
		dump.first_pass = false;
		pass(fd, data[0]);
		dump_free(&dump);
		fclose(dump.out.to);
		check(strlen(text) == len);
		if (dump.format == FORMAT_JSON)
			check_json(text);
		free(text);
	}
	close(fd);
	return 0;
}
