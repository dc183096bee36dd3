import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import { splitCommand } from "../../../../src/aws/bases/splitCommand.ts";
import { explain } from "../../../../src/aws/explain/explain.ts";
import { CANARY, DEMO, demoWorld, type Sandbox, startSandbox } from "../../../sandbox/index.ts";
import { settingRole } from "../../support/fixtures.ts";
import { SandboxMachine } from "../../support/sandboxMachine.ts";
import { tempFolder } from "../../support/tempFolder.ts";

const issuer = "https://idp.example";
const webRole = "arn:aws:iam::111122223333:role/Web";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

/** A token of the identity provider, for an hour from a time (epoch ms). */
function token(now: number, audience = "sts.amazonaws.com"): string {
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");
  const seconds = Math.floor(now / 1000);
  const claims = { iss: issuer, aud: audience, sub: "job:1", iat: seconds, exp: seconds + 3600 };
  const signed = `${encode({ alg: "ES256", kid: "k1" })}.${encode(claims)}`;
  const signature = sign("sha256", Buffer.from(signed), {
    key: privateKey,
    dsaEncoding: "ieee-p1363",
  });
  return `${signed}.${signature.toString("base64url")}`;
}

/** The demo world with an identity provider, whose jobs may be Web, which may be Deploy's hub. */
function worldWithProvider(): ReturnType<typeof demoWorld> {
  const { accounts } = demoWorld();
  return {
    accounts: accounts.map((account) =>
      account.id === DEMO.accountId
        ? {
            ...account,
            oidcProviders: [
              {
                issuer,
                audiences: ["sts.amazonaws.com"],
                keys: [
                  {
                    id: "k1",
                    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
                  },
                ],
              },
            ],
            roles: [
              ...(account.roles ?? []).map((role) =>
                role.name === "Hub"
                  ? { ...role, trust: { principals: [...role.trust.principals, webRole] } }
                  : role,
              ),
              {
                name: "Web",
                trust: {
                  principals: [],
                  webIdentity: { issuer, audience: "sts.amazonaws.com", subject: "job:*" },
                },
                permissions: { assumeRole: [{ roles: [DEMO.roles.hub] }] },
              },
            ],
          }
        : account,
    ),
  };
}

