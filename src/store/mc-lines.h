/* SPDX-License-Identifier: GPL-3.0-or-later
 * The text in which lines travel: its one reader and its one writer. */
#pragma once

#include "mc-chain.h"
#include "mc-error.h"
#include "mc-record.h"

G_BEGIN_DECLS

typedef enum
{
  MC_ITEM_LINE,
  MC_ITEM_STUB,
  MC_ITEM_CHECKPOINT,
  MC_ITEM_OPENING,
} McItemKind;

typedef struct
{
  McItemKind kind;
  guint number;      /* from 1, for messages */
  const char *line;  /* of LINE; borrowed from the text */
  gsize length;
  McRef ref;         /* of STUB and CHECKPOINT */
  McDigest digest;   /* of STUB, OPENING; the link of CHECKPOINT */
  guint8 signature[MC_SIGNATURE_BYTES];
  guint8 salt[MC_SALT_BYTES];
  char *value;       /* of OPENING */
} McItem;

void mc_item_clear (McItem *item);

/* Where a reader stands; start with number 0. */
typedef struct
{
  const char *text;
  gsize length;
  gsize position;
  guint number;
} McLinesReader;

/* The next item: 1; the end: 0; −1 and GRAMMAR, naming the item. Every item ends with '\n'; nothing else is between them. */
int mc_lines_next (McLinesReader *reader, McItem *item, GError **error);

void mc_lines_append_line (GString *out, const char *line, gsize length);
void mc_lines_append_stub (GString *out, const char *device, guint64 seq, const guint8 digest[MC_DIGEST_BYTES]);
void mc_lines_append_checkpoint (GString *out, const char *device, guint64 seq, const guint8 link[MC_DIGEST_BYTES],
                                 const guint8 signature[MC_SIGNATURE_BYTES]);
void mc_lines_append_opening (GString *out, const guint8 digest[MC_DIGEST_BYTES], const guint8 salt[MC_SALT_BYTES], const char *value);

/* The next sealed value in a line, from *@position on: TRUE and its 64 hex digits. The grammar lets the bytes {"sealed":" stand nowhere else:
 * within a text the quotation mark is escaped. */
gboolean mc_lines_find_sealed (const char *line, gsize length, gsize *position, char hex[2 * MC_DIGEST_BYTES + 1]);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McItem, mc_item_clear)

G_END_DECLS
