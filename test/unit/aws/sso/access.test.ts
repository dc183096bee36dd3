import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { explain } from "../../../../src/aws/explain/explain.ts";
import { roleOfOffer } from "../../../../src/aws/sso/offeredRole.ts";
import { CANARY, DEMO, demoWorld, type Sandbox, startSandbox } from "../../../sandbox/index.ts";
import { settingRole } from "../../support/fixtures.ts";
import { SandboxMachine } from "../../support/sandboxMachine.ts";
import { approve, deny } from "../../support/signInStub.ts";
import { tempFolder } from "../../support/tempFolder.ts";

const { startUrl, region } = DEMO.identityCenter;

const config = `
[sso-session corp]
sso_start_url = ${startUrl}
sso_region = ${region}
sso_registration_scopes = sso:account:access

[profile reader]
sso_session = corp
sso_account_id = ${DEMO.accountId}
sso_role_name = ReadOnly

[profile stranger]
sso_session = corp
sso_account_id = ${DEMO.accountId}
sso_role_name = Owner

[profile legacy]
sso_start_url = ${startUrl}
sso_region = ${region}
sso_account_id = ${DEMO.productionAccountId}
sso_role_name = Support

[profile hub]
role_arn = ${DEMO.roles.hub}
source_profile = reader

[profile deploy]
role_arn = ${DEMO.roles.deploy}
source_profile = hub
`;

const session = { name: "corp", startUrl, region, scopes: ["sso:account:access"] };
const never = new AbortController().signal;

