import type { Environment } from "../config/profiles.ts";

/**
 * The region that AWS's own tools fall back on in a partition where the user names none.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html
 */
const regionOfPartition: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-eusc": "eusc-de-east-1",
  "aws-iso": "us-iso-east-1",
  "aws-iso-b": "us-isob-east-1",
  "aws-iso-e": "eu-isoe-west-1",
  "aws-iso-f": "us-isof-south-1",
};

/**
 * How the regions of each partition are named, as the SDK's endpoint rules have it (a unit test
 * compares); `aws` comes last because it takes what no other claims.
 */
const regionsOfPartition: readonly (readonly [string, RegExp])[] = [
  ["aws-cn", /^cn-\w+-\d+$/],
  ["aws-us-gov", /^us-gov-\w+-\d+$/],
  ["aws-eusc", /^eusc-\w+-\w+-\d+$/],
  ["aws-iso", /^us-iso-\w+-\d+$/],
  ["aws-iso-b", /^us-isob-\w+-\d+$/],
  ["aws-iso-e", /^eu-isoe-\w+-\d+$/],
  ["aws-iso-f", /^us-isof-\w+-\d+$/],
  ["aws", /^[a-z]{2}-[a-z]+-\d+$/],
];

/** The partition that a region is in, by its name; `undefined` if the name tells none. */
export function partitionOfRegion(region: string): string | undefined {
  return regionsOfPartition.find(([, pattern]) => pattern.test(region))?.[0];
}

/** The region a user named: on the role, else in the environment, else in the default profile. */
export function namedRegion(
  ofRole: string | undefined,
  environment: Environment,
  ofDefaultProfile: string | undefined,
): string | undefined {
  return (
    ofRole ||
    environment["AWS_REGION"] ||
    environment["AWS_DEFAULT_REGION"] ||
    ofDefaultProfile ||
    undefined
  );
}

/** The region for STS calls where no region was named. */
export function fallbackRegion(partition: string): string {
  return regionOfPartition[partition] ?? "us-east-1";
}
