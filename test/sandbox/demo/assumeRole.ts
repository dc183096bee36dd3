import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

// Tries to assume the role that the argument names, with whatever credentials the SDK finds: a
// write that a read-only session is denied.
try {
  const command = new AssumeRoleCommand({ RoleArn: process.argv[2], RoleSessionName: "demo" });
  const { AssumedRoleUser } = await new STSClient({ maxAttempts: 1 }).send(command);
  console.log(AssumedRoleUser?.Arn);
} catch (error) {
  console.log(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  process.exitCode = 1;
}
