import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("the documentation", () => {
  it("names tests that there are", async () => {
    const text = await readFile(`${root}docs/identities.md`, "utf8");
    const named = [...text.matchAll(/`((?:unit|host|e2e)\/[\w/]+)`/g)].map(([, name]) => name);
    assert.ok(named.length > 20);
    const missing = named.filter((name) => !existsSync(`${root}test/${name}.test.ts`));
    assert.deepEqual(missing, []);
  });

  it("explains every setting, and names every command", async () => {
    const readme = await readFile(`${root}README.md`, "utf8");
    const { contributes } = JSON.parse(await readFile(`${root}package.json`, "utf8"));
    const settings = Object.keys(contributes.configuration.properties);
    const commands = contributes.commands.map(
      ({ category, title }: { category: string; title: string }) => `${category}: ${title}`,
    );
    for (const name of [...settings, ...commands]) {
      assert.ok(readme.includes(`\`${name}\``), `${name} is in the README`);
    }
  });
});
