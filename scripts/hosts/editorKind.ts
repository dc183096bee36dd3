import { buildPackages, hasApt, isRoot, missingPackages } from "./systemPackages.ts";

/** Which VS Code the tests run in: code-server in a headless browser, or the desktop's. */
export type EditorKind = "code-server" | "desktop";

/**
 * code-server where it can be installed without asking anyone, since it needs no display and no
 * download outside the package registries; else the desktop editor.
 * AWS_ASSUME_ROLE_TEST_EDITOR overrides.
 */
export function editorKind(): EditorKind {
  const wanted = process.env["AWS_ASSUME_ROLE_TEST_EDITOR"] ?? "";
  if (wanted === "code-server" || wanted === "desktop") return wanted;
  if (wanted !== "") {
    throw new Error(
      `AWS_ASSUME_ROLE_TEST_EDITOR is "${wanted}": it can be code-server or desktop.`,
    );
  }
  const installable = hasApt() && (isRoot() || missingPackages(buildPackages).length === 0);
  return installable ? "code-server" : "desktop";
}
