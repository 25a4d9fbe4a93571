/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the form of a register needs to know beside the record: whom it may name, who enters it, and its parts. */
#pragma once

#include "mc-area.h"
#include "mc-record-chooser.h"
#include "mc-setup.h"

G_BEGIN_DECLS

typedef struct
{
  McStore *store;
  McAreaTree *tree;
  GPtrArray *authorities; /* of McRecordChoice */
  GPtrArray *standards;   /* of McRecordChoice: inspection standards, by key */
  GPtrArray *parts;       /* of McRecord, as they were when the form was opened */
  GHashTable *names;      /* id → name: of areas, authorities, standards, and the facilities that the record names; see mc_format_value() */
  char *record;           /* id of the record that it is for; NULL: a new one */
  McUser *user;           /* who enters it; NULL: nobody is known */
} McFormContext;
void mc_form_context_free (McFormContext *self);

/* @record: the record that is edited; NULL: a new one. @today: ISO date. */
void mc_form_context_load_async (McStore *store, McAreaTree *tree, const McEntity *entity, const McRecord *record, const char *today, GAsyncReadyCallback callback, gpointer user_data);
McFormContext *mc_form_context_load_finish (GAsyncResult *result, GError **error);

/* Names that the values of a record of @entity need to be read by a person: of areas and fields, labels of codes in lists. The caller adds those of records. */
GHashTable *mc_form_names_new (McAreaTree *tree, const char *entity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFormContext, mc_form_context_free)

G_END_DECLS
