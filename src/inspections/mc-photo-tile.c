/* SPDX-License-Identifier: GPL-3.0-or-later
 * One photo, small: pressed it is shown large; keys and its menu sort it to an item or take it out. */
#include "mc-photo-tile.h"

#include <glib/gi18n.h>

#include "mc-photo-chooser.h"
#include "store/mc-code-list.h"

/* In px; twice as many are read, for screens that show more. */
#define WIDTH 152
#define HEIGHT 114

struct _McPhotoTile
{
  GtkWidget parent_instance;

  /* Borrowed */
  GtkWidget *box; /* the child */
  GtkWidget *button;
  GtkPicture *picture;
  GtkLabel *time_label;
  GtkLabel *caption_label;
  GtkWidget *sort_button;
  GtkWidget *withdraw_button;
  GtkWidget *buttons;

  /* Owned */
  McPhotoBook *book;
  char *id;
  char *blob;
  char *item;
};

G_DEFINE_FINAL_TYPE (McPhotoTile, mc_photo_tile, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
opened_cb (McPhotoTile *self)
{
  g_signal_emit (self, signals[OPENED], 0);
}

static void
chosen_cb (GtkWidget *widget, const char *item, gpointer data)
{
  McPhotoTile *self = MC_PHOTO_TILE (widget);

  if (g_strcmp0 (item, self->item) == 0)
    return;
  mc_photo_book_edit (self->book, widget, MC_PHOTO_MOVE, self->id, item);
}

static gboolean
sort_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  McPhotoTile *self = data;

  if (mc_photo_book_get_editable (self->book))
    mc_photo_chooser_popup (GTK_WIDGET (self), self->button, self->book, self->item, chosen_cb, NULL);
  return TRUE;
}

static void
sort_clicked_cb (McPhotoTile *self)
{
  sort_cb (NULL, NULL, self);
}

static gboolean
withdraw_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  McPhotoTile *self = data;

  mc_photo_book_withdraw (self->book, GTK_WIDGET (self), self->id);
  return TRUE;
}

static void
withdraw_clicked_cb (McPhotoTile *self)
{
  withdraw_cb (NULL, NULL, self);
}

/* --- widget -------------------------------------------------------------------------------------------------- */

static void
add_shortcut (GtkEventController *controller, McPhotoTile *self, const char *trigger, GtkShortcutFunc func)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_callback_action_new (func, self, NULL)));
}

static GtkWidget *
add_button (McPhotoTile *self, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->buttons), button);
  return button;
}

static GtkLabel *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 1);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "mc-name");
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
add_picture (McPhotoTile *self)
{
  GtkWidget *picture = gtk_picture_new (), *frame = gtk_overlay_new (), *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->picture = GTK_PICTURE (picture);
  gtk_picture_set_content_fit (self->picture, GTK_CONTENT_FIT_COVER);
  gtk_picture_set_can_shrink (self->picture, TRUE);
  /* A picture asks for the height that belongs to its width; all tiles are alike, whatever they show. */
  gtk_widget_set_size_request (space, WIDTH, HEIGHT);
  gtk_overlay_set_child (GTK_OVERLAY (frame), space);
  gtk_overlay_add_overlay (GTK_OVERLAY (frame), picture);
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (frame, "mc-photo");
  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "mc-photo-button");
  gtk_button_set_child (GTK_BUTTON (self->button), frame);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->button);
}

static void
mc_photo_tile_dispose (GObject *object)
{
  McPhotoTile *self = MC_PHOTO_TILE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (mc_photo_tile_parent_class)->dispose (object);
}

static void
mc_photo_tile_finalize (GObject *object)
{
  McPhotoTile *self = MC_PHOTO_TILE (object);

  g_free (self->id);
  g_free (self->blob);
  g_free (self->item);
  G_OBJECT_CLASS (mc_photo_tile_parent_class)->finalize (object);
}

static gboolean
mc_photo_tile_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MC_PHOTO_TILE (widget)->button);
}

static void
mc_photo_tile_class_init (McPhotoTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_photo_tile_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_photo_tile_finalize;
  widget_class->grab_focus = mc_photo_tile_grab_focus;
  signals[OPENED] = g_signal_new ("opened", MC_TYPE_PHOTO_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_photo_tile_init (McPhotoTile *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  add_picture (self);
  self->time_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->time_label, 0);
  gtk_label_set_wrap (self->time_label, TRUE);
  gtk_label_set_max_width_chars (self->time_label, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->time_label), "caption");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->time_label));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  self->caption_label = add_label (texts, "caption");
  self->sort_button = add_button (self, "folder-symbolic", _("Put this photo to an item (Ctrl+Enter)"), G_CALLBACK (sort_clicked_cb));
  self->withdraw_button = add_button (self, "user-trash-symbolic", _("Take this photo out of the check (Delete)"), G_CALLBACK (withdraw_clicked_cb));
  gtk_widget_set_valign (self->buttons, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), self->buttons);
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_shortcut (controller, self, "<Control>Return|<Control>KP_Enter", sort_cb);
  add_shortcut (controller, self, "Delete|KP_Delete", withdraw_cb);
  gtk_widget_add_controller (self->button, controller);
}

static void
show_texts (McPhotoTile *self, const McRecord *photo)
{
  const char *caption = mc_record_get_text (photo, "caption"), *stage = mc_record_get_text (photo, "stage");
  gboolean staged = stage && g_strcmp0 (stage, "evidence") != 0;
  g_autofree char *time = mc_photo_describe_time (photo);
  g_autofree char *below = g_strconcat (staged ? mc_code_label ("photo-stage", stage) : "", staged && caption ? "  " : "", caption ? caption : "", NULL);
  g_autofree char *item = mc_photo_book_describe_item (self->book, self->item);
  g_autofree char *name = g_strdup_printf (_("Photo, %s, %s"), time, *below ? below : item);

  gtk_label_set_label (self->time_label, time);
  gtk_label_set_label (self->caption_label, below);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->caption_label), *below ? below : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->caption_label), *below != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkWidget *
mc_photo_tile_new (McPhotoBook *book, const McRecord *photo)
{
  McPhotoTile *self = g_object_new (MC_TYPE_PHOTO_TILE, NULL);

  self->book = g_object_ref (book);
  self->id = g_strdup (mc_record_get_id (photo));
  mc_photo_tile_update (self, photo);
  return GTK_WIDGET (self);
}

const char *
mc_photo_tile_get_id (McPhotoTile *self)
{
  return self->id;
}

void
mc_photo_tile_update (McPhotoTile *self, const McRecord *photo)
{
  const char *blob = mc_record_get_text (photo, "blob");

  g_free (self->item);
  self->item = g_strdup (mc_record_get_text (photo, "item"));
  show_texts (self, photo);
  gtk_widget_set_visible (self->buttons, mc_photo_book_get_editable (self->book));
  if (g_strcmp0 (blob, self->blob) == 0)
    return;
  g_free (self->blob);
  self->blob = g_strdup (blob);
  mc_photo_book_show (self->book, photo, 2 * WIDTH, self->picture);
}
