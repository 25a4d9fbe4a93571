/* SPDX-License-Identifier: GPL-3.0-or-later
 * Import of a table of facilities or inspectors: plan, preview, apply, undo. */
#pragma once

#include "mc-import-mapping.h"
#include "store/mc-store.h"

G_BEGIN_DECLS

/* How it goes, in the window and in the CLI:
 *
 *   1. mc_import_plan_async()   reads the file once, changes nothing: the dry run.
 *   2. preview                  counts, messages, rows; a person decides on the unsure ones.
 *   3. mc_import_apply_async()  one transaction, one batch: all of it or nothing.
 *   4. mc_import_undo_async()   of the last batch.
 *
 * Errors: MC_TABLE_ERROR_* (the file; CLI exit 3), MC_IMPORT_ERROR_* (the table; exit 3), MC_STORE_ERROR_* (exit 4),
 * G_IO_ERROR_CANCELLED. After any of them nothing was changed. */
#define MC_IMPORT_ERROR (mc_import_error_quark ())
GQuark mc_import_error_quark (void);
typedef enum
{
  MC_IMPORT_ERROR_NO_HEADER = 1, /* no row that names the columns; the message says what was looked for */
  MC_IMPORT_ERROR_MAPPING,       /* a required field has no column, or two columns say the same */
  MC_IMPORT_ERROR_EMPTY,         /* a header, and nothing under it */
  MC_IMPORT_ERROR_BAD_ROWS,      /* there are rejected rows and MC_IMPORT_GOOD_ROWS is not given */
  MC_IMPORT_ERROR_CHANGED,       /* records of the plan were changed since: plan again */
  MC_IMPORT_ERROR_NOTHING,       /* nothing to undo */
} McImportError;

typedef struct _McImportPlan McImportPlan;

typedef enum
{
  MC_IMPORT_CREATED,
  MC_IMPORT_UPDATED,
  MC_IMPORT_UNCHANGED,
  MC_IMPORT_UNSURE,   /* perhaps a record that exists: a person says which */
  MC_IMPORT_REJECTED,
  MC_IMPORT_SKIPPED,  /* total, signature and note lines, headers repeated */
} McImportOutcome;
#define MC_IMPORT_N_OUTCOMES (MC_IMPORT_SKIPPED + 1)

typedef struct
{
  McImportOutcome outcome; /* REJECTED, UNSURE, SKIPPED; UPDATED or CREATED: a remark, the row goes in */
  guint64 row;
  guint column;            /* 0: the whole row */
  char *column_title;      /* as the sheet has it, or NULL */
  char *message;           /* translated, one line */
} McImportMessage;

/* What the preview shows of one row. */
typedef struct
{
  const McField *field;
  char *old_text; /* as shown to people; NULL if null */
  char *new_text;
} McImportFieldChange;

typedef enum
{
  MC_IMPORT_UNDECIDED,  /* left out */
  MC_IMPORT_SAME,       /* it is the existing record: update it, also its name */
  MC_IMPORT_OTHER,      /* it is another one: create it */
} McImportDecision;

typedef struct
{
  guint64 row;
  McImportOutcome outcome;
  char *record;        /* id; NULL if rejected */
  char *title;         /* the name in the sheet */
  char *existing_name; /* of UNSURE: the record that it may be */
  McImportDecision decision;
  GPtrArray *changes;  /* of McImportFieldChange: what goes in; of a rejected row, what was understood */
} McImportRow;
void mc_import_row_free (McImportRow *row);

typedef struct
{
  McImportKind kind;
  const char *path;
  int sheet;                  /* from 0; -1: the first visible sheet that has a header we know */
  const char *encoding;       /* NULL: detect */
  const char *const *maps;    /* "COLUMN=FIELD" (column as letter or title); may be NULL */
  const char *default_area;   /* id: the area in which names of areas are looked for; NULL: the whole tree */
  const char *default_authority; /* id, for inspectors whose row names none; may be NULL */
  const GDate *today;         /* NULL: the present day */
} McImportOptions;

/* From the import's own thread, at most ten times a second. @fraction −1: not known. */
typedef void (*McImportProgress) (double fraction, guint64 rows, gpointer user_data);

/* Blocks; for the CLI, tests, and any thread but the store's own. */
McImportPlan *mc_import_plan_new (McStore *store, const McImportOptions *options, McImportProgress progress, gpointer progress_data,
                                  GCancellable *cancellable, GError **error);
