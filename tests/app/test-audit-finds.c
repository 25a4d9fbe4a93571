/* SPDX-License-Identifier: GPL-3.0-or-later
 * The audit can fail: each fault planted in a small window is found, and a sound window has none. */
#include <stdlib.h>
#include <string.h>

#include "mc-audit.h"
#include "mc-stage.h"
#include "widgets/mc-session.h"

typedef GtkWidget *(*Plant) (void);

static GtkWidget *
fixed_with (GtkWidget *first, int x, int y, GtkWidget *second)
{
  GtkWidget *fixed = gtk_fixed_new ();

  gtk_fixed_put (GTK_FIXED (fixed), first, 10, 10);
  if (second)
    gtk_fixed_put (GTK_FIXED (fixed), second, x, y);
  return fixed;
}

static GtkWidget *
sound (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *name = gtk_label_new ("嘉兴市秀洲区康养中心"), *button = gtk_button_new_with_label ("开始检查");

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 4);
  gtk_widget_set_tooltip_text (name, "嘉兴市秀洲区康养中心");
  gtk_widget_add_css_class (name, "mc-name");
  gtk_widget_set_halign (name, GTK_ALIGN_START);
  gtk_widget_set_size_request (name, 60, -1);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static GtkWidget *
small_button (void)
{
  GtkWidget *button = gtk_button_new_with_label ("小");
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (provider, "button.tiny { min-width: 4px; min-height: 4px; padding: 0; font-size: 6pt; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_USER);
  gtk_widget_add_css_class (button, "tiny");
  return fixed_with (button, 0, 0, NULL);
}

static GtkWidget *
faint_label (void)
{
  GtkWidget *label = gtk_label_new ("看不清的字");

  gtk_widget_set_opacity (label, 0.4);
  return fixed_with (label, 0, 0, NULL);
}

static GtkWidget *
cut_label (void)
{
  GtkWidget *label = gtk_label_new ("这一句话被截断了，后面看不见");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_size_request (label, 60, -1);
  return fixed_with (label, 0, 0, NULL);
}

static GtkWidget *
name_without_tooltip (void)
{
  GtkWidget *fixed = cut_label ();

  gtk_widget_add_css_class (gtk_widget_get_first_child (fixed), "mc-name");
  return fixed;
}

static GtkWidget *
overlapping (void)
{
  return fixed_with (gtk_label_new ("第一个标签文字"), 30, 12, gtk_label_new ("第二个标签文字"));
}

static GtkWidget *
nameless (void)
{
  return fixed_with (gtk_button_new_from_icon_name ("list-add-symbolic"), 0, 0, NULL);
}

static GtkWidget *
english (void)
{
  return fixed_with (gtk_label_new ("正在 loading"), 0, 0, NULL);
}

static GtkWidget *
outside (void)
{
  GtkWidget *label = gtk_label_new ("右边");
  GtkWidget *fixed = fixed_with (gtk_label_new ("左边"), 395, 10, label);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), fixed);
  return scrolled;
}

static void
frames (GtkWidget *window)
{
  for (guint i = 0; i < 30; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

static GPtrArray *
audit_of (Plant plant)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (GdkTexture) texture = NULL;
  GPtrArray *faults;

  gtk_window_set_titlebar (GTK_WINDOW (window), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_window_set_child (GTK_WINDOW (window), plant ());
  gtk_window_set_default_size (GTK_WINDOW (window), 410, 210);
  gtk_window_present (GTK_WINDOW (window));
  frames (window);
  texture = mc_stage_paint_window (GTK_WINDOW (window));
  faults = mc_audit (window, texture, &mc_audit_normal);
  gtk_window_destroy (GTK_WINDOW (window));
  return faults;
}

static void
test_sound (void)
{
  g_autoptr (GPtrArray) faults = audit_of (sound);

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (char *) faults->pdata[i]);
  g_assert_cmpuint (faults->len, ==, 0);
}

typedef struct
{
  const char *check;
  Plant plant;
} Planted;

static void
test_planted (gconstpointer data)
{
  const Planted *planted = data;
  g_autoptr (GPtrArray) faults = audit_of (planted->plant);
  gboolean found = FALSE;

  for (guint i = 0; i < faults->len; i++)
    {
      g_test_message ("%s", (char *) faults->pdata[i]);
      found |= g_str_has_prefix (faults->pdata[i], planted->check);
    }
  g_assert_true (found);
}

/* Values from WCAG 2.2 and from the calculators that follow it. */
static void
test_contrast (void)
{
  g_assert_cmpfloat_with_epsilon (mc_audit_contrast (0x000000, 0xffffff), 21.0, 0.001);
  g_assert_cmpfloat_with_epsilon (mc_audit_contrast (0xffffff, 0x3584e4), 3.77, 0.01);
  g_assert_cmpfloat_with_epsilon (mc_audit_contrast (0x767676, 0xffffff), 4.54, 0.01);
  g_assert_cmpfloat_with_epsilon (mc_audit_contrast (0x123456, 0x123456), 1.0, 0.001);
}

static void
assert_english (const char *text, const char *expected)
{
  g_autofree char *word = mc_audit_find_english (text);

  g_assert_cmpstr (word, ==, expected);
}

static void
test_english (void)
{
  assert_english ("符合", NULL);
  assert_english ("A1.1 消防 F6 GB 38600-2019", NULL);
  assert_english ("GB18030 编码", NULL);
  assert_english ("按 Ctrl+Enter", NULL);
  assert_english ("导入 Excel 或 WPS", NULL);
  assert_english ("database is locked", "database");
  assert_english ("失败：No such file", "No");
}

int
main (int argc, char **argv)
{
  static const Planted planted[] = {
    { "size", small_button },     { "contrast", faint_label }, { "cut", cut_label },   { "cut", name_without_tooltip }, { "overlap", overlapping },
    { "name", nameless },         { "language", english },     { "sideways", outside }, { "outside", outside },
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!mc_stage_init ())
    {
      g_print ("1..0 # SKIP there is no display or no zh_CN locale (LOCPATH)\n");
      return EXIT_SUCCESS;
    }
  g_test_add_func ("/audit-finds/nothing-in-a-sound-window", test_sound);
  for (guint i = 0; i < G_N_ELEMENTS (planted); i++)
    {
      g_autofree char *path = g_strdup_printf ("/audit-finds/%s/%u", planted[i].check, i);

      g_test_add_data_func (path, &planted[i], test_planted);
    }
  g_test_add_func ("/audit-finds/contrast", test_contrast);
  g_test_add_func ("/audit-finds/english", test_english);
  return g_test_run ();
}
