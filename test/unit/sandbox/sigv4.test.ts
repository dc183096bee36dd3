import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { HttpRequest } from "../../sandbox/http.ts";
import { AwsError } from "../../sandbox/index.ts";
import { readClaims } from "../../sandbox/sigv4/claims.ts";
import { verifySignature } from "../../sandbox/sigv4/verify.ts";

interface Vector {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly secret?: string;
  readonly now?: string;
  readonly service?: string;
  /** The token was added after signing, which STS does not accept. */
  readonly tokenUnsigned?: true;
}

interface Suite {
  readonly secret: string;
  readonly now: string;
  readonly service: string;
  readonly cases: readonly Vector[];
}

const suite: Suite = JSON.parse(
  readFileSync(new URL("./sigv4-vectors.json", import.meta.url), "utf8"),
);

function requestOf(vector: Vector): HttpRequest {
  const { method, target, headers } = vector;
  return { method, target, headers, body: Buffer.from(vector.body) };
}

function verify(vector: Vector, request = requestOf(vector), nowMs = nowOf(vector)): void {
  verifySignature(request, readClaims(request), {
    secret: vector.secret ?? suite.secret,
    service: vector.service ?? suite.service,
    nowMs,
  });
}

function nowOf(vector: Vector): number {
  return Date.parse(vector.now ?? suite.now);
}

function mismatch(message: RegExp = /^The request signature we calculated/) {
  return (error: unknown) =>
    error instanceof AwsError &&
    error.code === "SignatureDoesNotMatch" &&
    error.status === 403 &&
    message.test(error.message);
}

/** Replaces the last character of what the expression finds. */
function tweak(text: string, where: RegExp): string {
  const found = where.exec(text);
  assert.ok(found, `nothing to change in ${text}`);
  const at = found.index + found[0].length - 1;
  return text.slice(0, at) + (text[at] === "1" ? "2" : "1") + text.slice(at + 1);
}

function withHeader(vector: Vector, name: string, change: (value: string) => string): HttpRequest {
  const headers = vector.headers.map(
    ([header, value]) => [header, header.toLowerCase() === name ? change(value) : value] as const,
  );
  return { ...requestOf(vector), headers };
}

function withBrokenSignature(vector: Vector): HttpRequest {
  return vector.target.includes("X-Amz-Signature=")
    ? { ...requestOf(vector), target: tweak(vector.target, /X-Amz-Signature=./) }
    : withHeader(vector, "authorization", (value) => tweak(value, /Signature=./));
}

function withOtherPath(vector: Vector): HttpRequest {
  const [path, ...query] = vector.target.split("?");
  return { ...requestOf(vector), target: [`${path}x`, ...query].join("?") };
}

function withOtherQuery(vector: Vector): HttpRequest {
  const separator = vector.target.includes("?") ? "&" : "?";
  return { ...requestOf(vector), target: `${vector.target}${separator}x` };
}

/** The last signed header that is not the protocol's own, else the host. */
function withOtherHeader(vector: Vector): HttpRequest {
  const own = /^(authorization|content-length|x-amz-.*)$/;
  const signed = readClaims(requestOf(vector)).signedHeaders.filter((name) => !own.test(name));
  return withHeader(vector, signed.at(-1) ?? "host", (value) => `${value}x`);
}

function vectorNamed(name: string): Vector {
  const vector = suite.cases.find((candidate) => candidate.name === name);
  assert.ok(vector);
  return vector;
}

describe("sandbox: Signature Version 4, published test cases", () => {
  for (const vector of suite.cases.filter(({ tokenUnsigned }) => !tokenUnsigned)) {
    it(`accepts ${vector.name} as it is and no other`, () => {
      verify(vector);
      for (const change of [withBrokenSignature, withOtherPath, withOtherQuery, withOtherHeader]) {
        assert.throws(() => verify(vector, change(vector)), mismatch(), change.name);
      }
      const body = Buffer.from(`${vector.body}x`);
      assert.throws(() => verify(vector, { ...requestOf(vector), body }), mismatch(), "body");
      assert.throws(() => verify({ ...vector, secret: "another" }), mismatch(), "secret");
    });
  }

  for (const vector of suite.cases.filter(({ tokenUnsigned }) => tokenUnsigned)) {
    it(`refuses ${vector.name}, whose token is not signed`, () => {
      assert.throws(() => verify(vector), mismatch(/./));
    });
  }
});