/* @progress is called on the caller's main context here; @options are copied. */
void mc_import_plan_async (McStore *store, const McImportOptions *options, McImportProgress progress, gpointer progress_data,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McImportPlan *mc_import_plan_finish (GAsyncResult *result, GError **error);
McImportPlan *mc_import_plan_ref (McImportPlan *self);
void mc_import_plan_unref (McImportPlan *self);

guint64 mc_import_plan_count (McImportPlan *self, McImportOutcome outcome);
/* Rows that would be new and cannot be taken because neither they nor a map says what @field is; a person may say it for all of them ("=VALUE=FIELD"). */
guint64 mc_import_plan_count_missing (McImportPlan *self, const McField *field);
/* What a person may say for @field, a choice, an area or an authority: of McImportChoice. Empty for other fields. Caller frees. */
typedef struct
{
  char *value; /* code or id */
  char *label;
} McImportChoice;
GPtrArray *mc_import_plan_list_choices (McImportPlan *self, const McField *field);
/* The mapping in use: which column was taken for which field, and which for none. */
const McImportMapping *mc_import_plan_get_mapping (McImportPlan *self);
const char *mc_import_plan_get_sheet_name (McImportPlan *self);

/* The first 10,000 messages, by row (of McImportMessage, owned by the plan), and how many there are in all. */
#define MC_IMPORT_MAX_MESSAGES 10000
GPtrArray *mc_import_plan_get_messages (McImportPlan *self);
guint64 mc_import_plan_get_n_messages (McImportPlan *self);

/* All messages as .csv (UTF-8 with BOM, for Excel and WPS), through a temporary name. Blocks. */
gboolean mc_import_plan_write_report (McImportPlan *self, const char *path, GError **error);

/* At most @limit rows of @outcome (MC_IMPORT_N_OUTCOMES: all) from the @offset-th on, of McImportRow. Quick; reads the staged rows. */
GPtrArray *mc_import_plan_get_rows (McImportPlan *self, McImportOutcome outcome, guint64 offset, guint limit, GError **error);

/* What a person says about an UNSURE row; @row 0: about all of them. FALSE: no such row. */
gboolean mc_import_plan_decide (McImportPlan *self, guint64 row, McImportDecision decision);

typedef enum
{
  MC_IMPORT_GOOD_ROWS = 1 << 0, /* rejected rows do not hold back the others */
} McImportFlags;

/* Carries the plan out. The id of the batch, or "" if nothing had to be changed; NULL on error. A plan is applied once. Blocks. */
char *mc_import_apply (McImportPlan *self, McImportFlags flags, McImportProgress progress, gpointer progress_data,
                       GCancellable *cancellable, GError **error);
void mc_import_apply_async (McImportPlan *self, McImportFlags flags, McImportProgress progress, gpointer progress_data,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *mc_import_apply_finish (McImportPlan *self, GAsyncResult *result, GError **error);

/* --- undo ------------------------------------------------------------------------------------------------- */

typedef struct
{
  char *id;
  McImportKind kind;
  gint64 at;        /* ms */
  char *file_name;
  char *sheet_name;
  guint64 created, updated;
  guint64 first_seq, last_seq; /* its lines in the chain of `device` */
  char *device;
  gboolean undone;
} McImportBatch;
void mc_import_batch_free (McImportBatch *batch);

/* The last batch of this device that is not undone; NULL without error if there is none. Blocks. */
McImportBatch *mc_import_get_last_batch (McStore *store, GError **error);

typedef struct
{
  guint64 retired;  /* created records, retired with a reason */
  guint64 restored; /* updated records, with the values of before */
  guint64 kept;     /* records that could not be undone in whole */
  GPtrArray *messages; /* char *: what could not be undone and why; at most MC_IMPORT_MAX_MESSAGES */
} McImportUndo;
void mc_import_undo_free (McImportUndo *undo);

/* Values go back where nobody changed them since; what somebody changed stays and is named. Nothing to undo: MC_IMPORT_ERROR_NOTHING. Blocks. */
McImportUndo *mc_import_undo (McStore *store, GCancellable *cancellable, GError **error);
void mc_import_undo_async (McStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McImportUndo *mc_import_undo_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McImportPlan, mc_import_plan_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McImportBatch, mc_import_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McImportUndo, mc_import_undo_free)

G_END_DECLS
