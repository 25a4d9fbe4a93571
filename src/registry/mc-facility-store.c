/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads lists of facilities: which of them, in which order; and their counts. */
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "mc-facility-private.h"
#include "mc-facility-store.h"
#include "store/mc-code-list.h"

#define NOT_CHECKED                                                                                                        \
  "f.status = 'operating' AND NOT CASE WHEN " MC_SQL_IS_JOINED " THEN EXISTS (SELECT 1 FROM visit v WHERE v.facility IN "    \
  MC_SQL_SAME_PLACE " AND v.checked_on >= :since AND " MC_SQL_FINISHED_CHECK ")"                                             \
  " ELSE EXISTS (SELECT 1 FROM visit v WHERE v.facility = f.id AND v.checked_on >= :since AND " MC_SQL_FINISHED_CHECK ") END"

/* From the records of the findings up to the one that is kept. */
#define WITH_OPEN_FINDINGS                                                                                                 \
  "f.id IN (WITH RECURSIVE kept (id) AS (SELECT v.facility FROM finding n JOIN visit v ON v.id = n.visit WHERE "            \
  MC_SQL_OPEN_FINDING " UNION SELECT j.same_as FROM facility j JOIN kept ON j.id = kept.id WHERE j.same_as IS NOT NULL) SELECT id FROM kept)"

/* Subtrees up to this many areas are read area by area, larger ones in one pass. */
#define SMALL_SUBTREE 64

/* --- queries ---------------------------------------------------------------------------------------------- */

/* A query with its own copies, for the reader's thread. */
typedef struct
{
  McFacilityQuery query;
  McAreaTree *tree;
  char **words;
} Request;

static Request *
request_new (McAreaTree *tree, const McFacilityQuery *query)
{
  Request *request = g_new0 (Request, 1);

  request->query = *query;
  request->query.text = NULL;
  request->query.group = g_strdup (query->group);
  request->query.kind = g_strdup (query->kind);
  request->query.area = g_strdup (query->area);
  request->query.authority = g_strdup (query->authority);
  request->query.risk_class = g_strdup (query->risk_class);
  request->query.status = g_strdup (query->status);
  request->query.not_checked_since = g_strdup (query->not_checked_since);
  request->tree = mc_area_tree_ref (tree);
  request->words = mc_search_words (query->text);
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free ((char *) request->query.group);
  g_free ((char *) request->query.kind);
  g_free ((char *) request->query.area);
  g_free ((char *) request->query.authority);
  g_free ((char *) request->query.risk_class);
  g_free ((char *) request->query.status);
  g_free ((char *) request->query.not_checked_since);
  mc_area_tree_unref (request->tree);
  g_strfreev (request->words);
  g_free (request);
}

static const char *
sort_column (McFacilitySort sort)
{
  switch (sort)
    {
    case MC_FACILITY_SORT_NAME: return "f.name";
    case MC_FACILITY_SORT_KIND: return "f.kind";
    case MC_FACILITY_SORT_RISK: return "f.credit_risk_class";
    case MC_FACILITY_SORT_LAST_CHECKED: return MC_SQL_LAST_CHECKED;
    case MC_FACILITY_SORT_GRADE: return "f.grade";
    case MC_FACILITY_SORT_STATUS: return "f.status";
    case MC_FACILITY_SORT_CAPACITY:
    case MC_FACILITY_SORT_AREA:
    default: return "NULL";
    }
}

/* Kinds of a group, as SQL texts: codes have no quotes. */
static void
append_kinds (GString *sql, const char *group)
{
  const McCode *const *kinds = mc_code_list ("facility-kind");
  const char *comma = "";

  g_string_append (sql, " AND f.kind IN (");
  for (guint i = 0; kinds[i] != NULL; i++)
    if (g_strcmp0 (kinds[i]->group, group) == 0)
      {
        g_string_append_printf (sql, "%s'%s'", comma, kinds[i]->code);
        comma = ", ";
      }
  g_string_append_c (sql, ')');
}

