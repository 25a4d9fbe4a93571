/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of the preview of an import, and its row in the list. */
#include "mc-import-line.h"

#include <glib/gi18n.h>

#include "widgets/mc-format.h"
#include "widgets/mc-list-view.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

struct _McImportLine
{
  GObject parent_instance;

  guint64 row;
  McStatusKind kind;
  char *word;  /* what happens with the row */
  char *title;
  char *text;
  gboolean unsure;
  McImportDecision decision;
};

G_DEFINE_FINAL_TYPE (McImportLine, mc_import_line, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DECISION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
mc_import_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DECISION: g_value_set_int (value, (int) MC_IMPORT_LINE (object)->decision); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_import_line_finalize (GObject *object)
{
  McImportLine *self = MC_IMPORT_LINE (object);

  g_free (self->word);
  g_free (self->title);
  g_free (self->text);

  G_OBJECT_CLASS (mc_import_line_parent_class)->finalize (object);
}

static void
mc_import_line_class_init (McImportLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mc_import_line_get_property;
  object_class->finalize = mc_import_line_finalize;
  properties[PROP_DECISION] = g_param_spec_int ("decision", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mc_import_line_init (McImportLine *self)
{
}

static void
set_outcome (McImportLine *self, McImportOutcome outcome)
{
  static const struct
  {
    McStatusKind kind;
    const char *word;
  } looks[MC_IMPORT_N_OUTCOMES] = {
    [MC_IMPORT_CREATED] = { MC_STATUS_OK, N_("new") },
    [MC_IMPORT_UPDATED] = { MC_STATUS_OK, N_("changed") },
    [MC_IMPORT_UNCHANGED] = { MC_STATUS_PLAIN, N_("unchanged") },
    [MC_IMPORT_UNSURE] = { MC_STATUS_UNKNOWN, N_("to be confirmed") },
    [MC_IMPORT_REJECTED] = { MC_STATUS_ERROR, N_("cannot be taken") },
    [MC_IMPORT_SKIPPED] = { MC_STATUS_NOT_APPLICABLE, N_("passed over") },
  };

  self->kind = looks[outcome].kind;
  self->word = g_strdup (_(looks[outcome].word));
}

static char *
column_letters (guint column)
{
  char letters[8];
  gsize i = sizeof letters - 1;

  letters[i] = '\0';
  for (; column > 0 && i > 0; column = (column - 1) / 26)
    letters[--i] = (char) ('A' + (column - 1) % 26);
  return g_strdup (letters + i);
}

McImportLine *
mc_import_line_new_message (const McImportMessage *message)
{
  McImportLine *self = g_object_new (MC_TYPE_IMPORT_LINE, NULL);
  g_autofree char *letters = column_letters (message->column), *number = mc_format_count ((gint64) message->row);

  self->row = message->row;
  set_outcome (self, message->outcome);
  if (message->outcome == MC_IMPORT_CREATED || message->outcome == MC_IMPORT_UPDATED)
    {
      self->kind = MC_STATUS_WARNING;
      g_free (self->word);
      self->word = g_strdup (_("please check"));
    }
  if (message->column > 0)
    self->title = g_strdup_printf (_("Row %s, column %s %s"), number, letters, message->column_title ? message->column_title : "");
  else
    self->title = g_strdup_printf (_("Row %s"), number);
  self->text = g_strdup (message->message);
  return self;
}

McImportLine *
mc_import_line_new_row (const McImportRow *row, McImportKind kind)
{
  McImportLine *self = g_object_new (MC_TYPE_IMPORT_LINE, NULL);
  GString *text = g_string_new (NULL);
  g_autofree char *number = mc_format_count ((gint64) row->row);

  self->row = row->row;
  set_outcome (self, row->outcome);
  self->unsure = row->outcome == MC_IMPORT_UNSURE;
  self->decision = row->decision;
  self->title = g_strdup_printf (_("Row %s: %s"), number, row->title ? row->title : "");
  if (self->unsure && row->existing_name)
    g_string_append_printf (text, _("Perhaps the same as “%s”, which is in the register."), row->existing_name);
  for (guint i = 0; row->changes && i < row->changes->len; i++)
    {
      const McImportFieldChange *change = row->changes->pdata[i];

      if (text->len > 0)
        g_string_append (text, i == 0 || !self->unsure ? _("; ") : "\n");
      if (change->old_text)
        g_string_append_printf (text, _("%s %s → %s"), _(change->field->label), change->old_text, change->new_text ? change->new_text : _("empty"));
      else
        g_string_append_printf (text, _("%s %s"), _(change->field->label), change->new_text ? change->new_text : "");
    }
  self->text = g_string_free (text, FALSE);
  return self;
}

guint64
mc_import_line_get_row (McImportLine *self)
{
  g_return_val_if_fail (MC_IS_IMPORT_LINE (self), 0);

  return self->row;
}

gboolean
mc_import_line_is_unsure (McImportLine *self)
{
  g_return_val_if_fail (MC_IS_IMPORT_LINE (self), FALSE);

  return self->unsure;
}

McImportDecision
mc_import_line_get_decision (McImportLine *self)
{
  g_return_val_if_fail (MC_IS_IMPORT_LINE (self), MC_IMPORT_UNDECIDED);

  return self->decision;
}

void
mc_import_line_set_decision (McImportLine *self, McImportDecision decision)
{
  g_return_if_fail (MC_IS_IMPORT_LINE (self));

  if (self->decision == decision)
    return;
  self->decision = decision;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DECISION]);
}

/* --- the row in the list ---------------------------------------------------------------------------------- */

struct _McImportLineRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *text;
  McStatus *status;
  GtkWidget *choices;
  GtkWidget *buttons[3]; /* by decision */
  McImportLine *line;    /* owned while bound */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (McImportLineRow, mc_import_line_row, GTK_TYPE_WIDGET)

enum
{
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_decision (McImportLineRow *self)
{
  self->filling = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[self->line->decision]), TRUE);
  self->filling = FALSE;
}

