import * as vscode from "vscode";
import { shownName } from "../aws/role/role.ts";
import type { Clock } from "../session/clock.ts";
import type { Session } from "../session/session.ts";
import type { SharedFolder } from "../session/store/sharedFolder.ts";
import { commandIds } from "./ids.ts";
import { timeLeftWords, timeOfDay } from "./timeText.ts";

const [renew, drop, remind] = ["Renew", "Drop", "Remind Me Later"] as const;

/** What the warning needs. */
export interface ExpiryWarningPorts {
  readonly folder: SharedFolder;
  readonly clock: Clock;
  /** The session that there is now. */
  readonly current: () => Session | undefined;
  readonly remind: () => void;
}

/** Tells the user that nothing will renew a session: once, and in the window that they look at. */
export class ExpiryWarning implements vscode.Disposable {
  readonly #ports: ExpiryWarningPorts;
  #waiting: vscode.Disposable | undefined;
  #reminders = 0;

  constructor(ports: ExpiryWarningPorts) {
    this.#ports = ports;
  }

  warn(session: Session): void {
    this.#waiting?.dispose();
    if (vscode.window.state.focused) return void this.#show(session);
    this.#waiting = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (!focused) return;
      this.#waiting?.dispose();
      void this.#show(session);
    });
  }

  dispose(): void {
    this.#waiting?.dispose();
  }

  async #show(session: Session): Promise<void> {
    const { clock, folder, current } = this.#ports;
    if (current()?.expiresAt !== session.expiresAt) return;
    const reminder = this.#reminders === 0 ? [] : [process.pid, this.#reminders];
    const name = ["warned", session.id, session.expiresAt, ...reminder].join("-");
    if (!(await folder.claim(name))) return;
    const left = timeLeftWords(session.expiresAt - clock.now());
    const chosen = await vscode.window.showWarningMessage(
      `The session of the AWS role ${shownName(session.role)} ends at ${timeOfDay(session.expiresAt)} (${left}), and nothing renews it by itself.`,
      renew,
      drop,
      remind,
    );
    if (current()?.expiresAt !== session.expiresAt) return;
    if (chosen === renew) await vscode.commands.executeCommand(commandIds.renewSession);
    if (chosen === drop) await vscode.commands.executeCommand(commandIds.dropRole);
    if (chosen === remind) {
      this.#reminders += 1;
      this.#ports.remind();
    }
  }
}
