/* SPDX-License-Identifier: GPL-3.0-or-later
 * The form in which a facility or an inspector is entered or changed, with what is wrong beside each field. */
#include "mc-record-editor.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-authority.h"
#include "mc-facility.h"
#include "mc-field-row.h"
#include "mc-inspector.h"
#include "widgets/mc-question.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

typedef struct
{
  const char *title;
  const char *keys[16];
} Group;

static const Group facility_groups[] = {
  { N_("The place"), { "name", "kind", "status", "area", "address", "authority" } },
  { N_("Who runs it"), { "operator", "credit_code", "ownership", "supply_model", "legal_representative", "contact_person", "contact_phone" } },
  { N_("Capacity"), { "beds", "nursing_beds", "dementia_beds", "medical_beds", "childcare_places", "floor_area" } },
  { N_("Registration, risk and grade"), { "registered_on", "filed_on", "filing_no", "opened_on", "credit_risk_class", "grade" } },
  { N_("Investment and notes"), { "investment", "central_investment", "note" } },
};

static const Group inspector_groups[] = {
  { N_("Who it is"), { "name", "employer", "authority", "area", "phone" } },
  { N_("Certificate and work"), { "certificate_no", "certificate_expires_on", "fields", "recusals", "recusal_reason" } },
};

struct _McRecordEditor
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *box;
  GtkScrolledWindow *scrolled;
  GtkLabel *title_label;
  GtkBox *groups;
  McStatus *status;
  GtkWidget *save_button;

  /* Owned. */
  McSession *session;
  McAreaTree *tree;
  McRecord *base;    /* as the person saw it; NULL: new */
  McRecord *draft;   /* what the form began with; of a new record with a throw-away id */
  McRecord *pending; /* what is being saved */
  char *field;       /* gets the focus */
  GPtrArray *rows;   /* of McFieldRow */
  GHashTable *touched; /* set of keys (static) */
  gboolean tried;      /* to save: from then on every problem is shown */
  guint busy;
};

G_DEFINE_FINAL_TYPE (McRecordEditor, mc_record_editor, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  SAVED,
  CANCELLED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_busy (McRecordEditor *self, int step)
{
  self->busy = (guint) ((int) self->busy + step);
  if (self->save_button)
    gtk_widget_set_sensitive (self->save_button, self->busy == 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static gboolean
is_facility (McRecordEditor *self)
{
  return strcmp (mc_record_get_entity (self->draft)->name, "facility") == 0;
}

/* --- checking --------------------------------------------------------------------------------------------- */

/* What the form says; what is wrong with it in @problems. */
static McRecord *
read_form (McRecordEditor *self, GPtrArray **problems)
{
  McRecord *edited = mc_record_copy (self->draft);
  g_autoptr (GPtrArray) unreadable = mc_problems_new (), wrong = NULL;
  GDate today;

  for (guint i = 0; i < self->rows->len; i++)
    mc_field_row_get_value (self->rows->pdata[i], edited, unreadable);
  mc_session_get_today (self->session, &today);
  wrong = is_facility (self) ? mc_facility_check (edited, self->tree, &today) : mc_inspector_check (edited, self->tree, &today);
  for (guint i = 0; i < wrong->len; i++)
    g_ptr_array_add (unreadable, g_steal_pointer (&wrong->pdata[i]));
  *problems = g_steal_pointer (&unreadable);
  return edited;
}

/* Rows of the other kind of care are out of the way, unless they hold a value. */
static void
show_rows_of_kind (McRecordEditor *self, const McRecord *edited)
{
  const char *group = mc_facility_kind_group (mc_record_get_text (edited, "kind"));

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *key = mc_field_row_get_field (self->rows->pdata[i])->key;
      gboolean elder = g_str_has_suffix (key, "beds"), childcare = strcmp (key, "childcare_places") == 0 || strcmp (key, "supply_model") == 0;
      gboolean other = (elder && g_strcmp0 (group, "childcare") == 0) || (childcare && g_strcmp0 (group, "elder") == 0);

      mc_field_row_set_visible (self->rows->pdata[i], !other || !mc_record_is_null (edited, key));
    }
}

static guint
show_problems (McRecordEditor *self, GPtrArray *problems)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *key = mc_field_row_get_field (self->rows->pdata[i])->key;
      const McProblem *problem = mc_problems_find (problems, key);
      gboolean shown = self->tried || g_hash_table_contains (self->touched, key);

      mc_field_row_set_problem (self->rows->pdata[i], shown ? problem : NULL);
      n += problem && problem->level == MC_PROBLEM_ERROR ? 1 : 0;
    }
  return n;
}

static void
say (McRecordEditor *self, McStatusKind kind, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (self->status), text != NULL);
  if (text)
    mc_status_set (self->status, kind, text);
}

static void
show_count (McRecordEditor *self, guint n)
{
  g_autofree char *text = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u field must be corrected first", "%u fields must be corrected first", n), n) : NULL;

  say (self, MC_STATUS_ERROR, text);
}

