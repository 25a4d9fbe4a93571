/* SPDX-License-Identifier: GPL-3.0-or-later
 * The documents that a check calls for, each with where it stands, in the page of the check. */
#include "mc-document-group.h"

#include <glib/gi18n.h>

#include "mc-document-window.h"
#include "store/mc-code-list.h"

#define WAIT_MS 400

struct _McDocumentGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows;    /* owned: of borrowed AdwActionRow */
  GPtrArray *entries; /* owned: of McDocumentEntry, beside them */
  McSession *session; /* owned */
  McStore *store;     /* owned: whose changes are listened to */
  char *visit;
  guint reading;      /* counts readings: an older one is forgotten */
  guint waiting;      /* id of the source that reads again */
};

G_DEFINE_FINAL_TYPE (McDocumentGroup, mc_document_group, ADW_TYPE_PREFERENCES_GROUP)

static void read_again (McDocumentGroup *self);

static char *
describe (const McDocumentEntry *entry)
{
  GString *text = g_string_new (NULL);

  if (!entry->document)
    return g_strdup (_("Not issued yet"));
  g_string_append (text, entry->number ? entry->number : _("to be numbered"));
  g_string_append_printf (text, " · %s", mc_signing_state_label (entry->signing));
  if (entry->delivered_on)
    g_string_append_printf (text, " · %s", _("delivered"));
  else if (entry->delivered_kind)
    g_string_append_printf (text, " · %s", _("not delivered yet"));
  return g_string_free (text, FALSE);
}

static void
activated_cb (McDocumentGroup *self, AdwActionRow *row)
{
  const McDocumentEntry *entry = NULL;
  McDocumentWindow *window;
  McStore *store = mc_session_get_store (self->session);

  for (guint i = 0; i < self->rows->len; i++)
    if (g_ptr_array_index (self->rows, i) == (gpointer) row)
      entry = g_ptr_array_index (self->entries, i);
  if (!entry || !store)
    return;
  window = mc_document_window_new (GTK_WIDGET (self), self->session,
                                   mc_document_target_new (store, entry->kind, self->visit, entry->document, entry->competent));
  g_signal_connect_object (window, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
}

static void
add_row (McDocumentGroup *self, const McDocumentEntry *entry)
{
  GtkWidget *row = adw_action_row_new ();
  const char *label = mc_code_label ("document-kind", entry->kind);
  g_autofree char *title = entry->competent ? g_strdup_printf ("%s · %s", label, mc_code_label ("authority-kind", entry->competent)) : g_strdup (label);
  g_autofree char *subtitle = describe (entry);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
clear (McDocumentGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
}

typedef struct
{
  McDocumentGroup *self; /* owned */
  guint reading;
} Reading;

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr (McDocumentGroup) self = reading->self;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = mc_document_list_finish (result, &error);

  if (reading->reading != self->reading)
    {
      g_clear_pointer (&entries, g_ptr_array_unref);
      return;
    }
  clear (self);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), entries ? NULL : error->message);
  self->entries = entries;
  for (guint i = 0; entries && i < entries->len; i++)
    add_row (self, g_ptr_array_index (entries, i));
}

static void
read_again (McDocumentGroup *self)
{
  McStore *store = self->session ? mc_session_get_store (self->session) : NULL;
  Reading *reading;

  self->reading++;
  if (!store || !self->visit)
    {
      clear (self);
      return;
    }
  reading = g_new0 (Reading, 1);
  *reading = (Reading) { g_object_ref (self), self->reading };
  mc_document_list_async (store, self->visit, listed_cb, reading);
}

static gboolean
waited_cb (gpointer data)
{
  McDocumentGroup *self = data;

  self->waiting = 0;
  read_again (self);
  return G_SOURCE_REMOVE;
}

/* Answers alone call for no other paper; several findings in a row are one reading. */
static void
store_changed_cb (McDocumentGroup *self, const McChangeSet *set)
{
  static const char *const entities[] = { "visit", "finding", "document", "signature", "authority" };

  if (!self->visit || self->waiting)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (!set->records || mc_change_set_has_entity (set, entities[i]))
      {
        self->waiting = g_timeout_add (WAIT_MS, waited_cb, self);
        return;
      }
}

static void
mc_document_group_dispose (GObject *object)
{
  McDocumentGroup *self = MC_DOCUMENT_GROUP (object);

  self->reading++;
  g_clear_handle_id (&self->waiting, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->store);
  g_clear_pointer (&self->visit, g_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (mc_document_group_parent_class)->dispose (object);
}

static void
mc_document_group_class_init (McDocumentGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_document_group_dispose;
}

static void
mc_document_group_init (McDocumentGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Documents and signatures"));
}

GtkWidget *
mc_document_group_new (void)
{
  return g_object_new (MC_TYPE_DOCUMENT_GROUP, NULL);
}

void
mc_document_group_set_visit (McDocumentGroup *self, McSession *session, const char *visit)
{
  McStore *store = mc_session_get_store (session);

  g_set_object (&self->session, session);
  if (store && g_set_object (&self->store, store))
    g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  if (g_strcmp0 (self->visit, visit) != 0)
    {
      g_free (self->visit);
      self->visit = g_strdup (visit);
      clear (self);
    }
  read_again (self);
}
