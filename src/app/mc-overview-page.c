/* SPDX-License-Identifier: GPL-3.0-or-later
 * The desk: what is to be done today, what comes due, and where this computer stands. */
#include "mc-overview-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-elder-home.h"
#include "mc-overview-data.h"
#include "mc-overview-row.h"
#include "mc-tile.h"
#include "standards/mc-iso-date.h"
#include "store/mc-code-list.h"
#include "widgets/mc-empty.h"
#include "widgets/mc-format.h"
#include "widgets/mc-wrap-box.h"

struct _McOverviewPage
{
  McPage parent_instance;

  /* Template. */
  GtkStack *stack;
  McEmpty *failed;
  GtkWidget *head;
  GtkLabel *day_label;
  GtkLabel *summary_label;
  GtkWidget *new_button;
  GtkGrid *tiles;
  McTile *drafts_tile;
  McTile *due_tile;
  McTile *unchecked_tile;
  McTile *places_tile;
  GtkWidget *columns;
  GtkWidget *left;
  GtkWidget *right;
  GtkListBox *draft_list;
  GtkListBox *device_list;
  GtkToggleButton *mine_button;
  GtkListBox *due_list;

  /* Borrowed: a child of the stack, made when it is needed. */
  McElderHome *home;

  /* Owned. */
  GCancellable *cancellable;
  McOverviewData *data; /* what is shown; NULL before it is read */
};

G_DEFINE_FINAL_TYPE (McOverviewPage, mc_overview_page, MC_TYPE_PAGE)

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, row);
}

static void
show_day (McOverviewPage *self, const GDate *today, const McOverviewData *data)
{
  g_autofree char *iso = mc_iso_date_format (today);
  g_autofree char *date = mc_format_short_date (iso), *weekday = mc_format_weekday (today);
  /* Translators: the day (11/19), then the day of the week. */
  g_autofree char *day = g_strdup_printf (_("%s, %s"), date, weekday);
  g_autofree char *drafts = g_strdup_printf (ngettext ("%u check under way", "%u checks under way", data->counts.drafts), data->counts.drafts);
  g_autofree char *summary
      = data->due->overdue > 0
            ? g_strdup_printf (ngettext ("%s; %u correction is overdue", "%s; %u corrections are overdue", data->due->overdue), drafts, data->due->overdue)
            : g_strdup_printf (_("%s; nothing is overdue"), drafts);

  gtk_label_set_label (self->day_label, day);
  gtk_label_set_label (self->summary_label, summary);
}

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

static void
show_due_tile (McOverviewPage *self, const GDate *today, const McDueList *list)
{
  g_autofree char *caption = NULL, *left = NULL;
  McStatusKind kind = MC_STATUS_OK;
  GDate deadline;

  if (list->overdue > 0)
    {
      kind = MC_STATUS_ERROR;
      caption = g_strdup_printf (ngettext ("%u is overdue", "%u are overdue", list->overdue), list->overdue);
    }
  else if (list->rows->len > 0 && mc_iso_date_parse (((McDue *) list->rows->pdata[0])->deadline_on, &deadline))
    {
      kind = due_kind (mc_due_group (today, &deadline));
      left = mc_due_describe (mc_working_days_get_builtin (), today, &deadline);
      caption = g_strdup_printf (_("the nearest: %s"), left);
    }
  mc_tile_set (self->due_tile, list->total, ngettext ("finding", "findings", list->total), kind, caption ? caption : _("nothing is waited for"));
}

static void
show_tiles (McOverviewPage *self, const GDate *today, const McOverviewData *data)
{
  const McFacilityCounts *places = &data->facilities;
  g_autofree char *kinds = g_strdup_printf (_("elder care %u, childcare %u"), places->elder, places->childcare);
  g_autofree char *finalised = g_strdup_printf (ngettext ("%u finalised", "%u finalised", data->counts.finalised), data->counts.finalised);

  mc_tile_set (self->drafts_tile, data->counts.drafts, ngettext ("check", "checks", data->counts.drafts), MC_STATUS_PLAIN, finalised);
  show_due_tile (self, today, data->due);
  mc_tile_set (self->unchecked_tile, places->not_checked, ngettext ("place", "places", places->not_checked), MC_STATUS_PLAIN, _("of those in operation"));
  mc_tile_set (self->places_tile, places->all, ngettext ("place", "places", places->all), MC_STATUS_PLAIN, kinds);
}

