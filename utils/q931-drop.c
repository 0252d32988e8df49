/* SPDX-License-Identifier: BSD-2-Clause */
/* q931-drop(1): its command line. The calls of a running program, a D-channel, a demonstration. */
#include <stdio.h>
#include <string.h>

#include <isdn/isdn.h>

#include "attach_commands.h"
#include "cli.h"
#include "demo.h"
#include "session.h"

#define NAMES_MAX 64

enum {
	C_LIST,
	C_SHOW,
	C_WATCH,
	C_DROP,
	C_LEAVE,
	C_CLEAR,
	C_HOLD,
	C_RETRIEVE,
	C_UUI,
	C_LEAKS,
	C_STATS,
	C_SPANS,
	C_CALL,
	C_ANSWER,
	C_CONFERENCE,
	C_DEMO,
	N_COMMANDS
};

static struct options opt = { .drop_after = -1, .timeout = -1, .count = 1 };
static struct attach_options attach_opt = { .program = PROGRAM, .timeout = 60000 };
static struct demo_options demo_opt;

#define C(command) (1u << (C_##command))
#define VERBS	   (C(DROP) | C(LEAVE) | C(CLEAR))
#define NAMED	   (C(WATCH) | VERBS | C(HOLD) | C(RETRIEVE) | C(UUI))
#define ASKS	   (C(LIST) | C(SHOW) | NAMED | C(LEAKS) | C(STATS) | C(SPANS))
#define DIALS	   (C(CALL) | C(CONFERENCE))
#define LINES	   (DIALS | C(ANSWER))

/* clang-format off */
static const struct cli_command commands[N_COMMANDS] = {
	[C_LIST]       = { "list", "", "the calls of a running program, as a tree", 0, 0 },
	[C_SHOW]       = { "show", "CALL", "all of one call", 1, 1 },
	[C_WATCH]      = { "watch", "[CALL]...", "what happens, as it happens", 0, NAMES_MAX },
	[C_DROP]       = { "drop", "CALL...", "drop calls or conferences, by their policy", 1, NAMES_MAX },
	[C_LEAVE]      = { "leave", "CALL...", "end this connection, and nothing else", 1, NAMES_MAX },
	[C_CLEAR]      = { "clear", "CALL...", "end the whole call, for everybody", 1, NAMES_MAX },
	[C_HOLD]       = { "hold", "CALL...", "hold a call", 1, NAMES_MAX },
	[C_RETRIEVE]   = { "retrieve", "CALL...", "retrieve a held call", 1, NAMES_MAX },
	[C_UUI]	       = { "uui", "CALL...", "send user-user information in a call", 1, NAMES_MAX },
	[C_LEAKS]      = { "leaks", "", "handles that keep ended calls; status 1 if any", 0, 0 },
	[C_STATS]      = { "stats", "", "counts of objects, and the traffic of spans", 0, 0 },
	[C_SPANS]      = { "spans", "", "spans, and what they can do", 0, 0 },
	[C_CALL]       = { "call", "SPAN NUMBER", "place a call; drop it when it was answered", 2, 2 },
	[C_ANSWER]     = { "answer", "SPAN", "take calls as they arrive", 1, 1 },
	[C_CONFERENCE] = { "conference", "SPAN NUMBER...", "confer calls, and drop them by one request", 2, CALLS_MAX - 1 },
	[C_DEMO]       = { "demo", "", "a conference dropped in memory; or a PBX to try", 0, 0 },
};

