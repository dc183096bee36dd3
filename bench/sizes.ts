import { copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { projectRoot } from "../scripts/hosts/paths.ts";
import { type Bench, environmentOf, inTurns } from "./bench.ts";
import type { Groups, Measured } from "./figure.ts";
import { inNewWorker } from "./worker.ts";
import type { LoadingTask } from "./workers/loading.ts";

const dist = join(projectRoot, "dist");
const activationBundle = "extension.cjs";

/** The packages that a lazy bundle is made of. */
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  "sdk.cjs": ["@aws-sdk/client-sts"],
  "sso.cjs": ["@aws-sdk/client-sso", "@aws-sdk/client-sso-oidc"],
  "sharedConfigLoader.cjs": ["@smithy/shared-ini-file-loader"],
};

/** What is shipped, and what loading it costs a new process. */
export async function measureSizes(bench: Bench): Promise<Groups> {
  const bundles = readdirSync(dist).filter((name) => name.endsWith(".cjs"));
  const sizes = bundles.map((name): Measured => {
    const isActivation = name === activationBundle;
    const what = isActivation ? `${name}, loaded at activation` : `${name}, loaded on first use`;
    return {
      what,
      unit: "KB",
      ours: [sizeOf(join(dist, name))],
      ...(isActivation && { goal: 60 }),
    };
  });
  const whole: Measured = {
    what: "whole .vsix",
    unit: "KB",
    ours: [sizeOf(bench.vsix)],
    goal: 600,
  };
  const loading: Measured[] = [];
  const folder = loadable(bundles, bench.folders.scratch);
  for (const name of bundles) loading.push(await timeOfLoading(bench, folder, name));
  return { Sizes: [...sizes, whole], "Loading, in plain Node.js": loading };
}

/** KB. */
function sizeOf(file: string): number {
  return statSync(file).size / 1024;
}

/** Copies the bundles to where they find an empty module instead of the editor's API. */
function loadable(bundles: readonly string[], scratch: string): string {
  const folder = join(scratch, "loading");
  const api = join(folder, "node_modules/vscode");
  mkdirSync(api, { recursive: true });
  writeFileSync(join(api, "index.js"), "module.exports = {};\n");
  for (const name of bundles) copyFileSync(join(dist, name), join(folder, name));
  return folder;
}

async function timeOfLoading(bench: Bench, folder: string, name: string): Promise<Measured> {
  const [what, others] = whatElse(folder, name);
  const load = (modules: readonly string[]): Promise<number> =>
    inNewWorker<LoadingTask, number>("loading", environmentOf(bench), { modules });
  const { ours, other } = await inTurns({
    ours: () => load([join(folder, name)]),
    other: () => load(others),
  });
  return { what: `require() of ${name}`, unit: "ms", ours, other: { what, samples: other } };
}

/** What would be loaded instead if the bundle weren't made as it is. */
function whatElse(folder: string, name: string): [what: string, modules: string[]] {
  const packages = packagesOf[name];
  if (packages === undefined)
    return ["sdk.cjs, which activation spares", [join(folder, "sdk.cjs")]];
  const { resolve } = createRequire(import.meta.url);
  return ["its packages, not bundled", packages.map((name) => resolve(name))];
}
