/* SPDX-License-Identifier: GPL-3.0-or-later
 * For the window: the documents of the store off the main thread. */
#pragma once

#include "mc-documents.h"

G_BEGIN_DECLS

/* Which document of a check. */
typedef struct
{
  McStore *store;
  char *kind;
  char *visit;
  char *document;  /* id; NULL: not issued yet */
  char *competent; /* of a letter; else NULL */
} McDocumentTarget;

McDocumentTarget *mc_document_target_new (McStore *store, const char *kind, const char *visit, const char *document, const char *competent);
void mc_document_target_free (McDocumentTarget *target);

/* What the window shows of it. */
typedef struct
{
  McDocumentContent *content;
  McRecord *document;        /* NULL: not issued yet */
  McSigningState signing;    /* of an issued one */
  char **missing;            /* roles that have not signed; NULL if it is not issued */
  GHashTable *names;         /* role → name, as far as the check knows it */
  gboolean delivered_kind;   /* such a document is handed over */
} McDocumentState;
void mc_document_state_free (McDocumentState *state);

/* Copies @target. */
void mc_document_load_async (const McDocumentTarget *target, GAsyncReadyCallback callback, gpointer user_data);
McDocumentState *mc_document_load_finish (GAsyncResult *result, GError **error);

/* Runs @func on a thread of its own; @data is freed after it. */
typedef gboolean (*McDocumentFunc) (McStore *store, gpointer data, GError **error);
void mc_document_run_async (McStore *store, McDocumentFunc func, gpointer data, GDestroyNotify data_free, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_document_run_finish (GAsyncResult *result, GError **error);
/* @data, in the callback. */
gpointer mc_document_run_get_data (GAsyncResult *result);

/* A paper of a check as a list shows it. */
typedef struct
{
  char *kind;
  char *competent;       /* of a letter */
  char *document;        /* id; NULL: not issued yet */
  char *number;          /* NULL: none */
  char *delivered_on;
  McSigningState signing;
  gboolean delivered_kind;
} McDocumentEntry;

/* What the check calls for, each with what was issued of it. */
void mc_document_list_async (McStore *store, const char *visit, GAsyncReadyCallback callback, gpointer user_data);
/* Of McDocumentEntry. */
GPtrArray *mc_document_list_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDocumentState, mc_document_state_free)

G_END_DECLS
