/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first run: area, authority, name and role, and whether to begin with the sample roster. */
#include "mc-first-run.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mc-first-run-work.h"
#include "store/mc-code-list.h"
#include "widgets/mc-pane.h"
#include "widgets/mc-question.h"
#include "widgets/mc-wrap-box.h"

/* The sample roster lies in Jiaxing: who works elsewhere has none of its areas. */
#define SAMPLE_AREA "3304"

struct _McFirstRun
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *body;
  AdwClamp *clamp;
  AdwComboRow *city_row;
  AdwComboRow *county_row;
  AdwComboRow *township_row;
  AdwComboRow *kind_row;
  AdwEntryRow *authority_row;
  AdwEntryRow *name_row;
  AdwComboRow *role_row;
  GtkWidget *samples_row;
  GtkSwitch *samples_switch;
  GtkLabel *status_label;
  GtkSpinner *spinner;
  GtkWidget *start_button;

  /* Owned. */
  char *path;
  McStore *store;
  GPtrArray *cities;    /* of const McArea: the rows of each list, without "the whole …" */
  GPtrArray *counties;
  GPtrArray *townships;
  char *suggested;      /* the name we put in; a name that the person typed is left alone */
  gboolean filling;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (McFirstRun, mc_first_run, GTK_TYPE_WIDGET)

enum
{
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Shows @areas in @row, after the entry @whole (NULL: none) that stands for the area above. */
static void
fill_row (AdwComboRow *row, GPtrArray *areas, const char *whole)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (whole)
    gtk_string_list_append (names, whole);
  for (guint i = 0; i < areas->len; i++)
    gtk_string_list_append (names, ((const McArea *) areas->pdata[i])->name);
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
}

/* NULL: the entry for the whole area above. */
static const McArea *
chosen (AdwComboRow *row, GPtrArray *areas)
{
  guint selected = adw_combo_row_get_selected (row);

  return areas && selected != GTK_INVALID_LIST_POSITION && selected > 0 && selected <= areas->len ? areas->pdata[selected - 1] : NULL;
}

static const McArea *
chosen_city (McFirstRun *self)
{
  guint selected = adw_combo_row_get_selected (self->city_row);

  return self->cities && selected < self->cities->len ? self->cities->pdata[selected] : NULL;
}

static const McArea *
chosen_area (McFirstRun *self)
{
  const McArea *township = chosen (self->township_row, self->townships);
  const McArea *county = chosen (self->county_row, self->counties);

  return township ? township : county ? county : chosen_city (self);
}

static const char *
chosen_code (AdwComboRow *row, const char *list)
{
  const McCode *const *codes = mc_code_list (list);
  guint selected = adw_combo_row_get_selected (row);

  for (guint i = 0; codes[i]; i++)
    if (i == selected)
      return codes[i]->code;
  return NULL;
}

static void
fill_codes (AdwComboRow *row, const char *list)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const McCode *const *codes = mc_code_list (list);

  for (guint i = 0; codes[i]; i++)
    gtk_string_list_append (labels, codes[i]->label);
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
}

static gboolean
is_blank (AdwEntryRow *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  return *text == '\0';
}

const char *
mc_first_run_get_missing (McFirstRun *self)
{
  g_return_val_if_fail (MC_IS_FIRST_RUN (self), NULL);

  if (is_blank (self->authority_row))
    return _("The full name of the authority is missing");
  if (is_blank (self->name_row))
    return _("Your name is missing");
  return NULL;
}

/* Zones have no code of their own: they count by the division they lie in. */
static gboolean
may_have_samples (McFirstRun *self)
{
  const McArea *area = chosen_area (self);

  while (area && !area->code)
    area = area->division;
  return area && g_str_has_prefix (area->code, SAMPLE_AREA);
}

static void
update (McFirstRun *self)
{
  const char *missing = mc_first_run_get_missing (self);

  gtk_widget_set_sensitive (self->samples_row, may_have_samples (self));

  gtk_widget_set_sensitive (self->start_button, !missing && !self->busy);
  gtk_label_set_label (self->status_label, self->busy ? _("Setting up…") : missing ? missing : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), self->busy || missing);
  gtk_spinner_set_spinning (self->spinner, self->busy);
}

static void
changed_cb (McFirstRun *self)
{
  update (self);
}

/* Puts the usual name of the authority in, unless the person typed another one. */
static void
suggest_name (McFirstRun *self)
{
  const McArea *area = chosen_area (self);
  const char *kind = chosen_code (self->kind_row, "authority-kind"), *typed = gtk_editable_get_text (GTK_EDITABLE (self->authority_row));

  if (!area || !kind || (*typed && g_strcmp0 (typed, self->suggested) != 0))
    return;
  g_free (self->suggested);
  self->suggested = mc_authority_suggest_name (kind, area);
  gtk_editable_set_text (GTK_EDITABLE (self->authority_row), self->suggested ? self->suggested : "");
}

static void
area_cb (McFirstRun *self)
{
  if (self->filling)
    return;
  suggest_name (self);
  update (self);
}

static void
county_cb (McFirstRun *self)
{
  const McArea *county = chosen (self->county_row, self->counties);
  gboolean filling = self->filling;

  if (filling)
    return;
  self->filling = TRUE;
  g_clear_pointer (&self->townships, g_ptr_array_unref);
  self->townships = county ? mc_area_tree_get_children (mc_area_tree_get_builtin (), county) : g_ptr_array_new ();
  fill_row (self->township_row, self->townships, county ? _("The whole county") : _("The whole city"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->township_row), county != NULL);
  self->filling = FALSE;
  area_cb (self);
}

