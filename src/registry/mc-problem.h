/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is wrong or doubtful in a record, field by field, in the user's words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MC_PROBLEM_ERROR, /* cannot be saved so */
  MC_PROBLEM_CHECK, /* please check; saving goes on */
} McProblemLevel;

typedef struct
{
  McProblemLevel level;
  const char *key; /* of the field; static */
  char *message;   /* translated, one sentence */
} McProblem;

McProblem *mc_problem_new (McProblemLevel level, const char *key, const char *format, ...) G_GNUC_PRINTF (3, 4);
void mc_problem_free (McProblem *problem);

/* An array of McProblem with its free function. */
GPtrArray *mc_problems_new (void);
gboolean mc_problems_have_errors (const GPtrArray *problems);
/* The first problem of the field @key, errors before checks; NULL if none. */
const McProblem *mc_problems_find (const GPtrArray *problems, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McProblem, mc_problem_free)

G_END_DECLS
