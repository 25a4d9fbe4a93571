/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verifies that each derived row is what the lines of its record come to, and that there is no other row. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-log.h"
#include "mc-record-stream.h"
#include "mc-verify-database.h"

/* The statements and counts of one entity's table. */
typedef struct
{
  const McEntity *entity;
  char *select;         /* columns as mc_derive_foreach_column() gives them, [whole_state] */
  GPtrArray *part_sql;  /* of a root with parts: the states of its parts */
  guint64 rows;         /* that the log leads to */
} Table;

typedef struct
{
  McVerify *verify;
  GPtrArray *tables; /* in the order of mc_entity_list() */
  guint64 dormant;
} Records;

/* Compares one row, column by column. */
typedef struct
{
  sqlite3_stmt *row;
  int column;
  const char *wrong; /* the first column that differs */
} Comparison;

static void
add_column (const char *column, const McValue *value, gpointer sql)
{
  g_string_append_printf (sql, "%s%s", ((GString *) sql)->len > strlen ("SELECT ") ? ", " : "", column);
}

static char *
make_select (const McEntity *entity)
{
  g_autoptr (GString) sql = g_string_new ("SELECT id");

  for (guint i = 0; i < entity->n_fields; i++)
    add_column (entity->fields[i].key, NULL, sql);
  add_column ("state", NULL, sql);
  if (mc_derive_has_search_key (entity))
    add_column ("search_key", NULL, sql);
  if (mc_derive_has_parts (entity))
    add_column ("whole_state", NULL, sql);
  g_string_append_printf (sql, " FROM %s WHERE id = ?1", entity->name);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
table_free (gpointer data)
{
  Table *table = data;

  g_free (table->select);
  g_ptr_array_unref (table->part_sql);
  g_free (table);
}

static GPtrArray *
make_tables (void)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (table_free);
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  for (guint i = 0; i < n; i++)
    {
      Table *table = g_new0 (Table, 1);

      table->entity = entities[i];
      table->select = make_select (entities[i]);
      table->part_sql = g_ptr_array_new_with_free_func (g_free);
      for (guint p = 0; p < n; p++)
        if (g_strcmp0 (entities[p]->root_entity, entities[i]->name) == 0)
          g_ptr_array_add (table->part_sql, g_strdup_printf ("SELECT state FROM %s WHERE %s = ?1", entities[p]->name, entities[p]->root_field));
      if (table->part_sql->len > 0)
        g_ptr_array_add (table->part_sql, g_strdup ("SELECT state FROM dormant WHERE root = ?1"));
      g_ptr_array_add (tables, table);
    }
  return tables;
}

static Table *
table_of (Records *self, const McEntity *entity)
{
  for (guint i = 0; i < self->tables->len; i++)
    if (((Table *) g_ptr_array_index (self->tables, i))->entity == entity)
      return g_ptr_array_index (self->tables, i);
  g_return_val_if_reached (NULL);
}

/* --- one row ------------------------------------------------------------------------------------------------ */

static gboolean
same_bytes (sqlite3_stmt *row, int column, const char *text)
{
  gsize length = strlen (text);

  return (gsize) sqlite3_column_bytes (row, column) == length
         && (length == 0 || memcmp (sqlite3_column_blob (row, column), text, length) == 0);
}

static gboolean
same_value (sqlite3_stmt *row, int column, const McValue *value, gboolean is_key)
{
  int type = sqlite3_column_type (row, column);

  switch (value->type)
    {
    case MC_VALUE_NULL:
      return type == SQLITE_NULL;
    case MC_VALUE_BOOLEAN:
    case MC_VALUE_INTEGER:
      return type == SQLITE_INTEGER && sqlite3_column_int64 (row, column) == value->integer;
    case MC_VALUE_TEXT:
    case MC_VALUE_SEALED:
    default:
      return type == (is_key ? SQLITE_BLOB : SQLITE_TEXT) && same_bytes (row, column, value->text);
    }
}

static void
compare_column (const char *column, const McValue *value, gpointer data)
{
  Comparison *comparison = data;
  gboolean is_key = strcmp (column, "search_key") == 0;

  if (!comparison->wrong && !same_value (comparison->row, comparison->column, value, is_key))
    comparison->wrong = column;
  comparison->column++;
}

