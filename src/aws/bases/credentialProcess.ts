import type { BaseCredentials } from "../calls/credentials.ts";
import { homeFolder } from "../config/profiles.ts";
import { BaseError } from "./baseError.ts";
import type { BaseContext } from "./context.ts";
import { processOutput } from "./processOutput.ts";
import { runProcess } from "./runProcess.ts";
import { splitCommand } from "./splitCommand.ts";
import { untrustedFile } from "./untrustedFile.ts";

/** Long enough for a person to touch a security key or to answer a dialog. */
const timeoutMs = 60_000;

/**
 * What the `credential_process` of a profile prints. The SDK's own provider runs it in a shell,
 * where the CLI does not; it waits for it forever, and loses what it says on stderr.
 */
export async function credentialProcess(
  profile: string,
  { config, environment, untrustedFolders, signal }: BaseContext,
): Promise<BaseCredentials> {
  const file = await untrustedFile(config.files, untrustedFolders);
  if (file !== undefined) {
    throw new BaseError("ProcessUntrusted", `${file} lies in a folder that is not trusted.`);
  }
  const command = config.profiles.get(profile)?.properties["credential_process"] ?? "";
  const words = splitCommand(command, process.platform);
  // In the home folder, not in the workspace: no program of a repository is found by accident.
  const terms = { environment, folder: homeFolder(environment), timeoutMs, signal };
  return processOutput(await runProcess(words, terms));
}
