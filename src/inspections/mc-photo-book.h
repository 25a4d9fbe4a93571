/* SPDX-License-Identifier: GPL-3.0-or-later
 * The photos of one visit for the window: read, shown small, added with progress, edited; what fails is said in words. */
#pragma once

#include <gtk/gtk.h>

#include "mc-photos.h"
#include "standards/mc-standard.h"

G_BEGIN_DECLS

/* Property: busy (boolean): something is being read or written.
 * Signals:
 *   "changed": other photos, or one shows something else;
 *   "progress": mc_photo_book_get_progress() says something else. */
#define MC_TYPE_PHOTO_BOOK (mc_photo_book_get_type ())
G_DECLARE_FINAL_TYPE (McPhotoBook, mc_photo_book, MC, PHOTO_BOOK, GObject)

/* @standard: whose items photos are sorted to. It follows the store's changes. */
McPhotoBook *mc_photo_book_new (McStore *store, McStandard *standard, const char *visit);
McStandard *mc_photo_book_get_standard (McPhotoBook *self);

/* FALSE: finalised, or the store is only read. */
void mc_photo_book_set_editable (McPhotoBook *self, gboolean editable);
gboolean mc_photo_book_get_editable (McPhotoBook *self);

/* Of McRecord, by time, without those that were withdrawn; empty until they are read. Borrowed. */
GPtrArray *mc_photo_book_get_photos (McPhotoBook *self);
/* Of @item, or (NULL) those that are not sorted yet; free the array only. */
GPtrArray *mc_photo_book_list (McPhotoBook *self, const char *item);
const McRecord *mc_photo_book_find (McPhotoBook *self, const char *id); /* or NULL */

/* FALSE: nothing is being added. */
gboolean mc_photo_book_get_progress (McPhotoBook *self, guint *done, guint *total);
void mc_photo_book_stop (McPhotoBook *self);

/* Puts the picture of @photo into @picture, now or when it is read. */
void mc_photo_book_show (McPhotoBook *self, const McRecord *photo, guint max_side, GtkPicture *picture);

/* @widget: where errors are said. @item NULL: the tray. */
void mc_photo_book_add_files (McPhotoBook *self, GtkWidget *widget, GPtrArray *files, const char *item, gboolean keep_original);
void mc_photo_book_choose_files (McPhotoBook *self, GtkWidget *widget, const char *item, gboolean keep_original);
/* What was copied: files or a picture. FALSE: the clipboard has neither. */
gboolean mc_photo_book_paste (McPhotoBook *self, GtkWidget *widget, const char *item);
void mc_photo_book_edit (McPhotoBook *self, GtkWidget *widget, McPhotoEdit edit, const char *id, const char *text);
/* Asks for the reason first. */
void mc_photo_book_withdraw (McPhotoBook *self, GtkWidget *widget, const char *id);

/* "E-02 …" of @item; "Not sorted yet" of NULL. Caller frees. */
char *mc_photo_book_describe_item (McPhotoBook *self, const char *item);
/* When it was taken, or that it does not say. Caller frees. */
char *mc_photo_describe_time (const McRecord *photo);

G_END_DECLS
