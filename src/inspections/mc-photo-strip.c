/* SPDX-License-Identifier: GPL-3.0-or-later
 * The photos of an item, or those that are not sorted yet, with the ways to add more: button, drop. */
#include "mc-photo-strip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-photo-tile.h"
#include "mc-photo-viewer.h"
#include "widgets/mc-wrap-box.h"

struct _McPhotoStrip
{
  GtkWidget parent_instance;

  /* Borrowed */
  GtkWidget *box; /* the child */
  GtkLabel *heading;
  GtkLabel *hint;       /* how photos are sorted */
  GtkLabel *first_hint; /* how they come here */
  McWrapBox *tiles;
  GtkWidget *controls;
  GtkWidget *add_button;
  GtkCheckButton *keep_original;
  GtkWidget *progress_box;
  GtkProgressBar *progress;
  GPtrArray *shown; /* of McPhotoTile; the array is owned */

  /* Owned */
  McPhotoBook *book;
  char *item;
};

G_DEFINE_FINAL_TYPE (McPhotoStrip, mc_photo_strip, GTK_TYPE_WIDGET)

static gboolean
keeps_original (McPhotoStrip *self)
{
  return self->keep_original && gtk_check_button_get_active (self->keep_original);
}

/* --- tiles --------------------------------------------------------------------------------------------------- */

static void
opened_cb (McPhotoStrip *self, McPhotoTile *tile)
{
  mc_photo_viewer_open (GTK_WIDGET (self), self->book, mc_photo_tile_get_id (tile));
}

static McPhotoTile *
make_tile (McPhotoStrip *self, const McRecord *photo)
{
  GtkWidget *tile = mc_photo_tile_new (self->book, photo);

  g_signal_connect_object (tile, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  return MC_PHOTO_TILE (tile);
}

/* The tile that shows the photo now; taken out of @old. */
static McPhotoTile *
take_tile (GPtrArray *old, const char *id)
{
  for (guint i = 0; i < old->len; i++)
    if (g_strcmp0 (mc_photo_tile_get_id (g_ptr_array_index (old, i)), id) == 0)
      return g_ptr_array_steal_index (old, i);
  return NULL;
}

static int
find_focus (McPhotoStrip *self)
{
  for (guint i = 0; i < self->shown->len; i++)
    if (gtk_widget_get_state_flags (g_ptr_array_index (self->shown, i)) & GTK_STATE_FLAG_FOCUS_WITHIN)
      return (int) i;
  return -1;
}

/* If the tile with the focus went to another item, the focus goes to the next one. */
static void
show_tiles (McPhotoStrip *self, GPtrArray *photos)
{
  g_autoptr (GPtrArray) old = g_ptr_array_copy (self->shown, NULL, NULL);
  int focus = find_focus (self);

  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < photos->len; i++)
    {
      const McRecord *photo = g_ptr_array_index (photos, i);
      McPhotoTile *tile = take_tile (old, mc_record_get_id (photo));
      GtkWidget *before = i > 0 ? g_ptr_array_index (self->shown, i - 1) : NULL;

      if (tile)
        mc_photo_tile_update (tile, photo);
      else
        tile = make_tile (self, photo);
      gtk_widget_insert_after (GTK_WIDGET (tile), GTK_WIDGET (self->tiles), before);
      g_ptr_array_add (self->shown, tile);
    }
  for (guint i = 0; i < old->len; i++)
    mc_wrap_box_remove (self->tiles, g_ptr_array_index (old, i));
  if (focus >= 0 && old->len > 0 && self->shown->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->shown, MIN ((guint) focus, self->shown->len - 1)));
}

static void
show_heading (McPhotoStrip *self, guint n, gboolean editable)
{
  g_autofree char *heading = g_strdup_printf (_("Photos not sorted yet: %u"), n);

  gtk_label_set_label (self->heading, heading);
  gtk_widget_set_visible (GTK_WIDGET (self->heading), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), n > 0 && editable);
  gtk_widget_set_visible (GTK_WIDGET (self->first_hint), n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || editable);
  if (n > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "card");
}

static void
changed_cb (McPhotoStrip *self)
{
  gboolean editable = mc_photo_book_get_editable (self->book);
  g_autoptr (GPtrArray) photos = mc_photo_book_list (self->book, self->item);

  show_tiles (self, photos);
  gtk_widget_set_visible (GTK_WIDGET (self->tiles), photos->len > 0);
  gtk_widget_set_visible (self->controls, editable);
  if (self->heading)
    show_heading (self, photos->len, editable);
}

/* --- adding -------------------------------------------------------------------------------------------------- */

static void
progress_changed_cb (McPhotoStrip *self)
{
  guint done, total;
  gboolean adding = mc_photo_book_get_progress (self->book, &done, &total);
  g_autofree char *text = g_strdup_printf (_("Adding photo %u of %u"), MIN (done + 1, total), total);

  gtk_widget_set_sensitive (self->add_button, !adding);
  if (!self->progress_box)
    return;
  gtk_widget_set_visible (self->progress_box, adding);
  gtk_progress_bar_set_text (self->progress, text);
  gtk_progress_bar_set_fraction (self->progress, total > 0 ? (double) done / total : 0);
}

