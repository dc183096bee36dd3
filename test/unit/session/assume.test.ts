import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Failure } from "../../../src/aws/execution/failure.ts";
import { explain } from "../../../src/aws/explain/explain.ts";
import { callLine } from "../../../src/editor/callLog.ts";
import type { AssumeOutcome } from "../../../src/session/assume.ts";
import { CANARY, DEMO, demoWorld, type Sandbox, startSandbox } from "../../sandbox/index.ts";
import { settingRole } from "../support/fixtures.ts";
import { SandboxMachine } from "../support/sandboxMachine.ts";
import { tempFolder } from "../support/tempFolder.ts";

const minuteMs = 60_000;

const profiles = `
[profile read-only]
role_arn = ${DEMO.roles.readOnly}
source_profile = default
region = eu-central-1

[profile forbidden]
role_arn = ${DEMO.roles.forbidden}
source_profile = default

[profile too-long]
role_arn = ${DEMO.roles.forbidden}
source_profile = default
duration_seconds = abc

[profile round]
role_arn = ${DEMO.roles.hub}
source_profile = about

[profile about]
role_arn = ${DEMO.roles.hub}
source_profile = round
`;

function failureOf(outcome: AssumeOutcome): Failure {
  if (outcome.kind === "failed") return outcome.failure;
  throw new Error(`It did not fail: ${outcome.kind}`);
}

describe("assuming a role, from the files to the session", () => {
  const folder = tempFolder();
  let sandbox: Sandbox;
  let machine: SandboxMachine;

  beforeEach(async () => {
    sandbox = await startSandbox({ world: demoWorld() });
    await SandboxMachine.write(folder, profiles);
    machine = new SandboxMachine(sandbox, folder);
  });

  afterEach(() => sandbox.stop());

  /** What the user is told of an attempt that fails. */
  async function told(role: string): Promise<string> {
    const failure = failureOf(await machine.assume(role));
    const { what, why, fix } = explain(failure, await machine.role(role));
    return `${what} ${why} ${fix}`;
  }

  const withKeys = (id: string, secret: string): Promise<string> =>
    folder.write(
      ".aws/credentials",
      `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`,
    );

  it("gives credentials that AWS honours, with their end and identity", async () => {
    const session = await machine.session("read-only");
    assert.equal(
      session.assumedRoleArn,
      "arn:aws:sts::111122223333:assumed-role/ReadOnly/me-vscode",
    );
    assert.equal(Math.round((session.expiresAt - sandbox.clock.now()) / minuteMs), 60);
    assert.equal(session.clockSkewMs, 0);
  });

  it("names the file and the line of a value that can't be", async () => {
    const failure = failureOf(await machine.assume("too-long"));
    assert.equal(failure.kind === "plan" && failure.place?.line, 14);
    assert.match(await told("too-long"), /"abc" is none \(.*config, line 14\)/);
  });

  it("names the circle that profiles go round in", async () => {
    assert.match(await told("round"), /round → about → round/);
  });

  it("explains a denied role by who asked for it", async () => {
    assert.match(
      await told("forbidden"),
      /AWS denied arn:aws:iam::111122223333:user\/dev the role/,
    );
  });

  it("explains a key that AWS doesn't know, and a secret that doesn't belong to it", async () => {
    await withKeys("AKIAUNKNOWN000000001", "x");
    assert.match(await told("read-only"), /AWS doesn't know the access key/);
    await withKeys(DEMO.accessKeyId, "wrong");
    assert.match(await told("read-only"), /secret access key doesn't belong/);
  });

  it("explains base credentials that have expired", async () => {
    const { credentials } = await machine.session("read-only");
    sandbox.clock.advance(61 * minuteMs);
    await folder.write(
      ".aws/credentials",
      `[default]\naws_access_key_id = ${credentials.accessKeyId}\naws_secret_access_key = ${credentials.secretAccessKey}\naws_session_token = ${credentials.sessionToken}\n`,
    );
    assert.match(await told("forbidden"), /have expired/);
  });

  it("asks again for what is throttled or broken, and explains it when that doesn't help", async () => {
    sandbox.faults.inject({ kind: "throttling" }, { times: 1 });
    await machine.session("read-only");
    assert.equal(machine.calls.at(-1)?.attempts, 2);
    sandbox.faults.inject({ kind: "throttling" }, { times: 9 });
    assert.match(await told("read-only"), /too many requests/);
    sandbox.faults.clear();
    sandbox.faults.inject({ kind: "cut" }, { times: 9 });
    assert.match(await told("read-only"), /could not be reached/);
  }).timeout(20_000);

  it("explains an answer that is not AWS's", async () => {
    sandbox.faults.inject({ kind: "garbage" }, { times: 9 });
    assert.match(await told("read-only"), /something that is not AWS's/);
  }).timeout(20_000);

  it("corrects for a clock that is off, and tells by how much", async () => {
    for (const minutes of [20, -20]) {
      sandbox.clock.set(Date.now() - minutes * minuteMs);
      machine.clockOffsetMs = minutes * minuteMs;
      const session = await machine.session("read-only");
      assert.equal(Math.round(session.clockSkewMs / minuteMs), -minutes);
      assert.equal(Math.round((session.expiresAt - Date.now()) / minuteMs), 60);
    }
  });

  it("reports each call with its region, request id and duration", async () => {
    await machine.session("read-only");
    const [call] = machine.calls;
    assert.equal(call?.region, "eu-central-1");
    assert.equal(call?.requestId, sandbox.requests.at(-1)?.requestId);
    assert.ok(call && call.durationMs >= 0);
  });

  it("keeps secrets out of calls, notes, failures and explanations", async () => {
    const outcomes = [await machine.assume("forbidden")];
    await withKeys(DEMO.accessKeyId, `${CANARY}wrong`);
    outcomes.push(await machine.assume("read-only"));
    const shown = [
      ...machine.calls.map(callLine),
      ...machine.notes,
      JSON.stringify(machine.calls),
      JSON.stringify(outcomes),
      JSON.stringify(outcomes.map((o) => explain(failureOf(o), settingRole()))),
    ].join("\n");
    assert.ok(shown.includes("AccessDenied") && shown.includes("SignatureDoesNotMatch"));
    assert.ok(!shown.includes(CANARY));
  });
});

describe("an answer that echoes the session token", () => {
  const folder = tempFolder();
  let server: Server;
  let sandbox: Sandbox;

  /** As STS answers a wrong signature: with the text that should have been signed. */
  beforeEach(async () => {
    sandbox = await startSandbox({ world: demoWorld() });
    server = createServer((request, answer) => {
      const token = request.headers["x-amz-security-token"];
      answer.writeHead(403, { "Content-Type": "text/xml" }).end(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided.

The Canonical String for this request should have been
'POST
/

x-amz-security-token:${String(token)}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await folder.write(".aws/config", profiles);
    await folder.write(
      ".aws/credentials",
      `[default]\naws_access_key_id = ASIA00000000000000001\naws_secret_access_key = x\naws_session_token = ${CANARY}token\n`,
    );
  });

  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await sandbox.stop();
  });

  it("is cut before it is logged or shown", async () => {
    const { port } = server.address() as AddressInfo;
    const machine = new SandboxMachine(sandbox, folder, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    });
    const outcome = await machine.assume("read-only");
    const shown = JSON.stringify([outcome, machine.calls]);
    assert.match(shown, /signature we calculated does not match/);
    assert.ok(!shown.includes(CANARY));
  });
});
