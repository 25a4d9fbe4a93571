/* SPDX-License-Identifier: GPL-3.0-or-later
 * What becomes of a finding once its check is finalised. */
#include "mc-follow-up.h"

#include <glib/gi18n.h>
#include <string.h>

#include "standards/mc-iso-date.h"
#include "store/mc-code-list.h"
#include "store/mc-uuid.h"

static McRecord *
refuse (GError **error, McInspectionError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static McRecord *
refuse (GError **error, McInspectionError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, MC_INSPECTION_ERROR, code, message);
  return NULL;
}

static const char *
text_of (const McRecord *record, const char *key)
{
  return mc_record_get_text (record, key);
}

static gboolean
way_is (const McRecord *record, const char *way)
{
  return g_strcmp0 (text_of (record, "way"), way) == 0;
}

/* --- how it begins ---------------------------------------------------------------------------------------- */

char *
mc_follow_up_new_id (const char *finding)
{
  return mc_uuid_new_for ("follow_up", finding, NULL);
}

gboolean
mc_follow_up_is_needed (const McRecord *finding)
{
  return mc_finding_is_open (finding) && text_of (finding, "way") && !way_is (finding, "corrected_on_site");
}

/* Way and day as the finding orders them. */
static void
set_order (McRecord *follow_up, const McVisit *visit, const McRecord *finding)
{
  const char *day = text_of (finding, "deadline_on");

  if (!day && way_is (finding, "immediate"))
    day = text_of (mc_visit_get_record (visit), "checked_on");
  mc_record_set_text (follow_up, "way", text_of (finding, "way"));
  mc_record_set_text (follow_up, "deadline_on", day);
}

McRecord *
mc_follow_up_new (const McVisit *visit, const McRecord *finding)
{
  const McRecord *record = mc_visit_get_record (visit);
  g_autofree char *id = mc_follow_up_new_id (mc_record_get_id (finding));
  McRecord *follow_up = mc_record_new (mc_entity_find ("follow_up"), id);

  mc_record_set_text (follow_up, "visit", mc_visit_get_id (visit));
  mc_record_set_text (follow_up, "finding", mc_record_get_id (finding));
  mc_record_set_text (follow_up, "item", text_of (finding, "item"));
  mc_record_set_text (follow_up, "standard", text_of (finding, "standard"));
  mc_record_set_text (follow_up, "facility", text_of (record, "facility"));
  mc_record_set_text (follow_up, "authority", text_of (record, "authority"));
  mc_record_set_text (follow_up, "area", text_of (record, "area"));
  mc_record_set_text (follow_up, "inspector", text_of (record, "lead"));
  set_order (follow_up, visit, finding);
  return follow_up;
}

static void
set_closed (McRecord *follow_up, const char *result, const char *on)
{
  mc_record_set_text (follow_up, "closed_result", result);
  mc_record_set_text (follow_up, "closed_on", on);
  if (g_strcmp0 (result, "corrected") == 0)
    mc_record_set_text (follow_up, "corrected_on", on);
  else
    mc_record_set_null (follow_up, "corrected_on");
}

McRecord *
mc_follow_up_renew (const McRecord *follow_up, const McVisit *visit, const McRecord *finding, const char *today)
{
  McRecord *edited = mc_record_copy (follow_up);
  gboolean withdrawn = g_strcmp0 (text_of (follow_up, "closed_result"), "finding_withdrawn") == 0;

  if (mc_follow_up_is_needed (finding))
    {
      set_order (edited, visit, finding);
      if (withdrawn)
        set_closed (edited, NULL, NULL);
    }
  else if (!text_of (follow_up, "closed_on"))
    set_closed (edited, mc_finding_is_open (finding) ? "corrected" : "finding_withdrawn", today);
  return edited;
}

/* --- where it stands -------------------------------------------------------------------------------------- */

McFollowUpState
mc_follow_up_get_state (const McRecord *follow_up)
{
  if (text_of (follow_up, "closed_on"))
    return MC_FOLLOW_UP_CLOSED;
  if (way_is (follow_up, "referral") || way_is (follow_up, "transfer"))
    return MC_FOLLOW_UP_REPLY;
  return mc_finding_way_is_grave (text_of (follow_up, "way")) ? MC_FOLLOW_UP_MEASURE : MC_FOLLOW_UP_CORRECTION;
}

