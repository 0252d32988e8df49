/* SPDX-License-Identifier: BSD-2-Clause */
/* q931-dump(1): frames of D-channels from captures, hex and traces, decoded, followed, judged. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture.h"
#include "cli.h"
#include "dump.h"

#define PROGRAM	  "q931-dump"
#define FILES_MAX 1000
#define REASONS	  32 /* why something was skipped, that are counted apart */

enum { GOOD, FAULTS_FOUND, USAGE = CLI_USAGE, UNREADABLE, SIGNALLED = 128 };

static const char *const limit_words[] = { "32", "128", NULL };
static const char *const side_words[] = { "unknown", "user", "network", NULL };
static const char *const variant_words[] = { "etsi",   "q931", "qsig", "ni2",
					     "dms100", "4ess", "5ess", NULL };

static struct {
	int input, format, times, side, variant, limit, cause, channel, span;
	bool live, bare, json, layer2, strict, stats, only_messages;
	const char *number, *call, *message, *uui, *write, *title, *socket;
} opt = { .limit = 1, .span = -1 };

/* clang-format off */
static const struct cli_option options[] = {
	{ 0, "live",	  0,  CLI_FLAG, &opt.live, 0, 0, NULL, "frames of a running program, instead of FILE", NULL },
	{ 0, "socket",	 's', CLI_FILE, &opt.socket, 0, 0, "PATH", "its control socket; the same as --live", NULL },
	{ 0, "span",	  0,  CLI_NUMBER, &opt.span, 0, 1000000, "N", "frames of this span", NULL },
	{ 0, "format",	 'f', CLI_WORD, &opt.format, 0, 0, "FORMAT", "text, json, ladder, svg", dump_format_words },
	{ 0, "json",	  0,  CLI_FLAG, &opt.json, 0, 0, NULL, "the same as --format json", NULL },
	{ 0, "layer2",	  0,  CLI_FLAG, &opt.layer2, 0, 0, NULL, "show every layer 2 frame", NULL },
	{ 0, "number",	  0,  CLI_TEXT, &opt.number, 0, 0, "DIGITS", "calls with a number that ends so", NULL },
	{ 0, "call",	  0,  CLI_TEXT, &opt.call, 0, 0, "CR", "calls with this reference: 5, user:5, net:5", NULL },
	{ 0, "cause",	  0,  CLI_CAUSE, &opt.cause, 0, 0, "CAUSE", "calls with this cause, number or name", NULL },
	{ 0, "message",	  0,  CLI_TEXT, &opt.message, 0, 0, "NAMES", "calls with one of these messages", NULL },
	{ 0, "channel",	  0,  CLI_NUMBER, &opt.channel, 1, 255, "N", "calls on this B-channel", NULL },
	{ 0, "uui",	  0,  CLI_TEXT, &opt.uui, 0, 0, "TEXT", "calls with this in their UUI; hex:0102 for octets", NULL },
	{ 0, "write",	 'w', CLI_FILE, &opt.write, 0, 0, "FILE", "write what is shown as pcap too", NULL },
	{ 0, "stats",	  0,  CLI_FLAG, &opt.stats, 0, 0, NULL, "a summary at the end", NULL },
	{ 0, "input",	 'i', CLI_WORD, &opt.input, 0, 0, "KIND", "of the files: auto, hex, pcap, pri", dump_input_words },
	{ 0, "times",	  0,  CLI_WORD, &opt.times, 0, 0, "HOW", "relative, absolute, delta", dump_times_words },
	{ 0, "strict",	  0,  CLI_FLAG, &opt.strict, 0, 0, NULL, "exit status 1 when there are complaints", NULL },
	{ 0, "bare",	  0,  CLI_FLAG, &opt.bare, 0, 0, NULL, "hex lines are messages without layer 2", NULL },
	{ 0, "side",	  0,  CLI_WORD, &opt.side, 0, 0, "SIDE", "who recorded, user or network, where it can not be seen", side_words },
	{ 0, "variant",	  0,  CLI_WORD, &opt.variant, 0, 0, "NAME", "etsi, q931, qsig, ni2, dms100, 4ess, 5ess", variant_words },
	{ 0, "title",	  0,  CLI_TEXT, &opt.title, 0, 0, "TEXT", "of the SVG", NULL },
	{ 0, "only-messages", 0, CLI_FLAG, &opt.only_messages, 0, 0, NULL, "the messages that match, not their whole calls", NULL },
	{ 0, "uui-limit", 0,  CLI_WORD, &opt.limit, 0, 0, "N", "octets of UUI that the network carries: 32 or 128", limit_words },
};
/* clang-format on */

