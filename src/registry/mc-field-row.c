/* SPDX-License-Identifier: GPL-3.0-or-later
 * The row of a form in which one field of a record is entered, with what is wrong below it. */
#include "mc-field-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-area-chooser.h"
#include "mc-authority.h"
#include "store/mc-code-list.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

#define FEN_PER_WAN 1000000

struct _McFieldRow
{
  GObject parent_instance;

  const McField *field;
  McAreaTree *tree;
  GPtrArray *authorities;
  GtkWidget *row;         /* borrowed from the group, as all widgets here */
  GtkWidget *message_row;
  McStatus *message;
  GtkTextBuffer *buffer;  /* of several lines */
  GtkWidget *area_button;
  GPtrArray *checks;      /* of GtkCheckButton: of a list of codes */
  GPtrArray *ids;         /* char *: what the positions of a combo stand for; "" is null */
  char *area;
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

/* --- making ----------------------------------------------------------------------------------------------- */

/* The code list of a list of codes; NULL: a list of texts. */
static const char *
codes_of_list (const McField *field)
{
  return field->type == MC_FIELD_LIST && strcmp (field->key, "fields") == 0 ? "facility-field" : NULL;
}

static char *
title_of (const McField *field)
{
  const char *label = _(field->label);

  if (field->type == MC_FIELD_MONEY)
    return g_strdup_printf (_("%s (ten thousand yuan)"), label);
  if (field->type == MC_FIELD_DATE)
    return g_strdup_printf (_("%s (year-month-day)"), label);
  if (field->flags & MC_FIELD_REQUIRED)
    return g_strdup_printf (_("%s (required)"), label);
  return g_strdup (label);
}

static void
make_entry (McFieldRow *self)
{
  gboolean number = self->field->type != MC_FIELD_TEXT && self->field->type != MC_FIELD_LIST;

  self->row = adw_entry_row_new ();
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (self->row), GTK_INPUT_HINT_NO_EMOJI);
  if (number)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->row), self->field->type == MC_FIELD_INTEGER ? GTK_INPUT_PURPOSE_DIGITS : GTK_INPUT_PURPOSE_FREE_FORM);
  g_signal_connect_object (self->row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
make_text (McFieldRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *label = gtk_label_new (_(self->field->label)), *view = gtk_text_view_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (view), GTK_INPUT_HINT_NO_EMOJI);
  gtk_widget_set_size_request (view, -1, 66);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _(self->field->label), -1);
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "mc-fact");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), view);
  self->row = gtk_list_box_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->row), FALSE);
  gtk_widget_set_focusable (self->row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->row), box);
}

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
  if (self->field->type == MC_FIELD_CHOICE)
    for (const McCode *const *code = mc_code_list (self->field->list); *code; code++)
      {
        gtk_string_list_append (labels, (*code)->label);
        g_ptr_array_add (self->ids, g_strdup ((*code)->code));
      }
  for (guint i = 0; self->field->type == MC_FIELD_REFERENCE && self->authorities && i < self->authorities->len; i++)
    {
      const McAuthority *authority = self->authorities->pdata[i];

      gtk_string_list_append (labels, authority->name);
      g_ptr_array_add (self->ids, g_strdup (authority->id));
    }
  self->row = adw_combo_row_new ();
  adw_combo_row_set_factory (ADW_COMBO_ROW (self->row), shown);
  adw_combo_row_set_list_factory (ADW_COMBO_ROW (self->row), listed);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->row), G_LIST_MODEL (labels));
  g_signal_connect_object (self->row, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
show_area (McFieldRow *self)
{
  const McArea *area = self->area && self->tree ? mc_area_tree_find (self->tree, self->area) : NULL;
  g_autofree char *path = area ? mc_area_get_path (area, NULL) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), path ? path : _("not entered yet"));
}

static void
area_chosen_cb (McFieldRow *self, const char *id)
{
  g_free (self->area);
  self->area = g_strdup (id);
  show_area (self);
  changed_cb (self);
}

