import * as vscode from "vscode";
import { locateProfile } from "../aws/config/locate.ts";
import type { SharedConfigFiles } from "../aws/config/profiles.ts";
import type { Explanation, Remedy } from "../aws/explain/explanation.ts";
import { commandIds } from "./ids.ts";
import { openAt } from "./openAt.ts";
import { openSetting } from "./settings.ts";

const showLog = "Show Log";

const labels: Readonly<Record<Remedy["kind"], string>> = {
  "open-file": "Open Profile",
  "open-profile": "Open Profile",
  "open-roles-setting": "Open Settings",
  decode: "Decode",
  "try-again": "Try Again",
};

/** Tells the user why a role was not assumed, and does what they choose. */
export async function showFailure(
  { what, why, fix, remedy }: Explanation,
  files: SharedConfigFiles,
  tryAgain: () => Promise<void>,
): Promise<void> {
  const buttons = remedy ? [labels[remedy.kind], showLog] : [showLog];
  const chosen = await vscode.window.showErrorMessage(plain(`${what} ${why} ${fix}`), ...buttons);
  if (chosen === showLog) await vscode.commands.executeCommand(commandIds.showLog);
  else if (chosen !== undefined && remedy) await carryOut(remedy, files, tryAgain);
}

async function carryOut(
  remedy: Remedy,
  files: SharedConfigFiles,
  tryAgain: () => Promise<void>,
): Promise<void> {
  switch (remedy.kind) {
    case "open-file":
      return openAt(remedy.place);
    case "open-profile": {
      const place = await locateProfile(files, remedy.profile, remedy.key);
      return openAt(place ?? { file: files.config, line: 1 });
    }
    case "open-roles-setting":
      return openSetting("roles");
    case "decode":
      await vscode.commands.executeCommand(commandIds.decodeMessage, remedy.message);
      return;
    case "try-again":
      return tryAgain();
  }
}

/** VS Code makes links of Markdown in a message; text from outside must not become one. */
function plain(text: string): string {
  return text.replaceAll("](", "] (");
}
