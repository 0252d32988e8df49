/* SPDX-License-Identifier: BSD-2-Clause */
/* q931-load(1): place and take many calls, drop them by a pattern, and count what went otherwise.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <isdn/isdn.h>

#include "load.h"

static struct options opt = { .timeout = -1, .progress = -1, .seed = 1, .drop_while = ANSWERED };

static const char *const whos[] = { "near", "far", "both", "random", NULL };
static const char *const phases[] = { "offering", "alerting", "answered", "any", NULL };

#define PLACES (1u << GENERATE | 1u << BOTH)
#define CALLS  (PLACES | 1u << SINK) /* all: their help is that of a command */
#define DAY    86400

/* clang-format off */
static const struct cli_command commands[N_COMMANDS] = {
	[GENERATE] = { "generate", "SPAN [NUMBER]", "place calls", 1, 2 },
	[SINK]	   = { "sink", "SPAN", "take calls", 1, 1 },
	[BOTH]	   = { "both", "SPAN SPAN", "place calls on the first span, take them on the second", 2, 2 },
};

static const struct cli_option options[] = {
	{ PLACES, "rate",    'r', CLI_TEXT,    &opt.rate_text,	  0, 0, "N", "calls per second; 0 or max: as it goes (max)", NULL },
	{ PLACES, "concurrency", 'c', CLI_NUMBER, &opt.concurrency, 1, LIMIT_MAX, "N", "calls at once (as many as there are channels)", NULL },
	{ CALLS, "hold",	     0,	  CLI_TEXT,    &opt.hold_text,	  0, 0, "S", "drop S seconds after the answer (1), or MIN-MAX", NULL },
	{ CALLS, "calls",	     'n', CLI_NUMBER,  &opt.calls,	  0, 2000000000, "N", "end after N calls (0: never)", NULL },
	{ CALLS, "duration",     0,	  CLI_SECONDS, &opt.duration,	  0, 20 * DAY, "S", "end after S seconds (0: never)", NULL },
	{ CALLS, "number",	     0,	  CLI_TEXT,    &opt.number,	  0, 0, "NUMBER", "to call; with + at the end it counts (5550000+)", NULL },
	{ CALLS, "answer-after", 0,	  CLI_SECONDS, &opt.answer_after, 0, DAY, "S", "answer, or drop, S seconds after alerting (0)", NULL },
	{ CALLS, "drop",	     0,	  CLI_WORD,    &opt.drop,	  0, 0, "WHO", "who drops: near (places), far, both, random", whos },
	{ CALLS, "drop-while",   0,	  CLI_WORD,    &opt.drop_while,	  0, 0, "STATE", "offering, alerting, answered (this), any", phases },
	{ CALLS, "reject-every", 0,	  CLI_NUMBER,  &opt.reject_every, 1, 1000000, "N", "the far end rejects each Nth call", NULL },
	{ CALLS, "conference",   0,	  CLI_NUMBER,  &opt.conference,	  1, 64, "N", "drop N calls as a conference, by one request", NULL },
	{ CALLS, "cause",	     0,	  CLI_CAUSE,   &opt.cause,	  0, 0, "CAUSE", "of drops, number or name (16; to reject, 21)", NULL },
	{ CALLS, "uui",	     0,	  CLI_UUI,     &opt.uui,	  0, 0, "TEXT", "UUI of drops: TEXT, as IA5 characters", NULL },
	{ CALLS, "uui-random",   0,	  CLI_NUMBER,  &opt.uui_random,	  1, ISDN_UUI_MAX, "N", "N random octets where no other UUI is given", NULL },
	{ CALLS, "echo-uui",     0,	  CLI_FLAG,    &opt.echo_uui,	  0, 0, NULL, "the far end's drop has the UUI of SETUP", NULL },
	{ CALLS, "setup-uui",    0,	  CLI_UUI,     &opt.setup_uui,	  0, 0, "TEXT", "UUI of SETUP", NULL },
	{ 0, "json",	     0,	  CLI_FLAG,    &opt.json,	  0, 0, NULL, "the summary as JSON", NULL },
	{ PLACES, "from",    0,	  CLI_TEXT,    &opt.from,	  0, 0, "NUMBER", "calling party number", NULL },
	{ CALLS, "timeout",	     0,	  CLI_SECONDS, &opt.timeout,	  0, DAY, "S", "give up on silence (60; sink: 0, never)", NULL },
	{ CALLS, "uui-hex",	     0,	  CLI_UUI_HEX, &opt.uui,	  0, 0, "HEX", "UUI of drops: octets, the discriminator first", NULL },
	{ CALLS, "seed",	     0,	  CLI_NUMBER,  &opt.seed,	  0, 2000000000, "N", "of what is random (1)", NULL },
	{ PLACES, "ramp",    0,	  CLI_SECONDS, &opt.ramp,	  0, DAY, "S", "reach the rate after S seconds (0)", NULL },
	{ 0, "progress",     0,	  CLI_SECONDS, &opt.progress,	  0, DAY, "S", "a line every S seconds (10; on a terminal one line)", NULL },
	{ 0, "quiet",	     'q', CLI_FLAG,    &opt.quiet,	  0, 0, NULL, "no progress", NULL },
	{ 0, "verbose",	     'v', CLI_FLAG,    &opt.verbose,	  0, 0, NULL, "show on stderr what the library logs", NULL },
};
/* clang-format on */

