/* SPDX-License-Identifier: GPL-3.0-or-later
 * A popover in which a record is searched by name, pinyin or initials and chosen: nobody types an id. */
#include "mc-record-chooser.h"

#include <glib/gi18n.h>

#include "mc-search-words.h"
#include "widgets/mc-list-view.h"

#define MAX_SHOWN 60

/* --- choices ---------------------------------------------------------------------------------------------- */

McRecordChoice *
mc_record_choice_new (const char *id, const char *name, const char *detail)
{
  McRecordChoice *choice = g_new0 (McRecordChoice, 1);

  choice->id = g_strdup (id);
  choice->name = g_strdup (name);
  choice->detail = g_strdup (detail);
  return choice;
}

void
mc_record_choice_free (McRecordChoice *choice)
{
  if (!choice)
    return;
  g_free (choice->id);
  g_free (choice->name);
  g_free (choice->detail);
  g_free (choice);
}

GPtrArray *
mc_record_choices_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_choice_free);
}

const McRecordChoice *
mc_record_choices_find (GPtrArray *choices, const char *id)
{
  for (guint i = 0; choices && id && i < choices->len; i++)
    if (g_strcmp0 (((const McRecordChoice *) choices->pdata[i])->id, id) == 0)
      return choices->pdata[i];
  return NULL;
}

#define MC_TYPE_CHOICE_ITEM (mc_choice_item_get_type ())
G_DECLARE_FINAL_TYPE (McChoiceItem, mc_choice_item, MC, CHOICE_ITEM, GObject)

struct _McChoiceItem
{
  GObject parent_instance;

  McRecordChoice *choice;
};

G_DEFINE_FINAL_TYPE (McChoiceItem, mc_choice_item, G_TYPE_OBJECT)

static void
mc_choice_item_finalize (GObject *object)
{
  mc_record_choice_free (MC_CHOICE_ITEM (object)->choice);

  G_OBJECT_CLASS (mc_choice_item_parent_class)->finalize (object);
}

static void
mc_choice_item_class_init (McChoiceItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_choice_item_finalize;
}

static void
mc_choice_item_init (McChoiceItem *self)
{
}

/* --- the popover ------------------------------------------------------------------------------------------ */

struct _McRecordChooser
{
  GtkPopover parent_instance;

  GtkWidget *entry;
  GtkWidget *list;
  GtkWidget *nothing_label;
  GListStore *items;
  GPtrArray *choices; /* of McRecordChoice; NULL: they are searched for elsewhere */
};

G_DEFINE_FINAL_TYPE (McRecordChooser, mc_record_chooser, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  SEARCH,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
has_word (const McRecordChoice *choice, char *word)
{
  char *words[] = { word, NULL };
  g_autoptr (GArray) in_name = mc_search_words_find (choice->name, words);
  g_autoptr (GArray) in_detail = choice->detail ? mc_search_words_find (choice->detail, words) : NULL;

  return in_name->len > 0 || (in_detail && in_detail->len > 0);
}

static gboolean
has_words (const McRecordChoice *choice, char **words)
{
  for (guint i = 0; words[i]; i++)
    if (!has_word (choice, words[i]))
      return FALSE;
  return TRUE;
}

static void
show (McRecordChooser *self, GPtrArray *found)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < MIN (found->len, MAX_SHOWN); i++)
    {
      const McRecordChoice *choice = found->pdata[i];
      McChoiceItem *item = g_object_new (MC_TYPE_CHOICE_ITEM, NULL);

      item->choice = mc_record_choice_new (choice->id, choice->name, choice->detail);
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
  gtk_widget_set_visible (self->nothing_label, found->len == 0);
}

