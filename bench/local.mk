# The benchmark of the codec; included by Makefile.am. Built and run by make bench alone.
EXTRA_PROGRAMS = bench/bench_codec
CLEANFILES += $(EXTRA_PROGRAMS)
EXTRA_DIST += doc/performance.md

# Its calls to the allocator, and those of the codec, go through counters of its own.
bench_bench_codec_SOURCES = bench/bench_codec.c
bench_bench_codec_CPPFLAGS = $(AM_CPPFLAGS) -DBENCH_CFLAGS='"$(CFLAGS)"'
bench_bench_codec_LDFLAGS = -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc
bench_bench_codec_LDADD = libisdn_core.la
# libpri (GPL) only to be measured beside ours.
if HAVE_LIBPRI
bench_bench_codec_CPPFLAGS += -DBENCH_LIBPRI
bench_bench_codec_LDADD += -lpri
endif

bench: bench/bench_codec$(EXEEXT)
	@./bench/bench_codec$(EXEEXT)
.PHONY: bench
