import assert from "node:assert/strict";
import { consoleUrl } from "../../../../src/aws/console/federation.ts";
import type { Session } from "../../../../src/session/session.ts";
import { CANARY, DEMO, demoWorld, type Sandbox, startSandbox } from "../../../sandbox/index.ts";
import { SandboxMachine } from "../../support/sandboxMachine.ts";
import { tempFolder } from "../../support/tempFolder.ts";

const never = new AbortController().signal;

describe("the console as a role", () => {
  const folder = tempFolder();
  let sandbox: Sandbox;
  let machine: SandboxMachine;

  beforeEach(async () => {
    sandbox = await startSandbox({ world: demoWorld() });
    await SandboxMachine.write(
      folder,
      `[profile reader]\nrole_arn = ${DEMO.roles.readOnly}\nsource_profile = default\n[profile hub]\nrole_arn = ${DEMO.roles.hub}\nsource_profile = default\n[profile deploy]\nrole_arn = ${DEMO.roles.deploy}\nsource_profile = hub\n`,
    );
    machine = new SandboxMachine(sandbox, folder);
  });

  afterEach(() => sandbox.stop());

  const urlOf = ({ credentials }: Session, more: object = {}): Promise<string> =>
    consoleUrl({ credentials, partition: "aws", endpoint: sandbox.url, ...more }, never);

  it("is opened by an address that signs a browser in, at a service and region", async () => {
    const url = await urlOf(await machine.session("reader"), {
      region: "eu-central-1",
      service: "s3",
      durationSeconds: 3000.7,
    });
    assert.ok(!url.includes(CANARY), "the credentials themselves are not in it");
    const page = await (await fetch(url)).text();
    assert.match(page, /Signed in as arn:aws:sts::111122223333:assumed-role\/ReadOnly\/me-vscode/);
    assert.match(page, /at https:\/\/console\.aws\.amazon\.com\/s3\/home\?region=eu-central-1/);
    assert.equal(sandbox.requests.at(-2)?.params["SessionDuration"], "3000");
  });

  it("has no duration for a role assumed through another, which AWS would refuse", async () => {
    const session = await machine.session("deploy");
    await assert.rejects(urlOf(session, { durationSeconds: 3600 }), /does not take this session/);
    assert.match(await (await fetch(await urlOf(session))).text(), /assumed-role\/Deploy/);
  });

  it("keeps to the durations that AWS takes", async () => {
    const session = await machine.session("reader");
    await urlOf(session, { durationSeconds: 12 });
    await urlOf(session, { durationSeconds: 1e6 });
    const sent = sandbox.requests
      .filter(({ operation }) => operation === "GetSigninToken")
      .map(({ params }) => params["SessionDuration"]);
    assert.deepEqual(sent, ["900", "43200"]);
  });

  it("is that of the partition, where one is known", async () => {
    const session = await machine.session("reader");
    const destinationIn = async (partition: string) =>
      new URL(await urlOf(session, { partition })).searchParams.get("Destination");
    assert.match((await destinationIn("aws-cn")) ?? "", /^https:\/\/console\.amazonaws\.cn\//);
    assert.match((await destinationIn("aws-us-gov")) ?? "", /amazonaws-us-gov\.com/);
    await assert.rejects(
      destinationIn("aws-iso"),
      /No console is known for the partition "aws-iso"/,
    );
  });

  it("is refused for a session that has ended", async () => {
    const session = await machine.session("reader");
    sandbox.clock.advance(2 * 3_600_000);
    await assert.rejects(urlOf(session), (error: Error) => {
      assert.ok(!error.message.includes(CANARY));
      return /may have ended/.test(error.message);
    });
  });
});
