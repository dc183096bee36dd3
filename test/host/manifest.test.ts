import assert from "node:assert/strict";
import * as vscode from "vscode";

const prefix = "awsAssumeRole.";

/** As much of package.json as is compared with the running editor. */
interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration?: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

describe("the manifest", () => {
  let manifest: Manifest;

  before(async () => {
    const extension = vscode.extensions.all.find(({ id }) => id.endsWith(".aws-assume-role"));
    assert.ok(extension, "the extension is not loaded");
    await extension.activate();
    manifest = extension.packageJSON as Manifest;
  });

  it("names exactly the commands that are registered", async () => {
    const registered = (await vscode.commands.getCommands(true)).filter(isOurs);
    const declared = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered.sort(), declared.sort());
  });

  it("names exactly the settings that the editor knows", () => {
    const declared = Object.keys(manifest.contributes.configuration?.properties ?? {});
    const section = vscode.workspace.getConfiguration("awsAssumeRole");
    const known = declared.filter((name) => section.has(name.slice(prefix.length)));
    assert.deepEqual(known, declared);
    assert.ok(declared.every(isOurs), `all settings start with ${prefix}`);
  });
});

function isOurs(id: string): boolean {
  return id.startsWith(prefix);
}
