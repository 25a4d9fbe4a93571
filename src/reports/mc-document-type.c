/* SPDX-License-Identifier: GPL-3.0-or-later
 * How each part of a document is set, the same for every writer. */
#include "mc-document-type.h"

/* Sizes of Chinese type: 22 pt is no. 2, 16 no. 3, 12 small no. 4, 10.5 no. 5. */
const McTypography mc_type_authority = { MC_FACE_TITLE, 18, 30, PANGO_ALIGN_CENTER, TRUE, FALSE };
const McTypography mc_type_title = { MC_FACE_TITLE, 22, 40, PANGO_ALIGN_CENTER, TRUE, FALSE };
const McTypography mc_type_number = { MC_FACE_BODY, 12, 24, PANGO_ALIGN_CENTER, FALSE, FALSE };
const McTypography mc_type_cell = { MC_FACE_BODY, 10.5, 15.5, PANGO_ALIGN_LEFT, FALSE, FALSE };
const McTypography mc_type_signature = { MC_FACE_BODY, 12, 27, PANGO_ALIGN_LEFT, FALSE, FALSE };
const McTypography mc_type_seal = { MC_FACE_BODY, 14, 26, PANGO_ALIGN_CENTER, FALSE, FALSE };
const McTypography mc_type_page = { MC_FACE_BODY, 10.5, 14, PANGO_ALIGN_LEFT, FALSE, FALSE };
const McTypography mc_type_footer = { MC_FACE_BODY, 9, 12, PANGO_ALIGN_LEFT, FALSE, FALSE };
const McTypography mc_type_caption = { MC_FACE_BODY, 9, 12, PANGO_ALIGN_CENTER, FALSE, FALSE };
const McTypography mc_type_mark = { MC_FACE_HEADING, 96, 120, PANGO_ALIGN_CENTER, TRUE, FALSE };

const McTypography mc_type_styles[MC_STYLE_SMALL + 1] = {
  [MC_STYLE_BODY] = { MC_FACE_BODY, 12, 22, PANGO_ALIGN_LEFT, FALSE, TRUE },
  [MC_STYLE_PLAIN] = { MC_FACE_BODY, 12, 22, PANGO_ALIGN_LEFT, FALSE, FALSE },
  [MC_STYLE_HEADING] = { MC_FACE_HEADING, 12, 24, PANGO_ALIGN_LEFT, FALSE, FALSE },
  [MC_STYLE_CENTRE] = { MC_FACE_BODY, 12, 22, PANGO_ALIGN_CENTER, FALSE, FALSE },
  [MC_STYLE_RIGHT] = { MC_FACE_BODY, 12, 22, PANGO_ALIGN_RIGHT, FALSE, FALSE },
  [MC_STYLE_SMALL] = { MC_FACE_BODY, 9, 14, PANGO_ALIGN_LEFT, FALSE, FALSE },
};
