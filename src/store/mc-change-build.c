/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes as they are made in memory: fields in order, and the conversion from older versions. */
#include <string.h>

#include "mc-change.h"

McChange *
mc_change_new (void)
{
  McChange *change = g_new0 (McChange, 1);

  change->version = MC_CHANGE_VERSION;
  return change;
}

/* What stands in the parsed line goes with it. */
static void
release (const McChange *change, char *text)
{
  if (GPOINTER_TO_SIZE (text) - GPOINTER_TO_SIZE (change->block) >= change->block_length)
    g_free (text);
}

static void
clear_field (const McChange *change, McFieldChange *field)
{
  release (change, field->key);
  release (change, field->value.text);
  g_free (field->was);
}

void
mc_change_free (McChange *change)
{
  if (!change)
    return;

  for (guint i = 0; i < change->n_fields; i++)
    clear_field (change, &change->fields[i]);
  g_free (change->fields);
  release (change, change->entity);
  if (change->seal)
    {
      release (change, change->seal->kind);
      g_free (change->seal->heads);
      g_free (change->seal);
    }
  release (change, change->amends_reason);
  release (change, change->aside_reason);
  release (change, change->verdict_reason);
  release (change, change->erases_reason);
  g_free (change->block);
  g_free (change);
}

/* Arrays here grow when their length reaches a power of two, so that no capacity has to be kept. */
static gboolean
is_full (guint n)
{
  return (n & (n - 1)) == 0;
}

/* The index of @key, or of the field before which it belongs. */
static guint
lower_bound (const McChange *change,
             const char     *key)
{
  guint low = 0, high = change->n_fields;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (change->fields[middle].key, key) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

const McFieldChange *
mc_change_field (const McChange *change,
                 const char     *key)
{
  guint i = lower_bound (change, key);

  return i < change->n_fields && strcmp (change->fields[i].key, key) == 0 ? &change->fields[i] : NULL;
}

static int
compare_refs (gconstpointer a,
              gconstpointer b)
{
  return mc_ref_compare (a, b);
}

/* A sorted copy in which each stands once. */
static McRef *
copy_refs (const McRef *refs,
           guint       *n_refs)
{
  McRef *copy = g_memdup2 (refs, *n_refs * sizeof (McRef));
  guint n = 0;

  if (*n_refs < 2)
    return copy;
  qsort (copy, *n_refs, sizeof (McRef), compare_refs);
  for (guint i = 0; i < *n_refs; i++)
    if (n == 0 || !mc_ref_equal (&copy[n - 1], &copy[i]))
      copy[n++] = copy[i];
  *n_refs = n;
  return copy;
}

void
mc_change_add_field (McChange      *change,
                     const char    *key,
                     const McValue *value,
                     const McRef   *was,
                     guint          n_was)
{
  McFieldChange added = { NULL };
  guint i;

  g_return_if_fail (change != NULL && key != NULL && value != NULL);
  g_return_if_fail (was != NULL || n_was == 0);

  added.key = g_strdup (key);
  mc_value_copy (value, &added.value);
  added.n_was = n_was;
  added.was = copy_refs (was, &added.n_was);

  i = lower_bound (change, key);
  if (i < change->n_fields && strcmp (change->fields[i].key, key) == 0)
    {
      clear_field (change, &change->fields[i]);
      change->fields[i] = added;
      return;
    }
  if (is_full (change->n_fields))
    change->fields = g_renew (McFieldChange, change->fields, MAX (1, 2 * change->n_fields));
  memmove (&change->fields[i + 1], &change->fields[i], (change->n_fields - i) * sizeof (McFieldChange));
  change->fields[i] = added;
  change->n_fields++;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      entity)
{
  const McField *fields = ((const McEntity *) entity)->fields;

  return strcmp (fields[*(const guint *) a].key, fields[*(const guint *) b].key);
}

static guint **
make_orders (void)
{
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);
  guint **orders = g_new0 (guint *, n);

  for (guint i = 0; i < n; i++)
    {
      orders[i] = g_new (guint, entities[i]->n_fields);
      for (guint field = 0; field < entities[i]->n_fields; field++)
        orders[i][field] = field;
      g_qsort_with_data (orders[i], (int) entities[i]->n_fields, sizeof (guint), compare_keys, (gpointer) entities[i]);
    }
  return orders;
}

const guint *
mc_change_field_order (const McEntity *entity)
{
  static guint **orders = NULL;

  if (g_once_init_enter (&orders))
    g_once_init_leave (&orders, make_orders ());
  return orders[entity - mc_entity_list (NULL)[0]];
}

void
mc_change_upgrade (McChange *change)
{
  g_return_if_fail (change != NULL);
  g_return_if_fail (change->version >= 1 && change->version <= MC_CHANGE_VERSION);

  /* Each later version brings the one before it one step on, here. Version 1 is the first: nothing is older. */
  change->version = MC_CHANGE_VERSION;
}