static sqlite3_stmt *
prepare_list (sqlite3 *db, const Request *request, gboolean one_area, GError **error)
{
  const McFacilityQuery *query = &request->query;
  g_autoptr (GString) sql = g_string_new (NULL);
  sqlite3_stmt *statement;

  g_string_printf (sql, "SELECT f.rowid, f.area, f.kind, f.beds, f.childcare_places, %s FROM facility f WHERE " MC_SQL_LISTED, sort_column (query->sort));
  if (one_area)
    g_string_append (sql, " AND f.area = :area");
  if (query->group)
    append_kinds (sql, query->group);
  if (query->kind)
    g_string_append (sql, " AND f.kind = :kind");
  if (query->authority)
    g_string_append (sql, " AND f.authority = :authority");
  if (query->risk_class)
    g_string_append (sql, " AND f.credit_risk_class = :risk");
  if (query->status)
    g_string_append (sql, " AND f.status = :status");
  if (query->not_checked_since)
    g_string_append (sql, " AND " NOT_CHECKED);
  if (query->open_findings)
    g_string_append (sql, " AND " WITH_OPEN_FINDINGS);
  mc_append_word_conditions (sql, "f.", request->words);
  g_string_append (sql, " ORDER BY f.rowid");
  statement = mc_store_prepare (db, sql->str, error);
  if (statement == NULL)
    return NULL;
  mc_bind_text (statement, ":kind", query->kind);
  mc_bind_text (statement, ":authority", query->authority);
  mc_bind_text (statement, ":risk", query->risk_class);
  mc_bind_text (statement, ":status", query->status);
  mc_bind_text (statement, ":since", query->not_checked_since);
  mc_bind_words (statement, request->words);
  return statement;
}

/* --- sorting ---------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 rowid;
  gint64 order;            /* of the sort column, where that is a number */
  const char *collation;   /* where it is a name */
  guint area_rank;
  McFacilityFigures figures;
} Item;

typedef struct
{
  const Request *request;
  const McArea *within;    /* NULL: everywhere */
  GArray *items;           /* of Item */
  GStringChunk *texts;     /* of the collation keys */
  UCollator *collator;
  const char *last_area;   /* the area of the row before, which the next one mostly has too */
  guint last_rank;
} Collector;

/* The place of @code in its list; what is not entered comes before all. */
static gint64
place_in_list (const char *list, const char *code)
{
  const McCode *const *codes = mc_code_list (list);

  if (code == NULL)
    return -1;
  for (guint i = 0; codes[i] != NULL; i++)
    if (strcmp (codes[i]->code, code) == 0)
      return i;
  return G_MAXINT32;
}

/* Bytes that compare as a Chinese reader sorts the text: by pinyin. */
static const char *
collation_key (Collector *collector, const char *text)
{
  g_autofree UChar *units = NULL;
  g_autofree char *key = NULL;
  int32_t n_units = 0, size;
  gsize length = strlen (text);
  UErrorCode status = U_ZERO_ERROR;

  units = g_new (UChar, length + 1);
  u_strFromUTF8 (units, (int32_t) length + 1, &n_units, text, (int32_t) length, &status);
  if (collector->collator == NULL || U_FAILURE (status))
    return g_string_chunk_insert (collector->texts, text);
  size = ucol_getSortKey (collector->collator, units, n_units, NULL, 0);
  key = g_malloc ((gsize) size);
  ucol_getSortKey (collector->collator, units, n_units, (uint8_t *) key, size);
  return g_string_chunk_insert (collector->texts, key);
}

static guint
area_rank (Collector *collector, const char *id)
{
  const McArea *area;

  if (id == NULL)
    return G_MAXUINT;
  if (collector->last_area && strcmp (collector->last_area, id) == 0)
    return collector->last_rank;
  area = mc_area_tree_find (collector->request->tree, id);
  if (area == NULL)
    return G_MAXUINT;
  collector->last_area = area->id;
  collector->last_rank = area->rank;
  return area->rank;
}

static gint32
figure (sqlite3_stmt *statement, int column)
{
  gint64 number = mc_column_integer (statement, column, -1);

  return (gint32) CLAMP (number, -1, G_MAXINT32);
}

