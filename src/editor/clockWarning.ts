import type { OnceMessages } from "./onceMessages.ts";

/** Beyond this some services refuse what is signed. Ms. */
const toleratedSkewMs = 5 * 60_000;

/**
 * Tells the user if this machine's clock is off: the extension corrects for it, as AWS's answers
 * tell the time, but the tools in a terminal may not.
 */
export function warnOfClock(clockSkewMs: number, messages: OnceMessages): void {
  if (Math.abs(clockSkewMs) < toleratedSkewMs) return;
  const minutes = Math.round(Math.abs(clockSkewMs) / 60_000);
  const direction = clockSkewMs > 0 ? "behind" : "ahead of";
  void messages.warn(
    `This machine's clock is ${minutes} minutes ${direction} AWS's. The role was assumed all the same, but AWS may refuse tools in the terminal. Let the system set the time by itself.`,
  );
}
