/* SPDX-License-Identifier: GPL-3.0-or-later
 * The photos of a visit in the store: added, sorted to items, captioned, withdrawn; and their pictures. */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "mc-photo-file.h"
#include "store/mc-store.h"

G_BEGIN_DECLS

/* Everything here blocks, except what ends in _async. A photo is a record of the entity "photo". */

/* The id of the photo in @visit that came as a file of @received_digest: v5("photo", visit, digest). Caller frees. */
char *mc_photo_new_id (const char *visit, const char *received_digest);

/* TRUE unless it was withdrawn. */
gboolean mc_photo_is_open (const McRecord *photo);

/* When it was taken; if it does not say, when it was added. ms since 1970. */
gint64 mc_photo_get_time (const McRecord *photo);

/* Where a photo goes. */
typedef struct
{
  const char *item;     /* code; NULL: not sorted yet */
  const char *standard; /* NULL: the visit's own */
  const char *stage;    /* code of photo-stage; NULL: evidence */
} McPhotoPlace;

/* Of McRecord, by mc_photo_get_time(). Free with g_ptr_array_unref. */
GPtrArray *mc_photos_list (McStore *store, const char *visit, gboolean with_withdrawn, GError **error);
void mc_photos_list_async (McStore *store, const char *visit, gboolean with_withdrawn,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mc_photos_list_finish (GAsyncResult *result, GError **error);

/* Of @photos (as listed) those of @item, in its order; @item NULL: those that are not sorted yet. Free the array only. */
GPtrArray *mc_photos_of_item (GPtrArray *photos, const char *standard, const char *item);

/* Adds @file; the file is on disk before the record is. One that the visit has already stays as it is (*@already, may be NULL); one that was withdrawn comes back to @place. Returns the record as
 * saved. MC_STORE_ERROR_SEALED in a finalised visit, FULL if the disk is: then nothing was added. @added_at: ms since 1970. */
McRecord *mc_photos_add (McStore *store, const char *visit, const McPhotoFile *file, const McPhotoPlace *place, gint64 added_at,
                         gboolean *already, GError **error);

/* What became of each file. */
typedef struct
{
  char *name;
  char *id;      /* NULL: it was refused */
  gboolean already;
  GError *error; /* in words that name the file */
} McPhotoOutcome;
void mc_photo_outcome_free (McPhotoOutcome *outcome);

/* On the caller's main context: @done of @total files are finished. */
typedef void (*McPhotoProgress) (guint done, guint total, gpointer user_data);

/* Adds one after the other; one that is refused does not hold back the others. @files: of GFile. Cancelled: those that are added stay. Finish: of McPhotoOutcome, one for each file
 * that was tried. */
void mc_photos_add_files_async (McStore *store, const char *visit, GPtrArray *files, const McPhotoPlace *place, gboolean keep_original,
                                McPhotoProgress progress, gpointer progress_data, GDestroyNotify progress_free,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* The same of a picture that was copied (PNG or JPEG bytes). */
void mc_photos_add_bytes_async (McStore *store, const char *visit, GBytes *bytes, const char *name, const McPhotoPlace *place,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mc_photos_add_finish (GAsyncResult *result, GError **error);

/* Sorts the photos of @ids (NULL-terminated) to @place, in one transaction. */
gboolean mc_photos_move (McStore *store, const char *const *ids, const McPhotoPlace *place, GError **error);
gboolean mc_photos_set_caption (McStore *store, const char *id, const char *caption, GError **error);
gboolean mc_photos_set_stage (McStore *store, const char *id, const char *stage, GError **error);

/* Takes photos out of the visit; @reason is required. The file stays. */
gboolean mc_photos_withdraw (McStore *store, const char *const *ids, const char *reason, GError **error);

/* For the window: each of the four above on a thread. */
typedef enum
{
  MC_PHOTO_MOVE,
  MC_PHOTO_CAPTION,
  MC_PHOTO_STAGE,
  MC_PHOTO_WITHDRAW,
} McPhotoEdit;
/* @text: caption, stage or reason. @place: of MC_PHOTO_MOVE. */
void mc_photos_edit_async (McStore *store, McPhotoEdit edit, const char *const *ids, const McPhotoPlace *place, const char *text,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_photos_edit_finish (GAsyncResult *result, GError **error);

/* The picture, upright, its longer side at most @max_side (0: as it is). Errors say whether the file is missing, erased or damaged. */
GdkPixbuf *mc_photos_load_pixbuf (McStore *store, const McRecord *photo, guint max_side, GCancellable *cancellable, GError **error);
void mc_photos_load_pixbuf_async (McStore *store, const McRecord *photo, guint max_side,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GdkPixbuf *mc_photos_load_pixbuf_finish (GAsyncResult *result, GError **error);

/* For a document: an upright JPEG whose longer side is at most @max_side; the kept bytes themselves where they are that. */
GBytes *mc_photos_load_jpeg (McStore *store, const McRecord *photo, guint max_side, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McPhotoOutcome, mc_photo_outcome_free)

G_END_DECLS
