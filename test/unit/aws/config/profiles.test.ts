import assert from "node:assert/strict";
import { readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import {
  type Environment,
  SharedConfigReader,
  sharedConfigFiles,
} from "../../../../src/aws/config/profiles.ts";
import { loadSharedConfigLoader } from "../../../../src/aws/lazy/index.ts";
import { rolesOfProfiles } from "../../../../src/aws/role/role.ts";
import { arnOf } from "../../support/fixtures.ts";
import { tempFolder } from "../../support/tempFolder.ts";

describe("the places of the shared config files", () => {
  const home = join("/home", "mia");

  it("are in .aws under the home", () => {
    assert.deepEqual(sharedConfigFiles({ HOME: home }), {
      config: join(home, ".aws", "config"),
      credentials: join(home, ".aws", "credentials"),
    });
  });

  it("are under the profile folder of Windows, or the system's home, without HOME", () => {
    assert.equal(sharedConfigFiles({ USERPROFILE: home }).config, join(home, ".aws", "config"));
    assert.equal(sharedConfigFiles({}).config, join(homedir(), ".aws", "config"));
  });

  it("are where the variables say, each on its own", () => {
    const environment = { HOME: home, AWS_CONFIG_FILE: "/etc/aws.ini" };
    assert.deepEqual(sharedConfigFiles(environment), {
      config: "/etc/aws.ini",
      credentials: join(home, ".aws", "credentials"),
    });
    const other = { HOME: home, AWS_SHARED_CREDENTIALS_FILE: "/etc/keys.ini" };
    assert.equal(sharedConfigFiles(other).credentials, "/etc/keys.ini");
    assert.equal(sharedConfigFiles(other).config, join(home, ".aws", "config"));
  });

  it("start at the home for a tilde, but only at the start", () => {
    const place = (file: string): string =>
      sharedConfigFiles({ HOME: home, AWS_CONFIG_FILE: file }).config;
    assert.equal(place("~/x/config"), join(home, "x", "config"));
    assert.equal(place("~"), home);
    assert.equal(place("/a/~/b"), "/a/~/b");
    assert.equal(place("~mia/config"), "~mia/config");
  });

  it("are the usual ones where a variable is empty", () => {
    const environment = { HOME: home, AWS_CONFIG_FILE: "" };
    assert.equal(sharedConfigFiles(environment).config, join(home, ".aws", "config"));
  });
});

describe("the reader of the shared config files", () => {
  const folder = tempFolder();
  let loads = 0;

  function readerFor(environment: Environment): SharedConfigReader {
    loads = 0;
    return new SharedConfigReader(environment, () => {
      loads++;
      return loadSharedConfigLoader();
    });
  }

  /** Moves a file's time of change, so that a test doesn't depend on the clock of the file system. */
  async function touch(file: string): Promise<void> {
    const { mtimeMs } = await stat(file);
    await utimes(file, new Date(), new Date(mtimeMs + 10_000));
  }

  it("reads profiles of both files, the credentials file's values winning", async () => {
    await folder.write(
      ".aws/config",
      "[default]\nregion = eu-west-1\n[profile a]\nregion = eu-west-2\naws_access_key_id = AKIACONFIG\n",
    );
    await folder.write(".aws/credentials", "[a]\naws_access_key_id = AKIACRED\n[b]\nx = 1\n");
    const { profiles } = await readerFor(folder.home()).read();
    assert.deepEqual([...profiles.keys()], ["default", "a", "b"]);
    assert.deepEqual(profiles.get("a"), {
      name: "a",
      properties: { region: "eu-west-2", aws_access_key_id: "AKIACRED" },
    });
  });

  it("reads the files that the variables name, and tells which", async () => {
    const config = await folder.write("elsewhere/c.ini", "[profile a]\nregion = x\n");
    const credentials = await folder.write("elsewhere/k.ini", "[b]\nregion = y\n");
    const read = await readerFor(
      folder.home({ AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials }),
    ).read();
    assert.deepEqual(read.files, { config, credentials });
    assert.deepEqual([...read.profiles.keys()], ["a", "b"]);
  });

  it("reads a file that a tilde leads to", async () => {
    await folder.write("c.ini", "[profile a]\nregion = x\n");
    const reader = readerFor(folder.home({ AWS_CONFIG_FILE: "~/c.ini" }));
    assert.ok((await reader.read()).profiles.has("a"));
  });

  it("understands comments, CRLF and spaces as the CLI does", async () => {
    await folder.write(
      ".aws/config",
      "# a comment\r\n[profile a] ; another\r\nrole_arn=arn:1 # why\r\n  region   =   eu-west-1\r\n",
    );
    const { profiles } = await readerFor(folder.home()).read();
    assert.deepEqual(profiles.get("a")?.properties, { role_arn: "arn:1", region: "eu-west-1" });
  });

  it("keeps services and sso-session sections apart from profiles", async () => {
    await folder.write(
      ".aws/config",
      "[profile a]\nservices = local\n[services local]\nsts =\n  endpoint_url = http://127.0.0.1:1\n" +
        "[sso-session corp]\nsso_region = eu-west-1\n",
    );
    const { profiles, services } = await readerFor(folder.home()).read();
    assert.deepEqual([...profiles.keys()], ["a"]);
    assert.deepEqual(services.get("local"), { "sts.endpoint_url": "http://127.0.0.1:1" });
  });

  it("finds no profile where both files are missing", async () => {
    const { profiles, services } = await readerFor(folder.home()).read();
    assert.equal(profiles.size + services.size, 0);
  });

  it("reads once while nothing changes, also for many at the same time", async () => {
    await folder.write(".aws/config", "[profile a]\nregion = x\n");
    const reader = readerFor(folder.home());
    const first = await reader.read();
    const more = await Promise.all([reader.read(), reader.read(), reader.read()]);
    assert.ok(more.every((config) => config === first));
    assert.equal(loads, 1);
  });

  it("loads nothing before it is asked", () => {
    readerFor(folder.home());
    assert.equal(loads, 0);
  });

  it("reads again when a file's size changes, its time changes, it goes, or it comes", async () => {
    const config = await folder.write(".aws/config", "[profile a]\nregion = x\n");
    const reader = readerFor(folder.home());
    const names = async (): Promise<string> => [...(await reader.read()).profiles.keys()].join();
    assert.equal(await names(), "a");
    await folder.write(".aws/config", "[profile longer]\nregion = x\n");
    assert.equal(await names(), "longer");
    assert.equal(loads, 2);
    await touch(config);
    await names();
    assert.equal(loads, 3);
    await folder.write(".aws/credentials", "[b]\nregion = x\n");
    assert.equal(await names(), "longer,b");
    await rm(config);
    assert.equal(await names(), "b");
    assert.equal(loads, 5);
  });

  it("tries again after it could not load its parser", async () => {
    await folder.write(".aws/config", "[profile a]\nregion = x\n");
    let fails = true;
    const reader = new SharedConfigReader(folder.home(), () => {
      const load = fails ? Promise.reject(new Error("No such bundle.")) : loadSharedConfigLoader();
      fails = false;
      return load;
    });
    await assert.rejects(reader.read(), /No such bundle/);
    assert.ok((await reader.read()).profiles.has("a"));
  });

  it("writes nothing", async () => {
    const config = await folder.write(".aws/config", "[profile a]\nregion = x\n");
    const before = await stat(config, { bigint: true });
    await readerFor(folder.home()).read();
    const after = await stat(config, { bigint: true });
    assert.deepEqual([after.mtimeNs, after.ctimeNs], [before.mtimeNs, before.ctimeNs]);
    assert.deepEqual(await readdir(folder.path(".aws")), ["config"]);
    assert.equal(await readFile(config, "utf8"), "[profile a]\nregion = x\n");
  });

  it("gives every profile with a role to the picker, broken ones included, in the files' order", async () => {
    await folder.write(
      ".aws/config",
      `[profile z]\nrole_arn = ${arnOf("Z")}\nsource_profile = base\nmfa_serial = arn:m\nregion = eu-west-1\n` +
        "[profile base]\nregion = x\n[profile broken]\nrole_arn = nonsense\n",
    );
    await folder.write(".aws/credentials", `[in-credentials]\nrole_arn = ${arnOf("C")}\n`);
    const roles = rolesOfProfiles(await readerFor(folder.home()).read());
    assert.deepEqual(roles, [
      {
        origin: { kind: "profile", profile: "z" },
        name: "z",
        roleArn: arnOf("Z"),
        sourceProfile: "base",
        mfaSerial: "arn:m",
        region: "eu-west-1",
      },
      { origin: { kind: "profile", profile: "broken" }, name: "broken", roleArn: "nonsense" },
      {
        origin: { kind: "profile", profile: "in-credentials" },
        name: "in-credentials",
        roleArn: arnOf("C"),
      },
    ]);
  });
});
