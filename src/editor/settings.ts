import { hostname, userInfo } from "node:os";
import * as vscode from "vscode";
import type { Role } from "../aws/role/role.ts";
import { defaultSessionNameTemplate, sessionNameOf } from "../aws/role/sessionName.ts";
import type { SignInFlow } from "../aws/sso/store.ts";
import type { RenewalPolicy } from "../session/renewal.ts";
import { rolesOfSetting } from "./rolesSetting.ts";

const section = "awsAssumeRole";

/** The roles of the setting `awsAssumeRole.roles`. VS Code hides a workspace's until it is trusted. */
export function settingsRoles(): Role[] {
  return rolesOfSetting(vscode.workspace.getConfiguration(section).get<unknown>("roles"));
}

/** The session name for roles that name none, from the setting `awsAssumeRole.sessionName`. */
export function defaultSessionName(): string {
  const template = vscode.workspace.getConfiguration(section).get<unknown>("sessionName");
  return sessionNameOf(
    typeof template === "string" && template !== "" ? template : defaultSessionNameTemplate,
    { user: userName(), host: hostname(), workspace: vscode.workspace.name ?? "" },
  );
}

/** The command of the setting `awsAssumeRole.mfa.command`, with the device's name filled in. */
export function mfaCommand(serial: string): string | undefined {
  const command = vscode.workspace.getConfiguration(section).get<unknown>("mfa.command");
  if (typeof command !== "string" || command.trim() === "") return undefined;
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is the setting's.
  return command.replaceAll("${serial}", serial);
}

/** What is to be done about a session's end, from the settings `awsAssumeRole.renewal` and `…warningMinutes`. */
export function renewalTerms(): { readonly policy: RenewalPolicy; readonly warningMs: number } {
  const settings = vscode.workspace.getConfiguration(section);
  const policy = settings.get<unknown>("renewal");
  const minutes = settings.get<unknown>("warningMinutes");
  return {
    policy: policy === "ask" || policy === "never" ? policy : "automatic",
    warningMs: (typeof minutes === "number" && minutes >= 0 ? minutes : 10) * 60_000,
  };
}

/** Calls back when one of the settings that `renewalTerms` reads has changed. */
export function onDidChangeRenewalTerms(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    const names = ["renewal", "warningMinutes"];
    if (names.some((name) => event.affectsConfiguration(`${section}.${name}`))) listener();
  });
}

/** How long an MFA session is to last, in seconds, within what GetSessionToken takes. */
export function mfaSessionSeconds(): number {
  const hours = vscode.workspace.getConfiguration(section).get<unknown>("mfa.sessionHours");
  return Math.round(Math.min(Math.max(typeof hours === "number" ? hours : 12, 0.25), 36) * 3600);
}

/**
 * By which way to sign in to IAM Identity Center, from the setting `awsAssumeRole.sso.signIn`. The
 * browser's redirect reaches this extension only if both are on the same machine.
 */
export function signInFlow(): SignInFlow {
  const wanted = vscode.workspace.getConfiguration(section).get<unknown>("sso.signIn");
  if (wanted === "browser") return "browser";
  if (wanted === "deviceCode") return "device";
  const isHere = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
  return isHere ? "browser" : "device";
}

/** The folders of the workspace as long as it isn't trusted. */
export function untrustedFolders(): string[] {
  if (vscode.workspace.isTrusted) return [];
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
}

/** How long copied credentials stay in the clipboard, in seconds; 0 is for ever. */
export function clipboardSeconds(): number {
  const seconds = vscode.workspace.getConfiguration(section).get<unknown>("clipboardSeconds");
  return typeof seconds === "number" && seconds >= 0 ? seconds : 60;
}

/** Opens a setting in the settings editor. */
export async function openSetting(name: "roles" | "sessionName"): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openSettings", `${section}.${name}`);
}

/** A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env["USER"] ?? process.env["USERNAME"] ?? "";
  }
}
