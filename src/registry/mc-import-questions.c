/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the rows of a sheet do not say, asked once for all of them; nothing is made up. */
#include "mc-import-questions.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/mc-format.h"
#include "widgets/mc-wrap-box.h"

#define SEARCH_FROM 16

struct _McImportQuestions
{
  GtkWidget parent_instance;

  /* Owned. */
  GHashTable *answers; /* key of a field → what the person chose */
};

G_DEFINE_FINAL_TYPE (McImportQuestions, mc_import_questions, GTK_TYPE_WIDGET)

enum
{
  AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A line with the drop-down that answers it. */
typedef struct
{
  McImportQuestions *questions; /* borrowed: the line is inside it */
  const char *key;
  GPtrArray *choices; /* of McImportChoice */
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_ptr_array_unref (question->choices);
  g_free (question);
}

static gboolean
ask_again_cb (gpointer data)
{
  g_signal_emit (data, signals[AGAIN], 0);
  return G_SOURCE_REMOVE;
}

/* The sheet is read again when the drop-down is done with its click: the line it stands in goes. */
static void
selected_cb (GtkDropDown *dropdown, GParamSpec *pspec, Question *question)
{
  guint selected = gtk_drop_down_get_selected (dropdown);

  if (selected == 0 || selected > question->choices->len)
    g_hash_table_remove (question->questions->answers, question->key);
  else
    g_hash_table_insert (question->questions->answers, g_strdup (question->key),
                         g_strdup (((const McImportChoice *) question->choices->pdata[selected - 1])->value));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, ask_again_cb, g_object_ref (question->questions), g_object_unref);
}

static char *
describe (McImportPlan *plan, const McField *field, gboolean answered)
{
  guint64 n = mc_import_plan_count_missing (plan, field);
  g_autofree char *number = mc_format_count ((gint64) n);

  if (answered)
    return g_strdup_printf (_("Rows of new records that do not say “%s” get"), _(field->label));
  return g_strdup_printf (g_dngettext (NULL, "%s row does not say “%s”. Take for it", "%s rows do not say “%s”. Take for all of them", (gulong) n), number, _(field->label));
}

static GtkWidget *
dropdown_new (McImportQuestions *self, const McField *field, GPtrArray *choices)
{
  const char *answer = g_hash_table_lookup (self->answers, field->key);
  GtkStringList *labels = gtk_string_list_new ((const char *const[]) { _("Choose…"), NULL });
  GtkWidget *dropdown;
  Question *question = g_new0 (Question, 1);
  guint selected = 0;

  for (guint i = 0; i < choices->len; i++)
    {
      const McImportChoice *choice = choices->pdata[i];

      gtk_string_list_append (labels, choice->label);
      if (g_strcmp0 (answer, choice->value) == 0)
        selected = i + 1;
    }
  dropdown = gtk_drop_down_new (G_LIST_MODEL (labels), gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (dropdown), choices->len >= SEARCH_FROM);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (dropdown), selected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dropdown), GTK_ACCESSIBLE_PROPERTY_LABEL, _(field->label), -1);
  question->questions = self;
  question->key = field->key;
  question->choices = g_ptr_array_ref (choices);
  g_signal_connect_data (dropdown, "notify::selected", G_CALLBACK (selected_cb), question, question_free, 0);
  return dropdown;
}

static void
add_question (McImportQuestions *self, McImportPlan *plan, const McField *field)
{
  g_autoptr (GPtrArray) choices = mc_import_plan_list_choices (plan, field);
  g_autofree char *text = describe (plan, field, g_hash_table_contains (self->answers, field->key));
  GtkWidget *line, *label;

  if (choices->len == 0)
    return;
  line = mc_wrap_box_new (10, 4);
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  mc_wrap_box_append (MC_WRAP_BOX (line), label);
  mc_wrap_box_append (MC_WRAP_BOX (line), dropdown_new (self, field, choices));
  gtk_widget_set_parent (line, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
remove_questions (McImportQuestions *self)
{
  GtkWidget *line;

  while ((line = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (line);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
mc_import_questions_dispose (GObject *object)
{
  remove_questions (MC_IMPORT_QUESTIONS (object));

  G_OBJECT_CLASS (mc_import_questions_parent_class)->dispose (object);
}

static void
mc_import_questions_finalize (GObject *object)
{
  g_hash_table_unref (MC_IMPORT_QUESTIONS (object)->answers);

  G_OBJECT_CLASS (mc_import_questions_parent_class)->finalize (object);
}

static void
mc_import_questions_class_init (McImportQuestionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_import_questions_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_import_questions_finalize;
  signals[AGAIN] = g_signal_new ("again", MC_TYPE_IMPORT_QUESTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
mc_import_questions_init (McImportQuestions *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
mc_import_questions_show (McImportQuestions *self, McImportPlan *plan, McImportKind kind)
{
  const McField *const *fields = mc_import_fields (kind);

  g_return_if_fail (MC_IS_IMPORT_QUESTIONS (self));

  remove_questions (self);
  for (guint i = 0; fields[i]; i++)
    if (mc_import_plan_count_missing (plan, fields[i]) > 0 || g_hash_table_contains (self->answers, fields[i]->key))
      add_question (self, plan, fields[i]);
}

char **
mc_import_questions_get_maps (McImportQuestions *self)
{
  g_autoptr (GPtrArray) maps = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key, value;

  g_return_val_if_fail (MC_IS_IMPORT_QUESTIONS (self), NULL);

  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_ptr_array_add (maps, g_strdup_printf ("=%s=%s", (char *) value, (char *) key));
  g_ptr_array_add (maps, NULL);
  return (char **) g_ptr_array_steal (maps, NULL);
}

void
mc_import_questions_forget (McImportQuestions *self)
{
  g_return_if_fail (MC_IS_IMPORT_QUESTIONS (self));

  g_hash_table_remove_all (self->answers);
  remove_questions (self);
}
