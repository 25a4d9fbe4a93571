/* SPDX-License-Identifier: GPL-3.0-or-later
 * An office for one test: a folder of its own with a database, and the command line run in it. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

/* The samples of the program, and what stands in them. */
#define OFFICE_ROSTER "data/samples/jiaxing-72.csv"
#define OFFICE_ROWS 72
#define OFFICE_FACILITY "秀洲区康养中心"

typedef struct
{
  char *folder;
  char *language; /* NULL: English */
  int status;     /* of the last run */
  char *out;      /* of the last run */
  char *err;
} Office;

/* The folder; with @ready a database of Jiaxing's with one inspector and the sample matters. */
void office_init (Office *office, gboolean ready);
void office_clear (Office *office);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Office, office_clear)

char *office_path (Office *office, const char *name);
char *office_source (const char *name); /* a file of the source tree */
void office_write (Office *office, const char *name, const char *content, gssize length);

/* Runs words separated by '|' (so that a word may have blanks) with --db jx.db before them; status, out and err are in @office then. */
void office_run (Office *office, const char *words);
/* The same of a whole command, without anything before it. */
void office_run_argv (Office *office, const char *const *argv);
/* Exit 0 and nothing on stderr; its stdout, borrowed. */
const char *office_does (Office *office, const char *words);
/* Exit @status, and a message that has @words_of_message; the log is as it was. */
void office_refuses (Office *office, int status, const char *words, const char *words_of_message);

/* The JSON of a run with --json that did its work. */
JsonNode *office_json (Office *office, const char *words);
gint64 office_json_int (Office *office, const char *words, const char *member);

/* The first value of @sql, through a raw handle that only reads; "" for none. */
char *office_raw (Office *office, const char *sql);
gint64 office_raw_int (Office *office, const char *sql);
/* What the log holds, as one text: the same text means that no line was added. "" if there is no file. */
char *office_log (Office *office);

/* The roster is in, a second inspector too. */
void office_import (Office *office);
/* A new check of OFFICE_FACILITY by both inspectors, everything conform; its id, caller frees. */
char *office_visit (Office *office);
