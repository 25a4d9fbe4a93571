/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the cells of a row by the mapping; finds the area and the authority that it names. */
#include "mc-import-row.h"

#include "mc-authority.h"
#include "mc-facility.h"
#include "mc-import-constant.h"
#include "mc-import-value.h"
#include "mc-inspector.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_CACHED_AREAS 20000
#define MAX_NEAREST 3

void
mc_import_context_init (McImportContext *self)
{
  self->areas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unknown_areas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->constants = g_array_new (FALSE, FALSE, sizeof (McImportConstant));
  g_array_set_clear_func (self->constants, mc_import_constant_clear);
}

void
mc_import_context_clear (McImportContext *self)
{
  g_clear_pointer (&self->areas, g_hash_table_unref);
  g_clear_pointer (&self->unknown_areas, g_hash_table_unref);
  g_clear_pointer (&self->constants, g_array_unref);
}

static void
note_clear (gpointer data)
{
  g_free (((McRowNote *) data)->text);
}

static void
add_note (McImportItem *item, const McImportColumn *column, gboolean rejects, char *text)
{
  McRowNote note = { column, rejects, text };

  g_array_append_val (item->notes, note);
  item->rejected = item->rejected || rejects;
}

void
mc_import_item_note (McImportItem *item, McImportContext *context, const char *key, gboolean rejects, char *text)
{
  add_note (item, key ? mc_import_mapping_find (context->mapping, key) : NULL, rejects, text);
}

void
mc_import_item_free (McImportItem *item)
{
  if (!item)
    return;
  mc_record_free (item->record);
  g_array_unref (item->notes);
  g_free (item->id);
  g_free (item);
}

/* Takes @value. @index: of the field. */
static void
set_field (McImportItem *item, guint index, McValue *value, gboolean given)
{
  mc_record_take_at (item->record, index, value);
  if (given)
    item->given |= G_GUINT64_CONSTANT (1) << index;
  else
    item->defaulted |= G_GUINT64_CONSTANT (1) << index;
}

static void
set_reference (McImportItem *item, const char *key, const char *id, gboolean given)
{
  McValue value = MC_VALUE_INIT;

  mc_value_init_text (&value, id);
  set_field (item, (guint) mc_entity_field_index (mc_record_get_entity (item->record), key), &value, given);
}

/* --- areas ------------------------------------------------------------------------------------------------ */

/* Characters that must be put in, taken out or exchanged. */
static guint
edit_distance (const gunichar *a, glong n_a, const gunichar *b, glong n_b)
{
  guint row[64];

  if (n_b >= (glong) G_N_ELEMENTS (row))
    return G_MAXUINT;
  for (glong j = 0; j <= n_b; j++)
    row[j] = (guint) j;
  for (glong i = 1; i <= n_a; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i;
      for (glong j = 1; j <= n_b; j++)
        {
          guint above = row[j];
          guint changed = diagonal + (a[i - 1] != b[j - 1]);

          row[j] = MIN (changed, MIN (above, row[j - 1]) + 1);
          diagonal = above;
        }
    }
  return row[n_b];
}

static gboolean
already_listed (const McArea *const nearest[MAX_NEAREST], const char *name)
{
  for (guint i = 0; i < MAX_NEAREST; i++)
    if (nearest[i] && strcmp (nearest[i]->name, name) == 0)
      return TRUE;
  return FALSE;
}

static void
find_nearest (McAreaTree *tree, const char *text, const McArea *nearest[MAX_NEAREST])
{
  glong n_text, n_name;
  g_autofree gunichar *wanted = g_utf8_to_ucs4_fast (text, -1, &n_text);
  guint distances[MAX_NEAREST] = { G_MAXUINT, G_MAXUINT, G_MAXUINT };

  for (guint i = 0; i < mc_area_tree_get_n_areas (tree); i++)
    {
      const McArea *area = mc_area_tree_get (tree, i);
      g_autofree gunichar *name = g_utf8_to_ucs4_fast (area->name, -1, &n_name);
      guint distance = edit_distance (wanted, MIN (n_text, 63), name, n_name);
      guint at = MAX_NEAREST;

      if (area->retired || distance >= (guint) MAX (n_text, n_name) || already_listed (nearest, area->name))
        continue;
      while (at > 0 && distance < distances[at - 1])
        at--;
      for (guint j = MAX_NEAREST - 1; j > at; j--)
        {
          distances[j] = distances[j - 1];
          nearest[j] = nearest[j - 1];
        }
      if (at < MAX_NEAREST)
        {
          distances[at] = distance;
          nearest[at] = area;
        }
    }
}

