/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checks that hold for the records of every register. */
#include "mc-record-check.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-code-list.h"
#include "store/mc-text-key.h"

#define EARLIEST_YEAR 1949

const char *
mc_check_label (const McRecord *record, const char *key)
{
  return _(mc_entity_field (mc_record_get_entity (record), key)->label);
}

static const char *
text_at (const McRecord *record, guint index)
{
  const McValue *value = mc_record_get_at (record, index);

  return value->type == MC_VALUE_TEXT ? value->text : NULL;
}

void
mc_check_required (GPtrArray *problems, const McRecord *record)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McField *field = &entity->fields[i];

      if ((field->flags & MC_FIELD_REQUIRED) && mc_record_get_at (record, i)->type == MC_VALUE_NULL)
        g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_ERROR, field->key, _("%s: must be filled in."), _(field->label)));
    }
}

void
mc_check_choices (GPtrArray *problems, const McRecord *record)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McField *field = &entity->fields[i];
      const char *code = field->type == MC_FIELD_CHOICE ? text_at (record, i) : NULL;

      if (code && mc_code_find (field->list, code) == NULL)
        g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, field->key, _("%s: this version does not know \"%s\"."), _(field->label), code));
    }
}

void
mc_check_numbers (GPtrArray *problems, const McRecord *record)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McField *field = &entity->fields[i];

      if (field->type != MC_FIELD_INTEGER && field->type != MC_FIELD_MONEY && field->type != MC_FIELD_HUNDREDTHS)
        continue;
      if (mc_record_get_at (record, i)->type == MC_VALUE_INTEGER && mc_record_get_at (record, i)->integer < 0)
        g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_ERROR, field->key, _("%s: cannot be less than 0."), _(field->label)));
    }
}

/* Of @n digits. */
static guint
read_digits (const char *digits, guint n)
{
  guint number = 0;

  for (guint i = 0; i < n; i++)
    number = number * 10 + (guint) (digits[i] - '0');
  return number;
}

gboolean
mc_check_parse_date (const char *text, GDate *date)
{
  guint year, month, day;

  if (text == NULL || strlen (text) != 10)
    return FALSE;
  for (guint i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  year = read_digits (text, 4);
  month = read_digits (text + 5, 2);
  day = read_digits (text + 8, 2);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

void
mc_check_dates (GPtrArray *problems, const McRecord *record)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McField *field = &entity->fields[i];
      const char *text = field->type == MC_FIELD_DATE ? text_at (record, i) : NULL;
      GDate date;

      if (text == NULL)
        continue;
      if (!mc_check_parse_date (text, &date))
        g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_ERROR, field->key, _("%s: \"%s\" is no day of the calendar."), _(field->label), text));
      else if (g_date_get_year (&date) < EARLIEST_YEAR)
        g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, field->key, _("%s: %s is very early."), _(field->label), text));
    }
}

void
mc_check_area (GPtrArray *problems, const McRecord *record, McAreaTree *tree)
{
  const char *id = mc_record_get_text (record, "area");
  const McArea *area;

  if (tree == NULL || id == NULL)
    return;
  area = mc_area_tree_find (tree, id);
  if (area == NULL)
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_ERROR, "area", _("%s: the area is not in the tree of areas."), mc_check_label (record, "area")));
  else if (area->retired)
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, "area", _("%s: %s is no longer in use."), mc_check_label (record, "area"), area->name));
}

void
mc_check_not_after (GPtrArray *problems, McProblemLevel level, const McRecord *record, const char *key, const GDate *today)
{
  const char *text = mc_record_get_text (record, key);
  GDate date;

  if (mc_check_parse_date (text, &date) && g_date_compare (&date, today) > 0)
    g_ptr_array_add (problems, mc_problem_new (level, key, _("%s: %s lies in the future."), mc_check_label (record, key), text));
}

void
mc_check_phone (GPtrArray *problems, const McRecord *record, const char *key)
{
  const char *text = mc_record_get_text (record, key);
  g_autofree char *folded = NULL;
  guint digits = 0;

  if (text == NULL)
    return;
  folded = mc_text_name_key (text);
  for (const char *p = folded; *p != '\0'; p++)
    digits += g_ascii_isdigit (*p);
  if (digits < 5)
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, key, _("%s: \"%s\" does not look like a phone number."), mc_check_label (record, key), text));
}
