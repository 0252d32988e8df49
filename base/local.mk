# Sources of base; included by Makefile.am.
