/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outcome of an assessment as a pure function of a standard and its answers. */
#include "mc-assessment.h"

#include <string.h>

typedef struct
{
  McOutcome *outcome;
  const McRecord *facility, *assessment;
  GHashTable *answers;
} Evaluation;

gboolean
mc_assessment_item_applies (const McItem *item, const McRecord *facility, const McRecord *assessment, gboolean *unknown)
{
  McTruth truth = mc_condition_evaluate (item->applies_if, facility, assessment);

  if (unknown)
    *unknown = truth == MC_TRUTH_UNKNOWN;
  return truth != MC_TRUTH_FALSE;
}

static const char *
answer_of (const Evaluation *evaluation, const McItem *item)
{
  const char *value = evaluation->answers ? g_hash_table_lookup (evaluation->answers, item->code) : NULL;

  return value && *value ? value : NULL;
}

static gint64
score_of (const McItem *item, const char *value)
{
  gint64 score = 0;

  if (!value)
    return 0;
  if (item->kind == MC_ITEM_SCORE && mc_standard_parse_hundredths (value, &score))
    return CLAMP (score, 0, item->max);
  for (guint i = 0; i < item->n_choices; i++)
    if (strcmp (item->choices[i].value, value) == 0)
      return item->choices[i].score;
  return 0;
}

static void
count_answer (McAnswerCounts *counts, McAnswerMeaning meaning)
{
  counts->items++;
  switch (meaning)
    {
    case MC_ANSWER_NONE:
      counts->unanswered++;
      break;
    case MC_ANSWER_CONFORM:
      counts->conform++;
      break;
    case MC_ANSWER_NONCONFORM:
      counts->nonconform++;
      break;
    case MC_ANSWER_NOT_APPLICABLE:
      counts->not_applicable++;
      break;
    case MC_ANSWER_NOT_CHECKED:
      counts->not_checked++;
      break;
    case MC_ANSWER_VALUE:
      counts->values++;
      break;
    }
}

static void
evaluate_item (Evaluation *evaluation, const McItem *item)
{
  McOutcome *outcome = evaluation->outcome;
  McSectionOutcome *section = &outcome->sections[item->section];
  const char *value = answer_of (evaluation, item);
  McAnswerMeaning meaning = mc_standard_read_answer (outcome->standard, item, value);

  if (!value && !mc_assessment_item_applies (item, evaluation->facility, evaluation->assessment, NULL))
    return;
  count_answer (&section->counts, meaning);
  count_answer (&outcome->total, meaning);
  section->score += score_of (item, value);
  if (meaning == MC_ANSWER_NONE)
    g_ptr_array_add (outcome->unanswered, (gpointer) item);
  if (meaning != MC_ANSWER_NONCONFORM)
    return;
  g_ptr_array_add (outcome->nonconform, (gpointer) item);
  if (item->veto)
    g_ptr_array_add (outcome->vetoed, (gpointer) item);
}

/* Conform, the best score, or not applicable. */
static gboolean
meets_requirement (const Evaluation *evaluation, const McItem *item)
{
  const char *value = answer_of (evaluation, item);
  McAnswerMeaning meaning = mc_standard_read_answer (evaluation->outcome->standard, item, value);

  if (meaning == MC_ANSWER_CONFORM || meaning == MC_ANSWER_NOT_APPLICABLE)
    return TRUE;
  if (meaning == MC_ANSWER_NONE)
    return !mc_assessment_item_applies (item, evaluation->facility, evaluation->assessment, NULL);
  return meaning == MC_ANSWER_VALUE && item->max > 0 && score_of (item, value) == item->max;
}

/* Points that a section lacks to @percent (hundredths of a percent) of its maximum, rounded up to a hundredth. */
static gint64
section_lack (const McSectionOutcome *section, gint64 percent)
{
  gint64 needed = (section->max * percent + 9999) / 10000;

  return MAX (needed - section->score, 0);
}

