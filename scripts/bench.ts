import { join } from "node:path";
import { measureAssuming } from "../bench/assume.ts";
import { findAwsCli } from "../bench/awsCli.ts";
import { type Bench, rounds } from "../bench/bench.ts";
import { measureInEditor } from "../bench/editor.ts";
import { type Figure, figuresOf, type Groups } from "../bench/figure.ts";
import { measureLife } from "../bench/life.ts";
import { describeMachine, type Machine, thisMachine } from "../bench/machine.ts";
import { measurePlanning } from "../bench/planning.ts";
import { tableOf, writeResults } from "../bench/report.ts";
import { measureSizes } from "../bench/sizes.ts";
import { temporaryFolders } from "../bench/temporaryFolders.ts";
import { writeDemoMachine } from "../test/sandbox/demo/demoMachine.ts";
import { demoWorld, startSandbox } from "../test/sandbox/index.ts";
import { packageExtension } from "./build/extensionPackage.ts";
import { ensureEditor } from "./hosts/editor.ts";
import { projectRoot } from "./hosts/paths.ts";

/**
 * Measures the extension side by side with what else there is, prints a table of medians, and
 * writes bench/results.json. A goal that is missed is told; only a measurement that could not be
 * made is a failure.
 */
const folders = temporaryFolders();
await ensureEditor();
const vsix = packageExtension();
await writeDemoMachine(folders);
const sandbox = await startSandbox({ world: demoWorld() });
const bench: Bench = { folders, sandbox, vsix };
const cli = findAwsCli();
let machine: Machine = { ...thisMachine(), ...(cli && { awsCli: cli.version }) };
const figures: Figure[] = [];
let complete = true;

async function measure(what: string, run: () => Promise<Groups>): Promise<void> {
  const startedAt = performance.now();
  try {
    figures.push(...figuresOf(await run()));
    console.log(`Measured ${what} (${((performance.now() - startedAt) / 1000).toFixed(0)} s)`);
  } catch (error) {
    complete = false;
    console.error(`Could not measure ${what}:`, error);
  }
}

await measure("sizes and loading", () => measureSizes(bench));
await measure("planning", () => measurePlanning(bench));
await measure("assuming", () => measureAssuming(bench, cli));
await measure("the extension in a real editor", async () => {
  const { editor, groups } = await measureInEditor(bench, cli);
  machine = { ...machine, editor };
  return groups;
});
await measure("the life of a session (8 minutes)", measureLife);
await sandbox.stop();

console.log(`\n${describeMachine(machine)}; medians of ${rounds} samples\n`);
console.log(tableOf(figures));
if (cli === undefined) console.log("\nNo aws CLI on PATH: not held against it.");
if (complete) {
  writeResults(join(projectRoot, "bench/results.json"), {
    date: new Date().toISOString(),
    machine,
    figures,
  });
}
process.exitCode = complete ? 0 : 1;