static void
show_drafts (McOverviewPage *self, const GDate *today, GPtrArray *drafts)
{
  g_autofree char *today_text = mc_iso_date_format (today);

  clear (self->draft_list);
  for (guint i = 0; i < drafts->len; i++)
    {
      const McVisitRow *visit = drafts->pdata[i];
      g_autofree char *date = mc_format_short_date (visit->checked_on);
      const char *day = g_strcmp0 (visit->checked_on, today_text) == 0 ? _("today") : date;
      g_autofree char *detail = g_strjoin (" · ", day, mc_code_label ("visit-type", visit->type), visit->lead_name ? visit->lead_name : _("no lead"), visit->area_name, NULL);
      g_autofree char *answered = g_strdup_printf (ngettext ("%u answered", "%u answered", visit->answered), visit->answered);
      GtkWidget *row = mc_overview_row_new (MC_STATUS_PLAIN, answered, visit->facility_name ? visit->facility_name : _("A place unknown here"), detail);

      mc_overview_row_set_record (MC_OVERVIEW_ROW (row), "visit", visit->id);
      gtk_list_box_append (self->draft_list, row);
    }
  if (drafts->len == 0)
    gtk_list_box_append (self->draft_list, mc_overview_row_new (MC_STATUS_OK, NULL, _("No check is under way"),
                                                                _("Choose a place in the register and begin a check there.")));
}

static void
show_due (McOverviewPage *self, const GDate *today, const McDueList *list)
{
  clear (self->due_list);
  for (guint i = 0; i < list->rows->len; i++)
    {
      const McDue *due = list->rows->pdata[i];
      GtkWidget *row;
      GDate deadline;
      McDueGroup group;
      g_autofree char *left = NULL, *date = mc_format_short_date (due->deadline_on), *detail = NULL;

      if (!mc_iso_date_parse (due->deadline_on, &deadline))
        continue;
      group = mc_due_group (today, &deadline);
      left = mc_due_describe (mc_working_days_get_builtin (), today, &deadline);
      detail = g_strjoin (" · ", due->facility_name ? due->facility_name : _("A place unknown here"), date, due->area_name, NULL);
      row = mc_overview_row_new (due_kind (group), left, due->description ? due->description : mc_code_label ("severity", due->severity), detail);
      mc_overview_row_set_record (MC_OVERVIEW_ROW (row), "visit", due->visit);
      mc_overview_row_set_group (MC_OVERVIEW_ROW (row), (int) group);
      gtk_list_box_append (self->due_list, row);
    }
  if (list->rows->len == 0)
    {
      GtkWidget *row = mc_overview_row_new (MC_STATUS_OK, NULL, _("Nothing comes due"), _("Findings with a day for their correction stand here."));

      mc_overview_row_set_group (MC_OVERVIEW_ROW (row), -1);
      gtk_list_box_append (self->due_list, row);
    }
}

static void
due_header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  int group = mc_overview_row_get_group (MC_OVERVIEW_ROW (row));
  GtkWidget *label;

  if (group < 0 || (before && mc_overview_row_get_group (MC_OVERVIEW_ROW (before)) == group))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (mc_due_group_title ((McDueGroup) group));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "mc-list-header");
  gtk_list_box_row_set_header (row, label);
}

static void
show_device (McOverviewPage *self)
{
  McSession *session = mc_page_get_session (MC_PAGE (self));
  g_autofree char *text = NULL, *detail = NULL;

  g_object_get (session, "sync-text", &text, "sync-detail", &detail, NULL);
  clear (self->device_list);
  gtk_list_box_append (self->device_list,
                       mc_overview_row_new (mc_session_is_read_only (session) ? MC_STATUS_LOCKED : MC_STATUS_OK, NULL, text ? text : "", detail));
}

static void
show_home (McOverviewPage *self)
{
  if (!self->home)
    {
      self->home = g_object_new (MC_TYPE_ELDER_HOME, NULL);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->home), "home");
      mc_elder_home_set_em_width (self->home, mc_page_get_em_width (MC_PAGE (self)));
    }
  mc_elder_home_show (self->home, mc_page_get_session (MC_PAGE (self)), self->data);
  gtk_stack_set_visible_child_name (self->stack, "home");
}

