import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { runningClock, type SandboxClock } from "./clock.ts";
import { type Cloud, createCloud } from "./cloud/cloud.ts";
import { federationService } from "./console/federationService.ts";
import { ecsService } from "./ecs/service.ts";
import { errorOf, type Fault, Faults } from "./faults.ts";
import { type HttpAnswer, readRequest } from "./http.ts";
import { imdsService } from "./imds/service.ts";
import type { RecordedRequest } from "./requests.ts";
import type { Service, ServiceAnswer, ServiceCall } from "./service.ts";
import { oidcService } from "./sso/oidcService.ts";
import { portalService } from "./sso/portalService.ts";
import { stsService } from "./sts/service.ts";
import type { World } from "./world.ts";

export interface SandboxOptions {
  readonly world: World;
  /** A running clock unless told otherwise. */
  readonly clock?: SandboxClock;
  /** A free one unless told otherwise. */
  readonly port?: number;
}

/** A simulated AWS, listening on loopback. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`, the endpoint of every service. */
  readonly url: string;
  readonly clock: SandboxClock;
  /** All requests since the start, oldest first, each added when its answer is known. */
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  /** Makes an encoded message such as denials of an account carry, for DecodeAuthorizationMessage. */
  encodeAuthorizationMessage(accountId: string, message: object): string;
  /** Ends every sign-in to Identity Center, as an administrator does: no token is honoured any more. */
  revokeSignIns(): void;
  /** Closes the port and every open connection. */
  stop(): Promise<void>;
}

/** Starts a simulated AWS on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const clock = options.clock ?? runningClock();
  const cloud = createCloud(options.world, clock);
  const faults = new Faults();
  const requests: RecordedRequest[] = [];
  const desk = new FrontDesk(servicesOf(cloud, options.world), clock, faults, requests);
  const server = createServer((message, response) => void desk.serve(message, response));
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    clock,
    requests,
    faults,
    encodeAuthorizationMessage: (accountId, message) =>
      cloud.authorizationMessages.encode({ accountId, text: JSON.stringify(message) }),
    revokeSignIns: () => cloud.signIns.revokeAll(),
    stop: () => stop(server),
  };
}

function servicesOf(cloud: Cloud, { instance, container }: World): Service[] {
  return [
    stsService(cloud),
    oidcService(cloud.signIns),
    portalService(cloud),
    federationService(cloud),
    ...(instance === undefined ? [] : [imdsService(cloud, instance)]),
    ...(container === undefined ? [] : [ecsService(cloud, container)]),
  ];
}

/** Hands each request to its service, with the faults that it is to meet, and keeps the record. */
class FrontDesk {
  readonly #services: readonly Service[];
  readonly #clock: SandboxClock;
  readonly #faults: Faults;
  readonly #requests: RecordedRequest[];

  constructor(
    services: readonly Service[],
    clock: SandboxClock,
    faults: Faults,
    requests: RecordedRequest[],
  ) {
    this.#services = services;
    this.#clock = clock;
    this.#faults = faults;
    this.#requests = requests;
  }

  async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(message);
      for (const service of this.#services) {
        const call = service.accept(request);
        if (call !== undefined) {
          await this.#answer(service, call, response);
          return;
        }
      }
      this.#send(response, { status: 404, headers: {}, body: "" });
    } catch {
      // The client went away or sent what is no request: nobody is left to be answered.
      response.destroy();
    }
  }

  async #answer(service: Service, call: ServiceCall, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    const fault = this.#faults.take(call.operation);
    if (fault?.kind === "delay") {
      await sleep(fault.ms, undefined, { ref: false });
    }
    const answer = answerUnder(fault, call, requestId);
    const { http, ...facts } = answer ?? { http: undefined };
    this.#requests.push({
      at: this.#clock.now(),
      requestId,
      service: service.name,
      operation: call.operation,
      params: call.params,
      ...facts,
      ...(http === undefined ? {} : { status: http.status }),
    });
    if (http === undefined) {
      response.destroy();
    } else {
      this.#send(response, http);
    }
  }

  #send(response: ServerResponse, answer: HttpAnswer): void {
    // SDKs correct their clocks by this header, so it has to come from the sandbox's.
    const date = new Date(this.#clock.now()).toUTCString();
    response.writeHead(answer.status, { ...answer.headers, Date: date }).end(answer.body);
  }
}

/** `undefined` if there is to be none. */
function answerUnder(
  fault: Fault | undefined,
  call: ServiceCall,
  requestId: string,
): ServiceAnswer | undefined {
  if (fault === undefined || fault.kind === "delay") {
    return call.answer(requestId);
  }
  if (fault.kind === "cut") {
    return undefined;
  }
  if (fault.kind === "garbage") {
    const headers = { "Content-Type": "text/html" };
    return { http: { status: 200, headers, body: "<html><p>Log in to the network" } };
  }
  return call.fail(requestId, errorOf(fault) ?? new Error(fault.kind));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") {
        reject(new Error("The sandbox did not get a port."));
      } else {
        resolve(address.port);
      }
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