static void
make_area (McFieldRow *self)
{
  GtkWidget *chooser = mc_area_chooser_new (NULL);
  g_autofree char *name = g_strdup_printf (_("Choose: %s"), _(self->field->label));

  mc_area_chooser_set_tree (MC_AREA_CHOOSER (chooser), self->tree);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (area_chosen_cb), self, G_CONNECT_SWAPPED);
  self->row = adw_action_row_new ();
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->row), 0);
  self->area_button = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Choose…"), "popover", chooser, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), self->area_button);
}

static void
make_checks (McFieldRow *self)
{
  GtkWidget *box = mc_wrap_box_new (12, 4);

  self->checks = g_ptr_array_new ();
  self->row = adw_action_row_new ();
  for (const McCode *const *code = mc_code_list (codes_of_list (self->field)); *code; code++)
    {
      GtkWidget *check = gtk_check_button_new_with_label ((*code)->label);

      g_signal_connect_object (check, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->checks, check);
      mc_wrap_box_append (MC_WRAP_BOX (box), check);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), box);
}

static void
make_row (McFieldRow *self)
{
  if (codes_of_list (self->field))
    make_checks (self);
  else if (self->field->type == MC_FIELD_CHOICE)
    make_combo (self);
  else if (self->field->type == MC_FIELD_REFERENCE && strcmp (self->field->list, "area") == 0)
    make_area (self);
  else if (self->field->type == MC_FIELD_REFERENCE)
    make_combo (self);
  else if (self->field->flags & MC_FIELD_MULTILINE)
    make_text (self);
  else
    make_entry (self);
}

static void
mc_field_row_finalize (GObject *object)
{
  McFieldRow *self = MC_FIELD_ROW (object);

  g_clear_pointer (&self->tree, mc_area_tree_unref);
  g_clear_pointer (&self->authorities, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_free (self->area);

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
mc_field_row_new (AdwPreferencesGroup *group, const McField *field, McAreaTree *tree, GPtrArray *authorities)
{
  McFieldRow *self = g_object_new (MC_TYPE_FIELD_ROW, NULL);
  g_autofree char *title = title_of (field);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->field = field;
  self->tree = tree ? mc_area_tree_ref (tree) : NULL;
  self->authorities = authorities ? g_ptr_array_ref (authorities) : NULL;
  make_row (self);
  if (ADW_IS_PREFERENCES_ROW (self->row))
    {
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
    }
  if (ADW_IS_ACTION_ROW (self->row))
    adw_action_row_set_title_lines (ADW_ACTION_ROW (self->row), 0);
  self->message = MC_STATUS (mc_status_new (MC_STATUS_WARNING, ""));
  g_object_set (self->message, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (box, "mc-field-message");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->message));
  self->message_row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", box, "activatable", FALSE, "focusable", FALSE, "visible", FALSE, NULL);
  adw_preferences_group_add (group, self->row);
  adw_preferences_group_add (group, self->message_row);
  return self;
}

const McField *
mc_field_row_get_field (McFieldRow *self)
{
  g_return_val_if_fail (MC_IS_FIELD_ROW (self), NULL);

  return self->field;
}

/* --- values ----------------------------------------------------------------------------------------------- */

/* Decimal digits of @hundredths without grouping: what a person can go on editing. */
static char *
decimal_text (gint64 hundredths)
{
  char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", hundredths / 100, (int) (ABS (hundredths) % 100));
  gsize length = strlen (text);

  while (text[length - 1] == '0')
    text[--length] = '\0';
  if (text[length - 1] == '.')
    text[length - 1] = '\0';
  return text;
}

/* @factor hundredths… for each whole unit: 100, or fen of ten thousand yuan. FALSE: no such number. */
static gboolean
parse_decimal (const char *text, gint64 factor, gint64 *number)
{
  gint64 whole = 0, part = 0, scale = factor;
  gsize i = 0;

  for (; g_ascii_isdigit (text[i]); i++)
    {
      if (i > 11)
        return FALSE;
      whole = whole * 10 + (text[i] - '0');
    }
  if (i == 0)
    return FALSE;
  if (text[i] == '.')
    for (i++; g_ascii_isdigit (text[i]); i++)
      {
        scale /= 10;
        if (scale == 0)
          return FALSE;
        part += scale * (text[i] - '0');
      }
  *number = whole * factor + part;
  return text[i] == '\0';
}

static char *
value_text (McFieldRow *self, const McValue *value)
{
  g_autofree char *items = NULL;

  switch (value->type)
    {
    case MC_VALUE_TEXT:
      if (self->field->type != MC_FIELD_LIST)
        return g_strdup (value->text);
      items = g_strdup (value->text);
      g_strdelimit (items, "\n", ';');
      return g_steal_pointer (&items);
    case MC_VALUE_INTEGER:
      if (self->field->type == MC_FIELD_MONEY)
        return decimal_text (value->integer / (FEN_PER_WAN / 100));
      if (self->field->type == MC_FIELD_HUNDREDTHS)
        return decimal_text (value->integer);
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
    case MC_VALUE_NULL:
    case MC_VALUE_BOOLEAN:
    case MC_VALUE_SEALED:
    default:
      return g_strdup ("");
    }
}

static void
select_id (McFieldRow *self, const char *id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_strcmp0 (self->ids->pdata[i], id) == 0)
      {
        adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), i);
        return;
      }
  /* A code or record that this version does not know: kept as it is. */
  g_ptr_array_add (self->ids, g_strdup (id));
  gtk_string_list_append (GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (self->row))), id);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), self->ids->len - 1);
}

