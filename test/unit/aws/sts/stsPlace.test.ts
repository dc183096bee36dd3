import assert from "node:assert/strict";
import type { STSClientConfig } from "@aws-sdk/client-sts";
import * as sdk from "../../../../src/aws/sts/sdk.ts";
import { assumeRole } from "../../../../src/aws/sts/sts.ts";
import { configOf, keys, planOf, settingRole } from "../../support/fixtures.ts";

/** The host that a call for a role goes to, and the region that it is signed for. */
async function placeOf(
  partition: string,
  region: string,
  properties: Record<string, string> = {},
): Promise<string> {
  const places: string[] = [];
  class WatchedClient extends sdk.STSClient {
    constructor(config: STSClientConfig) {
      super({
        ...config,
        maxAttempts: 1,
        requestHandler: {
          handle: (request: { hostname: string; headers: Record<string, string> }) => {
            const scope = /\/\d{8}\/([^/]+)\/sts\//.exec(request.headers["authorization"] ?? "");
            places.push(`${request.hostname} ${scope?.[1]}`);
            return Promise.reject(new Error("far enough"));
          },
        },
      } as STSClientConfig);
    }
  }
  const role = settingRole({
    roleArn: `arn:${partition}:iam::111122223333:role/A`,
    sourceProfile: "default",
    region,
  });
  const plan = planOf(role, configOf({ default: { ...keys, ...properties } }));
  const [step] = plan.steps;
  assert.ok(step);
  const call = assumeRole(step, { accessKeyId: "AKIA", secretAccessKey: "x" }, undefined, {
    sdk: { ...sdk, STSClient: WatchedClient },
    region: plan.stsRegion,
    ...(plan.endpoint && { endpoint: plan.endpoint }),
    ...(plan.globalEndpoint && { globalEndpoint: true }),
    signal: new AbortController().signal,
    now: () => 0,
    onCall: () => undefined,
  });
  await assert.rejects(call, /far enough/);
  return places.join();
}

describe("the place of a call", () => {
  it("is the region's own STS, in every partition", async () => {
    const places = [
      await placeOf("aws", "eu-central-1"),
      await placeOf("aws-cn", "cn-north-1"),
      await placeOf("aws-us-gov", "us-gov-west-1"),
      await placeOf("aws-eusc", "eusc-de-east-1"),
      await placeOf("aws-iso", "us-iso-east-1"),
      await placeOf("aws-iso-b", "us-isob-east-1"),
    ];
    assert.deepEqual(places, [
      "sts.eu-central-1.amazonaws.com eu-central-1",
      "sts.cn-north-1.amazonaws.com.cn cn-north-1",
      "sts.us-gov-west-1.amazonaws.com us-gov-west-1",
      "sts.eusc-de-east-1.amazonaws.eu eusc-de-east-1",
      "sts.us-iso-east-1.c2s.ic.gov us-iso-east-1",
      "sts.us-isob-east-1.sc2s.sgov.gov us-isob-east-1",
    ]);
  });

  it("is the one global endpoint of old where the profile says legacy", async () => {
    const place = await placeOf("aws", "eu-central-1", { sts_regional_endpoints: "legacy" });
    assert.equal(place, "sts.amazonaws.com us-east-1");
  });

  it("is the endpoint that the profile names", async () => {
    const place = await placeOf("aws", "eu-central-1", { endpoint_url: "http://127.0.0.1:9" });
    assert.equal(place, "127.0.0.1 eu-central-1");
  });
});