char *
mc_import_explain_area (McAreaTree *tree, const char *text)
{
  const McArea *nearest[MAX_NEAREST] = { NULL };
  g_autoptr (GString) names = g_string_new (NULL);

  find_nearest (tree, text, nearest);
  for (guint i = 0; i < MAX_NEAREST && nearest[i]; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? _(", ") : "", nearest[i]->name);
  if (names->len == 0)
    return g_strdup_printf (_("the area “%s” is not known here"), text);
  return g_strdup_printf (_("the area “%s” is not known here; the nearest names are: %s"), text, names->str);
}

static McAreaMatch
resolve (McImportContext *context, const char *text, const McArea **found)
{
  McAreaMatch match = MC_AREA_UNKNOWN;

  if (context->default_area)
    match = mc_area_tree_resolve (context->tree, text, context->default_area, found);
  if (match == MC_AREA_UNKNOWN)
    match = mc_area_tree_resolve (context->tree, text, NULL, found);
  return match;
}

typedef struct
{
  const McImportColumn *column; /* of the narrowest name */
  char *parts[MC_AREA_PART_VILLAGE + 1];
} AreaNames;

static void
area_names_clear (AreaNames *names)
{
  for (guint i = 0; i < G_N_ELEMENTS (names->parts); i++)
    g_free (names->parts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AreaNames, area_names_clear)

static void
join_part (GString *joined, const char *part)
{
  if (!part)
    return;
  if (joined->len > 0)
    g_string_append_c (joined, ' ');
  g_string_append (joined, part);
}

static char *
join_parts (const AreaNames *names, McAreaPart last, gboolean with_any)
{
  GString *joined = g_string_sized_new (64);

  for (guint part = MC_AREA_PART_CITY; part <= last; part++)
    join_part (joined, names->parts[part]);
  if (with_any)
    join_part (joined, names->parts[MC_AREA_PART_ANY]);
  return g_string_free (joined, FALSE);
}

/* The names together; without the village, which the tree need not have; the general name alone; the parts alone. */
static McAreaMatch
resolve_names (McImportContext *context, const AreaNames *names, const McArea **found, char **tried)
{
  static const struct { McAreaPart last; gboolean with_any; } attempts[] = {
    { MC_AREA_PART_VILLAGE, TRUE }, { MC_AREA_PART_TOWNSHIP, TRUE }, { MC_AREA_PART_NONE, TRUE }, { MC_AREA_PART_TOWNSHIP, FALSE },
  };
  McAreaMatch best = MC_AREA_UNKNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autofree char *text = join_parts (names, attempts[i].last, attempts[i].with_any);
      McAreaMatch match = *text ? resolve (context, text, found) : MC_AREA_UNKNOWN;

      if (match == MC_AREA_FOUND)
        return match;
      if (*text && (!*tried || match == MC_AREA_AMBIGUOUS))
        {
          g_free (*tried);
          *tried = g_steal_pointer (&text);
        }
      best = match == MC_AREA_AMBIGUOUS ? match : best;
    }
  return best;
}

/* Which of the names is the one that nobody knows. */
static const char *
unknown_part (McImportContext *context, const AreaNames *names, const char *all)
{
  const McArea *found;

  for (guint part = MC_AREA_PART_ANY; part <= MC_AREA_PART_TOWNSHIP; part++)
    if (names->parts[part] && mc_area_tree_resolve (context->tree, names->parts[part], NULL, &found) == MC_AREA_UNKNOWN)
      return names->parts[part];
  return all;
}

