import * as vscode from "vscode";
import type { ServiceCall } from "../aws/calls/serviceCall.ts";
import type { ExecutionMemory } from "../aws/execution/executionMemory.ts";
import { type Role, roleId, shownName } from "../aws/role/role.ts";
import type { AssumeOutcome } from "../session/assume.ts";
import type { Clock } from "../session/clock.ts";
import type { SessionKeeper } from "../session/sessionKeeper.ts";
import type { SessionManager } from "../session/sessionManager.ts";
import type { SharedSecrets } from "../session/store/sharedSecrets.ts";
import type { Asking } from "./asking.ts";
import { warnOfClock } from "./clockWarning.ts";
import { warnOfConflicts } from "./conflictWarning.ts";
import { showFailure } from "./failureMessage.ts";
import { commandIds } from "./ids.ts";
import type { OnceMessages } from "./onceMessages.ts";
import { chooseRole, type RoleChoicePorts } from "./roleChoice.ts";
import { showSessionMenu } from "./sessionMenu.ts";
import { offerToCancel } from "./slowNotice.ts";

/** What the commands work on. */
export interface CommandPorts extends RoleChoicePorts {
  readonly sessions: SessionManager;
  readonly keeper: SessionKeeper;
  readonly secrets: SharedSecrets;
  readonly memory: ExecutionMemory;
  readonly asking: Asking;
  readonly messages: OnceMessages;
  readonly log: vscode.LogOutputChannel;
  readonly clock: Clock;
  readonly onCall: (call: ServiceCall) => void;
}

const lazyCommands = (): Promise<typeof import("./lazyCommands.ts")> => import("./lazyCommands.ts");

/** Registers every command that package.json contributes. */
export function registerCommands(ports: CommandPorts): vscode.Disposable {
  const { sessions, log, clock, onCall } = ports;
  const handlers: Readonly<
    Record<keyof typeof commandIds, (argument?: unknown) => Promise<void> | void>
  > = {
    assumeRole: () => assumePickedRole(ports),
    assumeRoleReadOnly: () => assumePickedRole(ports, { readOnly: true }),
    renewSession: () => renewSession(ports),
    dropRole: () => ports.keeper.drop("here"),
    dropRoleEverywhere: () => ports.keeper.drop("everywhere"),
    forgetAll: async () => (await lazyCommands()).forgetAllSessions(ports),
    openConsole: async () => (await lazyCommands()).openConsole(ports),
    copyCredentials: async () => (await lazyCommands()).copyCredentials(sessions),
    showSession: () => showSessionMenu(sessions, clock.now),
    decodeMessage: async (message) =>
      (await lazyCommands()).decodeMessage({ sessions, now: clock.now, onCall }, message),
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
  const { state } = ports.sessions;
  // Whoever picks the role that the window has wants a new session of it.
  const isSame = "session" in state && roleId(state.session.role) === roleId(role);
  await follow(ports.sessions.assume(role, isSame ? "renew" : "assume"), role, ports);
}

async function renewSession(ports: CommandPorts): Promise<void> {
  const { role, outcome } = ports.sessions.renew() ?? {};
  if (role && outcome) return follow(outcome, role, ports);
  return assumePickedRole(ports);
}

async function follow(
  outcome: Promise<AssumeOutcome>,
  role: Role,
  ports: CommandPorts,
): Promise<void> {
  const { asking, sessions } = ports;
  const title = `Assuming the AWS role ${shownName(role)}`;
  void offerToCancel(title, outcome, () => sessions.cancel(), asking);
  await tell(await outcome, role, ports);
}

/** What the user is told of an attempt beside the status bar. A cancelled one is no news. */
async function tell(outcome: AssumeOutcome, role: Role, ports: CommandPorts): Promise<void> {
  if (outcome.kind === "cancelled" || outcome.kind === "needs-user") return;
  const config = await ports.config.read();
  if (outcome.kind === "failed") {
    return showFailure(outcome.explanation, config.files, () => assumeRole(role, ports));
  }
  await ports.recent.add(role);
  warnOfClock(outcome.session.clockSkewMs, ports.messages);
  await warnOfConflicts(config, role.name, ports.messages);
}
