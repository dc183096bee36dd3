import type * as vscode from "vscode";
import { changesBetween, type Variables, variablesOf } from "../injection/environment.ts";
import type { SessionManager } from "../session/sessionManager.ts";
import type { SessionState } from "../session/state.ts";
import { timeOfDay } from "./timeText.ts";

/**
 * Gives the session's variables to new terminals. The collection is never persisted: VS Code would
 * write it to disk in clear. Terminals that are open keep what they were started with; VS Code marks
 * them for a relaunch.
 */
export class TerminalEnvironment implements vscode.Disposable {
  readonly #collection: vscode.EnvironmentVariableCollection;
  readonly #unsubscribe: () => void;
  #given: Variables = new Map();

  constructor(
    collection: vscode.EnvironmentVariableCollection,
    sessions: Pick<SessionManager, "onDidChange">,
  ) {
    this.#collection = collection;
    collection.persistent = false;
    collection.clear();
    this.#unsubscribe = sessions.onDidChange((state) => this.#apply(state));
  }

  dispose(): void {
    this.#unsubscribe();
    this.#collection.clear();
  }

  #apply(state: SessionState): void {
    const wanted = variablesOf(state);
    const { set, unset } = changesBetween(this.#given, wanted);
    if (set.size === 0 && unset.length === 0) return;
    this.#given = wanted;
    this.#collection.description = descriptionOf(state);
    for (const name of unset) this.#collection.delete(name);
    for (const [name, value] of set) {
      // The second application comes after the shell's start-up files, which may export their own.
      const options = { applyAtProcessCreation: true, applyAtShellIntegration: true };
      this.#collection.replace(name, value, options);
    }
  }
}

function descriptionOf(state: SessionState): string | undefined {
  switch (state.kind) {
    case "active":
    case "expiring":
      return `Works as the AWS role ${state.session.role.name} until ${timeOfDay(state.session.expiresAt)}.`;
    case "expired":
      return `The session of the AWS role ${state.role.name} has expired: access is denied.`;
    case "none":
    case "failed":
      return undefined;
  }
}
