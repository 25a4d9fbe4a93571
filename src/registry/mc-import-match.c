/* SPDX-License-Identifier: GPL-3.0-or-later
 * Compact indexes of what exists and of what a file holds, and the judgement whether two descriptions mean one record. */
#include "mc-import-match.h"

#include <string.h>

#include "store/mc-text-key.h"

struct _McImportIndex
{
  GArray *entries[MC_N_KEYS]; /* guint64: hash, rowid; sorted */
  GByteArray *marks;          /* bits */
  guint n, n_marked;
};

/* Many small tables, so that none of them takes much more while it grows. */
#define N_SEGMENTS 256
#define FIRST_SLOTS 16

typedef struct
{
  guint64 *hashes; /* 0: a free slot */
  guint32 *rows;
  guint n_slots, n_used;
} Segment;

struct _McImportSeen
{
  Segment segments[N_SEGMENTS]; /* by the lowest byte of the hash */
};

/* --- hashes ----------------------------------------------------------------------------------------------- */

static guint64
mix (guint64 hash)
{
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return hash ^ (hash >> 33);
}

static guint64
hash_text (guint64 hash, const char *text)
{
  for (; *text; text++)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (0x100000001b3);
  return mix (hash ^ 0x1f);
}

static void
set_key (McImportKeys *keys, McImportKey key, const char *first, const char *second)
{
  guint64 hash = hash_text (G_GUINT64_CONSTANT (0xcbf29ce484222325), first);

  keys->hashes[key] = (guint32) (second ? hash_text (hash, second) : hash);
  keys->present[key] = TRUE;
}

/* The county that an area lies in; itself if it is wider. */
static const char *
county_of (McAreaTree *tree, const char *id)
{
  const McArea *area = mc_area_tree_find (tree, id);

  for (const McArea *up = area; up; up = up->division)
    if (g_strcmp0 (up->level, "county") == 0)
      return up->id;
  return id;
}

void
mc_import_keys_compute (McImportKeys *keys, McImportKind kind, McAreaTree *tree, const char *id, const char *name,
                        const char *area_or_employer, const char *code, const char *facility_kind)
{
  g_autofree char *name_key = name ? mc_text_name_key (name) : NULL;

  memset (keys, 0, sizeof *keys);
  if (id)
    set_key (keys, MC_KEY_ID, id, NULL);
  if (code)
    set_key (keys, MC_KEY_CODE, code, NULL);
  if (kind == MC_IMPORT_FACILITIES)
    {
      if (name_key && area_or_employer)
        set_key (keys, MC_KEY_NAME, name_key, county_of (tree, area_or_employer));
      if (area_or_employer && facility_kind)
        set_key (keys, MC_KEY_PLACE, area_or_employer, facility_kind);
    }
  else if (name_key)
    {
      g_autofree char *employer_key = area_or_employer ? mc_text_name_key (area_or_employer) : g_strdup ("");

      set_key (keys, MC_KEY_NAME, name_key, employer_key);
    }
}

void
mc_import_keys_of_record (McImportKeys *keys, McImportKind kind, McAreaTree *tree, const McRecord *record, const char *id)
{
  gboolean facility = kind == MC_IMPORT_FACILITIES;

  mc_import_keys_compute (keys, kind, tree, id, mc_record_get_text (record, "name"), mc_record_get_text (record, facility ? "area" : "employer"),
                          mc_record_get_text (record, facility ? "credit_code" : "certificate_no"), facility ? mc_record_get_text (record, "kind") : NULL);
}

/* --- what exists ------------------------------------------------------------------------------------------ */

McImportIndex *
mc_import_index_new (void)
{
  McImportIndex *self = g_new0 (McImportIndex, 1);

  for (guint i = 0; i < MC_N_KEYS; i++)
    self->entries[i] = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->marks = g_byte_array_new ();
  return self;
}

void
mc_import_index_free (McImportIndex *self)
{
  if (!self)
    return;
  for (guint i = 0; i < MC_N_KEYS; i++)
    g_array_unref (self->entries[i]);
  g_byte_array_unref (self->marks);
  g_free (self);
}

