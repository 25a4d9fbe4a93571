/* SPDX-License-Identifier: GPL-3.0-or-later
 * How each part of a document is set, the same for every writer. */
#pragma once

#include "mc-document-flow.h"
#include "mc-document-template.h"

G_BEGIN_DECLS

extern const McTypography mc_type_authority;
extern const McTypography mc_type_title;
extern const McTypography mc_type_number;
extern const McTypography mc_type_cell;
extern const McTypography mc_type_signature;
extern const McTypography mc_type_seal;
extern const McTypography mc_type_page;
extern const McTypography mc_type_footer;
extern const McTypography mc_type_caption;
extern const McTypography mc_type_mark;

/* By McTextStyle. */
extern const McTypography mc_type_styles[MC_STYLE_SMALL + 1];

#define MC_FIELD_LABEL_WIDTH MC_MM (27)

/* A seal is 42 mm wide and stands over the authority's name and the date. */
#define MC_SEAL_ROOM_ABOVE MC_MM (12)
#define MC_SEAL_ROOM_BELOW MC_MM (6)
#define MC_SEAL_INDENT_RIGHT MC_MM (14)

#define MC_BLOCK_SPACE 5.0

/* Three rows of photos fit on a page. */
#define MC_PHOTO_HEIGHT MC_MM (58)
#define MC_PHOTO_GAP MC_MM (5)
#define MC_PHOTO_CAPTION_LINES 2

/* Lines of a field are a little further apart than those of a table. */
#define MC_FIELD_PITCH 17

G_END_DECLS
