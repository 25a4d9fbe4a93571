/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the window says when the database cannot be opened: what happened, that nothing was lost, what to do. */
#include "mc-store-problem.h"

#include <glib/gi18n.h>

#include "store/mc-error.h"

typedef struct
{
  McStoreError code;
  McStoreProblem problem;
} Row;

static const Row rows[] = {
  { MC_STORE_ERROR_BUSY,
    { "changes-prevent-symbolic", N_("The database is in use"),
      N_("Close the other program and try again, or go on reading now: what you see then is up to date, but nothing can be changed."), TRUE, TRUE, FALSE } },
  { MC_STORE_ERROR_NEWER,
    { "software-update-available-symbolic", N_("The database was made by a newer version of the program"),
      N_("Nothing was changed. Update this program, then open it again."), FALSE, TRUE, FALSE } },
  { MC_STORE_ERROR_CORRUPT,
    { "dialog-error-symbolic", N_("The database is damaged"),
      N_("The file was left as it is, so that nothing more is lost. Copy it away, then put back the last backup with “mingcha-cli restore”."), TRUE, TRUE, TRUE } },
  { MC_STORE_ERROR_NOT_OURS,
    { "dialog-question-symbolic", N_("This file is not a database of Mingcha"),
      N_("It was left as it is. Move it elsewhere, or open another file."), FALSE, TRUE, FALSE } },
  { MC_STORE_ERROR_FULL,
    { "drive-harddisk-symbolic", N_("The disk is full"),
      N_("Everything saved before is still there. Make room on the disk and try again, or go on reading now."), TRUE, TRUE, FALSE } },
  { MC_STORE_ERROR_READ_ONLY,
    { "changes-prevent-symbolic", N_("The database may not be written"),
      N_("You can go on reading now. To write, ask who runs this computer for the right to change the folder."), TRUE, TRUE, FALSE } },
};

static const McStoreProblem other = {
  "dialog-warning-symbolic", N_("The database could not be opened"),
  N_("Nothing was changed or lost. Try again; if it stays so, keep the file and show this message to who looks after the program."), FALSE, TRUE, FALSE
};

McStoreProblem
mc_store_problem_for (const GError *error)
{
  McStoreProblem problem = other;

  g_return_val_if_fail (error != NULL, other);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_error_matches (error, MC_STORE_ERROR, (int) rows[i].code))
      problem = rows[i].problem;
  problem.title = _(problem.title);
  problem.advice = _(problem.advice);
  return problem;
}
