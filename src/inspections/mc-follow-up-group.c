/* SPDX-License-Identifier: GPL-3.0-or-later
 * The follow-ups of the findings of one check. */
#include "mc-follow-up-group.h"

#include <glib/gi18n.h>

#include "mc-follow-up-card.h"
#include "standards/mc-iso-date.h"

#define WAIT_MS 200

struct _McFollowUpGroup
{
  AdwPreferencesGroup parent_instance;

  /* Borrowed */
  GtkWidget *recheck_button;

  /* Owned */
  GPtrArray *cards;       /* of borrowed McFollowUpCard */
  McSession *session;
  McStore *store;         /* whose changes are listened to */
  McVisitEditor *editor;
  guint reading;          /* counts readings: an older one is forgotten */
  guint waiting;          /* id of the source that reads again */
};

G_DEFINE_FINAL_TYPE (McFollowUpGroup, mc_follow_up_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  RECHECK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear (McFollowUpGroup *self)
{
  for (guint i = 0; i < self->cards->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->cards, i));
  g_ptr_array_set_size (self->cards, 0);
}

/* The item's code, and what was found; without that, what the item asks. */
static char *
title_of (const McVisit *visit, const char *code)
{
  const McRecord *finding = mc_visit_get_finding (visit, code);
  const McItem *item = mc_standard_find_item (mc_visit_get_standard (visit), code);
  const char *text = finding ? mc_record_get_text (finding, "description") : NULL;

  if (!text || !*text)
    text = item ? item->text : "";
  return g_strdup_printf ("%s  %s", code, text);
}

static void
show (McFollowUpGroup *self, GPtrArray *follow_ups)
{
  McVisit *visit = mc_visit_editor_get_visit (self->editor);
  g_autofree char *today = NULL;
  gboolean writable = !mc_session_is_read_only (self->session), open = FALSE;
  GDate day;

  mc_session_get_today (self->session, &day);
  today = mc_iso_date_format (&day);
  for (guint i = 0; i < follow_ups->len; i++)
    {
      const McRecord *follow_up = g_ptr_array_index (follow_ups, i);
      g_autofree char *title = title_of (visit, mc_record_get_text (follow_up, "item"));
      GtkWidget *card = mc_follow_up_card_new (self->store, follow_up, title, today, writable);

      open |= mc_follow_up_get_state (follow_up) != MC_FOLLOW_UP_CLOSED;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), card);
      g_ptr_array_add (self->cards, card);
    }
  gtk_widget_set_visible (self->recheck_button, open && writable);
}

/* --- reading ----------------------------------------------------------------------------------------------- */

typedef struct
{
  McFollowUpGroup *self; /* owned */
  guint reading;
} Reading;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr (McFollowUpGroup) self = reading->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) follow_ups = g_task_propagate_pointer (G_TASK (result), &error);

  if (reading->reading != self->reading)
    return;
  clear (self);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), error ? error->message : NULL);
  gtk_widget_set_visible (self->recheck_button, FALSE);
  if (follow_ups)
    show (self, follow_ups);
  gtk_widget_set_visible (GTK_WIDGET (self), error || self->cards->len > 0);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *follow_ups = mc_follow_ups_load (source, data, &error);

  if (follow_ups)
    g_task_return_pointer (task, follow_ups, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
read_again (McFollowUpGroup *self)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  self->reading++;
  if (!self->store || !self->editor)
    {
      clear (self);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  reading = g_new0 (Reading, 1);
  *reading = (Reading) { g_object_ref (self), self->reading };
  task = g_task_new (self->store, NULL, read_cb, reading);
  g_task_set_task_data (task, g_strdup (mc_visit_get_id (mc_visit_editor_get_visit (self->editor))), g_free);
  g_task_run_in_thread (task, read_thread);
}

static gboolean
waited_cb (gpointer data)
{
  McFollowUpGroup *self = data;

  self->waiting = 0;
  read_again (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (McFollowUpGroup *self, const McChangeSet *set)
{
  if (self->editor && !self->waiting && (!set->records || mc_change_set_has_entity (set, "follow_up") || mc_change_set_has_entity (set, "finding")))
    self->waiting = g_timeout_add (WAIT_MS, waited_cb, self);
}

static void
recheck_cb (McFollowUpGroup *self)
{
  const McRecord *record = mc_visit_get_record (mc_visit_editor_get_visit (self->editor));

  g_signal_emit (self, signals[RECHECK], 0, mc_record_get_text (record, "facility"), mc_record_get_id (record));
}

/* --- widget ------------------------------------------------------------------------------------------------ */

static void
mc_follow_up_group_dispose (GObject *object)
{
  McFollowUpGroup *self = MC_FOLLOW_UP_GROUP (object);

  self->reading++;
  g_clear_handle_id (&self->waiting, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->store);
  g_clear_object (&self->editor);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  G_OBJECT_CLASS (mc_follow_up_group_parent_class)->dispose (object);
}

static void
mc_follow_up_group_class_init (McFollowUpGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_follow_up_group_dispose;
  signals[RECHECK] = g_signal_new ("recheck", MC_TYPE_FOLLOW_UP_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
mc_follow_up_group_init (McFollowUpGroup *self)
{
  self->cards = g_ptr_array_new ();
  self->recheck_button = gtk_button_new_with_label (_("Re-check…"));
  gtk_widget_set_valign (self->recheck_button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->recheck_button, "clicked", G_CALLBACK (recheck_cb), self);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("What became of the findings"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->recheck_button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
mc_follow_up_group_new (void)
{
  return g_object_new (MC_TYPE_FOLLOW_UP_GROUP, NULL);
}

void
mc_follow_up_group_set_editor (McFollowUpGroup *self, McSession *session, McVisitEditor *editor)
{
  McStore *store = session ? mc_session_get_store (session) : NULL;

  g_return_if_fail (MC_IS_FOLLOW_UP_GROUP (self));

  g_set_object (&self->session, session);
  if (self->store != store)
    {
      if (self->store)
        g_signal_handlers_disconnect_by_func (self->store, store_changed_cb, self);
      g_set_object (&self->store, store);
      if (store)
        g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
    }
  if (g_set_object (&self->editor, editor))
    clear (self);
  read_again (self);
}
