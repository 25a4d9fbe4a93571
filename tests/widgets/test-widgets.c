/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shared widgets on a display: what they show, tell, and let go of. */
#include <adwaita.h>
#include <stdlib.h>

#include "widgets/mc-answer-buttons.h"
#include "widgets/mc-bullet-bar.h"
#include "widgets/mc-empty.h"
#include "widgets/mc-search-entry.h"
#include "widgets/mc-side-panel.h"
#include "widgets/mc-split.h"
#include "widgets/mc-status.h"
#include "widgets/mc-unverified.h"
#include "widgets/mc-wrap-box.h"

static void
test_wrap_box_breaks_lines (void)
{
  GtkWidget *box = g_object_ref_sink (mc_wrap_box_new (10, 4));
  int minimum, natural, height;

  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *child = gtk_label_new (NULL);

      gtk_widget_set_size_request (child, 100, 20);
      mc_wrap_box_append (MC_WRAP_BOX (box), child);
    }
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, 320);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 320, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, ==, 20);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 319, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, ==, 44);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 100, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, ==, 68);
  gtk_widget_set_visible (gtk_widget_get_first_child (box), FALSE); /* what is hidden takes no room and no gap */
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 210, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, ==, 20);
  g_assert_finalize_object (box);
}

static void
answered_cb (McAnswerButtons *buttons, const char *value, GString *log)
{
  g_string_append_printf (log, "%s ", value);
}

static void
test_answers_tell_what_was_chosen (void)
{
  static const McAnswerChoice choices[] = { { "conform", "符合", MC_ANSWER_GOOD }, { "nonconform", "不符合", MC_ANSWER_BAD }, { "not_applicable", "不适用", MC_ANSWER_NEUTRAL } };
  McAnswerButtons *buttons = MC_ANSWER_BUTTONS (g_object_ref_sink (mc_answer_buttons_new ()));
  g_autoptr (GString) log = g_string_new (NULL);
  GtkWidget *second;

  mc_answer_buttons_set_choices (buttons, choices, G_N_ELEMENTS (choices));
  g_signal_connect (buttons, "answered", G_CALLBACK (answered_cb), log);
  mc_answer_buttons_set_value (buttons, "conform"); /* what was loaded is no answer of the person */
  g_assert_cmpstr (log->str, ==, "");
  second = gtk_widget_get_next_sibling (gtk_widget_get_first_child (GTK_WIDGET (buttons)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (second), TRUE);
  g_assert_cmpstr (mc_answer_buttons_get_value (buttons), ==, "nonconform");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (gtk_widget_get_first_child (GTK_WIDGET (buttons)))));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (second), FALSE); /* pressing it again takes nothing back */
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (second)));
  g_assert_true (mc_answer_buttons_choose (buttons, 2));
  g_assert_false (mc_answer_buttons_choose (buttons, 3));
  g_assert_cmpstr (log->str, ==, "nonconform nonconform not_applicable ");
  gtk_widget_set_sensitive (GTK_WIDGET (buttons), FALSE);
  g_assert_false (mc_answer_buttons_choose (buttons, 0));
  g_assert_finalize_object (buttons);
}

static void
test_search_entry_offers_elder_mode (void)
{
  McSearchEntry *entry = g_object_ref_sink (g_object_new (MC_TYPE_SEARCH_ENTRY, "placeholder-text", "Search", NULL));
  GtkWidget *button = gtk_widget_get_last_child (GTK_WIDGET (entry));

  mc_search_entry_set_text (entry, "康养");
  g_assert_cmpstr (mc_search_entry_get_text (entry), ==, "康养");
  g_assert_false (gtk_widget_get_visible (button));
  mc_search_entry_set_text (entry, "大字");
  g_assert_true (gtk_widget_get_visible (button));
  mc_search_entry_set_text (entry, NULL);
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_finalize_object (entry);
}

static void
test_status_has_icon_and_word (void)
{
  GtkWidget *status = g_object_ref_sink (mc_status_new (MC_STATUS_ERROR, "超期"));

  g_assert_cmpstr (mc_status_get_text (MC_STATUS (status)), ==, "超期");
  g_assert_true (gtk_widget_has_css_class (status, "mc-error"));
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_first_child (status)));
  mc_status_set (MC_STATUS (status), MC_STATUS_PLAIN, "x");
  g_assert_false (gtk_widget_has_css_class (status, "mc-error"));
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_first_child (status)));
  gtk_test_accessible_assert_property (status, GTK_ACCESSIBLE_PROPERTY_LABEL, "x");
  g_assert_finalize_object (status);
}

static void
test_unverified_says_why (void)
{
  GtkWidget *mark = g_object_ref_sink (mc_unverified_new (NULL));

  g_assert_false (gtk_widget_get_visible (mark));
  mc_unverified_set_source (MC_UNVERIFIED (mark), "民发〔2022〕86号，转引");
  g_assert_true (gtk_widget_get_visible (mark));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (mark), ==, "民发〔2022〕86号，转引");
  gtk_test_accessible_assert_property (mark, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "民发〔2022〕86号，转引");
  g_assert_finalize_object (mark);
}

static void
test_bar_is_a_meter (void)
{
  GtkWidget *bar = g_object_ref_sink (mc_bullet_bar_new ());

  mc_bullet_bar_set (MC_BULLET_BAR (bar), 18, 31, "已答 18 项，共 31 项");
  gtk_test_accessible_assert_role (bar, GTK_ACCESSIBLE_ROLE_METER);
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "已答 18 项，共 31 项");
  g_assert_false (gtk_widget_has_css_class (bar, "complete"));
  mc_bullet_bar_set (MC_BULLET_BAR (bar), 31, 31, "31");
  g_assert_true (gtk_widget_has_css_class (bar, "complete"));
  g_assert_finalize_object (bar);
}

static void
test_containers_let_go (void)
{
  static GType (*const types[]) (void) = { mc_empty_get_type, mc_side_panel_get_type, mc_split_get_type };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *widget = g_object_ref_sink (g_object_new (types[i](), NULL));

      g_assert_finalize_object (widget);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return EXIT_SUCCESS;
    }
  adw_init ();
  g_test_add_func ("/wrap-box/breaks-lines", test_wrap_box_breaks_lines);
  g_test_add_func ("/answers/tell-what-was-chosen", test_answers_tell_what_was_chosen);
  g_test_add_func ("/search/offers-elder-mode", test_search_entry_offers_elder_mode);
  g_test_add_func ("/status/has-icon-and-word", test_status_has_icon_and_word);
  g_test_add_func ("/unverified/says-why", test_unverified_says_why);
  g_test_add_func ("/bar/is-a-meter", test_bar_is_a_meter);
  g_test_add_func ("/containers/let-go", test_containers_let_go);
  return g_test_run ();
}
