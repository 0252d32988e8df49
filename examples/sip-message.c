/* SPDX-License-Identifier: BSD-2-Clause */
/* SIP messages: see sip-message.h. */
#define _POSIX_C_SOURCE 200809L
#include "sip-message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Header fields that are read, with their short names. */
static const struct {
	const char *name, *compact;
	size_t field; /* of struct sip_message */
} fields[] = {
	{ "Via", "v", offsetof(struct sip_message, via) },
	{ "From", "f", offsetof(struct sip_message, from) },
	{ "To", "t", offsetof(struct sip_message, to) },
	{ "Call-ID", "i", offsetof(struct sip_message, call_id) },
	{ "Contact", "m", offsetof(struct sip_message, contact) },
	{ "CSeq", "", offsetof(struct sip_message, cseq_method) },
	{ "User-to-User", "", offsetof(struct sip_message, user_to_user) },
	{ "Reason", "", offsetof(struct sip_message, reason) },
	{ "Content-Length", "l", offsetof(struct sip_message, content_length) },
};

/* The line at *at, terminated, folded lines made one; NULL at the end of the header. */
static char *next_line(char **at)
{
	char *line = *at, *end = line;

	while ((end = strstr(end, "\r\n")) != NULL && end != line &&
	       (end[2] == ' ' || end[2] == '\t'))
		end[0] = end[1] = ' ';
	if (!end || end == line)
		return NULL;
	*end = '\0';
	*at = end + 2;
	return line;
}

/* Of several fields of a name the first counts: there are no proxies between the far end and us. */
static void header_field(struct sip_message *m, char *line)
{
	char *value = strchr(line, ':');

	if (!value)
		return;
	*value++ = '\0';
	line[strcspn(line, " \t")] = '\0';
	value += strspn(value, " \t");
	for (size_t i = 0; i < COUNT(fields); i++) {
		const char **to = (const char **)((char *)m + fields[i].field);

		if (!**to && (!strcasecmp(line, fields[i].name) ||
			      (*fields[i].compact && !strcasecmp(line, fields[i].compact))))
			*to = value;
	}
}

bool sip_read(char *text, struct sip_message *m)
{
	char *at = text, *line = next_line(&at), *end;

	*m = (struct sip_message){ "", "", 0, 0, "", "", "", "", "", "", "", "", "" };
	if (!line)
		return false;
	if (!strncmp(line, "SIP/2.0 ", 8)) {
		m->status = (unsigned)strtoul(line + 8, NULL, 10);
	} else {
		m->method = strtok_r(line, " ", &end);
		m->uri = strtok_r(NULL, " ", &end);
		if (!m->method || !m->uri)
			return false;
	}
	while ((line = next_line(&at)) != NULL)
		header_field(m, line);
	m->cseq = (unsigned)strtoul(m->cseq_method, &end, 10);
	m->cseq_method = end + strspn(end, " \t");
	return (*m->method || (m->status >= 100 && m->status <= 699)) && *m->via && *m->from &&
	       *m->to && *m->call_id && *m->cseq_method;
}

void sip_uri(const char *value, char *out, size_t cap)
{
	const char *begin = strchr(value, '<');

	value = begin ? begin + 1 : value;
	snprintf(out, cap, "%.*s", (int)strcspn(value, begin ? ">" : "; \t"), value);
}

void sip_number(const char *uri, struct isdn_number *number)
{
	const char *user = strchr(uri, ':');
	size_t n;

	memset(number, 0, sizeof(*number));
	number->plan = 1; /* E.164 */
	if (!user)
		return;
	user++;
	if (*user == '+') {
		number->type = 1; /* international */
		user++;
	}
	n = strspn(user, "0123456789*#ABCD");
	if (n > ISDN_DIGITS_MAX || (user[n] != '@' && user[n] != ';'))
		return;
	memcpy(number->digits, user, n);
	number->n_digits = (uint8_t)n;
}

bool sip_uui(const struct sip_message *m, struct isdn_uui *uui)
{
	size_t len = strlen(m->user_to_user), next = 0;
	int got;

	while ((got = isdn_uui_sip_read(m->user_to_user, len, &next, uui, NULL)) < 0)
		;
	return got == 1;
}

void sip_why(uint8_t cause, const struct isdn_uui *uui, char *out, size_t cap)
{
	char value[ISDN_UUI_SIP_SIZE];
	int n = 0;

	*out = '\0';
	if (cause)
		n = snprintf(out, cap, "Reason: Q.850;cause=%u;text=\"%s\"\r\n", cause,
			     isdn_cause_name(cause));
	if (uui && n >= 0 && (size_t)n < cap &&
	    !isdn_uui_sip_write(uui, ISDN_UUI_SIP_ENCODING, value, sizeof(value), NULL))
		snprintf(out + n, cap - (size_t)n, "User-to-User: %s\r\n", value);
}

/* RFC 3398 7.2.4.1 and 8.2.6.1; the first row with a cause, or a status, is the one. */
static const struct {
	uint8_t cause;
	unsigned status;
	const char *phrase;
} statuses[] = {
	{ ISDN_CAUSE_UNALLOCATED_NUMBER, 404, "Not Found" },
	{ ISDN_CAUSE_USER_BUSY, 486, "Busy Here" },
	{ ISDN_CAUSE_USER_BUSY, 600, "Busy Everywhere" },
	{ ISDN_CAUSE_NO_USER_RESPONDING, 480, "Temporarily Unavailable" },
	{ ISDN_CAUSE_NO_ANSWER, 480, "Temporarily Unavailable" },
	{ ISDN_CAUSE_CALL_REJECTED, 403, "Forbidden" },
	{ ISDN_CAUSE_CALL_REJECTED, 603, "Decline" },
	{ ISDN_CAUSE_NUMBER_CHANGED, 410, "Gone" },
	{ ISDN_CAUSE_DESTINATION_OUT_OF_ORDER, 502, "Bad Gateway" },
	{ ISDN_CAUSE_INVALID_NUMBER_FORMAT, 484, "Address Incomplete" },
	{ ISDN_CAUSE_NO_CHANNEL_AVAILABLE, 503, "Service Unavailable" },
	{ ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY, 408, "Request Timeout" },
	{ ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY, 504, "Server Time-out" },
	{ ISDN_CAUSE_TEMPORARY_FAILURE, 500, "Server Internal Error" },
};

uint8_t sip_cause(const struct sip_message *m)
{
	const char *reason = strstr(m->reason, "Q.850");
	unsigned long cause;

	reason = reason ? strstr(reason, "cause=") : NULL;
	cause = reason ? strtoul(reason + strlen("cause="), NULL, 10) : 0;
	if (cause >= 1 && cause <= 127)
		return (uint8_t)cause;
	for (size_t i = 0; i < COUNT(statuses); i++)
		if (statuses[i].status == m->status)
			return statuses[i].cause;
	return m->status >= 300 ? ISDN_CAUSE_INTERWORKING : ISDN_CAUSE_NORMAL_CALL_CLEARING;
}

unsigned sip_status(uint8_t cause, const char **phrase)
{
	for (size_t i = 0; i < COUNT(statuses); i++)
		if (statuses[i].cause == cause) {
			*phrase = statuses[i].phrase;
			return statuses[i].status;
		}
	*phrase = "Temporarily Unavailable";
	return 480;
}
