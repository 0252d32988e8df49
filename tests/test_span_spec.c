/* SPDX-License-Identifier: BSD-2-Clause */
/* Span strings (isdn-span(7)): what they set, and that every mistake names the part and the
 * choices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/span_spec.h"

static struct ir_span_spec spec;

static int parse(const char *text, struct isdn_error *e)
{
	int err = ir_span_spec_parse(&spec, text, e);

	return err ? err : ir_span_spec_finish(&spec, e);
}

static void options_set_what_they_say(void **state)
{
	struct isdn_error e;

	(void)state;
	assert_int_equal(parse("loop:x,net,t1,etsi,ulaw,uui=32,k=3,n200=5,t200=500,t303=2000,"
			       "t309=0,location=1",
			       &e),
			 0);
	assert_string_equal(spec.driver->name, "loop");
	assert_string_equal(spec.args.address, "x");
	assert_int_equal(spec.config.side, ISDN_NETWORK);
	assert_int_equal(spec.config.interface, ISDN_T1);
	assert_false(spec.config.alaw);
	assert_int_equal(spec.config.uui_max, 32);
	assert_int_equal(spec.config.k, 3);
	assert_int_equal(spec.config.n200, 5);
	assert_int_equal(spec.config.t200, 500);
	assert_int_equal(spec.config.timer[ISDN_T303], 2000);
	assert_int_equal(spec.config.timer[ISDN_T309], 0);
	assert_int_equal(spec.config.timer[ISDN_T305], 30000);
	assert_int_equal(spec.config.location, 1);
}

static void side_and_interface_decide_the_defaults_wherever_they_stand(void **state)
{
	struct isdn_error e;

	(void)state;
	assert_int_equal(parse("loop:x,t303=100,bri,user", &e), 0);
	assert_int_equal(spec.config.k, 1);
	assert_int_equal(spec.config.timer[ISDN_T303], 100);
	assert_int_equal(spec.config.timer[ISDN_T301], 0);
	assert_int_equal(parse("loop:x,net", &e), 0);
	assert_int_equal(spec.config.timer[ISDN_T301], 180000);
	assert_int_equal(spec.config.k, 7);
}

static void a_bus_and_its_layer_2(void **state)
{
	struct isdn_error e;

	(void)state;
	assert_int_equal(parse("loop:x,ptmp,user,bri", &e), 0);
	assert_true(spec.config.ptmp);
	assert_int_equal(spec.config.tei, ISDN_TEI_BROADCAST);
	assert_int_equal(spec.config.layer2, ISDN_LAYER2_LEAVE_DOWN);
	assert_int_equal(
		parse("loop:x,user,bri,ptmp,tei=5,keep-up,t201=300,t202=400,n202=9,tm01=50", &e),
		0);
	assert_int_equal(spec.config.tei, 5);
	assert_int_equal(spec.config.layer2, ISDN_LAYER2_KEEP_UP);
	assert_int_equal(spec.config.t201, 300);
	assert_int_equal(spec.config.t202, 400);
	assert_int_equal(spec.config.n202, 9);
	assert_int_equal(spec.config.tm01, 50);
	assert_int_equal(parse("loop:x,net,bri,ptp,on-demand,tei=126,n201=168", &e), 0);
	assert_false(spec.config.ptmp);
	assert_int_equal(spec.config.tei, 126);
	assert_int_equal(spec.config.n201, 168);
	assert_int_equal(spec.config.layer2, ISDN_LAYER2_ON_DEMAND);
	assert_int_equal(parse("loop:x,net", &e), 0);
	assert_int_equal(spec.config.layer2, ISDN_LAYER2_KEEP_UP);
}

static void user_to_user_signalling(void **state)
{
	struct isdn_error e;

	(void)state;
	assert_int_equal(parse("loop:x,net", &e), 0);
	assert_int_equal(spec.config.uus.services, ISDN_UUS_ALL);
	assert_true(spec.config.uus.negotiated);
	assert_int_equal(parse("loop:x,net,ni2", &e), 0);
	assert_int_equal(spec.config.uus.services, 1);
	assert_false(spec.config.uus.negotiated);
	assert_int_equal(parse("loop:x,uus=0+3,uus-free,uui-strict,uui-codeset=7,burst=9,refill=3,"
			       "grace=0,t1uus3=500,t4uus3=900,net",
			       &e),
			 0);
	assert_int_equal(spec.config.uus.services, 1 | 8);
	assert_false(spec.config.uus.negotiated);
	assert_true(spec.config.uus.strict);
	assert_int_equal(spec.config.uus.codeset, ISDN_UUI_CODESET_7);
	assert_int_equal(spec.config.uus.burst_x, 9);
	assert_int_equal(spec.config.uus.burst_y, 3);
	assert_int_equal(spec.config.uus.grace, 0);
	assert_int_equal(spec.config.timer[ISDN_T1_UUS3], 500);
	assert_int_equal(spec.config.timer[ISDN_T4_UUS3], 900);
	assert_int_equal(parse("loop:x,net,4ess,uui-codeset=0", &e), 0);
	assert_int_equal(spec.config.uus.codeset, ISDN_UUI_CODESET_0);
}

static void every_mistake_names_the_part_and_the_choices(void **state)
{
	static const struct {
		const char *spec, *part, *choice;
	} bad[] = {
		{ "", "no \":\"", "loop" },
		{ "dahdi", "\"dahdi\"", "DRIVER:ADDRESS" },
		{ "dadhi:16,net", "\"dadhi\"", "dahdi" },
		{ ":16,net", "\"\"", "dahdi" },
		{ "loop:,net", "loop", "address" },
		{ "loop:x", "side", "net" },
		{ "loop:x,user,net", "user", "one side" },
		{ "loop:x,nte", "side", "user" },
		{ "loop:x,net,nte", "\"nte\"", "user" },
		{ "loop:x,net,", "\"\"", "t200" },
		{ "loop:x,net,,etsi", "\"\"", "t200" },
		{ "loop:x,net=1", "\"net\"", "no value" },
		{ "loop:x,net,t303", "t303", "10 to 60000" },
		{ "loop:x,net,t303=", "t303", "10 to 60000" },
		{ "loop:x,net,t303=abc", "t303=abc", "10 to 60000" },
		{ "loop:x,net,t303=-5", "t303=-5", "10 to 60000" },
		{ "loop:x,net,t303=5", "t303=5", "10 to 60000" },
		{ "loop:x,net,t303=99999999999999999999", "t303", "10 to 60000" },
		{ "loop:x,net,k=0", "k=0", "1 to 127" },
		{ "loop:x,net,k=128", "k=128", "1 to 127" },
		{ "loop:x,net,uui=129", "uui=129", "0 to 128" },
		{ "loop:x,net,ptmp", "\"ptmp\"", "\",bri\"" },
		{ "loop:x,user,bri,ptmp,tei=64", "tei=64", "0 to 63" },
		{ "loop:x,user,tei=127", "tei=127", "0 to 126" },
		{ "loop:x,net,bri,ptmp,keep-up", "keep-up", "on-demand" },
		{ "loop:x,net,n201=100", "n201=100", "uui=60" },
		{ "loop:x,net,bri,ptmp,qsig", "qsig", "ptmp" },
		{ "loop:x,qsig,user,ptmp,bri", "qsig", "ptmp" },
		{ "loop:x,net,tm01=1", "tm01=1", "10 to 3600000" },
		{ "loop:x,net,uus", "uus=", "0+1+3" },
		{ "loop:x,net,uus=", "uus=", "0+1+3" },
		{ "loop:x,net,uus=4", "uus=4", "0+1+3" },
		{ "loop:x,net,uus=1+", "uus=1+", "0+1+3" },
		{ "loop:x,net,uus=12", "uus=12", "0+1+3" },
		{ "loop:x,net,uus-free=1", "uus-free", "no value" },
		{ "loop:x,net,uui-codeset=6", "uui-codeset=6", "0 or 7" },
		{ "loop:x,net,uui-codeset", "uui-codeset=", "0 or 7" },
		{ "loop:x,net,burst=256", "burst=256", "0 to 255" },
		{ "loop:x,net,burst=4,refill=5", "refill=5", "1 up to burst" },
		{ "loop:x,net,burst=4,refill=0", "refill=0", "both are 0" },
		{ "loop:x,net,t3uus3=5", "t3uus3=5", "10 to 60000" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct isdn_error e = { .text = "" };

		assert_int_equal(parse(bad[i].spec, &e), ISDN_ERR_SPEC);
		assert_int_equal(e.code, ISDN_ERR_SPEC);
		if (!strstr(e.text, bad[i].part) || !strstr(e.text, bad[i].choice))
			fail_msg("\"%s\" gives \"%s\"", bad[i].spec, e.text);
		assert_int_equal(parse(bad[i].spec, NULL), ISDN_ERR_SPEC);
	}
}

static void too_long_and_too_many_are_refused(void **state)
{
	char text[2000];
	struct isdn_error e;

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text, "loop:", 5);
	text[1999] = '\0';
	assert_int_equal(parse(text, &e), ISDN_ERR_SPEC);
	assert_non_null(strstr(e.text, "511"));
	strcpy(text, "loop:a,net");
	for (int i = 0; i < 40; i++)
		strcat(text, ",etsi");
	assert_int_equal(parse(text, &e), ISDN_ERR_SPEC);
	assert_non_null(strstr(e.text, "32"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_set_what_they_say),
		cmocka_unit_test(side_and_interface_decide_the_defaults_wherever_they_stand),
		cmocka_unit_test(a_bus_and_its_layer_2),
		cmocka_unit_test(user_to_user_signalling),
		cmocka_unit_test(every_mistake_names_the_part_and_the_choices),
		cmocka_unit_test(too_long_and_too_many_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
