/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person must decide before a visit goes on: two edits that disagree, and late changes of a finalised visit. */
#include "mc-visit-notices.h"

#include <glib/gi18n.h>

#include "mc-late-row.h"
#include "widgets/mc-conflict-row.h"
#include "widgets/mc-question.h"
#include "widgets/mc-status.h"

static GtkWidget *
find_child (GtkBox *box, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box)); child; child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (gtk_widget_get_name (child), name) == 0)
      return child;
  return NULL;
}

/* The child of that name, made if it is not there; marked as wanted. */
static GtkWidget *
want (GtkBox *box, GHashTable *wanted, const char *name, GtkWidget *(*make) (void))
{
  GtkWidget *child = find_child (box, name);

  g_hash_table_add (wanted, g_strdup (name));
  if (child)
    return child;
  child = make ();
  gtk_widget_set_name (child, name);
  gtk_box_append (box, child);
  return child;
}

static GtkWidget *
make_line (void)
{
  GtkWidget *line = mc_status_new (MC_STATUS_WARNING, NULL);

  g_object_set (line, "wrap", TRUE, NULL);
  return line;
}

static void
want_line (GtkBox *box, GHashTable *wanted, const char *name, McStatusKind kind, const char *text)
{
  mc_status_set (MC_STATUS (want (box, wanted, name, make_line)), kind, text);
}

static void
pick_failed_cb (McConflictRow *row, const GError *error)
{
  mc_question_show_error (GTK_WIDGET (row), _("The choice was not saved"), error);
}

static GtkWidget *
make_conflict (void)
{
  GtkWidget *row = mc_conflict_row_new ();

  g_signal_connect (row, "failed", G_CALLBACK (pick_failed_cb), NULL);
  return row;
}

/* Answers are called as the standard calls them. */
static void
name_answers (McConflictRow *row, McVisit *visit, const McRecord *record)
{
  McStandard *standard = mc_visit_get_standard (visit);
  const char *code = mc_record_get_text (record, "item");
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n;
  const McAnswerLabel *answers = mc_standard_get_answers (standard, &n);

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (words, g_strdup (answers[i].code), g_strdup (answers[i].label));
  mc_conflict_row_set_words (row, code, words);
}

static void
want_conflicts (GtkBox *box, GHashTable *wanted, McStore *store, McVisit *visit, const McRecord *record)
{
  const McEntity *entity = mc_record_get_entity (record);
  GtkWidget *row;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      g_autofree char *name = NULL;

      if (!mc_record_field_in_conflict (record, entity->fields[i].key))
        continue;
      name = g_strdup_printf ("conflict-%s-%s", mc_record_get_id (record), entity->fields[i].key);
      row = want (box, wanted, name, make_conflict);
      if (!g_str_equal (entity->name, "visit"))
        name_answers (MC_CONFLICT_ROW (row), visit, record);
      mc_conflict_row_set (MC_CONFLICT_ROW (row), store, record, entity->fields[i].key);
    }
}

static void
remove_unwanted (GtkBox *box, GHashTable *wanted)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box)); child; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (!g_hash_table_contains (wanted, gtk_widget_get_name (child)))
        gtk_box_remove (box, child);
    }
}

void
mc_visit_notices_update (GtkBox *box, McPage *page, McStandards *standards, McVisit *visit)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) records = mc_visit_list_records (visit);
  McRecordState state = mc_visit_get_state (visit);

  if (state & MC_RECORD_CONFLICT)
    for (guint i = 0; i < records->len; i++)
      want_conflicts (box, wanted, mc_page_get_store (page), visit, g_ptr_array_index (records, i));
  if (state & MC_RECORD_LATE)
    mc_late_row_set (MC_LATE_ROW (want (box, wanted, "late", mc_late_row_new)), page, mc_visit_get_id (visit));
  if (state & MC_RECORD_UNKNOWN_FIELDS)
    want_line (box, wanted, "newer", MC_STATUS_LOCKED,
               _("A newer version of the program wrote in this check. It is shown, and can be edited again after the update. Nothing is lost."));
  remove_unwanted (box, wanted);
  gtk_widget_set_visible (GTK_WIDGET (box), g_hash_table_size (wanted) > 0);
}
