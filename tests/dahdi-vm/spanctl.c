/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pull and plug the cable of a dynamic DAHDI span:
 *
 *	spanctl destroy loc,1:1		its channels must be closed
 *	spanctl create loc,1:1 31 0	driver, address, channels, timing; prints the span number
 *
 * After create the channels have no signalling until dahdi_cfg gives it to them.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/ioctl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct dynamic_span {
	char driver[20];
	char address[40];
	int channels, timing;
	int number; /* answered by create */
};

#define DYNAMIC_CREATE	_IOWR(0xDA, 80, struct dynamic_span)
#define DYNAMIC_DESTROY _IOW(0xDA, 81, struct dynamic_span)

static int usage(void)
{
	fprintf(stderr, "usage: spanctl destroy DRIVER,ADDRESS\n"
			"       spanctl create DRIVER,ADDRESS CHANNELS TIMING\n");
	return 2;
}

int main(int argc, char **argv)
{
	struct dynamic_span span;
	const char *comma = argc > 2 ? strchr(argv[2], ',') : NULL;
	int create = argc == 5 && !strcmp(argv[1], "create"), fd, r;

	memset(&span, 0, sizeof(span));
	if (!comma || (!create && (argc != 3 || strcmp(argv[1], "destroy"))) ||
	    comma - argv[2] >= (int)sizeof(span.driver) ||
	    strlen(comma + 1) >= sizeof(span.address))
		return usage();
	memcpy(span.driver, argv[2], (size_t)(comma - argv[2]));
	strcpy(span.address, comma + 1);
	if (create) {
		span.channels = atoi(argv[3]);
		span.timing = atoi(argv[4]);
	}
	fd = open("/dev/dahdi/ctl", O_RDWR);
	r = fd < 0 ? -1 : ioctl(fd, create ? DYNAMIC_CREATE : DYNAMIC_DESTROY, &span);
	if (r < 0) {
		fprintf(stderr, "spanctl: %s %s: %s%s\n", argv[1], argv[2], strerror(errno),
			errno == EBUSY ? " (one of its channels is open)" : "");
		return 1;
	}
	if (create)
		printf("span %d\n", span.number);
	close(fd);
	return 0;
}
