import assert from "node:assert/strict";
import { diagnoseConfig } from "../../../../src/aws/config/diagnose.ts";
import { sharedConfigFiles } from "../../../../src/aws/config/profiles.ts";
import { tempFolder } from "../../support/tempFolder.ts";

describe("what is wrong with a config file itself", () => {
  const folder = tempFolder();

  /** The problems as `line: message`. */
  async function problemsIn(name: "config" | "credentials", text: string): Promise<string[]> {
    const file = await folder.write(`.aws/${name}`, text);
    const problems = await diagnoseConfig(sharedConfigFiles(folder.home()));
    assert.ok(problems.every(({ place }) => place.file === file));
    return problems.map(({ place, message }) => `${place.line}: ${message}`);
  }

  it("is nothing in a file that every tool reads, whatever its line ends are", async () => {
    const text = `# comment
[default]
region = eu-west-1
[profile a.b/c@d]
role_arn: arn:aws:iam::111122223333:role/X
[profile "quoted"]
s3 =
  max_concurrent_requests = 20
[sso-session corp]
sso_region=eu-west-1
[services local]
sts =
  endpoint_url = http://127.0.0.1
[plugins]
x = y
`;
    assert.deepEqual(await problemsIn("config", text), []);
    assert.deepEqual(await problemsIn("config", text.replaceAll("\n", "\r\n")), []);
    assert.deepEqual(await diagnoseConfig(sharedConfigFiles({ HOME: "/nowhere" })), []);
  });

  const readByNone: readonly (readonly [what: string, text: string, problem: RegExp])[] = [
    ["a byte order mark", "\uFEFF[default]\nregion = x\n", /^1: The AWS CLI can't read.*\(BOM\)/],
    [
      "a section twice",
      "[default]\na=b\n[default]\nc=d\n",
      /^3: .*repeats the section \[default\] of line 1/,
    ],
    ["a key twice", "[default]\nregion=a\nRegion=b\n", /^3: .*repeats "region" of line 2/],
    ["a line of nothing", "[default]\nregion\n", /^2: .*neither a \[section\] nor a key/],
    ["an open bracket", "[profile a\nregion=x\n", /^1: .*neither a \[section\] nor a key/],
    ["a key before any section", "region=x\n[default]\n", /^1: .*stands before any \[section\]/],
    ["a profile without the word", "[dev]\nregion=x\n", /^1: .*is called \[profile dev\]/],
    ["a name with a space", "[profile my team]\nregion=x\n", /^1: No tool reads .*space/],
    ["a name with other characters", "[profile büro]\nregion=x\n", /^1: Only the AWS CLI reads/],
  ];
  for (const [what, text, problem] of readByNone) {
    it(`can be ${what}`, async () => {
      const [first = "", ...others] = await problemsIn("config", text);
      assert.match(first, problem);
      assert.ok(others.length <= 1);
    });
  }

  it("can be the word profile where it doesn't belong", async () => {
    const [problem = ""] = await problemsIn("credentials", "[profile dev]\nregion=x\n");
    assert.match(problem, /^1: In this file the section is called \[dev\]/);
  });

  it("can be that it is no file", async () => {
    await folder.write(".aws/config/inside", "");
    const [problem] = await diagnoseConfig(sharedConfigFiles(folder.home()));
    assert.match(problem?.message ?? "", /can't be read \(EISDIR\)/);
  });
});
