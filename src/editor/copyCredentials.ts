import * as vscode from "vscode";
import { shownName } from "../aws/role/role.ts";
import { exportFormats } from "../injection/exportFormats.ts";
import type { SessionManager } from "../session/sessionManager.ts";
import { clipboardSeconds } from "./settings.ts";
import { timeOfDay } from "./timeText.ts";

/** Copies the session's credentials in the format that the user picks, for a short while. */
export async function copyCredentials(sessions: SessionManager): Promise<void> {
  const items = exportFormats.map((format) => ({
    label: format.name,
    description: format.description,
    format,
  }));
  const title = "Copy Credentials As";
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  const { state } = sessions;
  if (picked === undefined || !("session" in state)) return;
  const { session } = state;
  const text = picked.format.write(session);
  await vscode.env.clipboard.writeText(text);
  const seconds = clipboardSeconds();
  if (seconds > 0) setTimeout(() => void clear(text), seconds * 1000);
  const cleared = seconds > 0 ? ` The clipboard is cleared in ${seconds} seconds.` : "";
  await vscode.window.showInformationMessage(
    `Copied the credentials of ${shownName(session.role)} for ${picked.label}. They work until ${timeOfDay(session.expiresAt)}, wherever they are pasted.${cleared}`,
  );
}

/** Leaves alone what was copied since. */
async function clear(text: string): Promise<void> {
  if ((await vscode.env.clipboard.readText()) === text) await vscode.env.clipboard.writeText("");
}
