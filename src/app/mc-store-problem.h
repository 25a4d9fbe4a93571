/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the window says when the database cannot be opened: what happened, that nothing was lost, what to do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *icon_name;
  const char *title;        /* translated; static */
  const char *advice;       /* translated; static: what to do */
  gboolean may_read;        /* reading it is offered */
  gboolean may_retry;
  gboolean may_restore;     /* choosing a backup is the way */
} McStoreProblem;

/* For an error of mc_store_open(); the error's own message says which file, and who holds it. Pure. */
McStoreProblem mc_store_problem_for (const GError *error);

G_END_DECLS
