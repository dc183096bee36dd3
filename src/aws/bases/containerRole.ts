import { readFile } from "node:fs/promises";
import type { BaseCredentials } from "../calls/credentials.ts";
import type { Environment } from "../config/profiles.ts";
import { BaseError } from "./baseError.ts";
import type { BaseContext } from "./context.ts";
import { jsonObject, textOf } from "./json.ts";
import { metadataCredentials } from "./metadataCredentials.ts";
import { type MetadataAnswer, metadataRequest, NoAnswer } from "./metadataRequest.ts";

/** For one try, as the CLI has it. Ms. */
const timeoutMs = 2000;

const ecsHost = "http://169.254.170.2";

/** Where plain http is as good as a cable: loopback, ECS, and EKS by IPv4 and IPv6. */
const linkHosts = /^(127(\.\d{1,3}){3}|localhost|\[::1\]|169\.254\.170\.(2|23)|\[fd00:ec2::23\])$/;

/**
 * The role of the ECS task or EKS pod, from the endpoint that its environment names. The SDK's own
 * provider quotes a broken answer in its message, waits a second between tries, and tells the user
 * nothing about a token file that is missing.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export async function containerRole({
  environment,
  signal,
}: BaseContext): Promise<BaseCredentials> {
  const url = containerEndpoint(environment);
  const token = await authorization(environment);
  const headers = { Accept: "application/json", ...(token && { Authorization: token }) };
  const request = { url, headers, timeoutMs, signal };
  const answer = await answerTo(request).catch((error: unknown) => {
    if (signal.aborted || !(error instanceof BaseError)) throw error;
    return answerTo(request);
  });
  const credentials = answer.status === 200 ? metadataCredentials(answer.body) : undefined;
  if (credentials !== undefined) return credentials;
  throw refusal(answer, token !== undefined);
}

/**
 * The address that the environment names. Throws `BaseError` if there is none, or one to which a
 * token must not be sent in the open.
 */
export function containerEndpoint(environment: Environment): URL {
  const relative = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"];
  const text = relative ? ecsHost + relative : environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
  if (!text) {
    throw new BaseError("ContainerAbsent", "The environment names no address for it.");
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isFit =
    url?.protocol === "https:" || (url?.protocol === "http:" && linkHosts.test(url.hostname));
  if (url !== undefined && isFit) return url;
  throw new BaseError(
    "ContainerAddress",
    `"${url?.origin ?? text}" is neither https nor an address of this machine, of ECS or of EKS.`,
  );
}

async function authorization(environment: Environment): Promise<string | undefined> {
  const file = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"];
  if (!file) return environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] || undefined;
  const token = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new BaseError("ContainerTokenFile", `${file} can't be read (${error.code ?? "Error"}).`);
  });
  if (token.trim() !== "") return token.trim();
  throw new BaseError("ContainerTokenFile", `${file} is empty.`);
}

/** The answer, unless it is one that may be another the next time. */
async function answerTo(request: Parameters<typeof metadataRequest>[0]): Promise<MetadataAnswer> {
  let answer: MetadataAnswer;
  try {
    answer = await metadataRequest(request);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new BaseError("ContainerNotReached", `${request.url.host}: ${error.message}`);
  }
  if (answer.status < 500) return answer;
  throw new BaseError("ContainerFailing", reasonOf(answer));
}

function refusal(answer: MetadataAnswer, hadToken: boolean): BaseError {
  if (answer.status === 200) {
    return new BaseError("ContainerUnreadable", "Its answer holds no credentials.");
  }
  if (answer.status !== 401 && answer.status !== 403) {
    return new BaseError("ContainerRefused", reasonOf(answer));
  }
  const token = hadToken ? "The token that was sent" : "A request without a token";
  return new BaseError("ContainerTokenRefused", `${token} was refused: ${reasonOf(answer)}`);
}

/** What the endpoint says of itself; SDKs differ in how they spell it. */
function reasonOf({ status, body }: MetadataAnswer): string {
  const answer = jsonObject(body);
  const told = [
    textOf(answer?.["code"] ?? answer?.["Code"]),
    textOf(answer?.["message"] ?? answer?.["Message"]),
  ].filter((text) => text !== undefined);
  return [`HTTP ${status}`, ...told.map((text) => text.slice(0, 200))].join(", ");
}
