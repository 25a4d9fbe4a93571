/* SPDX-License-Identifier: GPL-3.0-or-later
 * Answers a chooser with facilities of the register, and with their operators. */
#include "mc-facility-search.h"

#include <glib/gi18n.h>

#include "mc-facility.h"
#include "mc-search-words.h"

/* More letters narrow them down. */
#define MAX_FOUND 40

/* What a chooser is answered from; as long as the chooser lives. */
typedef struct
{
  McStore *store;
  McAreaTree *tree;
  McFacilitySearchFlags flags;
  char *except;
} Source;

static void
source_free (gpointer data, GClosure *closure)
{
  Source *source = data;

  g_object_unref (source->store);
  mc_area_tree_unref (source->tree);
  g_free (source->except);
  g_free (source);
}

/* One search under way. */
typedef struct
{
  McRecordChooser *chooser; /* owned */
  McAreaTree *tree;
  McFacilitySearchFlags flags;
  char *except;
  char *text;
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->chooser);
  mc_area_tree_unref (search->tree);
  g_free (search->except);
  g_free (search->text);
  g_free (search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static void
add_operators (const Search *search, GPtrArray *rows, GPtrArray *choices)
{
  g_auto (GStrv) words = mc_search_words (search->text);

  for (guint i = 0; i < rows->len; i++)
    {
      const McFacilityRow *row = rows->pdata[i];
      g_autoptr (GArray) places = row && row->operator_name ? mc_search_words_find (row->operator_name, words) : NULL;

      if (places && places->len > 0 && !mc_record_choices_find (choices, row->operator_name))
        g_ptr_array_add (choices, mc_record_choice_new (row->operator_name, row->operator_name, _("operator: all of its places")));
    }
}

static void
add_places (const Search *search, GPtrArray *rows, GPtrArray *choices)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const McFacilityRow *row = rows->pdata[i];
      g_autofree char *detail = NULL;

      if (!row || g_strcmp0 (row->id, search->except) == 0)
        continue;
      detail = row->operator_name ? g_strdup_printf ("%s · %s", row->area_path, row->operator_name) : g_strdup (row->area_path);
      g_ptr_array_add (choices, mc_record_choice_new (row->id, row->name, detail));
    }
}

static void
rows_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (Search) search = data;
  g_autoptr (GPtrArray) rows = mc_facility_rows_load_finish (result, NULL);
  g_autoptr (GPtrArray) choices = mc_record_choices_new ();
  gboolean operators = *search->text && (search->flags & MC_FACILITY_SEARCH_OPERATORS);

  if (rows && operators)
    add_operators (search, rows, choices);
  if (rows)
    add_places (search, rows, choices);
  if (operators && !mc_record_choices_find (choices, search->text))
    g_ptr_array_add (choices, mc_record_choice_new (search->text, search->text, _("as typed: the name of an operator that is not in the register")));
  mc_record_chooser_answer (search->chooser, search->text, choices);
}

static void
list_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (Search) search = data;
  g_autoptr (McFacilityList) list = mc_facility_list_load_finish (result, NULL);
  const gint64 none = 0;
  McAreaTree *tree = search->tree;

  mc_facility_rows_load_async (MC_STORE (object), tree, list ? mc_facility_list_get_rowids (list) : &none, list ? MIN (mc_facility_list_get_n (list), MAX_FOUND) : 0, NULL,
                               rows_cb, g_steal_pointer (&search));
}

static void
search_cb (McRecordChooser *chooser, const char *text, Source *source)
{
  McFacilityQuery query = { .text = text, .limit = MAX_FOUND };
  Search *search = g_new0 (Search, 1);

  search->chooser = g_object_ref (chooser);
  search->tree = mc_area_tree_ref (source->tree);
  search->flags = source->flags;
  search->except = g_strdup (source->except);
  search->text = g_strdup (text);
  mc_facility_list_load_async (source->store, source->tree, &query, NULL, list_cb, search);
}

void
mc_facility_search_attach (McRecordChooser *chooser, McStore *store, McAreaTree *tree, McFacilitySearchFlags flags, const char *except)
{
  Source *source;

  g_return_if_fail (MC_IS_RECORD_CHOOSER (chooser) && MC_IS_STORE (store) && tree != NULL);

  source = g_new0 (Source, 1);
  source->store = g_object_ref (store);
  source->tree = mc_area_tree_ref (tree);
  source->flags = flags;
  source->except = g_strdup (except);
  g_signal_connect_data (chooser, "search", G_CALLBACK (search_cb), source, source_free, 0);
}
