import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { AwsError, CANARY, type Sandbox, totp } from "../../sandbox/index.ts";
import {
  client,
  DEV,
  DEV_KEYS,
  DEVICE,
  DEVICE_SECRET,
  denied,
  homeRole,
  role,
  START,
  startStopped,
  stsError,
  testWorld,
  whoAmI,
} from "./world.ts";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startStopped(testWorld([role("Plain")]));
});
afterEach(() => sandbox.stop());

function post(body: string): Promise<Response> {
  return fetch(sandbox.url, { method: "POST", body });
}

describe("sandbox: the query protocol", () => {
  it("answers errors as XML, with the request id twice and the sandbox's date", async () => {
    const answer = await post("Action=GetCallerIdentity&Version=2011-06-15");
    const requestId = answer.headers.get("x-amzn-requestid");
    assert.equal(answer.headers.get("content-type"), "text/xml");
    assert.equal(answer.headers.get("date"), new Date(START).toUTCString());
    assert.equal(
      await answer.text(),
      '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>' +
        "<Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message>" +
        `</Error><RequestId>${requestId}</RequestId></ErrorResponse>\n`,
    );
  });

  it("answers results in the same namespace, escaped", async () => {
    const name = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=<%26>";
    assert.match(await (await post(name)).text(), /Value '&lt;&amp;&gt;' at 'roleSessionName'/);
  });

  it("knows its operations and its version only", async () => {
    for (const [query, code] of [
      ["Action=GetFederationToken&Version=2011-06-15", "InvalidAction"],
      ["Action=GetCallerIdentity&Version=2010-01-01", "InvalidAction"],
      ["Action=GetCallerIdentity", "InvalidAction"],
      ["", "MissingAction"],
    ] as const) {
      const answer = await post(query);
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), new RegExp(`<Code>${code}</Code>`));
    }
  });

  it("reads a GET as well", async () => {
    const answer = await fetch(`${sandbox.url}/?Action=Nothing&Version=2011-06-15`);
    assert.match(await answer.text(), /Could not find operation Nothing for version 2011-06-15/);
  });

  it("leaves other paths to other services", async () => {
    assert.equal((await fetch(`${sandbox.url}/latest/meta-data/`)).status, 404);
  });
});

describe("sandbox: the record of requests", () => {
  it("says who asked for what, and how it ended", async () => {
    await whoAmI(sandbox, DEV_KEYS);
    const arn = homeRole("Missing");
    const command = new AssumeRoleCommand({
      RoleArn: arn,
      RoleSessionName: "me",
      SerialNumber: DEVICE,
      TokenCode: totp(DEVICE_SECRET, START),
    });
    await assert.rejects(client(sandbox).send(command), denied(arn));
    const [first, second] = sandbox.requests;
    assert.match(first?.requestId ?? "", /^[0-9a-f-]{36}$/);
    assert.deepEqual(first, {
      at: START,
      requestId: first?.requestId,
      service: "sts",
      operation: "GetCallerIdentity",
      params: {},
      callerArn: DEV,
      region: "eu-west-1",
      status: 200,
    });
    assert.deepEqual(second, {
      at: START,
      requestId: second?.requestId,
      service: "sts",
      operation: "AssumeRole",
      params: {
        RoleArn: arn,
        RoleSessionName: "me",
        SerialNumber: DEVICE,
        TokenCode: "(hidden)",
      },
      callerArn: DEV,
      region: "eu-west-1",
      status: 403,
      errorCode: "AccessDenied",
    });
  });

  it("holds no secret", async () => {
    const command = new AssumeRoleCommand({ RoleArn: homeRole("Plain"), RoleSessionName: "me" });
    await client(sandbox).send(command);
    assert.equal(sandbox.requests.length, 1);
    assert.ok(!JSON.stringify(sandbox.requests).includes(CANARY));
  });
});

describe("sandbox: faults on demand", () => {
  const ask = () => whoAmI(sandbox, DEV_KEYS);

  it("answers as a throttled or broken STS does, as often as it was told to", async () => {
    sandbox.faults.inject({ kind: "throttling" }, { times: 2 });
    await assert.rejects(ask(), stsError("Throttling", 400, "Rate exceeded"));
    await assert.rejects(ask(), stsError("Throttling", 400, "Rate exceeded"));
    await ask();
    sandbox.faults.inject({ kind: "internal-failure" });
    await assert.rejects(ask(), stsError("InternalFailure", 500, /failed/));
    sandbox.faults.inject({ kind: "service-unavailable" });
    await assert.rejects(ask(), stsError("ServiceUnavailable", 503, /unavailable/));
    const error = new AwsError("IDPCommunicationError", 400, "gone");
    sandbox.faults.inject({ kind: "error", error });
    await assert.rejects(ask(), stsError("IDPCommunicationError", 400, "gone"));
    assert.deepEqual(
      sandbox.requests.map(({ status, errorCode }) => [status, errorCode]),
      [
        [400, "Throttling"],
        [400, "Throttling"],
        [200, undefined],
        [500, "InternalFailure"],
        [503, "ServiceUnavailable"],
        [400, "IDPCommunicationError"],
      ],
    );
  });

  it("blames the service for a 5xx", async () => {
    sandbox.faults.inject({ kind: "internal-failure" });
    assert.match(await (await post("Action=GetCallerIdentity")).text(), /<Type>Receiver<\/Type>/);
  });

  it("hits the named operation only, and nothing after clear()", async () => {
    sandbox.faults.inject({ kind: "throttling" }, { operation: "AssumeRole" });
    await ask();
    const command = new AssumeRoleCommand({ RoleArn: homeRole("Plain"), RoleSessionName: "me" });
    await assert.rejects(client(sandbox).send(command), stsError("Throttling", 400, /./));
    sandbox.faults.inject({ kind: "throttling" }, { times: 9 });
    sandbox.faults.clear();
    await ask();
  });

  it("delays an answer", async () => {
    sandbox.faults.inject({ kind: "delay", ms: 120 });
    const start = performance.now();
    assert.equal(await ask(), DEV);
    assert.ok(performance.now() - start >= 115);
  });

  it("cuts a connection", async () => {
    sandbox.faults.inject({ kind: "cut" });
    await assert.rejects(ask(), { code: "ECONNRESET" });
    assert.equal(sandbox.requests.length, 1);
    assert.equal(sandbox.requests[0]?.status, undefined);
  });

  it("answers with garbage", async () => {
    sandbox.faults.inject({ kind: "garbage" });
    await assert.rejects(ask());
    assert.equal(sandbox.requests[0]?.status, 200);
    await ask();
  });
});

describe("sandbox: the server", () => {
  it("listens on loopback only", async () => {
    const { port } = new URL(sandbox.url);
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === "IPv4" && !address.internal);
    if (outside !== undefined) {
      const socket = connect(Number(port), outside.address);
      const [error] = await once(socket, "error");
      assert.equal(error.code, "ECONNREFUSED");
    }
    assert.match(sandbox.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("closes its port and open connections when it is stopped", async () => {
    const { port } = new URL(sandbox.url);
    const socket = connect(Number(port), "127.0.0.1");
    await once(socket, "connect");
    const closed = once(socket, "close");
    socket.resume();
    await sandbox.stop();
    await closed;
    await assert.rejects(fetch(sandbox.url));
  });
});