static struct cli cli = {
	.program = PROGRAM,
	.summary = "place and take many ISDN calls; isdn-span(7) tells what SPAN can be",
	.commands = commands,
	.n_commands = N_COMMANDS,
	.options = options,
	.n_options = sizeof(options) / sizeof(options[0]),
};

static struct load load = { .opt = &opt };

static void on_frame(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir,
		     const uint8_t *frame, size_t len, isdn_time now)
{
	struct load *l = arg;

	(void)net;
	(void)now;
	for (unsigned i = 0; i < l->n_spans; i++)
		if (l->span[i].number == tag)
			wire_count(&l->span[i].wire, dir == ISDN_TRACE_OUT, frame, len);
}

static void on_log(void *arg, enum isdn_log_level level, enum isdn_log_area area, const char *line,
		   size_t len)
{
	static const char *const areas[] = { "q921", "q931", "registry", "driver" };

	(void)arg;
	(void)level;
	(void)len;
	fprintf(stderr, "%s: %s\n", areas[area], line);
}

/* UUI that a span can not carry is a mistake of the command line, not of each call. */
static bool fits(const char *what, size_t size, unsigned carries, const struct span *s)
{
	if (size <= carries)
		return true;
	if (carries)
		fprintf(stderr,
			"%s: %s: %zu octets with the discriminator; %s carries at most %u\n",
			PROGRAM, what, size, s->spec, carries);
	else
		fprintf(stderr, "%s: %s: %s carries no UUI\n", PROGRAM, what, s->spec);
	return false;
}

static bool all_fit(struct span *s)
{
	size_t random = opt.uui_random ? (size_t)opt.uui_random + 1 : 0;
	size_t make = opt.setup_uui.size ? opt.setup_uui.size : random;
	size_t drop = opt.uui.size ? opt.uui.size : random;

	return isdn_registry_span_info(load.registry, s->number, &s->info) == 0 &&
	       fits("UUI of SETUP", make, s->info.caps.uui_make, s) &&
	       fits("UUI of drops", drop, s->info.caps.uui_drop, s);
}

static int open_registry(void)
{
	struct isdn_client_config config;
	struct isdn_env env;

	memset(&env, 0, sizeof(env));
	env.trace.frame = on_frame;
	env.trace.arg = &load;
	if (opt.verbose) {
		env.log.write = on_log;
		env.log.max_level = ISDN_LOG_DEBUG;
	}
	isdn_client_config_init(&config);
	config.name = PROGRAM;
	config.privilege = ISDN_OWNER;
	if (!isdn_registry_new(&load.registry, NULL, &env) &&
	    !isdn_client_open(load.registry, &config, &load.client))
		return OK;
	fprintf(stderr, "%s: no memory, or no descriptor left\n", PROGRAM);
	return NO_DEVICE;
}

static int open_spans(char **specs, unsigned n)
{
	struct isdn_error error = { .text = "" };
	int status = open_registry();

	for (unsigned i = 0; i < n && status == OK; i++) {
		struct span *s = &load.span[i];

		s->spec = specs[i];
		load.n_spans = i + 1;
		if (isdn_registry_open_span(load.registry, s->spec, &s->number, &error)) {
			fprintf(stderr, "%s: %s\n", PROGRAM, error.text);
			return error.code == ISDN_ERR_SPEC ? USAGE : NO_DEVICE;
		}
		status = all_fit(s) ? OK : USAGE;
	}
	return status;
}

static void report(void)
{
	struct term term;

	progress_end();
	if (load.left.calls || load.left.handles || load.left.requests || load.left.events)
		load_fail(&load, load.closed ? NO_LINK : FAILED);
	term_look(&term, 1, (enum term_colour)cli.colour);
	if (!opt.json)
		report_text(&load, &term);
	else if (!report_json(&load))
		load_fail(&load, NO_DEVICE);
}

static void work(char **specs)
{
	int signals = cli_signals();

	load.status = open_spans(specs, load.command == BOTH ? 2 : 1);
	if (load.status == OK) {
		run(&load, signals);
		report();
	}
	isdn_registry_free(load.registry);
	close(signals);
}

int main(int argc, char **argv)
{
	int status = cli_begin(&cli, &argc, argv);

	if (status != CLI_GO)
		return status;
	cli_output();
	load.command = (enum command)cli.command;
	if (load.command == GENERATE && argc > 2)
		opt.number = argv[3];
	if (!options_check(&opt, &cli, load.command))
		return USAGE;
	work(argv + 2);
	return cli_end(&cli, load.status, NO_DEVICE);
}
