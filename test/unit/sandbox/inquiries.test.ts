import assert from "node:assert/strict";
import {
  AssumeRoleCommand,
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
} from "@aws-sdk/client-sts";
import type { Sandbox } from "../../sandbox/index.ts";
import {
  client,
  DEV_KEYS,
  GUEST_KEYS,
  HOME,
  homeRole,
  keysOf,
  OTHER,
  otherRole,
  role,
  startStopped,
  stsError,
  testWorld,
} from "./world.ts";

const GUEST = `arn:aws:iam::${HOME}:user/guest`;

let sandbox: Sandbox;
before(async () => {
  sandbox = await startStopped(
    testWorld([role("Reader", {}, { permissions: { actions: ["sts:*"] } })], [role("Plain")]),
  );
});
after(() => sandbox.stop());

function notAllowed(action: string) {
  return stsError("AccessDenied", 403, `User: ${GUEST} is not authorized to perform: ${action}`);
}

describe("sandbox: GetAccessKeyInfo", () => {
  const ask = (AccessKeyId: string, keys = DEV_KEYS) =>
    client(sandbox, keys).send(new GetAccessKeyInfoCommand({ AccessKeyId }));

  it("names the account of users' and of temporary keys", async () => {
    assert.equal((await ask(GUEST_KEYS.accessKeyId)).Account, HOME);
    const command = new AssumeRoleCommand({ RoleArn: otherRole("Plain"), RoleSessionName: "me" });
    const session = keysOf(await client(sandbox).send(command));
    assert.equal((await ask(session.accessKeyId)).Account, OTHER);
  });

  it("refuses unknown keys, impossible ones and callers without permission", async () => {
    await assert.rejects(ask("AKIANOBODYKNOWSTHIS1"), stsError("ValidationError", 400, /Invalid/));
    await assert.rejects(ask("AKIA"), stsError("ValidationError", 400, /at 'accessKeyId'/));
    await assert.rejects(ask(DEV_KEYS.accessKeyId, GUEST_KEYS), notAllowed("sts:GetAccessKeyInfo"));
  });
});

describe("sandbox: DecodeAuthorizationMessage", () => {
  const decode = (EncodedMessage: string, keys = DEV_KEYS) =>
    client(sandbox, keys).send(new DecodeAuthorizationMessageCommand({ EncodedMessage }));
  const message = { allowed: false, context: { action: "ec2:RunInstances", note: '<&">' } };

  it("opens a message of the caller's account", async () => {
    const answer = await decode(sandbox.encodeAuthorizationMessage(HOME, message));
    assert.deepEqual(JSON.parse(answer.DecodedMessage ?? ""), message);
  });

  it("refuses other accounts' messages, invented ones and callers without permission", async () => {
    const invalid = stsError("InvalidAuthorizationMessageException", 400, "Message is not valid");
    await assert.rejects(decode(sandbox.encodeAuthorizationMessage(OTHER, message)), invalid);
    await assert.rejects(decode("invented"), invalid);
    await assert.rejects(
      decode(sandbox.encodeAuthorizationMessage(HOME, message), GUEST_KEYS),
      notAllowed("sts:DecodeAuthorizationMessage"),
    );
  });

  it("is kept from a session that was narrowed to reading", async () => {
    const command = new AssumeRoleCommand({
      RoleArn: homeRole("Reader"),
      RoleSessionName: "me",
      PolicyArns: [{ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
    });
    const narrowed = keysOf(await client(sandbox).send(command));
    await assert.rejects(
      decode("any", narrowed),
      stsError("AccessDenied", 403, /not authorized to perform: sts:DecodeAuthorizationMessage$/),
    );
    const info = new GetAccessKeyInfoCommand({ AccessKeyId: DEV_KEYS.accessKeyId });
    assert.equal((await client(sandbox, narrowed).send(info)).Account, HOME);
  });
});
