import type { RawError } from "../calls/rawError.ts";
import { sentence } from "./explanation.ts";

/** Why Identity Center gave nothing, and what to do about it. */
export interface SsoExplanation {
  readonly why: string;
  readonly fix: string;
}

const signInAgain = "Try again, and sign in when you are asked to.";
const checkConfig = "Check sso_start_url and sso_region in your config file, then try again.";
const checkRole = "Check sso_account_id and sso_role_name, or ask whoever assigns permission sets.";
const checkNetwork = "Check the network connection, VPN and proxy, then try again.";
const tryLater = "Try again in a moment.";
const otherWay = "Set awsAssumeRole.sso.signIn to the other way of signing in, then try again.";
const strangeAnswer: SsoExplanation = {
  why: "What answered was not Identity Center; a proxy or a sign-in page of a network may stand in between.",
  fix: "Open a web page to see whether the network wants a sign-in, then try again.",
};

/**
 * What the references of SSO OIDC and of the access portal list, and what is met on the way there.
 * @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html
 * @see https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html
 */
const explanations: Readonly<Record<string, SsoExplanation>> = {
  AccessDeniedException: { why: "The sign-in was refused in the browser.", fix: signInAgain },
  SignInRefused: { why: "The sign-in page sent a refusal back.", fix: signInAgain },
  SignInTimedOut: { why: "Nobody signed in in time.", fix: signInAgain },
  ExpiredTokenException: { why: "The sign-in took so long that its code ended.", fix: signInAgain },
  InvalidGrantException: { why: "The sign-in is not honoured any more.", fix: signInAgain },
  UnauthorizedException: { why: "The sign-in has ended or was revoked.", fix: signInAgain },
  InvalidClientException: {
    why: "Identity Center does not know this editor any more.",
    fix: signInAgain,
  },
  UnauthorizedClientException: {
    why: "Identity Center does not let this editor sign in by this way.",
    fix: otherWay,
  },
  UnsupportedGrantTypeException: {
    why: "Identity Center does not let anyone sign in by this way.",
    fix: otherWay,
  },
  InvalidRedirectUriException: {
    why: "Identity Center does not send a browser back to this machine.",
    fix: 'Set awsAssumeRole.sso.signIn to "deviceCode", then try again.',
  },
  ForbiddenException: {
    why: "You have no such permission set in that account.",
    fix: checkRole,
  },
  ResourceNotFoundException: {
    why: "There is no such account or permission set.",
    fix: checkRole,
  },
  InvalidScopeException: {
    why: "Identity Center does not know a scope that the sign-in asks for.",
    fix: "Check sso_registration_scopes in your config file, then try again.",
  },
  InvalidRequestException: {
    why: "Identity Center did not accept the request: it may not be in this region, or have another start URL.",
    fix: checkConfig,
  },
  InvalidRequestRegionException: {
    why: "Identity Center is not in this region.",
    fix: checkConfig,
  },
  InvalidClientMetadataException: {
    why: "Identity Center did not accept what this editor says of itself.",
    fix: checkConfig,
  },
  InternalServerException: { why: "Identity Center had a problem of its own.", fix: tryLater },
  SlowDownException: { why: "Identity Center was asked too often.", fix: tryLater },
  TooManyRequestsException: { why: "Identity Center was asked too often.", fix: tryLater },
  UnreadableAnswer: strangeAnswer,
  SyntaxError: strangeAnswer,
  ENOTFOUND: {
    why: "There is no Identity Center in this region, or no network.",
    fix: checkConfig,
  },
  EAI_AGAIN: { why: "No name server answered: this machine may be offline.", fix: checkNetwork },
  ECONNREFUSED: { why: "Identity Center could not be reached.", fix: checkNetwork },
  ECONNRESET: { why: "The connection to Identity Center was cut.", fix: checkNetwork },
  ETIMEDOUT: { why: "Identity Center could not be reached.", fix: checkNetwork },
  TimeoutError: { why: "Identity Center did not answer in time.", fix: checkNetwork },
};

/** Explains an error of Identity Center, or one on the way there. */
export function explainSso({ code, message }: RawError): SsoExplanation {
  const known = explanations[code];
  const words = message.trim() === "" || message.includes(code) ? "" : ` ${sentence(message)}`;
  if (known !== undefined) return { why: `${known.why}${words}`, fix: known.fix };
  return {
    why: `Identity Center gave nothing (${code}).${words}`,
    fix: "See the log for the whole answer, then try again.",
  };
}
