/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which fields the form of a register asks for, what it begins with, and how it is checked. Pure. */
#pragma once

#include "mc-area.h"
#include "mc-problem.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;    /* msgid */
  const char *keys[16]; /* NULL-terminated */
  const char *part;     /* the entity whose parts stand below the fields; or NULL */
} McFormGroup;

typedef struct
{
  const char *entity;
  const char *new_title; /* msgid */
  const McFormGroup *groups;
  guint n_groups;
} McRecordForm;

/* NULL: there is no form for records of @entity. */
const McRecordForm *mc_record_form_find (const char *entity);

/* What a new record begins with. @area, @authority, @authority_name: of the person who enters it; may be NULL. */
void mc_record_form_begin (const McRecordForm *form, McRecord *draft, const char *area, const char *authority, const char *authority_name);

/* The id that somebody else would give the same thing. Caller frees. */
char *mc_record_form_id_for (const McRecordForm *form, const McRecord *record);

/* All that is wrong or doubtful. Of McProblem. */
GPtrArray *mc_record_form_check (const McRecordForm *form, const McRecord *record, McAreaTree *tree, const GDate *today);

/* FALSE: a field of the other kind of care, without a value. */
gboolean mc_record_form_asks_for (const McRecord *record, const char *key);

/* The code list of a field that is a list of codes; NULL: it is a list of texts or of records. */
const char *mc_record_form_codes (const McField *field);

/* What a person entered over a sample value is no sample any more. */
void mc_record_form_forget_samples (const McRecord *base, McRecord *edited);

G_END_DECLS
