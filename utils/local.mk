# Sources of utils; included by Makefile.am.
