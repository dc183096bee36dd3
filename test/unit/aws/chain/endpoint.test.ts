import assert from "node:assert/strict";
import { configuredEndpoint } from "../../../../src/aws/chain/endpoint.ts";
import { fallbackRegion, namedRegion } from "../../../../src/aws/chain/region.ts";
import { configOf } from "../../support/fixtures.ts";

describe("the endpoint of STS", () => {
  const config = configOf(
    { p: { services: "s", endpoint_url: "http://profile" }, lost: { services: "gone" } },
    { s: { "sts.endpoint_url": "http://services", "s3.endpoint_url": "http://s3" } },
  );
  const profile = config.profiles.get("p");

  it("is the first of: the service's variable, the variable for all, the services section, the profile's own", () => {
    const environment = { AWS_ENDPOINT_URL_STS: "http://sts", AWS_ENDPOINT_URL: "http://all" };
    const { AWS_ENDPOINT_URL_STS: _, ...withoutSts } = environment;
    assert.equal(configuredEndpoint("sts", environment, config, profile), "http://sts");
    assert.equal(configuredEndpoint("sts", withoutSts, config, profile), "http://all");
    assert.equal(configuredEndpoint("sts", {}, config, profile), "http://services");
    const withoutServices = { name: "q", properties: { endpoint_url: "http://profile" } };
    assert.equal(configuredEndpoint("sts", {}, config, withoutServices), "http://profile");
  });

  it("is AWS's own where nothing is configured", () => {
    assert.equal(configuredEndpoint("sts", {}, config, undefined), undefined);
    assert.equal(configuredEndpoint("sts", {}, config, config.profiles.get("lost")), undefined);
    assert.equal(configuredEndpoint("sts", { AWS_ENDPOINT_URL: "" }, config, undefined), undefined);
  });

  it("is not another service's", () => {
    const other = configOf({ p: { services: "s" } }, { s: { "s3.endpoint_url": "http://s3" } });
    const found = configuredEndpoint(
      "sts",
      { AWS_ENDPOINT_URL_S3: "http://s3" },
      other,
      other.profiles.get("p"),
    );
    assert.equal(found, undefined);
  });

  it("is AWS's own where configured endpoints are to be ignored", () => {
    const all = { AWS_ENDPOINT_URL_STS: "http://sts" };
    const ignore = { ...all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "TRUE" };
    assert.equal(configuredEndpoint("sts", ignore, config, profile), undefined);
    const inProfile = {
      name: "p",
      properties: { endpoint_url: "http://profile", ignore_configured_endpoint_urls: "true" },
    };
    assert.equal(configuredEndpoint("sts", all, config, inProfile), undefined);
    const not = { ...all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false" };
    assert.equal(configuredEndpoint("sts", not, config, inProfile), "http://sts");
  });
});

describe("the region", () => {
  it("is the role's, else the environment's, else the default profile's", () => {
    const environment = { AWS_REGION: "env", AWS_DEFAULT_REGION: "env-default" };
    assert.equal(namedRegion("role", environment, "default"), "role");
    assert.equal(namedRegion(undefined, environment, "default"), "env");
    assert.equal(namedRegion("", { AWS_DEFAULT_REGION: "env-default" }, "default"), "env-default");
    assert.equal(namedRegion(undefined, { AWS_REGION: "" }, "default"), "default");
    assert.equal(namedRegion(undefined, {}, undefined), undefined);
  });

  it("for a call falls back on one that the partition has", () => {
    assert.equal(fallbackRegion("aws"), "us-east-1");
    assert.equal(fallbackRegion("aws-cn"), "cn-north-1");
    assert.equal(fallbackRegion("aws-us-gov"), "us-gov-west-1");
    assert.equal(fallbackRegion("aws-of-tomorrow"), "us-east-1");
  });
});
