#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Guest script: the dahdi driver alone. Needs driver_check, spanctl and far.conf.
./driver_check
