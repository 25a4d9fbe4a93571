/* SPDX-License-Identifier: GPL-3.0-or-later
 * Collects what is wrong or doubtful in a record. */
#include "mc-problem.h"

#include <string.h>

McProblem *
mc_problem_new (McProblemLevel level, const char *key, const char *format, ...)
{
  McProblem *problem = g_new0 (McProblem, 1);
  va_list arguments;

  problem->level = level;
  problem->key = key;
  va_start (arguments, format);
  problem->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return problem;
}

void
mc_problem_free (McProblem *problem)
{
  if (problem)
    g_free (problem->message);
  g_free (problem);
}

GPtrArray *
mc_problems_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mc_problem_free);
}

gboolean
mc_problems_have_errors (const GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (((const McProblem *) problems->pdata[i])->level == MC_PROBLEM_ERROR)
      return TRUE;
  return FALSE;
}

const McProblem *
mc_problems_find (const GPtrArray *problems, const char *key)
{
  const McProblem *found = NULL;

  for (guint i = 0; i < problems->len; i++)
    {
      const McProblem *problem = problems->pdata[i];

      if (strcmp (problem->key, key) == 0 && (found == NULL || problem->level < found->level))
        found = problem;
    }
  return found;
}
