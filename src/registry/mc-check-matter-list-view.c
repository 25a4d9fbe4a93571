/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list of check matters: what may be checked, by whom, on what basis, and how sure that basis is. */
#include "mc-check-matter-list-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-facility.h"
#include "store/mc-code-list.h"
#include "widgets/mc-empty.h"
#include "widgets/mc-search-entry.h"
#include "widgets/mc-unverified.h"
#include "widgets/mc-wrap-box.h"

struct _McCheckMatterListView
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *box;
  McSearchEntry *search;
  GtkStack *stack;
  GtkListBox *list;
  McEmpty *failed;

  /* Owned. */
  McSession *session;
  GCancellable *cancellable;
  GPtrArray *ids; /* of char *, in the order of the rows */
  guint busy;
  guint n;
};

G_DEFINE_FINAL_TYPE (McCheckMatterListView, mc_check_matter_list_view, GTK_TYPE_WIDGET)

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
set_busy (McCheckMatterListView *self, int step)
{
  self->busy = (guint) ((int) self->busy + step);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* --- one row ---------------------------------------------------------------------------------------------- */

static GtkWidget *
text_new (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
append_part (GString *text, const char *format, const char *value)
{
  if (!value || !*value)
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (text, format, value);
#pragma GCC diagnostic pop
}

static char *
kinds_text (const McCheckMatterRow *matter)
{
  g_auto (GStrv) codes = g_strsplit (matter->facility_kinds ? matter->facility_kinds : "", "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; codes[i]; i++)
    if (*codes[i])
      g_string_append_printf (text, text->len > 0 ? _(", %s") : "%s", mc_code_label ("facility-kind", codes[i]));
  return g_string_free (text, FALSE);
}

static char *
terms_text (const McCheckMatterRow *matter)
{
  GString *text = g_string_new (NULL);
  g_autofree char *kinds = kinds_text (matter), *cap = NULL;

  append_part (text, _("for %s"), kinds);
  append_part (text, _("by %s"), matter->method);
  append_part (text, _("ratio %s"), matter->ratio);
  append_part (text, "%s", matter->frequency);
  if (matter->yearly_cap != MC_NO_NUMBER)
    cap = g_strdup_printf (g_dngettext (NULL, "at most %u a year", "at most %u a year", (gulong) matter->yearly_cap), (guint) matter->yearly_cap);
  append_part (text, "%s", cap);
  return g_string_free (text, FALSE);
}

static gboolean
is_sample (const McCheckMatterRow *matter)
{
  return matter->sample_fields && *matter->sample_fields;
}

static GtkWidget *
title_line_new (const McCheckMatterRow *matter)
{
  GtkWidget *line = mc_wrap_box_new (8, 4), *name, *tag;
  g_autofree char *title = matter->code ? g_strdup_printf ("%s  %s", matter->code, matter->name) : g_strdup (matter->name);

  name = text_new (title, "heading");
  mc_wrap_box_append (MC_WRAP_BOX (line), name);
  if (matter->importance)
    {
      tag = gtk_label_new (mc_code_short_label ("matter-importance", matter->importance));
      gtk_widget_add_css_class (tag, "mc-tag");
      mc_wrap_box_append (MC_WRAP_BOX (line), tag);
    }
  if (is_sample (matter))
    {
      tag = gtk_label_new (_("sample"));
      gtk_widget_add_css_class (tag, "mc-tag");
      gtk_widget_set_tooltip_text (tag, _("Values that no source gives are samples: replace them by what your authority published."));
      mc_wrap_box_append (MC_WRAP_BOX (line), tag);
    }
  return line;
}

/* Sure is only what was read in the source itself. */
static gboolean
is_unverified (const McCheckMatterRow *matter)
{
  return g_strcmp0 (matter->certainty, "source") != 0 && g_strcmp0 (matter->certainty, "found") != 0;
}

static GtkWidget *
basis_line_new (const McCheckMatterRow *matter)
{
  GtkWidget *line = mc_wrap_box_new (8, 4);
  g_autofree char *basis = g_strdup_printf (_("Basis: %s"), matter->basis ? matter->basis : _("not entered"));

  mc_wrap_box_append (MC_WRAP_BOX (line), text_new (basis, NULL));
  if (is_unverified (matter))
    mc_wrap_box_append (MC_WRAP_BOX (line), mc_unverified_new (matter->basis ? matter->basis : _("No source was found.")));
  return line;
}

static GtkWidget *
matter_row_new (const McCheckMatterRow *matter)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *terms = terms_text (matter);
  g_autofree char *published = matter->published_on ? g_strdup_printf (_("%s, published on %s"), matter->authority_name ? matter->authority_name : "", matter->published_on)
                                                    : g_strdup_printf (_("%s, not published: not to be checked yet"), matter->authority_name ? matter->authority_name : "");
  GtkWidget *terms_label = text_new (terms, "caption"), *published_label = text_new (published, "caption");

  gtk_widget_add_css_class (box, "mc-fact");
  gtk_widget_add_css_class (terms_label, "dim-label");
  gtk_widget_add_css_class (published_label, matter->published_on ? "dim-label" : "mc-warning");
  gtk_box_append (GTK_BOX (box), title_line_new (matter));
  gtk_box_append (GTK_BOX (box), basis_line_new (matter));
  gtk_box_append (GTK_BOX (box), terms_label);
  gtk_box_append (GTK_BOX (box), published_label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, matter->name, -1);
  return row;
}

/* --- reading ---------------------------------------------------------------------------------------------- */

static void
show_rows (McCheckMatterListView *self, GPtrArray *rows)
{
  gboolean searched = *mc_search_entry_get_text (self->search) != '\0';
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
  g_ptr_array_set_size (self->ids, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      g_ptr_array_add (self->ids, g_strdup (((const McCheckMatterRow *) rows->pdata[i])->id));
      gtk_list_box_append (self->list, matter_row_new (rows->pdata[i]));
    }
  self->n = rows->len;
  gtk_stack_set_visible_child_name (self->stack, rows->len > 0 ? "list" : searched ? "nothing" : "empty");
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McCheckMatterListView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mc_check_matter_list_finish (result, &error);

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
load (McCheckMatterListView *self)
{
  McCheckMatterQuery query = { .text = mc_search_entry_get_text (self->search) };

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!self->session || !mc_session_get_store (self->session))
    return;
  self->cancellable = g_cancellable_new ();
  set_busy (self, 1);
  mc_check_matter_list_async (mc_session_get_store (self->session), &query, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
activated_cb (McCheckMatterListView *self, GtkListBoxRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (index < self->ids->len)
    g_signal_emit (self, signals[OPENED], 0, self->ids->pdata[index]);
}

static void
next_cb (McCheckMatterListView *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

/* --- the class -------------------------------------------------------------------------------------------- */

static void
mc_check_matter_list_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY: g_value_set_boolean (value, MC_CHECK_MATTER_LIST_VIEW (object)->busy > 0); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_check_matter_list_view_dispose (GObject *object)
{
  McCheckMatterListView *self = MC_CHECK_MATTER_LIST_VIEW (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_CHECK_MATTER_LIST_VIEW);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mc_check_matter_list_view_parent_class)->dispose (object);
}

static void
mc_check_matter_list_view_finalize (GObject *object)
{
  g_ptr_array_unref (MC_CHECK_MATTER_LIST_VIEW (object)->ids);

  G_OBJECT_CLASS (mc_check_matter_list_view_parent_class)->finalize (object);
}

static void
mc_check_matter_list_view_class_init (McCheckMatterListViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_check_matter_list_view_get_property;
  object_class->dispose = mc_check_matter_list_view_dispose;
  object_class->finalize = mc_check_matter_list_view_finalize;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[OPENED] = g_signal_new ("opened", MC_TYPE_CHECK_MATTER_LIST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[UPDATED] = g_signal_new ("updated", MC_TYPE_CHECK_MATTER_LIST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MC_TYPE_EMPTY);
  g_type_ensure (MC_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-check-matter-list-view.ui");
  gtk_widget_class_bind_template_child (widget_class, McCheckMatterListView, box);
  gtk_widget_class_bind_template_child (widget_class, McCheckMatterListView, search);
  gtk_widget_class_bind_template_child (widget_class, McCheckMatterListView, stack);
  gtk_widget_class_bind_template_child (widget_class, McCheckMatterListView, list);
  gtk_widget_class_bind_template_child (widget_class, McCheckMatterListView, failed);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_check_matter_list_view_init (McCheckMatterListView *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mc_check_matter_list_view_set (McCheckMatterListView *self, McSession *session)
{
  g_return_if_fail (MC_IS_CHECK_MATTER_LIST_VIEW (self));

  g_set_object (&self->session, session);
  load (self);
}

void
mc_check_matter_list_view_records_changed (McCheckMatterListView *self, const McChangeSet *changes)
{
  g_return_if_fail (MC_IS_CHECK_MATTER_LIST_VIEW (self));

  if (mc_change_set_has_entity (changes, "check_matter") || mc_change_set_has_entity (changes, "authority"))
    load (self);
}

guint
mc_check_matter_list_view_get_n (McCheckMatterListView *self)
{
  g_return_val_if_fail (MC_IS_CHECK_MATTER_LIST_VIEW (self), 0);

  return self->n;
}

void
mc_check_matter_list_view_search (McCheckMatterListView *self, const char *text)
{
  g_return_if_fail (MC_IS_CHECK_MATTER_LIST_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  if (text)
    mc_search_entry_set_text (self->search, text);
}
