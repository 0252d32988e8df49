# libFuzzer targets; included by Makefile.am when configured with --enable-fuzz.
fuzz_flags = -g -O1 -fsanitize=fuzzer,address,undefined
noinst_PROGRAMS += fuzz/fuzz_msg
fuzz_fuzz_msg_SOURCES = fuzz/fuzz_msg.c $(core_sources)
fuzz_fuzz_msg_CFLAGS = $(AM_CFLAGS) $(fuzz_flags)
fuzz_fuzz_msg_LDFLAGS = $(fuzz_flags)
