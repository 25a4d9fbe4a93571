/* SPDX-License-Identifier: GPL-3.0-or-later
 * Builds the tree of areas from their records, and walks it. */
#include "mc-area.h"

#include <string.h>

#include "mc-area-private.h"
#include "store/mc-uuid.h"

/* An area while the tree is being built. */
typedef struct
{
  const McRecord *record;
  McArea area;
  guint division, zone; /* indices into the drafts; NONE */
  GArray *children;     /* of guint */
  gboolean placed;
} Draft;

#define NONE G_MAXUINT

typedef struct
{
  McAreaTree *tree;
  Draft *drafts;
  guint n;
  GHashTable *index_of; /* id → index + 1 */
  guint *ranks;         /* of each draft */
  guint next_rank;
} Builder;

static const char *
intern (McAreaTree *tree, const char *text)
{
  return text ? g_string_chunk_insert_const (tree->texts, text) : NULL;
}

static const char *const *
read_aliases (McAreaTree *tree, const char *list)
{
  g_auto (GStrv) parts = g_strsplit (list ? list : "", "\n", -1);
  GPtrArray *aliases = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_ptr_array_add (aliases, (char *) intern (tree, parts[i]));
  g_ptr_array_add (aliases, NULL);
  return (const char *const *) g_ptr_array_free (aliases, FALSE);
}

static guint
index_of (Builder *builder, const char *id)
{
  guint found = id ? GPOINTER_TO_UINT (g_hash_table_lookup (builder->index_of, id)) : 0;

  return found ? found - 1 : NONE;
}

static guint
parent_of (const Draft *draft)
{
  return draft->zone != NONE ? draft->zone : draft->division;
}

/* Two edits that crossed may have put an area below itself; it then stands at the top. */
static void
break_cycle (Builder *builder, guint start)
{
  guint steps = 0;

  for (guint at = parent_of (&builder->drafts[start]); at != NONE; at = parent_of (&builder->drafts[at]))
    if (at == start || ++steps > builder->n)
      {
        builder->drafts[start].zone = NONE;
        builder->drafts[start].division = NONE;
        return;
      }
}

static int
compare_drafts (gconstpointer a, gconstpointer b, gpointer data)
{
  Builder *builder = data;
  const McArea *one = &builder->drafts[*(const guint *) a].area;
  const McArea *other = &builder->drafts[*(const guint *) b].area;
  int order;

  if ((one->code == NULL) != (other->code == NULL))
    return one->code == NULL ? 1 : -1;
  order = g_strcmp0 (one->code, other->code);
  if (order == 0)
    order = g_strcmp0 (one->name, other->name);
  return order ? order : strcmp (one->id, other->id);
}

static void
place (Builder *builder, guint index, guint depth)
{
  Draft *draft = &builder->drafts[index];

  if (draft->placed)
    return;
  draft->placed = TRUE;
  draft->area.rank = builder->next_rank++;
  draft->area.depth = depth;
  builder->ranks[index] = draft->area.rank;
  g_array_sort_with_data (draft->children, compare_drafts, builder);
  for (guint i = 0; i < draft->children->len; i++)
    place (builder, g_array_index (draft->children, guint, i), depth + 1);
  draft->area.last = builder->next_rank - 1;
}

static void
read_drafts (Builder *builder, GPtrArray *records)
{
  builder->drafts = g_new0 (Draft, MAX (records->len, 1));
  for (guint i = 0; i < records->len; i++)
    {
      const McRecord *record = g_ptr_array_index (records, i);
      Draft *draft = &builder->drafts[builder->n];
      const char *name = mc_record_get_text (record, "name");

      if (!mc_record_is_null (record, "same_as"))
        continue;
      draft->record = record;
      draft->children = g_array_new (FALSE, FALSE, sizeof (guint));
      draft->area.id = intern (builder->tree, mc_record_get_id (record));
      draft->area.code = intern (builder->tree, mc_record_get_text (record, "code"));
      draft->area.name = intern (builder->tree, name ? name : "");
      draft->area.level = intern (builder->tree, mc_record_get_text (record, "level"));
      draft->area.aliases = read_aliases (builder->tree, mc_record_get_text (record, "aliases"));
      draft->area.retired = !mc_record_is_null (record, "retired_on");
      builder->n++;
      g_hash_table_insert (builder->index_of, (char *) draft->area.id, GUINT_TO_POINTER (builder->n));
    }
}

static void
link_drafts (Builder *builder)
{
  g_autoptr (GArray) tops = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < builder->n; i++)
    {
      builder->drafts[i].division = index_of (builder, mc_record_get_text (builder->drafts[i].record, "parent"));
      builder->drafts[i].zone = index_of (builder, mc_record_get_text (builder->drafts[i].record, "managed_by"));
    }
  for (guint i = 0; i < builder->n; i++)
    break_cycle (builder, i);
  for (guint i = 0; i < builder->n; i++)
    {
      guint parent = parent_of (&builder->drafts[i]);

      g_array_append_val (parent == NONE ? tops : builder->drafts[parent].children, i);
    }
  g_array_sort_with_data (tops, compare_drafts, builder);
  builder->ranks = g_new0 (guint, builder->n + 1);
  for (guint i = 0; i < tops->len; i++)
    place (builder, g_array_index (tops, guint, i), 0);
}

