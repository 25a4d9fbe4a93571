/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shows the photos of a check one by one, as large as the screen, with caption, stage and item. */
#include "mc-photo-viewer.h"

#include <glib/gi18n.h>

#include "mc-photo-chooser.h"
#include "store/mc-code-list.h"
#include "widgets/mc-wrap-box.h"

struct _McPhotoViewer
{
  GtkWindow parent_instance;

  /* Borrowed */
  GtkPicture *picture;
  GtkLabel *place_label;
  GtkLabel *item_label;
  GtkWidget *previous_button;
  GtkWidget *next_button;
  GtkEditable *caption;
  GtkDropDown *stage;
  GtkWidget *item_button;
  GtkWidget *withdraw_button;

  /* Owned */
  McPhotoBook *book;
  char *id;
  guint index;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (McPhotoViewer, mc_photo_viewer, GTK_TYPE_WINDOW)

/* --- what is shown ------------------------------------------------------------------------------------------- */

static void
show_stage (McPhotoViewer *self, const McRecord *photo)
{
  const McCode *const *codes = mc_code_list ("photo-stage");

  for (guint i = 0; codes[i]; i++)
    if (g_strcmp0 (codes[i]->code, mc_record_get_text (photo, "stage")) == 0)
      gtk_drop_down_set_selected (self->stage, i);
}

static gboolean
is_typing (McPhotoViewer *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self->caption)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
show_words (McPhotoViewer *self, const McRecord *photo, guint n)
{
  g_autofree char *time = mc_photo_describe_time (photo);
  g_autofree char *place = g_strdup_printf (_("Photo %u of %u, %s"), self->index + 1, n, time);
  g_autofree char *item = mc_photo_book_describe_item (self->book, mc_record_get_text (photo, "item"));
  const char *caption = mc_record_get_text (photo, "caption");
  gboolean editable = mc_photo_book_get_editable (self->book);

  gtk_label_set_label (self->place_label, place);
  gtk_label_set_label (self->item_label, item);
  if (!is_typing (self))
    gtk_editable_set_text (self->caption, caption ? caption : "");
  show_stage (self, photo);
  gtk_editable_set_editable (self->caption, editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stage), editable);
  gtk_widget_set_visible (self->item_button, editable);
  gtk_widget_set_visible (self->withdraw_button, editable);
  gtk_widget_set_sensitive (self->previous_button, self->index > 0);
  gtk_widget_set_sensitive (self->next_button, self->index + 1 < n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, caption && *caption ? caption : item, -1);
}

/* Shows the photo at @index; none left: closes. */
static void
show_at (McPhotoViewer *self, guint index)
{
  GPtrArray *photos = mc_photo_book_get_photos (self->book);
  const McRecord *photo;

  if (photos->len == 0)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  self->index = MIN (index, photos->len - 1);
  photo = g_ptr_array_index (photos, self->index);
  self->updating = TRUE;
  if (g_strcmp0 (self->id, mc_record_get_id (photo)) != 0)
    {
      g_free (self->id);
      self->id = g_strdup (mc_record_get_id (photo));
      mc_photo_book_show (self->book, photo, 2560, self->picture);
    }
  show_words (self, photo, photos->len);
  self->updating = FALSE;
}

static int
find_id (McPhotoViewer *self, const char *id)
{
  GPtrArray *photos = mc_photo_book_get_photos (self->book);

  for (guint i = 0; i < photos->len; i++)
    if (g_strcmp0 (mc_record_get_id (g_ptr_array_index (photos, i)), id) == 0)
      return (int) i;
  return -1;
}

static void
book_changed_cb (McPhotoViewer *self)
{
  int index = find_id (self, self->id);

  show_at (self, index >= 0 ? (guint) index : self->index);
}

/* --- edits --------------------------------------------------------------------------------------------------- */

static void
save_caption (McPhotoViewer *self)
{
  const McRecord *photo = mc_photo_book_find (self->book, self->id);
  const char *typed = gtk_editable_get_text (self->caption);
  const char *caption = photo ? mc_record_get_text (photo, "caption") : NULL;

  if (photo && g_strcmp0 (typed, caption ? caption : "") != 0)
    mc_photo_book_edit (self->book, GTK_WIDGET (self), MC_PHOTO_CAPTION, self->id, typed);
}

static void
caption_done_cb (McPhotoViewer *self)
{
  if (!self->updating)
    save_caption (self);
}

static void
stage_selected_cb (McPhotoViewer *self)
{
  guint selected = gtk_drop_down_get_selected (self->stage);

  if (!self->updating && selected != GTK_INVALID_LIST_POSITION)
    mc_photo_book_edit (self->book, GTK_WIDGET (self), MC_PHOTO_STAGE, self->id, mc_code_list ("photo-stage")[selected]->code);
}

static void
item_chosen_cb (GtkWidget *widget, const char *item, gpointer data)
{
  McPhotoViewer *self = MC_PHOTO_VIEWER (widget);

  mc_photo_book_edit (self->book, widget, MC_PHOTO_MOVE, self->id, item);
}

static void
item_clicked_cb (McPhotoViewer *self)
{
  const McRecord *photo = mc_photo_book_find (self->book, self->id);

  if (photo)
    mc_photo_chooser_popup (GTK_WIDGET (self), self->item_button, self->book, mc_record_get_text (photo, "item"), item_chosen_cb, NULL);
}

static void
withdraw_clicked_cb (McPhotoViewer *self)
{
  mc_photo_book_withdraw (self->book, GTK_WIDGET (self), self->id);
}

