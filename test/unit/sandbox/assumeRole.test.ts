import assert from "node:assert/strict";
import { AssumeRoleCommand, type AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import { CANARY, type Role, type Sandbox, type User } from "../../sandbox/index.ts";
import {
  client,
  DEV,
  denied,
  GUEST_KEYS,
  HOME,
  homeRole,
  type Keys,
  keysOf,
  OTHER,
  otherRole,
  role,
  START,
  startStopped,
  stsError,
  testWorld,
  whoAmI,
} from "./world.ts";

const GUEST = `arn:aws:iam::${HOME}:user/guest`;
const HUB_SESSION = `arn:aws:sts::${HOME}:assumed-role/Hub/hub`;

const HOME_ROLES: readonly Role[] = [
  role("Plain"),
  role("Pathed", {}, { path: "/team/ops/" }),
  role("ForAccount", { principals: [HOME] }),
  role("ForRoot", { principals: [`arn:aws:iam::${HOME}:root`] }),
  role("ForAll", { principals: ["*"] }),
  role("ForNobody", { principals: [] }),
  role("Guarded", { externalId: "swordfish" }),
  role("Tagged", { allowsTags: true, allowsSourceIdentity: true }),
  role("Long", {}, { maxSessionDurationSeconds: 43_200 }),
  role("Brief", {}, { sessionLifeSeconds: 90 }),
  role("Hub", {}, { permissions: { assumeRole: [{ roles: ["*"] }], actions: ["sts:*"] } }),
  role("HubWithoutPermission"),
  role(
    "Spoke",
    { principals: [homeRole("Hub")], allowsTags: true, allowsSourceIdentity: true },
    {
      maxSessionDurationSeconds: 43_200,
    },
  ),
  role("ForSession", { principals: [HUB_SESSION] }),
];
const OTHER_ROLES: readonly Role[] = [
  role("ByName"),
  role("ByAccount", { principals: [HOME] }),
  role("ForGuest", { principals: [GUEST] }),
  role("FromHub", { principals: [homeRole("Hub"), homeRole("HubWithoutPermission")] }),
];

let sandbox: Sandbox;
before(async () => {
  sandbox = await startStopped(testWorld(HOME_ROLES, OTHER_ROLES));
});
after(() => sandbox.stop());

function assume(RoleArn: string, more: Partial<AssumeRoleCommandInput> = {}, keys?: Keys) {
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: "hub", ...more });
  return client(sandbox, keys).send(command);
}

