/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window of Mingcha. */
#include "app/mc-application.h"
#include "store/mc-locale.h"

int
main (int argc, char **argv)
{
  g_autoptr (McApplication) application = NULL;

  mc_locale_init ();
  application = mc_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
