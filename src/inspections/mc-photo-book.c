/* SPDX-License-Identifier: GPL-3.0-or-later
 * The photos of one visit for the window: read, shown small, added with progress, edited; what fails is said in words. */
#include "mc-photo-book.h"

#include <glib/gi18n.h>

#include "mc-finding.h"
#include "widgets/mc-file-chooser.h"
#include "widgets/mc-question.h"

/* Small pictures that are kept in memory; more are read again. */
#define MAX_TEXTURES 200

struct _McPhotoBook
{
  GObject parent_instance;

  /* Owned */
  McStore *store;
  McStandard *standard;
  char *visit;
  GPtrArray *photos;
  GHashTable *textures;   /* "SIDE BLOB" → GdkTexture */
  GCancellable *closing;
  GCancellable *adding;   /* NULL: nothing is being added */
  guint done, total;
  guint work;             /* reads and edits that run */
  gboolean again;         /* something changed while it was being read */
  gboolean reading;
  gboolean editable;
};

G_DEFINE_FINAL_TYPE (McPhotoBook, mc_photo_book, G_TYPE_OBJECT)

enum
{
  CHANGED,
  PROGRESS,
  N_SIGNALS
};

enum
{
  PROP_BUSY = 1,
  N_PROPS
};

static guint signals[N_SIGNALS];
static GParamSpec *properties[N_PROPS];

/* @by more reads and edits run. */
static void
count_work (McPhotoBook *self, int by)
{
  gboolean before = self->work > 0;

  self->work += (guint) by;
  if (before != (self->work > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* --- reading ------------------------------------------------------------------------------------------------- */

static void read_photos (McPhotoBook *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McPhotoBook) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *photos = mc_photos_list_finish (result, &error);

  self->reading = FALSE;
  count_work (self, -1);
  if (g_cancellable_is_cancelled (self->closing))
    {
      g_clear_pointer (&photos, g_ptr_array_unref);
      return;
    }
  if (photos)
    {
      g_ptr_array_unref (self->photos);
      self->photos = photos;
    }
  else
    g_warning ("%s", error->message);
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->again)
    read_photos (self);
}

static void
read_photos (McPhotoBook *self)
{
  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  count_work (self, 1);
  mc_photos_list_async (self->store, self->visit, FALSE, self->closing, read_cb, g_object_ref (self));
}

static void
store_changed_cb (McPhotoBook *self, const McChangeSet *changes)
{
  if (mc_change_set_has_entity (changes, "photo"))
    read_photos (self);
}

/* --- pictures ------------------------------------------------------------------------------------------------ */

typedef struct
{
  McPhotoBook *book;
  GWeakRef picture;
  char *key;
} Showing;

static void
showing_free (Showing *showing)
{
  g_object_unref (showing->book);
  g_weak_ref_clear (&showing->picture);
  g_free (showing->key);
  g_free (showing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Showing, showing_free)

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Showing) showing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = mc_photos_load_pixbuf_finish (result, &error);
  g_autoptr (GtkPicture) picture = g_weak_ref_get (&showing->picture);
  g_autoptr (GdkTexture) texture = pixbuf ? gdk_texture_new_for_pixbuf (pixbuf) : NULL;

  count_work (showing->book, -1);
  if (!picture)
    return;
  gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
  gtk_widget_set_tooltip_text (GTK_WIDGET (picture), error ? error->message : NULL);
  if (!texture)
    return;
  if (g_hash_table_size (showing->book->textures) >= MAX_TEXTURES)
    g_hash_table_remove_all (showing->book->textures);
  g_hash_table_insert (showing->book->textures, g_steal_pointer (&showing->key), g_steal_pointer (&texture));
}

void
mc_photo_book_show (McPhotoBook *self, const McRecord *photo, guint max_side, GtkPicture *picture)
{
  g_autofree char *key = g_strdup_printf ("%u %s", max_side, mc_record_get_text (photo, "blob"));
  GdkTexture *texture = g_hash_table_lookup (self->textures, key);
  Showing *showing;

  if (texture)
    {
      gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
      return;
    }
  showing = g_new0 (Showing, 1);
  showing->book = g_object_ref (self);
  showing->key = g_steal_pointer (&key);
  g_weak_ref_init (&showing->picture, picture);
  count_work (self, 1);
  mc_photos_load_pixbuf_async (self->store, photo, max_side, self->closing, shown_cb, showing);
}

/* --- adding -------------------------------------------------------------------------------------------------- */

/* Holds the book and the widget for errors while something runs. */
typedef struct
{
  McPhotoBook *book;
  GWeakRef widget;
  char *item;
  char *id;
  gboolean keep_original;
} Work;

static Work *
work_new (McPhotoBook *self, GtkWidget *widget, const char *item)
{
  Work *work = g_new0 (Work, 1);

  work->book = g_object_ref (self);
  work->item = g_strdup (item);
  g_weak_ref_init (&work->widget, widget);
  count_work (self, 1);
  return work;
}

