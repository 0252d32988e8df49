/* SPDX-License-Identifier: BSD-2-Clause */
#include "dump.h"
static bool begin(struct out *o)
{
	(void)o;
	return true;
}
static void frame(struct out *o, const struct frame *f)
{
	(void)o;
	(void)f;
}
static void end(struct out *o)
{
	(void)o;
}
const struct output dump_svg = { "svg", begin, frame, end };
