/** The limit of starting: `node:http` that answers something as soon as it can. */
import { createServer } from 'node:http';

const server = createServer((_request, response) => response.end('ok\n'));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`ready http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
