/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is asked when something of a follow-up is recorded: more time, a referral, the reply to it, its end. */
#pragma once

#include <gtk/gtk.h>

#include "mc-follow-ups.h"

G_BEGIN_DECLS

typedef enum
{
  MC_FOLLOW_UP_FORM_EXTEND,
  MC_FOLLOW_UP_FORM_REFER,
  MC_FOLLOW_UP_FORM_REPLY,
  MC_FOLLOW_UP_FORM_CLOSE,
} McFollowUpFormKind;

/* A dialog over the window of @widget. What is refused is said in it, and what was typed stays; once it is on disk the dialog goes. @today: ISO date. */
void mc_follow_up_form_show (GtkWidget *widget, McStore *store, const McRecord *follow_up, McFollowUpFormKind kind, const char *today);

G_END_DECLS
