/* SPDX-License-Identifier: GPL-3.0-or-later
 * Says what a person typed once the typing pauses or the focus leaves the text, so that it can be saved without a button. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: "typed" (McTypedText *, const char *text): the text is another one than was last said or shown. */
#define MC_TYPE_TYPED_TEXT (mc_typed_text_get_type ())
G_DECLARE_FINAL_TYPE (McTypedText, mc_typed_text, MC, TYPED_TEXT, GObject)

/* @text: a GtkTextView or a GtkEditable, borrowed; it lives longer than the object. */
McTypedText *mc_typed_text_new (GtkWidget *text);

/* Shows @text (NULL: empty) without a signal; left alone while the person types or composes. */
void mc_typed_text_show (McTypedText *self, const char *text);

/* Says now what was typed. */
void mc_typed_text_flush (McTypedText *self);

/* An input method composes: no key may be taken from it. */
gboolean mc_typed_text_is_composing (McTypedText *self);

G_END_DECLS
