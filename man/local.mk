# Manual pages; included by Makefile.am.
