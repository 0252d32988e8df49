#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Guest script: basic access alone. Needs bri_check and spanctl.
./bri_check
