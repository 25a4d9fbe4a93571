/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text size and elder mode, applied to the whole display at once and both ways. */
#include "mc-appearance.h"

#include <adwaita.h>

#define DARK_STYLE "/org/mingcha/Mingcha/style-dark.css"
#define ELDER_STYLE "/org/mingcha/Mingcha/style-elder.css"
#define PRIORITY_DARK (GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1)
#define PRIORITY_SIZES (GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 2)
#define PRIORITY_ELDER (GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 3)

struct _McAppearance
{
  GObject parent_instance;

  GdkDisplay *display;
  McSession *session;
  GtkCssProvider *sizes;
  GtkCssProvider *dark;  /* NULL while it is light */
  GtkCssProvider *elder; /* NULL while elder mode is off */
  int desktop_dpi;       /* 1024 × dots per inch, as the desktop has it; −1: unset */
};

G_DEFINE_FINAL_TYPE (McAppearance, mc_appearance, G_TYPE_OBJECT)

static void
show_style (McAppearance *self, GtkCssProvider **provider, const char *resource, guint priority, gboolean show)
{
  if (show == (*provider != NULL))
    return;
  if (show)
    {
      *provider = gtk_css_provider_new ();
      gtk_css_provider_load_from_resource (*provider, resource);
      gtk_style_context_add_provider_for_display (self->display, GTK_STYLE_PROVIDER (*provider), priority);
      return;
    }
  gtk_style_context_remove_provider_for_display (self->display, GTK_STYLE_PROVIDER (*provider));
  g_clear_object (provider);
}

static void
apply (McAppearance *self)
{
  gboolean elder = mc_session_get_elder (self->session);
  double scale = mc_session_get_scale (self->session);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_for_display (self->display));
  g_autofree char *css = mc_appearance_css (scale, elder, dark);
  int desktop_dpi = self->desktop_dpi > 0 ? self->desktop_dpi : 96 * 1024;

  gtk_css_provider_load_from_data (self->sizes, css, -1);
  show_style (self, &self->dark, DARK_STYLE, PRIORITY_DARK, dark);
  show_style (self, &self->elder, ELDER_STYLE, PRIORITY_ELDER, elder);
  g_object_set (gtk_settings_get_for_display (self->display), "gtk-xft-dpi", (int) (desktop_dpi * scale), NULL);
}

static void
apply_colour_scheme (McAppearance *self)
{
  g_autofree char *nick = NULL;
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  g_object_get (self->session, "colour-scheme", &nick, NULL);
  if (g_strcmp0 (nick, "light") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_strcmp0 (nick, "dark") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_for_display (self->display), scheme);
}

static void
mc_appearance_dispose (GObject *object)
{
  McAppearance *self = MC_APPEARANCE (object);

  if (self->sizes)
    {
      show_style (self, &self->dark, DARK_STYLE, PRIORITY_DARK, FALSE);
      show_style (self, &self->elder, ELDER_STYLE, PRIORITY_ELDER, FALSE);
      gtk_style_context_remove_provider_for_display (self->display, GTK_STYLE_PROVIDER (self->sizes));
      g_object_set (gtk_settings_get_for_display (self->display), "gtk-xft-dpi", self->desktop_dpi, NULL);
    }
  g_clear_object (&self->sizes);
  g_clear_object (&self->session);
  g_clear_object (&self->display);

  G_OBJECT_CLASS (mc_appearance_parent_class)->dispose (object);
}

static void
mc_appearance_class_init (McAppearanceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_appearance_dispose;
}

static void
mc_appearance_init (McAppearance *self)
{
}

McAppearance *
mc_appearance_new (GdkDisplay *display, McSession *session)
{
  McAppearance *self = g_object_new (MC_TYPE_APPEARANCE, NULL);

  self->display = g_object_ref (display);
  self->session = g_object_ref (session);
  self->sizes = gtk_css_provider_new ();
  g_object_get (gtk_settings_get_for_display (display), "gtk-xft-dpi", &self->desktop_dpi, NULL);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->sizes), PRIORITY_SIZES);
  g_signal_connect_object (session, "notify::elder", G_CALLBACK (apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::text-size", G_CALLBACK (apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_for_display (display), "notify::dark", G_CALLBACK (apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::colour-scheme", G_CALLBACK (apply_colour_scheme), self, G_CONNECT_SWAPPED);
  apply (self);
  apply_colour_scheme (self);
  return self;
}

char *
mc_appearance_css (double scale, gboolean elder, gboolean dark)
{
  static const char light_elder[] = "@define-color mc_ok_color #0c5a33;\n"
                                    "@define-color mc_warning_color #6b4700;\n"
                                    "@define-color mc_error_color #9c1520;\n"
                                    "@define-color mc_link_color #0f4480;\n"
                                    "@define-color accent_color #0f4480;\n";
  static const char dark_elder[] = "@define-color mc_error_color #ffc0b5;\n";
  int icon = (int) (16.0 * MIN (scale, 2.25) + 0.5);

  /* Icons are drawn on whole pixels: even sizes keep their strokes sharp. */
  icon += icon % 2;
  return g_strdup_printf ("window { -gtk-icon-size: %dpx; }\n"
                          ".large-icons { -gtk-icon-size: %dpx; }\n"
                          "%s%s",
                          icon, icon * 2,
                          elder ? "@define-color accent_bg_color #15539e;\n@define-color destructive_bg_color #9c1520;\n" : "",
                          !elder ? "" : dark ? dark_elder : light_elder);
}
