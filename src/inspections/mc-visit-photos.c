/* SPDX-License-Identifier: GPL-3.0-or-later
 * Puts the photos of a visit into its page: the tray above the items, those of an item below it, and pasting. */
#include "mc-visit-photos.h"

#include "mc-photo-strip.h"

struct _McVisitPhotos
{
  GtkWidget parent_instance;

  /* Borrowed */
  GtkWidget *tray; /* the child, or NULL */
  McChecklist *checklist;
  McPage *page;

  /* Owned */
  McPhotoBook *book;
  char *visit;
  gboolean busy; /* the page counts as busy for the photos */
};

G_DEFINE_FINAL_TYPE (McVisitPhotos, mc_visit_photos, GTK_TYPE_WIDGET)

/* The item that what is pasted belongs to; NULL: the tray. */
static const char *
current_item (McVisitPhotos *self)
{
  gboolean inside = (gtk_widget_get_state_flags (GTK_WIDGET (self->checklist)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  if (!inside || mc_checklist_get_current (self->checklist) >= mc_checklist_get_n_items (self->checklist))
    return NULL;
  return mc_checklist_get_item (self->checklist, mc_checklist_get_current (self->checklist))->code;
}

/* Runs after a text's own Ctrl+V, so pasting of text stays what it is. */
static gboolean
paste_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  McVisitPhotos *self = data;

  return self->book && mc_photo_book_paste (self->book, GTK_WIDGET (self), current_item (self));
}

void
mc_visit_photos_take_paste (McVisitPhotos *self, GtkWidget *widget)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_v, GDK_CONTROL_MASK), gtk_callback_action_new (paste_cb, self, NULL)));
  gtk_widget_add_controller (widget, controller);
}

static void
clear (McVisitPhotos *self)
{
  g_clear_pointer (&self->tray, gtk_widget_unparent);
  g_clear_pointer (&self->visit, g_free);
  if (self->book)
    g_signal_handlers_disconnect_by_data (self->book, self);
  g_clear_object (&self->book);
  if (self->busy)
    mc_page_end_work (self->page);
  self->busy = FALSE;
}

static void
mc_visit_photos_dispose (GObject *object)
{
  clear (MC_VISIT_PHOTOS (object));
  G_OBJECT_CLASS (mc_visit_photos_parent_class)->dispose (object);
}

static void
mc_visit_photos_class_init (McVisitPhotosClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_visit_photos_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_visit_photos_init (McVisitPhotos *self)
{
}

GtkWidget *
mc_visit_photos_new (void)
{
  return g_object_new (MC_TYPE_VISIT_PHOTOS, NULL);
}

/* The page waits while the photos are read. */
static void
busy_cb (McVisitPhotos *self)
{
  gboolean busy = FALSE;

  if (self->book)
    g_object_get (self->book, "busy", &busy, NULL);
  if (busy == self->busy)
    return;
  self->busy = busy;
  if (busy)
    mc_page_begin_work (self->page);
  else
    mc_page_end_work (self->page);
}

static void
open_book (McVisitPhotos *self, McVisit *visit, gboolean editable)
{
  self->visit = g_strdup (mc_visit_get_id (visit));
  self->book = mc_photo_book_new (mc_page_get_store (self->page), mc_visit_get_standard (visit), self->visit);
  mc_photo_book_set_editable (self->book, editable);
  g_signal_connect_object (self->book, "notify::busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  self->tray = mc_photo_strip_new (self->book, NULL);
  gtk_widget_set_parent (self->tray, GTK_WIDGET (self));
  mc_checklist_set_photos (self->checklist, self->book);
  busy_cb (self);
}

void
mc_visit_photos_set_visit (McVisitPhotos *self, McPage *page, McVisit *visit, McChecklist *checklist, gboolean editable)
{
  self->checklist = checklist;
  if (!visit || g_strcmp0 (mc_visit_get_id (visit), self->visit) != 0)
    {
      clear (self);
      mc_checklist_set_photos (checklist, NULL);
    }
  self->page = page;
  if (visit && !self->book && mc_page_get_store (page))
    open_book (self, visit, editable);
  else if (self->book)
    mc_photo_book_set_editable (self->book, editable);
}
