/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a SIP gateway does with user-user information:
 *   uui-sip VALUE...      of header fields User-to-User: the User-user element for SETUP, as hex
 *   uui-sip --to-sip HEX  of an element that came: the value for the header field
 */
#include <isdn/isdn.h>
#include <stdio.h>
#include <string.h>

#define USER_USER 0x7e

/* An element has one discriminator, so the first value that is for the ISDN is the one. */
static int to_isdn(char **values)
{
	struct isdn_error error;
	struct isdn_uui uui;
	bool found = false;

	for (; *values; values++) {
		size_t len = strlen(*values), next = 0;
		int got;

		while (!found && (got = isdn_uui_sip_read(*values, len, &next, &uui, &error)) != 0)
			if (got == 1)
				found = true;
			else /* also ISDN_ERR_UUI_PACKAGE: for somebody else, go on */
				fprintf(stderr, "left out: %s\n", error.text);
	}
	if (!found)
		return fprintf(stderr, "nothing here is for an ISDN\n"), 1;
	printf("%02x%02x%02x", USER_USER, 1u + uui.len, uui.discriminator);
	for (unsigned i = 0; i < uui.len; i++)
		printf("%02x", uui.data[i]);
	printf("\n");
	return 0;
}

/* How many octets hex is; 0: it is not hex, or too long. */
static size_t octets_of(const char *hex, uint8_t *octets, size_t cap)
{
	size_t n = 0;
	unsigned o;

	for (; *hex; hex += 2) {
		if (n == cap || strspn(hex, "0123456789abcdefABCDEF") < 2 ||
		    sscanf(hex, "%2x", &o) != 1)
			return 0;
		octets[n++] = (uint8_t)o;
	}
	return n;
}

static int to_sip(const char *hex)
{
	uint8_t element[2 + 1 + ISDN_UUI_MAX];
	char value[ISDN_UUI_SIP_SIZE];
	struct isdn_error error;
	struct isdn_uui uui;
	size_t n = octets_of(hex, element, sizeof(element));

	if (n < 2 || element[0] != USER_USER || element[1] != n - 2)
		return fprintf(stderr, "%s: a User-user element is 7e, its length, octets\n", hex),
		       1;
	if (isdn_uui_from_octets(&uui, element + 2, n - 2, &error))
		return fprintf(stderr, "%s\n", error.text), 1;
	/* the parameters are the defaults; older readers want to see them */
	if (isdn_uui_sip_write(&uui, ISDN_UUI_SIP_ALL, value, sizeof(value), NULL))
		return 1;
	printf("%s\n", value);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "--to-sip"))
		return to_sip(argv[2]);
	if (argc > 1 && argv[1][0] != '-')
		return to_isdn(argv + 1);
	return fprintf(stderr, "usage: uui-sip VALUE... | uui-sip --to-sip HEX\n"), 2;
}