static const McArea *
placed_area (Builder *builder, guint index)
{
  return index == NONE ? NULL : &builder->tree->areas[builder->ranks[index]];
}

static void
fill_tree (Builder *builder)
{
  McAreaTree *tree = builder->tree;

  tree->n = builder->n;
  tree->areas = g_new0 (McArea, MAX (builder->n, 1));
  for (guint i = 0; i < builder->n; i++)
    {
      Draft *draft = &builder->drafts[i];
      McArea *area = &tree->areas[draft->area.rank];

      *area = draft->area;
      area->division = placed_area (builder, draft->division);
      area->zone = placed_area (builder, draft->zone);
      area->parent = area->zone ? area->zone : area->division;
      g_hash_table_insert (tree->by_id, (char *) area->id, area);
      if (area->code && !area->retired)
        g_hash_table_insert (tree->by_code, (char *) area->code, area);
      g_array_unref (draft->children);
    }
}

/* Readers follow same_as; through as many records as there are, not round in a circle. */
static void
follow_same (McAreaTree *tree, GPtrArray *records)
{
  for (guint round = 0, added = 1; added > 0 && round < 8; round++)
    {
      added = 0;
      for (guint i = 0; i < records->len; i++)
        {
          const McRecord *record = g_ptr_array_index (records, i);
          const char *same = mc_record_get_text (record, "same_as");
          gpointer area = same ? g_hash_table_lookup (tree->by_id, same) : NULL;

          if (area && !g_hash_table_contains (tree->by_id, mc_record_get_id (record)))
            added += g_hash_table_insert (tree->by_id, (char *) intern (tree, mc_record_get_id (record)), area);
        }
    }
}

McAreaTree *
mc_area_tree_new (GPtrArray *records)
{
  McAreaTree *tree = g_new0 (McAreaTree, 1);
  Builder builder = { .tree = tree, .index_of = g_hash_table_new (g_str_hash, g_str_equal) };

  g_atomic_ref_count_init (&tree->ref_count);
  tree->texts = g_string_chunk_new (4096);
  tree->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  tree->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  read_drafts (&builder, records);
  link_drafts (&builder);
  fill_tree (&builder);
  follow_same (tree, records);
  mc_area_tree_index_names (tree);
  g_hash_table_unref (builder.index_of);
  g_free (builder.drafts);
  g_free (builder.ranks);
  return tree;
}

McAreaTree *
mc_area_tree_ref (McAreaTree *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mc_area_tree_unref (McAreaTree *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n; i++)
    g_free ((gpointer) self->areas[i].aliases);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_code);
  g_hash_table_unref (self->by_name);
  g_string_chunk_free (self->texts);
  g_free (self->areas);
  g_free (self);
}

guint
mc_area_tree_get_n_areas (McAreaTree *self)
{
  return self->n;
}

const McArea *
mc_area_tree_get (McAreaTree *self, guint rank)
{
  return rank < self->n ? &self->areas[rank] : NULL;
}

const McArea *
mc_area_tree_find (McAreaTree *self, const char *id)
{
  return id ? g_hash_table_lookup (self->by_id, id) : NULL;
}

const McArea *
mc_area_tree_find_code (McAreaTree *self, const char *code)
{
  return code ? g_hash_table_lookup (self->by_code, code) : NULL;
}

GPtrArray *
mc_area_tree_get_children (McAreaTree *self, const McArea *area)
{
  GPtrArray *children = g_ptr_array_new ();
  guint rank = area ? area->rank + 1 : 0;
  guint last = area ? area->last : self->n - 1;

  while (rank <= last && rank < self->n)
    {
      McArea *child = &self->areas[rank];

      if (!child->retired)
        g_ptr_array_add (children, child);
      rank = child->last + 1;
    }
  return children;
}

gboolean
mc_area_is_below (const McArea *area, const McArea *ancestor)
{
  return area->rank >= ancestor->rank && area->rank <= ancestor->last;
}

gboolean
mc_area_tree_contains (McAreaTree *self, const char *ancestor_id, const char *id)
{
  const McArea *ancestor = mc_area_tree_find (self, ancestor_id);
  const McArea *area = mc_area_tree_find (self, id);

  return ancestor && area && mc_area_is_below (area, ancestor);
}

/* Provinces and cities go without saying on a list of places. */
static gboolean
is_wide (const McArea *area)
{
  return g_strcmp0 (area->level, "province") == 0 || g_strcmp0 (area->level, "city") == 0;
}

char *
mc_area_get_path (const McArea *area, const McArea *below)
{
  GString *path = g_string_new (area->name);

  for (const McArea *above = area->parent; above && area != below && above != below; above = above->parent)
    {
      if (below == NULL && is_wide (above) && !is_wide (area))
        break;
      g_string_prepend_c (path, ' ');
      g_string_prepend (path, above->name);
    }
  return g_string_free (path, FALSE);
}

char *
mc_area_id_for_code (const char *code)
{
  return mc_uuid_new_for ("area", code, NULL);
}

char *
mc_area_id_for_zone (const char *parent_code, const char *name)
{
  return mc_uuid_new_for ("area", parent_code, name, NULL);
}
