/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole path as a new user goes it: from an empty computer to a roster, a finalised check, its record and a workbook. */
#include "mc-walk.h"

#include <gio/gio.h>
#include <libintl.h>
#include <string.h>

/* What the window says, in the language it says it in: the names are those of the program's own catalogue. */
#define _(text) dgettext ("mingcha", text)

#define INSPECTOR "检查员甲"
#define PARTNER "检查员乙"

typedef gboolean (*StepFunc) (McWalk *self, GError **error);

typedef struct
{
  const char *picture;
  const char *what;
  StepFunc func;
} Step;

/* --- steps ------------------------------------------------------------------------------------------------- */

static gboolean
fill_first_run (McWalk *self, GError **error)
{
  return mc_driver_choose (self->driver, _("City"), "嘉兴市", error)
         && mc_driver_set_text (self->driver, _("Your name"), INSPECTOR, error);
}

static gboolean
begin (McWalk *self, GError **error)
{
  return mc_driver_press (self->driver, _("Begin"), error) && mc_driver_wait_text (self->driver, _("Registers"), error);
}

static gboolean
choose_roster (McWalk *self, GError **error)
{
  g_autofree char *button = g_strdup_printf (_("Import %s rows"), "72");

  return mc_driver_click (self->driver, ATSPI_ROLE_INVALID, _("Registers"), error)
         && mc_driver_press (self->driver, _("Import a roster…"), error)
         && mc_driver_choose_file (self->driver, self->roster, TRUE, error)
         && mc_driver_wait_text (self->driver, button, error);
}

static gboolean
import_roster (McWalk *self, GError **error)
{
  g_autofree char *button = g_strdup_printf (_("Import %s rows"), "72"), *count = g_strdup_printf (_("%s facilities"), "72");

  return mc_driver_press (self->driver, button, error) && mc_driver_wait_text (self->driver, count, error);
}

static gboolean
add_matters (McWalk *self, GError **error)
{
  return mc_driver_press (self->driver, _("Check matters"), error)
         && mc_driver_press (self->driver, _("Add the sample matters"), error)
         && mc_driver_wait_text (self->driver, "*养老机构服务安全、运营管理*", error);
}

/* @name: of the entry, taken over. */
static gboolean
fill_field (McWalk *self, char *name, const char *text, GError **error)
{
  g_autofree char *own = name;

  return mc_driver_set_text (self->driver, own, text, error);
}

/* Authority, area and employer are those of the user. */
static gboolean
enter_partner (McWalk *self, GError **error)
{
  return mc_driver_press (self->driver, _("Inspectors"), error)
         && mc_driver_press (self->driver, _("New"), error)
         && fill_field (self, g_strdup_printf (_("%s (required)"), _("Name of the person")), PARTNER, error)
         && fill_field (self, g_strdup (_("Certificate number")), "浙F-0002", error)
         && fill_field (self, g_strdup_printf (_("%s (year-month-day)"), _("Certificate valid until")), "2030-12-31", error);
}

static gboolean
save_partner (McWalk *self, GError **error)
{
  return mc_driver_press (self->driver, _("Save"), error) && mc_driver_wait_text (self->driver, PARTNER "*", error);
}

static gboolean
find_place (McWalk *self, GError **error)
{
  return mc_driver_click (self->driver, ATSPI_ROLE_INVALID, _("Checks"), error)
         && mc_driver_press (self->driver, _("New check…"), error)
         && mc_driver_wait_focus (self->driver, ATSPI_ROLE_INVALID, _("Name, code, or initials in pinyin"), error)
         && mc_driver_type (self->driver, "xzqkyzx", error)
         && mc_driver_wait_text (self->driver, MC_WALK_PLACE, error);
}

static gboolean
fill_new_check (McWalk *self, GError **error)
{
  return mc_driver_keys (self->driver, "Down", error)
         && mc_driver_wait_focus (self->driver, ATSPI_ROLE_LIST_ITEM, MC_WALK_PLACE "*", error)
         && mc_driver_keys (self->driver, "Return", error)
         && mc_driver_choose (self->driver, _("Assistant"), PARTNER "*", error);
}

