import assert from "node:assert/strict";
import { demoEnvironment } from "../sandbox/demo/demoMachine.ts";
import { demoWorld, type Sandbox, startSandbox } from "../sandbox/index.ts";
import { until } from "./driver/until.ts";
import type { Workbench } from "./driver/workbench.ts";
import { DemoEditor } from "./support/demoEditor.ts";
import { type ForwardProxy, startForwardProxy } from "./support/forwardProxy.ts";

const unresolvableHost = "sts.sandbox.test";

describe("an editor behind a proxy, with an inherited AWS_PROFILE", () => {
  let sandbox: Sandbox;
  let proxy: ForwardProxy;
  let editor: DemoEditor;
  let workbench: Workbench;

  before(async () => {
    sandbox = await startSandbox({ world: demoWorld() });
    proxy = await startForwardProxy(sandbox.url);
    const terminals = { AWS_ENDPOINT_URL: sandbox.url };
    editor = await DemoEditor.start({
      environment: () => ({
        ...demoEnvironment(`http://${unresolvableHost}`),
        AWS_PROFILE: "hub",
      }),
      settings: {
        "http.proxy": proxy.url,
        "terminal.integrated.env.linux": terminals,
        "terminal.integrated.env.osx": terminals,
      },
    });
    ({ workbench } = editor);
  });

  after(async () => {
    await editor?.stop();
    await proxy?.stop();
    await sandbox?.stop();
  });

  it("reaches STS through the proxy of VS Code's settings", async () => {
    await editor.pickRole("partner");
    await editor.statusText(/^partner /);
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
  let editor: DemoEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await DemoEditor.start({
      settings: { "security.workspace.trust.startupPrompt": "never" },
      workspaceTrust: true,
    });
    ({ workbench } = editor);
  });

  after(() => editor?.stop());

  it("adds no role of its own; the user's own profiles work", async () => {
    await editor.statusText(/^Assume Role$/);
    await workbench.command("AWS: Assume Role…");
    await workbench.quickInput.opened("Assume Role");
    const labels = (await workbench.quickInput.rows()).map(({ label }) => label);
    assert.ok(labels.includes("read-only"), `read-only is in ${labels}`);
    assert.ok(!labels.includes("partner"), `partner is not in ${labels}`);
    await workbench.quickInput.pick("read-only");
    await editor.statusText(/^read-only /);
  });
});
