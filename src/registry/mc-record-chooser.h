/* SPDX-License-Identifier: GPL-3.0-or-later
 * A popover in which a record is searched by name, pinyin or initials and chosen: nobody types an id. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;     /* NULL: none */
  char *name;
  char *detail; /* smaller, below the name; may be NULL */
} McRecordChoice;
McRecordChoice *mc_record_choice_new (const char *id, const char *name, const char *detail);
void mc_record_choice_free (McRecordChoice *choice);
GPtrArray *mc_record_choices_new (void); /* of McRecordChoice, with its free function */
const McRecordChoice *mc_record_choices_find (GPtrArray *choices, const char *id); /* NULL if there is none */

/* Signals: "chosen" (McRecordChooser *, const char *id, const char *name); "search" (…, const char *text): of a chooser without choices of its own, when it
 * opens and at each key; it is answered by mc_record_chooser_answer(). */
#define MC_TYPE_RECORD_CHOOSER (mc_record_chooser_get_type ())
G_DECLARE_FINAL_TYPE (McRecordChooser, mc_record_chooser, MC, RECORD_CHOOSER, GtkPopover)

/* @label: what is searched for, also the accessible name of the entry. */
GtkWidget *mc_record_chooser_new (const char *label);

/* All there are: the chooser itself looks among them. Borrowed choices are copied. */
void mc_record_chooser_set_choices (McRecordChooser *self, GPtrArray *choices);

/* What was found for @text; an answer to an older text is passed over. */
void mc_record_chooser_answer (McRecordChooser *self, const char *text, GPtrArray *choices);

const char *mc_record_chooser_get_text (McRecordChooser *self);

G_END_DECLS
