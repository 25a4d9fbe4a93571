/* SPDX-License-Identifier: GPL-3.0-or-later
 * A state as icon and word: the colour is only the third cue. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  MC_STATUS_PLAIN,      /* no icon */
  MC_STATUS_OK,         /* object-select */
  MC_STATUS_WARNING,    /* dialog-warning: please check, differs */
  MC_STATUS_ERROR,      /* dialog-error: nonconform, overdue */
  MC_STATUS_UNKNOWN,    /* dialog-question: no rule says */
  MC_STATUS_SOON,       /* appointment-soon: due soon */
  MC_STATUS_LATER,      /* x-office-calendar: due later */
  MC_STATUS_NOT_APPLICABLE, /* action-unavailable */
  MC_STATUS_LOCKED,     /* changes-prevent: finalised */
  MC_STATUS_BUSY,       /* emblem-synchronizing: under way */
} McStatusKind;
#define MC_TYPE_STATUS_KIND (mc_status_kind_get_type ())
GType mc_status_kind_get_type (void);

/* Properties: kind, text, wrap (TRUE: the word may take several lines; default FALSE). Nicks of kind in a .ui: plain, ok, warning, error, unknown, soon, later,
 * not-applicable, locked, busy. */
#define MC_TYPE_STATUS (mc_status_get_type ())
G_DECLARE_FINAL_TYPE (McStatus, mc_status, MC, STATUS, GtkWidget)

GtkWidget *mc_status_new (McStatusKind kind, const char *text);
void mc_status_set (McStatus *self, McStatusKind kind, const char *text);
const char *mc_status_get_text (McStatus *self);
const char *mc_status_kind_icon_name (McStatusKind kind); /* NULL for PLAIN */
const char *mc_status_kind_css_class (McStatusKind kind); /* of the text colour; NULL for none */

G_END_DECLS
