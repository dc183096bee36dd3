import { get as httpGet } from "node:http";
import { get as httpsGet } from "node:https";
import type { Credentials } from "../calls/credentials.ts";
import { objectFromJson } from "../calls/secretStore.ts";

/** Where a partition's federation endpoint and console are. */
interface ConsolePlace {
  readonly signIn: string;
  readonly console: string;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html */
const places: Readonly<Record<string, ConsolePlace>> = {
  aws: { signIn: "https://signin.aws.amazon.com", console: "https://console.aws.amazon.com" },
  "aws-cn": { signIn: "https://signin.amazonaws.cn", console: "https://console.amazonaws.cn" },
  "aws-us-gov": {
    signIn: "https://signin.amazonaws-us-gov.com",
    console: "https://console.amazonaws-us-gov.com",
  },
};

/** What the console is opened with, and at. */
export interface ConsoleVisit {
  readonly credentials: Credentials;
  readonly partition: string;
  readonly region?: string;
  /** The path of a service, such as `s3`; the home page if left out. */
  readonly service?: string;
  /** How long the console may be used, in seconds; AWS refuses it for a role assumed through another. */
  readonly durationSeconds?: number;
  /** The federation endpoint that the user configured instead of AWS's own. */
  readonly endpoint?: string;
}

/** Thrown if there is no address to sign in by. The message holds no secret. */
export class ConsoleError extends Error {
  override readonly name = "ConsoleError";
}

const issuer = "https://github.com/aws-assume-role/vscode-aws-assume-role";

/**
 * The address that signs a browser in to the console as a session, which AWS honours for 15 minutes.
 * Secret: whoever has it is the role. Throws `ConsoleError`, or Node.js's error of the network.
 */
export async function consoleUrl(visit: ConsoleVisit, signal: AbortSignal): Promise<string> {
  const place = places[visit.partition];
  if (place === undefined) {
    throw new ConsoleError(`No console is known for the partition "${visit.partition}".`);
  }
  const federation = `${visit.endpoint ?? place.signIn}/federation`;
  const token = await signInToken(federation, visit, signal);
  const login = new URLSearchParams({
    Action: "login",
    Issuer: issuer,
    Destination: destinationOf(visit, place),
    SigninToken: token,
  });
  return `${federation}?${login}`;
}

/** The shortest and the longest that AWS takes, in seconds. */
const durations = { shortest: 900, longest: 43_200 };

async function signInToken(
  federation: string,
  { credentials, durationSeconds }: ConsoleVisit,
  signal: AbortSignal,
): Promise<string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const session = { sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken };
  const query = new URLSearchParams({
    Action: "getSigninToken",
    ...(durationSeconds !== undefined && {
      SessionDuration: String(
        Math.min(Math.max(Math.floor(durationSeconds), durations.shortest), durations.longest),
      ),
    }),
    Session: JSON.stringify(session),
  });
  const { status, text } = await get(`${federation}?${query}`, signal);
  const token = objectFromJson(text)["SigninToken"];
  if (status === 200 && typeof token === "string") return token;
  throw new ConsoleError(
    status === 400 || status === 403
      ? "AWS does not take this session for a sign-in: it may have ended, or a policy forbids it."
      : `AWS's sign-in answered with status ${status}.`,
  );
}

function destinationOf({ region, service }: ConsoleVisit, place: ConsolePlace): string {
  const url = new URL(`/${service ?? "console"}/home`, place.console);
  if (region !== undefined) url.searchParams.set("region", region);
  return url.href;
}

const longestAnswer = 100_000;

function get(
  url: string,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  const request = url.startsWith("http:") ? httpGet : httpsGet;
  return new Promise((resolve, reject) => {
    const sent = request(url, { signal, timeout: 15_000 }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text = (text + chunk).slice(0, longestAnswer);
      });
      response.once("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.once("error", reject);
    });
    sent.once("error", reject);
    sent.once("timeout", () =>
      sent.destroy(new ConsoleError("AWS's sign-in did not answer in time.")),
    );
  });
}