describe("sandbox: AssumeRole", () => {
  it("gives credentials that work as the role", async () => {
    const answer = await assume(homeRole("Plain"), { RoleSessionName: "me@desk" });
    const arn = `arn:aws:sts::${HOME}:assumed-role/Plain/me@desk`;
    assert.equal(answer.AssumedRoleUser?.Arn, arn);
    assert.match(answer.AssumedRoleUser?.AssumedRoleId ?? "", /^AROA[A-Z0-9]{17}:me@desk$/);
    assert.deepEqual(answer.Credentials?.Expiration, new Date(START + 3_600_000));
    assert.equal(answer.PackedPolicySize, undefined);
    assert.equal(await whoAmI(sandbox, keysOf(answer)), arn);
  });

  it("issues secrets that look like AWS's and carry the canary", async () => {
    const keys = keysOf(await assume(homeRole("Plain")));
    assert.match(keys.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
    assert.match(keys.secretAccessKey, /^[A-Za-z0-9/+]{40}$/);
    assert.ok(keys.secretAccessKey.includes(CANARY));
    assert.match(keys.sessionToken ?? "", /^[A-Za-z0-9/+]{300,}=$/);
    assert.ok(keys.sessionToken?.includes(CANARY));
    assert.notEqual(keysOf(await assume(homeRole("Plain"))).secretAccessKey, keys.secretAccessKey);
  });

  it("leaves the path of a role out of its sessions' ARN", async () => {
    const answer = await assume(homeRole("team/ops/Pathed"));
    assert.equal(answer.AssumedRoleUser?.Arn, `arn:aws:sts::${HOME}:assumed-role/Pathed/hub`);
  });
});

describe("sandbox: who may assume a role", () => {
  it("takes a trust that names the caller as enough within the account", async () => {
    const named = await startStopped({
      accounts: [{ id: HOME, users: [guest()], roles: [role("R", { principals: [GUEST] })] }],
    });
    const command = new AssumeRoleCommand({ RoleArn: homeRole("R"), RoleSessionName: "me" });
    await client(named, GUEST_KEYS).send(command);
    await named.stop();
  });

  it("wants the caller's own policy too where the trust names the account", async () => {
    for (const arn of [homeRole("ForAccount"), homeRole("ForRoot")]) {
      await assume(arn);
      await assert.rejects(assume(arn, {}, GUEST_KEYS), denied(arn, GUEST));
    }
  });

  it("lets anyone in whom a trust of * admits within the account", async () => {
    await assume(homeRole("ForAll"), {}, GUEST_KEYS);
  });

  it("wants both policies across accounts", async () => {
    await assume(otherRole("ByName"));
    await assume(otherRole("ByAccount"));
    const arn = otherRole("ForGuest");
    await assert.rejects(assume(arn), denied(arn));
    await assert.rejects(assume(arn, {}, GUEST_KEYS), denied(arn, GUEST));
  });

  it("answers alike for a role without trust, one that does not exist and a misspelt ARN", async () => {
    for (const arn of [homeRole("ForNobody"), homeRole("Missing"), `arn:aws:iam:${OTHER}:role/X`]) {
      await assert.rejects(assume(arn), denied(arn));
    }
  });

  it("compares the external id", async () => {
    const arn = homeRole("Guarded");
    await assume(arn, { ExternalId: "swordfish" });
    await assert.rejects(assume(arn, { ExternalId: "Swordfish" }), denied(arn));
    await assert.rejects(assume(arn), denied(arn));
  });

  it("wants tags and a source identity to be allowed by the trust", async () => {
    const Tags = [{ Key: "team", Value: "ops" }];
    const arn = homeRole("Plain");
    await assert.rejects(assume(arn, { Tags }), denied(arn, DEV, "sts:TagSession"));
    await assert.rejects(
      assume(arn, { SourceIdentity: "ann" }),
      denied(arn, DEV, "sts:SetSourceIdentity"),
    );
    const answer = await assume(homeRole("Tagged"), { Tags, SourceIdentity: "ann" });
    assert.equal(answer.SourceIdentity, "ann");
    assert.equal(answer.PackedPolicySize, 1);
  });

  it("is closed in a region where the account has switched STS off", async () => {
    const command = new AssumeRoleCommand({ RoleArn: homeRole("Plain"), RoleSessionName: "me" });
    await assert.rejects(
      client(sandbox, undefined, "ap-east-1").send(command),
      stsError(
        "RegionDisabledException",
        403,
        /^STS is not activated in this region for account:1/,
      ),
    );
  });
});

function guest(): User {
  const { accessKeyId: id, secretAccessKey: secret } = GUEST_KEYS;
  return { name: "guest", accessKeys: [{ id, secret }], permissions: {} };
}

describe("sandbox: chained roles", () => {
  it("lets a role's session go on to a role that trusts it, in either account", async () => {
    const hub = keysOf(await assume(homeRole("Hub")));
    await assume(homeRole("Spoke"), {}, hub);
    await assume(homeRole("ForSession"), {}, hub);
    const answer = await assume(otherRole("FromHub"), {}, hub);
    assert.equal(answer.AssumedRoleUser?.Arn, `arn:aws:sts::${OTHER}:assumed-role/FromHub/hub`);
  });

  it("denies a role without permission, and a user the second step", async () => {
    const arn = otherRole("FromHub");
    await assert.rejects(assume(arn), denied(arn));
    const keys = keysOf(await assume(homeRole("HubWithoutPermission")));
    const session = `arn:aws:sts::${HOME}:assumed-role/HubWithoutPermission/hub`;
    await assert.rejects(assume(arn, {}, keys), denied(arn, session));
  });

  it("allows one hour at most", async () => {
    const hub = keysOf(await assume(homeRole("Hub")));
    await assume(homeRole("Spoke"), { DurationSeconds: 3600 }, hub);
    await assert.rejects(
      assume(homeRole("Spoke"), { DurationSeconds: 3601 }, hub),
      stsError(
        "ValidationError",
        400,
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
      ),
    );
  });

  it("does not let a session policy be left behind", async () => {
    const PolicyArns = [{ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }];
    const reader = keysOf(await assume(homeRole("Hub"), { PolicyArns }));
    await assert.rejects(
      assume(homeRole("Spoke"), {}, reader),
      denied(homeRole("Spoke"), HUB_SESSION),
    );
    const statement = (Effect: string, Resource: string) => ({
      Effect,
      Action: "sts:assume*",
      Resource,
    });
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [statement("Allow", "*"), statement("Deny", homeRole("Sp*"))],
    });
    const narrowed = keysOf(await assume(homeRole("Hub"), { Policy }));
    await assume(homeRole("ForSession"), {}, narrowed);
    await assert.rejects(
      assume(homeRole("Spoke"), {}, narrowed),
      denied(homeRole("Spoke"), HUB_SESSION),
    );
  });

  it("hands on transitive tags, which then cannot be changed", async () => {
    const Tags = [
      { Key: "Team", Value: "ops" },
      { Key: "note", Value: "stays" },
    ];
    const more = { Tags, TransitiveTagKeys: ["Team"] };
    const tagged = await startStopped(
      testWorld([
        role("Hub", { allowsTags: true }),
        role("Spoke", { principals: [homeRole("Hub")], allowsTags: true }),
        role("Closed", { principals: [homeRole("Hub")] }),
      ]),
    );
    const send = (RoleArn: string, input: Partial<AssumeRoleCommandInput>, keys?: Keys) =>
      client(tagged, keys).send(
        new AssumeRoleCommand({ RoleArn, RoleSessionName: "hub", ...input }),
      );
    const hub = keysOf(await send(homeRole("Hub"), more));
    await send(homeRole("Spoke"), {}, hub);
    await assert.rejects(
      send(homeRole("Closed"), {}, hub),
      denied(homeRole("Closed"), HUB_SESSION, "sts:TagSession"),
    );
    await assert.rejects(
      send(homeRole("Spoke"), { Tags: [{ Key: "team", Value: "dev" }] }, hub),
      stsError("ValidationError", 400, /override a transitive tag/),
    );
    await tagged.stop();
  });

  it("keeps a source identity through the chain", async () => {
    const trust = { allowsSourceIdentity: true } as const;
    const chain = await startStopped(
      testWorld([role("Hub", trust), role("Spoke", { ...trust, principals: [homeRole("Hub")] })]),
    );
    const send = (RoleArn: string, SourceIdentity: string | undefined, keys?: Keys) =>
      client(chain, keys).send(
        new AssumeRoleCommand({ RoleArn, RoleSessionName: "hub", SourceIdentity }),
      );
    const hub = keysOf(await send(homeRole("Hub"), "ann"));
    assert.equal((await send(homeRole("Spoke"), undefined, hub)).SourceIdentity, "ann");
    await assert.rejects(
      send(homeRole("Spoke"), "bob", hub),
      denied(homeRole("Spoke"), HUB_SESSION, "sts:SetSourceIdentity"),
    );
    await chain.stop();
  });
});

describe("sandbox: how long a session lasts", () => {
  it("is as long as asked for, up to the role's maximum", async () => {
    const answer = await assume(homeRole("Long"), { DurationSeconds: 43_200 });
    assert.deepEqual(answer.Credentials?.Expiration, new Date(START + 43_200_000));
    await assert.rejects(
      assume(homeRole("Plain"), { DurationSeconds: 3601 }),
      stsError(
        "ValidationError",
        400,
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
      ),
    );
  });

  it("ends at its Expiration", async () => {
    const keys = keysOf(await assume(homeRole("Plain"), { DurationSeconds: 900 }));
    sandbox.clock.advance(899_999);
    await whoAmI(sandbox, keys);
    sandbox.clock.advance(1);
    await assert.rejects(
      whoAmI(sandbox, keys),
      stsError("ExpiredToken", 403, "The security token included in the request is expired"),
    );
    sandbox.clock.set(START);
  });

  it("can be shorter than STS allows, for a demonstration", async () => {
    const answer = await assume(homeRole("Brief"), { DurationSeconds: 900 });
    assert.deepEqual(answer.Credentials?.Expiration, new Date(START + 90_000));
  });
});
