/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of entities and the SQL of the migrations say the same. */
#include "store-folder.h"

#include <string.h>

static const char *
column_type (McFieldType type)
{
  switch (type)
    {
    case MC_FIELD_INTEGER:
    case MC_FIELD_BOOLEAN:
    case MC_FIELD_TIME:
    case MC_FIELD_MONEY:
    case MC_FIELD_HUNDREDTHS:
      return "INTEGER";
    case MC_FIELD_TEXT:
    case MC_FIELD_DATE:
    case MC_FIELD_CHOICE:
    case MC_FIELD_REFERENCE:
    case MC_FIELD_LIST:
    case MC_FIELD_BLOB:
    default:
      return "TEXT";
    }
}

static int
compare_columns (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "name TYPE" of each column, by name: what a later migration added stands at the end of its table. */
static char *
expected_columns (const McEntity *entity)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (columns, g_strdup ("id TEXT"));
  for (guint i = 0; i < entity->n_fields; i++)
    g_ptr_array_add (columns, g_strdup_printf ("%s %s", entity->fields[i].key, column_type (entity->fields[i].type)));
  g_ptr_array_add (columns, g_strdup ("state INTEGER"));
  if (mc_derive_has_parts (entity))
    g_ptr_array_add (columns, g_strdup ("whole_state INTEGER"));
  if (mc_derive_has_search_key (entity))
    g_ptr_array_add (columns, g_strdup ("search_key BLOB"));
  g_ptr_array_sort (columns, compare_columns);
  g_ptr_array_add (columns, NULL);
  return g_strjoinv ("\n", (char **) columns->pdata);
}

static void
test_each_entity_has_its_table (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT group_concat (name || ' ' || type, char (10)) FROM (SELECT * FROM pragma_table_info ('%s') ORDER BY name || ' ' || type)", entities[i]->name);
      g_autofree char *found = raw_text (folder.db, sql);
      g_autofree char *expected = expected_columns (entities[i]);

      g_assert_cmpstr (found, ==, expected);
    }
}

static void
test_each_table_is_an_entity_or_known (void)
{
  static const char *const others = "'chain', 'change', 'opened', 'checkpoint', 'seal', 'refused', 'erased', 'dormant', "
                                    "'device_state', 'local_setting', 'draft', 'import_batch', 'blob', 'document_number', 'user_pin', 'user_setting'";
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT IN (%s)", others);
  guint n;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  mc_entity_list (&n);
  assert_raw_integer (folder.db, sql, n);
}

/* Lists of parts, and lists by what they are filtered by, never read whole tables. */
static void
test_lists_have_their_indexes (void)
{
  static const char *const queries[] = {
    "SELECT id FROM facility WHERE area = 'x'",
    "SELECT id FROM facility WHERE authority = 'x'",
    "SELECT id FROM facility WHERE name = 'x'",
    "SELECT id FROM facility WHERE credit_code = 'x'",
    "SELECT id FROM facility_class WHERE facility = 'x'",
    "SELECT id FROM area WHERE parent = 'x'",
    "SELECT id FROM area WHERE code = 'x'",
    "SELECT id FROM visit WHERE facility = 'x' ORDER BY checked_on DESC",
    "SELECT id FROM visit WHERE retired_on IS NULL AND same_as IS NULL AND checked_on BETWEEN 'x' AND 'y'",
    "SELECT id FROM visit WHERE lead = 'x' ORDER BY checked_on",
    "SELECT id FROM answer WHERE visit = 'x'",
    "SELECT id FROM finding WHERE visit = 'x'",
    "SELECT id FROM finding WHERE deadline_on BETWEEN 'x' AND 'y'",
    "SELECT id FROM visit_party WHERE visit = 'x'",
    "SELECT id FROM photo WHERE visit = 'x'",
    "SELECT id FROM follow_up WHERE visit = 'x'",
    "SELECT id FROM follow_up WHERE facility = 'x'",
    "SELECT id FROM follow_up WHERE finding = 'x'",
    "SELECT id FROM follow_up WHERE closed_on IS NULL AND retired_on IS NULL AND same_as IS NULL"
    " AND coalesce (extended_to, deadline_on, reply_due_on) <= 'x' ORDER BY coalesce (extended_to, deadline_on, reply_due_on)",
    "SELECT id FROM document WHERE visit = 'x'",
    "SELECT id FROM document WHERE facility = 'x' ORDER BY issued_on DESC",
    "SELECT id FROM document WHERE number = 'x'",
    "SELECT id FROM document WHERE about = 'x'",
    "SELECT id FROM signature WHERE document = 'x'",
    "SELECT id FROM phrase WHERE authority = 'x'",
    "SELECT id FROM handover WHERE from_inspector = 'x'",
    "SELECT id FROM number_range WHERE authority = 'x' AND document_kind = 'y' AND year = 1",
    "SELECT n FROM change WHERE record = x'00'",
  };
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      sqlite3 *db = NULL;
      sqlite3_stmt *statement = NULL;
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", queries[i], NULL);

      g_assert_cmpint (sqlite3_open_v2 (folder.db, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          const char *detail = (const char *) sqlite3_column_text (statement, 3);

          g_test_message ("%s: %s", queries[i], detail);
          g_assert_true (g_str_has_prefix (detail, "SEARCH"));
          g_assert_nonnull (strstr (detail, "INDEX"));
        }
      sqlite3_finalize (statement);
      g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
    }
}

static void
test_table_is_sound (void)
{
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  for (guint i = 0; i < n; i++)
    for (guint f = 0; f < entities[i]->n_fields; f++)
      {
        const McField *field = &entities[i]->fields[f];

        g_assert_cmpint (mc_entity_field_index (entities[i], field->key), ==, (int) f);
        if (field->type == MC_FIELD_REFERENCE)
          g_assert_nonnull (mc_entity_find (field->list));
        if (field->flags & MC_FIELD_PERSONAL)
          {
            /* Only texts are sealed, and what is sealed is not searched. */
            g_assert_cmpint (field->type, ==, MC_FIELD_TEXT);
            g_assert_false (field->flags & MC_FIELD_SEARCHABLE);
          }
      }
  for (guint i = 0; i < n; i++)
    if (entities[i]->root_field)
      {
        const McField *field = mc_entity_field (entities[i], entities[i]->root_field);

        g_assert_nonnull (field);
        g_assert_cmpint (field->type, ==, MC_FIELD_REFERENCE);
        g_assert_cmpstr (field->list, ==, entities[i]->root_entity);
        g_assert_true (field->flags & MC_FIELD_REQUIRED);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/entity-schema/table-is-sound", test_table_is_sound);
  g_test_add_func ("/store/entity-schema/each-entity-has-its-table", test_each_entity_has_its_table);
  g_test_add_func ("/store/entity-schema/each-table-is-an-entity-or-known", test_each_table_is_an_entity_or_known);
  g_test_add_func ("/store/entity-schema/lists-have-their-indexes", test_lists_have_their_indexes);
  return g_test_run ();
}
