#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test with a screen and a D-Bus session of its own; tells in words what is missing.
for program in xvfb-run dbus-run-session xdotool pdftotext soffice localedef /usr/bin/python3; do
  if ! command -v "$program" >/dev/null; then
    echo "TAP version 13"
    echo "1..0 # SKIP $program is not installed"
    exit 0
  fi
done
if [ ! -x /usr/libexec/at-spi-bus-launcher ]; then
  echo "TAP version 13"
  echo "1..0 # SKIP at-spi-bus-launcher (package at-spi2-core) is not installed"
  exit 0
fi
exec xvfb-run -a -s "-screen 0 1600x900x24" dbus-run-session -- "$@"