static void
check (McRecordEditor *self)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (McRecord) edited = read_form (self, &problems);
  guint n = show_problems (self, problems);

  if (is_facility (self))
    show_rows_of_kind (self, edited);
  show_count (self, self->tried ? n : 0);
}

static void
changed_cb (McRecordEditor *self, McFieldRow *row)
{
  g_hash_table_add (self->touched, (gpointer) mc_field_row_get_field (row)->key);
  check (self);
}

static void
focus_first_error (McRecordEditor *self, GPtrArray *problems)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const McProblem *problem = mc_problems_find (problems, mc_field_row_get_field (self->rows->pdata[i])->key);

      if (!problem || problem->level != MC_PROBLEM_ERROR)
        continue;
      mc_field_row_focus (self->rows->pdata[i]);
      return;
    }
}

/* --- saving ----------------------------------------------------------------------------------------------- */

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRecordEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McRecord) saved = g_steal_pointer (&self->pending);

  set_busy (self, -1);
  if (!mc_store_commit_finish (MC_STORE (source), result, &error))
    {
      mc_question_show_error (GTK_WIDGET (self), _("It was not saved; what you entered is still in the form"), error);
      return;
    }
  g_hash_table_remove_all (self->touched);
  g_signal_emit (self, signals[SAVED], 0, mc_record_get_id (saved));
}

static void
commit (McRecordEditor *self)
{
  McTransaction *transaction = mc_transaction_new ();

  mc_transaction_save (transaction, self->base, self->pending);
  set_busy (self, 1);
  mc_store_commit_async (mc_session_get_store (self->session), transaction, NULL, committed_cb, g_object_ref (self));
}

/* A new record with the id that somebody else would give the same thing. */
static McRecord *
with_own_id (const McRecord *draft)
{
  const McEntity *entity = mc_record_get_entity (draft);
  gboolean facility = strcmp (entity->name, "facility") == 0;
  g_autofree char *id = facility ? mc_facility_id_for (mc_record_get_text (draft, "kind"), mc_record_get_text (draft, "credit_code"),
                                                       mc_record_get_text (draft, "area"), mc_record_get_text (draft, "name"))
                                 : mc_inspector_id_for (mc_record_get_text (draft, "employer"), mc_record_get_text (draft, "name"));
  McRecord *record = mc_record_new (entity, id);

  for (guint i = 0; i < entity->n_fields; i++)
    mc_record_set (record, entity->fields[i].key, mc_record_get_at (draft, i));
  return record;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRecordEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) whole = mc_store_load_whole_finish (MC_STORE (source), result, &error);

  set_busy (self, -1);
  if (g_error_matches (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND))
    {
      commit (self);
      return;
    }
  g_clear_pointer (&self->pending, mc_record_free);
  if (error)
    mc_question_show_error (GTK_WIDGET (self), _("It was not saved; what you entered is still in the form"), error);
  else if (!mc_record_is_null (whole->pdata[0], "retired_on"))
    say (self, MC_STATUS_ERROR, _("The same one is in the register already, but retired"));
  else
    say (self, MC_STATUS_ERROR, _("The same one is in the register already: open it and change it there"));
}

static void
save_cb (McRecordEditor *self)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (McRecord) edited = NULL;
  guint n;

  if (self->busy > 0 || self->rows->len == 0)
    return;
  edited = read_form (self, &problems);
  self->tried = TRUE;
  n = show_problems (self, problems);
  show_count (self, n);
  if (n > 0)
    {
      focus_first_error (self, problems);
      return;
    }
  g_clear_pointer (&self->pending, mc_record_free);
  if (self->base)
    {
      self->pending = g_steal_pointer (&edited);
      commit (self);
      return;
    }
  self->pending = with_own_id (edited);
  set_busy (self, 1);
  mc_store_load_whole_async (mc_session_get_store (self->session), mc_record_get_entity (edited)->name, mc_record_get_id (self->pending), NULL,
                             looked_up_cb, g_object_ref (self));
}

static void
cancel_cb (McRecordEditor *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static gboolean
save_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  save_cb (MC_RECORD_EDITOR (widget));
  return TRUE;
}

/* --- the form --------------------------------------------------------------------------------------------- */

static void
clear_form (McRecordEditor *self)
{
  GtkWidget *group;

  g_ptr_array_set_size (self->rows, 0);
  while ((group = gtk_widget_get_first_child (GTK_WIDGET (self->groups))))
    gtk_box_remove (self->groups, group);
  g_hash_table_remove_all (self->touched);
  self->tried = FALSE;
  say (self, MC_STATUS_PLAIN, NULL);
}

