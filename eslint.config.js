import js from "@eslint/js";
import officeAddins from "eslint-plugin-office-addins";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

// `Office` may be named in one module of the shell: everything else goes through it.
const officeOnlyInOneModule = {
  files: ["addin/src/**/*.ts"],
  ignores: ["addin/src/office/**/*.ts"],
  rules: {
    "no-restricted-globals": ["error", { name: "Office", message: "Ask addin/src/office instead." }],
  },
};

export default defineConfig([
  globalIgnores(["dist", "target", "node_modules", "test-results"]),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["*.js", "addin/simulator/*.js", "xtask/*.mjs", "xtask/peers/*.mjs", "tests/engine/hosts/*.mjs"] }, tsconfigRootDir: import.meta.dirname },
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
  officeOnlyInOneModule,
  {
    // Plain scripts have no types to check by.
    files: ["**/*.js", "**/*.mjs"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { window: "readonly", globalThis: "readonly", process: "readonly", console: "readonly" } },
  },
]);
