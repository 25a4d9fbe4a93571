/* SPDX-License-Identifier: GPL-3.0-or-later
 * The row of a form in which one field of a record is entered, with what is wrong right below it. */
#include "mc-field-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-area-chooser.h"
#include "mc-chip-list.h"
#include "mc-facility-search.h"
#include "mc-field-value.h"
#include "mc-message-row.h"
#include "mc-record-form.h"
#include "store/mc-code-list.h"
#include "widgets/mc-wrap-box.h"

struct _McFieldRow
{
  GObject parent_instance;

  const McField *field;
  const McFormContext *context; /* borrowed */
  GtkWidget *row;               /* borrowed from the group, as all widgets here */
  McMessageRow *message;
  GtkTextBuffer *buffer;        /* of several lines */
  GtkWidget *choose_button;     /* opens a chooser */
  McChipList *chips;            /* of a list of records */
  GPtrArray *checks;            /* of GtkCheckButton: of a list of codes */
  GPtrArray *ids;               /* char *: what the positions of a combo stand for; "" is null */
  char *chosen;                 /* the id that a chooser gave */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (McFieldRow, mc_field_row, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed_cb (McFieldRow *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static char *
title_of (const McField *field)
{
  const char *label = _(field->label);
  g_autofree char *unit = NULL;

  if (field->type == MC_FIELD_MONEY)
    unit = g_strdup_printf (_("%s (ten thousand yuan)"), label);
  else if (field->type == MC_FIELD_DATE)
    unit = g_strdup_printf (_("%s (year-month-day)"), label);
  if (field->flags & MC_FIELD_REQUIRED)
    return g_strdup_printf (_("%s (required)"), unit ? unit : label);
  return unit ? g_steal_pointer (&unit) : g_strdup (label);
}

/* --- texts and numbers ------------------------------------------------------------------------------------ */

/* Enter goes on to the next field, as in a sheet. */
static void
enter_cb (GtkWidget *row)
{
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (row)), GTK_DIR_TAB_FORWARD);
}

static void
make_entry (McFieldRow *self)
{
  self->row = adw_entry_row_new ();
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (self->row), GTK_INPUT_HINT_NO_EMOJI);
  if (self->field->type != MC_FIELD_TEXT)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->row), self->field->type == MC_FIELD_INTEGER ? GTK_INPUT_PURPOSE_DIGITS : GTK_INPUT_PURPOSE_FREE_FORM);
  g_signal_connect_object (self->row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self->row, "entry-activated", G_CALLBACK (enter_cb), NULL);
}

/* A row with its title in small print and @child below it. */
static void
make_tall_row (McFieldRow *self, GtkWidget *child)
{
  g_autofree char *title = title_of (self->field);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (box, "mc-fact");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), child);
  self->row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "child", box, "activatable", FALSE, "focusable", FALSE, NULL);
}

static void
make_text (McFieldRow *self)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (view), GTK_INPUT_HINT_NO_EMOJI);
  gtk_widget_set_size_request (view, -1, 66);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _(self->field->label), -1);
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  make_tall_row (self, view);
}

/* --- codes ------------------------------------------------------------------------------------------------ */

static void
choice_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer listed)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", listed ? 0.0 : 1.0, "hexpand", TRUE, NULL);

  gtk_box_append (GTK_BOX (box), label);
  if (listed)
    {
      GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
      gtk_box_append (GTK_BOX (box), check);
      g_object_bind_property (list_item, "selected", check, "visible", G_BINDING_SYNC_CREATE);
    }
  gtk_list_item_set_child (list_item, box);
}

static void
choice_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));

  gtk_label_set_label (GTK_LABEL (label), gtk_string_object_get_string (gtk_list_item_get_item (list_item)));
}

/* A combo row's own labels are shortened; ours break into lines. @listed: those of the list that drops down. */
static GtkListItemFactory *
choice_factory_new (gboolean listed)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (choice_setup_cb), GINT_TO_POINTER (listed));
  g_signal_connect (factory, "bind", G_CALLBACK (choice_bind_cb), NULL);
  return factory;
}

