import assert from "node:assert/strict";
import { AssumeRoleCommand, type AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import {
  CANARY,
  DEMO,
  demoWorld,
  runningClock,
  type Sandbox,
  startSandbox,
  totp,
} from "../../sandbox/index.ts";
import { client, denied, type Keys, keysOf, whoAmI } from "./world.ts";

const DEV_KEYS: Keys = DEMO;

describe("sandbox: the demo world", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ world: demoWorld() });
  });
  after(() => sandbox.stop());

  function assume(RoleArn: string, more: Partial<AssumeRoleCommandInput> = {}, keys = DEV_KEYS) {
    const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: "demo", ...more });
    return client(sandbox, keys).send(command);
  }

  it("has a user whose secret is a canary of the right length", async () => {
    assert.equal(DEMO.secretAccessKey.length, 40);
    assert.ok(DEMO.secretAccessKey.includes(CANARY));
    assert.equal(await whoAmI(sandbox, DEV_KEYS), DEMO.userArn);
  });

  it("has a role to succeed", () => assume(DEMO.roles.readOnly, { DurationSeconds: 43_200 }));

  it("has a role with MFA", async () => {
    await assert.rejects(assume(DEMO.roles.admin), denied(DEMO.roles.admin, DEMO.userArn));
    const TokenCode = totp(DEMO.mfaSecret, sandbox.clock.now());
    await assume(DEMO.roles.admin, { SerialNumber: DEMO.mfaSerial, TokenCode });
  });

  it("has a chain into the other account", async () => {
    await assert.rejects(assume(DEMO.roles.deploy), denied(DEMO.roles.deploy, DEMO.userArn));
    const hub = keysOf(await assume(DEMO.roles.hub));
    const deploy = keysOf(await assume(DEMO.roles.deploy, {}, hub));
    assert.match((await whoAmI(sandbox, deploy)) ?? "", /::444455556666:assumed-role\/Deploy\//);
  });

  it("has a role that is denied and one that wants an external id", async () => {
    await assert.rejects(assume(DEMO.roles.forbidden), denied(DEMO.roles.forbidden, DEMO.userArn));
    await assert.rejects(assume(DEMO.roles.partner), denied(DEMO.roles.partner, DEMO.userArn));
    await assume(DEMO.roles.partner, { ExternalId: DEMO.externalId });
  });

  it("has a role that lasts 90 seconds", async () => {
    const answer = await assume(DEMO.roles.shortLived);
    const left = Number(answer.Credentials?.Expiration) - sandbox.clock.now();
    assert.ok(left > 85_000 && left <= 90_000, `${left} ms`);
    sandbox.clock.advance(90_000);
    await assert.rejects(whoAmI(sandbox, keysOf(answer)), { Code: "ExpiredToken" });
  });
});

describe("sandbox: the running clock", () => {
  it("runs on from where it was put", async () => {
    const clock = runningClock();
    assert.ok(Math.abs(clock.now() - Date.now()) < 1000);
    clock.set(5_000_000);
    clock.advance(1_000_000);
    const then = clock.now();
    assert.ok(then >= 6_000_000 && then < 6_001_000);
    await new Promise((resolve) => setTimeout(resolve, 15));
    assert.ok(clock.now() > then);
  });
});