/* Why no area has these names; NULL: @found has. What was found out is known for the rows below. */
static const char *
look_up_area (McImportContext *context, const AreaNames *names, const char *key, const McArea **found)
{
  g_autofree char *tried = NULL;
  const char *known = NULL;
  McAreaMatch match;
  char *message;

  *found = g_hash_table_lookup (context->areas, key);
  known = *found ? NULL : g_hash_table_lookup (context->unknown_areas, key);
  if (*found || known)
    return known;
  match = resolve_names (context, names, found, &tried);
  if (match == MC_AREA_FOUND)
    {
      if (g_hash_table_size (context->areas) < MAX_CACHED_AREAS)
        g_hash_table_insert (context->areas, g_strdup (key), (gpointer) *found);
      return NULL;
    }
  if (match == MC_AREA_AMBIGUOUS)
    message = g_strdup_printf (_("several areas are called “%s”; name the county too"), tried);
  else
    message = mc_import_explain_area (context->tree, unknown_part (context, names, key));
  if (g_hash_table_size (context->unknown_areas) >= MAX_CACHED_AREAS)
    g_hash_table_remove_all (context->unknown_areas);
  g_hash_table_insert (context->unknown_areas, g_strdup (key), message);
  return message;
}

static void
take_area (McImportContext *context, McImportItem *item, const AreaNames *names)
{
  g_autofree char *key = join_parts (names, MC_AREA_PART_VILLAGE, TRUE);
  const McArea *found = NULL;
  const char *message = *key ? look_up_area (context, names, key, &found) : NULL;

  if (message)
    add_note (item, names->column, TRUE, g_strdup (message));
  else if (found)
    set_reference (item, "area", found->id, TRUE);
}

/* Where no column names the area, the beginning of the address may. */
static void
take_area_from_address (McImportContext *context, McImportItem *item)
{
  const char *address = item->record && mc_entity_field_index (mc_record_get_entity (item->record), "address") >= 0
                          ? mc_record_get_text (item->record, "address") : NULL;
  const McArea *found = NULL;

  if (!address || !mc_record_is_null (item->record, "area"))
    return;
  if (mc_area_tree_resolve_address (context->tree, address, context->default_area, &found) == MC_AREA_FOUND)
    set_reference (item, "area", found->id, FALSE);
}

/* --- authorities ------------------------------------------------------------------------------------------ */

/* A name; or what kind of authority it is, which is then the nearest of its kind. */
static void
take_authority (McImportContext *context, McImportItem *item, const McImportColumn *column, const char *text)
{
  const McAuthority *authority = mc_authority_find_name (context->authorities, text);
  const char *kind = authority ? NULL : mc_authority_kind_from_name (text);
  const char *area = mc_record_get_text (item->record, "area");

  if (!authority && kind && area)
    authority = mc_authority_find_competent (context->authorities, kind, context->tree, area);
  if (authority)
    set_reference (item, "authority", authority->id, TRUE);
  else
    add_note (item, column, TRUE, g_strdup_printf (_("the authority “%s” is not in the register of authorities"), text));
}

static void
default_facility (McImportContext *context, McImportItem *item)
{
  const char *kind = mc_record_get_text (item->record, "kind"), *area = mc_record_get_text (item->record, "area");
  const char *authority_kind = kind ? mc_authority_kind_for_facility (kind) : NULL;
  const McAuthority *authority = authority_kind && area ? mc_authority_find_competent (context->authorities, authority_kind, context->tree, area) : NULL;

  if (mc_record_is_null (item->record, "authority") && authority)
    set_reference (item, "authority", authority->id, FALSE);
}

/* An inspector works for the authority that the employer is, else for the one that was said or who imports; in its area. */
static void
default_inspector (McImportContext *context, McImportItem *item)
{
  const char *employer = mc_record_get_text (item->record, "employer");
  const McAuthority *authority = employer ? mc_authority_find_name (context->authorities, employer) : NULL;

  if (mc_record_is_null (item->record, "authority") && authority)
    set_reference (item, "authority", authority->id, FALSE);
  mc_import_constants_fill (context, item, "authority");
  if (mc_record_is_null (item->record, "authority") && context->default_authority)
    set_reference (item, "authority", context->default_authority, FALSE);
  authority = mc_record_is_null (item->record, "authority") ? NULL : mc_authority_find (context->authorities, mc_record_get_text (item->record, "authority"));
  if (mc_record_is_null (item->record, "area") && authority)
    set_reference (item, "area", authority->area, FALSE);
}

/* --- the row ---------------------------------------------------------------------------------------------- */

typedef struct
{
  AreaNames areas;
  char *authority;
  const McImportColumn *authority_column;
} Deferred;

