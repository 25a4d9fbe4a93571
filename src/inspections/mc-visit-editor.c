/* SPDX-License-Identifier: GPL-3.0-or-later
 * A queue of edits over one visit: shown at once, saved one batch after the other, each on what the last one left on disk. */
#include "mc-visit-editor.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-phrase.h"

typedef enum
{
  EDIT_ANSWER,
  EDIT_NOTE,
  EDIT_SECTION,
  EDIT_FIELD,
  EDIT_FINDING,
  EDIT_PHRASE,
  EDIT_PARTY,
  EDIT_NO_PARTY,
} EditKind;

typedef struct
{
  EditKind kind;
  char *place; /* item, section or authority; NULL: the visit */
  char *key;   /* of a field */
  char *text;  /* answer or note; lead of an authority */
  char *reason;
  McValue value;
  McRecord *record;      /* phrase or authority */
  char **assistants;     /* of an authority */
  GPtrArray *inspectors; /* what is known of them */
} Edit;

/* What the editor waits for; at most one thing at a time. */
typedef enum
{
  IDLE,
  SAVING,
  LOADING,
} Activity;

struct _McVisitEditor
{
  GObject parent_instance;

  /* owned */
  McStore *store;
  McStandards *standards;
  McVisit *saved;     /* as last read from the disk */
  McVisit *shown;     /* saved, and the edits of the queue */
  GQueue edits;       /* of Edit: not known to be on disk */
  GPtrArray *flushes; /* of GTask */
  Activity activity;
  guint in_flight;    /* so many edits at the head of the queue are being saved */
  gboolean stale;     /* the disk has own lines that `saved` does not know: read before the next save */
  gboolean outdated;  /* somebody else's lines came in: read when nothing is left to save */
  gboolean failed;    /* wait for the next edit or for a retry */
  gboolean was_saving;
  gint64 saved_at;
  gulong changed_id;
};

G_DEFINE_FINAL_TYPE (McVisitEditor, mc_visit_editor, G_TYPE_OBJECT)

enum
{
  PROP_SAVING = 1,
  PROP_SAVED_AT,
  N_PROPS,
};

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void go_on (McVisitEditor *self);

/* --- edits ------------------------------------------------------------------------------------------------ */

static Edit *
edit_new (EditKind kind, const char *place, const char *key, const char *text)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->kind = kind;
  edit->place = g_strdup (place);
  edit->key = g_strdup (key);
  edit->text = g_strdup (text);
  return edit;
}

static gpointer
copy_record (gconstpointer record, gpointer data)
{
  return mc_record_copy (record);
}

static void
edit_free (Edit *edit)
{
  g_free (edit->place);
  g_free (edit->key);
  g_free (edit->text);
  g_free (edit->reason);
  mc_value_clear (&edit->value);
  g_clear_pointer (&edit->record, mc_record_free);
  g_strfreev (edit->assistants);
  g_clear_pointer (&edit->inspectors, g_ptr_array_unref);
  g_free (edit);
}

static McVisit *
edit_apply (const Edit *edit, const McVisit *visit, guint *n_changed, GError **error)
{
  switch (edit->kind)
    {
    case EDIT_ANSWER:
      return mc_visit_with_answer (visit, edit->place, edit->text, edit->reason, error);
    case EDIT_NOTE:
      return mc_visit_with_note (visit, edit->place, edit->text, error);
    case EDIT_SECTION:
      return mc_visit_with_section_conform (visit, edit->place, n_changed, error);
    case EDIT_FIELD:
      return mc_visit_with_field (visit, edit->key, &edit->value, error);
    case EDIT_FINDING:
      return mc_visit_with_finding_field (visit, edit->place, edit->key, &edit->value, error);
    case EDIT_PHRASE:
      return mc_visit_with_phrase (visit, edit->place, edit->record, error);
    case EDIT_PARTY:
      return mc_visit_with_party (visit, edit->record, edit->text, (const char *const *) edit->assistants, edit->inspectors, error);
    case EDIT_NO_PARTY:
      return mc_visit_without_party (visit, edit->place, edit->reason, error);
    }
  g_return_val_if_reached (NULL);
}