static void
step (McPhotoViewer *self, int by)
{
  guint n = mc_photo_book_get_photos (self->book)->len;

  save_caption (self);
  if ((by < 0 && self->index > 0) || (by > 0 && self->index + 1 < n))
    show_at (self, self->index + (guint) by);
}

static void
previous_clicked_cb (McPhotoViewer *self)
{
  step (self, -1);
}

static void
next_clicked_cb (McPhotoViewer *self)
{
  step (self, 1);
}

static gboolean
is_in_text (McPhotoViewer *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  return focus && (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus));
}

/* In the bubble phase: what a text or a list wants of these keys it has had. */
static gboolean
key_pressed_cb (McPhotoViewer *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval == GDK_KEY_Escape)
    {
      gtk_window_close (GTK_WINDOW (self));
      return GDK_EVENT_STOP;
    }
  if (is_in_text (self) || (keyval != GDK_KEY_Left && keyval != GDK_KEY_Right))
    return GDK_EVENT_PROPAGATE;
  step (self, keyval == GDK_KEY_Left ? -1 : 1);
  return GDK_EVENT_STOP;
}

static gboolean
close_request_cb (McPhotoViewer *self)
{
  save_caption (self);
  return GDK_EVENT_PROPAGATE;
}

/* --- widget -------------------------------------------------------------------------------------------------- */

static GtkLabel *
label_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return GTK_LABEL (label);
}

static GtkWidget *
button_new (McPhotoViewer *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_entry (McPhotoViewer *self)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->caption = GTK_EDITABLE (entry);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Caption: what the photo shows"));
  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_NO_EMOJI);
  gtk_editable_set_width_chars (self->caption, 24);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Caption"), -1);
  g_signal_connect_object (entry, "activate", G_CALLBACK (caption_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (caption_done_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static GtkWidget *
make_stage (McPhotoViewer *self)
{
  const McCode *const *codes = mc_code_list ("photo-stage");
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget *stage;

  for (guint i = 0; codes[i]; i++)
    gtk_string_list_append (labels, codes[i]->label);
  stage = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  self->stage = GTK_DROP_DOWN (stage);
  gtk_accessible_update_property (GTK_ACCESSIBLE (stage), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Shows"), -1);
  g_signal_connect_object (stage, "notify::selected", G_CALLBACK (stage_selected_cb), self, G_CONNECT_SWAPPED);
  return stage;
}

static GtkWidget *
make_bar (McPhotoViewer *self)
{
  GtkWidget *bar = mc_wrap_box_new (12, 8), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->place_label = label_new ("heading");
  self->item_label = label_new ("caption");
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->place_label));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->item_label));
  self->previous_button = button_new (self, _("Previous photo"), G_CALLBACK (previous_clicked_cb));
  self->next_button = button_new (self, _("Next photo"), G_CALLBACK (next_clicked_cb));
  self->item_button = button_new (self, _("Put to an item…"), G_CALLBACK (item_clicked_cb));
  self->withdraw_button = button_new (self, _("Take out…"), G_CALLBACK (withdraw_clicked_cb));
  mc_wrap_box_append (MC_WRAP_BOX (bar), words);
  mc_wrap_box_append (MC_WRAP_BOX (bar), make_entry (self));
  mc_wrap_box_append (MC_WRAP_BOX (bar), make_stage (self));
  mc_wrap_box_append (MC_WRAP_BOX (bar), self->item_button);
  mc_wrap_box_append (MC_WRAP_BOX (bar), self->withdraw_button);
  mc_wrap_box_append (MC_WRAP_BOX (bar), self->previous_button);
  mc_wrap_box_append (MC_WRAP_BOX (bar), self->next_button);
  mc_wrap_box_append (MC_WRAP_BOX (bar), button_new (self, _("Close"), G_CALLBACK (gtk_window_close)));
  gtk_widget_add_css_class (bar, "mc-action-bar");
  return bar;
}

static void
mc_photo_viewer_dispose (GObject *object)
{
  g_clear_object (&MC_PHOTO_VIEWER (object)->book);
  G_OBJECT_CLASS (mc_photo_viewer_parent_class)->dispose (object);
}

static void
mc_photo_viewer_finalize (GObject *object)
{
  g_free (MC_PHOTO_VIEWER (object)->id);
  G_OBJECT_CLASS (mc_photo_viewer_parent_class)->finalize (object);
}

static void
mc_photo_viewer_class_init (McPhotoViewerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_photo_viewer_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_photo_viewer_finalize;
}

static void
mc_photo_viewer_init (McPhotoViewer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *picture = gtk_picture_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->picture = GTK_PICTURE (picture);
  gtk_picture_set_can_shrink (self->picture, TRUE);
  gtk_widget_set_vexpand (picture, TRUE);
  gtk_widget_add_css_class (picture, "mc-photo-large");
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), make_bar (self));
  gtk_window_set_child (GTK_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Photos"));
  gtk_window_set_default_size (GTK_WINDOW (self), 1200, 720);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

GtkWidget *
mc_photo_viewer_open (GtkWidget *widget, McPhotoBook *book, const char *id)
{
  McPhotoViewer *self = g_object_new (MC_TYPE_PHOTO_VIEWER, NULL);
  GtkRoot *root = gtk_widget_get_root (widget);
  int index;

  self->book = g_object_ref (book);
  if (GTK_IS_WINDOW (root))
    {
      gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
      gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
    }
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  index = find_id (self, id);
  show_at (self, index >= 0 ? (guint) index : 0);
  g_signal_connect_object (book, "changed", G_CALLBACK (book_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_fullscreen (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->next_button);
  return GTK_WIDGET (self);
}
