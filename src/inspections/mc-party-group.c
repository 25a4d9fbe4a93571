/* SPDX-License-Identifier: GPL-3.0-or-later
 * The authorities of a joint check, in the page of the check. */
#include "mc-party-group.h"

#include <glib/gi18n.h>

#include "mc-party-form.h"
#include "widgets/mc-question.h"

struct _McPartyGroup
{
  AdwPreferencesGroup parent_instance;

  /* Borrowed */
  GtkWidget *add_button;

  /* Owned */
  GPtrArray *rows;       /* of borrowed AdwActionRow */
  GPtrArray *ids;        /* of char *: the authority of each */
  McSession *session;
  McVisitEditor *editor;
  gulong changed_id;
  char *shown;           /* what the rows say, to leave them alone while it is the same */
};

G_DEFINE_FINAL_TYPE (McPartyGroup, mc_party_group, ADW_TYPE_PREFERENCES_GROUP)

static void
clear (McPartyGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->ids, 0);
  g_clear_pointer (&self->shown, g_free);
}

/* --- taking out -------------------------------------------------------------------------------------------- */

typedef struct
{
  McPartyGroup *self; /* owned */
  McVisitEditor *editor; /* owned */
  char *authority;
} Removal;

static void
removal_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Removal *removal = data;
  g_autoptr (McPartyGroup) self = removal->self;
  g_autoptr (McVisitEditor) editor = removal->editor;
  g_autofree char *authority = removal->authority;
  g_autofree char *reason = NULL;
  g_autofree char *answer = mc_question_ask_finish (result, &reason);
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (answer, "remove") == 0 && !mc_visit_editor_remove_party (editor, authority, reason, &error))
    mc_question_show_error (GTK_WIDGET (self), _("Nothing was changed"), error);
}

static void
remove_cb (GtkWidget *button, McPartyGroup *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  McQuestion *question = mc_question_new (_("Does this authority not take part?"), _("It stays in the history of the check, with the reason. Its items are referred to it again."));
  Removal *removal;
  guint index;

  if (!g_ptr_array_find (self->rows, row, &index))
    {
      g_object_unref (question);
      return;
    }
  removal = g_new0 (Removal, 1);
  *removal = (Removal) { g_object_ref (self), g_object_ref (self->editor), g_strdup (g_ptr_array_index (self->ids, index)) };
  mc_question_ask_text (question, _("Reason"), TRUE);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "remove", _("Take it out"), MC_QUESTION_DESTRUCTIVE);
  mc_question_ask (question, GTK_WIDGET (self), removal_asked_cb, removal);
}

static void
add_cb (McPartyGroup *self)
{
  McStore *store = self->session ? mc_session_get_store (self->session) : NULL;

  if (store && self->editor)
    mc_party_form_show (GTK_WIDGET (self), store, self->editor);
}

/* --- the rows ---------------------------------------------------------------------------------------------- */

static const char *
inspector_name (const McVisit *visit, const char *id)
{
  const McRecord *record = mc_visit_find_inspector (visit, id);

  return record ? mc_record_get_text (record, "name") : _("a person not known here");
}

/* Who comes for it, lead first. */
static char *
people (const McVisit *visit, const McRecord *record)
{
  const char *lead = mc_record_get_text (record, "lead"), *others = mc_record_get_text (record, "assistants");
  g_auto (GStrv) ids = g_strsplit (others ? others : "", "\n", -1);
  GString *text = g_string_new (NULL);

  if (lead)
    g_string_append_printf (text, _("Lead inspector: %s"), inspector_name (visit, lead));
  else
    g_string_append (text, _("Who comes is not entered yet"));
  for (guint i = 0; ids[i]; i++)
    if (*ids[i])
      g_string_append_printf (text, " · %s", inspector_name (visit, ids[i]));
  return g_string_free (text, FALSE);
}

static void
add_row (McPartyGroup *self, const McVisit *visit, const McRecord *record, gboolean leads, gboolean editable)
{
  const char *id = mc_record_get_text (record, "authority");
  const McRecord *authority = mc_visit_find_authority (visit, id);
  const char *name = authority ? mc_record_get_text (authority, "name") : _("an authority not known here");
  g_autofree char *who = people (visit, record);
  g_autofree char *subtitle = leads ? g_strdup_printf (_("Leads the check · %s"), who) : g_strdup (who);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "mc-data");
  if (!leads && editable)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Take it out…"));
      g_autofree char *label = g_strdup_printf (_("Take out: %s"), name);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->ids, g_strdup (id));
}

/* What the rows would say. */
static char *
describe (const McVisit *visit, GPtrArray *parties, gboolean editable)
{
  GString *text = g_string_new (editable ? "e" : "r");
  g_autofree char *own = people (visit, mc_visit_get_record (visit));

  g_string_append (text, own);
  for (guint i = 0; i < parties->len; i++)
    {
      g_autofree char *who = people (visit, g_ptr_array_index (parties, i));

      g_string_append_printf (text, "\n%s %s", mc_record_get_text (g_ptr_array_index (parties, i), "authority"), who);
    }
  return g_string_free (text, FALSE);
}

static void
update (McPartyGroup *self)
{
  McVisit *visit = self->editor ? mc_visit_editor_get_visit (self->editor) : NULL;
  g_autoptr (GPtrArray) parties = visit ? mc_visit_list_parties (visit, FALSE) : NULL;
  gboolean joint = visit && (parties->len > 0 || g_strcmp0 (mc_record_get_text (mc_visit_get_record (visit), "type"), "joint") == 0);
  gboolean editable = joint && !mc_visit_is_finalised (visit) && !mc_session_is_read_only (self->session);
  g_autofree char *text = joint ? describe (visit, parties, editable) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), joint);
  gtk_widget_set_visible (self->add_button, editable);
  if (g_strcmp0 (text, self->shown) == 0)
    return;
  clear (self);
  self->shown = g_steal_pointer (&text);
  if (!joint)
    return;
  add_row (self, visit, mc_visit_get_record (visit), TRUE, editable);
  for (guint i = 0; i < parties->len; i++)
    add_row (self, visit, g_ptr_array_index (parties, i), FALSE, editable);
}

/* --- widget ------------------------------------------------------------------------------------------------ */

static void
mc_party_group_dispose (GObject *object)
{
  McPartyGroup *self = MC_PARTY_GROUP (object);

  if (self->editor)
    g_clear_signal_handler (&self->changed_id, self->editor);
  g_clear_object (&self->editor);
  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (mc_party_group_parent_class)->dispose (object);
}

static void
mc_party_group_class_init (McPartyGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_party_group_dispose;
}

static void
mc_party_group_init (McPartyGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->add_button = gtk_button_new_with_label (_("Add an authority…"));
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Authorities that take part"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("Each answers the items that it is competent for."));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->add_button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
mc_party_group_new (void)
{
  return g_object_new (MC_TYPE_PARTY_GROUP, NULL);
}

void
mc_party_group_set_editor (McPartyGroup *self, McSession *session, McVisitEditor *editor)
{
  g_return_if_fail (MC_IS_PARTY_GROUP (self));

  g_set_object (&self->session, session);
  if (self->editor)
    g_clear_signal_handler (&self->changed_id, self->editor);
  g_set_object (&self->editor, editor);
  if (editor)
    self->changed_id = g_signal_connect_swapped (editor, "changed", G_CALLBACK (update), self);
  update (self);
}
