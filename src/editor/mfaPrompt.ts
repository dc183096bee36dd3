import * as vscode from "vscode";
import { parseRoleArn } from "../aws/arn.ts";
import type { MfaRequest } from "../aws/execute.ts";
import { mfaCodeProblem } from "../aws/limits.ts";

/** Asks for the code of an MFA device. `undefined` if the user gives up, or the signal aborts. */
export async function promptForMfaCode(
  { serial, roleArn, refused }: MfaRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = (): void => cancellation.cancel();
  signal.addEventListener("abort", cancel);
  const role = parseRoleArn(roleArn)?.name ?? roleArn;
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
