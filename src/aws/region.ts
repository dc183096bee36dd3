import type { Environment } from "./profiles.ts";

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