static gboolean
read_part_states (Records *self, Table *table, const char *root, gint64 *states, GError **error)
{
  McVerify *verify = self->verify;

  for (guint i = 0; i < table->part_sql->len; i++)
    {
      sqlite3_stmt *statement = mc_database_statement (verify->database, g_ptr_array_index (table->part_sql, i), error);
      int step;

      if (!statement)
        return FALSE;
      sqlite3_bind_text (statement, 1, root, -1, SQLITE_STATIC);
      while ((step = mc_verify_step (verify, statement, error)) == 1)
        *states |= sqlite3_column_int64 (statement, 0);
      if (step < 0)
        return FALSE;
    }
  return TRUE;
}

static char *
record_name (const McDerived *derived)
{
  return g_strdup_printf ("record %s/%s", derived->entity->name, derived->id);
}

static void
find_wrong_column (Records *self, const McDerived *derived, const char *column)
{
  const McField *field = mc_entity_field (derived->entity, column);

  mc_verify_find (self->verify, MC_FINDING_RECORD, record_name (derived),
                  _("A stored value of this record (%s) is not what its lines say. Rebuild the database from its log."),
                  field ? _(field->label) : column);
}

/* @row stands on the row, or is at its end. */
static gboolean
compare_row (Records *self, Table *table, const McDerived *derived, sqlite3_stmt *row, GError **error)
{
  Comparison comparison = { row, 0, NULL };
  gint64 whole = (gint64) mc_record_get_state (derived->record);

  mc_derive_foreach_column (derived, compare_column, &comparison);
  if (!comparison.wrong && table->part_sql->len > 0)
    {
      if (!read_part_states (self, table, derived->id, &whole, error))
        return FALSE;
      if (sqlite3_column_type (row, comparison.column) != SQLITE_INTEGER || sqlite3_column_int64 (row, comparison.column) != whole)
        comparison.wrong = "whole_state";
    }
  if (comparison.wrong)
    find_wrong_column (self, derived, comparison.wrong);
  return TRUE;
}

static gboolean
check_row (Records *self, Table *table, const McDerived *derived, GError **error)
{
  McVerify *verify = self->verify;
  sqlite3_stmt *row = mc_database_statement (verify->database, table->select, error);
  gboolean done = TRUE;
  int step;

  if (!row)
    return FALSE;
  sqlite3_bind_text (row, 1, derived->id, -1, SQLITE_STATIC);
  step = mc_verify_step (verify, row, error);
  if (step == 1 && derived->dormant)
    mc_verify_find (verify, MC_FINDING_RECORD, record_name (derived), _("This record is stored, but no line in effect leads to it. Rebuild the database from its log."));
  else if (step == 1)
    done = compare_row (self, table, derived, row, error);
  else if (step == 0 && !derived->dormant)
    mc_verify_find (verify, MC_FINDING_RECORD, record_name (derived), _("This record stands in the log and is missing from the tables. Rebuild the database from its log."));
  mc_database_done (row);
  if (!derived->dormant)
    table->rows++;
  return step >= 0 && done;
}

static gboolean
check_dormant (Records *self, const McDerived *derived, GError **error)
{
  McVerify *verify = self->verify;
  sqlite3_stmt *row = mc_database_statement (verify->database, "SELECT entity, root, state FROM dormant WHERE id = ?1", error);
  gboolean good;
  int step;

  if (!row)
    return FALSE;
  sqlite3_bind_text (row, 1, derived->id, -1, SQLITE_STATIC);
  step = mc_verify_step (verify, row, error);
  good = derived->dormant ? step == 1 && same_bytes (row, 0, derived->entity->name) && same_bytes (row, 1, derived->root)
                              && sqlite3_column_int64 (row, 2) == (gint64) mc_record_get_state (derived->record)
                          : step == 0;
  mc_database_done (row);
  self->dormant += derived->dormant ? 1 : 0;
  if (step >= 0 && !good)
    mc_verify_find (verify, MC_FINDING_RECORD, record_name (derived), _("What waits to be taken in is not noted as its lines say. Rebuild the database from its log."));
  return step >= 0;
}

static gboolean
check_record (Records *self, const McDerived *derived, GError **error)
{
  self->verify->report->records++;
  return check_row (self, table_of (self, derived->entity), derived, error)
         && check_dormant (self, derived, error)
         && (mc_entity_is_part (derived->entity) || mc_verify_seals_of (self->verify, derived, error));
}

