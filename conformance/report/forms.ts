// The forms of a report that are files. Each is made from the report alone, so a report.json of
// yesterday can be turned into any of them.

import { badge } from "./badge.js";
import { html } from "./html.js";
import { junit } from "./junit.js";
import { reportJson, type Report } from "./report.js";

/** The forms; also the names of the command's options. */
export const FORMS = ["report", "junit", "html", "badge"] as const;

/** One of {@link FORMS}. */
export type FormName = (typeof FORMS)[number];

const MAKERS: Readonly<Record<FormName, (report: Report) => string>> = {
  report: reportJson,
  junit,
  html,
  badge,
};

/** The text of a form; throws KitError for a report that breaks its schema. */
export function formText(form: FormName, report: Report): string {
  return MAKERS[form](report);
}
