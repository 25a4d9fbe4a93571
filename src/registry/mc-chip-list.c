/* SPDX-License-Identifier: GPL-3.0-or-later
 * The items of a list as chips, each with a button that takes it out. */
#include "mc-chip-list.h"

#include <glib/gi18n.h>

#include "widgets/mc-wrap-box.h"

struct _McChipList
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *empty_label;
  GPtrArray *ids;   /* of char * */
  GPtrArray *chips; /* borrowed, in the same order */
};

G_DEFINE_FINAL_TYPE (McChipList, mc_chip_list, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
remove_at (McChipList *self, guint position)
{
  mc_wrap_box_remove (MC_WRAP_BOX (self->box), self->chips->pdata[position]);
  g_ptr_array_remove_index (self->chips, position);
  g_ptr_array_remove_index (self->ids, position);
  gtk_widget_set_visible (self->empty_label, self->ids->len == 0);
}

/* The focus goes on to the next chip: it must not fall out of the form. */
static void
remove_cb (McChipList *self, GtkWidget *button)
{
  for (guint i = 0; i < self->chips->len; i++)
    {
      if (!gtk_widget_is_ancestor (button, self->chips->pdata[i]))
        continue;
      remove_at (self, i);
      if (self->chips->len > 0)
        gtk_widget_child_focus (self->chips->pdata[MIN (i, self->chips->len - 1)], GTK_DIR_TAB_FORWARD);
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }
}

static GtkWidget *
chip_new (McChipList *self, const char *name)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4), *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", name, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0, NULL);
  g_autofree char *remove = g_strdup_printf (_("Take out %s"), name);

  gtk_widget_add_css_class (chip, "mc-item-chip");
  gtk_widget_add_css_class (label, "mc-data");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  return chip;
}

static void
mc_chip_list_dispose (GObject *object)
{
  McChipList *self = MC_CHIP_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (mc_chip_list_parent_class)->dispose (object);
}

static void
mc_chip_list_finalize (GObject *object)
{
  McChipList *self = MC_CHIP_LIST (object);

  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->chips);

  G_OBJECT_CLASS (mc_chip_list_parent_class)->finalize (object);
}

static void
mc_chip_list_class_init (McChipListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_chip_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_chip_list_finalize;
  signals[CHANGED] = g_signal_new ("changed", MC_TYPE_CHIP_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_chip_list_init (McChipList *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->chips = g_ptr_array_new ();
  self->box = mc_wrap_box_new (8, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
mc_chip_list_new (const char *empty)
{
  McChipList *self = g_object_new (MC_TYPE_CHIP_LIST, NULL);

  self->empty_label = g_object_new (GTK_TYPE_LABEL, "label", empty, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->empty_label, "dim-label");
  mc_wrap_box_append (MC_WRAP_BOX (self->box), self->empty_label);
  return GTK_WIDGET (self);
}

gboolean
mc_chip_list_add (McChipList *self, const char *id, const char *name)
{
  g_return_val_if_fail (MC_IS_CHIP_LIST (self) && id != NULL && name != NULL, FALSE);

  if (g_ptr_array_find_with_equal_func (self->ids, id, g_str_equal, NULL))
    return FALSE;
  g_ptr_array_add (self->ids, g_strdup (id));
  g_ptr_array_add (self->chips, chip_new (self, name));
  mc_wrap_box_append (MC_WRAP_BOX (self->box), self->chips->pdata[self->chips->len - 1]);
  gtk_widget_set_visible (self->empty_label, FALSE);
  return TRUE;
}

void
mc_chip_list_remove_all (McChipList *self)
{
  g_return_if_fail (MC_IS_CHIP_LIST (self));

  while (self->ids->len > 0)
    remove_at (self, self->ids->len - 1);
}

GPtrArray *
mc_chip_list_get_ids (McChipList *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (MC_IS_CHIP_LIST (self), ids);

  for (guint i = 0; i < self->ids->len; i++)
    g_ptr_array_add (ids, g_strdup (self->ids->pdata[i]));
  return ids;
}
