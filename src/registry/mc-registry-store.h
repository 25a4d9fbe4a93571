/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the registers that read SQL share. */
#pragma once

#include "mc-search-words.h"
#include "store/mc-store-private.h"

G_BEGIN_DECLS

/* A copy of a text column; NULL if it is null. Caller frees. */
char *mc_column_text (sqlite3_stmt *statement, int column);

/* An integer column; @if_null if it is null. */
gint64 mc_column_integer (sqlite3_stmt *statement, int column, gint64 if_null);

/* TRUE: a row. FALSE: the end, or @error is set. */
gboolean mc_step (sqlite3_stmt *statement, GError **error);

/* Binds a copy of @text, or null. @name is that of the parameter (":kind"); a statement without it is left alone. */
void mc_bind_text (sqlite3_stmt *statement, const char *name, const char *text);

/* Appends " AND instr (PREFIXsearch_key, :wordN) > 0" for each word, and binds them. */
void mc_append_word_conditions (GString *sql, const char *prefix, char **words);
void mc_bind_words (sqlite3_stmt *statement, char **words);

G_END_DECLS