const char *
mc_follow_up_get_due (const McRecord *follow_up)
{
  static const char *const keys[] = { "extended_to", "deadline_on", "reply_due_on" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (text_of (follow_up, keys[i]))
      return text_of (follow_up, keys[i]);
  return NULL;
}

gboolean
mc_follow_up_days_left (const McRecord *follow_up, McWorkingDays *calendar, const char *day, int *days)
{
  GDate from, to;

  return mc_iso_date_parse (mc_follow_up_get_due (follow_up), &to) && mc_iso_date_parse (day, &from)
         && mc_working_days_between (calendar, &from, &to, days);
}

gboolean
mc_follow_up_is_overdue (const McRecord *follow_up, const char *today)
{
  const char *due = mc_follow_up_get_due (follow_up);

  return mc_follow_up_get_state (follow_up) != MC_FOLLOW_UP_CLOSED && due && strcmp (due, today) < 0;
}

/* --- edits ------------------------------------------------------------------------------------------------ */

static gboolean
is_open (const McRecord *follow_up, GError **error)
{
  if (!text_of (follow_up, "closed_on"))
    return TRUE;
  refuse (error, MC_INSPECTION_ERROR_STATE, _("This follow-up was closed on %s; nothing was changed."), text_of (follow_up, "closed_on"));
  return FALSE;
}

static gboolean
is_filled (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text ? text : ""));

  return *trimmed != '\0';
}

/* A day that exists, not before @from (NULL: no limit) nor after @today (NULL: no limit). */
static gboolean
check_day (const char *day, const char *from, const char *today, GError **error)
{
  if (!mc_iso_date_parse (day, NULL))
    refuse (error, MC_INSPECTION_ERROR_INPUT, _("“%s” is not a day that exists. Write it as 2026-01-31; nothing was changed."), day ? day : "");
  else if (from && strcmp (day, from) < 0)
    refuse (error, MC_INSPECTION_ERROR_INPUT, _("%s is before %s, where this follow-up stands; nothing was changed."), day, from);
  else if (today && strcmp (day, today) > 0)
    refuse (error, MC_INSPECTION_ERROR_INPUT, _("%s has not come yet; nothing was changed."), day);
  else
    return TRUE;
  return FALSE;
}

McRecord *
mc_follow_up_extend (const McRecord *follow_up, const char *until, const char *reason, const char *approved_by, GError **error)
{
  const char *due = mc_follow_up_get_due (follow_up);
  McRecord *edited;

  if (!is_open (follow_up, error) || !check_day (until, NULL, NULL, error))
    return NULL;
  if (mc_follow_up_get_state (follow_up) == MC_FOLLOW_UP_REPLY || !text_of (follow_up, "deadline_on"))
    return refuse (error, MC_INSPECTION_ERROR_INPUT, _("Only what was ordered to be corrected by a day can be extended; nothing was changed."));
  if (strcmp (until, due) <= 0)
    return refuse (error, MC_INSPECTION_ERROR_INPUT, _("The extension must end after %s; nothing was changed."), due);
  if (!is_filled (reason) || !is_filled (approved_by))
    return refuse (error, MC_INSPECTION_ERROR_INPUT, _("An extension needs its reason and who approved it; nothing was changed."));
  edited = mc_record_copy (follow_up);
  mc_record_set_text (edited, "extended_to", until);
  mc_record_set_text (edited, "extension_reason", reason);
  mc_record_set_text (edited, "extension_approved_by", approved_by);
  return edited;
}

McRecord *
mc_follow_up_refer (const McRecord *follow_up, const char *to, const char *on, const char *reply_due_on, const char *today, GError **error)
{
  McRecord *edited;

  if (!is_open (follow_up, error) || !check_day (on, NULL, today, error) || (reply_due_on && !check_day (reply_due_on, on, NULL, error)))
    return NULL;
  if (mc_follow_up_get_state (follow_up) != MC_FOLLOW_UP_REPLY)
    return refuse (error, MC_INSPECTION_ERROR_INPUT, _("This finding is not referred to another authority; nothing was changed."));
  if (!is_filled (to))
    return refuse (error, MC_INSPECTION_ERROR_INPUT, _("Write the full name of the authority that was told; nothing was changed."));
  edited = mc_record_copy (follow_up);
  mc_record_set_text (edited, "referred_to", to);
  mc_record_set_text (edited, "referred_on", on);
  mc_record_set_text (edited, "reply_due_on", reply_due_on);
  return edited;
}

