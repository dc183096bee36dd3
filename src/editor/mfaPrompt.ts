import * as vscode from "vscode";
import { NeedsUser } from "../aws/calls/needsUser.ts";
import type { MfaRequest } from "../aws/execution/execute.ts";
import { parseRoleArn } from "../aws/role/arn.ts";
import { mfaCodeProblem } from "../aws/role/limits.ts";
import { codeFromCommand } from "./mfaCommand.ts";
import { mfaCommand } from "./settings.ts";

/**
 * Gets a code of an MFA device: from the command that the user set, or by asking. A code of the
 * command that AWS refused, and a command that fails, lead to the question. `undefined` if the user
 * gives up, or the signal aborts.
 */
export async function mfaCode(
  request: MfaRequest,
  signal: AbortSignal,
  onNote: (note: string) => void,
): Promise<string | undefined> {
  const command = request.refused ? undefined : mfaCommand(request.serial);
  if (command !== undefined) {
    const { code, problem } = await codeFromCommand(command, process.env, signal);
    if (code !== undefined || signal.aborted) return code;
    onNote(
      `The command of awsAssumeRole.mfa.command gave no code for ${request.serial}. ${problem}`,
    );
  }
  if (!request.mayAsk) throw new NeedsUser("A code is needed.");
  return promptForCode(request, signal);
}

async function promptForCode(
  { serial, target, refused }: MfaRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = (): void => cancellation.cancel();
  signal.addEventListener("abort", cancel);
  const role = parseRoleArn(target)?.name ?? target;
  const again = refused
    ? "AWS did not accept that code; each can be used once. Wait for the next. "
    : "";
  try {
    const code = await vscode.window.showInputBox(
      {
        title: `MFA Code of ${serial}`,
        prompt: `${again}The six digits that the device shows, to assume ${role}`,
        placeHolder: "123456",
        ignoreFocusOut: true,
        validateInput: (text) => (text === "" ? undefined : mfaCodeProblem(text.trim())),
      },
      cancellation.token,
    );
    return code?.trim() || undefined;
  } finally {
    signal.removeEventListener("abort", cancel);
    cancellation.dispose();
  }
}
