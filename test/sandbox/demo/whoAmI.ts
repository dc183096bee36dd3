import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

// Says who this process is to AWS, by a signed call with whatever credentials the SDK finds.
try {
  const identity = await new STSClient({ maxAttempts: 1 }).send(new GetCallerIdentityCommand({}));
  console.log(identity.Arn);
} catch (error) {
  console.log(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  process.exitCode = 1;
}