/* Appends what @grade lacks to @shortfalls (may be NULL); TRUE if it lacks nothing. */
static gboolean
try_grade (const Evaluation *evaluation, const McGrade *grade, GArray *shortfalls)
{
  const McOutcome *outcome = evaluation->outcome;
  GArray *list = shortfalls;
  g_autoptr (GArray) own = NULL;

  if (!list)
    list = own = g_array_new (FALSE, TRUE, sizeof (McShortfall));
  if (outcome->score < grade->min_total)
    g_array_append_val (list, ((McShortfall) { .grade = grade, .missing = grade->min_total - outcome->score }));
  for (guint i = 0; i < outcome->n_sections; i++)
    {
      McShortfall lack = { .grade = grade, .section = outcome->sections[i].section };

      lack.missing = section_lack (&outcome->sections[i], grade->min_section_percent);
      if (lack.missing > 0)
        g_array_append_val (list, lack);
    }
  for (guint i = 0; grade->requires[i]; i++)
    {
      McShortfall lack = { .grade = grade, .item = mc_standard_find_item (outcome->standard, grade->requires[i]) };

      if (!meets_requirement (evaluation, lack.item))
        g_array_append_val (list, lack);
    }
  for (guint i = 0; i < outcome->vetoed->len; i++)
    {
      McShortfall lack = { .grade = grade, .item = g_ptr_array_index (outcome->vetoed, i) };

      g_array_append_val (list, lack);
    }
  return list->len == 0;
}

static void
find_grade (const Evaluation *evaluation)
{
  McOutcome *outcome = evaluation->outcome;
  const McGrade *grades, *next = NULL;
  guint n;

  grades = mc_standard_get_grades (outcome->standard, &n);
  for (guint i = 0; i < n && !outcome->grade; i++)
    {
      if (try_grade (evaluation, &grades[i], NULL))
        outcome->grade = &grades[i];
      else
        next = &grades[i];
    }
  if (next)
    try_grade (evaluation, next, outcome->shortfalls);
  if (outcome->total.unanswered > 0)
    outcome->grade = NULL;
}

McOutcome *
mc_assessment_evaluate (McStandard *standard, const McRecord *facility, const McRecord *assessment, GHashTable *answers)
{
  McOutcome *outcome = g_new0 (McOutcome, 1);
  Evaluation evaluation = { outcome, facility, assessment, answers };
  const McSection *sections;
  const McItem *items;
  guint n_items;

  g_return_val_if_fail (standard != NULL, NULL);
  outcome->standard = mc_standard_ref (standard);
  sections = mc_standard_get_sections (standard, &outcome->n_sections);
  items = mc_standard_get_items (standard, &n_items);
  outcome->sections = g_new0 (McSectionOutcome, outcome->n_sections);
  outcome->unanswered = g_ptr_array_new ();
  outcome->nonconform = g_ptr_array_new ();
  outcome->vetoed = g_ptr_array_new ();
  outcome->shortfalls = g_array_new (FALSE, TRUE, sizeof (McShortfall));
  for (guint i = 0; i < outcome->n_sections; i++)
    outcome->sections[i].section = &sections[i];
  for (guint i = 0; i < n_items; i++)
    evaluate_item (&evaluation, &items[i]);
  for (guint i = 0; i < outcome->n_sections; i++)
    {
      outcome->sections[i].max = sections[i].max;
      outcome->max += sections[i].max;
      outcome->score += outcome->sections[i].score;
    }
  find_grade (&evaluation);
  return outcome;
}

void
mc_outcome_free (McOutcome *outcome)
{
  g_ptr_array_unref (outcome->unanswered);
  g_ptr_array_unref (outcome->nonconform);
  g_ptr_array_unref (outcome->vetoed);
  g_array_unref (outcome->shortfalls);
  g_free (outcome->sections);
  mc_standard_unref (outcome->standard);
  g_free (outcome);
}