static void
add_group (McRecordEditor *self, const Group *group, GPtrArray *authorities)
{
  GtkWidget *widget = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (widget), _(group->title));
  for (guint i = 0; group->keys[i]; i++)
    {
      const McField *field = mc_entity_field (mc_record_get_entity (self->draft), group->keys[i]);
      McFieldRow *row = mc_field_row_new (ADW_PREFERENCES_GROUP (widget), field, self->tree, authorities);

      mc_field_row_set_value (row, mc_record_get (self->draft, field->key));
      g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
    }
  gtk_box_append (self->groups, widget);
}

static gboolean
focus_cb (gpointer data)
{
  McRecordEditor *self = data;

  for (guint i = 0; i < self->rows->len; i++)
    if (!self->field || strcmp (mc_field_row_get_field (self->rows->pdata[i])->key, self->field) == 0)
      {
        mc_field_row_focus (self->rows->pdata[i]);
        break;
      }
  return G_SOURCE_REMOVE;
}

static void
authorities_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRecordEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) authorities = mc_authority_list_finish (result, &error);
  const Group *groups = is_facility (self) ? facility_groups : inspector_groups;
  guint n = is_facility (self) ? G_N_ELEMENTS (facility_groups) : G_N_ELEMENTS (inspector_groups);

  set_busy (self, -1);
  if (!self->groups)
    return;
  clear_form (self);
  if (!authorities)
    {
      say (self, MC_STATUS_ERROR, error->message);
      return;
    }
  /* Where there is one authority only, it is the one. */
  if (!self->base && authorities->len == 1)
    mc_record_set_text (self->draft, "authority", ((const McAuthority *) authorities->pdata[0])->id);
  for (guint i = 0; i < n; i++)
    add_group (self, &groups[i], authorities);
  if (is_facility (self))
    show_rows_of_kind (self, self->draft);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, focus_cb, g_object_ref (self), g_object_unref);
}

static void
mc_record_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY: g_value_set_boolean (value, MC_RECORD_EDITOR (object)->busy > 0); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_record_editor_dispose (GObject *object)
{
  McRecordEditor *self = MC_RECORD_EDITOR (object);

  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_RECORD_EDITOR);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mc_record_editor_parent_class)->dispose (object);
}

static void
mc_record_editor_finalize (GObject *object)
{
  McRecordEditor *self = MC_RECORD_EDITOR (object);

  g_clear_pointer (&self->tree, mc_area_tree_unref);
  g_clear_pointer (&self->base, mc_record_free);
  g_clear_pointer (&self->draft, mc_record_free);
  g_clear_pointer (&self->pending, mc_record_free);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->touched);
  g_free (self->field);

  G_OBJECT_CLASS (mc_record_editor_parent_class)->finalize (object);
}

static void
mc_record_editor_class_init (McRecordEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_record_editor_get_property;
  object_class->dispose = mc_record_editor_dispose;
  object_class->finalize = mc_record_editor_finalize;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SAVED] = g_signal_new ("saved", MC_TYPE_RECORD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CANCELLED] = g_signal_new ("cancelled", MC_TYPE_RECORD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MC_TYPE_STATUS);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-record-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, box);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, scrolled);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, title_label);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, groups);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, status);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, save_button);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, save_key_cb, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_record_editor_init (McRecordEditor *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->touched = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
begin_draft (McRecordEditor *self, const McEntity *entity, const char *area)
{
  g_clear_pointer (&self->draft, mc_record_free);
  self->draft = self->base ? mc_record_copy (self->base) : mc_record_new (entity, NULL);
  if (self->base)
    return;
  mc_record_set_text (self->draft, "area", area);
  if (is_facility (self))
    mc_record_set_text (self->draft, "status", "operating");
}

static const char *
title_of (McRecordEditor *self)
{
  if (self->base)
    return mc_record_get_text (self->base, "name");
  return is_facility (self) ? _("New facility") : _("New inspector");
}

void
mc_record_editor_edit (McRecordEditor *self, McSession *session, McAreaTree *tree, const char *entity, const McRecord *base, const char *area, const char *field)
{
  g_return_if_fail (MC_IS_RECORD_EDITOR (self) && MC_IS_SESSION (session) && tree != NULL && mc_session_get_store (session) != NULL);

  g_set_object (&self->session, session);
  mc_area_tree_ref (tree);
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  self->tree = tree;
  g_clear_pointer (&self->base, mc_record_free);
  self->base = base ? mc_record_copy (base) : NULL;
  begin_draft (self, mc_entity_find (entity), area);
  g_free (self->field);
  self->field = g_strdup (field);
  clear_form (self);
  gtk_label_set_label (self->title_label, title_of (self));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  set_busy (self, 1);
  mc_authority_list_async (mc_session_get_store (session), NULL, authorities_cb, g_object_ref (self));
}

gboolean
mc_record_editor_is_changed (McRecordEditor *self)
{
  g_return_val_if_fail (MC_IS_RECORD_EDITOR (self), FALSE);

  return g_hash_table_size (self->touched) > 0;
}