/* Which item has the focus; the items come in the order of the standard. */
static gboolean
wait_item (McWalk *self, const char *code, GError **error)
{
  g_autofree char *pattern = g_strconcat (code, " *", NULL);

  return mc_driver_wait_focus (self->driver, ATSPI_ROLE_LIST_ITEM, pattern, error);
}

static gboolean
wait_answered (McWalk *self, guint n, GError **error)
{
  g_autofree char *count = g_strdup_printf (_("%u / %u answered"), n, MC_WALK_ITEMS);

  return mc_driver_wait_text (self->driver, count, error);
}

static gboolean
open_checklist (McWalk *self, GError **error)
{
  return mc_driver_press (self->driver, _("Begin the check"), error) && wait_item (self, "A1.1", error) && wait_answered (self, 0, error);
}

static gboolean
answer_first_items (McWalk *self, GError **error)
{
  static const char *const keys[][2] = { { "1", "A1.2" }, { "1", "A1.3" }, { "3", "A2" } };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!mc_driver_keys (self->driver, keys[i][0], error) || !wait_item (self, keys[i][1], error))
      return FALSE;
  return wait_answered (self, 3, error);
}

static gboolean
write_finding (McWalk *self, GError **error)
{
  g_autofree char *note = g_strdup_printf (_("Note on %s"), "A2");

  return mc_driver_keys (self->driver, "2", error)
         && mc_driver_wait_focus (self->driver, ATSPI_ROLE_TEXT, note, error)
         && mc_driver_type (self->driver, MC_WALK_FINDING, error)
         && mc_driver_wait_content (self->driver, note, MC_WALK_FINDING, error);
}

static gboolean
set_deadline (McWalk *self, GError **error)
{
  return mc_driver_tab_to (self->driver, ATSPI_ROLE_INVALID, _("Way of correction"), error)
         && mc_driver_choose_by_keys (self->driver, _("Way of correction"), "限期改正", error)
         && mc_driver_tab_to (self->driver, ATSPI_ROLE_INVALID, _("Working days for the correction"), error)
         && mc_driver_keys (self->driver, "ctrl+a 1 0 Return", error)
         && mc_driver_wait_gone (self->driver, ATSPI_ROLE_LABEL, _("No day is set yet"), error);
}

static gboolean
mark_section (McWalk *self, guint answered, GError **error)
{
  return mc_driver_keys (self->driver, "ctrl+1", error) && wait_answered (self, answered, error);
}

static gboolean
mark_first_section (McWalk *self, GError **error)
{
  return mc_driver_tab_to (self->driver, ATSPI_ROLE_LIST_ITEM, "A3 *", error)
         && mc_driver_keys (self->driver, "ctrl+1", error)
         && mc_driver_press (self->driver, _("Mark"), error)
         && wait_answered (self, 10, error);
}

