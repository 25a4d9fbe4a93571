/* SPDX-License-Identifier: GPL-3.0-or-later
 * The record of a check on the spot (site_record) with its checklist as annex: the values of its template's fields. */
#pragma once

#include "inspections/mc-visit.h"
#include "store/mc-store.h"

#include "mc-document.h"

G_BEGIN_DECLS

/* The names of the fields that a template of a document of a check may use; NULL-terminated, static. */
const char *const *mc_site_record_get_fields (void);

/* What a record says besides the visit; texts may be NULL. */
typedef struct
{
  const McVisit *visit;
  const char *area_name;       /* of the facility, in full */
  const char *recorder_name;   /* NULL: from the visit's inspectors, if the recorder is one of them */
  const char *seal_text;       /* hex SHA-256 of the finalised text; NULL: not finalised, a draft */
  const char *user_name;       /* who made the record, as a user of this device; NULL: nothing is said */
  gboolean user_is_verified;   /* a hub knows the user */
  GPtrArray *history;          /* of McHistoryEntry, newest first: what amends a seal is listed with its reason; may be NULL */
  GPtrArray *photos;           /* of McSiteRecordPhoto; may be NULL */
} McSiteRecordInput;

/* A photo of the check, where it stands in the record. */
typedef struct
{
  McDocumentImage *image;
  char *caption;
} McSiteRecordPhoto;
void mc_site_record_photo_free (McSiteRecordPhoto *photo);

/* Pure. */
McDocumentValues *mc_site_record_get_values (const McSiteRecordInput *input);

/* The document by the template that the program brings; values may come from another thread. */
McDocument *mc_site_record_lay_out (McDocumentValues *values, GError **error);
McDocument *mc_site_record_new_document (const McSiteRecordInput *input, GError **error);

/* The mark of a basis of @certainty (may be NULL) that nobody has held against its source, e.g. "to be verified"; "" if it was. Static. */
const char *mc_site_record_basis_mark (const char *certainty);
/* An item's bases, each with its mark; caller frees. */
char *mc_site_record_describe_basis (const McItem *item);

/* The same for a visit of @store: loads area, seal and history. Block. */
McDocumentValues *mc_site_record_load_values (McStore *store, const McVisit *visit, GError **error);
McDocument *mc_site_record_load_document (McStore *store, const McVisit *visit, GError **error);

G_END_DECLS
