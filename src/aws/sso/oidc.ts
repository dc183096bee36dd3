import {
  CreateTokenCommand,
  type CreateTokenCommandInput,
  RegisterClientCommand,
  StartDeviceAuthorizationCommand,
} from "@aws-sdk/client-sso-oidc";
import { callSso, oidcClient, type SsoContext, SsoError } from "./call.ts";
import type { SsoSession } from "./session.ts";
import type { SignInFlow } from "./store.ts";
import type { SsoClient, SsoToken } from "./token.ts";

/** Registered without a port, which is free for a loopback redirect (RFC 8252, section 7.3). */
const registeredRedirectUri = "http://127.0.0.1/oauth/callback";

const clientName = "AWS Assume Role for VS Code";

/**
 * Registers this machine as a client for one way of signing in.
 * @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_RegisterClient.html
 */
export async function registerClient(
  { startUrl, scopes }: SsoSession,
  flow: SignInFlow,
  context: SsoContext,
): Promise<SsoClient> {
  const command = new RegisterClientCommand({
    clientName,
    clientType: "public",
    scopes: [...scopes],
    ...(flow === "browser" && {
      grantTypes: ["authorization_code", "refresh_token"],
      redirectUris: [registeredRedirectUri],
      issuerUrl: startUrl,
    }),
  });
  const answer = await callSso(
    { operation: "RegisterClient", secrets: [] },
    oidcClient(context),
    context,
    (client, options) => client.send(command, options),
  );
  const { clientId, clientSecret, clientSecretExpiresAt } = answer;
  if (!clientId || !clientSecret || !clientSecretExpiresAt) return unreadable("names no client");
  return { id: clientId, secret: clientSecret, expiresAt: clientSecretExpiresAt * 1000 };
}

/** What a user types on a page to allow a device. */
export interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  /** The same page with the code filled in. */
  readonly verificationUriComplete: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  readonly intervalMs: number;
}

/** RFC 8628 has five seconds where the server says nothing. */
const defaultIntervalSeconds = 5;

/** @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_StartDeviceAuthorization.html */
export async function startDeviceAuthorization(
  { startUrl }: SsoSession,
  client: SsoClient,
  context: SsoContext,
): Promise<DeviceAuthorization> {
  const command = new StartDeviceAuthorizationCommand({
    clientId: client.id,
    clientSecret: client.secret,
    startUrl,
  });
  const answer = await callSso(
    { operation: "StartDeviceAuthorization", subject: startUrl, secrets: [client.secret] },
    oidcClient(context),
    context,
    (oidc, options) => oidc.send(command, options),
  );
  const { deviceCode, userCode, verificationUri, verificationUriComplete, expiresIn } = answer;
  if (!deviceCode || !userCode || !verificationUri || !expiresIn) {
    return unreadable("holds no code");
  }
  return {
    deviceCode,
    userCode,
    verificationUri,
    verificationUriComplete: verificationUriComplete ?? verificationUri,
    expiresAt: context.now() + expiresIn * 1000,
    intervalMs: (answer.interval ?? defaultIntervalSeconds) * 1000,
  };
}

/** What is exchanged for a token: the parameters of one of the grants. */
export type Grant =
  | { readonly grantType: "urn:ietf:params:oauth:grant-type:device_code"; deviceCode: string }
  | {
      readonly grantType: "authorization_code";
      readonly code: string;
      readonly codeVerifier: string;
      readonly redirectUri: string;
    }
  | { readonly grantType: "refresh_token"; readonly refreshToken: string };

/** The answers that only ask for patience. */
const patience = ["AuthorizationPendingException", "SlowDownException"];

/** @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html */
export async function createToken(
  grant: Grant,
  client: SsoClient,
  context: SsoContext,
): Promise<SsoToken> {
  const input: CreateTokenCommandInput = {
    clientId: client.id,
    clientSecret: client.secret,
    ...grant,
  };
  const { grantType, ...secrets } = grant;
  const answer = await callSso(
    {
      operation: "CreateToken",
      subject: grantType.split(":").at(-1) ?? grantType,
      secrets: [client.secret, ...Object.values(secrets)],
      quiet: patience,
    },
    oidcClient(context),
    context,
    (oidc, options) => oidc.send(new CreateTokenCommand(input), options),
  );
  const { accessToken, expiresIn, refreshToken } = answer;
  if (!accessToken || !expiresIn) return unreadable("holds no token");
  return {
    accessToken,
    expiresAt: context.now() + expiresIn * 1000,
    ...(refreshToken && { refreshToken, client }),
  };
}

/** The page on which a user allows a client that comes back by a redirect. */
export function authorizationUrl(
  { scopes }: SsoSession,
  client: SsoClient,
  redirect: { readonly uri: string; readonly state: string; readonly challenge: string },
  context: SsoContext,
): string {
  const oidc = oidcClient(context);
  const { region, endpoints } = context;
  const { url } = oidc.config.endpointProvider({
    Region: region,
    ...(endpoints.oidc && { Endpoint: endpoints.oidc }),
  });
  oidc.destroy();
  const query = Object.entries({
    response_type: "code",
    client_id: client.id,
    redirect_uri: redirect.uri,
    state: redirect.state,
    code_challenge: redirect.challenge,
    code_challenge_method: "S256",
    // Identity Center's own name for what OAuth calls "scope".
    scopes: scopes.join(" "),
  });
  // No "+" for a space: VS Code takes it for itself and encodes it.
  const encoded = query.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
  return `${url.href.replace(/\/$/, "")}/authorize?${encoded}`;
}

function unreadable(why: string): never {
  throw new SsoError({ code: "UnreadableAnswer", message: `The answer ${why}.` });
}
