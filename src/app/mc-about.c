/* SPDX-License-Identifier: GPL-3.0-or-later
 * Says what the program is. */
#include "mc-about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-config.h"

void
mc_about_show (GtkWindow *parent)
{
  adw_show_about_window (parent,
                         "application-name", _("Mingcha"),
                         "application-icon", MC_APPLICATION_ID,
                         "version", MC_VERSION,
                         "developer-name", _("The Mingcha contributors"),
                         "comments", _("Inspections of elder care and childcare: registers, checks, findings, records and workbooks, without a network."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}
