# Tests of cc; included by Makefile.am.