static void
set_shown (McVisitEditor *self, McVisit *visit)
{
  g_clear_pointer (&self->shown, mc_visit_unref);
  self->shown = visit;
}

/* Makes `shown` from `saved` and the queue. An edit that no longer fits (its finding was withdrawn elsewhere) is dropped, and said. */
static void
rebase (McVisitEditor *self)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);

  set_shown (self, mc_visit_ref (self->saved));
  for (GList *l = self->edits.head; l;)
    {
      GList *next = l->next;
      GError *error = NULL;
      McVisit *edited = edit_apply (l->data, self->shown, NULL, &error);

      if (edited)
        set_shown (self, edited);
      else
        {
          edit_free (l->data);
          g_queue_delete_link (&self->edits, l);
          g_ptr_array_add (errors, error);
        }
      l = next;
    }
  for (guint i = 0; i < errors->len; i++)
    g_signal_emit (self, signals[FAILED], 0, g_ptr_array_index (errors, i));
}

static gboolean
same_visits (const McVisit *a, const McVisit *b)
{
  g_autoptr (GPtrArray) one = mc_visit_list_records (a);
  g_autoptr (GPtrArray) two = mc_visit_list_records (b);
  gboolean same = one->len == two->len && mc_visit_get_state (a) == mc_visit_get_state (b);

  for (guint i = 0; same && i < one->len; i++)
    same = mc_record_equal_values (g_ptr_array_index (one, i), g_ptr_array_index (two, i));
  return same;
}

static void
notify_saving (McVisitEditor *self)
{
  gboolean saving = mc_visit_editor_get_saving (self);

  if (saving == self->was_saving)
    return;
  self->was_saving = saving;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVING]);
}

static void
finish_flushes (McVisitEditor *self, const GError *error)
{
  g_autoptr (GPtrArray) tasks = self->flushes;

  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    {
      if (error)
        g_task_return_error (g_ptr_array_index (tasks, i), g_error_copy (error));
      else
        g_task_return_boolean (g_ptr_array_index (tasks, i), TRUE);
    }
}

static void
fail (McVisitEditor *self, const GError *error)
{
  self->failed = TRUE;
  g_signal_emit (self, signals[FAILED], 0, error);
  finish_flushes (self, error);
}

/* --- saving and reading again ----------------------------------------------------------------------------- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitEditor) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = mc_visits_save_finish (result, &error);

  self->activity = IDLE;
  for (guint i = 0; done && i < self->in_flight; i++)
    edit_free (g_queue_pop_head (&self->edits));
  self->in_flight = 0;
  if (done)
    {
      self->stale = TRUE;
      self->saved_at = g_get_real_time ();
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED_AT]);
      go_on (self);
    }
  else
    fail (self, error);
  notify_saving (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitEditor) self = data;
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_load_finish (result, &error);

  self->activity = IDLE;
  if (visit)
    {
      g_autoptr (McVisit) before = mc_visit_ref (self->shown);

      mc_visit_unref (self->saved);
      self->saved = visit;
      rebase (self);
      if (!same_visits (before, self->shown))
        g_signal_emit (self, signals[CHANGED], 0);
      else
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED_AT]); /* the saved visit has caught up */
      go_on (self);
    }
  else
    {
      self->stale = TRUE;
      fail (self, error);
    }
  notify_saving (self);
}

/* Edits go out on the base that the person saw; what came in meanwhile is read only after them, so that it becomes a conflict and is not
 * overwritten. Own lines must be known first, or the next edit of the same field would conflict with them. */
