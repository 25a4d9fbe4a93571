/* SPDX-License-Identifier: GPL-3.0-or-later
 * A question to the person, or a message that must be read. Our one use of AdwMessageDialog. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  MC_QUESTION_PLAIN,
  MC_QUESTION_SUGGESTED,
  MC_QUESTION_DESTRUCTIVE,
} McQuestionTone;

/* A builder: mc_question_new(), add answers, mc_question_ask(). The answer that closing the window means is "cancel". */
#define MC_TYPE_QUESTION (mc_question_get_type ())
G_DECLARE_FINAL_TYPE (McQuestion, mc_question, MC, QUESTION, GObject)

McQuestion *mc_question_new (const char *heading, const char *body);
void mc_question_add_answer (McQuestion *self, const char *answer, const char *label, McQuestionTone tone);

/* A line of text that is asked for (a reason): answers other than "cancel" are barred while it is empty, if @required. */
void mc_question_ask_text (McQuestion *self, const char *label, gboolean required);
/* More to look at, below the body. */
void mc_question_set_extra (McQuestion *self, GtkWidget *extra);

/* Shows it over the window of @widget. Takes @self. Finish gives the answer ("cancel" if closed), and in @text (may be NULL) what was typed; free both. */
void mc_question_ask (McQuestion *self, GtkWidget *widget, GAsyncReadyCallback callback, gpointer user_data);
char *mc_question_ask_finish (GAsyncResult *result, char **text);

/* Says what went wrong, that nothing was lost, and what to do; one button. @heading: what was wanted ("The check was not saved"). */
void mc_question_show_error (GtkWidget *widget, const char *heading, const GError *error);

G_END_DECLS
