/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inspectors: the check of a record and the lists of the register. */
#pragma once

#include "mc-area.h"
#include "mc-problem.h"

G_BEGIN_DECLS

typedef enum
{
  MC_CERTIFICATE_NONE,    /* no number is entered */
  MC_CERTIFICATE_UNDATED, /* valid until an unknown day */
  MC_CERTIFICATE_VALID,
  MC_CERTIFICATE_EXPIRED,
} McCertificateState;

typedef struct
{
  char *id;
  char *name;
  char *employer;
  char *authority;
  char *authority_name;
  char *area;
  char *area_path;
  char *certificate_no;
  char *certificate_expires_on; /* ISO date or NULL */
  char *fields;                 /* codes of facility-field, joined by '\n'; NULL if none */
  char *sample_fields;
  McRecordState state;
} McInspectorRow;
void mc_inspector_row_free (McInspectorRow *row);

/* Is the certificate valid on @day (of the visit)? The day it expires on is still valid. */
McCertificateState mc_inspector_row_certificate (const McInspectorRow *row, const GDate *day);

/* The id of an inspector that two people can enter independently: version 5 of employer and name keys. Caller frees. */
char *mc_inspector_id_for (const char *employer, const char *name);

/* All that is wrong or doubtful. Of McProblem. Pure. */
GPtrArray *mc_inspector_check (const McRecord *inspector, McAreaTree *tree, const GDate *today);

/* NULL: no such condition. Retired inspectors are left out. */
typedef struct
{
  const char *text;      /* words as typed: name, employer, pinyin, initials */
  const char *authority;
  const char *area;      /* id: this area and all below */
  const char *field;     /* code of facility-field */
} McInspectorQuery;

/* Of McInspectorRow, by name. The sync form blocks. */
GPtrArray *mc_inspector_list (McStore *store, McAreaTree *tree, const McInspectorQuery *query, GError **error);
void mc_inspector_list_async (McStore *store, McAreaTree *tree, const McInspectorQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mc_inspector_list_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McInspectorRow, mc_inspector_row_free)

G_END_DECLS
