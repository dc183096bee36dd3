import assert from "node:assert/strict";
import { basename } from "node:path";
import * as vscode from "vscode";

/** The extension's bundles that this host has loaded. */
function loadedBundles(folder: string): string[] {
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(folder))
    .map((file) => basename(file))
    .sort();
}

describe("activation", () => {
  it("comes by itself after the start, and loads neither the SDK nor the config's parser", async () => {
    const extension = vscode.extensions.all.find(({ id }) => id.endsWith(".aws-assume-role"));
    assert.ok(extension, "the extension is not loaded");
    await extension.activate();
    const dist = vscode.Uri.joinPath(extension.extensionUri, "dist").fsPath;
    assert.deepEqual(loadedBundles(dist), ["extension.cjs"]);
  });

  it("loads the rest while the first picker is open", async () => {
    const extension = vscode.extensions.all.find(({ id }) => id.endsWith(".aws-assume-role"));
    assert.ok(extension, "the extension is not loaded");
    const picker = vscode.commands.executeCommand("awsAssumeRole.assumeRole");
    const dist = vscode.Uri.joinPath(extension.extensionUri, "dist").fsPath;
    const deadline = Date.now() + 10_000;
    while (loadedBundles(dist).length < 4 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await picker;
    assert.deepEqual(loadedBundles(dist), [
      "execution.cjs",
      "extension.cjs",
      "sdk.cjs",
      "sharedConfigLoader.cjs",
    ]);
  });
});
