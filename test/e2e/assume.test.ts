import assert from "node:assert/strict";
import { CANARY, DEMO, type Sandbox, totp } from "../sandbox/index.ts";
import { until } from "./driver/until.ts";
import type { Workbench } from "./driver/workbench.ts";
import { DemoEditor, statusBarItemId } from "./support/demoEditor.ts";
import { filesHolding } from "./support/filesHolding.ts";

const credentialVariables = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

describe("assuming a role", () => {
  let editor: DemoEditor;
  let sandbox: Sandbox;
  let workbench: Workbench;

  before(async () => {
    editor = await DemoEditor.start();
    ({ sandbox, workbench } = editor);
  });

  after(() => editor?.stop());

  async function variablesInTerminal(): Promise<string[]> {
    const { output } = await workbench.terminals.run("env | grep ^AWS_ | cut -d= -f1");
    return output.trim().split("\n");
  }

  it("begins with an invitation in the status bar, and terminals work as before", async () => {
    const item = await editor.statusText(/^Assume Role$/);
    assert.deepEqual(item.icons, ["key"]);
    assert.equal(item.ariaLabel, "AWS: no role. Assume one.");
    assert.equal(await editor.whoAmIInNewTerminal(), DEMO.userArn);
  });

  it("offers every role with its account and region, filtered on any of them", async () => {
    await workbench.command("AWS: Assume Role…");
    await workbench.quickInput.opened("Assume Role");
    const labels = (await workbench.quickInput.rows()).map(({ label }) => label);
    for (const name of ["read-only", "admin", "hub", "deploy", "forbidden", "partner"]) {
      assert.ok(labels.includes(name), `${name} is in ${labels}`);
    }
    await workbench.quickInput.type(DEMO.productionAccountId);
    const filtered = await workbench.quickInput.rows();
    await workbench.screenshot("picker");
    await workbench.quickInput.escape();
    assert.deepEqual(
      filtered.map(({ label }) => label).sort(),
      ["Enter a role ARN…", "deploy", "forbidden", "partner", "people-deploy"].sort(),
    );
    assert.equal(
      filtered.find(({ label }) => label === "deploy")?.description,
      `${DEMO.productionAccountId} · Deploy · ${DEMO.region}`,
    );
  });

  it("makes new terminals work as the role, and shows it with the time left", async () => {
    await editor.pickRole("read-only");
    const item = await editor.statusText(/^read-only \(111122223333\) (59m|1h 0m)$/);
    assert.equal(item.background, "none");
    assert.match(
      item.ariaLabel,
      /^AWS role read-only in account 111122223333, (59 minutes|1 hour) left$/,
    );
    assert.match(
      await editor.whoAmIInNewTerminal(),
      /^arn:aws:sts::111122223333:assumed-role\/ReadOnly\/[\w+=,.@-]+-vscode$/,
    );
    assert.deepEqual((await variablesInTerminal()).sort(), [
      "AWS_ACCESS_KEY_ID",
      "AWS_CREDENTIAL_EXPIRATION",
      "AWS_DEFAULT_REGION",
      "AWS_EC2_METADATA_DISABLED",
      "AWS_ENDPOINT_URL",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SESSION_TOKEN",
    ]);
    await workbench.terminals.showCommand("./whoami", /assumed-role/);
    await workbench.screenshot("assumed");
  });

  it("tells all about the session in the tooltip, but no secret", async () => {
    const tooltip = await workbench.statusBar.tooltip(statusBarItemId);
    for (const part of [DEMO.roles.readOnly, DEMO.accountId, DEMO.region, 'profile "default"']) {
      assert.ok(tooltip.includes(part), `${part} is in ${tooltip}`);
    }
    assert.ok(!tooltip.includes(CANARY));
  });

  it("does nothing, quietly, if the code of an MFA device is escaped", async () => {
    await editor.pickRole("admin");
    await workbench.quickInput.opened(`MFA Code of ${DEMO.mfaSerial}`);
    await workbench.quickInput.escape();
    await editor.statusText(/^read-only .*m$/);
    assert.deepEqual(await workbench.notifications.shown(), []);
  });

  it("asks for the code by the device's name, and again if AWS refuses it", async () => {
    await editor.pickRole("admin");
    await workbench.quickInput.opened(`MFA Code of ${DEMO.mfaSerial}`);
    await workbench.quickInput.type("12");
    assert.match(
      (await workbench.quickInput.messageLike(/The code has six digits/)).severity,
      /error/,
    );
    await workbench.quickInput.answer("000000");
    await workbench.quickInput.messageLike(/did not accept that code/);
    await workbench.screenshot("mfa");
    await workbench.quickInput.answer(totp(DEMO.mfaSecret, sandbox.clock.now()));
    await editor.statusText(/^admin /);
    assert.match(await editor.whoAmIInNewTerminal(), /assumed-role\/Admin\//);
  });

  it("asks for no code of a device whose session there is", async () => {
    await editor.pickRole("audit");
    await editor.statusText(/^audit /);
    await editor.pickRole("admin");
    await editor.statusText(/^admin /);
  });

  it("scopes a role down to reading, and shows that", async () => {
    await workbench.command("AWS: Assume Role (Read-Only)…");
    await workbench.quickInput.opened("Assume Role (Read-Only)");
    await workbench.quickInput.pick("hub");
    const item = await editor.statusText(/^hub read-only \(111122223333\)/);
    assert.deepEqual(item.icons, ["eye"]);
    assert.match(item.ariaLabel, /^AWS role hub read-only in account/);
    const write = `./assume-role ${DEMO.roles.deploy}`;
    await workbench.terminals.open();
    assert.match((await workbench.terminals.run(write)).output, /^AccessDenied/);
    await workbench.screenshot("read-only");
    await editor.pickRole("hub");
    await editor.statusText(/^hub \(111122223333\)/);
    await workbench.terminals.open();
    assert.match((await workbench.terminals.run(write)).output, /assumed-role\/Deploy\//);
  });

  it("shows a spinner while AWS takes its time, and can be cancelled", async () => {
    sandbox.faults.inject({ kind: "delay", ms: 20_000 }, { operation: "AssumeRole" });
    await editor.pickRole("partner");
    const item = await editor.statusText(/^Assuming partner…$/);
    assert.ok(item.icons.includes("loading"), `a spinner is among ${item.icons}`);
    const { buttons } = await workbench.notifications.like(/Assuming the AWS role partner/);
    assert.deepEqual(buttons, ["Cancel"]);
    await workbench.statusBar.click(statusBarItemId);
    await workbench.quickInput.opened("Assuming partner…");
    await workbench.quickInput.pick("Cancel");
    await editor.statusText(/^hub .*m$/);
    await until("no notification", async () => {
      const { length } = await workbench.notifications.shown();
      return length === 0;
    });
  });

  it("goes through a chain of roles into another account", async () => {
    const before = sandbox.requests.length;
    await editor.pickRole("deploy");
    await editor.statusText(/^deploy \(444455556666\)/);
    const calls = sandbox.requests
      .slice(before)
      .filter(({ operation }) => operation === "AssumeRole");
    assert.equal(calls.length, 2);
    assert.match(
      await editor.whoAmIInNewTerminal(),
      /^arn:aws:sts::444455556666:assumed-role\/Deploy\//,
    );
  });

  it("explains a denied role, and leaves the session that there is", async () => {
    await editor.pickRole("forbidden");
    const { text, severity, buttons } = await workbench.notifications.like(/AWS denied/);
    assert.equal(severity, "error");
    assert.match(text, /user\/dev the role Forbidden in account 444455556666/);
    assert.deepEqual(buttons, ["Open Profile", "Show Log"]);
    await editor.statusText(/^deploy /);
    await workbench.screenshot("denied");
    await workbench.notifications.click(/AWS denied/, "Open Profile");
    await workbench.page.locator(".tab.active").getByText("config", { exact: true }).waitFor();
  });

  it("says what is wrong with an ARN while it is typed, and takes a right one", async () => {
    await workbench.command("AWS: Assume Role…");
    await workbench.quickInput.pick("Enter a role ARN…");
    await workbench.quickInput.opened(/Assume Role by ARN/);
    await workbench.quickInput.type("arn:aws:iam::1234:role/X");
    await workbench.quickInput.messageLike(/12 digits; here it is "1234"/);
    await workbench.screenshot("arn");
    await workbench.quickInput.answer(DEMO.roles.readOnly);
    await workbench.quickInput.messageLike(/session's name/);
    await workbench.quickInput.type("a b");
    await workbench.quickInput.messageLike(/can't contain a space/);
    await workbench.quickInput.answer("typed-session");
    await workbench.quickInput.pick("Default credential chain");
    await workbench.quickInput.pick("Session tags");
    await workbench.quickInput.opened("Session tags");
    await workbench.quickInput.type("team");
    await workbench.quickInput.messageLike(/"team" is no pair of key=value/);
    await workbench.quickInput.answer("");
    await workbench.quickInput.opened("Assume Role by ARN");
    await workbench.screenshot("options");
    await workbench.quickInput.pick("Assume");
    await editor.statusText(/^ReadOnly /);
    assert.equal(
      await editor.whoAmIInNewTerminal(),
      "arn:aws:sts::111122223333:assumed-role/ReadOnly/typed-session",
    );
  });

  it("assumes a role of the settings, with its external id", async () => {
    await editor.pickRole("partner");
    await editor.statusText(/^partner \(444455556666\)/);
    assert.match(await editor.whoAmIInNewTerminal(), /assumed-role\/Partner\//);
  });

  it("takes everything out of new terminals when the role is dropped", async () => {
    await workbench.command("AWS: Drop Role");
    await editor.statusText(/^Assume Role$/);
    assert.equal(await editor.whoAmIInNewTerminal(), DEMO.userArn);
    assert.deepEqual(
      (await variablesInTerminal()).filter((name) => credentialVariables.includes(name)),
      [],
    );
  });

  it("shows a refusal in the status bar if there is no other session", async () => {
    await editor.pickRole("forbidden");
    const item = await editor.statusText(/^forbidden: not assumed$/);
    assert.equal(item.background, "error");
    await workbench.statusBar.click(statusBarItemId);
    await workbench.quickInput.opened(/forbidden: not assumed/);
    await workbench.quickInput.pick("Drop Role");
    await editor.statusText(/^Assume Role$/);
  });

  it("copies the ARN from the menu behind the status bar", async () => {
    await editor.pickRole("read-only");
    await editor.statusText(/^read-only /);
    await workbench.statusBar.click(statusBarItemId);
    await workbench.quickInput.opened(/^read-only \(111122223333\): .* left, until /);
    const labels = (await workbench.quickInput.rows()).map(({ label }) => label);
    assert.deepEqual(labels, [
      "Renew Session",
      "Drop Role",
      "Switch Role…",
      "Open Console…",
      "Copy Credentials As…",
      "Copy Role ARN",
      "Show Log",
    ]);
    await workbench.screenshot("menu");
    await workbench.quickInput.pick("Copy Role ARN");
    await workbench.quickInput.closed();
    assert.equal(await workbench.clipboard(), DEMO.roles.readOnly);
  });

  it("logs each call of STS with its outcome, and keeps secrets off the disk", async () => {
    const log = workbench.extensionLog("aws-assume-role.aws-assume-role");
    assert.match(
      log,
      /AssumeRole arn:aws:iam::111122223333:role\/ReadOnly in eu-central-1 succeeded \(\d+ ms, request [0-9a-f-]{36}\)/,
    );
    assert.match(log, /role\/Forbidden in eu-central-1 failed with AccessDenied: User: .*HTTP 403/);
    const credentials = `${workbench.folders.home}/.aws/credentials`;
    assert.deepEqual(await filesHolding(CANARY, workbench.dataDirs()), [credentials]);
  });

  it("offers the last roles first", async () => {
    await editor.pickRole("read-only");
    await editor.statusText(/^read-only /);
    await workbench.command("AWS: Assume Role…");
    await workbench.quickInput.opened("Assume Role");
    const [first] = await workbench.quickInput.rows();
    await workbench.quickInput.escape();
    assert.equal(first?.label, "read-only");
  });
});
