/* SPDX-License-Identifier: GPL-3.0-or-later
 * The history of a record: what was changed in it, by whom, where and when, read from the log. */
#include "mc-history-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-format.h"

#define DEFAULT_LIMIT 5

struct _McHistoryList
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *body;
  GtkListBox *list;
  GtkWidget *all_button;
  GtkWidget *empty_label;
  GtkWidget *failed_label;

  /* Owned. */
  McStore *store;
  char *entity;
  char *id;
  GHashTable *words;
  GCancellable *cancellable;
  guint limit;
  gboolean all;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (McHistoryList, mc_history_list, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_LIMIT,
  PROP_BUSY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static const char *
seal_label (const char *kind)
{
  if (g_strcmp0 (kind, "finalise") == 0)
    return _("Finalised");
  if (g_strcmp0 (kind, "retire") == 0)
    return _("Retired");
  return _("Sealed");
}

static char *
describe_value (const McField *field, const McValue *value, GHashTable *names)
{
  char *text = mc_format_value (field, value, names);
  const char *word = names && field->type == MC_FIELD_TEXT ? g_hash_table_lookup (names, text) : NULL;

  if (!word)
    return text;
  g_free (text);
  return g_strdup (word);
}

static char *
describe_values (const McHistoryEntry *entry, GHashTable *names)
{
  g_autofree char *old_text = describe_value (entry->field, &entry->old_value, names);
  g_autofree char *new_text = describe_value (entry->field, &entry->new_value, names);
  const char *label = _(entry->field->label);

  if (*old_text == '\0')
    return g_strdup_printf (_("%s: %s"), label, *new_text ? new_text : _("empty"));
  return g_strdup_printf (_("%s: %s → %s"), label, old_text, *new_text ? new_text : _("empty"));
}

char *
mc_history_describe (const McHistoryEntry *entry, GHashTable *names)
{
  g_autofree char *values = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  if (entry->kind == MC_HISTORY_SEAL)
    return g_strdup (seal_label (entry->reason));
  if (!entry->field)
    return g_strdup (_("A value that this version does not know; it shows after the update"));
  values = describe_values (entry, names);
  if (mc_entity_is_part (entry->entity) && names && g_hash_table_contains (names, entry->record))
    {
      g_autofree char *of_part = g_steal_pointer (&values);

      /* Which class, which item the value is of. */
      values = g_strdup_printf ("%s · %s", (const char *) g_hash_table_lookup (names, entry->record), of_part);
    }
  switch (entry->kind)
    {
    case MC_HISTORY_AMEND:
      return g_strdup_printf (_("Amendment: %s"), values);
    case MC_HISTORY_LATE:
      return g_strdup_printf (_("Waits to be taken in: %s"), values);
    case MC_HISTORY_ASIDE:
      return g_strdup_printf (_("Set aside: %s"), values);
    case MC_HISTORY_REFUSED:
      return g_strdup_printf (_("Refused: %s"), values);
    case MC_HISTORY_ERASED:
      return g_strdup_printf (_("Erased: %s"), _(entry->field->label));
    case MC_HISTORY_SET:
    case MC_HISTORY_SEAL:
    default:
      return g_steal_pointer (&values);
    }
}

char *
mc_history_describe_origin (const McHistoryEntry *entry)
{
  g_autofree char *when = NULL;
  GString *text;

  g_return_val_if_fail (entry != NULL, NULL);

  when = mc_format_time (entry->at);
  text = g_string_new (entry->by_name ? entry->by_name : _("A person unknown here"));
  g_string_append_printf (text, " · %s", when);
  if (entry->device_name)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("device %s"), entry->device_name);
    }
  if (entry->reason && entry->kind != MC_HISTORY_SEAL)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("reason: %s"), entry->reason);
    }
  return g_string_free (text, FALSE);
}

static GtkWidget *
row_new (const McHistoryEntry *entry, GHashTable *words)
{
  g_autofree char *what = mc_history_describe (entry, words), *origin = mc_history_describe_origin (entry);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *texts[] = { what, origin };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *label = gtk_label_new (texts[i]);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      if (i == 1)
        {
          gtk_widget_add_css_class (label, "caption");
          gtk_widget_add_css_class (label, "dim-label");
          gtk_widget_add_css_class (label, "mc-data");
        }
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_add_css_class (box, "mc-history-entry");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, what, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, origin, -1);
  return row;
}

