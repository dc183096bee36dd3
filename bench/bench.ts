import type { RunFolders } from "../test/e2e/driver/runFolders.ts";
import { cleanEnvironment } from "../test/e2e/driver/runFolders.ts";
import { demoEnvironment } from "../test/sandbox/demo/demoMachine.ts";
import type { Sandbox } from "../test/sandbox/index.ts";

/** How often each thing is measured at least. */
export const rounds = 12;

/** What the measurements share: one machine of the demo world's user, and its AWS. */
export interface Bench {
  readonly folders: RunFolders;
  readonly sandbox: Sandbox;
  /** The packaged extension, absolute. */
  readonly vsix: string;
}

/** The environment of every program that is measured: the user's files, and the simulated AWS. */
export function environmentOf({ folders, sandbox }: Bench): Record<string, string> {
  return cleanEnvironment(folders, demoEnvironment(sandbox.url));
}

/**
 * Measures things in turns, A B A B, so that a busy moment of the machine meets them all. What is
 * undefined is left out.
 */
export async function inTurns<Name extends string>(
  measures: Readonly<Record<Name, (round: number) => Promise<number | undefined>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(measures) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const sample = await measures[name](round);
      if (sample !== undefined) samples[name].push(sample);
    }
  }
  return samples;
}
