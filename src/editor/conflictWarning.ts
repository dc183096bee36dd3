import * as vscode from "vscode";
import { namesCredentials } from "../aws/chain/base.ts";
import type { SharedConfig } from "../aws/config/profiles.ts";
import { type Conflict, conflictsIn } from "../injection/conflicts.ts";
import { inheritedBy } from "../injection/inherited.ts";
import type { OnceMessages } from "./onceMessages.ts";

const unset = "Unset in Terminals";

/**
 * Tells the user at once if what terminals inherit takes a tool away from the role, and unsets it
 * by the setting `terminal.integrated.env.*` if they wish: an extension's own collection of
 * variables can set, but not unset.
 */
export async function warnOfConflicts(
  config: SharedConfig,
  roleName: string,
  messages: OnceMessages,
): Promise<void> {
  const setting = terminalEnvSetting();
  const inherited = inheritedBy(process.env, setting.value);
  const conflicts = conflictsIn(inherited, (name) => {
    const profile = config.profiles.get(name);
    return profile && namesCredentials(profile);
  });
  if (conflicts.length === 0) return;
  const chosen = await messages.warn(sentenceOf(conflicts, roleName), unset);
  if (chosen !== unset) return;
  const nulls = Object.fromEntries(conflicts.map(({ variable }) => [variable, null]));
  await setting.update({ ...setting.userValue, ...nulls });
}

function sentenceOf(conflicts: readonly Conflict[], roleName: string): string {
  const parts = conflicts.map(({ variable, effect }) => `${variable} ${effect}`);
  const it = conflicts.length === 1 ? "it" : "them";
  return `In your terminals, ${parts.join("; ")}. Unset ${it}, and open a new terminal to work as ${roleName} everywhere.`;
}

type TerminalEnv = Readonly<Record<string, string | null>>;

interface TerminalEnvSetting {
  readonly value: TerminalEnv;
  readonly userValue: TerminalEnv;
  readonly update: (value: TerminalEnv) => Thenable<void>;
}

/** The setting of the system that terminals run on, which is the one that the extension runs on. */
function terminalEnvSetting(): TerminalEnvSetting {
  const systems: Partial<Record<NodeJS.Platform, string>> = { darwin: "osx", win32: "windows" };
  const name = `env.${systems[process.platform] ?? "linux"}`;
  const settings = vscode.workspace.getConfiguration("terminal.integrated");
  return {
    value: settings.get<TerminalEnv>(name, {}),
    userValue: settings.inspect<TerminalEnv>(name)?.globalValue ?? {},
    update: (value) => settings.update(name, value, vscode.ConfigurationTarget.Global),
  };
}
