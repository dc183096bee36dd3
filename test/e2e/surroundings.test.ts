import assert from "node:assert/strict";
import { packageExtension } from "../../scripts/build/extensionPackage.ts";
import { demoEnvironment, writeDemoMachine } from "../sandbox/demo/demoMachine.ts";
import { demoWorld, type Sandbox, startSandbox } from "../sandbox/index.ts";
import { createRunFolders } from "./driver/runFolders.ts";
import { until } from "./driver/until.ts";
import { Workbench } from "./driver/workbench.ts";
import { type ForwardProxy, startForwardProxy } from "./support/forwardProxy.ts";

const itemId = "aws-assume-role.aws-assume-role.session";
const unresolvableHost = "sts.sandbox.test";

describe("an editor behind a proxy, with an inherited AWS_PROFILE", () => {
  let sandbox: Sandbox;
  let proxy: ForwardProxy;
  let workbench: Workbench;

  before(async () => {
    sandbox = await startSandbox({ world: demoWorld() });
    proxy = await startForwardProxy(sandbox.url);
    const folders = createRunFolders();
    await writeDemoMachine(folders);
    const env = { ...demoEnvironment(`http://${unresolvableHost}`), AWS_PROFILE: "hub" };
    workbench = await Workbench.start({
      vsix: packageExtension(),
      folders,
      env,
      settings: {
        "http.proxy": proxy.url,
        "terminal.integrated.env.linux": { AWS_ENDPOINT_URL: sandbox.url },
        "terminal.integrated.env.osx": { AWS_ENDPOINT_URL: sandbox.url },
      },
    });
  });

  after(async () => {
    await workbench?.stop();
    await proxy?.stop();
    await sandbox?.stop();
  });

  it("reaches STS through the proxy of VS Code's settings", async () => {
    await workbench.command("AWS: Assume Role…");
    await workbench.quickInput.opened("Assume Role");
    await workbench.quickInput.pick("partner");
    await workbench.statusBar.itemWhere(itemId, ({ text }) => text.startsWith("partner "));
    assert.deepEqual(proxy.hosts, [unresolvableHost]);
  });

  it("is told at once that AWS_PROFILE outranks the role for some tools", async () => {
    const { text, severity } = await workbench.notifications.like(/AWS_PROFILE is "hub"/);
    assert.equal(severity, "warning");
    assert.match(text, /AWS SDK for JavaScript work as that profile, not as the role/);
    await workbench.screenshot("conflict");
    await workbench.terminals.open();
    const { output } = await workbench.terminals.run("./whoami 2>&1 | tail -1");
    assert.match(output, /assumed-role\/Hub\//, "the warning is true");
  });

  it("is freed of it with one click", async () => {
    await workbench.notifications.click(/AWS_PROFILE is "hub"/, "Unset in Terminals");
    // VS Code writes the setting before new terminals see it.
    const variable = await until("a terminal without AWS_PROFILE", async () => {
      await workbench.terminals.open();
      const { output } = await workbench.terminals.run('echo "$' + '{AWS_PROFILE-unset}"');
      return output === "unset\n" && output;
    });
    assert.equal(variable, "unset\n");
    const { output } = await workbench.terminals.run("./whoami");
    assert.match(output, /^arn:aws:sts::444455556666:assumed-role\/Partner\//);
  });
});

describe("a workspace that is not trusted", () => {
  let sandbox: Sandbox;
  let workbench: Workbench;

  before(async () => {
    sandbox = await startSandbox({ world: demoWorld() });
    const folders = createRunFolders();
    await writeDemoMachine(folders);
    workbench = await Workbench.start({
      vsix: packageExtension(),
      folders,
      env: demoEnvironment(sandbox.url),
      settings: { "security.workspace.trust.startupPrompt": "never" },
      workspaceTrust: true,
    });
  });

  after(async () => {
    await workbench?.stop();
    await sandbox?.stop();
  });

  it("adds no role of its own; the user's own profiles work", async () => {
    await workbench.statusBar.itemWhere(itemId, ({ text }) => text === "Assume Role");
    await workbench.command("AWS: Assume Role…");
    await workbench.quickInput.opened("Assume Role");
    const labels = (await workbench.quickInput.rows()).map(({ label }) => label);
    assert.ok(labels.includes("read-only"), `read-only is in ${labels}`);
    assert.ok(!labels.includes("partner"), `partner is not in ${labels}`);
    await workbench.quickInput.pick("read-only");
    await workbench.statusBar.itemWhere(itemId, ({ text }) => text.startsWith("read-only "));
  });
});
