# Sources of examples; included by Makefile.am.
