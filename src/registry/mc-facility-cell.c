/* SPDX-License-Identifier: GPL-3.0-or-later
 * A cell of the list of facilities: follows the row of its item. */
#include "mc-facility-cell.h"

#include <glib/gi18n.h>

#include "mc-facility-index.h"
#include "mc-risk-badge.h"
#include "store/mc-code-list.h"
#include "widgets/mc-format.h"
#include "widgets/mc-list-view.h"

struct _McFacilityCell
{
  GtkWidget parent_instance;

  /* Children. */
  GtkWidget *content;
  GtkWidget *sample;   /* of names that need it */
  GtkWidget *conflict; /* likewise */

  McFacilityColumn column;
  gboolean with_kind;
  char *search;
  GtkListItem *list_item; /* borrowed while bound */
  McFacilityItem *item;   /* owned while bound */
};

G_DEFINE_FINAL_TYPE (McFacilityCell, mc_facility_cell, GTK_TYPE_WIDGET)

static gint64
capacity (const McFacilityRow *row)
{
  return g_strcmp0 (mc_facility_kind_group (row->kind), "childcare") == 0 ? row->childcare_places : row->beds;
}

static void
set_dim (GtkWidget *widget, gboolean dim)
{
  if (dim)
    gtk_widget_add_css_class (widget, "dim-label");
  else
    gtk_widget_remove_css_class (widget, "dim-label");
}

/* Parts of the name that the search found, in bold. */
static PangoAttrList *
bold_matches (const char *name, const char *search)
{
  g_autoptr (GArray) matches = NULL;
  PangoAttrList *attributes;

  if (!search || !*search)
    return NULL;
  matches = mc_facility_index_find_matches (name, search);
  if (!matches || matches->len < 2)
    return NULL;
  attributes = pango_attr_list_new ();
  for (guint i = 0; i + 1 < matches->len; i += 2)
    {
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = g_array_index (matches, guint, i);
      bold->end_index = g_array_index (matches, guint, i + 1);
      pango_attr_list_insert (attributes, bold);
    }
  return attributes;
}

static GtkWidget *
sample_tag_new (void)
{
  GtkWidget *tag = gtk_label_new (_("sample"));

  gtk_widget_add_css_class (tag, "mc-tag");
  gtk_widget_add_css_class (tag, "caption");
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  return tag;
}

static GtkWidget *
conflict_mark_new (void)
{
  GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (mark, "mc-warning");
  gtk_widget_set_tooltip_text (mark, _("Two edits disagree"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Two edits disagree"), -1);
  return mark;
}

/* Made for the first row that needs it: most never do. */
static void
show_mark (McFacilityCell *self, GtkWidget **mark, GtkWidget *(*make) (void), GtkWidget *after, gboolean shown)
{
  if (shown && !*mark)
    {
      *mark = make ();
      gtk_widget_insert_after (*mark, GTK_WIDGET (self), after);
    }
  if (*mark)
    gtk_widget_set_visible (*mark, shown);
}

static void
show_name (McFacilityCell *self, const McFacilityRow *row)
{
  GtkLabel *label = GTK_LABEL (self->content);
  PangoAttrList *attributes = bold_matches (row->name, self->search);
  g_autofree char *description = mc_facility_row_describe (row);

  gtk_label_set_label (label, row->name);
  gtk_label_set_attributes (label, attributes);
  g_clear_pointer (&attributes, pango_attr_list_unref);
  show_mark (self, &self->sample, sample_tag_new, self->content, mc_facility_row_is_sample (row, "name"));
  show_mark (self, &self->conflict, conflict_mark_new, self->sample ? self->sample : self->content, (row->state & MC_RECORD_CONFLICT) != 0);
  mc_list_view_name_row (self->list_item, description);
}

static void
show_text (GtkWidget *label, const char *text, gboolean dim)
{
  gtk_label_set_label (GTK_LABEL (label), text);
  set_dim (label, dim);
}

static void
show_row (McFacilityCell *self, const McFacilityRow *row)
{
  g_autofree char *text = NULL;

  switch (self->column)
    {
    case MC_FACILITY_COLUMN_NAME:
      show_name (self, row);
      break;
    case MC_FACILITY_COLUMN_KIND:
      show_text (self->content, mc_code_short_label ("facility-kind", row->kind), FALSE);
      break;
    case MC_FACILITY_COLUMN_AREA:
      show_text (self->content, row->area_path, FALSE);
      break;
    case MC_FACILITY_COLUMN_CAPACITY:
      text = mc_facility_row_capacity_text (row);
      show_text (self->content, text, capacity (row) == MC_NO_NUMBER);
      break;
    case MC_FACILITY_COLUMN_RISK:
      mc_risk_badge_set (MC_RISK_BADGE (self->content), row->credit_risk_class);
      break;
    case MC_FACILITY_COLUMN_LAST_CHECKED:
      show_text (self->content, row->last_checked_on ? row->last_checked_on : _("never checked"), row->last_checked_on == NULL);
      break;
    case MC_FACILITY_COLUMN_GRADE:
      show_text (self->content, row->grade ? mc_code_short_label ("grade", row->grade) : _("not rated"), row->grade == NULL);
      break;
    default:
      g_return_if_reached ();
    }
}

static void
clear_row (McFacilityCell *self)
{
  if (self->column == MC_FACILITY_COLUMN_RISK)
    gtk_widget_set_visible (self->content, FALSE);
  else
    gtk_label_set_label (GTK_LABEL (self->content), "");
}

static void
row_cb (McFacilityCell *self)
{
  McFacilityRow *row = mc_facility_item_get_row (self->item);

  if (row)
    show_row (self, row);
  else
    clear_row (self);
}

static GtkWidget *
content_new (McFacilityColumn column)
{
  GtkWidget *label;

  if (column == MC_FACILITY_COLUMN_RISK)
    return mc_risk_badge_new ();
  label = g_object_new (GTK_TYPE_LABEL, "xalign", column == MC_FACILITY_COLUMN_CAPACITY ? 1.0 : 0.0, NULL);
  if (column == MC_FACILITY_COLUMN_NAME || column == MC_FACILITY_COLUMN_KIND || column == MC_FACILITY_COLUMN_AREA)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "mc-name");
    }
  else
    gtk_widget_add_css_class (label, "numeric");
  return label;
}

