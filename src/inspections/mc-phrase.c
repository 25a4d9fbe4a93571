/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock phrases: made, offered, and put into a note. */
#include "mc-phrase.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-record-list-store.h"
#include "mc-visit-private.h"
#include "registry/mc-search-words.h"

static const char *
text_of (const McRecord *record, const char *key)
{
  return mc_record_get_text (record, key);
}

McRecord *
mc_phrase_new (const McRecord *authority, const char *text, const char *standard, const char *item, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text ? text : ""));
  McRecord *phrase;

  if (!*trimmed || g_utf8_strlen (trimmed, -1) > MC_PHRASE_MAX)
    {
      g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT,
                   *trimmed ? _("A stock phrase has at most %d characters; this one is longer. Nothing was changed.")
                            : _("A stock phrase needs a text of at most %d characters; nothing was changed."), MC_PHRASE_MAX);
      return NULL;
    }
  phrase = mc_record_new (mc_entity_find ("phrase"), NULL);
  mc_record_set_text (phrase, "authority", mc_record_get_id (authority));
  mc_record_set_text (phrase, "area", text_of (authority, "area"));
  mc_record_set_text (phrase, "text", trimmed);
  mc_record_set_text (phrase, "standard", standard);
  mc_record_set_text (phrase, "item", item);
  return phrase;
}

McRecord *
mc_phrase_new_from_finding (const McVisit *visit, const char *item, GError **error)
{
  const McRecord *finding = mc_visit_get_finding (visit, item);
  McRecord *phrase;

  if (!mc_visit_get_authority (visit))
    {
      g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("The authority that keeps the phrases is not in the register; nothing was changed."));
      return NULL;
    }
  if (finding && !mc_finding_is_open (finding))
    finding = NULL;
  phrase = mc_phrase_new (mc_visit_get_authority (visit), finding ? text_of (finding, "description") : mc_visit_get_note (visit, item),
                          mc_standard_get_key (mc_visit_get_standard (visit)), item, error);
  for (guint i = 0; phrase && finding && i < 3; i++)
    {
      static const char *const keys[] = { "basis", "certainty", "requirement" };

      mc_record_set_text (phrase, keys[i], text_of (finding, keys[i]));
    }
  return phrase;
}

GPtrArray *
mc_phrases_load (McStore *store, const char *authority, GError **error)
{
  return mc_record_list_load (store, "phrase",
                              "SELECT id FROM phrase WHERE authority = ?1 AND retired_on IS NULL AND same_as IS NULL AND text IS NOT NULL ORDER BY id",
                              authority, error);
}

/* --- offered ---------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *standard, *item;
} Place;

/* 0: of this item; 1: of this standard; 2: of none; 3: of something else. */
static int
rank (const McRecord *phrase, const Place *place)
{
  const char *standard = text_of (phrase, "standard"), *item = text_of (phrase, "item");

  if (!standard && !item)
    return 2;
  if (standard && g_strcmp0 (standard, place->standard) != 0)
    return 3;
  if (!item)
    return 1;
  return g_strcmp0 (item, place->item) == 0 ? 0 : 3;
}

static int
compare_phrases (gconstpointer a, gconstpointer b, gpointer data)
{
  const McRecord *one = *(const McRecord *const *) a, *two = *(const McRecord *const *) b;
  int order = rank (one, data) - rank (two, data);

  if (order == 0)
    order = strcmp (text_of (one, "text"), text_of (two, "text"));
  return order != 0 ? order : strcmp (mc_record_get_id (one), mc_record_get_id (two));
}

static gboolean
has_words (const McRecord *phrase, char **words)
{
  static const char *const keys[] = { "text", "keywords", "basis" };

  for (guint i = 0; words[i]; i++)
    {
      char *one[] = { words[i], NULL };
      gboolean found = FALSE;

      for (guint k = 0; k < G_N_ELEMENTS (keys) && !found; k++)
        {
          const char *text = text_of (phrase, keys[k]);
          g_autoptr (GArray) places = text ? mc_search_words_find (text, one) : NULL;

          found = places && places->len > 0;
        }
      if (!found)
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
mc_phrases_pick (GPtrArray *phrases, const char *standard, const char *item, const char *typed)
{
  GPtrArray *list = g_ptr_array_new ();
  g_auto (GStrv) words = mc_search_words (typed);
  Place place = { standard, item };

  for (guint i = 0; i < phrases->len; i++)
    {
      McRecord *phrase = g_ptr_array_index (phrases, i);

      if (words[0] ? has_words (phrase, words) : rank (phrase, &place) < 3)
        g_ptr_array_add (list, phrase);
    }
  g_ptr_array_sort_with_data (list, compare_phrases, &place);
  return list;
}

/* --- used ------------------------------------------------------------------------------------------------- */

static gboolean
has_line (const char *note, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (note, "\n", -1);

  return strcmp (note, text) == 0 || g_strv_contains ((const char *const *) lines, text);
}

static void
take_basis (McRecord *finding, const McRecord *phrase)
{
  if (text_of (phrase, "basis"))
    {
      mc_record_set_text (finding, "basis", text_of (phrase, "basis"));
      mc_record_set_text (finding, "certainty", text_of (phrase, "certainty") ? text_of (phrase, "certainty") : "recalled");
    }
  if (text_of (phrase, "requirement") && !text_of (finding, "requirement"))
    mc_record_set_text (finding, "requirement", text_of (phrase, "requirement"));
}

McVisit *
mc_visit_with_phrase (const McVisit *visit, const char *code, const McRecord *phrase, GError **error)
{
  const char *text = text_of (phrase, "text");
  const char *note = mc_visit_get_note (visit, code);
  g_autofree char *longer = note ? g_strdup_printf ("%s\n%s", note, text) : g_strdup (text);
  g_autoptr (McVisit) edited = mc_visit_with_note (visit, code, note && has_line (note, text) ? note : longer, error);
  const McRecord *finding = mc_visit_get_finding (visit, code);
  const McItem *item = mc_standard_find_item (mc_visit_get_standard (visit), code);
  McVisit *whole;

  if (!edited || !finding || !mc_finding_is_open (finding))
    return g_steal_pointer (&edited);
  whole = mc_visit_share (edited);
  take_basis (mc_visit_edit_finding (whole, item), phrase);
  return whole;
}
