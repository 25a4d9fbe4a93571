/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which column of the sheet was taken for which field, and what a person says it is instead. */
#include "mc-import-column-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-table-reader.h"

struct _McImportColumnList
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *scrolled;
  GtkListBox *columns;
  GtkWidget *again_button;

  /* Owned. */
  GHashTable *maps; /* letters of a column → key of a field, "" for none: what the person chose */
  McImportKind kind;
};

G_DEFINE_FINAL_TYPE (McImportColumnList, mc_import_column_list, GTK_TYPE_WIDGET)

enum
{
  AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A row of the list, with the combo that says what its column is. */
typedef struct
{
  McImportColumnList *list; /* borrowed: the row is inside it */
  char *letters;
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  g_free (choice->letters);
  g_free (choice);
}

static void
selected_cb (AdwComboRow *row, GParamSpec *pspec, Choice *choice)
{
  const McField *const *fields = mc_import_fields (choice->list->kind);
  guint selected = adw_combo_row_get_selected (row);

  g_hash_table_insert (choice->list->maps, g_strdup (choice->letters), g_strdup (selected == 0 ? "" : fields[selected - 1]->key));
  gtk_widget_set_visible (choice->list->again_button, TRUE);
}

static GtkWidget *
row_new (McImportColumnList *self, const McImportColumn *column, GtkStringList *labels)
{
  const McField *const *fields = mc_import_fields (self->kind);
  Choice *choice = g_new0 (Choice, 1);
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *title = NULL;
  guint selected = 0;

  choice->list = self;
  choice->letters = mc_table_column_name (column->column);
  title = g_strdup_printf (_("Column %s: %s"), choice->letters, column->title ? column->title : _("without a title"));
  for (guint i = 0; column->field && fields[i]; i++)
    if (fields[i] == column->field)
      selected = i + 1;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (column->remark)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), column->remark);
  else if (column->unit)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), column->unit);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_data (row, "notify::selected", G_CALLBACK (selected_cb), choice, choice_free, 0);
  return row;
}

static void
again_cb (McImportColumnList *self)
{
  g_signal_emit (self, signals[AGAIN], 0);
}

static void
mc_import_column_list_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_IMPORT_COLUMN_LIST);

  G_OBJECT_CLASS (mc_import_column_list_parent_class)->dispose (object);
}

static void
mc_import_column_list_finalize (GObject *object)
{
  g_hash_table_unref (MC_IMPORT_COLUMN_LIST (object)->maps);

  G_OBJECT_CLASS (mc_import_column_list_parent_class)->finalize (object);
}

static void
mc_import_column_list_class_init (McImportColumnListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_import_column_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_import_column_list_finalize;
  signals[AGAIN] = g_signal_new ("again", MC_TYPE_IMPORT_COLUMN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-import-column-list.ui");
  gtk_widget_class_bind_template_child (widget_class, McImportColumnList, scrolled);
  gtk_widget_class_bind_template_child (widget_class, McImportColumnList, columns);
  gtk_widget_class_bind_template_child (widget_class, McImportColumnList, again_button);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_import_column_list_init (McImportColumnList *self)
{
  self->maps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mc_import_column_list_show (McImportColumnList *self, McImportPlan *plan, McImportKind kind)
{
  const McImportMapping *mapping = mc_import_plan_get_mapping (plan);
  const McField *const *fields = mc_import_fields (kind);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *row;

  g_return_if_fail (MC_IS_IMPORT_COLUMN_LIST (self));

  self->kind = kind;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->columns))))
    gtk_list_box_remove (self->columns, row);
  gtk_string_list_append (labels, _("not taken"));
  for (guint i = 0; fields[i]; i++)
    gtk_string_list_append (labels, _(fields[i]->label));
  for (guint i = 0; i < mapping->columns->len; i++)
    {
      const McImportColumn *column = mapping->columns->pdata[i];

      if (column->column > 0)
        gtk_list_box_append (self->columns, row_new (self, column, labels));
    }
  gtk_widget_set_visible (self->again_button, FALSE);
}

char **
mc_import_column_list_get_maps (McImportColumnList *self)
{
  g_autoptr (GPtrArray) maps = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer letters, key;

  g_return_val_if_fail (MC_IS_IMPORT_COLUMN_LIST (self), NULL);

  g_hash_table_iter_init (&iter, self->maps);
  while (g_hash_table_iter_next (&iter, &letters, &key))
    g_ptr_array_add (maps, g_strdup_printf ("%s=%s", (char *) letters, (char *) key));
  g_ptr_array_add (maps, NULL);
  return (char **) g_ptr_array_steal (maps, NULL);
}

void
mc_import_column_list_forget (McImportColumnList *self)
{
  g_return_if_fail (MC_IS_IMPORT_COLUMN_LIST (self));

  g_hash_table_remove_all (self->maps);
}
