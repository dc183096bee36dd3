import assert from "node:assert/strict";
import { authorizationDocument } from "../../../../src/aws/sts/authorizationMessage.ts";
import { findEncodedMessage } from "../../../../src/aws/sts/encodedMessage.ts";

const encoded = "aZ3_-".repeat(40);

describe("the encoded message of a denial", () => {
  it("is found behind the words that introduce it", () => {
    const text = `An error occurred (UnauthorizedOperation): You are not authorized to perform this operation. Encoded authorization failure message: ${encoded} (Service: Ec2)`;
    assert.equal(findEncodedMessage(text), encoded);
  });

  it("is found alone, also when a terminal broke it into lines", () => {
    assert.equal(findEncodedMessage(encoded), encoded);
    assert.equal(findEncodedMessage(`${encoded.slice(0, 80)}\n${encoded.slice(80)}\n`), encoded);
  });

  it("is not found in other texts", () => {
    assert.equal(findEncodedMessage("Access denied. Ask your administrator."), undefined);
    assert.equal(findEncodedMessage(""), undefined);
  });
});

describe("the document of a decoded message", () => {
  const message = {
    allowed: false,
    explicitDeny: true,
    matchedStatements: { items: [{ statementId: "NoRun", effect: "DENY" }] },
    failures: { items: [] },
    context: {
      principal: { arn: "arn:aws:sts::111122223333:assumed-role/Dev/me" },
      action: "ec2:RunInstances",
      resource: "arn:aws:ec2:eu-central-1:111122223333:instance/*",
    },
  };

  it("says who, what, on what and why before the JSON", () => {
    const text = authorizationDocument(JSON.stringify(message));
    const comments = text.split("\n").filter((line) => line.startsWith("//"));
    assert.deepEqual(comments, [
      "// Who:      arn:aws:sts::111122223333:assumed-role/Dev/me",
      "// Action:   ec2:RunInstances",
      "// Resource: arn:aws:ec2:eu-central-1:111122223333:instance/*",
      "// Verdict:  It was explicitly denied: a policy denies it, whatever others allow.",
      "// Matched statements: NoRun (DENY)",
    ]);
    const json = text.split("\n").slice(comments.length).join("\n");
    assert.deepEqual(JSON.parse(json), message);
  });

  it("tells a missing permission from an explicit deny", () => {
    const text = authorizationDocument(JSON.stringify({ ...message, explicitDeny: false }));
    assert.match(text, /It was denied: no policy allows it/);
  });

  it("leaves a text that is no JSON as it is", () => {
    assert.equal(authorizationDocument("not JSON"), "not JSON");
  });
});
