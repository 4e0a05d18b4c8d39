// The MCP TypeScript SDK that knows revision 2026-07-28, and the earlier ones where a server does not.
import { Client, SSEClientTransport, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { obey, Person, say, url } from './commands.mjs';

const person = new Person();
const makers = {
  http: () => new StreamableHTTPClientTransport(new URL(url), { authProvider: person }),
  sse: () => new SSEClientTransport(new URL(url), { authProvider: person })
};

async function connectBy(name) {
  for (;;) {
    const transport = makers[name]();
    const client = new Client({ name: 'typescript', version: '2' }, { versionNegotiation: { mode: 'auto' } });
    client.setNotificationHandler('notifications/tools/list_changed', () => say({ event: 'tools', value: '' }));
    client.setNotificationHandler('notifications/message', (log) => say({ event: 'log', value: log.params.data }));
    try {
      await client.connect(transport);
      say({ event: 'connected', value: client.getProtocolEra() });
      const subscription = client.getProtocolEra() === 'modern' ? await client.listen({ toolsListChanged: true }) : null;
      subscription?.closed.then((how) => say({ event: 'unsubscribed', value: how }));
      const close = async () => {
        await subscription?.close();
        await transport.terminateSession?.();
        await client.close();
      };
      return { client, close };
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) {
        throw error;
      }
      await transport.finishAuth(await person.answer);
    }
  }
}

obey(person, connectBy, (client, params, options) => client.callTool(params, options));