static void
work_free (Work *work)
{
  count_work (work->book, -1);
  g_object_unref (work->book);
  g_weak_ref_clear (&work->widget);
  g_free (work->item);
  g_free (work->id);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
say_error (Work *work, const char *heading, const GError *error)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&work->widget);

  if (widget && gtk_widget_get_root (widget))
    mc_question_show_error (widget, heading, error);
}

/* All that was refused in one message, each file with its reason. */
static void
say_refused (Work *work, GPtrArray *outcomes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *heading = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  for (guint i = 0; i < outcomes->len; i++)
    {
      const McPhotoOutcome *outcome = g_ptr_array_index (outcomes, i);

      if (outcome->error && n++ < 12)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", outcome->error->message);
    }
  if (n == 0)
    return;
  heading = g_strdup_printf (ngettext ("%u of %u photos was not added", "%u of %u photos were not added", n), n, outcomes->len);
  error = g_error_new_literal (MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, text->str);
  say_error (work, heading, error);
}

static void
progress_cb (guint done, guint total, gpointer data)
{
  McPhotoBook *self = data;

  if (!self->adding)
    return;
  self->done = done;
  g_signal_emit (self, signals[PROGRESS], 0);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  McPhotoBook *self = work->book;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes = mc_photos_add_finish (result, &error);

  g_clear_object (&self->adding);
  if (g_cancellable_is_cancelled (self->closing))
    return;
  g_signal_emit (self, signals[PROGRESS], 0);
  if (outcomes)
    say_refused (work, outcomes);
}

/* FALSE: photos are being added already. */
static gboolean
begin_adding (McPhotoBook *self, guint total)
{
  if (self->adding || !self->editable || total == 0)
    return FALSE;
  self->adding = g_cancellable_new ();
  self->done = 0;
  self->total = total;
  g_signal_emit (self, signals[PROGRESS], 0);
  return TRUE;
}

void
mc_photo_book_add_files (McPhotoBook *self, GtkWidget *widget, GPtrArray *files, const char *item, gboolean keep_original)
{
  McPhotoPlace place = { item, NULL, NULL };

  if (begin_adding (self, files->len))
    mc_photos_add_files_async (self->store, self->visit, files, &place, keep_original, progress_cb, g_object_ref (self), g_object_unref,
                               self->adding, added_cb, work_new (self, widget, item));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GPtrArray) files = mc_file_chooser_open_many_finish (result, NULL);
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&work->widget);

  if (files && widget)
    mc_photo_book_add_files (work->book, widget, files, work->item, work->keep_original);
}

void
mc_photo_book_choose_files (McPhotoBook *self, GtkWidget *widget, const char *item, gboolean keep_original)
{
  static const char *const patterns[] = { "*.jpg", "*.jpeg", "*.JPG", "*.JPEG", "*.png", "*.PNG", "*.heic", "*.HEIC", "*.heif", "*.HEIF", NULL };
  Work *work = work_new (self, widget, item);

  work->keep_original = keep_original;
  mc_file_chooser_open_many (widget, _("Choose photos"), _("Photos"), patterns, chosen_cb, work);
}

static void
pasted_files_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&work->widget);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GSList *list = value ? gdk_file_list_get_files (g_value_get_boxed (value)) : NULL;

  for (GSList *l = list; l; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));
  g_slist_free (list);
  if (widget)
    mc_photo_book_add_files (work->book, widget, files, work->item, FALSE);
}

static void
pasted_picture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  McPhotoBook *self = work->book;
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&work->widget);
  McPhotoPlace place = { work->item, NULL, NULL };
  g_autoptr (GBytes) bytes = texture ? gdk_texture_save_to_png_bytes (texture) : NULL;

  if (bytes && widget && begin_adding (self, 1))
    mc_photos_add_bytes_async (self->store, self->visit, bytes, _("copied picture"), &place, self->adding, added_cb, work_new (self, widget, work->item));
}

gboolean
mc_photo_book_paste (McPhotoBook *self, GtkWidget *widget, const char *item)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (!self->editable)
    return FALSE;
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, self->closing, pasted_files_cb, work_new (self, widget, item));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    gdk_clipboard_read_texture_async (clipboard, self->closing, pasted_picture_cb, work_new (self, widget, item));
  else
    return FALSE;
  return TRUE;
}

/* --- editing ------------------------------------------------------------------------------------------------- */

static void
edited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;

  if (!mc_photos_edit_finish (result, &error) && !g_cancellable_is_cancelled (work->book->closing))
    {
      say_error (work, _("The photo was not changed"), error);
      g_signal_emit (work->book, signals[CHANGED], 0);
    }
}

void
mc_photo_book_edit (McPhotoBook *self, GtkWidget *widget, McPhotoEdit edit, const char *id, const char *text)
{
  const char *const ids[] = { id, NULL };
  const McRecord *photo = mc_photo_book_find (self, id);
  McPhotoPlace place = { text, NULL, photo ? mc_record_get_text (photo, "stage") : NULL };

  if (photo && self->editable)
    mc_photos_edit_async (self->store, edit, ids, &place, text, NULL, edited_cb, work_new (self, widget, NULL));
}

