# Sources of drivers; included by Makefile.am.
