import { AwsError, validationError } from "../awsError.ts";
import { authorizeAction } from "../cloud/authorize.ts";
import { arnOf, userIdOf } from "../cloud/principal.ts";
import type { SignedCall } from "./operation.ts";
import { DECODE_AUTHORIZATION_MESSAGE, GET_ACCESS_KEY_INFO } from "./rules.ts";
import { validate } from "./validation.ts";
import type { XmlContent } from "./xml.ts";

/** GetCallerIdentity, which needs no permission. */
export function getCallerIdentity({ caller }: SignedCall): XmlContent {
  return {
    Arn: arnOf(caller.principal),
    UserId: userIdOf(caller.principal),
    Account: caller.principal.account.id,
  };
}

/** GetAccessKeyInfo: the account of any access key, including other accounts' keys. */
export function getAccessKeyInfo({ cloud, caller, params }: SignedCall): XmlContent {
  validate(params, GET_ACCESS_KEY_INFO);
  authorizeAction(caller, "sts:GetAccessKeyInfo");
  const id = params.required("AccessKeyId");
  const account =
    cloud.directory.userKey(id)?.account ?? cloud.sessions.find(id)?.principal.account;
  if (account === undefined) {
    throw validationError("Invalid Access Key");
  }
  return { Account: account.id };
}

/** DecodeAuthorizationMessage, for messages of the caller's own account. */
export function decodeAuthorizationMessage({ cloud, caller, params }: SignedCall): XmlContent {
  validate(params, DECODE_AUTHORIZATION_MESSAGE);
  authorizeAction(caller, "sts:DecodeAuthorizationMessage");
  const message = cloud.authorizationMessages.decode(params.required("EncodedMessage"));
  if (message === undefined || message.accountId !== caller.principal.account.id) {
    throw new AwsError("InvalidAuthorizationMessageException", 400, "Message is not valid");
  }
  return { DecodedMessage: message.text };
}
