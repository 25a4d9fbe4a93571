/* SPDX-License-Identifier: GPL-3.0-or-later
 * What became of one finding of a final check. */
#include "mc-follow-up-card.h"

#include <glib/gi18n.h>

#include "mc-due.h"
#include "mc-follow-up-form.h"
#include "standards/mc-iso-date.h"
#include "store/mc-code-list.h"
#include "widgets/mc-wrap-box.h"

struct _McFollowUpCard
{
  AdwPreferencesRow parent_instance;

  /* Template */
  GtkLabel *title_label;
  McStatus *state;
  GtkLabel *facts_label;
  GtkWidget *buttons;
  GtkWidget *extend_button;
  GtkWidget *refer_button;
  GtkWidget *reply_button;
  GtkWidget *close_button;

  /* Owned */
  McStore *store;
  McRecord *follow_up;
  char *today;
};

G_DEFINE_FINAL_TYPE (McFollowUpCard, mc_follow_up_card, ADW_TYPE_PREFERENCES_ROW)

static const char *
text_of (const McRecord *record, const char *key)
{
  return mc_record_get_text (record, key);
}

/* --- in words ---------------------------------------------------------------------------------------------- */

static McStatusKind
due_kind (McDueGroup group)
{
  switch (group)
    {
    case MC_DUE_OVERDUE:
      return MC_STATUS_ERROR;
    case MC_DUE_TODAY:
    case MC_DUE_SOON:
      return MC_STATUS_SOON;
    case MC_DUE_LATER:
    default:
      return MC_STATUS_LATER;
    }
}

static char *
describe_closed (const McRecord *follow_up, McStatusKind *kind)
{
  const char *result = text_of (follow_up, "closed_result");

  *kind = g_strcmp0 (result, "not_corrected") == 0 || g_strcmp0 (result, "partly_corrected") == 0 ? MC_STATUS_WARNING : MC_STATUS_OK;
  return g_strdup_printf (_("Closed on %s: %s"), text_of (follow_up, "closed_on"), mc_code_label ("follow-up-result", result));
}

/* What is waited for, without its day. */
static const char *
awaited (const McRecord *follow_up)
{
  switch (mc_follow_up_get_state (follow_up))
    {
    case MC_FOLLOW_UP_REPLY:
      if (!text_of (follow_up, "referred_on"))
        return _("To whom and when it was referred is not recorded yet");
      return text_of (follow_up, "reply_on") ? _("The reply is here; it can be closed") : _("The reply is awaited");
    case MC_FOLLOW_UP_MEASURE:
      return _("The measure stands until a re-check ends it");
    case MC_FOLLOW_UP_CORRECTION:
    case MC_FOLLOW_UP_CLOSED:
    default:
      return _("To be corrected");
    }
}

char *
mc_follow_up_describe (const McRecord *follow_up, McWorkingDays *calendar, const char *today, McStatusKind *kind)
{
  const char *due = mc_follow_up_get_due (follow_up);
  g_autofree char *left = NULL;
  GDate from, to;

  if (mc_follow_up_get_state (follow_up) == MC_FOLLOW_UP_CLOSED)
    return describe_closed (follow_up, kind);
  if (!due || !mc_iso_date_parse (due, &to) || !mc_iso_date_parse (today, &from))
    {
      *kind = MC_STATUS_SOON;
      return g_strdup (awaited (follow_up));
    }
  *kind = due_kind (mc_due_group (&from, &to));
  left = mc_due_describe (calendar, &from, &to);
  /* Translators: what is waited for, the day, how long that is. */
  return g_strdup_printf (_("%s, by %s · %s"), awaited (follow_up), due, left);
}

