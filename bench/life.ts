import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { statusBarView } from "../src/editor/statusBarView.ts";
import { SessionManager } from "../src/session/sessionManager.ts";
import type { Workbench } from "../test/e2e/driver/workbench.ts";
import { DemoEditor, statusBarItemId } from "../test/e2e/support/demoEditor.ts";
import { extensionHostsOf } from "../test/e2e/support/extensionHost.ts";
import { FakeClock } from "../test/unit/support/fakeClock.ts";
import { sessionUntil } from "../test/unit/support/fixtures.ts";
import { inTurns, rounds } from "./bench.ts";
import type { Groups, Measured } from "./figure.ts";

const idleMs = 5 * 60_000;

/** What a session costs while nobody does anything, and what it takes to have it again. */
export async function measureLife(): Promise<Groups> {
  const [withSession, without] = [await DemoEditor.start(), await DemoEditor.start()];
  try {
    await withSession.pickRole("read-only");
    await withSession.statusText(/^read-only /);
    await without.statusText(/^Assume Role$/);
    return {
      "A session, while nobody does anything for five minutes": [
        timersFired("in a window that is in focus", true),
        timersFired("in a window that isn't", false),
        await idleCost(withSession.workbench, without.workbench),
      ],
      "Reload of a window": [await restoring(withSession, without)],
    };
  } finally {
    await withSession.stop();
    await without.stop();
  }
}

/** Counted, not measured: the clock of this count is moved by hand. */
function timersFired(where: string, isFocused: boolean): Measured {
  const clock = new FakeClock();
  let fired = 0;
  const counting = {
    now: clock.now,
    at: (time: number, run: () => void) =>
      clock.at(time, () => {
        fired += 1;
        run();
      }),
  };
  const sessions = new SessionManager({
    assume: () => Promise.reject(new Error("Nothing is assumed.")),
    clock: counting,
    renewal: () => ({ policy: "automatic", warningMs: 600_000 }),
    random: () => 0,
    warn: () => undefined,
  });
  sessions.adopt(sessionUntil(clock.now() + 3_600_000));
  const update = (): void => {
    const { changesAt } = statusBarView(sessions.state, clock.now(), isFocused);
    if (changesAt !== undefined) counting.at(changesAt, update);
  };
  update();
  clock.advance(idleMs);
  sessions.dispose();
  return { what: `timers fired, ${where}`, unit: "timers", ours: [fired], goal: 6 };
}

/** Processor time of the whole extension host, beside one of the same editor without a session. */
async function idleCost(withSession: Workbench, without: Workbench): Promise<Measured> {
  const samples: { readonly ours: number[]; readonly other: number[] } = { ours: [], other: [] };
  for (let round = 0; round < rounds; round += 1) {
    const before = [cpuMsOf(withSession), cpuMsOf(without)] as const;
    await delay(idleMs / rounds);
    samples.ours.push(cpuMsOf(withSession) - before[0]);
    samples.other.push(cpuMsOf(without) - before[1]);
  }
  return {
    what: `processor time of the extension host in ${idleMs / rounds / 1000} s`,
    unit: "ms",
    ours: samples.ours,
    other: { what: "the same without a session", samples: samples.other },
  };
}

/** User and system time of the extension hosts of an editor. Ms. Linux only. */
function cpuMsOf(workbench: Workbench): number {
  const ticksPerSecond = 100;
  const ticks = extensionHostsOf(workbench.folders.home).map((pid) => {
    // After the program's name, in brackets, which may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return Number(fields[11]) + Number(fields[12]);
  });
  return (ticks.reduce((sum, count) => sum + count, 0) * 1000) / ticksPerSecond;
}

async function restoring(withSession: DemoEditor, without: DemoEditor): Promise<Measured> {
  const timeOf = async ({ workbench }: DemoEditor, text: RegExp): Promise<number> => {
    const startedAt = performance.now();
    await workbench.reload();
    await workbench.statusBar.itemWhere(statusBarItemId, (item) => text.test(item.text), 30_000);
    return performance.now() - startedAt;
  };
  const { ours, other } = await inTurns({
    ours: () => timeOf(withSession, /^read-only /),
    other: () => timeOf(without, /^Assume Role$/),
  });
  return {
    what: "until the status bar shows the session again",
    unit: "ms",
    ours,
    other: { what: "until it offers a role, without a session", samples: other },
  };
}
