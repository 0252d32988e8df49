# Sources of lib; included by Makefile.am.
