import assert from "node:assert/strict";
import { packageExtension } from "../../scripts/build/extensionPackage.ts";
import { demoEnvironment, writeDemoMachine } from "../sandbox/demo/demoMachine.ts";
import { CANARY, demoWorld, type Sandbox, startSandbox, type World } from "../sandbox/index.ts";
import { createRunFolders } from "./driver/runFolders.ts";
import { Workbench } from "./driver/workbench.ts";

const itemId = "aws-assume-role.aws-assume-role.session";
const lifeSeconds = 25;

/** The real passing of time is the point here, so the session is as short as a test can bear. */
function hastyWorld(): World {
  return {
    accounts: demoWorld().accounts.map((account) => ({
      ...account,
      roles: (account.roles ?? []).map((role) =>
        role.name === "ShortLived" ? { ...role, sessionLifeSeconds: lifeSeconds } : role,
      ),
    })),
  };
}

describe("the end of a session", () => {
  let sandbox: Sandbox;
  let workbench: Workbench;

  before(async () => {
    sandbox = await startSandbox({ world: hastyWorld() });
    const folders = createRunFolders();
    await writeDemoMachine(folders);
    workbench = await Workbench.start({
      vsix: packageExtension(),
      folders,
      env: demoEnvironment(sandbox.url),
    });
  });

  after(async () => {
    await workbench?.stop();
    await sandbox?.stop();
  });

  it("is counted down in seconds on a warning colour", async () => {
    await workbench.command("AWS: Assume Role…");
    await workbench.quickInput.opened("Assume Role");
    await workbench.quickInput.pick("short-lived");
    const first = await workbench.statusBar.itemWhere(itemId, ({ text }) => /\d+s$/.test(text));
    assert.equal(first.background, "warning");
    assert.match(first.ariaLabel, /less than a minute left$/);
    await workbench.terminals.open();
    const { output } = await workbench.terminals.run("./whoami");
    assert.match(output, /assumed-role\/ShortLived\//);
    const later = await workbench.statusBar.item(itemId);
    assert.match(later?.text ?? "", /^short-lived \(111122223333\) \d+s$/);
    assert.notEqual(later?.text, first.text);
  });

  it("is shown, and denies access in the terminals that are open", async () => {
    const expired = await workbench.statusBar.itemWhere(
      itemId,
      ({ text }) => text === "short-lived: expired",
      (lifeSeconds + 15) * 1000,
    );
    assert.equal(expired.background, "error");
    assert.match(expired.ariaLabel, /the session has expired, access is denied/);
    const { output, exitCode } = await workbench.terminals.run("./whoami");
    assert.match(output, /^ExpiredToken/);
    assert.equal(exitCode, 1);
  });

  it("denies access in new terminals: nobody falls back to the default profile", async () => {
    await workbench.terminals.open();
    const { output, exitCode } = await workbench.terminals.run("./whoami");
    assert.match(output, /^InvalidClientTokenId/);
    assert.equal(exitCode, 1);
    const secrets = await workbench.terminals.run(`env | grep -c ${CANARY}`);
    assert.equal(secrets.output.trim(), "0");
    await workbench.terminals.showCommand("./whoami", /InvalidClientTokenId/);
    await workbench.screenshot("expired");
  });

  it("is undone by a renewal", async () => {
    await workbench.command("AWS: Renew Session");
    await workbench.statusBar.itemWhere(itemId, ({ text }) => /\d+s$/.test(text));
    await workbench.terminals.open();
    const { output } = await workbench.terminals.run("./whoami");
    assert.match(output, /assumed-role\/ShortLived\//);
  });
});
