/* SPDX-License-Identifier: GPL-3.0-or-later
 * One version of a standard: its sections and items, read from a JSON document and never changed after. */
#pragma once

#include "mc-condition.h"

G_BEGIN_DECLS

#define MC_STANDARD_ERROR (mc_standard_error_quark ())
GQuark mc_standard_error_quark (void);

/* There is no code 0; messages are translated and say what, where, and that nothing was changed. */
typedef enum
{
  MC_STANDARD_ERROR_TOO_LARGE = 1, /* over 4 MiB, or nested too deep: not read at all */
  MC_STANDARD_ERROR_SYNTAX,        /* not JSON; the message names the line */
  MC_STANDARD_ERROR_SCHEMA,        /* JSON, but no standard; every violation has its path and reason */
  MC_STANDARD_ERROR_NOT_FOUND,     /* this version, or any version for that day, is not here */
} McStandardError;

#define MC_STANDARD_MAX_BYTES (4 * 1024 * 1024)
#define MC_STANDARD_MAX_DEPTH 32

/* Where a rule stands and how sure that is: one of the codes of the list "certainty". */
typedef struct
{
  const char *document;
  const char *article;   /* NULL: not known or not needed */
  const char *certainty; /* "source", "found", "second_hand", "recalled", "unknown" */
} McBasis;

/* TRUE if the page must show the mark for an unverified basis. */
gboolean mc_basis_is_unverified (const McBasis *basis);
/* "document article", for a finding and for a document; caller frees. */
char *mc_basis_to_text (const McBasis *basis);

/* What an answer says, whatever its label in this standard. */
typedef enum
{
  MC_ANSWER_NONE,           /* nobody has answered yet */
  MC_ANSWER_CONFORM,
  MC_ANSWER_NONCONFORM,
  MC_ANSWER_NOT_APPLICABLE,
  MC_ANSWER_NOT_CHECKED,    /* a person said that it was not checked: this is an answer */
  MC_ANSWER_VALUE,          /* a number or a choice that neither conforms nor fails by itself, or a score */
} McAnswerMeaning;

/* An answer that the standard offers, in the order of its keys 1, 2, 3, … */
typedef struct
{
  const char *code;  /* "conform", "nonconform", "not_applicable", "not_checked" */
  const char *label; /* as this standard words it */
  const char *plain; /* for elder mode; the label if none is given */
  McAnswerMeaning meaning;
} McAnswerLabel;

typedef enum
{
  MC_ITEM_CONFORM,  /* one of the standard's answers */
  MC_ITEM_SCORE,    /* 0 … max in hundredths */
  MC_ITEM_NUMBER,   /* a decimal number, noted */
  MC_ITEM_CHOICE,   /* one of its own choices */
  MC_ITEM_DOCUMENT, /* a paper that is there (one of the standard's answers) */
} McItemKind;

typedef struct
{
  const char *value;
  const char *label;
  McAnswerMeaning meaning; /* CONFORM, NONCONFORM or VALUE */
  gint64 score;            /* hundredths; 0 if the standard has none */
} McChoice;

typedef struct
{
  const char *code;
  const char *title;
  const char *plain;  /* NULL if none */
  gint64 max;         /* hundredths; 0: this standard gives no scores */
  guint first_item;   /* items are ordered by section */
  guint n_items;
} McSection;

typedef struct
{
  const char *code;             /* stable over the versions of one standard */
  guint section;                /* index */
  const char *text;             /* the rule in our own words */
  const char *plain;            /* the same as one would ask it aloud */
  const char *method;           /* how to check; NULL if none is given */
  const McBasis *basis;
  guint n_basis;                /* ≥ 1 */
  const char *matter;           /* code of the check matter; NULL if the standard does not say */
  const char *const *competent; /* codes of authority-kind, NULL-terminated, ≥ 1: the first is the lead one */
  McItemKind kind;
  const McChoice *choices;
  guint n_choices;
  gint64 max;                   /* hundredths; of a score */
  gboolean veto;                /* a nonconformity bars every grade */
  const char *severity;         /* suggested, code of "severity"; NULL: the inspector decides */
  const McCondition *applies_if;/* NULL: always */
} McItem;