static const struct cli_option options[] = {
	{ VERBS | LINES | C(UUI), "uui", 0, CLI_UUI, &opt.uui, 0, 0, "TEXT", "UUI to send: TEXT, as IA5 characters", NULL },
	{ VERBS | LINES | C(UUI), "uui-hex", 0, CLI_UUI_HEX, &opt.uui, 0, 0, "HEX", "its octets, the discriminator first", NULL },
	{ VERBS | LINES | C(UUI), "uui-base64", 0, CLI_UUI_BASE64, &opt.uui, 0, 0, "TEXT", "the same in base64", NULL },
	{ VERBS | LINES | C(UUI), "uui-file", 0, CLI_UUI_FILE, &opt.uui, 0, 0, "FILE", "the same from a file", NULL },
	{ VERBS | LINES, "cause", 0, CLI_CAUSE, &opt.cause, 0, 0, "CAUSE", "cause, number or name (16; to reject, 21)", NULL },
	{ VERBS, "reason", 0, CLI_WORD, &attach_opt.reason, 0, 0, "WHY", "normal, noanswer, rejected: gives the cause", attach_reasons },
	{ VERBS, "dry-run", 'n', CLI_FLAG, &attach_opt.dry_run, 0, 0, NULL, "show what would go, and the octets; do nothing", NULL },
	{ VERBS, "yes", 'y', CLI_FLAG, &attach_opt.yes, 0, 0, NULL, "end several calls without being asked", NULL },
	{ NAMED, "all", 'a', CLI_FLAG, &attach_opt.all, 0, 0, NULL, "every call that the name fits", NULL },
	{ C(LIST), "span", 0, CLI_NUMBER, &attach_opt.span, 1, 1000000, "N", "calls of span N alone", NULL },
	{ C(LIST), "older", 0, CLI_SECONDS, &attach_opt.older, 0, 2000000, "S", "calls that are in their state for S seconds", NULL },
	{ C(LIST), "state", 0, CLI_TEXT, &attach_opt.state, 0, 0, "STATE", "calls in that state alone", NULL },
	{ ASKS | C(DEMO), "socket", 's', CLI_FILE, &attach_opt.socket, 0, 0, "PATH", "control socket of the program", NULL },
	{ ASKS | LINES, "json", 'j', CLI_FLAG, &opt.json, 0, 0, NULL, "JSON: one object; of what goes on, one a line", NULL },
	{ LINES, "drop-after", 0, CLI_SECONDS, &opt.drop_after, 0, 86400, "S", "drop S seconds after the answer (1; answer: never)", NULL },
	{ ASKS | LINES, "timeout", 't', CLI_SECONDS, &opt.timeout, 0, 86400, "S", "give up after S silent seconds (60; 0: never)", NULL },
	{ LINES | C(DEMO), "pcap", 0, CLI_FILE, &opt.pcap, 0, 0, "FILE", "write the frames to FILE", NULL },
	{ LINES, "ladder", 0, CLI_FLAG, &opt.ladder, 0, 0, NULL, "show the messages too", NULL },
	{ LINES, "verbose", 'v', CLI_FLAG, &opt.verbose, 0, 0, NULL, "show on stderr what the library logs", NULL },
	{ DIALS, "from", 0, CLI_TEXT, &opt.from, 0, 0, "NUMBER", "calling party number", NULL },
	{ DIALS, "setup-uui", 0, CLI_UUI, &opt.setup_uui, 0, 0, "TEXT", "UUI of SETUP", NULL },
	{ C(ANSWER), "reject", 0, CLI_FLAG, &opt.reject, 0, 0, NULL, "drop the call while it is offered", NULL },
	{ C(ANSWER), "accept-only", 0, CLI_FLAG, &opt.accept_only, 0, 0, NULL, "alert, and never answer", NULL },
	{ C(ANSWER), "answer-after", 0, CLI_SECONDS, &opt.answer_after, 0, 86400, "S", "answer S seconds after alerting (0)", NULL },
	{ C(ANSWER), "accept-uui", 0, CLI_UUI, &opt.accept_uui, 0, 0, "TEXT", "UUI of ALERTING", NULL },
	{ C(ANSWER), "answer-uui", 0, CLI_UUI, &opt.answer_uui, 0, 0, "TEXT", "UUI of CONNECT", NULL },
	{ C(ANSWER), "count", 0, CLI_NUMBER, &opt.count, 0, 1000000, "N", "end after N calls (1; 0: never)", NULL },
	{ C(ANSWER), "conference", 0, CLI_NUMBER, &opt.conference, 1, CALLS_MAX - 2, "N", "confer N calls, then drop the conference", NULL },
	{ C(DEMO), "serve", 0, CLI_FLAG, &demo_opt.serve, 0, 0, NULL, "a PBX with 30 calls and a control socket", NULL },
	{ C(DEMO), "leak", 0, CLI_FLAG, &demo_opt.leak, 0, 0, NULL, "with --serve: a client that keeps its handle", NULL },
};
/* clang-format on */

/* What does not go without saying, behind the options. */
static const char *note(int command)
{
	static const char calls[] =
		"  CALL is an id, which list shows (7), SPAN/bCHANNEL (1/b17), SPAN/REFERENCE\n"
		"  (1/user:5, 1/net:5), or + and the end of a number (+5551234).\n";
	static const char spans[] =
		"  SPAN is a line as \"dahdi:16,user\" or \"socket:/tmp/d,net,listen\"; see\n"
		"  isdn-span(7).\n";

	if (command < 0)
		return NULL;
	return 1u << command & (NAMED | C(SHOW)) ? calls : 1u << command & LINES ? spans : NULL;
}

static struct cli cli = {
	.note = note,
	.program = PROGRAM,
	.summary = "the calls of a running program, and calls of one's own",
	.commands = commands,
	.n_commands = N_COMMANDS,
	.options = options,
	.n_options = sizeof(options) / sizeof(options[0]),
};

static attach_command *const on_program[N_COMMANDS] = {
	[C_LIST] = attach_list,	  [C_SHOW] = attach_show,	  [C_WATCH] = attach_watch,
	[C_DROP] = attach_drop,	  [C_LEAVE] = attach_leave,	  [C_CLEAR] = attach_clear,
	[C_HOLD] = attach_hold,	  [C_RETRIEVE] = attach_retrieve, [C_UUI] = attach_send_uui,
	[C_LEAKS] = attach_leaks, [C_STATS] = attach_stats,	  [C_SPANS] = attach_spans,
};

static int ask_program(attach_command *command, int n, char **names)
{
	struct attach attach;
	int status;

	attach_opt.cause = opt.cause;
	attach_opt.uui = opt.uui;
	attach_opt.json = opt.json;
	attach_opt.colour = cli.colour;
	if (opt.timeout >= 0)
		attach_opt.timeout = opt.timeout;
	cli_output();
	status = name_check(&attach_opt, names, n);
	if (status != OK)
		return status;
	status = attach_open(&attach, &attach_opt);
	if (status == OK)
		status = command(&attach, names, n);
	attach_close(&attach);
	return status;
}

static int run_demo(void)
{
	demo_opt.socket = attach_opt.socket;
	demo_opt.pcap = opt.pcap || demo_opt.serve ? opt.pcap : "libisdn-demo.pcap";
	return demo_opt.serve ? demo_serve(&demo_opt) : demo_run(&demo_opt);
}

int main(int argc, char **argv)
{
	int status = cli_begin(&cli, &argc, argv);

	if (status != CLI_GO)
		return status;
	if (on_program[cli.command])
		status = ask_program(on_program[cli.command], argc - 1, argv + 2);
	else if (cli.command == C_DEMO)
		status = run_demo();
	else
		status = session_run(&opt, (enum command)(cli.command - C_CALL), argc, argv);
	return cli_end(&cli, status, NO_DEVICE);
}
