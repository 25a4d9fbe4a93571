/* SPDX-License-Identifier: GPL-3.0-or-later
 * One item of the checklist: its line, and below it note and finding. Nothing is in it until it is built. */
#include "mc-item-row.h"

#include <glib/gi18n.h>

#include "mc-item-details.h"
#include "mc-photo-strip.h"

struct _McItemRow
{
  GtkListBoxRow parent_instance;

  /* Borrowed */
  const McItem *item;
  GtkBox *box; /* the child; NULL until built, as all of it */
  McItemLine *line;
  McItemDetails *details; /* NULL until it is needed */
  GtkWidget *details_line;
  GtkWidget *details_indent;
  GtkWidget *strip;       /* its photos; NULL until there is one, or the note is open */

  /* Owned */
  McStandard *standard;
  McVisit *previous; /* or NULL */
  McVisit *visit;
  McPhotoBook *photos; /* or NULL */
  McItemLook look;
  gboolean editable;
  gboolean saved;
  gboolean note_open;
};

G_DEFINE_FINAL_TYPE (McItemRow, mc_item_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  ANSWERED,
  NOTE_CHANGED,
  FINDING_CHANGED,
  STEP,
  ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* TRUE while the focus is in a text of the row: keys belong to it, and to the input method. */
static gboolean
focus_is_in_text (McItemRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus));
}