void
mc_import_index_add (McImportIndex *self, const McImportKeys *keys, gint64 rowid)
{
  self->n++;
  for (guint i = 0; i < MC_N_KEYS; i++)
    if (keys->present[i] && rowid > 0 && rowid <= G_MAXUINT32)
      {
        guint64 entry = (guint64) keys->hashes[i] << 32 | (guint64) rowid;

        g_array_append_val (self->entries[i], entry);
      }
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

void
mc_import_index_finish (McImportIndex *self)
{
  for (guint i = 0; i < MC_N_KEYS; i++)
    qsort (self->entries[i]->data, self->entries[i]->len, sizeof (guint64), compare_entries);
}

guint
mc_import_index_get_n (McImportIndex *self)
{
  return self->n;
}

static gboolean
has_rowid (const GArray *rowids, gint64 rowid)
{
  for (guint i = 0; i < rowids->len; i++)
    if (g_array_index (rowids, gint64, i) == rowid)
      return TRUE;
  return FALSE;
}

void
mc_import_index_find (McImportIndex *self, const McImportKeys *keys, McImportKey key, guint limit, GArray *rowids)
{
  const guint64 *entries = (const guint64 *) (void *) self->entries[key]->data;
  guint64 wanted = (guint64) keys->hashes[key] << 32;
  guint low = 0, high = self->entries[key]->len;

  if (!keys->present[key])
    return;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (entries[middle] < wanted)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < self->entries[key]->len && entries[low] >> 32 == wanted >> 32 && rowids->len < limit; low++)
    {
      gint64 rowid = (gint64) (entries[low] & G_MAXUINT32);

      if (!has_rowid (rowids, rowid))
        g_array_append_val (rowids, rowid);
    }
}

void
mc_import_index_mark (McImportIndex *self, gint64 rowid)
{
  guint byte = (guint) (rowid / 8);

  if (byte >= self->marks->len)
    {
      guint old = self->marks->len;

      g_byte_array_set_size (self->marks, MAX (byte + 1, old * 2));
      memset (self->marks->data + old, 0, self->marks->len - old);
    }
  self->n_marked += !mc_import_index_is_marked (self, rowid);
  self->marks->data[byte] |= (guint8) (1 << (rowid % 8));
}

guint
mc_import_index_get_n_unmarked (McImportIndex *self)
{
  return self->n > self->n_marked ? self->n - self->n_marked : 0;
}

gboolean
mc_import_index_is_marked (McImportIndex *self, gint64 rowid)
{
  guint byte = (guint) (rowid / 8);

  return byte < self->marks->len && (self->marks->data[byte] >> (rowid % 8) & 1);
}

/* --- what the file holds ---------------------------------------------------------------------------------- */

McImportSeen *
mc_import_seen_new (void)
{
  return g_new0 (McImportSeen, 1);
}

void
mc_import_seen_free (McImportSeen *self)
{
  if (!self)
    return;
  for (guint i = 0; i < N_SEGMENTS; i++)
    {
      g_free (self->segments[i].hashes);
      g_free (self->segments[i].rows);
    }
  g_free (self);
}

static guint
find_slot (const Segment *segment, guint64 hash)
{
  guint at = (guint) ((hash >> 8) % segment->n_slots);

  while (segment->hashes[at] != 0 && segment->hashes[at] != hash)
    at = at + 1 < segment->n_slots ? at + 1 : 0;
  return at;
}

static void
grow (Segment *segment)
{
  Segment larger = { NULL, NULL, MAX (FIRST_SLOTS, segment->n_slots / 2 * 3), segment->n_used };

  larger.hashes = g_new0 (guint64, larger.n_slots);
  larger.rows = g_new0 (guint32, larger.n_slots);
  for (guint i = 0; i < segment->n_slots; i++)
    if (segment->hashes[i] != 0)
      {
        guint at = find_slot (&larger, segment->hashes[i]);

        larger.hashes[at] = segment->hashes[i];
        larger.rows[at] = segment->rows[i];
      }
  g_free (segment->hashes);
  g_free (segment->rows);
  *segment = larger;
}

guint64
mc_import_seen_add (McImportSeen *self, const char *id, guint64 row)
{
  guint64 hash = MAX (hash_text (G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), id), 1);
  Segment *segment = &self->segments[hash % N_SEGMENTS];
  guint at;

  if (segment->n_used * 5 >= segment->n_slots * 4)
    grow (segment);
  at = find_slot (segment, hash);
  if (segment->hashes[at] != 0)
    return segment->rows[at];
  segment->hashes[at] = hash;
  segment->rows[at] = (guint32) MIN (row, G_MAXUINT32);
  segment->n_used++;
  return 0;
}

/* --- judgement -------------------------------------------------------------------------------------------- */

static gboolean
texts_agree (const char *a, const char *b)
{
  return !a || !b || strcmp (a, b) == 0;
}

static gboolean
same_text (const char *a, const char *b)
{
  return a && b && strcmp (a, b) == 0;
}