/* GTK 4.8 asks the X server where the pointer is, and waits, for every tooltip that is set: thousands of times for a list. */
static gboolean
mc_facility_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = mc_facility_cell_make_tooltip (MC_FACILITY_CELL (widget));

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
mc_facility_cell_dispose (GObject *object)
{
  McFacilityCell *self = MC_FACILITY_CELL (object);

  mc_facility_cell_unbind (self);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->sample, gtk_widget_unparent);
  g_clear_pointer (&self->conflict, gtk_widget_unparent);

  G_OBJECT_CLASS (mc_facility_cell_parent_class)->dispose (object);
}

static void
mc_facility_cell_class_init (McFacilityCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_facility_cell_dispose;
  GTK_WIDGET_CLASS (klass)->query_tooltip = mc_facility_cell_query_tooltip;
}

static void
mc_facility_cell_init (McFacilityCell *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
mc_facility_cell_new (McFacilityColumn column)
{
  McFacilityCell *self = g_object_new (MC_TYPE_FACILITY_CELL, NULL);
  GtkLayoutManager *layout = column == MC_FACILITY_COLUMN_NAME ? gtk_box_layout_new (GTK_ORIENTATION_HORIZONTAL) : gtk_bin_layout_new ();

  if (column == MC_FACILITY_COLUMN_NAME)
    gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_set_layout_manager (GTK_WIDGET (self), layout);
  self->column = column;
  self->content = content_new (column);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
mc_facility_cell_bind (McFacilityCell *self, GtkListItem *list_item, const char *search, gboolean with_kind)
{
  g_return_if_fail (MC_IS_FACILITY_CELL (self) && GTK_IS_LIST_ITEM (list_item));

  mc_facility_cell_unbind (self);
  self->list_item = list_item;
  self->item = g_object_ref (gtk_list_item_get_item (list_item));
  self->search = g_strdup (search);
  self->with_kind = with_kind;
  g_signal_connect_object (self->item, "notify::row", G_CALLBACK (row_cb), self, G_CONNECT_SWAPPED);
  row_cb (self);
}

void
mc_facility_cell_unbind (McFacilityCell *self)
{
  g_return_if_fail (MC_IS_FACILITY_CELL (self));

  if (self->item)
    g_signal_handlers_disconnect_by_func (self->item, row_cb, self);
  g_clear_object (&self->item);
  g_clear_pointer (&self->search, g_free);
  self->list_item = NULL;
}

char *
mc_facility_cell_make_tooltip (McFacilityCell *self)
{
  const McFacilityRow *row = self->item ? mc_facility_item_get_row (self->item) : NULL;

  g_return_val_if_fail (MC_IS_FACILITY_CELL (self), NULL);

  if (!row)
    return NULL;
  if (self->column == MC_FACILITY_COLUMN_NAME && self->with_kind)
    return g_strdup_printf (_("%s (%s)"), row->name, mc_code_label ("facility-kind", row->kind));
  if (self->column == MC_FACILITY_COLUMN_NAME)
    return g_strdup (row->name);
  if (self->column == MC_FACILITY_COLUMN_KIND)
    return g_strdup (mc_code_label ("facility-kind", row->kind));
  if (self->column == MC_FACILITY_COLUMN_AREA)
    return g_strdup (row->area_path);
  if (self->column == MC_FACILITY_COLUMN_RISK && mc_facility_row_is_sample (row, "credit_risk_class"))
    return g_strdup (_("A sample, not a real class"));
  return NULL;
}

char *
mc_facility_row_capacity_text (const McFacilityRow *row)
{
  const char *group = mc_facility_kind_group (row->kind);
  gint64 number = capacity (row);
  g_autofree char *count = number == MC_NO_NUMBER ? NULL : mc_format_count (number);

  if (!count)
    return g_strdup (_("not entered"));
  /* Translators: beds, places */
  return g_strdup_printf (g_strcmp0 (group, "childcare") == 0 ? _("%s places") : _("%s beds"), count);
}

char *
mc_facility_row_describe (const McFacilityRow *row)
{
  g_autofree char *capacity = mc_facility_row_capacity_text (row);

  return g_strdup_printf (_("%s, %s, %s, %s"), row->name, mc_code_label ("facility-kind", row->kind), row->area_path, capacity);
}
