/* SPDX-License-Identifier: GPL-3.0-or-later
 * The dialog that takes a PIN: from the keyboard, its keypad, or the digits shown beside it. */
#pragma once

#include <gtk/gtk.h>

#include "registry/mc-user.h"

G_BEGIN_DECLS

/* Signal "answered" (McPinDialog *, gboolean proven): once; the dialog is gone after it. */
#define MC_TYPE_PIN_DIALOG (mc_pin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (McPinDialog, mc_pin_dialog, MC, PIN_DIALOG, GtkWindow)

/* @reason: the heading. */
McPinDialog *mc_pin_dialog_new (McStore *store, const char *user, const char *reason);

/* Says what @result means, if anything is wrong. */
void mc_pin_dialog_tell (McPinDialog *self, const McPinResult *result);

/* Over the window of @widget. */
void mc_pin_dialog_show (McPinDialog *self, GtkWidget *widget);

G_END_DECLS
