import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./paths.ts";

const tailLines = 40;

export interface LoggedCommand {
  /** What is being done, for the progress line and the error. */
  readonly what: string;
  /** Base name of the log file under .cache/logs; a later run overwrites it. */
  readonly log: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a long set-up command with its output in a log file.
 * @throws an Error with the end of the log if the command fails.
 */
export async function runLogged(task: LoggedCommand): Promise<void> {
  const file = join(cacheFolder, "logs", `${task.log}.log`);
  mkdirSync(join(cacheFolder, "logs"), { recursive: true });
  console.log(`${task.what}… (log: ${file})`);
  const output = openSync(file, "w");
  try {
    const outcome = await exitOf(task, output);
    if (outcome !== "") throw new Error(`${task.what}: ${outcome}\n${tail(file)}\nLog: ${file}`);
  } finally {
    closeSync(output);
  }
}

function exitOf(task: LoggedCommand, output: number): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(task.command, task.args, {
      cwd: task.cwd,
      env: task.env ?? process.env,
      stdio: ["ignore", output, output],
    });
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code, signal) => {
      resolve(code === 0 ? "" : `${task.command} ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}

function tail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-tailLines).join("\n");
}
