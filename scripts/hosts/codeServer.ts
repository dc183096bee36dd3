import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheFolder } from "./paths.ts";
import { runLogged } from "./runLogged.ts";
import { buildPackages, ensurePackages } from "./systemPackages.ts";

const version = "4.139.1";
/** The Node.js that this code-server requires; its package also has the headers to compile with. */
const nodePackage = `node-linux-${process.arch}`;
const nodeVersion = "24.21.0";

/** A code-server on this disk. All paths are absolute. */
export interface CodeServer {
  /** The Node.js to run it with. */
  readonly node: string;
  /** The code-server program: serves VS Code as a user has it. */
  readonly entry: string;
  /** VS Code's own server, which can also run tests inside the extension host. */
  readonly serverMain: string;
}

/**
 * Finds code-server in the cache, or installs it there, which takes some minutes.
 * The folder gets its name when all of it is in place, so a half-finished one is never used.
 */
export async function ensureCodeServer(): Promise<CodeServer> {
  const folder = join(cacheFolder, `code-server-${version}`);
  if (!existsSync(folder)) {
    await ensurePackages(buildPackages);
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    await install(unfinished);
    renameSync(unfinished, folder);
  }
  const server = join(folder, "server/node_modules/code-server");
  return {
    node: join(nodeFolder(folder), "bin/node"),
    entry: join(server, "out/node/entry.js"),
    serverMain: join(server, "lib/vscode/out/server-main.js"),
  };
}

function nodeFolder(folder: string): string {
  return join(folder, "node/node_modules", nodePackage);
}

async function install(folder: string): Promise<void> {
  const env = npmEnvironment();
  await npmInstall(join(folder, "node"), `${nodePackage}@${nodeVersion}`, env);
  const node = nodeFolder(folder);
  await npmInstall(join(folder, "server"), `code-server@${version}`, {
    ...env,
    PATH: `${join(node, "bin")}${delimiter}${env["PATH"] ?? ""}`,
    npm_config_nodedir: node,
  });
}

/** What an enclosing `npm run` says about this project must not reach an install elsewhere. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const ofThisProject =
    /^(npm_(package|lifecycle)_|npm_config_(local_prefix|user_agent)$|INIT_CWD$)/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ofThisProject.test(name)),
  );
}

async function npmInstall(folder: string, spec: string, env: NodeJS.ProcessEnv): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, allowScripts: { "code-server": true } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  await runLogged({
    what: `Installing ${spec}`,
    log: spec.replace(/@.*/, ""),
    command: "npm",
    args: ["install", "--no-audit", "--no-fund", "--ignore-scripts=false", spec],
    cwd: folder,
    env,
  });
}
