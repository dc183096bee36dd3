import type { Credentials } from "../calls/credentials.ts";
import { callSts, type StsContext } from "./stsCall.ts";

/**
 * Asks who signs with the credentials: the ARN as AWS sees it. Needs no permission, and no policy
 * can deny it. Throws `StsError`.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function getCallerArn(caller: Credentials, context: StsContext): Promise<string> {
  return callSts(
    { operation: "GetCallerIdentity", caller },
    context,
    (client, options) => client.send(new context.sdk.GetCallerIdentityCommand({}), options),
    ({ Arn }) => Arn ?? "",
  );
}

/**
 * Opens the encoded message of a denial: JSON, as `authorizationMessage.ts` reads it. The caller
 * must be of the account that the denial came from, and allowed sts:DecodeAuthorizationMessage.
 * Throws `StsError`.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
 */
export function decodeAuthorizationMessage(
  encoded: string,
  caller: Credentials,
  context: StsContext,
): Promise<string> {
  const command = new context.sdk.DecodeAuthorizationMessageCommand({ EncodedMessage: encoded });
  return callSts(
    { operation: "DecodeAuthorizationMessage", caller },
    context,
    (client, options) => client.send(command, options),
    ({ DecodedMessage }) => DecodedMessage ?? "",
  );
}
