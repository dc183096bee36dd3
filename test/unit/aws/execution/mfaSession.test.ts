import assert from "node:assert/strict";
import { DEMO, demoWorld, type Sandbox, startSandbox, totp } from "../../../sandbox/index.ts";
import { SandboxMachine } from "../../support/sandboxMachine.ts";
import { tempFolder } from "../../support/tempFolder.ts";

const profiles = `
[profile admin]
role_arn = ${DEMO.roles.admin}
source_profile = default
mfa_serial = ${DEMO.mfaSerial}

[profile readonly-mfa]
role_arn = ${DEMO.roles.readOnly}
source_profile = default
mfa_serial = ${DEMO.mfaSerial}

[profile hub]
role_arn = ${DEMO.roles.hub}
source_profile = default

[profile deploy-mfa]
role_arn = ${DEMO.roles.deploy}
source_profile = hub
mfa_serial = ${DEMO.mfaSerial}
`;

describe("MFA", () => {
  const folder = tempFolder();
  let sandbox: Sandbox;
  let machine: SandboxMachine;

  beforeEach(async () => {
    sandbox = await startSandbox({ world: demoWorld() });
    await SandboxMachine.write(folder, profiles);
    machine = new SandboxMachine(sandbox, folder);
  });

  afterEach(() => sandbox.stop());

  it("is asked once for a device, and its session serves every role of it", async () => {
    await machine.session("admin");
    assert.deepEqual(machine.operations(), ["GetSessionToken", "AssumeRole"]);
    await machine.session("readonly-mfa");
    await machine.session("admin");
    assert.deepEqual(machine.operations(), ["AssumeRole", "AssumeRole"]);
    assert.equal(machine.mfaRequests.length, 1);
  });

  it("serves a chain whose later step names the device", async () => {
    await machine.session("deploy-mfa");
    assert.deepEqual(machine.operations(), ["GetSessionToken", "AssumeRole", "AssumeRole"]);
    assert.equal(machine.mfaRequests.length, 1);
  });

  it("is asked again after the session's lifetime, which is AWS's 12 hours unless set", async () => {
    await machine.session("admin");
    sandbox.clock.advance(11.5 * 3_600_000);
    await machine.session("admin");
    assert.equal(machine.mfaRequests.length, 1);
    sandbox.clock.advance(3_600_000);
    await machine.session("admin");
    assert.equal(machine.mfaRequests.length, 2);
  });

  it("is asked again after the lifetime that the user set", async () => {
    machine.mfaSessionSeconds = 900;
    await machine.session("admin");
    sandbox.clock.advance(901_000);
    await machine.session("admin");
    assert.equal(machine.mfaRequests.length, 2);
  });

  it("is asked again if the code is wrong, and given up if there is none", async () => {
    machine.answerMfa = ({ refused }) => (refused ? undefined : "000000");
    assert.equal((await machine.assume("admin")).kind, "cancelled");
    assert.deepEqual(
      machine.mfaRequests.map(({ serial, refused }) => ({ serial, refused })),
      [
        { serial: DEMO.mfaSerial, refused: false },
        { serial: DEMO.mfaSerial, refused: true },
      ],
    );
  });

  it("never sends a code twice", async () => {
    const code = totp(DEMO.mfaSecret, sandbox.clock.now());
    machine.answerMfa = () => code;
    machine.mfaSessionSeconds = 900;
    await machine.session("admin");
    // Another window's session is not known here, so the same code would be sent again.
    const answers = [code, undefined];
    machine.answerMfa = () => answers.shift();
    machine.memory.dropSession(
      JSON.stringify(["mfa", DEMO.accessKeyId, DEMO.mfaSerial, sandbox.url]),
    );
    assert.equal((await machine.assume("admin")).kind, "cancelled");
    const sent = sandbox.requests.filter(({ operation }) => operation === "GetSessionToken");
    assert.equal(sent.length, 1);
  });

  it("is asked for each role where the base is temporary itself, and the log says why", async () => {
    const { credentials } = await machine.session("hub");
    await folder.write(
      ".aws/credentials",
      [
        "[default]",
        `aws_access_key_id = ${credentials.accessKeyId}`,
        `aws_secret_access_key = ${credentials.secretAccessKey}`,
        `aws_session_token = ${credentials.sessionToken ?? ""}`,
      ].join("\n"),
    );
    const outcome = await machine.assume("admin");
    assert.equal(outcome.kind, "failed");
    assert.deepEqual(machine.operations(), ["AssumeRole", "AssumeRole"]);
    assert.match(machine.notes.join(), /STS gives MFA sessions to permanent credentials only/);
  });
});
