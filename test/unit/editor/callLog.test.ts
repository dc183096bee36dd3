import assert from "node:assert/strict";
import { callLine } from "../../../src/editor/callLog.ts";

const call = {
  operation: "AssumeRole",
  subject: "arn:aws:iam::111122223333:role/Dev",
  region: "eu-central-1",
  durationMs: 123.4,
  attempts: 1,
  requestId: "id-1",
};

describe("a line of the log", () => {
  it("tells operation, role, region, duration and request id", () => {
    assert.equal(
      callLine(call),
      "AssumeRole arn:aws:iam::111122223333:role/Dev in eu-central-1 succeeded (123 ms, request id-1)",
    );
  });

  it("tells AWS's own words, the status and the repeats of a call that failed", () => {
    const error = { code: "Throttling", message: "Rate exceeded ", httpStatus: 400 };
    assert.equal(
      callLine({ ...call, attempts: 3, error }),
      "AssumeRole arn:aws:iam::111122223333:role/Dev in eu-central-1 failed with Throttling: Rate exceeded (123 ms, 3 attempts, request id-1, HTTP 400)",
    );
  });
});
