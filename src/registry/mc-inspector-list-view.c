/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list of inspectors: who they work for, what for, and whether their certificate is valid. */
#include "mc-inspector-list-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "store/mc-code-list.h"
#include "widgets/mc-empty.h"
#include "widgets/mc-list-view.h"
#include "widgets/mc-pane.h"
#include "widgets/mc-search-entry.h"
#include "widgets/mc-status.h"

/* --- one row ---------------------------------------------------------------------------------------------- */

#define MC_TYPE_INSPECTOR_ITEM (mc_inspector_item_get_type ())
G_DECLARE_FINAL_TYPE (McInspectorItem, mc_inspector_item, MC, INSPECTOR_ITEM, GObject)

struct _McInspectorItem
{
  GObject parent_instance;

  McInspectorRow *row;
};

G_DEFINE_FINAL_TYPE (McInspectorItem, mc_inspector_item, G_TYPE_OBJECT)

static void
mc_inspector_item_finalize (GObject *object)
{
  mc_inspector_row_free (MC_INSPECTOR_ITEM (object)->row);

  G_OBJECT_CLASS (mc_inspector_item_parent_class)->finalize (object);
}

static void
mc_inspector_item_class_init (McInspectorItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_inspector_item_finalize;
}

static void
mc_inspector_item_init (McInspectorItem *self)
{
}

/* --- the list --------------------------------------------------------------------------------------------- */

typedef enum
{
  COLUMN_NAME,
  COLUMN_EMPLOYER,
  COLUMN_CERTIFICATE,
  COLUMN_FIELDS,
  COLUMN_AREA,
  N_COLUMNS,
} Column;

static const struct
{
  const char *title;
  double ems;
  guint rank; /* the highest leaves first */
} looks[N_COLUMNS] = {
  [COLUMN_NAME] = { N_("Name of the person"), 8, 0 },
  [COLUMN_EMPLOYER] = { N_("Employer"), 12, 2 },
  [COLUMN_CERTIFICATE] = { N_("Certificate"), 13, 1 },
  [COLUMN_FIELDS] = { N_("Fields of work"), 7, 3 },
  [COLUMN_AREA] = { N_("Area"), 9, 4 },
};

struct _McInspectorListView
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *box;
  McSearchEntry *search;
  GtkStack *stack;
  GtkColumnView *view;
  GtkLabel *summary;
  McEmpty *failed;

  /* Owned. */
  McSession *session;
  McAreaTree *tree;
  GListStore *items;
  GtkSingleSelection *selection;
  GtkColumnViewColumn *columns[N_COLUMNS];
  GCancellable *cancellable;
  guint busy;
  guint fit_source;
  int fitted_width;
};

G_DEFINE_FINAL_TYPE (McInspectorListView, mc_inspector_list_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  OPENED,
  UPDATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_busy (McInspectorListView *self, int step)
{
  self->busy = (guint) ((int) self->busy + step);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* --- cells ------------------------------------------------------------------------------------------------ */

static char *
fields_text (const McInspectorRow *row)
{
  g_auto (GStrv) codes = g_strsplit (row->fields ? row->fields : "", "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; codes[i]; i++)
    if (*codes[i])
      g_string_append_printf (text, text->len > 0 ? _(", %s") : "%s", mc_code_label ("facility-field", codes[i]));
  if (text->len == 0)
    g_string_append (text, _("not entered"));
  return g_string_free (text, FALSE);
}

static void
show_certificate (McStatus *status, const McInspectorRow *row, const GDate *today)
{
  g_autofree char *text = NULL;

  switch (mc_inspector_row_certificate (row, today))
    {
    case MC_CERTIFICATE_VALID:
      text = g_strdup_printf (_("valid until %s"), row->certificate_expires_on);
      mc_status_set (status, MC_STATUS_OK, text);
      break;
    case MC_CERTIFICATE_EXPIRED:
      text = g_strdup_printf (_("expired %s"), row->certificate_expires_on);
      mc_status_set (status, MC_STATUS_ERROR, text);
      break;
    case MC_CERTIFICATE_UNDATED:
      mc_status_set (status, MC_STATUS_WARNING, _("no end date entered"));
      break;
    case MC_CERTIFICATE_NONE:
    default:
      mc_status_set (status, MC_STATUS_WARNING, _("not entered"));
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  gtk_widget_add_css_class (label, "mc-name");
  gtk_list_item_set_child (list_item, label);
}

static void
setup_certificate_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, mc_status_new (MC_STATUS_PLAIN, ""));
}

static McInspectorRow *
row_of (GtkListItem *list_item)
{
  return MC_INSPECTOR_ITEM (gtk_list_item_get_item (list_item))->row;
}

static void
set_cell (GtkListItem *list_item, const char *text)
{
  GtkWidget *label = gtk_list_item_get_child (list_item);

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, text);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  McInspectorRow *row = row_of (list_item);
  g_autofree char *name = g_strdup_printf ("%s, %s", row->name, row->employer ? row->employer : "");

  set_cell (list_item, row->name);
  mc_list_view_name_row (list_item, name);
}

static void
bind_employer_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  McInspectorRow *row = row_of (list_item);

  set_cell (list_item, row->employer ? row->employer : "");
}