/* --- whole: all records ------------------------------------------------------------------------------------- */

static gboolean
check_all (Records *self, GError **error)
{
  McVerify *verify = self->verify;
  g_autoptr (McRecordStream) stream = mc_record_stream_new (verify->log, NULL, NULL);
  g_autoptr (GError) cause = NULL;
  guint64 lines_done = 0;

  for (;;)
    {
      McRecordLines *lines = mc_record_stream_next (stream, &cause);
      g_autoptr (McDerived) derived = NULL;

      if (!lines)
        break;
      lines_done += lines->n_changes;
      mc_progress_tell (verify->progress, _("Checking the records"), lines_done, verify->total_lines);
      if (!lines->entity)
        continue;
      derived = mc_derive_new (verify->database, lines->entity, lines->id, g_steal_pointer (&lines->changes), error);
      if (!derived || !check_record (self, derived, error))
        return FALSE;
    }
  if (!cause)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* Names the rows of @table that no line leads to. */
static gboolean
find_strays (Records *self, Table *table, GError **error)
{
  McVerify *verify = self->verify;
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s NOT INDEXED", table->entity->name);
  g_autoptr (sqlite3_stmt) row = mc_store_prepare (mc_database_get_handle (verify->database), sql, error);
  int step;

  if (!row)
    return FALSE;
  while ((step = mc_verify_step (verify, row, error)) == 1)
    {
      const char *id = (const char *) sqlite3_column_text (row, 0);
      g_autoptr (GPtrArray) changes = id ? mc_log_load_lines (verify->database, table->entity, id, error) : g_ptr_array_new ();

      if (!changes)
        return FALSE;
      if (changes->len == 0)
        mc_verify_find (verify, MC_FINDING_RECORD, g_strdup_printf ("record %s/%s", table->entity->name, id ? id : "?"),
                        _("This record is stored, but no line in effect leads to it. Rebuild the database from its log."));
    }
  return step == 0;
}

static gboolean
check_counts (Records *self, GError **error)
{
  McVerify *verify = self->verify;
  gint64 found;

  for (guint i = 0; i < self->tables->len; i++)
    {
      Table *table = g_ptr_array_index (self->tables, i);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s NOT INDEXED", table->entity->name);

      if (!mc_database_integer (verify->database, sql, 0, &found, error))
        return FALSE;
      verify->report->rows += (guint64) found;
      if ((guint64) found > table->rows && !find_strays (self, table, error))
        return FALSE;
    }
  if (!mc_database_integer (verify->database, "SELECT count(*) FROM dormant", 0, &found, error))
    return FALSE;
  verify->report->rows += (guint64) found;
  if ((guint64) found != self->dormant)
    mc_verify_find (verify, MC_FINDING_RECORD, g_strdup ("dormant"),
                    _("What waits to be taken in is not noted as its lines say. Rebuild the database from its log."));
  return TRUE;
}

/* --- since the last verification ----------------------------------------------------------------------------- */

static gboolean
check_one (Records *self, const char *name, GHashTable *roots, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", 2);
  g_autoptr (McDerived) derived = mc_derive_load (self->verify->database, mc_entity_find (parts[0]), parts[1], error);

  if (!derived || !check_record (self, derived, error))
    return FALSE;
  if (mc_entity_is_part (derived->entity) && roots)
    g_hash_table_add (roots, g_strconcat (derived->entity->root_entity, "/", derived->root, NULL));
  return TRUE;
}

/* A root whose own lines are not here is no damage: its parts came first. */
static gboolean
check_root (Records *self, const char *name, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (check_one (self, name, NULL, &cause) || g_error_matches (cause, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
check_touched (Records *self, GError **error)
{
  McVerify *verify = self->verify;
  g_autoptr (GHashTable) roots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, verify->touched);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!check_one (self, name, roots, error))
      return FALSE;
  g_hash_table_iter_init (&iter, roots);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (verify->touched, name) && !check_root (self, name, error))
      return FALSE;
  return TRUE;
}

gboolean
mc_verify_records (McVerify *self, GError **error)
{
  Records records = { self, make_tables (), 0 };

  /* Statements are known by the address of their text: it stays as long as the connection. */
  self->kept = records.tables;
  if (self->touched)
    return check_touched (&records, error);
  return check_all (&records, error) && check_counts (&records, error);
}
