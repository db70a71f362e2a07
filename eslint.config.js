// The house rules that TypeScript cannot hold: who may import whom, what the pure rooms may touch,
// and how long things may be. Project references hold the coarser rule, room by room.
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const TESTS = ["**/test/**"];

/** Pure rooms: no clock, no randomness, no machine. Time and seeds come in as arguments. */
const PURE = ["reference/core/**/*.ts", "reference/wire/**/*.ts", "reference/index.ts"];

const impureGlobals = [
  "Date",
  "performance",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "process",
  "Buffer",
  "console",
  "crypto",
  "fetch",
  "globalThis",
].map((name) => ({ name, message: "This room is pure: time, seeds and effects are passed in." }));

const noTests = {
  regex: "(^|/)test/",
  message: "Nothing imports a test.",
};
const noReference = {
  regex: "(^|/)reference(/|$)",
  message: "The witness and the judge never learn from the accused.",
};
const noGenerated = {
  regex: "(^|/)proto/",
  message: "Only reference/wire knows protobuf; the kit judges with the model's strict codec.",
};
const noProtobuf = {
  regex: "^@bufbuild/protobuf",
  message: "Only reference/wire knows protobuf.",
};
const noNode = {
  regex: "^node:",
  message: "This room runs in browsers.",
};
const noKit = {
  regex: "(^|/)(conformance|vectors)/",
  message: "The reference and the simulator know neither vectors nor kit.",
};
const noSimulator = {
  regex: "(^|/)simulator/",
  message: "The reference does not know the simulator.",
};

const noWorlds = {
  regex: "(^|/)simulator/(?!(prng|link)\\.js$)",
  message: "The kit takes only the seeded generator and the link from the simulator.",
};

/** @param {string[]} files @param {{regex: string, message: string}[]} patterns @param {string[]} ignores */
const imports = (files, patterns, ignores = []) => ({
  files,
  ignores: [...TESTS, ...ignores],
  rules: {
    "@typescript-eslint/no-restricted-imports": ["error", { patterns: [noTests, ...patterns] }],
  },
});

export default defineConfig(
  globalIgnores(["dist", "build", "coverage", "proto/gen", "site"]),
  {
    files: ["**/*.ts", "**/*.js"],
    extends: [js.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", { max: 400, skipComments: true, skipBlankLines: false }],
      "max-lines-per-function": ["error", { max: 60, skipComments: true }],
    },
  },
  {
    files: ["**/*.js"],
    languageOptions: { globals: { process: "readonly", URL: "readonly" } },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },

  // Who may import whom.
  imports(["**/*.ts"], []),
  imports(["reference/wire/**/*.ts"], [noNode, noKit, noSimulator]),
  imports(["reference/core/**/*.ts"], [noNode, noKit, noSimulator, noGenerated, noProtobuf]),
  imports(["reference/index.ts"], [noNode, noKit, noSimulator, noGenerated, noProtobuf]),
  imports(["reference/explore/**/*.ts"], [noKit, noGenerated, noProtobuf]),
  imports(["reference/bindings/**/*.ts"], [noKit, noSimulator, noGenerated, noProtobuf]),
  imports(["simulator/**/*.ts"], [noNode, noKit, noGenerated, noProtobuf], ["simulator/bench/**"]),
  imports(["vectors/**/*.ts"], [noReference, noGenerated, noProtobuf, noSimulator]),
  imports(
    ["conformance/**/*.ts"],
    [noReference, noGenerated, noProtobuf, noWorlds],
    ["conformance/ports/**"],
  ),
  imports(["conformance/ports/**/*.ts"], [noGenerated, noProtobuf]),
  imports(
    ["vectors/generate/model/**/*.ts"],
    [
      noReference,
      noGenerated,
      noProtobuf,
      noSimulator,
      { regex: "^\\.\\./", message: "The model stands alone." },
    ],
  ),

  // What the pure rooms may touch.
  {
    files: [...PURE, "simulator/**/*.ts"],
    ignores: [...TESTS, "simulator/bench/**"],
    rules: {
      "no-restricted-globals": ["error", ...impureGlobals],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Randomness comes from a seed." },
      ],
    },
  },

  {
    files: TESTS.map((folder) => `${folder}/*.ts`),
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", name: ["test", "describe", "it", "suite"], package: "node:test" },
          ],
        },
      ],
    },
  },
);
