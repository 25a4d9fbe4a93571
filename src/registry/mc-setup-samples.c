/* SPDX-License-Identifier: GPL-3.0-or-later
 * Content to try things with: check matters from data/registry/sample-matters.json, and the roster of real projects. */
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "mc-check-matter.h"
#include "mc-setup-private.h"

#define MATTERS_PATH "/org/mingcha/Mingcha/registry/sample-matters.json"
#define ROSTER_PATH "/org/mingcha/Mingcha/registry/jiaxing-72.csv"

typedef struct
{
  McStore *store;
  McAreaTree *tree;
  const McArea *area;      /* of the user */
  GPtrArray *authorities;  /* of McAuthority: those of the store and those made here */
  McTransaction *transaction;
} Samples;

static void
samples_clear (Samples *samples)
{
  g_clear_pointer (&samples->tree, mc_area_tree_unref);
  g_clear_pointer (&samples->authorities, g_ptr_array_unref);
  g_clear_pointer (&samples->transaction, mc_transaction_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Samples, samples_clear)

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* As lists are stored: sorted by bytes, joined by newlines. */
static void
set_list (McRecord *record, const char *key, JsonArray *array)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (sorted, (char *) json_array_get_string_element (array, i));
  g_ptr_array_sort (sorted, compare_texts);
  g_ptr_array_add (sorted, NULL);
  joined = g_strjoinv ("\n", (char **) sorted->pdata);
  mc_record_set_text (record, key, joined);
}

/* The authority of @kind for the user's area: one that is there, or a new one of the usual name. */
static const McAuthority *
find_or_make_authority (Samples *samples, const char *kind)
{
  const McAuthority *found = mc_authority_find_competent (samples->authorities, kind, samples->tree, samples->area->id);
  const McArea *area = mc_setup_office_area (kind, samples->area);
  g_autofree char *name = mc_authority_suggest_name (kind, area);
  g_autoptr (McRecord) record = NULL;
  McAuthority *made;

  if (found || name == NULL)
    return found;
  record = mc_setup_new_authority (name, kind, area);
  mc_transaction_save (samples->transaction, NULL, record);
  made = g_new0 (McAuthority, 1);
  made->id = g_strdup (mc_record_get_id (record));
  made->name = g_strdup (name);
  made->kind = g_strdup (kind);
  made->area = g_strdup (area->id);
  g_ptr_array_add (samples->authorities, made);
  return made;
}

/* Also when it was retired since: nothing comes back that a person took away. */
static gboolean
is_there (Samples *samples, const char *id)
{
  g_autoptr (McRecord) record = mc_store_load (samples->store, "check_matter", id, NULL);

  return record != NULL;
}

static void
add_matter (Samples *samples, JsonObject *object)
{
  static const char *const texts[] = { "code", "name", "basis", "certainty", "method", "importance", "ratio", "frequency", "standard", "published_on" };
  const McAuthority *authority = find_or_make_authority (samples, json_object_get_string_member (object, "authority_kind"));
  g_autofree char *id = NULL;
  g_autoptr (McRecord) record = NULL;

  if (authority == NULL)
    return;
  id = mc_check_matter_id_for (authority->id, json_object_get_string_member (object, "name"));
  if (is_there (samples, id))
    return;
  record = mc_record_new (mc_entity_find ("check_matter"), id);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mc_record_set_text (record, texts[i], json_object_get_string_member_with_default (object, texts[i], NULL));
  mc_record_set_text (record, "authority", authority->id);
  mc_record_set_text (record, "area", authority->area);
  set_list (record, "facility_kinds", json_object_get_array_member (object, "facility_kinds"));
  set_list (record, "sample_fields", json_object_get_array_member (object, "sample_fields"));
  mc_transaction_save (samples->transaction, NULL, record);
}

static gboolean
prepare (Samples *samples, GError **error)
{
  const char *user = mc_store_get_user (samples->store);
  g_autoptr (McRecord) record = NULL;

  if (user == NULL || *user == '\0')
    {
      g_set_error_literal (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("Set up the database first: area, authority and user. Nothing was changed."));
      return FALSE;
    }
  record = mc_store_load (samples->store, "user", user, error);
  samples->tree = record ? mc_area_tree_load (samples->store, error) : NULL;
  samples->authorities = samples->tree ? mc_authority_list (samples->store, error) : NULL;
  if (samples->authorities == NULL)
    return FALSE;
  samples->area = mc_area_tree_find (samples->tree, mc_record_get_text (record, "area"));
  if (samples->area)
    return TRUE;
  g_set_error_literal (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_NOT_FOUND, _("The user's area is not in this database. Nothing was changed."));
  return FALSE;
}

gboolean
mc_setup_samples (McStore *store, GError **error)
{
  g_auto (Samples) samples = { .store = store, .transaction = mc_transaction_new () };
  g_autoptr (GBytes) bytes = g_resources_lookup_data (MATTERS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *matters;

  if (bytes == NULL || !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error)
      || !prepare (&samples, error))
    return FALSE;
  matters = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "matters");
  for (guint i = 0; i < json_array_get_length (matters); i++)
    add_matter (&samples, json_array_get_object_element (matters, i));
  return mc_store_commit (store, samples.transaction, error);
}

GBytes *
mc_setup_sample_roster (void)
{
  GBytes *bytes = g_resources_lookup_data (ROSTER_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_return_val_if_fail (bytes != NULL, g_bytes_new_static ("", 0));
  return bytes;
}
