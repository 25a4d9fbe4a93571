/* SPDX-License-Identifier: GPL-3.0-or-later
 * The items of a visit, as a list or one at a time. */
#include "mc-checklist.h"

#include <glib/gi18n.h>

/* Rows that are built before the first frame: so many before the one that gets the focus, and so many in all. */
#define ROWS_BEFORE 4
#define ROWS_FIRST 12

/* So long rows are built without a break, in µs: well below one frame. */
#define SLICE (6 * G_TIME_SPAN_MILLISECOND)

/* The place of a row is known after two frames: widths and heights settle. */
#define FRAMES_TO_SETTLE 3

/* What a row is taken to be high before it is built, in px. */
#define ROW_HEIGHT 58

struct _McChecklist
{
  GtkWidget parent_instance;

  /* Borrowed */
  GtkListBox *list; /* the child */
  GPtrArray *rows;  /* of McItemRow; the array is owned */

  /* Owned */
  McStandard *standard;
  McVisit *visit;
  McPhotoBook *photos; /* or NULL */
  McItemLook look;
  gboolean editable;
  gboolean only_problems;
  guint current;
  guint fill_source;
  guint tick;
  guint settling; /* so many frames on the current row's place is not known yet */
  GtkAdjustment *watched; /* of the window it scrolls in */
};

G_DEFINE_FINAL_TYPE (McChecklist, mc_checklist, GTK_TYPE_WIDGET)

enum
{
  PROP_BUSY = 1,
  N_PROPS
};

enum
{
  ANSWERED,
  NOTE_CHANGED,
  FINDING_CHANGED,
  CURRENT_CHANGED,
  ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static McItemRow *
row_at (McChecklist *self, guint index)
{
  return g_ptr_array_index (self->rows, index);
}

static gboolean
is_large (McChecklist *self)
{
  return self->look.layout == MC_ITEM_LARGE;
}

static GtkAdjustment *
get_adjustment (McChecklist *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  return scroller ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)) : NULL;
}

static gboolean
is_problem (McChecklist *self, guint index)
{
  const McItem *item = mc_item_row_get_item (row_at (self, index));

  return self->visit && mc_standard_read_answer (self->standard, item, mc_visit_get_value (self->visit, item->code)) == MC_ANSWER_NONCONFORM;
}

/* --- which rows are shown ---------------------------------------------------------------------------------- */

static gboolean
is_shown (McChecklist *self, guint index)
{
  if (is_large (self))
    return index == self->current;
  return !self->only_problems || is_problem (self, index);
}

static gboolean
filter_func (GtkListBoxRow *row, gpointer data)
{
  int index = gtk_list_box_row_get_index (row);

  return index < 0 || (guint) index >= MC_CHECKLIST (data)->rows->len || is_shown (data, (guint) index);
}

static void
section_header_func (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  McChecklist *self = data;
  guint n;
  const McSection *sections = mc_standard_get_sections (self->standard, &n);
  guint section = mc_item_row_get_item (MC_ITEM_ROW (row))->section;
  g_autofree char *title = NULL;
  GtkWidget *label;

  if (is_large (self) || (before && mc_item_row_get_item (MC_ITEM_ROW (before))->section == section))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) || section >= n)
    return;
  title = g_strdup_printf ("%s  %s", sections[section].code, sections[section].title);
  label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "mc-section-heading");
  gtk_list_box_row_set_header (row, label);
}

/* The rows of a section are one card: its first and its last row have the round corners. */
static void
round_cards (McChecklist *self)
{
  McItemRow *before = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      McItemRow *row = row_at (self, i);
      gboolean first;

      if (!is_shown (self, i))
        continue;
      first = !before || mc_item_row_get_item (before)->section != mc_item_row_get_item (row)->section;
      if (before)
        mc_item_row_set_last (before, first);
      mc_item_row_set_first (row, first);
      before = row;
    }
  if (before)
    mc_item_row_set_last (before, TRUE);
}

static void
choose_rows (McChecklist *self)
{
  if (is_large (self) && self->current < self->rows->len)
    mc_item_row_set_far (row_at (self, self->current), FALSE);
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
  round_cards (self);
}

/* --- building rows ----------------------------------------------------------------------------------------- */

