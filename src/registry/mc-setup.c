/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first run: puts together the records of areas, authority, inspector and user. */
#include "mc-setup.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-inspector.h"
#include "mc-setup-private.h"
#include "store/mc-code-list.h"
#include "store/mc-text-key.h"

#define MAX_NAME_CHARACTERS 100

/* What a first run or a new user comes to, before it is written. */
typedef struct
{
  const McSetupOptions *options;
  const char *role;
  char *user_name;
  McAreaTree *tree;        /* the areas of the store, or those that the program brings */
  const McArea *area;
  McTransaction *transaction;
} Plan;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->user_name, g_free);
  g_clear_pointer (&plan->tree, mc_area_tree_unref);
  g_clear_pointer (&plan->transaction, mc_transaction_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* NFC without blanks around; NULL if nothing is left, it is too long, or it is no text. */
static char *
clean_name (const char *name)
{
  char *clean = name ? mc_text_nfc (name, -1) : NULL;
  g_autofree char *key = NULL;

  if (clean == NULL)
    return NULL;
  g_strstrip (clean);
  key = mc_text_name_key (clean);
  if (*key != '\0' && g_utf8_strlen (clean, -1) <= MAX_NAME_CHARACTERS)
    return clean;
  g_free (clean);
  return NULL;
}

static gboolean
check_person (Plan *plan, GError **error)
{
  const McSetupOptions *options = plan->options;

  plan->role = options->role && g_utf8_validate (options->role, -1, NULL) ? mc_code_from_text ("role", options->role) : NULL;
  if (plan->role == NULL)
    {
      g_autoptr (GString) roles = g_string_new (NULL);
      const McCode *const *codes = mc_code_list ("role");

      for (guint i = 0; codes[i] != NULL; i++)
        g_string_append_printf (roles, "%s%s (%s)", i ? ", " : "", codes[i]->code, codes[i]->label);
      g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("There is no role \"%s\". Roles are: %s. Nothing was changed."),
                   options->role ? options->role : "", roles->str);
      return FALSE;
    }
  if (options->authority_kind && mc_code_from_text ("authority-kind", options->authority_kind) == NULL)
    {
      g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("There is no kind of authority \"%s\". Nothing was changed."), options->authority_kind);
      return FALSE;
    }
  plan->user_name = clean_name (options->user_name);
  if (plan->user_name == NULL)
    {
      g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("The user needs a name of 1 to %d characters. Nothing was changed."), MAX_NAME_CHARACTERS);
      return FALSE;
    }
  return TRUE;
}

static gboolean
find_area (Plan *plan, GError **error)
{
  const char *text = plan->options->area_code;

  if (text && g_utf8_validate (text, -1, NULL))
    switch (mc_area_tree_resolve (plan->tree, text, NULL, &plan->area))
      {
      case MC_AREA_FOUND:
        return TRUE;
      case MC_AREA_AMBIGUOUS:
        g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("Several areas have the name \"%s\"; give the code. Nothing was changed."), text);
        return FALSE;
      case MC_AREA_UNKNOWN:
      default:
        break;
      }
  g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_NOT_FOUND, _("There is no area \"%s\" among those that the program knows. Nothing was changed."),
               text ? text : "");
  return FALSE;
}

const McArea *
mc_setup_office_area (const char *kind, const McArea *area)
{
  if (g_strcmp0 (kind, "township") == 0)
    return area;
  while (area->division && g_strcmp0 (area->level, "county") != 0 && g_strcmp0 (area->level, "city") != 0 && g_strcmp0 (area->level, "province") != 0
         && g_strcmp0 (area->level, "zone") != 0)
    area = area->division;
  return area;
}

/* "COUNTY civil affairs bureau" is the county's, also when its user works in a township. */
static const McArea *
area_named_by (const char *authority_name, const McArea *area)
{
  for (const McArea *above = area; above; above = above->division)
    if (g_str_has_prefix (authority_name, above->name))
      return above;
  return area;
}

McRecord *
mc_setup_new_authority (const char *name, const char *kind, const McArea *area)
{
  g_autofree char *id = mc_authority_id_for (area->id, name);
  McRecord *record = mc_record_new (mc_entity_find ("authority"), id);

  mc_record_set_text (record, "name", name);
  mc_record_set_text (record, "kind", kind);
  mc_record_set_text (record, "area", area->id);
  return record;
}

/* The id and name of the user's authority: one that is there, or a new one added to the transaction. */
static gboolean
plan_authority (Plan *plan, McStore *store, char **id, char **name, GError **error)
{
  const McSetupOptions *options = plan->options;
  g_autoptr (GPtrArray) authorities = mc_authority_list (store, error);
  g_autoptr (McRecord) record = NULL;
  const char *kind = options->authority_kind ? mc_code_from_text ("authority-kind", options->authority_kind) : NULL;
  const McAuthority *found;
  const McArea *area = plan->area;

  if (authorities == NULL)
    return FALSE;
  *name = clean_name (options->authority_name);
  if (options->authority_name && *name == NULL)
    {
      g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("The authority needs a name of 1 to %d characters. Nothing was changed."), MAX_NAME_CHARACTERS);
      return FALSE;
    }
  if (kind == NULL && *name)
    kind = mc_authority_kind_from_name (*name);
  if (kind == NULL)
    kind = strcmp (plan->role, "township_officer") == 0 ? "township" : "civil_affairs";
  if (*name)
    area = area_named_by (*name, mc_setup_office_area (kind, plan->area));
  else
    *name = mc_authority_suggest_name (kind, area = mc_setup_office_area (kind, plan->area));
  if (*name == NULL)
    {
      g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("Give the name of the authority (%s). Nothing was changed."), mc_code_label ("authority-kind", kind));
      return FALSE;
    }
  found = mc_authority_find_name (authorities, *name);
  if (found)
    {
      *id = g_strdup (found->id);
      return TRUE;
    }
  record = mc_setup_new_authority (*name, kind, area);
  *id = g_strdup (mc_record_get_id (record));
  mc_transaction_save (plan->transaction, NULL, record);
  return TRUE;
}