static void
reason_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autofree char *reason = NULL;
  g_autofree char *answer = mc_question_ask_finish (result, &reason);
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&work->widget);

  if (widget && g_strcmp0 (answer, "withdraw") == 0)
    mc_photo_book_edit (work->book, widget, MC_PHOTO_WITHDRAW, work->id, reason);
}

void
mc_photo_book_withdraw (McPhotoBook *self, GtkWidget *widget, const char *id)
{
  McQuestion *question;
  Work *work;

  if (!self->editable)
    return;
  question = mc_question_new (_("Take this photo out of the check?"),
                              _("It will not be in the record. The file is kept, and the history says who took it out and why; put the same file in again to bring it back."));
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "withdraw", _("Take out"), MC_QUESTION_DESTRUCTIVE);
  mc_question_ask_text (question, _("Reason"), TRUE);
  work = work_new (self, widget, NULL);
  work->id = g_strdup (id);
  mc_question_ask (question, widget, reason_cb, work);
}

/* --- what it says -------------------------------------------------------------------------------------------- */

char *
mc_photo_book_describe_item (McPhotoBook *self, const char *item)
{
  const McItem *known = item ? mc_standard_find_item (self->standard, item) : NULL;

  if (!item)
    return g_strdup (_("Not sorted yet"));
  return known ? g_strdup_printf ("%s %s", known->code, known->text) : g_strdup (item);
}

char *
mc_photo_describe_time (const McRecord *photo)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (mc_photo_get_time (photo) / 1000);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;
  g_autofree char *time = local ? g_date_time_format (local, "%Y-%m-%d %H:%M") : NULL;

  if (!time)
    return g_strdup ("");
  return mc_record_is_null (photo, "taken_at") ? g_strdup_printf (_("Added %s"), time) : g_steal_pointer (&time);
}

/* --- object -------------------------------------------------------------------------------------------------- */

static void
mc_photo_book_dispose (GObject *object)
{
  McPhotoBook *self = MC_PHOTO_BOOK (object);

  g_cancellable_cancel (self->closing);
  G_OBJECT_CLASS (mc_photo_book_parent_class)->dispose (object);
}

static void
mc_photo_book_finalize (GObject *object)
{
  McPhotoBook *self = MC_PHOTO_BOOK (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->standard, mc_standard_unref);
  g_free (self->visit);
  g_ptr_array_unref (self->photos);
  g_hash_table_unref (self->textures);
  g_clear_object (&self->closing);
  g_clear_object (&self->adding);
  G_OBJECT_CLASS (mc_photo_book_parent_class)->finalize (object);
}

static void
mc_photo_book_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_BUSY)
    g_value_set_boolean (value, MC_PHOTO_BOOK (object)->work > 0);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mc_photo_book_class_init (McPhotoBookClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = mc_photo_book_get_property;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  G_OBJECT_CLASS (klass)->dispose = mc_photo_book_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_photo_book_finalize;
  signals[CHANGED] = g_signal_new ("changed", MC_TYPE_PHOTO_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROGRESS] = g_signal_new ("progress", MC_TYPE_PHOTO_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mc_photo_book_init (McPhotoBook *self)
{
  self->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  self->textures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->closing = g_cancellable_new ();
}

McPhotoBook *
mc_photo_book_new (McStore *store, McStandard *standard, const char *visit)
{
  McPhotoBook *self = g_object_new (MC_TYPE_PHOTO_BOOK, NULL);

  self->store = g_object_ref (store);
  self->standard = mc_standard_ref (standard);
  self->visit = g_strdup (visit);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  read_photos (self);
  return self;
}

McStandard *
mc_photo_book_get_standard (McPhotoBook *self)
{
  return self->standard;
}

void
mc_photo_book_set_editable (McPhotoBook *self, gboolean editable)
{
  if (self->editable == editable)
    return;
  self->editable = editable;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
mc_photo_book_get_editable (McPhotoBook *self)
{
  return self->editable;
}

GPtrArray *
mc_photo_book_get_photos (McPhotoBook *self)
{
  return self->photos;
}

GPtrArray *
mc_photo_book_list (McPhotoBook *self, const char *item)
{
  return mc_photos_of_item (self->photos, NULL, item);
}

const McRecord *
mc_photo_book_find (McPhotoBook *self, const char *id)
{
  for (guint i = 0; i < self->photos->len; i++)
    if (g_strcmp0 (mc_record_get_id (g_ptr_array_index (self->photos, i)), id) == 0)
      return g_ptr_array_index (self->photos, i);
  return NULL;
}

gboolean
mc_photo_book_get_progress (McPhotoBook *self, guint *done, guint *total)
{
  *done = self->done;
  *total = self->total;
  return self->adding != NULL;
}

void
mc_photo_book_stop (McPhotoBook *self)
{
  if (self->adding)
    g_cancellable_cancel (self->adding);
}
