import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CANARY, DEMO, demoWorld, totp, type World } from "../sandbox/index.ts";
import { until } from "./driver/until.ts";
import type { Workbench } from "./driver/workbench.ts";
import { DemoEditor, statusBarItemId } from "./support/demoEditor.ts";
import { extensionHostsOf } from "./support/extensionHost.ts";
import { filesHolding } from "./support/filesHolding.ts";

/** The demo world, where the sessions of the role ShortLived last so long. */
function worldWithLife(seconds: number): World {
  return {
    accounts: demoWorld().accounts.map((account) => ({
      ...account,
      roles: (account.roles ?? []).map((role) =>
        role.name === "ShortLived" ? { ...role, sessionLifeSeconds: seconds } : role,
      ),
    })),
  };
}

/** Sets what the demo's folder says otherwise. */
async function writeSettings(workspace: string, settings: object): Promise<void> {
  await mkdir(join(workspace, ".vscode"), { recursive: true });
  await writeFile(join(workspace, ".vscode/settings.json"), JSON.stringify(settings));
}

const accessKeyId = (workbench: Workbench): Promise<string> =>
  workbench.terminals.run("echo $AWS_ACCESS_KEY_ID").then(({ output }) => output.trim());

describe("a session over reloads and windows", () => {
  let editor: DemoEditor;
  let workbench: Workbench;
  let other: Workbench;

  before(async () => {
    editor = await DemoEditor.start();
    ({ workbench } = editor);
  });

  after(() => editor?.stop());

  const calls = (operation: string): number =>
    editor.sandbox.requests.filter((request) => request.operation === operation).length;

  it("is there again after a reload, without a call of AWS", async () => {
    await editor.pickRole("admin");
    await workbench.quickInput.opened(`MFA Code of ${DEMO.mfaSerial}`);
    await workbench.quickInput.answer(totp(DEMO.mfaSecret, editor.sandbox.clock.now()));
    await editor.statusText(/^admin /);
    await workbench.terminals.open();
    const before = await accessKeyId(workbench);
    await workbench.reload();
    await editor.statusText(/^admin \(111122223333\) /);
    await workbench.terminals.open();
    assert.equal(await accessKeyId(workbench), before);
    assert.equal(calls("AssumeRole"), 1);
  });

  it("is there again after the extension host was killed", async () => {
    for (const pid of extensionHostsOf(workbench.folders.home)) process.kill(pid, "SIGKILL");
    await workbench.page.reload();
    await editor.statusText(/^admin \(111122223333\) /, 60_000);
    assert.equal(calls("AssumeRole"), 1);
  });

  it("lends its MFA session to another window", async () => {
    const folder = join(workbench.folders.root, "other");
    await mkdir(folder);
    other = await workbench.openWindow(folder);
    await other.command("AWS: Assume Role…");
    await other.quickInput.opened("Assume Role");
    await other.quickInput.pick("audit");
    await other.statusBar.itemWhere(statusBarItemId, ({ text }) => text.startsWith("audit "));
    assert.equal(calls("GetSessionToken"), 1);
    const item = await workbench.statusBar.item(statusBarItemId);
    assert.match(item?.text ?? "", /^admin /, "each window keeps its own role");
  });

  it("keeps its secrets off the disk but for the secret storage", async () => {
    const credentials = `${workbench.folders.home}/.aws/credentials`;
    assert.deepEqual(await filesHolding(CANARY, workbench.dataDirs()), [credentials]);
  });

  it("is forgotten with everything else, which is said", async () => {
    await other.page.close();
    await workbench.page.bringToFront();
    await workbench.command("AWS: Forget All Sessions");
    await workbench.notifications.like(/^Forgotten in all windows: .*role session/);
    await editor.statusText(/^Assume Role$/);
    await workbench.reload();
    await editor.statusText(/^Assume Role$/);
  });
});

describe("a session that is renewed", () => {
  const lifeSeconds = 40;
  let editor: DemoEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await DemoEditor.start({
      world: worldWithLife(lifeSeconds),
      prepare: ({ workspace }) => writeSettings(workspace, {}),
    });
    ({ workbench } = editor);
  });

  after(() => editor?.stop());

  it("gets its next credentials silently, before the end", async () => {
    await editor.pickRole("short-lived");
    await editor.statusText(/^short-lived .* \d+s$/);
    await workbench.terminals.open();
    const before = await accessKeyId(workbench);
    await editor.statusText(/ (1\d)s$/, 60_000);
    await editor.statusText(/ (3\d)s$/, 60_000);
    assert.deepEqual(await workbench.notifications.shown(), []);
    await workbench.terminals.open();
    assert.notEqual(await accessKeyId(workbench), before);
    assert.match((await workbench.terminals.run("./whoami")).output, /assumed-role\/ShortLived\//);
  });

  it("is shown as expired at once after a sleep past its end, and denied", async () => {
    await editor.statusText(/ 3\ds$/, 60_000);
    const hosts = extensionHostsOf(workbench.folders.home);
    assert.ok(hosts.length > 0);
    for (const pid of hosts) process.kill(pid, "SIGSTOP");
    try {
      await new Promise((resolve) => setTimeout(resolve, (lifeSeconds + 2) * 1000));
    } finally {
      for (const pid of hosts) process.kill(pid, "SIGCONT");
    }
    await editor.statusText(/^short-lived: expired$/);
    const identity = await until("an answer in a new terminal", async () => {
      await workbench.terminals.open();
      return (await workbench.terminals.run("./whoami 2>&1")).output.trim();
    });
    assert.match(identity, /^InvalidClientTokenId/);
  });
});

describe("a session that nothing renews", () => {
  let editor: DemoEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await DemoEditor.start({
      world: worldWithLife(90),
      prepare: ({ workspace }) =>
        writeSettings(workspace, {
          "awsAssumeRole.renewal": "ask",
          "awsAssumeRole.warningMinutes": 1.3,
        }),
    });
    ({ workbench } = editor);
  });

  after(() => editor?.stop());

  it("is told of before its end, and renewed with a click", async () => {
    await editor.pickRole("short-lived");
    const { text, buttons, severity } = await workbench.notifications.like(
      /nothing renews it/,
      30_000,
    );
    assert.match(text, /^The session of the AWS role short-lived ends at \d\d:\d\d/);
    assert.deepEqual(buttons, ["Renew", "Drop", "Remind Me Later"]);
    assert.equal(severity, "warning");
    await workbench.screenshot("warning");
    await workbench.notifications.click(/nothing renews it/, "Renew");
    await until("a second session", async () => {
      const requests = editor.sandbox.requests.filter(
        ({ operation }) => operation === "AssumeRole",
      );
      return requests.length === 2;
    });
  });
});
