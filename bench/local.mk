# The benchmarks; included by Makefile.am. Built and run by make bench alone; BENCH_FLAGS=--quick is
# for bench_calls and bench_registry.
EXTRA_PROGRAMS = bench/bench_codec bench/bench_calls bench/bench_registry bench/bench_control
CLEANFILES += $(EXTRA_PROGRAMS)
EXTRA_DIST += doc/performance.md

# Its calls to the allocator, and those of the codec, go through counters of its own.
bench_bench_codec_SOURCES = bench/bench_codec.c bench/bench.h
bench_bench_codec_CPPFLAGS = $(AM_CPPFLAGS) -DBENCH_CFLAGS='"$(CFLAGS)"'
bench_bench_codec_CFLAGS = $(AM_CFLAGS) $(ISDN_LTO_CFLAGS)
bench_bench_codec_LDFLAGS = $(ISDN_LTO_LDFLAGS) -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc
bench_bench_codec_LDADD = libisdn_core.la
bench_bench_calls_SOURCES = bench/bench_calls.c bench/bench.h
bench_bench_calls_CPPFLAGS = $(AM_CPPFLAGS) -DBENCH_CFLAGS='"$(CFLAGS)"'
bench_bench_calls_CFLAGS = $(AM_CFLAGS) $(ISDN_LTO_CFLAGS)
bench_bench_calls_LDFLAGS = $(ISDN_LTO_LDFLAGS)
bench_bench_calls_LDADD = libisdn_core.la
bench_bench_registry_SOURCES = bench/bench_registry.c bench/bench_desk.c bench/bench_desk.h \
	bench/bench_provider.c bench/bench_provider.h bench/bench.h
bench_bench_registry_CPPFLAGS = $(AM_CPPFLAGS) -DBENCH_CFLAGS='"$(CFLAGS)"'
bench_bench_registry_LDADD = libisdn.la
bench_bench_control_SOURCES = bench/bench_control.c bench/bench_desk.c bench/bench_desk.h \
	bench/bench_provider.c bench/bench_provider.h bench/bench.h
bench_bench_control_CPPFLAGS = $(AM_CPPFLAGS) -DBENCH_CFLAGS='"$(CFLAGS)"'
bench_bench_control_LDADD = libisdn-control.la libisdn.la
# libpri (GPL) only to be measured beside ours.
if HAVE_LIBPRI
bench_bench_codec_CPPFLAGS += -DBENCH_LIBPRI
bench_bench_codec_LDADD += -lpri
bench_bench_calls_CPPFLAGS += -DBENCH_LIBPRI
bench_bench_calls_LDADD += -lpri
endif

bench: bench/bench_codec$(EXEEXT) bench/bench_calls$(EXEEXT) bench/bench_registry$(EXEEXT) bench/bench_control$(EXEEXT)
	@./bench/bench_codec$(EXEEXT)
	@./bench/bench_calls$(EXEEXT) $(BENCH_FLAGS)
	@./bench/bench_registry$(EXEEXT) $(BENCH_FLAGS)
	@./bench/bench_control$(EXEEXT)
.PHONY: bench
