# Tests of drivers; included by Makefile.am.
