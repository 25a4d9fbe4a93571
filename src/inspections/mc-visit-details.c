/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a record says besides its items: how the check went, who stood for the facility and what they said, how it ended. */
#include "mc-visit-details.h"

#include <glib/gi18n.h>

#include "store/mc-code-list.h"
#include "widgets/mc-typed-text.h"

/* One field that is typed: a line, or several. */
typedef struct
{
  GtkWidget *text;    /* GtkEntry or GtkTextView; borrowed */
  McTypedText *typed; /* owned */
} Field;

static const char *const keys[] = { "facility_representative", "representative_position", "note", "facility_statement" };
#define N_FIELDS G_N_ELEMENTS (keys)

struct _McVisitDetails
{
  GtkWidget parent_instance;

  /* Owned */
  GtkWidget *box;
  GPtrArray *results; /* codes that end a check early; static */
  Field fields[N_FIELDS];

  /* Borrowed */
  GtkDropDown *result_dropdown;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (McVisitDetails, mc_visit_details, GTK_TYPE_WIDGET)

enum
{
  FIELD_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
emit (McVisitDetails *self, const char *key, const char *text)
{
  g_auto (McValue) value = MC_VALUE_INIT;

  if (text && *text)
    mc_value_init_text (&value, text);
  g_signal_emit (self, signals[FIELD_CHANGED], 0, key, &value);
}

static void
typed_cb (McVisitDetails *self, const char *text, McTypedText *typed)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (self->fields[i].typed == typed)
      emit (self, keys[i], text);
}

static void
result_selected_cb (McVisitDetails *self)
{
  guint selected = gtk_drop_down_get_selected (self->result_dropdown);

  if (!self->updating && selected != GTK_INVALID_LIST_POSITION)
    emit (self, "result_code", selected == 0 ? NULL : g_ptr_array_index (self->results, selected - 1));
}

/* --- widget ------------------------------------------------------------------------------------------------ */

/* A label above its control: reads the same at every text size. */
static void
add_field (McVisitDetails *self, const char *title, GtkWidget *control, GtkWidget *frame)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (self->box), label);
  gtk_box_append (GTK_BOX (self->box), frame ? frame : control);
}

static void
follow (McVisitDetails *self, guint index, GtkWidget *text)
{
  self->fields[index] = (Field) { text, mc_typed_text_new (text) };
  g_signal_connect_object (self->fields[index].typed, "typed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

static void
add_entry (McVisitDetails *self, guint index, const char *title)
{
  GtkWidget *entry = gtk_entry_new ();

  g_object_set (entry, "input-hints", GTK_INPUT_HINT_NO_EMOJI, NULL);
  follow (self, index, entry);
  add_field (self, title, entry, NULL);
}

static void
add_text (McVisitDetails *self, guint index, const char *title)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_object_set (view, "wrap-mode", GTK_WRAP_WORD_CHAR, "accepts-tab", FALSE, "input-hints", GTK_INPUT_HINT_NO_EMOJI,
                "top-margin", 8, "bottom-margin", 8, "left-margin", 10, "right-margin", 10, NULL);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE, "min-content-height", 64,
                "max-content-height", 200, NULL);
  gtk_widget_add_css_class (scroller, "mc-note");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  follow (self, index, view);
  add_field (self, title, view, scroller);
}

static void
add_results (McVisitDetails *self)
{
  const McCode *const *codes = mc_code_list ("result-code");
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _("By the items"));
  for (guint i = 0; codes[i]; i++)
    if (mc_visit_result_ends_early (codes[i]->code))
      {
        g_ptr_array_add (self->results, (gpointer) codes[i]->code);
        gtk_string_list_append (labels, codes[i]->label);
      }
  self->result_dropdown = GTK_DROP_DOWN (gtk_drop_down_new (g_object_ref (G_LIST_MODEL (labels)), NULL));
  g_signal_connect_swapped (self->result_dropdown, "notify::selected", G_CALLBACK (result_selected_cb), self);
  add_field (self, _("Result; choose another one if the place could not be checked"), GTK_WIDGET (self->result_dropdown), NULL);
}

static void
mc_visit_details_dispose (GObject *object)
{
  McVisitDetails *self = MC_VISIT_DETAILS (object);

  for (guint i = 0; i < N_FIELDS; i++)
    g_clear_object (&self->fields[i].typed);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mc_visit_details_parent_class)->dispose (object);
}

static void
mc_visit_details_finalize (GObject *object)
{
  McVisitDetails *self = MC_VISIT_DETAILS (object);

  g_ptr_array_unref (self->results);
  G_OBJECT_CLASS (mc_visit_details_parent_class)->finalize (object);
}

static void
mc_visit_details_class_init (McVisitDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_visit_details_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_visit_details_finalize;
  signals[FIELD_CHANGED] = g_signal_new ("field-changed", MC_TYPE_VISIT_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_visit_details_init (McVisitDetails *self)
{
  GtkWidget *heading = gtk_label_new (_("For the site record"));

  self->results = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (self->box), heading);
  add_entry (self, 0, _("Facility's representative"));
  add_entry (self, 1, _("Representative's position"));
  add_text (self, 2, _("Course of the check"));
  add_text (self, 3, _("Facility's statement"));
  add_results (self);
}

static void
update_result (McVisitDetails *self, const char *code)
{
  guint selected = 0;

  for (guint i = 0; code && i < self->results->len; i++)
    if (g_str_equal (g_ptr_array_index (self->results, i), code))
      selected = i + 1;
  gtk_drop_down_set_selected (self->result_dropdown, selected);
}

void
mc_visit_details_update (McVisitDetails *self, const McVisit *visit, gboolean editable)
{
  const McRecord *record = mc_visit_get_record (visit);

  self->updating = TRUE;
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_object_set (self->fields[i].text, "editable", editable, NULL);
      mc_typed_text_show (self->fields[i].typed, mc_record_get_text (record, keys[i]));
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->result_dropdown), editable);
  update_result (self, mc_record_get_text (record, "result_code"));
  self->updating = FALSE;
}

void
mc_visit_details_flush (McVisitDetails *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    mc_typed_text_flush (self->fields[i].typed);
}
