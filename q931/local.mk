# Sources of q931; included by Makefile.am.
