import assert from "node:assert/strict";
import {
  type Credentials,
  GetCallerIdentityCommand,
  STSClient,
  STSServiceException,
} from "@aws-sdk/client-sts";
import {
  CANARY,
  type Role,
  type Sandbox,
  startSandbox,
  stoppedClock,
  type Trust,
  type World,
} from "../../sandbox/index.ts";

export const HOME = "111122223333";
export const OTHER = "444455556666";
export const DEV = `arn:aws:iam::${HOME}:user/dev`;
export const DEVICE = `arn:aws:iam::${HOME}:mfa/dev`;
export const DEVICE_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
export const START = Date.parse("2026-01-01T00:30:00Z");

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export const DEV_KEYS: Keys = {
  accessKeyId: "AKIATESTDEVUSER00001",
  secretAccessKey: `test/dev+key${CANARY}test+dev/key`,
};
/** A user without a single permission, in the same account. */
export const GUEST_KEYS: Keys = {
  accessKeyId: "AKIATESTGUESTUSER001",
  secretAccessKey: `test/gst+key${CANARY}test+gst/key`,
};

export function homeRole(name: string): string {
  return `arn:aws:iam::${HOME}:role/${name}`;
}

export function otherRole(name: string): string {
  return `arn:aws:iam::${OTHER}:role/${name}`;
}

/** A user with permissions for all roles, one with none, and the roles that a test wants. */
export function testWorld(
  homeRoles: readonly Role[] = [],
  otherRoles: readonly Role[] = [],
): World {
  return {
    accounts: [
      {
        id: HOME,
        disabledRegions: ["ap-east-1"],
        users: [
          {
            name: "dev",
            accessKeys: [
              { id: DEV_KEYS.accessKeyId, secret: DEV_KEYS.secretAccessKey },
              { id: "AKIATESTDEVUSEROFF01", secret: DEV_KEYS.secretAccessKey, active: false },
            ],
            permissions: { assumeRole: [{ roles: ["*"] }], actions: ["sts:*"] },
            mfaDevices: [{ serial: DEVICE, secret: DEVICE_SECRET }],
          },
          {
            name: "guest",
            accessKeys: [{ id: GUEST_KEYS.accessKeyId, secret: GUEST_KEYS.secretAccessKey }],
            permissions: {},
          },
        ],
        roles: homeRoles,
      },
      { id: OTHER, roles: otherRoles },
    ],
  };
}

export function role(name: string, trust: Partial<Trust> = {}, more: Partial<Role> = {}): Role {
  return { name, trust: { principals: [DEV], ...trust }, ...more };
}

/** Starts a sandbox whose clock stands at `START`. */
export function startStopped(world: World): Promise<Sandbox> {
  return startSandbox({ world, clock: stoppedClock(START) });
}

/** An SDK client that signs with the sandbox's time and does not try again. */
export function client(sandbox: Sandbox, keys: Keys = DEV_KEYS, region = "eu-west-1"): STSClient {
  return new STSClient({
    endpoint: sandbox.url,
    region,
    credentials: keys,
    maxAttempts: 1,
    systemClockOffset: sandbox.clock.now() - Date.now(),
  });
}

export async function whoAmI(sandbox: Sandbox, keys: Keys): Promise<string | undefined> {
  return (await client(sandbox, keys).send(new GetCallerIdentityCommand({}))).Arn;
}

/** Checks an SDK error for the code, the HTTP status and the message that STS answered with. */
export function stsError(code: string, status: number, message: string | RegExp) {
  return (error: unknown): true => {
    assert.ok(error instanceof STSServiceException, String(error));
    assert.equal("Code" in error ? error.Code : error.name, code, error.message);
    assert.equal(error.$metadata.httpStatusCode, status);
    if (typeof message === "string") {
      assert.equal(error.message, message);
    } else {
      assert.match(error.message, message);
    }
    return true;
  };
}

/** 403, in the sentence for a missing permission. */
export function denied(resource: string, caller = DEV, action = "sts:AssumeRole") {
  const message = `User: ${caller} is not authorized to perform: ${action} on resource: ${resource}`;
  return stsError("AccessDenied", 403, message);
}

/** The credentials in an answer, as a client takes them. */
export function keysOf({ Credentials: issued }: { Credentials?: Credentials | undefined }): Keys {
  assert.ok(issued?.AccessKeyId && issued.SecretAccessKey && issued.SessionToken);
  return {
    accessKeyId: issued.AccessKeyId,
    secretAccessKey: issued.SecretAccessKey,
    sessionToken: issued.SessionToken,
  };
}
