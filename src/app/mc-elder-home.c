/* SPDX-License-Identifier: GPL-3.0-or-later
 * The desk in elder mode: at most six large tiles, by role. */
#include "mc-elder-home.h"

#include <glib/gi18n.h>

#include "standards/mc-iso-date.h"
#include "widgets/mc-elder-tile.h"
#include "widgets/mc-format.h"
#include "widgets/mc-wrap-box.h"

struct _McElderHome
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *body;
  GtkLabel *day_label;
  GtkImage *sync_image;
  GtkLabel *sync_label;
  GtkGrid *grid;

  /* Borrowed: of the grid. */
  McElderTile *tiles[MC_ELDER_HOME_MAX_TILES];

  /* Owned. */
  gboolean read_only;
  const McElderTileKind *kinds; /* static; NULL until shown */
  guint columns;
};

G_DEFINE_FINAL_TYPE (McElderHome, mc_elder_home, GTK_TYPE_WIDGET)

typedef struct
{
  const char *icon_name;
  const char *title;  /* msgid */
  const char *action;
  const char *target; /* text; NULL: none */
} Tile;

static const Tile tiles[] = {
  [MC_ELDER_TILE_CHECKS] = { "checkbox-checked-symbolic", N_("Checks"), "win.show-page", "visits" },
  [MC_ELDER_TILE_NEW_CHECK] = { "list-add-symbolic", N_("New check"), "win.new-check", NULL },
  [MC_ELDER_TILE_DUE] = { "document-edit-symbolic", N_("Corrections"), "win.show-page", "visits" },
  [MC_ELDER_TILE_UNCHECKED] = { "x-office-calendar-symbolic", N_("Not checked for 12 months"), "win.show-page", "registry" },
  [MC_ELDER_TILE_REGISTERS] = { "view-list-symbolic", N_("Registers"), "win.show-page", "registry" },
  [MC_ELDER_TILE_HELP] = { "help-browser-symbolic", N_("Help"), "win.shortcuts", NULL },
};

const McElderTileKind *
mc_elder_home_list_tiles (const char *role)
{
  static const McElderTileKind inspector[] = { MC_ELDER_TILE_CHECKS, MC_ELDER_TILE_NEW_CHECK, MC_ELDER_TILE_DUE, MC_ELDER_TILE_REGISTERS,
                                               MC_ELDER_TILE_UNCHECKED, MC_ELDER_TILE_HELP, MC_ELDER_TILE_END };
  static const McElderTileKind officer[] = { MC_ELDER_TILE_DUE, MC_ELDER_TILE_UNCHECKED, MC_ELDER_TILE_CHECKS, MC_ELDER_TILE_REGISTERS,
                                             MC_ELDER_TILE_NEW_CHECK, MC_ELDER_TILE_HELP, MC_ELDER_TILE_END };
  static const McElderTileKind viewer[] = { MC_ELDER_TILE_DUE, MC_ELDER_TILE_CHECKS, MC_ELDER_TILE_REGISTERS, MC_ELDER_TILE_UNCHECKED, MC_ELDER_TILE_HELP,
                                            MC_ELDER_TILE_END };

  if (g_strcmp0 (role, "viewer") == 0)
    return viewer;
  return g_strcmp0 (role, "inspector") == 0 || g_strcmp0 (role, "township_officer") == 0 ? inspector : officer;
}

/* --- what each says ------------------------------------------------------------------------------------------ */

static void
tell_due (McElderTile *tile, const GDate *today, const McDueList *due)
{
  g_autofree char *words = NULL, *left = NULL;
  GDate deadline;
  gboolean soon;

  if (due->total == 0)
    {
      mc_elder_tile_set (tile, MC_STATUS_OK, _("nothing is waited for"), FALSE);
      return;
    }
  if (due->overdue > 0)
    {
      words = g_strdup_printf (_("%u overdue, %u in all"), due->overdue, due->total);
      mc_elder_tile_set (tile, MC_STATUS_WARNING, words, TRUE);
      return;
    }
  if (due->rows->len > 0 && mc_iso_date_parse (((McDue *) due->rows->pdata[0])->deadline_on, &deadline))
    left = mc_due_describe (mc_working_days_get_builtin (), today, &deadline);
  soon = left && mc_due_group (today, &deadline) <= MC_DUE_TODAY;
  words = left ? g_strdup_printf (_("%u in all; the nearest: %s"), due->total, left) : g_strdup_printf (_("%u in all"), due->total);
  mc_elder_tile_set (tile, soon ? MC_STATUS_WARNING : MC_STATUS_PLAIN, words, soon);
}

