/* SPDX-License-Identifier: GPL-3.0-or-later
 * Documents: written as PDF or .docx, issued with a number, delivered, signed, withdrawn. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "inspections/mc-visits.h"
#include "reports/mc-documents.h"
#include "store/mc-code-list.h"

#define BLANK "blank_checklist"

/* --- writing ------------------------------------------------------------------------------------------------ */

typedef struct
{
  char *out;
  char *to;
  char *template_path;
  char *facility;
  char *document;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->out);
  g_free (options->to);
  g_free (options->template_path);
  g_free (options->facility);
  g_free (options->document);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static McDocumentContent *
load_blank (McCli *cli, const char *standard_id, const Options *options, GError **error)
{
  g_autoptr (McStandards) standards = mc_standards_load (cli->store, error);
  g_autofree char *today = mc_cli_today ();
  McStandard *standard = standards ? mc_standards_find (standards, standard_id, NULL) : NULL;
  g_autofree char *facility = NULL;

  if (standards && !standard)
    standard = mc_standards_find_latest (standards, standard_id, today, error);
  facility = standard && options->facility ? mc_cli_find_facility (cli, options->facility, error) : NULL;
  if (!standard || (options->facility && !facility))
    return NULL;
  return mc_document_blank_load_content (cli->store, standard, facility, error);
}

static McDocumentContent *
load_content (McCli *cli, const char *kind, const char *id, const Options *options, GError **error)
{
  const McDocumentRequest request = {
    .kind = kind, .visit = id, .document = options->document, .competent = options->to, .template_path = options->template_path
  };

  return strcmp (kind, BLANK) == 0 ? load_blank (cli, id, options, error) : mc_document_visit_load_content (cli->store, &request, error);
}

static McCliExit
write_document (McCli *cli, const char *kind, const char *id, const Options *options)
{
  g_autoptr (GError) error = NULL;
  McDocumentContent *content = load_content (cli, kind, id, options, &error);
  g_autoptr (McDocument) document = content ? mc_document_new_from_content (content) : NULL;
  gboolean docx = g_str_has_suffix (options->out, ".docx");
  g_autoptr (JsonBuilder) builder = NULL;

  if (!document || !(docx ? mc_document_write_docx (document, options->out, NULL, &error) : mc_document_write_pdf (document, options->out, NULL, &error)))
    return mc_cli_fail (cli, error);
  if (!cli->json)
    {
      g_print (ngettext ("%s: %u page\n", "%s: %u pages\n", mc_document_get_n_pages (document)), options->out, mc_document_get_n_pages (document));
      return MC_CLI_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "out");
  json_builder_add_string_value (builder, options->out);
  json_builder_set_member_name (builder, "pages");
  json_builder_add_int_value (builder, mc_document_get_n_pages (document));
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
  return MC_CLI_DONE;
}

static McCliExit
fail_kind (McCli *cli, const char *kind)
{
  const McCode *const *codes = mc_code_list ("document-kind");
  g_autoptr (GString) known = g_string_new (BLANK);

  for (guint i = 0; codes[i]; i++)
    g_string_append_printf (known, ", %s", codes[i]->code);
  return mc_cli_fail_usage (cli, _("unknown kind of document: %s; there are %s"), kind, known->str);
}

static McCliExit
run_document (McCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, NULL, NULL },
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &options.template_path, NULL, NULL },
    { "facility", 0, 0, G_OPTION_ARG_STRING, &options.facility, NULL, NULL },
    { "document", 0, 0, G_OPTION_ARG_STRING, &options.document, NULL, NULL },
    { NULL },
  };

  if (!mc_cli_parse (cli, mc_cli_find ("document", NULL), entries, &argc, &argv, 2, 2))
    return cli->failed;
  if (strcmp (argv[1], BLANK) != 0 && !mc_document_kind_is_known (argv[1]))
    return fail_kind (cli, argv[1]);
  if (!options.out || !(g_str_has_suffix (options.out, ".pdf") || g_str_has_suffix (options.out, ".docx")))
    return mc_cli_fail_usage (cli, "%s", _("document needs --out FILE.pdf or FILE.docx"));
  return mc_cli_open (cli, MC_STORE_READ_ONLY) ? write_document (cli, argv[1], argv[2], &options) : cli->failed;
}

/* --- issuing ------------------------------------------------------------------------------------------------ */

static McCliExit
print_document (McCli *cli, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McRecord) document = mc_store_load (cli->store, "document", id, &error);

  if (!document)
    return mc_cli_fail (cli, error);
  mc_cli_print_record (cli, document);
  return MC_CLI_DONE;
}

