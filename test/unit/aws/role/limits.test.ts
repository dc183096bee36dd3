import assert from "node:assert/strict";
import {
  durationProblem,
  externalIdProblem,
  mfaCodeProblem,
  mfaSerialProblem,
  sessionNameProblem,
} from "../../../../src/aws/role/limits.ts";

type Problem = (text: string) => string | undefined;

function accepts(problem: Problem, texts: readonly string[]): void {
  for (const text of texts) assert.equal(problem(text), undefined, text);
}

function refuses(problem: Problem, cases: readonly (readonly [text: string, why: RegExp])[]): void {
  for (const [text, why] of cases) assert.match(problem(text) ?? "accepted", why, text);
}

describe("what STS accepts", () => {
  it("as a session name: 2 to 64 letters, digits and a few signs", () => {
    accepts(sessionNameProblem, ["ab", "me@corp.example", "a_+=,.@-9", "x".repeat(64)]);
    refuses(sessionNameProblem, [
      ["", /2 to 64 characters; this has 0/],
      ["a", /this has 1/],
      ["x".repeat(65), /this has 65/],
      ["two words", /a space/],
      ["a/b", /"\/"/],
      ["müller", /"ü"/],
    ]);
  });

  it("as a session name, naming an emoji as a whole", () => {
    refuses(sessionNameProblem, [["me🙂x", /"🙂"/u]]);
  });

  it("as an external id: 2 to 1224 of letters, digits and _+=,.@:/-", () => {
    accepts(externalIdProblem, ["ab", "partner:42/x_+=,.@-", "x".repeat(1224)]);
    refuses(externalIdProblem, [
      ["a", /this has 1/],
      ["x".repeat(1225), /this has 1225/],
      ["a b", /letters, digits/],
    ]);
  });

  it("as an external id, without a backslash", () => {
    refuses(externalIdProblem, [["a\\b", /_\+=,\.@:\/- only/]]);
  });

  it("as a duration: whole seconds from 15 minutes to 12 hours", () => {
    accepts(durationProblem, ["900", "3600", "43200"]);
    refuses(durationProblem, [
      ["899", /900 to 43200.*899/],
      ["43201", /900 to 43200/],
      ["0", /900 to 43200/],
      ["60", /900 to 43200/],
      ["abc", /whole number.*"abc"/],
      ["1e4", /whole number/],
      ["3600s", /whole number/],
      ["", /whole number/],
      [" 3600", /whole number/],
      ["٣٦٠٠", /whole number/],
    ]);
  });

  it("as an MFA device: an ARN or a serial number of 9 to 256 characters", () => {
    accepts(mfaSerialProblem, [
      "GAHT12345678",
      "arn:aws:iam::123456789012:mfa/me",
      "x".repeat(256),
    ]);
    refuses(mfaSerialProblem, [
      ["12345678", /9 to 256/],
      ["x".repeat(257), /9 to 256/],
      ["arn:aws:iam::123456789012:mfa/my phone", /9 to 256/],
    ]);
  });

  it("as an MFA code: six digits", () => {
    accepts(mfaCodeProblem, ["000000", "123456"]);
    refuses(mfaCodeProblem, [
      ["12345", /six/],
      ["1234567", /six/],
      ["12345a", /six/],
      ["123456\n", /six/],
      ["", /six/],
    ]);
  });
});