static void
look (McRecordChooser *self)
{
  const char *text = mc_record_chooser_get_text (self);
  g_auto (GStrv) words = mc_search_words (text);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  if (!self->choices)
    {
      g_signal_emit (self, signals[SEARCH], 0, text);
      return;
    }
  for (guint i = 0; i < self->choices->len; i++)
    if (has_words (self->choices->pdata[i], words))
      g_ptr_array_add (found, self->choices->pdata[i]);
  show (self, found);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  for (int i = 0; i < 2; i++)
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "max-width-chars", 30, NULL);

      if (i == 1)
        gtk_widget_add_css_class (label, "caption");
      if (i == 1)
        gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  const McRecordChoice *choice = MC_CHOICE_ITEM (gtk_list_item_get_item (list_item))->choice;
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (list_item)), *detail = gtk_widget_get_next_sibling (name);

  gtk_label_set_label (GTK_LABEL (name), choice->name);
  gtk_label_set_label (GTK_LABEL (detail), choice->detail ? choice->detail : "");
  gtk_widget_set_visible (detail, choice->detail && *choice->detail);
  mc_list_view_name_row (list_item, choice->name);
}

static void
choose_cb (McRecordChooser *self, guint position)
{
  g_autoptr (McChoiceItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (!item)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, item->choice->id, item->choice->name);
}

static void
entry_activate_cb (McRecordChooser *self)
{
  if (*mc_record_chooser_get_text (self))
    choose_cb (self, 0);
}

static void
mc_record_chooser_map (GtkWidget *widget)
{
  McRecordChooser *self = MC_RECORD_CHOOSER (widget);

  if (*mc_record_chooser_get_text (self))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    look (self);
  GTK_WIDGET_CLASS (mc_record_chooser_parent_class)->map (widget);
  gtk_widget_grab_focus (self->entry);
}

static void
mc_record_chooser_dispose (GObject *object)
{
  McRecordChooser *self = MC_RECORD_CHOOSER (object);

  g_clear_object (&self->items);
  g_clear_pointer (&self->choices, g_ptr_array_unref);

  G_OBJECT_CLASS (mc_record_chooser_parent_class)->dispose (object);
}

static void
mc_record_chooser_class_init (McRecordChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_record_chooser_dispose;
  GTK_WIDGET_CLASS (klass)->map = mc_record_chooser_map;
  signals[CHOSEN] = g_signal_new ("chosen", MC_TYPE_RECORD_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SEARCH] = g_signal_new ("search", MC_TYPE_RECORD_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
list_new (McRecordChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items))));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->list = gtk_list_view_new (selection, factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 340);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  return scrolled;
}

static void
mc_record_chooser_init (McRecordChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->items = g_list_store_new (MC_TYPE_CHOICE_ITEM);
  self->entry = g_object_new (GTK_TYPE_ENTRY, "input-hints", GTK_INPUT_HINT_NO_EMOJI, "width-chars", 26, NULL);
  self->nothing_label = g_object_new (GTK_TYPE_LABEL, "label", _("Nothing found"), "xalign", 0.0, "visible", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activate_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->nothing_label);
  gtk_box_append (GTK_BOX (box), list_new (self));
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

GtkWidget *
mc_record_chooser_new (const char *label)
{
  McRecordChooser *self = g_object_new (MC_TYPE_RECORD_CHOOSER, NULL);

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

void
mc_record_chooser_set_choices (McRecordChooser *self, GPtrArray *choices)
{
  g_return_if_fail (MC_IS_RECORD_CHOOSER (self) && choices != NULL);

  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = mc_record_choices_new ();
  for (guint i = 0; i < choices->len; i++)
    {
      const McRecordChoice *choice = choices->pdata[i];

      g_ptr_array_add (self->choices, mc_record_choice_new (choice->id, choice->name, choice->detail));
    }
}

void
mc_record_chooser_answer (McRecordChooser *self, const char *text, GPtrArray *choices)
{
  g_return_if_fail (MC_IS_RECORD_CHOOSER (self) && text != NULL && choices != NULL);

  if (self->items && g_str_equal (text, mc_record_chooser_get_text (self)))
    show (self, choices);
}

const char *
mc_record_chooser_get_text (McRecordChooser *self)
{
  g_return_val_if_fail (MC_IS_RECORD_CHOOSER (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}
