/* SPDX-License-Identifier: GPL-3.0-or-later
 * The catalogue of standards: read once, never changed, found by version id or by key and day. */
#include "mc-standards.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-standards-store.h"

#define RESOURCE_FOLDER "/org/mingcha/Mingcha/standards"

struct _McStandards
{
  gatomicrefcount refs;
  GPtrArray *standards; /* of McStandard */
  GHashTable *by_id;    /* version id → McStandard * */
  GPtrArray *faults;    /* of char *, NULL-terminated */
};

static McStandards *
standards_alloc (void)
{
  McStandards *self = g_new0 (McStandards, 1);

  g_atomic_ref_count_init (&self->refs);
  self->standards = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_standard_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->faults = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* Takes @standard. A version that is here already is not taken twice. */
static void
add_standard (McStandards *self, McStandard *standard)
{
  if (g_hash_table_contains (self->by_id, mc_standard_get_version_id (standard)))
    {
      mc_standard_unref (standard);
      return;
    }
  g_ptr_array_add (self->standards, standard);
  g_hash_table_insert (self->by_id, (gpointer) mc_standard_get_version_id (standard), standard);
}

static McStandards *
load_builtin (void)
{
  McStandards *self = standards_alloc ();
  g_auto (GStrv) names = g_resources_enumerate_children (RESOURCE_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names && names[i]; i++)
    {
      g_autofree char *path = g_build_path ("/", RESOURCE_FOLDER, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autoptr (GError) error = NULL;
      McStandard *standard = bytes ? mc_standard_new_from_bytes (bytes, NULL, &error) : NULL;

      if (standard)
        add_standard (self, standard);
      else
        g_critical ("%s: %s", names[i], error ? error->message : "cannot be read");
    }
  g_ptr_array_add (self->faults, NULL);
  return self;
}

McStandards *
mc_standards_get_builtin (void)
{
  static McStandards *builtin = NULL;

  if (g_once_init_enter (&builtin))
    g_once_init_leave (&builtin, load_builtin ());
  return builtin;
}

McStandards *
mc_standards_ref (McStandards *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
mc_standards_unref (McStandards *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->standards);
  g_ptr_array_unref (self->faults);
  g_free (self);
}

McStandards *
mc_standards_load (McStore *store, GError **error)
{
  McStandards *builtin = mc_standards_get_builtin ();
  g_autoptr (McStandards) self = standards_alloc ();
  g_autoptr (GPtrArray) imported = mc_standards_store_read (store, self->faults, error);

  if (!imported)
    return NULL;
  for (guint i = 0; i < builtin->standards->len; i++)
    add_standard (self, mc_standard_ref (g_ptr_array_index (builtin->standards, i)));
  for (guint i = 0; i < imported->len; i++)
    add_standard (self, mc_standard_ref (g_ptr_array_index (imported, i)));
  g_ptr_array_add (self->faults, NULL);
  return g_steal_pointer (&self);
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  McStandards *self = mc_standards_load (source, &error);

  if (self)
    g_task_return_pointer (task, self, (GDestroyNotify) mc_standards_unref);
  else
    g_task_return_error (task, error);
}

void
mc_standards_load_async (McStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, mc_standards_load_async);
  g_task_run_in_thread (task, load_thread);
}

McStandards *
mc_standards_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *const *
mc_standards_get_faults (McStandards *self)
{
  return (const char *const *) self->faults->pdata;
}

McStandard *
mc_standards_find (McStandards *self, const char *version_id, GError **error)
{
  McStandard *standard = g_hash_table_lookup (self->by_id, version_id);

  if (!standard)
    g_set_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_NOT_FOUND,
                 _("The version %.12s… of the standard is not on this computer. Import its document, or synchronise; nothing was lost."),
                 version_id);
  return standard;
}

/* TRUE if @standard came into force later than @other; the same day: the greater version text, then the id, so that all computers choose alike. */
static gboolean
is_later (McStandard *standard, McStandard *other)
{
  int order = strcmp (mc_standard_get_effective_from (standard), mc_standard_get_effective_from (other));

  if (order == 0)
    order = strcmp (mc_standard_get_version (standard), mc_standard_get_version (other));
  if (order == 0)
    order = strcmp (mc_standard_get_version_id (standard), mc_standard_get_version_id (other));
  return order > 0;
}

static McStandard *
latest_of_key (McStandards *self, const char *key, const char *day)
{
  McStandard *latest = NULL;

  for (guint i = 0; i < self->standards->len; i++)
    {
      McStandard *standard = g_ptr_array_index (self->standards, i);

      if (strcmp (mc_standard_get_key (standard), key) == 0 && mc_standard_is_effective (standard, day)
          && (!latest || is_later (standard, latest)))
        latest = standard;
    }
  return latest;
}

McStandard *
mc_standards_find_latest (McStandards *self, const char *key, const char *day, GError **error)
{
  McStandard *latest = latest_of_key (self, key, day);

  if (!latest)
    g_set_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_NOT_FOUND,
                 _("No version of the standard “%s” is in force on %s."), key, day);
  return latest;
}

McStandard *
mc_standards_resolve (McStandards *self, const char *text, const char *day, GError **error)
{
  McStandard *standard = g_hash_table_lookup (self->by_id, text);

  return standard ? standard : mc_standards_find_latest (self, text, day, error);
}

static int
compare_titles (gconstpointer a, gconstpointer b)
{
  McStandard *one = *(McStandard *const *) a, *two = *(McStandard *const *) b;
  int order = g_utf8_collate (mc_standard_get_title (one), mc_standard_get_title (two));

  return order ? order : strcmp (mc_standard_get_key (one), mc_standard_get_key (two));
}

GPtrArray *
mc_standards_list (McStandards *self, const char *kind, const char *authority_kind, const char *facility_kind, const char *day)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_standard_unref);

  for (guint i = 0; i < self->standards->len; i++)
    {
      McStandard *standard = g_ptr_array_index (self->standards, i);

      if (strcmp (mc_standard_get_kind (standard), kind) != 0
          || (authority_kind && strcmp (mc_standard_get_authority_kind (standard), authority_kind) != 0)
          || (facility_kind && !mc_standard_covers_kind (standard, facility_kind))
          || latest_of_key (self, mc_standard_get_key (standard), day) != standard)
        continue;
      g_ptr_array_add (list, mc_standard_ref (standard));
    }
  g_ptr_array_sort (list, compare_titles);
  return list;
}

McStandard *
mc_standards_suggest (McStandards *self, const char *kind, const char *authority_kind, const char *facility_kind, const char *day)
{
  g_autoptr (GPtrArray) own = mc_standards_list (self, kind, authority_kind, facility_kind, day);
  g_autoptr (GPtrArray) any = mc_standards_list (self, kind, NULL, facility_kind, day);

  if (own->len > 0)
    return g_ptr_array_index (own, 0);
  return any->len > 0 ? g_ptr_array_index (any, 0) : NULL;
}

McStandard *
mc_standards_import (McStore *store, GBytes *bytes, const char *authority, const char *area, GError **error)
{
  return mc_standards_store_import (store, bytes, authority, area, error);
}
