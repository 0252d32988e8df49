/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls in a loop of libuv: loop-libuv SPAN. What arrives is rejected; a signal ends it. */
#define _POSIX_C_SOURCE 200809L
#include <isdn/isdn.h>
#include <signal.h>
#include <stdio.h>
#include <uv.h>

static struct isdn_registry *registry;
static struct isdn_client *client;

/* All that waits, and what comes of the requests meanwhile: until there is no event. */
static void take_events(void)
{
	struct isdn_event ev;

	while (isdn_client_next_event(client, &ev) == 1) {
		if (ev.type != ISDN_EV_CALL_STATE)
			continue;
		printf("%s\n", isdn_call_state_name(ev.state));
		if (ev.state == ISDN_CALL_IDLE)
			isdn_call_deallocate(client, ev.call);
		else if (ev.state & (ISDN_CALL_OFFERING | ISDN_CALL_DISCONNECTED))
			isdn_call_drop(client, ev.call, NULL);
	}
}

static bool open_line(const char *spec)
{
	struct isdn_client_config config;
	struct isdn_error error;
	unsigned span;

	isdn_client_config_init(&config);
	if (isdn_registry_new(&registry, NULL, NULL) ||
	    isdn_client_open(registry, &config, &client))
		return false;
	if (isdn_registry_open_span(registry, spec, &span, &error) == 0)
		return true;
	fprintf(stderr, "%s\n", error.text);
	return false;
}

static void readable(uv_poll_t *handle, int status, int events)
{
	(void)handle, (void)status, (void)events;
	isdn_registry_process(registry);
	take_events();
	fflush(stdout);
}

static void interrupted(uv_signal_t *handle, int number)
{
	(void)number;
	uv_stop(handle->loop);
}

int main(int argc, char **argv)
{
	uv_loop_t *loop = uv_default_loop();
	uv_signal_t interrupt, terminate;
	uv_poll_t line;

	if (!loop || argc != 2 || !open_line(argv[1]))
		return 1;
	if (uv_poll_init(loop, &line, isdn_registry_fd(registry)) ||
	    uv_poll_start(&line, UV_READABLE, readable))
		return 1;
	uv_signal_init(loop, &interrupt);
	uv_signal_start(&interrupt, interrupted, SIGINT);
	uv_signal_init(loop, &terminate);
	uv_signal_start(&terminate, interrupted, SIGTERM);
	take_events(); /* what came of opening */
	uv_run(loop, UV_RUN_DEFAULT);
	uv_close((uv_handle_t *)&line, NULL); /* before the registry closes its descriptor */
	uv_close((uv_handle_t *)&interrupt, NULL);
	uv_close((uv_handle_t *)&terminate, NULL);
	uv_run(loop, UV_RUN_DEFAULT);
	uv_loop_close(loop);
	isdn_registry_free(registry);
	return 0;
}
