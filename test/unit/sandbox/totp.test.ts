import assert from "node:assert/strict";
import { totp } from "../../sandbox/index.ts";

/** "12345678901234567890" in base 32, the secret of RFC 6238 appendix B. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("sandbox: totp", () => {
  // The RFC prints eight digits; the six that AWS uses are the last six of them.
  for (const [seconds, code] of [
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_234_567_890, "005924"],
    [20_000_000_000, "353130"],
  ] as const) {
    it(`gives the code of RFC 6238 at ${seconds} s`, () => {
      assert.equal(totp(SECRET, seconds * 1000), code);
    });
  }

  it("keeps a code for 30 seconds", () => {
    assert.equal(totp(SECRET, 30_000), totp(SECRET, 59_999));
    assert.notEqual(totp(SECRET, 59_999), totp(SECRET, 60_000));
  });

  it("reads a secret as people copy it, and refuses what is none", () => {
    assert.equal(totp("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", 59_000), "287082");
    assert.throws(() => totp("01", 0), RangeError);
  });
});
