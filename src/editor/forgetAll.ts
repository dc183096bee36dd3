import * as vscode from "vscode";
import { type ExecutionMemory, memoryKeyPrefix } from "../aws/execution/executionMemory.ts";
import { ssoTokenKeyPrefix } from "../aws/sso/store.ts";
import type { SessionManager } from "../session/sessionManager.ts";
import { sessionKeyPrefix } from "../session/store/sessionStore.ts";
import type { SharedSecrets } from "../session/store/sharedSecrets.ts";

/** What is forgotten, and where. */
export interface ForgetAllPorts {
  readonly sessions: SessionManager;
  readonly secrets: SharedSecrets;
  readonly memory: ExecutionMemory;
}

/** Removes all that is stored, in all windows, and says what that was. */
export async function forgetAllSessions({
  sessions,
  secrets,
  memory,
}: ForgetAllPorts): Promise<void> {
  sessions.drop();
  memory.forgetBases();
  const names = await secrets.forgetAll();
  await vscode.window.showInformationMessage(`Forgotten in all windows: ${summaryOf(names)}.`);
}

const kinds: readonly (readonly [prefix: string, what: string])[] = [
  [sessionKeyPrefix, "role session"],
  [memoryKeyPrefix, "MFA or intermediate session"],
  [ssoTokenKeyPrefix, "sign-in"],
];

function summaryOf(names: readonly string[]): string {
  const counts = kinds.flatMap(([prefix, what]) => {
    const count = names.filter((name) => name.startsWith(prefix)).length;
    return count === 0 ? [] : [`${count} ${what}${count === 1 ? "" : "s"}`];
  });
  return counts.length === 0 ? "nothing was stored" : counts.join(", ");
}
