import assert from "node:assert/strict";
import { rawError } from "../../../../src/aws/calls/rawError.ts";

function errorWith(message: string, more: object): Error {
  return Object.assign(new Error(message), more);
}

describe("reducing what was thrown", () => {
  it("takes AWS's code, status and request id of an exception of the service", () => {
    const thrown = errorWith("No.", {
      name: "AccessDenied",
      $fault: "client",
      $metadata: { httpStatusCode: 403, requestId: "id-1", attempts: 1 },
    });
    assert.deepEqual(rawError(thrown), {
      code: "AccessDenied",
      message: "No.",
      httpStatus: 403,
      requestId: "id-1",
    });
  });

  it("takes Node.js's code of an error of the network", () => {
    const thrown = errorWith("connect ECONNREFUSED", { code: "ECONNREFUSED", port: 1 });
    assert.deepEqual(rawError(thrown), { code: "ECONNREFUSED", message: "connect ECONNREFUSED" });
  });

  it("finds words in a failure on several addresses, which has none of its own", () => {
    const each = errorWith("connect ECONNREFUSED ::1:1", { code: "ECONNREFUSED" });
    const thrown = Object.assign(new AggregateError([each]), { code: "ECONNREFUSED" });
    const { code, message } = rawError(thrown);
    assert.equal(code, "ECONNREFUSED");
    assert.match(message, /connect ECONNREFUSED ::1:1/);
  });

  it("looks at the cause where the error itself tells nothing", () => {
    const cause = errorWith("getaddrinfo ENOTFOUND", { code: "ENOTFOUND" });
    assert.equal(rawError(new TypeError("fetch failed", { cause })).code, "ENOTFOUND");
  });

  it("keeps the name of an error without a code", () => {
    assert.equal(rawError(new SyntaxError("Unexpected <")).code, "SyntaxError");
  });

  it("takes anything that is thrown", () => {
    assert.deepEqual(rawError("just a text"), { code: "Error", message: "just a text" });
    assert.equal(rawError(undefined).code, "Error");
  });

  it("keeps nothing of the request and the answer", () => {
    const thrown = errorWith("No.", {
      $response: { body: "secret" },
      config: { secret: "secret" },
    });
    assert.ok(!JSON.stringify(rawError(thrown)).includes("secret"));
  });
});
