/* SPDX-License-Identifier: GPL-3.0-or-later
 * The entities that are synced, with each of their columns. */
#include "mc-entity.h"

#include <glib/gi18n.h>
#include <string.h>

#define REQUIRED MC_FIELD_REQUIRED
#define SEARCHABLE MC_FIELD_SEARCHABLE
#define PERSONAL MC_FIELD_PERSONAL
#define MULTILINE MC_FIELD_MULTILINE

/* What every root ends with: nothing is deleted, a record is retired or found to be another one. */
#define ROOT_FIELDS(entity)                                              \
  { "retired_on", MC_FIELD_DATE, N_("Retired on"), 0, NULL },            \
  { "retired_reason", MC_FIELD_TEXT, N_("Reason for retiring"), 0, NULL }, \
  { "same_as", MC_FIELD_REFERENCE, N_("Same as"), 0, entity }

/* Work that is also typed into a system of record elsewhere. */
#define EXTERNAL_FIELDS                                                          \
  { "external_system", MC_FIELD_CHOICE, N_("External system"), 0, "external-system" }, \
  { "external_no", MC_FIELD_TEXT, N_("External number"), 0, NULL },              \
  { "external_entered_at", MC_FIELD_TIME, N_("Entered there at"), 0, NULL }

/* Line 1 of every chain. */
static const McField device_fields[] = {
  { "name", MC_FIELD_TEXT, N_("Device name"), 0, NULL },
  { "public_key", MC_FIELD_TEXT, N_("Public key"), REQUIRED, NULL },
  { "previous", MC_FIELD_REFERENCE, N_("Previous device id"), 0, "device" },
};

