import * as vscode from "vscode";
import type { FileLine } from "../aws/config/locate.ts";

/** Opens a file with the cursor on a line. */
export async function openAt({ file, line }: FileLine): Promise<void> {
  const position = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), {
    selection: new vscode.Range(position, position),
  });
}
