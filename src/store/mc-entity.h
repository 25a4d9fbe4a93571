/* SPDX-License-Identifier: GPL-3.0-or-later
 * The static table that names each column of each synced entity once: import, history, export, search and
 * merge read it, and a test holds it against the SQL of the migrations. */
#pragma once

#include "mc-types.h"

G_BEGIN_DECLS

typedef enum
{
  MC_FIELD_TEXT,
  MC_FIELD_INTEGER,
  MC_FIELD_BOOLEAN,
  MC_FIELD_DATE,       /* ISO date as text: 2026-11-19 */
  MC_FIELD_TIME,       /* 64-bit ms since 1970, UTC */
  MC_FIELD_MONEY,      /* integer, fen */
  MC_FIELD_HUNDREDTHS, /* integer, hundredths of the unit (areas in m², scores) */
  MC_FIELD_CHOICE,     /* text, a code of the code list `list` */
  MC_FIELD_REFERENCE,  /* text, the id of a record of the entity `list` */
  MC_FIELD_LIST,       /* text, items joined by '\n', sorted by bytes, each once */
  MC_FIELD_BLOB,       /* text, lower-case hex SHA-256 of a blob */
} McFieldType;

typedef enum
{
  MC_FIELD_REQUIRED = 1 << 0,
  MC_FIELD_SEARCHABLE = 1 << 1,
  MC_FIELD_PERSONAL = 1 << 2, /* stands in a line only as {"sealed":…} */
  MC_FIELD_MULTILINE = 1 << 3,
} McFieldFlags;

struct _McField
{
  const char *key;   /* also the name of the SQL column */
  McFieldType type;
  const char *label; /* an untranslated msgid; translate with _() where it is shown */
  McFieldFlags flags;
  const char *list;  /* CHOICE: code list; REFERENCE: entity; else NULL */
};

struct _McEntity
{
  const char *name;        /* also the name of the SQL table */
  const char *label;       /* msgid */
  const char *root_field;  /* of a part: its field that holds the root's id; NULL for a root */
  const char *root_entity; /* of a part: the root's entity */
  const McField *fields;
  guint n_fields;
};

/* All entities, in the order in which a schema is written; @n_entities may be NULL. */
const McEntity *const *mc_entity_list (guint *n_entities);

/* NULL if this version does not know it: such lines are chained, kept and passed on, with no effect yet. */
const McEntity *mc_entity_find (const char *name);

/* Index into `fields`, or -1. */
int mc_entity_field_index (const McEntity *entity, const char *key);
const McField *mc_entity_field (const McEntity *entity, const char *key);
gboolean mc_entity_is_part (const McEntity *entity);

G_END_DECLS
