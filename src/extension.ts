import * as vscode from "vscode";
import type { ServiceCall } from "./aws/calls/serviceCall.ts";
import { SharedConfigReader } from "./aws/config/profiles.ts";
import { ExecutionMemory } from "./aws/execution/executionMemory.ts";
import { loadExecution, loadSdk, loadSharedConfigLoader, loadSso } from "./aws/lazy/index.ts";
import { callLine } from "./editor/callLog.ts";
import { registerCommands } from "./editor/commands.ts";
import { sessionContextKey } from "./editor/ids.ts";
import { mfaCode } from "./editor/mfaPrompt.ts";
import { OfferedRoles } from "./editor/offeredRoles.ts";
import { OnceMessages } from "./editor/onceMessages.ts";
import { RecentRoles } from "./editor/recentRoles.ts";
import { defaultSessionName, mfaSessionSeconds, untrustedFolders } from "./editor/settings.ts";
import { signInPrompts } from "./editor/signInPrompts.ts";
import { StatusBar } from "./editor/statusBar.ts";
import { TerminalEnvironment } from "./editor/terminalEnvironment.ts";
import { type AssumePorts, assume } from "./session/assume.ts";
import { sleep, systemClock } from "./session/clock.ts";
import { SessionManager } from "./session/sessionManager.ts";

/** Builds the parts and wires them. Loads no SDK, reads no file, opens no connection. */
export function activate(context: vscode.ExtensionContext): void {
  const clock = systemClock;
  const environment = process.env;
  const log = vscode.window.createOutputChannel("AWS Assume Role", { log: true });
  const config = new SharedConfigReader(environment, loadSharedConfigLoader);
  const onNote = (note: string): void => log.info(note);
  const onCall = (call: ServiceCall): void =>
    call.error ? log.error(callLine(call)) : log.info(callLine(call));
  const sso = once(async () => {
    const { SsoAccess } = await loadSso();
    const { secrets } = context;
    const { now } = clock;
    return new SsoAccess({ environment, secrets, prompts: signInPrompts, sleep, now, onCall });
  });
  const ports: AssumePorts = {
    environment,
    readConfig: () => config.read(),
    sessionName: defaultSessionName,
    loadExecution,
    loadSdk,
    sso,
    memory: new ExecutionMemory(),
    now: clock.now,
    askMfaCode: (request, signal) => mfaCode(request, signal, onNote),
    mfaSessionSeconds,
    untrustedFolders,
    onCall,
    onNote,
  };
  const sessions = new SessionManager((role, signal) => assume(role, ports, signal), clock);
  context.subscriptions.push(
    log,
    new vscode.Disposable(() => sessions.dispose()),
    new TerminalEnvironment(context.environmentVariableCollection, sessions),
    new StatusBar(sessions, clock),
    registerCommands({
      sessions,
      config,
      environment,
      recent: new RecentRoles(context.globalState),
      offered: new OfferedRoles({
        memory: context.globalState,
        environment,
        sso,
        now: clock.now,
        onNote,
      }),
      messages: new OnceMessages(),
      log,
      clock,
      onCall,
    }),
    new vscode.Disposable(
      sessions.onDidChange(({ kind }) =>
        vscode.commands.executeCommand("setContext", sessionContextKey, kind),
      ),
    ),
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
