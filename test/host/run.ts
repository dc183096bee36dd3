import { readFileSync, rmSync } from "node:fs";
import { buildExtension } from "../../scripts/build/extensionPackage.ts";
import { editorKind } from "../../scripts/hosts/editorKind.ts";
import { reportCounts } from "../../scripts/testing/counts.ts";
import { until } from "../e2e/driver/until.ts";
import { bundleHostTests, hostResults } from "./bundle.ts";
import { runOnCodeServer } from "./codeServerHost.ts";
import { runOnDesktop } from "./desktopHost.ts";
import type { HostEvent } from "./hostEvent.ts";

const allTestsMs = 180_000;

buildExtension();
const tests = await bundleHostTests();
rmSync(hostResults, { force: true });
if (editorKind() === "desktop") {
  // Failed tests and a failed start both end in an error here: the events tell them apart.
  await runOnDesktop(tests).catch((error: unknown) => {
    if (!hasFinished()) throw error;
  });
} else {
  await runOnCodeServer(tests, untilFinished);
}
conclude(events());

async function untilFinished(hasEnded: () => boolean): Promise<void> {
  await until(
    "the end of the tests in the host",
    () => hasFinished() || hasEnded(),
    allTestsMs,
    events,
  );
  if (!hasFinished()) throw new Error("The editor ended before its tests did.");
}

function hasFinished(): boolean {
  return events().some(({ kind }) => kind === "end" || kind === "crash");
}

/** What has happened so far; a line that is still being written is not looked at. */
function events(): HostEvent[] {
  try {
    const lines = readFileSync(hostResults, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as HostEvent);
  } catch {
    return [];
  }
}

function conclude(happened: readonly HostEvent[]): void {
  for (const event of happened) {
    if (event.kind === "pass") console.log(`  ✔ ${event.title} (${event.ms} ms)`);
    if (event.kind === "fail") console.log(`  ✘ ${event.title}\n${event.error}`);
    if (event.kind === "crash") console.log(`  ✘ the extension host\n${event.error}`);
  }
  const count = (kind: HostEvent["kind"]): number =>
    happened.filter((event) => event.kind === kind).length;
  const counts = { passed: count("pass"), failed: count("fail") + count("crash") };
  reportCounts(counts);
  if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
}
