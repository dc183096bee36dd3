import {
  createRunFolders,
  type RunFolders,
  removeRunFolders,
} from "../test/e2e/driver/runFolders.ts";
import { demoEnvironment, writeDemoMachine } from "../test/sandbox/demo/demoMachine.ts";
import { demoWorld, startSandbox } from "../test/sandbox/index.ts";
import { packageExtension } from "./build/extensionPackage.ts";
import { checkDemo } from "./demo/check.ts";
import { openDemo } from "./demo/open.ts";

/**
 * Shows the extension at work without an AWS account: a simulated AWS, and a real VS Code with a
 * sample folder. With --check it is driven by itself, and the exit code tells whether all held.
 */
const folders: RunFolders = createRunFolders();
process.on("exit", () => removeRunFolders(folders));
const sandbox = await startSandbox({ world: demoWorld() });
await writeDemoMachine(folders);
const launch = { vsix: packageExtension(), folders, env: demoEnvironment(sandbox.url) };
try {
  if (process.argv.includes("--check")) await checkDemo(launch);
  else await openDemo(launch);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await sandbox.stop();
}