static void
add_line (GString *lines, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_line (GString *lines, const char *format, ...)
{
  va_list arguments;

  if (lines->len)
    g_string_append_c (lines, '\n');
  va_start (arguments, format);
  g_string_append_vprintf (lines, format, arguments);
  va_end (arguments);
}

char *
mc_follow_up_describe_facts (const McRecord *follow_up)
{
  GString *lines = g_string_new (NULL);
  const char *way = mc_code_label ("finding-way", text_of (follow_up, "way"));
  const char *number = text_of (follow_up, "reply_no");

  if (text_of (follow_up, "deadline_on"))
    add_line (lines, _("Ordered: %s, by %s"), way, text_of (follow_up, "deadline_on"));
  else
    add_line (lines, _("Ordered: %s"), way);
  if (text_of (follow_up, "extended_to"))
    add_line (lines, _("Extended to %s, approved by %s: %s"), text_of (follow_up, "extended_to"), text_of (follow_up, "extension_approved_by"),
              text_of (follow_up, "extension_reason"));
  if (text_of (follow_up, "referred_on"))
    add_line (lines, _("Referred on %s to %s"), text_of (follow_up, "referred_on"), text_of (follow_up, "referred_to"));
  if (text_of (follow_up, "referred_on") && text_of (follow_up, "reply_due_on"))
    add_line (lines, _("Reply due on %s"), text_of (follow_up, "reply_due_on"));
  if (text_of (follow_up, "reply_on") && number && *number)
    add_line (lines, _("Reply of %s (%s): %s"), text_of (follow_up, "reply_on"), number, text_of (follow_up, "reply_text"));
  else if (text_of (follow_up, "reply_on"))
    add_line (lines, _("Reply of %s: %s"), text_of (follow_up, "reply_on"), text_of (follow_up, "reply_text"));
  if (text_of (follow_up, "recheck_visit"))
    add_line (lines, "%s", _("A re-check looked at it"));
  if (text_of (follow_up, "note"))
    add_line (lines, _("Note: %s"), text_of (follow_up, "note"));
  return g_string_free (lines, FALSE);
}

/* --- widget ------------------------------------------------------------------------------------------------ */

static void
show_form (McFollowUpCard *self, McFollowUpFormKind kind)
{
  mc_follow_up_form_show (GTK_WIDGET (self), self->store, self->follow_up, kind, self->today);
}

static void
extend_cb (McFollowUpCard *self)
{
  show_form (self, MC_FOLLOW_UP_FORM_EXTEND);
}

static void
refer_cb (McFollowUpCard *self)
{
  show_form (self, MC_FOLLOW_UP_FORM_REFER);
}

static void
reply_cb (McFollowUpCard *self)
{
  show_form (self, MC_FOLLOW_UP_FORM_REPLY);
}

static void
close_cb (McFollowUpCard *self)
{
  show_form (self, MC_FOLLOW_UP_FORM_CLOSE);
}

static void
mc_follow_up_card_dispose (GObject *object)
{
  McFollowUpCard *self = MC_FOLLOW_UP_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_FOLLOW_UP_CARD);
  g_clear_object (&self->store);
  g_clear_pointer (&self->follow_up, mc_record_free);
  g_clear_pointer (&self->today, g_free);
  G_OBJECT_CLASS (mc_follow_up_card_parent_class)->dispose (object);
}

static void
mc_follow_up_card_class_init (McFollowUpCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_follow_up_card_dispose;
  g_type_ensure (MC_TYPE_STATUS);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-follow-up-card.ui");
  gtk_widget_class_bind_template_child (widget_class, McFollowUpCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, McFollowUpCard, state);
  gtk_widget_class_bind_template_child (widget_class, McFollowUpCard, facts_label);
  gtk_widget_class_bind_template_child (widget_class, McFollowUpCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, McFollowUpCard, extend_button);
  gtk_widget_class_bind_template_child (widget_class, McFollowUpCard, refer_button);
  gtk_widget_class_bind_template_child (widget_class, McFollowUpCard, reply_button);
  gtk_widget_class_bind_template_child (widget_class, McFollowUpCard, close_button);
  gtk_widget_class_bind_template_callback (widget_class, extend_cb);
  gtk_widget_class_bind_template_callback (widget_class, refer_cb);
  gtk_widget_class_bind_template_callback (widget_class, reply_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
mc_follow_up_card_init (McFollowUpCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Only what would not be refused outright. */
static void
show_buttons (McFollowUpCard *self, gboolean writable)
{
  McFollowUpState state = mc_follow_up_get_state (self->follow_up);
  gboolean replies = state == MC_FOLLOW_UP_REPLY;
  g_autofree const char **results = mc_follow_up_results (self->follow_up);

  gtk_widget_set_visible (self->buttons, writable && state != MC_FOLLOW_UP_CLOSED);
  gtk_widget_set_visible (self->extend_button, !replies && text_of (self->follow_up, "deadline_on"));
  gtk_widget_set_visible (self->refer_button, replies);
  gtk_widget_set_visible (self->reply_button, replies && text_of (self->follow_up, "referred_on"));
  gtk_widget_set_visible (self->close_button, results[0] != NULL);
}

GtkWidget *
mc_follow_up_card_new (McStore *store, const McRecord *follow_up, const char *title, const char *today, gboolean writable)
{
  McFollowUpCard *self = g_object_new (MC_TYPE_FOLLOW_UP_CARD, "title", title, NULL);
  g_autofree char *words = NULL, *facts = mc_follow_up_describe_facts (follow_up);
  McStatusKind kind;

  self->store = g_object_ref (store);
  self->follow_up = mc_record_copy (follow_up);
  self->today = g_strdup (today);
  words = mc_follow_up_describe (follow_up, mc_working_days_get_builtin (), today, &kind);
  gtk_label_set_label (self->title_label, title);
  mc_status_set (self->state, kind, words);
  gtk_label_set_label (self->facts_label, facts);
  show_buttons (self, writable);
  return GTK_WIDGET (self);
}
