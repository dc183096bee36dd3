import { closeSync, existsSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumArguments, ensureChromium } from "../../scripts/hosts/chromium.ts";
import { ensureCodeServer } from "../../scripts/hosts/codeServer.ts";
import { freePort, untilServing } from "../../scripts/hosts/loopback.ts";
import { projectRoot } from "../../scripts/hosts/paths.ts";
import { ProcessGroup } from "../../scripts/hosts/processGroup.ts";
import { cleanEnvironment, createRunFolders, removeRunFolders } from "../e2e/driver/runFolders.ts";

/**
 * Runs a tests module in the extension host of VS Code's own server, with the extension loaded from
 * this project's folder.
 * @param tests the module, absolute.
 * @param finished waits until the tests have written their last event.
 */
export async function runOnCodeServer(
  tests: string,
  finished: (hasEnded: () => boolean) => Promise<void>,
): Promise<void> {
  const folders = createRunFolders();
  const env = cleanEnvironment(folders, {});
  const [program, executablePath] = [await ensureCodeServer(), await ensureChromium()];
  const port = await freePort();
  const server = startServer(program.node, program.serverMain, port, folders.userData, env);
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments], env });
  try {
    await untilServing(`http://127.0.0.1:${port}/version`, server);
    const page = await browser.newPage();
    await page.goto(testPage(port, folders.workspace, tests));
    await finished(() => server.hasEnded);
  } catch (error) {
    throw new Error(`No result from the extension host.\n${hostLog(folders.userData)}`, {
      cause: error,
    });
  } finally {
    await browser.close();
    await server.stop();
    removeRunFolders(folders);
  }
}

function startServer(
  node: string,
  serverMain: string,
  port: number,
  data: string,
  env: Record<string, string>,
): ProcessGroup {
  const output = openSync(join(data, "server.log"), "a");
  const args = [
    serverMain,
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--without-connection-token",
    "--accept-server-license-terms",
    // Without it the page's wish to run tests is ignored.
    "--enable-smoke-test-driver",
    "--server-data-dir",
    data,
    "--disable-telemetry",
    "--disable-workspace-trust",
  ];
  try {
    return new ProcessGroup(node, args, { env, stdio: ["ignore", output, output] });
  } finally {
    closeSync(output);
  }
}

function testPage(port: number, folder: string, tests: string): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set("folder", folder);
  url.searchParams.set(
    "payload",
    JSON.stringify([
      ["extensionDevelopmentPath", remote(projectRoot)],
      ["extensionTestsPath", remote(tests)],
    ]),
  );
  return url.href;
}

/** What the server and its extension host logged. */
function hostLog(data: string): string {
  const logs = join(data, "data/logs");
  if (!existsSync(logs)) return readFileSync(join(data, "server.log"), "utf8");
  return readdirSync(logs, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("remoteexthost.log"))
    .map((file) => readFileSync(join(logs, file), "utf8"))
    .join("\n");
}
