import assert from "node:assert/strict";
import { parseRoleArn, roleArnProblem } from "../../../../src/aws/role/arn.ts";

const longestName = "n".repeat(64);

describe("the ARN of a role", () => {
  const valid: readonly (readonly [arn: string, parts: ReturnType<typeof parseRoleArn>])[] = [
    [
      "arn:aws:iam::123456789012:role/Name",
      { partition: "aws", account: "123456789012", path: "/", name: "Name" },
    ],
    [
      "arn:aws-cn:iam::123456789012:role/a/deep/path/Name",
      { partition: "aws-cn", account: "123456789012", path: "/a/deep/path/", name: "Name" },
    ],
    [
      "arn:aws:iam::123456789012:role/aws-service-role/x.amazonaws.com/AWSServiceRole",
      {
        partition: "aws",
        account: "123456789012",
        path: "/aws-service-role/x.amazonaws.com/",
        name: "AWSServiceRole",
      },
    ],
    [
      `arn:aws-us-gov:iam::000000000000:role/+=,.@-_${longestName.slice(7)}`,
      {
        partition: "aws-us-gov",
        account: "000000000000",
        path: "/",
        name: `+=,.@-_${longestName.slice(7)}`,
      },
    ],
  ];
  for (const [arn, parts] of valid) {
    it(`is read in parts: ${arn}`, () => {
      assert.deepEqual(parseRoleArn(arn), parts);
      assert.equal(roleArnProblem(arn), undefined);
    });
  }

  const invalid: readonly (readonly [why: string, arn: string, reason: RegExp])[] = [
    ["nothing", "", /^Type the ARN of a role/],
    ["a space", "arn:aws:iam::123456789012:role/My Role", /no spaces/],
    ["a line break at its end", "arn:aws:iam::123456789012:role/Name\n", /no spaces/],
    ["another start", "role/Name", /starts with "arn:"/],
    ["an unknown partition", "arn:amazon:iam::123456789012:role/Name", /partition/],
    ["only a start", "arn:", /partition/],
    [
      "a session of a role",
      "arn:aws:sts::123456789012:assumed-role/Name/session",
      /a session of a role.*:iam: and :role\//,
    ],
    ["another service", "arn:aws:s3:::bucket", /service "iam"/],
    ["another resource of STS", "arn:aws:sts::123456789012:federated-user/x", /service "iam"/],
    ["a region", "arn:aws:iam:eu-west-1:123456789012:role/Name", /no region/],
    ["eleven digits", "arn:aws:iam::12345678901:role/Name", /12 digits; here it is "12345678901"/],
    ["an alias for the account", "arn:aws:iam::prod:role/Name", /12 digits; here it is "prod"/],
    ["no account at all", "arn:aws:iam:", /12 digits; here it is ""/],
    ["a user", "arn:aws:iam::123456789012:user/Name", /names a user, not a role/],
    ["no resource", "arn:aws:iam::123456789012:", /not a role/],
    ["no name", "arn:aws:iam::123456789012:role/", /1 to 64/],
    ["a path without a name", "arn:aws:iam::123456789012:role/path/", /1 to 64/],
    ["65 letters", `arn:aws:iam::123456789012:role/${longestName}n`, /1 to 64/],
    ["a letter that IAM refuses", "arn:aws:iam::123456789012:role/Näme", /1 to 64/],
    ["a wildcard", "arn:aws:iam::123456789012:role/*", /1 to 64/],
  ];
  for (const [why, arn, reason] of invalid) {
    it(`is refused with the reason: ${why}`, () => {
      assert.equal(parseRoleArn(arn), undefined);
      assert.match(roleArnProblem(arn) ?? "", reason);
    });
  }
});
