import * as vscode from "vscode";
import { SharedConfigReader } from "./aws/config/profiles.ts";
import { ExecutionMemory } from "./aws/execution/executionMemory.ts";
import { loadExecution, loadSdk, loadSharedConfigLoader } from "./aws/lazy/index.ts";
import { callLine } from "./editor/callLog.ts";
import { registerCommands } from "./editor/commands.ts";
import { sessionContextKey } from "./editor/ids.ts";
import { mfaCode } from "./editor/mfaPrompt.ts";
import { OnceMessages } from "./editor/onceMessages.ts";
import { RecentRoles } from "./editor/recentRoles.ts";
import { defaultSessionName, mfaSessionSeconds, untrustedFolders } from "./editor/settings.ts";
import { StatusBar } from "./editor/statusBar.ts";
import { TerminalEnvironment } from "./editor/terminalEnvironment.ts";
import { type AssumePorts, assume } from "./session/assume.ts";
import { systemClock } from "./session/clock.ts";
import { SessionManager } from "./session/sessionManager.ts";

/** Builds the parts and wires them. Loads no SDK, reads no file, opens no connection. */
export function activate(context: vscode.ExtensionContext): void {
  const clock = systemClock;
  const log = vscode.window.createOutputChannel("AWS Assume Role", { log: true });
  const config = new SharedConfigReader(process.env, loadSharedConfigLoader);
  const onNote = (note: string): void => log.info(note);
  const ports: AssumePorts = {
    environment: process.env,
    readConfig: () => config.read(),
    sessionName: defaultSessionName,
    loadExecution,
    loadSdk,
    memory: new ExecutionMemory(),
    now: clock.now,
    askMfaCode: (request, signal) => mfaCode(request, signal, onNote),
    mfaSessionSeconds,
    untrustedFolders,
    onCall: (call) => (call.error ? log.error(callLine(call)) : log.info(callLine(call))),
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
      recent: new RecentRoles(context.globalState),
      messages: new OnceMessages(),
      log,
      clock,
      onCall: ports.onCall,
    }),
    new vscode.Disposable(
      sessions.onDidChange(({ kind }) =>
        vscode.commands.executeCommand("setContext", sessionContextKey, kind),
      ),
    ),
  );
}
