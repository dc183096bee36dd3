/**
 * What we use of the AWS SDK. A bundle of its own (esbuild.mjs): it is loaded when the first role
 * is assumed, never at activation.
 */
export {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  DecodeAuthorizationMessageCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
