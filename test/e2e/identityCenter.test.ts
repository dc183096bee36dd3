import assert from "node:assert/strict";
import { CANARY, DEMO, type Sandbox } from "../sandbox/index.ts";
import type { Workbench } from "./driver/workbench.ts";
import { DemoEditor } from "./support/demoEditor.ts";
import { filesHolding } from "./support/filesHolding.ts";

const signInTitle = "Sign In to IAM Identity Center: demo";
const readOnly = /assumed-role\/AWSReservedSSO_ReadOnly_\w+\/dev@example\.com$/;

describe("IAM Identity Center in an editor in the browser", () => {
  let editor: DemoEditor;
  let sandbox: Sandbox;
  let workbench: Workbench;

  before(async () => {
    editor = await DemoEditor.start();
    ({ sandbox, workbench } = editor);
  });

  after(() => editor?.stop());

  it("shows a code to sign in with, and leaves it quietly at Escape", async () => {
    await editor.pickRole("people");
    await workbench.quickInput.opened(signInTitle);
    await workbench.screenshot("sign-in");
    await workbench.quickInput.escape();
    await editor.statusText(/^Assume Role$/);
    assert.deepEqual(await workbench.notifications.shown(), []);
  });

  it("works as the permission set once the code was entered on another machine", async () => {
    await editor.pickRole("people");
    await workbench.quickInput.opened(signInTitle);
    const code = /code ([A-Z]{4}-[A-Z]{4}) on/.exec(await workbench.quickInput.placeholder())?.[1];
    assert.ok(code, "there is a code");
    assert.equal((await fetch(`${sandbox.url}/device?user_code=${code}`)).status, 200);
    await editor.statusText(new RegExp(`^people \\(${DEMO.accountId}\\) `));
    assert.match(await editor.whoAmIInNewTerminal(), readOnly);
  });

  it("is the first step of a chain of roles, without another sign-in", async () => {
    await editor.pickRole("people-deploy");
    await editor.statusText(new RegExp(`^people-deploy \\(${DEMO.productionAccountId}\\) `));
    assert.match(await editor.whoAmIInNewTerminal(), /444455556666:assumed-role\/Deploy\//);
    const operations = sandbox.requests.map(({ operation }) => operation);
    assert.equal(operations.filter((name) => name === "RegisterClient").length, 1);
  });

  it("offers the roles of the sign-in that no profile names", async () => {
    await editor.pickRole("demo-production/Support");
    await editor.statusText(
      new RegExp(`^demo-production/Support \\(${DEMO.productionAccountId}\\)`),
    );
    assert.match(await editor.whoAmIInNewTerminal(), /444455556666:.*AWSReservedSSO_Support_/);
  });

  it("keeps tokens off the disk but for the secret storage", async () => {
    // The sandbox's access, refresh and client secrets begin so.
    for (const prefix of ["aoaAAAAA.", "aorAAAAA.", "client."]) {
      assert.deepEqual(await filesHolding(`${prefix}${CANARY}`, workbench.dataDirs()), []);
    }
  });
});

describe("IAM Identity Center with the browser on the editor's machine", () => {
  let editor: DemoEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await DemoEditor.start({
      settings: {
        "awsAssumeRole.sso.signIn": "browser",
      },
    });
    ({ workbench } = editor);
  });

  after(() => editor?.stop());

  it("opens a page that leads back to the editor", async () => {
    const page = workbench.nextPage();
    await editor.pickRole("people");
    await workbench.quickInput.opened(signInTitle);
    assert.match((await (await page).textContent("body")) ?? "", /You are signed in/);
    await editor.statusText(new RegExp(`^people \\(${DEMO.accountId}\\) `));
    assert.match(await editor.whoAmIInNewTerminal(), readOnly);
  });
});
