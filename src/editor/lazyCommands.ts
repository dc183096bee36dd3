/**
 * What few windows ask for. A bundle of its own (esbuild.mjs): it is loaded with the first of these
 * commands, never at activation.
 */
export { promptForRole } from "./arnPrompt.ts";
export { copyCredentials } from "./copyCredentials.ts";
export { decodeMessage } from "./decodeMessage.ts";
export { forgetAllSessions } from "./forgetAll.ts";
export { openConsole } from "./openConsole.ts";
