/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of drivers, and options as drivers take them from a span string. */
#include "tests/test_driver_help.h"

static void each_driver_is_found_by_its_whole_name_only(void **state)
{
	(void)state;
	for (size_t i = 0; id_drivers[i]; i++) {
		const char *name = id_drivers[i]->name;

		assert_ptr_equal(id_driver_find(name, strlen(name)), id_drivers[i]);
		assert_null(id_driver_find(name, strlen(name) - 1));
	}
	assert_null(id_driver_find("loopback", 8));
	assert_null(id_driver_find("", 0));
	/* a name need not be terminated */
	assert_ptr_equal(id_driver_find("loop:a", 4), &id_loop);
}

static void the_list_of_names_says_what_the_table_holds(void **state)
{
	char names[128] = "";

	(void)state;
	for (size_t i = 0; id_drivers[i]; i++) {
		if (i)
			strcat(names, ", ");
		strcat(names, id_drivers[i]->name);
	}
	assert_string_equal(id_driver_names(), names);
}

static void every_driver_has_every_function_and_its_texts(void **state)
{
	(void)state;
	for (size_t i = 0; id_drivers[i]; i++) {
		const struct id_driver *d = id_drivers[i];

		assert_true(d->address && *d->address && d->options);
		assert_true(d->open && d->close && d->fd && d->deadline);
		assert_true(d->recv && d->send && d->event);
	}
}

static void a_number_is_decimal_digits_within_its_range(void **state)
{
	unsigned v = 7;

	(void)state;
	assert_true(id_number("0", 10, &v));
	assert_int_equal(v, 0);
	assert_true(id_number("4294967295", UINT32_MAX, &v));
	assert_int_equal(v, UINT32_MAX);
	v = 7;
	assert_false(id_number("", 10, &v));
	assert_false(id_number("11", 10, &v));
	assert_false(id_number("4294967296", UINT32_MAX, &v));
	assert_false(id_number("99999999999999999999999999", UINT32_MAX, &v));
	assert_false(id_number("-1", 10, &v));
	assert_false(id_number("+1", 10, &v));
	assert_false(id_number(" 1", 10, &v));
	assert_false(id_number("1x", 10, &v));
	assert_false(id_number("0x1", 10, &v));
	assert_int_equal(v, 7);
}

static void an_option_text_names_the_option_its_value_and_its_range(void **state)
{
	struct help_spec s;
	struct isdn_error error;
	unsigned v = 5;

	(void)state;
	help_spec(&s, "a,loss=1001");
	assert_int_equal(id_option_number(&s.args, "loss", 2, 1000, &v, &error), ISDN_ERR_SPEC);
	assert_int_equal(error.code, ISDN_ERR_SPEC);
	assert_non_null(strstr(error.text, "\"loss=1001\""));
	assert_non_null(strstr(error.text, "from 2 to 1000"));
	assert_int_equal(v, 5);
	help_spec(&s, "a,loss=1");
	assert_int_equal(id_option_number(&s.args, "loss", 2, 1000, &v, NULL), ISDN_ERR_SPEC);
	help_spec(&s, "a,loss");
	assert_int_equal(id_option_number(&s.args, "loss", 2, 1000, &v, &error), ISDN_ERR_SPEC);
	help_spec(&s, "a,fcs=1");
	assert_int_equal(id_option_flag(&s.args, "fcs", &(bool){ false }, &error), ISDN_ERR_SPEC);
	assert_non_null(strstr(error.text, "\"fcs\""));
}

static void an_option_is_marked_as_used_and_others_are_left_alone(void **state)
{
	struct help_spec s;
	bool flag = false;
	unsigned v = 5;

	(void)state;
	help_spec(&s, "a,net,loss=30,fcs,t200=50");
	assert_int_equal(id_option_number(&s.args, "loss", 0, 1000, &v, NULL), 0);
	assert_int_equal(v, 30);
	assert_int_equal(id_option_flag(&s.args, "fcs", &flag, NULL), 0);
	assert_true(flag);
	assert_false(s.arg[0].used);
	assert_true(s.arg[1].used);
	assert_true(s.arg[2].used);
	assert_false(s.arg[3].used);
	assert_int_equal(id_option_number(&s.args, "dup", 0, 1000, &v, NULL), 0);
	assert_int_equal(v, 30); /* not given: as it was */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_driver_is_found_by_its_whole_name_only),
		cmocka_unit_test(the_list_of_names_says_what_the_table_holds),
		cmocka_unit_test(every_driver_has_every_function_and_its_texts),
		cmocka_unit_test(a_number_is_decimal_digits_within_its_range),
		cmocka_unit_test(an_option_text_names_the_option_its_value_and_its_range),
		cmocka_unit_test(an_option_is_marked_as_used_and_others_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