static gboolean
same_name (const McRecord *a, const McRecord *b, const char *key)
{
  const char *x = mc_record_get_text (a, key), *y = mc_record_get_text (b, key);
  g_autofree char *x_key = NULL, *y_key = NULL;

  if (!x || !y || strcmp (x, y) == 0)
    return x && y;
  x_key = mc_text_name_key (x);
  y_key = mc_text_name_key (y);
  return strcmp (x_key, y_key) == 0;
}

/* One area within the other: a sheet may say it more or less exactly than the register. */
static gboolean
areas_agree (McAreaTree *tree, const char *a, const char *b)
{
  return !a || !b || strcmp (a, b) == 0 || mc_area_tree_contains (tree, a, b) || mc_area_tree_contains (tree, b, a);
}

static McMatch
judge_facility (McAreaTree *tree, const McRecord *row, const char *id, const McRecord *existing, guint *score)
{
  gboolean name = same_name (row, existing, "name");
  gboolean kind = texts_agree (mc_record_get_text (row, "kind"), mc_record_get_text (existing, "kind"));
  gboolean area = areas_agree (tree, mc_record_get_text (row, "area"), mc_record_get_text (existing, "area"));
  gboolean code = texts_agree (mc_record_get_text (row, "credit_code"), mc_record_get_text (existing, "credit_code"));
  gboolean equal_code = same_text (mc_record_get_text (row, "credit_code"), mc_record_get_text (existing, "credit_code"));

  *score = 2 * equal_code + 2 * same_text (mc_record_get_text (row, "area"), mc_record_get_text (existing, "area")) +
           (strcmp (mc_record_get_id (existing), id) == 0);
  if (name && kind && area && code)
    return MC_MATCH_SAME;
  if (name && area)
    return kind ? MC_MATCH_OTHER_CODE : MC_MATCH_OTHER_KIND;
  if (name && kind && equal_code)
    return MC_MATCH_MOVED;
  if ((equal_code && kind && area) || strcmp (mc_record_get_id (existing), id) == 0)
    return MC_MATCH_RENAMED;
  return MC_MATCH_NONE;
}

static McMatch
judge_inspector (const McRecord *row, const char *id, const McRecord *existing, guint *score)
{
  const char *a = mc_record_get_text (row, "certificate_no"), *b = mc_record_get_text (existing, "certificate_no");
  gboolean name = same_name (row, existing, "name");

  *score = 2 * same_text (a, b) + same_name (row, existing, "employer");
  if (name && same_text (a, b))
    return MC_MATCH_SAME;
  if (name && same_name (row, existing, "employer"))
    return texts_agree (a, b) ? MC_MATCH_SAME : MC_MATCH_OTHER_CODE;
  return same_text (a, b) || strcmp (mc_record_get_id (existing), id) == 0 ? MC_MATCH_RENAMED : MC_MATCH_NONE;
}

McMatch
mc_import_match (McImportKind kind, McAreaTree *tree, const McRecord *row, const char *id, const GPtrArray *candidates, guint *best)
{
  McMatch match = MC_MATCH_NONE;
  guint best_score = 0;

  for (guint i = 0; i < candidates->len; i++)
    {
      const McRecord *existing = candidates->pdata[i];
      guint score = 0;
      McMatch judged = kind == MC_IMPORT_FACILITIES ? judge_facility (tree, row, id, existing, &score) : judge_inspector (row, id, existing, &score);

      if (judged != MC_MATCH_NONE && (match == MC_MATCH_NONE || judged < match || (judged == match && score > best_score)))
        {
          match = judged;
          best_score = score;
          *best = i;
        }
    }
  return match;
}

gboolean
mc_import_is_alike (const McRecord *row, guint64 given, const McRecord *existing)
{
  static const char *const not_telling[] = { "name", "kind", "area", "status", "authority", "credit_risk_class", "sample_fields", "ownership", "supply_model", NULL };
  const McEntity *entity = mc_record_get_entity (row);
  guint equal = 0, compared = 0;

  if (!texts_agree (mc_record_get_text (row, "credit_code"), mc_record_get_text (existing, "credit_code")))
    return FALSE;
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const char *key = entity->fields[i].key;

      if (!(given >> i & 1) || mc_record_is_null (existing, key) || g_strv_contains (not_telling, key))
        continue;
      compared++;
      equal += mc_value_equal (mc_record_get (row, key), mc_record_get (existing, key));
    }
  return equal >= 2 && equal * 3 >= compared * 2;
}