static McCliExit
run_issue (McCli *cli, int argc, char **argv)
{
  g_autofree char *to = NULL, *name = NULL, *basis = NULL, *text = NULL, *on = NULL, *about = NULL, *id = NULL;
  g_autoptr (GError) error = NULL;
  McDocumentOrder order = { 0 };
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, NULL, NULL },       { "addressed-to", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { "basis", 0, 0, G_OPTION_ARG_STRING, &basis, NULL, NULL }, { "text", 0, 0, G_OPTION_ARG_STRING, &text, NULL, NULL },
    { "on", 0, 0, G_OPTION_ARG_STRING, &on, NULL, NULL },       { "about", 0, 0, G_OPTION_ARG_STRING, &about, NULL, NULL },
    { NULL },
  };

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "issue"), entries, &argc, &argv, 2, 2))
    return cli->failed;
  if (!mc_document_kind_is_known (argv[2]))
    return fail_kind (cli, argv[2]);
  if (!mc_cli_open (cli, 0))
    return cli->failed;
  if (!on)
    on = mc_cli_today ();
  order = (McDocumentOrder) { argv[2], argv[1], to, name, basis, text, about, on };
  id = mc_documents_issue (cli->store, &order, &error);
  return id ? print_document (cli, id) : mc_cli_fail (cli, error);
}

static McCliExit
run_deliver (McCli *cli, int argc, char **argv)
{
  g_autofree char *on = NULL, *way = NULL, *by = NULL, *note = NULL;
  g_autoptr (GError) error = NULL;
  gboolean unknown = FALSE;
  const GOptionEntry entries[] = {
    { "on", 0, 0, G_OPTION_ARG_STRING, &on, NULL, NULL },          { "way", 0, 0, G_OPTION_ARG_STRING, &way, NULL, NULL },
    { "received-by", 0, 0, G_OPTION_ARG_STRING, &by, NULL, NULL }, { "note", 0, 0, G_OPTION_ARG_STRING, &note, NULL, NULL },
    { NULL },
  };
  const char *code;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "deliver"), entries, &argc, &argv, 1, 1))
    return cli->failed;
  if (!mc_cli_open (cli, 0))
    return cli->failed;
  if (!on)
    on = mc_cli_today ();
  code = way ? mc_code_from_text ("delivery-way", way) : "in_person";
  if (!mc_documents_deliver (cli->store, argv[1], on, code, by, note, &unknown, &error))
    return mc_cli_fail (cli, error);
  if (unknown)
    g_printerr ("%s\n", _("The table of working days ends before the new deadline: the deadline is unknown and stays as it was. Import the newer table."));
  return print_document (cli, argv[1]);
}

static McCliExit
run_withdraw (McCli *cli, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = { { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL }, { NULL } };

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "withdraw"), entries, &argc, &argv, 1, 1))
    return cli->failed;
  if (!mc_cli_open (cli, 0))
    return cli->failed;
  return mc_documents_withdraw (cli->store, argv[1], reason, &error) ? print_document (cli, argv[1]) : mc_cli_fail (cli, error);
}

/* --- signing ------------------------------------------------------------------------------------------------ */

typedef struct
{
  char *role, *name, *kind, *screen, *paper, *refused, *witness;
  int pages;
} Signing;

static void
signing_clear (Signing *signing)
{
  g_free (signing->role);
  g_free (signing->name);
  g_free (signing->kind);
  g_free (signing->screen);
  g_free (signing->paper);
  g_free (signing->refused);
  g_free (signing->witness);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Signing, signing_clear)

/* @id itself if it is a document; of a check, its document of @kind that is in force, issued now if there is none. Caller frees. */
static char *
find_document (McCli *cli, const char *id, const char *kind, GError **error)
{
  g_autoptr (McRecord) document = mc_store_load (cli->store, "document", id, NULL);
  g_autoptr (GPtrArray) documents = document ? NULL : mc_documents_list (cli->store, id, error);
  g_autofree char *today = mc_cli_today ();
  const McDocumentOrder order = { .kind = kind, .visit = id, .issued_on = today };

  if (document)
    return g_strdup (id);
  for (guint i = 0; documents && i < documents->len; i++)
    {
      const McRecord *one = g_ptr_array_index (documents, i);

      if (g_strcmp0 (mc_record_get_text (one, "kind"), kind) == 0 && !mc_record_get_text (one, "withdrawn_reason"))
        return g_strdup (mc_record_get_id (one));
    }
  return documents ? mc_documents_issue (cli->store, &order, error) : NULL;
}

static GBytes *
read_file (const char *path, GError **error)
{
  char *data;
  gsize length;

  return g_file_get_contents (path, &data, &length, error) ? g_bytes_new_take (data, length) : NULL;
}

static gboolean
sign (McCli *cli, const char *document, const Signing *signing, GError **error)
{
  gint64 at = g_get_real_time () / 1000;
  const char *path = signing->screen ? signing->screen : signing->paper;
  g_autoptr (GBytes) bytes = path ? read_file (path, error) : NULL;

  if (signing->refused)
    return mc_documents_refuse (cli->store, document, signing->role, signing->name, signing->refused, signing->witness, at, error);
  if (!bytes)
    return FALSE;
  if (signing->screen)
    return mc_documents_sign_on_screen (cli->store, document, signing->role, signing->name, bytes, at, error);
  return mc_documents_sign_on_paper (cli->store, document, signing->role, signing->name, bytes, (guint) MAX (signing->pages, 0), at, error);
}