static char *
plan_inspector (Plan *plan, const char *authority, const char *authority_name)
{
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("inspector"), NULL);

  mc_record_set_text (record, "name", plan->user_name);
  mc_record_set_text (record, "employer", authority_name);
  mc_record_set_text (record, "authority", authority);
  mc_record_set_text (record, "area", plan->area->id);
  mc_transaction_save (plan->transaction, NULL, record);
  return g_strdup (mc_record_get_id (record));
}

/* Adds authority, inspector and user to the transaction and carries it out; the new user's id. */
static char *
carry_out (Plan *plan, McStore *store, GError **error)
{
  g_autofree char *authority = NULL, *authority_name = NULL, *inspector = NULL, *before = NULL;
  g_autoptr (McRecord) user = mc_record_new (mc_entity_find ("user"), NULL);

  if (!plan_authority (plan, store, &authority, &authority_name, error))
    return NULL;
  if (strcmp (plan->role, "inspector") == 0)
    inspector = plan_inspector (plan, authority, authority_name);
  mc_record_set_text (user, "name", plan->user_name);
  mc_record_set_text (user, "role", plan->role);
  mc_record_set_text (user, "authority", authority);
  mc_record_set_text (user, "area", plan->area->id);
  mc_record_set_text (user, "inspector", inspector);
  mc_transaction_save (plan->transaction, NULL, user);

  before = g_strdup (mc_store_get_user (store));
  if (!before || !*before)
    mc_store_set_user (store, mc_record_get_id (user)); /* these first lines are already the user's own */
  if (mc_store_commit (store, plan->transaction, error))
    return g_strdup (mc_record_get_id (user));
  mc_store_set_user (store, before);
  return NULL;
}

gboolean
mc_setup_check (const McSetupOptions *options, GError **error)
{
  g_auto (Plan) plan = { .options = options, .tree = mc_area_tree_ref (mc_area_tree_get_builtin ()) };

  return check_person (&plan, error) && find_area (&plan, error);
}

gboolean
mc_setup_is_needed (McStore *store, gboolean *needed, GError **error)
{
  g_autoptr (GPtrArray) users = mc_user_list (store, error);

  if (users == NULL)
    return FALSE;
  *needed = users->len == 0;
  return TRUE;
}

static gboolean
plan_areas (Plan *plan, McStore *store, GError **error)
{
  g_autoptr (McAreaTree) stored = mc_area_tree_load (store, error);
  g_autoptr (GPtrArray) records = NULL;

  if (stored == NULL)
    return FALSE;
  records = mc_area_seed (plan->area->code ? plan->area->code : plan->area->division->code, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (mc_area_tree_find (stored, mc_record_get_id (records->pdata[i])) == NULL)
      mc_transaction_save (plan->transaction, NULL, records->pdata[i]);
  return TRUE;
}

char *
mc_setup_run (McStore *store, const McSetupOptions *options, GError **error)
{
  g_auto (Plan) plan = { .options = options, .transaction = mc_transaction_new () };
  gboolean needed;

  if (!mc_setup_is_needed (store, &needed, error))
    return NULL;
  if (!needed)
    {
      g_set_error_literal (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_EXISTS, _("This database is set up already. Nothing was changed."));
      return NULL;
    }
  plan.tree = mc_area_tree_ref (mc_area_tree_get_builtin ());
  if (!check_person (&plan, error) || !find_area (&plan, error) || !plan_areas (&plan, store, error))
    return NULL;
  return carry_out (&plan, store, error);
}

char *
mc_setup_add_user (McStore *store, const McSetupOptions *options, GError **error)
{
  g_auto (Plan) plan = { .options = options, .transaction = mc_transaction_new () };

  plan.tree = mc_area_tree_load (store, error);
  if (plan.tree == NULL || !check_person (&plan, error) || !find_area (&plan, error))
    return NULL;
  return carry_out (&plan, store, error);
}

/* --- in the background ------------------------------------------------------------------------------------ */

static void
options_free (gpointer data)
{
  McSetupOptions *options = data;

  g_free ((char *) options->area_code);
  g_free ((char *) options->authority_name);
  g_free ((char *) options->authority_kind);
  g_free ((char *) options->user_name);
  g_free ((char *) options->role);
  g_free (options);
}

static void
run_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *user = mc_setup_run (source, data, &error);

  if (user)
    g_task_return_pointer (task, user, g_free);
  else
    g_task_return_error (task, error);
}

static void
add_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *user = mc_setup_add_user (source, data, &error);

  if (user)
    g_task_return_pointer (task, user, g_free);
  else
    g_task_return_error (task, error);
}

static void
start_thread (McStore *store, const McSetupOptions *options, GTaskThreadFunc func, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  McSetupOptions *copy = g_new0 (McSetupOptions, 1);

  copy->area_code = g_strdup (options->area_code);
  copy->authority_name = g_strdup (options->authority_name);
  copy->authority_kind = g_strdup (options->authority_kind);
  copy->user_name = g_strdup (options->user_name);
  copy->role = g_strdup (options->role);
  g_task_set_task_data (task, copy, options_free);
  g_task_run_in_thread (task, func);
}

void
mc_setup_run_async (McStore *store, const McSetupOptions *options, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_thread (store, options, run_thread, cancellable, callback, user_data);
}

void
mc_setup_add_user_async (McStore *store, const McSetupOptions *options, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_thread (store, options, add_thread, cancellable, callback, user_data);
}

char *
mc_setup_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
