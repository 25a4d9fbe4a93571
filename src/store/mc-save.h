/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing one record: what differs, whether it may be written, its line and its row. */
#pragma once

#include "mc-prepared-record.h"
#include "mc-save-check.h"
#include "mc-store-internal.h"

G_BEGIN_DECLS

/* What the saves of one transaction share. */
typedef struct
{
  McWrite *write;
  GHashTable *amendments; /* id of a root → McAmendment */
  GHashTable *known;      /* id → the entity of which it was found: the rows of an import name the same areas again and again */
  GArray *openings;       /* of McOpening: of what is being written */
  McSalts salts;
  gboolean knows_parts;   /* are the two below right? */
  gboolean may_have_parts;
  const McEntity *entity_of_parts;
} McSaver;

typedef struct
{
  McRef seal;
  char *reason;
} McAmendment;

void mc_saver_init (McSaver *self, McWrite *write);
void mc_saver_clear (McSaver *self);

/* See mc_store_save(). @wrote (may be NULL): was there anything to write? */
gboolean mc_saver_save (McSaver *self, const McRecord *base, const McRecord *edited, gboolean *wrote, GError **error);

/* The same for a record prepared elsewhere. */
gboolean mc_saver_save_prepared (McSaver *self, const McPreparedRecord *prepared, gboolean *wrote, GError **error);

/* Writes @change (its entity, record, fields and the like are set) after the checks of seals; seals its personal values; derives. @root: of a part. */
gboolean mc_saver_write (McSaver *self, const McEntity *entity, const char *root, McChange *change, GError **error);

/* Is a seal of @root in effect? Its reference in @seal. */
gboolean mc_saver_find_seal (McSaver *self, const McEntity *root_entity, const char *root, gboolean *sealed, McRef *seal, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McSaver, mc_saver_clear)

G_END_DECLS
