// What each role of SPEC 17.3 must meet, and by which cases it is shown: read from the document, the
// vectors and the properties, so that it cannot say what they do not. Who writes it down is main.ts.

import type { Case } from "../engine/case.js";
import type { Property } from "../properties/properties.js";
import type { Clause } from "../report/clauses.js";

/** A role of SPEC 17.3. */
export type RequiredRole = "codec" | "receiver" | "sender" | "sender-exact";

/** A clause that a role must meet, and what proves it. */
export interface Requirement {
  readonly id: string;
  /** Ids of cases of the role. */
  readonly cases: readonly string[];
  /** Ids of properties, which are tried on random schedules. */
  readonly properties: readonly string[];
}

/** A clause that nothing of the kit proves, and why. */
export interface Exclusion {
  readonly id: string;
  readonly reason: string;
}

/** What a role must meet. */
export interface RoleRequirements {
  readonly role: RequiredRole;
  readonly clauses: readonly Requirement[];
  /** What it must meet too, and no kit can see. */
  readonly excluded: readonly Exclusion[];
}

/** conformance/schemas/requirements.schema.json. */
export interface Requirements {
  readonly requirements: 1;
  readonly spec: 1;
  readonly status: "draft";
  readonly roles: readonly RoleRequirements[];
  /** Clauses that bind what is below or above a role. */
  readonly excluded: readonly Exclusion[];
}

/** All requirements, in the order of the document. */
export function requirementsOf(
  clauses: readonly Clause[],
  cases: readonly Case[],
  properties: readonly Property[],
): Requirements {
  const roles = ROLES.map((role) => roleRequirements(role, clauses, cases, properties));
  const bound = new Set(
    roles.flatMap((role) => [...role.clauses, ...role.excluded]).map(({ id }) => id),
  );
  const others = clauses.filter(({ id }) => !bound.has(id));
  return {
    ...{ requirements: 1, spec: 1, status: "draft", roles },
    excluded: others.map(({ id, untestable }) => {
      return { id, reason: untestable ?? "no role of SPEC 17.3 takes it in" };
    }),
  };
}

const ROLES = ["codec", "receiver", "sender", "sender-exact"] as const;

type Side = "codec" | "receiver" | "sender" | "endpoint" | "binding";

/** Clauses whose sentence does not begin with who is bound, or binds both sides one after the other. */
export const SIDES: Readonly<Record<string, Side>> = {
  "TIM-6": "endpoint",
  "OPN-3": "receiver",
  "OPN-12": "endpoint",
  "END-2": "sender",
  "END-4": "sender",
  "ERR-5": "endpoint",
};

/** What of chapters 6 and 10 holds for a `sender` that keeps times of its own. */
const INEXACT: ReadonlySet<string> = new Set(["SND-1", "SND-2", "SND-11", "SND-20", "CC-2"]);

function roleRequirements(
  role: RequiredRole,
  clauses: readonly Clause[],
  cases: readonly Case[],
  properties: readonly Property[],
): RoleRequirements {
  const cite =
    ({ id }: Clause) =>
    (item: { readonly role: string; readonly clauses: readonly string[] }): boolean =>
      item.role === role && item.clauses.includes(id);
  const mine = clauses
    .filter((clause) => isMet(role, clause))
    .map((clause) => ({
      clause,
      cases: cases.filter(cite(clause)).map(({ id }) => id),
      properties: properties.filter(cite(clause)).map(({ id }) => id),
    }));
  const isProved = (each: (typeof mine)[number]): boolean =>
    each.cases.length + each.properties.length > 0;
  return {
    role,
    clauses: mine.filter(isProved).map(({ clause: { id }, cases: ids, properties: tried }) => ({
      id,
      cases: ids,
      properties: tried,
    })),
    excluded: mine
      .filter((each) => !isProved(each))
      .map(({ clause }) => ({ id: clause.id, reason: whyNot(role, clause) })),
  };
}

function whyNot(role: RequiredRole, { untestable }: Clause): string {
  if (untestable !== undefined) return untestable;
  return role === "sender"
    ? "no property shows it of a sender with times of its own; cases of sender-exact do"
    : "it shows only in what an endpoint sends: see receiver and sender-exact";
}

/** Whether a role must meet a clause, by SPEC 17.3. */
function isMet(role: RequiredRole, clause: Clause): boolean {
  const chapter = chapterOf(clause);
  const side = sideOf(clause);
  switch (role) {
    case "codec":
      return chapter === 4 || chapter === 5;
    case "receiver": {
      const isIn =
        chapter === 3 || [7, 8, 9, 11, 12, 13].includes(chapter) || clause.id === "BND-4";
      return isIn && (side === "receiver" || side === "endpoint");
    }
    case "sender-exact":
      return side === "sender" || side === "endpoint";
    case "sender":
      if ((chapter === 6 || chapter === 10) && !INEXACT.has(clause.id)) return false;
      return side === "sender" || side === "endpoint";
  }
}

function chapterOf({ section }: Clause): number {
  return Number.parseInt(section, 10);
}

/** Who is bound: whoever is named first before the key word, or whom the section is about. */
function sideOf({ id, section, text }: Clause): Side {
  const said = SIDES[id];
  if (said !== undefined) return said;
  const [subject = ""] = text.split(/\bM(?:UST|AY)\b/);
  const [actor = ""] =
    /\b(?:sender|receiver|endpoint|decoder|encoder|binding)\b/i.exec(subject) ?? [];
  switch (actor.toLowerCase()) {
    case "decoder":
    case "encoder":
      return "codec";
    case "sender":
    case "receiver":
    case "endpoint":
    case "binding":
      return actor.toLowerCase() as Side;
    default:
      return section.startsWith("8.1") ? "receiver" : "sender";
  }
}