static void
go_on (McVisitEditor *self)
{
  gboolean to_save = self->edits.length > 0;

  if (self->activity != IDLE || self->failed)
    return;
  if (self->stale || (self->outdated && !to_save))
    {
      self->activity = LOADING;
      self->stale = self->outdated = FALSE;
      mc_visits_load_async (self->store, self->standards, mc_visit_get_id (self->saved), NULL, loaded_cb, g_object_ref (self));
    }
  else if (to_save)
    {
      self->activity = SAVING;
      self->in_flight = self->edits.length;
      mc_visits_save_async (self->store, self->saved, self->shown, NULL, saved_cb, g_object_ref (self));
    }
  else
    finish_flushes (self, NULL);
}

static void
store_changed_cb (McStore *store, const McChangeSet *set, McVisitEditor *self)
{
  if (!mc_change_set_has_entity (set, "visit") && !mc_change_set_has_entity (set, "answer") && !mc_change_set_has_entity (set, "finding"))
    return;
  self->outdated = TRUE;
  go_on (self);
}

/* Takes @edit. */
static gboolean
push (McVisitEditor *self, Edit *edit, guint *n_changed, GError **error)
{
  McVisit *edited = NULL;

  if (mc_visit_is_finalised (self->saved))
    g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_STATE, _("This check is finalised already; amend it instead. Nothing was changed."));
  else
    edited = edit_apply (edit, self->shown, n_changed, error);
  if (!edited || edited == self->shown)
    {
      gboolean unchanged = edited != NULL;

      g_clear_pointer (&edited, mc_visit_unref);
      edit_free (edit);
      return unchanged;
    }
  set_shown (self, edited);
  g_queue_push_tail (&self->edits, edit);
  self->failed = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  go_on (self);
  notify_saving (self);
  return TRUE;
}

/* --- the object ------------------------------------------------------------------------------------------- */

static void
mc_visit_editor_dispose (GObject *object)
{
  McVisitEditor *self = MC_VISIT_EDITOR (object);

  if (self->store)
    g_clear_signal_handler (&self->changed_id, self->store);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (mc_visit_editor_parent_class)->dispose (object);
}

static void
mc_visit_editor_finalize (GObject *object)
{
  McVisitEditor *self = MC_VISIT_EDITOR (object);

  g_queue_clear_full (&self->edits, (GDestroyNotify) edit_free);
  g_clear_pointer (&self->flushes, g_ptr_array_unref);
  g_clear_pointer (&self->saved, mc_visit_unref);
  g_clear_pointer (&self->shown, mc_visit_unref);
  g_clear_pointer (&self->standards, mc_standards_unref);
  G_OBJECT_CLASS (mc_visit_editor_parent_class)->finalize (object);
}

static void
mc_visit_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  McVisitEditor *self = MC_VISIT_EDITOR (object);

  if (id == PROP_SAVING)
    g_value_set_boolean (value, mc_visit_editor_get_saving (self));
  else if (id == PROP_SAVED_AT)
    g_value_set_int64 (value, self->saved_at);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
