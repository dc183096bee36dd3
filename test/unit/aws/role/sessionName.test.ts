import assert from "node:assert/strict";
import { sessionNameProblem } from "../../../../src/aws/role/limits.ts";
import { defaultSessionNameTemplate, sessionNameOf } from "../../../../src/aws/role/sessionName.ts";

const values = { user: "mia", host: "laptop-7", workspace: "shop" };
/** Kept apart, so that it isn't taken for a template literal. */
const placeholder = (name: string): string => `$\{${name}}`;

describe("a session name from a template", () => {
  it("is the user and vscode by default", () => {
    assert.equal(sessionNameOf(defaultSessionNameTemplate, values), "mia-vscode");
  });

  it("fills in every placeholder, each as often as it occurs", () => {
    const template = ["user", "host", "workspace", "user"].map(placeholder).join("@");
    assert.equal(sessionNameOf(template, values), "mia@laptop-7@shop@mia");
  });

  it("takes a value as it is, even if it looks like a placeholder or a replacement pattern", () => {
    const tricky = { ...values, user: `$&${placeholder("host")}` };
    assert.equal(sessionNameOf(placeholder("user"), tricky), "host");
  });

  it("cleans an unknown placeholder like any text", () => {
    assert.equal(sessionNameOf(`a${placeholder("nobody")}b`, values), "a-nobody-b");
  });

  it("makes one dash of what STS refuses, and none at the ends", () => {
    assert.equal(sessionNameOf(" CORP\\mia  // x! ", values), "CORP-mia-x");
    assert.equal(sessionNameOf(defaultSessionNameTemplate, { ...values, user: "" }), "vscode");
  });

  it("keeps the letters under diacritics and full-width forms", () => {
    assert.equal(sessionNameOf("Zoë Müller", values), "Zoe-Muller");
    assert.equal(sessionNameOf("ｍｉａ", values), "mia");
  });

  it("is vscode where nothing is left", () => {
    for (const template of ["", "x", "日本語", "🙂", "---", " "]) {
      assert.equal(sessionNameOf(template, values), "vscode");
    }
  });

  it("is cut to 64 characters", () => {
    assert.equal(sessionNameOf("x".repeat(100), values), "x".repeat(64));
  });

  it("is always one that STS accepts", () => {
    const pieces = [
      "a",
      "-",
      "é",
      "🙂",
      " ",
      placeholder("user"),
      "$",
      "{",
      "/",
      "=",
      "漢",
      "z9",
      "\n",
    ];
    let seed = 1;
    for (let round = 0; round < 5000; round++) {
      let template = "";
      for (let length = seed % 40; length >= 0; length--) {
        seed = (seed * 48_271) % 2_147_483_647;
        template += pieces[seed % pieces.length];
      }
      const name = sessionNameOf(template, values);
      assert.equal(sessionNameProblem(name), undefined, JSON.stringify({ template, name }));
    }
  });
});
