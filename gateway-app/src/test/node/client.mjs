// The MCP TypeScript SDK of the revisions with sessions.
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { LoggingMessageNotificationSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { obey, Person, say, url } from './commands.mjs';

const person = new Person();
const makers = {
  http: () => new StreamableHTTPClientTransport(new URL(url), { authProvider: person }),
  sse: () => new SSEClientTransport(new URL(url), { authProvider: person })
};

async function connectBy(name) {
  for (;;) {
    const transport = makers[name]();
    const client = new Client({ name: 'typescript', version: '1' });
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => say({ event: 'tools', value: '' }));
    client.setNotificationHandler(LoggingMessageNotificationSchema,
      (log) => say({ event: 'log', value: log.params.data }));
    try {
      await client.connect(transport);
      say({ event: 'connected', value: name });
      const close = async () => {
        await transport.terminateSession?.();
        await client.close();
      };
      return { client, close };
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) {
        throw error;
      }
      await transport.finishAuth((await person.answer).get('code'));
    }
  }
}

obey(person, connectBy, (client, params, options) => client.callTool(params, undefined, options));
