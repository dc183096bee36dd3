import { join } from "node:path";
import { projectRoot } from "../hosts/paths.ts";

/** A program that tests something, run by the Node.js that runs this. */
export interface Tier {
  readonly name: string;
  /** Its arguments for Node.js; those given to `npm test` for this tier follow them. */
  readonly args: readonly string[];
  /** Whether it reports counts; else its exit code is the outcome of one test. */
  readonly counts: boolean;
  /** Whether it needs a real editor on this machine. */
  readonly editor: boolean;
}

const e2eTimeoutMs = 120_000;

/** All tiers, cheapest first. */
export const tiers: readonly Tier[] = [
  { name: "types", args: [bin("typescript/bin/tsc")], counts: false, editor: false },
  { name: "lint", args: [bin("@biomejs/biome/bin/biome"), "check"], counts: false, editor: false },
  { name: "unit", args: mocha("test/unit/**/*.test.ts", []), counts: true, editor: false },
  { name: "host", args: [join(projectRoot, "test/host/run.ts")], counts: true, editor: true },
  {
    name: "e2e",
    args: mocha("test/e2e/**/*.test.ts", ["--timeout", String(e2eTimeoutMs)]),
    counts: true,
    editor: true,
  },
];

/** Beside the tiers: it needs other tools than Node.js. */
export const interop: Tier = {
  name: "interop",
  args: mocha("test/interop/**/*.test.ts", []),
  counts: true,
  editor: false,
};

function bin(path: string): string {
  return join(projectRoot, "node_modules", path);
}

function mocha(files: string, options: readonly string[]): string[] {
  const reporter = join(projectRoot, "scripts/testing/countingReporter.ts");
  return [bin("mocha/bin/mocha.js"), "--reporter", reporter, ...options, files];
}