static void
collect_row (Collector *collector, sqlite3_stmt *statement)
{
  McFacilitySort sort = collector->request->query.sort;
  const char *value = (const char *) sqlite3_column_text (statement, 5);
  Item item = { .rowid = sqlite3_column_int64 (statement, 0) };

  item.area_rank = area_rank (collector, (const char *) sqlite3_column_text (statement, 1));
  if (collector->within && (item.area_rank < collector->within->rank || item.area_rank > collector->within->last))
    return;
  item.figures.group = (guint8) mc_facility_group_of_kind ((const char *) sqlite3_column_text (statement, 2));
  item.figures.beds = figure (statement, 3);
  item.figures.places = figure (statement, 4);
  if (sort == MC_FACILITY_SORT_NAME)
    item.collation = collation_key (collector, value ? value : "");
  else if (sort == MC_FACILITY_SORT_CAPACITY)
    item.order = item.figures.group == MC_GROUP_CHILDCARE ? item.figures.places : item.figures.beds;
  else if (sort == MC_FACILITY_SORT_KIND)
    item.order = place_in_list ("facility-kind", value);
  else if (sort == MC_FACILITY_SORT_RISK)
    item.order = place_in_list ("credit-risk-class", value);
  else if (sort == MC_FACILITY_SORT_GRADE)
    item.order = place_in_list ("grade", value);
  else if (sort == MC_FACILITY_SORT_STATUS)
    item.order = place_in_list ("facility-status", value);
  else if (sort == MC_FACILITY_SORT_LAST_CHECKED && value && strlen (value) == 10)
    item.order = g_ascii_strtoll (value, NULL, 10) * 10000 + g_ascii_strtoll (value + 5, NULL, 10) * 100 + g_ascii_strtoll (value + 8, NULL, 10);
  else if (sort == MC_FACILITY_SORT_AREA)
    item.order = item.area_rank;
  g_array_append_val (collector->items, item);
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const McFacilityQuery *query = data;
  const Item *one = a, *other = b;
  int order;

  if (one->collation)
    order = strcmp (one->collation, other->collation);
  else
    order = (one->order > other->order) - (one->order < other->order);
  if (order)
    return query->descending ? -order : order;
  if (one->area_rank != other->area_rank)
    return one->area_rank < other->area_rank ? -1 : 1;
  return (one->rowid > other->rowid) - (one->rowid < other->rowid);
}

/* --- lists ------------------------------------------------------------------------------------------------ */

