import * as vscode from "vscode";
import { accountOf, type Role, shownName } from "../aws/role/role.ts";
import type { SessionManager } from "../session/sessionManager.ts";
import { roleOf, type SessionState } from "../session/state.ts";
import { commandIds } from "./ids.ts";
import { timeLeftText, timeOfDay } from "./timeText.ts";

interface Action extends vscode.QuickPickItem {
  readonly run: () => unknown;
}

/** The menu behind the status bar item. */
export async function showSessionMenu(sessions: SessionManager, now: () => number): Promise<void> {
  const { state } = sessions;
  const picked = await vscode.window.showQuickPick(actionsFor(state, sessions), {
    title: titleFor(state, now()),
    placeHolder: "What to do",
  });
  await picked?.run();
}

function titleFor(state: SessionState, now: number): string {
  if (state.assuming) return `Assuming ${shownName(state.assuming)}…`;
  switch (state.kind) {
    case "none":
      return "No role";
    case "active":
    case "expiring": {
      const { expiresAt, role } = state.session;
      return `${shownName(role)} (${accountOf(role)}): ${timeLeftText(expiresAt - now)} left, until ${timeOfDay(expiresAt)}`;
    }
    case "expired":
      return `${shownName(state.role)}: expired at ${timeOfDay(state.expiredAt)}, access is denied`;
    case "failed":
      return `${shownName(state.role)}: not assumed`;
  }
}

function actionsFor(state: SessionState, sessions: SessionManager): Action[] {
  const role = roleOf(state);
  const command = (id: string) => () => vscode.commands.executeCommand(id);
  const log: Action = { label: "$(output) Show Log", run: command(commandIds.showLog) };
  const switchRole: Action = {
    label: role ? "$(arrow-swap) Switch Role…" : "$(key) Assume Role…",
    run: command(commandIds.assumeRole),
  };
  if (state.assuming) {
    return [{ label: "$(close) Cancel", run: () => sessions.cancel() }, log];
  }
  if (!role) return [switchRole, log];
  return [
    {
      label: state.kind === "failed" ? "$(refresh) Try Again" : "$(refresh) Renew Session",
      run: command(commandIds.renewSession),
    },
    { label: "$(circle-slash) Drop Role", run: command(commandIds.dropRole) },
    switchRole,
    ...("session" in state
      ? [
          { label: "$(link-external) Open Console…", run: command(commandIds.openConsole) },
          { label: "$(lock) Copy Credentials As…", run: command(commandIds.copyCredentials) },
        ]
      : []),
    ...copyArn(role),
    log,
  ];
}

/** A permission set's role has an ARN that only Identity Center knows. */
function copyArn({ roleArn }: Role): Action[] {
  if (roleArn === undefined) return [];
  const run = () => vscode.env.clipboard.writeText(roleArn);
  return [{ label: "$(copy) Copy Role ARN", description: roleArn, run }];
}