static struct cli cli = {
	.program = PROGRAM,
	.summary = "decode and judge what a D-channel carried; FILE can be -",
	.options = options,
	.n_options = sizeof(options) / sizeof(options[0]),
	.self = { .arguments = "FILE...", .min = 0, .max = FILES_MAX },
};

static struct dump dump;
static bool quiet; /* in a second pass */

/* ---- what was skipped ---- */

static struct reason {
	unsigned source;
	const char *why;
	uint64_t n, first;
} reasons[REASONS];
static unsigned n_reasons;
static uint64_t other_reasons;

static void on_skipped(void *arg, unsigned source, uint64_t number, const char *why)
{
	(void)arg;
	if (dump.first_pass)
		return;
	for (unsigned i = 0; i < n_reasons; i++)
		if (reasons[i].source == source && reasons[i].why == why) {
			reasons[i].n++;
			return;
		}
	if (n_reasons == REASONS)
		other_reasons++;
	else
		reasons[n_reasons++] = (struct reason){ source, why, 1, number };
}

static void tell_skipped(void)
{
	for (unsigned i = 0; i < n_reasons; i++) {
		const struct reason *r = &reasons[i];

		fprintf(stderr, "%s: %s: %llu skipped, the first is number %llu: %s\n", PROGRAM,
			dump.out.names[r->source], (unsigned long long)r->n,
			(unsigned long long)r->first, r->why);
	}
	if (other_reasons)
		fprintf(stderr, "%s: skipped %llu more\n", PROGRAM,
			(unsigned long long)other_reasons);
}

static void tell(uint64_t n, const char *what)
{
	if (n)
		fprintf(stderr, "%s: %llu %s\n", PROGRAM, (unsigned long long)n, what);
}

static void tell_limits(void)
{
	tell_skipped();
	tell(dump.too_many_links, "frames of more than 1024 links are left out");
	tell(dump_calls_forgotten(dump.calls),
	     "calls were forgotten before their end: 10000 are followed at once");
	tell(dump_held_lost(dump.calls), "frames of calls that were selected late, or never, were "
					 "not kept: a file instead of a "
					 "stream is read twice");
	tell(dump.not_written,
	     "frames have no layer 2, or are too long, and are not in the capture written");
	if (!dump.out.shown && dump_filter_active(&dump.filter))
		fprintf(stderr, "%s: nothing that was read is what was selected\n", PROGRAM);
	if (dump.out.no_room)
		fprintf(stderr, "%s: the picture has the first frames only; select some of them\n",
			PROGRAM);
}

/* ---- reading ---- */

static void on_record(void *arg, const struct record *r)
{
	dump_take(arg, r);
}

static void on_pause(void *arg)
{
	struct dump *d = arg;

	if (d->flush)
		fflush(d->out.to);
}

static bool read_file(const char *name, unsigned source)
{
	const struct sink sink = { on_record, on_skipped, on_pause, &dump };
	const struct reading how = { .program = PROGRAM,
				     .name = name,
				     .source = source,
				     .bare = opt.bare,
				     .side = (enum dump_side)opt.side,
				     .quiet = quiet };
	bool standard = !strcmp(name, "-"), good;
	int fd;

	if (opt.live)
		return dump_control(opt.socket, opt.span, &how, &sink);
	fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return dump_trouble(&how, "%s", strerror(errno));
	good = dump_read(fd, (enum dump_input)opt.input, &how, &sink);
	if (!standard)
		close(fd);
	return good;
}

/* Whether each can be read from its beginning again. */
static bool all_files(int n, char **names)
{
	struct stat s;

	for (int i = 0; i < n; i++)
		if (!strcmp(names[i], "-") || stat(names[i], &s) || !S_ISREG(s.st_mode))
			return false;
	return true;
}

