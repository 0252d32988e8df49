/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The corpus of a fuzz target without libFuzzer: each line of the file is one
 * input as hex. With a directory the inputs are written there as files instead,
 * for libFuzzer to go on from.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define INPUT_MAX 8192

static int digit(int c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* -1: the line is not hex. */
static long octets_of(const char *line, uint8_t *octets)
{
	size_t n = 0;

	for (; *line && *line != '\n'; line += 2) {
		int high = digit(line[0]), low = high < 0 ? -1 : digit(line[1]);

		if (low < 0 || n == INPUT_MAX)
			return -1;
		octets[n++] = (uint8_t)(high << 4 | low);
	}
	return (long)n;
}

/* In memory of exactly its size, so that a sanitizer sees each read behind it. */
static void run(const uint8_t *octets, size_t n)
{
	uint8_t *exact = malloc(n ? n : 1);

	if (!exact)
		exit(1);
	memcpy(exact, octets, n);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
}

static int unpack(const char *dir, unsigned number, const uint8_t *octets, size_t n)
{
	char path[4096];
	FILE *f;
	int bad;

	snprintf(path, sizeof(path), "%s/%05u", dir, number);
	f = fopen(path, "wb");
	if (!f)
		return -1;
	bad = fwrite(octets, 1, n, f) != n;
	return fclose(f) || bad ? -1 : 0;
}

int main(int argc, char **argv)
{
	static char line[2 * INPUT_MAX + 2];
	static uint8_t octets[INPUT_MAX];
	unsigned number = 0;
	FILE *f;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: %s CORPUS.hex [DIRECTORY]\n", argv[0]);
		return 2;
	}
	f = fopen(argv[1], "r");
	if (!f) {
		perror(argv[1]);
		return 1;
	}
	while (fgets(line, sizeof(line), f)) {
		long n = octets_of(line, octets);

		number++;
		if (n < 0) {
			fprintf(stderr, "%s:%u: not hex, or too long\n", argv[1], number);
			return 1;
		}
		if (argc == 2)
			run(octets, (size_t)n);
		else if (unpack(argv[2], number, octets, (size_t)n)) {
			perror(argv[2]);
			return 1;
		}
	}
	fclose(f);
	printf("%u inputs\n", number);
	return number ? 0 : 1;
}
