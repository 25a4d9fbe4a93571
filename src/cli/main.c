/* SPDX-License-Identifier: GPL-3.0-or-later
 * mingcha-cli: the jobs of the window without a window. */
#include "mc-cli.h"

#include "store/mc-locale.h"

int
main (int argc, char **argv)
{
  mc_locale_init ();
  return mc_cli_run (argc, argv);
}
