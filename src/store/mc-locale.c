/* SPDX-License-Identifier: GPL-3.0-or-later
 * The language of the programs. */
#include "mc-locale.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "mc-config.h"

void
mc_locale_init (void)
{
  const char *folder = g_getenv ("MINGCHA_LOCALEDIR");

  if (!setlocale (LC_ALL, ""))
    setlocale (LC_ALL, "C.UTF-8");
  if (strcmp (nl_langinfo (CODESET), "ANSI_X3.4-1968") == 0) /* no locale is set: a name in Chinese is still to be read and written */
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (MC_GETTEXT_PACKAGE, folder ? folder : MC_LOCALEDIR);
  bind_textdomain_codeset (MC_GETTEXT_PACKAGE, "UTF-8");
  textdomain (MC_GETTEXT_PACKAGE);
}
