import { join } from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { cacheFolder } from "./paths.ts";
import { buildPackages, installHint } from "./systemPackages.ts";

/**
 * The program of a desktop VS Code in the cache, downloaded if need be.
 * @throws an Error that names the other way to an editor if the download fails.
 */
export async function ensureDesktop(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({
      version: "stable",
      cachePath: join(cacheFolder, "desktop"),
    });
  } catch (error) {
    throw new Error(
      "VS Code could not be downloaded. On Linux, code-server does instead: " +
        `${installHint([...buildPackages, "chromium"])} ` +
        "Then set AWS_ASSUME_ROLE_TEST_EDITOR=code-server.",
      { cause: error },
    );
  }
}
