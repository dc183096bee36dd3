import assert from "node:assert/strict";
import {
  AssumeRoleCommand,
  GetAccessKeyInfoCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import { type Sandbox, totp } from "../../sandbox/index.ts";
import {
  client,
  DEV,
  DEVICE,
  DEVICE_SECRET,
  denied,
  homeRole,
  type Keys,
  keysOf,
  role,
  START,
  startStopped,
  stsError,
  testWorld,
  whoAmI,
} from "./world.ts";

const ADMIN = homeRole("Admin");
const WRONG_CODE = stsError(
  "AccessDenied",
  403,
  // The SDK trims the space that STS ends this sentence with.
  /^MultiFactorAuthentication failed with invalid MFA one time pass code\. ?$/,
);

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startStopped(
    testWorld([
      role("Admin", { mfa: true }),
      role("Long", {}, { maxSessionDurationSeconds: 43_200 }),
      role("Hub"),
      role("AdminFromHub", { principals: [homeRole("Hub")], mfa: true }),
    ]),
  );
});
afterEach(() => sandbox.stop());

function code(atMs = sandbox.clock.now()): string {
  return totp(DEVICE_SECRET, atMs);
}

function assumeAdmin(TokenCode?: string, SerialNumber?: string, keys?: Keys) {
  const command = new AssumeRoleCommand({
    RoleArn: ADMIN,
    RoleSessionName: "me",
    TokenCode,
    SerialNumber,
  });
  return client(sandbox, keys).send(command);
}

describe("sandbox: MFA", () => {
  it("denies without a code, as any other missing permission", async () => {
    await assert.rejects(assumeAdmin(), denied(ADMIN));
  });

  it("accepts a code once", async () => {
    const now = code();
    const answer = await assumeAdmin(now, DEVICE);
    assert.match(answer.AssumedRoleUser?.Arn ?? "", /assumed-role\/Admin\/me$/);
    await assert.rejects(assumeAdmin(now, DEVICE), WRONG_CODE);
    sandbox.clock.advance(30_000);
    await assumeAdmin(code(), DEVICE);
  });

  it("accepts the codes of the windows before and after, and no others", async () => {
    await assumeAdmin(code(START - 30_000), DEVICE);
    await assumeAdmin(code(START + 30_000), DEVICE);
    await assert.rejects(assumeAdmin(code(START - 60_000), DEVICE), WRONG_CODE);
    await assert.rejects(assumeAdmin(code(START + 60_000), DEVICE), WRONG_CODE);
  });

  it("refuses a device that is not the user's", async () => {
    await assert.rejects(
      assumeAdmin(code(), "arn:aws:iam::111122223333:mfa/other"),
      stsError("AccessDenied", 403, /unable to validate MFA code\. {2}Please verify/),
    );
  });

  it("wants serial number and code together", async () => {
    const half = stsError(
      "AccessDenied",
      403,
      "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
    );
    await assert.rejects(assumeAdmin(code()), half);
    await assert.rejects(assumeAdmin(undefined, DEVICE), half);
  });

  it("does not spend a code on a request that is denied anyway", async () => {
    const missing = homeRole("Missing");
    const command = new AssumeRoleCommand({
      RoleArn: missing,
      RoleSessionName: "me",
      SerialNumber: DEVICE,
      TokenCode: code(),
    });
    await assert.rejects(client(sandbox).send(command), denied(missing));
    await assumeAdmin(code(), DEVICE);
  });

  it("ends at the role: a chained call does not carry it", async () => {
    const hub = await client(sandbox).send(
      new AssumeRoleCommand({
        RoleArn: homeRole("Hub"),
        RoleSessionName: "hub",
        SerialNumber: DEVICE,
        TokenCode: code(),
      }),
    );
    const arn = homeRole("AdminFromHub");
    const command = new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: "me" });
    await assert.rejects(
      client(sandbox, keysOf(hub)).send(command),
      denied(arn, hub.AssumedRoleUser?.Arn),
    );
  });
});

describe("sandbox: GetSessionToken", () => {
  async function sessionToken(TokenCode?: string, DurationSeconds?: number): Promise<Keys> {
    const SerialNumber = TokenCode === undefined ? undefined : DEVICE;
    const command = new GetSessionTokenCommand({ TokenCode, SerialNumber, DurationSeconds });
    return keysOf(await client(sandbox).send(command));
  }

  it("gives the user temporary credentials for 12 hours unless told otherwise", async () => {
    const answer = await client(sandbox).send(new GetSessionTokenCommand({}));
    assert.deepEqual(answer.Credentials?.Expiration, new Date(START + 43_200_000));
    assert.equal(await whoAmI(sandbox, keysOf(answer)), DEV);
    const short = new GetSessionTokenCommand({ DurationSeconds: 900 });
    const { Credentials } = await client(sandbox).send(short);
    assert.deepEqual(Credentials?.Expiration, new Date(START + 900_000));
  });

  it("with a code satisfies the MFA condition of a role, without one does not", async () => {
    await assumeAdmin(undefined, undefined, await sessionToken(code()));
    await assert.rejects(assumeAdmin(undefined, undefined, await sessionToken()), denied(ADMIN));
    await assert.rejects(sessionToken("000000"), WRONG_CODE);
  });

  it("counts as chaining: one hour at most", async () => {
    const command = new AssumeRoleCommand({
      RoleArn: homeRole("Long"),
      RoleSessionName: "me",
      DurationSeconds: 7200,
    });
    await client(sandbox).send(command);
    await assert.rejects(
      client(sandbox, await sessionToken()).send(command),
      stsError("ValidationError", 400, /1 hour session limit for roles assumed by role chaining/),
    );
  });

  it("cannot be called with temporary credentials, and its own reach two operations only", async () => {
    const user = client(sandbox, await sessionToken());
    const hub = await client(sandbox).send(
      new AssumeRoleCommand({ RoleArn: homeRole("Hub"), RoleSessionName: "hub" }),
    );
    const refused = (operation: string) =>
      stsError("AccessDenied", 403, `Cannot call ${operation} with session credentials`);
    const again = new GetSessionTokenCommand({});
    await assert.rejects(user.send(again), refused("GetSessionToken"));
    await assert.rejects(client(sandbox, keysOf(hub)).send(again), refused("GetSessionToken"));
    await assert.rejects(
      user.send(new GetAccessKeyInfoCommand({ AccessKeyId: "AKIATESTDEVUSER00001" })),
      refused("GetAccessKeyInfo"),
    );
  });
});
