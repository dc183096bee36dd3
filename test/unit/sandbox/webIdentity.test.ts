import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { AssumeRoleWithWebIdentityCommand } from "@aws-sdk/client-sts";
import type { Sandbox, World } from "../../sandbox/index.ts";
import {
  client,
  HOME,
  homeRole,
  keysOf,
  role,
  START,
  startStopped,
  stsError,
  whoAmI,
} from "./world.ts";

const ISSUER = "https://idp.example/team";
const AUDIENCE = "sts.amazonaws.com";
const SUBJECT = "repo:team/app:ref:refs/heads/main";
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const CLAIMS = { iss: ISSUER, aud: AUDIENCE, sub: SUBJECT, exp: START / 1000 + 300 };

function pem(key: KeyObject): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}

function world(): World {
  const keys = [
    { id: "rsa", publicKey: pem(rsa.publicKey) },
    { id: "ec", publicKey: pem(ec.publicKey) },
  ];
  const trust = (subject: string, audience = AUDIENCE) => ({
    principals: [],
    webIdentity: { issuer: ISSUER, audience, subject },
  });
  return {
    accounts: [
      {
        id: HOME,
        oidcProviders: [{ issuer: ISSUER, audiences: [AUDIENCE, "other"], keys }],
        roles: [
          role("Build", trust("repo:team/*:ref:refs/heads/main")),
          role("OtherTeam", trust("repo:other/*")),
          role("OtherAudience", trust("*", "other")),
          role("NoTrust"),
        ],
      },
    ],
  };
}

function base64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function token(claims: object, key: KeyObject = rsa.privateKey, header: object = {}): string {
  const type = key.asymmetricKeyType;
  const named = type === "ec" ? { alg: "ES256", kid: "ec" } : { alg: "RS256", kid: "rsa" };
  const signed = `${base64({ ...named, ...header })}.${base64(claims)}`;
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}

let sandbox: Sandbox;
before(async () => {
  sandbox = await startStopped(world());
});
after(() => sandbox.stop());

function assume(WebIdentityToken: string, name = "Build", DurationSeconds?: number) {
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: homeRole(name),
    RoleSessionName: "build-7",
    WebIdentityToken,
    DurationSeconds,
  });
  return client(sandbox).send(command);
}

const NOT_TRUSTED = stsError(
  "AccessDenied",
  403,
  "Not authorized to perform sts:AssumeRoleWithWebIdentity",
);

describe("sandbox: AssumeRoleWithWebIdentity", () => {
  for (const [algorithm, key] of [
    ["RS256", rsa.privateKey],
    ["ES256", ec.privateKey],
  ] as const) {
    it(`accepts a token signed by ${algorithm}`, async () => {
      const answer = await assume(token(CLAIMS, key));
      assert.equal(answer.SubjectFromWebIdentityToken, SUBJECT);
      assert.equal(answer.Audience, AUDIENCE);
      assert.equal(answer.Provider, `arn:aws:iam::${HOME}:oidc-provider/idp.example/team`);
      const arn = `arn:aws:sts::${HOME}:assumed-role/Build/build-7`;
      assert.equal(await whoAmI(sandbox, keysOf(answer)), arn);
    });
  }

  it("is recorded without the token", async () => {
    await assume(token(CLAIMS));
    const record = sandbox.requests.at(-1);
    assert.equal(record?.params["WebIdentityToken"], "(hidden)");
    assert.equal(record?.callerArn, undefined);
  });

  it("refuses a token that was changed or signed with another key", async () => {
    const invalid = stsError("InvalidIdentityToken", 400, /invalid signature/);
    const [header, , signature] = token(CLAIMS).split(".");
    const forged = base64({ ...CLAIMS, sub: "repo:team/other:ref:refs/heads/main" });
    await assert.rejects(assume(`${header}.${forged}.${signature}`), invalid);
    const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    await assert.rejects(assume(token(CLAIMS, stranger)), invalid);
    await assert.rejects(assume(token(CLAIMS, rsa.privateKey, { alg: "none" })), invalid);
  });

  it("refuses a key it does not know and a text that is no token", async () => {
    await assert.rejects(
      assume(token(CLAIMS, rsa.privateKey, { kid: "new" })),
      stsError("InvalidIdentityToken", 400, /^Couldn't retrieve verification key/),
    );
    for (const text of ["not a token", "a.b.c", `${token(CLAIMS)}.more`]) {
      await assert.rejects(
        assume(text),
        stsError("InvalidIdentityToken", 400, /is not a valid JWT/),
      );
    }
  });

  it("wants the issuer, the audience and the time to fit", async () => {
    await assert.rejects(
      assume(token({ ...CLAIMS, iss: "https://elsewhere.example" })),
      stsError(
        "InvalidIdentityToken",
        400,
        "No OpenIDConnect provider found in your account for https://elsewhere.example",
      ),
    );
    await assert.rejects(
      assume(token({ ...CLAIMS, aud: "nobody" })),
      stsError("InvalidIdentityToken", 400, "Incorrect token audience"),
    );
    await assert.rejects(
      assume(token({ ...CLAIMS, exp: START / 1000 })),
      stsError(
        "ExpiredTokenException",
        400,
        /^Token expired: current date\/time 1767227400 must be/,
      ),
    );
    await assert.rejects(
      assume(token({ iss: ISSUER, aud: AUDIENCE, sub: SUBJECT })),
      stsError("InvalidIdentityToken", 400, /Missing a required claim/),
    );
    await assume(token({ ...CLAIMS, aud: ["nobody", AUDIENCE] }));
  });

  it("wants the role to trust the subject and the audience", async () => {
    for (const name of ["OtherTeam", "OtherAudience", "NoTrust", "Missing"]) {
      await assert.rejects(assume(token(CLAIMS), name), NOT_TRUSTED);
    }
    await assume(token({ ...CLAIMS, aud: "other" }), "OtherAudience");
  });

  it("keeps to the role's maximum duration", async () => {
    const answer = await assume(token(CLAIMS), "Build", 900);
    assert.deepEqual(answer.Credentials?.Expiration, new Date(START + 900_000));
    await assert.rejects(
      assume(token(CLAIMS), "Build", 7200),
      stsError("ValidationError", 400, /exceeds the MaxSessionDuration/),
    );
  });
});