static void
make_combo (McFieldRow *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) shown = choice_factory_new (FALSE), listed = choice_factory_new (TRUE);

  self->ids = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (labels, _("not entered yet"));
  g_ptr_array_add (self->ids, g_strdup (""));
  for (const McCode *const *code = mc_code_list (self->field->list); *code; code++)
    {
      gtk_string_list_append (labels, (*code)->label);
      g_ptr_array_add (self->ids, g_strdup ((*code)->code));
    }
  self->row = adw_combo_row_new ();
  adw_combo_row_set_factory (ADW_COMBO_ROW (self->row), shown);
  adw_combo_row_set_list_factory (ADW_COMBO_ROW (self->row), listed);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->row), G_LIST_MODEL (labels));
  g_signal_connect_object (self->row, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
make_checks (McFieldRow *self)
{
  GtkWidget *box = mc_wrap_box_new (16, 6);

  self->checks = g_ptr_array_new ();
  for (const McCode *const *code = mc_code_list (mc_record_form_codes (self->field)); *code; code++)
    {
      GtkWidget *check = gtk_check_button_new_with_label ((*code)->label);

      g_signal_connect_object (check, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->checks, check);
      mc_wrap_box_append (MC_WRAP_BOX (box), check);
    }
  make_tall_row (self, box);
}

/* --- other records ---------------------------------------------------------------------------------------- */

static void
show_chosen (McFieldRow *self)
{
  const McArea *area = self->chosen ? mc_area_tree_find (self->context->tree, self->chosen) : NULL;
  g_autofree char *path = area ? mc_area_get_path (area, NULL) : NULL;
  const char *name = path ? path : self->chosen ? g_hash_table_lookup (self->context->names, self->chosen) : NULL;

  if (!name)
    name = self->chosen ? _("not known to this version") : _("not entered yet");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), name);
}

static void
chosen_cb (McFieldRow *self, const char *id)
{
  if (g_strcmp0 (self->chosen, id) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (id);
  show_chosen (self);
  changed_cb (self);
}

static GtkWidget *
button_new (McFieldRow *self, const char *label, GtkWidget *chooser)
{
  g_autofree char *name = g_strdup_printf (_("Choose: %s"), _(self->field->label));
  GtkWidget *button = g_object_new (GTK_TYPE_MENU_BUTTON, "label", label, "popover", chooser, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  self->choose_button = button;
  return button;
}

static void
make_reference (McFieldRow *self)
{
  gboolean area = g_strcmp0 (self->field->list, "area") == 0;
  GPtrArray *choices = g_strcmp0 (self->field->list, "authority") == 0 ? self->context->authorities : self->context->standards;
  GtkWidget *chooser = area ? mc_area_chooser_new (NULL) : mc_record_chooser_new (_("Name, or pinyin initials"));

  if (area)
    mc_area_chooser_set_tree (MC_AREA_CHOOSER (chooser), self->context->tree);
  else
    mc_record_chooser_set_choices (MC_RECORD_CHOOSER (chooser), choices);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  self->row = adw_action_row_new ();
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), button_new (self, _("Choose…"), chooser));
}

static void
added_cb (McFieldRow *self, const char *id, const char *name)
{
  if (mc_chip_list_add (self->chips, id, name))
    changed_cb (self);
}

static void
make_chips (McFieldRow *self)
{
  GtkWidget *chooser = mc_record_chooser_new (_("Name of a place or of an operator"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *button = button_new (self, _("Add…"), chooser);

  mc_facility_search_attach (MC_RECORD_CHOOSER (chooser), self->context->store, self->context->tree, MC_FACILITY_SEARCH_OPERATORS, NULL);
  self->chips = MC_CHIP_LIST (mc_chip_list_new (_("none")));
  gtk_widget_set_hexpand (GTK_WIDGET (self->chips), TRUE);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chips, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chips));
  gtk_box_append (GTK_BOX (box), button);
  make_tall_row (self, box);
}

/* --- making ----------------------------------------------------------------------------------------------- */

static void
make_row (McFieldRow *self)
{
  if (mc_record_form_codes (self->field))
    make_checks (self);
  else if (self->field->type == MC_FIELD_CHOICE)
    make_combo (self);
  else if (self->field->type == MC_FIELD_REFERENCE || strcmp (self->field->key, "standard") == 0)
    make_reference (self);
  else if (self->field->type == MC_FIELD_LIST)
    make_chips (self);
  else if (self->field->flags & MC_FIELD_MULTILINE)
    make_text (self);
  else
    make_entry (self);
}

static void
mc_field_row_finalize (GObject *object)
{
  McFieldRow *self = MC_FIELD_ROW (object);

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_free (self->chosen);

  G_OBJECT_CLASS (mc_field_row_parent_class)->finalize (object);
}

