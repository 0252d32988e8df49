# Tests of lib; included by Makefile.am.
