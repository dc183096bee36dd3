import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { packageExtension } from "../../scripts/build/extensionPackage.ts";
import { keepPicturesOfFailures } from "./driver/picturesOfFailures.ts";
import { Workbench } from "./driver/workbench.ts";

describe("the packaged extension in a real workbench", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start({
      vsix: packageExtension(),
      env: { GREETING: "from the editor's environment" },
    });
  });

  after(() => workbench?.stop());

  keepPicturesOfFailures(() => workbench);

  it("is in the command palette", async () => {
    await workbench.hasCommand("AWS: Assume Role…");
  });

  it("leaves terminals with the editor's environment and no AWS variable", async () => {
    await workbench.terminals.open();
    const { output, exitCode } = await workbench.terminals.run(
      'echo "$GREETING"\nenv | grep ^AWS_\n(exit 3)',
    );
    assert.deepEqual(
      { output, exitCode },
      { output: "from the editor's environment\n", exitCode: 3 },
    );
  });

  it("is there after a reload, and so are the terminals", async () => {
    await workbench.terminals.run("before=reload");
    await workbench.reload();
    assert.equal((await workbench.terminals.run('echo "$before"')).output, "reload\n");
    await workbench.hasCommand("AWS: Assume Role…");
  });

  it("can have its picture taken", async () => {
    await workbench.terminals.typeLine("echo A real workbench");
    await workbench.quickInput.openPaletteAt("AWS: Assume Role…");
    const picture = await workbench.screenshot("smoke");
    await workbench.quickInput.escape();
    assert.ok(statSync(picture).size > 10_000);
  });
});