describe("the bases of profiles", () => {
  const folder = tempFolder();
  let sandbox: Sandbox;
  let machine: SandboxMachine;

  beforeEach(async () => {
    sandbox = await startSandbox({ world: worldWithProvider() });
    machine = new SandboxMachine(sandbox, folder);
  });

  afterEach(() => sandbox.stop());

  /** Why a role's base gives nothing, as the user is told. */
  async function told(role: string): Promise<string> {
    const outcome = await machine.assume(role);
    if (outcome.kind !== "failed") throw new Error(`It ended as ${outcome.kind}.`);
    const { why, fix } = explain(outcome.failure, settingRole());
    const shown = JSON.stringify([outcome, machine.notes, machine.calls]);
    assert.ok(!shown.includes(CANARY), shown);
    assert.doesNotMatch(fix, /See the log/);
    return why;
  }

  describe("a credential_process", () => {
    const printing = {
      Version: 1,
      AccessKeyId: DEMO.accessKeyId,
      SecretAccessKey: DEMO.secretAccessKey,
    };

    /** A program that a profile runs, in a folder with a space in its name. */
    async function programThat(script: string): Promise<void> {
      const file = await folder.write("my programs/print it.cjs", script);
      await folder.write(
        ".aws/config",
        `[profile tool]\ncredential_process = "${process.execPath}" "${file}" "two words" $HOME\n` +
          `[profile on-tool]\nrole_arn = ${DEMO.roles.readOnly}\nsource_profile = tool\n`,
      );
    }

    it("gets its arguments as the CLI splits them, without a shell", async () => {
      await programThat(
        `if (process.argv[2] !== "two words" || process.argv[3] !== "$HOME") process.exit(9);
         console.log(${JSON.stringify(JSON.stringify(printing))});`,
      );
      assert.match((await machine.session("on-tool")).assumedRoleArn ?? "", /ReadOnly/);
    });

    it("has its last words told where it fails, and never its output", async () => {
      await programThat(
        `console.log("${CANARY}"); console.error("please sign in first"); process.exit(2);`,
      );
      assert.match(await told("on-tool"), /It ended with code 2 and said: please sign in first/);
    });

    it("has to print the right JSON", async () => {
      const prints = (value: unknown): Promise<void> =>
        programThat(`console.log(${JSON.stringify(JSON.stringify(value))})`);
      await programThat(`console.log("${CANARY}")`);
      assert.match(await told("on-tool"), /What it printed is no JSON object/);
      await programThat("");
      assert.match(await told("on-tool"), /It printed nothing/);
      await prints({ ...printing, Version: "1" });
      assert.match(await told("on-tool"), /"Version" must be the number 1; here it is a text/);
      await prints({ Version: 1, AccessKeyId: "x" });
      assert.match(await told("on-tool"), /"SecretAccessKey" is missing/);
      await prints({ ...printing, Expiration: "2020-01-01T00:00:00Z" });
      assert.match(await told("on-tool"), /ended at 2020-01-01/);
    });

    it("is run again only when what it printed has ended", async () => {
      const end = new Date(sandbox.clock.now() + 3_600_000).toISOString();
      await programThat(
        `require("node:fs").appendFileSync(__dirname + "/runs", "x");
         console.log(${JSON.stringify(JSON.stringify({ ...printing, Expiration: end }))});`,
      );
      const runs = async (): Promise<number> =>
        (await readFile(folder.path("my programs/runs"), "utf8")).length;
      await machine.session("on-tool");
      await machine.session("on-tool");
      assert.equal(await runs(), 1);
      sandbox.clock.advance(3_590_000);
      await machine.session("on-tool");
      assert.equal(await runs(), 2);
    });

    it("is not there", async () => {
      await folder.write(
        ".aws/config",
        `[profile tool]\ncredential_process = no-such-program\n[profile on-tool]\nrole_arn = ${DEMO.roles.readOnly}\nsource_profile = tool\n`,
      );
      assert.match(await told("on-tool"), /There is no program "no-such-program"/);
    });

    it("is never run from a config file in a folder that isn't trusted", async () => {
      await programThat(`require("node:fs").writeFileSync(__dirname + "/ran", "")`);
      machine.untrustedFolders = [folder.path()];
      assert.match(await told("on-tool"), /lies in a folder that is not trusted/);
    });
  });

  it("split a command line as the CLI does", () => {
    const posix = (line: string): string[] => splitCommand(line, "linux");
    assert.deepEqual(posix(`a "b c" 'd "e' f\\ g "h\\"i" j""k`), [
      "a",
      "b c",
      'd "e',
      "f g",
      'h"i',
      "jk",
    ]);
    assert.deepEqual(posix(`/opt/x --name='' $HOME ~ *`), ["/opt/x", "--name=", "$HOME", "~", "*"]);
    assert.throws(() => posix(`a "b`), /has no end/);
    const windows = (line: string): string[] => splitCommand(line, "win32");
    assert.deepEqual(windows(`"C:\\Program Files\\x.exe" a\\b "c d\\\\" e\\"f`), [
      "C:\\Program Files\\x.exe",
      "a\\b",
      "c d\\",
      'e"f',
    ]);
  });

  describe("a web identity", () => {
    async function profileWith(text: string): Promise<void> {
      const file = await folder.write("token", text);
      await folder.write(
        ".aws/config",
        `[profile web]\nrole_arn = ${webRole}\nweb_identity_token_file = ${file}\n[profile through-web]\nrole_arn = ${DEMO.roles.hub}\nsource_profile = web\n`,
      );
    }

    it("is exchanged for its role, whose true identity and end are shown", async () => {
      await profileWith(token(sandbox.clock.now()));
      const session = await machine.session("web");
      assert.equal(session.assumedRoleArn, "arn:aws:sts::111122223333:assumed-role/Web/me-vscode");
      assert.equal(Math.round((session.expiresAt - sandbox.clock.now()) / 60_000), 60);
      assert.deepEqual(machine.operations(), ["AssumeRoleWithWebIdentity"]);
    });

    it("is a base for other roles, and is exchanged once for them", async () => {
      await profileWith(token(sandbox.clock.now()));
      await machine.session("through-web");
      await machine.session("through-web");
      assert.deepEqual(machine.operations(), [
        "AssumeRoleWithWebIdentity",
        "AssumeRole",
        "AssumeRole",
      ]);
    });

    it("is taken from the environment where nobody names a base", async () => {
      const file = await folder.write("token", token(sandbox.clock.now()));
      const job = new SandboxMachine(sandbox, folder, {
        AWS_WEB_IDENTITY_TOKEN_FILE: file,
        AWS_ROLE_ARN: webRole,
        AWS_ROLE_SESSION_NAME: "job-1",
      });
      const { assumedRoleArn } = await job.session(settingRole({ roleArn: DEMO.roles.hub }));
      assert.match(assumedRoleArn ?? "", /assumed-role\/Hub\/me-vscode/);
    });

    it("is told apart in why it gives nothing", async () => {
      await profileWith(" ");
      assert.match(await told("web"), /token is empty/);
      await profileWith(token(sandbox.clock.now() - 7_200_000));
      assert.match(await told("web"), /expired/i);
      await profileWith(token(sandbox.clock.now(), "someone else"));
      assert.match(await told("web"), /audience|Incorrect token/i);
      await folder.write(
        ".aws/config",
        `[profile web]\nrole_arn = ${webRole}\nweb_identity_token_file = /nowhere\n`,
      );
      assert.match(await told("web"), /\/nowhere can't be read \(ENOENT\)/);
    });
  });

  describe("a session of aws login", () => {
    const session = "arn:aws:iam::111122223333:user/dev";

    async function cached(content: string | undefined): Promise<void> {
      const name = createHash("sha256").update(session).digest("hex");
      if (content !== undefined) await folder.write(`.aws/login/cache/${name}.json`, content);
      await folder.write(
        ".aws/config",
        `[profile signed-in]\nlogin_session = ${session}\n[profile on-login]\nrole_arn = ${DEMO.roles.readOnly}\nsource_profile = signed-in\n`,
      );
    }

    it("is read from the CLI's cache", async () => {
      const { credentials, expiration } = await sessionOfUser();
      const { accessKeyId, secretAccessKey, sessionToken } = credentials;
      const expiresAt = new Date(expiration).toISOString();
      await cached(
        JSON.stringify({ accessToken: { accessKeyId, secretAccessKey, sessionToken, expiresAt } }),
      );
      assert.match((await machine.session("on-login")).assumedRoleArn ?? "", /ReadOnly/);
    });

    it("is told apart in why it gives nothing", async () => {
      await cached(undefined);
      assert.match(await told("on-login"), /can't be read \(ENOENT\)/);
      await cached("{}");
      assert.match(await told("on-login"), /holds no session/);
    });

    /** A session of the demo's user, such as a sign-in gives. */
    async function sessionOfUser() {
      const { getSessionToken } = await import("../../../../src/aws/sts/sts.ts");
      const sdk = await import("../../../../src/aws/sts/sdk.ts");
      const { totp } = await import("../../../sandbox/index.ts");
      return getSessionToken(
        { accessKeyId: DEMO.accessKeyId, secretAccessKey: DEMO.secretAccessKey },
        { serial: DEMO.mfaSerial, code: totp(DEMO.mfaSecret, sandbox.clock.now()) },
        undefined,
        {
          sdk,
          region: "eu-central-1",
          endpoint: sandbox.url,
          signal: new AbortController().signal,
          now: () => sandbox.clock.now(),
          onCall: () => undefined,
        },
      );
    }
  });
});
