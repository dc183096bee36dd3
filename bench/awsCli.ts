import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { ProcessGroup } from "../scripts/hosts/processGroup.ts";

/** An AWS CLI on this machine. */
export interface AwsCli {
  /** Absolute path. */
  readonly program: string;
  /** As `aws-cli/2.9.0`. */
  readonly version: string;
}

/** The `aws` on PATH, or undefined if there is none that runs. */
export function findAwsCli(): AwsCli | undefined {
  const program = withoutShim(programsOnPath("aws")[0]);
  if (program === undefined) return undefined;
  const { status, stdout, stderr } = spawnSync(program, ["--version"], { encoding: "utf8" });
  const [version] = /aws-cli\/\S+/.exec(`${stdout}${stderr}`) ?? [];
  return status === 0 && version !== undefined ? { program, version } : undefined;
}

/** Ms from the start of `aws sts assume-role` to its end. */
export async function assumeByCli(
  { program }: AwsCli,
  roleArn: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const names = ["--role-arn", roleArn, "--role-session-name", "bench"];
  const startedAt = performance.now();
  const cli = new ProcessGroup(program, ["sts", "assume-role", ...names], {
    env: { ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const code = await cli.ended;
  const took = performance.now() - startedAt;
  if (code !== 0) throw new Error(`aws sts assume-role ended with exit code ${code}.`);
  return took;
}

/** pyenv's shims are shell scripts that take longer than the CLI's own call; nobody else has them. */
function withoutShim(program: string | undefined): string | undefined {
  if (program === undefined || !program.includes(join(".pyenv", "shims"))) return program;
  const { status, stdout } = spawnSync("pyenv", ["which", "aws"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : program;
}

function programsOnPath(name: string): string[] {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .filter(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
