import { setTimeout } from "node:timers/promises";

/** The one source of time. Tests have one that they move by hand. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Calls back once at a time (epoch ms), at once if it is past. The result cancels. */
  at(time: number, run: () => void): () => void;
}

/**
 * Timers don't count the time that a machine sleeps, so the clock is looked at this often at least
 * while something is waited for. Ms.
 */
const longestTimerMs = 5 * 60_000;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(time, run) {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const left = time - Date.now();
      timer = globalThis.setTimeout(
        left > longestTimerMs ? wait : run,
        Math.min(Math.max(left, 0), longestTimerMs),
      );
    };
    wait();
    return () => clearTimeout(timer);
  },
};

/** Waits for a time in ms. Rejects if the signal aborts. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal });
}
