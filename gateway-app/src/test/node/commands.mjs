// How a test commands a client: a JSON line in is an order, a JSON line out says what came of it, or what was seen
// meanwhile. Arguments: the URL, and the transports to try, one after the other.
import { createInterface } from 'node:readline';

export const [url, ...transports] = process.argv.slice(2);
export const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/** Signs in by the SDK's own flow; the test is the browser. */
export class Person {
  redirectUrl = 'http://127.0.0.1:33418/callback';
  clientMetadata = {
    client_name: 'TypeScript SDK',
    redirect_uris: [this.redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none'
  };
  /** The parameters the browser came back with. */
  answer = new Promise((resolve) => { this.comeBack = (callback) => resolve(new URL(callback).searchParams); });
  clientInformation() { return this.registered; }
  saveClientInformation(registered) { this.registered = registered; }
  tokens() { return this.saved; }
  saveTokens(tokens) { this.saved = tokens; }
  codeVerifier() { return this.verifier; }
  saveCodeVerifier(verifier) { this.verifier = verifier; }
  redirectToAuthorization(page) { say({ event: 'open', value: page.href }); }
}

async function toolsOf(client) {
  const names = [];
  let cursor;
  do {
    const page = await client.listTools({ cursor });
    names.push(...page.tools.map((tool) => tool.name));
    cursor = page.nextCursor;
  } while (cursor);
  return names.join(' ');
}

/** What is lost without the client's knowing is given up after this time. */
const TIMEOUT = { timeout: 10_000 };

const isClientError = (error) => [error.code, error.status].some((code) => code >= 400 && code < 500);

/** As the SDK's documentation has it: streamable first, and on 4xx the older transport. */
async function connectByEach(connectBy) {
  for (const [index, name] of transports.entries()) {
    try {
      return await connectBy(name);
    } catch (error) {
      if (index === transports.length - 1 || !isClientError(error)) {
        throw error;
      }
    }
  }
}

/**
 * Obeys until nobody commands any more.
 * @param person whoever signs in
 * @param connectBy connects by a transport, given its name; returns the client and a way to close it
 * @param callTool calls a tool with options, given the client
 */
export function obey(person, connectBy, callTool) {
  let connection;
  let cancel = () => {};
  async function call({ tool, arguments: args }) {
    const controller = new AbortController();
    cancel = () => controller.abort('not wanted any more');
    const onprogress = (progress) => say({ event: 'progress', value: String(progress.progress) });
    const options = tool === 'simulatorProgress' ? { signal: controller.signal, onprogress } : TIMEOUT;
    const result = await callTool(connection.client, { name: tool, arguments: args }, options);
    return result.content.map((content) => content.text).join('');
  }
  const orders = {
    connect: async () => { connection = await connectByEach(connectBy); return ''; },
    callback: (order) => { person.comeBack(order.value); return ''; },
    tools: () => toolsOf(connection.client),
    call,
    cancel: () => { cancel(); return ''; },
    close: async () => { await connection.close(); return ''; }
  };
  const lines = createInterface({ input: process.stdin });
  lines.on('line', async (line) => {
    const order = JSON.parse(line);
    try {
      say({ id: order.id, result: await orders[order.do](order) });
    } catch (error) {
      say({ id: order.id, error: String(error) });
    }
  });
  lines.on('close', () => process.exit(0));
}
