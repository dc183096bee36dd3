import assert from "node:assert/strict";
import { until } from "./driver/until.ts";
import type { Workbench } from "./driver/workbench.ts";
import { DemoEditor } from "./support/demoEditor.ts";

describe("a session outside of the editor's terminals", () => {
  let editor: DemoEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await DemoEditor.start({
      settings: { "awsAssumeRole.clipboardSeconds": 5 },
    });
    ({ workbench } = editor);
    await editor.pickRole("hub");
    await editor.statusText(/^hub /);
  });

  after(() => editor?.stop());

  it("opens the console at a page, signed in as the role", async () => {
    await workbench.command("AWS: Open Console as Role");
    await workbench.quickInput.opened("Open Console as hub");
    await workbench.screenshot("console");
    const opened = workbench.nextPage();
    await workbench.quickInput.pick("S3");
    const page = await opened;
    await page.getByText("Signed in as").waitFor();
    const text = (await page.textContent("body")) ?? "";
    // code-server leads loopback addresses through a proxy of its own, which writes the query anew.
    assert.match(
      text,
      /assumed-role\/Hub\/.*console\.aws\.amazon\.com\/s3\/home.*region=eu-central-1/,
    );
    await page.close();
  });

  it("is copied for another shell, and cleared from the clipboard", async () => {
    await workbench.command("AWS: Copy Credentials As…");
    await workbench.quickInput.opened("Copy Credentials As");
    await workbench.quickInput.pick("bash, zsh");
    const { text } = await workbench.notifications.like(/^Copied the credentials of hub/);
    assert.match(text, /They work until \d\d:\d\d.*cleared in 5 seconds/);
    const copied = await workbench.clipboard();
    assert.match(copied, /^export AWS_ACCESS_KEY_ID='ASIA\w{16}'$/m);
    await workbench.command("AWS: Drop Role");
    await workbench.terminals.open();
    const { output } = await workbench.terminals.run(`${copied}\n./whoami`);
    assert.match(output, /assumed-role\/Hub\//);
    await until("an empty clipboard", async () => (await workbench.clipboard()) === "");
  });
});
