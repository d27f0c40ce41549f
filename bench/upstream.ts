/** A plain application behind the gateway and behind the bare proxy: answers a kilobyte at once. */
import { createServer } from 'node:http';

const BODY = JSON.stringify({
  issues: Array.from({ length: 12 }, (_, n) => ({
    key: `T-${n}`,
    summary: 'An issue to be read by its owner',
  })),
});

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(BODY) });
  response.end(BODY);
});
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : null });
});
process.once('disconnect', () => process.exit(0));
