// A program that uses the types of openapi-typescript, with openapi-fetch. It prints what it found, a line for each question.
import createClient from "openapi-fetch";
import type { components, paths } from "./facts.js";

declare const process: { argv: string[] };
const [address, key] = process.argv.slice(2);
const client = createClient<paths>({
  baseUrl: address,
  headers: { Authorization: `Bearer ${key}` },
  // The comparisons of a list are parameters of their own.
  querySerializer: { array: { style: "form", explode: false }, object: { style: "form", explode: true } },
});

const balances = await client.GET("/v1/balances", {
  params: { query: { recipient: ["UKR"], unit: ["system"], as_of: "2025-01-01", group_by: ["donor"] } },
});
if (!balances.data || typeof balances.data === "string") throw new Error("no balances");
console.log(`${balances.data.items.find(b => b.donor === "DEU")!.committed_low} committed`);

const article = await client.POST("/v1/articles", { body: { url: "https://example.org/typescript", title: "Read with TypeScript" } });
const pledge: components["schemas"]["ClaimRequest"] = {
  article_url: article.data!.url, external_id: "exact", kind: "pledge", firmness: "committed", donors: ["DEU"], recipient: "UKR",
  items: ["IRIS-T"], quantity: 98765.4321, unit: "round", stated_on: "2024-12-04",
};
const claim = await client.POST("/v1/claims", { body: pledge });
console.log(`${claim.data!.quantity_low} ${claim.data!.firmness}`);

const found = await client.GET("/v1/claims", {
  params: { query: { article_url: [article.data!.url!], filters: { quantity_low__gt: 98765.432, stated_on__gte: "2024-12-04" } } },
});
if (!found.data || typeof found.data === "string") throw new Error("no claims");
console.log(`${found.data.items.length} found`);

const refused = await client.GET("/v1/claims", { params: { query: { donor: ["nobody"] } } });
console.log(refused.error!.code);