static const McField user_fields[] = {
  { "name", MC_FIELD_TEXT, N_("Name of the person"), REQUIRED, NULL },
  { "role", MC_FIELD_CHOICE, N_("Role"), REQUIRED, "role" },
  { "authority", MC_FIELD_REFERENCE, N_("Authority"), REQUIRED, "authority" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  { "inspector", MC_FIELD_REFERENCE, N_("Inspector"), 0, "inspector" },
  ROOT_FIELDS ("user"),
};

static const McField area_fields[] = {
  { "code", MC_FIELD_TEXT, N_("Division code"), SEARCHABLE, NULL }, /* null for zones */
  { "name", MC_FIELD_TEXT, N_("Name"), REQUIRED | SEARCHABLE, NULL },
  { "level", MC_FIELD_CHOICE, N_("Level"), REQUIRED, "area-level" },
  { "parent", MC_FIELD_REFERENCE, N_("Higher area"), 0, "area" },
  { "aliases", MC_FIELD_LIST, N_("Aliases"), SEARCHABLE, NULL },
  { "managed_by", MC_FIELD_REFERENCE, N_("Managed by zone"), 0, "area" }, /* of a township that a zone manages */
  ROOT_FIELDS ("area"),
};

static const McField authority_fields[] = {
  { "name", MC_FIELD_TEXT, N_("Full name"), REQUIRED | SEARCHABLE, NULL },
  { "short_name", MC_FIELD_TEXT, N_("Short name"), SEARCHABLE, NULL },
  { "kind", MC_FIELD_CHOICE, N_("Kind of authority"), REQUIRED, "authority-kind" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  { "document_number_pattern", MC_FIELD_TEXT, N_("Document number pattern"), 0, NULL },
  { "address", MC_FIELD_TEXT, N_("Address"), 0, NULL },
  { "phone", MC_FIELD_TEXT, N_("Office phone"), 0, NULL },
  ROOT_FIELDS ("authority"),
};

static const McField facility_fields[] = {
  { "name", MC_FIELD_TEXT, N_("Name"), REQUIRED | SEARCHABLE, NULL },
  { "operator", MC_FIELD_TEXT, N_("Operator"), SEARCHABLE, NULL },
  { "credit_code", MC_FIELD_TEXT, N_("Unified social credit code"), SEARCHABLE, NULL },
  { "kind", MC_FIELD_CHOICE, N_("Kind"), REQUIRED, "facility-kind" },
  { "ownership", MC_FIELD_CHOICE, N_("Ownership"), 0, "ownership" },
  { "supply_model", MC_FIELD_CHOICE, N_("Supply model"), 0, "supply-model" },
  { "status", MC_FIELD_CHOICE, N_("Status"), REQUIRED, "facility-status" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  { "authority", MC_FIELD_REFERENCE, N_("Competent authority"), 0, "authority" },
  { "address", MC_FIELD_TEXT, N_("Address"), SEARCHABLE, NULL },
  { "beds", MC_FIELD_INTEGER, N_("Elder-care beds"), 0, NULL },
  { "nursing_beds", MC_FIELD_INTEGER, N_("Nursing beds"), 0, NULL },
  { "dementia_beds", MC_FIELD_INTEGER, N_("Dementia-care beds"), 0, NULL },
  { "medical_beds", MC_FIELD_INTEGER, N_("Medical beds"), 0, NULL },
  { "childcare_places", MC_FIELD_INTEGER, N_("Childcare places"), 0, NULL },
  { "credit_risk_class", MC_FIELD_CHOICE, N_("Credit risk class"), 0, "credit-risk-class" },
  { "legal_representative", MC_FIELD_TEXT, N_("Legal representative"), PERSONAL, NULL },
  { "contact_person", MC_FIELD_TEXT, N_("Contact person"), PERSONAL, NULL },
  { "contact_phone", MC_FIELD_TEXT, N_("Contact phone"), PERSONAL, NULL },
  { "floor_area", MC_FIELD_HUNDREDTHS, N_("Floor area (m²)"), 0, NULL },
  { "investment", MC_FIELD_MONEY, N_("Total investment"), 0, NULL },
  { "central_investment", MC_FIELD_MONEY, N_("Central budget investment"), 0, NULL },
  { "registered_on", MC_FIELD_DATE, N_("Registered on"), 0, NULL },
  { "filed_on", MC_FIELD_DATE, N_("Filed on"), 0, NULL },
  { "filing_no", MC_FIELD_TEXT, N_("Filing number"), SEARCHABLE, NULL },
  { "opened_on", MC_FIELD_DATE, N_("Opened on"), 0, NULL },
  { "grade", MC_FIELD_CHOICE, N_("Grade"), 0, "grade" }, /* as granted elsewhere, until ratings are kept here */
  { "sample_fields", MC_FIELD_LIST, N_("Sample values"), 0, NULL }, /* keys whose values are samples; "*": the whole record */
  { "note", MC_FIELD_TEXT, N_("Note"), PERSONAL | MULTILINE, NULL },
  ROOT_FIELDS ("facility"),
};

static const McField facility_class_fields[] = {
  { "facility", MC_FIELD_REFERENCE, N_("Facility"), REQUIRED, "facility" },
  { "class_kind", MC_FIELD_CHOICE, N_("Kind of class"), REQUIRED, "class-kind" },
  { "classes", MC_FIELD_INTEGER, N_("Classes"), 0, NULL },
  { "children", MC_FIELD_INTEGER, N_("Children"), 0, NULL },
  { "carers", MC_FIELD_INTEGER, N_("Carers"), 0, NULL },
};

static const McField inspector_fields[] = {
  { "name", MC_FIELD_TEXT, N_("Name of the person"), REQUIRED | SEARCHABLE, NULL },
  { "employer", MC_FIELD_TEXT, N_("Employer"), REQUIRED | SEARCHABLE, NULL },
  { "authority", MC_FIELD_REFERENCE, N_("Authority"), REQUIRED, "authority" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  { "certificate_no", MC_FIELD_TEXT, N_("Certificate number"), PERSONAL, NULL },
  { "certificate_expires_on", MC_FIELD_DATE, N_("Certificate valid until"), 0, NULL },
  { "fields", MC_FIELD_LIST, N_("Fields of work"), 0, NULL },          /* codes of facility-field */
  { "recusals", MC_FIELD_LIST, N_("Recusals"), 0, NULL },              /* ids of facilities, or names of operators */
  { "recusal_reason", MC_FIELD_TEXT, N_("Reason for recusal"), PERSONAL, NULL },
  { "phone", MC_FIELD_TEXT, N_("Phone"), PERSONAL, NULL },
  { "sample_fields", MC_FIELD_LIST, N_("Sample values"), 0, NULL },
  ROOT_FIELDS ("inspector"),
};

static const McField check_matter_fields[] = {
  { "code", MC_FIELD_TEXT, N_("Number"), SEARCHABLE, NULL },
  { "name", MC_FIELD_TEXT, N_("Check matter"), REQUIRED | SEARCHABLE, NULL },
  { "authority", MC_FIELD_REFERENCE, N_("Authority"), REQUIRED, "authority" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  { "facility_kinds", MC_FIELD_LIST, N_("Checked kinds"), REQUIRED, NULL }, /* codes of facility-kind */
  { "basis", MC_FIELD_TEXT, N_("Basis"), REQUIRED, NULL },
  { "certainty", MC_FIELD_CHOICE, N_("Certainty of the basis"), 0, "certainty" },
  { "method", MC_FIELD_TEXT, N_("Method"), 0, NULL },
  { "importance", MC_FIELD_CHOICE, N_("Key or general"), 0, "matter-importance" },
  { "ratio", MC_FIELD_TEXT, N_("Ratio"), 0, NULL },
  { "frequency", MC_FIELD_TEXT, N_("Frequency"), 0, NULL },
  { "yearly_cap", MC_FIELD_INTEGER, N_("Checks a year at most"), 0, NULL },
  { "standard", MC_FIELD_TEXT, N_("Inspection standard"), 0, NULL }, /* the standard's key, not a version */
  { "published_on", MC_FIELD_DATE, N_("Published on"), 0, NULL },
  { "sample_fields", MC_FIELD_LIST, N_("Sample values"), 0, NULL },
  ROOT_FIELDS ("check_matter"),
};

/* A version of a standard that an authority imported; those that the program brings need no record. */
static const McField standard_fields[] = {
  { "title", MC_FIELD_TEXT, N_("Title"), REQUIRED | SEARCHABLE, NULL },
  { "kind", MC_FIELD_CHOICE, N_("Kind"), REQUIRED, "standard-kind" },
  { "version", MC_FIELD_TEXT, N_("Version"), REQUIRED, NULL },
  { "document", MC_FIELD_BLOB, N_("File of the standard"), REQUIRED, NULL }, /* its SHA-256 is the version's id */
  { "authority", MC_FIELD_REFERENCE, N_("Authority"), REQUIRED, "authority" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  ROOT_FIELDS ("standard"),
};

static const McField visit_fields[] = {
  { "facility", MC_FIELD_REFERENCE, N_("Facility"), REQUIRED, "facility" },
  { "authority", MC_FIELD_REFERENCE, N_("Authority"), REQUIRED, "authority" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  { "type", MC_FIELD_CHOICE, N_("Type of check"), REQUIRED, "visit-type" },
  { "source", MC_FIELD_CHOICE, N_("Source"), 0, "visit-source" },
  { "source_no", MC_FIELD_TEXT, N_("Number of the clue"), 0, NULL },
  { "source_reply_on", MC_FIELD_DATE, N_("Reply due on"), 0, NULL },
  { "check_matter", MC_FIELD_REFERENCE, N_("Check matter"), 0, "check_matter" },
  { "standard", MC_FIELD_TEXT, N_("Standard version"), REQUIRED, NULL }, /* SHA-256 of the version */
  { "standard_title", MC_FIELD_TEXT, N_("Standard"), 0, NULL },
  { "checked_on", MC_FIELD_DATE, N_("Checked on"), REQUIRED, NULL },
  { "started_at", MC_FIELD_TIME, N_("Started at"), 0, NULL },
  { "ended_at", MC_FIELD_TIME, N_("Ended at"), 0, NULL },
  { "lead", MC_FIELD_REFERENCE, N_("Lead inspector"), REQUIRED, "inspector" },
  { "assistants", MC_FIELD_LIST, N_("Assistants"), 0, NULL }, /* ids of inspectors */
  { "recorder", MC_FIELD_REFERENCE, N_("Recorder"), 0, "inspector" },
  { "late_entry", MC_FIELD_BOOLEAN, N_("Entered later"), 0, NULL },
  { "facility_representative", MC_FIELD_TEXT, N_("Facility's representative"), PERSONAL, NULL },
  { "representative_position", MC_FIELD_TEXT, N_("Representative's position"), 0, NULL },
  { "facility_statement", MC_FIELD_TEXT, N_("Facility's statement"), PERSONAL | MULTILINE, NULL },
  { "note", MC_FIELD_TEXT, N_("Course of the check"), PERSONAL | MULTILINE, NULL },
  { "result_code", MC_FIELD_CHOICE, N_("Result"), 0, "result-code" },
  { "document_no", MC_FIELD_TEXT, N_("Document number"), 0, NULL },
  { "previous", MC_FIELD_REFERENCE, N_("Previous check"), 0, "visit" },
  EXTERNAL_FIELDS,
  ROOT_FIELDS ("visit"),
};

static const McField answer_fields[] = {
  { "visit", MC_FIELD_REFERENCE, N_("Check"), REQUIRED, "visit" },
  { "item", MC_FIELD_TEXT, N_("Item"), REQUIRED, NULL },   /* code of the item in the visit's standard */
  { "value", MC_FIELD_TEXT, N_("Answer"), 0, NULL },       /* a code of the standard's answers, or a number as text */
  { "note", MC_FIELD_TEXT, N_("Note"), PERSONAL | MULTILINE, NULL },
  { "bulk", MC_FIELD_BOOLEAN, N_("Answered with its section"), 0, NULL },
  { "standard", MC_FIELD_TEXT, N_("Standard version"), 0, NULL }, /* of a joint check: another than the visit's own; then part of the id */
};

static const McField finding_fields[] = {
  { "visit", MC_FIELD_REFERENCE, N_("Check"), REQUIRED, "visit" },
  { "item", MC_FIELD_TEXT, N_("Item"), REQUIRED, NULL },
  { "description", MC_FIELD_TEXT, N_("What was found"), PERSONAL | MULTILINE, NULL },
  { "basis", MC_FIELD_TEXT, N_("Basis"), 0, NULL },
  { "certainty", MC_FIELD_CHOICE, N_("Certainty of the basis"), 0, "certainty" },
  { "severity", MC_FIELD_CHOICE, N_("Severity"), REQUIRED, "severity" },
  { "way", MC_FIELD_CHOICE, N_("Way of correction"), 0, "finding-way" },
  { "competent", MC_FIELD_CHOICE, N_("Competent authority"), 0, "authority-kind" },
  { "requirement", MC_FIELD_TEXT, N_("Required correction"), PERSONAL | MULTILINE, NULL },
  { "deadline_on", MC_FIELD_DATE, N_("To be corrected by"), 0, NULL },
  { "legal_review", MC_FIELD_TEXT, N_("Legal review"), 0, NULL },        /* who reviewed it and when; of suspensions and urgent measures */
  { "others_told_at", MC_FIELD_TIME, N_("Others told at"), 0, NULL },    /* likewise */
  { "withdrawn_reason", MC_FIELD_TEXT, N_("Reason for withdrawing"), 0, NULL }, /* the answer was changed back */
  { "standard", MC_FIELD_TEXT, N_("Standard version"), 0, NULL }, /* of a joint check: another than the visit's own; then part of the id */
};

/* One authority of a joint check; id v5(visit, authority). */
static const McField visit_party_fields[] = {
  { "visit", MC_FIELD_REFERENCE, N_("Check"), REQUIRED, "visit" },
  { "authority", MC_FIELD_REFERENCE, N_("Authority"), REQUIRED, "authority" },
  { "standard", MC_FIELD_TEXT, N_("Standard version"), 0, NULL },
  { "standard_title", MC_FIELD_TEXT, N_("Standard"), 0, NULL },
  { "lead", MC_FIELD_REFERENCE, N_("Lead inspector"), 0, "inspector" },
  { "assistants", MC_FIELD_LIST, N_("Assistants"), 0, NULL }, /* ids of inspectors */
  { "leads", MC_FIELD_BOOLEAN, N_("Leads the joint check"), 0, NULL },
  { "withdrawn_reason", MC_FIELD_TEXT, N_("Reason for withdrawing"), 0, NULL },
};

/* Id v5(visit, received_digest): the same photo put in twice is one record. */
static const McField photo_fields[] = {
  { "visit", MC_FIELD_REFERENCE, N_("Check"), REQUIRED, "visit" },
  { "item", MC_FIELD_TEXT, N_("Item"), 0, NULL }, /* null: not sorted yet */
  { "standard", MC_FIELD_TEXT, N_("Standard version"), 0, NULL },
  { "stage", MC_FIELD_CHOICE, N_("Shows"), 0, "photo-stage" },
  { "caption", MC_FIELD_TEXT, N_("Caption"), PERSONAL | MULTILINE, NULL },
  { "taken_at", MC_FIELD_TIME, N_("Taken at"), 0, NULL },   /* as the camera says; null if it does not */
  { "added_at", MC_FIELD_TIME, N_("Added at"), 0, NULL },
  { "blob", MC_FIELD_BLOB, N_("Photo"), REQUIRED, NULL },   /* the file as it is kept */
  { "received_digest", MC_FIELD_TEXT, N_("SHA-256 of the file as received"), REQUIRED, NULL },
  { "format", MC_FIELD_CHOICE, N_("File format"), 0, "photo-format" }, /* of blob */
  { "width", MC_FIELD_INTEGER, N_("Width (pixels)"), 0, NULL },
  { "height", MC_FIELD_INTEGER, N_("Height (pixels)"), 0, NULL },
  { "original_kept", MC_FIELD_BOOLEAN, N_("Original kept"), 0, NULL },
  { "withdrawn_reason", MC_FIELD_TEXT, N_("Reason for withdrawing"), 0, NULL },
};

/* What becomes of a finding after its visit is sealed; id v5(finding). */
static const McField follow_up_fields[] = {
  { "visit", MC_FIELD_REFERENCE, N_("Check"), REQUIRED, "visit" },
  { "finding", MC_FIELD_REFERENCE, N_("Finding"), REQUIRED, "finding" },
  { "item", MC_FIELD_TEXT, N_("Item"), REQUIRED, NULL },
  { "standard", MC_FIELD_TEXT, N_("Standard version"), 0, NULL },
  { "facility", MC_FIELD_REFERENCE, N_("Facility"), REQUIRED, "facility" },
  { "authority", MC_FIELD_REFERENCE, N_("Authority"), REQUIRED, "authority" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  { "inspector", MC_FIELD_REFERENCE, N_("Inspector in charge"), 0, "inspector" }, /* changes by handover */
  { "way", MC_FIELD_CHOICE, N_("Way of correction"), 0, "finding-way" },
  { "deadline_on", MC_FIELD_DATE, N_("To be corrected by"), 0, NULL },
  { "extended_to", MC_FIELD_DATE, N_("Extended to"), 0, NULL },
  { "extension_reason", MC_FIELD_TEXT, N_("Reason for the extension"), MULTILINE, NULL },
  { "extension_approved_by", MC_FIELD_TEXT, N_("Extension approved by"), 0, NULL },
  { "referred_to", MC_FIELD_TEXT, N_("Referred to"), 0, NULL }, /* the authority's full name, as on the letter */
  { "referred_on", MC_FIELD_DATE, N_("Referred on"), 0, NULL },
  { "reply_due_on", MC_FIELD_DATE, N_("Reply due on"), 0, NULL },
  { "reply_on", MC_FIELD_DATE, N_("Reply received on"), 0, NULL },
  { "reply_no", MC_FIELD_TEXT, N_("Number of the reply"), 0, NULL },
  { "reply_text", MC_FIELD_TEXT, N_("Reply"), PERSONAL | MULTILINE, NULL },
  { "recheck_visit", MC_FIELD_REFERENCE, N_("Re-check"), 0, "visit" },
  { "corrected_on", MC_FIELD_DATE, N_("Corrected on"), 0, NULL },
  { "closed_on", MC_FIELD_DATE, N_("Closed on"), 0, NULL },
  { "closed_result", MC_FIELD_CHOICE, N_("Outcome"), 0, "follow-up-result" },
  { "note", MC_FIELD_TEXT, N_("Note"), PERSONAL | MULTILINE, NULL },
  EXTERNAL_FIELDS,
  ROOT_FIELDS ("follow_up"),
};

/* An issued paper of a check; a root of its own, because it comes after the visit's seal. */
static const McField document_fields[] = {
  { "kind", MC_FIELD_CHOICE, N_("Kind of document"), REQUIRED, "document-kind" },
  { "visit", MC_FIELD_REFERENCE, N_("Check"), 0, "visit" },
  { "facility", MC_FIELD_REFERENCE, N_("Facility"), REQUIRED, "facility" },
  { "authority", MC_FIELD_REFERENCE, N_("Authority"), REQUIRED, "authority" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  { "standard", MC_FIELD_TEXT, N_("Standard version"), 0, NULL },       /* of the items */
  { "items", MC_FIELD_LIST, N_("Items"), 0, NULL },                     /* codes of items */
  { "about", MC_FIELD_REFERENCE, N_("About the document"), 0, "document" }, /* of a proof of delivery: what was delivered */
  { "addressed_to", MC_FIELD_TEXT, N_("Addressed to"), 0, NULL },       /* null: the facility; of a letter: the authority's full name */
  { "basis", MC_FIELD_TEXT, N_("Legal basis"), MULTILINE, NULL },       /* as the authority states it; null: left to be written by hand */
  { "statement", MC_FIELD_TEXT, N_("Added text"), PERSONAL | MULTILINE, NULL },
  { "number", MC_FIELD_TEXT, N_("Document number"), SEARCHABLE, NULL }, /* null: to be numbered */
  { "template", MC_FIELD_TEXT, N_("Template"), 0, NULL },
  { "text_digest", MC_FIELD_TEXT, N_("SHA-256 of the text"), 0, NULL },
  { "pages", MC_FIELD_INTEGER, N_("Number of pages"), 0, NULL },
  { "issued_on", MC_FIELD_DATE, N_("Issued on"), 0, NULL },
  { "issued_by", MC_FIELD_REFERENCE, N_("Issued by"), 0, "inspector" },
  { "approved_by", MC_FIELD_TEXT, N_("Approved by"), 0, NULL },
  { "blob", MC_FIELD_BLOB, N_("Document as issued"), 0, NULL },         /* PDF */
  { "delivered_on", MC_FIELD_DATE, N_("Delivered on"), 0, NULL },       /* clocks run from here */
  { "delivery_way", MC_FIELD_CHOICE, N_("Way of delivery"), 0, "delivery-way" },
  { "received_by", MC_FIELD_TEXT, N_("Received by"), PERSONAL, NULL },
  { "delivery_note", MC_FIELD_TEXT, N_("Note on the delivery"), PERSONAL | MULTILINE, NULL },
  { "withdrawn_reason", MC_FIELD_TEXT, N_("Reason for withdrawing"), 0, NULL },
  ROOT_FIELDS ("document"),
};

static const McField signature_fields[] = {
  { "document", MC_FIELD_REFERENCE, N_("Document"), REQUIRED, "document" },
  { "role", MC_FIELD_CHOICE, N_("Signs as"), REQUIRED, "signature-role" },
  { "name", MC_FIELD_TEXT, N_("Name of the person"), PERSONAL, NULL },
  { "way", MC_FIELD_CHOICE, N_("Way of signing"), REQUIRED, "signature-way" },
  { "blob", MC_FIELD_BLOB, N_("Signature"), 0, NULL },       /* what was drawn, or the scan */
  { "pages", MC_FIELD_INTEGER, N_("Number of pages"), 0, NULL },       /* of the scan */
  { "reason", MC_FIELD_TEXT, N_("Reason for refusing"), PERSONAL | MULTILINE, NULL },
  { "witness", MC_FIELD_TEXT, N_("Witness"), PERSONAL, NULL },
  { "signed_at", MC_FIELD_TIME, N_("Signed at"), 0, NULL },
  { "withdrawn_reason", MC_FIELD_TEXT, N_("Reason for withdrawing"), 0, NULL },
};

/* What an authority writes again and again, with the basis that it brings. */
static const McField phrase_fields[] = {
  { "authority", MC_FIELD_REFERENCE, N_("Authority"), REQUIRED, "authority" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  { "text", MC_FIELD_TEXT, N_("Stock phrase"), REQUIRED | SEARCHABLE | MULTILINE, NULL },
  { "basis", MC_FIELD_TEXT, N_("Basis"), SEARCHABLE, NULL },
  { "certainty", MC_FIELD_CHOICE, N_("Certainty of the basis"), 0, "certainty" },
  { "requirement", MC_FIELD_TEXT, N_("Required correction"), MULTILINE, NULL },
  { "keywords", MC_FIELD_LIST, N_("Keywords"), SEARCHABLE, NULL },
  { "item", MC_FIELD_TEXT, N_("Item"), 0, NULL },
  { "standard", MC_FIELD_TEXT, N_("Inspection standard"), 0, NULL }, /* the standard's key, not a version */
  ROOT_FIELDS ("phrase"),
};

/* Numbers that one device may give to documents of a kind in a year. */
static const McField number_range_fields[] = {
  { "authority", MC_FIELD_REFERENCE, N_("Authority"), REQUIRED, "authority" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  { "document_kind", MC_FIELD_CHOICE, N_("Kind of document"), REQUIRED, "document-kind" },
  { "year", MC_FIELD_INTEGER, N_("Year"), REQUIRED, NULL },
  { "pattern", MC_FIELD_TEXT, N_("Document number pattern"), 0, NULL },
  { "first_number", MC_FIELD_INTEGER, N_("First number"), REQUIRED, NULL },
  { "last_number", MC_FIELD_INTEGER, N_("Last number"), REQUIRED, NULL },
  { "device", MC_FIELD_REFERENCE, N_("Device"), REQUIRED, "device" },
  ROOT_FIELDS ("number_range"),
};

/* One person's open work given to another, all at once; each record moved has its own line too. */
static const McField handover_fields[] = {
  { "authority", MC_FIELD_REFERENCE, N_("Authority"), REQUIRED, "authority" },
  { "area", MC_FIELD_REFERENCE, N_("Area"), REQUIRED, "area" },
  { "from_inspector", MC_FIELD_REFERENCE, N_("Handed over by"), REQUIRED, "inspector" },
  { "to_inspector", MC_FIELD_REFERENCE, N_("Taken over by"), REQUIRED, "inspector" },
  { "handed_on", MC_FIELD_DATE, N_("Handed over on"), REQUIRED, NULL },
  { "reason", MC_FIELD_TEXT, N_("Reason"), REQUIRED | MULTILINE, NULL },
  { "visits", MC_FIELD_LIST, N_("Checks"), 0, NULL },        /* ids */
  { "follow_ups", MC_FIELD_LIST, N_("Follow-ups"), 0, NULL }, /* ids */
  ROOT_FIELDS ("handover"),
};

#undef REQUIRED
#undef SEARCHABLE
#undef PERSONAL
#undef MULTILINE

#define ROOT(entity, label) { #entity, label, NULL, NULL, entity##_fields, G_N_ELEMENTS (entity##_fields) }
#define PART(entity, label, root) { #entity, label, #root, #root, entity##_fields, G_N_ELEMENTS (entity##_fields) }

static const McEntity entities[] = {
  ROOT (device, N_("Device")),
  ROOT (area, N_("Area")),
  ROOT (authority, N_("Authority")),
  ROOT (user, N_("User")),
  ROOT (facility, N_("Facility")),
  PART (facility_class, N_("Class"), facility),
  ROOT (inspector, N_("Inspector")),
  ROOT (check_matter, N_("Check matter")),
  ROOT (standard, N_("Standard")),
  ROOT (visit, N_("Check")),
  PART (answer, N_("Answer"), visit),
  PART (finding, N_("Finding"), visit),
  PART (visit_party, N_("Authority of a joint check"), visit),
  PART (photo, N_("Photo"), visit),
  ROOT (follow_up, N_("Follow-up")),
  ROOT (document, N_("Document")),
  PART (signature, N_("Signature"), document),
  ROOT (phrase, N_("Stock phrase")),
  ROOT (number_range, N_("Range of document numbers")),
  ROOT (handover, N_("Handover")),
};

#undef ROOT
#undef PART

const McEntity *const *
mc_entity_list (guint *n_entities)
{
  static const McEntity *list[G_N_ELEMENTS (entities) + 1];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
        list[i] = &entities[i];
      g_once_init_leave (&ready, 1);
    }
  if (n_entities)
    *n_entities = G_N_ELEMENTS (entities);
  return list;
}

const McEntity *
mc_entity_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (strcmp (entities[i].name, name) == 0)
      return &entities[i];
  return NULL;
}

int
mc_entity_field_index (const McEntity *entity, const char *key)
{
  g_return_val_if_fail (entity != NULL && key != NULL, -1);

  for (guint i = 0; i < entity->n_fields; i++)
    if (strcmp (entity->fields[i].key, key) == 0)
      return (int) i;
  return -1;
}

const McField *
mc_entity_field (const McEntity *entity, const char *key)
{
  int index = mc_entity_field_index (entity, key);

  return index < 0 ? NULL : &entity->fields[index];
}

gboolean
mc_entity_is_part (const McEntity *entity)
{
  return entity->root_field != NULL;
}