static void
add_clicked_cb (McPhotoStrip *self)
{
  mc_photo_book_choose_files (self->book, GTK_WIDGET (self), self->item, keeps_original (self));
}

static void
stop_clicked_cb (McPhotoStrip *self)
{
  mc_photo_book_stop (self->book);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, McPhotoStrip *self)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GSList *list;

  if (!mc_photo_book_get_editable (self->book))
    return FALSE;
  list = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *l = list; l; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));
  g_slist_free (list);
  mc_photo_book_add_files (self->book, GTK_WIDGET (self), files, self->item, keeps_original (self));
  return TRUE;
}

/* --- widget -------------------------------------------------------------------------------------------------- */

static GtkLabel *
label_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return GTK_LABEL (label);
}

static GtkLabel *
add_label (GtkWidget *box, const char *css_class)
{
  GtkLabel *label = label_new (css_class);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return label;
}

static GtkWidget *
make_add_button (McPhotoStrip *self)
{
  GtkWidget *button = gtk_button_new (), *content = adw_button_content_new ();
  g_autofree char *name = self->item ? g_strdup_printf (_("Add photos to %s…"), self->item) : g_strdup (_("Add photos…"));

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "camera-photo-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Add photos…"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_progress (McPhotoStrip *self)
{
  GtkWidget *bar = gtk_progress_bar_new (), *stop = gtk_button_new_with_label (_("Stop"));

  self->progress_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->progress = GTK_PROGRESS_BAR (bar);
  gtk_progress_bar_set_show_text (self->progress, TRUE);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Adding photos"), -1);
  g_signal_connect_object (stop, "clicked", G_CALLBACK (stop_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->progress_box), bar);
  gtk_box_append (GTK_BOX (self->progress_box), stop);
  gtk_widget_set_visible (self->progress_box, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->progress_box);
}

static void
add_tray_head (McPhotoStrip *self)
{
  self->heading = add_label (self->box, "heading");
  self->hint = add_label (self->box, "caption");
  gtk_label_set_label (self->hint, _("Choose the item of each photo: Ctrl+Enter on the photo, then the item's number."));
  gtk_widget_add_css_class (GTK_WIDGET (self), "mc-photo-tray");
}

static void
add_controls (McPhotoStrip *self)
{
  self->controls = mc_wrap_box_new (12, 6);
  self->add_button = make_add_button (self);
  mc_wrap_box_append (MC_WRAP_BOX (self->controls), self->add_button);
  gtk_box_append (GTK_BOX (self->box), self->controls);
  if (self->item)
    return;
  self->keep_original = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_("Keep originals")));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->keep_original),
                               _("The picture data stay as the camera wrote them; only the place is cut out. HEIC photos are always converted."));
  mc_wrap_box_append (MC_WRAP_BOX (self->controls), GTK_WIDGET (self->keep_original));
  self->first_hint = label_new ("caption");
  gtk_label_set_label (self->first_hint, _("From a phone's folder or a stick; or drop them here, or paste with Ctrl+V on an item."));
  mc_wrap_box_append (MC_WRAP_BOX (self->controls), GTK_WIDGET (self->first_hint));
  add_progress (self);
}

static void
build (McPhotoStrip *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_autofree char *name = self->item ? g_strdup_printf (_("Photos of %s"), self->item) : g_strdup (_("Photos not sorted yet"));

  if (!self->item)
    add_tray_head (self);
  self->tiles = MC_WRAP_BOX (mc_wrap_box_new (12, 12));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->tiles));
  add_controls (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
mc_photo_strip_dispose (GObject *object)
{
  McPhotoStrip *self = MC_PHOTO_STRIP (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (mc_photo_strip_parent_class)->dispose (object);
}

static void
mc_photo_strip_finalize (GObject *object)
{
  g_free (MC_PHOTO_STRIP (object)->item);
  g_ptr_array_unref (MC_PHOTO_STRIP (object)->shown);
  G_OBJECT_CLASS (mc_photo_strip_parent_class)->finalize (object);
}

static void
mc_photo_strip_class_init (McPhotoStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_photo_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_photo_strip_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mc_photo_strip_init (McPhotoStrip *self)
{
  self->shown = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
mc_photo_strip_new (McPhotoBook *book, const char *item)
{
  McPhotoStrip *self = g_object_new (MC_TYPE_PHOTO_STRIP, NULL);

  self->book = g_object_ref (book);
  self->item = g_strdup (item);
  build (self);
  g_signal_connect_object (book, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (book, "progress", G_CALLBACK (progress_changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  progress_changed_cb (self);
  return GTK_WIDGET (self);
}
