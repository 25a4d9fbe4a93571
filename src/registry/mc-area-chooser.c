/* SPDX-License-Identifier: GPL-3.0-or-later
 * A popover with the tree of areas, to pick one from. */
#include "mc-area-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/mc-list-view.h"

/* The list holds the ranks of areas as texts; "" stands for all areas. */
struct _McAreaChooser
{
  GtkPopover parent_instance;

  GtkWidget *entry;
  GtkWidget *list;
  GtkStringList *ranks;
  GtkFilter *filter;
  char *all;
  McAreaTree *tree;
};

G_DEFINE_FINAL_TYPE (McAreaChooser, mc_area_chooser, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const McArea *
area_of (McAreaChooser *self, gpointer item)
{
  const char *rank = gtk_string_object_get_string (item);

  return *rank && self->tree ? mc_area_tree_get (self->tree, (guint) g_ascii_strtoull (rank, NULL, 10)) : NULL;
}

static gboolean
matches_cb (gpointer item, gpointer data)
{
  McAreaChooser *self = data;
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const McArea *area = area_of (self, item);

  if (!*wanted)
    return TRUE;
  if (!area)
    return FALSE;
  if (strstr (area->name, wanted) || (area->code && g_str_has_prefix (area->code, wanted)))
    return TRUE;
  for (guint i = 0; area->aliases && area->aliases[i]; i++)
    if (strstr (area->aliases[i], wanted))
      return TRUE;
  return FALSE;
}

static void
entry_cb (McAreaChooser *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_list_item_set_child (list_item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, McAreaChooser *self)
{
  GtkWidget *label = gtk_list_item_get_child (list_item);
  const McArea *area = area_of (self, gtk_list_item_get_item (list_item));
  const char *name = area ? area->name : self->all;

  gtk_label_set_label (GTK_LABEL (label), name);
  gtk_widget_set_margin_start (label, area && !*gtk_editable_get_text (GTK_EDITABLE (self->entry)) ? (int) area->depth * 14 : 0);
  mc_list_view_name_row (list_item, name);
}

static void
choose (McAreaChooser *self, guint position)
{
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (self->list));
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (model), position);
  const McArea *area = item ? area_of (self, item) : NULL;

  if (!item)
    return;
  g_signal_emit (self, signals[CHOSEN], 0, area ? area->id : NULL);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
activate_cb (McAreaChooser *self, guint position)
{
  choose (self, position);
}

static void
entry_activate_cb (McAreaChooser *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)))
    choose (self, 0);
}

static void
fill (McAreaChooser *self)
{
  guint n = self->tree ? mc_area_tree_get_n_areas (self->tree) : 0;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (self->all)
    g_ptr_array_add (texts, g_strdup (""));
  for (guint i = 0; i < n; i++)
    if (!mc_area_tree_get (self->tree, i)->retired)
      g_ptr_array_add (texts, g_strdup_printf ("%u", i));
  g_ptr_array_add (texts, NULL);
  gtk_string_list_splice (self->ranks, 0, g_list_model_get_n_items (G_LIST_MODEL (self->ranks)), (const char *const *) texts->pdata);
}

/* Filled when it is first needed: not while the window starts. */
static void
mc_area_chooser_map (GtkWidget *widget)
{
  McAreaChooser *self = MC_AREA_CHOOSER (widget);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->ranks)) == 0)
    fill (self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  GTK_WIDGET_CLASS (mc_area_chooser_parent_class)->map (widget);
}

static void
mc_area_chooser_dispose (GObject *object)
{
  McAreaChooser *self = MC_AREA_CHOOSER (object);

  g_clear_object (&self->filter);
  g_clear_object (&self->ranks);
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  g_clear_pointer (&self->all, g_free);

  G_OBJECT_CLASS (mc_area_chooser_parent_class)->dispose (object);
}

static void
mc_area_chooser_class_init (McAreaChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_area_chooser_dispose;
  GTK_WIDGET_CLASS (klass)->map = mc_area_chooser_map;
  signals[CHOSEN] = g_signal_new ("chosen", MC_TYPE_AREA_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mc_area_chooser_init (McAreaChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *scrolled = gtk_scrolled_window_new ();
  GtkFilterListModel *filtered;
  GtkNoSelection *selection;

  self->ranks = gtk_string_list_new (NULL);
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches_cb, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->ranks)), g_object_ref (self->filter));
  selection = gtk_no_selection_new (G_LIST_MODEL (filtered));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Areas"), -1);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);
  self->entry = g_object_new (GTK_TYPE_ENTRY, "placeholder-text", _("Name of an area"), "input-hints", GTK_INPUT_HINT_NO_EMOJI, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of an area"), -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (entry_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_activate_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 380);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

GtkWidget *
mc_area_chooser_new (const char *all)
{
  McAreaChooser *self = g_object_new (MC_TYPE_AREA_CHOOSER, NULL);

  self->all = g_strdup (all);
  return GTK_WIDGET (self);
}

void
mc_area_chooser_set_tree (McAreaChooser *self, McAreaTree *tree)
{
  g_return_if_fail (MC_IS_AREA_CHOOSER (self));

  g_clear_pointer (&self->tree, mc_area_tree_unref);
  self->tree = tree ? mc_area_tree_ref (tree) : NULL;
  gtk_string_list_splice (self->ranks, 0, g_list_model_get_n_items (G_LIST_MODEL (self->ranks)), NULL);
}
