import {
  createRunFolders,
  type RunFolders,
  removeRunFolders,
} from "../test/e2e/driver/runFolders.ts";

/** Folders of this process, which are deleted when it ends, on a signal as well. */
export function temporaryFolders(): RunFolders {
  const folders = createRunFolders();
  const remove = (): void => removeRunFolders(folders);
  process.on("exit", remove);
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.prependListener(signal, () => {
      // Last of the listeners: the others end the programs that still write to the folders.
      process.off("exit", remove);
      process.on("exit", remove);
      process.exit(code);
    });
  }
  return folders;
}