static int
measure_row (McChecklist *self, McItemRow *row)
{
  int height = 0, width = gtk_widget_get_width (GTK_WIDGET (self->list));

  if (width > 0)
    gtk_widget_measure (GTK_WIDGET (row), GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static void
build (McItemRow *row)
{
  if (mc_item_row_is_built (row))
    return;
  mc_item_row_build (row);
  gtk_widget_set_size_request (GTK_WIDGET (row), -1, -1);
}

/* What is in sight stays where it is, though something above it becomes higher. */
static void
keep_place (McChecklist *self, int grown)
{
  GtkAdjustment *adjustment = self->watched;

  if (adjustment && grown != 0)
    gtk_adjustment_configure (adjustment, gtk_adjustment_get_value (adjustment) + grown, 0, gtk_adjustment_get_upper (adjustment) + grown,
                              gtk_adjustment_get_step_increment (adjustment), gtk_adjustment_get_page_increment (adjustment),
                              gtk_adjustment_get_page_size (adjustment));
}

/* Where one looks, in the list's own px. FALSE: nothing has a place yet. */
static gboolean
get_sight (McChecklist *self, double *top, double *bottom)
{
  GtkAdjustment *adjustment = self->watched;
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  graphene_point_t origin = GRAPHENE_POINT_INIT (0, 0);

  if (!adjustment || !viewport || gtk_widget_get_height (GTK_WIDGET (self->list)) == 0
      || !gtk_widget_compute_point (viewport, GTK_WIDGET (self->list), &origin, &origin))
    return FALSE;
  *top = (double) origin.y;
  *bottom = *top + gtk_adjustment_get_page_size (adjustment);
  return TRUE;
}

/* The row to build next: one that is in sight or, up and down, a page from it; NULL: none is missing. @above: it lies above what one sees. */
static McItemRow *
next_to_build (McChecklist *self, gboolean *above)
{
  double top, bottom, page;

  if (is_large (self) || !get_sight (self, &top, &bottom))
    return NULL;
  page = bottom - top;
  for (guint i = 0; i < self->rows->len; i++)
    {
      McItemRow *row = row_at (self, i);
      GtkAllocation place;

      if (mc_item_row_is_built (row) || !gtk_widget_get_child_visible (GTK_WIDGET (row)))
        continue;
      gtk_widget_get_allocation (GTK_WIDGET (row), &place);
      if (place.y + place.height <= top - page || place.y >= bottom + page)
        continue;
      *above = place.y < top;
      return row;
    }
  return NULL;
}

static gboolean
fill_cb (gpointer data)
{
  McChecklist *self = data;
  gint64 end = g_get_monotonic_time () + SLICE;
  int grown = 0;

  while (g_get_monotonic_time () < end)
    {
      gboolean above = FALSE;
      McItemRow *row = next_to_build (self, &above);
      int before = above ? measure_row (self, row) : 0;

      if (!row)
        {
          self->fill_source = 0;
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
          break;
        }
      build (row);
      grown += above ? measure_row (self, row) - before : 0;
    }
  keep_place (self, grown);
  return self->fill_source ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
stop_filling (McChecklist *self)
{
  if (!self->fill_source)
    return;
  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* One item at a time needs no other one. */
static void
start_filling (McChecklist *self)
{
  if (self->fill_source || is_large (self) || self->rows->len == 0)
    return;
  self->fill_source = g_idle_add (fill_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* What comes into sight is there at once; what is far from it is not drawn. The row with the focus stays. */
static void
look_around (McChecklist *self)
{
  double top, bottom, page;
  gboolean missing = FALSE;

  if (is_large (self) || !get_sight (self, &top, &bottom))
    return;
  page = bottom - top;
  for (guint i = 0; i < self->rows->len; i++)
    {
      McItemRow *row = row_at (self, i);
      GtkAllocation place;
      double y;
      gboolean near;

      if (!gtk_widget_get_child_visible (GTK_WIDGET (row)))
        continue;
      gtk_widget_get_allocation (GTK_WIDGET (row), &place);
      y = place.y;
      near = y + place.height > top - page && y < bottom + page;
      if (y + place.height > top && y < bottom)
        build (row);
      missing = missing || (near && !mc_item_row_is_built (row));
      mc_item_row_set_far (row, !near && i != self->current);
    }
  if (missing)
    start_filling (self);
}

static void
build_around (McChecklist *self, guint index)
{
  guint first = index > ROWS_BEFORE ? index - ROWS_BEFORE : 0;

  if (is_large (self))
    {
      build (row_at (self, index));
      return;
    }
  for (guint i = first; i < MIN (first + ROWS_FIRST, self->rows->len); i++)
    build (row_at (self, i));
}

/* --- the place of the current item ------------------------------------------------------------------------- */

/* The top of a large row, as it may be higher than the page. In the same frame as the places are given, so that nothing is seen to jump. */
static void
show_current (McChecklist *self)
{
  GtkAdjustment *adjustment = self->watched;
  graphene_rect_t bounds;
  double above;

  if (self->current >= self->rows->len || !self->watched
      || !gtk_widget_compute_bounds (GTK_WIDGET (row_at (self, self->current)), gtk_widget_get_parent (GTK_WIDGET (self)), &bounds))
    return;
  if (is_large (self))
    {
      gtk_adjustment_set_value (adjustment, 0);
      return;
    }
  above = gtk_adjustment_get_page_size (adjustment) / 3;
  gtk_adjustment_clamp_page (adjustment, MAX (0, (double) bounds.origin.y - above), (double) (bounds.origin.y + bounds.size.height));
}

/* Before the next layout: in the midst of one no row may be built. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  McChecklist *self = MC_CHECKLIST (widget);

  look_around (self);
  if (self->settling > 0)
    self->settling--;
  if (self->settling > 0)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
look_soon (McChecklist *self)
{
  if (!self->tick)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
start_settling (McChecklist *self)
{
  self->settling = FRAMES_TO_SETTLE;
  look_soon (self);
}

static void
stop_settling (McChecklist *self)
{
  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  self->settling = 0;
}

static void
changed_cb (McChecklist *self)
{
  if (self->settling > 0)
    show_current (self);
  look_soon (self);
}

/* The window it scrolls in is known once it has a root. */
static void
mc_checklist_root (GtkWidget *widget)
{
  McChecklist *self = MC_CHECKLIST (widget);

  GTK_WIDGET_CLASS (mc_checklist_parent_class)->root (widget);
  g_set_object (&self->watched, get_adjustment (self));
  if (!self->watched)
    return;
  g_signal_connect_object (self->watched, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watched, "value-changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
}

static void
mc_checklist_unroot (GtkWidget *widget)
{
  McChecklist *self = MC_CHECKLIST (widget);

  if (self->watched)
    g_signal_handlers_disconnect_by_data (self->watched, self);
  g_clear_object (&self->watched);
  GTK_WIDGET_CLASS (mc_checklist_parent_class)->unroot (widget);
}

static void
set_current (McChecklist *self, guint index)
{
  if (self->current == index)
    return;
  self->current = index;
  if (is_large (self))
    choose_rows (self);
  g_signal_emit (self, signals[CURRENT_CHANGED], 0);
}

static void
focus_item (McChecklist *self, guint index)
{
  build (row_at (self, index));
  mc_item_row_set_far (row_at (self, index), FALSE);
  set_current (self, index);
  if (is_large (self))
    start_settling (self);
  gtk_widget_grab_focus (GTK_WIDGET (row_at (self, index)));
}

/* @by items on, among those that can be seen. */
static void
step (McChecklist *self, guint from, int by)
{
  for (int i = (int) from + by; i >= 0 && i < (int) self->rows->len; i += by)
    if (is_large (self) || is_shown (self, (guint) i))
      {
        focus_item (self, (guint) i);
        return;
      }
  gtk_widget_grab_focus (GTK_WIDGET (row_at (self, from)));
  if (by > 0)
    g_signal_emit (self, signals[ENDED], 0);
}

/* --- callbacks of the rows --------------------------------------------------------------------------------- */

static guint
index_of (McItemRow *row)
{
  return (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
}

static void
answered_cb (McChecklist *self, const char *value, gboolean go_on, McItemRow *row)
{
  gboolean taken = FALSE;

  g_signal_emit (self, signals[ANSWERED], 0, mc_item_row_get_item (row)->code, value, &taken);
  if (go_on && taken)
    step (self, index_of (row), 1);
}

static void
note_changed_cb (McChecklist *self, const char *note, McItemRow *row)
{
  g_signal_emit (self, signals[NOTE_CHANGED], 0, mc_item_row_get_item (row)->code, note);
}

static void
finding_changed_cb (McChecklist *self, const char *key, McValue *value, McItemRow *row)
{
  g_signal_emit (self, signals[FINDING_CHANGED], 0, mc_item_row_get_item (row)->code, key, value);
}

static void
step_cb (McChecklist *self, int by, McItemRow *row)
{
  step (self, index_of (row), by);
}

static void
entered_cb (McChecklist *self, McItemRow *row)
{
  if (is_large (self))
    return;
  build (row);
  mc_item_row_set_far (row, FALSE);
  set_current (self, index_of (row));
}

/* Its signals end with it, and it ends before the list: a closure that watches the list would cost each row a walk over those of all others. */
static void
add_row (McChecklist *self, const McItem *item, McVisit *previous)
{
  GtkWidget *row = mc_item_row_new (self->standard, item, previous);

  mc_item_row_set_look (MC_ITEM_ROW (row), &self->look);
  mc_item_row_set_photos (MC_ITEM_ROW (row), self->photos);
  gtk_widget_set_size_request (row, -1, ROW_HEIGHT);
  g_signal_connect_swapped (row, "answered", G_CALLBACK (answered_cb), self);
  g_signal_connect_swapped (row, "note-changed", G_CALLBACK (note_changed_cb), self);
  g_signal_connect_swapped (row, "finding-changed", G_CALLBACK (finding_changed_cb), self);
  g_signal_connect_swapped (row, "step", G_CALLBACK (step_cb), self);
  g_signal_connect_swapped (row, "entered", G_CALLBACK (entered_cb), self);
  g_ptr_array_add (self->rows, row);
  gtk_list_box_append (self->list, row);
}

/* --- widget ------------------------------------------------------------------------------------------------ */

static void
clear (McChecklist *self)
{
  stop_filling (self);
  stop_settling (self);
  /* From the end: a first row that goes makes another one the first, and changes the style of all. */
  for (guint i = self->rows->len; i > 0; i--)
    gtk_list_box_remove (self->list, g_ptr_array_index (self->rows, i - 1));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->visit, mc_visit_unref);
  g_clear_pointer (&self->standard, mc_standard_unref);
}

static void
mc_checklist_dispose (GObject *object)
{
  McChecklist *self = MC_CHECKLIST (object);

  if (self->list)
    {
      clear (self); /* while the header function still has a standard to look at */
      gtk_widget_unparent (GTK_WIDGET (self->list));
    }
  self->list = NULL;
  g_clear_object (&self->photos);
  G_OBJECT_CLASS (mc_checklist_parent_class)->dispose (object);
}

static void
mc_checklist_finalize (GObject *object)
{
  g_ptr_array_unref (MC_CHECKLIST (object)->rows);
  G_OBJECT_CLASS (mc_checklist_parent_class)->finalize (object);
}

static void
mc_checklist_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_BUSY)
    g_value_set_boolean (value, MC_CHECKLIST (object)->fill_source != 0);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mc_checklist_class_init (McChecklistClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = mc_checklist_dispose;
  object_class->finalize = mc_checklist_finalize;
  object_class->get_property = mc_checklist_get_property;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ANSWERED] = g_signal_new ("answered", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL,
                                    G_TYPE_BOOLEAN, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[NOTE_CHANGED] = g_signal_new ("note-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[FINDING_CHANGED] = g_signal_new ("finding-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_POINTER);
  signals[CURRENT_CHANGED] = g_signal_new ("current-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  GTK_WIDGET_CLASS (klass)->root = mc_checklist_root;
  GTK_WIDGET_CLASS (klass)->unroot = mc_checklist_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_checklist_init (McChecklist *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->rows = g_ptr_array_new ();
  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->list, filter_func, self, NULL);
  gtk_list_box_set_header_func (self->list, section_header_func, self, NULL);
  gtk_widget_add_css_class (list, "mc-items");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Items"), -1);
  gtk_widget_set_parent (list, GTK_WIDGET (self));
}

/* The longest code and the longest answer give the columns their widths. */
static void
measure_columns (McChecklist *self, gboolean previous)
{
  guint n_items, n_answers;
  const McItem *items = mc_standard_get_items (self->standard, &n_items);
  const McAnswerLabel *answers = mc_standard_get_answers (self->standard, &n_answers);

  self->look.code_chars = 3;
  for (guint i = 0; i < n_items; i++)
    self->look.code_chars = MAX (self->look.code_chars, (guint) g_utf8_strlen (items[i].code, -1));
  self->look.previous_chars = 0;
  for (guint i = 0; previous && i < n_answers; i++)
    self->look.previous_chars = MAX (self->look.previous_chars, (guint) g_utf8_strlen (answers[i].label, -1) + 3); /* and an icon */
}

void
mc_checklist_set_standard (McChecklist *self, McStandard *standard, McVisit *previous)
{
  const McItem *items;
  guint n;

  clear (self);
  self->current = 0;
  self->only_problems = FALSE;
  if (!standard)
    return;
  self->standard = mc_standard_ref (standard);
  items = mc_standard_get_items (standard, &n);
  measure_columns (self, previous != NULL);
  for (guint i = 0; i < n; i++)
    add_row (self, &items[i], previous);
  round_cards (self);
}

void
mc_checklist_update (McChecklist *self, McVisit *visit, McVisit *saved, gboolean editable)
{
  g_autoptr (McVisit) before = g_steal_pointer (&self->visit);

  self->visit = mc_visit_ref (visit);
  self->editable = editable;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *code = mc_item_row_get_item (row_at (self, i))->code;
      gboolean is_saved = g_strcmp0 (mc_visit_get_value (visit, code), mc_visit_get_value (saved, code)) == 0;

      mc_item_row_update (row_at (self, i), visit, editable, is_saved);
    }
  if (self->only_problems)
    choose_rows (self);
}

void
mc_checklist_set_photos (McChecklist *self, McPhotoBook *photos)
{
  g_set_object (&self->photos, photos);
  for (guint i = 0; i < self->rows->len; i++)
    mc_item_row_set_photos (row_at (self, i), photos);
}

void
mc_checklist_refresh (McChecklist *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    mc_item_row_refresh (row_at (self, i));
}

void
mc_checklist_set_look (McChecklist *self, McItemLayout layout, gboolean plain)
{
  gboolean was_large = is_large (self);

  if (self->look.layout == layout && self->look.plain == plain)
    return;
  self->look.layout = layout;
  self->look.plain = plain;
  if (is_large (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->list), "mc-large");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->list), "mc-large");
  for (guint i = 0; i < self->rows->len; i++)
    mc_item_row_set_look (row_at (self, i), &self->look);
  if (was_large == is_large (self) || self->rows->len == 0)
    return;
  if (is_large (self))
    stop_filling (self);
  choose_rows (self);
  build_around (self, self->current);
  start_settling (self);
}

void
mc_checklist_set_only_problems (McChecklist *self, gboolean only_problems)
{
  self->only_problems = only_problems;
  if (self->standard)
    choose_rows (self);
}

guint
mc_checklist_get_current (McChecklist *self)
{
  return self->current;
}

guint
mc_checklist_get_n_items (McChecklist *self)
{
  return self->rows->len;
}

const McItem *
mc_checklist_get_item (McChecklist *self, guint index)
{
  return mc_item_row_get_item (row_at (self, index));
}

int
mc_checklist_find_unanswered (McChecklist *self)
{
  for (guint i = 0; self->visit && i < self->rows->len; i++)
    if (!mc_visit_get_value (self->visit, mc_item_row_get_item (row_at (self, i))->code))
      return (int) i;
  return -1;
}

int
mc_checklist_find_problem (McChecklist *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (is_problem (self, i))
      return (int) i;
  return -1;
}

void
mc_checklist_go_to (McChecklist *self, guint index)
{
  if (index >= self->rows->len)
    return;
  build_around (self, index);
  focus_item (self, index);
  start_settling (self);
}

void
mc_checklist_open_note (McChecklist *self)
{
  if (self->current < self->rows->len && self->editable)
    mc_item_row_open_note (row_at (self, self->current));
}

void
mc_checklist_flush (McChecklist *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    mc_item_row_flush (row_at (self, i));
}
