import assert from "node:assert/strict";
import { CANARY, demoWorld, type World } from "../sandbox/index.ts";
import type { Workbench } from "./driver/workbench.ts";
import { DemoEditor, statusBarItemId } from "./support/demoEditor.ts";

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
  let editor: DemoEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await DemoEditor.start({ world: hastyWorld() });
    ({ workbench } = editor);
  });

  after(() => editor?.stop());

  it("is counted down in seconds on a warning colour", async () => {
    await editor.pickRole("short-lived");
    const first = await editor.statusText(/\d+s$/);
    assert.equal(first.background, "warning");
    assert.match(first.ariaLabel, /less than a minute left$/);
    await workbench.terminals.open();
    const { output } = await workbench.terminals.run("./whoami");
    assert.match(output, /assumed-role\/ShortLived\//);
    const later = await workbench.statusBar.item(statusBarItemId);
    assert.match(later?.text ?? "", /^short-lived \(111122223333\) \d+s$/);
    assert.notEqual(later?.text, first.text);
  });

  it("is shown, and denies access in the terminals that are open", async () => {
    const expired = await editor.statusText(/^short-lived: expired$/, (lifeSeconds + 15) * 1000);
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
    await editor.statusText(/\d+s$/);
    await workbench.terminals.open();
    const { output } = await workbench.terminals.run("./whoami");
    assert.match(output, /assumed-role\/ShortLived\//);
  });
});
