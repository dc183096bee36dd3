import * as vscode from "vscode";
import type { ServiceCall } from "./aws/calls/serviceCall.ts";
import { SharedConfigReader } from "./aws/config/profiles.ts";
import { ExecutionMemory } from "./aws/execution/executionMemory.ts";
import { loadExecution, loadSdk, loadSharedConfigLoader, loadSso } from "./aws/lazy/index.ts";
import type { SsoAccess } from "./aws/sso/access.ts";
import { Asking } from "./editor/asking.ts";
import { callLine } from "./editor/callLog.ts";
import { registerCommands } from "./editor/commands.ts";
import { ExpiryWarning } from "./editor/expiryWarning.ts";
import { sessionContextKey } from "./editor/ids.ts";
import { mfaCode } from "./editor/mfaPrompt.ts";
import { OfferedRoles } from "./editor/offeredRoles.ts";
import { OnceMessages } from "./editor/onceMessages.ts";
import { RecentRoles } from "./editor/recentRoles.ts";
import {
  defaultSessionName,
  mfaSessionSeconds,
  onDidChangeRenewalTerms,
  renewalTerms,
  untrustedFolders,
} from "./editor/settings.ts";
import { signInPrompts } from "./editor/signInPrompts.ts";
import { StatusBar } from "./editor/statusBar.ts";
import { TerminalEnvironment } from "./editor/terminalEnvironment.ts";
import { type AssumePorts, assume } from "./session/assume.ts";
import { sleep, systemClock } from "./session/clock.ts";
import { SessionKeeper } from "./session/sessionKeeper.ts";
import { SessionManager } from "./session/sessionManager.ts";
import { SessionStore } from "./session/store/sessionStore.ts";
import { SharedFolder } from "./session/store/sharedFolder.ts";
import { SharedSecrets } from "./session/store/sharedSecrets.ts";

/** Builds the parts and wires them. Loads no SDK, reads no file, opens no connection. */
export function activate(context: vscode.ExtensionContext): void {
  const clock = systemClock;
  const { now } = clock;
  const environment = process.env;
  const log = vscode.window.createOutputChannel("AWS Assume Role", { log: true });
  const onNote = (note: string): void => log.info(note);
  const onCall = (call: ServiceCall): void =>
    call.error ? log.error(callLine(call)) : log.info(callLine(call));
  const messages = new OnceMessages();
  const asking = new Asking();

  const secrets = new SharedSecrets(context.secrets, () => warnOfSecretStorage(messages));
  const folder = new SharedFolder(context.globalStorageUri.fsPath, (code) =>
    log.warn(`Windows can't agree with each other: ${context.globalStorageUri.fsPath} (${code}).`),
  );
  const store = new SessionStore(secrets);
  const memory = new ExecutionMemory(secrets);
  const config = new SharedConfigReader(environment, loadSharedConfigLoader);
  const sso = once(async (): Promise<SsoAccess> => {
    const { SsoAccess } = await loadSso();
    const prompts = signInPrompts(asking);
    return new SsoAccess({ environment, secrets, prompts, sleep, now, onCall });
  });

  const ports: AssumePorts = {
    environment,
    readConfig: () => config.read(),
    sessionName: defaultSessionName,
    loadExecution,
    loadSdk,
    sso,
    memory,
    sessions: store,
    folder,
    now,
    askMfaCode: (request, signal) => asking.during(() => mfaCode(request, signal, onNote)),
    mfaSessionSeconds,
    untrustedFolders,
    onCall,
    onNote,
  };
  const sessions: SessionManager = new SessionManager({
    assume: (request, signal) => assume(request, ports, signal),
    clock,
    renewal: renewalTerms,
    random: Math.random,
    warn: (session) => warning.warn(session),
  });
  const warning = new ExpiryWarning({
    folder,
    clock,
    current: () => ("session" in sessions.state ? sessions.state.session : undefined),
    remind: () => sessions.remind(),
  });
  const keeper = new SessionKeeper({
    sessions,
    store,
    secrets,
    folder,
    memory: context.workspaceState,
    clock,
  });

  context.subscriptions.push(
    log,
    keeper,
    warning,
    secrets,
    new vscode.Disposable(() => sessions.dispose()),
    new TerminalEnvironment(context.environmentVariableCollection, sessions),
    new StatusBar(sessions, clock),
    registerCommands({
      sessions,
      keeper,
      secrets,
      memory,
      asking,
      config,
      environment,
      recent: new RecentRoles(context.globalState),
      offered: new OfferedRoles({ memory: context.globalState, environment, sso, now, onNote }),
      messages,
      log,
      clock,
      onCall,
    }),
    onDidChangeRenewalTerms(() => sessions.reconsiderRenewal()),
    // A machine that slept has late timers; these come when someone is back.
    vscode.window.onDidChangeWindowState(() => sessions.wake()),
    vscode.window.onDidOpenTerminal(() => sessions.wake()),
    new vscode.Disposable(
      sessions.onDidChange(({ kind }) =>
        vscode.commands.executeCommand("setContext", sessionContextKey, kind),
      ),
    ),
  );
  void keeper.restore();
}

function warnOfSecretStorage(messages: OnceMessages): void {
  void messages.warn(
    "VS Code's secret storage is not available, so sessions and sign-ins end with this window. On Linux it needs a keyring.",
  );
}

/** The same promise for everyone who asks. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
