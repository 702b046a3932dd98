import js from "@eslint/js";
import officeAddins from "eslint-plugin-office-addins";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

// Only addin/src/office talks to Office.js: everything else goes through it.
const officeOnlyInOneFolder = {
  files: ["addin/src/**/*.ts"],
  ignores: ["addin/src/office/**/*.ts"],
  rules: {
    "no-restricted-globals": ["error", { name: "Office", message: "Use addin/src/office instead." }],
  },
};

const NO_EXTENSION = { regex: "^\\.{1,2}/.*\\.[jt]s$", message: "Leave out the extension." };

// The layers of the shell: what each folder may import besides contract.ts and itself. Imports point downwards only.
const LAYERS = {
  engine: [],
  office: [],
  judge: ["engine", "office"],
  ui: ["engine", "judge", "office"],
  launch: ["engine", "judge", "office", "ui"],
  pane: ["engine", "judge", "office", "ui"],
  practice: ["engine", "judge", "office", "ui"],
  paused: ["office"],
};

const layers = Object.entries(LAYERS).map(([folder, below]) => ({
  files: [`addin/src/${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          NO_EXTENSION,
          {
            regex: `^\\.\\./(?!\\.\\./|${["contract", ...below].join("(/|$)|")}(/|$))`,
            message: `addin/src/${folder} may import contract.ts and these folders: ${below.join(", ") || "none"}.`,
          },
        ],
      },
    ],
  },
}));

export default defineConfig([
  globalIgnores(["dist", "target", "node_modules", "test-results"]),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    rules: {
      // One style in all of the repository.
      curly: "error",
      "no-restricted-syntax": ["error", { selector: "PrivateIdentifier", message: "Use `private` instead." }],
      "no-restricted-imports": ["error", { patterns: [NO_EXTENSION] }],
      "@typescript-eslint/no-import-type-side-effects": "error",
      // A callback of one call is one line: Prettier would make three of a block.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ["*.js", "addin/simulator/*.js", "xtask/peers/*.mjs", "tests/engine/hosts/*.mjs"],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  {
    files: ["addin/**/*.ts"],
    plugins: { "office-addins": officeAddins },
    rules: {
      "office-addins/call-sync-after-load": "error",
      "office-addins/call-sync-before-read": "error",
      "office-addins/load-object-before-read": "error",
      "office-addins/no-context-sync-in-loop": "warn",
      "office-addins/no-office-initialize": "error",
    },
  },
  officeOnlyInOneFolder,
  ...layers,
  {
    // Plain scripts have no types to check by.
    files: ["**/*.js", "**/*.mjs"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: { window: "readonly", globalThis: "readonly", process: "readonly", console: "readonly" },
    },
  },
]);