/* Elder mode has a home of its own; what there is to do first stands before both. */
static void
show_data (McOverviewPage *self)
{
  const McOverviewData *data = self->data;
  GDate today;

  mc_page_set_badge (MC_PAGE (self), data->due->overdue);
  if (data->facilities.all == 0 && data->counts.drafts == 0 && data->counts.finalised == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  if (mc_session_get_elder (mc_page_get_session (MC_PAGE (self))))
    {
      show_home (self);
      return;
    }
  mc_session_get_today (mc_page_get_session (MC_PAGE (self)), &today);
  show_day (self, &today, data);
  show_tiles (self, &today, data);
  show_drafts (self, &today, data->drafts);
  show_due (self, &today, data->due);
  show_device (self);
  gtk_stack_set_visible_child_name (self->stack, "main");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (McOverviewPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McOverviewData) data = mc_overview_data_load_finish (result, &error);

  mc_page_end_work (MC_PAGE (self));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (data)
    {
      g_clear_pointer (&self->data, mc_overview_data_free);
      self->data = g_steal_pointer (&data);
      show_data (self);
      return;
    }
  g_object_set (self->failed, "detail", error->message, NULL);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
load (McOverviewPage *self)
{
  McStore *store = mc_page_get_store (MC_PAGE (self));
  McSession *session = mc_page_get_session (MC_PAGE (self));
  g_autofree char *day = NULL;
  GDate today;

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!store)
    return;
  self->cancellable = g_cancellable_new ();
  mc_session_get_today (session, &today);
  day = mc_iso_date_format (&today);
  mc_page_begin_work (MC_PAGE (self));
  mc_overview_data_load_async (store, gtk_toggle_button_get_active (self->mine_button) ? mc_session_get_inspector (session) : NULL, day,
                               self->cancellable, loaded_cb, g_object_ref (self));
}

static void
row_activated_cb (McOverviewPage *self, McOverviewRow *row)
{
  if (mc_overview_row_get_id (row))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", mc_overview_row_get_entity (row), mc_overview_row_get_id (row));
}

/* What goes first when there is less room: the second column, then the tiles' places in one row, then the button beside the day. */
static void
em_width_cb (McOverviewPage *self)
{
  guint ems = mc_page_get_em_width (MC_PAGE (self));
  GtkWidget *tiles[] = { GTK_WIDGET (self->drafts_tile), GTK_WIDGET (self->due_tile), GTK_WIDGET (self->unchecked_tile), GTK_WIDGET (self->places_tile) };
  int columns = ems >= 56 ? 4 : ems >= 30 ? 2 : 1;
  GtkLayoutManager *grid = gtk_widget_get_layout_manager (GTK_WIDGET (self->tiles));

  if (ems == 0)
    return;
  if (self->home)
    mc_elder_home_set_em_width (self->home, ems);
  for (int i = 0; i < (int) G_N_ELEMENTS (tiles); i++)
    g_object_set (gtk_layout_manager_get_layout_child (grid, tiles[i]), "column", i % columns, "row", i / columns, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), ems >= 56 ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (GTK_BOX (self->columns), ems >= 56);
  gtk_widget_set_valign (self->right, ems >= 56 ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head), ems >= 34 ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
}

static void
mc_overview_page_store_changed (McPage *page, McStore *store)
{
  McOverviewPage *self = MC_OVERVIEW_PAGE (page);

  gtk_widget_set_sensitive (GTK_WIDGET (self->mine_button), mc_session_get_inspector (mc_page_get_session (page)) != NULL);
  gtk_widget_set_visible (self->new_button, !mc_page_is_read_only (page));
  load (self);
}

static void
mc_overview_page_appearance_changed (McPage *page)
{
  McOverviewPage *self = MC_OVERVIEW_PAGE (page);

  gboolean at_home = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "home") == 0;

  if (self->data && at_home != mc_session_get_elder (mc_page_get_session (page)))
    show_data (self);
}

static void
mc_overview_page_records_changed (McPage *page, const McChangeSet *changes)
{
  load (MC_OVERVIEW_PAGE (page));
}

static void
mc_overview_page_dispose (GObject *object)
{
  McOverviewPage *self = MC_OVERVIEW_PAGE (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->data, mc_overview_data_free);
  self->home = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_OVERVIEW_PAGE);

  G_OBJECT_CLASS (mc_overview_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (MC_TYPE_EMPTY);
  g_type_ensure (MC_TYPE_TILE);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/app/mc-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, failed);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, head);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, day_label);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, tiles);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, drafts_tile);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, due_tile);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, unchecked_tile);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, places_tile);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, columns);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, left);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, right);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, draft_list);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, device_list);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, mine_button);
  gtk_widget_class_bind_template_child (widget_class, McOverviewPage, due_list);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
mc_overview_page_class_init (McOverviewPageClass *klass)
{
  McPageClass *page_class = MC_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_overview_page_dispose;
  page_class->store_changed = mc_overview_page_store_changed;
  page_class->records_changed = mc_overview_page_records_changed;
  page_class->appearance_changed = mc_overview_page_appearance_changed;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
mc_overview_page_init (McOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->due_list, due_header_cb, NULL, NULL);
  g_signal_connect (self, "notify::em-width", G_CALLBACK (em_width_cb), NULL);
}
