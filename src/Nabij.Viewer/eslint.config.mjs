// Few rules, each with its reason; the compiler's strict settings do the rest.
import tseslint from "typescript-eslint";

// Peer strings are text, never markup (invariant 9), and nothing is compiled at run time.
const forbidden = [
  ["MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$/]", "Peer strings are text: use textContent."],
  ["MemberExpression[object.name='document'][property.name=/^(write|writeln)$/]", "Peer strings are text: use textContent."],
  ["CallExpression[callee.name='eval']", "No code from strings."],
  ["NewExpression[callee.name='Function']", "No code from strings."],
  ["CallExpression[callee.property.name='parseFromString']", "Peer strings are text: use textContent."],
  ["TSEnumDeclaration", "Use a const object or a union of literals."],
  ["ExportDefaultDeclaration", "Named exports only."],
].map(([selector, message]) => ({ selector, message }));

// No storage: digits, keys and tickets would outlive the page in it.
const storage = ["localStorage", "sessionStorage"].map((name) => ({ name, message: "Secrets outlive the page in storage." }));

export default tseslint.config(
  // assembly/ is another language, which its own compiler checks (wasm-plugin.ts).
  { ignores: ["dist/", "node_modules/", "assembly/"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "no-restricted-syntax": ["error", ...forbidden],
      "no-restricted-globals": ["error", ...storage],
      "no-console": "error",
      eqeqeq: "error",
      // A promise that nobody waits for hides its failure.
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["vite.config.ts", "bench/vite.config.ts"],
    rules: { "no-restricted-syntax": ["error", ...forbidden.filter((rule) => rule.selector !== "ExportDefaultDeclaration")] },
  },
  {
    // The session must run in Node and in a worker: no document, no window, and no way around the page's seam.
    files: ["src/protocol/**/*.ts", "src/session/**/*.ts"],
    rules: { "no-restricted-globals": ["error", ...storage, "window", "document", "location", "navigator"] },
  },
);
