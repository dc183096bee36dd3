import { BaseError } from "../aws/bases/baseError.ts";
import { runProcess } from "../aws/bases/runProcess.ts";
import type { Environment } from "../aws/config/profiles.ts";

/** A key that has to be touched gives its owner this long. Ms. */
const timeoutMs = 60_000;

/** What a command made of its task. */
export type MfaCommandResult =
  | { readonly code: string; readonly problem?: never }
  | { readonly problem: string; readonly code?: never };

/**
 * Runs the command that the user set to get MFA codes, in the system's shell, and takes the six
 * digits out of what it prints.
 */
export async function codeFromCommand(
  command: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<MfaCommandResult> {
  try {
    const terms = { environment, folder: undefined, timeoutMs, signal, shell: true };
    const { exitCode, stdout, stderr } = await runProcess([command], terms);
    const code = /(?<!\d)\d{6}(?!\d)/.exec(stdout)?.[0];
    if (exitCode !== 0) return { problem: reasonOf(exitCode, stderr) };
    return code === undefined ? { problem: "It printed no code of six digits." } : { code };
  } catch (error) {
    if (error instanceof BaseError) return { problem: error.message };
    throw error;
  }
}

function reasonOf(exitCode: number | null, stderr: string): string {
  const said = stderr.trim().split("\n").at(-1) ?? "";
  return said === ""
    ? `It ended with ${exitCode ?? "a signal"}.`
    : `It said: ${said.slice(0, 200)}`;
}
