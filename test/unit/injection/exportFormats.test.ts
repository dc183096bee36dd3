import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { exportFormats } from "../../../src/injection/exportFormats.ts";
import type { Session } from "../../../src/session/session.ts";
import { devPlan, sessionUntil } from "../support/fixtures.ts";

/** What no real secret holds, but what quoting has to survive. */
const awkward = `a'b"c$HOME\`d\\e f;#%!&|<>(){}[]*?~é`;

const session: Session = {
  ...sessionUntil(1_800_000_000_000),
  plan: { ...devPlan, region: "eu-central-1" },
  credentials: { accessKeyId: "ASIA1", secretAccessKey: awkward, sessionToken: "t/o+k=" },
};

function written(name: string, of: Session = session): string {
  const format = exportFormats.find((candidate) => candidate.name === name);
  if (format === undefined) throw new Error(`There is no format "${name}".`);
  return format.write(of);
}

describe("credentials for other programs", () => {
  const shells: readonly (readonly [
    shell: string,
    format: string,
    script: (text: string) => string,
    args: readonly string[],
  ])[] = [
    ["bash", "bash, zsh", (text) => `${text}env`, ["--norc", "-c"]],
    ["dash", "bash, zsh", (text) => `${text}env`, ["-c"]],
    ["zsh", "bash, zsh", (text) => `${text}env`, ["-f", "-c"]],
    ["fish", "fish", (text) => `${text}env`, ["--no-config", "-c"]],
    ["pwsh", "PowerShell", (text) => `${text}& env`, ["-NoProfile", "-Command"]],
    ["nu", "Nushell", (text) => `${text}^env`, ["-n", "-c"]],
  ];
  for (const [shell, format, script, args] of shells) {
    const isHere = spawnSync(shell, ["-c", "exit 0"]).error === undefined;
    // What isn't installed can't be tried; bash and dash are on every Debian.
    if (!isHere) continue;
    it(`are read by ${shell} as they are`, () => {
      const command = script(written(format));
      const { stdout, stderr, status } = spawnSync(shell, [...args, command], {
        encoding: "utf8",
        env: { PATH: process.env["PATH"] },
      });
      assert.equal(status, 0, stderr);
      const variables = stdout.split("\n");
      assert.ok(variables.includes(`AWS_SECRET_ACCESS_KEY=${awkward}`), stdout);
      assert.ok(variables.includes("AWS_SESSION_TOKEN=t/o+k="));
      assert.ok(variables.includes("AWS_REGION=eu-central-1"));
    });
  }

  it("are JSON that a credential_process may print", async () => {
    const { Version, SecretAccessKey, Expiration } = JSON.parse(written("JSON"));
    assert.deepEqual([Version, SecretAccessKey], [1, awkward]);
    assert.equal(Expiration, "2027-01-15T08:00:00.000Z");
  });

  it("are a section of the credentials file, and lines of a .env file and of cmd", () => {
    const plain: Session = {
      ...session,
      credentials: { ...session.credentials, secretAccessKey: "s/e+c" },
    };
    assert.equal(
      written("AWS CLI profile", plain),
      "[dev-session]\naws_access_key_id = ASIA1\naws_secret_access_key = s/e+c\naws_session_token = t/o+k=\nregion = eu-central-1\n",
    );
    assert.match(written(".env", plain), /^AWS_SECRET_ACCESS_KEY=s\/e\+c$/m);
    assert.match(written("cmd", plain), /^set "AWS_SECRET_ACCESS_KEY=s\/e\+c"\r$/m);
  });
});
