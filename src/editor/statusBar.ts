import * as vscode from "vscode";
import type { Clock } from "../session/clock.ts";
import type { SessionManager } from "../session/sessionManager.ts";
import { commandIds, statusBarItemId } from "./ids.ts";
import { type StatusBarView, statusBarView } from "./statusBarView.ts";

const backgrounds = {
  error: "statusBarItem.errorBackground",
  warning: "statusBarItem.warningBackground",
} as const;

/** Keeps one status bar item equal to the session's state, with one timer to its next change. */
export class StatusBar implements vscode.Disposable {
  readonly #sessions: SessionManager;
  readonly #clock: Clock;
  readonly #item: vscode.StatusBarItem;
  readonly #subscriptions: vscode.Disposable;
  #cancelTimer: (() => void) | undefined;

  constructor(sessions: SessionManager, clock: Clock) {
    this.#sessions = sessions;
    this.#clock = clock;
    this.#item = vscode.window.createStatusBarItem(
      statusBarItemId,
      vscode.StatusBarAlignment.Left,
      10,
    );
    this.#item.name = "AWS Role";
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      new vscode.Disposable(sessions.onDidChange(() => this.#update())),
      vscode.window.onDidChangeWindowState(() => this.#update()),
    );
    this.#update();
    this.#item.show();
  }

  dispose(): void {
    this.#cancelTimer?.();
    this.#subscriptions.dispose();
  }

  #update(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const { state } = this.#sessions;
    const view = statusBarView(state, this.#clock.now(), vscode.window.state.focused);
    this.#show(view, state.kind === "none" && !state.assuming);
    if (view.changesAt !== undefined) {
      this.#cancelTimer = this.#clock.at(view.changesAt, () => this.#update());
    }
  }

  #show(view: StatusBarView, isIdle: boolean): void {
    this.#item.text = view.text;
    this.#item.tooltip = new vscode.MarkdownString(view.tooltip);
    this.#item.accessibilityInformation = { label: view.label, role: "button" };
    this.#item.backgroundColor =
      view.background && new vscode.ThemeColor(backgrounds[view.background]);
    this.#item.command = isIdle ? commandIds.assumeRole : commandIds.showSession;
  }
}
