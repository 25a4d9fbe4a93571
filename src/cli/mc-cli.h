/* SPDX-License-Identifier: GPL-3.0-or-later
 * The command line: one table of commands, their options, output and exit codes. */
#pragma once

#include <json-glib/json-glib.h>

#include "store/mc-store.h"

G_BEGIN_DECLS

/* What a script can rely on. */
typedef enum
{
  MC_CLI_DONE = 0,
  MC_CLI_CHECK_FAILED = 1, /* verify and the like: the check itself went through and found something */
  MC_CLI_USAGE = 2,
  MC_CLI_INPUT = 3,        /* bad input; nothing was changed */
  MC_CLI_STORE = 4,        /* the database: busy, full, read-only, newer, damaged … */
  MC_CLI_NETWORK = 5,
} McCliExit;

typedef struct
{
  char *path;       /* owned: --db, or the default path */
  char *as;         /* owned: --as, a user's id or name; NULL: the only user there is */
  char *pin_file;   /* owned: --pin-file, or NULL */
  gboolean json;
  McStore *store;   /* owned: opened by mc_cli_open() */
  McCliExit failed; /* the exit code of what failed last */
} McCli;

typedef McCliExit (*McCliFunc) (McCli *cli, int argc, char **argv);

typedef struct
{
  const char *noun;
  const char *verb;     /* NULL: the command is one word */
  const char *synopsis; /* what follows the words: placeholders in English, not translated */
  const char *summary;  /* msgid */
  McCliFunc func;       /* argv[0] is the command's last word */
} McCliCommand;

/* Runs the command line; prints to stdout and stderr; returns the exit code. */
int mc_cli_run (int argc, char **argv);

/* --- for the commands ------------------------------------------------------------------------------------- */

/* Parses @entries together with the global options, which may stand after the command too. What is left over are arguments: from @min to @max
 * of them, or usage is printed and FALSE returned. */
gboolean mc_cli_parse (McCli *cli, const McCliCommand *command, const GOptionEntry *entries, int *argc, char ***argv, int min, int max);
const McCliCommand *mc_cli_find (const char *noun, const char *verb);

/* Opens the database; with MC_STORE_READ_ONLY reading goes on beside an open window. Sets the user; who writes must be said if there are several. On failure
 * prints, sets cli->failed and returns FALSE. */
gboolean mc_cli_open (McCli *cli, McStoreFlags flags);

/* The PIN in the file of --pin-file, cleaned; NULL and *error NULL: the option is not there. Caller frees. */
char *mc_cli_read_pin (McCli *cli, GError **error);

/* What is finalised or signed is so in the name of a user: who has a PIN gives it by --pin-file. On failure prints, sets cli->failed and returns FALSE. */
gboolean mc_cli_prove_user (McCli *cli);

/* Prints the message, as JSON {"error":{"message","exit"}} on stdout under --json, and returns the exit code that belongs to @error. */
McCliExit mc_cli_fail (McCli *cli, const GError *error);
McCliExit mc_cli_fail_as (McCli *cli, McCliExit status, const GError *error); /* with a code that the caller knows better */
McCliExit mc_cli_fail_usage (McCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Prints @builder's document on one line of stdout, and frees nothing. */
void mc_cli_print_json (JsonBuilder *builder);

/* The day it is here: ISO date; caller frees. */
char *mc_cli_today (void);

/* --- records ---------------------------------------------------------------------------------------------- */

/* All values of a record: under its field keys as JSON members of the object that @builder is in; as "label: value" lines, references by name. */
void mc_cli_build_record (JsonBuilder *builder, const McRecord *record);
void mc_cli_print_record (McCli *cli, const McRecord *record);

/* The member "parts": all of @records but the first, which is their root. */
void mc_cli_build_parts (JsonBuilder *builder, GPtrArray *records);

/* As a person reads it: codes as words, fen as yuan, references as names; NULL for null. Caller frees. */
char *mc_cli_format_value (McCli *cli, const McField *field, const McValue *value);

/* The value of @field that @text means; "" is null. @value is initialised by the caller. FALSE and MC_STORE_ERROR_INPUT if it means none. */
gboolean mc_cli_parse_value (McCli *cli, const McField *field, const char *text, McValue *value, GError **error);

/* The id of the one record that @text names: an id, a credit code, a whole name; words to search for if one facility has them. Caller frees. */
char *mc_cli_find_facility (McCli *cli, const char *text, GError **error);
char *mc_cli_find_inspector (McCli *cli, const char *text, GError **error);
/* Of any other entity: @text is the id. */
char *mc_cli_find_record (McCli *cli, const char *entity, const char *text, GError **error);

extern const McCliCommand mc_cli_setup_commands[];
extern const McCliCommand mc_cli_register_commands[];
extern const McCliCommand mc_cli_visit_commands[];
extern const McCliCommand mc_cli_follow_up_commands[];
extern const McCliCommand mc_cli_output_commands[];
extern const McCliCommand mc_cli_photo_commands[];
extern const McCliCommand mc_cli_document_commands[];
extern const McCliCommand mc_cli_care_commands[];

G_END_DECLS
