import { createHash, randomBytes } from "node:crypto";
import { type SsoContext, SsoError } from "./call.ts";
import { listenForRedirect } from "./loopbackRedirect.ts";
import {
  authorizationUrl,
  createToken,
  type DeviceAuthorization,
  registerClient,
  startDeviceAuthorization,
} from "./oidc.ts";
import type { SsoSession } from "./session.ts";
import type { SignInFlow, SsoStore } from "./store.ts";
import type { SsoClient, SsoToken } from "./token.ts";

/** What a person has to do to sign in. */
export type SignInPrompt =
  | { readonly flow: "browser"; readonly session: string; readonly url: string }
  | {
      readonly flow: "device";
      readonly session: string;
      /** The page for the code. */
      readonly url: string;
      /** The same page with the code filled in. */
      readonly urlWithCode: string;
      readonly userCode: string;
    };

/** The person who signs in, and the editor that asks. */
export interface SignInPrompts {
  /** By which way: a redirect to this machine, or a code that is typed in on any. */
  flow(): SignInFlow;
  /**
   * Shows what to do for as long as `wait` takes, which is given a signal that aborts when the user
   * gives up.
   */
  during<Result>(
    prompt: SignInPrompt,
    signal: AbortSignal,
    wait: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
}

/** What signing in needs beside Identity Center. */
export interface SignInPorts {
  readonly store: SsoStore;
  readonly prompts: SignInPrompts;
  /** Throws if the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Signs a person in. Throws `SsoError`, or whatever the abort of a signal makes of the waiting. */
export async function signIn(
  session: SsoSession,
  context: SsoContext,
  ports: SignInPorts,
): Promise<SsoToken> {
  const flow = ports.prompts.flow();
  const attempt = flow === "browser" ? browserSignIn : deviceSignIn;
  const known = await ports.store.client(session, flow);
  if (known !== undefined && known.expiresAt > context.now() + longestSignInMs) {
    try {
      return await attempt(session, known, context, ports);
    } catch (error) {
      // Identity Center was set up anew, or forgot this client.
      if (!(error instanceof SsoError && clientRefusals.has(error.name))) throw error;
    }
  }
  const client = await registerClient(session, flow, context);
  await ports.store.keepClient(session, flow, client);
  return attempt(session, client, context, ports);
}

/** A person is waited for this long. Ms. */
const longestSignInMs = 15 * 60_000;

const clientRefusals = new Set(["InvalidClientException", "UnauthorizedClientException"]);

/** @see https://www.rfc-editor.org/rfc/rfc7636 */
async function browserSignIn(
  session: SsoSession,
  client: SsoClient,
  context: SsoContext,
  { prompts, sleep }: SignInPorts,
): Promise<SsoToken> {
  const state = randomBytes(32).toString("base64url");
  const codeVerifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(codeVerifier).digest("base64url");
  const redirect = await listenForRedirect(state);
  const { uri: redirectUri } = redirect;
  try {
    const url = authorizationUrl(session, client, { uri: redirectUri, state, challenge }, context);
    const prompt = { flow: "browser", session: session.name, url } as const;
    const code = await prompts.during(prompt, context.signal, (signal) =>
      Promise.race([redirect.code, sleep(longestSignInMs, signal).then(tooLate)]),
    );
    return await createToken(
      { grantType: "authorization_code", code, codeVerifier, redirectUri },
      client,
      context,
    );
  } finally {
    redirect.close();
  }
}

function tooLate(): never {
  throw new SsoError({ code: "SignInTimedOut", message: "Nobody signed in for 15 minutes." });
}

/** @see https://www.rfc-editor.org/rfc/rfc8628 */
async function deviceSignIn(
  session: SsoSession,
  client: SsoClient,
  context: SsoContext,
  { prompts, sleep }: SignInPorts,
): Promise<SsoToken> {
  const started = await startDeviceAuthorization(session, client, context);
  const prompt = {
    flow: "device",
    session: session.name,
    url: started.verificationUri,
    urlWithCode: started.verificationUriComplete,
    userCode: started.userCode,
  } as const;
  return prompts.during(prompt, context.signal, (signal) =>
    pollForToken(started, client, { ...context, signal }, sleep),
  );
}

/** What RFC 8628 (section 3.5) wants added when the server finds the client too eager. Ms. */
const slowDownMs = 5000;

async function pollForToken(
  { deviceCode, expiresAt, intervalMs }: DeviceAuthorization,
  client: SsoClient,
  context: SsoContext,
  sleep: SignInPorts["sleep"],
): Promise<SsoToken> {
  const grantType = "urn:ietf:params:oauth:grant-type:device_code";
  for (let interval = intervalMs; ; ) {
    await sleep(interval, context.signal);
    if (context.now() >= expiresAt) {
      throw new SsoError({ code: "SignInTimedOut", message: "The code ended before it was used." });
    }
    try {
      return await createToken({ grantType, deviceCode }, client, context);
    } catch (error) {
      const code = error instanceof SsoError ? error.name : "";
      if (code === "SlowDownException") interval += slowDownMs;
      else if (code !== "AuthorizationPendingException") throw error;
    }
  }
}