static void
bind_area_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  McInspectorRow *row = row_of (list_item);

  set_cell (list_item, row->area_path ? row->area_path : "");
}

static void
bind_fields_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  g_autofree char *text = fields_text (row_of (list_item));

  set_cell (list_item, text);
}

static void
bind_certificate_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, McInspectorListView *self)
{
  GDate today;

  mc_session_get_today (self->session, &today);
  show_certificate (MC_STATUS (gtk_list_item_get_child (list_item)), row_of (list_item), &today);
}

static void
add_columns (McInspectorListView *self)
{
  static const GCallback binds[N_COLUMNS] = {
    [COLUMN_NAME] = G_CALLBACK (bind_name_cb),         [COLUMN_EMPLOYER] = G_CALLBACK (bind_employer_cb),
    [COLUMN_CERTIFICATE] = G_CALLBACK (bind_certificate_cb), [COLUMN_FIELDS] = G_CALLBACK (bind_fields_cb),
    [COLUMN_AREA] = G_CALLBACK (bind_area_cb),
  };

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

      g_signal_connect (factory, "setup", i == COLUMN_CERTIFICATE ? G_CALLBACK (setup_certificate_cb) : G_CALLBACK (setup_cb), self);
      g_signal_connect (factory, "bind", binds[i], self);
      self->columns[i] = gtk_column_view_column_new (_(looks[i].title), factory);
      gtk_column_view_column_set_expand (self->columns[i], i == COLUMN_NAME || i == COLUMN_EMPLOYER);
      gtk_column_view_append_column (self->view, self->columns[i]);
    }
}

/* --- reading ---------------------------------------------------------------------------------------------- */

static void
show_rows (McInspectorListView *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u inspector", "%u inspectors", rows->len), rows->len);
  gboolean searched = *mc_search_entry_get_text (self->search) != '\0';
  guint before = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < rows->len; i++)
    {
      McInspectorItem *item = g_object_new (MC_TYPE_INSPECTOR_ITEM, NULL);

      item->row = g_steal_pointer (&rows->pdata[i]);
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->items, 0, before, NULL, 0);
  g_list_store_splice (self->items, 0, 0, items->pdata, items->len);
  gtk_label_set_label (self->summary, text);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "list" : searched ? "nothing" : "empty");
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McInspectorListView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mc_inspector_list_finish (result, &error);

  set_busy (self, -1);
  if (!self->stack || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rows)
    {
      show_rows (self, rows);
      return;
    }
  mc_empty_set (self->failed, "dialog-error-symbolic", _("The list could not be read"), _("Nothing was changed."), error->message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
load (McInspectorListView *self)
{
  McInspectorQuery query = { .text = mc_search_entry_get_text (self->search) };

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!self->tree || !self->session || !mc_session_get_store (self->session))
    return;
  self->cancellable = g_cancellable_new ();
  set_busy (self, 1);
  mc_inspector_list_async (mc_session_get_store (self->session), self->tree, &query, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
activate_cb (McInspectorListView *self, guint position)
{
  g_autoptr (McInspectorItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (item)
    g_signal_emit (self, signals[OPENED], 0, item->row->id);
}

static void
next_cb (McInspectorListView *self)
{
  gtk_widget_child_focus (gtk_widget_get_last_child (GTK_WIDGET (self->view)), GTK_DIR_TAB_FORWARD);
}

/* --- width ------------------------------------------------------------------------------------------------ */

static gboolean
fit_cb (gpointer data)
{
  McInspectorListView *self = data;
  double em = mc_widget_get_em (GTK_WIDGET (self));
  int room = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean fits = TRUE;

  self->fit_source = 0;
  self->fitted_width = room;
  for (guint rank = 0; rank < N_COLUMNS; rank++)
    for (guint i = 0; i < N_COLUMNS; i++)
      {
        int width = (int) (looks[i].ems * em) + 12;

        if (looks[i].rank != rank)
          continue;
        room -= width;
        fits = fits && (rank == 0 || room >= 0);
        gtk_column_view_column_set_visible (self->columns[i], fits);
        /* GTK 4.8 counts the width of hidden columns. */
        if (!fits)
          gtk_column_view_column_set_fixed_width (self->columns[i], 0);
        else if (i != COLUMN_NAME && i != COLUMN_EMPLOYER)
          gtk_column_view_column_set_fixed_width (self->columns[i], width);
        else
          gtk_column_view_column_set_fixed_width (self->columns[i], -1);
      }
  return G_SOURCE_REMOVE;
}

static void
queue_fit (McInspectorListView *self)
{
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

static void
mc_inspector_list_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (MC_INSPECTOR_LIST_VIEW (widget)->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 240);
}

static void
mc_inspector_list_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  McInspectorListView *self = MC_INSPECTOR_LIST_VIEW (widget);
  int least;

  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->box, &(GtkAllocation){ 0, 0, MAX (width, least), height }, baseline);
  if (width != self->fitted_width)
    queue_fit (self);
}

static void
mc_inspector_list_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mc_inspector_list_view_parent_class)->css_changed (widget, change);
  queue_fit (MC_INSPECTOR_LIST_VIEW (widget));
}