static gboolean
answer_rest (McWalk *self, GError **error)
{
  static const struct { const char *first; guint answered; } sections[] = { { "C1", 23 }, { "D1", 30 }, { "E1", 36 }, { "M1", 40 } };
  static const char *const next[] = { "B2", "B3", "B4", "C1" };

  if (!mc_driver_keys (self->driver, "alt+Down", error) || !wait_item (self, "B1", error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (next); i++)
    if (!mc_driver_keys (self->driver, "1", error) || !wait_item (self, next[i], error))
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    if ((i > 0 && !mc_driver_keys (self->driver, "alt+Down", error)) || !wait_item (self, sections[i].first, error)
        || !mark_section (self, sections[i].answered, error))
      return FALSE;
  return mc_driver_wait_text (self->driver, _("Complete; finalising fixes the text"), error);
}

static gboolean
ask_finalise (McWalk *self, GError **error)
{
  return mc_driver_press (self->driver, _("Finalise…"), error) && mc_driver_wait_text (self->driver, _("Finalise this check?"), error);
}

static gboolean
finalise (McWalk *self, GError **error)
{
  return mc_driver_press (self->driver, _("Finalise"), error)
         && mc_driver_wait_text (self->driver, _("Finalised; it can only be amended now"), error);
}

static gboolean
wait_file (const char *path, GError **error)
{
  for (int i = 0; i < 400; i++)
    {
      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return TRUE;
      g_usleep (50000);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s was not written", path);
  return FALSE;
}

static gboolean
ask_record (McWalk *self, GError **error)
{
  return mc_driver_press (self->driver, _("Site record…"), error) && mc_driver_wait_text (self->driver, _("Save as PDF…"), error);
}

static gboolean
save_record (McWalk *self, GError **error)
{
  return mc_driver_press (self->driver, _("Save as PDF…"), error) && mc_driver_choose_file (self->driver, self->record, FALSE, error)
         && wait_file (self->record, error);
}

static gboolean
export_workbook (McWalk *self, GError **error)
{
  return mc_driver_click (self->driver, ATSPI_ROLE_INVALID, _("Registers"), error)
         && mc_driver_press (self->driver, _("Facilities to check"), error)
         && mc_driver_press (self->driver, _("Export…"), error)
         && mc_driver_choose_file (self->driver, self->workbook, FALSE, error) && wait_file (self->workbook, error);
}

static gboolean
look_at_desk (McWalk *self, GError **error)
{
  return mc_driver_click (self->driver, ATSPI_ROLE_INVALID, _("Desk"), error) && mc_driver_wait_text (self->driver, "*" MC_WALK_PLACE "*", error);
}

static const Step steps[] = {
  { "first-run", "the first run: 嘉兴市, its civil affairs bureau, one's name, the role", fill_first_run },
  { "desk-empty", "an empty desk", begin },
  { "import-preview", "the roster of 72 chosen; its preview", choose_roster },
  { "registers", "the 72 facilities in the register", import_roster },
  { "check-matters", "the sample check matters added", add_matters },
  { "inspector", "a second inspector entered", enter_partner },
  { "inspectors", "both inspectors in the register", save_partner },
  { "find-place", "a place found by the initials xzqkyzx", find_place },
  { "new-check", "a new check, prefilled; the assistant chosen", fill_new_check },
  { "checklist", "the checklist", open_checklist },
  { "answers", "the first items answered with 1 and 3", answer_first_items },
  { "finding", "2: does not conform; what was found is typed", write_finding },
  { "deadline", "the way of correction and ten working days", set_deadline },
  { "section", "Ctrl+1: the rest of the section conforms", mark_first_section },
  { "complete", "every item answered", answer_rest },
  { "finalise", "what finalising means", ask_finalise },
  { "finalised", "the check is finalised", finalise },
  { "record", "the site record is laid out", ask_record },
  { "record-saved", "the site record saved as PDF", save_record },
  { "workbook", "the register exported as a workbook", export_workbook },
  { "desk", "the desk with the deadline", look_at_desk },
};

/* --- the walk ---------------------------------------------------------------------------------------------- */

/* A picture and the tree of names, for whoever looks for the fault. */
static void
leave_traces (McWalk *self)
{
  g_autofree char *path = g_build_filename (self->folder, "failure.txt", NULL), *dump = mc_driver_dump (self->driver);

  mc_driver_picture (self->driver, "failure", NULL);
  g_file_set_contents (path, dump, -1, NULL);
}

static gboolean
take_step (McWalk *self, const char *picture, const char *what, StepFunc func, GError **error)
{
  if (self->talk)
    g_print ("%s\n", what);
  if (func (self, error) && mc_driver_picture (self->driver, picture, error))
    return TRUE;
  g_prefix_error (error, "%s: ", what);
  leave_traces (self);
  return FALSE;
}

gboolean
mc_walk_go (McWalk *self, GError **error)
{
  self->driver = mc_driver_new (self->app, NULL, self->folder, error);
  for (gsize i = 0; self->driver && i < G_N_ELEMENTS (steps); i++)
    if (!take_step (self, steps[i].picture, steps[i].what, steps[i].func, error))
      return FALSE;
  return self->driver != NULL;
}

/* The first item gets another answer: what was finalised stays, with the reason beside it. */
gboolean
mc_walk_amend (McWalk *self, const char *reason, GError **error)
{
  return mc_driver_click (self->driver, ATSPI_ROLE_INVALID, _("Checks"), error)
         && mc_driver_press (self->driver, _("Amend…"), error)
         && wait_item (self, "A1.1", error)
         && mc_driver_keys (self->driver, "3", error) && wait_item (self, "A1.2", error)
         && mc_driver_press (self->driver, _("Finish the amendment…"), error)
         && mc_driver_set_text (self->driver, _("Reason"), reason, error)
         && mc_driver_press (self->driver, _("Amend"), error)
         && mc_driver_wait_text (self->driver, _("Finalised; it can only be amended now"), error);
}

gboolean
mc_walk_close (McWalk *self, GError **error)
{
  gboolean closed = mc_driver_close (self->driver, error);

  g_clear_pointer (&self->driver, mc_driver_free);
  return closed;
}

/* --- making it --------------------------------------------------------------------------------------------- */

/* The folder of the build, from where this program lies in it: BUILD/tests/end-to-end/PROGRAM. */
static char *
build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname (program) : g_get_current_dir ();

  return g_canonicalize_filename ("../..", folder);
}

static void
set_default (const char *variable, const char *build, const char *below)
{
  g_autofree char *path = g_build_filename (build, below, NULL);

  g_setenv (variable, path, FALSE);
}

McWalk *
mc_walk_new (const char *folder, const char *app, const char *cli, GError **error)
{
  g_autoptr (McWalk) self = g_new0 (McWalk, 1);
  g_autofree char *build = build_folder ();
  g_autofree char *home = NULL;

  self->folder = g_canonicalize_filename (folder, NULL);
  self->app = app ? g_canonicalize_filename (app, NULL) : g_build_filename (build, "src", "app", "mingcha", NULL);
  self->cli = cli ? g_canonicalize_filename (cli, NULL) : g_build_filename (build, "src", "cli", "mingcha-cli", NULL);
  self->roster = g_strdup (MC_SAMPLE_ROSTER);
  self->record = g_build_filename (self->folder, "site-record.pdf", NULL);
  self->workbook = g_build_filename (self->folder, "register.xlsx", NULL);
  set_default ("GSETTINGS_SCHEMA_DIR", build, "data");
  set_default ("MINGCHA_LOCALEDIR", build, "po");
  home = g_build_filename (self->folder, "home", NULL);
  if (!mc_driver_prepare (home, error))
    return NULL;
  self->database = g_build_filename (home, "data", "mingcha", "mingcha.db", NULL);
  bindtextdomain ("mingcha", g_getenv ("MINGCHA_LOCALEDIR"));
  bind_textdomain_codeset ("mingcha", "UTF-8");
  return g_steal_pointer (&self);
}

void
mc_walk_free (McWalk *self)
{
  if (!self)
    return;
  mc_driver_free (self->driver);
  g_free (self->folder);
  g_free (self->app);
  g_free (self->cli);
  g_free (self->roster);
  g_free (self->database);
  g_free (self->record);
  g_free (self->workbook);
  g_free (self);
}

int
mc_walk_run_cli (McWalk *self, const char *const *words, char **out, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) line = NULL;
  int status;

  g_strv_builder_add_many (builder, self->cli, "--db", self->database, NULL);
  g_strv_builder_addv (builder, (const char **) words);
  line = g_strv_builder_end (builder);
  if (!g_spawn_sync (NULL, line, NULL, 0, NULL, NULL, out, NULL, &status, error))
    return -1;
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}
