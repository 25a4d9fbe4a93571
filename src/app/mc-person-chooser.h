/* SPDX-License-Identifier: GPL-3.0-or-later
 * A dialog with a list of people, of whom one is chosen: who works here now, who takes over. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *name;
  char *detail;      /* role and authority; may be NULL */
  gboolean has_pin;  /* shown by a lock */
  gboolean is_current; /* shown, and not to be chosen */
} McPerson;
void mc_person_free (McPerson *person);

/* @people: of McPerson; the dialog keeps a reference. @empty: what to do if nobody can be chosen. */
void mc_person_choose (GtkWidget *widget, const char *heading, const char *empty, GPtrArray *people, GAsyncReadyCallback callback, gpointer user_data);

/* The id of who was chosen; NULL: nobody. Caller frees. */
char *mc_person_choose_finish (GAsyncResult *result);

G_END_DECLS
