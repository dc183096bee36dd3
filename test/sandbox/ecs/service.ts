import type { Cloud } from "../cloud/cloud.ts";
import { MachineCredentials, machineCredentialsJson } from "../cloud/machineCredentials.ts";
import { header, pathOf } from "../http.ts";
import type { Service, ServiceAnswer } from "../service.ts";
import type { Container } from "../world.ts";

/** ECS serves each task's credentials below the first, EKS Pod Identity all of them at the second. */
const paths = /^(\/v2\/credentials\/[\w-]+|\/v1\/credentials)$/;

/**
 * The container credentials endpoint of ECS and EKS.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function ecsService(cloud: Cloud, container: Container): Service {
  const credentials = new MachineCredentials(cloud, container.roleArn, container.sessionName);
  return {
    name: "ecs",
    accept(request) {
      const path = pathOf(request);
      if (!paths.test(path)) return undefined;
      return {
        operation: "GetContainerCredentials",
        params: { path },
        answer() {
          if (request.method !== "GET") return refusal(405, "MethodNotAllowed", "Use GET.");
          const token = header(request, "authorization");
          if (container.token !== undefined && token === undefined)
            return refusal(401, "Unauthorized", "An authorization token is missing.");
          if (container.token !== undefined && token !== container.token)
            return refusal(403, "AccessDenied", "The authorization token is not valid.");
          const { roleArn } = container;
          return json(200, { RoleArn: roleArn, ...machineCredentialsJson(credentials.current()) });
        },
        fail: () => refusal(500, "InternalServerError", "The agent could not get credentials."),
      };
    },
  };
}

function refusal(status: number, code: string, message: string): ServiceAnswer {
  return { ...json(status, { code, message }), errorCode: code };
}

function json(status: number, content: object): ServiceAnswer {
  const headers = { "Content-Type": "application/json" };
  return { http: { status, headers, body: JSON.stringify(content) } };
}
