import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureEditor } from "../hosts/editor.ts";
import { outFolder, projectRoot } from "../hosts/paths.ts";
import { type Counts, countsVariable, readCounts } from "./counts.ts";
import type { Tier } from "./tiers.ts";

/**
 * Runs a tier with its output on this terminal. One that fails otherwise than by its tests, such as
 * at its start, has one failed test more than it says.
 * @param options arguments for the tier's program, beside its own.
 */
export async function runTier(tier: Tier, options: readonly string[]): Promise<Counts> {
  console.log(`\n== ${tier.name} ==`);
  try {
    if (tier.editor) await ensureEditor();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
  const file = join(outFolder, `counts-${tier.name}.json`);
  mkdirSync(outFolder, { recursive: true });
  rmSync(file, { force: true });
  const succeeded = await run([...tier.args, ...options], { [countsVariable]: file });
  if (!tier.counts) return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const counts = readCounts(file) ?? { passed: 0, failed: 0 };
  return succeeded || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** A tier takes minutes; one that something keeps open after its last test must not hang for ever. */
const limitMs = 20 * 60_000;

/** Runs a Node.js program to its end, and passes on the signals that ask this one to end. */
function run(args: readonly string[], env: Record<string, string>): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: "inherit",
    });
    const end = (signal: NodeJS.Signals): void => {
      child.kill(signal);
      child.once("exit", () => process.exit(1));
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
    const limit = setTimeout(() => {
      console.error(`Ended after ${limitMs / 60_000} minutes: something keeps it open.`);
      child.kill("SIGKILL");
    }, limitMs).unref();
    child.on("error", () => resolve(false));
    child.on("exit", (code) => {
      clearTimeout(limit);
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, end);
      resolve(code === 0);
    });
  });
}