static void
tick (McFieldRow *self, const char *list)
{
  g_auto (GStrv) codes = g_strsplit (list, "\n", -1);
  const McCode *const *code = mc_code_list (codes_of_list (self->field));

  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (self->checks->pdata[i], g_strv_contains ((const char *const *) codes, code[i]->code));
}

void
mc_field_row_set_value (McFieldRow *self, const McValue *value)
{
  g_autofree char *text = NULL;

  g_return_if_fail (MC_IS_FIELD_ROW (self) && value != NULL);

  self->filling = TRUE;
  text = value_text (self, value);
  if (self->checks)
    tick (self, value->type == MC_VALUE_TEXT ? value->text : "");
  else if (self->ids)
    select_id (self, text);
  else if (self->area_button)
    {
      g_free (self->area);
      self->area = *text ? g_strdup (text) : NULL;
      show_area (self);
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

  if (self->buffer)
    {
      gtk_text_buffer_get_bounds (self->buffer, &start, &end);
      return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
    }
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->row))));
}

/* Full-width digits and points, as an input method writes them, and thousands separators are no faults. */
static char *
plain_number (const char *text)
{
  g_autofree char *narrow = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  GString *plain = g_string_new (NULL);

  for (const char *p = narrow ? narrow : text; *p; p++)
    if (*p != ',' && *p != ' ')
      g_string_append_c (plain, *p);
  return g_string_free (plain, FALSE);
}

static void
take_number (McFieldRow *self, const char *text, McRecord *record, GPtrArray *problems)
{
  g_autofree char *plain = plain_number (text);
  gint64 factor = self->field->type == MC_FIELD_MONEY ? FEN_PER_WAN : self->field->type == MC_FIELD_HUNDREDTHS ? 100 : 1, number;

  if (parse_decimal (plain, factor, &number) && (factor > 1 || !strchr (plain, '.')))
    mc_record_set_integer (record, self->field->key, number);
  else
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_ERROR, self->field->key, factor > 1 ? _("This is no number: %s") : _("This is no whole number: %s"), text));
}

/* 2026/3/1, 2026.3.1 and 20260301 are what people type, too. */
static char *
iso_date (const char *text)
{
  g_autofree char *plain = plain_number (text);
  int year, month, day, used = 0;

  g_strdelimit (plain, "/.", '-');
  if (strlen (plain) == 8 && strspn (plain, "0123456789") == 8)
    {
      if (sscanf (plain, "%4d%2d%2d", &year, &month, &day) != 3)
        return NULL;
    }
  else if (sscanf (plain, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || plain[used] != '\0')
    return NULL;
  return g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year) ? g_strdup_printf ("%04d-%02d-%02d", year, month, day) : NULL;
}

