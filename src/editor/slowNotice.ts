import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { Asking } from "./asking.ts";

/** A spinner in the status bar says enough for this long. Ms. */
const patienceMs = 1000;

/**
 * Offers to cancel what takes long: a notification as soon as it lasts more than a second without
 * the user being asked for anything.
 */
export async function offerToCancel(
  title: string,
  outcome: Promise<unknown>,
  cancel: () => void,
  asking: Asking,
): Promise<void> {
  const ended = outcome.then(
    () => true,
    () => true,
  );
  const timers = new AbortController();
  const patience = (): Promise<boolean> =>
    delay(patienceMs, false, { signal: timers.signal }).catch(() => true);
  try {
    do {
      await Promise.race([ended, asking.over]);
      if (await Promise.race([ended, patience()])) return;
    } while (asking.isOpen);
  } finally {
    timers.abort();
  }
  const location = vscode.ProgressLocation.Notification;
  await vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
    token.onCancellationRequested(cancel);
    return ended;
  });
}