/* FALSE with @error set. Stops early once @limit rows are there (0: never). */
static gboolean
collect_rows (Collector *collector, sqlite3_stmt *statement, guint limit, GError **error)
{
  GError *failure = NULL;

  while ((limit == 0 || collector->items->len < limit) && mc_step (statement, &failure))
    collect_row (collector, statement);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* Area by area in the order of the tree: needs no sorting, and stops early. */
static gboolean
collect_areas (Collector *collector, sqlite3 *db, guint limit, GError **error)
{
  const Request *request = collector->request;
  g_autoptr (sqlite3_stmt) statement = prepare_list (db, request, TRUE, error);
  guint first = collector->within ? collector->within->rank : 0;
  guint last = collector->within ? collector->within->last : mc_area_tree_get_n_areas (request->tree) - 1;

  if (statement == NULL)
    return FALSE;
  for (guint rank = first; rank <= last && rank < mc_area_tree_get_n_areas (request->tree); rank++)
    {
      if (limit > 0 && collector->items->len >= limit)
        break;
      sqlite3_reset (statement);
      mc_bind_text (statement, ":area", mc_area_tree_get (request->tree, rank)->id);
      if (!collect_rows (collector, statement, limit, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
collect (Collector *collector, sqlite3 *db, GError **error)
{
  const McFacilityQuery *query = &collector->request->query;
  gboolean in_order = query->sort == MC_FACILITY_SORT_AREA && !query->descending;
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (in_order && query->limit > 0)
    {
      if (!collect_areas (collector, db, query->limit, error))
        return FALSE;
      if (collector->items->len >= query->limit)
        return TRUE;
      g_array_set_size (collector->items, 0); /* perhaps there are more, in areas that the tree does not have */
    }
  if (collector->within && collector->within->last - collector->within->rank < SMALL_SUBTREE)
    return collect_areas (collector, db, 0, error);
  statement = prepare_list (db, collector->request, FALSE, error);
  return statement && collect_rows (collector, statement, 0, error);
}

static gpointer
read_list (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  const McFacilityQuery *query = &request->query;
  UErrorCode status = U_ZERO_ERROR;
  Collector collector = { .request = request };
  McFacilityList *list = NULL;
  gboolean partial;

  if (query->area)
    {
      collector.within = mc_area_tree_find (request->tree, query->area);
      if (collector.within == NULL)
        {
          list = mc_facility_list_new (0);
          mc_facility_list_finish (list, FALSE);
          return list;
        }
    }
  collector.items = g_array_sized_new (FALSE, FALSE, sizeof (Item), query->limit ? query->limit : 1024);
  collector.texts = g_string_chunk_new (65536);
  if (query->sort == MC_FACILITY_SORT_NAME)
    collector.collator = ucol_open ("zh@collation=pinyin", &status);
  if (collect (&collector, db, error))
    {
      g_array_sort_with_data (collector.items, compare_items, (gpointer) query);
      partial = query->limit > 0 && collector.items->len >= query->limit;
      if (partial)
        g_array_set_size (collector.items, query->limit);
      list = mc_facility_list_new (collector.items->len);
      for (guint i = 0; i < collector.items->len; i++)
        {
          const Item *item = &g_array_index (collector.items, Item, i);

          mc_facility_list_append (list, item->rowid, &item->figures);
        }
      mc_facility_list_finish (list, partial);
    }
  if (collector.collator)
    ucol_close (collector.collator);
  g_string_chunk_free (collector.texts);
  g_array_unref (collector.items);
  return list;
}

McFacilityList *
mc_facility_list_load (McStore *store, McAreaTree *tree, const McFacilityQuery *query, GCancellable *cancellable, GError **error)
{
  Request *request = request_new (tree, query);
  McFacilityList *list = mc_store_read (store, read_list, request, cancellable, error);

  request_free (request);
  return list;
}

void
mc_facility_list_load_async (McStore *store, McAreaTree *tree, const McFacilityQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_store_read_async (store, read_list, request_new (tree, query), request_free, (GDestroyNotify) mc_facility_list_unref, cancellable, callback, user_data);
}

McFacilityList *
mc_facility_list_load_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (McStore) store = MC_STORE (g_async_result_get_source_object (result));

  return mc_store_read_finish (store, result, error);
}

/* --- counts ----------------------------------------------------------------------------------------------- */

static gboolean
read_number (sqlite3 *db, const char *sql, const char *since, guint *number, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  mc_bind_text (statement, ":since", since);
  if (!mc_step (statement, error))
    return FALSE;
  *number = (guint) sqlite3_column_int64 (statement, 0);
  return TRUE;
}

static gpointer
read_counts (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (sqlite3_stmt) kinds = mc_store_prepare (db, "SELECT f.kind, count(*) FROM facility f WHERE " MC_SQL_LISTED " GROUP BY f.kind", error);
  g_autofree McFacilityCounts *counts = g_new0 (McFacilityCounts, 1);
  GError *failure = NULL;

  if (kinds == NULL)
    return NULL;
  while (mc_step (kinds, &failure))
    {
      guint n = (guint) sqlite3_column_int64 (kinds, 1);
      McFacilityGroup group = mc_facility_group_of_kind ((const char *) sqlite3_column_text (kinds, 0));

      counts->all += n;
      counts->elder += group == MC_GROUP_ELDER ? n : 0;
      counts->childcare += group == MC_GROUP_CHILDCARE ? n : 0;
    }
  if (failure)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  if (data && !read_number (db, "SELECT count(*) FROM facility f WHERE " MC_SQL_LISTED " AND " NOT_CHECKED, data, &counts->not_checked, error))
    return NULL;
  if (!read_number (db, "SELECT count(*) FROM facility f WHERE " MC_SQL_LISTED " AND " WITH_OPEN_FINDINGS, NULL, &counts->open_findings, error))
    return NULL;
  return g_steal_pointer (&counts);
}

static gboolean
take_counts (McFacilityCounts *read, McFacilityCounts *counts)
{
  if (read)
    *counts = *read;
  g_free (read);
  return read != NULL;
}

gboolean
mc_facility_counts_load (McStore *store, const char *not_checked_since, McFacilityCounts *counts, GError **error)
{
  return take_counts (mc_store_read (store, read_counts, (gpointer) not_checked_since, NULL, error), counts);
}

void
mc_facility_counts_load_async (McStore *store, const char *not_checked_since, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_store_read_async (store, read_counts, g_strdup (not_checked_since), g_free, g_free, cancellable, callback, user_data);
}

gboolean
mc_facility_counts_load_finish (GAsyncResult *result, McFacilityCounts *counts, GError **error)
{
  g_autoptr (McStore) store = MC_STORE (g_async_result_get_source_object (result));

  return take_counts (mc_store_read_finish (store, result, error), counts);
}