static int pass(int n, char **names)
{
	int status = GOOD;

	if (!dump_begin(&dump)) {
		fprintf(stderr, "%s: no memory\n", PROGRAM);
		return UNREADABLE;
	}
	for (int i = 0; i < n; i++)
		if (!read_file(names[i], (unsigned)i))
			status = UNREADABLE;
	dump_end(&dump);
	if (dump.no_memory) {
		fprintf(stderr, "%s: no memory: not all was read\n", PROGRAM);
		status = UNREADABLE;
	}
	return status;
}

static void on_signal(int number)
{
	dump_stopped = number;
}

/* The first Ctrl-C ends the input, so that what is at the end comes; the second one is not caught.
 */
static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

/* ---- options that are more than a word ---- */

static bool filter_of(struct filter *f)
{
	char why[400] = "";

	f->number = opt.number;
	f->cause = opt.cause;
	f->channel = opt.channel;
	f->span = opt.span;
	f->only_messages = opt.only_messages;
	if (opt.call && !dump_filter_call(f, opt.call, why, sizeof(why)))
		fprintf(stderr, "%s: --call %s: %s\n", PROGRAM, opt.call, why);
	else if (opt.message && !dump_filter_types(f, opt.message, why, sizeof(why)))
		fprintf(stderr, "%s: --message %s: %s\n", PROGRAM, opt.message, why);
	else if (opt.uui && !dump_filter_uui(f, opt.uui, why, sizeof(why)))
		fprintf(stderr, "%s: --uui %s: %s\n", PROGRAM, opt.uui, why);
	return !*why;
}

static void configure(int n, char **names)
{
	bool files = !opt.live && all_files(n, names);

	dump.variant = (enum isdn_variant)opt.variant;
	dump.uui_limit = opt.limit == 1 ? 128 : 32;
	dump.format = opt.json ? FORMAT_JSON : (enum dump_format)opt.format;
	dump.streams = !files;
	dump.flush = !files;
	dump.out.to = stdout;
	dump.out.times = (enum dump_times)opt.times;
	dump.out.layer2 = opt.layer2;
	dump.out.names = (const char *const *)names;
	dump.out.n_names = (unsigned)n;
	dump.out.title = opt.title;
	dump.out.several = n > 1;
	term_look(&dump.out.term, STDOUT_FILENO, (enum term_colour)cli.colour);
	setvbuf(stdout, NULL, dump.out.term.tty ? _IOLBF : _IOFBF, 1 << 16);
}

/* Whole calls of files are selected in a first pass, and shown in a second one. */
static int work(int n, char **names)
{
	int status = GOOD;

	if (opt.write && !(dump.capture = capture_open(PROGRAM, opt.write, dump.flush)))
		return UNREADABLE;
	dump.statistics = opt.stats ? dump_statistics_new() : NULL;
	if (!dump.streams && dump_filter_active(&dump.filter) && !dump.filter.only_messages) {
		dump.first_pass = true;
		status = pass(n, names);
		dump.first_pass = false;
		quiet = true;
	}
	if (!dump.no_memory && pass(n, names))
		status = UNREADABLE;
	return status;
}

/* The files, or the one that stands for a program. NULL: a mistake, which was told. */
static char **inputs(int *n, char **argv)
{
	static char live[] = "live", *instead[] = { live };

	opt.live = opt.live || opt.socket;
	if (!opt.live == !*n) {
		fprintf(stderr,
			opt.live ? "%s: --live and --socket need no FILE\n"
				 : "%s: 0 arguments; it takes FILE..., or --live\n",
			PROGRAM);
		return NULL;
	}
	if (!opt.live)
		return argv + 1;
	*n = 1;
	return instead;
}

int main(int argc, char **argv)
{
	int status = cli_begin(&cli, &argc, argv);
	char **names;

	if (status != CLI_GO)
		return status;
	cli_output();
	names = inputs(&argc, argv);
	if (!names)
		return USAGE;
	if (!filter_of(&dump.filter))
		return USAGE;
	configure(argc, names);
	catch_signals();
	status = work(argc, names);
	tell_limits();
	if (dump.capture && !capture_close(dump.capture))
		status = UNREADABLE;
	status = cli_end(&cli, status, UNREADABLE);
	if (status == GOOD && opt.strict && dump.out.complaints)
		status = FAULTS_FOUND;
	dump_free(&dump);
	return dump_stopped ? SIGNALLED + dump_stopped : status;
}
