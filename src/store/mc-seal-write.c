/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sealing, amending, late changes, erasures: the writes that are not saves. */
#include "mc-seal-write.h"

#include <glib/gi18n.h>
#include <string.h>

static McChange *
new_change (const McEntity *entity,
            const char     *record)
{
  McChange *change = mc_change_new ();

  change->entity = g_strdup (entity->name);
  g_strlcpy (change->record, record, sizeof change->record);
  return change;
}

static McDerived *
load (McSaver         *saver,
      const McEntity  *entity,
      const char      *record,
      GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  McDerived *derived = mc_derive_load (mc_write_get_database (saver->write), entity, record, &local_error);

  if (g_error_matches (local_error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND))
    mc_store_set_not_found (error, entity, record);
  else if (local_error)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return derived;
}

/* --- sealing ---------------------------------------------------------------------------------------------- */

static void
free_derived (gpointer derived)
{
  mc_derived_free (derived);
}

/* The root first, then every part, also those of which nothing is in effect: their late changes are still open. */
static GPtrArray *
load_whole (McSaver         *saver,
            const McEntity  *entity,
            const char      *root,
            GError         **error)
{
  g_autoptr (GPtrArray) whole = g_ptr_array_new_with_free_func (free_derived);
  McDatabase *database = mc_write_get_database (saver->write);
  McDerived *derived = load (saver, entity, root, error);
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  if (!derived)
    return NULL;
  g_ptr_array_add (whole, derived);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) ids = NULL;

      if (g_strcmp0 (entities[i]->root_entity, entity->name) != 0)
        continue;
      ids = mc_derive_part_ids (database, entities[i], root, TRUE, error);
      for (guint k = 0; ids && k < ids->len; k++)
        {
          derived = mc_derive_load (database, entities[i], g_ptr_array_index (ids, k), error);
          if (!derived)
            return NULL;
          g_ptr_array_add (whole, derived);
        }
      if (!ids)
        return NULL;
    }
  return g_steal_pointer (&whole);
}

static gboolean
check_settled (GPtrArray  *whole,
               GError    **error)
{
  for (guint i = 0; i < whole->len; i++)
    {
      McRecordState state = mc_record_get_state (((McDerived *) g_ptr_array_index (whole, i))->record);

      if (state & MC_RECORD_CONFLICT)
        g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_CONFLICT,
                             _("Two edits disagree. Pick one first. Nothing was made final."));
      else if (state & MC_RECORD_LATE)
        g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_CONFLICT,
                             _("A late addition is waiting. Take it in or set it aside first. Nothing was made final."));
      else if (state & MC_RECORD_UNKNOWN_FIELDS)
        g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_UNKNOWN,
                             _("The record was written by a newer version of Mingcha and is read-only until this program is updated. Nothing was saved."));
      else
        continue;
      return FALSE;
    }
  return TRUE;
}

static int
compare_refs (gconstpointer a,
              gconstpointer b)
{
  return mc_ref_compare (a, b);
}

/* For each device its last line about the root or its parts. */
static void
set_frontier (McSeal    *seal,
              GPtrArray *whole)
{
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value;
  GArray *heads = g_array_new (FALSE, FALSE, sizeof (McRef));

  for (guint i = 0; i < whole->len; i++)
    {
      const McDerived *derived = g_ptr_array_index (whole, i);

      for (guint k = 0; k < derived->changes->len; k++)
        {
          const McChange *change = g_ptr_array_index (derived->changes, k);
          const McChange *known = g_hash_table_lookup (last, change->device);

          if (!known || known->seq < change->seq)
            g_hash_table_insert (last, (gpointer) change->device, (gpointer) change);
        }
    }
  g_hash_table_iter_init (&iter, last);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const McChange *change = value;
      McRef ref = { "", change->seq };

      g_strlcpy (ref.device, change->device, sizeof ref.device);
      g_array_append_val (heads, ref);
    }
  g_array_sort (heads, compare_refs);
  seal->n_heads = heads->len;
  seal->heads = (McRef *) (void *) g_array_free (heads, FALSE);
}

static void
set_text (McSeal    *seal,
          GPtrArray *whole)
{
  g_autofree const McMerge **merges = g_new (const McMerge *, whole->len);
  g_autofree const McEntity **entities = g_new (const McEntity *, whole->len);
  g_autofree const char **ids = g_new (const char *, whole->len);
  g_autofree char *text = NULL;
  McDigest digest;

  for (guint i = 0; i < whole->len; i++)
    {
      const McDerived *derived = g_ptr_array_index (whole, i);

      merges[i] = derived->merge;
      entities[i] = derived->entity;
      ids[i] = derived->id;
    }
  text = mc_canonical_text (merges, entities, ids, whole->len);
  mc_digest_of (text, strlen (text), &digest);
  mc_digest_to_hex (&digest, seal->text);
}