static void
city_cb (McFirstRun *self)
{
  const McArea *city;

  if (self->filling || !self->cities || !(city = chosen_city (self)))
    return;
  self->filling = TRUE;
  g_clear_pointer (&self->counties, g_ptr_array_unref);
  self->counties = mc_area_tree_get_children (mc_area_tree_get_builtin (), city);
  fill_row (self->county_row, self->counties, _("The whole city"));
  self->filling = FALSE;
  county_cb (self);
}

/* The cities of the provinces that the program brings. */
static void
fill_cities (McFirstRun *self)
{
  McAreaTree *tree = mc_area_tree_get_builtin ();

  self->cities = g_ptr_array_new ();
  for (guint i = 0; i < mc_area_tree_get_n_areas (tree); i++)
    {
      const McArea *area = mc_area_tree_get (tree, i);

      if (strcmp (area->level, "city") == 0)
        g_ptr_array_add (self->cities, (gpointer) area);
    }
  self->filling = TRUE;
  fill_row (self->city_row, self->cities, NULL);
  self->filling = FALSE;
  city_cb (self);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFirstRun) self = data;
  g_autoptr (GError) error = NULL, sample_error = NULL;
  McStore *store = mc_first_run_work_finish (result, &sample_error, &error);

  self->busy = FALSE;
  update (self);
  if (!store)
    {
      mc_question_show_error (GTK_WIDGET (self), _("The first run was not finished"), error);
      return;
    }
  g_clear_object (&self->store);
  self->store = store;
  g_signal_emit (self, signals[FINISHED], 0);
  if (sample_error)
    mc_question_show_error (GTK_WIDGET (self), _("The sample roster was not brought in"), sample_error);
}

static void
start_cb (McFirstRun *self)
{
  const McArea *area = chosen_area (self);
  const McSetupOptions options = {
    .area_code = area ? (area->code ? area->code : area->id) : NULL,
    .authority_name = gtk_editable_get_text (GTK_EDITABLE (self->authority_row)),
    .authority_kind = chosen_code (self->kind_row, "authority-kind"),
    .user_name = gtk_editable_get_text (GTK_EDITABLE (self->name_row)),
    .role = chosen_code (self->role_row, "role"),
  };

  if (self->busy || mc_first_run_get_missing (self))
    return;
  self->busy = TRUE;
  update (self);
  mc_first_run_work_async (self->path, self->store, &options, gtk_switch_get_active (self->samples_switch) && may_have_samples (self), NULL, done_cb, g_object_ref (self));
}

static void
mc_first_run_map (GtkWidget *widget)
{
  McFirstRun *self = MC_FIRST_RUN (widget);

  GTK_WIDGET_CLASS (mc_first_run_parent_class)->map (widget);
  if (!self->cities)
    {
      self->filling = TRUE;
      fill_codes (self->kind_row, "authority-kind");
      fill_codes (self->role_row, "role");
      fill_cities (self);
    }
}

static void
mc_first_run_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mc_first_run_parent_class)->css_changed (widget, change);
  adw_clamp_set_maximum_size (MC_FIRST_RUN (widget)->clamp, (int) (52 * mc_widget_get_em (widget)));
}

static void
mc_first_run_dispose (GObject *object)
{
  McFirstRun *self = MC_FIRST_RUN (object);

  self->filling = TRUE; /* the rows lose their models while they go */
  g_clear_pointer (&self->body, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_FIRST_RUN);
  g_clear_object (&self->store);
  g_clear_pointer (&self->cities, g_ptr_array_unref);
  g_clear_pointer (&self->counties, g_ptr_array_unref);
  g_clear_pointer (&self->townships, g_ptr_array_unref);
  g_clear_pointer (&self->suggested, g_free);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (mc_first_run_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/app/mc-first-run.ui");
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, body);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, clamp);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, city_row);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, county_row);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, township_row);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, kind_row);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, authority_row);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, name_row);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, role_row);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, samples_row);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, samples_switch);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, status_label);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, spinner);
  gtk_widget_class_bind_template_child (widget_class, McFirstRun, start_button);
  gtk_widget_class_bind_template_callback (widget_class, city_cb);
  gtk_widget_class_bind_template_callback (widget_class, county_cb);
  gtk_widget_class_bind_template_callback (widget_class, area_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
}

static void
mc_first_run_class_init (McFirstRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_first_run_dispose;
  widget_class->map = mc_first_run_map;
  widget_class->css_changed = mc_first_run_css_changed;
  signals[FINISHED] = g_signal_new ("finished", MC_TYPE_FIRST_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
mc_first_run_init (McFirstRun *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mc_first_run_set_path (McFirstRun *self, const char *path)
{
  g_return_if_fail (MC_IS_FIRST_RUN (self));

  g_free (self->path);
  self->path = g_strdup (path);
}

void
mc_first_run_set_store (McFirstRun *self, McStore *store)
{
  g_return_if_fail (MC_IS_FIRST_RUN (self));

  g_set_object (&self->store, store);
}

McStore *
mc_first_run_get_store (McFirstRun *self)
{
  g_return_val_if_fail (MC_IS_FIRST_RUN (self), NULL);

  return self->store;
}

gboolean
mc_first_run_get_busy (McFirstRun *self)
{
  g_return_val_if_fail (MC_IS_FIRST_RUN (self), FALSE);

  return self->busy;
}
