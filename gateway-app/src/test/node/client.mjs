// The MCP TypeScript SDK, commanded by a test: a JSON line in is an order, a JSON line out says what came of it, or what
// was seen meanwhile. Arguments: the URL, and the transports to try, one after the other.
import { createInterface } from 'node:readline';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { LoggingMessageNotificationSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

const [url, ...transports] = process.argv.slice(2);
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/** Signs in by the SDK's own flow; the test is the browser. */
class Person {
  redirectUrl = 'http://127.0.0.1:33418/callback';
  clientMetadata = {
    client_name: 'TypeScript SDK',
    redirect_uris: [this.redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none'
  };
  code = new Promise((resolve) => { this.answer = resolve; });
  clientInformation() { return this.registered; }
  saveClientInformation(registered) { this.registered = registered; }
  tokens() { return this.saved; }
  saveTokens(tokens) { this.saved = tokens; }
  codeVerifier() { return this.verifier; }
  saveCodeVerifier(verifier) { this.verifier = verifier; }
  redirectToAuthorization(page) { say({ event: 'open', value: page.href }); }
}

const person = new Person();
const makers = {
  http: () => new StreamableHTTPClientTransport(new URL(url), { authProvider: person }),
  sse: () => new SSEClientTransport(new URL(url), { authProvider: person })
};

async function connectBy(name) {
  for (;;) {
    const transport = makers[name]();
    const client = new Client({ name: 'typescript', version: '1' });
    client.onerror = (error) => say({ event: 'error', value: String(error) });
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => say({ event: 'tools', value: '' }));
    client.setNotificationHandler(LoggingMessageNotificationSchema,
      (log) => say({ event: 'log', value: log.params.data }));
    try {
      await client.connect(transport);
      say({ event: 'connected', value: name });
      return { client, transport };
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) {
        throw error;
      }
      await transport.finishAuth(await person.code);
    }
  }
}

/** As the SDK's documentation has it: streamable first, and on 4xx the older transport. */
async function connect() {
  for (const [index, name] of transports.entries()) {
    try {
      return await connectBy(name);
    } catch (error) {
      if (index === transports.length - 1 || !(error.code >= 400 && error.code < 500)) {
        throw error;
      }
    }
  }
}

async function tools({ client }) {
  const names = [];
  let cursor;
  do {
    const page = await client.listTools({ cursor });
    names.push(...page.tools.map((tool) => tool.name));
    cursor = page.nextCursor;
  } while (cursor);
  return names.join(' ');
}

let cancel = () => {};

async function call({ client }, tool, args) {
  const controller = new AbortController();
  cancel = () => controller.abort('not wanted any more');
  const onprogress = (progress) => say({ event: 'progress', value: String(progress.progress) });
  const result = await client.callTool({ name: tool, arguments: args }, undefined,
    tool === 'simulatorProgress' ? { signal: controller.signal, onprogress } : {});
  return result.content.map((content) => content.text).join('');
}

async function close({ client, transport }) {
  await transport.terminateSession?.();
  await client.close();
  return '';
}

let connection;
const orders = {
  connect: async () => { connection = await connect(); return ''; },
  code: (order) => { person.answer(order.value); return ''; },
  tools: () => tools(connection),
  call: (order) => call(connection, order.tool, order.arguments),
  cancel: () => { cancel(); return ''; },
  close: () => close(connection)
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