describe("sandbox: Signature Version 4, the rules around the signature", () => {
  const vanilla = vectorNamed("get-vanilla (header)");
  const now = nowOf(vanilla);
  const authorize = (change: (value: string) => string) => () =>
    verify(vanilla, withHeader(vanilla, "authorization", change));

  it("allows 15 minutes of skew either way and not a second more", () => {
    verify(vanilla, undefined, now + 15 * 60_000);
    verify(vanilla, undefined, now - 15 * 60_000);
    assert.throws(
      () => verify(vanilla, undefined, now + 15 * 60_000 + 1000),
      mismatch(
        /^Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z \(20150830T125101Z - 15 min\.\)$/,
      ),
    );
    assert.throws(
      () => verify(vanilla, undefined, now - 15 * 60_000 - 1000),
      mismatch(
        /^Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z \(20150830T122059Z \+ 15 min\.\)$/,
      ),
    );
  });

  it("refuses a date that does not exist", () => {
    const request = withHeader(vanilla, "x-amz-date", () => "20159930T123600Z");
    assert.throws(() => verify(vanilla, request), mismatch(/./));
  });

  it("wants the scope to fit", () => {
    assert.throws(
      authorize((value) => value.replace("us-east-1", "nowhere")),
      mismatch(/valid region, not 'nowhere'/),
    );
    assert.throws(
      authorize((value) => value.replace("/service/", "/s3/")),
      mismatch(/correct service: 'service'/),
    );
    assert.throws(
      authorize((value) => value.replace("aws4_request", "aws3_request")),
      mismatch(/valid terminator: 'aws4_request'/),
    );
    assert.throws(
      authorize((value) => value.replace("/20150830/", "/20150829/")),
      mismatch(/'20150829' != '20150830', from '20150830T123600Z'/),
    );
  });

  it("wants the host and every x-amz- header to be signed", () => {
    assert.throws(
      authorize((value) => value.replace("host;x-amz-date", "x-amz-date")),
      mismatch(/'Host' or ':authority' must be a 'SignedHeader'/),
    );
    const headers = [...vanilla.headers, ["X-Amz-Target", "other"] as const];
    assert.throws(
      () => verify(vanilla, { ...requestOf(vanilla), headers }),
      mismatch(/not signed: x-amz-target/),
    );
  });

  it("tells a missing signature from a malformed one", () => {
    const fails = (code: string, message: RegExp) => (error: unknown) =>
      error instanceof AwsError && error.code === code && message.test(error.message);
    const bare = { ...requestOf(vanilla), headers: [["Host", "example"] as const] };
    assert.throws(() => readClaims(bare), fails("MissingAuthenticationToken", /./));
    const incomplete = (message: RegExp) => fails("IncompleteSignature", message);
    assert.throws(
      authorize(() => "Bearer x"),
      incomplete(/'Bearer'/),
    );
    assert.throws(
      authorize((value) => value.replace(/, Signature=.*/, "")),
      incomplete(/requires 'Signature'/),
    );
    assert.throws(
      authorize((value) => value.replace("Credential=", "Credential")),
      incomplete(/missing equal-sign/),
    );
    assert.throws(
      authorize((value) => value.replace("/service", "")),
      incomplete(/exactly 5/),
    );
    const undated = vanilla.headers.filter(([name]) => name !== "X-Amz-Date");
    assert.throws(
      () => verify(vanilla, { ...requestOf(vanilla), headers: undated }),
      incomplete(/'X-Amz-Date' or a 'Date'/),
    );
  });

  it("takes the time from the Date header where X-Amz-Date is absent", () => {
    const undated = vanilla.headers.filter(([name]) => name !== "X-Amz-Date");
    const headers = [...undated, ["Date", "Sun, 30 Aug 2015 12:36:00 GMT"] as const];
    const request = { ...requestOf(vanilla), headers };
    assert.equal(readClaims(request).date, "20150830T123600Z");
  });
});
