import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

/** The first line of what a program says of its version; `undefined` if it isn't installed. */
export function versionOf(program: string, ...args: readonly string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? (stdout || stderr).trim().split("\n")[0] : undefined;
}

/** Says what a part of the run works with, or that it is left out; whether it is there. */
export function announce(what: string, version: string | undefined): boolean {
  console.log(version === undefined ? `${what}: not installed, left out` : `${what}: ${version}`);
  return version !== undefined;
}

/** What a program printed. Throws its last words if it failed. */
export function output(
  [program = "", ...args]: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(stdout) : reject(new Error(stderr.trim() || `It ended with ${code}.`)),
    );
  });
}

/** Starts a server and waits until it answers. */
export async function startServer(command: readonly string[], url: string): Promise<ChildProcess> {
  const [program = "", ...args] = command;
  const server = spawn(program, args, { stdio: "ignore" });
  for (let left = 200; left > 0 && server.exitCode === null; left -= 1) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return server;
    await delay(100);
  }
  server.kill();
  throw new Error(`${command.join(" ")} did not answer at ${url}.`);
}