typedef struct
{
  const char *grade;            /* code of the list "grade" or text of the standard */
  gint64 min_total;             /* hundredths */
  gint64 min_section_percent;   /* hundredths of a percent, of each section's max */
  const char *const *requires;  /* codes of items that must conform; NULL-terminated */
} McGrade;

/* Whether and how long before a check of @type the facility is told. */
typedef struct
{
  const char *type;             /* code of visit-type */
  gboolean forbidden;           /* the facility may not be told before */
  int working_days;             /* −1: no source decides; the authority fills it in */
  McBasis basis;
} McNoticeRule;

/* Immutable, reference counted; everything it returns lives as long as it does. */
typedef struct _McStandard McStandard;

/* One violation of the schema. */
typedef struct
{
  char *path;   /* e.g. "items[12].basis.certainty" */
  char *reason; /* translated */
} McStandardFault;
void mc_standard_fault_free (McStandardFault *fault);

/* Reads a standard. Size and depth are checked before a parser sees the text. @faults (may be NULL): set to an array of
 * McStandardFault on MC_STANDARD_ERROR_SCHEMA, all of them. The error's message names the first ones. */
McStandard *mc_standard_new_from_bytes (GBytes *bytes, GPtrArray **faults, GError **error);
McStandard *mc_standard_ref (McStandard *self);
void mc_standard_unref (McStandard *self);

const char *mc_standard_get_version_id (McStandard *self);     /* lower-case hex SHA-256 of the document */
const char *mc_standard_get_key (McStandard *self);            /* `id`: the same for all versions of one standard */
const char *mc_standard_get_version (McStandard *self);
const char *mc_standard_get_kind (McStandard *self);           /* code of standard-kind */
const char *mc_standard_get_title (McStandard *self);
const char *mc_standard_get_authority_kind (McStandard *self); /* who checks by it */
const char *const *mc_standard_get_facility_kinds (McStandard *self); /* empty: every kind */
const char *const *mc_standard_get_remarks (McStandard *self); /* what the page says about the standard itself */
const McBasis *mc_standard_get_basis (McStandard *self, guint *n);
const char *mc_standard_get_effective_from (McStandard *self); /* ISO date */
const char *mc_standard_get_effective_to (McStandard *self);   /* last day; NULL: open */
GBytes *mc_standard_get_document (McStandard *self);

/* From effective_from to effective_to, both days included. @day: ISO date. */
gboolean mc_standard_is_effective (McStandard *self, const char *day);
gboolean mc_standard_covers_kind (McStandard *self, const char *facility_kind);

const McAnswerLabel *mc_standard_get_answers (McStandard *self, guint *n);
const McSection *mc_standard_get_sections (McStandard *self, guint *n);
const McItem *mc_standard_get_items (McStandard *self, guint *n);
const McGrade *mc_standard_get_grades (McStandard *self, guint *n); /* best first */
const McItem *mc_standard_find_item (McStandard *self, const char *code); /* NULL if there is none */
const McNoticeRule *mc_standard_find_notice_rule (McStandard *self, const char *visit_type); /* NULL: none given */

/* The fewest inspectors of a check; @basis may be NULL. 0: the standard does not say. */
guint mc_standard_get_inspectors_min (McStandard *self, const McBasis **basis);

/* What @value (NULL or "": nothing) says as an answer to @item. */
McAnswerMeaning mc_standard_read_answer (McStandard *self, const McItem *item, const char *value);

/* The label of @value as this standard words it, "" for none; a value of another version is given back as it is. */
const char *mc_standard_answer_label (McStandard *self, const McItem *item, const char *value);

/* FALSE and MC_STANDARD_ERROR_SCHEMA if @value is no answer to @item; NULL (taking an answer back) is one. */
gboolean mc_standard_check_answer (McStandard *self, const McItem *item, const char *value, GError **error);

/* "12.5" → 1250. FALSE if @text is no decimal with at most two places. */
gboolean mc_standard_parse_hundredths (const char *text, gint64 *hundredths);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McStandard, mc_standard_unref)

G_END_DECLS
