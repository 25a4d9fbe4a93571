/* SPDX-License-Identifier: GPL-3.0-or-later
 * The answers of an item as linked toggles; the number of the key gives way to an icon when chosen. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  MC_ANSWER_GOOD,    /* conform: green, tick */
  MC_ANSWER_BAD,     /* nonconform: red, error */
  MC_ANSWER_NEUTRAL, /* not applicable: grey, unavailable */
  MC_ANSWER_OPEN,    /* not checked: grey, question */
} McAnswerTone;

typedef struct
{
  const char *value; /* code of the standard's answers */
  const char *label;
  McAnswerTone tone;
} McAnswerChoice;

/* Properties: value (chosen code, NULL: none yet; setting it emits nothing), item-label (the item's text; each button is named "LABEL, ITEM" for those
 * who do not see it).
 * Signal: "answered" (McAnswerButtons *, const char *value): the person chose. Pressing the chosen one again chooses it again (takes nothing back).
 * The keys 1 2 3 are the row's: call mc_answer_buttons_choose (self, 0…). */
#define MC_TYPE_ANSWER_BUTTONS (mc_answer_buttons_get_type ())
G_DECLARE_FINAL_TYPE (McAnswerButtons, mc_answer_buttons, MC, ANSWER_BUTTONS, GtkWidget)

GtkWidget *mc_answer_buttons_new (void);
void mc_answer_buttons_set_choices (McAnswerButtons *self, const McAnswerChoice *choices, guint n_choices);
guint mc_answer_buttons_get_n_choices (McAnswerButtons *self);
void mc_answer_buttons_set_value (McAnswerButtons *self, const char *value);
const char *mc_answer_buttons_get_value (McAnswerButtons *self);
gboolean mc_answer_buttons_choose (McAnswerButtons *self, guint index); /* FALSE: there is no such answer, or it is insensitive */

/* Apart from each other, each as wide as the others, over the whole width: for an item that is alone on its page. */
void mc_answer_buttons_set_large (McAnswerButtons *self, gboolean large);

/* The choice that a key press means: 0, 1, 2 … for 1 2 3 of the digit row, the keypad and full-width digits; -1: none. Pure. */
int mc_answer_key_index (guint keyval, GdkModifierType state);

G_END_DECLS
