import type { Cloud } from "../cloud/cloud.ts";
import { MachineCredentials, machineCredentialsJson } from "../cloud/machineCredentials.ts";
import { type HttpAnswer, type HttpRequest, header, pathOf } from "../http.ts";
import type { Service, ServiceAnswer } from "../service.ts";
import type { Instance } from "../world.ts";
import { MetadataTokens } from "./tokens.ts";

const tokenPath = "/latest/api/token";
const rolesPath = "/latest/meta-data/iam/security-credentials/";

/** Operations by the names that faults and records go by. */
type Operation = "PutMetadataToken" | "GetMetadataRole" | "GetMetadataCredentials" | "GetMetadata";

/**
 * The metadata service of an EC2 instance, versions 1 and 2. A hop limit that is exceeded is a
 * delay of `PutMetadataToken`: only that answer carries the limit.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export function imdsService(cloud: Cloud, instance: Instance): Service {
  const metadata = new InstanceMetadata(cloud, instance);
  return {
    name: "imds",
    accept(request) {
      const path = pathOf(request);
      if (!path.startsWith("/latest/")) return undefined;
      return {
        operation: operationOf(request),
        params: { path },
        answer: () => metadata.answer(request),
        fail: () => plain(500),
      };
    },
  };
}

function operationOf(request: HttpRequest): Operation {
  const path = pathOf(request);
  if (path === tokenPath && request.method === "PUT") return "PutMetadataToken";
  if (path === rolesPath) return "GetMetadataRole";
  return path.startsWith(rolesPath) ? "GetMetadataCredentials" : "GetMetadata";
}

class InstanceMetadata {
  readonly #instance: Instance;
  readonly #tokens: MetadataTokens;
  readonly #credentials: MachineCredentials;
  readonly #now: () => number;

  constructor(cloud: Cloud, instance: Instance) {
    this.#instance = instance;
    this.#tokens = new MetadataTokens(cloud.clock);
    this.#credentials = new MachineCredentials(cloud, instance.roleArn ?? "", instance.id);
    this.#now = () => cloud.clock.now();
  }

  answer(request: HttpRequest): ServiceAnswer {
    const { metadata = "required" } = this.#instance;
    if (metadata === "disabled") return plain(403);
    const operation = operationOf(request);
    if (operation === "PutMetadataToken") return this.#token(request);
    if (request.method !== "GET") return plain(405);
    const token = header(request, "x-aws-ec2-metadata-token");
    const admitted = token === undefined ? metadata === "optional" : this.#tokens.isValid(token);
    if (!admitted) return plain(401);
    if (operation === "GetMetadataRole") return this.#role();
    return operation === "GetMetadataCredentials" ? this.#ofRole(request) : plain(404);
  }

  #token(request: HttpRequest): ServiceAnswer {
    // A proxy in between would hand the instance's identity to others, so EC2 refuses its mark.
    if (header(request, "x-forwarded-for") !== undefined) return plain(403);
    const token = this.#tokens.issue(header(request, "x-aws-ec2-metadata-token-ttl-seconds"));
    return token === undefined ? plain(400) : plain(200, token);
  }

  #role(): ServiceAnswer {
    const name = nameOfRole(this.#instance);
    return name === undefined ? plain(404) : plain(200, name);
  }

  #ofRole(request: HttpRequest): ServiceAnswer {
    if (pathOf(request) !== rolesPath + nameOfRole(this.#instance)) return plain(404);
    const problem = this.#instance.roleProblem;
    const LastUpdated = new Date(this.#now()).toISOString().replace(/\.\d{3}/, "");
    if (problem !== undefined) {
      const Message = `EC2 cannot assume the role ${nameOfRole(this.#instance)}.`;
      return json({ Code: problem, Message, LastUpdated });
    }
    const credentials = machineCredentialsJson(this.#credentials.current());
    return json({ Code: "Success", LastUpdated, Type: "AWS-HMAC", ...credentials });
  }
}

function nameOfRole({ roleArn }: Instance): string | undefined {
  return roleArn?.slice(roleArn.lastIndexOf("/") + 1);
}

function json(content: object): ServiceAnswer {
  return plain(200, JSON.stringify(content, null, 2));
}

function plain(status: number, body = ""): ServiceAnswer {
  const http: HttpAnswer = { status, headers: { "Content-Type": "text/plain" }, body };
  return status < 400 ? { http } : { http, errorCode: String(status) };
}