static void
set_class (McItemRow *self, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

/* --- note and finding -------------------------------------------------------------------------------------- */

static void
forward_note_cb (McItemRow *self, const char *note)
{
  g_signal_emit (self, signals[NOTE_CHANGED], 0, note);
}

static void
forward_finding_cb (McItemRow *self, const char *key, McValue *value)
{
  g_signal_emit (self, signals[FINDING_CHANGED], 0, key, value);
}

static void
next_item_cb (McItemRow *self)
{
  g_signal_emit (self, signals[STEP], 0, 1);
}

static void
show_details_look (McItemRow *self)
{
  gboolean wide = self->look.layout == MC_ITEM_WIDE;

  gtk_widget_set_visible (self->details_indent, wide);
  gtk_label_set_width_chars (GTK_LABEL (self->details_indent), (int) self->look.code_chars);
  mc_item_details_set_narrow (self->details, !wide);
}

static void
ensure_details (McItemRow *self)
{
  if (self->details)
    return;
  self->details = MC_ITEM_DETAILS (mc_item_details_new (self->item));
  g_signal_connect_object (self->details, "note-changed", G_CALLBACK (forward_note_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "finding-changed", G_CALLBACK (forward_finding_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "next-item", G_CALLBACK (next_item_cb), self, G_CONNECT_SWAPPED);
  self->details_line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->details_indent = gtk_label_new (NULL); /* as wide as the code above it */
  gtk_widget_add_css_class (self->details_indent, "mc-item-code");
  gtk_widget_set_hexpand (GTK_WIDGET (self->details), TRUE);
  gtk_box_append (GTK_BOX (self->details_line), self->details_indent);
  gtk_box_append (GTK_BOX (self->details_line), GTK_WIDGET (self->details));
  gtk_box_insert_child_after (self->box, self->details_line, GTK_WIDGET (self->line));
  show_details_look (self);
}

static void
show_photos (McItemRow *self, gboolean details_open)
{
  g_autoptr (GPtrArray) photos = self->photos ? mc_photo_book_list (self->photos, self->item->code) : NULL;
  gboolean wanted = photos && (photos->len > 0 || (self->editable && (details_open || self->look.layout == MC_ITEM_LARGE)));

  if (wanted && !self->strip)
    {
      self->strip = mc_photo_strip_new (self->photos, self->item->code);
      gtk_box_append (self->box, self->strip);
    }
  if (self->strip)
    gtk_widget_set_visible (self->strip, wanted);
}

/* A note or an open finding shows by itself; an empty note only once it was opened. */
static void
show_details (McItemRow *self)
{
  const McRecord *finding = self->visit ? mc_visit_get_finding (self->visit, self->item->code) : NULL;
  gboolean open = self->note_open || (self->visit && mc_visit_get_note (self->visit, self->item->code))
                  || (finding && mc_finding_is_open (finding));

  if (open)
    ensure_details (self);
  show_photos (self, open);
  if (!self->details)
    return;
  gtk_widget_set_visible (self->details_line, open);
  if (open && self->visit)
    mc_item_details_update (self->details, self->visit, self->editable);
}

/* --- what it shows ----------------------------------------------------------------------------------------- */

static void
show_built (McItemRow *self)
{
  McAnswerButtons *buttons = mc_item_line_get_buttons (self->line);

  mc_answer_buttons_set_value (buttons, self->visit ? mc_visit_get_value (self->visit, self->item->code) : NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (buttons), self->editable);
  show_details (self);
}

static void
show (McItemRow *self)
{
  const char *value = mc_visit_get_value (self->visit, self->item->code);
  g_autofree char *said = NULL;

  set_class (self, "mc-nonconform", mc_standard_read_answer (self->standard, self->item, value) == MC_ANSWER_NONCONFORM);
  said = value ? g_strdup_printf ("%s. %s", mc_standard_answer_label (self->standard, self->item, value), self->saved ? _("Saved") : _("Saving"))
               : g_strdup (_("Not answered"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);
  if (self->box)
    show_built (self);
}

static void
answered_cb (McItemRow *self, const char *value)
{
  gboolean bad = mc_standard_read_answer (self->standard, self->item, value) == MC_ANSWER_NONCONFORM;

  g_signal_emit (self, signals[ANSWERED], 0, value, !bad);
  if (bad)
    mc_item_row_open_note (self);
}

/* --- keys -------------------------------------------------------------------------------------------------- */

/* Where the row is the only one of its list, the arrows go to the one before and to the next. */
static int
step_of (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Page_Up:
      return -1;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
    case GDK_KEY_Page_Down:
      return 1;
    default:
      return 0;
    }
}

static gboolean
on_row_key (McItemRow *self, guint keyval)
{
  int by = self->look.layout == MC_ITEM_LARGE ? step_of (keyval) : 0;

  if (by != 0)
    {
      g_signal_emit (self, signals[STEP], 0, by);
      return GDK_EVENT_STOP;
    }
  if (!self->editable || (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;
  mc_item_row_open_note (self);
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, McItemRow *self)
{
  int index;

  if (focus_is_in_text (self))
    return GDK_EVENT_PROPAGATE;
  index = self->editable && self->box ? mc_answer_key_index (keyval, state) : -1;
  if (index >= 0)
    return mc_answer_buttons_choose (mc_item_line_get_buttons (self->line), (guint) index);
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (self->editable && keyval == GDK_KEY_F2)
    {
      mc_item_row_open_note (self);
      return GDK_EVENT_STOP;
    }
  return gtk_widget_is_focus (GTK_WIDGET (self)) ? on_row_key (self, keyval) : GDK_EVENT_PROPAGATE;
}

/* --- widget ------------------------------------------------------------------------------------------------ */

static void
mc_item_row_state_flags_changed (GtkWidget *widget, GtkStateFlags before)
{
  GtkStateFlags flags = gtk_widget_get_state_flags (widget);

  GTK_WIDGET_CLASS (mc_item_row_parent_class)->state_flags_changed (widget, before);
  if (flags & ~before & GTK_STATE_FLAG_FOCUS_WITHIN)
    g_signal_emit (widget, signals[ENTERED], 0);
}

static void
mc_item_row_dispose (GObject *object)
{
  McItemRow *self = MC_ITEM_ROW (object);

  self->box = NULL;
  self->line = NULL;
  self->details = NULL;
  self->strip = NULL;
  if (self->photos)
    g_signal_handlers_disconnect_by_data (self->photos, self);
  g_clear_object (&self->photos);
  g_clear_pointer (&self->visit, mc_visit_unref);
  g_clear_pointer (&self->previous, mc_visit_unref);
  G_OBJECT_CLASS (mc_item_row_parent_class)->dispose (object);
}

static void
mc_item_row_finalize (GObject *object)
{
  g_clear_pointer (&MC_ITEM_ROW (object)->standard, mc_standard_unref);
  G_OBJECT_CLASS (mc_item_row_parent_class)->finalize (object);
}

static void
mc_item_row_class_init (McItemRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_item_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_item_row_finalize;
  GTK_WIDGET_CLASS (klass)->state_flags_changed = mc_item_row_state_flags_changed;
  signals[ANSWERED] = g_signal_new ("answered", MC_TYPE_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[NOTE_CHANGED] = g_signal_new ("note-changed", MC_TYPE_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FINDING_CHANGED] = g_signal_new ("finding-changed", MC_TYPE_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  signals[STEP] = g_signal_new ("step", MC_TYPE_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[ENTERED] = g_signal_new ("entered", MC_TYPE_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mc_item_row_init (McItemRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "mc-item");
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
mc_item_row_new (McStandard *standard, const McItem *item, McVisit *previous)
{
  McItemRow *self = g_object_new (MC_TYPE_ITEM_ROW, NULL);
  g_autofree char *name = g_strdup_printf ("%s %s", item->code, item->text);

  self->standard = mc_standard_ref (standard);
  self->item = item;
  self->previous = previous ? mc_visit_ref (previous) : NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

const McItem *
mc_item_row_get_item (McItemRow *self)
{
  return self->item;
}

void
mc_item_row_build (McItemRow *self)
{
  McPreviousAnswer answer;

  if (self->box)
    return;
  self->line = MC_ITEM_LINE (mc_item_line_new (self->standard, self->item));
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  gtk_box_append (self->box, GTK_WIDGET (self->line));
  if (self->previous && mc_visit_get_previous_answer (self->previous, self->standard, self->item->code, &answer))
    mc_item_line_set_previous (self->line, &answer);
  mc_item_line_set_look (self->line, &self->look);
  g_signal_connect_object (mc_item_line_get_buttons (self->line), "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  show_built (self);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->box));
}

gboolean
mc_item_row_is_built (McItemRow *self)
{
  return self->box != NULL;
}

void
mc_item_row_set_far (McItemRow *self, gboolean far)
{
  /* What is transparent is not painted, and needs no other place when it comes back. */
  if (self->box)
    gtk_widget_set_opacity (GTK_WIDGET (self->box), far ? 0 : 1);
}

static gboolean
same_records (const McRecord *one, const McRecord *two)
{
  return one == two || (one && two && mc_record_equal_values (one, two));
}

/* What the row shows of both visits is the same. */
static gboolean
same_item (McItemRow *self, const McVisit *one, const McVisit *two)
{
  const char *code = self->item->code;

  return same_records (mc_visit_get_answer (one, code), mc_visit_get_answer (two, code))
         && same_records (mc_visit_get_finding (one, code), mc_visit_get_finding (two, code))
         && g_strcmp0 (mc_record_get_text (mc_visit_get_record (one), "checked_on"), mc_record_get_text (mc_visit_get_record (two), "checked_on")) == 0;
}

void
mc_item_row_update (McItemRow *self, McVisit *visit, gboolean editable, gboolean saved)
{
  g_autoptr (McVisit) before = g_steal_pointer (&self->visit);
  gboolean same = before && self->editable == editable && self->saved == saved && same_item (self, before, visit);

  self->visit = mc_visit_ref (visit);
  self->editable = editable;
  self->saved = saved;
  if (!same)
    show (self);
}

static void
photos_changed_cb (McItemRow *self)
{
  if (self->box)
    show_details (self);
}

void
mc_item_row_set_photos (McItemRow *self, McPhotoBook *photos)
{
  if (self->photos == photos)
    return;
  if (self->photos)
    g_signal_handlers_disconnect_by_data (self->photos, self);
  if (self->strip)
    gtk_box_remove (self->box, self->strip);
  self->strip = NULL;
  g_set_object (&self->photos, photos);
  if (photos)
    g_signal_connect_object (photos, "changed", G_CALLBACK (photos_changed_cb), self, G_CONNECT_SWAPPED);
  photos_changed_cb (self);
}

void
mc_item_row_refresh (McItemRow *self)
{
  if (self->visit)
    show (self);
}

void
mc_item_row_set_look (McItemRow *self, const McItemLook *look)
{
  self->look = *look;
  if (self->line)
    mc_item_line_set_look (self->line, look);
  if (self->details)
    show_details_look (self);
}

void
mc_item_row_set_first (McItemRow *self, gboolean first)
{
  set_class (self, "mc-first", first);
}

void
mc_item_row_set_last (McItemRow *self, gboolean last)
{
  set_class (self, "mc-last", last);
}

void
mc_item_row_open_note (McItemRow *self)
{
  mc_item_row_build (self);
  self->note_open = TRUE;
  show_details (self);
  mc_item_details_focus_note (self->details);
}

void
mc_item_row_flush (McItemRow *self)
{
  if (self->details)
    mc_item_details_flush (self->details);
}
