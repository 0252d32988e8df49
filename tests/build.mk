# Guards over the whole tree; included by Makefile.am.
