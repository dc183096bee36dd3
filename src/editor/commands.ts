import * as vscode from "vscode";
import type { ServiceCall } from "../aws/calls/serviceCall.ts";
import type { Role } from "../aws/role/role.ts";
import type { AssumeOutcome } from "../session/assume.ts";
import type { Clock } from "../session/clock.ts";
import type { SessionManager } from "../session/sessionManager.ts";
import { warnOfClock } from "./clockWarning.ts";
import { warnOfConflicts } from "./conflictWarning.ts";
import { decodeMessage } from "./decodeMessage.ts";
import { showFailure } from "./failureMessage.ts";
import { commandIds } from "./ids.ts";
import type { OnceMessages } from "./onceMessages.ts";
import { chooseRole, type RoleChoicePorts } from "./roleChoice.ts";
import { showSessionMenu } from "./sessionMenu.ts";

/** What the commands work on. */
export interface CommandPorts extends RoleChoicePorts {
  readonly sessions: SessionManager;
  readonly messages: OnceMessages;
  readonly log: vscode.LogOutputChannel;
  readonly clock: Clock;
  readonly onCall: (call: ServiceCall) => void;
}

/** Registers every command that package.json contributes. */
export function registerCommands(ports: CommandPorts): vscode.Disposable {
  const { sessions, log, clock, onCall } = ports;
  const handlers: Readonly<
    Record<keyof typeof commandIds, (argument?: unknown) => Promise<void> | void>
  > = {
    assumeRole: () => assumePickedRole(ports),
    assumeRoleReadOnly: () => assumePickedRole(ports, { readOnly: true }),
    renewSession: () => renewSession(ports),
    dropRole: () => sessions.drop(),
    showSession: () => showSessionMenu(sessions, clock.now),
    decodeMessage: (message) => decodeMessage({ sessions, now: clock.now, onCall }, message),
    showLog: () => log.show(),
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([name, handler]) =>
      vscode.commands.registerCommand(commandIds[name as keyof typeof commandIds], handler),
    ),
  );
}

async function assumePickedRole(
  ports: CommandPorts,
  scope: Pick<Role, "readOnly"> = {},
): Promise<void> {
  const title = scope.readOnly ? "Assume Role (Read-Only)" : "Assume Role";
  const role = await chooseRole(ports, title);
  if (role) await assumeRole({ ...role, ...scope }, ports);
}

async function assumeRole(role: Role, ports: CommandPorts): Promise<void> {
  await tell(await ports.sessions.assume(role), role, ports);
}

async function renewSession(ports: CommandPorts): Promise<void> {
  const { role, outcome } = ports.sessions.renew() ?? {};
  if (role && outcome) return tell(await outcome, role, ports);
  return assumePickedRole(ports);
}

/** What the user is told of an attempt beside the status bar. A cancelled one is no news. */
async function tell(outcome: AssumeOutcome, role: Role, ports: CommandPorts): Promise<void> {
  if (outcome.kind === "cancelled") return;
  const config = await ports.config.read();
  if (outcome.kind === "failed") {
    return showFailure(outcome.explanation, config.files, () => assumeRole(role, ports));
  }
  await ports.recent.add(role);
  warnOfClock(outcome.session.clockSkewMs, ports.messages);
  await warnOfConflicts(config, role.name, ports.messages);
}
