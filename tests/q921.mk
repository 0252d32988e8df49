# Tests of q921; included by Makefile.am.
