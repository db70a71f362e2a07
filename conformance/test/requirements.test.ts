// The requirements of the roles: every clause stands in one place, what a role must meet is proved, and
// the tables by hand are not stale.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faultIn, requireValid } from "../driver/schema.js";
import { loadCases, type Case } from "../index.js";
import { ALL_PROPERTIES } from "../properties/properties.js";
import { clauses, type Clause } from "../report/clauses.js";
import { requirementsOf, SIDES, type RoleRequirements } from "../requirements/requirements.js";

const all = [...clauses().values()];
const cases = loadCases();
const requirements = requirementsOf(all, cases, ALL_PROPERTIES);

function ids({ clauses: proved, excluded }: RoleRequirements): string[] {
  return [...proved, ...excluded].map(({ id }) => id);
}

function roleNamed(name: string, of = requirements): RoleRequirements {
  const found = of.roles.find(({ role }) => role === name);
  assert.ok(found);
  return found;
}

test("they follow their schema", () => {
  requireValid("conformance/schemas/requirements.schema.json", requirements, "requirements");
  const wrong = { ...requirements, roles: [{}] };
  assert.ok(faultIn("requirements.schema.json", wrong));
});

test("every clause is of a role, or excluded with a reason", () => {
  const placed = new Set([
    ...requirements.roles.flatMap(ids),
    ...requirements.excluded.map(({ id }) => id),
  ]);
  assert.deepEqual(
    all.filter(({ id }) => !placed.has(id)),
    [],
  );
  for (const role of requirements.roles) {
    assert.equal(new Set(ids(role)).size, ids(role).length, `${role.role} has a clause twice`);
  }
});

test("what a role must meet is proved, but for what says why it cannot be", () => {
  const untestable = new Set(all.filter((clause) => clause.untestable).map(({ id }) => id));
  for (const name of ["codec", "receiver", "sender-exact"]) {
    const left = roleNamed(name).excluded.filter(({ id }) => !untestable.has(id));
    // An encoder by itself sends nothing.
    assert.deepEqual(
      left.map(({ id }) => id),
      name === "codec" ? ["PKT-15"] : [],
    );
  }
  assert.deepEqual(
    requirements.excluded.filter(({ id }) => !untestable.has(id)),
    [],
  );
});

test("roles are those of SPEC 17.3", () => {
  const exact = ids(roleNamed("sender-exact"));
  const loose = ids(roleNamed("sender"));
  assert.deepEqual(
    loose.filter((id) => !exact.includes(id)),
    [],
  );
  assert.ok(exact.includes("SND-3") && !loose.includes("SND-3") && loose.includes("SND-11"));
  const receiver = ids(roleNamed("receiver"));
  assert.ok(receiver.includes("BND-4") && !receiver.includes("PKT-1"));
  // Sentences that bind both sides, and those that do not name theirs.
  for (const id of ["TIM-6", "OPN-12", "ERR-5"])
    assert.ok(receiver.includes(id) && exact.includes(id));
  assert.ok(receiver.includes("ACK-2") && !exact.includes("ACK-2"));
  assert.ok(receiver.includes("OPN-3") && exact.includes("END-2") && !receiver.includes("END-2"));
  assert.deepEqual(
    Object.keys(SIDES).filter((id) => !clauses().has(id)),
    [],
  );
});

test("a clause that loses its cases is excluded, and one that is not of the document is not there", () => {
  const clause: Clause = { id: "RCV-4", section: "7.2 Rendering", text: "A receiver MUST render." };
  const one: Case[] = cases.filter((item) => item.clauses.includes("RCV-4")).slice(0, 1);
  const proved = roleNamed("receiver", requirementsOf([clause], one, []));
  assert.deepEqual(proved.clauses, [{ id: "RCV-4", cases: [one[0]?.id], properties: [] }]);
  const bare = roleNamed("receiver", requirementsOf([clause], [], []));
  assert.deepEqual(
    bare.excluded.map(({ id }) => id),
    ["RCV-4"],
  );
});