static McCliExit
print_signing (McCli *cli, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McRecord) document = mc_store_load (cli->store, "document", id, &error);
  McSigningState state = document ? mc_documents_get_signing (cli->store, document, &error) : 0;
  g_autoptr (JsonBuilder) builder = NULL;

  if (!state)
    return mc_cli_fail (cli, error);
  if (!cli->json)
    {
      g_print ("%s: %s\n", mc_code_label ("document-kind", mc_record_get_text (document, "kind")), mc_signing_state_label (state));
      return MC_CLI_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "document");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "signed");
  json_builder_add_boolean_value (builder, state != MC_SIGNING_AWAITING);
  json_builder_set_member_name (builder, "refused");
  json_builder_add_boolean_value (builder, state == MC_SIGNING_REFUSED);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
  return MC_CLI_DONE;
}

static McCliExit
run_sign (McCli *cli, int argc, char **argv)
{
  g_auto (Signing) signing = { 0 };
  g_autofree char *document = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "as", 0, 0, G_OPTION_ARG_STRING, &signing.role, NULL, NULL },       { "name", 0, 0, G_OPTION_ARG_STRING, &signing.name, NULL, NULL },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &signing.kind, NULL, NULL },     { "screen", 0, 0, G_OPTION_ARG_FILENAME, &signing.screen, NULL, NULL },
    { "paper", 0, 0, G_OPTION_ARG_FILENAME, &signing.paper, NULL, NULL }, { "pages", 0, 0, G_OPTION_ARG_INT, &signing.pages, NULL, NULL },
    { "refused", 0, 0, G_OPTION_ARG_STRING, &signing.refused, NULL, NULL }, { "witness", 0, 0, G_OPTION_ARG_STRING, &signing.witness, NULL, NULL },
    { NULL },
  };

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "sign"), entries, &argc, &argv, 1, 1))
    return cli->failed;
  if (!signing.role || (!!signing.screen + !!signing.paper + !!signing.refused) != 1)
    return mc_cli_fail_usage (cli, "%s", _("sign needs --as ROLE and one of --screen PNG, --paper FILE --pages N, --refused REASON --witness NAME"));
  if (!mc_cli_open (cli, 0))
    return cli->failed;
  document = find_document (cli, argv[1], signing.kind ? signing.kind : "site_record", &error);
  return document && sign (cli, document, &signing, &error) ? print_signing (cli, document) : mc_cli_fail (cli, error);
}

/* --- list --------------------------------------------------------------------------------------------------- */

static McCliExit
run_documents (McCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "documents"), NULL, &argc, &argv, 1, 1))
    return cli->failed;
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  documents = mc_documents_list (cli->store, argv[1], &error);
  if (!documents)
    return mc_cli_fail (cli, error);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      mc_cli_build_parts (builder, documents);
      mc_cli_print_json (builder);
      return MC_CLI_DONE;
    }
  for (guint i = 0; i < documents->len; i++)
    {
      const McRecord *document = g_ptr_array_index (documents, i);
      const char *number = mc_record_get_text (document, "number");
      McSigningState state = mc_documents_get_signing (cli->store, document, &error);

      if (!state)
        return mc_cli_fail (cli, error);
      g_print ("%s  %s  %s  %s\n", mc_record_get_id (document), mc_code_label ("document-kind", mc_record_get_text (document, "kind")),
               number ? number : _("to be numbered"), mc_record_get_text (document, "withdrawn_reason") ? _("Withdrawn") : mc_signing_state_label (state));
    }
  return MC_CLI_DONE;
}

const McCliCommand mc_cli_document_commands[] = {
  { "document", NULL, "KIND ID --out FILE.pdf|.docx [--to KIND] [--document ID] [--template FILE] | blank_checklist STANDARD [--facility ID|NAME] --out FILE",
    N_("Write a document of a check, or a blank checklist, as PDF or .docx"), run_document },
  { "visit", "issue", "ID KIND [--to KIND] [--addressed-to NAME] [--basis TEXT] [--text TEXT] [--about DOCUMENT] [--on DATE]",
    N_("Issue a document of a check: give it its number and keep it"), run_issue },
  { "visit", "documents", "ID", N_("List the documents of a check"), run_documents },
  { "visit", "deliver", "DOCUMENT --way WAY --received-by NAME [--on DATE] [--note TEXT]", N_("Record that a document was delivered"), run_deliver },
  { "visit", "withdraw", "DOCUMENT --reason TEXT", N_("Withdraw a document; its number is not used again"), run_withdraw },
  { "visit", "sign", "ID --as ROLE [--kind KIND] [--name NAME] --screen PNG | --paper FILE --pages N | --refused REASON --witness NAME",
    N_("Sign a document, or record that it was signed on paper or refused"), run_sign },
  { NULL },
};
