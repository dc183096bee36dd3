import * as vscode from "vscode";
import type { ServiceCall } from "../aws/calls/serviceCall.ts";
import { loadExecution, loadSdk } from "../aws/lazy/index.ts";
import { authorizationDocument } from "../aws/sts/authorizationMessage.ts";
import { findEncodedMessage } from "../aws/sts/encodedMessage.ts";
import type { Session } from "../session/session.ts";
import type { SessionManager } from "../session/sessionManager.ts";
import { commandIds } from "./ids.ts";

/** What decoding needs. */
export interface DecodePorts {
  readonly sessions: SessionManager;
  readonly now: () => number;
  readonly onCall: (call: ServiceCall) => void;
}

/**
 * Opens the encoded message of a denial as readable JSON: the one that is handed over, the one in
 * the selection of the terminal or the editor, or the one that the user pastes.
 */
export async function decodeMessage(ports: DecodePorts, handedOver: unknown): Promise<void> {
  const { state } = ports.sessions;
  if (!("session" in state)) return askForRole();
  const text = typeof handedOver === "string" ? handedOver : await selectedText();
  const encoded = findEncodedMessage(text) ?? (await pastedMessage());
  if (encoded === undefined) return;
  const decoded = await decode(encoded, state.session, ports);
  if (decoded === undefined) return;
  const content = authorizationDocument(decoded);
  const document = await vscode.workspace.openTextDocument({ language: "jsonc", content });
  await vscode.window.showTextDocument(document);
}

async function askForRole(): Promise<void> {
  const assume = "Assume Role…";
  const chosen = await vscode.window.showInformationMessage(
    "To decode the message, first assume a role in the account that denied the request.",
    assume,
  );
  if (chosen === assume) await vscode.commands.executeCommand(commandIds.assumeRole);
}

/** VS Code tells extensions of a terminal's selection only by way of the clipboard. */
async function selectedText(): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  if (editor && !editor.selection.isEmpty) return editor.document.getText(editor.selection);
  if (!vscode.window.activeTerminal) return "";
  const before = await vscode.env.clipboard.readText();
  try {
    await vscode.env.clipboard.writeText("");
    await vscode.commands.executeCommand("workbench.action.terminal.copySelection");
    return await vscode.env.clipboard.readText();
  } finally {
    await vscode.env.clipboard.writeText(before);
  }
}

async function pastedMessage(): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: "Decode Authorization Message",
    prompt: "Paste the denial, or the encoded message in it",
    ignoreFocusOut: true,
    validateInput: (typed) =>
      typed === "" || findEncodedMessage(typed)
        ? undefined
        : "There is no encoded message in this.",
  });
  return text && findEncodedMessage(text);
}

async function decode(
  encoded: string,
  session: Session,
  { now, onCall }: DecodePorts,
): Promise<string | undefined> {
  const [{ decodeAuthorizationMessage, isStsError }, sdk] = await Promise.all([
    loadExecution(),
    loadSdk(),
  ]);
  const { stsRegion: region, endpoint } = session.plan;
  const signal = new AbortController().signal;
  const context = { sdk, region, ...(endpoint && { endpoint }), signal, now, onCall };
  try {
    return await decodeAuthorizationMessage(encoded, session.credentials, context);
  } catch (thrown) {
    if (!isStsError(thrown)) throw thrown;
    await showRefusal(thrown.raw.code, session.role.name);
    return undefined;
  }
}

async function showRefusal(code: string, role: string): Promise<void> {
  const showLog = "Show Log";
  const reasons: Readonly<Record<string, string>> = {
    InvalidAuthorizationMessageException:
      "The message can't be decoded: it is cut off, or comes from another account than the role's. Copy it whole, and use a role of that account.",
    AccessDenied: `The role "${role}" may not decode messages: that needs sts:DecodeAuthorizationMessage. Use a role that may.`,
  };
  const message = reasons[code] ?? `The message was not decoded (${code}). Try again.`;
  const chosen = await vscode.window.showErrorMessage(message, showLog);
  if (chosen === showLog) await vscode.commands.executeCommand(commandIds.showLog);
}
