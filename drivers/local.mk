# Sources of drivers; included by Makefile.am.
core_sources += drivers/driver.h drivers/table.h drivers/table.c \
	drivers/loop.c \
	drivers/fcs.h drivers/socket.c \
	drivers/dahdi_abi.h drivers/dahdi.c