describe("IAM Identity Center", () => {
  const folder = tempFolder();
  let sandbox: Sandbox;
  let machine: SandboxMachine;

  beforeEach(async () => {
    sandbox = await startSandbox({ world: demoWorld() });
    machine = new SandboxMachine(sandbox, folder);
    await folder.write(".aws/config", config);
  });

  afterEach(() => sandbox.stop());

  const offered = (manner: "ask" | "silent") =>
    machine.sso.offeredRoles(session, { oidc: sandbox.url, portal: sandbox.url }, never, manner);

  /** Why a role was not assumed, as the user is told, after a look for secrets. */
  async function told(role: string): Promise<string> {
    const outcome = await machine.assume(role);
    if (outcome.kind !== "failed") throw new Error(`It ended as ${outcome.kind}.`);
    const shown = JSON.stringify([outcome, machine.notes, machine.calls]);
    assert.ok(!shown.includes(CANARY), shown);
    const { why, fix } = explain(outcome.failure, settingRole());
    return `${why} ${fix}`;
  }

  for (const flow of ["device", "browser"] as const) {
    it(`signs in by the ${flow} flow and gives the permission set's credentials`, async () => {
      machine.signIns.wantedFlow = flow;
      const { credentials, plan, expiresAt } = await machine.session("reader");
      assert.match(credentials.sessionToken ?? "", /./);
      assert.equal(plan.base.kind, "sso");
      assert.equal(Math.round((expiresAt - sandbox.clock.now()) / 60_000), 60);
      assert.deepEqual(
        machine.signIns.prompts.map((prompt) => [prompt.flow, prompt.session]),
        [[flow, "corp"]],
      );
      assert.ok(!JSON.stringify([machine.calls, machine.notes]).includes(CANARY));
      assert.ok([...machine.storage.stored.values()].join().includes(CANARY));
    });
  }

  it("shows the code and the page that it is for", async () => {
    await machine.session("reader");
    const [prompt] = machine.signIns.prompts;
    if (prompt?.flow !== "device") throw new Error("There is no prompt.");
    assert.match(prompt.userCode, /^[A-Z]{4}-[A-Z]{4}$/);
    assert.equal(prompt.urlWithCode, `${prompt.url}?user_code=${prompt.userCode}`);
  });

  it("is the base of a chain of roles, and is asked once for it", async () => {
    const { assumedRoleArn } = await machine.session("deploy");
    assert.match(assumedRoleArn ?? "", /^arn:aws:sts::444455556666:assumed-role\/Deploy\//);
    assert.deepEqual(machine.operations().slice(-3), [
      "GetRoleCredentials",
      "AssumeRole",
      "AssumeRole",
    ]);
    await machine.session("deploy");
    assert.deepEqual(machine.operations(), ["AssumeRole"]);
  });

  it("takes a profile without an sso-session", async () => {
    const { role } = await machine.session("legacy");
    assert.deepEqual(role.permissionSet, { accountId: DEMO.productionAccountId, name: "Support" });
  });

  it("asks for one sign-in, however many want one at once", async () => {
    await Promise.all([machine.session("reader"), machine.session("hub"), offered("ask")]);
    assert.equal(machine.signIns.prompts.length, 1);
  });

  it("refreshes the sign-in without the user, for as long as it lasts", async () => {
    await machine.session("reader");
    sandbox.clock.advance(3_600_000);
    await machine.session("reader");
    assert.equal(machine.signIns.prompts.length, 1);
    sandbox.clock.advance(8 * 3_600_000);
    await machine.session("reader");
    assert.equal(machine.signIns.prompts.length, 2);
  });

  it("survives the end of the window: the token is in the secret storage", async () => {
    await machine.session("reader");
    const next = new SandboxMachine(sandbox, folder, {}, machine.storage);
    await next.session("reader");
    assert.equal(next.signIns.prompts.length, 0);
  });

  it("asks for a new sign-in if the old one was revoked", async () => {
    await machine.session("reader");
    sandbox.revokeSignIns();
    await offered("ask");
    assert.equal(machine.signIns.prompts.length, 2);
  });

  describe("with a sign-in of the CLI's", () => {
    /** What `aws sso login` writes; the token is one that the sandbox gave. */
    async function cachedByCli(change: Record<string, string> = {}): Promise<string> {
      const other = new SandboxMachine(sandbox, folder);
      await other.session("reader");
      const stored = [...other.storage.stored].find(([key]) => key.startsWith("sso.token"))?.[1];
      const token = JSON.parse(JSON.parse(stored ?? "").value);
      const iso = (time: number): string => new Date(time).toISOString().replace(/\.\d+/, "");
      const name = createHash("sha1").update("corp").digest("hex");
      const cached = {
        startUrl,
        region,
        accessToken: token.accessToken,
        expiresAt: iso(token.expiresAt),
        clientId: token.client.id,
        clientSecret: token.client.secret,
        registrationExpiresAt: iso(token.client.expiresAt),
        refreshToken: token.refreshToken,
        ...change,
      };
      return folder.write(`.aws/sso/cache/${name}.json`, JSON.stringify(cached));
    }

    it("uses its token, refreshes it when it ends, and leaves its file alone", async () => {
      const file = await cachedByCli();
      const before = await readFile(file, "utf8");
      await machine.session("reader");
      sandbox.clock.advance(2 * 3_600_000);
      await machine.session("reader");
      assert.equal(machine.signIns.prompts.length, 0);
      assert.equal(await readFile(file, "utf8"), before);
    });

    it("takes no token of another start URL, and none that can't be read", async () => {
      const file = await cachedByCli({ startUrl: "https://other.example/start" });
      await machine.session("reader");
      assert.equal(machine.signIns.prompts.length, 1);
      machine.storage.stored.clear();
      await folder.write(file.slice(folder.path().length + 1), "{");
      sandbox.clock.advance(3_600_000);
      await machine.session("reader");
      assert.equal(machine.signIns.prompts.length, 2);
    });
  });

  describe("the roles that it offers", () => {
    it("are listed once signed in, and can be assumed without a profile", async () => {
      const roles = await offered("ask");
      assert.deepEqual(roles, [
        {
          accountId: DEMO.productionAccountId,
          accountName: "demo-production",
          roleName: "Support",
        },
        { accountId: DEMO.accountId, accountName: "demo-tools", roleName: "ReadOnly" },
      ]);
      const [support] = roles;
      assert.ok(support);
      const { role } = await machine.session(roleOfOffer("corp", support));
      assert.equal(role.name, "demo-production/Support");
    });

    it("are not asked for where someone would have to sign in", async () => {
      await assert.rejects(offered("silent"), { name: "SignInNeeded" });
      assert.equal(machine.signIns.prompts.length, 0);
    });

    it("are all listed where the portal pages", async () => {
      await sandbox.stop();
      const ids = Array.from({ length: 130 }, (_, i) => String(100_000_000_000 + i));
      const assignments = ids.map((accountId) => ({ accountId, permissionSet: "ReadOnly" }));
      const users = [{ name: "dev", assignments }];
      sandbox = await startSandbox({
        world: {
          accounts: ids.map((id) => ({ id, alias: `account-${id}` })),
          identityCenters: [{ startUrl, users }],
        },
      });
      machine = new SandboxMachine(sandbox, folder);
      assert.deepEqual(
        (await offered("ask")).map(({ accountId }) => accountId),
        ids,
      );
    });
  });

  describe("tells why it gives nothing", () => {
    it("if the user refuses in the browser", async () => {
      machine.signIns.answer = deny;
      assert.match(await told("reader"), /sign-in was refused in the browser/);
    });

    it("if nobody signs in before the code ends", async () => {
      machine.signIns.answer = async () => undefined;
      assert.match(await told("reader"), /Nobody signed in in time/);
    });

    it("if the permission set is not the user's", async () => {
      assert.match(await told("stranger"), /no such permission set.*sso_role_name/);
    });

    it("if there is no Identity Center of that start URL", async () => {
      await folder.write(".aws/config", config.replaceAll(startUrl, "https://nobody.example"));
      assert.match(await told("reader"), /Check sso_start_url and sso_region/);
    });

    it("if it can't be reached", async () => {
      await sandbox.stop();
      assert.match(await told("reader"), /could not be reached\. .*Check the network/);
      sandbox = await startSandbox({ world: demoWorld() });
    });

    it("if the profile names an sso-session that there isn't, or says otherwise than it", async () => {
      await folder.write(".aws/config", config.replace("sso-session corp", "sso-session other"));
      assert.match(await told("reader"), /by the sso-session "corp".*config, line 8/);
      const contrary = "[profile reader]\nsso_region = us-east-1";
      await folder.write(".aws/config", config.replace("[profile reader]", contrary));
      assert.match(await told("reader"), /sso_region of profile "reader" is "us-east-1"/);
    });
  });

  it("gives up quietly if the user does", async () => {
    machine.signIns.answer = async () => {
      throw Object.assign(new Error("The user gave up."), { name: "Cancelled" });
    };
    assert.equal((await machine.assume("reader")).kind, "cancelled");
    machine.signIns.answer = approve;
    await machine.session("reader");
  });

  it("registers anew where its registration is not honoured any more", async () => {
    await machine.session("reader");
    await sandbox.stop();
    sandbox = await startSandbox({ world: demoWorld() });
    for (const key of machine.storage.stored.keys()) {
      if (key.startsWith("sso.token")) machine.storage.stored.delete(key);
    }
    const next = new SandboxMachine(sandbox, folder, {}, machine.storage);
    await next.session("reader");
    assert.equal(next.calls.filter(({ operation }) => operation === "RegisterClient").length, 1);
  });
});
