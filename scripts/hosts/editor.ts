import { ensureChromium } from "./chromium.ts";
import { ensureCodeServer } from "./codeServer.ts";
import { ensureDesktop } from "./desktop.ts";
import { editorKind } from "./editorKind.ts";

/**
 * Makes sure that the editor for the tests is on this machine; the first time that takes minutes.
 * @throws an Error that says what is missing and what to do.
 */
export async function ensureEditor(): Promise<void> {
  if (editorKind() === "desktop") {
    await ensureDesktop();
    return;
  }
  await ensureChromium();
  await ensureCodeServer();
}