/* Sealing again makes sense only if something was amended since. */
static gboolean
has_news (const McChange *seal,
          GPtrArray      *whole)
{
  for (guint i = 0; i < whole->len; i++)
    {
      const McDerived *derived = g_ptr_array_index (whole, i);

      for (guint k = 0; k < derived->changes->len; k++)
        {
          const McChange *change = g_ptr_array_index (derived->changes, k);
          McRef ref = { "", change->seq };

          g_strlcpy (ref.device, change->device, sizeof ref.device);
          if (!mc_seal_knows (seal, &ref) && !(change->seq == seal->seq && strcmp (change->device, seal->device) == 0))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
check_unsealed (McSaver         *saver,
                const McDerived *root,
                GPtrArray       *whole,
                GError         **error)
{
  if (!root->merge->seal || has_news (root->merge->seal, whole))
    return TRUE;
  g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_SEALED,
                       _("The record is final already, and nothing was amended since. Nothing was saved."));
  return FALSE;
}

gboolean
mc_seal_write (McSaver         *saver,
               const McEntity  *entity,
               const char      *root,
               const char      *kind,
               GError         **error)
{
  g_autoptr (GPtrArray) whole = load_whole (saver, entity, root, error);
  g_autoptr (McChange) change = NULL;
  const McAmendment *amendment = g_hash_table_lookup (saver->amendments, root);

  if (!whole || !check_settled (whole, error) || !check_unsealed (saver, g_ptr_array_index (whole, 0), whole, error))
    return FALSE;
  change = new_change (entity, root);
  change->seal = g_new0 (McSeal, 1);
  change->seal->kind = g_strdup (kind);
  set_frontier (change->seal, whole);
  set_text (change->seal, whole);
  if (amendment)
    {
      change->amends = amendment->seal;
      change->amends_reason = g_strdup (amendment->reason);
    }
  return mc_write_append (saver->write, change, NULL, error) &&
         mc_write_derive (saver->write, entity, root, error) &&
         mc_write_derive_parts (saver->write, entity, root, error) &&
         mc_write_checkpoint (saver->write, error);
}

gboolean
mc_seal_amend (McSaver         *saver,
               const McEntity  *entity,
               const char      *root,
               const char      *reason,
               GError         **error)
{
  McAmendment *amendment;
  gboolean sealed;
  McRef seal;

  if (!mc_saver_find_seal (saver, entity, root, &sealed, &seal, error))
    return FALSE;
  if (!sealed)
    {
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                           _("The record is not final, so there is nothing to amend. Nothing was saved."));
      return FALSE;
    }
  amendment = g_new0 (McAmendment, 1);
  amendment->seal = seal;
  amendment->reason = g_strdup (reason);
  g_hash_table_insert (saver->amendments, g_strdup (root), amendment);
  return TRUE;
}

/* --- late changes ----------------------------------------------------------------------------------------- */

static const McChange *
find_late (const McDerived  *derived,
           const McRef      *ref,
           GError          **error)
{
  for (guint i = 0; i < derived->merge->late->len; i++)
    {
      const McChange *change = g_ptr_array_index (derived->merge->late, i);

      if (change->seq == ref->seq && strcmp (change->device, ref->device) == 0)
        return change;
    }
  g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                       _("This addition no longer waits: it was taken in or set aside meanwhile. Nothing was saved."));
  return NULL;
}

/* The reason of one line stands beside what the transaction gave for others. */
static gboolean
write_amending (McSaver         *saver,
                const McDerived *derived,
                McChange        *change,
                const char      *reason,
                GError         **error)
{
  const McEntity *entity = derived->entity;
  const McEntity *root_entity = mc_entity_is_part (entity) ? mc_entity_find (entity->root_entity) : entity;
  gboolean sealed;
  McRef seal;

  if (!mc_saver_find_seal (saver, root_entity, derived->root, &sealed, &seal, error))
    return FALSE;
  if (sealed)
    {
      change->amends = seal;
      change->amends_reason = g_strdup (reason);
    }
  return mc_saver_write (saver, entity, derived->root, change, error);
}

gboolean
mc_seal_set_aside (McSaver         *saver,
                   const McEntity  *entity,
                   const char      *record,
                   const McRef     *late,
                   const char      *reason,
                   GError         **error)
{
  g_autoptr (McDerived) derived = load (saver, entity, record, error);
  g_autoptr (McChange) change = NULL;

  if (!derived || !find_late (derived, late, error))
    return FALSE;
  change = new_change (entity, record);
  change->aside = *late;
  change->aside_reason = g_strdup (reason);
  return write_amending (saver, derived, change, reason, error);
}

