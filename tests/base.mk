# Tests of base; included by Makefile.am.
