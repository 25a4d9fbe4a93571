/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pages of the window: one table that sidebar, --page, shortcuts, pictures and audit read. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;            /* stable: --page NAME, "win.show-page", files of the pictures */
  const char *title;           /* msgid */
  const char *icon_name;
  GType (*get_type) (void);    /* an McPage */
  const char *const *entities; /* records that it opens; NULL-terminated; NULL: none */
} McPageInfo;

/* In the order of the sidebar; the number of the row is its key: Alt+1 is the first. */
const McPageInfo *mc_page_table (guint *n_pages);

/* NULL if there is none. */
const McPageInfo *mc_page_table_find (const char *name);
const McPageInfo *mc_page_table_find_entity (const char *entity);

G_END_DECLS
