import assert from "node:assert/strict";
import type { RawError } from "../../../../src/aws/calls/rawError.ts";
import { type Base, nameOfBase } from "../../../../src/aws/chain/base.ts";
import type { CallFailure, Failure } from "../../../../src/aws/execution/failure.ts";
import { explain } from "../../../../src/aws/explain/explain.ts";
import type { Explanation, Remedy } from "../../../../src/aws/explain/explanation.ts";
import type { Role } from "../../../../src/aws/role/role.ts";
import { arnOf, callFailure, canary, devRole, settingRole } from "../../support/fixtures.ts";

const step = { roleArn: arnOf("Dev"), sessionName: "me-vscode" };
const typedRole: Role = { origin: { kind: "arn" }, name: "Dev", roleArn: arnOf("Dev") };

/** Explains, and checks what holds for every explanation. */
function explained(failure: Failure, role: Role = devRole): Explanation {
  const explanation = explain(failure, role);
  for (const part of [explanation.what, explanation.why, explanation.fix]) {
    assert.match(part, /^\S.*[.!?]$/s, `A sentence: ${JSON.stringify(part)}`);
    assert.doesNotMatch(part, /undefined|NaN|\[object|\.\.$/);
  }
  assert.ok(!JSON.stringify(explanation).includes(canary));
  return explanation;
}

function call(
  cause: Partial<RawError>,
  more: Partial<Omit<CallFailure, "cause" | "kind">> = {},
  role: Role = devRole,
): Explanation {
  return explained(callFailure(cause, more), role);
}

const tryAgain = { kind: "try-again" } as const;
const openDev = (key: string) => ({ kind: "open-profile", profile: "dev", key }) as const;

describe("explaining a role that can't be planned", () => {
  const problem = {
    code: "bad-value",
    message: "Something is wrong.",
    profile: "dev",
    key: "duration_seconds",
  } as const;

  it("names file and line, and opens them", () => {
    const place = { file: "/home/mia/.aws/config", line: 7 };
    const { what, why, remedy } = explained({ kind: "plan", problem, place });
    assert.match(what, /"dev"/);
    assert.equal(why, "Something is wrong (/home/mia/.aws/config, line 7).");
    assert.deepEqual(remedy, { kind: "open-file", place });
  });

  it("opens the profile where the line is unknown", () => {
    const { remedy } = explained({ kind: "plan", problem });
    assert.deepEqual(remedy, openDev("duration_seconds"));
  });

  it("opens the setting for a role of the setting, and asks again for a typed one", () => {
    const nowhere = { code: "bad-value", message: "Wrong." } as const;
    const failure = { kind: "plan", problem: nowhere } as const;
    assert.deepEqual(explained(failure, settingRole()).remedy, { kind: "open-roles-setting" });
    assert.deepEqual(explained(failure, typedRole).remedy, tryAgain);
  });
});

describe("explaining a base that gives no credentials", () => {
  const session = {
    name: "corp",
    startUrl: "https://corp.example",
    region: "eu-west-1",
    scopes: [],
  };
  const ssoBase: Base = {
    kind: "sso",
    profile: "p",
    role: { session, accountId: "111122223333", roleName: "ReadOnly" },
    endpoints: {},
  };
  const cause = { code: "CredentialsProviderError", message: "Could not load" };
  const openProcess: Remedy = { kind: "open-profile", profile: "p", key: "credential_process" };
  const bases: readonly (readonly [base: Base, named: RegExp, fix: RegExp, remedy?: Remedy])[] = [
    [{ kind: "static-keys", profile: "p" }, /keys of profile "p"/, /log/],
    [
      { kind: "web-identity", profile: "p", tokenFile: "t", step },
      /web identity of profile "p"/,
      /log/,
    ],
    [ssoBase, /permission set ReadOnly of account 111122223333 \(IAM Identity Center\)/, /log/],
    [{ kind: "login", profile: "p" }, /"aws login" session/, /log/],
    [
      { kind: "credential-process", profile: "p" },
      /credential_process of profile "p"/,
      /log/,
      openProcess,
    ],
    [
      { kind: "credential-source", profile: "p", source: "Environment" },
      /keys in the environment/,
      /log/,
    ],
    [
      { kind: "credential-source", profile: "p", source: "Ec2InstanceMetadata" },
      /EC2 instance profile/,
      /log/,
    ],
    [
      { kind: "credential-source", profile: "p", source: "EcsContainer" },
      /container's role \(ECS or EKS\)/,
      /log/,
    ],
    [{ kind: "environment" }, /keys in the environment/, /log/],
  ];
  for (const [base, named, fix, remedy = tryAgain] of bases) {
    it(`names ${nameOfBase(base)}, and what to do`, () => {
      const explanation = explained({ kind: "base", base, cause });
      assert.match(explanation.what, /no credentials to assume "dev"/);
      assert.match(explanation.why, named);
      assert.match(explanation.why, /Could not load\.$/);
      assert.match(explanation.fix, fix);
      assert.deepEqual(explanation.remedy, remedy);
    });
  }

  it("says where it looked, and leads to the role, where no base was named", () => {
    const base = { kind: "default-chain", profile: "default" } as const;
    const explanation = explained({
      kind: "base",
      base,
      cause: { code: "ImdsAbsent", message: "169.254.169.254: EHOSTUNREACH" },
    });
    assert.match(explanation.why, /No keys are in the environment/);
    assert.match(explanation.fix, /aws configure/);
    assert.deepEqual(explanation.remedy, openDev("role_arn"));
  });
});

describe("explaining a clock that is off", () => {
  const mismatch = { code: "SignatureDoesNotMatch", httpStatus: 403 };
  const expired = { ...mismatch, message: "Signature expired: 20261102T115000Z is now earlier" };

  it("says by how many minutes, and in which direction", () => {
    const behind = call(expired, { clockSkewMs: 20 * 60_000 });
    assert.match(behind.what, /clock is off/);
    assert.match(behind.why, /^It is 20 minutes behind AWS's/);
    const early = { ...mismatch, message: "Signature not yet current: 2026" };
    assert.match(
      call(early, { clockSkewMs: -90 * 60_000 }).why,
      /^It is 90 minutes ahead of AWS's/,
    );
    assert.match(call(expired, { clockSkewMs: 61_000 }).why, /^It is 1 minute behind/);
    assert.deepEqual(behind.remedy, tryAgain);
  });

  it("doesn't say by how much where no answer told", () => {
    assert.doesNotMatch(call(expired).why, /\d/);
  });

  for (const code of ["RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture"]) {
    it(`knows the code ${code}`, () => {
      assert.match(call({ code }, { clockSkewMs: 600_000 }).what, /clock is off/);
    });
  }

  it("takes a wrong signature on a clock that is far off for the clock's fault", () => {
    assert.match(call(mismatch, { clockSkewMs: -301_000 }).what, /clock is off/);
    assert.match(call(mismatch, { clockSkewMs: 299_000 }).what, /secret access key/);
  });

  it("doesn't blame the clock for a denial, however far it is off", () => {
    const denial = { code: "AccessDenied", message: "User: x is not authorized" };
    assert.doesNotMatch(call(denial, { clockSkewMs: 3_600_000 }).what, /clock/);
  });
});

describe("explaining credentials that AWS doesn't take", () => {
  const openKeys = { kind: "open-profile", profile: "default", key: "aws_access_key_id" };
  const cases: readonly (readonly [code: string, what: RegExp])[] = [
    ["ExpiredToken", /that should assume "dev" have expired/],
    ["ExpiredTokenException", /have expired/],
    ["InvalidClientTokenId", /doesn't know the access key/],
    ["UnrecognizedClientException", /doesn't know the access key/],
    ["SignatureDoesNotMatch", /secret access key doesn't belong/],
    ["InvalidSignatureException", /secret access key doesn't belong/],
  ];
  for (const [code, what] of cases) {
    it(`knows ${code}, says where they come from and opens the profile`, () => {
      const explanation = call({ code, httpStatus: 403 });
      assert.match(explanation.what, what);
      assert.match(explanation.why, /keys of profile "default"/);
      assert.deepEqual(explanation.remedy, openKeys);
    });
  }

  it("offers another try where the credentials stand in no profile", () => {
    const explanation = call({ code: "ExpiredToken" }, { base: { kind: "environment" } });
    assert.match(explanation.why, /keys in the environment/);
    assert.deepEqual(explanation.remedy, tryAgain);
  });
});

describe("explaining a denied role", () => {
  const caller = "arn:aws:iam::111122223333:user/mia";
  const denial = {
    code: "AccessDenied",
    message: `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${arnOf("Dev")}`,
    httpStatus: 403,
    requestId: "f00d",
  };

  it("says who asked for which role, whose credentials they were and whom to ask", () => {
    const { what, why, fix, remedy } = call(denial);
    assert.equal(what, `AWS denied ${caller} the role Dev in account 111122223333.`);
    assert.match(why, /trust policy/);
    assert.match(why, /sts:AssumeRole/);
    assert.match(why, /there is no such role/);
    assert.match(why, /keys of profile "default"/);
    assert.match(fix, /account 111122223333/);
    assert.deepEqual(remedy, openDev("role_arn"));
  });

  it("suggests MFA and an external id only as far as they are not given", () => {
    assert.match(call(denial).why, /it may ask for MFA or an external id; none is set/);
    const withMfa = call(denial, { step: { ...step, mfaSerial: "arn:mfa" } });
    assert.doesNotMatch(withMfa.why, /MFA/);
    const withId = call(denial, { step: { ...step, externalId: "ext" } });
    assert.match(withId.why, /it may ask for MFA; none is set/);
  });

  it("says so where a policy denies explicitly", () => {
    const message = `${denial.message} with an explicit deny in a service control policy`;
    const explanation = call({ ...denial, message });
    assert.match(
      explanation.what,
      /^A service control policy explicitly denies .*user\/mia the role Dev/,
    );
    assert.match(explanation.why, /organization .* outranks everything that allows/);
    assert.match(explanation.fix, /organization of account 111122223333/);
  });

  it("manages without the caller's name", () => {
    assert.match(call({ code: "AccessDenied", message: "No." }).what, /denied the caller the role/);
  });

  it("takes a caller or role named after a proxy for what it is", () => {
    const message = denial.message.replace("user/mia", "user/proxy-admin");
    assert.match(call({ ...denial, message }).what, /^AWS denied .*user\/proxy-admin the role/);
  });

  it("says that the MFA device is not the caller's, and where it is written", () => {
    const mfa = {
      code: "AccessDenied",
      message:
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    };
    const explanation = call(mfa, { step: { ...step, mfaSerial: "arn:aws:iam::1:mfa/x" } });
    assert.match(explanation.what, /MFA device/);
    assert.match(explanation.why, /arn:aws:iam::1:mfa\/x/);
    assert.deepEqual(explanation.remedy, openDev("mfa_serial"));
  });

  it("leads to the setting, or to another try, for roles that are written there or nowhere", () => {
    assert.deepEqual(call(denial, {}, settingRole()).remedy, { kind: "open-roles-setting" });
    assert.deepEqual(call(denial, {}, typedRole).remedy, tryAgain);
  });
});

describe("explaining a parameter that AWS refuses", () => {
  it("says how long the role lasts at most", () => {
    const tooLong = {
      code: "ValidationError",
      message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    };
    const explanation = call(tooLong, { step: { ...step, durationSeconds: 43_200 } });
    assert.match(explanation.what, /\(43200 seconds\) is longer than the role allows/);
    assert.match(explanation.why, /maximum session duration/);
    assert.deepEqual(explanation.remedy, openDev("duration_seconds"));
    assert.match(call(tooLong).what, /^The duration asked for is longer/);
  });

  it("says that a chained session lasts an hour", () => {
    const message =
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
    const explanation = call({ code: "ValidationError", message });
    assert.match(explanation.why, /one hour at the most/);
    assert.match(explanation.fix, /3600/);
    const plain = { code: "ValidationError", message: "DurationSeconds exceeds the maximum." };
    assert.match(call(plain, { chained: true }).why, /one hour at the most/);
  });

  for (const message of [
    "Request ARN is invalid",
    "arn:x is invalid ARN",
    "Value at 'roleArn' is",
  ]) {
    it(`names the ARN for "${message}"`, () => {
      const explanation = call({ code: "ValidationError", message });
      assert.ok(explanation.what.includes(`"${arnOf("Dev")}" as the ARN of a role`));
      assert.deepEqual(explanation.remedy, openDev("role_arn"));
    });
  }

  it("passes on AWS's words about any other parameter", () => {
    const message = "1 validation error detected: Value 'x' at 'externalId' failed";
    const explanation = call({ code: "ValidationException", message });
    assert.match(explanation.what, /a parameter of the role Dev in account/);
    assert.equal(explanation.why, `${message}.`);
  });
});

describe("explaining where AWS can't be used or is busy", () => {
  it("says that the account hasn't activated the region", () => {
    for (const code of ["RegionDisabledException", "RegionDisabled"]) {
      const explanation = call({ code, message: "STS is not activated in this region" });
      assert.match(explanation.what, /region "eu-central-1"/);
      assert.match(explanation.why, /not activated/);
      assert.deepEqual(explanation.remedy, openDev("region"));
    }
  });

  it("says that there is no such region, before it blames the secret key", () => {
    const explanation = call({
      code: "SignatureDoesNotMatch",
      message: "Credential should be scoped to a valid region, not 'eu-central-1'. ",
    });
    assert.match(explanation.what, /region "eu-central-1"/);
    assert.match(explanation.why, /no such region/);
  });

  for (const code of ["Throttling", "ThrottlingException", "TooManyRequestsException"]) {
    it(`asks for patience on ${code}`, () => {
      const explanation = call({ code, message: "Rate exceeded", httpStatus: 400 });
      assert.match(explanation.what, /too many requests/);
      assert.deepEqual(explanation.remedy, tryAgain);
    });
  }

  it("says that STS itself is at fault, with the status", () => {
    const explanation = call({ code: "InternalFailure", httpStatus: 503 });
    assert.match(explanation.what, /fault of its own/);
    assert.match(explanation.why, /503/);
    assert.deepEqual(explanation.remedy, tryAgain);
  });

  it("passes on what it doesn't know, with the code", () => {
    const explanation = call({
      code: "SomethingNew",
      message: "Too large",
      httpStatus: 400,
    });
    assert.match(explanation.what, /did not give the role Dev/);
    assert.equal(explanation.why, "It answered SomethingNew: Too large.");
  });
});

describe("explaining a network in the way", () => {
  const endpoint = "http://127.0.0.1:1";

  it("blames the region or the endpoint for a name that isn't found", () => {
    const notFound = { code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND sts" };
    const region = call(notFound);
    assert.match(region.what, /STS in eu-central-1 was not found/);
    assert.match(region.why, /"eu-central-1" may be misspelt/);
    assert.deepEqual(region.remedy, openDev("region"));
    const own = call(notFound, { endpoint });
    assert.match(own.what, /http:\/\/127\.0\.0\.1:1 was not found/);
    assert.match(own.fix, /endpoint URL/);
    assert.deepEqual(own.remedy, tryAgain);
  });

  it("says that the machine may be offline where no name server answers", () => {
    assert.match(call({ code: "EAI_AGAIN", message: "getaddrinfo" }).why, /offline/);
  });

  const codes: readonly (readonly [what: RegExp, codes: readonly string[]])[] = [
    [
      /could not be reached/,
      [
        "ECONNREFUSED",
        "ECONNRESET",
        "EHOSTUNREACH",
        "ENETUNREACH",
        "EPIPE",
        "ETIMEDOUT",
        "TimeoutError",
      ],
    ],
    [
      /is not trusted/,
      [
        "CERT_HAS_EXPIRED",
        "DEPTH_ZERO_SELF_SIGNED_CERT",
        "SELF_SIGNED_CERT_IN_CHAIN",
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        "ERR_TLS_CERT_ALTNAME_INVALID",
        "EPROTO",
        "ERR_SSL_WRONG_VERSION_NUMBER",
      ],
    ],
    [/something that is not AWS's/, ["SyntaxError", "UnreadableAnswer"]],
  ];
  for (const [what, all] of codes) {
    for (const code of all) {
      it(`knows ${code}`, () => {
        const explanation = call({ code, message: "It failed" });
        assert.match(explanation.what, what);
        assert.deepEqual(explanation.remedy, tryAgain);
      });
    }
  }

  it("names the settings of the proxy that refused", () => {
    for (const cause of [
      { code: "Error", message: "Proxy Authentication Required", httpStatus: 407 },
      { code: "Error", message: "tunneling through the proxy failed" },
      { code: "Error", message: "", httpStatus: 407 },
    ]) {
      const explanation = call(cause);
      assert.match(explanation.what, /proxy did not let/);
      assert.match(explanation.fix, /http\.proxy/);
      assert.deepEqual(explanation.remedy, tryAgain);
    }
  });
});

describe("explaining what a policy decides", () => {
  const caller = "arn:aws:iam::111122223333:user/mia";
  const because = (reason: string) =>
    call({
      code: "AccessDenied",
      message: `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${arnOf("Dev")} because ${reason}`,
      httpStatus: 403,
    });

  const reasons: readonly (readonly [words: string, why: RegExp, fix: RegExp])[] = [
    [
      "no identity-based policy allows the sts:AssumeRole action",
      /attached to the caller/,
      /on arn/,
    ],
    ["no resource-based policy allows the sts:AssumeRole action", /trust policy/, /to arn:aws:iam/],
    [
      "no permissions boundary allows the sts:AssumeRole action",
      /boundary/,
      /account 111122223333/,
    ],
    ["no session policy allows the sts:AssumeRole action", /scoped down/, /makes that session/],
    ["no service control policy allows the sts:AssumeRole action", /organization/, /organization/],
    ["no resource control policy allows the sts:AssumeRole action", /organization/, /organization/],
    ["no VPC endpoint policy allows the sts:AssumeRole action", /private endpoint/, /network/],
  ];
  for (const [words, why, fix] of reasons) {
    it(`knows "${words}"`, () => {
      const explanation = because(words);
      assert.match(explanation.why, why);
      assert.match(explanation.fix, fix);
    });
  }

  it("tells an own account from another, where AWS names no policy", () => {
    const denied = { code: "AccessDenied", message: `User: ${caller} is not authorized` };
    assert.match(call(denied).why, /Both are in one account/);
    const stranger = { ...denied, message: denied.message.replace("111122223333", "999988887777") };
    assert.match(call(stranger).why, /in another account.*policies in 999988887777/);
  });

  it("offers to decode the message that a denial carries", () => {
    const encoded = "Q2FuIHlvdSByZWFkIHRoaXM_".repeat(8);
    const { remedy } = call({
      code: "AccessDenied",
      message: `Not authorized. Encoded authorization failure message: ${encoded}`,
    });
    assert.deepEqual(remedy, { kind: "decode", message: encoded });
  });
});

describe("explaining every error that STS lists", () => {
  const codes = [
    "AccessDenied",
    "AuthFailure",
    "ExpiredToken",
    "IncompleteSignature",
    "InvalidAction",
    "InvalidClientTokenId",
    "InvalidParameterValue",
    "MalformedPolicyDocument",
    "MissingAuthenticationToken",
    "NotAuthorized",
    "OptInRequired",
    "PackedPolicyTooLarge",
    "RegionDisabledException",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "Throttling",
    "ThrottlingException",
    "UnrecognizedClientException",
    "ValidationError",
  ];
  for (const code of codes) {
    it(`knows ${code}`, () => {
      const { what, why, fix } = call({ code, message: "AWS's words", httpStatus: 400 });
      assert.doesNotMatch(what, /did not give the role/);
      assert.ok(why !== "" && fix !== "");
    });
  }

  it("knows a fault of STS itself", () => {
    for (const code of ["InternalFailure", "ServiceUnavailable"]) {
      assert.match(call({ code, message: "", httpStatus: 503 }).what, /STS has a fault of its own/);
    }
  });
});