static void
mc_field_row_class_init (McFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_field_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", MC_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mc_field_row_init (McFieldRow *self)
{
}

McFieldRow *
mc_field_row_new (AdwPreferencesGroup *group, const McField *field, const McFormContext *context)
{
  McFieldRow *self = g_object_new (MC_TYPE_FIELD_ROW, NULL);
  g_autofree char *title = title_of (field);

  self->field = field;
  self->context = context;
  make_row (self);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
  if (ADW_IS_ACTION_ROW (self->row))
    adw_action_row_set_title_lines (ADW_ACTION_ROW (self->row), 0);
  self->message = MC_MESSAGE_ROW (mc_message_row_new ());
  adw_preferences_group_add (group, self->row);
  adw_preferences_group_add (group, GTK_WIDGET (self->message));
  return self;
}

const McField *
mc_field_row_get_field (McFieldRow *self)
{
  g_return_val_if_fail (MC_IS_FIELD_ROW (self), NULL);

  return self->field;
}

/* --- values ----------------------------------------------------------------------------------------------- */

static void
select_id (McFieldRow *self, const char *id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_strcmp0 (self->ids->pdata[i], id) == 0)
      {
        adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), i);
        return;
      }
  /* A code that this version does not know: kept as it is. */
  g_ptr_array_add (self->ids, g_strdup (id));
  gtk_string_list_append (GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (self->row))), id);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), self->ids->len - 1);
}

static void
tick (McFieldRow *self, const char *list)
{
  g_auto (GStrv) codes = g_strsplit (list, "\n", -1);
  const McCode *const *code = mc_code_list (mc_record_form_codes (self->field));

  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (self->checks->pdata[i], g_strv_contains ((const char *const *) codes, code[i]->code));
}

static void
show_items (McFieldRow *self, const char *list)
{
  g_auto (GStrv) items = g_strsplit (list, "\n", -1);

  mc_chip_list_remove_all (self->chips);
  for (guint i = 0; items[i]; i++)
    if (*items[i])
      {
        const char *name = g_hash_table_lookup (self->context->names, items[i]);

        mc_chip_list_add (self->chips, items[i], name ? name : items[i]);
      }
}

void
mc_field_row_set_value (McFieldRow *self, const McValue *value)
{
  g_autofree char *text = NULL;

  g_return_if_fail (MC_IS_FIELD_ROW (self) && value != NULL);

  self->filling = TRUE;
  text = mc_field_value_to_text (self->field, value);
  if (self->checks)
    tick (self, text);
  else if (self->chips)
    show_items (self, text);
  else if (self->ids)
    select_id (self, text);
  else if (self->choose_button)
    {
      g_free (self->chosen);
      self->chosen = *text ? g_strdup (text) : NULL;
      show_chosen (self);
    }
  else if (self->buffer)
    gtk_text_buffer_set_text (self->buffer, text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->row), text);
  self->filling = FALSE;
}

static char *
entered_text (McFieldRow *self)
{
  GtkTextIter start, end;

  if (!self->buffer)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->row)));
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/* Codes of the list that this version does not know stay in it. */
static void
take_checks (McFieldRow *self, McRecord *record)
{
  const char *old = mc_record_get_text (record, self->field->key), *codes = mc_record_form_codes (self->field);
  g_auto (GStrv) kept = g_strsplit (old ? old : "", "\n", -1);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; kept[i]; i++)
    if (*kept[i] && !mc_code_find (codes, kept[i]))
      g_ptr_array_add (items, kept[i]);
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_ptr_array_add (items, (gpointer) mc_code_list (codes)[i]->code);
  mc_field_value_take_items (self->field, items, record);
}

void
mc_field_row_get_value (McFieldRow *self, McRecord *record, GPtrArray *problems)
{
  g_return_if_fail (MC_IS_FIELD_ROW (self) && record != NULL && problems != NULL);

  if (self->checks)
    take_checks (self, record);
  else if (self->chips)
    {
      g_autoptr (GPtrArray) items = mc_chip_list_get_ids (self->chips);

      mc_field_value_take_items (self->field, items, record);
    }
  else if (self->ids)
    mc_record_set_text (record, self->field->key, self->ids->pdata[adw_combo_row_get_selected (ADW_COMBO_ROW (self->row))]);
  else if (self->choose_button)
    mc_record_set_text (record, self->field->key, self->chosen);
  else
    {
      g_autofree char *text = entered_text (self);

      mc_field_value_take (self->field, text, record, problems);
    }
}

void
mc_field_row_set_problem (McFieldRow *self, const McProblem *problem)
{
  g_return_if_fail (MC_IS_FIELD_ROW (self));

  mc_message_row_set (self->message, self->row, problem);
}

void
mc_field_row_set_visible (McFieldRow *self, gboolean visible)
{
  g_return_if_fail (MC_IS_FIELD_ROW (self));

  gtk_widget_set_visible (self->row, visible);
  if (!visible)
    gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
}

void
mc_field_row_focus (McFieldRow *self)
{
  g_return_if_fail (MC_IS_FIELD_ROW (self));

  if (self->choose_button)
    gtk_widget_grab_focus (self->choose_button);
  else if (self->checks)
    gtk_widget_grab_focus (self->checks->pdata[0]);
  else if (!gtk_widget_grab_focus (self->row))
    gtk_widget_child_focus (self->row, GTK_DIR_TAB_FORWARD);
}