/* Takes @value. */
static void
take_value (McImportItem *item, const McImportColumn *column, McValue *value, Deferred *deferred)
{
  if (column->area_part != MC_AREA_PART_NONE)
    {
      g_free (deferred->areas.parts[column->area_part]);
      deferred->areas.parts[column->area_part] = g_steal_pointer (&value->text);
      deferred->areas.column = column;
    }
  else if (column->field->type == MC_FIELD_REFERENCE)
    {
      g_free (deferred->authority);
      deferred->authority = g_steal_pointer (&value->text);
      deferred->authority_column = column;
    }
  else
    set_field (item, (guint) (column->field - mc_record_get_entity (item->record)->fields), value, TRUE);
}

static void
take_cell (McImportContext *context, McImportItem *item, const McImportColumn *column, const McTableCell *cell, Deferred *deferred)
{
  g_auto (McValue) value = MC_VALUE_INIT;
  g_autofree char *message = NULL;

  switch (mc_import_value_parse (context->mapping->kind, column, cell->kind, cell->text, context->uses_1904, &value, &message))
    {
    case MC_PARSED_WRONG:
      add_note (item, column, TRUE, g_steal_pointer (&message));
      break;
    case MC_PARSED_NO_UNIT:
      add_note (item, column, FALSE, g_strdup (_("not taken: neither the cell nor the title says in which unit of money it is")));
      break;
    case MC_PARSED_NO_END:
      add_note (item, column, FALSE, g_strdup_printf (_("“%s” names no day, so the field stays empty"), cell->text));
      break;
    case MC_PARSED_ROUNDED:
      add_note (item, column, FALSE, g_strdup_printf (_("rounded: “%s” has more digits than are kept"), cell->text));
      take_value (item, column, &value, deferred);
      break;
    case MC_PARSED:
      take_value (item, column, &value, deferred);
      break;
    case MC_PARSED_EMPTY:
    default:
      break;
    }
}

static void
finish_item (McImportContext *context, McImportItem *item, Deferred *deferred)
{
  take_area (context, item, &deferred->areas);
  if (!item->rejected)
    take_area_from_address (context, item);
  if (context->mapping->kind == MC_IMPORT_FACILITIES)
    {
      mc_import_constants_fill (context, item, "kind");
      mc_import_constants_fill (context, item, "area");
    }
  if (deferred->authority)
    take_authority (context, item, deferred->authority_column, deferred->authority);
  if (context->mapping->kind == MC_IMPORT_FACILITIES)
    default_facility (context, item);
  else
    default_inspector (context, item);
  mc_import_constants_fill (context, item, NULL);
}

McImportItem *
mc_import_item_new (McImportContext *context, const McTableRow *row)
{
  static const char throw_away[] = "00000000-0000-5000-8000-000000000000";
  McImportItem *item = g_new0 (McImportItem, 1);
  Deferred deferred = { 0 };
  guint next = 0;

  item->row = row->number;
  item->notes = g_array_new (FALSE, FALSE, sizeof (McRowNote));
  g_array_set_clear_func (item->notes, note_clear);
  item->record = mc_record_new (mc_import_entity (context->mapping->kind), throw_away);
  for (guint i = 0; i < context->mapping->columns->len; i++)
    {
      const McImportColumn *column = context->mapping->columns->pdata[i];
      const McTableCell *cell;

      if (!column->field || column->constant)
        continue;
      while (next < row->n_cells && row->cells[next].column < column->column)
        next++;
      cell = next < row->n_cells && row->cells[next].column == column->column ? &row->cells[next] : NULL;
      if (!cell)
        cell = mc_table_row_find (row, column->column);
      if (cell)
        take_cell (context, item, column, cell, &deferred);
    }
  finish_item (context, item, &deferred);
  area_names_clear (&deferred.areas);
  g_free (deferred.authority);
  return item;
}

static char *
id_of_record (McImportKind kind, const McRecord *record)
{
  const char *name = mc_record_get_text (record, "name");

  if (kind == MC_IMPORT_INSPECTORS)
    return name && mc_record_get_text (record, "employer") ? mc_inspector_id_for (mc_record_get_text (record, "employer"), name) : NULL;
  if (!name || mc_record_is_null (record, "kind") || mc_record_is_null (record, "area"))
    return NULL;
  return mc_facility_id_for (mc_record_get_text (record, "kind"), mc_record_get_text (record, "credit_code"), mc_record_get_text (record, "area"), name);
}

void
mc_import_item_identify (McImportItem *item, McImportKind kind)
{
  g_free (item->id);
  item->id = id_of_record (kind, item->record);
}
