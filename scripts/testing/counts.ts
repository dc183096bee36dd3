import { readFileSync, writeFileSync } from "node:fs";

/** How the tests of one tier went. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Names the file in which a tier leaves its counts for `npm test`. */
export const countsVariable = "AWS_ASSUME_ROLE_TEST_COUNTS";

/** Leaves the counts of a finished tier for `npm test`, if that runs it. */
export function reportCounts(counts: Counts): void {
  const file = process.env[countsVariable];
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
}

/** The counts that a tier left, or undefined if it did not come to its end. */
export function readCounts(file: string): Counts | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Counts;
  } catch {
    return undefined;
  }
}