static void
clear (McHistoryList *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
}

static void
set_busy (McHistoryList *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
show_entries (McHistoryList *self, GPtrArray *entries)
{
  guint n = self->all ? entries->len : MIN (entries->len, self->limit);

  clear (self);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list, row_new (entries->pdata[i], self->words));
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (self->empty_label, n == 0);
  gtk_widget_set_visible (self->failed_label, FALSE);
  gtk_widget_set_visible (self->all_button, entries->len > n);
}

static void
history_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McHistoryList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = mc_store_history_finish (MC_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (entries)
    {
      show_entries (self, entries);
      return;
    }
  clear (self);
  gtk_widget_set_visible (self->empty_label, FALSE);
  gtk_label_set_label (GTK_LABEL (self->failed_label), error->message);
  gtk_widget_set_visible (self->failed_label, TRUE);
}

static void
load (McHistoryList *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!self->store || !self->id)
    {
      clear (self);
      set_busy (self, FALSE);
      return;
    }
  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  mc_store_history_async (self->store, self->entity, self->id, self->all ? 0 : self->limit + 1, self->cancellable, history_cb, g_object_ref (self));
}

static void
records_changed_cb (McHistoryList *self, const McChangeSet *changes)
{
  if (self->id && (!changes->records || mc_change_set_has_record (changes, self->entity, self->id)))
    load (self);
}

static void
all_cb (McHistoryList *self)
{
  self->all = TRUE;
  load (self);
}

static void
mc_history_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McHistoryList *self = MC_HISTORY_LIST (object);

  switch (id)
    {
    case PROP_LIMIT: g_value_set_uint (value, self->limit); break;
    case PROP_BUSY: g_value_set_boolean (value, self->busy); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_history_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McHistoryList *self = MC_HISTORY_LIST (object);

  switch (id)
    {
    case PROP_LIMIT: self->limit = g_value_get_uint (value); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_history_list_dispose (GObject *object)
{
  McHistoryList *self = MC_HISTORY_LIST (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_HISTORY_LIST);
  g_clear_pointer (&self->entity, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->words, g_hash_table_unref);

  G_OBJECT_CLASS (mc_history_list_parent_class)->dispose (object);
}

static void
mc_history_list_class_init (McHistoryListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_history_list_get_property;
  object_class->set_property = mc_history_list_set_property;
  object_class->dispose = mc_history_list_dispose;

  properties[PROP_LIMIT] = g_param_spec_uint ("limit", NULL, NULL, 1, G_MAXUINT - 1, DEFAULT_LIMIT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/widgets/mc-history-list.ui");
  gtk_widget_class_bind_template_child (widget_class, McHistoryList, body);
  gtk_widget_class_bind_template_child (widget_class, McHistoryList, list);
  gtk_widget_class_bind_template_child (widget_class, McHistoryList, all_button);
  gtk_widget_class_bind_template_child (widget_class, McHistoryList, empty_label);
  gtk_widget_class_bind_template_child (widget_class, McHistoryList, failed_label);
  gtk_widget_class_bind_template_callback (widget_class, all_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_history_list_init (McHistoryList *self)
{
  self->limit = DEFAULT_LIMIT;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mc_history_list_new (void)
{
  return g_object_new (MC_TYPE_HISTORY_LIST, NULL);
}

void
mc_history_list_set_words (McHistoryList *self, GHashTable *words)
{
  g_return_if_fail (MC_IS_HISTORY_LIST (self));

  g_clear_pointer (&self->words, g_hash_table_unref);
  self->words = words ? g_hash_table_ref (words) : NULL;
}

void
mc_history_list_set_record (McHistoryList *self, McStore *store, const char *entity, const char *id)
{
  g_return_if_fail (MC_IS_HISTORY_LIST (self));

  if (self->store != store)
    {
      if (self->store)
        g_signal_handlers_disconnect_by_data (self->store, self);
      g_set_object (&self->store, store);
      if (store)
        g_signal_connect_object (store, "changed", G_CALLBACK (records_changed_cb), self, G_CONNECT_SWAPPED);
    }
  if (g_strcmp0 (self->id, id) != 0)
    self->all = FALSE;
  g_free (self->entity);
  g_free (self->id);
  self->entity = g_strdup (entity);
  self->id = g_strdup (id);
  load (self);
}
