# Tests of codec; included by Makefile.am.