/* --- the class -------------------------------------------------------------------------------------------- */

static void
mc_inspector_list_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY: g_value_set_boolean (value, MC_INSPECTOR_LIST_VIEW (object)->busy > 0); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_inspector_list_view_dispose (GObject *object)
{
  McInspectorListView *self = MC_INSPECTOR_LIST_VIEW (object);

  g_clear_handle_id (&self->fit_source, g_source_remove);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_INSPECTOR_LIST_VIEW);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  g_clear_object (&self->session);
  g_clear_pointer (&self->tree, mc_area_tree_unref);

  G_OBJECT_CLASS (mc_inspector_list_view_parent_class)->dispose (object);
}

static void
mc_inspector_list_view_class_init (McInspectorListViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_inspector_list_view_get_property;
  object_class->dispose = mc_inspector_list_view_dispose;
  widget_class->measure = mc_inspector_list_view_measure;
  widget_class->size_allocate = mc_inspector_list_view_size_allocate;
  widget_class->css_changed = mc_inspector_list_view_css_changed;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[OPENED] = g_signal_new ("opened", MC_TYPE_INSPECTOR_LIST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[UPDATED] = g_signal_new ("updated", MC_TYPE_INSPECTOR_LIST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MC_TYPE_EMPTY);
  g_type_ensure (MC_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-inspector-list-view.ui");
  gtk_widget_class_bind_template_child (widget_class, McInspectorListView, box);
  gtk_widget_class_bind_template_child (widget_class, McInspectorListView, search);
  gtk_widget_class_bind_template_child (widget_class, McInspectorListView, stack);
  gtk_widget_class_bind_template_child (widget_class, McInspectorListView, view);
  gtk_widget_class_bind_template_child (widget_class, McInspectorListView, summary);
  gtk_widget_class_bind_template_child (widget_class, McInspectorListView, failed);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
mc_inspector_list_view_init (McInspectorListView *self)
{
  self->items = g_list_store_new (MC_TYPE_INSPECTOR_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  add_columns (self);
}

void
mc_inspector_list_view_set (McInspectorListView *self, McSession *session, McAreaTree *tree)
{
  g_return_if_fail (MC_IS_INSPECTOR_LIST_VIEW (self));

  g_set_object (&self->session, session);
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  self->tree = tree ? mc_area_tree_ref (tree) : NULL;
  load (self);
}

void
mc_inspector_list_view_records_changed (McInspectorListView *self, const McChangeSet *changes)
{
  g_return_if_fail (MC_IS_INSPECTOR_LIST_VIEW (self));

  if (mc_change_set_has_entity (changes, "inspector"))
    load (self);
}

guint
mc_inspector_list_view_get_n (McInspectorListView *self)
{
  g_return_val_if_fail (MC_IS_INSPECTOR_LIST_VIEW (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

void
mc_inspector_list_view_search (McInspectorListView *self, const char *text)
{
  g_return_if_fail (MC_IS_INSPECTOR_LIST_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  if (text)
    mc_search_entry_set_text (self->search, text);
}
