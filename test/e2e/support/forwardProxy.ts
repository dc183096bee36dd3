import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP proxy on loopback that leads every request to one server, whatever host it names. */
export interface ForwardProxy {
  readonly url: string;
  /** The hosts that were asked for, in order. */
  readonly hosts: readonly string[];
  stop(): Promise<void>;
}

/** Starts a proxy on a free port. */
export async function startForwardProxy(targetUrl: string): Promise<ForwardProxy> {
  const target = new URL(targetUrl);
  const hosts: string[] = [];
  const server = createServer((incoming, answer) => {
    // A request to a proxy names the whole URL (RFC 9112, section 3.2.2).
    const asked = new URL(incoming.url ?? "");
    hosts.push(asked.hostname);
    const { method, headers } = incoming;
    const path = asked.pathname + asked.search;
    const forwarded = request(
      { host: target.hostname, port: target.port, method, path, headers },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hosts,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
