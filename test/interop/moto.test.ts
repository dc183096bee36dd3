import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import * as sdk from "../../src/aws/sts/sdk.ts";
import { settingRole } from "../unit/support/fixtures.ts";
import { SandboxMachine } from "../unit/support/sandboxMachine.ts";
import { tempFolder } from "../unit/support/tempFolder.ts";
import { announce, startServer, versionOf } from "./program.ts";

const python = "python3";
const version = versionOf(python, "-c", "import moto.server; print(moto.__version__)");

if (announce("moto, an STS by others", version)) {
  describe("an STS by others", () => {
    const folder = tempFolder();
    let server: ChildProcess;
    let machine: SandboxMachine;
    let url: string;

    before(async () => {
      url = `http://127.0.0.1:${await freePort()}`;
      server = await startServer([python, "-m", "moto.server", "-p", new URL(url).port], url);
    }).timeout(30_000);

    after(() => {
      server?.kill();
    });

    beforeEach(async () => {
      await folder.write(
        ".aws/config",
        `[default]
aws_access_key_id = AKIAMOTO000000000001
aws_secret_access_key = secret
[profile first]
role_arn = arn:aws:iam::123456789012:role/First
source_profile = default
duration_seconds = 1800
session_tags = team=core
[profile second]
role_arn = arn:aws:iam::210987654321:role/Second
source_profile = first
[profile guarded]
role_arn = arn:aws:iam::123456789012:role/Guarded
source_profile = default
mfa_serial = arn:aws:iam::123456789012:mfa/dev
`,
      );
      const clock = { now: () => Date.now(), advance: () => undefined };
      machine = new SandboxMachine({ url, clock }, folder);
      machine.answerMfa = () => "123456";
    });

    it("gives a role for the time asked for", async () => {
      const { assumedRoleArn, expiresAt } = await machine.session("first");
      assert.match(assumedRoleArn ?? "", /^arn:aws:sts::\d{12}:assumed-role\/First\/me-vscode$/);
      assert.equal(Math.round((expiresAt - Date.now()) / 60_000), 30);
    });

    it("gives a chain of roles, and knows whose credentials they are", async () => {
      const { credentials } = await machine.session("second");
      const client = new sdk.STSClient({ region: "us-east-1", endpoint: url, credentials });
      const { Arn } = await client.send(new sdk.GetCallerIdentityCommand({}));
      assert.match(Arn ?? "", /assumed-role\/Second\/me-vscode$/);
    });

    it("gives an MFA session and a role by it", async () => {
      await machine.session("guarded");
      assert.deepEqual(machine.operations(), ["GetSessionToken", "AssumeRole"]);
    });

    it("gives a role of the settings with a session policy", async () => {
      const roleArn = "arn:aws:iam::123456789012:role/Settings";
      const policyArns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"];
      await machine.session(settingRole({ roleArn, policyArns, externalId: "x-1" }));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
