import { setTimeout as delay } from "node:timers/promises";

const pollMs = 50;

/** How long the driver waits for anything that the editor should do at once, in milliseconds. */
export const defaultTimeoutMs = 15_000;

/**
 * Waits until the function returns something other than undefined or false, and returns that.
 * @throws an Error that names what was waited for, with its last value if `describe` is given.
 */
export async function until<T>(
  what: string,
  check: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = defaultTimeoutMs,
  describe?: () => unknown,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) break;
    await delay(pollMs);
  }
  const seen = describe === undefined ? "" : `; there is: ${JSON.stringify(await describe())}`;
  throw new Error(`Waited ${timeoutMs / 1000} s for ${what}${seen}`);
}
