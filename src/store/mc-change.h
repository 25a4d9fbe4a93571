/* SPDX-License-Identifier: GPL-3.0-or-later
 * A line of the log: the one reader and the one writer of its grammar. */
#pragma once

#include "mc-error.h"
#include "mc-record.h"

G_BEGIN_DECLS

/* The grammar (version 1). One UTF-8 object in NFC, no white space outside texts, keys in exactly this order,
 * once each, depth ≤ 3, ≤ 64 KiB, no NUL, nothing after it:
 *
 *   {"v":1,"device":UUID,"seq":N,"at":MS,"by":UUID|"","entity":NAME,"record":UUID,
 *    "set":{KEY:VALUE,…},"was":{KEY:["DEVICE:SEQ",…],…}
 *    [,"seal":{"kind":NAME,"text":HEX64,"heads":["DEVICE:SEQ",…]}]
 *    [,"amends":{"seal":"DEVICE:SEQ","reason":TEXT}]
 *    [,"aside":{"change":"DEVICE:SEQ","reason":TEXT}]
 *    [,"verdict":{"change":"DEVICE:SEQ","reason":TEXT}]
 *    [,"erases":{"sealed":HEX64 | "blob":HEX64,"reason":TEXT}]}
 *
 * NAME is [a-z][a-z0-9_]{0,62}; KEY is a NAME; keys of set and was are sorted by bytes; every key of was is in set;
 * references are sorted and stand once each; no array is empty (a field without heads is not in "was"). DEVICE is a
 * lower-case UUID, SEQ a decimal ≥ 1, MS a decimal ≥ 0, both without leading zero and at most 2^63 − 1.
 * VALUE is null, true, false, an integer of 64 bits without leading zero, plus sign, fraction or exponent ("-0" is not
 * one), a text, or {"sealed":HEX64}. Texts escape only '"', '\\' and the controls U+0000–U+001F (\b \f \n \r \t where
 * they exist, else \u00xx in lower-case hex; U+0000 never); everything else stands as itself, so that a value has one
 * spelling only. NFC is asked of each text as decoded. The parser accepts exactly what the writer writes: parse ∘
 * serialise is the identity on bytes.
 *
 * The heads of a seal are its frontier: for each device that wrote a line of the root or its parts, the last such
 * line that the sealer held. As chains have no gaps, this names every line in the seal's past (a seal over thousands of
 * parts stays within 64 KiB). */
typedef struct
{
  char *key;
  McValue value;
  McRef *was;
  guint n_was;
} McFieldChange;

typedef struct
{
  char *kind;      /* "finalise", "freeze", "draw", "decide"; retiring is none (mc-record.h) */
  char text[65];   /* hex SHA-256 of the canonical text of the record and its parts */
  McRef *heads;
  guint n_heads;
} McSeal;

typedef enum
{
  MC_ERASES_NOTHING,
  MC_ERASES_SEALED,
  MC_ERASES_BLOB,
} McErases;

#define MC_CHANGE_VERSION 1

struct _McChange
{
  guint version;         /* of the grammar and of the meaning of the fields: MC_CHANGE_VERSION or older */
  char device[37];
  guint64 seq;
  gint64 at;             /* ms since 1970: max(own clock, own last + 1); decides nothing */
  char by[37];           /* id of the user, or "" */
  char *entity;
  char record[37];
  McFieldChange *fields; /* sorted by key */
  guint n_fields;
  McSeal *seal;          /* or NULL */
  McRef amends;          /* seq 0: none; likewise below */
  char *amends_reason;
  McRef aside;
  char *aside_reason;
  McRef verdict;
  char *verdict_reason;
  McErases erases;
  char erases_digest[65];
  char *erases_reason;

  /* Of a parsed line: its bytes, in which its names and texts stand. What was set later has memory of its own. */
  char *block;
  gsize block_length;
};

#define MC_CHANGE_MAX_BYTES (64 * 1024)

McChange *mc_change_new (void);
void mc_change_free (McChange *change);

/* Adds a field, keeping the order; copies @value and @was, which may be in any order. A key that is there already is replaced. */
void mc_change_add_field (McChange *change, const char *key, const McValue *value, const McRef *was, guint n_was);
const McFieldChange *mc_change_field (const McChange *change, const char *key);

/* @length −1: up to the NUL. NULL and MC_STORE_ERROR_GRAMMAR, naming the byte and what was expected there. */
McChange *mc_change_parse (const char *line, gssize length, GError **error);

/* The one spelling of @change, NUL-terminated, @length without the NUL. NULL and MC_STORE_ERROR_INPUT if it would be
 * larger than MC_CHANGE_MAX_BYTES or a part of it is not allowed by the grammar. */
char *mc_change_serialise (const McChange *change, gsize *length, GError **error);

/* The same in two steps: the head (device, seq, at, by) makes @line new, the tail (all the rest) follows it. A tail can be written before its turn in the
 * chain is known, by any thread; who puts both together asks for the length. */
gboolean mc_change_write_head (const McChange *change, GString *line, GError **error);
gboolean mc_change_write_tail (const McChange *change, GString *line, GError **error);
gboolean mc_change_check_length (const GString *line, GError **error);

/* The indexes of the fields of @entity by key: the order in which they stand in a line. Static. */
const guint *mc_change_field_order (const McEntity *entity);

/* Brings a change written by an older version of the program to the meaning of this one. Pure; used by apply and by
 * rebuild alike. */
void mc_change_upgrade (McChange *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McChange, mc_change_free)

G_END_DECLS
