import { appendFileSync, writeFileSync } from "node:fs";
import Mocha from "mocha";
import type { HostEvent } from "./hostEvent.ts";

const timeoutMs = 30_000;

/**
 * Runs the tests inside the extension host and writes what happens, a line of JSON an event.
 * @param results the file to write, absolute.
 * @param defineTests loads the test files, when `describe` and `it` are there for them.
 * @throws an Error if a test failed, for the editor to end with an exit code.
 */
export async function runInHost(results: string, defineTests: () => void): Promise<void> {
  writeFileSync(results, "");
  const report = (event: HostEvent): void => appendFileSync(results, `${JSON.stringify(event)}\n`);
  const failed = await runMocha(defineTests, report).catch((error: unknown) => {
    report({ kind: "crash", error: textOf(error) });
    throw error;
  });
  report({ kind: "end" });
  if (failed > 0) throw new Error(`${failed} tests failed in the extension host`);
}

/** @returns how many tests failed. */
async function runMocha(
  defineTests: () => void,
  report: (event: HostEvent) => void,
): Promise<number> {
  const mocha = new Mocha({
    ui: "bdd",
    timeout: timeoutMs,
    forbidOnly: true,
    forbidPending: true,
    reporter: SilentReporter,
  });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  defineTests();
  return new Promise((resolve) => {
    mocha
      .run(resolve)
      .on("pass", (test) =>
        report({ kind: "pass", title: test.fullTitle(), ms: test.duration ?? 0 }),
      )
      .on("fail", (test, error) =>
        report({ kind: "fail", title: test.fullTitle(), error: textOf(error) }),
      );
  });
}

/** The runner outside prints the events; what is printed here is seen by nobody. */
class SilentReporter extends Mocha.reporters.Base {}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
