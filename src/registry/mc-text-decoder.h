/* SPDX-License-Identifier: GPL-3.0-or-later
 * The bytes of a text file as UTF-8, piece by piece, in whatever of the usual encodings it is; names the first bad byte. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _McTextDecoder McTextDecoder;

/* Finds out the encoding: a byte order mark; else UTF-8 if the whole file is; else GB 18030. @encoding: what the caller knows, or NULL.
 * NULL and MC_TABLE_ERROR_* on failure. */
McTextDecoder *mc_text_decoder_new (const char *path, const char *encoding, GCancellable *cancellable, GError **error);
void mc_text_decoder_free (McTextDecoder *self);

const char *mc_text_decoder_get_encoding (McTextDecoder *self);
gboolean mc_text_decoder_rewind (McTextDecoder *self, GError **error);

/* The next piece of text: UTF-8, whole characters, without U+0000, valid until the next call; @length 0 at the end. FALSE: reading
 * failed. A bad sequence ends the text before it; see mc_text_decoder_get_bad(). */
gboolean mc_text_decoder_read (McTextDecoder *self, const char **text, gsize *length, GError **error);

/* TRUE if the text ended at bytes that are no text: their place in the file (1 is the first byte) and the first of them. */
gboolean mc_text_decoder_get_bad (McTextDecoder *self, guint64 *offset, guchar *byte);

/* 0 to 1 of the file. */
double mc_text_decoder_get_progress (McTextDecoder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McTextDecoder, mc_text_decoder_free)

G_END_DECLS
