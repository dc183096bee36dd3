import assert from "node:assert/strict";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { CANARY, type Sandbox } from "../../sandbox/index.ts";
import { canonicalRequest, signatureOf, stringToSign } from "../../sandbox/sigv4/canonical.ts";
import {
  client,
  DEV,
  DEV_KEYS,
  HOME,
  homeRole,
  keysOf,
  role,
  startStopped,
  stsError,
  testWorld,
  whoAmI,
} from "./world.ts";

const INVALID = stsError(
  "InvalidClientTokenId",
  403,
  "The security token included in the request is invalid.",
);
const MISMATCH = stsError("SignatureDoesNotMatch", 403, /^The request signature we calculated/);

let sandbox: Sandbox;
before(async () => {
  sandbox = await startStopped(testWorld([role("Plain")]));
});
after(() => sandbox.stop());

async function sessionKeys() {
  const command = new AssumeRoleCommand({ RoleArn: homeRole("Plain"), RoleSessionName: "me" });
  return keysOf(await client(sandbox).send(command));
}

describe("sandbox: authentication", () => {
  it("knows the user behind a key", async () => {
    const answer = await client(sandbox).send(new GetCallerIdentityCommand({}));
    assert.equal(answer.Arn, DEV);
    assert.equal(answer.Account, HOME);
    assert.match(answer.UserId ?? "", /^AIDA[A-Z0-9]{17}$/);
  });

  it("refuses an unknown key, an inactive one and a wrong secret", async () => {
    const withKeys = (change: object) => whoAmI(sandbox, { ...DEV_KEYS, ...change });
    await assert.rejects(withKeys({ accessKeyId: "AKIANOBODYKNOWSTHIS1" }), INVALID);
    await assert.rejects(withKeys({ accessKeyId: "AKIATESTDEVUSEROFF01" }), INVALID);
    await assert.rejects(withKeys({ secretAccessKey: `${DEV_KEYS.secretAccessKey}x` }), MISMATCH);
  });

  it("wants the session token that belongs to the key", async () => {
    const one = await sessionKeys();
    const two = await sessionKeys();
    const { accessKeyId, secretAccessKey } = one;
    await assert.rejects(whoAmI(sandbox, { accessKeyId, secretAccessKey }), INVALID);
    await assert.rejects(
      whoAmI(sandbox, { ...one, sessionToken: two.sessionToken ?? "" }),
      INVALID,
    );
    await assert.rejects(whoAmI(sandbox, { ...DEV_KEYS, sessionToken: "x" }), INVALID);
    await assert.rejects(
      whoAmI(sandbox, { ...one, secretAccessKey: two.secretAccessKey }),
      MISMATCH,
    );
  });

  it("refuses a client whose clock is off, and lets the SDK correct it by the Date header", async () => {
    const skewed = (maxAttempts: number) =>
      new STSClient({
        endpoint: sandbox.url,
        region: "us-east-1",
        credentials: DEV_KEYS,
        systemClockOffset: sandbox.clock.now() - Date.now() - 20 * 60_000,
        maxAttempts,
      });
    const command = new GetCallerIdentityCommand({});
    await assert.rejects(
      skewed(1).send(command),
      stsError(
        "SignatureDoesNotMatch",
        403,
        /^Signature expired: 20260101T00(09|10)\d\dZ is now earlier than 20260101T001500Z \(20260101T003000Z - 15 min\.\)$/,
      ),
    );
    assert.equal((await skewed(2).send(command)).Arn, DEV);
  });

  it("refuses a request without a signature", async () => {
    const body = "Action=GetCallerIdentity&Version=2011-06-15";
    const answer = await fetch(sandbox.url, { method: "POST", body });
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /<Code>MissingAuthenticationToken<\/Code>/);
  });
});

describe("sandbox: presigned GetCallerIdentity", () => {
  function presign(secret: string, method = "GET"): string {
    const date = new Date(sandbox.clock.now()).toISOString().replace(/[:-]|\.\d{3}/g, "");
    const scope = `${date.slice(0, 8)}/eu-west-1/sts/aws4_request`;
    const query = new URLSearchParams({
      Action: "GetCallerIdentity",
      Version: "2011-06-15",
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": `${DEV_KEYS.accessKeyId}/${scope}`,
      "X-Amz-Date": date,
      "X-Amz-Expires": "60",
      "X-Amz-SignedHeaders": "host",
    });
    const target = `/?${query}`;
    const headers = [["Host", new URL(sandbox.url).host]] as const;
    const canonical = canonicalRequest({ method, target, headers, body: Buffer.alloc(0) }, [
      "host",
    ]);
    const signature = signatureOf(secret, scope, stringToSign(date, scope, canonical));
    return `${sandbox.url}${target}&X-Amz-Signature=${signature}`;
  }

  it("is answered like a signed one", async () => {
    const answer = await fetch(presign(DEV_KEYS.secretAccessKey));
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), new RegExp(`<Arn>${DEV}</Arn>`));
    assert.equal(sandbox.requests.at(-1)?.callerArn, DEV);
    assert.deepEqual(sandbox.requests.at(-1)?.params, {});
  });

  it("may be a POST without a body, as the SDK for Python makes them", async () => {
    const url = presign(DEV_KEYS.secretAccessKey, "POST");
    assert.equal((await fetch(url, { method: "POST" })).status, 200);
    assert.equal((await fetch(url)).status, 403);
  });

  it("is refused with another secret", async () => {
    const answer = await fetch(presign(`${CANARY}?`));
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /<Code>SignatureDoesNotMatch<\/Code>/);
  });
});
