/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drives the real window as a person with a screen reader would: by role and name through AT-SPI, by keys, by pictures. */
#pragma once

#include <atspi/atspi.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEditableText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)

/* One program under Xvfb, with a home of its own. Every function that waits looks again and again until what it waits for is
 * there, up to a limit of some seconds; then it fails with an error that names it. Names are glob patterns (* and ?). */
typedef struct _McDriver McDriver;

/* Sets HOME and XDG_* to empty folders below @folder, and zh_CN for this process and what it starts.
 * To be called first, before anything else is started. */
gboolean mc_driver_prepare (const char *folder, GError **error);

/* Starts @program (with --db @database if not NULL) and waits for its window. Pictures go to @pictures (NULL: none are taken). */
McDriver *mc_driver_new (const char *program, const char *database, const char *pictures, GError **error);
/* Closes the window as a person does, and waits for the program's end. TRUE: it ended with 0 and printed no critical message. */
gboolean mc_driver_close (McDriver *self, GError **error);
void mc_driver_free (McDriver *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDriver, mc_driver_free)

/* The first widget of @role (NULL: any) and @name that can be seen; in the newest window that has one. Transfer full. */
AtspiAccessible *mc_driver_find (McDriver *self, AtspiRole role, const char *name, GError **error);
/* As it is now, without waiting; NULL: none. */
AtspiAccessible *mc_driver_peek (McDriver *self, AtspiRole role, const char *name);
gboolean mc_driver_wait_gone (McDriver *self, AtspiRole role, const char *name, GError **error);
/* Waits until a text that can be seen (a name or what an entry holds) fits @pattern. */
gboolean mc_driver_wait_text (McDriver *self, const char *pattern, GError **error);

/* Presses the button @name once it can be pressed. */
gboolean mc_driver_press (McDriver *self, const char *name, GError **error);
/* Clicks in the middle of what find() gives, with the mouse. */
gboolean mc_driver_click (McDriver *self, AtspiRole role, const char *name, GError **error);
/* Writes @text into the entry or text @name, and reads it back. */
gboolean mc_driver_set_text (McDriver *self, const char *name, const char *text, GError **error);
/* Waits until the entry or text @name holds exactly @text. */
gboolean mc_driver_wait_content (McDriver *self, const char *name, const char *text, GError **error);
/* Keys in the words of xdotool ("ctrl+Return 1 Tab"), to the newest window. */
gboolean mc_driver_keys (McDriver *self, const char *keys, GError **error);
/* Types @text key by key, Chinese characters too. */
gboolean mc_driver_type (McDriver *self, const char *text, GError **error);
/* Waits until the widget that has the focus fits. */
gboolean mc_driver_wait_focus (McDriver *self, AtspiRole role, const char *name, GError **error);
/* Opens the list of the drop-down or combo row @name and takes the entry @option. */
gboolean mc_driver_choose (McDriver *self, const char *name, const char *option, GError **error);
/* The same for the drop-down that has the focus, with keys only. */
gboolean mc_driver_choose_by_keys (McDriver *self, const char *name, const char *option, GError **error);
/* Presses Tab until the widget that has the focus fits. */
gboolean mc_driver_tab_to (McDriver *self, AtspiRole role, const char *name, GError **error);
/* In the file chooser that comes, to @open or to save: takes @path. */
gboolean mc_driver_choose_file (McDriver *self, const char *path, gboolean open, GError **error);

/* Waits until the screen stands still; then NN-@name.png in the folder of pictures. */
gboolean mc_driver_picture (McDriver *self, const char *name, GError **error);
/* Every widget with role, name and place, for a person who looks for what went wrong. */
char *mc_driver_dump (McDriver *self);

G_END_DECLS
