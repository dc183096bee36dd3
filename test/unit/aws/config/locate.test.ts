import assert from "node:assert/strict";
import { locateProfile } from "../../../../src/aws/config/locate.ts";
import type { SharedConfigFiles } from "../../../../src/aws/config/profiles.ts";
import { tempFolder } from "../../support/tempFolder.ts";

describe("the line of a profile", () => {
  const folder = tempFolder();

  async function files(config: string, credentials?: string): Promise<SharedConfigFiles> {
    return {
      config: await folder.write("config", config),
      credentials:
        credentials === undefined
          ? folder.path("missing")
          : await folder.write("credentials", credentials),
    };
  }

  const configText = [
    "# [profile a] is not here",
    "[default]",
    "region = eu-west-1",
    "",
    "[profile ab]",
    "source_profile = wrong",
    "[profile a] # mine",
    "; source_profile = commented",
    "role_arn = arn:1",
    "  source_profile=base",
    "[profile b]",
    "source_profile = other",
    "",
  ];

  for (const [name, separator] of [
    ["LF", "\n"],
    ["CRLF", "\r\n"],
  ] as const) {
    it(`is that of the key, in a file with ${name}`, async () => {
      const places = await files(configText.join(separator));
      const place = await locateProfile(places, "a", "source_profile");
      assert.deepEqual(place, { ...place, file: places.config, line: 10 });
    });

    it(`is that of the header if the key is missing or none is asked for, with ${name}`, async () => {
      const places = await files(configText.join(separator));
      assert.equal((await locateProfile(places, "a", "duration_seconds"))?.line, 7);
      assert.equal((await locateProfile(places, "a"))?.line, 7);
    });
  }

  it("knows the default profile under both of its names", async () => {
    assert.equal((await locateProfile(await files("[default]\nregion=x"), "default"))?.line, 1);
    const prefixed = await files("\n[profile default]\nregion=x");
    assert.equal((await locateProfile(prefixed, "default", "region"))?.line, 3);
  });

  it("reads past quotes and spaces in a header", async () => {
    for (const header of ['[profile "a"]', "[profile 'a']", "[ profile  a ]", "  [profile a];x"]) {
      assert.equal((await locateProfile(await files(`\n${header}\n`), "a"))?.line, 2, header);
    }
  });

  it("is in the credentials file if the key is there, since that one wins", async () => {
    const places = await files("[profile a]\nregion = x\n", "[b]\nx=1\n[a]\nregion = y\n");
    const place = await locateProfile(places, "a", "region");
    assert.equal(place?.file, places.credentials);
    assert.equal(place?.line, 4);
  });

  it("is in the config file if only that one has the key, or neither has", async () => {
    const places = await files("[profile a]\nrole_arn = x\n", "[a]\naws_access_key_id = y\n");
    for (const [key, line] of [
      ["role_arn", 2],
      ["region", 1],
    ] as const) {
      const place = await locateProfile(places, "a", key);
      assert.deepEqual([place?.file, place?.line], [places.config, line]);
    }
  });

  it("is in the credentials file if the config file lacks the profile", async () => {
    const places = await files("", "[a]\naws_access_key_id = y\n");
    assert.equal((await locateProfile(places, "a", "role_arn"))?.file, places.credentials);
  });

  it("takes the prefix `profile` for part of the name only where the config file has it", async () => {
    assert.equal(await locateProfile(await files("[a]\nregion=x\n"), "a"), undefined);
  });

  it("finds a key in a section that is continued further down", async () => {
    const places = await files("[profile a]\nx=1\n[profile b]\nregion=no\n[profile a]\nregion=y\n");
    assert.equal((await locateProfile(places, "a", "region"))?.line, 6);
    assert.equal((await locateProfile(places, "a"))?.line, 1);
  });

  it("is nowhere if no file has the profile, or no file is there", async () => {
    assert.equal(await locateProfile(await files("[profile b]\n"), "a"), undefined);
    const nowhere = { config: folder.path("no"), credentials: folder.path("none") };
    assert.equal(await locateProfile(nowhere, "a"), undefined);
  });
});
