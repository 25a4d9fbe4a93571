/* SPDX-License-Identifier: GPL-3.0-or-later
 * The columns of the list of facilities: their widths, their order, and which of them fit. */
#include "mc-facility-columns.h"

#include <glib/gi18n.h>

#include "mc-facility-cell.h"

/* The widths hold what is usual, and every kind in its short form; names of areas may be longer and are ellipsized then. */
static const struct
{
  const char *title;
  McFacilitySort sort;
  double ems;
  guint rank; /* the highest leaves first */
} looks[MC_FACILITY_N_COLUMNS] = {
  [MC_FACILITY_COLUMN_NAME] = { N_("Name"), MC_FACILITY_SORT_NAME, 13, 0 },
  [MC_FACILITY_COLUMN_KIND] = { N_("Kind"), MC_FACILITY_SORT_KIND, 6.4, 6 },
  [MC_FACILITY_COLUMN_AREA] = { N_("Area"), MC_FACILITY_SORT_AREA, 8.4, 1 },
  [MC_FACILITY_COLUMN_CAPACITY] = { N_("Beds or places"), MC_FACILITY_SORT_CAPACITY, 6.8, 4 },
  [MC_FACILITY_COLUMN_RISK] = { N_("Credit risk"), MC_FACILITY_SORT_RISK, 5.8, 2 },
  [MC_FACILITY_COLUMN_LAST_CHECKED] = { N_("Last check"), MC_FACILITY_SORT_LAST_CHECKED, 6.8, 3 },
  [MC_FACILITY_COLUMN_GRADE] = { N_("Grade"), MC_FACILITY_SORT_GRADE, 5.6, 5 },
};

/* What the cells' padding adds to each column. */
#define CELL_PADDING 12

typedef struct
{
  McFacilityColumns *owner; /* borrowed */
  McFacilityColumn column;
} Handle;

struct _McFacilityColumns
{
  GObject parent_instance;

  GtkColumnView *view; /* borrowed: it outlives us */
  GtkColumnViewColumn *columns[MC_FACILITY_N_COLUMNS];
  Handle handles[MC_FACILITY_N_COLUMNS];
  char *search;
  int asked; /* by which column the view's sorter compared first; −1: none */
};

G_DEFINE_FINAL_TYPE (McFacilityColumns, mc_facility_columns, G_TYPE_OBJECT)

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, Handle *handle)
{
  gtk_list_item_set_child (list_item, mc_facility_cell_new (handle->column));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, Handle *handle)
{
  McFacilityColumns *self = handle->owner;

  mc_facility_cell_bind (MC_FACILITY_CELL (gtk_list_item_get_child (list_item)), list_item, self->search,
                         !gtk_column_view_column_get_visible (self->columns[MC_FACILITY_COLUMN_KIND]));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, Handle *handle)
{
  mc_facility_cell_unbind (MC_FACILITY_CELL (gtk_list_item_get_child (list_item)));
}

/* The database sorts. The header's sorter is only asked which column it begins with: GTK 4.8 has no other way to learn it. */
static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  Handle *handle = data;

  if (handle->owner->asked < 0)
    handle->owner->asked = (int) handle->column;
  return GTK_ORDERING_SMALLER;
}

static void
mc_facility_columns_finalize (GObject *object)
{
  McFacilityColumns *self = MC_FACILITY_COLUMNS (object);

  for (guint i = 0; i < MC_FACILITY_N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_free (self->search);

  G_OBJECT_CLASS (mc_facility_columns_parent_class)->finalize (object);
}

static void
mc_facility_columns_class_init (McFacilityColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_facility_columns_finalize;
}

static void
mc_facility_columns_init (McFacilityColumns *self)
{
}

static GtkColumnViewColumn *
column_new (McFacilityColumns *self, McFacilityColumn column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = NULL;
  GtkColumnViewColumn *made;
  Handle *handle = &self->handles[column];

  handle->owner = self;
  handle->column = column;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), handle);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), handle);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), handle);
  made = gtk_column_view_column_new (_(looks[column].title), factory);
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, handle, NULL));
  gtk_column_view_column_set_sorter (made, sorter);
  gtk_column_view_column_set_expand (made, column == MC_FACILITY_COLUMN_NAME);
  return made;
}

McFacilityColumns *
mc_facility_columns_new (GtkColumnView *view)
{
  McFacilityColumns *self = g_object_new (MC_TYPE_FACILITY_COLUMNS, NULL);

  self->view = view;
  for (guint i = 0; i < MC_FACILITY_N_COLUMNS; i++)
    {
      self->columns[i] = column_new (self, (McFacilityColumn) i);
      gtk_column_view_append_column (view, self->columns[i]);
    }
  gtk_column_view_sort_by_column (view, self->columns[MC_FACILITY_COLUMN_AREA], GTK_SORT_ASCENDING);
  return self;
}

void
mc_facility_columns_set_search (McFacilityColumns *self, const char *text)
{
  g_return_if_fail (MC_IS_FACILITY_COLUMNS (self));

  g_free (self->search);
  self->search = g_strdup (text);
}

static int
width_of (guint column, double em)
{
  return (int) (looks[column].ems * em) + CELL_PADDING;
}

void
mc_facility_columns_fit (McFacilityColumns *self, int width, double em)
{
  gboolean fits = TRUE;

  g_return_if_fail (MC_IS_FACILITY_COLUMNS (self));

  for (guint rank = 0; rank < MC_FACILITY_N_COLUMNS; rank++)
    for (guint i = 0; i < MC_FACILITY_N_COLUMNS; i++)
      {
        if (looks[i].rank != rank)
          continue;
        width -= width_of (i, em);
        fits = fits && (rank == 0 || width >= 0);
        gtk_column_view_column_set_visible (self->columns[i], fits);
        /* GTK 4.8 counts the width of hidden columns. */
        if (i != MC_FACILITY_COLUMN_NAME)
          gtk_column_view_column_set_fixed_width (self->columns[i], fits ? width_of (i, em) : 0);
      }
}

void
mc_facility_columns_get_sort (McFacilityColumns *self, McFacilitySort *sort, gboolean *descending)
{
  GtkSorter *sorter;
  GtkOrdering order;

  g_return_if_fail (MC_IS_FACILITY_COLUMNS (self) && sort != NULL && descending != NULL);

  sorter = gtk_column_view_get_sorter (self->view);
  self->asked = -1;
  order = gtk_sorter_compare (sorter, self, self->view);
  *sort = self->asked < 0 ? MC_FACILITY_SORT_AREA : looks[self->asked].sort;
  *descending = self->asked >= 0 && order == GTK_ORDERING_LARGER;
}