/* Names the late line beside the heads that its values take the place of. */
static void
take_field (McChange            *change,
            const McDerived     *derived,
            const McFieldChange *set,
            const McRef         *late)
{
  const McMergedField *field = mc_merge_field (derived->merge, set->key);
  guint n = field ? field->n_heads : 0;
  g_autofree McRef *was = g_new (McRef, n + 1);

  if (n > 0)
    memcpy (was, field->heads, n * sizeof *was);
  was[n] = *late;
  qsort (was, n + 1, sizeof *was, compare_refs);
  mc_change_add_field (change, set->key, &set->value, was, n + 1);
}

gboolean
mc_seal_take_in (McSaver         *saver,
                 const McEntity  *entity,
                 const char      *record,
                 const McRef     *late,
                 const char      *reason,
                 GError         **error)
{
  g_autoptr (McDerived) derived = load (saver, entity, record, error);
  g_autoptr (McChange) change = NULL;
  const McChange *source = derived ? find_late (derived, late, error) : NULL;

  if (!source)
    return FALSE;
  if (source->n_fields == 0)
    {
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                           _("This addition sets no value; it can only be set aside. Nothing was saved."));
      return FALSE;
    }
  change = new_change (entity, record);
  for (guint i = 0; i < source->n_fields; i++)
    take_field (change, derived, &source->fields[i], late);
  return write_amending (saver, derived, change, reason, error);
}

/* --- erasures --------------------------------------------------------------------------------------------- */

static gboolean
erase_one (McSaver         *saver,
           const McDerived *derived,
           McErases         what,
           const char      *digest,
           const char      *reason,
           GError         **error)
{
  g_autoptr (McChange) change = new_change (derived->entity, derived->id);

  change->erases = what;
  g_strlcpy (change->erases_digest, digest, sizeof change->erases_digest);
  change->erases_reason = g_strdup (reason);
  return write_amending (saver, derived, change, reason, error);
}

/* Older values of the field would tell as much as the last one: every one of them goes. */
gboolean
mc_seal_erase_value (McSaver         *saver,
                     const McEntity  *entity,
                     const char      *record,
                     const char      *key,
                     const char      *reason,
                     GError         **error)
{
  g_autoptr (McDerived) derived = load (saver, entity, record, error);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; derived && i < derived->changes->len; i++)
    {
      const McFieldChange *set = mc_change_field (g_ptr_array_index (derived->changes, i), key);
      gboolean erased;

      if (!set || set->value.type != MC_VALUE_SEALED || !g_hash_table_add (seen, set->value.text))
        continue;
      if (!mc_log_is_erased (mc_write_get_database (saver->write), set->value.text, &erased, error) ||
          (!erased && !erase_one (saver, derived, MC_ERASES_SEALED, set->value.text, reason, error)))
        return FALSE;
    }
  return derived != NULL;
}

gboolean
mc_seal_erase_blob (McSaver         *saver,
                    const McEntity  *entity,
                    const char      *record,
                    const char      *digest,
                    const char      *reason,
                    GError         **error)
{
  g_autoptr (McDerived) derived = load (saver, entity, record, error);

  return derived && erase_one (saver, derived, MC_ERASES_BLOB, digest, reason, error);
}

/* --- conflicts -------------------------------------------------------------------------------------------- */

gboolean
mc_seal_pick (McSaver         *saver,
              const McRecord  *base,
              const char      *key,
              const McValue   *value,
              GError         **error)
{
  const McEntity *entity = mc_record_get_entity (base);
  const McField *field = mc_entity_field (entity, key);
  const char *root = entity->root_field ? mc_record_get_text (base, entity->root_field) : mc_record_get_id (base);
  g_autoptr (McChange) change = NULL;
  const McRef *heads;
  guint n_heads;

  g_return_val_if_fail (field != NULL, FALSE);

  /* A value that cannot be read here may still be picked: its digest stands for it. */
  if (value->type != MC_VALUE_SEALED && !mc_save_check_value (field, value, error))
    return FALSE;
  if ((field->flags & MC_FIELD_REQUIRED) && value->type == MC_VALUE_NULL)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("“%s” must be filled in. Nothing was saved."), _(field->label));
      return FALSE;
    }
  heads = mc_record_get_heads (base, key, &n_heads);
  change = new_change (entity, mc_record_get_id (base));
  mc_change_add_field (change, key, value, heads, n_heads);
  return mc_saver_write (saver, entity, root, change, error);
}