static void
tell (McElderTile *tile, McElderTileKind kind, const GDate *today, const McOverviewData *data)
{
  g_autofree char *words = NULL;

  switch (kind)
    {
    case MC_ELDER_TILE_CHECKS:
      words = data->counts.drafts == 0 ? g_strdup (_("none is under way"))
                                       : g_strdup_printf (ngettext ("%u is under way", "%u are under way", data->counts.drafts), data->counts.drafts);
      break;
    case MC_ELDER_TILE_NEW_CHECK:
      words = g_strdup (_("choose a place and begin"));
      break;
    case MC_ELDER_TILE_DUE:
      tell_due (tile, today, data->due);
      return;
    case MC_ELDER_TILE_UNCHECKED:
      words = g_strdup_printf (ngettext ("%u place", "%u places", data->facilities.not_checked), data->facilities.not_checked);
      break;
    case MC_ELDER_TILE_REGISTERS:
      words = g_strdup_printf (ngettext ("look up a place, %u in all", "look up a place, %u in all", data->facilities.all), data->facilities.all);
      break;
    case MC_ELDER_TILE_HELP:
      words = g_strdup (_("what each key does"));
      break;
    case MC_ELDER_TILE_END:
    default:
      return;
    }
  mc_elder_tile_set (tile, MC_STATUS_PLAIN, words, FALSE);
}

/* --- the grid ------------------------------------------------------------------------------------------------ */

static McElderTile *
tile_new (McElderTileKind kind)
{
  const Tile *tile = &tiles[kind];
  GtkWidget *widget = mc_elder_tile_new (tile->icon_name, _(tile->title));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (widget), tile->action);
  if (tile->target)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (widget), "s", tile->target);
  return MC_ELDER_TILE (widget);
}

static void
attach (McElderHome *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self->grid));

  for (guint i = 0; i < G_N_ELEMENTS (self->tiles) && self->tiles[i]; i++)
    g_object_set (gtk_layout_manager_get_layout_child (layout, GTK_WIDGET (self->tiles[i])),
                  "column", (int) (i % self->columns), "row", (int) (i / self->columns), NULL);
}

static void
make_tiles (McElderHome *self, const McElderTileKind *kinds, gboolean read_only)
{
  guint n = 0;

  if (self->kinds == kinds && self->read_only == read_only)
    return;
  self->kinds = kinds;
  self->read_only = read_only;
  for (guint i = 0; i < G_N_ELEMENTS (self->tiles); i++)
    if (self->tiles[i])
      {
        gtk_grid_remove (self->grid, GTK_WIDGET (self->tiles[i]));
        self->tiles[i] = NULL;
      }
  for (; *kinds != MC_ELDER_TILE_END; kinds++)
    if (!read_only || *kinds != MC_ELDER_TILE_NEW_CHECK)
      {
        self->tiles[n] = tile_new (*kinds);
        gtk_grid_attach (self->grid, GTK_WIDGET (self->tiles[n]), (int) n, 0, 1, 1);
        n++;
      }
  attach (self);
}

static void
mc_elder_home_dispose (GObject *object)
{
  McElderHome *self = MC_ELDER_HOME (object);

  g_clear_pointer (&self->body, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_ELDER_HOME);

  G_OBJECT_CLASS (mc_elder_home_parent_class)->dispose (object);
}

static void
mc_elder_home_class_init (McElderHomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_elder_home_dispose;
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/app/mc-elder-home.ui");
  gtk_widget_class_bind_template_child (widget_class, McElderHome, body);
  gtk_widget_class_bind_template_child (widget_class, McElderHome, day_label);
  gtk_widget_class_bind_template_child (widget_class, McElderHome, sync_image);
  gtk_widget_class_bind_template_child (widget_class, McElderHome, sync_label);
  gtk_widget_class_bind_template_child (widget_class, McElderHome, grid);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_elder_home_init (McElderHome *self)
{
  self->columns = 3;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mc_elder_home_set_em_width (McElderHome *self, guint ems)
{
  g_return_if_fail (MC_IS_ELDER_HOME (self));

  self->columns = ems >= 40 ? 3 : ems >= 22 ? 2 : 1;
  attach (self);
}

void
mc_elder_home_show (McElderHome *self, McSession *session, const McOverviewData *data)
{
  g_autofree char *icon_name = NULL, *sync = NULL, *date = NULL, *weekday = NULL, *iso = NULL, *day = NULL;
  GDate today;
  guint n = 0;

  g_return_if_fail (MC_IS_ELDER_HOME (self) && data != NULL);

  mc_session_get_today (session, &today);
  iso = mc_iso_date_format (&today);
  date = mc_format_short_date (iso);
  weekday = mc_format_weekday (&today);
  day = g_strdup_printf (_("%s, %s"), date, weekday);
  g_object_get (session, "sync-icon-name", &icon_name, "sync-text", &sync, NULL);
  gtk_label_set_label (self->day_label, day);
  gtk_image_set_from_icon_name (self->sync_image, icon_name);
  gtk_label_set_label (self->sync_label, sync ? sync : "");
  make_tiles (self, mc_elder_home_list_tiles (mc_session_get_role (session)), mc_session_is_read_only (session));
  for (const McElderTileKind *kind = self->kinds; *kind != MC_ELDER_TILE_END; kind++)
    if (!self->read_only || *kind != MC_ELDER_TILE_NEW_CHECK)
      tell (self->tiles[n++], *kind, &today, data);
}
