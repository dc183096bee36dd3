import * as vscode from "vscode";

/** Warnings that are true for as long as something isn't mended: each is shown once a window. */
export class OnceMessages {
  readonly #shown = new Set<string>();

  /** The button that was clicked; `undefined` also if the message was shown before. */
  async warn(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
    if (this.#shown.has(message)) return undefined;
    this.#shown.add(message);
    return vscode.window.showWarningMessage(message, ...buttons);
  }
}
