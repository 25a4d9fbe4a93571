/* SPDX-License-Identifier: GPL-3.0-or-later
 * Loads, prepares, saves, finalises and amends visits. */
#include "mc-visits.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-follow-ups.h"
#include "mc-visit-private.h"
#include "mc-visit-store.h"
#include "mc-visits-private.h"
#include "store/mc-code-list.h"

/* So many steps from a record to the one that it is the same as; two computers can join records in a circle. */
#define MAX_SAME_AS 8

/* --- loading ---------------------------------------------------------------------------------------------- */

/* A record that may be missing; FALSE only if it could not be looked for. */
static gboolean
load_optional (McStore *store, const char *entity, const char *id, McRecord **record, GError **error)
{
  g_autoptr (GError) local = NULL;

  *record = id ? mc_store_load (store, entity, id, &local) : NULL;
  if (!local || g_error_matches (local, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The same, and the record that it was joined with. */
static gboolean
load_joined (McStore *store, const char *entity, const char *id, McRecord **record, GError **error)
{
  if (!load_optional (store, entity, id, record, error))
    return FALSE;
  for (int i = 0; i < MAX_SAME_AS && *record && mc_record_get_text (*record, "same_as"); i++)
    {
      McRecord *next;

      if (!load_optional (store, entity, mc_record_get_text (*record, "same_as"), &next, error))
        return FALSE;
      if (!next)
        break;
      mc_record_free (*record);
      *record = next;
    }
  return TRUE;
}

typedef struct
{
  McRecord *facility, *authority, *matter;
  GPtrArray *inspectors, *authorities;
} Around;

static void
around_clear (Around *around)
{
  g_clear_pointer (&around->facility, mc_record_free);
  g_clear_pointer (&around->authority, mc_record_free);
  g_clear_pointer (&around->matter, mc_record_free);
  g_clear_pointer (&around->inspectors, g_ptr_array_unref);
  g_clear_pointer (&around->authorities, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Around, around_clear)

static gboolean
add_inspectors (McStore *store, Around *around, const char *const *ids, GError **error)
{
  if (!around->inspectors)
    around->inspectors = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  for (guint i = 0; ids && ids[i]; i++)
    {
      McRecord *inspector;

      if (!*ids[i])
        continue;
      if (!load_optional (store, "inspector", ids[i], &inspector, error))
        return FALSE;
      if (inspector)
        g_ptr_array_add (around->inspectors, inspector);
    }
  return TRUE;
}

/* The inspectors that @record, a visit or a party, names. */
static gboolean
add_inspectors_of (McStore *store, Around *around, const McRecord *record, GError **error)
{
  const char *assistants = mc_record_get_text (record, "assistants");
  const char *lead[] = { mc_record_get_text (record, "lead"), NULL };
  g_auto (GStrv) ids = g_strsplit (assistants ? assistants : "", "\n", -1);

  return add_inspectors (store, around, lead, error) && add_inspectors (store, around, (const char *const *) ids, error);
}

static gboolean
add_party (McStore *store, Around *around, const McRecord *party, GError **error)
{
  McRecord *authority;

  if (!load_joined (store, "authority", mc_record_get_text (party, "authority"), &authority, error))
    return FALSE;
  if (authority)
    g_ptr_array_add (around->authorities, authority);
  return add_inspectors_of (store, around, party, error);
}

/* What stands around the visit whose root and parts @records are. */
static gboolean
load_around (McStore *store, GPtrArray *records, Around *around, GError **error)
{
  const McRecord *visit = g_ptr_array_index (records, 0);

  around->authorities = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  if (!load_joined (store, "facility", mc_record_get_text (visit, "facility"), &around->facility, error)
      || !load_joined (store, "authority", mc_record_get_text (visit, "authority"), &around->authority, error)
      || !load_joined (store, "check_matter", mc_record_get_text (visit, "check_matter"), &around->matter, error)
      || !add_inspectors_of (store, around, visit, error))
    return FALSE;
  for (guint i = 1; i < records->len; i++)
    if (strcmp (mc_record_get_entity (g_ptr_array_index (records, i))->name, "visit_party") == 0
        && !add_party (store, around, g_ptr_array_index (records, i), error))
      return FALSE;
  return TRUE;
}

static McVisitContext
context_of (const Around *around, McStandard *standard)
{
  return (McVisitContext) { standard, around->facility, around->authority, around->inspectors, around->matter, around->authorities };
}

McVisit *
mc_visits_load (McStore *store, McStandards *standards, const char *id, GError **error)
{
  g_autoptr (GPtrArray) records = mc_store_load_whole (store, "visit", id, error);
  g_auto (Around) around = { NULL };
  const McRecord *record;
  const char *version;
  McVisitContext context;
  McStandard *standard;

  if (!records)
    return NULL;
  record = g_ptr_array_index (records, 0);
  version = mc_record_get_text (record, "standard");
  standard = mc_standards_find (standards, version ? version : "", error);
  if (!standard || !load_around (store, records, &around, error))
    return NULL;
  context = context_of (&around, standard);
  return mc_visit_new_from_records (records, &context);
}

/* --- a new visit ------------------------------------------------------------------------------------------ */

static gboolean
refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, message);
  return FALSE;
}

/* Everything that is found for a new visit. */
typedef struct
{
  Around around;
  McStandard *standard; /* borrowed from the catalogue */
  McRecord *user;
  char *lead;
  char **assistants;
  McVisit *previous;
  char **recheck_items; /* NULL: no re-check */
  const char *checked_on;
} Preparation;

static void
preparation_clear (Preparation *self)
{
  around_clear (&self->around);
  g_clear_pointer (&self->user, mc_record_free);
  g_clear_pointer (&self->lead, g_free);
  g_clear_pointer (&self->assistants, g_strfreev);
  g_clear_pointer (&self->previous, mc_visit_unref);
  g_clear_pointer (&self->recheck_items, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Preparation, preparation_clear)

static gboolean
find_people (McStore *store, const McVisitRequest *request, Preparation *self, GError **error)
{
  const char *user = request->user ? request->user : mc_store_get_user (store);
  g_autofree char *partners = NULL;

  if (!load_optional (store, "user", user && *user ? user : NULL, &self->user, error))
    return FALSE;
  self->lead = g_strdup (request->lead ? request->lead : self->user ? mc_record_get_text (self->user, "inspector") : NULL);
  if (!self->lead)
    return refuse (error, _("Nobody is named who leads the check, and the user is not in the register of inspectors; nothing was changed."));
  if (request->assistants)
    self->assistants = g_strdupv ((char **) request->assistants);
  else
    {
      partners = mc_visit_store_find_partners (store, self->lead, error);
      if (!partners)
        return FALSE;
      self->assistants = g_strsplit (partners, "\n", -1);
    }
  return add_inspectors (store, &self->around, (const char *[]) { self->lead, NULL }, error)
         && (self->around.inspectors->len > 0 || refuse (error, _("The lead inspector %s is not in the register; nothing was changed."), self->lead))
         && add_inspectors (store, &self->around, (const char *const *) self->assistants, error);
}

static gboolean
find_authority (McStore *store, Preparation *self, GError **error)
{
  const McRecord *lead = g_ptr_array_index (self->around.inspectors, 0);
  const char *authority = self->user ? mc_record_get_text (self->user, "authority") : NULL;

  if (!authority)
    authority = mc_record_get_text (lead, "authority");
  if (!load_joined (store, "authority", authority, &self->around.authority, error))
    return FALSE;
  return self->around.authority || refuse (error, _("The authority that checks is not in the register; nothing was changed."));
}

static gboolean
find_standard (McStandards *standards, const McVisitRequest *request, Preparation *self, GError **error)
{
  const char *kind = mc_record_get_text (self->around.facility, "kind");

  if (request->standard)
    {
      self->standard = mc_standards_resolve (standards, request->standard, self->checked_on, error);
      return self->standard != NULL;
    }
  self->standard = mc_standards_suggest (standards, "inspection", mc_record_get_text (self->around.authority, "kind"), kind, self->checked_on);
  return self->standard || refuse (error, _("There is no inspection standard for places of the kind “%s” that was in force on %s; import one first."),
                                   mc_code_label ("facility-kind", kind), self->checked_on);
}

static gboolean
find_matter (McStore *store, Preparation *self, GError **error)
{
  const char *authority = mc_record_get_id (self->around.authority);
  g_auto (GStrv) ids = mc_visit_store_list_matters (store, authority, error);
  g_autoptr (GPtrArray) matters = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  const McRecord *matter;

  if (!ids)
    return FALSE;
  for (guint i = 0; ids[i]; i++)
    {
      McRecord *record;

      if (!load_optional (store, "check_matter", ids[i], &record, error))
        return FALSE;
      if (record)
        g_ptr_array_add (matters, record);
    }
  matter = mc_visit_pick_matter (matters, mc_record_get_text (self->around.facility, "kind"), authority, self->standard, self->checked_on);
  self->around.matter = matter ? mc_record_copy (matter) : NULL;
  return TRUE;
}

static gboolean
find_previous (McStore *store, McStandards *standards, const McVisitRequest *request, Preparation *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *id = request->recheck_of ? g_strdup (request->recheck_of)
                                            : mc_visits_find_previous (store, standards, mc_record_get_id (self->around.facility), NULL,
                                                                       mc_standard_get_key (self->standard), &local);

  if (id)
    self->previous = mc_visits_load (store, standards, id, &local);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What a re-check looks at: the items of the check before whose follow-ups are open. */
static gboolean
find_recheck_items (McStore *store, const McVisitRequest *request, Preparation *self, GError **error)
{
  if (!request->recheck_of && g_strcmp0 (request->type, "recheck") != 0)
    return TRUE;
  if (self->previous)
    self->recheck_items = mc_follow_ups_list_open_items (store, mc_visit_get_id (self->previous), error);
  if (self->previous && !self->recheck_items)
    return FALSE;
  return (self->recheck_items && self->recheck_items[0])
         || refuse (error, _("There is nothing to re-check at “%s”: no finding of its last check waits for correction. Nothing was changed."),
                    mc_record_get_text (self->around.facility, "name"));
}

McVisit *
mc_visits_prepare (McStore *store, McStandards *standards, const McVisitRequest *request, GError **error)
{
  g_auto (Preparation) self = { .checked_on = request->checked_on ? request->checked_on : request->today };
  McVisitStart start = { .type = request->recheck_of ? "recheck" : request->type ? request->type : "routine", .source = request->source,
                         .today = request->today, .checked_on = request->checked_on };

  g_return_val_if_fail (request->facility && request->today, NULL);
  if (!load_joined (store, "facility", request->facility, &self.around.facility, error))
    return NULL;
  if (!self.around.facility)
    {
      refuse (error, _("There is no place %s in the register; nothing was changed."), request->facility);
      return NULL;
    }
  if (!find_people (store, request, &self, error) || !find_authority (store, &self, error)
      || !find_standard (standards, request, &self, error) || !find_matter (store, &self, error)
      || !find_previous (store, standards, request, &self, error) || !find_recheck_items (store, request, &self, error))
    return NULL;
  start.context = context_of (&self.around, self.standard);
  start.lead = self.lead;
  start.recorder = request->recorder ? request->recorder : self.user ? mc_record_get_text (self.user, "inspector") : NULL;
  start.assistants = (const char *const *) self.assistants;
  start.previous = self.previous;
  start.recheck_items = (const char *const *) self.recheck_items;
  return mc_visit_new (&start, error);
}

char *
mc_visits_find_previous (McStore *store, McStandards *standards, const char *facility, const char *visit, const char *key, GError **error)
{
  g_auto (GStrv) pairs = mc_visit_store_list_previous (store, facility, visit, error);

  for (guint i = 0; pairs && pairs[i]; i += 2)
    {
      McStandard *standard = mc_standards_find (standards, pairs[i + 1], NULL);

      if (standard && strcmp (mc_standard_get_key (standard), key) == 0)
        return g_strdup (pairs[i]);
    }
  return NULL;
}

McVisit *
mc_visits_load_previous (McStore *store, McStandards *standards, const McVisit *visit, GError **error)
{
  const char *id = mc_record_get_text (mc_visit_get_record (visit), "previous");
  g_autoptr (GError) local = NULL;
  McVisit *previous = id ? mc_visits_load (store, standards, id, &local) : NULL;

  if (local && !g_error_matches (local, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND)
      && !g_error_matches (local, MC_STANDARD_ERROR, MC_STANDARD_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  return previous;
}

/* --- saving ----------------------------------------------------------------------------------------------- */

/* The record of @visit that is the same as @record: root, answer, finding or party. */
static const McRecord *
find_same (const McVisit *visit, const McRecord *record)
{
  const char *entity = mc_record_get_entity (record)->name;

  if (!visit)
    return NULL;
  if (strcmp (entity, "visit") == 0)
    return mc_visit_get_record (visit);
  if (strcmp (entity, "visit_party") == 0)
    return mc_visit_get_party (visit, mc_record_get_text (record, "authority"));
  if (strcmp (entity, "answer") == 0)
    return mc_visit_get_answer (visit, mc_record_get_text (record, "item"));
  return mc_visit_get_finding (visit, mc_record_get_text (record, "item"));
}

/* Adds what differs to @transaction; returns how many records do. An edit shares what it did not touch, so a pointer says it. */
static guint
add_differences (McTransaction *transaction, const McVisit *base, const McVisit *edited)
{
  g_autoptr (GPtrArray) records = mc_visit_list_records (edited);
  guint n = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const McRecord *record = g_ptr_array_index (records, i);
      const McRecord *old = find_same (base, record);

      if (old == record || (old && mc_record_equal_values (old, record)))
        continue;
      mc_transaction_save (transaction, old, record);
      n++;
    }
  return n;
}

static gboolean
is_ready (const McVisit *visit, const char *today, const char *inspector, GError **error)
{
  g_autoptr (GPtrArray) gaps = mc_visit_list_gaps (visit, today, inspector);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < gaps->len; i++)
    {
      const McGap *gap = g_ptr_array_index (gaps, i);

      if (gap->blocks)
        g_string_append_printf (list, "\n%s", gap->text);
    }
  if (list->len == 0)
    return TRUE;
  g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INCOMPLETE, _("The check cannot be finalised yet; nothing was changed.%s"), list->str);
  return FALSE;
}

McTransaction *
mc_visits_save_transaction (const McVisit *base, const McVisit *edited)
{
  McTransaction *transaction = mc_transaction_new ();

  add_differences (transaction, base, edited);
  return transaction;
}

gboolean
mc_visits_finalise (McStore *store, const McVisit *visit, const char *today, const char *inspector, GError **error)
{
  g_autoptr (McTransaction) transaction = mc_transaction_new ();
  g_autoptr (McVisit) final = NULL;

  if (mc_visit_is_finalised (visit))
    {
      g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_STATE, _("This check is finalised already; amend it instead. Nothing was changed."));
      return FALSE;
    }
  if (!is_ready (visit, today, inspector, error))
    return FALSE;
  final = mc_visit_with_own_result (visit);
  add_differences (transaction, visit, final);
  mc_transaction_seal (transaction, "visit", mc_visit_get_id (visit), "finalise");
  return mc_follow_ups_add (store, transaction, final, today, error) && mc_store_commit (store, transaction, error);
}

gboolean
mc_visits_amend (McStore *store, const McVisit *base, const McVisit *edited, const char *today, const char *inspector,
                 const char *reason, GError **error)
{
  g_autoptr (McTransaction) transaction = mc_transaction_new ();
  g_autofree char *why = g_strstrip (g_strdup (reason ? reason : ""));
  g_autoptr (McVisit) final = NULL;

  if (!mc_visit_is_finalised (base))
    {
      g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_STATE, _("This check is not finalised: edit it without a reason. Nothing was changed."));
      return FALSE;
    }
  if (!*why)
    return refuse (error, _("An amendment needs a reason; nothing was changed."));
  if (!is_ready (edited, today, inspector, error))
    return FALSE;
  final = mc_visit_with_own_result (edited);
  mc_transaction_amend (transaction, "visit", mc_visit_get_id (base), why);
  if (add_differences (transaction, base, final) == 0)
    return refuse (error, _("Nothing differs from the finalised text; nothing was changed."));
  mc_transaction_seal (transaction, "visit", mc_visit_get_id (base), "finalise");
  return mc_follow_ups_add (store, transaction, final, today, error) && mc_store_commit (store, transaction, error);
}

gboolean
mc_visits_save (McStore *store, const McVisit *base, const McVisit *edited, GError **error)
{
  g_autoptr (McTransaction) transaction = mc_visits_save_transaction (base, edited);

  return mc_store_commit (store, transaction, error);
}

/* --- lists ------------------------------------------------------------------------------------------------ */

GArray *
mc_visits_list (McStore *store, const McVisitQuery *query, GError **error)
{
  return mc_visit_store_list (store, query, NULL, error);
}

GPtrArray *
mc_visits_load_rows (McStore *store, const gint64 *rowids, guint n, GError **error)
{
  return mc_visit_store_load_rows (store, rowids, n, NULL, error);
}

gboolean
mc_visits_count (McStore *store, const char *inspector, McVisitCounts *counts, GError **error)
{
  return mc_visit_store_count (store, inspector, counts, error);
}
