# Tests of interop; included by Makefile.am.
