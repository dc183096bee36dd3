import { rm } from "node:fs/promises";
import { build } from "esbuild";

/**
 * A dynamic import of one of these files stays a `require` at run time, of a bundle of its own:
 * activation loads dist/extension.cjs alone, and the SDK comes with the first role that is assumed.
 */
const lazyBundles = {
  lazyCommands: "src/editor/lazyCommands.ts",
  execution: "src/aws/lazy/execution.ts",
  sdk: "src/aws/sts/sdk.ts",
  sso: "src/aws/lazy/sso.ts",
  sharedConfigLoader: "src/aws/config/sharedConfigLoader.ts",
};

/** @type {import("esbuild").Plugin} */
const splitAtDynamicImports = {
  name: "split-at-dynamic-imports",
  setup({ onResolve }) {
    onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path }) => {
      if (kind !== "dynamic-import") return undefined;
      const name = path.replace(/^.*\/|\.ts$/g, "");
      if (!(name in lazyBundles)) return { errors: [{ text: `${path} is no lazy bundle` }] };
      return { path: `./${name}.cjs`, external: true };
    });
  },
};

const production = !process.argv.includes("--development");

await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: { extension: "src/extension.ts", ...lazyBundles },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  // The Node.js of the oldest VS Code that engines.vscode admits.
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  plugins: [splitAtDynamicImports],
  minify: production,
  sourcemap: production ? false : "linked",
  legalComments: "none",
  logLevel: "warning",
});
