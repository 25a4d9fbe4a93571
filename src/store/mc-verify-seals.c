/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verifies seals: what a seal names must still come to the text whose SHA-256 it carries. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-log.h"
#include "mc-verify-database.h"

/* The lines of a root or of one of its parts. */
typedef struct
{
  const McEntity *entity;
  char *id;
  GPtrArray *changes; /* of McChange */
} Member;

static void
member_free (gpointer data)
{
  Member *member = data;

  g_free (member->id);
  g_ptr_array_unref (member->changes);
  g_free (member);
}

static gboolean
add_member (McVerify *self, GPtrArray *members, const McEntity *entity, const char *id, GError **error)
{
  GPtrArray *changes = mc_log_load_lines (self->database, entity, id, error);
  Member *member;

  if (!changes)
    return FALSE;
  member = g_new0 (Member, 1);
  member->entity = entity;
  member->id = g_strdup (id);
  member->changes = changes;
  g_ptr_array_add (members, member);
  return TRUE;
}

static GPtrArray *
load_members (McVerify *self, const McDerived *root, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (member_free);
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  if (!add_member (self, members, root->entity, root->id, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) ids = NULL;

      if (g_strcmp0 (entities[i]->root_entity, root->entity->name) != 0)
        continue;
      ids = mc_derive_part_ids (self->database, entities[i], root->id, TRUE, error);
      if (!ids)
        return NULL;
      for (guint p = 0; p < ids->len; p++)
        if (!add_member (self, members, entities[i], g_ptr_array_index (ids, p), error))
          return NULL;
    }
  return g_steal_pointer (&members);
}

static McRef
ref_of (const McChange *change)
{
  McRef ref = { .seq = change->seq };

  g_strlcpy (ref.device, change->device, sizeof ref.device);
  return ref;
}

static gboolean
knows (const McChange *seal, const McChange *change)
{
  McRef ref = ref_of (change);

  return mc_seal_knows (seal, &ref);
}

/* What of @changes the sealer held; @refused gains what verdicts among them refuse. */
static GPtrArray *
past_of (const McChange *seal, GPtrArray *changes, GHashTable *refused)
{
  GPtrArray *past = g_ptr_array_new ();

  for (guint i = 0; i < changes->len; i++)
    {
      McChange *change = g_ptr_array_index (changes, i);

      if ((change->device[0] == seal->device[0] && strcmp (change->device, seal->device) == 0 && change->seq == seal->seq)
          || !knows (seal, change))
        continue;
      g_ptr_array_add (past, change);
      if (change->verdict.seq != 0)
        g_hash_table_add (refused, g_memdup2 (&change->verdict, sizeof (McRef)));
    }
  return past;
}

/* FALSE in @here if a line that the sealer held is not here, or only as a stub. */
static gboolean
past_is_here (McVerify *self, const McChange *seal, gboolean *here, GError **error)
{
  sqlite3_stmt *statement =
    mc_database_statement (self->database, "SELECT 1 FROM chain JOIN change ON change.chain = chain.n WHERE device = ?1 AND seq = ?2 AND line IS NOT NULL", error);

  if (!statement)
    return FALSE;
  *here = TRUE;
  for (guint i = 0; i < seal->seal->n_heads && *here; i++)
    {
      int step;

      sqlite3_bind_text (statement, 1, seal->seal->heads[i].device, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 2, (sqlite3_int64) seal->seal->heads[i].seq);
      step = mc_verify_step (self, statement, error);
      if (step < 0)
        return FALSE;
      *here = step == 1;
      mc_database_done (statement);
    }
  return TRUE;
}

static void
free_merge (gpointer merge)
{
  mc_merge_free (merge);
}

static char *
sealed_text (const McChange *seal, GPtrArray *members)
{
  g_autoptr (GHashTable) refused = g_hash_table_new_full (mc_ref_hash, mc_ref_hash_equal, g_free, NULL);
  g_autoptr (GPtrArray) pasts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) merges = g_ptr_array_new_with_free_func (free_merge);
  g_autoptr (GPtrArray) seals = g_ptr_array_new ();
  g_autoptr (GPtrArray) entities = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < members->len; i++)
    {
      Member *member = g_ptr_array_index (members, i);

      g_ptr_array_add (pasts, past_of (seal, member->changes, refused));
      g_ptr_array_add (entities, (gpointer) member->entity);
      g_ptr_array_add (ids, member->id);
    }
  for (guint i = 0; i < ((GPtrArray *) g_ptr_array_index (pasts, 0))->len; i++)
    {
      McChange *change = g_ptr_array_index ((GPtrArray *) g_ptr_array_index (pasts, 0), i);

      if (change->seal)
        g_ptr_array_add (seals, change);
    }
  for (guint i = 0; i < pasts->len; i++)
    {
      GPtrArray *past = g_ptr_array_index (pasts, i);

      g_ptr_array_add (merges, mc_merge ((const McChange *const *) past->pdata, past->len, i > 0 ? (const McChange *const *) seals->pdata : NULL,
                                         i > 0 ? seals->len : 0, refused));
    }
  return mc_canonical_text ((const McMerge *const *) merges->pdata, (const McEntity *const *) entities->pdata,
                            (const char *const *) ids->pdata, members->len);
}

static gboolean
check_seal (McVerify *self, const McChange *seal, GPtrArray *members, GError **error)
{
  g_autofree char *text = NULL;
  McDigest digest;
  char hex[2 * MC_DIGEST_BYTES + 1];
  gboolean here;

  if (!past_is_here (self, seal, &here, error))
    return FALSE;
  if (!here)
    return TRUE;
  text = sealed_text (seal, members);
  mc_digest_of (text, strlen (text), &digest);
  mc_digest_to_hex (&digest, hex);
  if (strcmp (hex, seal->seal->text) != 0)
    mc_verify_find (self, MC_FINDING_SEAL, g_strdup_printf ("seal %s:%llu", seal->device, (unsigned long long) seal->seq),
                    _("What was sealed does not come to the text that the seal names (%s, not %s)."), hex, seal->seal->text);
  return TRUE;
}

gboolean
mc_verify_seals_of (McVerify *self, const McDerived *root, GError **error)
{
  g_autoptr (GPtrArray) members = NULL;

  for (guint i = 0; i < root->changes->len; i++)
    {
      const McChange *change = g_ptr_array_index (root->changes, i);

      if (!change->seal)
        continue;
      if (!members)
        members = load_members (self, root, error);
      if (!members || !check_seal (self, change, members, error))
        return FALSE;
    }
  return TRUE;
}
