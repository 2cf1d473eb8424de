// A receiver of our webhooks that needs nothing but Node: `SECRET=whsec_... node receiver.mjs [PORT]`.
// It takes what carries our signature and is not older than five minutes, each alert once, and prints its sentence.

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const KEY = Buffer.from(process.env.SECRET.replace(/^whsec_/, ""), "base64");
const TOLERANCE = 5 * 60;
const LONGEST = 20_000;
const seen = new Set(); // a real receiver keeps these where its data is

// Whether we signed this, lately. There may be several signatures while one secret replaces another.
function genuine(name, sent, signatures, body) {
  if (!/^\d+$/.test(sent) || Math.abs(Date.now() / 1000 - Number(sent)) > TOLERANCE) return false;
  const ours = createHmac("sha256", KEY).update(`${name}.${sent}.`).update(body).digest();
  return signatures.split(" ").some((each) => {
    const theirs = Buffer.from(each.replace(/^v1,/, ""), "base64");
    return each.startsWith("v1,") && theirs.length === ours.length && timingSafeEqual(ours, theirs);
  });
}

function answer(response, status) {
  response.writeHead(status, { "content-length": "0" }).end();
}

const server = createServer(async (request, response) => {
  const pieces = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length > LONGEST) return answer(response, 413);
    pieces.push(piece);
  }
  const body = Buffer.concat(pieces);
  const { "webhook-id": name = "", "webhook-timestamp": sent = "", "webhook-signature": signatures = "" } = request.headers;
  if (!genuine(name, sent, signatures, body)) return answer(response, 401);
  if (!seen.has(name)) {
    // the same alert may come twice, always under the same id
    console.log(JSON.parse(body).data.sentence);
    seen.add(name);
  }
  answer(response, 204);
});

server.listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}/`);
});
