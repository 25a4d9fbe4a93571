/* SPDX-License-Identifier: GPL-3.0-or-later
 * The checks of one facility, newest first, with the button that begins the next one. */
#include "mc-facility-visits.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "inspections/mc-visits.h"
#include "mc-facility-join.h"
#include "store/mc-code-list.h"
#include "widgets/mc-status.h"

/* Checks shown before "show all". */
#define FIRST_VISITS 20

struct _McFacilityVisits
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *box;
  GtkWidget *empty_label;
  GtkListBox *list;
  GtkWidget *all_button;

  /* Owned. */
  McStore *store;
  char *facility;
  GPtrArray *rows;  /* of McVisitRow */
  GArray *rowids;
  GCancellable *cancellable;
  guint busy;
};

G_DEFINE_FINAL_TYPE (McFacilityVisits, mc_facility_visits, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  UPDATED,
  FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_busy (McFacilityVisits *self, int step)
{
  self->busy = (guint) ((int) self->busy + step);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* TRUE: the answer is of no use any more, or was told as a failure. */
static gboolean
failed (McFacilityVisits *self, GError *error)
{
  set_busy (self, -1);
  if (error && self->list && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
  return error || !self->list;
}

/* --- rows ------------------------------------------------------------------------------------------------- */

static gboolean
is_finished (const McVisitRow *visit)
{
  return (visit->state & MC_RECORD_SEALED) != 0;
}

static GtkWidget *
states_new (const McVisitRow *visit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  if (!is_finished (visit))
    gtk_box_append (GTK_BOX (box), mc_status_new (MC_STATUS_BUSY, _("Under way")));
  else
    gtk_box_append (GTK_BOX (box), mc_status_new (MC_STATUS_LOCKED, visit->result ? mc_code_label ("result-code", visit->result) : _("Finalised")));
  if (is_finished (visit) && visit->open_findings > 0)
    {
      g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u open finding", "%u open findings", visit->open_findings), visit->open_findings);

      gtk_box_append (GTK_BOX (box), mc_status_new (MC_STATUS_ERROR, text));
    }
  return box;
}

static GtkWidget *
row_new (McFacilityVisits *self, const McVisitRow *visit)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf ("%s · %s", visit->checked_on, mc_code_label ("visit-type", visit->type));
  g_autoptr (GString) subtitle = g_string_new (NULL);

  g_string_append_printf (subtitle, _("Lead: %s · %s"), visit->lead_name ? visit->lead_name : "", visit->standard_title ? visit->standard_title : "");
  if (g_strcmp0 (visit->facility, self->facility) != 0)
    {
      g_string_append_c (subtitle, '\n');
      g_string_append_printf (subtitle, _("entered for: %s"), visit->facility_name ? visit->facility_name : "");
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle->str);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), states_new (visit));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
activated_cb (McFacilityVisits *self, GtkListBoxRow *row)
{
  int index = gtk_list_box_row_get_index (row);
  const McVisitRow *visit = self->rows && index >= 0 && index < (int) self->rows->len ? self->rows->pdata[index] : NULL;

  if (visit)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", "visit", visit->id);
}

static void
show (McFacilityVisits *self)
{
  guint n = self->rows ? self->rows->len : 0;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list, row_new (self, self->rows->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (self->empty_label, n == 0);
  gtk_widget_set_visible (self->all_button, self->rowids && self->rowids->len > n);
  g_signal_emit (self, signals[UPDATED], 0);
}

/* --- reading ---------------------------------------------------------------------------------------------- */

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityVisits) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = mc_visits_load_rows_finish (result, &error);

  if (failed (self, error))
    {
      g_clear_pointer (&rows, g_ptr_array_unref);
      return;
    }
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = rows;
  show (self);
}

static void
read_rows (McFacilityVisits *self, guint n)
{
  set_busy (self, 1);
  mc_visits_load_rows_async (self->store, (const gint64 *) (gpointer) self->rowids->data, n, self->cancellable, rows_cb, g_object_ref (self));
}

static void
all_cb (McFacilityVisits *self)
{
  read_rows (self, self->rowids->len);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityVisits) self = data;
  g_autoptr (GError) error = NULL;
  GArray *rowids = mc_visits_list_finish (result, &error);

  if (failed (self, error))
    {
      g_clear_pointer (&rowids, g_array_unref);
      return;
    }
  g_clear_pointer (&self->rowids, g_array_unref);
  self->rowids = rowids;
  read_rows (self, MIN (rowids->len, FIRST_VISITS));
}

static void
cancel (McFacilityVisits *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* --- the class -------------------------------------------------------------------------------------------- */

static void
mc_facility_visits_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY: g_value_set_boolean (value, MC_FACILITY_VISITS (object)->busy > 0); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_facility_visits_dispose (GObject *object)
{
  McFacilityVisits *self = MC_FACILITY_VISITS (object);

  cancel (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_FACILITY_VISITS);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (mc_facility_visits_parent_class)->dispose (object);
}

static void
mc_facility_visits_finalize (GObject *object)
{
  McFacilityVisits *self = MC_FACILITY_VISITS (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->rowids, g_array_unref);
  g_free (self->facility);

  G_OBJECT_CLASS (mc_facility_visits_parent_class)->finalize (object);
}

static void
mc_facility_visits_class_init (McFacilityVisitsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_facility_visits_get_property;
  object_class->dispose = mc_facility_visits_dispose;
  object_class->finalize = mc_facility_visits_finalize;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[UPDATED] = g_signal_new ("updated", MC_TYPE_FACILITY_VISITS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", MC_TYPE_FACILITY_VISITS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-facility-visits.ui");
  gtk_widget_class_bind_template_child (widget_class, McFacilityVisits, box);
  gtk_widget_class_bind_template_child (widget_class, McFacilityVisits, empty_label);
  gtk_widget_class_bind_template_child (widget_class, McFacilityVisits, list);
  gtk_widget_class_bind_template_child (widget_class, McFacilityVisits, all_button);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_facility_visits_init (McFacilityVisits *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mc_facility_visits_load (McFacilityVisits *self, McStore *store, const char *facility, GPtrArray *joined)
{
  g_autoptr (GString) ids = g_string_new (facility);
  McVisitQuery query = { .kind = MC_VISIT_LIST_ALL };

  g_return_if_fail (MC_IS_FACILITY_VISITS (self));

  cancel (self);
  g_set_object (&self->store, store);
  if (g_strcmp0 (self->facility, facility) != 0)
    {
      g_clear_pointer (&self->rows, g_ptr_array_unref);
      g_free (self->facility);
      self->facility = g_strdup (facility);
    }
  if (!store || !facility)
    return;
  for (guint i = 0; joined && i < joined->len; i++)
    g_string_append_printf (ids, "\n%s", ((const McFacilityTie *) joined->pdata[i])->id);
  query.facility = ids->str;
  self->cancellable = g_cancellable_new ();
  set_busy (self, 1);
  mc_visits_list_async (store, &query, self->cancellable, listed_cb, g_object_ref (self));
}

guint
mc_facility_visits_get_n_open_findings (McFacilityVisits *self)
{
  guint n = 0;

  g_return_val_if_fail (MC_IS_FACILITY_VISITS (self), 0);

  for (guint i = 0; self->rows && i < self->rows->len; i++)
    n += is_finished (self->rows->pdata[i]) ? ((const McVisitRow *) self->rows->pdata[i])->open_findings : 0;
  return n;
}
