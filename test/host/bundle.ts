import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { outFolder } from "../../scripts/hosts/paths.ts";

/** Where the tests inside the host write their events, absolute. */
export const hostResults = join(outFolder, "host-results.jsonl");

/**
 * Bundles all test/host/*.test.ts into one module that VS Code can run: the host knows no
 * TypeScript. Packages stay where they are and are loaded from node_modules.
 * @returns the absolute path of the module.
 */
export async function bundleHostTests(): Promise<string> {
  const folder = import.meta.dirname;
  const tests = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
  const load = tests.map((name) => `require("./${name}");`).join(" ");
  const outfile = join(outFolder, "host-tests.cjs");
  await build({
    stdin: {
      contents: `import { runInHost } from "./inHost.ts";
        export const run = () => runInHost(${JSON.stringify(hostResults)}, () => { ${load} });`,
      resolveDir: folder,
    },
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode"],
    packages: "external",
    sourcemap: "inline",
    logLevel: "warning",
  });
  return outfile;
}
