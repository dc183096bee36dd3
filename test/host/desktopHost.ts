import { runTests } from "@vscode/test-electron";
import { ensureDesktop } from "../../scripts/hosts/desktop.ts";
import { projectRoot } from "../../scripts/hosts/paths.ts";
import { createRunFolders, removeRunFolders } from "../e2e/driver/runFolders.ts";

/**
 * Runs a tests module in the extension host of desktop VS Code, with the extension loaded from this
 * project's folder.
 * @param tests the module, absolute.
 */
export async function runOnDesktop(tests: string): Promise<void> {
  const folders = createRunFolders();
  try {
    await runTests({
      vscodeExecutablePath: await ensureDesktop(),
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: tests,
      extensionTestsEnv: { HOME: folders.home, ...withoutAws() },
      launchArgs: [
        folders.workspace,
        "--disable-extensions",
        `--user-data-dir=${folders.userData}`,
        `--extensions-dir=${folders.extensions}`,
      ],
    });
  } finally {
    removeRunFolders(folders);
  }
}

/** Takes the AWS variables of this process out of the environment that the editor inherits. */
function withoutAws(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => name.startsWith("AWS_"));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