McRecord *
mc_follow_up_reply (const McRecord *follow_up, const char *on, const char *number, const char *text, const char *today, GError **error)
{
  McRecord *edited;

  if (!is_open (follow_up, error))
    return NULL;
  if (mc_follow_up_get_state (follow_up) != MC_FOLLOW_UP_REPLY || !text_of (follow_up, "referred_on"))
    return refuse (error, MC_INSPECTION_ERROR_INPUT, _("Record first to whom and when this was referred; nothing was changed."));
  if (!check_day (on, text_of (follow_up, "referred_on"), today, error))
    return NULL;
  if (!is_filled (text))
    return refuse (error, MC_INSPECTION_ERROR_INPUT, _("Write what the reply says; nothing was changed."));
  edited = mc_record_copy (follow_up);
  mc_record_set_text (edited, "reply_on", on);
  mc_record_set_text (edited, "reply_no", number);
  mc_record_set_text (edited, "reply_text", text);
  return edited;
}

McRecord *
mc_follow_up_recheck (const McRecord *follow_up, const McVisit *recheck)
{
  McRecord *edited = mc_record_copy (follow_up);
  McStandard *standard = mc_visit_get_standard (recheck);
  const char *code = text_of (follow_up, "item");
  const McItem *item = mc_standard_find_item (standard, code);
  const char *on = text_of (mc_visit_get_record (recheck), "checked_on");
  gboolean by_this = g_strcmp0 (text_of (follow_up, "recheck_visit"), mc_visit_get_id (recheck)) == 0;
  McAnswerMeaning answer = item ? mc_standard_read_answer (standard, item, mc_visit_get_value (recheck, code)) : MC_ANSWER_NONE;

  if (text_of (follow_up, "closed_on") && !by_this)
    return edited;
  if (answer == MC_ANSWER_CONFORM || answer == MC_ANSWER_NONCONFORM)
    {
      mc_record_set_text (edited, "recheck_visit", mc_visit_get_id (recheck));
      set_closed (edited, answer == MC_ANSWER_CONFORM ? "corrected" : "not_corrected", on);
    }
  else if (by_this)
    {
      mc_record_set_null (edited, "recheck_visit");
      set_closed (edited, NULL, NULL);
    }
  return edited;
}

/* --- closing ---------------------------------------------------------------------------------------------- */

/* NULL: the result may be recorded; else why not, untranslated. */
static const char *
why_not (const McRecord *follow_up, const char *result)
{
  gboolean rechecked = text_of (follow_up, "recheck_visit") != NULL;

  if (strcmp (result, "finding_withdrawn") == 0)
    return N_("A finding is withdrawn by amending its check.");
  if (strcmp (result, "corrected") == 0)
    return rechecked || way_is (follow_up, "immediate") ? NULL : N_("Record a re-check first: nothing counts as corrected that nobody saw corrected.");
  if (strcmp (result, "partly_corrected") == 0 || strcmp (result, "not_corrected") == 0)
    return rechecked || way_is (follow_up, "immediate") ? NULL : N_("Record a re-check first.");
  if (strcmp (result, "handled_elsewhere") == 0)
    return text_of (follow_up, "reply_on") ? NULL : N_("Record the other authority's reply first.");
  if (strcmp (result, "transferred") == 0 && mc_follow_up_get_state (follow_up) == MC_FOLLOW_UP_REPLY)
    return text_of (follow_up, "referred_on") ? NULL : N_("Record first to whom and when this was referred.");
  return NULL;
}

const char **
mc_follow_up_results (const McRecord *follow_up)
{
  const McCode *const *codes = mc_code_list ("follow-up-result");
  GPtrArray *results = g_ptr_array_new ();

  for (guint i = 0; codes[i]; i++)
    if (!text_of (follow_up, "closed_on") && !why_not (follow_up, codes[i]->code))
      g_ptr_array_add (results, (char *) codes[i]->code);
  g_ptr_array_add (results, NULL);
  return (const char **) g_ptr_array_free (results, FALSE);
}

McRecord *
mc_follow_up_close (const McRecord *follow_up, const char *result, const char *on, const char *note, const char *today, GError **error)
{
  const char *why;
  McRecord *edited;

  if (!is_open (follow_up, error) || !check_day (on, NULL, today, error))
    return NULL;
  if (!result || !mc_code_find ("follow-up-result", result))
    return refuse (error, MC_INSPECTION_ERROR_INPUT, _("There is no outcome “%s”; nothing was changed."), result ? result : "");
  why = why_not (follow_up, result);
  if (why)
    return refuse (error, MC_INSPECTION_ERROR_INPUT, _("%s Nothing was changed."), _(why));
  edited = mc_record_copy (follow_up);
  set_closed (edited, result, on);
  if (is_filled (note))
    mc_record_set_text (edited, "note", note);
  return edited;
}
