import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { demoEnvironment } from "../sandbox/demo/demoMachine.ts";
import { DEMO, demoWorld, totp } from "../sandbox/index.ts";
import type { Workbench } from "./driver/workbench.ts";
import { DemoEditor, statusBarItemId } from "./support/demoEditor.ts";

const configOfInstance = `[default]
region = ${DEMO.region}

[profile deploy-from-here]
role_arn = ${DEMO.roles.deploy}
credential_source = Ec2InstanceMetadata

[profile torn]
role_arn = ${DEMO.roles.hub}
source_profile = default
credential_source = Environment

[profile team büro]
region = ${DEMO.region}
`;

describe("an editor on an EC2 instance, without a key", () => {
  let editor: DemoEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await DemoEditor.start({
      world: { ...demoWorld(), instance: { id: "i-0123456789abcdef0", roleArn: DEMO.roles.hub } },
      environment: (url) => ({
        AWS_ENDPOINT_URL: url,
        AWS_EC2_METADATA_SERVICE_ENDPOINT: url,
      }),
      prepare: async ({ home }) => {
        await rm(join(home, ".aws/credentials"));
        await writeFile(join(home, ".aws/config"), configOfInstance);
      },
    });
    ({ workbench } = editor);
  });

  after(() => editor?.stop());

  it("assumes a role with the instance profile, which the profile names", async () => {
    await editor.pickRole("deploy-from-here");
    await editor.statusText(/^deploy-from-here \(444455556666\) /);
    const tooltip = await workbench.statusBar.tooltip(statusBarItemId);
    assert.match(tooltip, /the EC2 instance profile/);
    assert.match(await editor.whoAmIInNewTerminal(), /444455556666:assumed-role\/Deploy\//);
  });

  it("assumes a typed role with the instance profile, where nobody names a base", async () => {
    await workbench.command("AWS: Drop Role");
    await workbench.command("AWS: Assume Role…");
    await workbench.quickInput.opened("Assume Role");
    await workbench.quickInput.pick("Enter a role ARN…");
    await workbench.quickInput.opened(/Assume Role by ARN/);
    await workbench.quickInput.answer(DEMO.roles.deploy);
    await workbench.quickInput.messageLike(/session's name/);
    await workbench.quickInput.accept();
    await workbench.quickInput.pick("Default credential chain");
    await workbench.quickInput.pick("Assume");
    await editor.statusText(/^Deploy \(444455556666\) /);
  });

  it("shows a broken profile with its reason, and opens it at its line", async () => {
    await workbench.command("AWS: Assume Role…");
    await workbench.quickInput.opened("Assume Role");
    const torn = await workbench.quickInput.row("torn");
    assert.match(torn.detail, /both source_profile and credential_source/);
    const other = await workbench.quickInput.row("config, line 13");
    assert.match(other.detail, /^No tool reads \[profile team büro\]/);
    await workbench.screenshot("broken");
    await workbench.quickInput.pick("torn");
    await workbench.editorShows(/credential_source = Environment/);
    assert.equal(await workbench.cursor(), "Ln 11, Col 1");
  });
});

describe("a config file in a workspace that is not trusted", () => {
  let editor: DemoEditor;
  let config: string;
  let ran: string;

  before(async () => {
    editor = await DemoEditor.start({
      settings: { "security.workspace.trust.startupPrompt": "never" },
      workspaceTrust: true,
      environment: (url) => ({ ...demoEnvironment(url), AWS_CONFIG_FILE: config }),
      prepare: async ({ workspace }) => {
        config = join(workspace, "aws-config");
        ran = join(workspace, "ran");
        await writeFile(
          config,
          `[profile tool]\ncredential_process = touch ${ran}\n[profile on-tool]\nrole_arn = ${DEMO.roles.readOnly}\nsource_profile = tool\n`,
        );
      },
    });
  });

  after(() => editor?.stop());

  it("runs no program, and says why", async () => {
    await editor.pickRole("on-tool");
    await editor.workbench.notifications.like(/lies in a folder that is not trusted/);
    await editor.statusText(/^on-tool: not assumed$/);
    assert.ok(!existsSync(ran));
  });
});

describe("the encoded message of a denial", () => {
  let editor: DemoEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await DemoEditor.start({
      prepare: async ({ workspace }, sandbox) => {
        const encoded = sandbox.encodeAuthorizationMessage(DEMO.accountId, {
          allowed: false,
          explicitDeny: true,
          context: { action: "s3:PutObject", principal: { arn: DEMO.userArn } },
        });
        await writeFile(
          join(workspace, "denial.txt"),
          `You are not authorized. Encoded authorization failure message: ${encoded}\n`,
        );
      },
    });
    ({ workbench } = editor);
  });

  after(() => editor?.stop());

  it("asks for a role first", async () => {
    await workbench.openFile("denial.txt");
    await workbench.command("Select All");
    await workbench.command("AWS: Decode Authorization Message");
    await workbench.notifications.like(/first assume a role/);
  });

  it("is opened from a selection in the editor, with a summary", async () => {
    await editor.pickRole("admin");
    await workbench.quickInput.opened(`MFA Code of ${DEMO.mfaSerial}`);
    await workbench.quickInput.answer(totp(DEMO.mfaSecret, editor.sandbox.clock.now()));
    await editor.statusText(/^admin /);
    await workbench.openFile("denial.txt");
    await workbench.command("Select All");
    await workbench.command("AWS: Decode Authorization Message");
    await workbench.editorShows(/Action:\s+s3:PutObject/);
    await workbench.editorShows(/It was explicitly denied/);
    await workbench.screenshot("decoded");
  });
});