static void
choice_cb (McImportLineRow *self, GtkToggleButton *button)
{
  if (self->filling || !self->line || !gtk_toggle_button_get_active (button))
    return;
  for (int i = 0; i < 3; i++)
    if (self->buttons[i] == GTK_WIDGET (button))
      {
        mc_import_line_set_decision (self->line, (McImportDecision) i);
        g_signal_emit (self, signals[DECIDED], 0, self->line, i);
      }
}

static void
mc_import_line_row_dispose (GObject *object)
{
  McImportLineRow *self = MC_IMPORT_LINE_ROW (object);

  if (self->line)
    g_signal_handlers_disconnect_by_data (self->line, self);
  g_clear_object (&self->line);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (mc_import_line_row_parent_class)->dispose (object);
}

static void
mc_import_line_row_class_init (McImportLineRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_import_line_row_dispose;
  signals[DECIDED] = g_signal_new ("decided", MC_TYPE_IMPORT_LINE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, MC_TYPE_IMPORT_LINE, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
label_new (const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return GTK_LABEL (label);
}

static void
mc_import_line_row_init (McImportLineRow *self)
{
  static const char *const words[] = { N_("Undecided"), N_("The same: update it"), N_("Another one: add it") };
  GtkWidget *head = mc_wrap_box_new (12, 2);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (self->box, "mc-fact");
  self->title = label_new ("heading");
  self->text = label_new (NULL);
  self->status = MC_STATUS (mc_status_new (MC_STATUS_PLAIN, ""));
  self->choices = mc_wrap_box_new (6, 4);
  for (guint i = 0; i < 3; i++)
    {
      self->buttons[i] = gtk_toggle_button_new_with_label (_(words[i]));
      gtk_widget_add_css_class (self->buttons[i], "mc-chip");
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->buttons[i]), GTK_TOGGLE_BUTTON (self->buttons[0]));
      g_signal_connect_object (self->buttons[i], "toggled", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
      mc_wrap_box_append (MC_WRAP_BOX (self->choices), self->buttons[i]);
    }
  mc_wrap_box_append (MC_WRAP_BOX (head), GTK_WIDGET (self->title));
  mc_wrap_box_append (MC_WRAP_BOX (head), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (self->box), self->choices);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
mc_import_line_row_new (void)
{
  return g_object_new (MC_TYPE_IMPORT_LINE_ROW, NULL);
}

void
mc_import_line_row_bind (McImportLineRow *self, GtkListItem *list_item)
{
  g_autofree char *name = NULL;

  g_return_if_fail (MC_IS_IMPORT_LINE_ROW (self));

  if (self->line)
    g_signal_handlers_disconnect_by_data (self->line, self);
  g_set_object (&self->line, gtk_list_item_get_item (list_item));
  g_signal_connect_object (self->line, "notify::decision", G_CALLBACK (show_decision), self, G_CONNECT_SWAPPED);
  gtk_label_set_label (self->title, self->line->title);
  gtk_label_set_label (self->text, self->line->text);
  gtk_widget_set_visible (GTK_WIDGET (self->text), *self->line->text != '\0');
  mc_status_set (self->status, self->line->kind, self->line->word);
  gtk_widget_set_visible (self->choices, self->line->unsure);
  show_decision (self);
  name = g_strdup_printf (_("%s: %s"), self->line->title, self->line->word);
  mc_list_view_name_row (list_item, name);
}