mc_visit_editor_class_init (McVisitEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mc_visit_editor_dispose;
  object_class->finalize = mc_visit_editor_finalize;
  object_class->get_property = mc_visit_editor_get_property;
  properties[PROP_SAVING] = g_param_spec_boolean ("saving", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SAVED_AT] = g_param_spec_int64 ("saved-at", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", MC_TYPE_VISIT_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", MC_TYPE_VISIT_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
mc_visit_editor_init (McVisitEditor *self)
{
  g_queue_init (&self->edits);
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
}

McVisitEditor *
mc_visit_editor_new (McStore *store, McStandards *standards, McVisit *visit)
{
  McVisitEditor *self = g_object_new (MC_TYPE_VISIT_EDITOR, NULL);

  self->store = g_object_ref (store);
  self->standards = mc_standards_ref (standards);
  self->saved = mc_visit_ref (visit);
  self->shown = mc_visit_ref (visit);
  self->changed_id = g_signal_connect (store, "changed", G_CALLBACK (store_changed_cb), self);
  return self;
}

McVisit *
mc_visit_editor_get_visit (McVisitEditor *self)
{
  return self->shown;
}

McVisit *
mc_visit_editor_get_saved_visit (McVisitEditor *self)
{
  return self->saved;
}

gboolean
mc_visit_editor_get_saving (McVisitEditor *self)
{
  return self->edits.length > 0;
}

gint64
mc_visit_editor_get_saved_at (McVisitEditor *self)
{
  return self->saved_at;
}

gboolean
mc_visit_editor_answer (McVisitEditor *self, const char *item, const char *value, const char *reason, GError **error)
{
  Edit *edit = edit_new (EDIT_ANSWER, item, NULL, value);

  edit->reason = g_strdup (reason);
  return push (self, edit, NULL, error);
}

gboolean
mc_visit_editor_note (McVisitEditor *self, const char *item, const char *note, GError **error)
{
  return push (self, edit_new (EDIT_NOTE, item, NULL, note), NULL, error);
}

gboolean
mc_visit_editor_section_conform (McVisitEditor *self, const char *section, guint *n_changed, GError **error)
{
  return push (self, edit_new (EDIT_SECTION, section, NULL, NULL), n_changed, error);
}

gboolean
mc_visit_editor_set_field (McVisitEditor *self, const char *key, const McValue *value, GError **error)
{
  Edit *edit = edit_new (EDIT_FIELD, NULL, key, NULL);

  mc_value_copy (value, &edit->value);
  return push (self, edit, NULL, error);
}

gboolean
mc_visit_editor_set_finding_field (McVisitEditor *self, const char *item, const char *key, const McValue *value, GError **error)
{
  Edit *edit = edit_new (EDIT_FINDING, item, key, NULL);

  mc_value_copy (value, &edit->value);
  return push (self, edit, NULL, error);
}

gboolean
mc_visit_editor_insert_phrase (McVisitEditor *self, const char *item, const McRecord *phrase, GError **error)
{
  Edit *edit = edit_new (EDIT_PHRASE, item, NULL, NULL);

  edit->record = mc_record_copy (phrase);
  return push (self, edit, NULL, error);
}

gboolean
mc_visit_editor_set_party (McVisitEditor *self, const McRecord *authority, const char *lead, const char *const *assistants, GPtrArray *inspectors,
                           GError **error)
{
  Edit *edit = edit_new (EDIT_PARTY, NULL, NULL, lead);

  edit->record = mc_record_copy (authority);
  edit->assistants = g_strdupv ((char **) assistants);
  edit->inspectors = inspectors ? g_ptr_array_copy (inspectors, copy_record, NULL) : g_ptr_array_new ();
  g_ptr_array_set_free_func (edit->inspectors, (GDestroyNotify) mc_record_free);
  return push (self, edit, NULL, error);
}

gboolean
mc_visit_editor_remove_party (McVisitEditor *self, const char *authority, const char *reason, GError **error)
{
  Edit *edit = edit_new (EDIT_NO_PARTY, authority, NULL, NULL);

  edit->reason = g_strdup (reason);
  return push (self, edit, NULL, error);
}

void
mc_visit_editor_retry (McVisitEditor *self)
{
  self->failed = FALSE;
  go_on (self);
}

void
mc_visit_editor_discard (McVisitEditor *self)
{
  guint kept = self->in_flight;

  while (self->edits.length > kept)
    edit_free (g_queue_pop_tail (&self->edits));
  self->failed = FALSE;
  self->outdated = TRUE;
  rebase (self);
  g_signal_emit (self, signals[CHANGED], 0);
  go_on (self);
  notify_saving (self);
}

void
mc_visit_editor_flush_async (McVisitEditor *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_ptr_array_add (self->flushes, g_task_new (self, cancellable, callback, user_data));
  mc_visit_editor_retry (self);
}

gboolean
mc_visit_editor_flush_finish (McVisitEditor *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