static void
take_date (McFieldRow *self, const char *text, McRecord *record, GPtrArray *problems)
{
  g_autofree char *date = iso_date (text);

  if (date)
    mc_record_set_text (record, self->field->key, date);
  else
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_ERROR, self->field->key, _("This is no day of the calendar: %s. Write it as 2026-03-01."), text));
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Items are sorted by bytes, each once. */
static void
take_list (McFieldRow *self, GPtrArray *items, McRecord *record)
{
  g_autoptr (GString) list = g_string_new (NULL);

  g_ptr_array_sort (items, compare_texts);
  for (guint i = 0; i < items->len; i++)
    if (i == 0 || strcmp (items->pdata[i], items->pdata[i - 1]) != 0)
      g_string_append_printf (list, "%s%s", list->len > 0 ? "\n" : "", (const char *) items->pdata[i]);
  mc_record_set_text (record, self->field->key, list->str);
}

static void
take_texts (McFieldRow *self, const char *text, McRecord *record)
{
  g_autofree char *narrow = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_auto (GStrv) parts = g_strsplit (narrow ? narrow : text, ";", -1);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; parts[i]; i++)
    if (*g_strstrip (parts[i]))
      g_ptr_array_add (items, parts[i]);
  take_list (self, items, record);
}

static void
take_checks (McFieldRow *self, McRecord *record)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  const McCode *const *code = mc_code_list (codes_of_list (self->field));

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_ptr_array_add (items, (gpointer) code[i]->code);
  take_list (self, items, record);
}

void
mc_field_row_get_value (McFieldRow *self, McRecord *record, GPtrArray *problems)
{
  const char *key;
  g_autofree char *text = NULL;

  g_return_if_fail (MC_IS_FIELD_ROW (self) && record != NULL && problems != NULL);

  key = self->field->key;
  if (self->checks)
    take_checks (self, record);
  else if (self->ids)
    mc_record_set_text (record, key, self->ids->pdata[adw_combo_row_get_selected (ADW_COMBO_ROW (self->row))]);
  else if (self->area_button)
    mc_record_set_text (record, key, self->area);
  else if (!*(text = entered_text (self)))
    {
      /* An erased or foreign sealed value stays what it is while nothing is typed over it. */
      if (mc_record_get (record, key)->type != MC_VALUE_SEALED)
        mc_record_set_null (record, key);
    }
  else if (self->field->type == MC_FIELD_INTEGER || self->field->type == MC_FIELD_MONEY || self->field->type == MC_FIELD_HUNDREDTHS)
    take_number (self, text, record, problems);
  else if (self->field->type == MC_FIELD_DATE)
    take_date (self, text, record, problems);
  else if (self->field->type == MC_FIELD_LIST)
    take_texts (self, text, record);
  else
    mc_record_set_text (record, key, text);
}

void
mc_field_row_set_problem (McFieldRow *self, const McProblem *problem)
{
  gboolean wrong = problem && problem->level == MC_PROBLEM_ERROR;

  g_return_if_fail (MC_IS_FIELD_ROW (self));

  gtk_widget_set_visible (self->message_row, problem != NULL);
  if (problem)
    mc_status_set (self->message, wrong ? MC_STATUS_ERROR : MC_STATUS_WARNING, problem->message);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_STATE_INVALID, wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem ? problem->message : "", -1);
}

void
mc_field_row_set_visible (McFieldRow *self, gboolean visible)
{
  g_return_if_fail (MC_IS_FIELD_ROW (self));

  gtk_widget_set_visible (self->row, visible);
}

void
mc_field_row_focus (McFieldRow *self)
{
  g_return_if_fail (MC_IS_FIELD_ROW (self));

  if (self->area_button)
    gtk_widget_grab_focus (self->area_button);
  else if (!gtk_widget_grab_focus (self->row))
    gtk_widget_child_focus (self->row, GTK_DIR_TAB_FORWARD);
}
