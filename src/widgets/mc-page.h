/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a page of the window is: the base class of all of them. */
#pragma once

#include <gtk/gtk.h>

#include "mc-session.h"

G_BEGIN_DECLS

/* How a page is added
 *
 * 1. A final class in src/<module>/mc-<noun>-page.c whose template has the parent McPage and sets `child`:
 *
 *      <template class="McRegistryPage" parent="McPage">
 *        <property name="header-start"> … buttons of the header bar's left end; they see the page's actions … </property>
 *        <property name="child"> … the page below its header bar … </property>
 *      </template>
 *
 *    G_DEFINE_FINAL_TYPE (McRegistryPage, mc_registry_page, MC_TYPE_PAGE); gtk_widget_init_template() in init,
 *    gtk_widget_dispose_template() in dispose (of a widget whose parent is GtkWidget bind the outermost child too: GTK 4.8
 *    takes away only what is bound, and warns about the rest). Append the sources to `ui_sources` in the module's meson.build; the .ui
 *    lies in data/ui/<module>/ with a <module>.gresource.xml under the prefix /org/mingcha/Mingcha/ui/<module>/,
 *    whose compiled sources (c_name: 'mc_<module>_ui') are appended to `ui_sources` too.
 * 2. One row in src/app/mc-page-table.c: stable name, title, icon, type, entities that the page opens.
 *
 * The window, the sidebar, `--page NAME`, Alt+1…9, the shortcuts window, `./dev shots` and the audit all read that
 * table. The page is made when it is first shown.
 *
 * What the base class gives
 *   - the header bar, with title, sync state, elder mode, search (calls start_search), back (calls go_back);
 *   - it never asks for more width than there is: `em-width` says how many characters (ems of the main text) fit; what must go when
 *     it becomes less is the page's to say (connect to notify::em-width, show and hide). 1366×768 at 100 % has about 79,
 *     1024×768 at 200 % has about 35, in elder mode at 30 pt about 25;
 *   - `session` (store, elder mode, text size, day); `busy` while mc_page_begin_work()…mc_page_end_work() are open (the audit and the
 *     pictures wait until no page is busy);
 *   - actions of the window that any widget may activate: "win.show-page"(s NAME), "win.open-record"((ss) ENTITY ID),
 *     "win.elder" (toggle), "win.search", "win.undo", and mc_page_toast().
 *
 * Conventions for widgets of pages (the audit checks them)
 *   - only a label with the style class "mc-name" may ellipsize, with its whole text as tooltip;
 *   - what is data (names of people, devices, files) stands in a widget, or under one, with the class "mc-data" or "mc-name": it may be English;
 *   - what can take the focus has an accessible name (a button with an icon alone has none by itself);
 *   - main buttons have the class "mc-main" (60×60 in elder mode), all others are at least 24×24, 44×44 in elder mode;
 *   - sizes in px are for space and lines only, text is sized by libadwaita's classes (title-1 … caption). */
#define MC_TYPE_PAGE (mc_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (McPage, mc_page, MC, PAGE, GtkWidget)

struct _McPageClass
{
  GtkWidgetClass parent_class;

  /* The store was set (or taken away: NULL), or another user works: begin to load. */
  void (*store_changed) (McPage *self, McStore *store);

  /* After each commit. Read again what you show of it. */
  void (*records_changed) (McPage *self, const McChangeSet *changes);

  /* Elder mode, text size or one-at-a-time changed. */
  void (*appearance_changed) (McPage *self);

  /* The page came to the front, or left it. */
  void (*shown) (McPage *self);
  void (*hidden) (McPage *self);

  /* Ctrl+F, or a search begun elsewhere: focus the entry, and put @text (may be NULL) into it. FALSE: this page has no search of its own. */
  gboolean (*start_search) (McPage *self, const char *text);

  /* Alt+←: one step back inside the page. Only called while `can-go-back`. */
  void (*go_back) (McPage *self);

  /* F6: focus the next pane; FALSE: there is no other. */
  gboolean (*next_pane) (McPage *self);

  /* Show this record. FALSE: not a record of this page. */
  gboolean (*open_record) (McPage *self, const char *entity, const char *id);

  /* Names of the states that the page can be put into for the audit and the pictures beside the one it opens in: "record", "conflict", … NULL-terminated,
   * static; NULL: none. set_state() may work asynchronously, being `busy`; FALSE: not possible with what is stored. */
  const char *const *(*list_states) (McPage *self);
  gboolean (*set_state) (McPage *self, const char *state);

  gpointer padding[8];
};

McSession *mc_page_get_session (McPage *self);
void mc_page_set_session (McPage *self, McSession *session);
McStore *mc_page_get_store (McPage *self); /* NULL until it is open */
gboolean mc_page_is_read_only (McPage *self);

void mc_page_set_child (McPage *self, GtkWidget *child);

/* Header: the title is the one of the table until the page sets another; the subtitle is empty (NULL) at first. */
void mc_page_set_title (McPage *self, const char *title);
const char *mc_page_get_title (McPage *self);
void mc_page_set_subtitle (McPage *self, const char *subtitle);
void mc_page_set_can_go_back (McPage *self, gboolean can_go_back);
gboolean mc_page_get_can_go_back (McPage *self);

/* Things that wait here, shown in the sidebar; 0: no badge. */
void mc_page_set_badge (McPage *self, guint badge);
guint mc_page_get_badge (McPage *self);

/* Ems of the main text that fit beside each other; 0 before the first allocation. */
guint mc_page_get_em_width (McPage *self);

/* For the window, which knows before the first frame how wide the page will be. */
void mc_page_expect_width (McPage *self, int width);

void mc_page_begin_work (McPage *self);
void mc_page_end_work (McPage *self);
gboolean mc_page_get_busy (McPage *self);

/* `presentable`: there is something to see, and the window waits no longer to be shown. Not busy, or the page said that its first rows are
 * there while it goes on reading. */
void mc_page_tell_first_rows (McPage *self);
gboolean mc_page_get_presentable (McPage *self);

/* Says @text at the foot of the window, in place of what was said before, until the page is left; the second form offers to undo it. @undo is called at most once, on a page that still
 * lives; @data is freed when it can no longer be called. In elder mode the toast stays until it is dismissed. */
typedef void (*McUndoFunc) (McPage *self, gpointer data);
void mc_page_toast (McPage *self, const char *text);
void mc_page_toast_undo (McPage *self, const char *text, McUndoFunc undo, gpointer data, GDestroyNotify data_free);
gboolean mc_page_undo (McPage *self); /* Ctrl+Z: what the last toast still offers; FALSE: nothing */

/* The vfuncs, for the window and the tests. */
gboolean mc_page_start_search (McPage *self, const char *text);
void mc_page_go_back (McPage *self);
gboolean mc_page_next_pane (McPage *self);
gboolean mc_page_open_record (McPage *self, const char *entity, const char *id);
const char *const *mc_page_list_states (McPage *self);
gboolean mc_page_set_state (McPage *self, const char *state);

G_END_DECLS
